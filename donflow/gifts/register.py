"""Registering a gift and what becomes known of it before there is an agreement."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from donflow.domain.actor import Actor, Role
from donflow.domain.facts import RecordKind
from donflow.domain.gift_number import format_gift_number, parse_gift_number
from donflow.domain.workdays import Calendar
from donflow.engine.machine import LifecycleMachine
from donflow.errors import N_, DonflowError, NotFound, say
from donflow.gifts.models import Gift, GiftCounter, GiftRecord, Screening
from donflow.roster.merging import numbers_of
from donflow.roster.models import Constituent
from donflow.roster.people import refuse_unchangeable
from donflow.store.columns import recorded
from donflow.store.counting import next_number
from donflow.store.journal import record
from donflow.store.moving import enter

EDITED = "gift_edited"


class NoSuchGift(NotFound):
    """No gift of that number is there, or none that this reader may see: the two look the same."""

    remedy = N_("See all gifts: donflow gift list --all")

    def __init__(self, text: str) -> None:
        super().__init__(what=say(N_("gift")), given=text)


WITH_DOCUMENT = frozenset(
    {
        RecordKind.LEADER_CONSENT,
        RecordKind.PAYER_EXPLAINED,
        RecordKind.WITHDRAWAL,
        RecordKind.DISPUTE,
        RecordKind.HARDSHIP,
        RecordKind.COMPLIANCE_HOLD,
        RecordKind.SUPPLEMENT,
        RecordKind.TERMINATION_AGREEMENT,
        RecordKind.SETTLEMENT,
        RecordKind.WAIVER_GROUND,
    }
)
"""The facts that count only with the document that proves them."""


class DocumentMissing(DonflowError):
    code = "document_missing"
    message = N_("This fact counts only with the document that proves it.")
    remedy = N_("Add it with --file FILE.")


class LeadersAct(DonflowError):
    code = "leaders_act"
    message = N_("Consent of the leaders is their own act.")
    remedy = N_(
        "Run as a leader: donflow gift record {number} leader_consent --file FILE,"
        " or in a single desk record it: --for leader --evidence FILE"
    )
    http_status = 403


class NothingPromised(DonflowError):
    code = "nothing_promised"
    message = N_("A gift is more than nothing.")
    remedy = N_("Leave the amount out while it is not known.")


class UnknownKind(DonflowError):
    code = "unknown_kind"
    message = N_("There is no kind of gift {kind}.")
    remedy = N_("Known kinds: {known}.")


def new_gift(
    session: Session,
    machine: LifecycleMachine,
    version: str,
    *,
    kind: str,
    channel: str,
    heard_on: date,
    calendar: Calendar,
    actor: Actor,
    now: datetime,
) -> Gift:
    """Register an intent under the next number of the year; it begins with this version."""
    if kind not in machine.lifecycle.kinds:
        known = tuple(
            say(N_("{word} ({code})"), word=label, code=code)
            for code, label in machine.lifecycle.kinds.items()
        )
        raise UnknownKind(kind=kind, known=known)
    serial = next_number(session, GiftCounter, heard_on.year)
    gift = Gift(
        year=heard_on.year,
        serial=serial,
        number=format_gift_number(heard_on.year, serial),
        kind=kind,
        channel=channel,
        heard_on=heard_on,
        created_at=now,
        changed_at=now,
    )
    enter(gift, machine, version, on=heard_on, calendar=calendar)
    session.add(gift)
    session.flush()
    record(session, gift.subject, "gift_registered", actor=actor, now=now, detail={"kind": kind})
    return gift


def touch(gift: Gift, now: datetime) -> None:
    """Mark the gift as changed, so that its row version rises with every act on its ledgers."""
    gift.changed_at = now
    flag_modified(gift, "changed_at")  # also of two acts at the same moment, the second counts


def change_gift(
    session: Session, gift: Gift, changes: Mapping[str, object], *, actor: Actor, now: datetime
) -> None:
    """Set columns of a gift; the journal names the columns, not the values, but for the donor's
    number: what is written of a gift may name whoever was its donor once.

    Raises NotChangeable where the new donor was erased or locked, NothingPromised for no amount.
    """
    if changes.get("amount_minor") == 0:
        raise NothingPromised()
    detail: dict[str, object] = {"fields": sorted(changes)}
    if changes.get("donor_id") is not None:
        detail["donor"] = _lock_donor(session, changes["donor_id"])
    for name, value in changes.items():
        setattr(gift, name, value)
    touch(gift, now)
    record(session, gift.subject, EDITED, actor=actor, now=now, detail=detail)


def screen_gift(
    session: Session,
    gift: Gift,
    *,
    passed: bool,
    source_of_funds: str,
    conditions: str,
    note: str | None,
    on: date,
    actor: Actor,
    now: datetime,
) -> Screening:
    """Record the first judgement; a later one stands in place of an earlier one."""
    screening = Screening(
        gift_id=gift.id,
        passed=passed,
        source_of_funds=source_of_funds,
        conditions=conditions,
        note=note,
        on=on,
        **recorded(actor, now),
    )
    session.add(screening)
    touch(gift, now)
    detail = {"passed": passed}
    record(session, gift.subject, "gift_screened", actor=actor, now=now, detail=detail)
    return screening


def add_record(
    session: Session,
    gift: Gift,
    kind: RecordKind,
    *,
    on: date,
    document: str | None,
    note: str | None,
    actor: Actor,
    now: datetime,
) -> GiftRecord:
    """Record one fact that a guard asks for; leaders' consent is a leader's own act.

    A fact recorded for somebody outside has its evidence as its document. Raises DocumentMissing,
    LeadersAct.
    """
    outside = actor.on_behalf_of
    by_leader = outside.role is Role.LEADER if outside else Role.LEADER in actor.roles
    if kind is RecordKind.LEADER_CONSENT and not by_leader:
        raise LeadersAct(number=gift.number)
    if document is None and outside is not None:
        document = outside.document
    if document is None and kind in WITH_DOCUMENT:
        raise DocumentMissing
    fact = GiftRecord(
        gift_id=gift.id, kind=kind, on=on, document=document, note=note, **recorded(actor, now)
    )
    session.add(fact)
    touch(gift, now)
    detail = {"kind": kind, "on": on.isoformat(), "document": document}
    record(session, gift.subject, "fact_recorded", actor=actor, now=now, detail=detail)
    return fact


def get_gift(session: Session, text: str, *, year: int) -> Gift:
    """The gift that `17`, `2026-17` or `G2026-0017` names; `17` means the given year's."""
    in_year, serial = parse_gift_number(text, year)
    query = select(Gift).where(Gift.year == in_year, Gift.serial == serial)
    gift = session.scalars(query).one_or_none()
    if gift is None:
        raise NoSuchGift(text)
    return gift


