"""The Chinese side of a paper that stands in two columns of two languages."""

from __future__ import annotations

import re
from dataclasses import replace

from donflow.precheck.paper import Line, Paper


def chinese_side(paper: Paper) -> Paper:
    """The paper with the English cells beside Chinese ones blank, every character in its place."""
    lines = tuple(_chinese(line) if len(line.cells) > 1 else line for line in paper.lines)
    return paper if lines == paper.lines else replace(paper, lines=lines)


def _chinese(line: Line) -> Line:
    foreign = [_is_sentence(cell) for cell in line.cells]
    if not any(foreign) or all(foreign):
        return line
    cells = tuple(
        " " * len(cell) if is_foreign else cell
        for cell, is_foreign in zip(line.cells, foreign, strict=True)
    )
    told = "\t".join(cells)
    return replace(line, text=told, cells=cells) if len(told) == len(line.text) else line


def _is_sentence(words: str) -> bool:
    """Whether a cell is told in English: words in a row, hardly a Chinese character."""
    if re.search(r"[A-Za-z]{2,}[ ,]+[A-Za-z]{2,}", words) is None:
        return False
    return len(re.findall(r"[A-Za-z]", words)) > 6 * len(re.findall(r"[\u4e00-\u9fff]", words))
