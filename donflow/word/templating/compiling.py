"""A Word template compiled once, so that a draft is a walk over text and not a parse."""

from __future__ import annotations

import re
import zipfile
import zlib
from dataclasses import dataclass
from functools import lru_cache

from lxml import etree

from donflow.errors import N_, DonflowError, Sentence, say
from donflow.word.markup import parse
from donflow.word.packing import Member, member, unpack
from donflow.word.templating.marks import find_marks
from donflow.word.templating.slots import Node, Slot, read_part

BODY = "word/document.xml"
_FILLED = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")
# All that zipfile raises for damaged headers; RuntimeError is an encrypted member.
_UNREADABLE = (zipfile.BadZipFile, zlib.error, ValueError, RuntimeError, EOFError, OSError)


class NotATemplate(DonflowError):
    """The file is no Word file (.docx), or one that cannot be read."""

    code = "not_a_template"
    message = N_("This file is not a readable Word file (.docx).")
    remedy = N_("Open it in Word or WPS and save it as .docx.")


class BadMarks(DonflowError):
    """The marks of a template are broken; every fault is said at once."""

    code = "bad_marks"
    message = N_("The marks of the template are broken: {faults}")
    remedy = N_("Correct the marks in Word; a field is written {field}, a clause {clause} … {end}.")

    def __init__(self, faults: tuple[Sentence, ...]) -> None:
        super().__init__(
            faults=faults,
            field="{{donor_name}}",
            clause="{{clause naming}}",
            end="{{end}}",
        )
        self.faults = faults


@dataclass(frozen=True)
class CompiledPart:
    """One part of the package as markup and slots."""

    name: str
    nodes: tuple[Node, ...]


@dataclass(frozen=True)
class CompiledTemplate:
    """A template ready to be filled: the parts with marks, and the others packed already.

    `slots` are all marks of fields and clauses, in order.
    """

    members: tuple[Member | CompiledPart, ...]
    slots: tuple[Slot, ...]


@lru_cache(maxsize=16)
def compile_template(template: bytes) -> CompiledTemplate:
    """Find every mark of a template. Raises NotATemplate, or BadMarks with all that is broken."""
    content = _members(template)
    faults: list[Sentence] = []
    members: list[Member | CompiledPart] = []
    slots: list[Slot] = []
    for name, part in content.items():
        if not _FILLED.fullmatch(name):
            members.append(member(name, part))
            faults += _misplaced(name, part)
            continue
        read = read_part(name, _root(part))
        members.append(CompiledPart(name, read.nodes) if read.slots else member(name, part))
        slots += read.slots
        faults += read.faults
    if faults:
        raise BadMarks(tuple(faults))
    return CompiledTemplate(tuple(members), tuple(slots))


def _members(template: bytes) -> dict[str, bytes]:
    try:
        content = unpack(template)
    except _UNREADABLE as error:
        raise NotATemplate from error
    if BODY not in content:
        raise NotATemplate
    return content


def _root(part: bytes) -> etree._Element:
    try:
        return parse(part)
    except etree.XMLSyntaxError as error:
        raise NotATemplate from error


def _misplaced(name: str, part: bytes) -> list[Sentence]:
    """Marks where nothing is filled (comments, properties) would reach the donor as they are."""
    if not name.endswith(".xml") or not any(find_marks(part.decode("utf-8", "replace"))):
        return []
    return [
        say(N_("{part} holds a mark, but only text, headers and footers are filled."), part=name)
    ]
