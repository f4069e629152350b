"""Where a Chinese line may end: a table of cases, and what holds of every text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from donflow.pdf.breaking import NEVER_FIRST, NEVER_LAST, balance_lines, break_lines


def full_width(text: str) -> float:
    """Every character one wide, Latin half."""
    return sum(0.5 if character.isascii() else 1.0 for character in text)


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("捐赠人民", 2, ("捐赠", "人民")),
        ("捐赠。感谢", 2, ("捐", "赠。", "感谢")),  # 。 takes the character before it along
        ("设立（奖学金）", 3, ("设立", "（奖学", "金）")),  # （ goes to the next line
        ("见《协议》，好", 4, ("见《协", "议》，好")),
        ("他说：“好！”", 4, ("他说：", "“好！”")),
        ("向cloud大学", 3, ("向", "cloud", "大学")),
        ("共500,000.00元整。", 8, ("共", "500,000.00元整。")),
        ("定于2026年5月", 4, ("定于", "2026年", "5月")),
        ("捐赠人民币伍拾万元整于", 8, ("捐赠", "人民币伍拾万元整", "于")),
        ("用人民币支付", 3, ("用", "人民币", "支付")),
        ("按云基协〔2026〕017号办", 9, ("按云基", "协〔2026〕017号办")),
        ("壹贰叁肆伍陆", 4, ("壹贰叁肆", "伍陆")),  # wider than a line: broken after all
        ("abc def", 2, ("abc ", "def")),
        ("", 5, ("",)),
    ],
)
def test_a_text_is_broken_where_it_may_be(text: str, width: float, lines: tuple[str, ...]) -> None:
    assert break_lines(text, width, full_width) == lines


def test_the_first_line_is_shorter_by_the_indent() -> None:
    assert break_lines("一二三四五六七八", 4, full_width, indent=2) == ("一二", "三四五六", "七八")


def test_balanced_lines_are_as_few_and_nearly_equal() -> None:
    assert balance_lines("一二三四五六七八九十", 8, full_width) == ("一二三四五", "六七八九十")


MARKS = "".join(sorted(NEVER_FIRST | NEVER_LAST))
TEXTS = st.text(
    st.sampled_from("捐赠云麓大学壹贰元整人民币年2026abc 〔〕" + MARKS), min_size=1, max_size=80
)


@given(TEXTS, st.floats(4, 30), st.floats(0, 2))
def test_joined_lines_are_the_text_and_no_line_starts_or_ends_with_a_wrong_mark(
    text: str, width: float, indent: float
) -> None:
    lines = break_lines(text, width, full_width, indent=indent)

    assert "".join(lines) == text
    assert all(lines)
    assert not any(line[0] in NEVER_FIRST for line in lines[1:])
    assert not any(line[-1] in NEVER_LAST for line in lines[:-1])


@given(st.text(st.sampled_from("捐赠云麓大学，。（）“”"), max_size=80), st.floats(8, 30))
def test_a_line_is_too_wide_only_where_marks_alone_force_it(text: str, width: float) -> None:
    for line in break_lines(text, width, full_width):
        han = [character for character in line if character not in NEVER_FIRST | NEVER_LAST]
        assert full_width(line) <= width or len(han) <= 2


@given(TEXTS, st.floats(6, 30))
def test_balancing_changes_neither_the_text_nor_the_number_of_lines(
    text: str, width: float
) -> None:
    balanced = balance_lines(text, width, full_width)

    assert "".join(balanced) == text
    assert len(balanced) == len(break_lines(text, width, full_width))
