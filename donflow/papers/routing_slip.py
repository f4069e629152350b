"""The routing slip (流转单): goes with the originals of one agreement from desk to desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from donflow.errors import N_, say
from donflow.pdf.fonts import Role
from donflow.pdf.form import (
    BOTTOM,
    LEFT,
    RIGHT,
    SUBTITLE,
    TITLE,
    TITLE_PLACE,
    TOP,
    WIDTH,
    draw_foot,
    draw_heading,
    draw_pages,
    draw_section,
    facts_table,
    open_form,
    placed_texts,
    write_day,
)
from donflow.pdf.glyphs import Placed, check_glyphs
from donflow.pdf.page import Align, Paper
from donflow.pdf.qr import draw_qr
from donflow.pdf.spacing import Style
from donflow.pdf.table import Column, Table, draw_table

QR_SIDE = 25.0
QR_LIFT = 6.0
NUMBER = Style(Role.SERIF_BOLD, 10)
HEADING_WIDTH = WIDTH - 2 * QR_SIDE - 4
STEP_HEIGHT = 9.8
GAP = 5.5
SECTIONS = ("协议信息", "正本去向", "流转步骤")
FOOT_WORDS = "本单随协议原件流转，仅供内部交接使用，不属于协议内容。"


@dataclass(frozen=True)
class SlipParty:
    """A party of the agreement: what it is there (甲方（捐赠人）), and its name."""

    role: str
    name: str


@dataclass(frozen=True)
class SlipCopy:
    """One original: its number among the copies, who shall hold it in the end, a note."""

    number: str
    holder: str
    note: str = ""


@dataclass(frozen=True)
class RoutingSlipWords:
    """What stands on a routing slip; `gift_number` is ours (G2026-0017) and is also the QR code.

    `steps` are the desks in their order; each gets blanks for signature, date and remark.
    """

    gift_number: str
    agreement_title: str
    office: str
    parties: tuple[SlipParty, ...]
    copies: tuple[SlipCopy, ...]
    steps: tuple[str, ...]
    prepared_on: date
    prepared_by: str
    agreement_number: str = ""
    amount_words: str = ""
    amount_figures: str = ""
    title: str = "协议原件流转单"


def draw_routing_slip(words: RoutingSlipWords) -> bytes:
    """The slip as a portrait paper; the same words give the same bytes.

    Raises NoGlyph for characters no font has, and TextDoesNotFit.
    """
    tables = (_facts(words), _copies(words), _steps(words))
    check_glyphs(
        [
            Placed(words.title, TITLE_PLACE, TITLE.role),
            Placed(words.office, _OFFICE, SUBTITLE.role),
            Placed(words.gift_number, _GIFT_NUMBER, NUMBER.role),
            *(text for table in tables for text in placed_texts(table)),
        ]
    )
    return draw_pages(lambda pages: _draw(words, tables, pages))


def _draw(words: RoutingSlipWords, tables: tuple[Table, ...], pages: int) -> Paper:
    paper = open_form(f"{words.title} {words.gift_number}", author=words.office)

    def next_page() -> float:
        draw_foot(paper, FOOT_WORDS, page=paper.page_number, pages=pages)
        paper.next_page()
        return TOP

    y = draw_heading(paper, words.title, words.office, width=HEADING_WIDTH)
    qr_top = TOP - QR_LIFT
    draw_qr(paper, words.gift_number, RIGHT - QR_SIDE + 2, qr_top - 2.5, QR_SIDE)
    middle = RIGHT - QR_SIDE / 2 + 2
    paper.text(words.gift_number, middle, qr_top + QR_SIDE - 0.6, NUMBER, Align.CENTRE)
    for section, table in zip(SECTIONS, tables, strict=True):
        y += GAP
        if y + 30 > BOTTOM:
            y = next_page()
        y = draw_section(paper, section, y)
        y = draw_table(paper, table, LEFT, y, bottom=BOTTOM, next_page=next_page)
    draw_foot(paper, FOOT_WORDS, page=paper.page_number, pages=pages)
    return paper


def _facts(words: RoutingSlipWords) -> Table:
    amount = words.amount_words
    if words.amount_figures:
        amount += f"（{words.amount_figures}）"
    rows = [
        ("协议名称", words.agreement_title),
        ("协议编号", words.agreement_number),
        ("捐赠金额", amount),
        *((party.role, party.name) for party in words.parties),
        ("制单", f"{words.prepared_by}　{write_day(words.prepared_on)}"),
    ]
    return facts_table(rows, _FACTS, label_width=36)


def _copies(words: RoutingSlipWords) -> Table:
    columns = (
        Column("份号", 18, Align.CENTRE),
        Column("持有方", 66),
        Column("领取人签字", 36),
        Column("备注", 36),
    )
    rows = tuple((copy.number, copy.holder, "", copy.note) for copy in words.copies)
    return Table(columns, rows, _COPIES)


def _steps(words: RoutingSlipWords) -> Table:
    columns = (
        Column("序号", 14, Align.CENTRE),
        Column("步骤", 52),
        Column("经办人签字", 36),
        Column("日期", 26),
        Column("备注", 28),
    )
    rows = tuple((str(place), step, "", "", "") for place, step in enumerate(words.steps, 1))
    return Table(columns, rows, _STEPS, row_height=STEP_HEIGHT)


_OFFICE = say(N_("the office's name"))
_GIFT_NUMBER = say(N_("the gift's number"))
_FACTS = say(N_("the facts of the agreement"))
_COPIES = say(N_("the list of copies"))
_STEPS = say(N_("the list of steps"))
