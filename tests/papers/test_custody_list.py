"""The custody list counts what is handed over and keeps its signatures together."""

from dataclasses import replace

import pytest

from donflow.papers.custody_list import draw_custody_list
from donflow.pdf.glyphs import NoGlyph
from tests.papers.words import CUSTODY
from tests.pdf.reading import fonts_of, page_count, pages_of, text_of


def test_the_list_says_all_its_words_on_one_page() -> None:
    pdf = draw_custody_list(CUSTODY)
    copied = text_of(pdf)

    assert page_count(pdf) == 1
    for words in (
        "归档移交清单编号：2026-GD-009",
        "接收人 周审核（基金会资料保管）",
        "移交日期 2026年4月20日",
        "捐赠协议（已签署扫描件） 云基协〔2026〕017号 8 2026-04-08",
        CUSTODY.papers[0].fingerprint[:12],
        "上列材料共3件、计10页，经双方逐件核对，与清单相符，现予移交。",
        "移交人（签字）：",
        "接收人（签字）：",
    ):
        assert words in copied
    assert CUSTODY.papers[0].fingerprint[:13] not in copied
    assert all(fonts_of(pdf).values())


def test_pages_are_not_added_up_where_one_number_is_unknown() -> None:
    unknown = replace(CUSTODY.papers[0], pages=None, dated_on=None)

    copied = text_of(draw_custody_list(replace(CUSTODY, papers=(unknown, *CUSTODY.papers[1:]))))

    assert "上列材料共3件，经双方" in copied


@pytest.mark.parametrize("count", range(1, 30))
def test_every_paper_is_listed_once_and_the_signatures_stand_on_one_page(count: int) -> None:
    papers = tuple(replace(CUSTODY.papers[1], number=f"票{number:04d}") for number in range(count))
    pdf = draw_custody_list(replace(CUSTODY, papers=papers))

    pages = pages_of(pdf)
    copied = "".join(pages)
    assert all(copied.count(paper.number) == 1 for paper in papers)
    assert all(words in pages[-1] for words in ("交接确认", "移交人（签字）", "接收人（签字）"))
    assert (f"共{len(pages)}页" in copied) == (len(pages) > 1)


def test_a_character_without_a_glyph_is_named() -> None:
    with pytest.raises(NoGlyph) as refused:
        draw_custody_list(replace(CUSTODY, donor="梁😀"))

    assert [str(one.place) for one in refused.value.missing] == ["the facts of the hand-over"]


def test_the_same_words_give_the_same_bytes() -> None:
    assert draw_custody_list(CUSTODY) == draw_custody_list(CUSTODY)
