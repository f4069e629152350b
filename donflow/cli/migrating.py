"""Commands on the versions of the lifecycles: which there are, what differs, moving gifts along."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from donflow.accounts.orders import waiting
from donflow.accounts.users import all_users
from donflow.cli.arguments import FILE, json_option
from donflow.cli.commands import Command, Group
from donflow.cli.gift_view import SUBJECTS
from donflow.cli.looking import Look, looking, reads
from donflow.cli.migration_plan import SHORT, in_words, tell_plan
from donflow.cli.output import Column, tell, tell_list, tell_record
from donflow.cli.recovered import office_of
from donflow.cli.shell import Shell
from donflow.cli.states_file import file_or_own, read_states
from donflow.domain.desk import Desk
from donflow.engine.difference import differences
from donflow.engine.spec import Workflow
from donflow.errors import N_, DonflowError, Sentence, say
from donflow.lifecycle.migrating import (
    Plan,
    meant_version,
    migrate_all,
    migration_agreed,
    plan_migration,
    refuse_if_blocked,
    rows_on,
)
from donflow.lifecycle.two_persons import ask_for
from donflow.store.interrupted import noted
from donflow.store.outcome import OutcomeUnknown
from donflow.store.session import Store, unit_of_work
from donflow.store.workflows import activations, current_version, stored_workflow

ACT = "states migrate"
HEADINGS = {
    "gift": N_("Gifts"),
    "instalment": N_("Instalments"),
    "receipt": N_("Receipts"),
    "certificate": N_("Certificates"),
    "chapter": N_("Chapters"),
    "election": N_("Elections"),
}

SHOWN_EVERY = 100
"""After so many gifts a long run says how far it is."""


class MigrationUnfinished(DonflowError):
    """On some gifts others were at work; what they did stands."""

    code = "migration_unfinished"
    message = N_("{moved} gifts and chapters were moved, {left} were not: {gifts}.")
    remedy = N_("See why: donflow states migrate --dry-run")
    http_status = 409


class MigrationCutOff(DonflowError):
    """The run ended half-way; what ended it says what mends that."""

    code = "migration_cut_off"
    message = N_(
        "Cut off after {count} of {all} gifts and chapters; those that were moved stay so."
    )
    remedy = N_("Move the others: donflow states migrate")
    exit_code = 1
    http_status = 503

    @property
    def remedy_sentence(self) -> Sentence | None:
        cause = self.__cause__
        mends = cause.remedy_sentence if isinstance(cause, DonflowError) else None
        return mends or super().remedy_sentence


def add_migrating_commands(group: Group) -> None:
    """Put these commands into the group of lifecycles."""
    for command in (diff, versions, migrate):
        group.add_command(command)


@click.command(
    "diff",
    cls=Command,
    help=N_("What a states.yaml changes, compared with the current lifecycles."),
    example="donflow states diff 新流程.yaml",
)
@click.argument("file", type=FILE, required=False, metavar=N_("FILE"))
@json_option
@reads
def diff(look: Look, file: Path | None, as_json: bool) -> None:
    current = stored_workflow(look.session, current_version(look.session))
    lines = list(told_apart(look.shell, current, read_states(file_or_own(look.shell, file))))
    if as_json:
        tell_record(look.shell, {"differences": lines})
    elif not lines:
        tell(look.shell, N_("Nothing differs from the current lifecycles."))
    for line in () if as_json else lines:
        click.echo(line)


@click.command(
    "versions",
    cls=Command,
    help=N_("Every states.yaml that was made current, and how many gifts follow it."),
    example="donflow states versions",
)
@json_option
@reads
def versions(look: Look, as_json: bool) -> None:
    names = {user.id: user.display_name for user in all_users(look.session)}
    standing = rows_on(look.session, look.office)
    current = current_version(look.session)
    columns = (
        Column("version", N_("Version")),
        Column("activated_at", N_("Made current")),
        Column("activated_by", N_("Who")),
        Column("current", N_("Current")),
        *(Column(name, heading) for name, heading in HEADINGS.items()),
    )
    rows: list[dict[str, object]] = [
        {
            "version": item.version if as_json else item.version[:SHORT],
            "activated_at": item.activated_at,
            "activated_by": names.get(item.activated_by or 0),
            "current": item.version == current,
            **{name: standing.get((item.version, name), 0) for name in SUBJECTS},
        }
        for item in activations(look.session)
    ]
    tell_list(look.shell, N_("Versions"), columns, rows, as_json=as_json)


@click.command(
    "migrate",
    cls=Command,
    help=N_("Move what is under way to the current lifecycles; --dry-run only shows it."),
    example="donflow states migrate --dry-run\ndonflow states migrate",
)
@click.option("--to", metavar=N_("VERSION"), help=N_("Another version: its first signs."))
@click.option("--dry-run", is_flag=True, help=N_("Show what would change; change nothing."))
@json_option
@click.pass_obj
def migrate(shell: Shell, to: str | None, dry_run: bool, as_json: bool) -> None:
    store = office_of(shell).store
    with looking(shell, ACT) as look:
        plan = plan_migration(look.session, look.office, meant_version(look.session, to))
        refuse_if_blocked(plan)
        home = look.office.home
        agreed = look.office.desk is not Desk.SHARED or migration_agreed(look.session, plan.version)
    if dry_run:
        tell_plan(shell, plan, as_json=as_json)
    elif agreed or not plan.all:
        with noted(home, command=ACT, user=shell.username, at=look.now, steps=True):
            _move(shell, store, look, plan)
    else:
        _ask(shell, store, look, plan)


def _ask(shell: Shell, store: Store, look: Look, plan: Plan) -> None:
    """Ask for the second person's word once; who asks again is told of the same order."""
    arguments = {"version": plan.version}
    home, user = look.office.home, shell.username
    with (
        noted(home, command=ACT, user=user, at=look.now) as announce,
        unit_of_work(store, announce) as session,
    ):
        asked = (order for order in waiting(session, look.now) if order.act == ACT)
        order = next((found for found in asked if found.arguments == arguments), None)
        if order is None:
            order = ask_for(session, look.office, ACT, arguments, actor=look.actor, now=look.now)
    if shell.asked.as_json:
        tell_record(shell, {"order": order.id, "version": plan.version, "moved": 0})
        return
    tell(shell, N_("Order {no} waits for a second person: donflow order confirm {no}"), no=order.id)
    tell(shell, N_("Once it is confirmed, move them: donflow states migrate"))


