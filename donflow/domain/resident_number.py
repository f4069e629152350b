"""Resident numbers (公民身份号码) of people, by GB 11643-1999."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from donflow.domain.checked import Checked, Kind, Verdict
from donflow.domain.halfwidth import halfwidth
from donflow.domain.regions import PROVINCES


def check(raw: str, *, on: date | None = None) -> Checked:
    """Judge a resident number; spaces, full-width forms and a small x are put right first.

    A birth after `on` is invalid where `on` is given. A right number of 15 digits comes back
    lengthened as `legacy15`: nothing in it could be checked, so it proves nobody.
    """
    number = re.sub(r"[\s'\-]", "", halfwidth(raw)).upper()
    if not number:
        return Checked(Kind.RESIDENT_ID, None, Verdict.EMPTY)
    is_legacy = re.fullmatch("[0-9]{15}", number) is not None
    if is_legacy:
        number = lengthened(number)
    reasons = _wrong(number, on)
    if reasons:
        return Checked(Kind.RESIDENT_ID, None, Verdict.INVALID, reasons)
    if is_legacy:
        return Checked(Kind.RESIDENT_ID, number, Verdict.LEGACY15)
    gender = "male" if int(number[16]) % 2 else "female"
    return Checked(Kind.RESIDENT_ID, number, Verdict.VALID, gender=gender, birth=_birth(number, on))


def check_digit(body: str) -> str:
    """The 18th place for the first 17: ISO 7064, MOD 11-2."""
    total = sum(int(digit) * 2 ** (17 - place) for place, digit in enumerate(body))
    return "0123456789X"[(1 - total) % 11]


def lengthened(number: str) -> str:
    """The 18 places of a number of 15: its births are of the twentieth century."""
    body = number[:6] + "19" + number[6:]
    return body + check_digit(body)


def _wrong(number: str, on: date | None) -> tuple[str, ...]:
    shape = {
        "length": len(number) == 18,
        "char": re.fullmatch("[0-9]*[0-9X]", number) is not None,
    }
    reasons = tuple(reason for reason, right in shape.items() if not right)
    if reasons:
        return reasons
    rules = {
        "region": number[:2] in PROVINCES,
        "date": _birth(number, on) is not None,
        "checksum": check_digit(number[:17]) == number[17],
    }
    return tuple(reason for reason, holds in rules.items() if not holds)


def _birth(number: str, on: date | None) -> date | None:
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None
    return born if born.year >= _EARLIEST_YEAR and (on is None or born <= on) else None


_EARLIEST_YEAR: Final = 1800
