"""Changing what is known of a gift, as long as no approved text names it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from donflow.domain.actor import Actor
from donflow.domain.facts import PaperKind, RecordKind
from donflow.domain.guards.closing import PAPER_NAMES
from donflow.errors import N_, CommandLine, DonflowError, say
from donflow.gifts.models import Gift, Instalment
from donflow.gifts.plan import instalments_of, plan_single
from donflow.gifts.register import change_gift
from donflow.lifecycle.advance import gift_machine
from donflow.lifecycle.anonymity import resting_on_anonymity
from donflow.lifecycle.gather import gather_one
from donflow.lifecycle.ledgers import credit_instalment, take_back_instalment
from donflow.lifecycle.office import Office
from donflow.store.moving import steps_of

BOUND = frozenset({"donor_id", "amount", "pay_by", "purpose", "beneficiary", "naming"})
"""What the agreement names: it stands as approved until the text is taken back for rework."""


class TextApproved(DonflowError):
    code = "text_approved"
    message = N_("The approved agreement of {number} names this; it cannot be changed beside it.")
    remedy = N_("Take the text back first: donflow donor rework {number} --reason TEXT")
    http_status = 409


class TextUnderReview(DonflowError):
    code = "text_under_review"
    message = N_("The text of {number} is with the foundation; it cannot be changed meanwhile.")
    remedy = N_("Wait for its answer, or let it return the text: donflow review return {number}")
    http_status = 409


class SumStands(DonflowError):
    code = "sum_stands"
    message = N_("{number} is settled with the money that came; its sum stays as it is.")
    remedy = N_("See what came: donflow payment list {number}")
    http_status = 409


class AnonymityStands(DonflowError):
    code = "anonymity_stands"
    message = N_("{number} is without a {paper} because its donor is not to be named.")
    remedy = N_("Ask for it first: donflow {command}")
    http_status = 409


class NothingGiven(DonflowError):
    code = "nothing_given"
    message = N_("Nothing to change was given.")
    remedy = N_("See what can be changed: donflow gift edit --help")


def edit_gift(
    session: Session,
    office: Office,
    gift: Gift,
    given: Mapping[str, Any],
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Set what was given; with an amount or a day the plan of payment follows.

    Raises TextApproved when an approval that has not lapsed covers the text; SumStands when no
    step waits for the money any more; AnonymityStands when a paper is absent on that ground.
    """
    if not given:
        raise NothingGiven()
    today = office.today(now)
    if BOUND & given.keys():
        refuse_if_fixed(session, office, gift, now=now)
    if given.get("anonymous") is False:
        _refuse_if_relied_on(session, office, gift)
    values = dict(given)
    amount = values.pop("amount", None)
    pay_by: date | None = values.pop("pay_by", None)
    if amount is not None:
        values |= {"amount_minor": amount.minor, "currency": amount.currency}
    if values:
        change_gift(session, gift, values, actor=actor, now=now)
    parts = instalments_of(session, gift.id)
    day = pay_by or (parts[-1].pay_by if parts else None)
    if gift.amount is not None and day is not None and (pay_by or amount is not None):
        machine = office.machine(session, gift.workflow_version, Instalment.lifecycle)
        begun = [part for part in parts[:1] if part.stage != machine.lifecycle.initial]
        if begun and _without_agreement(session, office, gift):
            take_back_instalment(session, office, gift, begun[0], actor=actor, now=now)
        plan_single(
            session,
            gift,
            machine,
            amount=gift.amount,
            pay_by=day,
            calendar=office.calendar,
            today=today,
            actor=actor,
            now=now,
        )
        for part in begun:
            credit_instalment(session, office, gift, part, actor=actor, now=now)
    elif pay_by is not None:
        raise AmountFirst(number=gift.number)


def refuse_if_fixed(session: Session, office: Office, gift: Gift, *, now: datetime) -> None:
    """Raise while the text is under review, or an approval that has not lapsed covers it.

    During an amendment the supplementary agreement on record is what allows a change.
    """
    facts = gather_one(session, office, gift, today=office.today(now))
    if facts.under_review:
        raise TextUnderReview(number=gift.number)
    steps = steps_of(session, gift.subject)
    amending = bool(steps) and steps[-1].transition == AMEND
    if amending and RecordKind.SUPPLEMENT in facts.fresh_records:
        return
    if facts.approved_revision is not None:
        raise TextApproved(number=gift.number)


def _without_agreement(session: Session, office: Office, gift: Gift) -> bool:
    """Whether no agreement binds the sum: it may change until the gift is settled with it."""
    lifecycle = gift_machine(session, office, gift).lifecycle
    if gift.kind not in lifecycle.without_agreement:
        return False
    open_steps = [step for step in lifecycle.transitions if gift.stage in step.sources]
    if not any(step.serves(gift.kind) and SUM_GUARDS & set(step.needs) for step in open_steps):
        raise SumStands(number=gift.number)
    return True


SUM_GUARDS = frozenset({"money_arrived", "sums_agree"})
"""A step that asks for one of these still waits for the gift's sum."""


def _refuse_if_relied_on(session: Session, office: Office, gift: Gift) -> None:
    paper = resting_on_anonymity(session, office, gift)
    if paper is not None:
        asking = {
            PaperKind.RECEIPT: f"receipt request {gift.number}",
            PaperKind.CERTIFICATE: f"certificate collect {gift.number} --number NUMBER --file SCAN",
        }
        raise AnonymityStands(
            number=gift.number,
            paper=say(PAPER_NAMES[paper]),
            command=CommandLine(asking[paper]),
        )


AMEND = "amend"
"""The transition that opens an amendment."""


class AmountFirst(DonflowError):
    code = "amount_first"
    message = N_("The plan of payment of {number} needs the amount as well.")
    remedy = N_("Run: donflow gift edit {number} --amount AMOUNT --pay-by DAY")
