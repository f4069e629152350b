"""The clock: wakes, asks what time brings, and sleeps; what is due and done is in the tables."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from donflow.accounts.orders import expire
from donflow.accounts.users import actor_of, get_user
from donflow.domain.actor import Actor, Role
from donflow.gifts.models import Gift
from donflow.gifts.register import all_gifts
from donflow.lifecycle.office import Office
from donflow.lifecycle.paying import bring_what_time_brings
from donflow.store.session import Store, unit_of_work

TICK_MINUTES = 15


@dataclass(frozen=True)
class Tick:
    """What one waking did: gifts moved (number and step), and orders that ran out of time."""

    moved: tuple[tuple[str, str], ...]
    orders_expired: int


def tick(office: Office, store: Store, *, username: str, now: datetime) -> Tick:
    """Ask once what time brings; safe to ask twice and on several machines.

    Each gift is its own unit of work, so that one that fails keeps none of the others back.
    """
    with unit_of_work(store) as session:
        orders = len(expire(session, now))
        ids = [gift.id for gift in all_gifts(session)]
    moved: list[tuple[str, str]] = []
    for gift_id in ids:
        with unit_of_work(store) as session:
            gift = session.get_one(Gift, gift_id)
            user = get_user(session, username)
            secretary = actor_of(user, today=office.today(now))
            clock = Actor(secretary.user_id, frozenset({Role.TIME}), Role.TIME)
            step = bring_what_time_brings(session, office, gift, actor=clock, now=now)
            if step is not None:
                moved.append((gift.number, step))
    return Tick(tuple(moved), orders)


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
