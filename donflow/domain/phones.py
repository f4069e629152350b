"""Phone numbers as alumni lists hold them: read from a cell, given back as E.164."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from donflow.domain.checked import Checked, Kind, Verdict
from donflow.domain.halfwidth import halfwidth


def check(raw: str) -> Checked:
    """Judge one cell, which may hold several numbers, labels, remarks and extensions.

    Extensions and remarks are dropped: keep the cell as it was beside the answer. Where one of
    several numbers is wrong the whole cell is invalid, for a person to look at. `fixable` is a
    number that a sheet turned into a decimal or marked as text.
    """
    text = halfwidth(raw).strip()
    if re.fullmatch(_EMPTY, text):
        return Checked(Kind.PHONE, None, Verdict.EMPTY)
    if re.search(_MASKED, text):
        return Checked(Kind.PHONE, None, Verdict.MASKED)
    numbers = tuple(dict.fromkeys(_read(part) for part in re.split(_BETWEEN, text) if part.strip()))
    verdict = _verdict_of_all(numbers)
    if verdict is Verdict.INVALID:
        return Checked(Kind.PHONE, None, verdict)
    joined = "|".join(number.e164 for number in numbers if number.e164)
    lines = {number.line for number in numbers}
    line = lines.pop() if len(lines) == 1 else None
    return Checked(Kind.PHONE, joined or None, verdict, line=line)


@dataclass(frozen=True)
class _Number:
    verdict: Verdict
    e164: str | None = None
    line: str | None = None


def _verdict_of_all(numbers: tuple[_Number, ...]) -> Verdict:
    verdicts = {number.verdict for number in numbers}
    if _INVALID in verdicts or not verdicts:
        return _INVALID
    if Verdict.INCOMPLETE in verdicts:
        return Verdict.INCOMPLETE
    if len({number.e164 for number in numbers}) > 1:
        return Verdict.MULTI
    return Verdict.OK if Verdict.OK in verdicts else Verdict.FIXABLE


def _read(part: str) -> _Number:
    """One number with what may stand around it."""
    bare = re.sub(_LABEL, "", part.strip().removeprefix("'"))
    bare = re.sub(_REMARK, "", bare)
    whole = re.sub(r"(?<=[0-9])\.0+$", "", bare)
    mended = part.strip().startswith("'") or whole != bare
    core = re.sub(_EXTENSION, "", whole).strip()
    if not re.fullmatch(r"\+?[0-9() .–—-]+", core):
        return _Number(_INVALID)
    dialled = re.sub("[^+0-9]", "", core)
    if re.fullmatch("[2-8][0-9]{6,7}", dialled):
        return _Number(Verdict.INCOMPLETE, line="landline")
    return _known(_with_country(dialled), Verdict.FIXABLE if mended else Verdict.OK)


def _with_country(dialled: str) -> str:
    """The number in international form; a number that has none of the known forms as it is."""
    if re.match("00[1-9]", dialled):
        return "+" + dialled[2:]
    if re.fullmatch("86[0-9]{9,}", dialled):
        return "+" + dialled
    if re.fullmatch("0?1[3-9][0-9]{9}|0[1-9][0-9]{8,10}|[48]00[0-9]{7}", dialled):
        return "+86" + dialled.removeprefix("0")
    return dialled


def _known(dialled: str, verdict: Verdict) -> _Number:
    # Imported here: it takes longer to load than the rest of the domain, and few commands need it.
    import phonenumbers

    try:
        number = phonenumbers.parse(dialled)
    except phonenumbers.NumberParseException:
        return _Number(_INVALID)
    if not phonenumbers.is_valid_number(number):
        return _Number(_INVALID)
    kinds = phonenumbers.PhoneNumberType
    lines = {kinds.MOBILE: "mobile", kinds.FIXED_LINE: "landline"}
    line = lines.get(phonenumbers.number_type(number), "service")
    written = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return _Number(verdict, written, line if number.country_code == 86 else "overseas")


_INVALID: Final = Verdict.INVALID
_HAN: Final = "[\u4e00-\u9fff]"
_EMPTY: Final = (
    r"(?i)[-—–_/\\.\s]*|0+|(?:暂?无|没有|未知|不详|未填|空|N/?A|none|null|nan)(?:电话|号码)?"
)
_MASKED: Final = r"(?i)[0-9]\s*(?:[*×•●]+|x{2,})"
# Marks and conjunctions; a blank or a label between two whole numbers.
_BETWEEN: Final = (
    r"[/、,;|\n]|或者?|和"
    r"|(?<=[0-9]{7})\s+(?=1[3-9][0-9]{9}(?![0-9])|0[0-9]{2,3}-?[0-9]{7,8}(?![0-9]))"
    rf"|(?<=[0-9]{{7}})\s*(?=(?!转|分机){_HAN}{{2,4}}:?\s*[+(0-9])"
)
_LABEL: Final = rf"^(?:[A-Za-z]{{2,}}[.:\s]+|{_HAN}+\s*:?\s*)+"
_REMARK: Final = rf"\s*(?:\([^()0-9]*\)|{_HAN}+)$"
_EXTENSION: Final = (
    r"(?i)\s*(?:转|分机|ext\.?|x|#)\s*[0-9]{1,6}$|(?<=[0-9]{7})\s*[-–—]\s*[0-9]{1,5}$"
)
