"""XML from outside, streamed through expat: no tree, no network, no entity, and bounds on all.

Expat itself bounds neither depth nor the length of a tag, and each open element costs it memory.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import Final
from xml.parsers import expat

from donflow.errors import N_, say
from donflow.intake.findings import IN_PARTS, SAVE_AGAIN, Findings, against

ELEMENT_LIMIT: Final = 1_500_000
"""About 700,000 cells: what is read in a second. Many attributes count as elements."""
SHEET_ELEMENT_LIMIT: Final = 8_000_000
"""Two to four elements a cell: a roster of 100,000 people in twenty columns."""
DEPTH_LIMIT: Final = 256
"""What lxml takes too; ten tables in one another come to a hundred."""
TAG_LIMIT: Final = 8 * 2**20
"""Bytes of one tag or comment; Word keeps old drawings whole in an attribute."""


class BadPart(Exception):
    """The part is not well-formed XML."""


@dataclass
class Allowance:
    """How many elements a file, with all its parts, may still have."""

    elements: int = ELEMENT_LIMIT


class XmlPart:
    """Well-formed XML without DOCTYPE, in any encoding expat knows or one of the Chinese ones."""

    kept = b""

    def __init__(self, name: str, allowance: Allowance) -> None:
        self.name = name
        self.findings = Findings()
        self.parser: expat.XMLParserType | None = None
        self.allowance = allowance
        self._decoder: codecs.IncrementalDecoder | None = None
        self._looks = type(self).start_element is not XmlPart.start_element
        self._held = bytearray()
        self._fed = self._depth = 0
        self._done = False

    def feed(self, piece: bytes) -> None:
        if self._done or not piece:
            return
        if self.parser is None:
            self.parser = self._open(piece)
        # A long tag is begun anew with each piece; held back and doubled, it stays linear.
        pending = self._fed - max(self.parser.CurrentByteIndex, 0) if self._fed else 0
        self._held += self._decoder.decode(piece).encode() if self._decoder else piece
        if pending > TAG_LIMIT:
            self._end(
                against(
                    "tag_too_long",
                    say(
                        N_("Its part {part} is not like XML of an office program."), part=self.name
                    ),
                    SAVE_AGAIN,
                )
            )
        elif len(self._held) >= min(pending, TAG_LIMIT):
            self._parse(final=False)

    def close(self) -> Findings:
        if self.parser is None:
            raise BadPart
        if not self._done:
            try:
                self._held += self._decoder.decode(b"", True).encode() if self._decoder else b""
            except ValueError as error:
                raise BadPart from error
            self._parse(final=True)
        return self.findings

    def start_element(self, name: str, attributes: dict[str, str]) -> None:
        """For parts whose elements matter."""

    def end_element(self, name: str) -> None:
        """For parts whose elements matter."""

    def _open(self, beginning: bytes) -> expat.XMLParserType:
        declared = _ENCODING.match(beginning)
        if declared and declared[1].lower() in _CHINESE_ENCODINGS:
            self._decoder = codecs.getincrementaldecoder("gb18030")()
        parser = expat.ParserCreate("utf-8" if self._decoder else None)
        parser.StartDoctypeDeclHandler = self._doctype
        parser.ProcessingInstructionHandler = self._instruct
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._stop
        return parser

    def _parse(self, *, final: bool) -> None:
        assert self.parser is not None
        piece = bytes(self._held)
        self._held.clear()
        self._fed += len(piece)
        try:
            self.parser.Parse(piece, final)
        except _End:
            pass
        except (expat.ExpatError, LookupError, ValueError) as error:
            # The last two: an encoding that Python, or expat, does not know, or that does not fit.
            raise BadPart from error

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self.allowance.elements -= 1 + max(0, len(attributes) - _ATTRIBUTES)
        if self.allowance.elements < 0:
            reason = say(N_("It has more cells or paragraphs than are read at once."))
            self._end(against("too_many_elements", reason, IN_PARTS))
            raise _End
        if self._depth > DEPTH_LIMIT:
            reason = say(N_("Its part {part} is nested too deeply."), part=self.name)
            self._end(against("nested_too_deeply", reason, SAVE_AGAIN))
            raise _End
        if self._looks:
            self.start_element(name, attributes)

    def _stop(self, name: str) -> None:
        self._depth -= 1
        if self._looks:
            self.end_element(name)

    def _doctype(self, *_: object) -> None:
        reason = say(N_("Its part {part} declares a DOCTYPE."), part=self.name)
        self._end(against("doctype", reason, SAVE_AGAIN))
        raise _End

    def _instruct(self, target: str, _data: str) -> None:
        """A whole Word or Excel file of 2003 as XML, which may hold macros."""
        if target == "mso-application":
            self._end(against("old_office_xml", say(N_("It is an Office file of 2003.")), SAVE_NEW))
            raise _End

    def _end(self, found: Findings) -> None:
        self.findings += found
        self._done = True
        self._held.clear()


SAVE_NEW: Final = say(N_("Open it in Word or WPS, save it as .docx or .xlsx, and take that."))


class _End(Exception):
    """Ends the parsing where the verdict is certain."""


_ATTRIBUTES: Final = 4
_CHINESE_ENCODINGS: Final = {b"gbk", b"gb2312", b"gb18030", b"cp936"}
_ENCODING: Final = re.compile(rb"\s*<\?xml[^>]{0,99}?encoding\s*=\s*[\"']([\w-]+)")
