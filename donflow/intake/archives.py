"""Looks into zip files (Word, Excel, OFD): every member by name, place and real size, none trusted.

The directory of a zip only claims; so members are inflated here in small steps and counted, and
their places checked for overlaps: Python before 3.11.8 reads overlapping members without a word
(CVE-2024-0450).
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from donflow.errors import N_, say
from donflow.intake.findings import SAVE_AGAIN, SEND_AGAIN, Findings, against, damaged, warning
from donflow.intake.parts import BadPart, part_for

MEMBER_LIMIT: Final = 5_000
INFLATED_LIMIT: Final = 256 * 2**20
RATIO_LIMIT: Final = 250
"""Empty formatted rows compress 200 to 1 in real workbooks; a bomb comes near 1,000 to 1."""
HARMLESS: Final = 16 * 2**20
"""Below this, no ratio is a danger."""
DEPTH_LIMIT: Final = 1
"""A chart in a Word file holds its workbook; that one may hold no further archive."""


def content_of(data: bytes) -> str | None:
    """`docx`, `xlsx` or `ofd` by the parts of an archive; None for any other or a damaged one."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        names = {info.orig_filename for info in archive.infolist()}
        if "OFD.xml" in names:
            return "ofd"
        if CONTENT_TYPES not in names:
            return None
        with archive.open(CONTENT_TYPES) as member:
            types = member.read(2**20)
    except _UNREADABLE:
        return None
    return next((kind for mark, kind in _MAIN_PARTS.items() if mark in types), None)


def is_readable(data: bytes) -> bool:
    """Whether the bytes have the directory of a zip at all."""
    return zipfile.is_zipfile(io.BytesIO(data))


def examine(data: bytes) -> Findings:
    """Everything against the archive at once; a damaged directory or a bomb ends the look."""
    return _examine(data, _Budget(INFLATED_LIMIT), depth=0)


@dataclass
class _Budget:
    """How many bytes the archive, with those inside it, may still inflate to."""

    left: int

    @property
    def spent(self) -> bool:
        return self.left < 0


def _examine(data: bytes, budget: _Budget, depth: int) -> Findings:
    try:
        members = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except _UNREADABLE:
        return damaged()
    if len(members) > MEMBER_LIMIT:
        return _too_many(len(members))
    findings = _names(members) + _places(data, members)
    for member in members:
        findings += _member(data, member, budget, depth)
        if budget.spent:
            return findings + _too_large(len(data))
    return findings


def _too_many(count: int) -> Findings:
    reason = say(
        N_("It holds {count} parts; at most {limit} are taken."), count=count, limit=MEMBER_LIMIT
    )
    return against("too_many_parts", reason, SAVE_AGAIN)


def _too_large(size: int) -> Findings:
    reason = say(N_("Unpacked, its {size} bytes become too many."), size=size)
    return against("inflates_too_much", reason, SAVE_AGAIN)


def _names(members: list[zipfile.ZipInfo]) -> Findings:
    findings = Findings()
    names = [member.orig_filename for member in members]
    for name in names:
        if _is_unsafe(name):
            reason = say(N_("Its part {part} has a name that leads elsewhere."), part=repr(name))
            findings += against("unsafe_part_name", reason, SEND_AGAIN)
    # Word takes names that differ in case alone for one; two readers would read two documents.
    for name, count in Counter(name.casefold() for name in names).items():
        if count > 1:
            reason = say(N_("Its part {part} is there {count} times."), part=name, count=count)
            findings += against("doubled_part", reason, SAVE_AGAIN)
    return findings


def _is_unsafe(name: str) -> bool:
    steps = name.split("/")
    return (
        name.startswith("/")
        or ".." in steps
        or "\\" in name
        or name[1:2] == ":"
        or not name.isprintable()
    )


