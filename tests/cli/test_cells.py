"""Widths in cells agree with those of rich, which asked many terminals."""

from __future__ import annotations

import pytest
from rich import cells as peer

from donflow.cli.cells import cell_len, wrapped


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


@pytest.mark.parametrize("width", [12, 30, 60])
@pytest.mark.parametrize(
    "text",
    [
        "冠名期限请与五个学年的实施期一致，并写明起算日；依法须经批准的，办理批准手续后方可使用。",
        "The sum of 500,000.00 is to be paid before 2026-05-29，见“附件二”。",
    ],
)
def test_a_long_text_is_broken_between_words(text: str, width: int) -> None:
    lines = wrapped(text, width)
    assert len(lines) > 1
    assert max(map(cell_len, lines)) <= width
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert not any(line[0] in "，。；：”" for line in lines)
    assert "500,000.00" not in text or any("500,000.00" in line for line in lines)


@pytest.mark.parametrize("text", ["", "短", "第三条"])
def test_a_short_text_stays_one_line(text: str) -> None:
    assert wrapped(text, 10) == [text]
