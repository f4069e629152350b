"""What a chapter's page may say today: names and numbers only of those who agreed to it (A-64)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from donflow.chapters.members import member_counts
from donflow.chapters.page import PageWords, Post
from donflow.domain.chapter_facts import ChapterRecordKind
from donflow.domain.terms import title_of
from donflow.errors import N_, Sentence, say
from donflow.lifecycle.chapter_dossier import Dossier
from donflow.lifecycle.chapter_moving import machine_for
from donflow.lifecycle.office import Office
from donflow.roster.consent import may
from donflow.roster.merging import people_of
from donflow.roster.models import (
    Confidence,
    Constituent,
    ConstituentKind,
    ContactKind,
    ContactPoint,
    Purpose,
    Status,
)


@dataclass(frozen=True)
class DrawnPage:
    """The words of a page, and what was left out with what mends it."""

    words: PageWords
    left_out: tuple[Sentence, ...]


def page_of(session: Session, office: Office, dossier: Dossier, *, today: date) -> DrawnPage:
    """The page of a chapter as of today.

    Who agreed to it stands on it by name (`Purpose.CHAPTER_PAGE`) and by number
    (`CHAPTER_CONTACT`); the leave is asked for each person anew with each page, so a consent that
    was withdrawn is gone from the next one.
    """
    chapter, council = dossier.chapter, dossier.council
    lifecycle = machine_for(session, office, chapter).lifecycle
    contact = dossier.people[chapter.contact_id] if chapter.contact_id else None
    serving = [dossier.people[each.constituent_id] for each in dossier.in_office]
    everybody = {one.id: one for one in [*([contact] if contact else []), *serving]}
    named = {number for number, one in everybody.items() if _named(session, one)}
    phones, why = _phones(session, office, contact) if contact else ((), None)
    told = [_unnamed(one) for number, one in everybody.items() if number not in named]
    told += [why] if why else []
    told += _gaps(dossier)
    founded = [
        each.on for each in dossier.records if each.kind == ChapterRecordKind.FOUNDING_MEETING
    ]
    words = PageWords(
        name=chapter.name,
        kind=lifecycle.kinds[chapter.kind].zh,
        university=office.settings.school or office.settings.university,
        office=office.settings.office or office.settings.school,
        as_of=today,
        city=chapter.city,
        founded_on=founded[0] if founded else _first_elected(dossier),
        council_no=council.no if council and not dossier.ended_on else None,
        elected_on=council.elected_on if council else None,
        members=member_counts(session, [chapter.id])[chapter.id],
        profile=chapter.profile,
        posts=tuple(_posts(dossier, named)),
        joining=chapter.joining,
        contact_name=contact.name if contact and contact.id in named else None,
        contact_phones=phones,
    )
    return DrawnPage(words, tuple(told))


def _first_elected(dossier: Dossier) -> date | None:
    """A chapter began with its first council; a later one tells nothing of its beginning."""
    return next((each.elected_on for each in dossier.councils if each.no == 1), None)


def _posts(dossier: Dossier, named: set[int]) -> Iterator[Post]:
    """The offices in their customary order; in each, those who came first stand first."""
    offices = dict.fromkeys(each.office for each in dossier.in_office)
    for office in offices:
        holders = [
            dossier.people[each.constituent_id]
            for each in dossier.in_office
            if each.office == office and dossier.people[each.constituent_id].status != _DEAD
        ]
        names = tuple(one.name for one in holders if one.id in named)
        if holders:
            yield Post(title_of(office, dossier.chapter.kind).zh, names, len(holders))


def _named(session: Session, person: Constituent) -> bool:
    living = person.status == Status.ACTIVE and person.kind == ConstituentKind.PERSON
    return living and may(session, person, Purpose.CHAPTER_PAGE).granted


def _phones(
    session: Session, office: Office, contact: Constituent
) -> tuple[tuple[str, ...], Sentence | None]:
    """The number to call, if the person agreed to it; else why it is left out."""
    leave = may(session, contact, Purpose.CHAPTER_CONTACT)
    remedy = f"donflow person consent {contact.id} {Purpose.CHAPTER_CONTACT} --given"
    if contact.status != Status.ACTIVE or not leave.granted:
        why = say(
            N_("The telephone number of {name} is left out: {why} Once they agree: {command}"),
            name=contact.name,
            why=leave.why,
            command=remedy,
        )
        return (), why
    ways = [
        (one.key_id, point)
        for one in people_of(session, contact.id)
        for point in one.contact_points
        if point.kind == ContactKind.PHONE and point.confidence != Confidence.DOUBTFUL
    ]
    if not ways:
        return (), say(N_("Of {name} no telephone number is known."), name=contact.name)

    def rank(way: tuple[str, ContactPoint]) -> tuple[bool, bool, date]:
        point = way[1]
        return point.preferred, point.confidence == Confidence.SURE, point.since

    key_id, point = max(ways, key=rank)
    number = office.keys.decrypt(key_id, point.kind, point.salt, point.ciphertext)
    return (number.removeprefix("+86"),), None


def _unnamed(person: Constituent) -> Sentence:
    if person.status == _DEAD:
        return say(N_("{name} has died and is not named."), name=person.name)
    return say(
        N_("The name of {name} is left out; once they agree: {command}"),
        name=person.name,
        command=f"donflow person consent {person.id} {Purpose.CHAPTER_PAGE} --given",
    )


def _gaps(dossier: Dossier) -> Iterator[Sentence]:
    number = dossier.chapter.id
    if not dossier.chapter.profile:
        command = f"donflow chapter edit {number} --profile TEXT"
        yield say(N_("The page has no profile: {command}"), command=command)
    if not dossier.chapter.joining:
        command = f"donflow chapter edit {number} --joining TEXT"
        yield say(N_("The page does not say how to join: {command}"), command=command)


_DEAD = Status.DECEASED
