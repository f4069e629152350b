"""The gate before every parser: admits a file's bytes, or says everything that is against them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from donflow.errors import N_, Refusal, Refused, Sentence, say
from donflow.intake import archives, ole, pdf_marks, pictures, rtf
from donflow.intake.findings import Findings, against, damaged, second_file
from donflow.intake.kinds import EXTENSIONS, ZIP, FileKind, recognise
from donflow.intake.not_taken import not_taken, saved_as
from donflow.intake.xml_parts import Allowance, BadPart, XmlPart

SIZE_LIMIT: Final = 50 * 2**20
_SPOKEN: Final = {
    FileKind.TEXT: N_("plain text or a page of the web"),
    FileKind.OLE: N_("an older Office or WPS file"),
}


class NotAdmitted(Refused):
    """A file does not come in; `refusals` say every reason and its remedy."""

    code = "not_admitted"
    kept_at: str | None = None
    """Where the file was set aside, once somebody has."""
    message = N_("The file {name} is not taken in; {count} reasons:")
    http_status = 400

    def __init__(self, name: str, refusals: tuple[Refusal, ...]) -> None:
        super().__init__(refusals)
        reasons = tuple(refusal.reason for refusal in refusals)
        self.values = {"name": name, "count": len(refusals), "reasons": reasons}

    @property
    def details(self) -> tuple[Sentence, ...]:
        if self.kept_at is None:
            return ()
        return (say(N_("The file was set aside for 30 days: {place}"), place=self.kept_at),)


@dataclass(frozen=True)
class Admitted:
    """A file that may be parsed: its kind by content, its size in bytes, and what to know."""

    kind: FileKind
    size: int
    warnings: tuple[Sentence, ...]


def inspect(data: bytes, *, name: str) -> Admitted:
    """Admit the bytes that came under this name, or raise NotAdmitted with every reason.

    The name counts as a claim about the kind, and is never used as a path. Nothing is parsed
    that is empty or too large. What it reads it reads in steps: beside the bytes themselves it
    takes less than 100 MiB, and for any file less than two seconds of an ordinary machine; for a
    spreadsheet of a hundred thousand rows it takes some seconds.
    """
    findings = _of_the_name(name) + _of_the_size(len(data))
    if findings.refusals:
        raise NotAdmitted(name, findings.refusals)
    kind = _as_claimed(name, recognise(data), data)
    if kind is None:
        raise NotAdmitted(name, _of_no_kind(data).refusals)
    findings = _of_the_extension(name, kind, data) + _LOOKS[kind](data)
    if findings.refusals:
        raise NotAdmitted(name, findings.refusals)
    return Admitted(kind, len(data), findings.warnings)


def check_size(size: int, *, name: str) -> None:
    """Refuse by its size alone what need not even be read."""
    findings = _of_the_size(size)
    if findings.refusals:
        raise NotAdmitted(name, findings.refusals)


def _as_claimed(name: str, kind: FileKind | None, data: bytes) -> FileKind | None:
    """A text that begins with a sign in angle brackets is a text where its name says so."""
    claim = _EXTENSION.search(name)
    if kind is FileKind.XML and claim and claim[1].lower() in EXTENSIONS[FileKind.TEXT]:
        return kind if b"<?xml" in data[:64] else FileKind.TEXT
    return kind


def _of_no_kind(data: bytes) -> Findings:
    if data.startswith(ZIP):
        crowded = archives.has_too_many_members(data)
        if crowded.refusals:
            return crowded
        if not archives.is_readable(data):
            return damaged()
    return not_taken(data)


def _of_the_name(name: str) -> Findings:
    # Marks that turn the direction of writing make "gpj.exe" look like "exe.jpg".
    if _HIDDEN.search(name) is None:
        return Findings()
    reason = say(N_("Its name holds characters that cannot be seen."))
    return against("hidden_characters", reason, say(N_("Give it a plain name and take it again.")))


def _of_the_size(size: int) -> Findings:
    if size == 0:
        return against("empty", say(N_("It is empty.")), say(N_("Ask for the file again.")))
    if size > SIZE_LIMIT:
        reason = say(N_("It is larger than {limit} MiB."), limit=SIZE_LIMIT // 2**20)
        return against("too_large", reason, say(N_("Scan it at 300 dpi, or send it in parts.")))
    return Findings()


def _of_the_extension(name: str, kind: FileKind, data: bytes) -> Findings:
    """A name without extension claims nothing; any other must fit what the bytes are."""
    claim = _EXTENSION.search(name)
    if claim is None or claim[1].lower() in EXTENSIONS[kind]:
        return Findings()
    # These are said by what they are: the name says no more.
    if kind is FileKind.OLE and (ole.is_protected(data) or ole.is_mail(data)):
        return Findings()
    if claim[1].lower() == "eml":
        return ole.MAIL
    reason = say(
        N_("Its name says .{extension}, but its content is {kind}."),
        extension=claim[1],
        kind=say(_SPOKEN.get(kind, kind.value)),
    )
    return against("kind_differs", reason, saved_as(claim[1].lower(), kind))


def _xml(data: bytes) -> Findings:
    part = XmlPart("XML", Allowance())
    try:
        for at in range(0, len(data), _STEP):
            part.feed(data[at : at + _STEP])
        return part.close()
    except BadPart:
        return damaged()


def _picture(examine: Callable[[bytes], Findings]) -> Callable[[bytes], Findings]:
    """A picture, behind which no archive hides."""

    def look(data: bytes) -> Findings:
        return examine(data) + (second_file() if archives.is_readable(data) else Findings())

    return look


def _nothing(_: bytes) -> Findings:
    return Findings()


_HIDDEN: Final = re.compile("[\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# "协议2026.4.18" has no extension.
_EXTENSION: Final = re.compile(r"\.([A-Za-z][A-Za-z0-9]{0,9})$")
_LOOKS: Final[Mapping[FileKind, Callable[[bytes], Findings]]] = {
    FileKind.DOCX: archives.examine,
    FileKind.XLSX: archives.examine,
    FileKind.OFD: archives.examine,
    FileKind.PDF: pdf_marks.examine,
    FileKind.XML: _xml,
    FileKind.PNG: _picture(pictures.examine_png),
    FileKind.JPEG: _picture(pictures.examine_jpeg),
    FileKind.TIFF: _picture(pictures.examine_tiff),
    FileKind.OLE: ole.examine,
    FileKind.RTF: rtf.examine,
    FileKind.TEXT: _nothing,
}
_STEP: Final = 2**16
