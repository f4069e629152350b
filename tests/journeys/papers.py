"""Opening the papers that an office holds, as their readers would."""

from __future__ import annotations

import io
from typing import Any

import pypdfium2
from docx import Document

from tests.journeys.desk import Desk


def paper_text(desk: Desk, kind: str, number: str = "1") -> str:
    """All words of the gift's newest paper of this kind, without blanks and line ends."""
    papers = desk(f"paper list {number} --json").data
    paper = [item for item in papers if item["kind"] == kind][-1]
    data = stored(desk, paper["fingerprint"])
    read = _word_text if paper["name"].endswith(".docx") else pdf_text
    return "".join(read(data).split())


def stored(desk: Desk, fingerprint: str) -> bytes:
    """The bytes of a stored file, taken out by `vault show`."""
    desk(f"vault show {fingerprint} --out 取出.bin")
    return (desk.folder / "取出.bin").read_bytes()


def pdf_text(data: bytes) -> str:
    document: Any = pypdfium2.PdfDocument(data)
    try:
        return "".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()


def _word_text(data: bytes) -> str:
    document = Document(io.BytesIO(data))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])
