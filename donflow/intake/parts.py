"""What one part of an Office or OFD archive may hold, judged while its bytes stream past."""

from __future__ import annotations

import re
from typing import Final, Protocol

from donflow.errors import N_, Sentence, say
from donflow.intake import pictures
from donflow.intake.fields import FieldPart
from donflow.intake.findings import SAVE_AGAIN, Findings, against, shortened, warning
from donflow.intake.xml_parts import Allowance, BadPart, XmlPart

KEPT_LIMIT: Final = 24 * 2**20
"""Bytes of an inner file that are held at once."""


class Part(Protocol):
    """Takes a part's bytes piece by piece; `kept` is what must be looked into as a file itself."""

    @property
    def kept(self) -> bytes: ...

    def feed(self, piece: bytes) -> None: ...

    def close(self) -> Findings: ...


def part_for(name: str, allowance: Allowance) -> Part:
    """The judge of a part with this name; names differ in case between makers."""
    lowered = name.casefold()
    if lowered.endswith(".rels"):
        return RelationsPart(name, allowance)
    if lowered == "[content_types].xml":
        return ContentTypesPart(name, allowance)
    return FieldPart(name, allowance) if lowered.endswith(".xml") else UnnamedPart(name, allowance)


def of_the_name(name: str) -> Findings:
    """What the name of a part alone gives away."""
    if _MACRO_NAMES.search(name):
        return MACROS
    if name.casefold() == "xl/connections.xml":
        return warning(say(N_("It takes figures from a database or a page of the web.")))
    return Findings()


class RelationsPart(XmlPart):
    """What other parts point at: nothing outside but hyperlinks (ECMA-376, part 2, 9.3)."""

    def start_element(self, name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] != "Relationship":
            return
        type_ = attributes.get("Type", "").rpartition("/")[2].casefold()
        target = attributes.get("Target", "")
        if type_ in _MACRO_RELATIONS:
            self.findings += MACROS
        elif type_ == "afchunk":
            reason = say(
                N_("It holds a whole other file as a chunk ({target})."), target=shortened(target)
            )
            self.findings += against("foreign_chunk", reason, SAVE_AGAIN)
        elif (
            attributes.get("TargetMode", "").strip().casefold() == "external"
            or "://" in target
            or target.startswith(("\\\\", "//"))
        ):
            self.findings += _external(self.name, type_, target)


class ContentTypesPart(XmlPart):
    """Which kind each part is; the kinds with macros have names of their own."""

    def start_element(self, name: str, attributes: dict[str, str]) -> None:
        type_ = attributes.get("ContentType", "").casefold()
        if any(word in type_ for word in _MACRO_TYPES):
            self.findings += MACROS


class UnnamedPart:
    """A part whose name says nothing: judged as XML where its bytes begin so.

    Names of parts are free (ECMA-376, part 2, 6.2.2); only their content types bind.
    """

    def __init__(self, name: str, allowance: Allowance) -> None:
        self.name = name
        self._allowance = allowance
        self._part: Part | None = None

    @property
    def kept(self) -> bytes:
        return self._part.kept if self._part else b""

    def feed(self, piece: bytes) -> None:
        if self._part is None and piece:
            begins = piece[:_SIGHT].replace(b"\0", b"")
            is_xml = _XML.match(begins) is not None
            self._part = FieldPart(self.name, self._allowance) if is_xml else OpaquePart(self.name)
        if self._part is not None:
            self._part.feed(piece)

    def close(self) -> Findings:
        try:
            return self._part.close() if self._part else Findings()
        except BadPart:
            return Findings()  # only its first bytes looked like XML


class OpaquePart:
    """Pictures, fonts and other bytes; an archive among them is kept to be looked into."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.kept = b""
        self._beginning = bytearray()
        # The bytes of an embedded font are obfuscated and may begin like anything.
        self._is_font = name.casefold().endswith(".odttf")

    def feed(self, piece: bytes) -> None:
        begins = bytes(self._beginning[:8]) + piece[:8]
        whole = begins.startswith((_ZIP, *pictures.WHOLE))
        room = (KEPT_LIMIT if whole else pictures.HEADER_LIMIT) + 1 - len(self._beginning)
        self._beginning += piece[: max(room, 0)]

    def close(self) -> Findings:
        beginning = self._beginning
        if self._is_font and not beginning.startswith(_OLE):
            return Findings()
        if beginning.startswith((_OLE, b"MZ")):
            reason = say(N_("It holds an embedded object ({part})."), part=self.name)
            return against("embedded_object", reason, WITHOUT_OBJECTS)
        if beginning.startswith(_ZIP):
            if len(beginning) > KEPT_LIMIT:
                reason = say(N_("It holds an archive inside ({part})."), part=self.name)
                return against("nested_archive", reason, SAVE_AGAIN)
            self.kept = bytes(beginning)
            return Findings()
        if self.name.casefold().endswith((".emf", ".wmf", ".emz", ".wmz")):
            return warning(
                say(N_("It holds a drawing that was not looked into ({part})."), part=self.name)
            )
        return pictures.bounds_inside(bytes(beginning))


def _external(part: str, type_: str, target: str) -> Findings:
    if type_ == "hyperlink":
        return Findings()
    # Word notes the author's own template; on a drive of this machine it is inert.
    if type_ == "attachedtemplate" and _LOCAL.fullmatch(target):
        return Findings()
    shown = shortened(target)
    # A sheet notes the workbooks its formulas read; donflow reads the values beside them.
    if "externallink" in type_ or type_ == "xlpathmissing":
        return warning(say(N_("It takes figures from another workbook ({target})."), target=shown))
    reason = say(N_("Its part {part} fetches {target} from outside."), part=part, target=shown)
    return against("external_relation", reason, WITHOUT_LINKS)


WITHOUT_MACROS: Final[Sentence] = say(
    N_("Save it without macros, as .docx or .xlsx, and take that.")
)
WITHOUT_OBJECTS: Final[Sentence] = say(
    N_("Delete the object, or paste it as a picture; save the file and take that.")
)
WITHOUT_LINKS: Final[Sentence] = say(
    N_("Break the link in Word or WPS, or paste the content itself; save the file and take that.")
)
MACROS: Final = against("macros", say(N_("It holds macros or controls.")), WITHOUT_MACROS)

_ZIP: Final = b"PK\x03\x04"
_OLE: Final = bytes.fromhex("d0cf11e0a1b11ae1")
_MACRO_NAMES: Final = re.compile(r"(?i)(?:^|/)(?:vbaproject|vbadata|macrosheets/|activex/)")
_MACRO_TYPES: Final = ("macroenabled", "vbaproject", "macrosheet", "activex")
_MACRO_RELATIONS: Final = {"xlmacrosheet", "xlintlmacrosheet", "control", "vbaproject"}
_LOCAL: Final = re.compile(r"(?i)(?:file:///)?[a-z]:[\\/][^\x00-\x1f]*|[\w .()-]+")
_XML: Final = re.compile(rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*<[?!\w]")
_SIGHT: Final = 512
