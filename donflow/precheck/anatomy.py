"""How an agreement is built: title, opening, numbered units, annexes, signatures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Final

from donflow.domain.halfwidth import halfwidth
from donflow.precheck.labels import Label, Numbering, label_of
from donflow.precheck.paper import Line, Paper, Span
from donflow.precheck.signing import find_signing

__all__ = ["Anatomy", "Numbering", "Unit", "dissect", "heading_of"]

_MOST_UNITS: Final = 1_000  # no agreement has so many: what comes behind is read as plain words
_MOST_ANNEXES: Final = 20


@dataclass(frozen=True)
class Unit:
    """One numbered unit: its label as seen (第五条, （二）), its number, its heading, its lines.

    `first` and `last` are line numbers, both included; `parent` is the index of the unit that it
    stands in, None at the top; `label_at` are the label's characters, `automatic` where Word makes
    them. Of a label told in Chinese and English the Chinese one counts.
    """

    numbering: Numbering
    label: str
    number: int
    heading: str
    first: int
    last: int
    parent: int | None
    label_at: Span
    automatic: bool = False
    english: bool = False


@dataclass(frozen=True)
class Anatomy:
    """The parts of a paper, as ranges of line numbers.

    `opening` goes up to the first unit; `signing` holds the signature blocks; `annexes` begin at
    their heading line, whose labels (附件一) are `annex_labels`.
    """

    title_line: int | None
    opening: range
    units: tuple[Unit, ...]
    signing: range
    annexes: tuple[range, ...]
    annex_labels: tuple[str, ...] = ()

    def unit_at(self, line: int) -> Unit | None:
        """The innermost unit that holds a line."""
        return next(iter(self._holding.get(line, ())[-1:]), None)

    def clause_at(self, line: int) -> str:
        """The label of the outermost unit that holds a line (第五条); empty outside of all.

        Articles count through the chapters, so people name the article: 第一章 is told only of
        what stands in no article.
        """
        if line in self._annex_label_at:
            return self._annex_label_at[line]
        holding = self._holding.get(line, [])
        articles = [unit for unit in holding if unit.numbering is not Numbering.CHAPTER]
        return next((unit.label for unit in articles or holding), "")

    def in_body(self, line: int) -> bool:
        """Whether a line stands neither in the signing area nor in an annex."""
        return line not in self.signing and line not in self._annex_label_at

    def children_of(self, unit: Unit) -> tuple[Unit, ...]:
        """The units that stand right in a unit."""
        return tuple(self._children.get(unit.label_at, ()))

    @cached_property
    def _children(self) -> dict[Span, list[Unit]]:
        """The units in each unit, by the place of its label."""
        children: dict[Span, list[Unit]] = {}
        for unit in self.units:
            if unit.parent is not None:
                children.setdefault(self.units[unit.parent].label_at, []).append(unit)
        return children

    @cached_property
    def _holding(self) -> dict[int, list[Unit]]:
        """The units that hold each line, the innermost last."""
        holding: dict[int, list[Unit]] = {}
        for unit in self.units:
            for line in range(unit.first, unit.last + 1):
                holding.setdefault(line, []).append(unit)
        return holding

    @cached_property
    def _annex_label_at(self) -> dict[int, str]:
        """The label of the annex that each line stands in, the first where they share it."""
        labels: dict[int, str] = {}
        for annex, label in zip(self.annexes, self.annex_labels, strict=True):
            for line in annex:
                labels.setdefault(line, label)
        return labels


def dissect(paper: Paper) -> Anatomy:
    """Find the parts of a paper. Never refuses: what has no number has no units."""
    lines = paper.lines
    every = ((index, label) for index, line in enumerate(lines) if (label := label_of(line)))
    labels = list(islice(every, _MOST_UNITS))
    annexes = _annex_starts(lines, labels)[:_MOST_ANNEXES]
    body_end = annexes[0] if annexes else len(lines)
    main = [(index, label) for index, label in labels if index < body_end]
    begin = _body_begin(lines, main)
    signing = find_signing(lines, begin)
    labels = [pair for pair in labels if pair[0] not in signing]
    ends = sorted({*annexes, len(lines), *([signing.start] if signing else [])})
    units: list[Unit] = []
    for start, stop in _regions(annexes, signing, len(lines)):
        inside = [pair for pair in labels if start <= pair[0] < stop]
        units.extend(_nest(lines, _plausible(inside), stop, len(units)))
    recital = _recital_end(lines, main)
    first_unit = _first_of_body(units, lines[recital].number if recital else 0)
    opening_end = next(
        index
        for index in range(len(lines) + 1)
        if index in ends or (first_unit is not None and lines[index].number == first_unit)
    )
    ranges = tuple(
        _numbers(lines, start, min(end for end in ends if end > start)) for start in annexes
    )
    return Anatomy(
        title_line=_title_line(lines[:opening_end]),
        opening=_numbers(lines, 0, opening_end),
        units=tuple(units),
        signing=_numbers(lines, signing.start, signing.stop) if signing else range(0),
        annexes=ranges,
        annex_labels=tuple(_annex_label(lines[start].text) for start in annexes),
    )


def _first_of_body(units: Sequence[Unit], recital: int) -> int | None:
    """Where the first unit begins; recitals with numbers of their own are the opening."""
    tops = [unit for unit in units if unit.parent is None and unit.first > recital]
    heavy = (Numbering.CHAPTER, Numbering.ARTICLE)
    begun = [unit.first for unit in tops if unit.numbering in heavy and unit.number == 1]
    return begun[0] if begun else tops[0].first if tops else None


def _recital_end(lines: Sequence[Line], labels: Sequence[tuple[int, Label]]) -> int:
    """The index of the sentence that leads from a numbered recital (鉴于：) to the body; else 0."""
    labelled = {index for index, _ in labels}
    begun = False
    for index, line in enumerate(lines):
        if not labels or index > labels[-1][0]:
            return 0
        words = line.text.strip()
        begun = begun or bool(re.match(r"(?:鉴于|前言|背景)\s*[：:]?$", words))
        if begun and index not in labelled and _LEADS.search(words):
            behind = [each for each in labels if each[0] > index]
            before = [each for each in labels if each[0] < index]
            return index if before and behind and behind[0][1].number == 1 else 0
    return 0


def _numbers(lines: Sequence[Line], start: int, stop: int) -> range:
    if start >= stop:
        return range(0)
    return range(lines[start].number, lines[stop - 1].number + 1)


def _regions(annexes: Sequence[int], signing: range, count: int) -> list[tuple[int, int]]:
    """The body and each annex; the signing area belongs to none."""
    starts = sorted({0, *annexes, *([signing.stop] if signing else [])})
    regions = []
    for start, stop in zip(starts, [*starts[1:], count], strict=True):
        before = signing.start if signing and start <= signing.start < stop else stop
        regions.append((start, before))
    return regions


def _annex_starts(lines: Sequence[Line], labels: Sequence[tuple[int, Label]]) -> list[int]:
    """Lines that head an annex: near the end, and no unit of the body's series comes after."""
    present = {label.numbering for _, label in labels}
    series = next((numbering for numbering in _BY_WEIGHT if numbering in present), None)
    found = []
    for index, line in enumerate(lines):
        if not _ANNEX.match(halfwidth(line.text)) or len(line.cells) > 1:
            continue
        before = [label.number for at, label in labels if at < index and label.numbering is series]
        after = [label.number for at, label in labels if at > index and label.numbering is series]
        if not before and labels and labels[0][0] > index:
            continue
        if before and after and before[-1] + 1 == after[0] and _body_goes_on(lines, index, labels):
            continue
        found.append(index)
    return found


