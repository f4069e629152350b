"""How remarks are shown to a person: a block for each, within a hundred cells, threads indented."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import click

from donflow.cli.cells import wrapped
from donflow.cli.naming import CHANNEL_NAMES, LEVEL_NAMES
from donflow.cli.shell import Shell
from donflow.domain.masking import numbers_within
from donflow.errors import N_, say

if TYPE_CHECKING:
    from donflow.agreements.differing import Difference

WIDTH: Final = 100

KIND_NAMES: Final[Mapping[str, str]] = {
    "remark": N_("remark"),
    "comment": N_("comment in the file"),
    "change": N_("tracked change"),
    "move": N_("moved words"),
    "formatting": N_("look of words"),
    "untracked": N_("change without a mark"),
    "hidden": N_("hidden words"),
}
ANSWER_NAMES: Final[Mapping[str, str]] = {
    "accepted": N_("accepted"),
    "changed": N_("met otherwise"),
    "declined": N_("declined"),
    "settled": N_("settled in the file"),
}


def tell_remarks(shell: Shell, rows: Sequence[Mapping[str, Any]]) -> None:
    """Each remark with its clause and words, the answers in its thread, and what was answered."""
    answers = [row for row in rows if row["parent"] is not None]
    for row in rows:
        if row["parent"] is not None:
            continue
        _tell(_head(shell, row), "")
        for line in _words(shell, row):
            _tell(line, INDENT)
        for answer in answers:
            if answer["parent"] == row["no"]:
                _tell(_said(shell, answer), INDENT * 2)
        if line := _answer(shell, row):
            _tell(line, INDENT)


def tell_differences(shell: Shell, differences: Sequence[Difference]) -> None:
    """Each difference with its clause: old words, new words."""
    for one in differences:
        clause = one.clause or shell.words(say(N_("outside the clauses")))
        old, new = numbers_within(one.old), numbers_within(one.new)
        _tell(f"{clause}  {_old_to_new(shell, old, new)}", INDENT)


def _head(shell: Shell, row: Mapping[str, Any]) -> str:
    """3  第五条  必须  修订  未批注处的改动"""
    words = [
        shell.words(say(LEVEL_NAMES[row["level"]])),
        shell.words(say(KIND_NAMES[row["kind"]])),
    ]
    if row["kind"] == "remark" and row.get("channel") in CHANNEL_NAMES:
        words.append(shell.words(say(CHANNEL_NAMES[row["channel"]])))
    if row["outside"]:
        words.append(shell.words(say(N_("where nobody commented"))))
    return "  ".join(filter(None, (str(row["no"]), row["clause"], *words)))


def _words(shell: Shell, row: Mapping[str, Any]) -> list[str]:
    lines = [f"“{_shortened(row['anchor'])}”"] if row["anchor"] else []
    if row["kind"] in ("remark", "comment"):
        return [*lines, _said(shell, row)]
    if row["kind"] != "formatting":
        lines = [_old_to_new(shell, row["old"], row["new"])]
    return [f"{line}  {_hand(row)}".rstrip() for line in lines]


def _said(shell: Shell, row: Mapping[str, Any]) -> str:
    text = _one_line(row["text"]) or shell.words(say(N_("(without words)")))
    return f"{hand}：{text}" if (hand := _hand(row)) else text


def _hand(row: Mapping[str, Any]) -> str:
    """Author and time as the file says them."""
    at = (row["at"] or "").replace("T", " ")[:16]
    return " ".join(filter(None, (row["author"], at)))


def _old_to_new(shell: Shell, old: str | None, new: str | None) -> str:
    if old and new:
        return f"“{_one_line(old)}” → “{_one_line(new)}”"
    message = N_("put in: “{text}”") if new else N_("taken out: “{text}”")
    return shell.words(say(message, text=_one_line(new or old or "")))


def _answer(shell: Shell, row: Mapping[str, Any]) -> str:
    if not row["answer"]:
        return ""
    words = [shell.words(say(ANSWER_NAMES[row["answer"]])), row.get("answer_text")]
    if row.get("kept") is False:
        words.append(shell.words(say(N_("not in the newest draft"))))
    return "→ " + "  ".join(filter(None, words))


def _shortened(text: str) -> str:
    """The words a remark hangs on may be a page; `--json` and `--xlsx` have them all."""
    text = _one_line(text)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _tell(text: str, indent: str) -> None:
    lines = wrapped(text, WIDTH - len(indent) - len(INDENT))
    for at, line in enumerate(lines):
        click.echo(f"{indent}{INDENT if at else ''}{line}")


INDENT: Final = "   "
SHOWN: Final = 60
