"""Who is greeted and who is not: every row of docs/greetings.md, both sides of each boundary."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from donflow.greetings.facts import GroupFacts, PersonFacts, Said, Wish
from donflow.greetings.judging import (
    CHECKS,
    DayContext,
    Greeted,
    LetterFacts,
    judge,
    waits_for,
)
from donflow.greetings.reasons import Reason
from donflow.outbox.models import Way
from tests.greetings.letters import ALL, DAY, LIANG, PERSONAL, RANKS, a_letter, went

RULES = Path(__file__).parents[2] / "docs" / "greetings.md"
TODAY = DayContext(DAY)
MOURNING = DayContext(DAY, frozenset({DAY}))
NEXT_DAY = DAY + timedelta(days=1)

STOPPED = {
    Reason.MERGED: replace(LIANG, merged_into=2),
    Reason.RESTRICTED: replace(LIANG, status="restricted"),
    Reason.DECEASED: replace(LIANG, status="deceased"),
    Reason.STRUCK: replace(LIANG, struck=frozenset({0})),
    Reason.THANKED: replace(LIANG, thanked=frozenset({0})),
    Reason.BEREAVED: replace(LIANG, condoled_on=(DAY,)),
    Reason.QUIET: replace(LIANG, wish=Wish(quiet_until=DAY)),
    Reason.DISPUTE: replace(LIANG, disputed=True),
    Reason.OPTED_OUT: replace(LIANG, said=dict.fromkeys(ALL, Said.WITHDRAWN)),
    Reason.NOT_ASKED: replace(LIANG, said={}, asked=False),
    Reason.NO_ADDRESS: replace(LIANG, reachable=frozenset()),
}
"""One who is stopped by just this reason."""

KINDS_STOPPED = {
    Reason.LATE: set(RANKS),
    Reason.MERGED: set(RANKS) - {"condolence", "thanks"},
    Reason.RESTRICTED: set(RANKS),
    Reason.DECEASED: set(RANKS),
    Reason.STRUCK: {"thanks"},
    Reason.THANKED: {"thanks"},
    Reason.MOURNING: set(RANKS) - {"condolence", "thanks"},
    Reason.BEREAVED: set(RANKS) - {"condolence", "thanks"},
    Reason.QUIET: set(RANKS) - {"condolence", "thanks"},
    Reason.DISPUTE: set(RANKS) - {"thanks"},
    Reason.OPTED_OUT: set(RANKS) - {"condolence", "thanks"},
    Reason.NOT_ASKED: set(RANKS) - {"condolence", "thanks"},
    Reason.NO_ADDRESS: set(RANKS) - {"condolence"},
    Reason.HOUSEHOLD: set(RANKS),
    Reason.JUST_GREETED: set(RANKS) - set(PERSONAL),
    Reason.CAP: set(RANKS) - set(PERSONAL),
}


def stopped_by(
    reasons: set[Reason], kind: str
) -> tuple[LetterFacts, PersonFacts, list[Greeted], DayContext]:
    """A letter of this kind to somebody for whom all these reasons hold."""
    person, letter, day = LIANG, a_letter(kind), TODAY
    history: list[Greeted] = []
    for reason in reasons & STOPPED.keys():
        for name in ("merged_into", "status", "struck", "thanked", "condoled_on", "wish",
                     "disputed", "said", "asked", "reachable"):  # fmt: skip
            value = getattr(STOPPED[reason], name)
            if value != getattr(LIANG, name):
                person = replace(person, **{name: value})
    if Reason.LATE in reasons:
        letter = replace(letter, expires_on=DAY - timedelta(days=1))
    if Reason.MOURNING in reasons:
        day = replace(day, mourning=frozenset({DAY}))
    if Reason.HOUSEHOLD in reasons:
        day = replace(day, silent=frozenset({letter.id}))
    if Reason.JUST_GREETED in reasons:
        history = [went(1, "school")]
    if Reason.CAP in reasons:
        history = [*history, *(went(days) for days in range(4, 8))]
    return letter, person, history, day


def test_a_letter_to_somebody_who_wishes_it_goes() -> None:
    for kind in RANKS:
        assert judge(a_letter(kind), LIANG, (), TODAY) is None


@pytest.mark.parametrize("reason", Reason)
def test_each_reason_stops_just_the_letters_it_is_meant_for(reason: Reason) -> None:
    stopped = set()
    for kind in RANKS:
        letter, person, history, day = stopped_by({reason}, kind)
        found = judge(letter, person, history, day)
        assert found in (reason, None)
        stopped |= {kind} if found else set()
    assert stopped == KINDS_STOPPED[reason]


def test_the_reasons_are_asked_in_the_order_of_the_rules() -> None:
    table = RULES.read_text("utf-8").split("## Why somebody is not greeted")[1].split("\n## ")[0]
    assert re.findall(r"^\| `(\w+)` \|", table, re.M) == list(CHECKS) == list(Reason)


IMPOSSIBLE = ({Reason.RESTRICTED, Reason.DECEASED}, {Reason.OPTED_OUT, Reason.NOT_ASKED})
"""Nobody's number stands in two ways at once; who was never asked did not opt out."""


