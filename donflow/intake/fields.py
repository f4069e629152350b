"""What starts programs or fetches files: Word's field codes, also split, and a sheet's DDE links.

ECMA-376, part 1, 17.16: the code of a field stands in w:instrText between the marks `begin` and
`separate` or `end` (w:fldChar), or in an attribute of w:fldSimple. Part 1, 18.14: ddeLink.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from donflow.errors import N_, say
from donflow.intake.findings import Findings, against, shortened, warning
from donflow.intake.xml_parts import Allowance, XmlPart

CODE_LIMIT: Final = 2**16


@dataclass
class _Field:
    """A field whose end has not come yet; a field inside its code makes that computed."""

    code: str = ""
    in_result: bool = False
    is_computed: bool = False
    name_is_computed: bool = False


class FieldPart(XmlPart):
    """A part in which fields or links may stand: any XML, for names of parts bind nobody."""

    def __init__(self, name: str, allowance: Allowance) -> None:
        super().__init__(name, allowance)
        self._fields: list[_Field] = []
        self._stray = ""

    def start_element(self, name: str, attributes: dict[str, str]) -> None:
        if not name.endswith(_MARKS):
            return
        local = name.rpartition(":")[2]
        if local in _COSTLY:
            self.allowance.elements -= _COST
        match local:
            case "ddeLink":
                service = _attribute(attributes, "ddeService")
                self.findings += _starts_a_program(f"DDE {service}", self.name)
            case "t" if self._in_code and self.parser is not None:
                self.parser.CharacterDataHandler = self._take
            case "fldChar":
                self._mark(_attribute(attributes, "fldCharType"))
            case "fldSimple":
                self.findings += judged_code(_attribute(attributes, "instr"), self.name)
            case "instrText" | "delInstrText" if self.parser is not None:
                self.parser.CharacterDataHandler = self._take

    def end_element(self, name: str) -> None:
        if self.parser is not None and name.endswith(("nstrText", "t")):
            self.parser.CharacterDataHandler = None

    def close(self) -> Findings:
        super().close()
        # What no mark encloses counts as a code too: some reader may take it for one.
        for code in (self._stray, *(one.code for one in self._fields if not one.in_result)):
            self.findings += judged_code(code, self.name)
        return self.findings

    @property
    def _in_code(self) -> bool:
        return bool(self._fields) and not self._fields[-1].in_result

    def _mark(self, kind: str) -> None:
        if kind == "begin":
            outer = self._fields[-1] if self._fields else None
            if outer and not outer.in_result:
                outer.is_computed = True
                # "D" and then a field that gives "DE" is a name as well.
                outer.name_is_computed |= _NO_NAME_YET.fullmatch(outer.code) is not None
            self._fields.append(_Field())
        elif self._fields and kind in ("separate", "end"):
            field = self._fields[-1]
            if not field.in_result:
                self.findings += judged_code(field.code, self.name, is_computed=field.is_computed)
                if field.name_is_computed:
                    self.findings += _starts_a_program(field.code, self.name)
            field.in_result = True
            if kind == "end":
                self._fields.pop()

    def _take(self, text: str) -> None:
        if not self._in_code:
            self._stray = (self._stray + text)[:CODE_LIMIT]
        elif len(self._fields[-1].code) < CODE_LIMIT:
            self._fields[-1].code += text


def judged_code(code: str, part: str, *, is_computed: bool = False) -> Findings:
    """What is against the code of a field; Word takes curly quotes in it for straight ones."""
    found = _FIRST_WORD.match(code)
    word = found[1].upper() if found else ""
    if word in _PROGRAMS:
        return _starts_a_program(code, part)
    if word not in _FETCHING:
        return Findings()
    if is_computed or points_outside(code):
        reason = say(
            N_("A field in its part {part} fetches from outside: {code}"),
            part=part,
            code=shortened(code),
        )
        return against("fetching_field", reason, UNLINKED)
    # A path on the drive of the one who wrote it is inert elsewhere.
    return warning(
        say(N_("A field points to a file on its author's machine: {code}"), code=shortened(code))
    )


def points_outside(code: str) -> bool:
    """Whether a word of the code is an address or a share, and no path on a drive."""
    for quoted, bare in _WORDS.findall(_QUOTES.sub('"', code)):
        word = (quoted or bare).strip("' \t")
        if word.startswith(("\\\\", "//")):
            return True
        if _SCHEME.match(word) and not _ON_A_DRIVE.match(word):
            return True
    return False


def _starts_a_program(code: str, part: str) -> Findings:
    reason = say(
        N_("A field in its part {part} can start another program: {code}"),
        part=part,
        code=shortened(code),
    )
    return against("program_field", reason, UNLINKED)


def _attribute(attributes: Mapping[str, str], local: str) -> str:
    """The attribute of this name, whatever prefix the writer chose."""
    return next(
        (value for name, value in attributes.items() if name.rpartition(":")[2] == local), ""
    )


UNLINKED: Final = say(
    N_("In Word or WPS select all and press Ctrl+Shift+F9; save the file and take that.")
)
_COSTLY: Final = {"fldChar", "fldSimple", "instrText", "delInstrText"}
_COST: Final = 10
"""As many plain elements are read in the time of one of these."""
_FIRST_WORD: Final = re.compile(r'[\s"“”]*([A-Za-z]+)')
_PROGRAMS: Final = {"DDE", "DDEAUTO"}
_FETCHING: Final = {
    "INCLUDETEXT",
    "INCLUDEPICTURE",
    "INCLUDE",
    "IMPORT",
    "LINK",
    "RD",
    "DATABASE",
}
_MARKS: Final = ("fldChar", "fldSimple", "nstrText", "ddeLink", "t")
_NO_NAME_YET: Final = re.compile(r"\s*[A-Za-z]*")
_QUOTES: Final = re.compile("[“”„‟«»]")
_WORDS: Final = re.compile(r'"([^"]*)"|([^\s"]+)')
_SCHEME: Final = re.compile(r"(?i)[a-z][a-z0-9+.-]+:")
_ON_A_DRIVE: Final = re.compile(r"(?i)file:///[a-z]:[\\/]")
