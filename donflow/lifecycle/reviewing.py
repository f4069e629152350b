"""The foundation's review together with the stage: submitted, returned with remarks, approved."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from donflow.accounts.models import User
from donflow.accounts.users import capacities_on
from donflow.agreements.drafting import current_revision
from donflow.agreements.models import Remark, Revision
from donflow.agreements.remarks import NewRemark, add_remarks
from donflow.agreements.rounds import (
    add_approval,
    end_round,
    last_round,
    open_round,
    open_round_of,
)
from donflow.domain.actor import Actor, Role
from donflow.domain.desk import Desk
from donflow.domain.facts import PaperKind
from donflow.engine.machine import Refusals, decide
from donflow.errors import N_, DonflowError, Refused, Sentence, say
from donflow.gifts.filing import file_paper
from donflow.gifts.models import Gift
from donflow.lifecycle.advance import (
    advance,
    attempt_on,
    check_open,
    gift_machine,
)
from donflow.lifecycle.gather import gather_one
from donflow.lifecycle.office import Office
from donflow.lifecycle.resubmitting import heed_before_resubmission
from donflow.lifecycle.returning import refuse_if_changed
from donflow.lifecycle.steps import OPENS_ROUND
from donflow.vault.deposit import Upload
from donflow.vault.models import Blob

WAITING_CODES = frozenset({"approvals_complete", "text_frozen"})
"""What may still be lacking while one rung of several agrees."""


BODIES = frozenset({"chair", "council"})
"""Capacities whose consent is a body's: it names them and the number of its minutes."""


class MinutesMissing(DonflowError):
    code = "minutes_missing"
    message = N_("The consent of a body is the number of its minutes, their day and their scan.")
    remedy = N_("Add --as-capacity {capacity} --minutes NUMBER --on DAY, and --scan SCAN.")


class NoCapacity(DonflowError):
    code = "no_capacity"
    message = N_("You do not hold a capacity whose consent is still missing: {missing}.")
    remedy = N_("See who holds one: donflow user list")
    http_status = 403


def advance_gift(
    session: Session,
    office: Office,
    gift: Gift,
    name: str,
    *,
    actor: Actor,
    now: datetime,
    reason: str | None = None,
) -> tuple[Sentence, ...]:
    """Make the step with what belongs to it, or raise Refused with every reason.

    Answers what a person should heed all the same.
    """
    if name in OPENS_ROUND:
        return submit(session, office, gift, name, actor=actor, now=now, reason=reason)
    advance(session, office, gift, name, actor=actor, now=now, reason=reason)
    return ()


def submit(
    session: Session,
    office: Office,
    gift: Gift,
    name: str,
    *,
    actor: Actor,
    now: datetime,
    reason: str | None = None,
) -> tuple[Sentence, ...]:
    """Send the current revision to the foundation: a round opens and the stage moves.

    Answers where it does not hold what was accepted of the last one (`resubmitting`).
    """
    advance(session, office, gift, name, actor=actor, now=now, reason=reason)
    revision = current_revision(session, gift)
    on = office.acted_on(actor, now)
    heed = heed_before_resubmission(session, office, gift)
    open_round(session, gift, revision, on=on, actor=actor, now=now)
    return heed


def remark(
    session: Session,
    office: Office,
    gift: Gift,
    new: NewRemark,
    *,
    channel: str,
    actor: Actor,
    now: datetime,
) -> Remark:
    """Write a remark to the last round, whether it is still open or the text is back."""
    review = last_round(session, gift.id) or open_round_of(session, gift)
    on = office.acted_on(actor, now)
    (row,) = add_remarks(
        session, gift, review, (new,), channel=channel, on=on, actor=actor, now=now
    )
    return row


def approve(
    session: Session,
    office: Office,
    gift: Gift,
    *,
    capacities: Sequence[str] = (),
    minutes_number: str | None = None,
    scan: Blob | None = None,
    upload: Upload | None = None,
    actor: Actor,
    now: datetime,
) -> tuple[str, ...]:
    """Record consents to the current text; the last one freezes it and moves the stage.

    Without `capacities`: in a shared desk those that the user holds, for a 代录 all that are
    missing; never a body's (`BODIES`), which needs its minutes too: their number and their scan,
    which a 代录 brings as its evidence. A Word file as evidence (`upload`) is read first: with
    changes or open remarks it is no consent. Returns the capacities whose consent is still missing.
    """
    check_open(session, office, gift, "approve")
    review = open_round_of(session, gift)
    revision = session.get_one(Revision, review.revision_id)
    _stop_unless_only_consents_lack(session, office, gift, actor=actor, now=now)
    if upload is not None:
        refuse_if_changed(session, office, gift, upload, actor=actor)
    missing = gather_one(session, office, gift, today=office.today(now)).rungs_missing
    on = office.acted_on(actor, now)
    speaks = _speaks_for(session, office, missing, capacities, actor=actor, now=now)
    proved = minutes_number and (scan or actor.on_behalf_of)
    if not proved and (bodies := BODIES & set(speaks)):
        raise MinutesMissing(capacity=min(bodies))
    if scan is not None:
        kind = PaperKind.EVIDENCE
        file_paper(session, gift, kind, scan, title=scan.name, on=on, actor=actor, now=now)
    for capacity in speaks:
        add_approval(
            session,
            gift,
            review,
            revision,
            capacity=capacity,
            minutes_number=minutes_number,
            person=office.person(actor),
            on=on,
            actor=actor,
            now=now,
        )
    still = gather_one(session, office, gift, today=office.today(now)).rungs_missing
    if not still:
        end_round(session, gift, review, outcome="approved", on=on, actor=actor, now=now)
        advance(session, office, gift, "approve", actor=actor, now=now)
    return still


def _speaks_for(
    session: Session,
    office: Office,
    missing: tuple[str, ...],
    asked: Sequence[str],
    *,
    actor: Actor,
    now: datetime,
) -> tuple[str, ...]:
    recorded = actor.on_behalf_of is not None and office.desk is Desk.SINGLE
    user = session.get_one(User, actor.user_id)
    held = frozenset(missing) if recorded else capacities_on(user, Role.REVIEWER, office.today(now))
    heard = tuple(capacity for capacity in missing if capacity in held)
    speaks = tuple(c for c in heard if (c in asked if asked else c not in BODIES))
    if heard and not asked and not speaks:
        raise MinutesMissing(capacity=heard[0])
    if not speaks:
        raise NoCapacity(missing=missing)
    return speaks


def _stop_unless_only_consents_lack(
    session: Session, office: Office, gift: Gift, *, actor: Actor, now: datetime
) -> None:
    """Role and separation of duties are judged for each consent, not only for the last."""
    attempt = attempt_on(session, office, gift, actor=actor, now=now)
    decision = decide(gift_machine(session, office, gift), "approve", attempt)
    if isinstance(decision, Refusals):
        hard = tuple(item for item in decision.refusals if item.code not in WAITING_CODES)
        if hard:
            raise Refused(hard, act=say(N_("Approve")))