def _body_goes_on(lines: Sequence[Line], index: int, labels: Sequence[tuple[int, Label]]) -> bool:
    """A series that goes on after the signing area is a list in an annex, not the body."""
    upcoming = next(at for at, _ in labels if at > index)
    return not find_signing(lines[:upcoming], index)


def _annex_label(text: str) -> str:
    found = _ANNEX.match(halfwidth(text))
    return re.sub(r"\s", "", found["label"]) if found else ""


def _body_begin(lines: Sequence[Line], labels: Sequence[tuple[int, Label]]) -> int:
    """Where signing lines may begin: after the first unit, or the first full sentence."""
    if labels:
        return labels[0][0] + 1
    for index, line in enumerate(lines):
        if line.text.rstrip().endswith("。"):
            return index + 1
    return 0


def _plausible(labels: Sequence[tuple[int, Label]]) -> list[tuple[int, Label]]:
    """Leave out figures that no series explains, and the English twin of a Chinese label."""
    faint = [label.number for _, label in labels if label.faint]
    is_series = len(faint) >= 2 and faint[0] == 1 and 2 in faint
    kept: list[tuple[int, Label]] = []
    last: dict[tuple[Numbering, int], int] = {}
    parents = {label.text for _, label in labels}
    for index, label in labels:
        key = (label.numbering, label.depth)
        if label.faint and not is_series:
            continue
        if label.numbering is Numbering.DECIMAL:
            prefix = label.text.rpartition(".")[0]
            rooted = label.number <= 2 or f"{prefix}.{label.number - 1}" in parents
            rooted = rooted or f"{prefix}.{label.number - 2}" in parents
            if not rooted:
                continue
        elif label.numbering not in (Numbering.ARTICLE, Numbering.CHAPTER):
            before = last.get(key, 0)
            if label.number > max(before + 4, 3):
                continue
        last[key] = label.number
        kept.append((index, label))
    return kept


