"""What disturbs an office that greets: clocks, downtime, edits at noon, deaths at the fence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

ZONES = ("America/New_York", "Europe/London", "Pacific/Apia", "Pacific/Auckland")
RULES = (
    ("all", "birthday", {}),
    ("all", "new_year", {}),
    ("all", "spring_festival", {}),
    ("all", "dragon_boat", {}),
    ("all", "mid_autumn", {}),
    ("all", "national_day", {}),
    ("百", "birthday", {"hour": 2}),
    ("千", "birthday", {"hour": 1}),
    ("百", "dongzhi", {"channel": "folder", "days": 2}),
    ("donors", "gift_anniversary", {}),
)
"""At two and at one o'clock: the hours that New York skips in March and has twice in November."""
TURNS = (  # days on which a wall clock is moved, or a summer time held while somebody was born
    "1986-05-04", "1988-07-01", "1991-09-15", "1904-02-29", "1908-02-29", "1988-12-30",
    "1990-03-13", "1990-03-08", "1990-11-06", "1990-11-01", "1990-03-27", "1990-10-30",
)  # fmt: skip
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True)
class Disturbance:
    """`clock`: the machine's clock is off by so much, for so long. `down`: it does not run."""

    what: str
    off: timedelta = timedelta(0)
    lasts: timedelta = timedelta(0)


DISTURBANCES = (
    *(Disturbance("clock", off, lasts) for off, lasts in (
        (HOUR, 2 * DAY), (-HOUR, 5 * HOUR), (DAY, 3 * DAY), (-DAY, 2 * DAY), (-30 * DAY, 5 * DAY),
        (30 * DAY, 4 * DAY), (30 * 365.25 * DAY, 2 * DAY), (HOUR, HOUR / 2), (-HOUR, 2 * DAY),
        (DAY, HOUR), (-30 * DAY, 33 * DAY), (30 * DAY, 33 * DAY), (30 * 365.25 * DAY, 9 * DAY),
    )),
    *(Disturbance("down", lasts=lasts) for lasts in (
        HOUR, 6 * HOUR, DAY, 2 * DAY, 4 * DAY, 9 * DAY, 20 * DAY, 30 * DAY, 39 * DAY, 40 * DAY,
        41 * DAY,
    )),
    *(Disturbance(what) for what in (
        "noon", "noon", "noon", "stop", "stop", "fence_deceased", "fence_withdrawn",
        "fence_withdrawn", "fence_deceased", "merge_at_dawn", "merge_at_dawn", "apia",
    )),
)  # fmt: skip
"""36 of them; between them people die, move, unsubscribe, are merged and corrected every week."""
