"""What a person reads in Chinese is Chinese: the demo's whole output, and every command's help."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from donflow.accounts.policy import ROLE_NAMES
from donflow.cli import naming, run
from donflow.cli.commands import Formatter
from donflow.domain.actor import EvidenceKind, Role
from donflow.domain.checked import Verdict
from donflow.domain.demand import Demand
from donflow.domain.facts import PaperKind, RecordKind
from donflow.domain.rmb_words import Fault
from donflow.gifts.contacts import KINDS, ContactKind
from donflow.gifts.filing import ABSENCE_GROUNDS
from donflow.lifecycle.office import Office
from donflow.lifecycle.two_persons import acts_of
from donflow.originals.copies import HOLDERS
from donflow.originals.parcels import CONTENTS, METHODS
from donflow.papers.receipts import FORMS
from donflow.roster import models as roster
from donflow.settings import Settings
from tools.commands_page import commands

NAMES = {
    "Word",
    "WPS",
    "Excel",
    "PDF",
    "PNG",
    "JPEG",
    "Windows",
    "PostgreSQL",
    "Mermaid",
    "donflow",
    "zh_CN",
    "en",
}
"""What is called so in Chinese too."""
CODES = {"cash", "small", "CODE"}
"""Kinds of gifts, which the home's states.yaml names."""
TYPED = re.compile(
    r"donflow [^）。，；\n]*"  # a command line as a remedy
    r"|（[a-z][a-z0-9_]*）"  # a code behind its word
    r"|-{1,2}[a-z][a-z-]*"  # an option
    r"|G\d{4}-\d{4}"  # a gift's number
    r"|[^\s：]*/[^\s]*"  # a path
    r"|[\w-]+\.[a-z]{2,4}\b"  # a file
)
HELD_IN_HELP = re.compile(r"^  [a-z_-]+(  |$)|^  donflow .*$", re.MULTILINE)
"""The names of commands and codes in their own column, and the examples."""


def latin_in(text: str) -> set[str]:
    """The Latin words that a Chinese reader would stumble over."""
    return set(re.findall(r"[A-Za-z][A-Za-z_]+", TYPED.sub(" ", text))) - NAMES - CODES


def chinese(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    monkeypatch.setenv("LANGUAGE", "")  # set by the command line for its children; put back here
    monkeypatch.setenv("COLUMNS", "100")
    return {"DONFLOW_LANG": "zh_CN"}


def test_the_whole_demo_speaks_chinese(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    home = tmp_path / "演示"

    assert run(["--home", str(home), "demo"], chinese(monkeypatch)) == 0

    told = capsys.readouterr()
    lines = [line for line in told.out.splitlines() if not line.startswith("$ ")]
    assert len(lines) > 150
    assert {line: found for line in lines if (found := latin_in(line))} == {}
    assert "条件未满足" in told.err
    assert latin_in(told.err) == set()


@pytest.mark.parametrize("path", [path for path, _ in commands()])
def test_the_help_of_every_command_speaks_chinese(
    path: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*path.split(), "--help"], chinese(monkeypatch)) == 0

    told = capsys.readouterr().out
    usage, _, text = told.partition("\n")
    assert usage.startswith(f"用法： donflow {path} [选项]")
    assert latin_in(usage.removeprefix(f"用法： donflow {path}")) == set()
    assert latin_in(HELD_IN_HELP.sub("", text)) == set()


@pytest.mark.parametrize(
    ("sentence", "leak"),
    [
        ("已为G2026-0001记录：archive_upload。", {"archive_upload"}),
        ("办理“报审”还缺5项 (5 things missing)", {"things", "missing"}),
        ("“婉拒”只能由以下角色办理：leader、reviewer。", {"leader", "reviewer"}),
        ("6 terms of G2026-0001 set.", {"terms", "of", "set"}),
        ("缺少 'STEP'。", {"STEP"}),
        ("已归入G2026-0001：协议扫描件.pdf。", set()),
        ("  → 请运行：donflow gift edit G2026-0001 --amount 金额 --pay-by 日期", set()),
        ("可写：领导同意（leader_consent）。", set()),
        ("请用 Word 或 WPS 打开，加上 --reason 理由。", set()),
        ("付款提示：/tmp/x/papers/G2026-0001/付款提示_G2026-0001.pdf", set()),
    ],
)
def test_a_leak_is_found_and_what_is_typed_is_none(sentence: str, leak: set[str]) -> None:
    assert latin_in(sentence) == leak


@pytest.mark.parametrize(
    ("names", "codes"),
    [
        (naming.ROLE_NAMES, list(Role)),
        (naming.EVIDENCE_NAMES, list(EvidenceKind)),
        (naming.FACT_NAMES, list(RecordKind)),
        (naming.PAPER_NAMES, list(PaperKind)),
        (naming.VERDICT_NAMES, list(Verdict)),
        (naming.FAULT_NAMES, list(Fault)),
        (naming.CHANNEL_NAMES, KINDS),
        (naming.CONTACT_KINDS, ContactKind),
        (naming.GROUND_NAMES, ABSENCE_GROUNDS),
        (naming.HOLDER_NAMES, HOLDERS),
        (naming.METHOD_NAMES, METHODS),
        (naming.CONTENT_NAMES, CONTENTS),
        (naming.FORM_NAMES, FORMS),
        (naming.LEVEL_NAMES, Demand),
        (naming.ACT_NAMES, list(acts_of(Office(Path(), Settings(), Path())))),
        (naming.KIND_NAMES, list(roster.ConstituentKind)),
        (naming.GENDER_NAMES, list(roster.Gender)),
        (naming.CONTACT_NAMES, list(roster.ContactKind)),
        (naming.IDENTIFIER_NAMES, list(roster.IdentifierKind)),
        (naming.SOURCE_NAMES, list(roster.Source)),
        (naming.PURPOSE_NAMES, list(roster.Purpose)),
        (naming.CONSENT_CHANNEL_NAMES, list(roster.Channel)),
    ],
)
def test_every_code_has_its_word(names: Mapping[str, str], codes: list[str]) -> None:
    assert set(names) == {str(code) for code in codes}


def test_roles_are_called_the_same_everywhere() -> None:
    assert {str(role): name for role, name in ROLE_NAMES.items()} == naming.ROLE_NAMES


@pytest.mark.parametrize("step", ["建立联系", "Take up", "take_up"])
def test_a_step_is_named_by_its_code_or_its_label(
    step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    environment = chinese(monkeypatch) | {"DONFLOW_HOME": str(tmp_path / "办公")}
    assert run(["init"], environment) == 0
    assert run(["gift", "new", "--channel", "电话"], environment) == 0

    assert run(["gift", "advance", "1", step], environment) == 2

    assert "没有记录由谁捐赠。" in capsys.readouterr().err


def test_help_is_set_in_columns_by_the_width_of_the_characters() -> None:
    formatter = Formatter(width=40)

    formatter.write_dl(
        [("--for 词", "代录（finance、donor）外部人员办理的事，须附佐证材料。"), ("-h", "帮助")]
    )

    assert formatter.getvalue().splitlines() == [
        "--for 词  代录（finance、donor）外部人员",
        "          办理的事，须附佐证材料。",
        "-h        帮助",
    ]
