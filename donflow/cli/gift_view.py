"""Commands on gifts that only read: list, show, options, board, history."""

from __future__ import annotations

from pathlib import Path

import click

from donflow.cli.arguments import json_option, listed
from donflow.cli.commands import Group
from donflow.cli.gift_plan import plan_line, plan_rows
from donflow.cli.glance import (
    command_of,
    for_reader,
    left,
    line_of,
    owner_of,
    shown_title,
    tell_refusal,
    veiled,
    views_of,
)
from donflow.cli.looking import Look, reads
from donflow.cli.naming import HOLDER_NAMES, with_words, word_for
from donflow.cli.options import gift_argument
from donflow.cli.output import Column, jsonable, table, tell_list, tell_record
from donflow.cli.paper_lines import paper_lines
from donflow.cli.shell import Shell
from donflow.engine.machine import Advance
from donflow.errors import N_, NotFound, Refusal, say
from donflow.gifts.filing import papers_of
from donflow.lifecycle.advance import gift_options
from donflow.lifecycle.board import board as board_of
from donflow.lifecycle.migrating import label_before
from donflow.lifecycle.show import GiftView, history, recorded_for, view_gift
from donflow.originals.copies import copies_of

COLUMNS = (
    Column("number", N_("Gift")),
    Column("donor", N_("Donor")),
    Column("amount", N_("Amount")),
    Column("stage_label", N_("Stage")),
    Column("age_days", N_("Days here")),
    Column("due_on", N_("Due")),
    Column("workdays_left", N_("Working days left")),
    Column("owner", N_("Waits for")),
)


def add_reading_commands(group: Group) -> None:
    """Put the reading commands into the group of gifts."""
    for command in (list_, show, options, board, history_):
        group.add_command(command)


reading = Group("gift")


@reading.command(
    "list",
    help=N_("All gifts under way, or at one stage."),
    example="donflow gift list --stage review\ndonflow gift list --xlsx 捐赠.xlsx",
)
@click.option("--stage", metavar=N_("STAGE"), help=N_("Only gifts at this stage."))
@click.option("--all", "everything", is_flag=True, help=N_("Also those that have ended."))
@listed
@reads
def list_(
    look: Look, stage: str | None, everything: bool, as_json: bool, xlsx: Path | None
) -> None:
    views = views_of(look, outward=xlsx is not None)
    stages = [column.stage for column in board_of(look.session, look.office, views)]
    known = {
        name: found.name
        for found in stages
        for name in (found.label.en, found.label.zh, found.name)
    }
    if stage is not None and stage not in known:
        raise NotFound(what=say(N_("stage")), given=stage)
    wanted = known[stage] if stage else None
    rows = [
        _row(look, view)
        for view in views
        if (everything or not view.stage.end or stage) and wanted in (None, view.gift.stage)
    ]
    if not as_json:
        rows = [
            {
                **row,
                "donor": row["donor"] or (say(N_("anonymous")) if row["anonymous"] else None),
                "owner": owner_of(str(row["owner"])) if row["owner"] else None,
            }
            for row in rows
        ]
    tell_list(look.shell, N_("Gifts"), COLUMNS, rows, as_json=as_json, xlsx=xlsx)


@reading.command(
    "show",
    help=N_("A gift at a glance: stage, age, deadline, who is next, what is missing."),
    example="donflow gift show 17",
)
@gift_argument
@json_option
@reads
def show(look: Look, gift: str, as_json: bool) -> None:
    row = look.gift(gift)
    view = for_reader(look, view_gift(look.session, look.office, row, today=look.today))
    if as_json:
        tell_record(look.shell, _whole(look, view))
        return
    _tell_view(look, view)


