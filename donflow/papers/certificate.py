"""The certificate of a gift (捐赠证书): one landscape page to be sealed, framed and handed over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache

from donflow.errors import N_, say
from donflow.pdf.fonts import Role
from donflow.pdf.form import TITLE_PLACE, write_day
from donflow.pdf.glyphs import Placed, check_glyphs
from donflow.pdf.ornament import (
    GOLD,
    MEANDER_DEPTH,
    PALE_GOLD,
    VERMILION,
    Place,
    draw_cloud_corner,
    draw_divider,
    draw_meander,
    draw_rosette,
)
from donflow.pdf.page import A4_LANDSCAPE, Align, Drawn, Paper, Point
from donflow.pdf.qr import draw_qr
from donflow.pdf.setting import Block, fit_block
from donflow.pdf.spacing import Style

# All lengths in mm from the top left corner of the page.
PAGE_WIDTH, PAGE_HEIGHT = A4_LANDSCAPE
FRAME_MARGIN = 10.0
FRAME_CELL = 1.15
INNER_GAP = 2.2
CLOUD_INSET = 5.4
CLOUD_SIZE = 34.0
TITLE_BASELINE = 49.0
DIVIDER_Y = 57.5
DIVIDER_WIDTH = 96.0
TEXT_LEFT = 43.0
TEXT_WIDTH = PAGE_WIDTH - 2 * TEXT_LEFT
DONOR_TOP, DONOR_HEIGHT = 64.0, 22.0
BODY_TOP, BODY_HEIGHT = 87.0, 55.0
ROSETTE_Y, ROSETTE_RADIUS = 108.0, 51.0

# The seal is pressed over the foundation's name and the date; nothing else is printed there.
SEAL_DIAMETER = 45.0
SEAL_X, SEAL_Y = 215.0, 165.0
SIGN_WIDTH = 92.0
FOUNDATION_TOP, FOUNDATION_HEIGHT = 149.0, 15.0
DATE_BASELINE = 175.0

QR_SIDE = 21.0
FOOT_TOP = 158.0

TITLE = Style(Role.SERIF_BOLD, 44, tracking=0.42, colour=VERMILION)
DONOR = Style(Role.KAI, 25, leading=1.35)
BODY = Style(Role.KAI, 20, leading=1.95)
FOUNDATION = Style(Role.KAI, 18, leading=1.3)
DATE = Style(Role.KAI, 16, tracking=0.06)
SMALL = Style(Role.SERIF, 9, colour=(0.33, 0.31, 0.29))


class DateNumerals(StrEnum):
    """How the date is written: 二〇二六年四月十八日 or 2026年4月18日."""

    CHINESE = "chinese"
    ARABIC = "arabic"


@dataclass(frozen=True)
class CertificateWords:
    """What stands on a certificate.

    `donor` is the address as the donor wishes it, with its 先生, 女士 or 伉俪, without a colon.
    A gift of money has `amount_words` (with 人民币) and `amount_figures` (with ￥); a gift in kind
    has `things` instead. `body` replaces the shipped sentence altogether. The code is shown in
    groups of four; `verification_address` becomes a QR code and is given only where the office
    has a public address.
    """

    donor: str
    foundation: str
    purpose: str
    awarded_on: date
    certificate_number: str
    amount_words: str = ""
    amount_figures: str = ""
    things: str = ""
    body: str = ""
    verification_code: str = ""
    verification_address: str = ""
    date_numerals: DateNumerals = DateNumerals.CHINESE
    title: str = "捐赠证书"


@dataclass(frozen=True)
class _Set:
    """A certificate whose texts are broken into lines and fit their fields."""

    words: CertificateWords
    donor: Block
    body: Block
    foundation: Block
    dated: str
    foot: tuple[str, ...]


def draw_certificate(words: CertificateWords) -> bytes:
    """The certificate as a PDF; the same words give the same bytes.

    Raises NoGlyph for characters no font has, and TextDoesNotFit, before anything is drawn.
    """
    return _draw_all([_set(words)], f"{words.title} {words.donor}")


def draw_certificates(several: Sequence[CertificateWords]) -> bytes:
    """Certificates of one foundation as one file to print, a page each, in the order given.

    The fonts and the ornament stand in it once. Raises as `draw_certificate` does.
    """
    return _draw_all([_set(words) for words in several], f"{several[0].title} ×{len(several)}")


def _set(words: CertificateWords) -> _Set:
    body_text, donor_text = compose_body(words), words.donor + "："
    dated, foot = write_date(words.awarded_on, words.date_numerals), _foot_lines(words)
    check_glyphs(
        [
            Placed(words.title, TITLE_PLACE, TITLE.role),
            Placed(donor_text, _DONOR, DONOR.role),
            Placed(body_text, _BODY, BODY.role),
            Placed(words.foundation, _FOUNDATION, FOUNDATION.role),
            Placed(dated, _DATE, DATE.role),
            *(Placed(line, _NUMBER, SMALL.role) for line in foot),
        ]
    )
    donor = fit_block(
        donor_text, TEXT_WIDTH, DONOR_HEIGHT, DONOR, smallest=13, place=_DONOR, balanced=True
    )
    body = fit_block(body_text, TEXT_WIDTH, BODY_HEIGHT, BODY, smallest=11, place=_BODY, indent=2)
    foundation = fit_block(
        words.foundation,
        SIGN_WIDTH,
        FOUNDATION_HEIGHT,
        FOUNDATION,
        smallest=11,
        place=_FOUNDATION,
        balanced=True,
    )
    return _Set(words, donor, body, foundation, dated, foot)


def _draw_all(certificates: Sequence[_Set], title: str) -> bytes:
    foundation = certificates[0].words.foundation
    paper = Paper(title, author=foundation, size=A4_LANDSCAPE)
    for number, certificate in enumerate(certificates):
        if number:
            paper.next_page()
        _draw(paper, certificate)
    return paper.finish()


def _draw(paper: Paper, certificate: _Set) -> None:
    words, donor, body = certificate.words, certificate.donor, certificate.body
    paper.repeat(_frame())
    # The tracking stands between letters only, so the title is centred by its ink.
    paper.text(words.title, PAGE_WIDTH / 2, TITLE_BASELINE, TITLE, Align.CENTRE)
    paper.block(donor, TEXT_LEFT, DONOR_TOP + (DONOR_HEIGHT - donor.height) / 2, Align.LEFT)
    paper.block(body, TEXT_LEFT, BODY_TOP + (BODY_HEIGHT - body.height) / 3)
    sign_left = SEAL_X - SIGN_WIDTH / 2
    sign_top = FOUNDATION_TOP + FOUNDATION_HEIGHT - certificate.foundation.height
    paper.block(certificate.foundation, sign_left, sign_top, Align.CENTRE)
    paper.text(certificate.dated, SEAL_X, DATE_BASELINE, DATE, Align.CENTRE)
    _draw_foot(paper, words, certificate.foot)


def compose_body(words: CertificateWords) -> str:
    """The sentence of the certificate: the office's own, or the shipped one."""
    if words.body:
        return words.body
    given = words.amount_words or words.things
    if words.amount_figures:
        given += f"（{words.amount_figures}）"
    return (
        f"承蒙厚爱，慷慨解囊，向{words.foundation}捐赠{given}，"
        f"用于{words.purpose}。嘉惠学林，泽被后人。谨颁此证，以志谢忱。"
    )


