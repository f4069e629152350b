"""Moving a gift: gather the facts, decide, write the stage; nothing else happens here."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from donflow.accounts.models import User
from donflow.agreements.rounds import approvals_of, last_round
from donflow.domain.actor import Actor
from donflow.domain.facts import GiftFacts
from donflow.engine.machine import (
    Advance,
    Attempt,
    LifecycleMachine,
    Option,
    Refusals,
    decide,
    options,
)
from donflow.engine.spec import Lifecycle
from donflow.errors import N_, DonflowError, Refused, Sentence, say
from donflow.gifts.models import Gift, Instalment
from donflow.gifts.register import touch
from donflow.lifecycle.gather import gather_one
from donflow.lifecycle.office import Office
from donflow.lifecycle.steps import APPROVE, OPENS_ROUND
from donflow.originals.copies import copies_of
from donflow.papers.models import Certificate, Receipt
from donflow.store.journal import JournalEvent
from donflow.store.moving import done_by, move, steps_of


class StalePage(DonflowError):
    """Somebody changed the gift since the reader last saw it; the words say who and when."""

    code = "stale"
    message = N_("Gift {number} was changed by {who} at {at}: {action}.")
    remedy = N_("Look at it again: donflow gift show {number}")
    http_status = 409


class AlreadyMoved(Refused):
    """The step is not open where the gift now stands; beside the reason is who moved it, and when.

    So the second of two who make one step learns of the first (trust.md P3).
    """

    def __init__(self, refused: Refused, last: Sentence) -> None:
        super().__init__(refused.refusals, act=refused.act)
        self.last = last

    @property
    def details(self) -> tuple[Sentence, ...]:
        return (self.last,)


def advance(
    session: Session,
    office: Office,
    gift: Gift,
    name: str,
    *,
    actor: Actor,
    now: datetime,
    reason: str | None = None,
) -> Advance:
    """Move the gift, or raise Refused with every reason; only stage and history are written."""
    machine = gift_machine(session, office, gift)
    attempt = attempt_on(session, office, gift, actor=actor, now=now, reason=reason)
    touch(gift, now)  # only now: before the facts are asked for it would be written by itself
    try:
        return move(
            session,
            gift,
            machine,
            name,
            attempt,
            subject=gift.subject,
            gift_id=gift.id,
            actor=actor,
            now=now,
            on=office.acted_on(actor, now),
            calendar=office.calendar,
        )
    except Refused as refused:
        if all(each.code != "not_from_here" for each in refused.refusals):
            raise
        raise _with_last_step(session, gift, machine, refused) from None


def check_open(session: Session, office: Office, gift: Gift, name: str) -> None:
    """Refuse a step that is not made from where the gift stands, before its records do.

    They would say that no round is open, or no text is with the donor, and not who moved it.
    """
    machine = gift_machine(session, office, gift)
    steps = (found for found in machine.lifecycle.transitions if found.name == name)
    if any(gift.stage in step.sources for step in steps):
        return
    decision = decide(machine, name, Attempt(gift.stage, None, frozenset(), gift.kind))
    if isinstance(decision, Refusals):
        raise _with_last_step(session, gift, machine, Refused(decision.refusals))


def attempt_on(
    session: Session,
    office: Office,
    gift: Gift,
    *,
    actor: Actor,
    now: datetime,
    reason: str | None = None,
    facts: GiftFacts | None = None,
) -> Attempt:
    """What this actor would try on this gift now."""
    if facts is None:
        facts = gather_one(session, office, gift, today=office.today(now), with_words=True)
    return Attempt(
        stage=gift.stage,
        facts=facts,
        roles=office.roles(actor),
        kind=gift.kind,
        reason=reason,
        person=office.person(actor),
        done_by=_persons(session, gift),
    )


def gift_options(
    session: Session, office: Office, gift: Gift, *, actor: Actor, now: datetime
) -> tuple[Option, ...]:
    """Every transition that leaves the gift's stage, decided for this actor."""
    attempt = attempt_on(session, office, gift, actor=actor, now=now)
    return options(gift_machine(session, office, gift), attempt)


def step_named(lifecycle: Lifecycle, given: str) -> str:
    """The name of the transition that is called so in either language; else what was given."""
    for found in lifecycle.transitions:
        if given in (found.label.zh, found.label.en):
            return found.name
    return given


class GiftEnded(DonflowError):
    """Nothing more is done on a gift that has ended; who returns begins a new one."""

    code = "gift_ended"
    message = N_("Gift {number} has ended ({stage}); nothing more is recorded on it.")
    remedy = N_("Register a new one and link it: donflow gift link NEW {number}")
    http_status = 409


def refuse_if_ended(session: Session, office: Office, gift: Gift) -> None:
    """Raise GiftEnded where the gift stands at an end."""
    stage = gift_machine(session, office, gift).lifecycle.stages[gift.stage]
    if stage.end:
        raise GiftEnded(number=gift.number, stage=stage.label)


def check_fresh(session: Session, gift: Gift, version: int | None, names: dict[int, str]) -> None:
    """Refuse an act on a gift that was changed since its `version`; say who changed what."""
    if version is None or version == gift.row_version:
        return
    last = _last_event(session, gift)
    who = names.get(last.user_id or 0, "donflow")
    raise StalePage(number=gift.number, who=who, at=last.at, action=last.action)


def _last_event(session: Session, gift: Gift) -> JournalEvent:
    """What was last done to the gift or to its instalments, receipts and certificates."""
    ledgers = (
        and_(
            JournalEvent.subject_type == table.lifecycle,
            JournalEvent.subject_id.in_(select(table.id).where(table.gift_id == gift.id)),
        )
        for table in (Instalment, Receipt, Certificate)
    )
    own = and_(
        JournalEvent.subject_type == gift.subject.type, JournalEvent.subject_id == gift.subject.id
    )
    query = select(JournalEvent).where(or_(own, *ledgers)).order_by(JournalEvent.id.desc())
    return session.scalars(query.limit(1)).one()


def _with_last_step(
    session: Session, gift: Gift, machine: LifecycleMachine, refused: Refused
) -> Refused:
    """With who moved the gift last, and when; as it is while the gift stands where it began."""
    steps = steps_of(session, gift.subject)
    if not steps:
        return refused
    last = steps[-1]
    labels = {found.name: found.label for found in machine.lifecycle.transitions}
    step = labels.get(last.transition or "", last.transition)
    who = session.get_one(User, last.recorded_by).display_name
    said = N_("The last step was made by {who} at {at}: {step}.")
    return AlreadyMoved(refused, say(said, who=who, at=last.at, step=step))


def gift_machine(session: Session, office: Office, gift: Gift) -> LifecycleMachine:
    return office.machine(session, gift.workflow_version, Gift.lifecycle)


def _persons(session: Session, gift: Gift) -> dict[str, frozenset[str]]:
    """Who did what since the text last went out; each consent and countersigning approves it."""
    done = done_by(session, gift.subject, anew=OPENS_ROUND)
    review = last_round(session, gift.id)
    consents = approvals_of(session, review.id) if review else []
    signed = (copy.countersigned_person for copy in copies_of(session, gift.id))
    persons = {consent.person for consent in consents} | {person for person in signed if person}
    return done | {APPROVE: done.get(APPROVE, frozenset()) | persons} if persons else done
