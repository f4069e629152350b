"""Looks into Word and Excel files from before 2007 (and .wps, .et) for what must not come in.

The directory of such a file names its streams in UTF-16 (MS-CFB, 2.6.1); these names are sought
in the bytes, without following its tables. So are the records by which a workbook lists its sheets.
"""

from __future__ import annotations

import re
import struct
from typing import Final

from donflow.errors import N_, say
from donflow.intake.archives import PROTECTED
from donflow.intake.fields import UNLINKED
from donflow.intake.findings import Findings, against
from donflow.intake.parts import MACROS, WITHOUT_OBJECTS


def examine(data: bytes) -> Findings:
    findings = PROTECTED if _is_locked(data) else Findings()
    if _has_macro_sheet(data):
        findings += MACROS
    if _DDE.search(data):
        findings += against(
            "program_field", say(N_("A field in it can start another program.")), UNLINKED
        )
    for streams, found in _SOUGHT.items():
        if any(name.encode("utf-16-le") in data for name in streams):
            findings += found
    return findings


def is_protected(data: bytes) -> bool:
    """Whether it is a newer document behind a password: Word wraps these so (MS-OFFCRYPTO)."""
    return "EncryptedPackage".encode("utf-16-le") in data


def is_mail(data: bytes) -> bool:
    """Whether it is an e-mail as Outlook keeps it (.msg)."""
    return "__properties_version1.0".encode("utf-16-le") in data


def _is_locked(data: bytes) -> bool:
    """Whether a sheet or letter from before 2007 is enciphered.

    The sheet then has a FilePass record near its beginning (MS-XLS, 2.4.117), the letter a bit in
    its first block (MS-DOC, 2.5.1); writers put either into the first sector.
    """
    first = data[_SECTOR : 2 * _SECTOR]
    if first.startswith(_LETTER):
        return bool(struct.unpack_from("<H", first, 10)[0] & _ENCIPHERED)
    at = 0
    while first.startswith(_SHEET) and at + 4 <= len(first):
        record, length = struct.unpack_from("<HH", first, at)
        if record == _FILE_PASS:
            return True
        at += 4 + length
    return False


def _has_macro_sheet(data: bytes) -> bool:
    """Whether a workbook lists a sheet of Excel 4 macros, which needs no stream of its own.

    A BoundSheet8 record (MS-XLS, 2.4.28) has where the sheet lies, how hidden it is, its type and
    its name, whose length fits that of the record: in one byte or two a letter, before Excel 97
    without a byte that says which. What only looks like one by chance is rare.
    """
    for number, found in enumerate(_MACRO_SHEET.finditer(data)):
        length, place, letters = struct.unpack("<HI2xB", found[1])
        fits = length in (7 + letters, 8 + letters, 8 + 2 * letters) and place < len(data)
        if fits or number == _BY_CHANCE:
            return True
    return False


MAIL: Final = against(
    "mail",
    say(N_("It is an e-mail.")),
    say(N_("Save what is attached to it and take that; print the e-mail itself as PDF.")),
)
_SOUGHT: Final = {
    ("__properties_version1.0",): MAIL,
    ("EncryptedPackage",): PROTECTED,
    ("_VBA_PROJECT",): MACROS,
    ("\x01Ole10Native", "Equation Native"): against(
        "embedded_object", say(N_("It holds an embedded object.")), WITHOUT_OBJECTS
    ),
}
_MACRO_SHEET: Final = re.compile(rb"(?s)\x85\0(?=(.\0.{5}\x01.))")
_BY_CHANCE: Final = 10_000
_SECTOR: Final = 512
_SHEET, _LETTER = b"\x09\x08", b"\xec\xa5"
_FILE_PASS, _ENCIPHERED = 0x2F, 0x100
# The code of a field follows a character 0x13, in one byte a character or in two.
_DDE: Final = re.compile(rb"\x13[\s\"]{0,9}DDE|\x13\0(?:[\s\"]\0){0,9}D\0D\0E\0", re.IGNORECASE)
