"""A list is read back as it was written, and no text in it becomes a formula."""

import datetime
import zipfile
from decimal import Decimal
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from donflow.sheets.writing import DoesNotFitSheet, write_list

CREATED = datetime.datetime(2026, 11, 20, 8, 0, tzinfo=datetime.UTC)
HEADERS = ("捐赠方", "金额", "到账日期", "期次", "账号")
ROW = ("梁启舟", Decimal("500000.00"), datetime.date(2026, 12, 16), 1, "2703000000000001234")


def written(*rows, title="到账清单", headers=HEADERS) -> bytes:
    return write_list(title, headers, rows, created=CREATED)


def read(sheet: bytes) -> list[list[object]]:
    return CalamineWorkbook.from_filelike(BytesIO(sheet)).get_sheet_by_index(0).to_python()


def part(sheet: bytes, name: str) -> str:
    with zipfile.ZipFile(BytesIO(sheet)) as archive:
        return archive.read(name).decode()


def test_a_list_is_read_back_as_it_was_written():
    empty = ("", None, None, 0, None)

    assert read(written(ROW, empty)) == [
        list(HEADERS),
        ["梁启舟", 500000.0, datetime.date(2026, 12, 16), 1.0, "2703000000000001234"],
        ["", "", "", 0.0, ""],
    ]


@pytest.mark.parametrize(
    "text",
    [
        "=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "\r=1+1", "\n=1+1", " =1+1", "＝1+1",
        "=cmd|' /C calc'!A0", '=HYPERLINK("http://example.invalid","看")', "=DDE(1)", "'=1+1",
        '"=1+1"', "{=1+1}", "=WEBSERVICE(A1)", "%0A-2+3", "http://example.invalid", "_x003D_1+1",
        "010", "1e5", "true", "440301199001010012", "<f>1+1</f>", "#REF!", "2026-01-01",
    ],
)  # fmt: skip
def test_text_stays_text_however_it_begins(text):
    sheet = written((text, *ROW[1:]), headers=HEADERS)

    assert read(sheet)[1][0] == text
    markup = part(sheet, "xl/worksheets/sheet1.xml")
    assert "<f>" not in markup
    assert '<c r="A2" s="' in markup
    assert 't="s"' in markup.split('r="A2"')[1].split(">")[0]
    assert "<hyperlink" not in markup


def test_a_header_is_text_too():
    sheet = written(("x",), headers=("=1+1",))

    assert read(sheet) == [["=1+1"], ["x"]]
    assert "<f>" not in part(sheet, "xl/worksheets/sheet1.xml")


def test_a_text_that_begins_with_a_sign_stays_text_when_it_is_edited():
    assert 'quotePrefix="1"' in part(written(ROW), "xl/styles.xml")


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (12345678901234567890, "12345678901234567890"),
        (Decimal("12345678901234.56"), "12345678901234.56"),
        (999_999_999_999_999, 999_999_999_999_999.0),
        (Decimal("9999999999999.99"), 9999999999999.99),
        (Decimal("-0.01"), -0.01),
    ],
)
def test_a_number_that_excel_would_round_is_written_as_text(number, shown):
    assert read(written((number,), headers=("数",)))[1] == [shown]


def test_the_header_is_frozen_and_filtered_and_columns_fit_chinese():
    sheet = part(written(ROW), "xl/worksheets/sheet1.xml")

    assert '<pane ySplit="1" topLeftCell="A2"' in sheet
    assert '<autoFilter ref="A1:E2"/>' in sheet
    wide = part(written(("云麓大学教育发展基金会",), headers=("户名",)), "xl/worksheets/sheet1.xml")
    width = float(wide.split('<col min="1" max="1" width="')[1].split('"')[0])
    assert 22 < width < 30


def test_the_same_list_gives_the_same_bytes():
    assert written(ROW) == written(ROW)
    assert written(ROW) != written((*ROW[:4], "2703000000000001235"))
    assert "2026-11-20T08:00:00Z" in part(written(ROW), "docProps/core.xml")


def test_an_empty_list_has_its_headers():
    assert read(written()) == [list(HEADERS)]


@pytest.mark.parametrize("title", ["2026/11 [到账]*?:", "长" * 40, "𠅤" * 20, "'引号'", "总:\\账"])
def test_any_title_makes_a_sheet(title):
    (name,) = CalamineWorkbook.from_filelike(BytesIO(written(ROW, title=title))).sheet_names

    assert len(name.encode("utf-16-le")) <= 62
    assert not set(name) & set("[]:*?/\\'")


def test_a_text_too_long_for_a_cell_is_refused_and_not_cut():
    with pytest.raises(DoesNotFitSheet) as caught:
        written(ROW, ("长" * 32_768, *ROW[1:]))

    assert caught.value.values["row"] == 2
    assert read(written(("长" * 32_767,), headers=("文",)))[1] == ["长" * 32_767]


@pytest.mark.parametrize("cell", [True, CREATED])
def test_what_has_no_one_reading_is_no_cell(cell):
    with pytest.raises(TypeError):
        written((cell,), headers=("列",))


def test_a_row_of_another_length_is_our_mistake():
    with pytest.raises(ValueError, match="row 1"):
        written(("一", "二"), headers=("列",))
