"""Tables of a paper: Word's cells, box-drawn ones, and columns set apart by blanks or tabs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
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


@lru_cache(maxsize=4)
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
        yield Table(tuple(_unfolded(rows)))


def _unfolded(rows: list[tuple[Cell, ...]]) -> Iterator[tuple[Cell, ...]]:
    """Rows one below the other of a list set two or three abreast: 姓名 金额 姓名 金额."""
    names = [re.sub(r"\s", "", cell.text) for cell in rows[0]]
    width = next(
        (
            len(names) // times
            for times in (2, 3, 4)
            if len(names) % times == 0
            and len(names) > times
            and names == names[: len(names) // times] * times
        ),
        len(names),
    )
    yield rows[0][:width]
    last: list[tuple[Cell, ...]] = []
    for row in rows[1:]:
        if width == len(names) or len(row) != len(names) or total_row(row):
            last.append(row)
            continue
        parts = [row[start : start + width] for start in range(0, len(names), width)]
        yield from (part for part in parts if any(cell.text for cell in part))
    yield from last


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
    parts = _columns(text)
    if kind == "columns":
        return ("columns", _found(line, parts)) if len(parts) > 1 else ("", ())
    headed = sum(bool(re.search(_HEADING, re.sub(r"\s", "", part))) for part in parts)
    is_heading = headed > 1 and (len(parts) > 2 or headed == len(parts))
    if is_heading and not re.search("[：:。；]", text):
        return "columns", _found(line, parts)
    return "", ()


def _columns(text: str) -> list[str]:
    """What tabs or wide blanks set apart; 姓　名 and 合  计 stay whole."""
    kept = re.sub(_SPACED, lambda read: re.sub(r"[ \u3000]", _GLUE, read[0]), text.strip())
    parts = re.split(r"\t+|[ \u3000]{2,}|(?<=\S)\u3000(?=\S)", kept)
    return [_unglued(text, part) for part in parts if part]


def _unglued(text: str, part: str) -> str:
    if _GLUE not in part:
        return part
    read = re.search(re.escape(part).replace(_GLUE, r"[ \u3000]"), text)
    return read[0] if read else part.replace(_GLUE, " ")


def _found(line: Line, parts: tuple[str, ...] | list[str]) -> tuple[Cell, ...]:
    cells, place = [], 0
    for part in parts:
        text = part.strip()
        start = line.text.find(text, place)
        start = place if start < 0 else start
        place = start + len(text)
        cells.append(Cell(text, Span(line.number, start, min(place, len(line.text)))))
    return tuple(cells)


_GLUE: Final = "\x00"
_SPACED: Final = (
    r"(?:姓[ \u3000]+名|金[ \u3000]+额|数[ \u3000]+量|单[ \u3000]+[价位]|"
    r"[合总共小][ \u3000]+[计价]|"
    r"名[ \u3000]+称|[序编][ \u3000]+号|备[ \u3000]+注|[品书][ \u3000]+名|规[ \u3000]+格|"
    r"型[ \u3000]+号|"
    r"期[ \u3000]+次|年[ \u3000]+级|班[ \u3000]+级|届[ \u3000]+别|时[ \u3000]+间|日[ \u3000]+期)"
    r"|(?<!\S)[\u4e00-\u9fff][ \u3000]{1,2}[\u4e00-\u9fff](?!\S)"
)
_HEADING: Final = (
    r"^(?:序号?|编号|项次|(?:名|品|书|题)[称名目]|.{0,6}名称|类别|品种|品类|种类|作品|设备|物品|数目|"
    r"(?:数量|册数|台数|件数|套数|本数)(?:[（(].*)?|单位|计量单位|单价|单价[（(].*|金额.*|总价.*|价值.*|"
    r"合计.*|小计.*|型号|规格.*|姓名(?:[（(].*)?|捐赠人|捐款人|.{0,4}金额(?:[（(].*)?|(?:估价|估值|作价|定价|码洋|"
    r"评估.{0,2}值?|.{0,3}价格|.{0,3}捐款额?|.{0,3}捐赠额|出资额|认捐额)(?:[（(].*)?|届别|届次|作者|版本|"
    r"出版社|品牌|期限|款项|阶段|笔次|笔|期次|期数|期|批次|时间|日期|.{0,4}时间|.{0,4}日期|.{0,4}期限|.{0,4}到账日|年度|年份|比例.*|备注|"
    r"项目|用途|学院|年级|班级|单位[（(].*)$"
)