def _places(data: bytes, members: list[zipfile.ZipInfo]) -> Findings:
    """No two members share bytes, and each begins where the directory says."""
    end = 0
    for member in sorted(members, key=lambda one: one.header_offset):
        start = _start_of(data, member)
        if start is None:
            return damaged(member.filename)
        if member.header_offset < end:
            reason = say(N_("Its part {part} overlaps another one."), part=member.filename)
            return against("overlapping_parts", reason, SEND_AGAIN)
        end = start + member.compress_size
    return Findings()


def _start_of(data: bytes, member: zipfile.ZipInfo) -> int | None:
    """Where the compressed bytes begin, by the member's own header (APPNOTE.TXT, 4.3.7)."""
    at = member.header_offset
    if data[at : at + 4] != b"PK\x03\x04" or len(data) < at + 30:
        return None
    name, extra = struct.unpack("<HH", data[at + 26 : at + 30])
    start = at + 30 + int(name) + int(extra)
    return start if start + member.compress_size <= len(data) else None


def _member(data: bytes, member: zipfile.ZipInfo, budget: _Budget, depth: int) -> Findings:
    name, start = member.filename, _start_of(data, member)
    if member.flag_bits & _ENCRYPTED:
        return PROTECTED
    if start is None or member.is_dir():
        return Findings()
    packed = memoryview(data)[start : start + member.compress_size]
    part, size, checksum = part_for(name), 0, 0
    try:
        for piece in _inflated(packed, member.compress_type):
            size += len(piece)
            checksum = zlib.crc32(piece, checksum)
            budget.left -= len(piece)
            if budget.spent or (size > HARMLESS and size > RATIO_LIMIT * len(packed)):
                budget.left = -1
                return Findings()
            part.feed(piece)
        findings = part.close()
    except (zlib.error, BadPart):
        return damaged(name)
    if size != member.file_size or checksum != member.CRC:
        reason = say(N_("Its part {part} is not what the file's own list says."), part=name)
        return against("wrong_part_size", reason, SEND_AGAIN)
    return findings + (_nested(part.kept, name, budget, depth) if part.kept else Findings())


def _nested(data: bytes, name: str, budget: _Budget, depth: int) -> Findings:
    if depth >= DEPTH_LIMIT or content_of(data) is None:
        reason = say(N_("It holds an archive inside ({part})."), part=name)
        return against("nested_archive", reason, SAVE_AGAIN)
    known = warning(say(N_("It holds another file inside ({part})."), part=name))
    return known + _examine(data, budget, depth + 1)


def _inflated(packed: memoryview, method: int) -> Iterator[bytes]:
    """The bytes in small pieces; zlib.error where they are no stream of this method."""
    if method == zipfile.ZIP_STORED:
        yield from (bytes(packed[at : at + _STEP]) for at in range(0, len(packed), _STEP))
        return
    if method != zipfile.ZIP_DEFLATED:
        raise zlib.error(f"method {method}")
    stream = zlib.decompressobj(-zlib.MAX_WBITS)
    # In steps on both sides: zlib copies whatever of its input is left over.
    for at in range(0, len(packed), _STEP):
        rest: bytes | memoryview = packed[at : at + _STEP]
        while rest and not stream.unused_data:
            yield stream.decompress(rest, _STEP)
            rest = stream.unconsumed_tail
    while piece := stream.decompress(b"", _STEP):
        yield piece
    if not stream.eof or stream.unused_data:
        raise zlib.error("cut short, or bytes after the end")


CONTENT_TYPES: Final = "[Content_Types].xml"
PROTECTED: Final = against(
    "protected",
    say(N_("It is protected by a password.")),
    say(N_("Ask for it without a password.")),
)
_MAIN_PARTS: Final = {
    b"wordprocessingml.document.main+xml": "docx",
    b"ms-word.document.macroEnabled.main+xml": "docx",
    b"spreadsheetml.sheet.main+xml": "xlsx",
    b"ms-excel.sheet.macroEnabled.main+xml": "xlsx",
}
_UNREADABLE: Final = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    ValueError,
    RuntimeError,  # protected by a password; NotImplementedError is one too
)
_STEP: Final = 2**16
_ENCRYPTED: Final = 0x1
