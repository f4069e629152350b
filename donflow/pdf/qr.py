"""A QR code as squares of ink, for a number that a telephone or a scan shall read."""

from __future__ import annotations

from itertools import groupby

import segno

from donflow.pdf.page import Paper
from donflow.pdf.spacing import INK, Colour

QUIET = 4  # modules left white on each side (ISO/IEC 18004)


def draw_qr(
    paper: Paper, content: str, x: float, y: float, side: float, *, colour: Colour = INK
) -> None:
    """Draw `content` in a square of `side` mm, quiet zone included, its top left corner at x, y."""
    rows = [list(row) for row in segno.make(content, error="m", micro=False).matrix]
    module = side / (len(rows) + 2 * QUIET)
    for number, row in enumerate(rows):
        top = y + (number + QUIET) * module
        start = 0
        for dark, cells in groupby(row):
            length = len(list(cells))
            if dark:
                left = x + (start + QUIET) * module
                paper.box(left, top, length * module, module, weight=0, fill=colour)
            start += length
