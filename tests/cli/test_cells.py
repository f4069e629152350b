"""Widths in cells agree with those of rich, which asked many terminals."""

from __future__ import annotations

import pytest
from rich import cells as peer

from donflow.cli.cells import cell_len


@pytest.mark.parametrize(
    "text",
    [
        "",
        "donflow gift show 17",
        "深圳市恒源数智科技有限公司",
        "500,000.00元（￥）",
        "“恒源奖学金”——2026年4月18日",
        "阿卜杜热合曼·买买提依明",
        "䶮𠅤㛃",
        "ａｂｃ１２３，！",
        "─ · → … №",
    ],
)
def test_a_text_takes_as_many_cells_as_its_peer_says(text: str) -> None:
    assert cell_len(text) == peer.cell_len(text)


def test_every_character_of_chinese_text_is_two_cells_wide() -> None:
    for start, end in ((0x3001, 0x3029), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xFF01, 0xFF5E)):
        assert {cell_len(chr(code)) for code in range(start, end + 1)} == {2}


def test_a_mark_over_a_letter_takes_no_cell() -> None:
    assert cell_len("e\u0301") == 1
    assert cell_len("a\u200bb") == 2
