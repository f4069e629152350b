"""What people suggest for cards and greetings, and the answers they get."""

from __future__ import annotations

import secrets
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from donflow.domain.actor import Actor
from donflow.errors import N_, DonflowError, NotFound, say
from donflow.greetings.models import CardSuggestion
from donflow.roster.models import Constituent
from donflow.roster.people import refuse_unchangeable
from donflow.roster.words import Words
from donflow.store.columns import recorded
from donflow.store.journal import Subject, record

SUGGESTION_WORDS: Words = {CardSuggestion: (CardSuggestion.text, CardSuggestion.answer)}
"""Where words stand that may name anybody; each row has a salt."""
LONGEST = 2000


class NoSuchCardSuggestion(NotFound):
    remedy = N_("See the open ones: donflow contact suggestions")

    def __init__(self, number: int) -> None:
        super().__init__(what=say(N_("suggestion")), given=number)


class CardSuggestionLength(DonflowError):
    code = "suggestion_length"
    message = N_("A suggestion and its answer have 1 to {longest} characters each.")


class CardSuggestionAnswered(DonflowError):
    code = "already_answered"
    message = N_("This suggestion was answered on {day}.")
    remedy = N_("Enter a new one if more was said: donflow contact suggest")
    http_status = 409


def suggest_for_cards(
    session: Session,
    text: str,
    *,
    occasion: str | None,
    constituent: Constituent | None,
    on: date,
    actor: Actor,
    now: datetime,
) -> CardSuggestion:
    """Enter what somebody suggests, for one occasion's card or for all. Raises
    CardSuggestionLength, NotChangeable."""
    if constituent is not None:
        refuse_unchangeable(constituent)
    suggestion = CardSuggestion(
        constituent_id=constituent.id if constituent else None,
        occasion=occasion,
        on=on,
        text=_checked(text),
        salt=secrets.token_hex(16),
        **recorded(actor, now),
    )
    session.add(suggestion)
    session.flush()
    _note(session, suggestion, "card_suggestion_entered", actor=actor, now=now)
    return suggestion


def answer_suggestion(
    session: Session,
    suggestion: CardSuggestion,
    text: str,
    *,
    on: date,
    actor: Actor,
    now: datetime,
) -> None:
    """Record what was answered, by whom and when. Raises CardSuggestionAnswered and -Length."""
    if suggestion.answered_on is not None:
        raise CardSuggestionAnswered(day=suggestion.answered_on)
    suggestion.answer, suggestion.answered_on = _checked(text), on
    suggestion.answered_by = actor.user_id
    _note(session, suggestion, "card_suggestion_answered", actor=actor, now=now)


def card_suggestions(session: Session, *, everything: bool = False) -> list[CardSuggestion]:
    """Those without an answer, or all, the first first.

    One whose words went with an erased person is not told any more.
    """
    query = select(CardSuggestion).where(CardSuggestion.text != "").order_by(CardSuggestion.id)
    found = session.scalars(query)
    return [each for each in found if everything or each.answered_on is None]


def get_card_suggestion(session: Session, number: int) -> CardSuggestion:
    for each in card_suggestions(session, everything=True):
        if each.id == number:
            return each
    raise NoSuchCardSuggestion(number)


def forget_in_suggestions(session: Session, number: int) -> None:
    """The words of an erased number go; call it in the erasure's own unit of work."""
    query = select(CardSuggestion).where(CardSuggestion.constituent_id == number)
    for each in session.scalars(query):
        each.constituent_id, each.text, each.answer = None, "", None
        each.salt = secrets.token_hex(16)


def _note(
    session: Session, suggestion: CardSuggestion, action: str, *, actor: Actor, now: datetime
) -> None:
    detail = {"suggestion": suggestion.id, "occasion": suggestion.occasion}
    record(session, Subject("cards", 1), action, actor=actor, now=now, detail=detail)


def _checked(text: str) -> str:
    text = text.strip()
    if not 1 <= len(text) <= LONGEST:
        raise CardSuggestionLength(longest=LONGEST)
    return text
