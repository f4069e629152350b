"""A text is set in the largest size that fits its field, or refused with the field's name."""

import pytest

from donflow.errors import say
from donflow.pdf.fonts import Role
from donflow.pdf.setting import TextDoesNotFit, fit_block, line_width, set_block
from donflow.pdf.spacing import Style

NAME = say("the donor's name")
STYLE = Style(Role.SERIF, 20, leading=1.5)


def test_a_short_text_keeps_the_style_and_a_long_one_shrinks() -> None:
    short = fit_block("梁启舟先生", 100, 12, STYLE, smallest=8, place=NAME)
    long = fit_block("深圳市恒源数智科技有限公司" * 2, 100, 12, STYLE, smallest=8, place=NAME)

    assert short.style.size == 20
    assert 8 <= long.style.size < 20
    assert long.height <= 12


def test_what_does_not_fit_is_refused_with_its_place() -> None:
    with pytest.raises(TextDoesNotFit) as refused:
        fit_block("恒源" * 100, 100, 12, STYLE, smallest=8, place=NAME)

    assert str(refused.value).startswith("the donor's name is too long for this paper")


def test_no_line_is_wider_than_its_block() -> None:
    block = fit_block("ABCDEFGHIJKLMNOPQRSTUVWXYZ" * 3, 60, 40, STYLE, smallest=6, place=NAME)

    assert all(line_width(line.text, block.style) <= 60 for line in block.lines)


def test_the_last_line_is_not_one_lone_character() -> None:
    width = 12 * 20 / 72 * 25.4
    lone = set_block("捐赠" * 6 + "者", width, STYLE)
    assert lone.lines[-1].text == "者"

    block = fit_block("捐赠" * 6 + "者", width, 40, STYLE, smallest=16, place=NAME)

    assert len(block.lines) == 1


def test_each_paragraph_is_indented_and_its_last_line_left_ragged() -> None:
    block = set_block("捐赠" * 20 + "\n" + "感谢" * 20, 100, STYLE, indent=2)

    indents = [line.indent > 0 for line in block.lines]
    assert indents == [True, False, False, True, False, False]
    assert [line.stretch for line in block.lines][2::3] == [0, 0]
    assert block.text == "捐赠" * 20 + "感谢" * 20
