"""Unified social credit codes (统一社会信用代码) of bodies, by GB 32100-2015."""

from __future__ import annotations

import re
from typing import Final

from donflow.domain.checked import Checked, Kind, Verdict
from donflow.domain.halfwidth import halfwidth
from donflow.domain.regions import PROVINCES


def check(raw: str) -> Checked:
    """Judge a credit code; small letters, full-width forms and spaces are put right first.

    Suspect: the code's own check digit holds, but its registrar and class (`dept`), its region
    or the check digit of the organisation code inside it (`inner`) do not.
    """
    code = re.sub(r"[\s'\-]", "", halfwidth(raw)).upper()
    if not code:
        return Checked(Kind.USCC, None, Verdict.EMPTY)
    reasons = _wrong(code)
    if reasons:
        return Checked(Kind.USCC, None, Verdict.INVALID, reasons)
    doubts = _doubtful(code)
    return Checked(Kind.USCC, code, Verdict.SUSPECT if doubts else Verdict.VALID, doubts)


def check_digit(body: str) -> str:
    """The 18th place for the first 17: weights are the powers of 3 modulo 31."""
    total = sum(_ALPHABET.index(character) * 3**place for place, character in enumerate(body))
    return _ALPHABET[-total % 31]


def organisation_check_digit(body: str) -> str:
    """The 9th place of an organisation code for its first 8, by GB 11714-1997."""
    weights = (3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(each, 36) * weight for each, weight in zip(body, weights, strict=True))
    return "0123456789X"[-total % 11]


def _wrong(code: str) -> tuple[str, ...]:
    shape = {"length": len(code) == 18, "char": re.fullmatch(_SHAPE, code) is not None}
    reasons = tuple(reason for reason, right in shape.items() if not right)
    if reasons:
        return reasons
    return () if check_digit(code[:17]) == code[17] else ("checksum",)


def _doubtful(code: str) -> tuple[str, ...]:
    rules = {
        "dept": code[1] in _CLASSES.get(code[0], ""),
        "region": code[2:4] in PROVINCES or code[2:8] == "100000",
        "inner": organisation_check_digit(code[8:16]) == code[16],
    }
    return tuple(reason for reason, holds in rules.items() if not holds)


_ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
# Any length: the length has its own reason. Places 3 to 8 are a region in digits.
_SHAPE: Final = rf"[{_ALPHABET}]{{0,2}}[0-9]{{0,6}}[{_ALPHABET}]*"
# The classes that each registrar gives: 1 机构编制, 2 外交, 3 司法行政, 4 文化, 5 民政 (53 基金会,
# 54 居委会 and 村委会), 6 旅游, 7 宗教, 8 工会, 9 市场监管, A 军队, N 农业农村, Y other.
_CLASSES: Final = {
    "1": "1239",
    "2": "19",
    "3": "123459",
    "4": "19",
    "5": "12349",
    "6": "129",
    "7": "129",
    "8": "19",
    "9": "1239",
    "A": "19",
    "N": "1239",
    "Y": "1",
}
