"""Automatic numbers resolved to what people see (ECMA-376-1, 17.9)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from lxml import etree

from donflow.word.markup import W
from donflow.word.seeing.formatting import Styles, is_on, style_of, value, whole
from donflow.word.seeing.glyphs import BULLET, as_seen, has_private_sign, in_font, is_symbol_font
from donflow.word.seeing.numerals import numeral
from donflow.word.seeing.package import Package

_PLACE = re.compile(r"%([1-9])")
LEVELS = 9


@dataclass(frozen=True)
class Level:
    """One level of a list: how its number is written and when it begins anew."""

    form: str
    text: str
    start: int
    restart: int | None
    after: str
    legal: bool
    hidden: bool
    padding: int


@dataclass(frozen=True)
class Num:
    """A list that paragraphs name: its counters are those of `abstract`; `anew` restart once."""

    abstract: str
    levels: Mapping[int, Level]
    anew: frozenset[int]


@dataclass(frozen=True)
class Numbering:
    """The lists of one file, by w:numId; which level a style stands for, by abstract list."""

    nums: Mapping[str, Num]
    style_levels: Mapping[tuple[str, str], int]
    styles: Styles


@dataclass
class Counting:
    """Counts the numbers of one story under one view; paragraphs are given in order."""

    numbering: Numbering
    counters: dict[str, dict[int, int]] = field(default_factory=dict)
    begun: set[tuple[str, int]] = field(default_factory=set)

    def label(self, paragraph: etree._Element | None, *, before: bool = False) -> str:
        """The number of the next paragraph with the space after it; empty where it has none.

        `before` asks for the paragraph as it was before its formatting was changed.
        """
        if paragraph is None:
            return ""
        named = self.numbering_of(paragraph, before=before)
        if named is None:
            return ""
        num_id, at = named
        num = self.numbering.nums.get(num_id)
        level = None if num is None else num.levels.get(at)
        if num is None or level is None:
            return ""
        self._count(num_id, num, at)
        return _written(level, num, self.counters[num.abstract])

    def numbering_of(
        self, paragraph: etree._Element, *, before: bool = False
    ) -> tuple[str, int] | None:
        """The list and level of a paragraph: its own, or its style's."""
        properties = _properties(paragraph, before=before)
        own = None if properties is None else properties.find(f"{W}numPr")
        if own is not None and before and own.find(f"{W}ins") is not None:
            own = None
        num_id = value(None if own is None else own.find(f"{W}numId"))
        level = value(None if own is None else own.find(f"{W}ilvl"))
        if num_id is None:
            styles = self.numbering.styles
            style = style_of(properties, "pStyle") or styles.default_paragraph
            num_id, styled_level = self._of_style(style)
            level = level if level is not None else styled_level
        if num_id is None or num_id == "0":
            return None
        return num_id, min(max(whole(level), 0), LEVELS - 1)

    def _of_style(self, style: str | None) -> tuple[str | None, str | None]:
        chain = self.numbering.styles.chain(style)
        level: str | None = None
        for one in chain:
            found = one.find(f"{W}pPr/{W}numPr")
            if found is None:
                continue
            if level is None:
                level = value(found.find(f"{W}ilvl"))
            num_id = value(found.find(f"{W}numId"))
            if num_id is None:
                continue
            num = self.numbering.nums.get(num_id)
            if num is not None:
                for name in chain[: chain.index(one) + 1]:
                    key = (num.abstract, name.get(f"{W}styleId", ""))
                    if key in self.numbering.style_levels:
                        return num_id, str(self.numbering.style_levels[key])
            return num_id, level
        return None, level

    def _count(self, num_id: str, num: Num, at: int) -> None:
        counters = self.counters.setdefault(num.abstract, {})
        if at in num.anew and (num_id, at) not in self.begun:
            # A list with a start of its own begins anew where it is first used, and only there.
            self.begun.add((num_id, at))
            counters.pop(at, None)
        counters[at] = counters[at] + 1 if at in counters else num.levels[at].start
        for higher in range(at):
            # A level that was passed over counts as begun, as Word and LibreOffice have it.
            if higher in num.levels:
                counters.setdefault(higher, num.levels[higher].start)
        for deeper in [level for level in counters if level > at]:
            known = num.levels.get(deeper)
            restart = None if known is None else known.restart
            if restart is None or (restart > 0 and at <= restart - 1):
                del counters[deeper]


