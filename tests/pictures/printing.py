"""PDFs with words at known places, as a printer driver would lay them."""

import io
from collections.abc import Sequence

import pikepdf
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from donflow.pdf.fonts import Role, face

FONT, EM = face(Role.SERIF).name, 14
LEFT, RIGHT, TOP, STEP = 79, 522, 737, 26
Placed = tuple[float, float, str]
"""From the left, from the bottom, the words."""


def printed(
    *pages: Sequence[Placed],
    invisible: bool = False,
    picture: bool = False,
    rules: Sequence[tuple[float, float, float, float]] = (),
) -> bytes:
    """A PDF of pages that hold these words, on request unseen over a picture, as scanners do.

    Each page has the rules too, from one point to another.
    """
    written = io.BytesIO()
    canvas = Canvas(written, initialFontName=FONT)
    for page in pages:
        if picture:
            canvas.drawImage(ImageReader(Image.new("L", (60, 80), 200)), 0, 0, 595, 842)
        for rule in rules:
            canvas.line(*rule)
        for left, bottom, words in page:
            text = canvas.beginText(left, bottom)
            text.setFont(FONT, EM)
            text.setTextRenderMode(3 if invisible else 0)
            text.textOut(words)
            canvas.drawText(text)
        canvas.showPage()
    canvas.save()
    return written.getvalue()


def broken(*paragraphs: str, indent: int = 2) -> list[Placed]:
    """Paragraphs broken at the right edge, the first row of each set in by so many signs."""
    rows, bottom = list[Placed](), TOP
    for paragraph in paragraphs:
        left, words = LEFT + indent * EM, paragraph
        while words:
            room = next(
                (count for count in range(len(words), 0, -1) if _fits(words[:count], left)), 1
            )
            while room < len(words) and words[room] in "，。；：、）":
                room -= 1
            rows.append((left, bottom, words[:room]))
            words, left, bottom = words[room:], LEFT, bottom - STEP
    return rows


def locked(data: bytes, password: str) -> bytes:
    """The same PDF, opened with a password only; an empty one just forbids changes."""
    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document:
        document.save(written, encryption=pikepdf.Encryption(owner="林秘书", user=password))
    return written.getvalue()


def _fits(words: str, left: float) -> bool:
    return left + sum(EM if ord(sign) > 0x2000 else EM * 0.58 for sign in words) <= RIGHT