@pytest.mark.parametrize("first", Reason)
@pytest.mark.parametrize("second", Reason)
def test_of_two_reasons_the_first_is_told(first: Reason, second: Reason) -> None:
    places = list(Reason)
    if places.index(first) >= places.index(second) or {first, second} in IMPOSSIBLE:
        return
    for kind in RANKS:
        if kind in KINDS_STOPPED[first] & KINDS_STOPPED[second]:
            letter, person, history, day = stopped_by({first, second}, kind)
            assert judge(letter, person, history, day) is first


@pytest.mark.parametrize(
    ("kind", "days", "reason"),
    [
        ("festival", 0, None),
        ("festival", 1, Reason.LATE),
        ("term", 1, Reason.LATE),
        ("school", 3, None),
        ("school", 4, Reason.LATE),
        ("milestone", 7, None),
        ("milestone", 8, Reason.LATE),
        ("birthday", 3, None),
        ("birthday", 4, Reason.LATE),
        ("thanks", 30, None),
        ("thanks", 31, Reason.LATE),
        ("condolence", 3, None),
        ("condolence", 4, Reason.LATE),
    ],
)
def test_it_goes_up_to_its_last_day(kind: str, days: int, reason: Reason | None) -> None:
    assert judge(a_letter(kind), LIANG, (), DayContext(DAY + timedelta(days=days))) is reason


@pytest.mark.parametrize(
    ("days_before", "reason"), [(-1, None), (0, Reason.BEREAVED), (7, Reason.BEREAVED), (8, None)]
)
def test_seven_days_after_a_condolence_are_quiet(days_before: int, reason: Reason | None) -> None:
    bereaved = replace(LIANG, condoled_on=(DAY - timedelta(days=days_before), date(2020, 1, 1)))
    assert judge(a_letter("birthday"), bereaved, (), TODAY) is reason


@pytest.mark.parametrize(("days", "reason"), [(-1, None), (0, Reason.QUIET), (1, Reason.QUIET)])
def test_quiet_lasts_to_its_last_day(days: int, reason: Reason | None) -> None:
    quiet = replace(LIANG, wish=Wish(quiet_until=DAY + timedelta(days=days)))
    assert judge(a_letter(), quiet, (), TODAY) is reason


@pytest.mark.parametrize(
    ("other", "days_before", "silent"),
    [
        ("festival", 0, False),  # of one rank the earlier in the list, not itself
        ("festival", 1, True),
        ("festival", 3, True),
        ("festival", 4, False),
        ("festival", -1, False),
        ("term", 0, False),
        ("term", 1, False),
        ("term", -1, False),
        ("school", 0, True),
        ("school", 3, True),
        ("school", 4, False),
        ("school", -1, True),
        ("school", -3, True),
        ("school", -4, False),
        ("birthday", 0, True),
        ("birthday", 3, True),
        ("birthday", 4, False),
        ("birthday", -1, False),
        ("thanks", 2, True),
        ("condolence", -2, False),
    ],
)
def test_a_festival_is_silent_beside_what_counts_more_within_three_days(
    other: str, days_before: int, silent: bool
) -> None:
    """Of two that are not personal the lower rank goes; a personal one silences what follows."""
    found = judge(a_letter(), LIANG, [went(days_before, other)], TODAY)
    assert found is (Reason.JUST_GREETED if silent else None)


@pytest.mark.parametrize(
    ("kind", "mourned", "disputed", "waits"),
    [
        ("thanks", False, False, None),
        ("thanks", True, False, Reason.MOURNING),
        ("thanks", False, True, Reason.DISPUTE),
        ("thanks", True, True, Reason.MOURNING),
        ("birthday", True, True, None),
        ("condolence", True, True, None),
    ],
)
def test_a_thank_you_waits_where_others_are_stopped(
    kind: str, mourned: bool, disputed: bool, waits: Reason | None
) -> None:
    person, day = replace(LIANG, disputed=disputed), MOURNING if mourned else TODAY
    assert waits_for(a_letter(kind), person, day) is waits
    stopped = judge(a_letter(kind), person, (), day)
    assert (stopped is None) == (kind == "thanks" or (kind == "condolence" and not disputed))


