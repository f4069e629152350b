"""The documents say what is so: links live, command lines can be typed, the first gift works."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import click
import pytest

from donflow.cli import run
from donflow.cli.asking import Asked, take_globals
from donflow.cli.commands import Command
from donflow.cli.demo_papers import draw_show_paper
from donflow.cli.root import PLACES, root
from donflow.cli.shell import Shell
from donflow.domain.guards import GUARDS
from donflow.engine.spec import Stage
from donflow.errors import DonflowError
from donflow.lifecycle.workflows import load_workflow
from tests.test_architecture import places_in
from tools import commands_page

ROOT = Path(__file__).parent.parent
LIST = "docs/commands.md"
READMES = ("README.md", "README.zh-CN.md")
PAGES = tuple(
    path.relative_to(ROOT).as_posix()
    for path in (*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md")))
)
COMMANDS = tuple(commands_page.commands())
FIRST_DAY = "2026-11-23T10:00:00+08:00"
LAUNCHER = "python3 run.py"
NO_COMMAND = {"test"}
"""Words that the launcher keeps for itself."""

LINK = re.compile(r"\]\(([^)\s]+)\)")
BLOCK = re.compile(r"^( *)```(\w*)\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
SPAN = re.compile(r"(?<!`)`((?:donflow|python3 run\.py) [^`]+)`(?!`)")


def text_of(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def dead_links(page: str, text: str) -> list[str]:
    """Links of a page to files that are not there; addresses elsewhere are not asked for."""
    folder = (ROOT / page).parent
    targets = [target.partition("#")[0] for target in LINK.findall(text)]
    return [target for target in targets if "://" not in target and not (folder / target).exists()]


def typed_lines(text: str) -> Iterator[str]:
    """The command lines of the console blocks, without the program's name."""
    for _, kind, block in BLOCK.findall(text):
        if kind == "console":
            yield from filter(None, map(words_after_program, block.splitlines()))


def mentioned_lines(text: str) -> Iterator[str]:
    """The command lines within sentences, which may leave out what does not matter there."""
    without_blocks = BLOCK.sub("", text)
    yield from filter(None, map(words_after_program, SPAN.findall(without_blocks)))


def words_after_program(line: str) -> str | None:
    """`gift show 1` of `donflow gift show 1`; None for a line that calls no donflow command."""
    line = line.strip()
    for program in ("donflow", LAUNCHER):
        if line.startswith(f"{program} "):
            rest = line.removeprefix(program).partition(" > ")[0].strip()
            return None if rest.split()[0] in NO_COMMAND else rest
    return None


def reader() -> Shell:
    """Who types the lines: nobody's home, in English, on a day after all that they name."""
    environment = {"DONFLOW_HOME": "nowhere", "DONFLOW_NOW": "2099-12-31T10:00:00+08:00"}
    shell = Shell.open(Asked(lang="en"), environment)
    shell.exercise = True
    return shell


def unfit(line: str, *, whole: bool) -> str | None:
    """What the command line would say before it looks at the office; None if nothing.

    A line that is not whole may lack words and options, but none of it may be wrong.
    """
    _, words = take_globals(shlex.split(line))
    command: click.Command | None = root
    context = click.Context(root, obj=reader())
    while isinstance(command, click.Group) and words:
        command = command.get_command(context, words.pop(0))
    if command is None:
        return f"there is no such command: {line}"
    if isinstance(command, click.Group):
        return None if not whole or line.startswith("--") else f"a verb is missing: {line}"
    try:
        command.make_context(command.name, words, parent=context)
    except click.MissingParameter as lacking:
        return f"{lacking.format_message()}: {line}" if whole else None
    except click.ClickException as wrong:
        return f"{wrong.format_message()}: {line}"
    except DonflowError as wrong:
        return f"{wrong}: {line}"
    except click.exceptions.Exit:
        return None
    return None


@cache
def stages() -> tuple[Stage, ...]:
    """The stages of a gift, in the order of the shipped file."""
    workflow = load_workflow((ROOT / "states.yaml").read_bytes())
    return tuple(workflow.lifecycles["gift"].stages.values())


def first_gift(page: str) -> list[str]:
    """The command lines of the five minutes, in their order."""
    headings = {"README.md": "## Five minutes", "README.zh-CN.md": "## 五分钟"}
    section = text_of(page).partition(headings[page])[2].partition("\n## ")[0]
    return list(typed_lines(section))


def test_the_list_of_commands_is_fresh() -> None:
    assert commands_page.main(["--check"]) == 0, "run: python -m tools.commands_page"


@pytest.mark.parametrize(("path", "command"), COMMANDS, ids=[path for path, _ in COMMANDS])
def test_every_command_has_a_sentence_and_an_example_and_stands_in_the_list(
    path: str, command: click.Command
) -> None:
    assert isinstance(command, Command)
    assert re.fullmatch(r"[A-Z][^\n]+\.", command.help or ""), command.help
    assert all(line.startswith(f"donflow {path}") for line in command.example.splitlines())
    assert command.example
    assert re.search(rf"^\| `donflow {re.escape(path)}[ `]", text_of(LIST), re.M)


def test_every_noun_has_its_section() -> None:
    sections = re.findall(r"^## (\S+)", text_of(LIST), re.MULTILINE)

    assert sections == list(PLACES)


