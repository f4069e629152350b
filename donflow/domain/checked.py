"""What the check of an identifier answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Kind(StrEnum):
    """Which identifier is meant."""

    USCC = "uscc"
    RESIDENT_ID = "resident_id"
    PHONE = "phone"


class Verdict(StrEnum):
    """What became of it. The first four are for numbers of papers, the others for phones."""

    VALID = "valid"
    INVALID = "invalid"
    SUSPECT = "suspect"  # the outer check holds, an inner rule does not: ask
    LEGACY15 = "legacy15"  # a resident number from before 1999; lengthened, never taken as valid
    OK = "ok"
    FIXABLE = "fixable"  # damaged by a sheet, and mended without doubt
    MULTI = "multi"  # several numbers in one cell
    INCOMPLETE = "incomplete"  # a landline without its area code
    MASKED = "masked"
    EMPTY = "empty"


@dataclass(frozen=True)
class Checked:
    """An identifier after the check.

    `normalized` is None where nothing can be trusted; phones are E.164 without extensions,
    several joined by `|`. `reasons` are codes: char, length, region, date, checksum, inner, dept.
    `gender` is `male` or `female`; it and `birth` are given for valid resident numbers only.
    `line` is `mobile`, `landline`, `service` or `overseas`, for phones only.
    """

    kind: Kind
    normalized: str | None
    verdict: Verdict
    reasons: tuple[str, ...] = ()
    gender: str | None = None
    birth: date | None = None
    line: str | None = None
