"""Lists of things and of people: their sums, their numbers, and what is told of them elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from donflow.domain.halfwidth import halfwidth
from donflow.errors import N_, say
from donflow.precheck.clauses import found
from donflow.precheck.draft import Draft
from donflow.precheck.facts import Item
from donflow.precheck.facts_amounts import stated_total
from donflow.precheck.facts_instalments import instalments_of_table
from donflow.precheck.facts_items import (
    QUANTITY,
    cell_sum,
    columns_of,
    item_tables,
    items_of_table,
    money_column,
    row_value,
)
from donflow.precheck.findings import Finding, Severity
from donflow.precheck.numerals import whole_number
from donflow.precheck.paper import Span
from donflow.precheck.rules.amounts import sum_in_figures
from donflow.precheck.sums import is_english
from donflow.precheck.tables import Cell, Table, tables, total_row


def rule(draft: Draft) -> Iterator[Finding]:
    """All lists of the paper."""
    for table in tables(draft.paper):
        yield from _rows(draft, table)
        yield from _total(draft, table)
        yield from _total_quantity(draft, table)
    yield from _priced_sentences(draft)


def _rows(draft: Draft, table: Table) -> Iterator[Finding]:
    """Quantity times unit price."""
    columns = columns_of(table)
    column = columns["total"]
    if None in (column, columns["quantity"], columns["price"]) or column is None:
        return
    for row in table.rows[1:]:
        items = list(items_of_table(Table((table.rows[0], row))))
        if not items or column >= len(row):
            continue
        right = row_value(items[0])
        if items[0].total is not None and right is not None and items[0].total != right:
            yield _wrong_sum(draft, row[column].at, right)


def _total(draft: Draft, table: Table) -> Iterator[Finding]:
    """The row of totals, where each row alone is right or wrong the same way."""
    column, stated = money_column(table), stated_total(table)
    if column is None or stated is None or instalments_of_table(table, None):
        return
    rows = [row for row in table.rows[1:] if not total_row(row) and column < len(row)]
    written = [cell_sum(table.heading[column], row[column]) for row in rows]
    values = [value for value in written if value is not None]
    if len(values) < 2 or len(values) < len([row for row in rows if row[column].text]):
        return
    computed = [row_value(item) for item in items_of_table(table)]
    known = [value for value in computed if value is not None]
    right = {sum(values, Decimal(0))}
    if known and len(known) == len(computed):
        right.add(sum(known, Decimal(0)))
    if stated.value not in right:
        yield _wrong_sum(draft, stated.at, sum(values, Decimal(0)))


def _total_quantity(draft: Draft, table: Table) -> Iterator[Finding]:
    """The number in the row of totals below the quantities."""
    column = table.column(QUANTITY)
    if column is None:
        return
    counts = [each.quantity for each in items_of_table(table)]
    for row in table.rows[1:]:
        if not total_row(row) or len(row) != len(table.rows[0]):
            continue
        stated = whole_number(re.sub(r"\D+$", "", row[column].text) or "-")
        known = [count for count in counts if count is not None]
        if stated is not None and known and len(known) == len(counts) and sum(known) != stated:
            at = row[column].at
            yield found(
                "list_total_mismatch",
                Severity.ERROR,
                draft.paper.by_number[at.line],
                (at.start, at.end),
                say(N_("The rows come to {sum}."), sum=sum(known)),
            )


def _priced_sentences(draft: Draft) -> Iterator[Finding]:
    """桌面式眼动仪4台，单价86,000元，计344,000元."""
    if item_tables(draft.paper):
        return
    items = draft.facts.items
    for item in items:
        right = row_value(item)
        if item.total is not None and right is not None and item.total != right:
            yield _wrong_sum(draft, item.at, right)
    amount = draft.facts.amount
    values = [row_value(item) for item in items]
    known = [value for value in values if value is not None]
    total = sum(known, Decimal(0))
    if not amount or not amount.figures_at or len(known) < 2 or len(known) < len(items):
        return
    at = amount.figures_at
    if any(one.at.line == at.line and one.at.start <= at.start < one.at.end for one in items):
        return
    # The sum of what is stated may be meant where a row alone is wrong.
    stated = sum(
        (item.total or value for item, value in zip(items, known, strict=True)), Decimal(0)
    )
    if amount.figures not in (None, total, stated) and _sums_up(draft, items):
        yield _wrong_sum(draft, amount.figures_at, total)


def _sums_up(draft: Draft, items: Sequence[Item]) -> bool:
    """Whether the total follows the items and says that it is their sum."""
    amount = draft.facts.amount
    if amount is None or amount.figures_at is None:
        return False
    text = halfwidth(draft.paper.by_number[amount.figures_at.line].text)
    return (
        re.search("合计|共计|总计|总价值|总额", text[: amount.figures_at.start][-40:]) is not None
    )


def _wrong_sum(draft: Draft, at: Span, right: Decimal) -> Finding:
    return found(
        "list_total_mismatch",
        Severity.ERROR,
        draft.paper.by_number[at.line],
        (at.start, at.end),
        say(N_("It comes to {sum}."), sum=sum_in_figures(right)),
    )


def cells_of_names(table: Table) -> tuple[Cell, ...]:
    """The cells that hold a list's names of people."""
    column = table.column("^姓名|^捐赠人$|^捐赠人姓名|^校友|^名单")
    if column is None:
        return ()
    rows = (row for row in table.rows[1:] if not total_row(row) and column < len(row))
    return tuple(row[column] for row in rows if row[column].text)


def counted_rows(draft: Draft) -> tuple[int, ...]:
    """How many rows each list of things has."""
    return tuple(len(list(items_of_table(table))) for table in item_tables(draft.paper))


def chinese_lines(draft: Draft) -> tuple[tuple[int, str], ...]:
    """Line numbers and half-width texts outside the signature blocks and tables."""
    in_tables = {
        cell.at.line for table in tables(draft.paper) for row in table.rows for cell in row
    }
    return tuple(
        (line.number, halfwidth(line.text))
        for line in draft.paper.lines
        if line.number not in draft.anatomy.signing
        and line.number not in in_tables
        and not is_english(line.text)
    )