def test_every_guard_is_one_sentence_that_says_what_must_be_true() -> None:
    silent = [
        name
        for guards in GUARDS.values()
        for name, guard in guards.items()
        if not re.fullmatch(r"[A-Z][^\n]+\.", guard.__doc__ or "")
    ]

    assert silent == []


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_to_a_file(page: str) -> None:
    assert dead_links(page, text_of(page)) == []


def test_a_dead_link_is_found() -> None:
    text = "[here](docs/glossary.md#words), [there](docs/nowhere.md), [far](https://example.org/x)"

    assert dead_links("README.md", text) == ["docs/nowhere.md"]


@pytest.mark.parametrize("page", PAGES)
def test_every_command_line_can_be_typed_as_it_stands(page: str) -> None:
    text = text_of(page)

    wrong = [unfit(line, whole=True) for line in typed_lines(text)]
    if page != LIST:  # there the words in capitals stand for what is typed
        wrong += [unfit(line, whole=False) for line in mentioned_lines(text)]

    new = [fault for fault in wrong if fault and not invented_in(page, fault)]
    assert new == []


def invented_in(page: str, fault: str) -> bool:
    """The command that a page adds for an example is not there, or the page would be stale."""
    return page == "docs/how-to/add-a-command.md" and "payment received" in fault


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("gift shew 1", "there is no such command"),
        ("gift show", "Missing argument"),
        ("gift show 1 --colour", "No such option"),
        ("gift edit 1 --pay-by someday", "is not a day"),
        ("gift", "a verb is missing"),
    ],
)
def test_a_command_line_that_cannot_be_typed_is_found(line: str, fault: str) -> None:
    assert fault in (unfit(line, whole=True) or "")


def test_command_lines_are_found_in_blocks_and_in_sentences() -> None:
    text = "Run `donflow today`.\n\n```console\npython3 run.py gift show 1\nls\n```\n"

    assert list(typed_lines(text)) == ["gift show 1"]
    assert list(mentioned_lines(text)) == ["today"]


def misplaced(journeys: str) -> list[str]:
    """Names of a journey, `name()  module`, that the module does not define."""
    places = re.findall(r"(\w+)(?:\([^)]*\))?(?: for each)? +([a-z_]+/[a-z_]+\.py)", journeys)
    return [
        f"{name} in {module}"
        for name, module in places
        if not (ROOT / "donflow" / module).is_file()
        or not re.search(
            rf"^(?:def|class) {name}\b", (ROOT / "donflow" / module).read_text("utf-8"), re.M
        )
    ]


def test_the_journeys_name_functions_where_they_are() -> None:
    text = text_of("docs/architecture.md")
    journeys = "".join(block for _, _, block in BLOCK.findall(text.partition("## Three")[2]))

    assert journeys.count(".py") > 20
    assert misplaced(journeys) == []


def test_a_function_that_moved_is_found() -> None:
    assert misplaced("decide()   engine/machine.py\ndecide()   engine/check.py") == [
        "decide in engine/check.py"
    ]


@pytest.mark.parametrize("page", PAGES)
def test_every_file_that_is_named_is_there(page: str) -> None:
    named = re.findall(r"`((?:donflow|tests|docs|tools)/[\w./-]+)`", text_of(page))

    assert [name for name in named if not (ROOT / name).exists()] == []


@pytest.mark.parametrize("page", READMES)
def test_each_stage_of_a_gift_stands_in_the_readme(page: str) -> None:
    text = text_of(page)
    labels = [stage.label.en if page == "README.md" else stage.label.zh for stage in stages()]

    assert [label for label in labels if label not in text] == []


def test_both_readmes_have_the_same_commands_links_and_sections() -> None:
    english, chinese = map(text_of, READMES)

    assert first_gift("README.md") == first_gift("README.zh-CN.md")
    assert LINK.findall(english)[1:] == LINK.findall(chinese)[1:], "all but the link to the other"
    assert english.count("\n## ") == chinese.count("\n## ")


def test_the_first_gift_of_the_readme_goes_from_setting_up_to_submission(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    minutes = draw_show_paper("党政联席会纪要", "会议同意接受捐赠，并报基金会审核。")
    (tmp_path / "党政联席会纪要.pdf").write_bytes(minutes)
    environment = {"DONFLOW_HOME": str(tmp_path / "office"), "DONFLOW_NOW": FIRST_DAY}
    init, *lines = first_gift("README.md")

    # For exercise: the day is set, so that the dates in the README stay what they are.
    codes = {line: run(shlex.split(line), environment) for line in (f"{init} --exercise", *lines)}

    said = capsys.readouterr()
    assert set(codes.values()) == {0}, said.err
    assert (tmp_path / "协议第1稿.docx").read_bytes().startswith(b"PK")
    assert run(["gift", "show", "1", "--lang", "en"], environment) == 0
    assert "Under review" in capsys.readouterr().out


def test_the_changelog_has_a_place_for_what_is_not_released() -> None:
    assert re.search(r"^## Unreleased\b", text_of("CHANGELOG.md"), re.MULTILINE)


@pytest.mark.parametrize("page", PAGES)
def test_no_page_names_a_place_of_somebodys_machine(page: str) -> None:
    assert [line for line in text_of(page).splitlines() if any(places_in(line))] == []
