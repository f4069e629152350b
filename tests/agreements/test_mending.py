"""Mends come as tracked changes that mend what was found and nothing else."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import pytest

from donflow.agreements.incoming import Incoming, read_paper
from donflow.agreements.mending import AUTHOR, Mended, mend_paper
from donflow.precheck.check import precheck
from donflow.precheck.findings import Finding
from donflow.precheck.rulebook import RuleBook, load
from donflow.shipping import rule_texts
from donflow.word.plain_paper import paper_of_lines
from donflow.word.reading import read
from donflow.word.settling import accept_all, reject_all
from tests.word.markup_builder import docx, lvl, numbering, p

CORPUS = Path(__file__).parents[1] / "precheck" / "corpus"
ON = date(2026, 11, 20)
AT = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
AGREEMENTS = sorted(path.stem for path in CORPUS.glob("*.txt"))
FOR_MENDING = {
    "mixed_punctuation",
    "inconsistent_date_spacing",
    "fullwidth_digits",
    "figures_style",
    "words_malformed",
    "words_prefix_missing",
    "wrong_character",
    "wrong_term",
    "numbering_duplicate",
    "numbering_gap",
    "reference_mismatch",
}


@cache
def book() -> RuleBook:
    return load(rule_texts(), on=ON)


def as_text(name: str) -> Incoming:
    return read_paper((CORPUS / f"{name}.txt").read_bytes(), name="协议.txt")


def as_word(name: str) -> Incoming:
    lines = (CORPUS / f"{name}.txt").read_text("utf-8").splitlines()
    return read_paper(paper_of_lines(lines), name="协议.docx")


def found(incoming: Incoming) -> tuple[Finding, ...]:
    return precheck(incoming.paper, book(), on=ON).findings


def mended(incoming: Incoming) -> Mended:
    return mend_paper(incoming, found(incoming), book(), on=ON, at=AT)


def places(findings: tuple[Finding, ...]) -> Counter[tuple[str, int | None]]:
    return Counter(
        (finding.code, finding.line) for finding in findings if "format_" not in finding.code
    )


@pytest.mark.parametrize("name", AGREEMENTS)
@pytest.mark.parametrize("form", [as_text, as_word])
def test_after_accepting_all_what_was_mended_is_gone_and_nothing_is_new(
    name: str, form: object
) -> None:
    assert callable(form)
    incoming: Incoming = form(name)
    before = found(incoming)
    made = mended(incoming)
    if made.docx is None:
        assert not [one for one in before if one.mend and one.sure]
        return

    after = found(read_paper(accept_all(made.docx), name="改后.docx"))

    assert places(after) == places(before) - places(made.mended)
    assert {one.code for one in made.mended} <= FOR_MENDING


@pytest.mark.parametrize("name", AGREEMENTS)
def test_rejecting_all_gives_the_paper_as_it_came(name: str) -> None:
    incoming = as_word(name)
    made = mended(incoming)
    if made.docx is not None:
        rejected = read(reject_all(made.docx)).after
        assert rejected == tuple(line.text for line in incoming.paper.lines)
        assert {change.author for change in read(made.docx).changes} == {AUTHOR}


def test_the_corpus_has_something_to_mend() -> None:
    """The tests above would pass where nothing is ever mended."""
    codes = {one.code for name in AGREEMENTS for one in mended(as_text(name)).mended}

    assert {"mixed_punctuation", "inconsistent_date_spacing", "words_malformed"} <= codes


def test_no_more_is_touched_than_must_be() -> None:
    made = mended(as_word("s02_instalment_three_party"))
    assert made.docx is not None

    changes = [(one.kind.value, one.text) for one in read(made.docx).changes]

    assert ("deletion", ",") in changes
    assert max(len(text) for _, text in changes) <= 2


AGAIN = (
    '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
    '<w:startOverride w:val="1"/></w:lvlOverride></w:num>'
)


def test_an_automatic_number_is_left_to_a_person() -> None:
    """The second list starts again: 第一条, 第二条, 第一条, 第二条; no character of it is there."""
    lists = numbering(lvl(0, "chineseCounting", "第%1条", suffix="space"), nums=AGAIN)
    body = [
        p("捐赠协议书"),
        *(
            p(f"{words}由甲方支付,乙方接受。", num=(number, 0))
            for number in (1, 2)
            for words in "子丑"
        ),
    ]

    incoming = read_paper(docx(*body, numbering=lists), name="协议.docx")
    made = mended(incoming)

    assert [line.text[:3] for line in incoming.paper.lines[1:]] == ["第一条", "第二条"] * 2
    assert "numbering_duplicate" in {one.finding.code for one in made.left}
    assert {one.code for one in made.mended} == {"mixed_punctuation"}
    assert made.docx is not None
    assert read(accept_all(made.docx)).after[1:] == tuple(
        f"第{number}条 {words}由甲方支付，乙方接受。"
        for number, words in zip("一二" * 2, "子丑" * 2, strict=True)
    )
