"""Lines far too long: read in pieces, told where they stand, in time that grows with them."""

from __future__ import annotations

from pathlib import Path
from time import process_time

import pytest

from donflow.precheck.check import precheck
from donflow.precheck.paper import Line, Paper, Span, from_text
from donflow.precheck.pieces import LONGEST, in_pieces
from tests.precheck.rules.said import ON, book

AGREEMENT = (Path(__file__).parent / "corpus" / "s02_instalment_three_party.txt").read_text("utf-8")
ONE_LINE = AGREEMENT.replace("\n", "")
HEAD = "捐赠协议\n甲方：深圳市恒源数智科技有限公司\n乙方：云麓大学教育发展基金会\n\n"
PAPERS = {
    "many lines": AGREEMENT,
    "one line": ONE_LINE,
    "one line without a stop": ONE_LINE.replace("。", "").replace("；", "").replace("，", ""),
    "the donor first": "甲方向乙方捐赠人民币用于资助学生优先采购",
    "sums": "人民币壹佰万元整（￥1,000,000.00），",
    "digits": "1234567890",
    "blanks": " ",
    "underlines": "_",
    "boxes": "□",
    "empty lines": "\n",
    "numbers alone": "一、\n",
    "annexes": "附件一\n",
    "signatures": "甲方（盖章）：\n日期：2026年1月1日\n",
    "cells": "甲\t",
}


def test_a_usual_paper_is_left_as_it_is() -> None:
    paper = from_text(AGREEMENT)
    cut, pieces = in_pieces(paper)
    assert cut is paper
    assert pieces.put_back(Span(3, 1, 2)) == Span(3, 1, 2)


def test_a_long_line_is_cut_behind_a_sentence_and_nothing_is_lost() -> None:
    paper = Paper((Line(1, "捐赠协议"), Line(2, ONE_LINE * 4), Line(3, "末行")))
    cut, pieces = in_pieces(paper)
    assert max(len(line.text) for line in cut.lines) <= LONGEST
    assert "".join(line.text for line in cut.lines) == "".join(line.text for line in paper.lines)
    assert all(line.text.endswith(("。", "；", "\t")) for line in cut.lines[1:-2])
    for line in cut.lines:
        span = Span(line.number, 0, len(line.text))
        assert paper.text(pieces.put_back(span)) == line.text


def test_findings_and_facts_stand_where_the_paper_has_them() -> None:
    paper = from_text(
        HEAD + "第一条 " + "双方友好合作。" * 400 + "乙方开具发票，帐户另行通知。\n末行"
    )
    report = precheck(paper, book(), on=ON)
    told = {finding.code: finding for finding in report.findings}
    assert told["wrong_document"].line == told["wrong_character"].line == 5
    mend = told["wrong_character"].mend[0]
    assert paper.text(mend.span) == "帐"
    assert [paper.text(party.at).split("：")[0] for party in report.facts.parties] == [
        "甲方",
        "乙方",
    ]
    for finding in report.findings:
        assert finding.line is None or finding.quote in paper.by_number[finding.line].text


@pytest.mark.parametrize("name", PAPERS)
def test_no_paper_takes_longer_than_its_length(name: str) -> None:
    text = (PAPERS[name] * (30_000 // len(PAPERS[name]) + 1))[:30_000]
    begun = process_time()
    precheck(from_text(HEAD + text), book(), on=ON)
    assert process_time() - begun < 8, name
