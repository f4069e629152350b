"""Lines become a plain Word file in the house's look, each paragraph under its line's number."""

import pytest

from donflow.intake.gate import inspect
from donflow.word.plain_paper import paper_of_lines
from donflow.word.reading import read
from donflow.word.style import lint_fonts
from donflow.word.text import plain_text

LINES = (
    "捐 赠 协 议 书",
    "",
    "　　第一条  用途",
    "│序号│名称 │",
    "甲方：        乙方：",
    "a\tb",
    "祁𠅤䶮",
)


def test_each_line_is_a_paragraph_with_all_its_blanks() -> None:
    made = paper_of_lines(LINES)

    assert plain_text(made) == LINES
    assert read(made).after[: len(LINES)] == LINES
    assert read(made).warnings == ()


def test_it_passes_the_gate_and_names_its_fonts() -> None:
    made = paper_of_lines(LINES)

    assert inspect(made, name="协议.docx").warnings == ()
    assert lint_fonts(made) == ()


def test_the_same_lines_give_the_same_bytes() -> None:
    assert paper_of_lines(LINES) == paper_of_lines(LINES)


@pytest.mark.parametrize(
    ("first", "is_title"),
    [
        ("捐赠协议书", True),
        ("甲方：梁启舟", False),
        ("第一条规定，双方同意。", False),
        ("长" * 60, False),
    ],
)
def test_only_a_short_first_line_without_stops_is_set_as_a_title(
    first: str, is_title: bool
) -> None:
    look = read(paper_of_lines(["", first, "甲方"])).paper.lines[1].look

    assert look is not None
    assert (look.alignment == "center") is is_title
    assert look.size == (22 if is_title else 12)
