"""What members suggest to a chapter or on a charter, and the answers they get."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from donflow.chapters.models import Chapter, Charter, Suggestion
from donflow.chapters.register import ASSOCIATION, touch
from donflow.domain.actor import Actor
from donflow.errors import N_, DonflowError, NotFound, say
from donflow.store.columns import recorded
from donflow.store.journal import Subject, record

LONGEST = 2000


class NoSuchSuggestion(NotFound):
    """No suggestion of that number is there, or none that this reader may see."""

    remedy = N_("See the open ones: donflow chapter suggestion list")

    def __init__(self, number: int) -> None:
        super().__init__(what=say(N_("suggestion")), given=number)


class SuggestionLength(DonflowError):
    code = "suggestion_length"
    message = N_("A suggestion and its answer have 1 to {longest} characters each.")


class AlreadyAnswered(DonflowError):
    code = "already_answered"
    message = N_("This suggestion was answered on {day}.")
    remedy = N_("Enter a new one if more was said: donflow chapter suggestion new")
    http_status = 409


def suggest(
    session: Session,
    chapter: Chapter | None,
    charter: Charter | None,
    text: str,
    *,
    person: int | None,
    actor: Actor,
    now: datetime,
) -> Suggestion:
    """Enter what a member suggests to a chapter, or to the association itself without one.

    `charter` is the version that it is about, if it is about one. Raises SuggestionLength.
    """
    suggestion = Suggestion(
        chapter_id=chapter.id if chapter else None,
        charter_id=charter.id if charter else None,
        constituent_id=person,
        text=_checked(text),
        salt=secrets.token_hex(16),
        **recorded(actor, now),
    )
    session.add(suggestion)
    session.flush()
    if chapter is not None:
        touch(chapter, now)
    detail = {"suggestion": suggestion.id, "charter": suggestion.charter_id}
    subject = _subject(session, suggestion)
    record(session, subject, "suggestion_entered", actor=actor, now=now, detail=detail)
    return suggestion


def answer(
    session: Session, suggestion: Suggestion, text: str, *, on: date, actor: Actor, now: datetime
) -> None:
    """Record what was answered. Raises AlreadyAnswered, SuggestionLength."""
    if suggestion.answered_on is not None:
        raise AlreadyAnswered(day=suggestion.answered_on)
    suggestion.answer, suggestion.answered_on = _checked(text), on
    detail = {"suggestion": suggestion.id, "on": on.isoformat()}
    subject = _subject(session, suggestion)
    record(session, subject, "suggestion_answered", actor=actor, now=now, detail=detail)


def suggestions_of(
    session: Session, chapters: Iterable[Chapter], *, association: bool
) -> list[Suggestion]:
    """What was suggested to these chapters, and to the association if asked for; the first first.

    One whose words went with an erased person is not told any more.
    """
    own = Suggestion.chapter_id.in_([chapter.id for chapter in chapters])
    wanted = or_(own, Suggestion.chapter_id.is_(None)) if association else own
    query = select(Suggestion).where(wanted, Suggestion.text != "")
    return list(session.scalars(query.order_by(Suggestion.id)))


def _subject(session: Session, suggestion: Suggestion) -> Subject:
    chapter = session.get(Chapter, suggestion.chapter_id) if suggestion.chapter_id else None
    return chapter.subject if chapter else ASSOCIATION


def _checked(text: str) -> str:
    text = text.strip()
    if not 1 <= len(text) <= LONGEST:
        raise SuggestionLength(longest=LONGEST)
    return text
