"""Commands and groups whose help is spoken in the reader's language and taught by example."""

from __future__ import annotations

import copy
import importlib
import re
from collections.abc import Iterable, Mapping
from typing import Any

import click

from donflow.cli.arguments import NamedChoice
from donflow.cli.cells import cell_len
from donflow.errors import N_, say


class Formatter(click.HelpFormatter):
    """Help whose columns stand straight, also where characters are two cells wide."""

    def write_heading(self, heading: str) -> None:
        self.write(f"{'':>{self.current_indent}}{heading}{':' if heading.isascii() else '：'}\n")

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        rows = list(rows)
        widest = max((cell_len(term) for term, _ in rows), default=0)
        column = self.current_indent + min(widest, col_max) + col_spacing
        width = self.width - column
        for term, text in rows:
            start = f"{'':>{self.current_indent}}{term}"
            gap = column - cell_len(start)
            first, *others = _wrapped(text, width)
            fits = gap >= col_spacing
            self.write(f"{start}{'':>{gap}}{first}\n" if fits else f"{start}\n")
            for line in others if fits else [first, *others]:
                self.write(f"{'':>{column}}{line}\n")


def _wrapped(text: str, width: int) -> list[str]:
    """Lines of at most `width` cells; no Latin word is cut, no line begins with 、 or ）."""
    lines = [""]
    for piece in re.findall(r"[（“]?(?:[!-~]+|.)[）”、，。：；]*", text):
        if cell_len(lines[-1] + piece) > width:
            lines.append("")
        lines[-1] = (lines[-1] + piece).lstrip()
    return lines


class Context(click.Context):
    formatter_class = Formatter


class Command(click.Command):
    """A command; `example` is a line (or several) that can be typed as it stands."""

    context_class = Context

    def __init__(self, *args: Any, example: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.example = example

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super(Command, _spoken(self, ctx)).format_help(ctx, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for parameter in self.params:
            if isinstance(parameter, click.Argument) and isinstance(parameter.type, NamedChoice):
                with formatter.section(str(parameter.metavar)):
                    formatter.write_dl(list(parameter.type.words(ctx).items()))
        super().format_options(ctx, formatter)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        _write_examples(ctx, formatter, self.example)

    def get_short_help_str(self, limit: int = 60) -> str:
        ctx = click.get_current_context(silent=True)
        return _say(ctx, self.help or "") if ctx else super().get_short_help_str(limit)


class Group(click.Group):
    """A noun with its verbs; commands made by `@group.command` are `Command`s."""

    command_class = Command
    context_class = Context

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super(Group, _spoken(self, ctx)).format_help(ctx, formatter)

    def get_short_help_str(self, limit: int = 60) -> str:
        ctx = click.get_current_context(silent=True)
        return _say(ctx, self.help or "") if ctx else super().get_short_help_str(limit)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)


class LazyGroup(Group):
    """The root, or a large noun: commands are imported when asked for, its help imports none."""

    def __init__(
        self, *args: Any, places: Mapping[str, tuple[str, str]], example: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.places = places
        self.example = example

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
        _write_examples(ctx, formatter, self.example)


def _write_examples(ctx: click.Context, formatter: click.HelpFormatter, example: str) -> None:
    if example:
        with formatter.section(_say(ctx, N_("Examples"))):
            for line in example.splitlines():
                formatter.write(f"{'':>{formatter.current_indent}}{line}\n")


def _spoken(command: Any, ctx: click.Context) -> Any:
    """A copy of the command whose help, and that of its options, is in the reader's language."""
    spoken = copy.copy(command)
    spoken.help = _say(ctx, command.help or "")
    spoken.options_metavar = _say(ctx, N_("[OPTIONS]"))
    if isinstance(spoken, click.Group):
        spoken.subcommand_metavar = _say(ctx, N_("COMMAND [ARGS]..."))
    spoken.params = [_spoken_parameter(parameter, ctx) for parameter in command.params]
    # click makes the help option once and keeps the words of the language it was made in.
    spoken.get_help_option = lambda context: _spoken_help(command.get_help_option(context), ctx)
    return spoken


def _spoken_help(option: click.Option | None, ctx: click.Context) -> click.Option | None:
    spoken = copy.copy(option)
    if spoken is not None:
        spoken.help = _say(ctx, N_("Show this message and exit."))
    return spoken


def _spoken_parameter(parameter: click.Parameter, ctx: click.Context) -> click.Parameter:
    spoken = copy.copy(parameter)
    if isinstance(spoken, click.Option) and spoken.help:
        spoken.help = _say(ctx, spoken.help)
    choice = spoken.type if isinstance(spoken.type, NamedChoice) else None
    if choice is not None and isinstance(spoken, click.Option):
        words = ctx.find_root().obj.words
        spoken.help = words(
            say(N_("{help} One of: {known}."), help=spoken.help, known=choice.known(ctx))
        )
    if spoken.metavar or choice is not None:
        spoken.metavar = _say(ctx, spoken.metavar or N_("WORD"))
    return spoken


def _say(ctx: click.Context, message: str) -> str:
    words = ctx.find_root().obj.words
    return str(words(say(message))) if message else ""
