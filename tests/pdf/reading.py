"""Reading a drawn PDF back: its text as one would copy it, its picture, its fonts."""

from __future__ import annotations

import io

import pikepdf
import pypdfium2
import zxingcpp
from PIL import Image


def text_of(pdf: bytes) -> str:
    """The text of all pages as copied, line ends taken out."""
    return "".join(pages_of(pdf))


def pages_of(pdf: bytes) -> list[str]:
    """The text of each page as copied, line ends taken out."""
    copied = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)]
    return [text.replace("\r", "").replace("\n", "") for text in copied]


def page_count(pdf: bytes) -> int:
    return len(pypdfium2.PdfDocument(pdf))


def picture_of(pdf: bytes, *, dpi: int = 100, page: int = 0) -> Image.Image:
    return pypdfium2.PdfDocument(pdf)[page].render(scale=dpi / 72).to_pil().convert("L")


def codes_of(pdf: bytes, *, dpi: int = 150) -> list[str]:
    """What the QR codes of the first page say."""
    return [code.text for code in zxingcpp.read_barcodes(picture_of(pdf, dpi=dpi))]


def fonts_of(pdf: bytes) -> dict[str, bool]:
    """The base name of every font object, and whether its outlines are in the file."""
    found = {}
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for item in document.objects:
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/Font":
                described = item.get("/FontDescriptor")
                is_embedded = described is not None and "/FontFile2" in described
                found[str(item["/BaseFont"])] = is_embedded
    return found
