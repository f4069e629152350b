"""Reads the things given: rows of a list, or counts in a sentence (共计1,260种、3580册)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from donflow.domain.halfwidth import halfwidth
from donflow.precheck.facts import Amount, Item
from donflow.precheck.numerals import NUMERAL, whole_number
from donflow.precheck.paper import Paper, Span
from donflow.precheck.sums import read_figures
from donflow.precheck.tables import Cell, Table, tables, total_row


def items(paper: Paper, amount: Amount | None) -> tuple[Item, ...]:
    """The rows of the lists of things; else what sentences count."""
    listed = tuple(each for table in item_tables(paper) for each in items_of_table(table))
    if listed:
        return listed
    priced = tuple(_priced(paper))
    if priced:
        return priced
    return _counted(paper, amount)


def item_tables(paper: Paper) -> tuple[Table, ...]:
    """The tables that list things: they have a column of quantities and one of names."""
    return tuple(
        table
        for table in tables(paper)
        if table.column(NAME) is not None and table.column(QUANTITY) is not None
    )


def items_of_table(table: Table) -> Iterator[Item]:
    """One item for each row that has a name, down to the total; prices in yuan."""
    columns = {key: table.column(pattern) for key, pattern in COLUMNS.items()}
    width = len(table.rows[0])
    for row in table.rows[1:]:
        if total_row(row) or len(row) < min(width, 3):
            continue
        cells = {key: row[at] for key, at in columns.items() if at is not None and at < len(row)}
        name = cells["name"].text if "name" in cells else ""
        if not name or not re.search(r"\w", name):
            continue
        no = whole_number(cells["no"].text) if "no" in cells else None
        quantity, unit = _quantity(cells.get("quantity"))
        last = row[-1].at
        yield Item(
            no or int(row[0].at.line - table.rows[0][0].at.line),
            name,
            quantity,
            unit or (cells["unit"].text if "unit" in cells else ""),
            _sum_in(table, columns["price"], row),
            _sum_in(table, columns["total"], row),
            Span(last.line, row[0].at.start, last.end),
        )


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
        read = re.search(rf"({_COUNT})\s*种", halfwidth(line.text))
        if read and re.search("书|刊|册|音像", line.text):
            return whole_number(read[1])
    return None


def computed_total(given: tuple[Item, ...]) -> Decimal | None:
    """What the rows come to by quantity and unit price; None where no row has a unit price."""
    if not any(each.unit_price is not None for each in given):
        return None
    values = [row_value(each) for each in given]
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) if len(known) == len(values) else None


def row_value(item: Item) -> Decimal | None:
    """Quantity times unit price, else the total as written."""
    if item.quantity is not None and item.unit_price is not None:
        return item.quantity * item.unit_price
    return item.total


def _sum_in(table: Table, column: int | None, row: tuple[Cell, ...]) -> Decimal | None:
    if column is None or column >= len(row):
        return None
    return cell_sum(table.heading[column], row[column])


def _quantity(cell: Cell | None) -> tuple[int | None, str]:
    read = re.fullmatch(rf"({_COUNT})\s*(\D{{0,3}})", halfwidth(cell.text)) if cell else None
    return (whole_number(read[1]), read[2].strip()) if read else (None, "")


def _priced(paper: Paper) -> Iterator[Item]:
    """图形工作站12台，单价18,800元，计225,600元."""
    for line in paper.lines:
        for read in re.finditer(_PRICED, halfwidth(line.text)):
            total = read_figures(read["total"]) if read["total"] else None
            no = whole_number(read["no"]) if read["no"] else None
            yield Item(
                no or 1,
                re.sub(r"^.*(?:捐赠|赠送|赠与|包括|下列|以下)", "", read["name"]).strip("：: "),
                whole_number(read["quantity"]),
                read["unit"],
                read_figures(read["price"]),
                total,
                Span(line.number, *read.span()),
            )


def _counted(paper: Paper, amount: Amount | None) -> tuple[Item, ...]:
    """The first sentence that gives things away by number; not money, not people."""
    for line in paper.lines:
        text = halfwidth(line.text)
        given = re.search(_GIVEN, text)
        if given is None:
            continue
        lot = _lot(line.number, text, given.end(), amount)
        if lot is not None:
            return (lot,)
        named = list(_named(line.number, text, amount))
        if named:
            return tuple(named)
    return ()


def _lot(number: int, text: str, start: int, amount: Amount | None) -> Item | None:
    """图书一批，共计1,260种、3580册."""
    name = re.match(r"(?:的|其|下列|以下)*([\u4e00-\u9fff·]{2,14}?)[一壹]批", text[start:])
    count = re.search(rf"({_COUNT})\s*({UNITS})", text[start:])
    if name is None or count is None or re.search(_MONEY_NAMES, name[1]):
        return None
    at = Span(number, start, start + count.end())
    total = amount.figures if amount else None
    return Item(1, name[1], whole_number(count[1]), count[2], None, total, at)


def _named(number: int, text: str, amount: Amount | None) -> Iterator[Item]:
    """油画10幅、书法作品5幅 or 10台钢琴, on either side of the verb, in its sentence."""
    given = re.search(_GIVEN, text)
    sentence = next(
        (
            each
            for each in re.finditer("[^。;]+", text)
            if given and each.start() <= given.start() < each.end()
        ),
        None,
    )
    if sentence is None:
        return
    counts = [
        read
        for read in re.finditer(_COUNTED, sentence[0])
        if not re.search(_MONEY_NAMES, read["behind"] or read["before"] or "")
    ]
    for no, read in enumerate(counts, start=1):
        name = re.sub(_LEADS, "", read["before"] or read["behind"])
        total = amount.figures if amount and len(counts) == 1 else None
        at = Span(number, sentence.start() + read.start(), sentence.start() + read.end())
        if name:
            yield Item(
                no,
                name,
                whole_number(read["count"] or read["first"]),
                read["unit"] or read["of"],
                None,
                total,
                at,
            )


UNITS: Final = "册|台套|台|套|件|幅|本|部|张|架|辆|棵|株|座|尊|箱|把|组|枚|卷|盒|批次|块"
_COUNT: Final = rf"(?:[0-9]{{1,3}}(?:,[0-9]{{3}})+|{NUMERAL})"
NAME: Final = "名称|品名|物品|设备$|书名|题名|作品|标的|物资|货物|项目$|内容$"
QUANTITY: Final = "数量|册数|台数|件数|数目|套数|本数|^数$"
MONEY: Final = r"^(?!.*单).*(?:金额|总价|小计|合计|价值|总值|总计|总额)"
COLUMNS: Final = {
    "no": "^序号$|^编号$|^序$|^项次$|^No",
    "name": NAME,
    "quantity": QUANTITY,
    "unit": "^单位$|计量单位",
    "price": "单价|单位价值|定价|单件",
    "total": MONEY,
}
_GIVEN: Final = r"(?:捐赠|赠送|赠与|捐出|捐献)(?!(?:协议|人|方|款|物|证书|票据|财产))"
_MONEY_NAMES: Final = "人民币|现金|捐款|资金|证书|协议|票据|人员|学生|名额"
_COUNTED: Final = re.compile(
    rf"(?P<before>[\u4e00-\u9fffA-Za-z·“”\-]{{2,24}}?)(?<!捐赠)(?<!赠送)(?<!赠与)\s*(?:\([^()"
    rf"]*\))?(?:共计|共|计|,)?\s*(?P<count>{_COUNT})\s*"
    rf"(?P<unit>{UNITS})(?![\u4e00-\u9fff]*奖)"
    rf"|(?P<first>{_COUNT})\s*(?P<of>{UNITS})\s*(?P<behind>[\u4e00-\u9fff]{{2,10}}?)"
    rf"(?=[,、(和及与]|捐|$)"
)
_LEADS: Final = (
    "^.*(?:捐赠|赠送|赠与|捐出|捐献|将|的|其|给|下列|以下|价值|及|和|与|、|乙方|受赠[人方]|包括|"
    "全新)"
)
_PRICED: Final = re.compile(
    rf"(?:^|"
    rf"[。;,:、)])\s*(?:(?P<no>{NUMERAL})[、.)]\s*)?(?P<name>[^。;,:0-9]{{2,30}}?)"
    rf"[,:(]?\s*(?:数量|共)?[:]?\s*"
    rf"(?P<quantity>{_COUNT})\s*(?P<unit>{UNITS})[),]?\s*(?:每.)?(?:单价|@)(?:为|人民币|:|￥|"
    rf"¥)*(?P<price>[0-9][0-9,.]*万?)元?"
    r"(?:[,)]*\s*(?:小计|合计|金额|共计|总价|价值|计)(?:为|人民币|:|￥|"
    r"¥)*(?P<total>[0-9][0-9,.]*万?)元?)?"
)
