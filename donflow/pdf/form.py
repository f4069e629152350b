"""The plain look of the office's portrait papers: heading, facts, a foot with the page's number."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from donflow.errors import N_, Sentence, say
from donflow.pdf.fonts import Role
from donflow.pdf.glyphs import Placed
from donflow.pdf.ornament import GOLD, VERMILION
from donflow.pdf.page import A4, Align, Paper
from donflow.pdf.setting import fit_block
from donflow.pdf.spacing import Style
from donflow.pdf.table import Column, Table

# The block of text of GB/T 9704: 156 mm wide, 28 mm from the left edge.
LEFT = 28.0
WIDTH = 156.0
RIGHT = LEFT + WIDTH
TOP = 25.0
BOTTOM = 272.0
FOOT_Y = 282.0
TITLE_HEIGHT = 12.0
LABEL_WIDTH = 32.0

TITLE = Style(Role.SERIF_BOLD, 22, leading=1.3, tracking=0.12)
SUBTITLE = Style(Role.KAI, 12)
SECTION = Style(Role.SERIF_BOLD, 12)
PROSE = Style(Role.SERIF, 11.5, leading=1.8)
NOTE = Style(Role.KAI, 10.5, leading=1.6)
FOOT = Style(Role.SERIF, 8.5, colour=(0.4, 0.38, 0.36))
TITLE_PLACE = say(N_("the title"))


def open_form(title: str, *, author: str) -> Paper:
    return Paper(title, author=author, size=A4)


def draw_heading(paper: Paper, title: str, subtitle: str, *, width: float = WIDTH) -> float:
    """The title, the line under it and two rules; gives the y below. `width` leaves room beside."""
    block = fit_block(
        title, width, TITLE_HEIGHT, TITLE, smallest=12, place=TITLE_PLACE, balanced=True
    )
    paper.block(block, LEFT + (WIDTH - width) / 2, TOP, Align.CENTRE)
    y = TOP + TITLE_HEIGHT + 5.5
    paper.text(subtitle, LEFT + WIDTH / 2, y, SUBTITLE, Align.CENTRE)
    y += 4.5
    paper.rule((LEFT, y), (RIGHT, y), weight=1.2, colour=VERMILION)
    paper.rule((LEFT, y + 0.9), (RIGHT, y + 0.9), weight=0.4, colour=GOLD)
    return y + 0.9


def draw_section(paper: Paper, words: str, y: float) -> float:
    """The heading of a part, with a small mark before it; gives the y below."""
    paper.box(LEFT, y + 0.9, 1.1, 4.3, weight=0, fill=VERMILION)
    paper.text(words, LEFT + 3.2, y + 4.7, SECTION)
    return y + 7.6


def draw_foot(paper: Paper, words: str, *, page: int, pages: int) -> None:
    """A line at the foot, and which page this is where there are several."""
    paper.text(words, LEFT, FOOT_Y, FOOT)
    if pages > 1:
        paper.text(f"第{page}页　共{pages}页", RIGHT, FOOT_Y, FOOT, Align.RIGHT)


def facts_table(
    rows: Iterable[tuple[str, str]], place: Sentence, *, label_width: float = LABEL_WIDTH
) -> Table:
    """A table of labels and values; rows without a value are left out."""
    columns = (
        Column("", label_width, is_head=True),
        Column("", WIDTH - label_width, Align.LEFT),
    )
    return Table(columns, tuple(row for row in rows if row[1]), place, has_head=False)


def placed_texts(table: Table) -> list[Placed]:
    """The words of a table for the check of glyphs."""
    return [Placed(words, table.place, role) for words, role in table.texts()]


def write_day(day: date) -> str:
    """A day as papers write it, 2026年4月18日: no leading zero, no space (GB/T 15835)."""
    return f"{day.year}年{day.month}月{day.day}日"


def draw_pages(draw: Callable[[int], Paper]) -> bytes:
    """Draw a paper whose foot names the number of pages: once to count, again if there are more."""
    paper = draw(1)
    return (draw(paper.page_number) if paper.page_number > 1 else paper).finish()
