"""Forty people and one year of their lives: every letter and every silence as the table says.

The table (tests/greetings/forty) was written from docs/greetings.md by somebody who read no code;
where the rules were silent, or changed after it, rules_open.md beside it says what was decided.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

import pytest
from sqlalchemy import event

from donflow.greetings import judging
from donflow.greetings.previewing import preview
from donflow.greetings.reasons import Reason
from donflow.outbox.models import LetterState
from donflow.store.session import Store, reading
from donflow.store.verify import verify_store
from tests import databases
from tests.greetings.forty.forty_office import FIRST, SHANGHAI, Forty, open_forty
from tests.greetings.forty.truth import ARGUED, Key, Row, by_hand, expected, people
from tests.greetings.forty.year import Year

LAST = date(2027, 12, 31)
BEFORE_EVENTS = date(2027, 3, 9)
LEFT_OUT = (Reason.RESTRICTED, Reason.QUIET, Reason.HOUSEHOLD, Reason.JUST_GREETED)
"""Reasons that hold for somebody in the first weeks, before anything happens."""

Rows = Mapping[Key, Row]


@dataclass(frozen=True)
class Lived:
    """The year as it went, and what was foreseen of its first weeks, also under broken rules."""

    year: Year
    foreseen: Rows
    broken: Mapping[Reason, Rows]


@pytest.fixture(scope="module")
def lived(
    backend: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Lived]:
    if backend != "sqlite" and not request.config.getoption("--long"):
        pytest.skip("on the second database only with --long")
    folder = tmp_path_factory.mktemp("forty")
    url = None if backend == "sqlite" else databases.new_database(backend, folder)
    forty = open_forty(folder / "office", people(), url)
    if backend == "sqlite":
        _in_haste(forty.opened.store)
    found = foreseen(forty, FIRST, BEFORE_EVENTS)
    broken = {reason: _without(reason, forty) for reason in LEFT_OUT}
    year = Year(forty, people())
    year.live(LAST)
    yield Lived(year, found, broken)
    forty.opened.close()
    if url is not None:
        databases.drop_database(url)


def _in_haste(store: Store) -> None:
    """No power is cut within this year: a thousand commits need not wait for the disk."""

    @event.listens_for(store.writer, "connect")
    def _(connection: Any, _record: object) -> None:
        connection.execute("PRAGMA synchronous = OFF")

    store.writer.dispose()


def foreseen(forty: Forty, now: datetime, through: date) -> Rows:
    """What the preview says of the days up to `through`, as the table says it."""
    office = forty.opened.office
    numbers = {each: number for number, each in forty.groups.items()}
    with reading(forty.opened.store) as session:
        lines = preview(session, office, through=through, now=now)
    found = {}
    for line in lines:
        silent = line.state == LetterState.SUPPRESSED
        number = numbers[line.addressee] if line.addressee_kind == "group" else line.addressee
        found[number, line.occasion, line.on] = Row(
            line.due_at,
            "suppressed" if silent else "sent",
            line.reason or "",
            "" if silent else line.channel or "",
            "" if silent else line.salutation or "",
            "" if silent else by_hand(line.channel or ""),
        )
    return found


def _without(reason: Reason, forty: Forty) -> Rows:
    whole = judging.CHECKS
    left = {each: check for each, check in whole.items() if each is not reason}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(judging, "CHECKS", MappingProxyType(left))
        return foreseen(forty, FIRST, BEFORE_EVENTS)


def differences(found: Rows, wanted: Rows) -> list[str]:
    return [
        f"{key}: {found.get(key)} instead of {wanted.get(key)}"
        for key in sorted(found.keys() | wanted.keys(), key=lambda key: (key[2], key[0], key[1]))
        if found.get(key) != wanted.get(key)
    ]


def test_the_year_goes_as_the_table_says(lived: Lived) -> None:
    wanted = ARGUED.applied(expected("letters.csv"))
    assert differences(lived.year.rows(LAST), wanted) == []


def test_each_mail_left_once_and_the_store_is_as_the_journal_says(lived: Lived) -> None:
    rows = lived.year.rows(LAST).values()
    mails = [row for row in rows if (row.outcome, row.channel) == ("sent", "mail")]
    assert len(lived.year.mailed) == len(set(lived.year.mailed)) == len(mails)
    with reading(lived.year.forty.opened.store) as session:
        assert verify_store(session) == ()


def test_the_preview_of_the_first_weeks_says_what_came_of_them(lived: Lived) -> None:
    wanted = {
        key: row
        for key, row in ARGUED.applied(expected("letters.csv")).items()
        if key[2] <= BEFORE_EVENTS
    }
    assert len(wanted) > 60
    assert differences(lived.foreseen, wanted) == []


@pytest.mark.parametrize("reason", LEFT_OUT)
def test_a_rule_left_out_shows_in_the_table(lived: Lived, reason: Reason) -> None:
    assert differences(lived.broken[reason], lived.foreseen) != []


def test_the_years_beyond_are_foreseen_as_the_table_says(lived: Lived) -> None:
    forty = lived.year.forty
    found: dict[Key, Row] = {}
    for first, through in ((date(2028, 5, 20), date(2028, 6, 30)),
                           (date(2028, 9, 20), date(2028, 10, 3)),
                           (date(2031, 9, 20), date(2031, 10, 1))):  # fmt: skip
        now = datetime(first.year, first.month, first.day, tzinfo=SHANGHAI)
        found |= foreseen(forty, now, through)
    wanted = expected("beyond.csv")
    assert differences({key: found[key] for key in wanted if key in found}, wanted) == []
    birthdays = [key for key in found if key[:2] == (14, "birthday")]
    assert birthdays == [(14, "birthday", date(2028, 5, 26))]
