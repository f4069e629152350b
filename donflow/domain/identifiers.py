"""One question for all identifiers: is this credit code, resident number or phone right?"""

from __future__ import annotations

from datetime import date

from donflow.domain import phones, resident_number, uscc
from donflow.domain.checked import Checked, Kind, Verdict

__all__ = ["Checked", "Kind", "Verdict", "check"]


def check(kind: Kind | str, raw: str, *, on: date | None = None) -> Checked:
    """Judge `raw` as a person wrote it. Births after `on` are invalid, where `on` is given.

    Says what is wrong and never raises for it; a kind that is none raises ValueError. The answer
    holds personal data: log its verdict and reasons only.
    """
    match Kind(kind):
        case Kind.USCC:
            return uscc.check(raw)
        case Kind.RESIDENT_ID:
            return resident_number.check(raw, on=on)
        case Kind.PHONE:
            return phones.check(raw)
