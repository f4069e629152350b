"""Reads the things given: rows of a list, or counts in a sentence (共计1,260种、3580册)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from donflow.domain.halfwidth import halfwidth
from donflow.precheck.facts import Amount, Item
from donflow.precheck.items_in_text import COUNT, counted, given_shares, written_rows
from donflow.precheck.numerals import whole_number
from donflow.precheck.paper import Paper, Span
from donflow.precheck.sums import read_figures
from donflow.precheck.tables import Cell, Table, tables, total_row


def items(paper: Paper, amount: Amount | None) -> tuple[Item, ...]:
    """The rows of the lists of things; else what sentences count."""
    listed: list[Item] = []
    for table in item_tables(paper):
        rows = sorted(items_of_table(table), key=lambda row: row.no)
        # An annex may tell the list of the text once more.
        if {row.item for row in rows} != {each.item for each in listed}:
            listed += rows
    return tuple(listed) or written_rows(paper) or counted(paper, amount) or _shares(paper)


def _shares(paper: Paper) -> tuple[Item, ...]:
    return tuple(
        Item(1, each.name, None, "", None, None, each.at) for each in given_shares(paper)[:1]
    )


def item_tables(paper: Paper) -> tuple[Table, ...]:
    """The tables that list things: they have a column of quantities and one of names."""
    return tuple(
        table
        for table in tables(paper)
        if name_column(table) is not None and table.column(QUANTITY) is not None
    )


def name_column(table: Table) -> int | None:
    """The column of what is given: its name, else its sort."""
    column = table.column(NAME)
    return table.column(_SORT) if column is None else column


def money_column(table: Table) -> int | None:
    """The column of sums in figures, rather of totals than of whatever else is in yuan."""
    column = table.column(MONEY)
    return table.column(_WORTH) if column is None else column


def items_of_table(table: Table) -> Iterator[Item]:
    """One item for each row that has a name, down to the total; prices in yuan."""
    columns = columns_of(table)
    width = len(table.rows[0])
    headed = columns["quantity"]
    said = _unit_of(table.heading[headed]) if headed is not None else ""
    place = 0
    for row in table.rows[1:]:
        if total_row(row) or len(row) < min(width, 3):
            continue
        cells = {key: row[at] for key, at in columns.items() if at is not None and at < len(row)}
        name = cells["name"].text if "name" in cells else ""
        if not name or not re.search(r"\w", name):
            continue
        place += 1
        no = whole_number(cells["no"].text) if "no" in cells else None
        quantity, unit = _quantity(cells.get("quantity"))
        last = row[-1].at
        yield Item(
            no or place,
            name,
            quantity,
            unit or (cells["unit"].text if "unit" in cells else "") or said,
            _sum_in(table, columns["price"], row),
            _sum_in(table, columns["total"], row),
            Span(last.line, row[0].at.start, last.end),
        )


def columns_of(table: Table) -> dict[str, int | None]:
    """Where a list has its numbers, names, quantities, units, prices and totals."""
    columns = {key: table.column(pattern) for key, pattern in COLUMNS.items()}
    return columns | {"name": name_column(table), "total": money_column(table)}


def cell_sum(heading: str, cell: Cell) -> Decimal | None:
    """The sum in a cell, its heading's 万元 minded; None where it holds none or a malformed one."""
    read = re.search(r"[0-9][0-9,.]*\s*[亿万]?", halfwidth(cell.text))
    value = read_figures(read[0]) if read else None
    if value is not None and "万" in heading and "万" not in cell.text:
        return value * 10000
    return value


def titles(paper: Paper) -> int | None:
    """How many titles of books (种) are given."""
    for line in paper.lines:
        read = re.search(rf"({COUNT})\s*种", halfwidth(line.text))
        if read and re.search("书|刊|册|音像", line.text):
            return whole_number(read[1])
    return None


def computed_total(given: tuple[Item, ...]) -> Decimal | None:
    """What several rows come to, or one with a unit price; None where a row tells no value."""
    values = [row_value(each) for each in given]
    if len(given) < 2 and not any(each.unit_price is not None for each in given):
        return None
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) if known and len(known) == len(values) else None


def row_value(item: Item) -> Decimal | None:
    """Quantity times unit price, else the total as written."""
    if item.quantity is not None and item.unit_price is not None:
        return item.quantity * item.unit_price
    return item.total


def _sum_in(table: Table, column: int | None, row: tuple[Cell, ...]) -> Decimal | None:
    if column is None or column >= len(row):
        return None
    return cell_sum(table.heading[column], row[column])


def _unit_of(heading: str) -> str:
    """数量（册） and 册数 both count in 册."""
    read = re.search(r"[（(](\D{1,3})[）)]$|^([册台件套本])数", heading)
    return next((each for each in read.groups() if each), "") if read else ""


def _quantity(cell: Cell | None) -> tuple[int | None, str]:
    read = re.fullmatch(rf"({COUNT})\s*(\D{{0,3}})", halfwidth(cell.text)) if cell else None
    return (whole_number(read[1]), read[2].strip()) if read else (None, "")


NAME: Final = "名称|品名|品目|物品|设备$|书名|题名|书目|作品|标的|物资|货物|项目$|内容$"
QUANTITY: Final = "^(?:.{0,4}数量|册数|台数|件数|数目|套数|本数|数)(?:[（(].*)?$"
MONEY: Final = r"^(?!.*(?:单|大写)).*(?:金额|总价|小计|合计|价值|总值|总计|总额)"
_WORTH: Final = (
    r"^(?!.*(?:单价|大写|基价|序号)).*(?:估价|估值|作价|折价|评估|价格|码洋|实洋|捐款|出资|认捐|实捐|捐赠额|"
    r"小写|[(（]万?元[)）]$|^万?元$)"
)
_SORT: Final = "类别|品种|品类|种类|图书|画作|藏品|器材|仪器|软件|资产|财产|名目|捐赠物$"
COLUMNS: Final = {
    "no": "^序号?$|^编号$|^项次$|^No",
    "unit": "^单位$|计量单位",
    "quantity": QUANTITY,
    "price": "单价|单位价值|^定价|单件",
}
