"""Every command that donflow has, with the lines that its help shows as examples."""

from __future__ import annotations

import shlex
from collections.abc import Iterator

import click

from donflow.cli.asking import Asked
from donflow.cli.commands import Command
from donflow.cli.root import root
from donflow.cli.shell import Shell

SHELL = Shell.open(Asked(), {"DONFLOW_LANG": "en"})


def all_commands() -> dict[str, Command]:
    """By path (`gift show`), in the order of the help."""
    return dict(_walk(root, ""))


def examples(command: Command) -> list[list[str]]:
    """The arguments of each example line, without `donflow` and what a shell would do."""
    lines = (line.partition(" > ")[0] for line in command.example.splitlines())
    return [shlex.split(line)[1:] for line in lines]


def _walk(group: click.Group, path: str) -> Iterator[tuple[str, Command]]:
    with click.Context(group, info_name="donflow", obj=SHELL) as context:
        names = group.list_commands(context)
        found = {name: group.get_command(context, name) for name in names}
    for name, command in found.items():
        if isinstance(command, click.Group):
            yield from _walk(command, f"{path}{name} ")
        else:
            assert isinstance(command, Command), f"{path}{name} is not a Command of ours"
            yield f"{path}{name}", command
