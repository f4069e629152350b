"""Looks into Word and Excel files from before 2007 (and .wps, .et) for what must not come in.

The directory of such a file names its streams in UTF-16 (MS-CFB, 2.6.1); these names are sought
in the bytes, without following its tables.
"""

from __future__ import annotations

from typing import Final

from donflow.errors import N_, say
from donflow.intake.archives import PROTECTED
from donflow.intake.findings import Findings, against
from donflow.intake.parts import MACROS, WITHOUT_OBJECTS


def examine(data: bytes) -> Findings:
    findings = Findings()
    for streams, found in _SOUGHT.items():
        if any(name.encode("utf-16-le") in data for name in streams):
            findings += found
    return findings


def is_protected(data: bytes) -> bool:
    """Whether it is a newer document behind a password: Word wraps these so (MS-OFFCRYPTO)."""
    return "EncryptedPackage".encode("utf-16-le") in data


_SOUGHT: Final = {
    ("EncryptedPackage",): PROTECTED,
    ("_VBA_PROJECT",): MACROS,
    ("\x01Ole10Native",): against(
        "embedded_object", say(N_("It holds an embedded object.")), WITHOUT_OBJECTS
    ),
}
