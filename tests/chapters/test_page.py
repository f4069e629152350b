"""A chapter's page: what was typed stays text, in Word and in HTML; same words, same bytes."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from io import BytesIO
from zipfile import ZipFile

import pytest

from donflow.chapters.page import WITHHELD, PageWords, Post, draw_html, draw_word
from tests.reports.test_injection import SPELLINGS

PAGE = PageWords(
    name="陕西校友分会",
    kind="地方校友分会",
    university="云麓大学管理学院",
    office="云麓大学管理学院校友工作办公室",
    as_of=date(2026, 6, 5),
    city="西安",
    founded_on=date(2020, 9, 19),
    council_no=2,
    elected_on=date(2024, 5, 18),
    members=120,
    profile="在陕校友之家。\n\n每年一次年会。",
    posts=(Post("理事长", ("贺兰舟",), 1), Post("理事", ("江远帆",), 3), Post("秘书长", (), 1)),
    joining="填写信息表。",
    contact_name="贺兰舟",
    contact_phones=("13900007001",),
)
HOSTILE = (
    *SPELLINGS,
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "甲\u202e乙\x0b\x00丙",
    "]]><w:t>",
)
TAGS = {"html", "head", "meta", "title", "body", "div", "h2", "h3", "p", "table", "tbody"}


class Reader(HTMLParser):
    """Which tags and attributes there are, and the text."""

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.text = ""
        self.feed(data.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.text += data


def hostile(text: str) -> PageWords:
    return replace(
        PAGE, name=text, kind=text, university=text, office=text, city=text, profile=text,
        joining=text, contact_name=text, contact_phones=(text,), posts=(Post(text, (text,), 1),),
    )  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_typed_becomes_markup(text: str) -> None:
    read = Reader(draw_html(hostile(text)))
    assert read.tags <= TAGS | {"tr", "td"}
    assert read.attributes == {"style", "lang", "charset"}
    with ZipFile(BytesIO(draw_word(hostile(text)))) as package:
        markup = package.read("word/document.xml").decode()
    with ZipFile(BytesIO(draw_word(PAGE))) as package:
        usual = package.read("word/document.xml").decode()
    assert set(re.findall(r"<(w:\w+)", markup)) <= set(re.findall(r"<(w:\w+)", usual)) | {"w:tab"}


def test_the_reader_would_see_a_script() -> None:
    """The negative control."""
    assert "script" in Reader(b"<p><script>alert(1)</script></p>").tags


def test_the_page_says_what_is_known() -> None:
    text = Reader(draw_html(PAGE)).text
    for told in ("2020年9月19日", "第二届", "120人", "江远帆等3人", WITHHELD, "13900007001"):
        assert told in text
    assert draw_html(PAGE) == draw_html(PAGE)
    assert draw_word(PAGE) == draw_word(PAGE)


def test_without_a_contact_the_office_is_asked() -> None:
    page = replace(PAGE, joining=None, contact_name=None, contact_phones=())
    text = Reader(draw_html(page)).text
    assert "请与云麓大学管理学院校友工作办公室联系" in text
    assert "联系人" not in text
