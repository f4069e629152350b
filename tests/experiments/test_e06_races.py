"""E06: eight leaders decline the same gift in the same moment: one does, seven learn who and when.

Each is a process with its office open, and types the command. Each has a clock a minute beside the
others', so that an answer names who won by name and by time. Half of them say with `--seen` what
they had looked at. The checker is seen to bite where writers do not queue, and where the database
is asked without its locks and versions.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from donflow.bootstrap import OpenOffice
from donflow.gifts.models import Gift
from donflow.gifts.register import new_gift
from donflow.store.session import _sqlite, unit_of_work
from donflow.store.workflows import current_version
from tests import databases
from tests.experiments.many_desks import (
    display_name,
    processes,
    refusals,
    shared_office,
    username,
)
from tests.experiments.taking_up import NOW, open_desk
from tests.experiments.under_way import SECRETARY
from tests.journeys.desk import Answer, Desk

RACERS = 8
GIFTS = 300
TOLD = {"stale", "not_from_here"}

Break = Callable[[OpenOffice], OpenOffice]


@dataclass(frozen=True)
class Attempt:
    """What one racer was answered about one gift: its exit code, and all that it was told."""

    gift: int
    racer: int
    code: int
    said: str = ""
    codes: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Move:
    """What the journal says: who moved the gift."""

    gift: int
    racer: str


def faults(attempts: Sequence[Attempt], moves: Sequence[Move]) -> list[str]:
    """Gifts not won by just one, wins without their event, losers not told who won, and when."""
    found = []
    for gift in sorted({attempt.gift for attempt in attempts}):
        mine = [attempt for attempt in attempts if attempt.gift == gift]
        winners = [attempt.racer for attempt in mine if attempt.code == 0]
        journalled = [move.racer for move in moves if move.gift == gift]
        if len(winners) != 1:
            found.append(f"gift {gift} was won {len(winners)} times")
        if sorted(journalled) != sorted(map(username, winners)):
            found.append(f"gift {gift} was won by {winners}, the journal says {journalled}")
        for loser in (attempt for attempt in mine if attempt.code != 0):
            if loser.code != 2 or not loser.codes <= TOLD:
                found.append(f"gift {gift}: {loser.code} {loser.said}")
            elif not any(
                display_name(racer) in loser.said and clock(racer) in loser.said
                for racer in winners
            ):
                found.append(f"gift {gift}: a loser is not told who and when: {loser.said}")
    return found


def clock(racer: int) -> str:
    return f"10:0{racer}"


@pytest.fixture
def desk(backend: str, tmp_path: Path) -> Iterator[Desk]:
    folder = tmp_path / "desk"
    desk = shared_office(folder, databases.new_database(backend, folder), leaders=RACERS)
    yield desk
    desk.discard()


@databases.both
def test_of_eight_who_make_the_same_step_one_does_and_seven_learn_who_and_when(
    desk: Desk,
    backend: str,
    points: Callable[[int], int],
    figures: Callable[[str, str], None],
) -> None:
    gifts, began = points(GIFTS), time.monotonic()
    register(desk, gifts)

    attempts = race(desk, gifts)

    took = time.monotonic() - began
    assert len(attempts) == gifts * RACERS
    assert faults(attempts, moves(desk)) == []
    assert desk("verify --json").data["findings"] == []
    stale = sum("stale" in attempt.codes for attempt in attempts)
    figures(
        "E06",
        f"{backend}: {RACERS} processes, {gifts} gifts, {len(attempts)} attempts:"
        f" {sum(attempt.code == 0 for attempt in attempts)} wins, {stale} told that the gift was"
        f" changed, {len(attempts) - gifts - stale} that it was moved, each by whom and when;"
        f" 0 lock errors, {took:.0f} s",
    )


@databases.only_sqlite("the writers' queue is SQLite's")
def test_without_the_writers_queue_the_checker_bites(desk: Desk) -> None:
    register(desk, 3)

    attempts = race(desk, 3, without_queue)

    assert [fault for fault in faults(attempts, moves(desk)) if "in_use" in fault]


@databases.only_postgresql("locks and versions are asked for there; SQLite's writers queue")
def test_without_locks_and_versions_the_checker_bites(desk: Desk) -> None:
    register(desk, 3)

    attempts = race(desk, 3, without_checks)

    assert [fault for fault in faults(attempts, moves(desk)) if "times" in fault]


WON = Attempt(1, 3, 0)
LOST = Attempt(1, 4, 2, f"{display_name(3)} … {clock(3)}", frozenset({"stale"}))


@pytest.mark.parametrize(
    ("attempts", "journal"),
    [
        ([LOST], []),
        ([WON, replace(WON, racer=4)], [3, 4]),
        ([WON, LOST], []),
        ([WON, LOST], [3, 3]),
        ([WON, LOST], [4]),
        ([WON, replace(LOST, said=display_name(3))], [3]),
        ([WON, replace(LOST, said=f"{display_name(4)} {clock(4)}")], [3]),
        ([WON, replace(LOST, code=1)], [3]),
        ([WON, replace(LOST, codes=frozenset({"in_use"}))], [3]),
    ],
    ids=["nobody", "two", "no event", "two events", "another", "no time", "a wrong name", "a fall",
         "a lock"],
)  # fmt: skip
def test_the_checker_bites(attempts: list[Attempt], journal: list[int]) -> None:
    assert faults([WON, LOST], [Move(1, username(3))]) == []
    assert faults(attempts, [Move(1, username(racer)) for racer in journal])


def register(desk: Desk, count: int) -> None:
    """So many intents, each just heard of."""
    opened = open_desk(desk)
    with unit_of_work(opened.store) as session:
        version = current_version(session)
        machine = opened.office.machine(session, version, Gift.lifecycle)
        for _ in range(count):
            new_gift(
                session, machine, version, kind="cash", channel="phone",
                heard_on=opened.office.today(NOW), calendar=opened.office.calendar,
                actor=SECRETARY, now=NOW,
            )  # fmt: skip
    opened.close()


def race(desk: Desk, gifts: int, broken: Break | None = None) -> list[Attempt]:
    """All racers on one gift after the other; what each was answered."""
    start, told = processes.Barrier(RACERS), processes.Queue()
    racers = [
        processes.Process(target=_run, args=(desk, racer, gifts, start, told, broken))
        for racer in range(RACERS)
    ]
    for process in racers:
        process.start()
    attempts = [attempt for _ in racers for attempt in told.get(timeout=900)]
    for process in racers:
        process.join()
    assert [process.exitcode for process in racers] == [0] * RACERS
    return attempts


def moves(desk: Desk) -> list[Move]:
    """Read past donflow."""
    rows = desk.sql(
        "SELECT subject_id, username FROM journal_event JOIN user_account"
        " ON user_account.id = user_id WHERE subject_type = 'gift' AND action = 'moved'"
    )
    return [Move(*row) for row in rows]


def _run(desk: Desk, racer: int, gifts: int, start: Any, told: Any, broken: Break | None) -> None:
    attempts: list[Attempt] = []
    try:
        opened = open_desk(desk)
        own = replace(
            desk,
            environment={"DONFLOW_NOW": f"{desk.day}T{clock(racer)}:00+08:00"},
            _offices={desk.home: broken(opened) if broken else opened},
        )
        own("gift list", as_=username(racer))
        attempts += [_attempt(own, racer, gift, start) for gift in range(1, gifts + 1)]
        own.close()
    except BaseException:
        start.abort()  # nobody waits for who fell
        raise
    finally:
        told.put(attempts)


def _attempt(desk: Desk, racer: int, gift: int, start: Any) -> Attempt:
    line = f"gift advance {gift} decline --reason 附带条件 --json"
    line += " --seen 1" if (racer + gift) % 2 else ""
    start.wait(timeout=120)
    answer = desk(line, as_=username(racer), code=None)
    if answer.code == 0:
        return Attempt(gift, racer, 0)
    return Attempt(gift, racer, answer.code, answer.err, _codes(answer))


def _codes(answer: Answer) -> frozenset[str]:
    return frozenset(refusal["code"] for refusal in refusals(answer))


def without_queue(opened: OpenOffice) -> OpenOffice:
    """Writers that do not queue, and begin as readers do."""
    writer = _sqlite(str(opened.store.writer.url), "BEGIN")
    event.listen(writer, "before_cursor_execute", _slowly)
    return replace(opened, store=replace(opened.store, writer=writer, queue=nullcontext))


def without_checks(opened: OpenOffice) -> OpenOffice:
    """Rows of gifts are neither locked when they are read nor compared when they are written."""
    event.listen(opened.store.writer, "before_cursor_execute", _slowly)
    event.listen(opened.store.writer, "before_cursor_execute", _unchecked, retval=True)
    return opened


def _slowly(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
    """So that all have read before the first writes."""
    if statement.startswith("UPDATE gift"):
        time.sleep(0.1)


def _unchecked(
    _connection: object, _cursor: object, statement: str, parameters: Any, *_rest: object
) -> tuple[str, Any]:
    if "FROM gift" in statement:
        statement = statement.removesuffix(" FOR UPDATE")
    if statement.startswith("UPDATE gift"):
        statement = re.sub(r" AND gift\.row_version = \S+$", "", statement)
    return statement, parameters
