"""Commands on tasks: what waits, and that it was done."""

from __future__ import annotations

from pathlib import Path

import click

from donflow.cli.acting import Act, Done, writes
from donflow.cli.arguments import NUMBER, listed
from donflow.cli.commands import Group
from donflow.cli.glance import OWNER_NAMES
from donflow.cli.looking import Look, reads
from donflow.cli.naming import OBLIGATION_NAMES
from donflow.cli.output import Column, tell_list
from donflow.errors import N_, say
from donflow.gifts.models import Gift
from donflow.greetings.thanking import THANK, finish_thank
from donflow.lifecycle.obligations import OBLIGATIONS, settle_obligation
from donflow.tasks.models import Task
from donflow.tasks.planning import finish_task, get_task, open_tasks

task = Group("task", help=N_("Things to do"), no_args_is_help=True)

KINDS = {"thank": N_("thank the donor")} | OBLIGATION_NAMES


@task.command(
    "list", help=N_("Everything that waits, most urgent first."), example="donflow task list"
)
@listed
@reads
def list_(look: Look, as_json: bool, xlsx: Path | None) -> None:
    columns = (
        Column("task", N_("No.")),
        Column("due_on", N_("Due")),
        Column("kind", N_("What")),
        Column("gift", N_("Gift")),
        Column("owner", N_("Waits for")),
    )
    mine = {str(role) for role in look.actor.roles}
    rows: list[dict[str, object]] = []
    for item in open_tasks(look.session):
        if look.scope != "all" and item.owner not in mine:
            continue
        gift = look.session.get(Gift, item.subject_id) if item.subject_type == "gift" else None
        rows.append(
            {
                "task": item.id,
                "due_on": item.due_on,
                "kind": item.kind if as_json else say(KINDS.get(item.kind, item.kind)),
                "gift": gift.number if gift else None,
                "owner": item.owner if as_json else say(OWNER_NAMES[item.owner]),
            }
        )
    tell_list(look.shell, N_("Tasks"), columns, rows, as_json=as_json, xlsx=xlsx)


@task.command(
    "done", help=N_("Mark a task as done."), example="donflow task done 3 --outcome called"
)
@click.argument("number", type=NUMBER, metavar=N_("NO"))
@click.option(
    "--outcome", default="done", metavar=N_("WORD"), help=N_("What came of it, in a word.")
)
@writes
def done(act: Act, number: int, outcome: str) -> Done:
    item = get_task(act.session, number)
    _finish(act, item, outcome[:40])
    return Done(say(N_("Task {no} is done."), no=number))


def _finish(act: Act, item: Task, outcome: str) -> None:
    """End a task together with what stands beside it: a letter of thanks, the next report."""
    if item.kind in OBLIGATIONS:
        act.session.refresh(act.session.get_one(Gift, item.subject_id), with_for_update=True)
        proof = act.actor.on_behalf_of
        settle_obligation(
            act.session,
            act.office,
            item,
            reason=None if outcome == "done" else outcome,
            evidence=proof.document if proof else None,
            actor=act.actor,
            now=act.now,
        )
    elif item.kind == THANK:
        finish_thank(act.session, item, outcome=outcome, actor=act.actor, now=act.now)
    else:
        finish_task(act.session, item, outcome=outcome, actor=act.actor, now=act.now)
