"""A paper being drawn: text, rules and curves on pages measured in mm from the top left corner."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256
from io import BytesIO

from reportlab import rl_config
from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFDictionary,
    PDFInfo,
    PDFName,
    PDFStream,
    PDFString,
    xObjectName,
)
from reportlab.pdfgen.canvas import Canvas

from donflow.pdf.fonts import Role, face
from donflow.pdf.setting import POINTS_PER_MM, Block, line_width
from donflow.pdf.spacing import INK, Colour, Style, pieces_of

A4 = (210.0, 297.0)
A4_LANDSCAPE = (297.0, 210.0)

Point = tuple[float, float]


class Align(StrEnum):
    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"
    JUSTIFY = "justify"


@dataclass(frozen=True)
class Drawn:
    """Lines and areas of a page, packed as they stand in the file; the name follows from them."""

    name: str
    packed: bytes


class Paper:
    """One PDF in the making; the same calls give the same bytes.

    Lengths are mm from the top left corner of the page, y downwards; sizes of type are points.
    Texts must have passed `check_glyphs`. Carries no date unless `made_at` is given.
    """

    def __init__(
        self,
        title: str,
        *,
        author: str,
        size: tuple[float, float] = A4,
        language: str = "zh-CN",
        made_at: datetime | None = None,
    ) -> None:
        self.width, self.height = size
        self.page_number = 1
        self._file = BytesIO()
        # Bytes instead of letters: a fifth smaller and twice as fast; the library has it for all.
        rl_config.useA85 = 0
        self._canvas = Canvas(
            self._file,
            pagesize=(self.width * POINTS_PER_MM, self.height * POINTS_PER_MM),
            invariant=1,
            pageCompression=1,
            initialFontName=face(Role.SERIF).name,  # else every file names Helvetica
            lang=language,
        )
        self._canvas._doc.info = _Information(title, author, made_at)
        self._canvas.setViewerPreference("DisplayDocTitle", "true")

    def text(self, words: str, x: float, y: float, style: Style, align: Align = Align.LEFT) -> None:
        """Set one line with its baseline at `y`; `x` is its left end, middle or right end."""
        width = line_width(words, style)
        shift = {Align.CENTRE: width / 2, Align.RIGHT: width}.get(align, 0.0)
        self._line(words.rstrip(" "), x - shift, y, style, stretch=0.0)

    def block(self, block: Block, x: float, top: float, align: Align = Align.JUSTIFY) -> float:
        """Set a block with its left edge at `x`; gives the y below it."""
        # The first baseline stands where the text is centred in its line of `pitch`.
        em = block.style.size / POINTS_PER_MM
        baseline = top + block.pitch / 2 + 0.38 * em
        anchor = {Align.CENTRE: x + block.width / 2, Align.RIGHT: x + block.width}.get(align, x)
        for number, line in enumerate(block.lines):
            y = baseline + number * block.pitch
            if align is Align.JUSTIFY:
                words = line.text.rstrip(" ")
                self._line(words, x + line.indent, y, block.style, stretch=line.stretch)
            else:
                self.text(line.text, anchor, y, block.style, align)
        return top + block.height

    def rule(self, start: Point, end: Point, *, weight: float = 0.5, colour: Colour = INK) -> None:
        """A straight line; `weight` in points."""
        self.curve([start, end], weight=weight, colour=colour)

    def curve(
        self,
        points: Iterable[Point],
        *,
        weight: float = 0.5,
        colour: Colour = INK,
        closed: bool = False,
        fill: Colour | None = None,
        square: bool = False,
    ) -> None:
        """A line through many points, or an area when `fill` is given; weight 0 draws no line."""
        canvas = self._canvas
        canvas.saveState()
        canvas.setStrokeColorRGB(*colour)
        canvas.setLineWidth(weight)
        canvas.setLineJoin(0 if square else 1)
        canvas.setLineCap(2 if square else 1)
        path = canvas.beginPath()
        for number, (x, y) in enumerate(points):
            (path.lineTo if number else path.moveTo)(*self._at(x, y))
        if closed:
            path.close()
        if fill is not None:
            canvas.setFillColorRGB(*fill)
        canvas.drawPath(path, stroke=int(weight > 0), fill=int(fill is not None))
        canvas.restoreState()

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        weight: float = 0.5,
        colour: Colour = INK,
        fill: Colour | None = None,
    ) -> None:
        """A rectangle by its top left corner."""
        corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]
        self.curve(corners, weight=weight, colour=colour, closed=True, fill=fill, square=True)

    def drawn(self) -> Drawn:
        """What was drawn on this page so far, to be repeated elsewhere; lines only, no text."""
        packed = zlib.compress("\n".join(self._canvas._code).encode())
        return Drawn(sha256(packed).hexdigest()[:16], packed)

    def repeat(self, drawn: Drawn) -> None:
        """Draw what `drawn` gave, on a paper of the same size.

        Ornament is neither reckoned nor packed anew, and stands once in the file for all pages.
        """
        document = self._canvas._doc
        if not document.hasForm(drawn.name):
            entries = {
                "Type": PDFName("XObject"),
                "Subtype": PDFName("Form"),
                "BBox": PDFArray([0, 0, *self._canvas._pagesize]),
                "Resources": PDFDictionary(),
                "Filter": PDFName("FlateDecode"),
            }
            form = PDFStream(PDFDictionary(entries), drawn.packed)
            document.Reference(form, xObjectName(drawn.name))
        self._canvas.doForm(drawn.name)

    def next_page(self) -> None:
        """Begin the next page."""
        self._canvas.showPage()
        self.page_number += 1

    def finish(self) -> bytes:
        """The whole file."""
        self._canvas.showPage()
        self._canvas.save()
        return self._file.getvalue()

    def _line(self, words: str, x: float, y: float, style: Style, *, stretch: float) -> None:
        canvas = self._canvas
        canvas.saveState()  # the letter space would otherwise leak into what follows
        run = canvas.beginText()
        run.setFillColorRGB(*style.colour)
        em = style.size / POINTS_PER_MM
        for piece in pieces_of(words, style, stretch=stretch):
            run.setTextOrigin(*self._at(x + piece.x * em, y))
            run.setFont(piece.face.name, style.size)
            run.setCharSpace(piece.spread * style.size)
            run.textOut(piece.text)
        canvas.drawText(run)
        canvas.restoreState()

    def _at(self, x: float, y: float) -> Point:
        return x * POINTS_PER_MM, (self.height - y) * POINTS_PER_MM


class _Information(PDFInfo):  # type: ignore[misc] # the library has no types
    """The file's own entry, without the library's invented date."""

    creator = "donflow"

    def __init__(self, title: str, author: str, made_at: datetime | None) -> None:
        super().__init__()
        self.title, self.author, self.subject = title, author, ""
        self.made_at = made_at

    def format(self, document: object) -> object:
        entries = {
            "Title": PDFString(self.title),
            "Author": PDFString(self.author),
            "Creator": PDFString(self.creator),
            "Producer": PDFString(self.producer),
        }
        if self.made_at is not None:
            made_at = self.made_at.astimezone(UTC)
            entries["CreationDate"] = PDFString(f"D:{made_at:%Y%m%d%H%M%S}Z")
        return PDFDictionary(entries).format(document)
