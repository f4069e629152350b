"""A PDF's words come back as the lines that were typed, and a scan is told to be one."""

import re

import pytest

from donflow.errors import DonflowError
from donflow.intake.apart import RefusedApart, read_apart
from donflow.pictures.pdf_text import (
    PAGE_LIMIT,
    PdfDamaged,
    PdfProtected,
    PdfText,
    TooManyPages,
    read_pdf,
)
from tests.pictures.printing import EM, LEFT, RIGHT, STEP, TOP, broken, locked, printed

LONG = (
    "甲方自愿、无偿向乙方捐赠货币资金，金额为人民币伍拾万元整（￥500,000.00），用于设立“恒源奖学金”，"
    "奖励品学兼优的全日制本科生和研究生，具体办法由双方另行商定并以书面形式确认。"
)
SHORT = "乙方应当开具捐赠票据。"


@pytest.mark.parametrize("indent", [0, 2])
@pytest.mark.parametrize(
    "paragraphs",
    [
        (LONG, SHORT, LONG),
        ("第一条 捐赠财产", LONG, "第二条 捐赠用途", LONG),
        ("（一）" + LONG, "（二）" + LONG, "3. " + LONG, "四、" + LONG),
        (SHORT, SHORT, SHORT),
        # Without an indent only the number tells where a paragraph that fills its row has ended.
        ("1. " + LONG[:60], "2. " + LONG[:61], "3. " + LONG[:62], "4. " + LONG[:63]),
    ],
    ids=["plain", "headings", "numbered", "short", "full rows"],
)
def test_a_paragraph_that_the_page_broke_is_one_line(
    paragraphs: tuple[str, ...], indent: int
) -> None:
    assert read_pdf(printed(broken(*paragraphs, indent=indent))).lines == paragraphs


def test_short_lines_alone_are_not_taken_for_full_rows() -> None:
    words = ("云麓大学教育发展基金会", "捐赠人：梁启舟", "受赠人：秦望川", "见证人：岳鹏程")
    page = [(LEFT, 600 - STEP * no, line) for no, line in enumerate(words)]

    assert read_pdf(printed(page)).lines == words
    assert read_pdf(printed(page[1:])).lines == words[1:]


