"""Consents (PIPL 13-16, 23, 25): what was said for each purpose; the last word holds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from donflow.domain.actor import Actor
from donflow.errors import N_, Sentence, say
from donflow.roster.merging import people_of
from donflow.roster.models import Channel, Consent, Constituent, Decision, Purpose, Status
from donflow.roster.people import refuse_unchangeable
from donflow.store.journal import Subject, record


@dataclass(frozen=True)
class Leave:
    """Whether a constituent allows something, and why or why not."""

    granted: bool
    why: Sentence


def give(
    session: Session,
    constituent: Constituent,
    purpose: Purpose,
    *,
    stated_on: date,
    actor: Actor,
    now: datetime,
    channel: Channel = Channel.ANY,
    evidence: str | None = None,
    notice_version: str | None = None,
) -> Consent:
    """Record a consent; `evidence` is the fingerprint of the paper, `notice_version` what was read.

    Raises NotChangeable for a restricted or erased constituent.
    """
    refuse_unchangeable(constituent)
    consent = Consent(
        constituent_id=constituent.id,
        purpose=purpose,
        channel=channel,
        decision=Decision.GIVEN,
        stated_on=stated_on,
        evidence=evidence,
        notice_version=notice_version,
    )
    return _state(session, consent, actor=actor, now=now)


def withdraw(
    session: Session,
    constituent: Constituent,
    purpose: Purpose,
    *,
    stated_on: date,
    actor: Actor | None,
    now: datetime,
    channel: Channel = Channel.ANY,
    evidence: str | None = None,
) -> Consent:
    """Record a withdrawal, in one step and without conditions (PIPL 15); the past stays as it was.

    A withdrawal by `Channel.ANY` ends the consents by all channels.
    """
    consent = Consent(
        constituent_id=constituent.id,
        purpose=purpose,
        channel=channel,
        decision=Decision.WITHDRAWN,
        stated_on=stated_on,
        evidence=evidence,
    )
    return _state(session, consent, actor=actor, now=now)


def consents_of(session: Session, constituent: Constituent) -> list[Consent]:
    """Everything that was said, in the order in which it was said."""
    query = (
        select(Consent)
        .where(Consent.constituent_id == constituent.id)
        .order_by(Consent.stated_on, Consent.id)
    )
    return list(session.scalars(query))


def said_by(session: Session, people: Iterable[Constituent]) -> list[Consent]:
    """As `consents_of`, for all the records of one person."""
    said = [each for person in people for each in consents_of(session, person)]
    return sorted(said, key=_when)


def forget_evidence(session: Session, constituent: Constituent) -> list[str]:
    """Part an erased person's consents from the papers that prove them; gives the papers."""
    proved = [consent for consent in consents_of(session, constituent) if consent.evidence]
    papers = [consent.evidence for consent in proved if consent.evidence]
    for consent in proved:
        consent.evidence = None
    return papers


def may(
    session: Session, constituent: Constituent, purpose: Purpose, *, channel: Channel = Channel.ANY
) -> Leave:
    """Whether the purpose is allowed by the channel; what nobody asked for is not allowed.

    So whoever came in by a spreadsheet, a class list or a colleague is neither greeted nor
    published until asked. What was said under one of the merged numbers holds for the person.
    """
    people = people_of(session, constituent.id)
    standings = {person.status for person in people}
    if standings & {Status.RESTRICTED, Status.ERASED}:
        return Leave(False, say(N_("The data of this person are only stored, not used.")))
    if Status.DECEASED in standings and purpose is Purpose.GREETINGS:
        return Leave(False, say(N_("The person has died.")))
    return _last_word(said_by(session, people), purpose, channel)


def _last_word(said: list[Consent], purpose: Purpose, channel: Channel) -> Leave:
    fitting = [each for each in said if each.purpose == purpose]
    fitting = [each for each in fitting if each.channel in (Channel.ANY, channel)]
    if not fitting:
        return Leave(False, say(N_("Nobody has asked for this consent.")))
    last = fitting[-1]
    if last.decision == Decision.WITHDRAWN:
        return Leave(False, say(N_("The consent was withdrawn on {day}."), day=last.stated_on))
    return Leave(True, say(N_("The consent was given on {day}."), day=last.stated_on))


def _when(consent: Consent) -> tuple[date, int]:
    return consent.stated_on, consent.id


def _state(session: Session, consent: Consent, *, actor: Actor | None, now: datetime) -> Consent:
    session.add(consent)
    session.flush()
    detail = {
        "consent": consent.id,
        "purpose": consent.purpose,
        "channel": consent.channel,
        "stated_on": consent.stated_on.isoformat(),
    }
    action = f"consent_{consent.decision}"
    subject = Subject("person", consent.constituent_id)
    record(session, subject, action, actor=actor, now=now, detail=detail)
    return consent
