"""What one part of an Office or OFD archive may hold, judged while its bytes stream past.

XML goes through expat: no tree, no network, and a DOCTYPE ends the look before any entity counts.
"""

from __future__ import annotations

import codecs
import re
from typing import Final, Protocol
from xml.parsers import expat

from donflow.errors import N_, Sentence, say
from donflow.intake.findings import SAVE_AGAIN, Findings, against, warning


class BadPart(Exception):
    """The part is not well-formed XML."""


class Part(Protocol):
    """Takes a part's bytes piece by piece; `kept` is what must be looked into as a file itself."""

    kept: bytes

    def feed(self, piece: bytes) -> None: ...

    def close(self) -> Findings: ...


def part_for(name: str) -> Part:
    """The judge of a part with this name; names differ in case between makers."""
    lowered = name.casefold()
    if lowered.endswith(".rels"):
        return RelationsPart(name)
    if lowered == "[content_types].xml":
        return ContentTypesPart(name)
    if lowered.endswith(".xml"):
        return XmlPart(name)
    return OpaquePart(name)


class XmlPart:
    """Well-formed XML without DOCTYPE, in any encoding expat knows or one of the Chinese ones."""

    kept = b""

    def __init__(self, name: str) -> None:
        self.name = name
        self.findings = Findings()
        self._parser: expat.XMLParserType | None = None
        self._decoder: codecs.IncrementalDecoder | None = None
        self._done = False

    def feed(self, piece: bytes) -> None:
        if self._parser is None:
            self._parser = self._open(piece)
        self._parse(piece, final=False)

    def close(self) -> Findings:
        if self._parser is None:
            raise BadPart
        self._parse(b"", final=True)
        return _macro_part(self.name) + self.findings

    def start_element(self, name: str, attributes: dict[str, str]) -> None:
        """For parts whose elements matter; the others are not called for each element."""

    def _open(self, beginning: bytes) -> expat.XMLParserType:
        declared = _ENCODING.match(beginning)
        if declared and declared[1].lower() in _CHINESE_ENCODINGS:
            self._decoder = codecs.getincrementaldecoder("gb18030")()
        parser = expat.ParserCreate("utf-8" if self._decoder else None)
        parser.StartDoctypeDeclHandler = self._doctype
        if type(self).start_element is not XmlPart.start_element:
            parser.StartElementHandler = self.start_element
        return parser

    def _parse(self, piece: bytes, *, final: bool) -> None:
        if self._done or self._parser is None:
            return
        try:
            if self._decoder:
                piece = self._decoder.decode(piece, final).encode()
            self._parser.Parse(piece, final)
        except _Doctype:
            self._done = True
        except (expat.ExpatError, LookupError, ValueError) as error:
            # The last two: an encoding that Python, or expat, does not know, or that does not fit.
            raise BadPart from error

    def _doctype(self, *_: object) -> None:
        reason = say(N_("Its part {part} declares a DOCTYPE."), part=self.name)
        self.findings += against("doctype", reason, SAVE_AGAIN)
        raise _Doctype


class RelationsPart(XmlPart):
    """What other parts point at: nothing outside but hyperlinks (ECMA-376, part 2, 9.3)."""

    def start_element(self, name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] != "Relationship":
            return
        type_ = attributes.get("Type", "").rpartition("/")[2].casefold()
        target = attributes.get("Target", "")
        if type_ == "afchunk":
            reason = say(N_("It holds a whole other file as a chunk ({target})."), target=target)
            self.findings += against("foreign_chunk", reason, SAVE_AGAIN)
        elif attributes.get("TargetMode", "").casefold() == "external":
            self.findings += _external(self.name, type_, target)


class ContentTypesPart(XmlPart):
    """Which kind each part is; the kinds with macros have names of their own."""

    def start_element(self, name: str, attributes: dict[str, str]) -> None:
        type_ = attributes.get("ContentType", "")
        if "macroenabled" in type_.casefold() or type_.endswith(".vbaProject"):
            self.findings += MACROS


class OpaquePart:
    """Pictures, fonts and other bytes; an archive among them is kept to be looked into."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.kept = b""
        self._beginning = b""
        self._pieces: list[bytes] = []

    def feed(self, piece: bytes) -> None:
        if len(self._beginning) < len(_OLE):
            self._beginning += piece[: len(_OLE)]
        if self._beginning.startswith(_ZIP):
            self._pieces.append(piece)

    def close(self) -> Findings:
        self.kept = b"".join(self._pieces)
        found = _macro_part(self.name)
        if not found.refusals and self._beginning.startswith((_OLE, b"MZ")):
            reason = say(N_("It holds an embedded object ({part})."), part=self.name)
            found += against("embedded_object", reason, WITHOUT_OBJECTS)
        return found


def _macro_part(name: str) -> Findings:
    return MACROS if _MACRO_NAMES.search(name) else Findings()


def _external(part: str, type_: str, target: str) -> Findings:
    if type_ == "hyperlink":
        return Findings()
    # Word notes the author's own template; on a drive of this machine it is inert.
    if type_ == "attachedtemplate" and _LOCAL.match(target):
        return Findings()
    # A sheet notes the workbooks its formulas read; donflow reads the values beside them.
    if "externallink" in type_ or type_ == "xlpathmissing":
        return warning(say(N_("It takes figures from another workbook ({target})."), target=target))
    reason = say(N_("Its part {part} fetches {target} from outside."), part=part, target=target)
    return against("external_relation", reason, WITHOUT_LINKS)


class _Doctype(Exception):
    """Ends the parsing at a DOCTYPE."""


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
_CHINESE_ENCODINGS: Final = {b"gbk", b"gb2312", b"gb18030", b"cp936"}
_ENCODING: Final = re.compile(rb"\s*<\?xml[^>]{0,99}?encoding\s*=\s*[\"']([\w-]+)")
_MACRO_NAMES: Final = re.compile(r"(?i)(?:^|/)(?:vbaproject|vbadata|macrosheets/|activex/)")
_LOCAL: Final = re.compile(r"(?i)(?:file:///)?[a-z]:[\\/]|(?![a-z][a-z0-9+.-]*:|[\\/]{2})")
