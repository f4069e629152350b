"""The routing slip names copies and desks, and a scanner finds its number."""

from dataclasses import replace

import pytest

from donflow.papers.routing_slip import SlipCopy, draw_routing_slip
from donflow.pdf.glyphs import NoGlyph
from tests.papers.words import SLIP
from tests.pdf.reading import codes_of, fonts_of, page_count, text_of


def test_the_slip_says_all_its_words_on_one_page() -> None:
    pdf = draw_routing_slip(SLIP)
    copied = text_of(pdf)

    assert page_count(pdf) == 1
    for words in (
        "协议原件流转单",
        SLIP.office,
        SLIP.agreement_title,
        "人民币伍拾万元整（￥500,000.00）",
        "丙方（使用单位） 云麓大学计算机学院",
        "林秘书　2026年4月2日",
        "1/4 梁启舟 随证书寄出",
        "4 基金会审核并签署",
        "7 扫描入库",
    ):
        assert words in copied
    assert all(fonts_of(pdf).values())


def test_the_code_is_the_gift_s_number() -> None:
    assert codes_of(draw_routing_slip(SLIP)) == ["G2026-0017"]


def test_many_copies_and_steps_go_over_pages_with_their_numbers() -> None:
    copies = tuple(SlipCopy(f"{number}/30", "云麓大学") for number in range(1, 31))
    pdf = draw_routing_slip(replace(SLIP, copies=copies, steps=SLIP.steps * 3))

    copied = text_of(pdf)
    assert page_count(pdf) == 3
    assert copied.count("份号 持有方") == 2
    assert "第1页　共3页" in copied
    assert "第3页　共3页" in copied
    assert all(f"{number}/30 云麓大学" in copied for number in range(1, 31))


def test_a_character_without_a_glyph_is_named() -> None:
    with pytest.raises(NoGlyph) as refused:
        draw_routing_slip(replace(SLIP, copies=(SlipCopy("1", "梁\U0002ffff"),)))

    assert [str(one.place) for one in refused.value.missing] == ["the list of copies"]


def test_the_same_words_give_the_same_bytes() -> None:
    assert draw_routing_slip(SLIP) == draw_routing_slip(SLIP)
