"""Erasing a person at the end: what must be kept is restricted, all else is gone (PIPL 47)."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from datetime import datetime

from sqlalchemy import Text, cast, or_, select
from sqlalchemy.orm import Session

from donflow.accounts.orders import refuse, waiting
from donflow.chapters.forgetting import CHAPTER_WORDS, forget_in_chapters
from donflow.domain.actor import Actor
from donflow.errors import N_, DonflowError, Sentence, say
from donflow.gifts.contacts import CONTACT_WORDS, forget_in_contacts
from donflow.gifts.models import Gift
from donflow.gifts.register import EDITED
from donflow.greetings.forgetting import GREETING_WORDS, forget_in_greetings
from donflow.greetings.suggesting import SUGGESTION_WORDS, forget_in_suggestions
from donflow.lifecycle.letter_traces import delete_left, delete_with_erasure
from donflow.lifecycle.office import Office
from donflow.roster.consent import forget_evidence
from donflow.roster.erasure import erase, erased_keys, forget_erased
from donflow.roster.merging import numbers_of
from donflow.roster.models import Constituent, Status
from donflow.roster.people import get_constituent
from donflow.roster.words import WORDS, Words, forget_words, names_in_words
from donflow.store.base import canonical
from donflow.store.journal import JournalEvent
from donflow.store.session import Store, reading
from donflow.vault.discarding import discard_unnamed, discarded, remove_bytes
from donflow.vault.files import path_of

ALL_WORDS: Words = WORDS | CHAPTER_WORDS | CONTACT_WORDS | SUGGESTION_WORDS | GREETING_WORDS
"""Where words stand that may name anybody, in whichever feature's tables."""

ERASE = "person erase"
"""The command, and so the act of an order."""


def duties_to_keep(session: Session, constituent: Constituent) -> tuple[Sentence, ...]:
    """Why the data must stay: each gift of theirs, with its agreement, receipts and accounts.

    慈善法 38 and the rules on accounts and archives; PIPL 47 then asks for restriction instead.
    A gift that named them once counts too: its notes, drafts and letters still say who it was.
    Whoever was merged has several numbers; a gift under one of them keeps them all.
    """
    numbers = numbers_of(session, constituent.id)
    named = (canonical({"donor": number}).strip("{}") for number in numbers)
    once_named = select(JournalEvent.subject_id).where(
        JournalEvent.subject_type == Gift.lifecycle,
        JournalEvent.action == EDITED,
        or_(*(cast(JournalEvent.detail, Text).contains(f"{{{name},") for name in named)),
    )
    query = (
        select(Gift)
        .where(or_(Gift.donor_id.in_(numbers), Gift.id.in_(once_named)))
        .order_by(Gift.id)
    )
    return tuple(say(N_("gift {number}"), number=gift.number) for gift in session.scalars(query))


def erase_person(
    session: Session, office: Office, number: int, *, actor: Actor, now: datetime
) -> tuple[Status, tuple[Sentence, ...]]:
    """Erase the person, or restrict it; says which, and the duties that keep the data.

    That is under all the numbers that were merged. With an erased person go the keys, all that is
    known of them (`roster.erasure.BELONGINGS`), the proposals about them, what chapters say of
    them, the contacts with them, their names in other people's words, and the papers that prove
    consents, unless they prove something else as well; other orders to erase the same person are
    refused, for nobody could confirm them. Raises NotFound.
    """
    numbers = sorted(numbers_of(session, number))
    # A gift that takes this donor meanwhile is waited for, and counts; or it waits, and is refused.
    for each in numbers:
        session.get(Constituent, each, with_for_update=True, populate_existing=True)
    people = [get_constituent(session, each) for each in numbers]
    names = names_in_words(people)
    duties = duties_to_keep(session, people[0])
    for person in people:
        status = erase(session, office.keys, person, kept_because=duties, actor=actor, now=now)
    delete_with_erasure(session, office, numbers, names)
    if status is Status.ERASED:
        for each in numbers:
            forget_in_chapters(session, each, on=office.today(now))
            forget_in_contacts(session, each)
            forget_in_suggestions(session, each)
            forget_in_greetings(session, each, actor=actor, now=now)
        forget_words(session, ALL_WORDS, names, numbers, actor=actor, now=now)
        papers = [paper for person in people for paper in forget_evidence(session, person)]
        discard_unnamed(session, office.vault, papers, actor=actor, now=now)
        for order in waiting(session, now):
            if order.act == ERASE and order.arguments["person"] in numbers:
                refuse(session, order.id, actor=actor, desk=office.desk, now=now)
    return status, duties


def finish_erasures(office: Office, store: Store) -> None:
    """Destroy the keys and papers that a crash left after an erasure was stored. Repeatable.

    Where the key file or the vault does not let us, nothing is said here: `donflow doctor` tells.
    """
    with reading(store) as session:
        erased, papers = erased_keys(session), discarded(session)
        with suppress(DonflowError, sqlite3.Error, OSError):
            if erased:
                forget_erased(session, office.keys)
        with suppress(DonflowError, OSError):
            delete_left(session, office)
    for fingerprint in papers:
        with suppress(DonflowError, OSError):
            if path_of(office.vault, fingerprint).exists():
                remove_bytes(store, office.vault, fingerprint)