@pytest.mark.parametrize(
    "label",
    ["Donee 受赠方：", "乙方（受赠方）：", "户名：", "开户银行：", "联系电话：", "Address 地址："],
)
def test_a_name_with_a_colon_begins_a_line_though_the_row_before_is_full(label: str) -> None:
    full = "赠与方：" + "云麓大学教育发展基金会" * 9
    rows = broken(full[: (int(RIGHT - LEFT) // EM)], label + "云麓大学教育发展基金会", indent=0)

    assert len(read_pdf(printed(rows)).lines) == 2


def test_words_with_a_colon_within_a_sentence_do_not() -> None:
    rows = broken(LONG[:60] + "，协议如下：各方遵守以下约定：甲方付款。", indent=0)

    assert len(read_pdf(printed(rows)).lines) == 1


def test_a_paragraph_goes_on_over_the_page() -> None:
    rows = broken(LONG)
    above = [(left, TOP - STEP * no, words) for no, (left, _, words) in enumerate(rows[:2])]
    below = [(left, TOP - STEP * no, words) for no, (left, _, words) in enumerate(rows[2:])]

    assert read_pdf(printed(above, [*below, *broken_at(3, SHORT)])).lines == (LONG, SHORT)


def broken_at(row: int, words: str) -> list[tuple[float, float, str]]:
    return [(LEFT + 2 * EM, TOP - STEP * row, words)]


def test_the_columns_of_a_signing_area_stand_on_one_line() -> None:
    rows = [
        (LEFT, 400, "甲方（盖章）："),
        (LEFT + 240, 400, "乙方（盖章）："),
        (LEFT, 374, "2026年3月2日"),
        (LEFT + 240, 374, "2026年3月2日"),
    ]

    lines = read_pdf(printed(rows)).lines

    assert [line.split() for line in lines] == [
        ["甲方（盖章）：", "乙方（盖章）："],
        ["2026年3月2日", "2026年3月2日"],
    ]
    assert all("   " in line for line in lines)


@pytest.mark.parametrize(
    "number", ["{}", "- {} -", "第{}页 共3页", "{} / 3", "— {} —", "Page {} of 3"]
)
def test_headers_and_page_numbers_are_left_out(number: str) -> None:
    pages = [
        [
            (LEFT, 800, "云麓大学教育发展基金会"),
            *broken(f"{mark}{LONG}", SHORT),
            (LEFT + 200, 40, number.format(at)),
        ]
        for at, mark in enumerate("甲乙丙", start=1)
    ]

    assert read_pdf(printed(*pages)).lines == (
        *("甲" + LONG, SHORT),
        *("乙" + LONG, SHORT),
        *("丙" + LONG, SHORT),
    )


def test_a_sum_and_a_title_at_the_edge_of_one_page_stay() -> None:
    page = [(LEFT + 150, 790, "捐赠协议书"), *broken(SHORT), (LEFT, 60, "共计500,000.00元")]

    assert read_pdf(printed(page)).lines == ("捐赠协议书", SHORT, "共计500,000.00元")


@pytest.mark.parametrize(
    ("words", "read"),
    [
        ("捐 赠 协 议 书", "捐 赠 协 议 书"),
        ("Yunlu University Education", "Yunlu University Education"),
        ("账号 2703 0000 0000 0001 234", "账号 2703 0000 0000 0001 234"),
        ("祁䶮", "祁䶮"),
    ],
)
def test_blanks_and_rare_characters_stay(words: str, read: str) -> None:
    assert read_pdf(printed([(LEFT, 600, words)])).lines == (read,)


def test_a_row_is_sorted_from_left_to_right_however_it_was_drawn() -> None:
    assert read_pdf(printed([(RIGHT - 80, 600, "乙方"), (LEFT, 600, "甲方")])).lines[0].split() == [
        "甲方",
        "乙方",
    ]


UPRIGHTS = [(LEFT + 42, 580, LEFT + 42, 620), (LEFT + 98, 580, LEFT + 98, 620)]


@pytest.mark.parametrize(
    ("words", "rules", "read"),
    [
        # 甲方： is 42 points wide, four signs of room follow.
        ("甲方：", [(LEFT + 42, 597, LEFT + 98, 597)], "甲方：____（盖章）"),
        ("甲方：        ", [(LEFT + 42, 597, LEFT + 98, 597)], "甲方：____（盖章）"),
        ("甲方：梁启舟", [(LEFT + 42, 597, LEFT + 98, 597)], "甲方：梁启舟（盖章）"),
        ("甲方：", [(LEFT, 570, RIGHT, 570)], "甲方： （盖章）"),
        ("甲方：", [(LEFT + 42, 597, LEFT + 98, 597), *UPRIGHTS], "甲方： （盖章）"),
    ],
    ids=["a rule", "underlined blanks", "underlined words", "a rule below", "an empty cell"],
)
def test_a_blank_to_be_filled_in_is_seen(
    words: str, rules: list[tuple[float, float, float, float]], read: str
) -> None:
    page = [(LEFT, 600, words), (LEFT + 98, 600, "（盖章）")]

    (line,) = read_pdf(printed(page, rules=rules)).lines

    assert re.sub("_+", "____", " ".join(line.split())) == read


@pytest.mark.parametrize(
    ("pages", "pictures"),
    [
        ([[]], (1,)),
        ([broken(LONG)], (1,)),
    ],
    ids=["a scan", "a scan with words laid unseen over it"],
)
def test_a_scan_has_no_lines(pages: list[list[tuple[float, float, str]]], pictures: object) -> None:
    assert read_pdf(printed(*pages, picture=True, invisible=True)) == PdfText((), (1,), 1)


def test_an_empty_page_is_no_picture() -> None:
    assert read_pdf(printed(broken(SHORT), [])) == PdfText((SHORT,), (), 2)


def test_a_password_is_asked_for_and_no_more_than_a_mark_against_changes_is_not() -> None:
    data = printed(broken(SHORT))

    assert read_pdf(locked(data, "")).lines == (SHORT,)
    with pytest.raises(PdfProtected):
        read_pdf(locked(data, "secret"))


@pytest.mark.parametrize("data", [b"%PDF-1.7\n%%EOF", b"%PDF-1.4\n" + bytes(400), b"x"])
def test_a_damaged_one_is_refused(data: bytes) -> None:
    with pytest.raises(PdfDamaged):
        read_pdf(data)


@pytest.mark.parametrize(("pages", "refused"), [(PAGE_LIMIT, False), (PAGE_LIMIT + 1, True)])
def test_a_book_is_not_read(pages: int, refused: bool) -> None:
    data = printed(*[[(LEFT, 600, "甲")]] * pages)
    if not refused:
        assert read_pdf(data).pages == pages
        return
    with pytest.raises(TooManyPages):
        read_pdf(data)


def test_it_is_read_in_a_process_of_its_own_as_plain_data() -> None:
    data = printed(broken(LONG))

    assert read_apart("donflow.pictures.pdf_text:plain_pdf", data) == {
        "lines": [LONG],
        "picture_pages": [],
        "pages": 1,
    }
    with pytest.raises(RefusedApart) as refused:
        read_apart("donflow.pictures.pdf_text:plain_pdf", locked(data, "secret"))
    assert isinstance(refused.value, DonflowError)
    assert refused.value.sentence.message == PdfProtected.message
