"""The command that shows who did what, and when."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from donflow.accounts.users import all_users
from donflow.cli.arguments import listed
from donflow.cli.commands import Group
from donflow.cli.looking import Look, reads
from donflow.cli.naming import ACTION_NAMES, EVIDENCE_NAMES, ROLE_NAMES, word_for
from donflow.cli.options import gift_argument
from donflow.cli.output import Column, tell_list
from donflow.errors import N_
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
        action: object = item.action if as_json else word_for(ACTION_NAMES, item.action)
        rows.append(
            {
                "seq": item.seq,
                "at": item.at,
                "user": names.get(item.user_id or 0),
                "acting_role": item.acting_role,
                "recorded_for": _word(ROLE_NAMES, outside.get("role"), as_json=as_json),
                "evidence": _word(EVIDENCE_NAMES, outside.get("evidence"), as_json=as_json),
                "document": outside.get("document"),
                "action": action,
                "detail": item.detail,
                "hash": item.hash,
            }
        )
    tell_list(look.shell, N_("Journal"), columns, rows, as_json=as_json, xlsx=xlsx)


def _word(names: Mapping[str, str], code: str | None, *, as_json: bool) -> object:
    return code if as_json or not code else word_for(names, code)
