"""Commands and groups whose help is spoken in the reader's language and taught by example."""

from __future__ import annotations

import copy
import importlib
from collections.abc import Mapping
from typing import Any

import click

from donflow.errors import N_, say


class Command(click.Command):
    """A command; `example` is a line (or several) that can be typed as it stands."""

    def __init__(self, *args: Any, example: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.example = example

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super(Command, _spoken(self, ctx)).format_help(ctx, formatter)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        _write_examples(ctx, formatter, self.example)

    def get_short_help_str(self, limit: int = 60) -> str:
        ctx = click.get_current_context(silent=True)
        return _say(ctx, self.help or "") if ctx else super().get_short_help_str(limit)


class Group(click.Group):
    """A noun with its verbs; commands made by `@group.command` are `Command`s."""

    command_class = Command

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super(Group, _spoken(self, ctx)).format_help(ctx, formatter)

    def get_short_help_str(self, limit: int = 60) -> str:
        ctx = click.get_current_context(silent=True)
        return _say(ctx, self.help or "") if ctx else super().get_short_help_str(limit)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)


class LazyGroup(Group):
    """The root: its commands are imported when they are asked for, its help imports none."""

    def __init__(self, *args: Any, places: Mapping[str, tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = places

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.places)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.places:
            return None
        module, _, attribute = self.places[cmd_name][0].partition(":")
        command: click.Command = getattr(importlib.import_module(module), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        rows = [(name, _say(ctx, place[1])) for name, place in self.places.items()]
        with formatter.section(_say(ctx, N_("Commands"))):
            formatter.write_dl(rows)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        example = "donflow today\ndonflow gift show 17\ndonflow gift advance 17 submit"
        _write_examples(ctx, formatter, example)


def _write_examples(ctx: click.Context, formatter: click.HelpFormatter, example: str) -> None:
    if example:
        with formatter.section(_say(ctx, N_("Examples"))):
            for line in example.splitlines():
                formatter.write(f"{'':>{formatter.current_indent}}{line}\n")


def _spoken(command: Any, ctx: click.Context) -> Any:
    """A copy of the command whose help, and that of its options, is in the reader's language."""
    spoken = copy.copy(command)
    spoken.help = _say(ctx, command.help or "")
    spoken.params = [_spoken_parameter(parameter, ctx) for parameter in command.params]
    return spoken


def _spoken_parameter(parameter: click.Parameter, ctx: click.Context) -> click.Parameter:
    spoken = copy.copy(parameter)
    if isinstance(spoken, click.Option) and spoken.help:
        spoken.help = _say(ctx, spoken.help)
    if spoken.metavar:
        spoken.metavar = _say(ctx, spoken.metavar)
    return spoken


def _say(ctx: click.Context, message: str) -> str:
    words = ctx.find_root().obj.words
    return str(words(say(message))) if message else ""
