"""Drafting: the template, the words that fill it, and the numbered revision that comes of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from donflow.agreements.models import Revision, SelfCheck, TemplateConfirmation
from donflow.agreements.terms import terms_of
from donflow.agreements.values import copies_in, values_of
from donflow.domain.actor import Actor
from donflow.errors import N_, DonflowError, Label, NotFound, say
from donflow.gifts.models import Gift, Instalment
from donflow.gifts.register import touch
from donflow.roster.holdings import plain_value
from donflow.roster.models import Constituent
from donflow.settings import Settings
from donflow.store.columns import recorded
from donflow.store.journal import Subject, record
from donflow.store.keys import KeyRing
from donflow.vault.files import fingerprint_of
from donflow.vault.models import Blob
from donflow.word.filling import FieldFaultKind, field_faults, fill
from donflow.word.templates import Template, load_template
from donflow.word.templating.compiling import compile_template


class NoTemplate(DonflowError):
    code = "no_template"
    message = N_("There is no template for gifts of the kind {kind}.")
    remedy = N_(
        "A kind without an agreement needs none; for another add agreement_templates/{kind}."
    )


class SameText(DonflowError):
    code = "same_text"
    message = N_("This is word for word draft {no} of {number}; nothing was changed in it.")
    remedy = N_("Change what is to be changed first: donflow agreement fields {number}")
    http_status = 409


@dataclass(frozen=True)
class FieldState:
    """One field of the template: its names, whether it is asked for, and its value if known."""

    name: str
    label: Label
    required: bool
    missing: bool
    value: str | None


def draft_bytes(
    template: Template,
    gift: Gift,
    donor: Constituent | None,
    instalments: Sequence[Instalment],
    session: Session,
    settings: Settings,
    keys: KeyRing,
) -> tuple[bytes, int]:
    """The filled Word file, and the number of copies that its text names.

    Raises WrongFields with every missing, unused or badly written field; no file then exists.
    """
    values = values_of(
        gift,
        donor,
        instalments,
        terms_of(session, [gift.id]).get(gift.id, []),
        settings.foundation,
        show=lambda person, holding: plain_value(keys, person, holding),
    )
    wanted = _wanted(template, values)
    return fill(template.content, template.fields, wanted), copies_in(values)


def add_revision(
    session: Session,
    gift: Gift,
    blob: Blob,
    *,
    template: str | None,
    values_digest: str,
    copies: int,
    rules: str,
    checked_on: date,
    words: str,
    on: date,
    actor: Actor,
    now: datetime,
) -> Revision:
    """Number a new state of the text; its bytes are already in the vault.

    Raises SameText for the bytes of the current revision: nothing was revised.
    """
    revisions = revisions_of(session, gift.id)
    if revisions and revisions[-1].document == blob.fingerprint:
        raise SameText(number=gift.number, no=revisions[-1].no)
    revision = Revision(
        gift_id=gift.id,
        no=len(revisions) + 1,
        document=blob.fingerprint,
        template=template,
        values_digest=values_digest,
        copies=copies,
        rules=rules,
        checked_on=checked_on,
        words=words,
        on=on,
        **recorded(actor, now),
    )
    session.add(revision)
    session.flush()
    touch(gift, now)
    detail = {"revision": revision.no, "document": blob.fingerprint, "template": template}
    record(session, gift.subject, "revision_written", actor=actor, now=now, detail=detail)
    return revision


def check_revision(
    session: Session, gift: Gift, *, note: str | None, on: date, actor: Actor, now: datetime
) -> SelfCheck:
    """Write down that a person has read the current revision."""
    revision = current_revision(session, gift)
    check = SelfCheck(
        gift_id=gift.id, revision_id=revision.id, note=note, on=on, **recorded(actor, now)
    )
    session.add(check)
    touch(gift, now)
    detail = {"revision": revision.no}
    record(session, gift.subject, "self_checked", actor=actor, now=now, detail=detail)
    return check


def confirm_template(
    session: Session, kind: str, fingerprint: str, *, on: date, actor: Actor, now: datetime
) -> TemplateConfirmation:
    """Write down a person's word that this file is the foundation's newest of its kind."""
    confirmation = TemplateConfirmation(
        kind=kind, template=fingerprint, on=on, **recorded(actor, now)
    )
    session.add(confirmation)
    session.flush()
    subject = Subject("template", confirmation.id)
    detail = {"kind": kind, "template": fingerprint}
    record(session, subject, "template_confirmed", actor=actor, now=now, detail=detail)
    return confirmation


def confirmed_on(session: Session, kind: str, fingerprint: str) -> date | None:
    """When this very file was last confirmed as the newest of its kind."""
    query = (
        select(TemplateConfirmation.on)
        .where(TemplateConfirmation.kind == kind, TemplateConfirmation.template == fingerprint)
        .order_by(TemplateConfirmation.id.desc())
    )
    return session.scalars(query).first()


def template_of(templates: Path, kind: str, *, thoroughly: bool = False) -> Template:
    """The office's template for a kind of gift, read anew only when one of its files changed.

    `thoroughly` where a person is about to rely on the file for the first time.
    """
    folder = templates / kind
    if not folder.is_dir():
        raise NoTemplate(kind=kind)
    stamp = tuple(sorted((file.name, file.stat().st_mtime_ns) for file in folder.iterdir()))
    return _load(folder, stamp, thoroughly)


def template_fingerprint(template: Template) -> str:
    """The fingerprint of the Word file itself."""
    return fingerprint_of(template.content)


def field_states(template: Template, values: dict[str, str]) -> tuple[FieldState, ...]:
    """Each field of the template with its value, and whether it is still missing."""
    missing = missing_fields(template, values)
    return tuple(
        FieldState(field.name, field.label, field.required, name in missing, values.get(name))
        for name, field in template.fields.items()
    )


def missing_fields(template: Template, values: dict[str, str]) -> frozenset[str]:
    """The fields that the text needs, with these values, and does not have."""
    compiled = compile_template(template.content)
    faults = field_faults(compiled, template.fields, _wanted(template, values))
    return frozenset(fault.field for fault in faults if fault.kind is FieldFaultKind.MISSING)


def current_revision(session: Session, gift: Gift) -> Revision:
    """The newest revision; NotFound when nothing was drafted."""
    revisions = revisions_of(session, gift.id)
    if not revisions:
        raise NotFound(
            what=say(N_("draft of gift")),
            given=gift.number,
            mend=N_("Write it first: donflow agreement draft {given}"),
        )
    return revisions[-1]


def revisions_of(session: Session, gift_id: int) -> list[Revision]:
    query = select(Revision).where(Revision.gift_id == gift_id).order_by(Revision.no)
    return list(session.scalars(query))


def _wanted(template: Template, values: dict[str, str]) -> dict[str, str]:
    """The values that this template has fields for; the filler refuses any other."""
    return {name: value for name, value in values.items() if name in template.fields}


@lru_cache(maxsize=16)
def _load(folder: Path, _stamp: tuple[tuple[str, int], ...], thoroughly: bool) -> Template:
    return load_template(folder, thoroughly=thoroughly)
