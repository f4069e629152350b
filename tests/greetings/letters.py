"""Short hands for letters and people, in tests of the judgement."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from donflow.greetings.facts import PersonFacts, Said
from donflow.greetings.judging import Greeted, LetterFacts
from donflow.outbox.models import Way

DAY = date(2026, 10, 28)
"""The day of the letter where nothing else is said, late in a month."""

RANKS = {
    "condolence": 1,
    "thanks": 2,
    "birthday": 3,
    "milestone": 4,
    "school": 5,
    "festival": 6,
    "term": 7,
}
PERSONAL = ("condolence", "thanks", "birthday", "milestone")
TOLERANCE = {"condolence": 3, "thanks": 30, "birthday": 3, "milestone": 7, "school": 3}

ALL = dict.fromkeys((Way.WECHAT, Way.MAIL, Way.PAPER, Way.WEBHOOK), Said.GIVEN)

LIANG = PersonFacts(
    3,
    "梁启舟",
    gender="male",
    reachable=frozenset({Way.WECHAT, Way.MAIL, Way.PAPER}),
    said=ALL,
    asked=True,
    address="a1",
)
SU = replace(LIANG, number=4, name="苏文君", gender="female")


def a_letter(kind: str = "festival", addressee: int = 3, **changes: object) -> LetterFacts:
    """A letter of an occasion of this kind, due on DAY."""
    on_day = changes.get("on_day", DAY)
    assert isinstance(on_day, date)
    letter = LetterFacts(
        id=addressee * 100 + RANKS[kind],
        addressee=addressee,
        occasion=kind,
        kind=kind,
        personal=kind in PERSONAL,
        order=(RANKS[kind], 0),
        on_day=on_day,
        expires_on=on_day + timedelta(days=TOLERANCE.get(kind, 0)),
    )
    return replace(letter, **changes)


def went(days_before: int = 0, kind: str = "festival", *, about: int = 0) -> Greeted:
    """A letter that went so many days before DAY, or is to go after it."""
    on = DAY - timedelta(days=days_before)
    return Greeted(on, (RANKS[kind], 0), (f"{kind}_before", on, about), kind in PERSONAL)
