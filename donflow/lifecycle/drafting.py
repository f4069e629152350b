"""Making a gift's drafts: the office's template filled with what is known, kept as a revision."""

from __future__ import annotations

from datetime import datetime
from pathlib import PurePath

from sqlalchemy.orm import Session

from donflow.agreements.differing import digest_of_words
from donflow.agreements.drafting import (
    FieldState,
    add_revision,
    check_revision,
    confirm_template,
    current_revision,
    draft_bytes,
    field_states,
    template_fingerprint,
    template_of,
)
from donflow.agreements.incoming import Route, read_paper
from donflow.agreements.models import FindingWaiver, Revision, SelfCheck, TemplateConfirmation
from donflow.agreements.prechecked import waive_finding
from donflow.agreements.values import DEFAULT_COPIES, digest_of
from donflow.domain.actor import Actor
from donflow.domain.facts import PaperKind
from donflow.errors import N_, DonflowError
from donflow.gifts.filing import file_paper
from donflow.gifts.models import Gift
from donflow.gifts.plan import instalments_of
from donflow.gifts.register import donor_of
from donflow.lifecycle.editing import refuse_if_fixed
from donflow.lifecycle.gather import gather_one
from donflow.lifecycle.office import Office
from donflow.lifecycle.prechecking import precheck_again, precheck_revision, rules_of
from donflow.lifecycle.stored_drafts import known_values
from donflow.precheck.paper import Paper
from donflow.vault.deposit import Upload, deposit, keep
from donflow.vault.models import Blob
from donflow.word.reading import read


class NotAWordFile(DonflowError):
    code = "not_a_word_file"
    message = N_("{file} is not a Word file; a draft is one, so that it can be edited further.")
    remedy = N_("Save it as .docx, or file it as a paper: donflow paper file GIFT KIND FILE")


WORD_KINDS = frozenset({"docx", "ole", "rtf"})
"""What is a Word file, or becomes one."""


class UnsettledChanges(DonflowError):
    code = "unsettled_changes"
    message = N_(
        "{file} holds {count} tracked changes that are neither accepted nor refused:"
        " which words count is open."
    )
    remedy = N_(
        "Settle them in Word, or accept all: donflow word accept FILE NEW; then take in the new."
    )


def draft(session: Session, office: Office, gift: Gift, *, actor: Actor, now: datetime) -> Revision:
    """Write the next revision from the template; WrongFields names all that is lacking.

    Raises TextFixed while the text is under review or approved.
    """
    refuse_if_fixed(session, office, gift, now=now)
    template = template_of(office.templates, gift.kind)
    data, copies = draft_bytes(
        template,
        gift,
        donor_of(session, gift),
        instalments_of(session, gift.id),
        session,
        office.settings,
        office.keys,
    )
    facts = gather_one(session, office, gift, today=office.today(now))
    name = f"捐赠协议_{gift.number}_第{(facts.revision or 0) + 1}稿.docx"
    upload = Upload(name, data)
    blob = keep(session, office.vault, upload, kind="docx", actor=actor, now=now)
    return _revise(
        session,
        office,
        gift,
        blob,
        read(data).paper,
        template=template_fingerprint(template),
        copies=copies,
        actor=actor,
        now=now,
    )


def take_in_draft(
    session: Session, office: Office, gift: Gift, upload: Upload, *, actor: Actor, now: datetime
) -> Revision:
    """Take a Word file (edited here, or the donor's own) as the next revision.

    Of an older kind the draft is what LibreOffice makes of it, filed beside the file that came.
    Raises UnsettledChanges where nobody decided yet which words it has.
    """
    refuse_if_fixed(session, office, gift, now=now)
    blob = deposit(session, office.vault, upload, actor=actor, now=now)
    if blob.kind not in WORD_KINDS:
        raise NotAWordFile(file=upload.name)
    incoming = read_paper(upload.data, name=upload.name)
    if incoming.changes:
        raise UnsettledChanges(file=upload.name, count=incoming.changes)
    if incoming.docx is not None and incoming.route is Route.CONVERTED:
        kind, on = PaperKind.AGREEMENT_DRAFT, office.acted_on(actor, now)
        file_paper(session, gift, kind, blob, title=blob.name, on=on, actor=actor, now=now)
        made = Upload(f"{PurePath(upload.name).stem}.docx", incoming.docx)
        blob = keep(session, office.vault, made, kind="docx", actor=actor, now=now)
    facts = gather_one(session, office, gift, today=office.today(now))
    copies = facts.copies_due or DEFAULT_COPIES
    return _revise(
        session,
        office,
        gift,
        blob,
        incoming.paper,
        template=None,
        copies=copies,
        actor=actor,
        now=now,
    )


def check_draft(
    session: Session,
    office: Office,
    gift: Gift,
    *,
    note: str | None,
    actor: Actor,
    now: datetime,
) -> tuple[SelfCheck, int | None]:
    """Write down that a person has read the draft; hold it to the rules again if they changed.

    With it how many errors stand open by the new rules, None where the rules are the same.
    """
    faults = None
    if gather_one(session, office, gift, today=office.today(now)).rules_changed:
        revision = current_revision(session, gift)
        faults = precheck_again(session, office, revision, actor=actor, now=now)
    on = office.acted_on(actor, now)
    return check_revision(session, gift, note=note, on=on, actor=actor, now=now), faults


def faults_of(session: Session, office: Office, gift: Gift, *, now: datetime) -> int:
    """How many errors of the current draft stand open."""
    return len(gather_one(session, office, gift, today=office.today(now)).findings_open)


def known_fields(session: Session, office: Office, gift: Gift) -> tuple[FieldState, ...]:
    """Each field of the gift's template: known (protected values masked), or still missing."""
    values = known_values(session, office, gift)
    return field_states(template_of(office.templates, gift.kind), values)


def confirm_newest(
    session: Session, office: Office, kind: str, *, actor: Actor, now: datetime
) -> TemplateConfirmation:
    """Confirm that the template in the home is the foundation's newest."""
    fingerprint = template_fingerprint(template_of(office.templates, kind, thoroughly=True))
    on = office.acted_on(actor, now)
    return confirm_template(session, kind, fingerprint, on=on, actor=actor, now=now)


def waive(
    session: Session,
    office: Office,
    gift: Gift,
    no: int,
    *,
    reason: str,
    actor: Actor,
    now: datetime,
) -> FindingWaiver:
    """Let an error of the current draft stand. Raises TextFixed once the draft has left."""
    refuse_if_fixed(session, office, gift, now=now)
    revision = current_revision(session, gift)
    on = office.acted_on(actor, now)
    return waive_finding(session, gift, revision, no, reason=reason, on=on, actor=actor, now=now)


def _revise(
    session: Session,
    office: Office,
    gift: Gift,
    blob: Blob,
    paper: Paper,
    *,
    template: str | None,
    copies: int,
    actor: Actor,
    now: datetime,
) -> Revision:
    on = office.acted_on(actor, now)
    # By the rules of today, whatever day the act is written down for: the draft goes out now.
    today = office.today(now)
    _book, rules = rules_of(office, today)
    revision = add_revision(
        session,
        gift,
        blob,
        template=template,
        values_digest=digest_of(known_values(session, office, gift)),
        copies=copies,
        rules=rules,
        checked_on=today,
        words=digest_of_words(line.text for line in paper.lines),
        on=on,
        actor=actor,
        now=now,
    )
    precheck_revision(session, office, revision, paper)
    kind = PaperKind.AGREEMENT_DRAFT
    file_paper(session, gift, kind, blob, title=blob.name, on=on, actor=actor, now=now)
    return revision
