"""Which paper there is none of because the donor is not to be named."""

from __future__ import annotations

from sqlalchemy.orm import Session

from donflow.domain.facts import PaperKind
from donflow.gifts.filing import GROUND_STEPS, absence_of
from donflow.gifts.models import Gift
from donflow.lifecycle.office import Office
from donflow.lifecycle.receipting import last_by_payment
from donflow.papers.certificates import certificates_of
from donflow.papers.models import Certificate
from donflow.store.moving import steps_of


def resting_on_anonymity(session: Session, office: Office, gift: Gift) -> PaperKind | None:
    """The paper that is not to be because the donor is not to be named, if it stays at that."""
    step = GROUND_STEPS["anonymous"]
    for receipt in last_by_payment(session, gift).values():
        steps = steps_of(session, receipt.subject)
        if steps and steps[-1].transition == step:
            return PaperKind.RECEIPT
    absence = absence_of(session, gift.id, PaperKind.CERTIFICATE)
    last = certificates_of(session, gift.id)[-1:]
    if absence is not None and absence.absent_because == "anonymous" and last:
        stages = office.machine(
            session, last[0].workflow_version, Certificate.lifecycle
        ).lifecycle.stages
        return PaperKind.CERTIFICATE if stages[last[0].stage].end else None
    return None
