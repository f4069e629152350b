"""What waits, is held or in doubt, was refused, is silent or ran out: with the reason of each."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from donflow.greetings.couples import OF_ONE, couple_of
from donflow.greetings.letter_lines import LetterLine, line_of
from donflow.greetings.people import gather_groups, gather_people
from donflow.greetings.planning import occasions_of
from donflow.greetings.wording import Recipients
from donflow.outbox.models import Addressee, Letter, LetterState
from donflow.roster.merging import numbers_of

if TYPE_CHECKING:
    from donflow.lifecycle.office import Office

SILENT: Final = (LetterState.SUPPRESSED, LetterState.EXPIRED)
SHOWN_FOR: Final = timedelta(days=30)
"""Silences older than this are shown when asked for by their state."""


@dataclass(frozen=True)
class Sought:
    """Which letters are asked for; nothing said: all that did not go, silences of a month."""

    states: Collection[str] = ()
    occasion: str | None = None
    person: int | None = None
    batch: int | None = None
    first: date | None = None
    last: date | None = None


def queue_of(session: Session, office: Office, sought: Sought, now: datetime) -> list[LetterLine]:
    """The letters asked for, the first due first."""
    today = office.today(now)
    letters = list(session.scalars(_query(session, sought, today)))
    return lines_of(session, office, letters, today)


def lines_of(
    session: Session, office: Office, letters: Collection[Letter], today: date
) -> list[LetterLine]:
    """The lines of these letters, in their order."""
    numbers = _numbers(letters, Addressee.CONSTITUENT)
    people = gather_people(session, office, numbers, today)
    groups = gather_groups(session, _numbers(letters, Addressee.GROUP))
    occasions = occasions_of(office)

    def named(letter: Letter) -> Recipients | None:
        """A couple, where the letter will greet both."""
        known = occasions.get(letter.occasion)
        first = people.get(letter.addressee_id)
        if letter.addressee_kind != Addressee.CONSTITUENT or first is None or known is None:
            return None
        if known.personal or known.code in OF_ONE or letter.state in SILENT:
            return None
        spouse = couple_of(first, people, today)
        if spouse is None:
            return None
        other = (spouse.number, letter.occasion, letter.on_day)
        if other in taken and spouse.number < first.number:
            return None
        return Recipients(first, spouse)

    taken = {
        (letter.addressee_id, letter.occasion, letter.on_day)
        for letter in letters
        if letter.addressee_kind == Addressee.CONSTITUENT and letter.state not in SILENT
    }
    return [line_of(letter, people, groups, recipients=named(letter)) for letter in letters]


def _query(session: Session, sought: Sought, today: date) -> Select[Letter]:
    query = select(Letter).order_by(Letter.due_at, Letter.id)
    # The digest of the day is a note to a colleague and no greeting; it shows when it waits for
    # a person's word.
    stopped = Letter.state.in_((LetterState.IN_DOUBT, LetterState.HELD))
    query = query.where(or_(Letter.addressee_kind != Addressee.USER, stopped))
    if sought.states:
        query = query.where(Letter.state.in_(sought.states))
    elif sought.batch is None:
        lately = Letter.on_day >= today - SHOWN_FOR
        query = query.where(
            Letter.state != LetterState.SENT, or_(Letter.state.not_in(SILENT), lately)
        )
    if sought.occasion is not None:
        query = query.where(Letter.occasion == sought.occasion)
    if sought.person is not None:
        query = query.where(
            Letter.addressee_kind == Addressee.CONSTITUENT,
            Letter.addressee_id.in_(numbers_of(session, sought.person)),
        )
    if sought.batch is not None:
        query = query.where(Letter.batch_id == sought.batch)
    if sought.first is not None:
        query = query.where(Letter.on_day >= sought.first)
    if sought.last is not None:
        query = query.where(Letter.on_day <= sought.last)
    return query


def _numbers(letters: Collection[Letter], kind: Addressee) -> set[int]:
    return {letter.addressee_id for letter in letters if letter.addressee_kind == kind}