@reading.command(
    "options",
    help=N_("Every step that leaves the gift's stage, and whether you could make it now."),
    example="donflow gift options 17 --json",
)
@gift_argument
@json_option
@reads
def options(look: Look, gift: str, as_json: bool) -> None:
    row = look.gift(gift)
    found = gift_options(look.session, look.office, row, actor=look.actor, now=look.now)
    rows: list[dict[str, object]] = []
    for option in found:
        ready = isinstance(option.decision, Advance)
        refusals = () if isinstance(option.decision, Advance) else option.decision.refusals
        rows.append(
            {
                "transition": option.transition.name,
                "label": option.transition.label,
                "to": option.transition.target,
                "by": option.transition.by,
                "allowed": ready,
                "refusals": [_refusal(look.shell, refusal) for refusal in refusals],
            }
        )
    if as_json:
        click.echo(_json(rows))
        return
    for option, line in zip(found, rows, strict=True):
        mark = "✓" if line["allowed"] else "✗"
        click.echo(f"{mark} {option.transition.name}  {look.shell.words.value(line['label'])}")
        if not isinstance(option.decision, Advance):
            for refusal in option.decision.refusals:
                tell_refusal(look.shell, refusal)


@reading.command(
    "board",
    help=N_("All gifts under way, a column a stage."),
    example="donflow gift board",
)
@json_option
@reads
def board(look: Look, as_json: bool) -> None:
    columns = board_of(look.session, look.office, views_of(look))
    words = look.shell.words
    if as_json:
        rows = [
            {
                "stage": column.stage.name,
                "label": column.stage.label,
                "gifts": [_row(look, view) for view in column.views],
            }
            for column in columns
        ]
        click.echo(_json(rows))
        return
    for column in columns:
        if not column.views:
            continue
        click.echo(f"【{words.value(column.stage.label)}】 {len(column.views)}")
        for view in column.views:
            click.echo(f"    {line_of(look.shell, view)}")


@reading.command(
    "history",
    help=N_("Every move of a gift and of the papers beside it, and for whom it was recorded."),
    example="donflow gift history 17",
)
@gift_argument
@listed
@reads
def history_(look: Look, gift: str, as_json: bool, xlsx: Path | None) -> None:
    row = look.gift(gift)
    columns = (
        Column("on", N_("Day")),
        Column("subject", N_("What")),
        Column("transition", N_("Step")),
        Column("from_stage", N_("From")),
        Column("to_stage", N_("To")),
        Column("recorded_for", N_("Recorded for")),
        Column("reason", N_("Reason")),
    )
    machine = look.office.machine
    rows: list[dict[str, object]] = []
    for change in history(look.session, row):
        lifecycle = machine(look.session, change.workflow_version, change.subject_type).lifecycle
        labels = {name: stage.label for name, stage in lifecycle.stages.items()}
        steps = {step.name: step.label for step in lifecycle.transitions}
        said: dict[str, object] = {
            "on": change.on,
            "subject": change.subject_type,
            "transition": change.transition,
            "from_stage": change.from_stage,
            "to_stage": change.to_stage,
            "recorded_for": change.on_behalf["role"] if change.on_behalf else None,
            "reason": (reason := veiled(look, row, change.reason, outward=xlsx is not None)),
        }
        if not as_json:
            said |= {
                "subject": say(SUBJECTS[change.subject_type]),
                "transition": steps.get(change.transition or "", say(N_("to other lifecycles"))),
                "from_stage": label_before(look.session, look.office, change),
                "to_stage": labels[change.to_stage],
                "recorded_for": owner_of(change.on_behalf["role"]) if change.on_behalf else "",
                "reason": reason or "",
            }
        rows.append(said)
    tell_list(look.shell, N_("History"), columns, rows, as_json=as_json, xlsx=xlsx)


SUBJECTS = {
    "gift": N_("gift"),
    "instalment": N_("instalment"),
    "receipt": N_("receipt"),
    "certificate": N_("certificate"),
    "chapter": N_("chapter"),
    "election": N_("election"),
}


