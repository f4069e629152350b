"""The forms of commands that other programs rely on: arguments, exit codes, JSON, lines."""

from __future__ import annotations

import csv
import json
import re
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cast import COMPANY, INIT
from tests.journeys.desk import Desk

VECTORS = Path(__file__).parents[1] / "vectors"
ROOT = Path(__file__).parents[2]
AMOUNT = {"amount": "500000.00", "currency": "CNY"}


def rows_of(name: str) -> list[dict[str, str]]:
    with (VECTORS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def bare(tmp_path: Path) -> Desk:
    """A desk without an office."""
    return Desk(tmp_path)


def test_init_sets_up_an_office_once(bare: Desk) -> None:
    bare(INIT)
    assert (bare.home / "donflow.toml").is_file()
    assert (bare.home / "states.yaml").read_bytes() == (ROOT / "states.yaml").read_bytes()
    assert bare.home.with_name("office.keys").stat().st_mode & 0o777 == 0o600
    before = bare.rows()
    assert bare(f"{INIT} --json", code=2).err
    assert bare.rows() == before


@pytest.mark.parametrize(
    "line",
    [
        "init --user 林秘书",
        "init --desk shared --user lin --name 林秘书",
        "init --desk shared --user lin --name 林秘书 --admin lin",
        "init --user lin --name ''",
    ],
)
def test_an_init_that_is_refused_leaves_nothing_behind(bare: Desk, line: str) -> None:
    assert bare(line, code=2).err
    assert list(bare.folder.iterdir()) == []
    bare(INIT)


def test_the_key_sheet_is_printed_once_where_it_is_no_exercise(bare: Desk) -> None:
    said = bare("init --user lin --name 林秘书").out
    assert len(said.splitlines()) >= 4


@pytest.mark.parametrize("before", [True, False])
def test_home_language_and_user_stand_before_or_after_the_command(
    office: Desk, before: bool
) -> None:
    given = f"--home {office.home} --lang en --as lin"
    line = f"{given} user list --json" if before else f"user list --json {given}"
    environment = Desk(office.folder)
    environment.environment = {"DONFLOW_HOME": "", "DONFLOW_LANG": ""}
    assert environment(line).data[0]["username"] == "lin"
    environment.close()


def test_states_check_takes_the_shipped_file(bare: Desk) -> None:
    assert bare(f"states check {ROOT / 'states.yaml'}").err == ""


def test_states_check_names_each_mistake_with_file_and_line(bare: Desk) -> None:
    text = (ROOT / "states.yaml").read_text(encoding="utf-8")
    wrong = text.replace("to: review,", "to: reviw,").replace("owner: donor", "owner: dnoor", 1)
    (bare.folder / "wrong.yaml").write_text(wrong, encoding="utf-8")
    answer = bare("states check wrong.yaml", code=2)
    assert answer.out == ""
    lines = answer.err.splitlines()
    assert len(lines) >= 3
    assert all(re.match(r"wrong\.yaml:\d+: .+", line) for line in lines), lines
    places = {int(line.split(":")[1]) for line in lines}
    said = wrong.splitlines()
    assert any("dnoor" in said[place - 1] for place in places)
    assert any("reviw" in said[place - 1] for place in places)


def test_gift_list_has_its_keys(office_at: Callable[..., Desk]) -> None:
    desk = office_at("review")
    (row,) = desk("gift list --json").data
    assert row == {
        "number": "G2026-0001",
        "kind": "cash",
        "donor": COMPANY,
        "anonymous": False,
        "amount": AMOUNT,
        "stage": "review",
        "stage_label": {"zh": "审核中", "en": "Under review"},
        "entered_on": "2026-03-06",
        "age_days": 0,
        "due_on": "2026-03-13",
        "workdays_left": 5,
        "overdue": False,
        "owner": "reviewer",
        "version": row["version"],
    }
    assert desk("gift list --stage draft --json").data == []


def test_gift_show_has_its_keys(office_at: Callable[..., Desk]) -> None:
    desk = office_at("review")
    shown = desk.gift()
    row = desk("gift list --json").data[0]
    assert shown.items() >= row.items()
    assert {"purpose", "naming", "liaison", "next", "papers", "originals", "recorded_for"} <= set(
        shown
    )
    step = shown["next"][0]
    assert set(step) == {"transition", "label", "to", "by", "ready", "command", "missing"}
    assert set(step["missing"][0]) == {"code", "reason", "remedy"}


def test_gift_options_has_its_keys(office_at: Callable[..., Desk]) -> None:
    options = office_at("review")("gift options 1 --json").data
    assert {option["transition"] for option in options} >= {"approve", "return", "decline"}
    for option in options:
        assert set(option) == {"transition", "label", "to", "by", "allowed", "refusals"}
        assert option["allowed"] is (option["refusals"] == [])


@pytest.mark.parametrize("number", ["1", "G2026-0001", "2026-1", "g1"])
def test_a_gift_is_named_in_several_ways(office_at: Callable[..., Desk], number: str) -> None:
    assert office_at("intent").gift(number)["number"] == "G2026-0001"


def test_verify_has_three_answers(office_at: Callable[..., Desk], tmp_path: Path) -> None:
    desk = office_at("intent")
    assert desk("verify --json").data["findings"] == []
    desk.sql("UPDATE gift SET amount_minor = 1")
    assert desk("verify --json", code=1).data["findings"]
    Desk(tmp_path / "nowhere")
    (tmp_path / "nowhere").mkdir()
    assert Desk(tmp_path / "nowhere")("verify", code=2).err


@pytest.mark.parametrize("row", rows_of("rmb_upper.csv"), ids=lambda row: row["amount"])
def test_money_words_writes_the_canonical_form(bare: Desk, row: dict[str, str]) -> None:
    assert bare(f"money words {row['amount']}").out == f"{row['canonical']}\n"


def test_money_parse_reads_every_vector(bare: Desk) -> None:
    wrong = [row["text"] for row in rows_of("rmb_parse.csv") if not _parsed(bare, row)]
    assert wrong == []


def _parsed(desk: Desk, row: dict[str, str]) -> bool:
    data = desk(f"money parse --json -- {shlex.quote(row['text'])}").data
    assert set(data) == {"amount", "faults"}
    amount_right = data["amount"] == (row["amount"] or None)
    if row["verdict"] == "ok":
        return amount_right and data["faults"] == []
    return amount_right and row["fault_or_note"].split()[0] in data["faults"]


@pytest.mark.parametrize("kind", ["uscc", "resident_id", "phone"])
def test_identifier_check_reads_every_vector(bare: Desk, kind: str) -> None:
    wrong = [row["raw"] for row in rows_of(f"{kind}.csv") if not _checked(bare, kind, row)]
    assert wrong == []


def _checked(desk: Desk, kind: str, row: dict[str, str]) -> bool:
    data = desk(f"identifier check --kind {kind} --json -- {shlex.quote(row['raw'])}").data
    assert set(data) == {"kind", "normalized", "verdict", "gender", "birth"}
    expected: dict[str, Any] = {"kind": kind, "verdict": row["verdict"]}
    normalized = row["e164"] if kind == "phone" else row["normalized"]
    expected["normalized"] = normalized or None
    if kind == "resident_id":
        gender = {"男": "male", "女": "female", "": None}[row["gender"]]
        expected |= {"gender": gender, "birth": row["birth"] or None}
    return {key: data[key] for key in expected} == expected


def test_vault_add_files_a_paper_under_its_gift(office_at: Callable[..., Desk]) -> None:
    desk = office_at("intent")
    added = desk("vault add 材料/银行回单.pdf --gift 1 --paper bank_slip --json").data
    (paper,) = desk("paper list 1 --json").data
    assert (paper["kind"], paper["fingerprint"]) == ("bank_slip", added["fingerprint"])
    assert added["gift"] == "G2026-0001"
    assert desk("verify").code == 0


def test_what_the_gate_refuses_is_refused_with_every_reason(
    office_at: Callable[..., Desk],
) -> None:
    desk = office_at("intent")
    (desk.folder / "回单.pdf").write_bytes(b"MZ this is a program")
    assert desk.refused("vault add 回单.pdf --gift 1 --paper bank_slip")
    assert desk("verify").code == 0


def test_refusals_as_json_stand_alone_on_stderr(office_at: Callable[..., Desk]) -> None:
    answer = office_at("draft")("gift advance 1 submit --json", code=2)
    assert answer.out == ""
    assert set(json.loads(answer.err)) == {"refusals"}
