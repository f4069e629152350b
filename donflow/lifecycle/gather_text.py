"""The part of the facts that concerns the agreement's text: drafts, review, the donor's check."""

from __future__ import annotations

from typing import Any

from donflow.agreements.drafting import missing_fields, template_of
from donflow.agreements.models import (
    Approval,
    DonorCheck,
    FindingWaiver,
    Objection,
    Remark,
    ReviewRound,
    Revision,
    RevisionFinding,
    SelfCheck,
    TemplateConfirmation,
)
from donflow.agreements.terms import AgreementTerm
from donflow.agreements.values import digest_of, values_of
from donflow.engine.machine import rungs
from donflow.engine.spec import Lifecycle, Mode
from donflow.gifts.models import Gift, Instalment
from donflow.lifecycle.office import Office
from donflow.lifecycle.open_findings import open_findings
from donflow.roster.models import Constituent
from donflow.store.base import Base

Ledgers = dict[type[Base], list[Any]]
"""The rows of one gift, by table."""


def text_on_record(
    office: Office,
    lifecycle: Lifecycle,
    gift: Gift,
    donor: Constituent | None,
    rows: Ledgers,
) -> dict[str, Any]:
    """What the template still lacks, and whether the draft says what is on record now.

    Only where a step from here asks for it: filling a template takes time on long lists.
    """
    if not ASK_THE_TEXT & _asked(lifecycle, gift) or not (office.templates / gift.kind).is_dir():
        return {}
    values = values_of(
        gift,
        donor,
        rows[Instalment],
        rows[AgreementTerm],
        office.settings.foundation,
        # That a number is on record is enough here; nothing is decrypted for a list.
        show=lambda _person, holding: holding.masked,
    )
    template = template_of(office.templates, gift.kind)
    missing = missing_fields(template, values)
    revisions = rows[Revision]
    return {
        "unfilled": tuple(f.label for name, f in template.fields.items() if name in missing),
        "draft_outdated": bool(revisions) and revisions[-1].values_digest != digest_of(values),
    }


def findings_on_record(
    office: Office,
    lifecycle: Lifecycle,
    gift: Gift,
    rows: Ledgers,
    *,
    rules: str,
    with_words: bool,
) -> dict[str, Any]:
    """The faults of the current draft that stand open, only where a step from here asks for them.

    `rules` is the digest of those that the office has now; a draft was held to them or to others.
    """
    if not rows[Revision] or not ASK_THE_FINDINGS & _asked(lifecycle, gift):
        return {}
    last = rows[Revision][-1]
    found = [row for row in rows[RevisionFinding] if row.revision_id == last.id]
    waived = frozenset(waiver.finding_id for waiver in rows[FindingWaiver])
    faults = open_findings(office.vault, last, found, waived, with_words=with_words)
    return {"findings_open": faults, "rules_changed": last.rules != rules}


def _asked(lifecycle: Lifecycle, gift: Gift) -> frozenset[str]:
    """The guards of the steps that leave the gift's stage."""
    steps = (step for step in lifecycle.transitions if gift.stage in step.sources)
    return frozenset(need for step in steps for need in step.needs)


ASK_THE_FINDINGS = frozenset({"precheck_clean_or_waived"})
"""The guards that ask what the pre-check found."""

ASK_THE_TEXT = frozenset({"fields_complete", "draft_as_recorded"})
"""The guards that compare the text with what is on record."""


def revision_facts(rows: Ledgers, template: TemplateConfirmation | None) -> dict[str, Any]:
    revisions = rows[Revision]
    if not revisions:
        return {}
    last = revisions[-1]
    numbers = {revision.id: revision.no for revision in revisions}
    checked = [numbers[check.revision_id] for check in rows[SelfCheck]]
    outdated = bool(template and last.template and last.template != template.template)
    return {
        "revision": last.no,
        "document": last.document,
        "copies_due": last.copies,
        "checked_revision": max(checked, default=None),
        "template_outdated": outdated,
        "draft_taken_in": last.template is None,
    }


def review_facts(rows: Ledgers, lifecycle: Lifecycle, gift: Gift) -> dict[str, Any]:
    rounds = rows[ReviewRound]
    if not rounds:
        return {"rungs_missing": _missing(lifecycle, gift, set())}
    last = rounds[-1]
    revisions = {revision.id: revision for revision in rows[Revision]}
    reviewed = revisions[last.revision_id]
    # An answer within a thread is answered with the remark that began it.
    remarks = [
        remark for remark in rows[Remark] if remark.round_id == last.id and remark.parent_no is None
    ]
    consents = {
        approval.capacity
        for approval in rows[Approval]
        if approval.round_id == last.id and approval.document == reviewed.document
    }
    approved = last.outcome == "approved" and last.lapsed_on is None
    return {
        "under_review": last.outcome is None,
        "reviewed_revision": reviewed.no,
        "remarks": len(remarks),
        "remarks_unanswered": sum(remark.answer is None for remark in remarks),
        "rungs_missing": _missing(lifecycle, gift, consents),
        "approved_revision": reviewed.no if approved else None,
        "approved_document": reviewed.document if approved else None,
    }


def _missing(lifecycle: Lifecycle, gift: Gift, consents: set[str]) -> tuple[str, ...]:
    rule = rungs(lifecycle, gift.amount_minor)
    if rule is None:
        return ()
    asked = tuple(rung.capacity for rung in rule.rungs)
    if rule.mode is Mode.ANY and consents & set(asked):
        return ()
    return tuple(capacity for capacity in asked if capacity not in consents)


def donor_facts(rows: Ledgers) -> dict[str, Any]:
    checks = rows[DonorCheck]
    if not checks:
        return {}
    last = checks[-1]
    numbers = {revision.id: revision.no for revision in rows[Revision]}
    objections = [item for item in rows[Objection] if item.check_id == last.id]
    agreed = last.outcome == "agreed"
    return {
        "sent_revision": numbers[last.revision_id],
        "objections": len(objections),
        "objections_unanswered": sum(item.answer is None for item in objections),
        "agreed_revision": numbers[last.revision_id] if agreed else None,
    }
