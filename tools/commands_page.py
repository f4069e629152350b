"""Writes docs/commands.md from the commands themselves: `python -m tools.commands_page [--check]`.

Every command with its arguments, its sentence of help in both languages, and its examples.
The same commands give the same bytes.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from donflow.cli.commands import Command, Group
from donflow.cli.root import PLACES, root
from donflow.errors import say
from donflow.language import CHINESE, Words, translator

PAGE = Path(__file__).parent.parent / "docs" / "commands.md"

HEAD = """\
# Commands · 命令

<!-- Written by `python -m tools.commands_page`; change the help in donflow/cli instead. -->

In a checkout write `python3 run.py` where `donflow` stands (Windows: `启动.bat`). Every command
takes `--home FOLDER`, `--lang zh_CN|en` and `--as USER`, before or after its other words, and
`--help`. An act that somebody outside did takes `--for ROLE --evidence FILE`, and `--on DAY` if it
was another day. `--json` answers with codes; lists take `--xlsx FILE`.
Exit codes: 0 done; 1 our own fault, or `verify` found something; 2 refused, wrong input, or
`verify` cannot tell.

在源码目录中，把 `donflow` 换成 `python3 run.py`（Windows 用 `启动.bat`）。
每个命令都可以加 `--home 文件夹`、`--lang zh_CN|en`、`--as 使用人`（前面后面都行）和 `--help`。
代录外部人员办理的事，加 `--for 角色 --evidence 文件`；不是当天办的，再加 `--on 日期`。
`--json` 以代码答复；列表可加 `--xlsx 文件`。
退出码：0 已办；1 donflow 自身出错，或 `verify` 查出问题；
2 未能办理、输入有误，或 `verify` 无法判断。
"""


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; 1 if it is stale")
    asked = parser.parse_args(arguments)
    if not asked.check:
        PAGE.write_text(page(), encoding="utf-8", newline="\n")
        return 0
    if PAGE.is_file() and PAGE.read_text(encoding="utf-8") == page():
        return 0
    print(f"docs/{PAGE.name} is stale: run python -m tools.commands_page")
    return 1


def page() -> str:
    """The whole page, in the order in which `donflow --help` lists the nouns."""
    return "\n".join([HEAD, *(_section(noun) for noun in PLACES)])


def commands() -> Iterator[tuple[str, click.Command]]:
    """Every command that does something, by the words that call it: `gift show`, `today`."""
    for noun in PLACES:
        yield from _within(noun)


def _within(noun: str) -> Iterator[tuple[str, click.Command]]:
    found = root.get_command(click.Context(root), noun)
    if found is not None:
        yield from _leaves(noun, found)


def _leaves(path: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
    """The command itself, or all that stand in a group, whose groups may hold others."""
    if not isinstance(command, Group):
        yield path, command
        return
    context = click.Context(command)
    for verb in command.list_commands(context):
        inner = command.get_command(context, verb)
        assert inner is not None
        yield from _leaves(f"{path} {verb}", inner)


def _section(noun: str) -> str:
    chinese = translator(CHINESE)
    rows = [
        f"| `donflow {path}{_arguments(command)}` | {_cell(command)} | {_cell(command, chinese)} |"
        for path, command in _within(noun)
    ]
    examples = [
        line
        for _, command in _within(noun)
        if isinstance(command, Command)
        for line in command.example.splitlines()
    ]
    title = f"## {noun} · {chinese(say(PLACES[noun][1]))}"
    lines = [title, "", "| command | what it does | 用途 |", "|---|---|---|", *rows]
    return "\n".join([*lines, "", "```console", *examples, "```", ""])


def _arguments(command: click.Command) -> str:
    """` GIFT [FILE]`, as a reader types them."""
    words = ""
    for parameter in command.params:
        if isinstance(parameter, click.Argument):
            name = (parameter.metavar or parameter.name or "").upper()
            name += "…" if parameter.nargs == -1 else ""
            words += f" {name}" if parameter.required else f" [{name}]"
    return words


def _cell(command: click.Command, words: Words | None = None) -> str:
    text = words(say(command.help or "")) if words else command.help or ""
    return text.replace("|", "\\|")


if __name__ == "__main__":
    sys.exit(main())
