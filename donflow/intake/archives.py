"""Looks into zip files (Word, Excel, OFD): every member by name, place and real size, none trusted.

The directory of a zip only claims; so members are inflated here in small steps and counted, and
their places checked for overlaps: Python before 3.11.8 reads overlapping members without a word
(CVE-2024-0450).
"""

from __future__ import annotations

import io
import re
import struct
import unicodedata
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from donflow.errors import N_, say
from donflow.intake.findings import (
    SAVE_AGAIN,
    SEND_AGAIN,
    Findings,
    against,
    damaged,
    second_file,
    shortened,
    warning,
)
from donflow.intake.parts import of_the_name, part_for
from donflow.intake.xml_parts import ELEMENT_LIMIT, SHEET_ELEMENT_LIMIT, Allowance, BadPart

MEMBER_LIMIT: Final = 5_000
INFLATED_LIMIT: Final = 128 * 2**20
RATIO_LIMIT: Final = 250
"""Empty formatted rows compress 200 to 1 in real workbooks; a bomb comes near 1,000 to 1."""
HARMLESS: Final = 16 * 2**20
"""Below this, no ratio is a danger."""
DEPTH_LIMIT: Final = 1
"""A chart in a Word file holds its workbook; that one may hold no further archive."""


def content_of(data: bytes) -> str | None:
    """`docx`, `xlsx` or `ofd` by the parts of an archive; None for any other or a damaged one."""
    if _entries(data) > MEMBER_LIMIT:
        return None
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


def has_too_many_members(data: bytes) -> Findings:
    """Asked before anything reads the directory: each entry of it costs half a kilobyte."""
    count = _entries(data)
    return _too_many(count) if count > MEMBER_LIMIT else Findings()


def examine(data: bytes) -> Findings:
    """Everything against the archive at once; a damaged directory or a bomb ends the look."""
    # A spreadsheet is read row by row, and never as a tree.
    elements = SHEET_ELEMENT_LIMIT if content_of(data) == "xlsx" else ELEMENT_LIMIT
    return _examine(data, _Budget(INFLATED_LIMIT, Allowance(elements)), depth=0)


@dataclass
class _Budget:
    """What the archive, with those inside it, may still inflate to: bytes and elements."""

    left: int
    allowance: Allowance

    @property
    def spent(self) -> bool:
        return self.left < 0


def _examine(data: bytes, budget: _Budget, depth: int) -> Findings:
    findings = has_too_many_members(data)
    if findings.refusals:
        return findings
    try:
        members = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except _UNREADABLE:
        return damaged()
    findings = _names(members) + _places(data, members)
    for member in members:
        findings += _member(data, member, budget, depth)
        if budget.spent:
            return findings + _too_large(len(data))
        if budget.allowance.elements < 0:
            return findings
    return findings


def _entries(data: bytes) -> int:
    """No directory has more entries than the bytes have signatures of one."""
    return data.count(_ENTRY)


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
            shown = shortened(repr(name))
            reason = say(N_("Its part {part} has a name that leads elsewhere."), part=shown)
            findings += against("unsafe_part_name", reason, SEND_AGAIN)
        findings += of_the_name(name)
    # Word takes names that differ in case alone for one, other systems those that are composed
    # differently; two readers would read two documents.
    alike = Counter(unicodedata.normalize("NFC", name).casefold() for name in names)
    for name, count in alike.items():
        if count > 1:
            reason = say(
                N_("Its part {part} is there {count} times."), part=shortened(name), count=count
            )
            findings += against("doubled_part", reason, SAVE_AGAIN)
    return findings


def _is_unsafe(name: str) -> bool:
    steps = name.removesuffix("/").split("/")
    return (
        name.startswith("/")
        or len(name) > _NAME_LIMIT
        or "\\" in name
        or ":" in name
        or not name.isprintable()
        or any(step in ("", "..") or step.endswith((".", " ")) for step in steps)
        or any(_RESERVED.fullmatch(step) for step in steps)
    )


def _places(data: bytes, members: list[zipfile.ZipInfo]) -> Findings:
    """Members stand in a row without sharing bytes, each where the directory says, then that.

    What lies between or behind may be another archive: some reader would find that one.
    """
    end = 0
    for member in sorted(members, key=lambda one: one.header_offset):
        start, at = _start_of(data, member), member.header_offset
        if start is None:
            return damaged(shortened(member.filename))
        part = shortened(member.filename)
        if at < end:
            reason = say(N_("Its part {part} overlaps another one."), part=part)
            return against("overlapping_parts", reason, SEND_AGAIN)
        if (not end and at) or _HEADER in data[end:at]:
            return second_file()
        if _own_name(data, member) != _own_name_in_directory(member):
            reason = say(N_("Its part {part} is not what the file's own list says."), part=part)
            return against("wrong_part_size", reason, SEND_AGAIN)
        end = start + member.compress_size
    return _after(memoryview(data)[end:].tobytes(), len(members))


def _after(directory: bytes, count: int) -> Findings:
    """Behind the members stands one directory, its end record, and nothing else."""
    at = directory.find(_END)
    if at < 0 or directory.count(_END) > 1 or _HEADER in directory[:at]:
        return second_file()
    stated, comment = struct.unpack_from("<H", directory, at + 10) + struct.unpack_from(
        "<H", directory, at + 20
    )
    if stated not in (count, 0xFFFF):
        return damaged()
    # Some mail gateways pad with zeros or line ends.
    rest = directory[at + 22 + comment :]
    return second_file() if rest.strip(b"\0\r\n") else Findings()


def _own_name(data: bytes, member: zipfile.ZipInfo) -> bytes:
    at = member.header_offset
    (length,) = struct.unpack_from("<H", data, at + 26)
    return data[at + 30 : at + 30 + length]


def _own_name_in_directory(member: zipfile.ZipInfo) -> bytes:
    return member.orig_filename.encode("utf-8" if member.flag_bits & _UTF8 else "cp437")


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
    part, size, checksum = part_for(name, budget.allowance), 0, 0
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
        return damaged(shortened(name))
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
_HEADER, _ENTRY, _END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_UTF8: Final = 0x800
_NAME_LIMIT: Final = 255
_RESERVED: Final = re.compile(r"(?i)(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?")
_UNREADABLE: Final = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    ValueError,
    RuntimeError,  # protected by a password; NotImplementedError is one too
)
_STEP: Final = 2**16
_ENCRYPTED: Final = 0x1
