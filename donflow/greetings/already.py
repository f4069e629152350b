"""What went already: to another number of the same person, or to the household by another."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from donflow.greetings.laid_out import BY_HAND
from donflow.greetings.reasons import Reason
from donflow.greetings.verdicts import Verdict
from donflow.outbox.models import Addressee, Letter, LetterState
from donflow.roster.merging import numbers_of_each

GONE = (LetterState.CLAIMED, LetterState.HANDING_OFF, LetterState.IN_DOUBT, LetterState.SENT)
"""States in which a letter went, or goes beyond recall."""


def until_it_went(session: Session, verdicts: Mapping[int, Verdict]) -> dict[int, Verdict]:
    """The same verdicts, but who is silent for another's letter waits until that one went.

    A server may refuse it, and then the other of the two has a letter of their own. What a person
    hands over is in good hands.
    """
    silent = {
        number: verdict.instead
        for number, verdict in verdicts.items()
        if verdict.reason is Reason.HOUSEHOLD
        and verdict.instead is not None
        and verdicts[verdict.instead].channel not in BY_HAND
    }
    if not silent:
        return dict(verdicts)
    query = select(Letter.id).where(
        Letter.id.in_(set(silent.values())),
        Letter.state.in_((LetterState.SENT, LetterState.IN_DOUBT)),
    )
    went = set(session.scalars(query))
    waits = {
        number: Verdict(None, instead=other, waits=Reason.HOUSEHOLD)
        for number, other in silent.items()
        if other not in went
    }
    return {**verdicts, **waits}


def heads_of_numbers(
    session: Session, kind: Addressee, addressees: Collection[int]
) -> dict[int, int]:
    """By every number of these addressees the one of them under which it is judged."""
    if kind != Addressee.CONSTITUENT:
        return {number: number for number in addressees}
    groups = numbers_of_each(session, addressees)
    return {each: group[0] for group in groups.values() for each in group}


def had_already(session: Session, letters: Sequence[Letter]) -> frozenset[int]:
    """The ids of those of these letters to people that went to another number of the person.

    One that a person ordered once more is none of them.
    """
    asked = {letter.addressee_id for letter in letters}
    heads = heads_of_numbers(session, Addressee.CONSTITUENT, asked)
    if len(heads) == len(set(heads.values())):
        return frozenset()
    query = select(Letter).where(
        Letter.addressee_kind == Addressee.CONSTITUENT,
        Letter.addressee_id.in_(heads),
        Letter.on_day.in_({letter.on_day for letter in letters}),
        Letter.state.in_(GONE),
    )
    went = list(session.scalars(query))
    return frozenset(
        letter.id
        for letter in letters
        for gone in went
        if letter.n == 0
        and gone.addressee_id != letter.addressee_id
        and heads[gone.addressee_id] == heads[letter.addressee_id]
        and (gone.occasion, gone.on_day, gone.about)
        == (letter.occasion, letter.on_day, letter.about)
    )
