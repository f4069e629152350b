"""The custody list (归档移交清单): the cover of a package of scans handed to its custodian."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from donflow.errors import N_, say
from donflow.pdf.fonts import Role
from donflow.pdf.form import (
    BOTTOM,
    LEFT,
    PROSE,
    SECTION,
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
from donflow.pdf.setting import set_block
from donflow.pdf.spacing import Style
from donflow.pdf.table import LINE_COLOUR, LINE_WEIGHT, Column, Table, draw_table

FINGERPRINT_SHOWN = 12
FINGERPRINT = Style(Role.SERIF, 8.5, leading=1.45)
SIGN = Style(Role.SERIF, 10.5)
SIGN_HEIGHT = 44.0
SIGN_LINE = 11.0
GAP = 5.5
SECTIONS = ("移交信息", "材料清单", "交接确认")
FOOT_WORDS = "文件校验值为扫描件完整校验值的前十二位，完整值见交接包内清单文件。"


@dataclass(frozen=True)
class CustodyPaper:
    """One paper of the package; `fingerprint` is its whole sha256, of which the start is shown."""

    kind: str
    number: str
    fingerprint: str
    pages: int | None = None
    dated_on: date | None = None


@dataclass(frozen=True)
class CustodyListWords:
    """What stands on a custody list; empty fields leave their line out."""

    list_number: str
    office: str
    custodian: str
    donor: str
    project: str
    handed_over_on: date
    papers: tuple[CustodyPaper, ...]
    agreement_number: str = ""
    gift_number: str = ""
    title: str = "归档移交清单"


def draw_custody_list(words: CustodyListWords) -> bytes:
    """The list as a portrait paper of as many pages as it needs; same words, same bytes.

    Raises NoGlyph for characters no font has, and TextDoesNotFit.
    """
    facts, papers = _facts(words), _papers(words)
    check_glyphs(
        [
            Placed(words.title, TITLE_PLACE, TITLE.role),
            Placed(words.list_number, _LIST_NUMBER, SUBTITLE.role),
            *placed_texts(facts),
            *placed_texts(papers),
        ]
    )
    return draw_pages(lambda pages: _draw(words, facts, papers, pages))


def _draw(words: CustodyListWords, facts: Table, papers: Table, pages: int) -> Paper:
    paper = open_form(f"{words.title} {words.list_number}", author=words.office)

    def next_page() -> float:
        draw_foot(paper, FOOT_WORDS, page=paper.page_number, pages=pages)
        paper.next_page()
        return TOP

    y = draw_heading(paper, words.title, f"编号：{words.list_number}") + GAP
    y = draw_section(paper, SECTIONS[0], y)
    y = draw_table(paper, facts, LEFT, y, bottom=BOTTOM, next_page=next_page) + GAP
    y = draw_section(paper, SECTIONS[1], y)
    y = draw_table(paper, papers, LEFT, y, bottom=BOTTOM, next_page=next_page) + GAP
    summary = set_block(_summary(words), WIDTH, PROSE, indent=2)
    if y + 7.6 + summary.height + 2 + SIGN_HEIGHT > BOTTOM:
        y = next_page()
    y = draw_section(paper, SECTIONS[2], y)
    y = paper.block(summary, LEFT, y) + 2
    _draw_signatures(paper, y)
    draw_foot(paper, FOOT_WORDS, page=paper.page_number, pages=pages)
    return paper


def _facts(words: CustodyListWords) -> Table:
    rows = [
        ("移交单位", words.office),
        ("接收人", words.custodian),
        ("捐赠人", words.donor),
        ("捐赠项目", words.project),
        ("协议编号", words.agreement_number),
        ("内部编号", words.gift_number),
        ("移交日期", write_day(words.handed_over_on)),
    ]
    return facts_table(rows, _FACTS)


def _papers(words: CustodyListWords) -> Table:
    columns = (
        Column("序号", 11, Align.CENTRE),
        Column("材料名称", 44),
        Column("编号", 40),
        Column("页数", 12, Align.CENTRE),
        Column("材料日期", 22, Align.CENTRE, style=FINGERPRINT),
        Column("文件校验值", 27, Align.CENTRE, style=FINGERPRINT),
    )
    rows = tuple(
        (
            str(place),
            paper.kind,
            paper.number,
            "" if paper.pages is None else str(paper.pages),
            "" if paper.dated_on is None else paper.dated_on.isoformat(),
            paper.fingerprint[:FINGERPRINT_SHOWN],
        )
        for place, paper in enumerate(words.papers, start=1)
    )
    return Table(columns, rows, _PAPERS)


def _summary(words: CustodyListWords) -> str:
    counted = [paper.pages for paper in words.papers if paper.pages is not None]
    pages = f"、计{sum(counted)}页" if len(counted) == len(words.papers) else ""
    return f"上列材料共{len(words.papers)}件{pages}，经双方逐件核对，与清单相符，现予移交。"


def _draw_signatures(paper: Paper, y: float) -> None:
    """Two boxes side by side: hand-over and acknowledgement, with blanks to be filled by hand."""
    half = WIDTH / 2
    for left, head, blanks in (
        (LEFT, "移交方", ("移交人（签字）：", "联系电话：", "日期：")),
        (LEFT + half, "接收方", ("接收人（签字）：", "存放位置：", "日期：")),
    ):
        paper.box(left, y, half, SIGN_HEIGHT, weight=LINE_WEIGHT, colour=LINE_COLOUR)
        paper.text(head, left + half / 2, y + 7, SECTION, Align.CENTRE)
        for number, blank in enumerate(blanks, start=1):
            baseline = y + 6 + number * SIGN_LINE
            paper.text(blank, left + 5, baseline, SIGN)
            paper.rule(
                (left + 33, baseline + 1.2),
                (left + half - 6, baseline + 1.2),
                weight=0.4,
                colour=LINE_COLOUR,
            )


_LIST_NUMBER = say(N_("the list's number"))
_FACTS = say(N_("the facts of the hand-over"))
_PAPERS = say(N_("the list of papers"))