def all_gifts(session: Session) -> list[Gift]:
    """Every gift, in the order in which they were registered."""
    return list(session.scalars(select(Gift).order_by(Gift.id)))


def _lock_donor(session: Session, number: object) -> int:
    """Nobody erases this donor before the gift is stored; whoever is being erased is waited for."""
    donor = session.get_one(
        Constituent, number, with_for_update={"read": True}, populate_existing=True
    )
    refuse_unchangeable(donor)
    return donor.id


def donor_of(session: Session, gift: Gift) -> Constituent | None:
    return session.get(Constituent, gift.donor_id) if gift.donor_id else None


def courted_elsewhere(session: Session, gift: Gift, ended: frozenset[str]) -> list[Gift]:
    """Other open gifts of the same donor: another department may be courting the same person.

    `ended` are the stages at which a gift no longer counts as open.
    """
    if gift.donor_id is None:
        return []
    other_department = or_(
        Gift.department.is_(None),
        func.coalesce(Gift.department, "") != (gift.department or ""),
    )
    query = (
        select(Gift)
        .where(Gift.donor_id.in_(numbers_of(session, gift.donor_id)), Gift.id != gift.id)
        .where(Gift.stage.not_in(ended), other_department)
        .order_by(Gift.id)
    )
    return list(session.scalars(query))