def _move(shell: Shell, store: Store, look: Look, plan: Plan) -> None:
    left: list[str] = []
    count = 0
    moving = migrate_all(store, look.office, plan, actor=look.actor, now=look.now)
    try:
        for count, (number, refused) in enumerate(moving, start=1):
            if refused is not None:
                left.append(number)
            if count % SHOWN_EVERY == 0 and not shell.asked.as_json:
                progress = say(
                    N_("{count} of {all} gifts and chapters"), count=count, all=len(plan.all)
                )
                click.echo(shell.words(progress), err=True)
    except OutcomeUnknown:
        raise
    except (DonflowError, KeyboardInterrupt) as fault:
        if count == len(left) and isinstance(fault, DonflowError):
            raise
        raise MigrationCutOff(count=count - len(left), all=len(plan.all)) from fault
    if left:
        raise MigrationUnfinished(
            moved=len(plan.all) - len(left), left=len(left), gifts=tuple(left)
        )
    _answer(shell, plan, len(plan.all))


def _answer(shell: Shell, plan: Plan, moved: int) -> None:
    if shell.asked.as_json:
        tell_record(shell, {"version": plan.version, "moved": moved})
    elif moved:
        tell(shell, N_("{count} gifts and chapters were moved to the lifecycles {version}."), count=moved,
             version=plan.version[:SHORT])  # fmt: skip
    else:
        tell(shell, N_("All gifts and chapters under way follow these lifecycles already."))


def told_apart(shell: Shell, old: Workflow, new: Workflow) -> Iterator[str]:
    """What differs, one line each, with the lifecycle in front."""
    for name, sentence in differences(old, new):
        subject = say(SUBJECTS.get(name, name))
        line = say(N_("{name}: {finding}"), name=subject, finding=in_words(sentence))
        yield shell.words(line)
