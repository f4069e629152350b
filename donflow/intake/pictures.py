"""How large a picture says it is, read from its header by hand: no decoder sees it before."""

from __future__ import annotations

import struct
from typing import Final

from donflow.errors import N_, Sentence, say
from donflow.intake.findings import Findings, against, damaged

PIXEL_LIMIT: Final = 100_000_000
"""A sheet A3 scanned at 600 dpi has 70 million."""
PAGE_LIMIT: Final = 500
"""Pages of one TIFF."""


def examine_png(data: bytes) -> Findings:
    # The first chunk is IHDR: length 13, width, height (PNG specification, 11.2.2).
    if len(data) < 33 or data[8:16] != b"\x00\x00\x00\rIHDR":
        return damaged()
    return _bounds(*struct.unpack(">II", data[16:24]))


def examine_jpeg(data: bytes) -> Findings:
    """Walk the segments to the frame header (ITU-T T.81, B.2.2); thumbnails inside are passed."""
    at = 2
    while at + 9 <= len(data):
        if data[at] != 0xFF:
            return damaged()
        marker = data[at + 1]
        if marker == 0xFF:  # a fill byte
            at += 1
        elif marker in _FRAMES:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return _bounds(width, height)
        elif marker in _ALONE:
            at += 2
        else:
            at += 2 + int(struct.unpack(">H", data[at + 2 : at + 4])[0])
    return damaged()


def examine_tiff(data: bytes) -> Findings:
    """Walk the directories, one a page (TIFF 6.0, section 2); the largest page counts."""
    order = "<" if data.startswith(b"II") else ">"
    findings, seen = Findings(), set[int]()
    try:
        (at,) = struct.unpack_from(f"{order}I", data, 4)
        while at and at not in seen:
            seen.add(at)
            if len(seen) > PAGE_LIMIT:
                return _too_large(say(N_("It has more than {limit} pages."), limit=PAGE_LIMIT))
            (count,) = struct.unpack_from(f"{order}H", data, at)
            findings += _tiff_page(data, order, at + 2, count)
            (at,) = struct.unpack_from(f"{order}I", data, at + 2 + 12 * count)
    except struct.error:
        return damaged()
    # Pages that return to an earlier one would never end.
    return damaged() if at or not seen else findings


def _tiff_page(data: bytes, order: str, start: int, count: int) -> Findings:
    sides: dict[int, int] = {}
    for at in range(start, start + 12 * count, 12):
        tag, form = struct.unpack_from(f"{order}HH", data, at)
        if tag in (_WIDTH, _HEIGHT):
            number = f"{order}{'H' if form == _SHORT else 'I'}"
            (sides[tag],) = struct.unpack_from(number, data, at + 8)
    return _bounds(sides.get(_WIDTH, 0), sides.get(_HEIGHT, 0))


def _bounds(width: int, height: int) -> Findings:
    if width == 0 or height == 0:
        return damaged()
    if width * height > PIXEL_LIMIT:
        return _too_large(
            say(
                N_("The picture has {width} × {height} pixels; at most {limit} million are taken."),
                width=width,
                height=height,
                limit=PIXEL_LIMIT // 1_000_000,
            )
        )
    return Findings()


def _too_large(reason: Sentence) -> Findings:
    return against("too_many_pixels", reason, say(N_("Scan it again at 300 dpi.")))


_WIDTH, _HEIGHT, _SHORT = 256, 257, 3
_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_ALONE: Final = frozenset({0x01, *range(0xD0, 0xD9)})
