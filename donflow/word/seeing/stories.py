"""A part of a Word file as paragraphs and tables, each character with where it stands.

Nothing is decided here of what is shown: every piece knows the tracked changes that it is in,
and whether it is hidden.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from lxml import etree

from donflow.word.seeing.formatting import Properties

INSERTING = frozenset({"ins", "moveTo", "cellIns"})
DELETING = frozenset({"del", "moveFrom", "cellDel"})


class Tracks(NamedTuple):
    """The tracked changes that something stands in, outermost first, by their elements."""

    marks: tuple[etree._Element, ...] = ()
    inserted: bool = False
    deleted: bool = False

    def within(self, mark: etree._Element) -> Tracks:
        """The same, and in one more."""
        name = etree.QName(mark).localname
        return Tracks(
            (*self.marks, mark),
            self.inserted or name in INSERTING,
            self.deleted or name in DELETING,
        )


UNTRACKED = Tracks()


class Piece(NamedTuple):
    """Characters of one formatting.

    `text` is what is seen. `source` is the w:t or w:delText that holds them from `offset`,
    character for character, or None for what nobody may edit there: a tab, a break, a sign of a
    symbol font. `run` is the w:r. `blank`: underlined space, which people fill in.
    """

    text: str
    source: etree._Element | None
    offset: int
    run: etree._Element | None
    tracks: Tracks
    hidden: bool
    underlined: bool
    properties: Properties


class Marker(NamedTuple):
    """A place without width: the beginning or end of a comment, a reference to one or a note."""

    element: etree._Element
    tracks: Tracks
    hidden: bool


@dataclass(eq=False)
class Paragraph:
    """A w:p: its pieces and markers in order, its text boxes, and the state of its mark.

    `tracks` is the state of the mark; `within` that of everything around the paragraph. `seen`
    keeps what each view shows of it, once that was asked.
    """

    element: etree._Element | None
    within: Tracks
    tracks: Tracks
    mark_hidden: bool
    items: list[Piece | Marker] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    seen: dict[object, tuple[Piece | Marker, ...]] = field(default_factory=dict, repr=False)


@dataclass(eq=False)
class Box:
    """A text box that is anchored in a paragraph."""

    tracks: Tracks
    hidden: bool
    blocks: list[Block]


@dataclass(eq=False)
class Cell:
    element: etree._Element
    tracks: Tracks
    blocks: list[Block]


@dataclass(eq=False)
class Row:
    element: etree._Element
    tracks: Tracks
    hidden: bool
    cells: list[Cell]


@dataclass(eq=False)
class Table:
    element: etree._Element
    rows: list[Row]


Block: TypeAlias = Paragraph | Table


@dataclass(eq=False)
class FieldCode:
    """The code of one field, without its result, and the paragraph where it begins."""

    code: str
    paragraph: Paragraph | None


@dataclass(eq=False)
class Story:
    """One part's text.

    `kind` is body, footnote, endnote, header or footer. `host` is the body's paragraph that
    refers to a note, and `tracks` the state of that reference. `moves` are the names of the
    moves that w:moveFrom and w:moveTo elements belong to. `differing` are the words of the
    alternatives of one content that do not read alike. `chunks` are whole other files taken in;
    `formulas` are the paragraphs that hold one that a line only paraphrases; `loose_fields`
    tells of fields that never end.
    """

    part: str
    kind: str
    blocks: list[Block]
    host: Paragraph | None = None
    tracks: Tracks = UNTRACKED
    codes: list[FieldCode] = field(default_factory=list)
    moves: Mapping[etree._Element, str] = field(default_factory=dict)
    differing: list[tuple[str, str]] = field(default_factory=list)
    chunks: list[etree._Element] = field(default_factory=list)
    formulas: dict[Paragraph, None] = field(default_factory=dict)
    loose_fields: bool = False


def paragraphs(blocks: list[Block]) -> Iterator[Paragraph]:
    """Every paragraph in reading order; those of text boxes after the one they hang on."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
            for box in block.boxes:
                yield from paragraphs(box.blocks)
        else:
            for row in block.rows:
                for cell in row.cells:
                    yield from paragraphs(cell.blocks)
