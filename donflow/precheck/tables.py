"""Tables of a paper: Word's cells, box-drawn ones, and columns set apart by blanks or tabs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from unicodedata import east_asian_width

from donflow.precheck.paper import Line, Paper, Span


@dataclass(frozen=True)
class Cell:
    """The text of a cell without outer blanks, and where it stands."""

    text: str
    at: Span


@dataclass(frozen=True)
class Table:
    """Rows from the heading on; each has as many cells as its line shows."""

    rows: tuple[tuple[Cell, ...], ...]

    @property
    def heading(self) -> tuple[str, ...]:
        """The first row, blanks taken out: 单 价（元） as 单价（元）."""
        return tuple(re.sub(r"\s", "", cell.text) for cell in self.rows[0])

    def column(self, pattern: str) -> int | None:
        """The first column whose heading fits the pattern."""
        fits = (index for index, text in enumerate(self.heading) if re.search(pattern, text))
        return next(fits, None)


def tables(paper: Paper) -> tuple[Table, ...]:
    """Every table of a paper in reading order."""
    return tuple(_tables(paper))


def total_row(row: tuple[Cell, ...]) -> bool:
    """Whether a row sums up the rows above it."""
    said = "".join(re.sub(r"\s", "", cell.text) for cell in row[:2])
    return (
        re.match(r"[（(]?(?:合计|总计|共计|总额|总价|小计|累计|总金额|总数|合\s*计|Total)", said)
        is not None
    )


def _tables(paper: Paper) -> Iterator[Table]:
    rows: list[tuple[Cell, ...]] = []
    kind = ""
    for line in paper.lines:
        found, cells = _cells(line, kind)
        if found == "rule":
            continue
        if rows and (found != kind or (found and _is_heading(cells))):
            yield from _table(rows)
            rows = []
        kind = found
        if found:
            heading = paper.by_number[rows[0][0].at.line] if rows else line
            is_set = bool(rows) and found == "columns"
            rows.append(_below(heading, rows[0], line, cells) if is_set else cells)
    if rows:
        yield from _table(rows)


def _is_heading(cells: tuple[Cell, ...]) -> bool:
    """Whether a row begins another table: columns' names, and no number."""
    headed = sum(bool(re.search(_HEADING, re.sub(r"\s", "", cell.text))) for cell in cells)
    return headed > 2 and not any(re.search("[0-9]", cell.text) for cell in cells)


def _below(
    heading: Line, names: tuple[Cell, ...], line: Line, cells: tuple[Cell, ...]
) -> tuple[Cell, ...]:
    """A row of set columns with a cell for each heading: of an empty one only blanks are seen."""
    if len(cells) >= len(names):
        return cells
    tops = [_place(heading, cell) for cell in names]
    placed = [Cell("", Span(line.number, 0, 0))] * len(names)
    first = 0
    for index, cell in enumerate(cells):
        start, end = _place(line, cell)
        # As many columns must stay free as cells are still to come.
        free = range(first, len(names) - len(cells) + index + 1)
        costs = {at: min(abs(tops[at][0] - start), abs(tops[at][1] - end)) for at in free}
        column = min(costs, key=lambda at: costs[at])
        placed[column], first = cell, column + 1
    return tuple(placed)


def _place(line: Line, cell: Cell) -> tuple[int, int]:
    """Where a cell begins and ends on paper, a Chinese character being two places wide."""
    wide = [1 + (east_asian_width(each) in "WF") for each in line.text]
    return sum(wide[: cell.at.start]), sum(wide[: cell.at.end])


def _table(rows: list[tuple[Cell, ...]]) -> Iterator[Table]:
    if len(rows) > 1:
        yield Table(tuple(rows))


def _cells(line: Line, kind: str) -> tuple[str, tuple[Cell, ...]]:
    """The way in which a line shows columns (empty: none), and its cells."""
    text = line.text
    if line.cells:
        return "cells", _found(line, line.cells)
    if re.fullmatch(r"[\s┌┬┐├┼┤└┴┘─━┏┳┓┣╋┫┗┻┛═╔╦╗╠╬╣╚╩╝+\-|=:]+", text) and re.search(
        "[─━═+-]", text
    ):
        return "rule", ()
    if re.search("[│┃║|｜]", text) and len(re.findall("[│┃║|｜]", text)) >= 2:
        bare = text.strip()
        parts = re.split("[│┃║|｜]", bare)
        parts = parts[1:] if not parts[0].strip() else parts
        parts = parts[:-1] if not parts[-1].strip() else parts
        return "box", _found(line, parts)
    parts = [
        part for part in re.split(r"\t+|[ \u3000]{2,}|(?<=\S)\u3000(?=\S)", text.strip()) if part
    ]
    if kind == "columns":
        return ("columns", _found(line, parts)) if len(parts) > 1 else ("", ())
    headed = sum(bool(re.search(_HEADING, part)) for part in parts)
    is_heading = headed > 1 and (len(parts) > 2 or headed == len(parts))
    if is_heading and not re.search("[：:。；]", text):
        return "columns", _found(line, parts)
    return "", ()


def _found(line: Line, parts: tuple[str, ...] | list[str]) -> tuple[Cell, ...]:
    cells, place = [], 0
    for part in parts:
        text = part.strip()
        start = line.text.find(text, place)
        start = place if start < 0 else start
        place = start + len(text)
        cells.append(Cell(text, Span(line.number, start, min(place, len(line.text)))))
    return tuple(cells)


_HEADING: Final = (
    r"^(?:序号|编号|名称|.{0,6}名称|数量|单位|单价|单价[（(].*|金额.*|总价.*|价值.*|合计.*|"
    r"小计.*|型号|规格.*|姓名|.{0,4}金额"
    r"|期次|期数|期|批次|时间|日期|.{0,4}时间|.{0,4}日期|年度|比例|备注|项目|用途|学院|年级|班级|"
    r"册数|单位[（(].*)$"
)
