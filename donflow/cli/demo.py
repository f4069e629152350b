"""The command that shows a gift's whole life in a fictional office, by the very commands."""

from __future__ import annotations

import io
import shlex
import tempfile
import time
from contextlib import chdir, redirect_stdout
from pathlib import Path

import click

from donflow.cli.commands import Command
from donflow.cli.demo_others import others
from donflow.cli.demo_papers import (
    FOLDER,
    return_with_remarks,
    write_own_paper,
    write_papers,
)
from donflow.cli.demo_story import INIT, Scene, greetings, story
from donflow.cli.output import tell
from donflow.cli.shell import Shell
from donflow.errors import N_, DonflowError, say

GIFT = "1"
FIRST_DAY = "2026-03-02"
LAST_DAY = "2026-06-08"
OWN = "捐赠方来稿.txt"
RETURNED = ("协议第1稿.docx", "协议第1稿_基金会退回.docx")


class DemoHomeExists(DonflowError):
    code = "demo_home_exists"
    message = N_("The folder {home} exists; the demo does not touch what is there.")
    remedy = N_("Name a new folder with --home, or leave it out.")


class DemoFailed(DonflowError):
    """A line of the tale did not end as told: that is our fault."""

    code = "demo_failed"
    message = N_("The demo stopped at: {line}")
    exit_code = 1


@click.command(
    "demo",
    cls=Command,
    help=N_("Take a fictional gift from first word to closure, and leave its papers in a folder."),
    example="donflow demo\ndonflow demo --home 演示 --no-serve",
)
@click.option("--no-serve", is_flag=True, help=N_("Only run the tale; open nothing afterwards."))
@click.pass_obj
def demo(shell: Shell, no_serve: bool) -> None:
    home = _home(shell)
    environment = dict(shell.environment) | {
        "DONFLOW_HOME": str(home),
        "DONFLOW_LANG": shell.words.language,
    }
    for name in ("DONFLOW_USER", "DONFLOW_KEYS", "DONFLOW_DATABASE"):
        environment.pop(name, None)
    started = time.monotonic()
    home.parent.mkdir(parents=True, exist_ok=True)
    _run(shell, INIT, environment, FIRST_DAY)
    with chdir(home):
        write_papers(Path(FOLDER))
        write_own_paper(Path(FOLDER) / OWN)
        for scene in story(GIFT):
            _play(shell, scene, environment)
        lines = others()
        tell(shell, N_("A dozen other gifts are put beside it …"))
        for day, line in lines:
            _run(shell, line, environment, day, silent=True)
        _play(shell, greetings(LAST_DAY), environment)
        _last_look(shell, environment)
    seconds = f"{time.monotonic() - started:.1f}"
    tell(shell, N_("Papers: {folder}"), folder=str(home / "papers"))
    tell(
        shell,
        N_("Look further with: donflow --home {home} today ({seconds} s)"),
        home=shlex.quote(str(home)),
        seconds=seconds,
    )


def _play(shell: Shell, scene: Scene, environment: dict[str, str]) -> None:
    click.echo("")
    heading = say(N_("── {day} · {title}"), day=scene.day, title=say(scene.title))
    click.secho(shell.words(heading), bold=True)
    for line in scene.lines:
        if RETURNED[1] in line:
            return_with_remarks(*(Path(FOLDER) / name for name in RETURNED))
        _run(shell, line, environment, scene.day)


def _run(
    shell: Shell, line: str, environment: dict[str, str], day: str, *, silent: bool = False
) -> None:
    """Print a command line and run that very line; a line with ! must be refused."""
    from donflow.cli import run  # the package that holds this module

    refused = line.startswith("!")
    line = line.removeprefix("!")
    arguments = shlex.split(line)[1:]
    surroundings = environment | {"DONFLOW_NOW": f"{day}T10:00:00+08:00"}
    if silent:
        with redirect_stdout(io.StringIO()):
            # As JSON the next step is not worked out: nobody reads it here.
            code = run([*arguments, "--json"], surroundings, shell.offices)
    else:
        click.secho(f"$ {line}", fg="cyan")
        code = run(arguments, surroundings, shell.offices)
    if code != (2 if refused else 0):
        raise DemoFailed(line=line)


def _last_look(shell: Shell, environment: dict[str, str]) -> None:
    click.echo("")
    for line in ("donflow today", "donflow gift board", "donflow verify"):
        _run(shell, line, environment, LAST_DAY)


def _home(shell: Shell) -> Path:
    """The home named and not yet there, or a fresh temporary one."""
    named = shell.asked.home
    if named is None:
        return Path(tempfile.mkdtemp(prefix="donflow-demo-")) / "office"
    home = Path(named).absolute()
    if home.exists():
        raise DemoHomeExists(home=str(home))
    return home
