"""What falls due is judged: it becomes ready by a channel, is silenced with its reason, or late."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from donflow.domain.actor import Actor
from donflow.outbox.acts import change
from donflow.outbox.evidence import apply
from donflow.outbox.fencing import stop
from donflow.outbox.handoff_index import bring_up, handoffs_of
from donflow.outbox.hands import LATE, Hands, Verdict
from donflow.outbox.keys import message_id_of
from donflow.outbox.models import IS_WAITING, WAITING, Letter, LetterState
from donflow.outbox.states import Event
from donflow.store.outcome import Stopped, StoppedMeanwhile
from donflow.store.session import Store, reading, unit_of_work

LOG = logging.getLogger("donflow")
AT_ONCE: Final = 200
FIRST_PLACE_ON_EARTH: Final = timedelta(hours=14)
"""Where a day begins first, it does so so long before it does in UTC."""


@dataclass
class Readied:
    """The numbers of letters: ready now, silenced by which reason, expired, failed."""

    ready: list[int] = field(default_factory=list)
    silenced: dict[str, list[int]] = field(default_factory=dict)
    failed: list[int] = field(default_factory=list)
    proven: list[int] = field(default_factory=list)
    """The hand-off journal knew of these what the database did not."""


def ready_due(
    store: Store, home: Path, *, hands: Hands, now: datetime, actor: Actor | None
) -> Readied:
    """Judge what is due, the letters of one person together, and what is past its last day.

    A letter whose judgement fails is logged by its number and keeps none of the others back. What
    the hand-off journal proves of a letter, that the database does not know, is taken from there.
    """
    done = Readied()
    due = _groups(store, _is_due(now))
    if due:
        bring_up(home)
    for numbers in due:
        _each(store, numbers, done, lambda some: _ready(store, some, hands, home, done, now, actor))
    for numbers in _groups(store, _may_be_late(now)):
        _each(store, numbers, done, lambda some: _expire(store, some, hands, done, now, actor))
    return done


def due_letters(now: datetime) -> ColumnElement[bool]:
    """What the clock looks at: waiting, due, whatever else is missing."""
    return and_(IS_WAITING, Letter.due_at <= now)


def _is_due(now: datetime) -> ColumnElement[bool]:
    return due_letters(now) & Letter.state.in_([LetterState.PLANNED, LetterState.RETRY_WAIT])


def _may_be_late(now: datetime) -> ColumnElement[bool]:
    """Past its last day where on Earth a day ends first; the judgement knows better."""
    begins_first = (now + FIRST_PLACE_ON_EARTH).date()
    return due_letters(now) & (Letter.expires_on < begins_first)


def _groups(store: Store, due: ColumnElement[bool]) -> list[list[int]]:
    """The numbers in groups that are judged together: all letters of one person are in one."""
    query = (
        select(Letter.id, Letter.addressee_kind, Letter.addressee_id)
        .where(due)
        .order_by(Letter.addressee_kind, Letter.addressee_id, Letter.id)
    )
    with reading(store) as session:
        rows = session.execute(query).all()
    groups: list[list[int]] = []
    last = None
    for number, *addressee in rows:
        if not groups or (len(groups[-1]) >= AT_ONCE and addressee != last):
            groups.append([])
        groups[-1].append(number)
        last = addressee
    return groups


def _each(
    store: Store, numbers: list[int], done: Readied, act: Callable[[Sequence[int]], None]
) -> None:
    """All together; if that fails each alone."""
    try:
        act(numbers)
        return
    except (Stopped, StoppedMeanwhile):
        raise
    except Exception as failure:
        LOG.error("letters=%d judged=%s", len(numbers), type(failure).__name__)
    for number in numbers:
        try:
            act([number])
        except (Stopped, StoppedMeanwhile):
            raise
        except Exception as failure:
            LOG.error("letter=%d judged=%s", number, type(failure).__name__)
            done.failed.append(number)


def _ready(
    store: Store,
    numbers: Sequence[int],
    hands: Hands,
    home: Path,
    done: Readied,
    now: datetime,
    actor: Actor | None,
) -> None:
    ready: dict[tuple[LetterState, str, bool], list[int]] = defaultdict(list)
    silenced: list[tuple[str, int]] = []
    with unit_of_work(store) as session:
        letters = _locked(session, numbers, [LetterState.PLANNED, LetterState.RETRY_WAIT])
        verdicts = hands.judge(session, letters)
        own = {letter.id: message_id_of(letter, hands.domain) for letter in letters}
        known = handoffs_of(home, own.values())
        for letter in letters:
            verdict, message_id = verdicts[letter.id], own[letter.id]
            handed = known.later_than(message_id, letter.attempts)
            if handed is not None:
                LOG.warning("letter=%d proven=%s", letter.id, handed.outcome)
                apply(session, letter, message_id, handed, actor=actor, now=now)
                done.proven.append(letter.id)
            elif verdict.reason is not None:
                stop(session, letter, verdict.reason, actor=actor, now=now)
                silenced.append((verdict.reason, letter.id))
            elif verdict.waits:
                if verdict.again_at is not None:
                    columns = {"due_at": verdict.again_at}
                    state = LetterState(letter.state)
                    change(session, Event.WAIT, [letter.id], states=[state], columns=columns)
            else:
                channel = _channel(letter, verdict)
                other = letter.channel not in (None, channel)
                ready[LetterState(letter.state), channel, other].append(letter.id)
        for (state, channel, other), ids in ready.items():
            chosen: dict[str, object] = {"channel": channel, "reason": None}
            if other:
                chosen |= {"body": None, "body_digest": None}
            change(session, Event.DUE, ids, states=[state], columns=chosen)
    for ids in ready.values():
        done.ready += ids
    for reason, number in silenced:
        done.silenced.setdefault(reason, []).append(number)


def _expire(
    store: Store,
    numbers: Sequence[int],
    hands: Hands,
    done: Readied,
    now: datetime,
    actor: Actor | None,
) -> None:
    late: list[int] = []
    with unit_of_work(store) as session:
        letters = _locked(session, numbers, WAITING)
        verdicts = hands.judge(session, letters)
        for letter in letters:
            if verdicts[letter.id].reason == LATE:
                stop(session, letter, LATE, actor=actor, now=now)
                late.append(letter.id)
    if late:
        done.silenced.setdefault(LATE, []).extend(late)


def _locked(
    session: Session, numbers: Sequence[int], states: Sequence[LetterState]
) -> list[Letter]:
    """Those that still stand so and that nobody else is just looking at."""
    query = select(Letter).where(Letter.id.in_(numbers), Letter.state.in_(states))
    query = query.order_by(Letter.id).with_for_update(skip_locked=True)
    return list(session.scalars(query))


def _channel(letter: Letter, verdict: Verdict) -> str:
    """By which channel it goes; for another than it was written for it is written anew."""
    channel = verdict.channel or letter.channel
    if channel is None:
        raise AssertionError("a letter that may go has a channel")
    return str(channel)