def _nest(
    lines: Sequence[Line], labels: Sequence[tuple[int, Label]], stop: int, base: int
) -> list[Unit]:
    """Units by order of first appearance: a style seen before closes what it opened."""
    drafts: list[tuple[int, Label, int | None, int]] = []  # line, label, parent, first line
    recital = _recital_end(lines, labels)
    stack: list[tuple[tuple[Numbering, int], int]] = []
    ends: dict[int, int] = {}
    for index, label in labels:
        key = (label.numbering, label.depth)
        depth = next((at for at, (style, _) in enumerate(stack) if style == key), None)
        if recital and index > recital and stack and drafts[stack[0][1]][0] < recital:
            depth = 0  # the body begins anew behind the recital
        elif depth is None:
            depth = _shut_by(stack, label, [each for at, each in labels if at > index])
        twin = drafts[stack[depth][1]] if depth is not None and stack[depth][0] == key else None
        if twin is not None and depth is not None and _is_twin(lines, twin, index, label):
            position = stack[depth][1]
            first_is_english = twin[1].english or _is_latin(lines[twin[0]].text)
            if first_is_english and not label.english:
                drafts[position] = (index, label, twin[2], twin[3])
            for _, closed in stack[depth + 1 :]:
                ends[closed] = index - 1
            del stack[depth + 1 :]
            continue
        if depth is not None:
            for _, closed in stack[depth:]:
                ends[closed] = index - 1
            del stack[depth:]
        parent = stack[-1][1] if stack else None
        stack.append((key, len(drafts)))
        drafts.append((index, label, parent, index))
    units = []
    for position, (index, label, parent, first) in enumerate(drafts):
        line = lines[index]
        last = max(ends.get(position, stop - 1), index)
        while last > index and not lines[last].text.strip():
            last -= 1
        units.append(
            Unit(
                label.numbering,
                label.text,
                label.number,
                heading_of(line.text[label.rest :]),
                lines[first].number,
                lines[last].number,
                None if parent is None else parent + base,
                Span(line.number, label.start, label.end),
                bool(line.label_length),
                label.english,
            )
        )
    return units


def _shut_by(
    stack: Sequence[tuple[tuple[Numbering, int], int]], label: Label, later: Sequence[Label]
) -> int | None:
    """Where the first thing stands that a heavier label ends: a recital's 1. ends at 第一条."""
    if label.numbering is Numbering.CHAPTER:
        return 0 if stack else None
    if label.numbering not in _BY_WEIGHT[:2]:
        return None
    weight = _BY_WEIGHT.index(label.numbering)
    for depth, ((numbering, _), _) in enumerate(stack):
        if numbering is Numbering.CHAPTER or _BY_WEIGHT.index(numbering) <= weight:
            continue
        if numbering is Numbering.HAN and any(each.numbering is Numbering.HAN for each in later):
            continue
        return depth
    return None


