"""The fifth set of agreements: is what its truth says really in the agreements?"""

from __future__ import annotations

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


def test_there_are_sixteen_agreements_four_of_them_in_word_and_three_clean() -> None:
    assert len(NAMES) == 16
    assert sum(TRUTHS[name]["file"].endswith(".docx") for name in NAMES) == 4
    assert len(CLEAN) == 3


@pytest.mark.parametrize("name", NAMES)
def test_every_quote_stands_on_its_line(name: str) -> None:
    lines = _lines(name)
    for fault in TRUTHS[name]["faults"]:
        if fault["quote"]:
            assert fault["quote"] in lines[fault["line"] - 1], fault
        else:
            assert "line" not in fault, fault


@pytest.mark.parametrize("name", [name for name in NAMES if name.startswith("y")])
def test_the_word_file_is_what_its_source_makes(name: str) -> None:
    source = (HERE / "sources" / f"{name}.source").read_text("utf-8")
    assert (HERE / f"{name}.docx").read_bytes() == built(source)


@pytest.mark.parametrize("name", NAMES)
def test_sums_are_wrong_only_where_a_fault_says_so(name: str) -> None:
    truth: dict[str, Any] = TRUTHS[name]
    amount, copies, codes = truth["amount"], truth["copies"], set(truth["fault_codes"])
    if amount["figures"] and amount["currency"] == "CNY":
        told = parse_words(amount["words_raw"]).amount
        assert told is not None
        assert f"{told.minor / 100:.2f}" == amount["words_value"]
        same = amount["words_value"] == amount["figures"]
        assert same == ("figures_words_mismatch" not in codes)
    items = [item["amount"] for item in truth["payment"]["items"] if "amount" in item]
    if items and amount["figures"]:
        same = sum(map(Decimal, items)) == Decimal(amount["figures"])
        assert same == ("instalment_sum_mismatch" not in codes)
    goods = truth.get("in_kind", {}).get("items", [])
    for each in goods:
        if "unit_price" in each:
            assert Decimal(each["unit_price"]) * each["qty"] == Decimal(each["total"])
    if goods:
        assert sum(Decimal(each["total"]) for each in goods) == Decimal(amount["figures"])
    if copies and "party_label_duplicate" not in codes:
        same = sum(copies["split"].values()) == copies["total"]
        assert same == ("copies_split_mismatch" not in codes)


def _lines(name: str) -> list[str]:
    if name.startswith("y"):
        return seen((HERE / "sources" / f"{name}.source").read_text("utf-8"))
    return (HERE / f"{name}.txt").read_text("utf-8").split("\n")
