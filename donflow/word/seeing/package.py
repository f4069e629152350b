"""A Word file that came back, opened part by part; what cannot be read is named, never guessed."""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from io import BytesIO

from lxml import etree

from donflow.errors import N_, DonflowError
from donflow.word.markup import W

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
CONTENT_TYPES = "[Content_Types].xml"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
# ISO/IEC 29500 Strict names the same elements otherwise; Word writes it as "Strict Open XML".
_STRICT = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/math",
        b"http://schemas.openxmlformats.org/officeDocument/2006/math",
    ),
    (
        b"http://purl.oclc.org/ooxml/drawingml/main",
        b"http://schemas.openxmlformats.org/drawingml/2006/main",
    ),
)
# All that zipfile raises for damaged headers and bytes; RuntimeError is an encrypted member.
_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    ValueError,
    RuntimeError,
    EOFError,
    OSError,
    OverflowError,
)


class NotAWordFile(DonflowError):
    """The bytes are no .docx at all, or one whose directory of parts is gone."""

    code = "not_a_word_file"
    message = N_("This file is not a readable Word file (.docx).")
    remedy = N_("Open it in Word or WPS and save it as .docx.")


class MissingPart(DonflowError):
    """A part that the file itself names is not in it."""

    code = "missing_part"
    message = N_("The Word file lacks its part {part}.")
    remedy = N_("Ask for the file again, or open it in Word or WPS and save it anew.")

    def __init__(self, part: str) -> None:
        super().__init__(part=part)


class DamagedPart(DonflowError):
    """A part is there but cannot be read."""

    code = "damaged_part"
    message = N_("The part {part} of the Word file cannot be read.")
    remedy = N_("Ask for the file again, or open it in Word or WPS and save it anew.")

    def __init__(self, part: str) -> None:
        super().__init__(part=part)


@dataclass(frozen=True)
class Relation:
    """What one part points at: the last word of its type, the target, whether outside."""

    type: str
    target: str
    external: bool


@dataclass(frozen=True)
class Package:
    """An opened file: its parts as trees, each parsed once; the trees may be changed by a writer.

    `doubled` names the members that stand in the archive more than once; the last is read, as
    the directory has it.
    """

    archive: zipfile.ZipFile
    names: tuple[str, ...]
    doubled: tuple[str, ...]
    _roots: dict[str, etree._Element] = field(default_factory=dict, repr=False)
    _relations: dict[str, dict[str, Relation] | None] = field(default_factory=dict, repr=False)

    @cached_property
    def main(self) -> str:
        """The name of the part that holds the document."""
        relations = self.relations("")
        if relations is not None:
            for relation in relations.values():
                if relation.type == "officeDocument":
                    return relation.target
        return "word/document.xml"

    @cached_property
    def body(self) -> etree._Element:
        """The document's w:body. Raises MissingPart or DamagedPart."""
        root = self.root(self.main)
        body = root.find(f"{W}body")
        if root.tag != f"{W}document" or body is None:
            raise DamagedPart(self.main)
        return body

    def bytes_of(self, part: str) -> bytes:
        """The bytes of a part. Raises MissingPart or DamagedPart."""
        # Names of parts do not differ by case alone (ECMA-376-2, 6.2.2.3).
        alike = (name for name in self.names if name.casefold() == part.casefold())
        member = part if part in self.names else next(alike, None)
        if member is None:
            raise MissingPart(part)
        try:
            return self.archive.read(member)
        except _UNREADABLE as error:
            raise DamagedPart(part) from error

    def root(self, part: str) -> etree._Element:
        """The root of a part, parsed once. Raises MissingPart or DamagedPart."""
        if part not in self._roots:
            self._roots[part] = _parse(part, self.bytes_of(part))
        return self._roots[part]

    def relations(self, part: str) -> dict[str, Relation] | None:
        """What a part ("" is the package) points at, by id; None where it has no such list."""
        if part not in self._relations:
            self._relations[part] = self._read_relations(part)
        return self._relations[part]

    def related(self, type_: str) -> str | None:
        """The part that the document names as its `comments`, `styles`, `numbering` …"""
        relations = self.relations(self.main)
        if relations is None:
            usual = posixpath.join(posixpath.dirname(self.main), f"{type_}.xml")
            return usual if usual in self.names else None
        for relation in relations.values():
            if relation.type == type_ and not relation.external:
                return relation.target
        return None

    def related_root(self, type_: str, tag: str) -> etree._Element | None:
        """The root of such a part, which must be a `tag`; None where the document has none."""
        part = self.related(type_)
        if part is None:
            return None
        root = self.root(part)
        if root.tag != tag:
            raise DamagedPart(part)
        return root

    def _read_relations(self, part: str) -> dict[str, Relation] | None:
        folder, name = posixpath.split(part)
        list_part = posixpath.join(folder, "_rels", f"{name}.rels")
        if list_part not in self.names:
            return None
        return {
            one.get("Id", ""): Relation(
                one.get("Type", "").rpartition("/")[2],
                _target(folder, one.get("Target", "")),
                one.get("TargetMode", "").casefold() == "external",
            )
            for one in self.root(list_part).iter(_RELATION)
        }


def open_package(docx: bytes) -> Package:
    """Open a .docx. Raises NotAWordFile, and MissingPart for what every Word file has."""
    try:
        archive = zipfile.ZipFile(BytesIO(docx))
        names = [one.filename for one in archive.infolist() if not one.is_dir()]
    except _UNREADABLE as error:
        raise NotAWordFile from error
    counted = Counter(name.casefold() for name in names)
    doubled = tuple(dict.fromkeys(name for name in names if counted[name.casefold()] > 1))
    package = Package(archive, tuple(dict.fromkeys(names)), doubled)
    if not any(name.startswith("word/") or name == CONTENT_TYPES for name in names):
        raise NotAWordFile
    if CONTENT_TYPES not in names:
        raise MissingPart(CONTENT_TYPES)
    return package


def _target(folder: str, target: str) -> str:
    """Targets are relative to the part's folder, or begin at the package (ECMA-376-2, 9.3)."""
    if target.startswith("/"):
        return posixpath.normpath(target).lstrip("/")
    return posixpath.normpath(posixpath.join(folder, target))


def _parse(part: str, content: bytes) -> etree._Element:
    for strict, usual in _STRICT:
        if strict in content:
            content = content.replace(strict, usual)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_pis=True,
        remove_comments=True,
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise DamagedPart(part) from error
    # A declared entity is words that the file does not show here but elsewhere.
    if root.getroottree().docinfo.doctype:
        raise DamagedPart(part)
    return root
