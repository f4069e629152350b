"""Gift numbers: G2026-0017 for the seventeenth gift of 2026, typed in several short ways."""

from __future__ import annotations

import re

from donflow.domain.halfwidth import halfwidth, quoted
from donflow.errors import N_, DonflowError


class NotAGiftNumber(DonflowError):
    code = "not_a_gift_number"
    message = N_("“{text}” is not a gift number.")
    remedy = N_("Write it such as {example}, or {short} for a gift of this year.")


def parse_gift_number(text: str, year: int) -> tuple[int, int]:
    """The year and serial of `G2026-0017`, `2026-17`, `G17` or `17`; the last two are of `year`.

    Raises NotAGiftNumber.
    """
    bare = re.sub(r"\s", "", halfwidth(text))
    read = re.fullmatch(r"[Gg]?(?:([0-9]{4})[-–—])?0*([1-9][0-9]{0,5})", bare)
    if read is None:
        example = format_gift_number(year, 17)
        raise NotAGiftNumber(text=quoted(text), example=example, short="17")
    return int(read[1] or year), int(read[2])


def format_gift_number(year: int, serial: int) -> str:
    """`G2026-0017`; the serial has four digits, more only where it needs them."""
    if not (1000 <= year <= 9999 and serial >= 1):
        raise ValueError(f"no gift number for {year}, {serial}")
    return f"G{year}-{serial:04}"
