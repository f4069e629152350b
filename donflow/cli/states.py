"""Commands on the lifecycles: check a states.yaml, draw it, make it current."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Literal

import click

from donflow.cli.acting import Act, Done, writes
from donflow.cli.arguments import FILE, json_option
from donflow.cli.commands import Group
from donflow.cli.gift_view import SUBJECTS
from donflow.cli.glance import owner_of
from donflow.cli.looking import Look, reads
from donflow.cli.migrating import add_migrating_commands, told_apart
from donflow.cli.output import Column, tell, tell_list
from donflow.cli.shell import Shell
from donflow.cli.states_file import file_or_own, read_states
from donflow.cli.two_persons import ask
from donflow.domain.desk import Desk
from donflow.errors import N_, say
from donflow.gifts.models import Gift
from donflow.lifecycle.migrating import rows_on
from donflow.store.session import once_stored
from donflow.store.workflows import activate as activate_workflow
from donflow.store.workflows import current_version, stored_workflow

states = Group("states", help=N_("The lifecycles in states.yaml"), no_args_is_help=True)


@states.command(
    "check",
    help=N_("Check a states.yaml and say all its mistakes, each with its line."),
    example="donflow states check\ndonflow states check 新流程.yaml",
)
@click.argument("file", type=FILE, required=False, metavar=N_("FILE"))
@click.pass_obj
def check(shell: Shell, file: Path | None) -> None:
    path = file_or_own(shell, file)
    workflow = read_states(path)
    counts = tuple(
        say(
            N_("{name}: {stages} stages, {transitions} transitions"),
            name=say(SUBJECTS.get(name, name)),
            stages=len(lifecycle.stages),
            transitions=len(lifecycle.transitions),
        )
        for name, lifecycle in workflow.lifecycles.items()
    )
    tell(shell, N_("{file} is right. {counts}."), file=str(path), counts=counts)


@states.command(
    "draw",
    help=N_("Draw a lifecycle as a Mermaid diagram, with its roles and conditions."),
    example="donflow states draw gift > 流程.mmd",
)
@click.argument("lifecycle", default="gift", metavar=N_("NAME"))
@click.option("--file", type=FILE, metavar=N_("FILE"), help=N_("Another states.yaml."))
@click.pass_obj
def draw(shell: Shell, lifecycle: str, file: Path | None) -> None:
    from donflow.engine.diagram import mermaid
    from donflow.errors import NotFound

    workflow = read_states(file_or_own(shell, file))
    if lifecycle not in workflow.lifecycles:
        raise NotFound(what=say(N_("lifecycle")), given=lifecycle)
    lang: Literal["zh", "en"] = "zh" if shell.words.language.startswith("zh") else "en"
    click.echo(mermaid(workflow.lifecycles[lifecycle], lang=lang))


@states.command(
    "activate",
    help=N_("Make a states.yaml current for new gifts; gifts under way keep theirs."),
    example="donflow states activate 新流程.yaml",
)
@click.argument("file", type=FILE, required=False, metavar=N_("FILE"))
@writes
def activate(act: Act, file: Path | None) -> Done:
    path = file_or_own(act.shell, file)
    workflow = read_states(path)
    if workflow.version == current_version(act.session):
        return Done(say(N_("{file} is current already."), file=str(path)))
    current = stored_workflow(act.session, current_version(act.session))
    differences = list(told_apart(act.shell, current, workflow))
    if not act.shell.asked.as_json:
        click.echo("\n".join(differences))
    if act.office.desk is Desk.SHARED:
        arguments = {"version": workflow.version, "content": workflow.content}
        return ask(act, "states activate", arguments)
    activate_workflow(act.session, workflow, actor=act.actor, now=act.now)
    own = act.office.home / "states.yaml"
    if path.absolute() != own.absolute():
        # The home's file is what she edits and checks next: it must be the one that holds.
        once_stored(act.session, lambda _store: _put_into_home(path, own))
    others = sum(
        count
        for (version, lifecycle), count in rows_on(act.session, act.office).items()
        if lifecycle == Gift.lifecycle and version != workflow.version
    )
    sentence = say(N_("{file} is current for new gifts from now on."), file=str(path))
    if others:
        sentence = say(
            N_(
                "{file} is current for new gifts from now on; {count} gifts under way keep theirs:"
                " donflow states migrate --dry-run"
            ),
            file=str(path),
            count=others,
        )
    data = {"version": workflow.version, "older": others, "differences": differences}
    return Done(sentence, None, data)


@states.command(
    "show", help=N_("The stages of the current lifecycles."), example="donflow states show"
)
@json_option
@reads
def show(look: Look, as_json: bool) -> None:
    columns = (
        Column("lifecycle", N_("Lifecycle")),
        Column("stage", N_("Stage")),
        Column("label", N_("Label")),
        Column("owner", N_("Waits for")),
    )
    version = current_version(look.session)
    rows: list[dict[str, object]] = [
        {
            "lifecycle": name if as_json else say(SUBJECTS[name]),
            "stage": stage.name,
            "label": stage.label,
            "owner": stage.owner if as_json else owner_of(stage.owner),
        }
        for name in SUBJECTS
        for stage in look.office.machine(look.session, version, name).lifecycle.stages.values()
    ]
    tell_list(look.shell, N_("Stages"), columns, rows, as_json=as_json)


add_migrating_commands(states)


def _put_into_home(path: Path, own: Path) -> None:
    shutil.copyfile(path, own)
