"""Entering chapters, finding them, and the single facts that are recorded on them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from donflow.accounts.models import User
from donflow.accounts.scopes import Scope
from donflow.chapters.models import Chapter, ChapterRecord
from donflow.domain.actor import Actor
from donflow.domain.chapter_facts import ChapterRecordKind
from donflow.domain.workdays import Calendar
from donflow.engine.machine import LifecycleMachine
from donflow.errors import N_, DonflowError, NotFound, say
from donflow.store.columns import recorded
from donflow.store.journal import Subject, record
from donflow.store.moving import enter

LONGEST_NAME = 60

ASSOCIATION = Subject("association", 1)
"""What the journal says of the association itself, which is no chapter."""

WITH_DOCUMENT = frozenset(ChapterRecordKind) - {ChapterRecordKind.PUBLICATION}
"""The facts that count only with the document that proves them."""


class NoSuchChapter(NotFound):
    """No chapter of that name or number is there, or none that this reader may see."""

    remedy = N_("See all chapters: donflow chapter list")

    def __init__(self, text: str) -> None:
        super().__init__(what=say(N_("chapter")), given=text)


class SeveralChapters(DonflowError):
    code = "several_chapters"
    message = N_("“{given}” may be: {chapters}.")
    remedy = N_("Name the number instead.")


class ChapterThere(DonflowError):
    code = "chapter_there"
    message = N_("There is a chapter of that name already: {number}.")
    remedy = N_("See it: donflow chapter show {number}")
    http_status = 409


class ChapterNameWrong(DonflowError):
    code = "chapter_name"
    message = N_("The name of a chapter has 2 to {longest} characters, and is no number.")


class PaperMissing(DonflowError):
    code = "document_missing"
    message = N_("This fact counts only with the document that proves it.")
    remedy = N_("Add it with --file FILE.")


def new_chapter(
    session: Session,
    machine: LifecycleMachine,
    version: str,
    name: str,
    *,
    kind: str,
    city: str | None,
    contact_id: int | None,
    on: date,
    calendar: Calendar,
    actor: Actor,
    now: datetime,
) -> Chapter:
    """Enter the intention to found a chapter. Raises ChapterNameWrong, ChapterThere."""
    name = _checked_name(session, name)
    chapter = Chapter(
        name=name, kind=kind, city=city, contact_id=contact_id, created_at=now, changed_at=now
    )
    enter(chapter, machine, version, on=on, calendar=calendar)
    session.add(chapter)
    session.flush()
    detail = {"kind": kind, "contact": contact_id}
    record(session, chapter.subject, "chapter_entered", actor=actor, now=now, detail=detail)
    return chapter


def edit_chapter(
    session: Session,
    chapter: Chapter,
    changes: Mapping[str, object],
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Set columns of a chapter; the journal names the columns, not the values."""
    if isinstance(name := changes.get("name"), str) and name.strip() != chapter.name:
        changes = {**changes, "name": _checked_name(session, name)}
    for column, value in changes.items():
        setattr(chapter, column, value)
    touch(chapter, now)
    detail = {"fields": sorted(changes)}
    record(session, chapter.subject, "chapter_edited", actor=actor, now=now, detail=detail)


def touch(chapter: Chapter, now: datetime) -> None:
    """Mark the chapter as changed, so that its row version rises with every act on it."""
    chapter.changed_at = now
    flag_modified(chapter, "changed_at")  # also of two acts at the same moment, the second counts


def record_fact(
    session: Session,
    chapter: Chapter,
    kind: ChapterRecordKind,
    *,
    on: date,
    document: str | None,
    actor: Actor,
    now: datetime,
) -> None:
    """Record a single fact with its day. Raises PaperMissing where it counts only on paper."""
    if kind in WITH_DOCUMENT and document is None:
        raise PaperMissing
    row = ChapterRecord(
        chapter_id=chapter.id, kind=kind, on=on, document=document, **recorded(actor, now)
    )
    session.add(row)
    touch(chapter, now)
    detail = {"kind": kind, "on": on.isoformat(), "document": document}
    record(session, chapter.subject, "chapter_fact", actor=actor, now=now, detail=detail)


def all_chapters(
    session: Session, *, scope: Scope = Scope.ALL, user: User | None = None
) -> list[Chapter]:
    """The chapters within the scope, in the order of their numbers; OWN are those of the user."""
    query = select(Chapter).order_by(Chapter.id)
    if scope is Scope.OWN:
        query = query.where(Chapter.user_id == (user.id if user else None))
    elif scope is not Scope.ALL:
        return []
    return list(session.scalars(query))


def find_chapter(chapters: list[Chapter], text: str) -> Chapter:
    """The one of these that is meant by a number, its name or a part of it.

    Raises NoSuchChapter, SeveralChapters.
    """
    text = text.strip()
    found = [chapter for chapter in chapters if text in (str(chapter.id), chapter.name)]
    if not found and text and not text.isdigit():
        found = [chapter for chapter in chapters if text in chapter.name]
    if not found:
        raise NoSuchChapter(text)
    if len(found) > 1:
        raise SeveralChapters(given=text, chapters=tuple(f"{c.id} {c.name}" for c in found))
    return found[0]


def _checked_name(session: Session, name: str) -> str:
    name = name.strip()
    if not 2 <= len(name) <= LONGEST_NAME or name.isdigit():
        raise ChapterNameWrong(longest=LONGEST_NAME)
    there = session.scalars(select(Chapter.id).where(Chapter.name == name)).one_or_none()
    if there is not None:
        raise ChapterThere(number=there)
    return name