def read_numbering(package: Package, styles: Styles) -> Numbering:
    """The lists of a file. Raises DamagedPart."""
    root = package.related_root("numbering", f"{W}numbering")
    if root is None:
        return Numbering({}, {}, styles)
    abstracts = {
        one.get(f"{W}abstractNumId", ""): one for one in root.iterchildren(f"{W}abstractNum")
    }
    nums: dict[str, Num] = {}
    style_levels: dict[tuple[str, str], int] = {}
    named = {one.get(f"{W}numId", ""): one for one in root.iterchildren(f"{W}num")}
    for num_id, num in named.items():
        abstract_id = _abstract(num, named, abstracts, styles)
        abstract = abstracts.get(abstract_id)
        if abstract is None:
            continue
        levels = {
            whole(one.get(f"{W}ilvl")): _level(one) for one in abstract.iterchildren(f"{W}lvl")
        }
        for one in abstract.iterchildren(f"{W}lvl"):
            style = value(one.find(f"{W}pStyle"))
            if style is not None:
                style_levels.setdefault((abstract_id, style), whole(one.get(f"{W}ilvl")))
        anew: set[int] = set()
        for override in num.iterchildren(f"{W}lvlOverride"):
            at = whole(override.get(f"{W}ilvl"))
            own = override.find(f"{W}lvl")
            if own is not None:
                levels[at] = _level(own)
            start = value(override.find(f"{W}startOverride"))
            if start is not None:
                anew.add(at)
                if at in levels:
                    levels[at] = replace(levels[at], start=whole(start))
        nums[num_id] = Num(abstract_id, levels, frozenset(anew))
    return Numbering(nums, style_levels, styles)


def _abstract(
    num: etree._Element,
    nums: Mapping[str, etree._Element],
    abstracts: Mapping[str, etree._Element],
    styles: Styles,
) -> str:
    """The abstract list of a list; one that only names a numbering style is that style's."""
    seen: set[str] = set()
    while True:
        id_ = value(num.find(f"{W}abstractNumId")) or ""
        abstract = abstracts.get(id_)
        link = value(None if abstract is None else abstract.find(f"{W}numStyleLink"))
        if link is None or id_ in seen:
            return id_
        seen.add(id_)
        for one_id, one in abstracts.items():
            if value(one.find(f"{W}styleLink")) == link:
                return one_id
        style = styles.by_id.get(link)
        linked = None if style is None else style.find(f"{W}pPr/{W}numPr/{W}numId")
        following = nums.get(value(linked) or "")
        if following is None:
            return id_
        num = following


def _level(element: etree._Element) -> Level:
    form = element.find(f"{W}numFmt")
    if form is None:
        form = next(iter(element.iter(f"{W}numFmt")), None)
    written = value(form) or "decimal"
    custom = (value(form, "format") or "").partition(",")[0].strip()
    font = value(element.find(f"{W}rPr/{W}rFonts"), "ascii")
    text = value(element.find(f"{W}lvlText")) or ""
    if written == "bullet":
        if is_symbol_font(font) or has_private_sign(text):
            text = in_font(text, font)
        if element.find(f"{W}lvlPicBulletId") is not None:
            text = BULLET
    vanish = element.find(f"{W}rPr/{W}vanish")
    restart = value(element.find(f"{W}lvlRestart"))
    legal = element.find(f"{W}isLgl")
    return Level(
        form=written,
        text=as_seen(text),
        start=whole(value(element.find(f"{W}start")), 0),
        restart=None if restart is None else whole(restart),
        after=value(element.find(f"{W}suff")) or "tab",
        legal=legal is not None and is_on(legal.get(f"{W}val")),
        hidden=vanish is not None and is_on(vanish.get(f"{W}val")),
        padding=len(custom) if written == "custom" and custom.isdecimal() else 0,
    )


def _written(level: Level, num: Num, counters: Mapping[int, int]) -> str:
    if level.hidden:
        return ""

    def number(place: re.Match[str]) -> str:
        at = int(place[1]) - 1
        of = num.levels.get(at)
        if of is None:
            return ""
        count = counters.get(at, of.start)
        if of.padding:
            return f"{count:0{of.padding}d}"
        form = "decimal" if level.legal and of.form not in ("bullet", "none") else of.form
        return numeral(count, form)

    text = _PLACE.sub(number, level.text)
    return text + (" " if text and level.after != "nothing" else "")


def _properties(paragraph: etree._Element, *, before: bool) -> etree._Element | None:
    properties = paragraph.find(f"{W}pPr")
    if before and properties is not None:
        changed = properties.find(f"{W}pPrChange")
        if changed is not None:
            return changed.find(f"{W}pPr")
    return properties
