"""Lists of people that leave the office: what was asked for, agreed by two, and written."""

from __future__ import annotations

import re
import secrets
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from donflow.domain.actor import Actor
from donflow.errors import N_, DonflowError, NotFound, say
from donflow.roster.alumni_models import RosterExport
from donflow.store.columns import recorded
from donflow.store.journal import Subject, record

EXPORT, CARDS, COURIER = "roster export", "roster vcard", "greeting courier"
"""The commands, and so the acts of an order."""
COURIER_FORM = "courier"
"""A sheet that goes to the courier: whose address a greeting goes to."""
DAYS_TO_WRITE = 7
LONGEST_REASON = 200


class ExportUnreasoned(DonflowError):
    code = "export_unreasoned"
    message = N_("Full values leave the office only for a reason, which the second person reads.")
    remedy = N_("Add --reason, at most 200 characters.")


class ExportNotAgreed(DonflowError):
    code = "export_not_agreed"
    message = N_("Export {number} is not agreed by a second person yet.")
    remedy = N_("Let another user confirm its order: donflow order list")
    http_status = 409


class ExportOver(DonflowError):
    code = "export_over"
    message = N_("Export {number} was written already, or its {days} days are over.")
    remedy = N_("Ask for it again.")
    http_status = 409


class ExportOfAnother(DonflowError):
    code = "export_of_another"
    message = N_("Export {number} was asked for by another user, who writes it.")
    http_status = 403


class ExportOtherForm(DonflowError):
    code = "export_other_form"
    message = N_("Export {number} was agreed in another form: cards are not a list.")
    remedy = N_("Write it with the command that asked for it.")


def new_export(
    session: Session,
    *,
    form: str,
    full: bool,
    columns: Sequence[str],
    selection: Mapping[str, str],
    reason: str | None,
    numbers: Sequence[int] | None = None,
    actor: Actor,
    now: datetime,
) -> RosterExport:
    """Note what is asked for. Raises ExportUnreasoned for full values without a reason.

    `numbers` are all numbers of the people who are agreed to: nobody else goes, whoever comes
    into the class meanwhile.

    The reason is one's own words: long numbers are hidden in it, and the journal has none of it.
    """
    reason = re.sub("[0-9]{7,}[Xx]?", "***", (reason or "").strip())
    if (full and not reason) or len(reason) > LONGEST_REASON:
        raise ExportUnreasoned
    row = RosterExport(
        form=form,
        full=full,
        columns=list(columns),
        selection=dict(selection),
        reason=reason or None,
        numbers=None if numbers is None else sorted(numbers),
        salt=secrets.token_hex(16),
        **recorded(actor, now),
    )
    session.add(row)
    detail = {"form": form, "full": full, "columns": list(columns), "filters": sorted(selection)}
    _note(session, row, "export_asked", detail, actor, now)
    return row


def get_export(session: Session, number: int) -> RosterExport:
    """The export with this number. Raises NotFound."""
    row = session.get(RosterExport, number, with_for_update=True)
    if row is None:
        raise NotFound(what=say(N_("export")), given=number)
    return row


def agree_export(session: Session, number: int, *, actor: Actor, now: datetime) -> None:
    """A second person agreed: it may be written once, within `DAYS_TO_WRITE`."""
    row = get_export(session, number)
    row.agreed_at = now
    _note(session, row, "export_agreed", {}, actor, now)


def refuse_unwritable(row: RosterExport, *, form: str, actor: Actor, now: datetime) -> None:
    """Raise ExportNotAgreed, ExportOver, ExportOfAnother or ExportOtherForm for what may not be."""
    if row.form != form and row.written_at is None:
        raise ExportOtherForm(number=row.id)
    if row.recorded_by != actor.user_id:
        raise ExportOfAnother(number=row.id)
    if row.written_at is not None:
        raise ExportOver(number=row.id, days=DAYS_TO_WRITE)
    if not row.full:
        return
    if row.agreed_at is None:
        raise ExportNotAgreed(number=row.id)
    if now > row.agreed_at + timedelta(days=DAYS_TO_WRITE):
        raise ExportOver(number=row.id, days=DAYS_TO_WRITE)


def note_written(
    session: Session, row: RosterExport, *, people: int, left_out: int, actor: Actor, now: datetime
) -> None:
    """Write down that it left the office, with how many people, and how many were left out."""
    row.written_at, row.people, row.left_out = now, people, left_out
    detail = {"people": people, "left_out": left_out, "full": row.full, "columns": row.columns}
    _note(session, row, "export_written", detail, actor, now)


def forget_in_exports(
    session: Session, numbers: Collection[int], *, actor: Actor, now: datetime
) -> None:
    """Leave erased numbers out of what was agreed; counts and columns stay.

    The words of an export that was asked for by such a number are about that person: they go.
    """
    gone = set(numbers)
    for row in session.scalars(select(RosterExport).order_by(RosterExport.id)):
        agreed = row.numbers or []
        named = gone & {int(each) for each in row.selection.get("people", "").split(",") if each}
        if not named and not gone & set(agreed):
            continue
        row.numbers = row.numbers and [each for each in agreed if each not in gone]
        row.salt = secrets.token_hex(16)
        if named:
            row.reason, row.selection = None, {}
            _note(session, row, "export_words_erased", {}, actor, now)


def _note(
    session: Session,
    row: RosterExport,
    action: str,
    detail: Mapping[str, object],
    actor: Actor,
    now: datetime,
) -> None:
    session.flush()
    subject = Subject("roster_export", row.id)
    record(session, subject, action, actor=actor, now=now, detail=detail)
