"""The clock: wakes, asks what time brings, and sleeps; what is due and done is in the tables."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from donflow.accounts.orders import expire
from donflow.accounts.users import actor_of, get_user
from donflow.domain.actor import Actor, Role
from donflow.errors import Sentence
from donflow.gifts.models import Gift
from donflow.gifts.register import all_gifts
from donflow.lifecycle.delivering import Outbox, run_outbox
from donflow.lifecycle.digests import Tell
from donflow.lifecycle.erasing import finish_erasures
from donflow.lifecycle.instance import is_held
from donflow.lifecycle.office import Office
from donflow.lifecycle.paying import bring_what_time_brings, gifts_that_time_moves
from donflow.roster.search.keeping import is_in_step, rebuild
from donflow.store.interrupted import noted
from donflow.store.outcome import OutcomeUnknown, Stopped, StoppedMeanwhile
from donflow.store.session import Store, reading, unit_of_work
from donflow.vault.deposit import QUARANTINE
from donflow.vault.quarantine import delete_old

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

TICK_MINUTES = 15
LOG = logging.getLogger("donflow")


@dataclass(frozen=True)
class Tick:
    """What one waking did: gifts moved (number and step), and orders that ran out of time.

    `failed` are the numbers of gifts whose step failed; the log has one line for each. Of those
    in `unknown` nobody can say whether they moved: the database does not answer.
    """

    moved: tuple[tuple[str, str], ...]
    orders_expired: int
    failed: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    held: Sentence | None = None
    """Why nothing was asked at all: this may be a copy of the office."""
    outbox: Outbox = field(default_factory=Outbox)
    """What became of the letters."""


def tick(
    office: Office,
    store: Store,
    *,
    username: str,
    now: datetime,
    clock: Callable[[], datetime] | None = None,
    tell: Tell | None = None,
) -> Tick:
    """Ask once what time brings; safe to ask twice and on several machines.

    All gifts are looked at in one reading; each that has a step ready is its own unit of work, so
    that one that fails keeps none of the others back. What the clock does is recorded under the
    user whose desk it runs at, acting in the role `time`; orders that ran out under no user.
    An office that is held is left as it is, but that its letters are held as well. `clock` is
    asked while letters are handed over, which takes time; without it `now` stands still. `tell`
    says what users are told in the digest of the day.
    """
    clock = clock or (lambda: now)
    with reading(store) as session:
        held = is_held(session, office)
    if held is not None:
        LOG.info("tick held=true")
        return Tick((), 0, held=held, outbox=_outbox(office, store, username, clock, tell))
    note = partial(noted, office.home, command="scheduler", user=username, at=now)
    with note() as announce, unit_of_work(store, announce) as session:
        orders = len(expire(session, now))
    steps = _tidy(office, store, now)
    with reading(store) as session:
        actor = _clock(session, office, username, now)
        try:
            ready = gifts_that_time_moves(session, office, actor=actor, now=now)
        except Exception as failure:  # then each is looked at in its own unit
            LOG.error("tick gifts=all failure=%s", type(failure).__name__)
            ready = all_gifts(session)
        waiting = [(gift.id, gift.number) for gift in ready]
    moved: list[tuple[str, str]] = []
    failed: list[str] = []
    unknown: list[str] = []
    for gift_id, number in waiting:
        try:
            with note() as announce, unit_of_work(store, announce) as session:
                gift = session.get_one(Gift, gift_id, with_for_update=True)
                actor = _clock(session, office, username, now)
                step = bring_what_time_brings(session, office, gift, actor=actor, now=now)
        except (Stopped, StoppedMeanwhile):
            raise
        except OutcomeUnknown:
            LOG.error("tick gift=%s outcome=unknown", number)
            unknown.append(number)
        except Exception as failure:  # whatever it is, the other gifts have their turn
            LOG.error("tick gift=%s failure=%s", number, type(failure).__name__)
            failed.append(number)
        else:
            if step is not None:
                moved.append((number, step))
    # Last: a payment that time confirmed has its thanks planned before.
    outbox = _outbox(office, store, username, clock, tell)
    outbox.failed[:0] = steps
    return Tick(tuple(moved), orders, tuple(failed), tuple(unknown), outbox=outbox)


def _tidy(office: Office, store: Store, now: datetime) -> list[str]:
    """What keeps nothing else back if it fails; the names of the steps that did."""

    def search() -> None:
        with reading(store) as session:
            searchable = is_in_step(session)
        if not searchable:
            LOG.info("search lines=%d", rebuild(store))

    def quarantine() -> None:
        removed = delete_old(office.home / QUARANTINE, today=now.date())
        if removed:
            LOG.info("quarantine removed=%d", removed)

    steps: dict[str, Callable[[], None]] = {
        "erasures": lambda: finish_erasures(office, store),
        "search": search,
        "quarantine": quarantine,
    }
    failed = []
    for name, act in steps.items():
        try:
            act()
        except (Stopped, StoppedMeanwhile):
            raise
        except Exception as failure:
            LOG.error("tick step=%s failure=%s", name, type(failure).__name__)
            failed.append(name)
    return failed


def _outbox(
    office: Office,
    store: Store,
    username: str,
    clock: Callable[[], datetime],
    tell: Tell | None,
) -> Outbox:
    with reading(store) as session:
        actor = _clock(session, office, username, clock())
    return run_outbox(office, store, clock_of=clock, actor=actor, tell=tell)


def _clock(session: Session, office: Office, username: str, now: datetime) -> Actor:
    user = actor_of(get_user(session, username), today=office.today(now))
    return Actor(user.user_id, frozenset({Role.TIME}), Role.TIME)


def run_forever(wake: Callable[[], None]) -> None:
    """Wake every quarter of an hour until stopped; APScheduler is only the clock."""
    from apscheduler.schedulers.blocking import BlockingScheduler  # only this command needs it

    scheduler = BlockingScheduler(timezone="UTC")
    scheduler.add_job(
        wake,
        "interval",
        minutes=TICK_MINUTES,
        coalesce=True,
        max_instances=1,
        misfire_grace_time=None,
    )
    wake()
    scheduler.start()
