"""What chapters hold of somebody who is erased: offices stay as history, under a bare number."""

from __future__ import annotations

import secrets
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from donflow.chapters.models import Chapter, Membership, Officer, Suggestion
from donflow.roster.words import Words

CHAPTER_WORDS: Words = {Suggestion: (Suggestion.text, Suggestion.answer)}
"""Where members' words stand that may name anybody; what was minuted is the association's own."""

ERASED = "erased"
"""Why an office or a membership of an erased person ended: it says nothing against anybody."""


def forget_in_chapters(session: Session, number: int, *, on: date) -> None:
    """Part chapters from an erased number; call it in the erasure's own unit of work.

    Councils, lists, candidates and attendance keep their rows: they name a number that says nothing
    any more, and terms stay countable. Offices and memberships that run end on that day; nobody is
    named as contact any more, and the words of suggestions, which may say who wrote them, go.
    """
    for chapter in session.scalars(select(Chapter).where(Chapter.contact_id == number)):
        chapter.contact_id = None
    for officer in session.scalars(select(Officer).where(Officer.constituent_id == number)):
        if officer.until is None:
            officer.until, officer.left_because = on, ERASED
    for member in session.scalars(select(Membership).where(Membership.constituent_id == number)):
        if member.until is None:
            member.until, member.left_because = on, ERASED
    for wish in session.scalars(select(Suggestion).where(Suggestion.constituent_id == number)):
        wish.constituent_id, wish.text, wish.answer = None, "", None
        wish.salt = secrets.token_hex(16)
