"""The whole check on the corpus: every fault in its place, nothing on what is clean."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from donflow.precheck.check import precheck
from donflow.precheck.findings import Severity
from donflow.precheck.paper import from_text
from donflow.precheck.rulebook import load
from donflow.shipping import rule_texts

ON = date(2026, 11, 21)
BOOK = load(rule_texts(), on=ON)
CORPUS = sorted((Path(__file__).parent / "corpus").glob("*.txt"))
CLEAN_BY_OTHERS = sorted((Path(__file__).parent / "clean").glob("*.txt"))
SIGNS = "甲乙方捐赠人民币万元第一二条、。：:（）()0123456789,._ \t\n□☑《》“”年月日不得AB"
CLEAN = ("s01_scholarship_lump", "s10_supplement")


def truth(path: Path) -> list[dict[str, Any]]:
    faults: list[dict[str, Any]] = yaml.safe_load(path.with_suffix(".yaml").read_text("utf-8"))[
        "faults"
    ]
    return faults


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_each_fault_of_the_corpus_is_found_in_its_place(path: Path) -> None:
    report = precheck(from_text(path.read_text("utf-8")), BOOK, on=ON)
    found = [(each.code, each.severity.value, each.line, each.quote) for each in report.findings]
    missed = [
        fault
        for fault in truth(path)
        if not any(
            (code, severity, line) == (fault["code"], fault["severity"], fault.get("line"))
            and (quote in fault["quote"] or fault["quote"] in quote)
            for code, severity, line, quote in found
        )
    ]
    assert missed == []


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_nothing_else_is_found_but_hints(path: Path) -> None:
    report = precheck(from_text(path.read_text("utf-8")), BOOK, on=ON)
    known = {(fault["code"], fault.get("line")) for fault in truth(path)}
    others = [
        (each.code, each.line, each.quote)
        for each in report.findings
        if each.severity is not Severity.INFO and (each.code, each.line) not in known
    ]
    assert others == []


@pytest.mark.parametrize("name", CLEAN)
def test_a_clean_agreement_hears_nothing(name: str) -> None:
    path = next(path for path in CORPUS if path.stem == name)
    assert precheck(from_text(path.read_text("utf-8")), BOOK, on=ON).findings == ()


@pytest.mark.parametrize("path", CLEAN_BY_OTHERS, ids=lambda path: path.stem)
def test_clean_agreements_in_other_hands_hear_nothing_of_weight(path: Path) -> None:
    report = precheck(from_text(path.read_text("utf-8")), BOOK, on=ON)
    heavy = [each for each in report.findings if each.severity is not Severity.INFO]
    assert heavy == []


def test_the_negative_control_a_clean_agreement_made_wrong_is_found() -> None:
    path = next(path for path in CORPUS if path.stem == CLEAN[0])
    wrong = path.read_text("utf-8").replace("民法典", "合同法").replace("到账", "到帐")
    codes = {each.code for each in precheck(from_text(wrong), BOOK, on=ON).findings}
    assert "repealed_law" in codes


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_a_finding_quotes_the_very_words_of_its_line(path: Path) -> None:
    paper = from_text(path.read_text("utf-8"))
    for each in precheck(paper, BOOK, on=ON).findings:
        assert each.ground is not None, each
        if each.line is None:
            assert each.quote == ""
        else:
            assert each.quote in paper.by_number[each.line].text
        for mend in each.mend:
            assert paper.text(mend.span) != mend.text


def test_findings_stand_in_the_order_of_the_lines_missing_things_last() -> None:
    for path in CORPUS:
        lines = [
            each.line for each in precheck(from_text(path.read_text("utf-8")), BOOK, on=ON).findings
        ]
        told = [line for line in lines if line is not None]
        assert lines == told + [None] * (len(lines) - len(told))
        assert told == sorted(told)


def test_faults_of_many_kinds_in_one_paper_are_each_told_on_their_line() -> None:
    returned = (Path(__file__).parent / "returned_cooperation.txt").read_text("utf-8")
    found = {(each.code, each.line) for each in precheck(from_text(returned), BOOK, on=ON).findings}
    assert {
        ("mixed_punctuation", 6),
        ("commercial_return", 7),
        ("wrong_character", 8),
        ("wrong_document", 9),
        ("revocation_conflict", 10),
        ("privacy_illegal", 11),
        ("dispute_clause_invalid", 12),
        ("repealed_law", 12),
        ("wrong_term", 13),
    } <= found


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=SIGNS, max_size=300))
def test_whatever_a_paper_says_the_check_answers(text: str) -> None:
    precheck(from_text(text), BOOK, on=ON)
