"""The words of a PDF as lines in reading order, where it holds words and not only pictures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium_c  # type: ignore[import-untyped]

from donflow.errors import N_, DonflowError
from donflow.pictures.pdf_blanks import Box, with_blanks
from donflow.pictures.pdf_rows import Glyph, Row, rows_of
from donflow.pictures.printed_lines import paragraphs, without_edges

PAGE_LIMIT: Final = 300
"""An agreement has ten pages; a book is not read by mistake."""
PAGE_GLYPHS: Final = 20_000
"""A page of the smallest print holds a third of that."""


class TooManyPages(DonflowError):
    code = "too_many_pages"
    message = N_("This PDF has {pages} pages; at most {limit} are read.")
    remedy = N_("Take only the pages of the agreement.")


class PdfProtected(DonflowError):
    code = "protected"
    message = N_("This PDF is protected by a password.")
    remedy = N_("Ask for it without a password.")


class PdfDamaged(DonflowError):
    code = "damaged"
    message = N_("This PDF is damaged.")
    remedy = N_("Ask for the file again; it may have been cut short on its way.")


@dataclass(frozen=True)
class PdfText:
    """What a PDF says: its lines, and the numbers of its pages that are pictures, from 1.

    A scan has no lines, and every page of it is a picture.
    """

    lines: tuple[str, ...]
    picture_pages: tuple[int, ...]
    pages: int


def read_pdf(data: bytes) -> PdfText:
    """The lines of a PDF, those of one printed paragraph joined, headers and page numbers left out.

    Columns of one height, as in a signing area, stand on one line, parted by blanks. Words that
    are laid unseen over a scan count as none: what reads a picture errs. What the gate admits is
    expected; raises TooManyPages, PdfProtected or PdfDamaged.
    """
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as fault:
        if pdfium_c.FPDF_GetLastError() == pdfium_c.FPDF_ERR_PASSWORD:
            raise PdfProtected from fault
        raise PdfDamaged from fault
    try:
        if len(document) > PAGE_LIMIT:
            raise TooManyPages(pages=len(document), limit=PAGE_LIMIT)
        pages = [_rows(document, number) for number in range(len(document))]
    except pdfium.PdfiumError as fault:
        raise PdfDamaged from fault
    finally:
        document.close()
    pictures = tuple(number for number, rows in enumerate(pages, start=1) if rows is None)
    written = [rows for rows in pages if rows]
    return PdfText(tuple(paragraphs(without_edges(written))), pictures, len(pages))


def plain_pdf(data: bytes) -> dict[str, Any]:
    """`read_pdf` as plain data, for a process of its own (`intake.apart`)."""
    read = read_pdf(data)
    return {
        "lines": list(read.lines),
        "picture_pages": list(read.picture_pages),
        "pages": read.pages,
    }


def _rows(document: pdfium.PdfDocument, number: int) -> list[Row] | None:
    """The rows of a page; None where it is a picture, or its words are not to be seen."""
    page = document[number]
    try:
        words = [
            pdfium_c.FPDFTextObj_GetTextRenderMode(thing.raw)
            != pdfium_c.FPDF_TEXTRENDERMODE_INVISIBLE
            for thing in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_TEXT], max_depth=5)
        ]
        glyphs = _glyphs(page) if any(words) else []
        if not any(not glyph.sign.isspace() for glyph in glyphs):
            return None if _has_picture(page) else []
        return rows_of(with_blanks(glyphs, _drawn(page)), *page.get_size())
    finally:
        page.close()


def _drawn(page: pdfium.PdfPage) -> Iterator[Box]:
    """What is drawn and no picture: underlines, the edges of tables."""
    paths = page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_PATH], max_depth=1)
    yield from (Box(*path.get_bounds()) for path in islice(paths, PAGE_GLYPHS))


def _has_picture(page: pdfium.PdfPage) -> bool:
    kinds = [pdfium_c.FPDF_PAGEOBJ_IMAGE, pdfium_c.FPDF_PAGEOBJ_PATH]
    return next(iter(page.get_objects(filter=kinds, max_depth=5)), None) is not None


def _glyphs(page: pdfium.PdfPage) -> list[Glyph]:
    """Every sign that the file itself places; those that pdfium adds between them are left out."""
    text = page.get_textpage()
    try:
        box = pdfium_c.FS_RECTF()
        glyphs, high = list[Glyph](), 0
        for index in range(min(text.count_chars(), PAGE_GLYPHS)):
            code = pdfium_c.FPDFText_GetUnicode(text.raw, index)
            if 0xD800 <= code < 0xDC00:
                high = code
                continue
            # A rare character of a name comes in two halves.
            if 0xDC00 <= code < 0xE000:
                code = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00
            if (
                code < 0x20
                or code in _NO_SIGN
                or pdfium_c.FPDFText_IsGenerated(text.raw, index) == 1
            ):
                continue
            pdfium_c.FPDFText_GetLooseCharBox(text.raw, index, box)
            glyphs.append(Glyph(chr(code), box.left, box.right, box.bottom, box.top))
        return glyphs
    finally:
        text.close()


_NO_SIGN: Final = (0xFFFE, 0xFFFF)
