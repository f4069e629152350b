"""What people typed never becomes a formula, a property or markup on its way out (trust.md E25)."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Callable
from datetime import UTC, date, datetime
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest

from donflow.papers.appointment_letter import AppointmentWords, draw_letters
from donflow.pdf.glyphs import NoGlyph
from donflow.reports.export_columns import FIELDS, ExportColumn
from donflow.reports.exporting import as_separated, rows_of
from donflow.reports.ical import Event, calendar_file
from donflow.reports.people import Listed, Way
from donflow.reports.selection import Line
from donflow.reports.vcard import VERSIONS, cards
from donflow.roster.form import FormFields, Handler, draw_person_form
from donflow.roster.reading.header_words import read_header_words
from donflow.roster.reading.reading import read_roster
from donflow.roster.reading.rows import Column
from donflow.roster.studies import Course
from donflow.sheets.reading import read_book
from donflow.sheets.writing import write_list
from donflow.shipping import header_list
from tests.cli.commands import all_commands

SPELLINGS = (
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    " =1+1",
    "＝1+1",
    "＠SUM(A1)",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://example.invalid","看")',
    "'=1+1",
    '甲","=1+1',
    "甲\r\nTEL:13800000000\r\nEND:VCARD",
    "|cmd;TEL=1,\\n<w:fldSimple/>{=1+1}",
)
assert len(SPELLINGS) == 16

TEXT_FIELDS = tuple(
    name
    for name in FIELDS
    if name not in ("number", "gender", "birth", "enrol_year", "grad_year", "class", "status")
)
"""The fields of an export that hold what somebody typed."""
COLUMNS = tuple(ExportColumn(name, name) for name in TEXT_FIELDS)
NOW = datetime(2026, 11, 21, 2, tzinfo=UTC)
KINDS = {"phone": "phone", "email": "mail", "wechat": "wechat", "address": "address"}


def somebody(text: str) -> Line:
    """A person who is called, studied, works and is reached by nothing but this text."""
    course = Course(degree=text, major=text, class_no=text, student_no=text)
    ways = tuple(
        Way(no, kind, text, str(no), "sure", False, "2026-01-01")
        for no, kind in enumerate(KINDS.values())
    )
    fields = dict.fromkeys(("ethnicity", "city", "province"), text)
    return Line(
        Listed(
            1, (1,), text, "active", fields, frozenset(), (course,), ((text, text),), ways,
            frozenset({text}), (text,),
        ),
        course,
    )  # fmt: skip


def rows(text: str) -> list[tuple[str, ...]]:
    return rows_of([somebody(text)], COLUMNS)


def test_every_field_of_the_row_holds_the_text() -> None:
    (row,) = rows("=1+1")
    assert row == ("=1+1",) * len(COLUMNS)


def spreadsheet(text: str) -> None:
    data = write_list(
        text, [column.header for column in COLUMNS], rows(text), created=NOW, note=text
    )
    with ZipFile(BytesIO(data)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "<hyperlink" not in sheet
    assert set(re.findall(r'<c r="[A-Z]+2"[^>]* t="(\w+)"', sheet)) == {"s"}
    assert list(read_book(data, "名单.xlsx").sheets[0].rows())[1] == list(rows(text)[0])


def separated(text: str) -> None:
    data = as_separated(COLUMNS, rows(text), "")
    cells = list(csv.reader(StringIO(data.decode("utf-8-sig"), newline="")))[1]
    runs = text.strip(" '\t\r\n")[:1] in tuple("=+-@|＝＠")
    assert len(cells) == len(COLUMNS)
    assert all(cell.startswith("'") for cell in cells) == runs
    assert list(read_book(data, "名单.csv").sheets[0].rows())[1] == list(rows(text)[0])


def card(text: str) -> None:
    for version in VERSIONS:
        told = cards([somebody(text)], version=version, plain=dict.fromkeys(range(4), text))
        lines = re.sub(rb"\r\n ", b"", told).decode().split("\r\n")
        names = [re.split("[:;]", line)[0] for line in lines if line]
        expected = "BEGIN VERSION UID FN N ORG TITLE ADR NOTE TEL EMAIL IMPP END"
        assert names == expected.split()
        assert max(map(len, told.split(b"\r\n"))) <= 75


def paper(text: str) -> None:
    """Every field of the form: in the .docx it is text between tags, and no field or control."""
    values = dict.fromkeys(Column, text)
    form = FormFields("1", values, (values,))
    data = draw_person_form(form, Handler(text, text, text))
    with ZipFile(BytesIO(data)) as package:
        markup = package.read("word/document.xml").decode()
        parts = package.namelist()
    clean = draw_person_form(FormFields("1", dict.fromkeys(Column, "甲"), ()), Handler("", "", ""))
    with ZipFile(BytesIO(clean)) as package:
        assert parts == package.namelist()
        usual = set(re.findall(r"<(w:\w+)", package.read("word/document.xml").decode()))
    assert set(re.findall(r"<(w:\w+)", markup)) - usual <= {"w:br", "w:tab", "w:cr"}


def days(text: str) -> None:
    """Each line of the file is one that we wrote: a text neither ends its line nor begins one."""
    data = calendar_file(text, [Event("1@example.edu", NOW.date(), text, text)], written_at=NOW)
    lines = re.sub(rb"\r\n ", b"", data).decode().split("\r\n")
    names = [re.split("[:;]", line)[0] for line in lines if line]
    expected = "BEGIN VERSION PRODID CALSCALE METHOD X-WR-CALNAME BEGIN UID DTSTAMP DTSTART DTEND"
    assert names == [*expected.split(), "TRANSP", "SUMMARY", "DESCRIPTION", "END", "END"]
    assert max(map(len, data.split(b"\r\n"))) <= 75


def letter(text: str) -> None:
    words = AppointmentWords(text, text, date(2026, 9, 1), None, text, date(2026, 9, 1), "1")
    try:
        data = draw_letters([words])
    except NoGlyph:
        return  # refused whole: nothing unseen is printed
    assert b"/JavaScript" not in data
    assert b"/URI" not in data


WAYS_OUT: dict[str, Callable[[str], None]] = {
    "xlsx": spreadsheet,
    "csv": separated,
    "vcf": card,
    "ics": days,
    "docx": paper,
    "pdf": letter,
}


@pytest.mark.parametrize("way", WAYS_OUT)
@pytest.mark.parametrize("text", SPELLINGS)
def test_a_text_leaves_as_text(text: str, way: str) -> None:
    WAYS_OUT[way](text)


def test_the_checker_would_see_a_formula() -> None:
    """The negative control: the same cells, written by somebody who marks nothing."""
    stream = StringIO()
    csv.writer(stream).writerow(rows("=1+1")[0])
    with pytest.raises(AssertionError):
        assert all(cell.startswith("'") for cell in next(csv.reader([stream.getvalue()])))


EXITS = {
    "calendar year": ("xlsx",),
    "calendar file": ("ics",),
    "person list": ("xlsx",),
    "roster headers": ("xlsx",),
    "roster search": ("xlsx",),
    "roster form": ("docx", "xlsx"),
    "roster diff": ("xlsx",),
    "roster list": ("xlsx",),
    "roster stats": ("xlsx",),
    "roster liaison list": ("xlsx",),
    "roster liaison letters": ("pdf",),
    "roster check": ("xlsx",),
    "roster export": ("xlsx", "csv"),
    "roster vcard": ("vcf",),
    "chapter list": ("xlsx",),
    "chapter officers": ("xlsx",),
    "chapter terms": ("xlsx",),
    "chapter meeting list": ("xlsx",),
    "chapter member list": ("xlsx",),
    "chapter member suggest": ("xlsx",),
    "chapter suggestion list": ("xlsx",),
    "contact list": ("xlsx",),
    "contact stale": ("xlsx",),
    "contact suggestions": ("xlsx",),
    "greeting batches": ("xlsx",),
    "greeting courier": ("xlsx",),
    "greeting group list": ("xlsx",),
    "greeting mourning list": ("xlsx",),
    "greeting preview": ("xlsx",),
    "greeting print": ("pdf",),
    "greeting queue": ("xlsx",),
    "greeting rhythm list": ("xlsx",),
    "greeting wechat": ("xlsx",),
}
"""By command that writes people to a file: the ways out it takes, each of which is tried above."""
GROUPS = ("person", "roster", "chapter", "election", "contact", "calendar", "greeting")
WRITING = ("--out", "--xlsx", "--excel", "--word", "--html")
ELSEWHERE = ("chapter page",)
"""Tried where its own words are: tests/chapters and tests/papers."""


def test_every_command_that_writes_people_has_its_row() -> None:
    """A new way out without a row fails here."""
    found = {
        path
        for path, command in all_commands().items()
        if path.split()[0] in GROUPS
        if any(option in WRITING for parameter in command.params for option in parameter.opts)
    }
    assert found - set(ELSEWHERE) == set(EXITS)
    assert {way for ways in EXITS.values() for way in ways} <= set(WAYS_OUT)


@pytest.mark.parametrize("name", ["名单.csv", "名单.xlsx"])
def test_what_left_comes_back_as_the_same_people(name: str) -> None:
    """The roster's own import reads each employer as it was; the note is nobody."""
    columns = (ExportColumn("姓名", "name"), ExportColumn("工作单位", "employer"))
    people = [("梁启舟", f"{text}有限公司") for text in SPELLINGS if text == text.strip()]
    if name.endswith("csv"):
        data = as_separated(columns, people, "导出：校友办　林秘书；2026-11-21 10:00；号码已遮盖")
    else:
        data = write_list("名单", ["姓名", "工作单位"], people, created=NOW, note="导出：林秘书")
    synonyms = read_header_words(header_list())
    (sheet,) = read_roster(read_book(data, name), synonyms=synonyms, known={})
    assert [row.values.get(Column.NAME) for row in sheet.rows] == ["梁启舟"] * len(people)
    told = [row.values.get(Column.EMPLOYER, "") for row in sheet.rows]
    assert list(map(narrow, told)) == [narrow(employer) for _, employer in people]


def narrow(text: str) -> str:
    """The import makes some wide signs narrow and drops blanks: that much may differ."""
    return "".join(unicodedata.normalize("NFKC", text).split())