def _is_twin(
    lines: Sequence[Line], former: tuple[int, Label, int | None, int], index: int, label: Label
) -> bool:
    """Whether a label tells the former one once more in the other language."""
    if former[1].number != label.number or former[1].depth != label.depth:
        return False
    if former[1].english != label.english:
        return True
    if former[1].text != label.text:
        return False
    return _is_latin(lines[former[0]].text) != _is_latin(lines[index].text)


def _is_latin(text: str) -> bool:
    latin = len(re.findall(r"[A-Za-z]", text))
    return latin > 2 * len(re.findall(r"[\u4e00-\u9fff]", text)) and latin > 3


def heading_of(rest: str) -> str:
    """The heading behind a label: alone on the line, in brackets, before a colon or a gap."""
    words = rest.strip()
    bracketed = re.match(r"[【〔\[]?([^【〔\[】〕\]]{1,30})[】〕\]]", words)
    if bracketed:
        return bracketed[1].strip()
    if re.fullmatch(r"[^。；;，,：:]{1,30}[：:]?", words) and not _RUNS_ON.search(words):
        return words.rstrip("：:").strip()
    before = re.match(r"([^。；;，,：:\s（(]{2,16})(?:[：:]|[\s\u3000]+(?=\S{6,}))", words)
    if before and not _RUNS_ON.search(before[1]):
        return before[1]
    return ""


def _title_line(opening: Sequence[Line]) -> int | None:
    """The first line that calls itself an agreement, a Chinese one before an English one."""
    shown = [line for line in opening if line.text.strip()]
    for pattern in (_TITLE, _TITLE_ENGLISH):
        for line in shown[:8]:
            text = re.sub(r"\s", "", line.text)
            if pattern.search(text) and len(text) <= 60 and not _NOT_TITLE.search(text):
                return line.number
    if shown and len(shown[0].text.strip()) <= 30 and not _NOT_TITLE.search(shown[0].text):
        return shown[0].number
    return None


_ANNEX: Final = re.compile(
    r"\s*(?P<label>(?:附\s*件|附\s*录|附\s*表|附)(?:\s*(?:[一二三四五六七八九十]{1,3}|\d{1,2}|[A-F](?![A-Za-z])))?)"
    r"(?:\s*[:、.]\s*|\s+|$|(?=[(《]))(?![^。]*(?:为本|系本|是本|构成本|与本)[^。]*。)"
    r"[^。;]{0,50}$"
)
_BY_WEIGHT: Final = (
    Numbering.ARTICLE,
    Numbering.HAN,
    Numbering.HAN_BRACKETED,
    Numbering.ARABIC,
    Numbering.ARABIC_BRACKETED,
    Numbering.DECIMAL,
    Numbering.CIRCLED,
)
_LEADS: Final = re.compile(
    r"(?:如下|以下)[^。]{0,12}[：:。]?$|(?:达成|订立|签订|约定)[^。]{0,12}[：:。]$"
)
_RUNS_ON: Final = re.compile(
    r"(?:用于|如下|包括|下列|以下|分别|为|按|由|应|将|(?<![目标])的|之)$|^(?:本协议|户|账)|[□☐○☑☒■√]"
)
_TITLE: Final = re.compile(
    r"(?:协议书?|合同书?|意向书|备忘录|承诺书|确认书|合约书?|[捐赠]赠?书|契约|公约|登记表|申请表|确认表"
    r"|意向表|捐赠表|确认函|捐赠函|约定书?)(?:[（(].{1,16}[）)])?$|"
    r"(?:协议书?|合同书?|合约书?)(?:之[一二三四五]|[A-Za-z].*)$"
)
_TITLE_ENGLISH: Final = re.compile(r"agreement|contract|memorandum", re.IGNORECASE)
_NOT_TITLE: Final = re.compile(
    r"^(?:甲|乙|丙|丁)方|编号|[。；;，]|^(?:捐赠|受赠|赠与|捐助|受益)(?:方|人)|[:：].{2,}|^No\b"
)
