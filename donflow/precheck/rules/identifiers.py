"""Credit codes (GB 32100) and resident numbers (GB 11643), as far as they can be checked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from donflow.domain import resident_number, uscc
from donflow.domain.checked import Verdict
from donflow.domain.halfwidth import halfwidth
from donflow.errors import N_, say
from donflow.precheck.clauses import found
from donflow.precheck.draft import Draft
from donflow.precheck.findings import Finding, Severity
from donflow.precheck.paper import Line
from donflow.precheck.tables import tables


def rule(draft: Draft) -> Iterator[Finding]:
    """Those with a label before them or over their column; masked and foreign ones are passed."""
    for line in draft.paper.lines:
        text = halfwidth(line.text)
        for read in re.finditer(_USCC, text):
            yield from _credit_code(line, read.span("number"))
        for read in re.finditer(_RESIDENT, text):
            if not re.search(_FOREIGN, text[max(0, read.start() - 8) : read.end()]):
                yield from _resident(draft, line, read.span("number"))
    for table in tables(draft.paper):
        column = table.column("身份证|证件号")
        for row in table.rows[1:]:
            if column is None or column >= len(row):
                continue
            at = row[column].at
            if re.fullmatch(r"[0-9Xx\s]{14,20}", halfwidth(row[column].text)):
                yield from _resident(draft, draft.paper.by_number[at.line], (at.start, at.end))


def _credit_code(line: Line, at: tuple[int, int]) -> Iterator[Finding]:
    checked = uscc.check(line.text[slice(*at)])
    if checked.verdict is Verdict.INVALID:
        expect = say(N_("This is no credit code: {reason}."), reason=_reason(checked.reasons))
        yield found("id_number_invalid", Severity.ERROR, line, at, expect)
    elif checked.verdict is Verdict.SUSPECT:
        # The organisation code's own check digit failing alone says too little for a warning.
        mild = checked.reasons == ("inner",)
        expect = say(N_("Confirm this credit code: {reason}."), reason=_reason(checked.reasons))
        severity = Severity.INFO if mild else Severity.WARNING
        yield found("uscc_region_suspect", severity, line, at, expect, sure=False)


def _resident(draft: Draft, line: Line, at: tuple[int, int]) -> Iterator[Finding]:
    checked = resident_number.check(line.text[slice(*at)], on=draft.on)
    if checked.verdict is Verdict.INVALID:
        expect = say(N_("This is no resident number: {reason}."), reason=_reason(checked.reasons))
        yield found("id_number_invalid", Severity.ERROR, line, at, expect)


def _reason(reasons: tuple[str, ...]) -> object:
    return say(_REASONS[reasons[0]])


_REASONS: Final = {
    "length": N_("it has not 18 places"),
    "char": N_("it has characters that none has"),
    "checksum": N_("the check digit is wrong"),
    "date": N_("there is no such birthday"),
    "region": N_("there is no such province"),
    "dept": N_("there is no such registrar"),
    "inner": N_("the check digit of the organisation code in it is wrong"),
}
_USCC: Final = (
    r"(?:统一社会信用代码|社会信用代码|信用代码|信用代码证号|"
    r"纳税人识别号)(?:证?号码?)?\s*(?:\([^)]*\))?\s*[:│|\t为]?\s*"
    r"(?P<number>[0-9A-Za-z](?:[ ]?[0-9A-Za-z]){9,24})(?![0-9A-Za-z*])"
)
_RESIDENT: Final = (
    r"(?:身份证(?:件)?(?:号码?)?|公民身份号码|证件号码?|身份证明号码?)\s*(?:\([^)]*\))?\s*[:│|"
    r"\t为]?\s*"
    r"(?P<number>[0-9](?:[ ]?[0-9Xx]){13,19})(?![0-9A-Za-z*])"
)
_FOREIGN: Final = "护照|通行证|香港|澳门|台湾|港澳|居留"
