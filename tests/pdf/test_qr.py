"""A QR code can be read from the printed page."""

import pytest

from donflow.pdf.page import Paper
from donflow.pdf.qr import draw_qr
from tests.pdf.reading import codes_of, picture_of


@pytest.mark.parametrize(
    ("content", "side"),
    [
        ("G2026-0017", 20),
        ("https://example.edu.cn/v/7K3QW9XMPA2RTVZC", 22),
        ("捐赠编号一七", 25),
    ],
)
def test_what_was_drawn_is_read(content: str, side: float) -> None:
    paper = Paper("", author="")
    draw_qr(paper, content, 30, 40, side)

    assert codes_of(paper.finish()) == [content]


def test_the_code_keeps_its_quiet_zone_inside_the_square() -> None:
    paper = Paper("", author="")
    draw_qr(paper, "G2026-0017", 30, 40, 29)

    ink = picture_of(paper.finish(), dpi=254).point(lambda tone: 255 * (tone < 128)).getbbox()

    assert [edge / 10 for edge in ink] == pytest.approx([34, 44, 55, 65], abs=0.2)