@pytest.mark.parametrize("kind", [kind for kind in RANKS if kind != "term"])
def test_of_two_letters_of_a_day_the_lower_rank_goes(kind: str) -> None:
    assert judge(a_letter("term"), LIANG, [went(0, kind)], TODAY) is Reason.JUST_GREETED
    assert judge(a_letter(kind), LIANG, [went(0, "term")], TODAY) is None


def test_of_equal_rank_the_earlier_in_the_list_goes() -> None:
    earlier, later = a_letter(order=(6, 3)), a_letter(order=(6, 4), occasion="later")
    assert judge(later, LIANG, [replace(went(0), order=(6, 3))], TODAY) is Reason.JUST_GREETED
    assert judge(earlier, LIANG, [replace(went(0), order=(6, 4))], TODAY) is None


@pytest.mark.parametrize(("before", "reason"), [(3, None), (4, Reason.CAP), (5, Reason.CAP)])
@pytest.mark.parametrize("kind", ["birthday", "thanks", "festival"])
def test_four_letters_in_a_month_are_enough(before: int, reason: Reason | None, kind: str) -> None:
    history = [went(days, kind) for days in range(4, 4 + before)]
    assert judge(a_letter(), LIANG, history, TODAY) is reason


def test_the_month_is_that_of_the_calendar() -> None:
    fifth_of_november = DayContext(date(2026, 11, 5))
    letter = a_letter(on_day=fifth_of_november.today)
    assert judge(letter, LIANG, [went(days) for days in range(8)], fifth_of_november) is None
    last_october = [went(days - 365) for days in range(4, 8)]
    assert judge(a_letter(), LIANG, last_october, TODAY) is None
    assert judge(a_letter(), LIANG, [went(days) for days in range(4, 8)], TODAY) is Reason.CAP


def test_a_letter_does_not_hinder_its_own_resend() -> None:
    first = a_letter()
    again = replace(first, n=1)
    own = replace(went(0), what=first.what, order=first.order)
    assert judge(again, LIANG, [own], DayContext(DAY)) is None


def test_thanks_ordered_once_more_are_not_stopped_by_the_thanks_that_were_said() -> None:
    thanked = replace(LIANG, thanked=frozenset({7}))
    assert judge(a_letter("thanks", about=7), thanked, (), TODAY) is Reason.THANKED
    assert judge(a_letter("thanks", about=7, n=1), thanked, (), TODAY) is None
    assert judge(a_letter("thanks", about=8), thanked, (), TODAY) is None


def test_thanks_and_condolences_ask_for_no_consent() -> None:
    never_asked = replace(LIANG, said={}, asked=False)
    for kind in ("thanks", "condolence"):
        assert judge(a_letter(kind), never_asked, (), TODAY) is None
    assert judge(a_letter("birthday"), never_asked, (), TODAY) is Reason.NOT_ASKED


@pytest.mark.parametrize(
    ("letter", "group", "history", "day", "reason"),
    [
        (a_letter(), GroupFacts(1, "云麓校友群"), [], TODAY, None),
        (a_letter(), GroupFacts(1, "云麓校友群", ended_on=DAY), [], TODAY, Reason.NO_ADDRESS),
        (a_letter(), GroupFacts(1, "云麓校友群", ended_on=NEXT_DAY), [], TODAY, None),
        (a_letter(), GroupFacts(1, "云麓校友群"), [went(3)], TODAY, Reason.JUST_GREETED),
        (a_letter(), GroupFacts(1, "云麓校友群"), [], MOURNING, Reason.MOURNING),
        (a_letter(), GroupFacts(1, "云麓校友群"), [], DayContext(NEXT_DAY), Reason.LATE),
    ],
)  # fmt: skip
def test_a_group_is_greeted_while_it_lasts(
    letter: LetterFacts,
    group: GroupFacts,
    history: list[Greeted],
    day: DayContext,
    reason: Reason | None,
) -> None:
    assert judge(letter, group, history, day) is reason


def test_a_folder_needs_no_address() -> None:
    nowhere = replace(LIANG, reachable=frozenset())
    assert judge(a_letter(named=Way.FOLDER), nowhere, (), TODAY) is None
    assert judge(a_letter(), nowhere, (), TODAY) is Reason.NO_ADDRESS
