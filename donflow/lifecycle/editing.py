"""Changing what is known of a gift, as long as no approved text names it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from donflow.domain.actor import Actor
from donflow.domain.facts import PaperKind, RecordKind
from donflow.domain.guards.closing import PAPER_NAMES
from donflow.domain.money import Money
from donflow.errors import N_, CommandLine, DonflowError, say
from donflow.gifts.models import Gift, Instalment
from donflow.gifts.plan import Part, PlanBegun, instalments_of, plan_parts
from donflow.gifts.register import NothingPromised, change_gift
from donflow.lifecycle.advance import gift_machine
from donflow.lifecycle.anonymity import resting_on_anonymity
from donflow.lifecycle.gather import gather_one
from donflow.lifecycle.ledgers import credit_plan, take_back_instalment
from donflow.lifecycle.obligations import plan_obligations
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


class PlanUnlikeGift(DonflowError):
    code = "plan_unlike_gift"
    message = N_("The parts add up to {planned}, the gift is {amount}.")
    remedy = N_("Mend a part, or the gift first: donflow gift edit {number} --amount AMOUNT")


class SeveralParts(DonflowError):
    code = "several_parts"
    message = N_("{number} is paid in {count} parts, each with a day of its own.")
    remedy = N_("Set all parts anew: donflow gift instalments {number} --part DAY=AMOUNT")


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
    if len(parts) > 1 and pay_by is not None:
        raise SeveralParts(number=gift.number, count=len(parts))
    if amount is not None and _planned_apart(session, office, gift, parts, now=now):
        return
    if gift.amount is not None and day is not None and (pay_by or amount is not None):
        part = Part(day, gift.amount)
        set_plan(session, office, gift, [part], actor=actor, now=now)
    elif pay_by is not None:
        raise AmountFirst(number=gift.number)
    if "naming_until" in values:
        plan_obligations(session, office, gift, actor=actor, now=now)


def plan_gift(
    session: Session,
    office: Office,
    gift: Gift,
    parts: Sequence[Part],
    *,
    actor: Actor,
    now: datetime,
) -> list[Instalment]:
    """Set the parts in which the gift is paid, by their days; they add up to its amount.

    Money that came lies on the oldest open parts, in the new plan as well. Raises TextApproved and
    TextUnderReview as `edit_gift`, PlanBegun once money came (but for a gift without an agreement,
    and while an amendment is under way), AmountFirst, PlanUnlikeGift, NothingPromised.
    """
    refuse_if_fixed(session, office, gift, now=now)
    if gift.amount is None:
        raise AmountFirst(number=gift.number)
    if any(part.amount.minor <= 0 for part in parts):
        raise NothingPromised
    planned = Money(sum(part.amount.minor for part in parts), gift.amount.currency)
    if planned != gift.amount:
        raise PlanUnlikeGift(number=gift.number, planned=planned, amount=gift.amount)
    ordered = sorted(parts, key=lambda part: part.pay_by)
    return set_plan(session, office, gift, ordered, actor=actor, now=now)


def set_plan(
    session: Session,
    office: Office,
    gift: Gift,
    parts: Sequence[Part],
    *,
    actor: Actor,
    now: datetime,
) -> list[Instalment]:
    """Set the plan, and let the money that came lie on it anew. Raises PlanBegun, PartHasMoney."""
    machine = office.machine(session, gift.workflow_version, Instalment.lifecycle)
    rows = instalments_of(session, gift.id)
    begun = [row for row in rows if row.stage != machine.lifecycle.initial]
    amending = bool(begun) and is_amending(session, office, gift, now=now)
    if begun and not amending and not _without_agreement(session, office, gift):
        raise PlanBegun(number=gift.number)
    for row in begun:
        wanted = parts[row.no - 1] if row.no <= len(parts) else None
        if wanted != Part(row.pay_by, row.amount):
            take_back_instalment(session, office, gift, row, actor=actor, now=now)
    planned = plan_parts(
        session,
        gift,
        machine,
        parts,
        calendar=office.calendar,
        today=office.today(now),
        actor=actor,
        now=now,
    )
    if begun:
        credit_plan(session, office, gift, actor=actor, now=now)
    return planned


def _planned_apart(
    session: Session, office: Office, gift: Gift, parts: Sequence[Instalment], *, now: datetime
) -> bool:
    """Whether a new amount leaves the plan as it is until `plan_gift` is called for it.

    That is so of several parts, and of a part with money on it while the agreement is amended.
    Raises PlanBegun where money came and no amendment is under way.
    """
    machine = office.machine(session, gift.workflow_version, Instalment.lifecycle)
    begun = any(part.stage != machine.lifecycle.initial for part in parts)
    amending = begun and is_amending(session, office, gift, now=now)
    if len(parts) <= 1:
        return amending
    if begun and not amending and not _without_agreement(session, office, gift):
        raise PlanBegun(number=gift.number)
    return True


def refuse_if_fixed(session: Session, office: Office, gift: Gift, *, now: datetime) -> None:
    """Raise while the text is under review, or an approval that has not lapsed covers it.

    During an amendment the supplementary agreement on record is what allows a change.
    """
    facts = gather_one(session, office, gift, today=office.today(now))
    if facts.under_review:
        raise TextUnderReview(number=gift.number)
    if facts.approved_revision is None or is_amending(session, office, gift, now=now):
        return
    raise TextApproved(number=gift.number)


def is_amending(session: Session, office: Office, gift: Gift, *, now: datetime) -> bool:
    """Whether an amendment is under way and its supplementary agreement is on record."""
    steps = steps_of(session, gift.subject)
    if not steps or steps[-1].transition != AMEND:
        return False
    facts = gather_one(session, office, gift, today=office.today(now))
    return RecordKind.SUPPLEMENT in facts.fresh_records


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
