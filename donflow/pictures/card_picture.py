"""Cards as pictures: one to be sent by WeChat or shown in a letter, all of them on one sheet."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

import pypdfium2 as pdfium  # type: ignore[import-untyped]
from PIL import Image


def png_of(pdf: bytes, width_px: int) -> bytes:
    """The first page as a PNG file `width_px` wide; one of our own PDFs is expected."""
    return _png(_rendered(pdf, width_px))


def contact_sheet(pdfs: Sequence[bytes], *, columns: int, width_px: int) -> bytes:
    """The first pages of several cards of one shape in rows, each `width_px` wide, as PNG."""
    pages = [_rendered(pdf, 2 * width_px) for pdf in pdfs]
    height = round(max(page.height for page in pages) / 2)
    across, down = width_px + GAP, height + GAP
    rows = -(-len(pages) // columns)
    sheet = Image.new("RGB", (columns * across + GAP, rows * down + GAP), BACKGROUND)
    for number, page in enumerate(pages):
        row, column = divmod(number, columns)
        small = page.resize((width_px, height), Image.Resampling.LANCZOS)
        sheet.paste(small, (GAP + column * across, GAP + row * down))
    # Few colours, mixed by dots: a fourth of the size, and no steps where one fades into another.
    few = sheet.quantize(256)
    return _png(sheet.quantize(palette=few, dither=Image.Dither.FLOYDSTEINBERG))


def _rendered(pdf: bytes, width_px: int) -> Image.Image:
    document = pdfium.PdfDocument(pdf)
    try:
        page = document[0]
        wide, high = page.get_size()
        picture: Image.Image = page.render(scale=width_px / wide).to_pil()
        # The renderer rounds up, and leaves a white row where the page ends within a pixel.
        return picture.convert("RGB").crop((0, 0, width_px, round(width_px * high / wide)))
    finally:
        document.close()


def _png(picture: Image.Image) -> bytes:
    out = BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()


GAP = 12
BACKGROUND = (214, 214, 210)
