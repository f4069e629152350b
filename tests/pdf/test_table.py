"""Tables wrap their cells and go over pages with their head repeated."""

import pytest

from donflow.errors import say
from donflow.pdf.page import Align, Paper
from donflow.pdf.setting import TextDoesNotFit
from donflow.pdf.table import Column, Table, draw_table
from tests.pdf.reading import page_count, text_of

PLACE = say("the list of papers")


def drawn(table: Table) -> bytes:
    paper = Paper("", author="")

    def next_page() -> float:
        paper.next_page()
        return 30.0

    draw_table(paper, table, 20, 30, bottom=270, next_page=next_page)
    return paper.finish()


def a_table(count: int, words: str = "捐赠协议") -> Table:
    columns = (Column("序号", 20, Align.CENTRE), Column("名称", 60))
    return Table(columns, tuple((str(row), words) for row in range(count)), PLACE)


def test_a_table_says_what_its_cells_say() -> None:
    assert text_of(drawn(a_table(2))) == "序号 名称0 捐赠协议1 捐赠协议"


def test_the_head_is_repeated_on_each_page() -> None:
    pdf = drawn(a_table(70))

    assert page_count(pdf) == 3
    assert text_of(pdf).count("序号 名称") == 3
    assert text_of(pdf).count("捐赠协议") == 70


def test_a_long_cell_is_broken_and_its_row_grows() -> None:
    paper = Paper("", author="")
    short = draw_table(paper, a_table(1), 20, 30, bottom=270, next_page=lambda: 30.0)
    long = draw_table(
        paper, a_table(1, "云麓大学" * 12), 20, 30, bottom=270, next_page=lambda: 30.0
    )

    assert long > short + 5


def test_a_label_of_two_characters_is_spaced_and_still_copied_as_one_word() -> None:
    table = Table(
        (Column("", 30, is_head=True), Column("", 60)), (("户名", "云麓"),), PLACE, has_head=False
    )

    assert text_of(drawn(table)) == "户名 云麓"


def test_a_word_that_no_size_makes_fit_is_refused_with_the_table_s_name() -> None:
    narrow = Table((Column("", 4),), (("云麓大学",),), PLACE, has_head=False)

    with pytest.raises(TextDoesNotFit):
        drawn(narrow)
