"""The number on a personal information form, by which it comes back to the right person."""

from __future__ import annotations

import hmac
import re

from donflow.domain.halfwidth import halfwidth
from donflow.store.keys import KeyRing

FIELD = "form_number"
SIGNS = 6


def form_number(keys: KeyRing, person: int) -> str:
    """`XXB-3-4F7A2C`: the person's number, and signs that only this office's keys make.

    So a slip of the pen, or another office's form, is noticed and reaches nobody.
    """
    return f"XXB-{person}-{keys.blind(FIELD, str(person))[:SIGNS].upper()}"


def person_of_form(keys: KeyRing, text: str) -> int | None:
    """The person whose form bears this number; None where the number is not one of ours."""
    found = re.search(r"XXB-([0-9]{1,9})-([0-9A-F]{6})(?![0-9A-Z])", halfwidth(text).upper())
    if found is None:
        return None
    person = int(found[1])
    is_ours = hmac.compare_digest(form_number(keys, person), found[0])
    return person if is_ours else None
