"""The payment notice (付款提示): tells a donor kindly where to, by when and with which remark."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from donflow.errors import N_, say
from donflow.pdf.fonts import Role
from donflow.pdf.form import (
    BOTTOM,
    LEFT,
    NOTE,
    PROSE,
    RIGHT,
    TITLE,
    TITLE_PLACE,
    WIDTH,
    draw_heading,
    draw_section,
    facts_table,
    open_form,
    placed_texts,
    write_day,
)
from donflow.pdf.glyphs import Placed, check_glyphs
from donflow.pdf.ornament import VERMILION
from donflow.pdf.page import Align, Paper
from donflow.pdf.setting import Block, TextDoesNotFit, fit_block, set_block
from donflow.pdf.spacing import Colour, Style
from donflow.pdf.table import NextPage, Table, draw_table

REMARK_FRAME_HEIGHT = 22.0
REMARK_FILL: Colour = (0.995, 0.975, 0.955)
REMARK = Style(Role.SERIF_BOLD, 17, leading=1.3)
REMARK_LABEL = Style(Role.SERIF, 9.5, colour=VERMILION)
SALUTATION = Style(Role.KAI, 14, leading=1.5)
SIGN = Style(Role.KAI, 12.5, leading=1.6)
SALUTATION_HEIGHT = 13.0
PROSE_HEIGHT = 33.0
SIGN_WIDTH = 90.0
SMALL_GAP, GAP = 3.0, 5.0
LAST_LINE = 280.0

REMARK_WORDS = "附言（汇款时请原样填写）"
SECTIONS = ("汇款信息", "温馨提示")


@dataclass(frozen=True)
class PaymentNoticeWords:
    """What stands on a payment notice.

    `donor` is the salutation without a colon, `you` how the text addresses the donor (您, 贵公司).
    `remark` is the exact 附言 by which the money is recognised. Amounts come with 人民币 and ￥.
    `instalment` (第二期（共四期）) and the numbers may be left empty.
    """

    donor: str
    foundation: str
    purpose: str
    amount_words: str
    amount_figures: str
    pay_by: date
    account_name: str
    bank: str
    account_number: str
    remark: str
    contact: str
    notified_on: date
    agreement_number: str = ""
    instalment: str = ""
    bank_code: str = ""
    you: str = "您"
    title: str = "捐赠付款提示"


def draw_payment_notice(words: PaymentNoticeWords) -> bytes:
    """The notice as one portrait page; the same words give the same bytes.

    Raises NoGlyph for characters no font has, and TextDoesNotFit.
    """
    facts, notes = _facts(words), _notes(words)
    prose_text = _prose(words)
    check_glyphs(
        [
            Placed(words.title, TITLE_PLACE, TITLE.role),
            Placed(words.donor + "：", _DONOR, SALUTATION.role),
            Placed(prose_text, _PROSE, PROSE.role),
            *placed_texts(facts),
            Placed(words.remark, _REMARK, REMARK.role),
            Placed("".join(notes), _NOTES, NOTE.role),
            Placed(words.foundation, _FOUNDATION, SIGN.role),
        ]
    )
    salutation = fit_block(
        words.donor + "：",
        WIDTH,
        SALUTATION_HEIGHT,
        SALUTATION,
        smallest=10,
        place=_DONOR,
        balanced=True,
    )
    prose = fit_block(prose_text, WIDTH, PROSE_HEIGHT, PROSE, smallest=9, place=_PROSE, indent=2)

    def refuse_page() -> float:
        """A notice is one page: what would need a second is too long."""
        raise TextDoesNotFit(place=_NOTICE, text=words.purpose)

    paper = open_form(words.title, author=words.foundation)
    y = draw_heading(paper, words.title, words.foundation) + GAP
    y = paper.block(salutation, LEFT, y, Align.LEFT) + 1.5
    y = paper.block(prose, LEFT, y) + SMALL_GAP
    y = draw_section(paper, SECTIONS[0], y)
    y = draw_table(paper, facts, LEFT, y, bottom=BOTTOM, next_page=refuse_page) + GAP
    y = _draw_remark(paper, words.remark, y) + GAP
    y = draw_section(paper, SECTIONS[1], y)
    for number, note in enumerate(notes, start=1):
        paper.block(set_block(f"{number}．", 7, NOTE), LEFT, y)
        y = paper.block(set_block(note, WIDTH - 7, NOTE), LEFT + 7, y)
    _draw_signature(paper, words, y + SMALL_GAP, refuse_page)
    return paper.finish()


def _prose(words: PaymentNoticeWords) -> str:
    ground = "《捐赠协议》"
    if words.agreement_number:
        ground += f"（编号：{words.agreement_number}）"
    return (
        f"衷心感谢{words.you}对{words.foundation}的信任与支持！依照{ground}的约定，"
        f"“{words.purpose}”{words.instalment}捐赠款，"
        f"烦请于{write_day(words.pay_by)}前汇入下列账户。"
    )


def _facts(words: PaymentNoticeWords) -> Table:
    rows = [
        ("捐赠项目", words.purpose),
        ("期次", words.instalment),
        ("金额大写", words.amount_words),
        ("金额小写", words.amount_figures),
        ("汇款时间", f"{write_day(words.pay_by)}前"),
        ("户名", words.account_name),
        ("开户银行", words.bank),
        ("账号", words.account_number),
        ("联行号", words.bank_code),
    ]
    return facts_table(rows, _FACTS)


def _notes(words: PaymentNoticeWords) -> tuple[str, ...]:
    you = words.you
    return (
        f"请在汇款的“附言”或“备注”栏原样填写上框文字，以便我们及时确认{you}的捐赠。",
        "汇款账户的名称请与捐赠人名称一致；如由他人代为汇款，烦请事先告知我们。",
        f"款项到账后，基金会将依法开具捐赠票据并及时送达{you}；本提示不作为收款凭证。",
        f"如{you}已经汇款，请不必理会本提示；如时间或方式有所不便，欢迎随时与我们联系。",
        f"联系人：{words.contact}",
    )


def _draw_remark(paper: Paper, remark: str, y: float) -> float:
    height = REMARK_FRAME_HEIGHT
    block = _remark_block(remark)
    paper.box(LEFT, y, WIDTH, height, weight=1.1, colour=VERMILION, fill=REMARK_FILL)
    paper.text(REMARK_WORDS, LEFT + 4, y + 5.6, REMARK_LABEL)
    paper.block(block, LEFT + 4, y + 7 + (height - 8 - block.height) / 2, Align.CENTRE)
    return y + height


def _remark_block(remark: str) -> Block:
    return fit_block(
        remark,
        WIDTH - 8,
        REMARK_FRAME_HEIGHT - 11,
        REMARK,
        smallest=9,
        place=_REMARK,
        balanced=True,
    )


def _draw_signature(
    paper: Paper, words: PaymentNoticeWords, y: float, refuse_page: NextPage
) -> None:
    block = fit_block(
        words.foundation, SIGN_WIDTH, 14, SIGN, smallest=9, place=_FOUNDATION, balanced=True
    )
    left = RIGHT - SIGN_WIDTH
    y = paper.block(block, left, y, Align.RIGHT)
    if y + 5 > LAST_LINE:
        refuse_page()
    paper.text(write_day(words.notified_on), RIGHT, y + 5, SIGN, Align.RIGHT)


_NOTICE = say(N_("the notice with its table and notes"))
_DONOR = say(N_("the donor's name"))
_PROSE = say(N_("the text of the notice"))
_FACTS = say(N_("the table of account and amount"))
_REMARK = say(N_("the remark for the transfer"))
_NOTES = say(N_("the notes and the contact"))
_FOUNDATION = say(N_("the foundation's name"))
