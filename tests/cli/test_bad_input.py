"""Each mistaken line is answered by one clear sentence and its remedy; nothing is changed."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tests.cli.bad_lines import BAD_LINES
from tests.cli.chinese import stray_words
from tests.journeys.desk import Answer, Desk, Workshop

ENGLISH_LINES = [line for line in BAD_LINES if not line.startswith(("--", "agreement draft"))][::4]
"""A draft that is refused names the clauses of its paper, which is Chinese."""


@pytest.fixture(scope="module")
def desk(workshop: Workshop, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """One office for all lines: none of them may change it."""
    desk = workshop.copy("intent", tmp_path_factory.mktemp("bad") / "office")
    yield desk
    desk.close()


@pytest.mark.parametrize("line", BAD_LINES)
def test_a_bad_line_gets_one_clear_answer(desk: Desk, line: str) -> None:
    before = desk.rows()
    answer = desk(line, code=2)
    assert answer.out == ""
    assert_clear(answer)
    assert desk.rows() == before


@pytest.mark.parametrize("line", BAD_LINES)
def test_it_is_said_in_chinese(desk: Desk, line: str) -> None:
    said = desk(line, code=2).err
    assert re.search(r"[\u4e00-\u9fff]", said), said
    assert stray_words(said, *re.split(r"[ =]", line)) == [], said


@pytest.mark.parametrize("line", ENGLISH_LINES)
def test_it_is_said_in_english(desk: Desk, line: str) -> None:
    said = desk(line, code=2, lang="en").err
    typed = {part for word in line.split() for part in (word, word.rpartition("/")[2])}
    for part in sorted(typed, key=len, reverse=True):
        said = said.replace(part, "")
    known = r"[\u4e00-\u9fff]*(?:深圳市恒源数智科技有限公司|林秘书|公司|材料)[\u4e00-\u9fff]*"
    assert not re.search(r"[\u4e00-\u9fff]", re.sub(known, "", said)), said


@pytest.mark.parametrize("line", [line for line in BAD_LINES if "--json" not in line][::4])
def test_it_is_said_as_json(desk: Desk, line: str) -> None:
    if line.startswith("--"):
        return
    answer = desk(f"{line} --json" if " -- " not in line else line, code=2)
    if " -- " not in line:
        assert all(item["code"] and item["reason"] for item in answer.refusals)


def test_a_noun_without_a_verb_shows_its_help(desk: Desk) -> None:
    answer = desk("gift", code=2)
    assert answer.out == ""
    assert "advance" in answer.err


def test_the_checker_of_stray_words_finds_them() -> None:
    assert stray_words("没有 gift 9。", "9") == ["gift"]
    assert stray_words("没有捐赠“gift 9”。") == []
    assert stray_words("请运行：donflow gift show G2026-0001") == []


def assert_clear(answer: Answer) -> None:
    """A sentence or several refusals, each with its remedy; no traceback, no type names."""
    lines = answer.err.splitlines()
    assert lines
    assert "Traceback" not in answer.err
    assert not re.search(r"\w+Error\b|<class|None\b|\{\w+\}", answer.err), answer.err
    first, *others = lines
    assert first == first.strip()
    assert len(first) < 300
    assert all(line.startswith(("  → ", "  · ", "    → ")) for line in others), answer.err
