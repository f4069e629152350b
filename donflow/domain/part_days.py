"""Days as people tell them: a year, a month of a year, or a whole day; never more than was told."""

from __future__ import annotations

import re
from datetime import date

from donflow.domain.halfwidth import halfwidth
from donflow.errors import N_, DonflowError

OLDEST = 1850


class NotAPartDay(DonflowError):
    code = "not_a_part_day"
    message = N_("“{text}” is neither a year nor a month nor a day up to today.")
    remedy = N_("Write as much as is known: 1987, 1987-09 or 1987-09-12.")


def read_part_day(text: str, *, today: date) -> str:
    """`YYYY`, `YYYY-MM` or `YYYY-MM-DD`: as many places as were told, none made up.

    Raises NotAPartDay for another form, a day that does not exist, or one still to come.
    """
    plain = re.sub("[年月./]", "-", halfwidth(text).strip()).replace("日", "").rstrip("-")
    found = re.fullmatch(r"([0-9]{4})(?:-([0-9]{1,2}))?(?:-([0-9]{1,2}))?", plain)
    if found is None:
        raise NotAPartDay(text=text)
    year, month, day = found.groups()
    try:
        whole = date(int(year), int(month or 1), int(day or 1))
    except ValueError as fault:
        raise NotAPartDay(text=text) from fault
    if whole.year < OLDEST or whole > today:
        raise NotAPartDay(text=text)
    return "-".join([year, *(f"{int(part):02}" for part in (month, day) if part)])
