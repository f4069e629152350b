"""Tracked changes of formatting: of words, paragraphs, numbers, tables and sections.

ECMA-376-1, 17.13.5: w:rPrChange, w:pPrChange, w:numberingChange, w:tblPrChange, w:trPrChange,
w:tcPrChange, w:sectPrChange. Each holds the formatting as it was.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import etree

from donflow.word.markup import W
from donflow.word.seeing.document import Document
from donflow.word.seeing.flow import tokens
from donflow.word.seeing.seen import View, shown
from donflow.word.seeing.stories import Block, Paragraph, Piece, Story, Table, paragraphs


@dataclass(frozen=True)
class Reformatted:
    """One change of formatting with the words it concerns, none for a section.

    `begins` is the first of them, or the paragraph for what concerns all of it.
    """

    author: str
    at: str
    text: str
    place: Paragraph
    begins: Piece | Paragraph


def find_reformatted(document: Document) -> Iterator[Reformatted]:
    """Every change of formatting; neighbouring ones of one author and minute are one."""
    for story in document.stories:
        runs = list(_of_runs(story))
        yield from runs
        for paragraph in paragraphs(story.blocks):
            yield from _of_paragraph(paragraph, runs)
        for table in _tables(story.blocks):
            yield from _of_table(table)
    yield from _of_last_section(document)


def _of_runs(story: Story) -> Iterator[Reformatted]:
    gathered: list[Reformatted] = []
    open_key: tuple[str, str] | None = None
    for token in tokens(story):
        item = token.item
        if item is not None and not isinstance(item, Piece):
            continue
        change = None
        if isinstance(item, Piece) and item.run is not None:
            change = item.run.find(f"{W}rPr/{W}rPrChange")
        if change is None:
            open_key = None
            continue
        key = _hand(change)
        if key == open_key:
            last = gathered.pop()
            gathered.append(replace(last, text=last.text + token.text))
        else:
            gathered.append(_made(change, token.text, token.paragraph, item))
        open_key = key
    yield from gathered


def _of_paragraph(paragraph: Paragraph, runs: list[Reformatted]) -> Iterator[Reformatted]:
    properties = None if paragraph.element is None else paragraph.element.find(f"{W}pPr")
    if properties is None:
        return
    told = {(one.author, one.at[:16]) for one in runs if one.place is paragraph}
    hands: set[tuple[str, str]] = set()
    for path in _PARAGRAPH_CHANGES:
        for change in properties.iterfind(path):
            hand = _hand(change)
            # The mark's own formatting goes with that of the words before it.
            if hand in hands or (path == _OF_MARK and hand in told):
                continue
            hands.add(hand)
            text = "" if path == _OF_SECTION else _words([paragraph])
            yield _made(change, text, paragraph)


def _of_table(table: Table) -> Iterator[Reformatted]:
    """One for each hand, with the words of all that it touched."""
    touched: dict[tuple[str, str], tuple[etree._Element, list[Paragraph]]] = {}
    everything = list(paragraphs([table]))
    found: list[tuple[etree._Element, list[Paragraph]]] = [
        (change, everything) for change in table.element.iterfind(f"{W}tblPr/{W}tblPrChange")
    ]
    for row in table.rows:
        of_row = [one for cell in row.cells for one in paragraphs(cell.blocks)]
        for path in (f"{W}trPr/{W}trPrChange", f"{W}tblPrEx/{W}tblPrExChange"):
            found += [(change, of_row) for change in row.element.iterfind(path)]
        for cell in row.cells:
            of_cell = list(paragraphs(cell.blocks))
            for path in (f"{W}tcPr/{W}tcPrChange", f"{W}tcPr/{W}cellMerge"):
                found += [(change, of_cell) for change in cell.element.iterfind(path)]
    for change, concerned in found:
        _, known = touched.setdefault(_hand(change), (change, []))
        known += [one for one in concerned if one not in known]
    for change, concerned in touched.values():
        if everything:
            yield _made(change, _words(concerned, "\t"), (concerned or everything)[0])


def _of_last_section(document: Document) -> Iterator[Reformatted]:
    last = list(paragraphs(document.body.blocks))
    for change in document.package.body.iterfind(f"{W}sectPr/{W}sectPrChange"):
        if last:
            yield _made(change, "", last[-1])


def _tables(blocks: list[Block]) -> Iterator[Table]:
    for block in blocks:
        if isinstance(block, Paragraph):
            for box in block.boxes:
                yield from _tables(box.blocks)
            continue
        yield block
        for row in block.rows:
            for cell in row.cells:
                yield from _tables(cell.blocks)


def _words(concerned: list[Paragraph], parting: str = "\n") -> str:
    """The words of paragraphs as they are in the end, or were where nothing is left."""
    for view in (View.AFTER, View.BEFORE):
        texts = (
            "".join(item.text for item in shown(one, view) if isinstance(item, Piece))
            for one in concerned
        )
        if text := parting.join(filter(None, texts)):
            return text
    return ""


def _made(
    change: etree._Element, text: str, place: Paragraph, begins: Piece | None = None
) -> Reformatted:
    author, at = change.get(f"{W}author", ""), change.get(f"{W}date", "")
    return Reformatted(author, at, text, place, begins or place)


def _hand(change: etree._Element) -> tuple[str, str]:
    return change.get(f"{W}author", ""), change.get(f"{W}date", "")[:16]


_OF_MARK = f"{W}rPr/{W}rPrChange"
_OF_SECTION = f"{W}sectPr/{W}sectPrChange"
_PARAGRAPH_CHANGES = (
    f"{W}pPrChange",
    f"{W}numPr/{W}numberingChange",
    f"{W}numPr/{W}ins",
    _OF_MARK,
    _OF_SECTION,
)
