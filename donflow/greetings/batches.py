"""Batches: the letters of one occasion on one day, which wait together for a person's word."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, TypeVar

from sqlalchemy import Integer, and_, cast, func, select
from sqlalchemy.orm import Session

from donflow.domain.actor import Actor
from donflow.errors import N_, SeveralWrong, say
from donflow.greetings.brake import is_far_above
from donflow.greetings.laid_out import BY_HAND
from donflow.greetings.models import Rhythm
from donflow.greetings.occurrences import Occurrence
from donflow.outbox.models import Letter, LetterBatch, LetterState, Way
from donflow.store.bulk import Said, among, new_ids, write_rows
from donflow.store.journal import Subject, record

APPROVED: Final = "batch_approved"

Key = tuple[str, date]
"""An occasion on a day."""


class NotApprovable(SeveralWrong):
    code = "not_approvable"
    message = N_("Of these batches some cannot be approved ({count}); nothing was done.")
    remedy = N_("See what waits: donflow greeting batches")


@dataclass(frozen=True)
class OpenBatch:
    """A batch that nobody approved, and why it needs that: the rhythm's rule, or the brake.

    `waiting` counts its letters that have not ended.
    """

    id: int
    occasion: str
    on: date
    no: int
    letters: int
    waiting: int
    forecast: int | None
    asks: bool
    braked: bool


def open_batches(session: Session) -> list[OpenBatch]:
    """The batches that wait for a person, the earliest day first."""
    query = (
        select(LetterBatch, func.count(Letter.id), func.max(cast(Rhythm.approve, Integer)))
        .join(Letter, Letter.batch_id == LetterBatch.id)
        .join(Rhythm, Rhythm.id == Letter.rhythm_id, isouter=True)
        .where(LetterBatch.approved_at.is_(None), Letter.state.in_(STILL_TO_GO), ~AT_HAND)
        .group_by(*LetterBatch.__table__.columns)
        .order_by(LetterBatch.on_day, LetterBatch.occasion, LetterBatch.no)
    )
    found = [
        OpenBatch(
            id=batch.id,
            occasion=batch.occasion,
            on=batch.on_day,
            no=batch.no,
            letters=batch.letters,
            waiting=waiting,
            forecast=batch.forecast,
            asks=bool(asks),
            braked=is_far_above(batch.letters, batch.forecast),
        )
        for batch, waiting, asks in session.execute(query)
    ]
    return [batch for batch in found if batch.asks or batch.braked]


def approve(
    session: Session, numbers: Collection[int], *, actor: Actor, now: datetime
) -> list[LetterBatch]:
    """Let the letters of these batches go when they fall due. Raises NotApprovable for them all."""
    query = select(LetterBatch).where(LetterBatch.id.in_(numbers)).order_by(LetterBatch.id)
    found = {batch.id: batch for batch in session.scalars(query.with_for_update())}
    wrong = [
        say(UNKNOWN, no=number) if number not in found else say(DONE, no=number)
        for number in dict.fromkeys(numbers)
        if number not in found or found[number].approved_at is not None
    ]
    if wrong:
        raise NotApprovable(tuple(wrong))
    for batch in found.values():
        batch.approved_at, batch.approved_by = now, actor.user_id
        detail = {
            "batch": batch.id,
            "occasion": batch.occasion,
            "day": batch.on_day.isoformat(),
            "letters": batch.letters,
        }
        record(session, Subject("settings", 1), APPROVED, actor=actor, now=now, detail=detail)
    return list(found.values())


UNKNOWN = N_("There is no batch {no}.")
DONE = N_("Batch {no} is approved already.")


def waiting_for_approval(
    session: Session, letters: Iterable[Letter], channels: Mapping[int, Way] | None = None
) -> frozenset[int]:
    """The ids of those letters that may not go before a person has approved their batch.

    `channels` is the channel that each will take, by letter, whatever its rhythm named. What a
    person hands over needs no approval; a batch above the brake needs it whatever its rhythm says.
    What follows from a rhythm and has no batch yet waits for one; a resend needs none.
    """
    asked = [
        letter
        for letter in letters
        if (letter.batch_id is not None or _asks_batch(letter))
        and _channel(letter, channels or {}) not in BY_HAND
    ]
    batches = _rows(session, LetterBatch, {each.batch_id for each in asked if each.batch_id})
    rhythms = _rows(session, Rhythm, {each.rhythm_id for each in asked if each.rhythm_id})
    held = set()
    for letter in asked:
        batch = batches.get(letter.batch_id or 0)
        if batch is None:
            held.add(letter.id)
            continue
        rhythm = rhythms.get(letter.rhythm_id or 0)
        asks = rhythm is None or rhythm.approve
        if batch.approved_at is None and (asks or is_far_above(batch.letters, batch.forecast)):
            held.add(letter.id)
    return frozenset(held)


def open_batches_for(
    session: Session, found: Sequence[Occurrence], counts: Mapping[Key, int], said: Said
) -> list[LetterBatch]:
    """The batches that letters planned now join; `counts` says how many letters each day gets.

    What is planned after an approval waits in the next batch. The forecast of a new one is as many
    letters as the last batch of that occasion had, else as many people as the segments had when
    their rhythms were set.
    """
    keys = {(each.occasion, each.on) for each in found}
    if not keys:
        return []
    first, last = min(day for _, day in keys), max(day for _, day in keys)
    latest = _latest(session, first, last)
    standing = [batch for key, batch in latest.items() if not batch.approved_at and key in keys]
    wanted = {key: counts.get(key, 0) for key in keys}
    new = sorted(
        (day, occasion)
        for (occasion, day), count in wanted.items()
        if count and ((occasion, day) not in latest or latest[occasion, day].approved_at)
    )
    if not new:
        return standing
    forecasts = _forecasts(session, first)
    rows = []
    for number, (day, occasion) in zip(new_ids(session, LetterBatch, len(new)), new, strict=True):
        before = latest.get((occasion, day))
        letters = wanted[occasion, day]
        forecast = before.letters if before else forecasts.get(occasion)
        no = before.no + 1 if before else 1
        forecasts[occasion] = letters
        rows.append(
            {
                "id": number,
                "occasion": occasion,
                "on_day": day,
                "no": no,
                "letters": letters,
                "forecast": forecast,
            }
        )
    write_rows(session, LetterBatch, rows, said)
    made = select(LetterBatch).where(among(session, LetterBatch.id, [row["id"] for row in rows]))
    return [*standing, *session.scalars(made)]


def recount(session: Session, batches: Sequence[LetterBatch]) -> bool:
    """Say of each batch how many letters it has; one that has none goes. Whether any changed."""
    numbers = [batch.id for batch in batches]
    query = (
        select(Letter.batch_id, func.count())
        .where(among(session, Letter.batch_id, numbers))
        .group_by(Letter.batch_id)
    )
    counts = dict(session.execute(query).all())
    changed = [batch for batch in batches if batch.letters != counts.get(batch.id, 0)]
    for batch in changed:
        batch.letters = counts.get(batch.id, 0)
        if not batch.letters:
            session.delete(batch)
    session.flush()
    return bool(changed)


def _latest(session: Session, first: date, last: date) -> dict[Key, LetterBatch]:
    """Of each occasion and day in the span the batch with the highest number.

    Nobody approves any of them before this unit of work ends: else letters would join that were
    not there when it was approved.
    """
    query = select(LetterBatch).where(LetterBatch.on_day.between(first, last))
    found = session.scalars(query.order_by(LetterBatch.no).with_for_update())
    return {(batch.occasion, batch.on_day): batch for batch in found}


def _forecasts(session: Session, day: date) -> dict[str, int]:
    """By occasion how many letters its last batch before the day had, else the segments' people."""
    people = (
        select(Rhythm.occasion, func.sum(Rhythm.people))
        .where(Rhythm.active.is_(True), Rhythm.people.is_not(None))
        .group_by(Rhythm.occasion)
    )
    place = func.row_number().over(
        partition_by=LetterBatch.occasion,
        order_by=(LetterBatch.on_day.desc(), LetterBatch.no.desc()),
    )
    batch = select(LetterBatch.occasion, LetterBatch.letters, place.label("place"))
    before = batch.where(LetterBatch.on_day < day).subquery()
    last = select(before.c.occasion, before.c.letters).where(before.c.place == 1)
    return {
        **dict(session.execute(people).all()),
        **dict(session.execute(last).all()),
    }


MOST: Final = 500
"""So many numbers are asked for at once."""
STILL_TO_GO: Final = (
    LetterState.PLANNED,
    LetterState.READY,
    LetterState.RETRY_WAIT,
    LetterState.HELD,
)


AT_HAND: Final = and_(Letter.state != LetterState.PLANNED, Letter.channel.in_(sorted(BY_HAND)))
"""By hand for sure: before it falls due the channel is only the one that the rhythm names."""


def _asks_batch(letter: Letter) -> bool:
    return letter.rhythm_id is not None and letter.n == 0


def _channel(letter: Letter, channels: Mapping[int, Way]) -> str | None:
    return channels.get(letter.id) or letter.channel


R = TypeVar("R", LetterBatch, Rhythm)


def _rows(session: Session, model: type[R], numbers: Collection[int]) -> dict[int, R]:
    asked = sorted(numbers)
    parts = (asked[start : start + MOST] for start in range(0, len(asked), MOST))
    found = (
        row for part in parts for row in session.scalars(select(model).where(model.id.in_(part)))
    )
    return {row.id: row for row in found}