def write_date(day: date, numerals: DateNumerals) -> str:
    """The date in Chinese (GB/T 15835: the year figure by figure, 〇 for zero) or Arabic."""
    if numerals is DateNumerals.ARABIC:
        return write_day(day)
    year = "".join("〇一二三四五六七八九"[int(figure)] for figure in f"{day.year:04d}")
    return f"{year}年{_below_hundred(day.month)}月{_below_hundred(day.day)}日"


def group_code(code: str) -> str:
    """A verification code in groups of four, to be read aloud."""
    plain = code.replace("-", "").replace(" ", "")
    return " ".join(plain[start : start + 4] for start in range(0, len(plain), 4))


def _below_hundred(number: int) -> str:
    tens, ones = divmod(number, 10)
    figures = "〇一二三四五六七八九"
    written_tens = "" if tens == 0 else "十" if tens == 1 else figures[tens] + "十"
    return written_tens + (figures[ones] if ones else "")


def _foot_lines(words: CertificateWords) -> tuple[str, ...]:
    lines = [f"证书编号：{words.certificate_number}"]
    if words.verification_code:
        lines.append(f"查验码：{group_code(words.verification_code)}")
    return tuple(lines)


@cache
def _frame() -> Drawn:
    """The ornament, the same on every certificate: reckoned once in a process."""
    paper = Paper("", author="", size=A4_LANDSCAPE)
    _draw_frame(paper)
    draw_divider(paper, PAGE_WIDTH / 2, DIVIDER_Y, DIVIDER_WIDTH, colour=GOLD)
    return paper.drawn()


def _draw_frame(paper: Paper) -> None:
    margin = FRAME_MARGIN
    width, height = PAGE_WIDTH - 2 * margin, PAGE_HEIGHT - 2 * margin
    draw_rosette(paper, PAGE_WIDTH / 2, ROSETTE_Y, ROSETTE_RADIUS, colour=PALE_GOLD)
    paper.box(margin - 2, margin - 2, width + 4, height + 4, weight=1.6, colour=VERMILION)
    draw_meander(paper, margin, margin, width, height, cell=FRAME_CELL, colour=GOLD)
    inner = margin + MEANDER_DEPTH * FRAME_CELL + INNER_GAP
    paper.box(
        inner, inner, PAGE_WIDTH - 2 * inner, PAGE_HEIGHT - 2 * inner, weight=0.8, colour=VERMILION
    )
    edge = inner + CLOUD_INSET - 2
    for right in (False, True):
        for bottom in (False, True):
            corner = _corner(edge, right=right, bottom=bottom)
            draw_cloud_corner(paper, corner, size=CLOUD_SIZE, colour=GOLD)


def _corner(edge: float, *, right: bool, bottom: bool) -> Place:
    """Turns distances along and inwards from a corner of the frame into a point of the page."""

    def place(u: float, v: float) -> Point:
        x, y = edge + u, edge + v
        return (PAGE_WIDTH - x if right else x, PAGE_HEIGHT - y if bottom else y)

    return place


def _draw_foot(paper: Paper, words: CertificateWords, lines: tuple[str, ...]) -> None:
    left = TEXT_LEFT
    if words.verification_address:
        draw_qr(paper, words.verification_address, left - 2, FOOT_TOP, QR_SIDE)
        left += QR_SIDE
    top = FOOT_TOP + QR_SIDE / 2 - 1.2
    for number, line in enumerate(lines):
        paper.text(line, left, top + number * 5.6, SMALL)


_DONOR = say(N_("the donor's name"))
_BODY = say(N_("the text of the certificate"))
_FOUNDATION = say(N_("the foundation's name"))
_DATE = say(N_("the date"))
_NUMBER = say(N_("the certificate number or verification code"))
