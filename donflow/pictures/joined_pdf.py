"""Many of our own PDFs as one, in their order, for a print run."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO

import pypdfium2 as pdfium  # type: ignore[import-untyped]


def joined(pdfs: Iterable[bytes]) -> bytes:
    """All pages of these files one after another; the files are our own."""
    whole = pdfium.PdfDocument.new()
    try:
        for pdf in pdfs:
            part = pdfium.PdfDocument(pdf)
            try:
                whole.import_pages(part)
            finally:
                part.close()
        out = BytesIO()
        whole.save(out)
        return out.getvalue()
    finally:
        whole.close()
