"""Tables as separated text (.csv, .tsv): read whatever parts the cells, written with commas."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from io import StringIO
from pathlib import PurePath

from donflow.domain.plain_text import decoded

_NAMED = frozenset({".csv", ".tsv", ".txt", ".tab"})
_WORKBOOKS = (b"PK\x03\x04", bytes.fromhex("d0cf11e0a1b11ae1"))
_SIGNS = ",\t;|，"
_LOOKED_AT = 50
_LETTERS_LOOKED_AT = 100_000
_QUOTED = re.compile(rf'(?m)(^|[{re.escape(_SIGNS)}])"(?:[^"]|"")*"')
_LONGEST_CELL = 131_072


class NoTable(Exception):
    """The text is a page of the web, or cells without an end."""


def is_separated(data: bytes, name: str) -> bool:
    """Whether a file goes as text: by its name, unless its bytes are those of a workbook."""
    return PurePath(name).suffix.lower() in _NAMED and not data.startswith(_WORKBOOKS)


def read(data: bytes) -> tuple[list[str], ...]:
    """Rows of equal length; cells stay text. Raises UnicodeDecodeError or NoTable."""
    text = decoded(data)
    if "\0" in text or re.match(r"\s*<", text):
        raise NoTable
    # Excel writes its separator into a first line of its own when asked to.
    told = re.match(r"sep=(.)\r?\n", text)
    if told:
        text = text[told.end() :]
    reader = csv.reader(StringIO(text, newline=""), delimiter=told[1] if told else _sign(text))
    try:
        rows = [[_plain(cell) if _MAY_BE_MARKED(cell) else cell for cell in row] for row in reader]
    except csv.Error:
        raise NoTable from None
    width = max(map(len, rows), default=0)
    if told:
        rows.insert(0, [])
    return tuple(row + [""] * (width - len(row)) for row in rows)


def write(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """The table as UTF-8 with its mark, each cell in quotation marks, lines ended as Excel does.

    What a spreadsheet would run as a formula gets a quote mark (') in front, which `read` takes
    away again: any text comes back as it was.
    """
    stream = StringIO(newline="")
    writer = csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    for row in (headers, *rows):
        writer.writerow([f"'{cell}" if _RUNS.match(cell) else cell for cell in row])
    return stream.getvalue().encode("utf-8-sig")


def _sign(text: str) -> str:
    """The sign that parts most of the first lines into the same number of cells, at least two."""
    lines = _QUOTED.sub(r"\1", text[:_LETTERS_LOOKED_AT]).splitlines()[:_LOOKED_AT]

    def weight(sign: str) -> tuple[int, int]:
        counts = [line.count(sign) for line in lines]
        usual = max(set(counts) - {0}, key=counts.count, default=0)
        return (counts.count(usual) if usual else 0, usual)

    return max(_SIGNS, key=weight)


def _plain(cell: str) -> str:
    """A formula that only keeps a number as text (="13800000000"), and what `write` marked."""
    if cell.startswith("'"):
        return cell[1:] if _RUNS.match(cell) else cell
    return _AS_TEXT.sub(r"\1", cell)


_AS_TEXT = re.compile(r'\A="?([^"]*)"?\Z')
# What begins so is run by one spreadsheet or another, also behind blanks or in wide signs; a quote
# mark in front counts too, so that marking can be undone without a doubt.
_RUNS = re.compile(r"[\s'\x00-\x1f\ufeff\u200b]*[=+\-@|%＝＋－＠\t\r\n\x00]")
_MAY_BE_MARKED = re.compile("^'|^=").match
csv.field_size_limit(_LONGEST_CELL)
