"""Space between characters: marks close up, Latin keeps air, a line can be stretched exactly."""

import pytest

from donflow.pdf.fonts import Role
from donflow.pdf.spacing import Style, adjustment, gaps, pieces_of, width_in_em


@pytest.mark.parametrize(
    ("left", "right", "space"),
    [
        ("》", "，", -0.5),
        ("。", "”", -0.5),
        ("，", "“", -0.5),
        ("（", "《", -0.5),
        ("学", "，", 0.0),
        ("，", "学", 0.0),
        ("年", "5", 0.12),
        ("5", "月", 0.12),
        ("5", "0", 0.0),
        ("𠅤", "A", 0.12),
    ],
)
def test_neighbours_close_up_or_keep_apart(left: str, right: str, space: float) -> None:
    assert adjustment(left, right) == space


def test_a_line_is_as_wide_as_its_characters_less_what_closes_up() -> None:
    assert width_in_em("捐赠证书", Style(Role.SERIF)) == 4.0
    assert width_in_em("捐赠》，证", Style(Role.SERIF)) == 4.5
    assert width_in_em("捐赠。", Style(Role.SERIF)) == 2.5
    assert width_in_em("捐赠", Style(Role.SERIF, tracking=0.5)) == 2.5
    assert width_in_em("", Style(Role.SERIF)) == 0.0


def test_words_and_amounts_are_not_stretched() -> None:
    assert gaps("捐赠证书") == 3
    assert gaps("共500元整") == 1


def test_a_stretched_line_ends_where_it_should() -> None:
    text, style = "捐赠（￥500.00）用于㵾", Style(Role.KAI)
    wanted = width_in_em(text, style) + 0.1 * gaps(text)

    last = pieces_of(text, style, stretch=0.1)[-1]

    advances = sum(last.face.width(one) for one in last.text)
    assert last.x + advances + last.spread * (len(last.text) - 1) == pytest.approx(wanted)


def test_the_pieces_are_the_text() -> None:
    text = "向“云麓”捐赠500,000.00元（𠅤）。"

    assert "".join(piece.text for piece in pieces_of(text, Style(Role.KAI), stretch=0.05)) == text
