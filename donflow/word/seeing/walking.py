"""From the elements of a part to its story: which characters stand where, in what state.

`_HANDLERS`, at the end, says which method of `_Walk` reads which element.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

from lxml import etree

from donflow.word.markup import W14, W
from donflow.word.seeing import codes, elements, formulas
from donflow.word.seeing.elements import MC, SYMEX, A, M, V
from donflow.word.seeing.formatting import Properties, Styles, has, is_on, value
from donflow.word.seeing.glyphs import (
    OPEN_BOX,
    TICKED_BOX,
    as_seen,
    has_private_sign,
    in_font,
    is_symbol_font,
)
from donflow.word.seeing.stories import (
    DELETING,
    INSERTING,
    UNTRACKED,
    Block,
    Box,
    Cell,
    FieldCode,
    Marker,
    Paragraph,
    Piece,
    Row,
    Story,
    Table,
    Tracks,
)


class Here(NamedTuple):
    """What surrounds an element: tracked changes, the run, and whether all of it is hidden."""

    tracks: Tracks
    run: etree._Element | None
    hidden: bool


def read_story(
    part: str,
    kind: str,
    container: etree._Element,
    styles: Styles,
    host: Paragraph | None = None,
    tracks: Tracks = UNTRACKED,
) -> Story:
    """The story of the blocks in a container: w:body, w:footnote, w:hdr …"""
    story = Story(part, kind, [], host, tracks)
    unended = elements.unended_fields(container)
    story.loose_fields = bool(unended)
    walk = _Walk(story, styles, unended)
    story.blocks = walk.blocks(container, Here(tracks, None, hidden=False))
    story.moves = walk.moves
    return story


class _Walk:
    """One pass over a part; fields, moves and the paragraph that are open are its state."""

    def __init__(self, story: Story, styles: Styles, unended: set[etree._Element]) -> None:
        self.story = story
        self.styles = styles
        self.unended = unended
        self.moves: dict[etree._Element, str] = {}
        self.open_moves: dict[str, str] = {}
        self.fields: list[codes.OpenField] = []
        self.paragraph: Paragraph | None = None
        self.formatted: tuple[etree._Element | None, Properties] | None = None
        self.waiting: list[Marker] = []
        self.target: list[Block] = []

    def blocks(self, container: etree._Element, here: Here) -> list[Block]:
        """The blocks in a container, which has a paragraph state of its own."""
        outer, self.target, open_paragraph, self.paragraph = self.target, [], self.paragraph, None
        self.children(container, here)
        self._place_waiting()
        made, self.target, self.paragraph = self.target, outer, open_paragraph
        return made

    def children(self, element: etree._Element, here: Here) -> None:
        """Read what stands in an element; what is not known is looked through."""
        for child in element:
            handler = _HANDLERS.get(child.tag)
            if handler is not None:
                handler(self, child, here)
            elif child.tag not in _PASSED_OVER:
                self.children(child, here)

    def paragraph_of(self, element: etree._Element, here: Here) -> None:
        properties = element.find(f"{W}pPr")
        mark = None if properties is None else properties.find(f"{W}rPr")
        state = self._tracked_by(mark, here.tracks)
        hidden = here.hidden or has(self.styles.of_run(mark, properties), "vanish")
        self.paragraph = Paragraph(element, here.tracks, state, hidden, list(self.waiting))
        self.waiting.clear()
        self.target.append(self.paragraph)
        named = len(self.moves)
        self.children(element, here._replace(run=None))
        for made in state.marks[len(here.tracks.marks) :]:
            # A mark stands before the range that it belongs to has begun.
            if self.moves.get(made) == "":
                inside = list(self.moves.values())[named:]
                self.moves[made] = self._open_move(made) or next(iter(inside), "")
        self.paragraph = None

    def drawn_paragraph(self, element: etree._Element, here: Here) -> None:
        """A paragraph of DrawingML, in a drawing that is no Word text box (a:txBody)."""
        self._boxed_words("".join(text.text or "" for text in element.iter(f"{A}t")), here)

    def text_path(self, element: etree._Element, here: Here) -> None:
        """Words drawn as a picture: a watermark, WordArt."""
        self._boxed_words(element.get("string", ""), here)

    def table(self, element: etree._Element, here: Here) -> None:
        table = Table(element, [])
        for row in elements.rows(element):
            settings = row.find(f"{W}trPr")
            tracks = self._tracked_by(settings, here.tracks)
            hidden = here.hidden or (settings is not None and elements.is_set(settings, "hidden"))
            made = []
            for cell in elements.cells(row):
                of_cell = self._tracked_by(cell.find(f"{W}tcPr"), tracks)
                made.append(Cell(cell, of_cell, self.blocks(cell, Here(of_cell, None, hidden))))
            table.rows.append(Row(row, tracks, hidden, made))
        self.target.append(table)

    def tracked(self, element: etree._Element, here: Here) -> None:
        self.children(element, here._replace(tracks=self._within(here.tracks, element)))

    def run_of(self, element: etree._Element, here: Here) -> None:
        tracks = self._tracked_by(element.find(f"{W}rPr"), here.tracks)
        self.children(element, Here(tracks, element, here.hidden))

    def text(self, element: etree._Element, here: Here) -> None:
        text = element.text or ""
        if self._in_code:
            self.fields[-1].take(text)
            return
        offset = 0
        if text[:1].isspace() or text[-1:].isspace():
            text, offset = elements.kept_space(element, text)
        if not text:
            return
        piece = self._piece(text, element, offset, here)
        font = value(piece.properties.get(f"{W}rFonts"), "ascii")
        if has_private_sign(text) or is_symbol_font(font):
            piece = piece._replace(text=as_seen(in_font(text, font)), source=None, offset=0)
        else:
            piece = piece._replace(text=as_seen(text))
        self._put(piece)

    def code(self, element: etree._Element, _here: Here) -> None:
        if self.fields:
            self.fields[-1].take(element.text or "")

    def field_mark(self, element: etree._Element, here: Here) -> None:
        kind = element.get(f"{W}fldCharType")
        if kind == "begin" and element not in self.unended:
            self.fields.append(codes.OpenField(element))
        elif kind == "separate" and self.fields:
            self.fields[-1].in_result = True
        elif kind == "end" and self.fields:
            field = self.fields.pop()
            self.story.codes.append(FieldCode(field.code, self.paragraph))
            if seen := codes.seen(field):
                self.sign(seen, here)

    def simple_field(self, element: etree._Element, here: Here) -> None:
        self.story.codes.append(FieldCode(element.get(f"{W}instr", ""), self.paragraph))
        self.children(element, here)

    def sign(self, seen: str, here: Here) -> None:
        """Characters that no text element holds."""
        if self._in_code:
            self.fields[-1].take(seen)
        else:
            self._put(self._piece(seen, None, 0, here))

    def symbol(self, element: etree._Element, here: Here) -> None:
        if seen := elements.sign_of(element):
            self.sign(seen, here)

    def line_break(self, element: etree._Element, here: Here) -> None:
        if element.get(f"{W}type") not in ("page", "column"):
            self.sign(" ", here)

    def tab(self, _element: etree._Element, here: Here) -> None:
        if here.run is None:
            return
        self.sign("\t", here)
        if self.paragraph is not None and not self._in_code and self._is_ruled(self.paragraph):
            # A tab that draws a line under itself is a blank as well.
            drawn = self.paragraph.items[-1]
            assert isinstance(drawn, Piece)
            self.paragraph.items[-1] = drawn._replace(underlined=True)

    def _is_ruled(self, paragraph: Paragraph) -> bool:
        properties = None if paragraph.element is None else paragraph.element.find(f"{W}pPr")
        tabs = sum(isinstance(item, Piece) and item.text == "\t" for item in paragraph.items)
        return elements.draws_line(self.styles.of_paragraph(properties).get(f"{W}tabs"), tabs)

    def mathematics(self, element: etree._Element, here: Here) -> None:
        if element.text:
            self.sign(as_seen(element.text), here)

    def formula(self, element: etree._Element, here: Here) -> None:
        if self.paragraph is not None:
            self.story.formulas[self.paragraph] = None
        for part in formulas.in_line(element):
            if not isinstance(part, str):
                self.children(part, here)
            elif part:
                self.sign(part, here)

    def content_control(self, element: etree._Element, here: Here) -> None:
        content = element.find(f"{W}sdtContent")
        if content is None:
            return
        box = element.find(f"{W}sdtPr/{W14}checkbox")
        if box is None or self.paragraph is None or content.find(f".//{W}p") is not None:
            self.children(content, here)
            return
        # Nobody types into the box: its sign is not to be edited, whatever holds it.
        before = len(self.paragraph.items)
        self.children(content, here)
        state = box.find(f"{W14}checked")
        ticked = state is not None and is_on(state.get(f"{W14}val"))
        for at, item in enumerate(self.paragraph.items[before:], start=before):
            if isinstance(item, Piece):
                sign = TICKED_BOX if ticked else OPEN_BOX
                if item.text in (OPEN_BOX, TICKED_BOX):
                    sign = item.text
                self.paragraph.items[at] = item._replace(text=sign, source=None, offset=0)

    def alternatives(self, element: etree._Element, here: Here) -> None:
        chosen, others = elements.chosen_alternative(element)
        if chosen is not None:
            words = elements.plain_words(chosen)
            told = (elements.plain_words(other) for other in others)
            self.story.differing += [(words, other) for other in told if other != words]
            self.children(chosen, here)

    def box(self, element: etree._Element, here: Here) -> None:
        """A text box; its fields are its own."""
        fields, self.fields = self.fields, []
        hidden, host = here.hidden or elements.is_hidden_shape(element), self.paragraph
        blocks = self.blocks(element, here._replace(hidden=hidden))
        self.fields = fields
        if host is None:
            self.target.extend(blocks)
        else:
            host.boxes.append(Box(here.tracks, hidden, blocks))

    def marker(self, element: etree._Element, here: Here) -> None:
        marker = Marker(element, here.tracks, here.hidden)
        if self.paragraph is None:
            self.waiting.append(marker)
        else:
            self.paragraph.items.append(marker)

    def drawing(self, element: etree._Element, here: Here) -> None:
        """A picture or an object: where it stands is kept, then what words it holds."""
        if self.paragraph is not None:
            self.paragraph.items.append(Marker(element, here.tracks, here.hidden))
        self.children(element, here)

    def move_begins(self, element: etree._Element, _here: Here) -> None:
        self.open_moves[elements.move_key(element)] = element.get(f"{W}name", "")

    def move_ends(self, element: etree._Element, _here: Here) -> None:
        self.open_moves.pop(elements.move_key(element), None)

    @property
    def _in_code(self) -> bool:
        return bool(self.fields) and not self.fields[-1].in_result

    def _tracked_by(self, properties: etree._Element | None, tracks: Tracks) -> Tracks:
        """The state with the marks that the properties of a paragraph, row or cell hold."""
        if properties is not None:
            for child in properties:
                if child.tag in _TRACKING:
                    tracks = self._within(tracks, child)
        return tracks

    def _within(self, tracks: Tracks, mark: etree._Element) -> Tracks:
        if mark.tag in (f"{W}moveFrom", f"{W}moveTo"):
            self.moves[mark] = self._open_move(mark)
        return tracks.within(mark)

    def _open_move(self, mark: etree._Element) -> str:
        kind = etree.QName(mark).localname
        # LibreOffice begins the range inside of the words that it is around.
        within = mark.find(f"{W}{kind}RangeStart")
        if within is not None:
            return within.get(f"{W}name", "")
        names = [name for key, name in self.open_moves.items() if key.split()[0] == kind]
        return names[-1] if names else ""

    def _piece(self, text: str, source: etree._Element | None, offset: int, here: Here) -> Piece:
        if self.formatted is None or self.formatted[0] is not here.run or here.run is None:
            formatting = None if here.run is None else here.run.find(f"{W}rPr")
            paragraph = None if self.paragraph is None else self.paragraph.element
            of_paragraph = None if paragraph is None else paragraph.find(f"{W}pPr")
            self.formatted = here.run, self.styles.of_run(formatting, of_paragraph)
        effective = self.formatted[1]
        underline = effective.get(f"{W}u")
        underlined = underline is not None and underline.get(f"{W}val", "single") != "none"
        # An empty text field of a form holds five of these, and nothing else does.
        underlined = underlined or set(text) == {"\u2002"}
        hidden = here.hidden or has(effective, "vanish")
        return Piece(text, source, offset, here.run, here.tracks, hidden, underlined, effective)

    def _put(self, piece: Piece) -> None:
        if self.paragraph is not None:
            self.paragraph.items.append(piece)
        else:
            # Words where no paragraph is: still words that somebody wrote.
            self.target.append(Paragraph(None, piece.tracks, UNTRACKED, piece.hidden, [piece]))

    def _boxed_words(self, words: str, here: Here) -> None:
        if words.strip() and self.paragraph is not None:
            piece = self._piece(as_seen(words), None, 0, here)._replace(underlined=False)
            inner = Paragraph(None, here.tracks, here.tracks, here.hidden, [piece])
            self.paragraph.boxes.append(Box(here.tracks, here.hidden, [inner]))

    def _place_waiting(self) -> None:
        """Markers behind the last paragraph belong to its end."""
        last = self.target[-1] if self.target else None
        if self.waiting and isinstance(last, Paragraph):
            last.items.extend(self.waiting)
            self.waiting.clear()


_Handler = Callable[[_Walk, etree._Element, Here], None]
_TRACKING: Final = frozenset(f"{W}{name}" for name in INSERTING | DELETING)
_HANDLERS: Final[dict[object, _Handler]] = {
    f"{W}p": _Walk.paragraph_of,
    f"{W}tbl": _Walk.table,
    f"{W}r": _Walk.run_of,
    f"{M}r": _Walk.run_of,
    f"{W}t": _Walk.text,
    f"{W}delText": _Walk.text,
    f"{W}instrText": _Walk.code,
    f"{W}delInstrText": _Walk.code,
    f"{W}fldChar": _Walk.field_mark,
    f"{W}fldSimple": _Walk.simple_field,
    f"{W}sym": _Walk.symbol,
    f"{SYMEX}symEx": _Walk.symbol,
    f"{W}br": _Walk.line_break,
    f"{W}cr": _Walk.line_break,
    f"{W}tab": _Walk.tab,
    f"{W}ptab": _Walk.tab,
    f"{W}noBreakHyphen": lambda walk, _element, here: walk.sign("-", here),
    f"{W}sdt": _Walk.content_control,
    f"{W}txbxContent": _Walk.box,
    **{
        f"{W}{name}": lambda walk, element, _here: walk.story.chunks.append(element)
        for name in ("altChunk", "subDoc")
    },
    f"{W}moveFromRangeStart": _Walk.move_begins,
    f"{W}moveToRangeStart": _Walk.move_begins,
    f"{W}moveFromRangeEnd": _Walk.move_ends,
    f"{W}moveToRangeEnd": _Walk.move_ends,
    f"{W}drawing": _Walk.drawing,
    f"{W}pict": _Walk.drawing,
    f"{W}object": _Walk.drawing,
    f"{A}p": _Walk.drawn_paragraph,
    f"{V}textpath": _Walk.text_path,
    f"{M}t": _Walk.mathematics,
    **{f"{M}{name}": _Walk.formula for name in formulas.SHAPES},
    f"{MC}AlternateContent": _Walk.alternatives,
    **{f"{W}{name}": _Walk.tracked for name in ("ins", "del", "moveFrom", "moveTo")},
    **{
        f"{W}{name}": _Walk.marker
        for name in (
            "commentRangeStart", "commentRangeEnd", "commentReference",
            "footnoteReference", "endnoteReference",
        )
    },
}  # fmt: skip
_PASSED_OVER: Final = frozenset(
    f"{W}{name}" for name in (
        "pPr", "rPr", "sdtPr", "sdtEndPr", "tblPr", "tblGrid", "trPr", "tcPr", "sectPr",
        "rt", "rubyPr", "proofErr", "smartTagPr", "customXmlPr", "ffData", "binData",
    )
)  # fmt: skip
