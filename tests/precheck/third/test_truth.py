"""The third set of agreements: is what its truth says really in the agreements?"""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from donflow.domain import resident_number, uscc
from donflow.domain.checked import Verdict
from donflow.domain.rmb_words import parse_words
from tests.precheck.second.build import built, seen

HERE = Path(__file__).parent
TRUTHS = {path.stem: yaml.safe_load(path.read_text("utf-8")) for path in HERE.glob("*.yaml")}
NAMES = sorted(TRUTHS)
CLEAN = [name for name in NAMES if not TRUTHS[name]["faults"]]
PREFIXES = re.compile("^(人民币|人民幣|港币|美元|欧元)")


def test_there_are_thirty_agreements_twelve_of_them_in_word_and_five_clean() -> None:
    assert len(NAMES) == 30
    assert sum(TRUTHS[name]["file"].endswith(".docx") for name in NAMES) == 12
    assert len(CLEAN) == 5


def test_each_faulty_agreement_has_three_to_eight_faults() -> None:
    counts = {name: len(TRUTHS[name]["faults"]) for name in NAMES if name not in CLEAN}
    assert all(3 <= count <= 8 for count in counts.values()), counts


@pytest.mark.parametrize("name", NAMES)
def test_every_quote_stands_on_its_line(name: str) -> None:
    lines = _lines(name)
    truth = TRUTHS[name]
    for fault in truth["faults"]:
        if fault["quote"]:
            assert fault["quote"] in lines[fault["line"] - 1], fault
        else:
            assert "line" not in fault, fault
    assert truth["fault_codes"] == sorted({fault["code"] for fault in truth["faults"]})


@pytest.mark.parametrize("name", NAMES)
def test_every_name_and_number_of_the_truth_stands_in_the_agreement(name: str) -> None:
    truth, text = TRUTHS[name], "\n".join(_lines(name))
    told = [truth["naming"], truth["agreement_no"], truth["amount"]["figures_raw"]]
    told += [truth["amount"]["words_raw"], (truth["copies"] or {}).get("raw", "")]
    told += [item["raw"] for item in truth["payment"]["items"]]
    told += [party.get(key, "") for party in truth["parties"] for key in ("name", "name_en")]
    told += [party.get(key, "") for party in truth["parties"] for key in ("uscc", "id_number")]
    close = _close(text)
    for words in told:
        assert _close(words) in close, words


@pytest.mark.parametrize("name", [name for name in NAMES if name.startswith("e")])
def test_the_word_file_is_what_its_source_makes(name: str) -> None:
    source = (HERE / "sources" / f"{name}.source").read_text("utf-8")
    assert (HERE / f"{name}.docx").read_bytes() == built(source)


@pytest.mark.parametrize("name", NAMES)
def test_numbers_of_bodies_and_people_are_right_unless_a_fault_says_otherwise(name: str) -> None:
    truth = TRUTHS[name]
    known = {fault["quote"] for fault in truth["faults"]}
    for party in truth["parties"]:
        for key, check in (("uscc", uscc.check), ("id_number", resident_number.check)):
            if key in party:
                assert (check(party[key]).verdict is Verdict.VALID) != (party[key] in known), party


@pytest.mark.parametrize("name", NAMES)
def test_the_words_of_the_amount_say_their_value(name: str) -> None:
    amount = TRUTHS[name]["amount"]
    if amount["words_value"]:
        told = parse_words(PREFIXES.sub("", amount["words_raw"])).amount
        assert told is not None
        assert f"{told.minor / 100:.2f}" == amount["words_value"]


@pytest.mark.parametrize("name", CLEAN)
def test_sums_agree_in_a_clean_agreement(name: str) -> None:
    truth: dict[str, Any] = TRUTHS[name]
    amount = truth["amount"]
    assert amount["words_value"] == amount["figures"]
    items = [item["amount"] for item in truth["payment"]["items"]]
    if items:
        assert sum(map(Decimal, items)) == Decimal(amount["figures"])
    assert sum(truth["copies"]["split"].values()) == truth["copies"]["total"]


def _lines(name: str) -> list[str]:
    if name.startswith("e"):
        return seen((HERE / "sources" / f"{name}.source").read_text("utf-8"))
    return (HERE / f"{name}.txt").read_text("utf-8").split("\n")


def _close(text: str) -> str:
    return re.sub(r"[\s“”]", "", text)
