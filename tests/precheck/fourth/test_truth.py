"""The fourth set of agreements: is what its truth says really in the agreements?"""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from donflow.domain.rmb_words import parse_words
from tests.precheck.second.build import built, seen

HERE = Path(__file__).parent
TRUTHS = {path.stem: yaml.safe_load(path.read_text("utf-8")) for path in HERE.glob("*.yaml")}
NAMES = sorted(TRUTHS)
CLEAN = [name for name in NAMES if not TRUTHS[name]["faults"]]


def test_there_are_thirty_agreements_ten_of_them_in_word_and_four_clean() -> None:
    assert len(NAMES) == 30
    assert sum(TRUTHS[name]["file"].endswith(".docx") for name in NAMES) == 10
    assert CLEAN == [
        "v05_student_aid_clean",
        "v16_termination_clean",
        "w01_equipment_acceptance_clean",
        "w07_five_year_fund_clean",
    ]


def test_every_code_of_the_corpus_occurs() -> None:
    codes = Counter(fault["code"] for told in TRUTHS.values() for fault in told["faults"])
    assert len(codes) == 71


@pytest.mark.parametrize("name", [name for name in NAMES if name not in CLEAN])
def test_a_faulty_agreement_has_three_to_seven_faults(name: str) -> None:
    faults = TRUTHS[name]["faults"]
    assert 3 <= len(faults) <= 7
    assert TRUTHS[name]["fault_codes"] == sorted({fault["code"] for fault in faults})


@pytest.mark.parametrize("name", NAMES)
def test_every_quote_stands_on_its_line(name: str) -> None:
    lines = _lines(name)
    for fault in TRUTHS[name]["faults"]:
        if fault["quote"]:
            assert fault["quote"] in lines[fault["line"] - 1], fault
        else:
            assert "line" not in fault, fault


@pytest.mark.parametrize("name", [name for name in NAMES if name.startswith("w")])
def test_the_word_file_is_what_its_source_makes(name: str) -> None:
    source = (HERE / "sources" / f"{name}.source").read_text("utf-8")
    assert (HERE / f"{name}.docx").read_bytes() == built(source)


@pytest.mark.parametrize("name", CLEAN)
def test_sums_agree_in_a_clean_agreement(name: str) -> None:
    truth: dict[str, Any] = TRUTHS[name]
    amount = truth["amount"]
    told = parse_words(amount["words_raw"]).amount
    assert told is not None
    assert f"{told.minor / 100:.2f}" == amount["words_value"] == amount["figures"]
    items = [item["amount"] for item in truth["payment"]["items"] if "amount" in item]
    if items:
        assert sum(map(Decimal, items)) == Decimal(amount["figures"])
    goods = truth.get("in_kind", {}).get("items", [])
    if goods:
        assert sum(Decimal(each["total"]) for each in goods) == Decimal(amount["figures"])
        assert all(
            each["qty"] * Decimal(each["unit_price"]) == Decimal(each["total"]) for each in goods
        )
    copies = truth["copies"]
    assert sum(copies["split"].values()) == copies["total"]


def _lines(name: str) -> list[str]:
    if name.startswith("w"):
        return seen((HERE / "sources" / f"{name}.source").read_text("utf-8"))
    return (HERE / f"{name}.txt").read_text("utf-8").split("\n")
