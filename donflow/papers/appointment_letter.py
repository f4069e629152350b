"""The letter of appointment (聘书): one landscape page to be sealed and handed over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from donflow.errors import N_, say
from donflow.papers.certificate import DateNumerals, write_date
from donflow.pdf.fonts import Role
from donflow.pdf.form import TITLE_PLACE, write_day
from donflow.pdf.glyphs import Placed, check_glyphs
from donflow.pdf.ornament import (
    GOLD,
    MEANDER_DEPTH,
    PALE_GOLD,
    VERMILION,
    draw_divider,
    draw_meander,
    draw_rosette,
)
from donflow.pdf.page import A4_LANDSCAPE, Align, Drawn, Paper
from donflow.pdf.setting import Block, fit_block
from donflow.pdf.spacing import Style

# All lengths in mm from the top left corner of the page.
PAGE_WIDTH, PAGE_HEIGHT = A4_LANDSCAPE
FRAME_MARGIN = 12.0
FRAME_CELL = 1.15
TITLE_BASELINE = 53.0
DIVIDER_Y, DIVIDER_WIDTH = 61.5, 70.0
TEXT_LEFT = 43.0
TEXT_WIDTH = PAGE_WIDTH - 2 * TEXT_LEFT
NAME_TOP, NAME_HEIGHT = 68.0, 20.0
BODY_TOP, BODY_HEIGHT = 92.0, 42.0
CLOSING_BELOW = 9.5
ROSETTE_Y, ROSETTE_RADIUS = 108.0, 48.0

# The seal is pressed over the body's name and the date; nothing else is printed there.
SIGN_X, SIGN_WIDTH = 214.0, 98.0
SIGN_TOP, SIGN_HEIGHT = 148.0, 15.0
DATE_BASELINE = 174.0
NUMBER_BASELINE = 174.0

TITLE = Style(Role.SERIF_BOLD, 52, tracking=1.1, colour=VERMILION)
NAME = Style(Role.KAI, 25, leading=1.35)
BODY = Style(Role.KAI, 21, leading=1.9)
SIGN = Style(Role.KAI, 18, leading=1.3)
DATE = Style(Role.KAI, 16, tracking=0.06)
SMALL = Style(Role.SERIF, 9, colour=(0.33, 0.31, 0.29))
TITLE_WORDS = "聘书"
CLOSING = "此聘。"


@dataclass(frozen=True)
class AppointmentWords:
    """What stands on a letter; `name` is the address, with its 先生, 女士 or 校友."""

    name: str
    class_label: str
    from_on: date
    until_on: date | None
    signed_by: str
    dated_on: date
    number: str
    post: str = "联络员"


@dataclass(frozen=True)
class _Set:
    words: AppointmentWords
    name: Block
    body: Block
    sign: Block
    dated: str
    number: str


def draw_letters(several: Sequence[AppointmentWords]) -> bytes:
    """The letters as one file to print, a page each, in the order given.

    The same words give the same bytes. Raises NoGlyph for characters no font has, and
    TextDoesNotFit, before anything is drawn.
    """
    letters = [_set(words) for words in several]
    subject = several[0].name if len(several) == 1 else f"×{len(several)}"
    title = f"{TITLE_WORDS} {subject}"
    paper = Paper(title, author=several[0].signed_by, size=A4_LANDSCAPE)
    for number, letter in enumerate(letters):
        if number:
            paper.next_page()
        _draw(paper, letter)
    return paper.finish()


def compose_body(words: AppointmentWords) -> str:
    """The sentence of the letter; without an end it says from when."""
    post = words.post if words.class_label.endswith("班") else f"班级{words.post}"
    since = write_day(words.from_on)
    term = f"自{since}至{write_day(words.until_on)}" if words.until_on else f"自{since}起"
    return f"兹聘请您担任{words.class_label}{post}，聘期{term}。"


def _set(words: AppointmentWords) -> _Set:
    name_text, body_text = f"{words.name}：", compose_body(words)
    dated, number = write_date(words.dated_on, DateNumerals.CHINESE), f"编号：{words.number}"
    check_glyphs(
        [
            Placed(TITLE_WORDS, TITLE_PLACE, TITLE.role),
            Placed(name_text, _NAME, NAME.role),
            Placed(body_text + CLOSING, _BODY, BODY.role),
            Placed(words.signed_by, _SIGN, SIGN.role),
            Placed(dated, _DATE, DATE.role),
            Placed(number, _NUMBER, SMALL.role),
        ]
    )
    return _Set(
        words,
        fit_block(name_text, TEXT_WIDTH, NAME_HEIGHT, NAME, smallest=13, place=_NAME),
        fit_block(body_text, TEXT_WIDTH, BODY_HEIGHT, BODY, smallest=12, place=_BODY, indent=2),
        fit_block(
            words.signed_by, SIGN_WIDTH, SIGN_HEIGHT, SIGN, smallest=11, place=_SIGN, balanced=True
        ),
        dated,
        number,
    )


def _draw(paper: Paper, letter: _Set) -> None:
    paper.repeat(_frame())
    # The tracking stands between letters only, so the title is centred by its ink.
    paper.text(TITLE_WORDS, PAGE_WIDTH / 2, TITLE_BASELINE, TITLE, Align.CENTRE)
    paper.block(letter.name, TEXT_LEFT, NAME_TOP + (NAME_HEIGHT - letter.name.height) / 2)
    paper.block(letter.body, TEXT_LEFT, BODY_TOP)
    # As a letter's 此致: on a line of its own, two characters in.
    indent = 2 * letter.body.style.size * 25.4 / 72
    closing = Style(BODY.role, letter.body.style.size)
    baseline = BODY_TOP + letter.body.height + CLOSING_BELOW
    paper.text(CLOSING, TEXT_LEFT + indent, baseline, closing)
    left, top = SIGN_X - SIGN_WIDTH / 2, SIGN_TOP + SIGN_HEIGHT - letter.sign.height
    paper.block(letter.sign, left, top, Align.CENTRE)
    paper.text(letter.dated, SIGN_X, DATE_BASELINE, DATE, Align.CENTRE)
    paper.text(letter.number, TEXT_LEFT, NUMBER_BASELINE, SMALL)


@cache
def _frame() -> Drawn:
    """The ornament, the same on every letter: reckoned once in a process."""
    paper = Paper("", author="", size=A4_LANDSCAPE)
    margin = FRAME_MARGIN
    width, height = PAGE_WIDTH - 2 * margin, PAGE_HEIGHT - 2 * margin
    draw_rosette(paper, PAGE_WIDTH / 2, ROSETTE_Y, ROSETTE_RADIUS, colour=PALE_GOLD)
    paper.box(margin - 2, margin - 2, width + 4, height + 4, weight=1.6, colour=VERMILION)
    draw_meander(paper, margin, margin, width, height, cell=FRAME_CELL, colour=GOLD)
    inner = margin + MEANDER_DEPTH * FRAME_CELL + 2.2
    paper.box(
        inner, inner, PAGE_WIDTH - 2 * inner, PAGE_HEIGHT - 2 * inner, weight=0.8, colour=VERMILION
    )
    draw_divider(paper, PAGE_WIDTH / 2, DIVIDER_Y, DIVIDER_WIDTH, colour=GOLD)
    return paper.drawn()


_NAME = say(N_("the name"))
_BODY = say(N_("the text of the letter"))
_SIGN = say(N_("who signs"))
_DATE = say(N_("the date"))
_NUMBER = say(N_("the letter's number"))
