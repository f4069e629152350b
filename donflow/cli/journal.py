"""The command that shows who did what, and when."""

from __future__ import annotations

from pathlib import Path

from donflow.accounts.users import all_users
from donflow.cli.arguments import listed
from donflow.cli.commands import Group
from donflow.cli.looking import Look, reads
from donflow.cli.options import gift_argument
from donflow.cli.output import Column, tell_list
from donflow.errors import N_, say
from donflow.store.journal import events_of

journal = Group("journal", help=N_("Who did what, and when"), no_args_is_help=True)


@journal.command(
    "show",
    help=N_("Every act on a gift: when, who, for whom, what."),
    example="donflow journal show 17",
)
@gift_argument
@listed
@reads
def show(look: Look, gift: str, as_json: bool, xlsx: Path | None) -> None:
    columns = (
        Column("at", N_("When")),
        Column("user", N_("Who")),
        Column("recorded_for", N_("Recorded for")),
        Column("evidence", N_("Evidence")),
        Column("action", N_("What")),
    )
    names = {user.id: user.display_name for user in all_users(look.session)}
    rows: list[dict[str, object]] = []
    for item in events_of(look.session, look.gift(gift).subject):
        outside = item.on_behalf or {}
        action: object = item.action if as_json else say(ACTIONS.get(item.action, item.action))
        rows.append(
            {
                "seq": item.seq,
                "at": item.at,
                "user": names.get(item.user_id or 0),
                "acting_role": item.acting_role,
                "recorded_for": outside.get("role"),
                "evidence": outside.get("evidence"),
                "document": outside.get("document"),
                "action": action,
                "detail": item.detail,
                "hash": item.hash,
            }
        )
    tell_list(look.shell, N_("Journal"), columns, rows, as_json=as_json, xlsx=xlsx)


ACTIONS = {
    "gift_registered": N_("intent registered"),
    "gift_edited": N_("particulars changed"),
    "plan_set": N_("plan of payment set"),
    "contact_recorded": N_("contact recorded"),
    "gift_screened": N_("screened"),
    "fact_recorded": N_("fact recorded"),
    "terms_set": N_("terms set"),
    "revision_written": N_("draft written"),
    "self_checked": N_("draft read through"),
    "round_opened": N_("sent to the foundation"),
    "remark_recorded": N_("remark recorded"),
    "remark_answered": N_("remark answered"),
    "consent_recorded": N_("consent recorded"),
    "round_ended": N_("review ended"),
    "approval_lapsed": N_("approval lapsed"),
    "sent_to_donor": N_("sent to the donor"),
    "objection_recorded": N_("objection recorded"),
    "objection_answered": N_("objection answered"),
    "donor_answered": N_("donor answered"),
    "copies_printed": N_("copies printed"),
    "copies_signed": N_("copies signed by the donor"),
    "copies_countersigned": N_("copies signed by the foundation"),
    "copies_cancelled": N_("copies cancelled"),
    "copy_placed": N_("copy handed on"),
    "seal_used": N_("seal used"),
    "payment_recorded": N_("payment recorded"),
    "payment_confirmed": N_("payment confirmed"),
    "receipt_requested": N_("receipt asked for"),
    "receipt_recorded": N_("receipt recorded"),
    "certificate_planned": N_("certificate begun"),
    "certificate_recorded": N_("certificate recorded"),
    "paper_filed": N_("paper filed"),
    "custody_handed": N_("scans handed to the file keeper"),
    "custody_acknowledged": N_("file keeper acknowledged"),
    "parcel_sent": N_("parcel sent"),
    "parcel_delivered": N_("parcel delivered"),
    "task_done": N_("task done"),
    "moved": N_("stage changed"),
}
