"""The lines of greetings: what they may say, and what the shipped ones do say."""

from __future__ import annotations

import re

import pytest

from donflow.domain.greeting_words import FIELDS, JOYFUL, Verse, filled, verse_of, wrong_in
from donflow.domain.occasions import Kind, Occasion, WrongOccasions, read_occasions
from donflow.shipping import OCCASIONS, occasion_list

TEXT = occasion_list()
SHIPPED = read_occasions(TEXT, OCCASIONS)
SEASONS = [each for each in SHIPPED.values() if each.kind in (Kind.TERM, Kind.FESTIVAL)]


def test_a_line_is_filled_and_left_out_where_a_value_is_missing() -> None:
    lines = (
        "“甲。”——乙《丙》",
        "祝{you}好。",
        "毕业{years}年了，{you}还记得吗？",
        "用于“{purpose}”。",
    )
    assert filled(lines, {"you": "您", "years": "20", "purpose": ""}) == (
        "“甲。”——乙《丙》",
        "祝您好。",
        "毕业20年了，您还记得吗？",
    )


def test_a_verse_is_told_from_a_line() -> None:
    assert verse_of("“露从今夜白，月是故乡明。”——杜甫《月夜忆舍弟》") == Verse(
        "露从今夜白，月是故乡明。", "杜甫《月夜忆舍弟》"
    )
    assert verse_of("用于“图书馆”。") is None


@pytest.mark.parametrize(
    ("line", "happy", "wrong"),
    [
        ("祝{you}快乐。", True, 0),
        ("祝{you}快乐。", False, 1),
        ("祝{name}快乐。", True, 1),
        ("祝{name}与{child}快乐。", False, 2),
        ("祝{you快乐。", True, 1),
        ("祝{}好。", True, 1),
        ("请{you}节哀。", False, 0),
    ],
)
def test_wrong_lines_are_told(line: str, happy: bool, wrong: int) -> None:
    assert len(wrong_in(line, happy=happy)) == wrong


def test_a_wrong_line_of_the_file_is_told_with_its_place() -> None:
    lines = TEXT.splitlines()
    at = next(no for no, line in enumerate(lines) if "思念故人" in line)
    lines[at] = "    - 祝{name}中元快乐。"
    with pytest.raises(WrongOccasions) as caught:
        read_occasions("\n".join(lines), OCCASIONS)
    assert {one.values["line"] for one in caught.value.told} == {at + 1}
    assert len(caught.value.told) == 2


@pytest.mark.parametrize("occasion", SHIPPED.values(), ids=lambda each: each.code)
def test_every_occasion_has_two_to_four_lines_that_fit(occasion: Occasion) -> None:
    assert 2 <= len(occasion.words) <= 4
    for line in occasion.words:
        assert len(line) <= 45
        assert set(re.findall(r"\{(\w+)\}", line)) <= set(FIELDS)
        assert verse_of(line) or line[-1] in "。！"
        assert not re.search(r"[0-9A-Z]|一五|〇|捐款|募|汇款|账户|认捐|再捐|继续捐", line)


@pytest.mark.parametrize("occasion", SEASONS, ids=lambda each: each.code)
def test_every_term_and_festival_has_a_verse_of_its_own(occasion: Occasion) -> None:
    first, *others = occasion.words
    verse = verse_of(first)
    assert verse
    assert re.fullmatch(r"[^《》]{2,4}《[^《》]+》", verse.source)
    assert not any(verse_of(line) for line in others)
    sayings = [line for each in SEASONS for line in each.words]
    assert all(sayings.count(line) == 1 for line in occasion.words)


def test_terms_speak_of_their_season() -> None:
    for occasion in SHIPPED.values():
        if occasion.kind is Kind.TERM:
            assert f"今日{occasion.zh}" in occasion.words[1]


@pytest.mark.parametrize("code", ["qingming", "zhongyuan", "condolence", "dragon_boat"])
def test_on_these_days_nobody_says_joy(code: str) -> None:
    assert SHIPPED[code].happy is (code == "dragon_boat")
    assert not any(word in line for line in SHIPPED[code].words for word in JOYFUL)
    if code == "dragon_boat":
        assert "安康" in SHIPPED[code].words[-1]


def test_quotation_marks_within_quotation_marks_are_single_ones() -> None:
    words = {"purpose": "设立“照邻社会实践基金”"}

    assert filled(["款项将用于“{purpose}”，谨告。"], words) == (
        "款项将用于“设立‘照邻社会实践基金’”，谨告。",
    )
    assert filled(["用于{purpose}"], words) == ("用于设立“照邻社会实践基金”",)
