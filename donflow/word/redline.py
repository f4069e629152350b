"""Two versions of a Word file as one with true tracked changes: accept for new, reject for old."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from lxml import etree

from donflow.errors import N_, Sentence
from donflow.word.markup import W
from donflow.word.redlining.carrying import Redrafted
from donflow.word.redlining.lists import side_by_side
from donflow.word.redlining.proving import unsaid
from donflow.word.redlining.revising import Reviser, reviser_for
from donflow.word.redlining.styling import (
    defaults_differ,
    lists_met,
    styles_met,
    styles_that_differ,
)
from donflow.word.redlining.units import Fate, canonical
from donflow.word.redlining.weaving import Loom, mark_body, weave
from donflow.word.seeing.package import Package, R, open_package
from donflow.word.settling import settle_package, story_parts

_REFERENCES = {f"{W}headerReference": "header", f"{W}footerReference": "footer"}
_NOTES = {f"{W}footnoteReference": "footnotes", f"{W}endnoteReference": "endnotes"}

_REFERENCE = re.compile(r"\s*(?:REF|PAGEREF|NOTEREF)\s+(\S+)")


@dataclass(frozen=True)
class Redline:
    """The file, and what of the difference it cannot show."""

    docx: bytes
    notes: tuple[Sentence, ...]


def compare(old: bytes, new: bytes, *, author: str, at: datetime) -> Redline:
    """A .docx whose every difference from `old` to `new` is a tracked change of this author.

    Accepting all gives the words of `new`, rejecting all those of `old`, in body, tables,
    headers, footers, notes and text boxes. Tracked changes that the files carry themselves
    count as accepted; the comments of `new` stay. Formatting that differs on words that stay is
    tracked too; page layout and the definitions of styles are the new file's, which `notes` say,
    as they say where the redline, settled, does not read as the file it stands for. Words that
    went with their content control or field come back without the control, the field as runs.

    LibreOffice 7 settles a few things otherwise than the markup says: it leaves an empty line of
    a paragraph that goes before a table, does not bring back a former level of a list, may keep
    the number of a paragraph that is joined away, and was seen to differ at a deleted page break
    and at a deletion before an inline content control that stands in a block one.

    `at` is written as the author's clock shows it. Raises NotAWordFile, MissingPart, DamagedPart.
    """
    before, after = open_package(old), open_package(new)
    for package in (before, after):
        settle_package(package, accept=True)
    styles = styles_met(before, after, story_parts(before))
    lists = side_by_side(
        before.related_root("numbering", f"{W}numbering"),
        after.related_root("numbering", f"{W}numbering"),
        chain(_met_lists(before.body, after.body), lists_met(styles)),
    )
    work = Redrafted(before, after, lists)
    _compare_styles(styles, work)
    reviser = reviser_for(map(after.root, story_parts(after)), author, at)
    work.touched |= {*story_parts(after)}
    _weave_part(before.main, after.main, work, reviser)
    for one, other in _headers(work):
        _weave_part(one, other, work, reviser)
    _compare_layout(work)
    _compare_places(work)
    docx = work.packed()
    return Redline(docx, (*work.notes, *unsaid(old, new, docx)))


def _weave_part(old: str | None, new: str, work: Redrafted, reviser: Reviser) -> None:
    loom = Loom(work, reviser, old or "", new)
    if old is None:
        mark_body(work.root(new), Fate.INSERTED, loom)
        return
    if new == work.new.main:
        weave(work.old.body, work.new.body, loom)
    else:
        weave(work.old.root(old), work.root(new), loom)
    for one, other in loom.notes:
        _weave_note(one, other, work, reviser)


def _weave_note(
    old: etree._Element | None, new: etree._Element, work: Redrafted, reviser: Reviser
) -> None:
    """The words of a footnote or endnote, compared with those that the old reference had."""
    type_ = _NOTES[str(new.tag)]
    part = work.new.related(type_)
    note = None if part is None else _note(work.new, type_, new)
    if part is None or note is None:
        return
    loom = Loom(work, reviser, work.old.related(type_) or "", part)
    former = None if old is None else _note(work.old, type_, old)
    if former is None:
        mark_body(note, Fate.INSERTED, loom)
    else:
        weave(former, note, loom)


def _note(package: Package, type_: str, reference: etree._Element) -> etree._Element | None:
    root = package.related_root(type_, f"{W}{type_}")
    found = () if root is None else root.iterchildren(f"{W}{type_[:-1]}")
    given = reference.get(f"{W}id")
    return next((one for one in found if one.get(f"{W}id") == given), None)


def _headers(work: Redrafted) -> Iterator[tuple[str | None, str]]:
    """Headers and footers that belong together: of the same section, the same kind of page."""
    olds, news = _referred(work.old), _referred(work.new)
    seen: set[str] = set()
    for place, part in news.items():
        if part not in seen:
            seen.add(part)
            yield olds.get(place), part
    if set(olds) - set(news):
        work.note(N_("A header or footer of the old file that the new one lacks is not shown."))


def _referred(package: Package) -> dict[tuple[int, str, str], str]:
    relations = package.relations(package.main) or {}
    found = {}
    for number, section in enumerate(package.body.iter(f"{W}sectPr")):
        for one in section:
            relation = relations.get(one.get(f"{R}id", ""))
            if one.tag in _REFERENCES and relation is not None:
                kind = one.get(f"{W}type", "default")
                found[(number, _REFERENCES[one.tag], kind)] = relation.target
    return found


def _met_lists(old: etree._Element, new: etree._Element) -> Iterator[tuple[str, str]]:
    """The lists of paragraphs whose words stand once in both files."""
    olds, news = _listed(old), _listed(new)
    for words, number in olds.items():
        other = news.get(words)
        if number and other:
            yield number, other


def _listed(body: etree._Element) -> dict[str, str | None]:
    found: dict[str, str | None] = {}
    for paragraph in body.iter(f"{W}p"):
        words = "".join(text.text or "" for text in paragraph.iter(f"{W}t"))
        number = paragraph.find(f"{W}pPr/{W}numPr/{W}numId")
        if words:
            given = None if number is None else number.get(f"{W}val")
            found[words] = None if words in found else given
    return found


def _compare_styles(met: Sequence[tuple[etree._Element, etree._Element]], work: Redrafted) -> None:
    """Styles are the new file's; each that its words and the old ones share but look otherwise."""
    for name in styles_that_differ(met, work.lists):
        work.note(
            N_("The style {style} is not the same in both files; the new one is shown."), style=name
        )
    if defaults_differ(work.old, work.new):
        work.note(
            N_("The look of plain words is not the same in both files; the new one is shown.")
        )


def _compare_layout(work: Redrafted) -> None:
    """Page size, margins and sections are the new file's; a difference is said."""
    olds, news = (
        [
            [canonical(one) for one in section
             if one.tag not in _REFERENCES and one.tag != f"{W}sectPrChange"]
            for section in package.body.iter(f"{W}sectPr")
        ]
        for package in (work.old, work.new)
    )  # fmt: skip
    if olds != news:
        work.note(N_("The page layout is not the same in both files; the new one is shown."))


def _compare_places(work: Redrafted) -> None:
    """A deleted cross-reference, rejected, points at a bookmark that only the old file has."""
    olds, news = (
        {one.get(f"{W}name") for part in story_parts(package)
         for one in package.root(part).iter(f"{W}bookmarkStart")}
        for package in (work.old, work.new)
    )  # fmt: skip
    for part in story_parts(work.new):
        for code in work.new.root(part).iter(f"{W}delInstrText"):
            found = _REFERENCE.match(code.text or "")
            if found is not None and found[1] in olds - news:
                work.note(
                    N_("Rejecting does not bring back {name}, which a deleted reference needs."),
                    name=found[1],
                )