def _tell_view(look: Look, view: GiftView) -> None:
    shell, gift = look.shell, view.gift
    words = shell.words
    click.echo(line_of(shell, view))
    lines: list[tuple[str, object]] = [
        (N_("Kind"), view.kind),
        (N_("Anonymous"), say(N_("not to be named to others")) if gift.anonymous else None),
        (N_("Purpose"), gift.purpose),
        (N_("Stage"), view.stage.label),
        (N_("Here since"), say(N_("{day} ({days} days)"), day=gift.entered_on, days=view.age_days)),
        (N_("Due"), _due(view)),
        (N_("Paid in"), plan_line(look, gift)),
        (N_("Naming until"), gift.naming_until),
        (N_("Waits for"), owner_of(view.owner)),
        (N_("Liaison teacher"), gift.liaison),
        (N_("Agreement number"), gift.agreement_number),
    ]
    copies = copies_of(look.session, gift.id)
    if copies:
        places = tuple(
            say(N_("{no}: {holder}"), no=copy.no, holder=word_for(HOLDER_NAMES, copy.holder))
            for copy in copies
        )
        lines.append((N_("Originals"), places))
    lines += paper_lines(look, gift)
    outside = recorded_for(look.session, gift)
    if outside:
        roles = tuple(
            dict.fromkeys(str(change.on_behalf["role"]) for change in outside if change.on_behalf)
        )
        lines.append((N_("Recorded for"), tuple(owner_of(role) for role in roles)))
    rows = [[words(say(name)), words.value(value)] for name, value in lines if value]
    click.echo(_indented(rows))
    for index, step in enumerate(view.steps):
        if index and not (step.ready and not step.transition.reason_required):
            continue
        label = words.value(step.transition.label)
        if step.ready:
            mark = words(say(N_("Can be done: {step}"), step=label))
            click.echo(f"  ✓ {mark}  →  {command_of(view, step)}")
        else:
            missing = words(say(N_("For “{step}” is missing:"), step=label))
            click.echo(f"  {missing}")
            for refusal in step.refusals:
                tell_refusal(shell, refusal)


def _due(view: GiftView) -> object:
    if view.due_on is None or view.workdays_left is None:
        return None
    return say(N_("{day}, {left}"), day=view.due_on, left=left(view.workdays_left))


def _row(look: Look, view: GiftView) -> dict[str, object]:
    gift = view.gift
    label = view.stage.label
    return {
        "number": gift.number,
        "kind": gift.kind,
        "donor": view.donor,
        "anonymous": gift.anonymous,
        "amount": view.amount,
        "stage": gift.stage,
        "stage_label": label,
        "entered_on": gift.entered_on,
        "age_days": view.age_days,
        "due_on": view.due_on,
        "workdays_left": view.workdays_left,
        "overdue": view.overdue,
        "owner": view.owner,
        "version": gift.row_version,
    }


def _whole(look: Look, view: GiftView) -> dict[str, object]:
    gift = view.gift
    return {
        **_row(look, view),
        "purpose": gift.purpose,
        "restricted": gift.restricted,
        "beneficiary": gift.beneficiary,
        "naming": gift.naming,
        "naming_until": gift.naming_until,
        "instalments": plan_rows(look, gift),
        "channel": gift.channel,
        "department": gift.department,
        "liaison": gift.liaison,
        "steward": gift.steward,
        "agreement_number": gift.agreement_number,
        "project_number": gift.project_number,
        "workflow_version": gift.workflow_version,
        "next": [
            {
                "transition": step.transition.name,
                "label": step.transition.label,
                "to": step.transition.target,
                "by": step.transition.by,
                "ready": step.ready,
                "command": command_of(view, step),
                "missing": [_refusal(look.shell, refusal) for refusal in step.refusals],
            }
            for step in view.steps
        ],
        "papers": [
            {
                "kind": paper.kind,
                "fingerprint": paper.document,
                "name": shown_title(look, gift, paper),
                "on": paper.on,
                "absent_because": paper.absent_because,
            }
            for paper in papers_of(look.session, gift.id)
        ],
        "originals": [
            {"no": copy.no, "meant_for": copy.meant_for, "holder": copy.holder}
            for copy in copies_of(look.session, gift.id)
        ],
        "recorded_for": [
            {"transition": change.transition, **(change.on_behalf or {})}
            for change in recorded_for(look.session, gift)
        ],
    }


def _refusal(shell: Shell, refusal: Refusal) -> dict[str, str]:
    return {
        "code": refusal.code,
        "reason": shell.words(with_words(refusal.reason)),
        "remedy": shell.words(with_words(refusal.remedy)),
    }


def _indented(rows: list[list[str]]) -> str:
    lines = table(["", ""], rows).splitlines()[2:]
    return "\n".join(f"  {line}" for line in lines)


def _json(rows: list[dict[str, object]]) -> str:
    import json

    return json.dumps(jsonable(rows), ensure_ascii=False, indent=2)
