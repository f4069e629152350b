"""Guards of the foundation's review and of the donor's check of the approved text."""

from __future__ import annotations

from donflow.domain.facts import GiftFacts
from donflow.domain.guards.mending import lacking, lacking_either
from donflow.engine.spec import Unmet
from donflow.errors import N_, say


def has_remarks(gift: GiftFacts) -> Unmet | None:
    """A text that goes back carries at least one unanswered remark."""
    if gift.remarks_unanswered > 0:
        return None
    reason = say(N_("No open remark says what is to be changed."))
    return lacking(reason, f"review remark {gift.number} TEXT")


def remarks_answered(gift: GiftFacts) -> Unmet | None:
    """Every remark was accepted, met otherwise, or declined with a reason."""
    if gift.remarks_unanswered == 0:
        return None
    reason = say(
        N_("{open} of {all} remarks are not answered."),
        open=gift.remarks_unanswered,
        all=gift.remarks,
    )
    return lacking_either(
        reason, f"review show {gift.number}", f"review answer {gift.number} NO --accepted"
    )


def revised_since_review(gift: GiftFacts) -> Unmet | None:
    """A new revision exists since the one that came back."""
    if gift.revision is not None and gift.revision > (gift.reviewed_revision or 0):
        return None
    if gift.revision is None:
        reason = say(N_("No draft has been written."))
    else:
        reason = say(N_("Revision {no} is the one that came back."), no=gift.reviewed_revision)
    return lacking(reason, f"agreement draft {gift.number}")


def approvals_complete(gift: GiftFacts) -> Unmet | None:
    """Every rung that the amount asks for has agreed to this very text."""
    if not gift.rungs_missing:
        return None
    capacities = tuple(say(CAPACITIES.get(code, code)) for code in gift.rungs_missing)
    reason = say(N_("Consent is missing from: {capacities}."), capacities=capacities)
    return lacking_either(
        reason,
        f"review approve {gift.number} --for reviewer --evidence FILE",
        f"review return {gift.number} --for reviewer --evidence FILE",
    )


def text_frozen(gift: GiftFacts) -> Unmet | None:
    """The approved bytes are the current revision: any later change makes approval lapse."""
    if gift.approved_document is not None and gift.approved_document == gift.document:
        return None
    if gift.approved_document is None:
        reason = say(N_("No approval covers the current text."))
        return lacking(reason, f"review approve {gift.number} --for reviewer --evidence FILE")
    reason = say(
        N_("Revision {approved} was approved, revision {no} is another text."),
        approved=gift.approved_revision,
        no=gift.revision,
    )
    return lacking(reason, f"review show {gift.number}")


def sent_to_donor(gift: GiftFacts) -> Unmet | None:
    """The approved text itself was sent to the donor."""
    if gift.sent_revision is not None and gift.sent_revision == gift.approved_revision:
        return None
    reason = say(N_("The approved text has not been sent to the donor."))
    return lacking(reason, f"donor send {gift.number} --channel wechat")


def has_objection(gift: GiftFacts) -> Unmet | None:
    """The donor's objection is written down, item by item."""
    if gift.objections_unanswered > 0:
        return None
    reason = say(N_("No open objection is written down."))
    return lacking(reason, f"donor object {gift.number} TEXT --for donor --evidence FILE")


def objections_answered(gift: GiftFacts) -> Unmet | None:
    """Every objection has its answer: explained, or met by a change."""
    if gift.objections_unanswered == 0:
        return None
    reason = say(
        N_("{open} of {all} objections are not answered."),
        open=gift.objections_unanswered,
        all=gift.objections,
    )
    return lacking(reason, f"donor answer {gift.number} NO TEXT")


def donor_agreed(gift: GiftFacts) -> Unmet | None:
    """The donor agreed to the very text that was approved."""
    if gift.agreed_revision is not None and gift.agreed_revision == gift.approved_revision:
        return None
    reason = say(N_("The donor has not agreed to the approved text."))
    return lacking(reason, f"donor agree {gift.number} --for donor --evidence FILE")


CAPACITIES = {
    "reviewer": N_("reviewer"),
    "legal": N_("legal office"),
    "secretary_general": N_("secretary-general"),
    "chair": N_("chair"),
    "council": N_("council"),
}
"""The rungs of the approval ladder as a person reads them."""

GUARDS = (
    has_remarks,
    remarks_answered,
    revised_since_review,
    approvals_complete,
    text_frozen,
    sent_to_donor,
    has_objection,
    objections_answered,
    donor_agreed,
)
