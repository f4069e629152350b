"""Field codes of Word that start programs or fetch other files, also when split over runs.

ECMA-376, part 1, 17.16: the code of a field stands in w:instrText between the marks `begin` and
`separate` or `end` (w:fldChar), or in an attribute of w:fldSimple.
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
    """A field whose end has not come yet."""

    code: str = ""
    in_result: bool = False
    name_is_computed: bool = False


class FieldPart(XmlPart):
    """A part of a Word file in which fields may stand."""

    def __init__(self, name: str, allowance: Allowance) -> None:
        super().__init__(name, allowance)
        self._fields: list[_Field] = []
        self._stray = ""

    def start_element(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        if local in _COSTLY:
            self.allowance.elements -= _COST
        match local:
            case "fldChar":
                self._mark(_attribute(attributes, "fldCharType"))
            case "fldSimple":
                self.findings += _judged(_attribute(attributes, "instr"), self.name)
            case "instrText" | "delInstrText" if self.parser is not None:
                self.parser.CharacterDataHandler = self._take

    def end_element(self, name: str) -> None:
        if self.parser is not None and name.endswith("nstrText"):
            self.parser.CharacterDataHandler = None

    def close(self) -> Findings:
        super().close()
        # What no mark encloses counts as a code too: some reader may take it for one.
        for code in (self._stray, *(one.code for one in self._fields if not one.in_result)):
            self.findings += _judged(code, self.name)
        return self.findings

    def _mark(self, kind: str) -> None:
        if kind == "begin":
            outer = self._fields[-1] if self._fields else None
            if outer and not outer.in_result and not outer.code.strip():
                outer.name_is_computed = True
            self._fields.append(_Field())
        elif self._fields and kind in ("separate", "end"):
            field = self._fields[-1]
            if not field.in_result:
                self.findings += _judged(field.code, self.name)
                if field.name_is_computed:
                    self.findings += _starts_a_program(field.code, self.name)
            field.in_result = True
            if kind == "end":
                self._fields.pop()

    def _take(self, text: str) -> None:
        if not self._fields or self._fields[-1].in_result:
            self._stray = (self._stray + text)[:CODE_LIMIT]
        elif len(self._fields[-1].code) < CODE_LIMIT:
            self._fields[-1].code += text


class LinkedBookPart(XmlPart):
    """What a workbook takes from another program (ECMA-376, part 1, 18.14)."""

    def start_element(self, name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] == "ddeLink":
            service = _attribute(attributes, "ddeService")
            self.findings += _starts_a_program(f"DDE {service}", self.name)


def _judged(code: str, part: str) -> Findings:
    found = _FIRST_WORD.match(code)
    word = found[1].upper() if found else ""
    if word in _PROGRAMS:
        return _starts_a_program(code, part)
    if word not in _FETCHING:
        return Findings()
    if _OUTSIDE.search(code):
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
_OUTSIDE: Final = re.compile(r"(?i)(?!file:///[a-z]:)\b[a-z][a-z0-9+.-]+://|[\s\"](?:\\\\+|//)\w")
