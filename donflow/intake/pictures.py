"""How large a picture says it is, read from its header by hand: no decoder sees it before."""

from __future__ import annotations

import re
import struct
from typing import Final

from donflow.errors import N_, Sentence, say
from donflow.intake.findings import Findings, against, damaged

PIXEL_LIMIT: Final = 100_000_000
"""A sheet A3 scanned at 600 dpi has 70 million."""
PAGE_LIMIT: Final = 500
"""Pages of one TIFF."""
HEADER_LIMIT: Final = 2**20
"""How far into a picture inside another file its header is sought."""
WHOLE: Final = (b"II*\x00", b"MM\x00*")
"""TIFF says its size anywhere: such a picture must be seen whole."""


def bounds_inside(beginning: bytes) -> Findings:
    """The bound on a picture that stands in another file; whether it is whole matters less."""
    for magic, examine in _LOOKS:
        if beginning.startswith(magic):
            found = examine(beginning)
            return (
                found if "too_many_pixels" in {one.code for one in found.refusals} else Findings()
            )
    return Findings()


def examine_gif(data: bytes) -> Findings:
    return bounds(*struct.unpack_from("<HH", data, 6)) if len(data) >= 10 else damaged()


def examine_bmp(data: bytes) -> Findings:
    """The sides are signed: a negative height only turns the rows round (BITMAPINFOHEADER)."""
    if len(data) < 26:
        return damaged()
    width, height = struct.unpack_from("<ii", data, 18)
    return bounds(abs(width), abs(height))


def examine_png(data: bytes) -> Findings:
    # The first chunk is IHDR: length 13, width, height (PNG specification, 11.2.2).
    if len(data) < 33 or data[8:16] != b"\x00\x00\x00\rIHDR":
        return damaged()
    return bounds(*struct.unpack(">II", data[16:24]))


def examine_jpeg(data: bytes) -> Findings:
    """Walk the segments to the frame header (ITU-T T.81, B.2.2); thumbnails inside are passed."""
    at = 2
    for _ in range(_SEGMENT_LIMIT):
        if at + 9 > len(data) or data[at] != 0xFF:
            return damaged()
        fill = _FILL.match(data, at)
        at = fill.end() - 1 if fill else at
        if at + 9 > len(data):
            return damaged()
        marker = data[at + 1]
        if marker in _FRAMES:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return bounds(width, height)
        if marker in _ALONE:
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
            if count > _TAG_LIMIT:
                return damaged()
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
    return bounds(sides.get(_WIDTH, 0), sides.get(_HEIGHT, 0))


def bounds(width: int, height: int) -> Findings:
    """A picture has both sides, and no more pixels than a machine can hold."""
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
_FILL: Final = re.compile(rb"\xff+")
_SEGMENT_LIMIT: Final = 10_000
_TAG_LIMIT: Final = 1_000
_LOOKS: Final = (
    (b"\x89PNG\r\n\x1a\n", examine_png),
    (b"\xff\xd8\xff", examine_jpeg),
    (b"II*\x00", examine_tiff),
    (b"MM\x00*", examine_tiff),
    (b"GIF8", examine_gif),
    (b"BM", examine_bmp),
)
