"""Help: of every command, in both languages, with an example that can be typed, and quickly."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import pytest

from donflow.cli.asking import Asked, take_globals
from donflow.cli.root import root
from donflow.cli.shell import Shell
from tests.cli.chinese import stray_words
from tests.cli.commands import all_commands, examples
from tests.journeys.desk import Desk

COMMANDS = all_commands()
HEAVY = (
    "sqlalchemy",
    "csv",
    "docx",
    "vcf",
    "reportlab",
    "cryptography",
    "rich.console",
    "yaml",
    "lxml",
    "transitions",
)
HAN = re.compile(r"[\u4e00-\u9fff]")
GROUPS = ("", *sorted({path.split()[0] for path in COMMANDS}))


@pytest.mark.parametrize("path", [*COMMANDS, *(name for name in GROUPS if name not in COMMANDS)])
def test_every_help_speaks_both_languages(tmp_path: Path, path: str) -> None:
    desk = Desk(tmp_path)
    english = _parts(desk(f"{path} --help", lang="en").out)
    chinese = _parts(desk(f"{path} --help", lang="zh_CN").out)
    assert english["usage"].startswith("Usage: donflow")
    assert chinese["usage"].startswith("用法")
    assert len(english["headings"]) == len(chinese["headings"]) >= 1
    assert not HAN.search(english["purpose"] + english["headings"][0])
    assert HAN.search(chinese["purpose"])
    assert stray_words(chinese["purpose"]) == []
    assert all(HAN.search(heading) for heading in chinese["headings"])


@pytest.mark.parametrize("path", COMMANDS)
def test_every_command_shows_an_example_that_parses(path: str) -> None:
    shown = examples(COMMANDS[path])
    assert shown, f"{path} has no example"
    for arguments in shown:
        asked, rest = take_globals(arguments)
        assert rest[: len(path.split())] == path.split()
        shell = Shell.open(asked, {"DONFLOW_LANG": "en"})
        with click.Context(root, info_name="donflow", obj=shell) as context:
            COMMANDS[path].make_context(path, rest[len(path.split()) :], parent=context)


def test_an_example_that_does_not_parse_would_be_found() -> None:
    shell = Shell.open(Asked(), {"DONFLOW_LANG": "en"})
    with (
        click.Context(root, info_name="donflow", obj=shell) as context,
        pytest.raises(click.UsageError),
    ):
        COMMANDS["gift show"].make_context("gift show", ["1", "--nonsense"], parent=context)


def test_the_first_help_loads_nothing_heavy() -> None:
    asked = (
        "import sys\n"
        "from donflow.cli import run\n"
        "code = run(['--help'], {'DONFLOW_LANG': 'zh_CN'})\n"
        f"heavy = [name for name in {HEAVY!r} if name in sys.modules]\n"
        "assert not heavy, heavy\n"
        "sys.exit(code)\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stderr
    assert "donflow" in ended.stdout


def test_the_version_is_told(tmp_path: Path) -> None:
    assert re.search(r"\d+\.\d+", Desk(tmp_path)("--version").out)


def _parts(text: str) -> dict[str, Any]:
    """The line of usage, the sentences under it, and the headings of the sections."""
    usage, _, rest = text.partition("\n\n")
    return {
        "usage": usage,
        "purpose": rest.partition("\n\n")[0],
        "headings": re.findall(r"^(\S.*)[:：]$", rest, re.MULTILINE),
    }
