"""A paper: the same bytes each time, its title and language, no date that nobody gave."""

import io
from datetime import UTC, datetime

import pikepdf
import pytest

from donflow.pdf.fonts import Role
from donflow.pdf.page import A4_LANDSCAPE, Align, Paper
from donflow.pdf.setting import set_block
from donflow.pdf.spacing import Style
from tests.pdf.reading import page_count, picture_of, text_of


def a_paper(made_at: datetime | None = None) -> bytes:
    paper = Paper(
        "捐赠证书 𠅤", author="云麓大学教育发展基金会", size=A4_LANDSCAPE, made_at=made_at
    )
    paper.text("捐赠证书", 148.5, 50, Style(Role.SERIF_BOLD, 40, tracking=0.5), Align.CENTRE)
    paper.block(set_block("向云麓大学捐赠，" * 12, 150, Style(Role.KAI, 16), indent=2), 40, 70)
    return paper.finish()


def test_the_same_calls_give_the_same_bytes() -> None:
    assert a_paper() == a_paper()


def test_text_is_copied_out_as_it_was_written() -> None:
    assert text_of(a_paper()) == "捐赠证书" + "向云麓大学捐赠，" * 12


def test_the_file_says_its_title_author_and_language_and_no_date() -> None:
    with pikepdf.open(io.BytesIO(a_paper())) as document:
        assert document.docinfo["/Title"] == "捐赠证书 𠅤"
        assert document.docinfo["/Author"] == "云麓大学教育发展基金会"
        assert document.Root.Lang == "zh-CN"
        assert "/CreationDate" not in document.docinfo
        assert [float(edge) for edge in document.pages[0].mediabox] == pytest.approx(
            [0, 0, 841.89, 595.28], abs=0.01
        )


def test_a_date_that_is_given_is_written() -> None:
    pdf = a_paper(datetime(2026, 4, 18, 1, 30, tzinfo=UTC))

    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert str(document.docinfo["/CreationDate"]).startswith("D:20260418013000")


def test_text_stands_where_it_was_put() -> None:
    paper = Paper("", author="")
    paper.text("国", 100, 100, Style(Role.SERIF, 40))

    ink = picture_of(paper.finish(), dpi=254).point(lambda tone: 255 * (tone < 128)).getbbox()

    left, top, right, bottom = (edge / 10 for edge in ink)
    assert 100 < left < 103
    assert 85 < top < 90
    assert 111 < right < 114.2
    assert 99 < bottom < 102


def test_pages_are_counted() -> None:
    paper = Paper("", author="")
    paper.next_page()

    assert paper.page_number == 2
    assert page_count(paper.finish()) == 2
