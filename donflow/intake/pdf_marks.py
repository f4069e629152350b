"""Finds what a PDF would do by itself: scripts, programs it starts, files inside it.

Names are sought in the raw bytes and in the object streams, where newer writers pack most objects;
a name may be written with #xx escapes (ISO 32000-1, 7.3.5 and 7.5.7). The names sought are long
enough not to stand in compressed data by chance.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import Final

from donflow.errors import N_, Sentence, say
from donflow.intake.findings import SEND_AGAIN, Findings, against, warning

UNPACKED_LIMIT: Final = 64 * 2**20


def examine(data: bytes) -> Findings:
    """Scripts and programs keep a PDF out; files inside it are told."""
    unpacked, hidden = _object_streams(data)
    names = _names(data) | _names(unpacked)
    findings = Findings()
    if b"startxref" not in data:
        findings += against("damaged", say(N_("Its end is missing.")), SEND_AGAIN)
    if b"JavaScript" in names:
        findings += against("pdf_script", say(N_("It holds a script (JavaScript).")), PRINT_AGAIN)
    if b"Launch" in names:
        findings += against("pdf_launch", say(N_("It starts another program.")), PRINT_AGAIN)
    if b"EmbeddedFile" in names or b"EmbeddedFiles" in names:
        findings += warning(say(N_("It holds other files inside.")))
    if b"Encrypt" in names:
        # Also a PDF that anyone may read, but not change: common for electronic receipts.
        findings += warning(say(N_("It is protected; what it holds was not looked into.")))
    elif hidden:
        reason = say(N_("A part of it could not be looked into."))
        findings += against("pdf_hidden", reason, PRINT_AGAIN)
    return findings


def _names(data: bytes) -> set[bytes]:
    """The sought names that occur in these bytes, their escapes undone."""
    plain = {found[1] for found in _SOUGHT.finditer(data)}
    escaped = (_ESCAPE.sub(_byte, found[1]) for found in _ESCAPED.finditer(data))
    return plain | set(escaped)


def _object_streams(data: bytes) -> tuple[bytes, bool]:
    """The unpacked object streams, and whether one could not be unpacked."""
    unpacked: list[bytes] = []
    hidden, left = False, UNPACKED_LIMIT
    for before, packed in _streams(data):
        names = _names(before)
        if b"ObjStm" not in names or b"Filter" not in names:
            continue
        stream = zlib.decompressobj()
        try:
            objects = stream.decompress(packed, left) if left else b""
        except zlib.error:
            objects = b""
        # A predictor, or a second filter, would leave the names unreadable.
        hidden = hidden or not stream.eof or b"Predictor" in names
        left -= len(objects)
        unpacked.append(objects)
    return b"\n".join(unpacked), hidden


def _streams(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """What stands between the stream before and each stream, and its bytes."""
    at = 0
    while found := _STREAM.search(data, at):
        end = data.find(b"endstream", found.end())
        end = len(data) if end < 0 else end
        yield data[at : found.start()], data[found.end() : end]
        at = end + len(b"endstream")


def _byte(escape: re.Match[bytes]) -> bytes:
    return bytes([int(escape[1], 16)])


PRINT_AGAIN: Final[Sentence] = say(N_("Print it to a new PDF and take that."))
_END: Final = rb"(?=[\x00\t\n\x0c\r ()<>\[\]{}/%]|$)"
_SOUGHT: Final = re.compile(
    rb"/(JavaScript|Launch|EmbeddedFiles?|Encrypt|ObjStm|Filter|Predictor)" + _END
)
_ESCAPED: Final = re.compile(rb"/([\w#]{0,60}#[0-9A-Fa-f]{2}[\w#]{0,60})" + _END)
_ESCAPE: Final = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM: Final = re.compile(rb"(?<!end)stream(?:\r\n|\r|\n)")
