"""Kinds that offices send and donflow does not take: each is named, with what to do instead."""

from __future__ import annotations

import re
from typing import Final

from donflow.errors import N_, Sentence, say
from donflow.intake.findings import SAVE_AGAIN, Findings, against
from donflow.intake.kinds import FileKind


def not_taken(data: bytes) -> Findings:
    """Why bytes of no kind that is taken stay out."""
    beginning = data[:64]
    return next((found for shape, found in _NAMED if shape.match(beginning)), UNKNOWN)


def saved_as(claimed: str, kind: FileKind) -> Sentence:
    """What to do with a file whose name (its extension, lower case) claims another kind."""
    if claimed in _SHEETS and kind in (FileKind.TEXT, FileKind.XML, FileKind.RTF):
        # What banks call .xls is often a page of the web or a text with tabs.
        return AS_SHEET
    if claimed in _OFFICE:
        return SAVE_AGAIN
    return say(N_("Give the file the ending that fits its content, and take it again."))


AS_SHEET: Final = say(N_("Open it in Excel or WPS, save it as .xlsx, and take that."))
AS_PICTURE: Final = say(N_("Save it as JPEG or PNG and take that."))
UNKNOWN: Final = against(
    "unknown_kind",
    say(N_("It is none of the kinds that are taken in.")),
    say(N_("Take a Word, Excel, WPS, PDF, OFD or text file, or a picture (JPEG, PNG, TIFF).")),
)
_SHEETS: Final = {"xls", "xlsx", "et"}
_OFFICE: Final = _SHEETS | {"doc", "docx", "wps"}
_PICTURE: Final = against(
    "picture_kind", say(N_("It is a picture of a kind that is not taken in.")), AS_PICTURE
)
_PHONE: Final = against(
    "picture_kind",
    say(N_("It is a picture as an iPhone keeps it (HEIC).")),
    say(
        N_(
            "On the iPhone set Camera > Formats > Most Compatible,"
            " or have it sent by WeChat not as the original: then it is a JPEG."
        )
    ),
)
_BUNDLE: Final = against(
    "bundle",
    say(N_("It is a bundle of files.")),
    say(N_("Unpack it and take each file by itself.")),
)
_PROGRAM: Final = against(
    "program", say(N_("It is a program.")), say(N_("Do not open it; ask who sent it."))
)
_NAMED: Final = (
    (re.compile(rb".{4}ftyp(?:hei|hev|mif1|msf1|avif)", re.DOTALL), _PHONE),
    (re.compile(rb"GIF8|BM.{4}\0\0\0\0|RIFF.{4}WEBP", re.DOTALL), _PICTURE),
    (re.compile(rb"PK\x03\x04|PK\x05\x06|Rar!|7z\xbc\xaf\x27\x1c|\x1f\x8b"), _BUNDLE),
    (re.compile(rb"MZ|\x7fELF"), _PROGRAM),
)
