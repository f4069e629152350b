"""A persisted advance of a gift beside bare drivers making the very same reads and writes.

The statements of each act are written down on a copy of the database and sent again, by sqlite3
or psycopg, on another copy: same reads, same writes, same durable commit, no reasoning. Two acts
are compared: the move alone (facts at hand), and the whole act with its user, scope, facts,
guards, history, journal and request key.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import count
from pathlib import Path

from sqlalchemy.orm import Session

from benchmarks.copying import copied, opened_desk
from benchmarks.measuring import Figure, Rounds, Work, in_turn, missing
from benchmarks.replaying import Statement, bare_driver, written_down
from donflow.accounts.users import actor_of, get_user
from donflow.bootstrap import OpenOffice
from donflow.gifts.models import Gift
from donflow.lifecycle.advance import attempt_on, gift_machine
from donflow.store.moving import move
from donflow.store.requests import blinded, first_outcome, keep_outcome
from donflow.store.session import journal_mode, unit_of_work
from tests import databases
from tests.cast import LIN
from tests.experiments.taking_up import ACT, NOW, take_up
from tests.experiments.waiting_gifts import DAY, STEP, many_gifts
from tests.journeys.desk import Desk, Workshop

TIMES, ROUNDS = 10, 9
COUNT = TIMES * (ROUNDS + 1)
"""Each act is done once on a gift of its own, with one round to grow warm."""

Act = Callable[[OpenOffice, int], None]


def measure(folder: Path) -> list[Figure]:
    figures = _on("sqlite", folder)
    try:
        import psycopg  # noqa: F401
    except ModuleNotFoundError:
        return [*figures, missing("psycopg", "an advance on PostgreSQL", "≤ 2")]
    from benchmarks.durable_postgresql import durable_postgresql

    with durable_postgresql() as found:
        if not found:
            return [*figures, missing("PostgreSQL", "an advance on PostgreSQL", "≤ 2")]
        return [*figures, *_on("postgresql", folder)]


def _on(backend: str, folder: Path) -> list[Figure]:
    workshop = Workshop(folder / backend)
    desk = workshop.copy("intent", folder / f"{backend}-desk", backend)
    many_gifts(desk, COUNT)
    mover = _mover(desk)
    mode = "+".join(journal_mode()) if backend == "sqlite" else "durable"
    driver, goal = ("sqlite3", 2.5) if backend == "sqlite" else ("psycopg", 2.0)
    figures = [
        _beside_the_driver(f"{what}, {backend} ({mode}) : {driver}, the same SQL", goal, desk, act)
        for what, act in (("the move of a gift", mover), ("the whole act", take_up))
    ]
    figures.append(_typed(desk, backend))
    if backend == "postgresql":
        figures.append(_beside_django(desk, mover))
    desk.discard()
    workshop.close()
    return figures


def _beside_the_driver(what: str, goal: float, desk: Desk, act: Act) -> Figure:
    statements = _statements(desk, act)
    waited = _raced(desk, act, statements, time.perf_counter)
    worked = _raced(desk, act, statements, time.process_time)
    ratio, cpu = waited.ratio("donflow", "bare"), worked.added("donflow", "bare")
    return Figure(
        what,
        f"≤ {goal}, or added CPU ≤ 1 ms",
        f"{ratio:.2f} ({waited.ms('donflow')} : {waited.ms('bare')});"
        f" added CPU {cpu:.2f} ms; {len(statements[-1])} statements",
        ratio <= goal or cpu <= 1,
    )


def _statements(desk: Desk, act: Act) -> list[list[Statement]]:
    """What donflow sends for each gift, written down on a copy."""
    noted = []
    with copied(desk) as copy, opened_desk(copy) as opened:
        for number in range(1, COUNT + 1):
            with written_down(opened.store.writer) as sent:
                act(opened, number)
            noted.append(sent)
    return noted


def _raced(
    desk: Desk, act: Act, statements: list[list[Statement]], clock: Callable[[], float]
) -> Rounds:
    """The act on one copy and its statements, bare, on another."""
    own_numbers, other_numbers = count(1), count(0)
    with copied(desk) as own, copied(desk) as other, opened_desk(own) as opened:
        send, close = bare_driver(other.url)
        variants: dict[str, Work] = {
            "donflow": lambda: act(opened, next(own_numbers)),
            "bare": lambda: send(statements[next(other_numbers)]),
        }
        rounds = in_turn(variants, times=TIMES, rounds=ROUNDS, clock=clock)
        close()
    return rounds


def _mover(desk: Desk) -> Act:
    """The move alone: what decides it was gathered before."""
    with opened_desk(desk) as opened, Session(opened.store.reader) as session:
        office = opened.office
        actor = actor_of(get_user(session, LIN.username), today=office.today(NOW))
        attempts = {
            number: attempt_on(session, office, session.get_one(Gift, number), actor=actor, now=NOW)
            for number in range(1, COUNT + 1)
        }

    def act(opened: OpenOffice, number: int) -> None:
        office, key = opened.office, f"move-{number}"
        arguments = blinded(office.keys, {"gift": number})
        with unit_of_work(opened.store) as session:
            assert first_outcome(session, key, ACT, arguments) is None
            gift = session.get_one(Gift, number)
            move(
                session,
                gift,
                gift_machine(session, office, gift),
                STEP,
                attempts[number],
                subject=gift.subject,
                gift_id=gift.id,
                actor=actor,
                now=NOW,
                on=office.today(NOW),
                calendar=office.calendar,
            )
            keep_outcome(session, key, ACT, arguments, {"stage": gift.stage}, now=NOW)

    return act


def _typed(desk: Desk, backend: str) -> Figure:
    numbers = count(1)
    with copied(desk) as copy:
        rounds = in_turn(
            {"typed": lambda: copy(f"gift advance {next(numbers)} {STEP}", day=DAY)},
            times=5,
            rounds=ROUNDS,
        )
    return Figure(
        f"`gift advance` typed in an open office, {backend}", "–", rounds.ms("typed"), None
    )


def _beside_django(desk: Desk, act: Act) -> Figure:
    what, goal = "the move of a gift, postgresql (durable) : django-fsm doing the same", "< 1"
    try:
        from benchmarks.django_peer import django_office
    except ModuleNotFoundError:
        return missing("django or django-fsm-2", what, goal)
    url = databases.new_database("postgresql", desk.folder)
    peer = django_office(url, COUNT)
    own_numbers, peer_numbers = count(1), count(1)
    with copied(desk) as own, opened_desk(own) as opened:
        rounds = in_turn(
            {
                "donflow": lambda: act(opened, next(own_numbers)),
                "django": lambda: peer(next(peer_numbers)),
            },
            times=TIMES,
            rounds=ROUNDS,
        )
    ratio = rounds.ratio("donflow", "django")
    found = f"{ratio:.2f} ({rounds.ms('donflow')} : {rounds.ms('django')})"
    return Figure(what, goal, found, ratio < 1)
