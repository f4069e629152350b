"""Which rows and columns are hidden in a workbook from before 2007 (.xls, .et)."""

from __future__ import annotations

import struct
from collections.abc import Iterator

OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def marks_of(data: bytes) -> dict[str, tuple[frozenset[int], frozenset[int]]] | None:
    """Hidden rows (from 1) and columns (from 0) by the title of the sheet; None if damaged.

    Source of the records: MS-XLS 2.4.28 (BoundSheet8), 2.4.53 (ColInfo), 2.4.221 (Row); of the
    file around them: MS-CFB 2.2 to 2.6. Workbooks before Excel 97 are not told.
    """
    try:
        stream = _stream(data)
        return None if stream is None else dict(_sheets(stream))
    except (struct.error, IndexError, UnicodeDecodeError):
        return None


def _sheets(stream: bytes) -> Iterator[tuple[str, tuple[frozenset[int], frozenset[int]]]]:
    for record, at, _ in _records(stream, 0):
        if record == _BOUND_SHEET:
            (place,) = struct.unpack_from("<I", stream, at)
            letters, wide = stream[at + 6], stream[at + 7] & 1
            name = stream[at + 8 : at + 8 + letters * (1 + wide)]
            yield name.decode("utf-16-le" if wide else "latin-1"), _hidden(stream, place)


def _hidden(stream: bytes, place: int) -> tuple[frozenset[int], frozenset[int]]:
    rows: set[int] = set()
    columns: set[int] = set()
    for record, at, _ in _records(stream, place):
        if record == _ROW and stream[at + 12] & _ROW_HIDDEN:
            rows.add(struct.unpack_from("<H", stream, at)[0] + 1)
        elif record == _COLUMNS and stream[at + 8] & _COLUMN_HIDDEN:
            first, last = struct.unpack_from("<HH", stream, at)
            columns |= set(range(first, last + 1))
    return frozenset(rows), frozenset(columns)


def _records(stream: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """The records of one sheet, or of the workbook's own part, without those of its charts."""
    depth = 0
    while at + 4 <= len(stream):
        record, length = struct.unpack_from("<HH", stream, at)
        depth += (record == _BEGIN) - (record == _END)
        if depth == 0:
            return
        if depth == 1:
            yield record, at + 4, length
        at += 4 + length


def _stream(data: bytes) -> bytes | None:
    """The bytes of the stream Workbook, along the chain of its sectors."""
    size = 1 << struct.unpack_from("<H", data, 30)[0]
    if size not in (512, 4096):
        return None
    table = _table(data, size)
    (first,) = struct.unpack_from("<I", data, 48)
    directory = _chain(data, size, table, first)
    for at in range(0, len(directory) - 127, 128):
        name = directory[at : at + struct.unpack_from("<H", directory, at + 64)[0]]
        start, length = struct.unpack_from("<II", directory, at + 116)
        if name == _WORKBOOK and length >= _SMALL:
            return _chain(data, size, table, start)[:length]
    return None


def _table(data: bytes, size: int) -> list[int]:
    """Which sector follows each."""
    listed = list(struct.unpack_from("<109I", data, 76))
    more, _ = struct.unpack_from("<II", data, 68)
    seen: set[int] = set()
    while more < _LAST and more not in seen:
        seen.add(more)
        sector = _sector(data, size, more)
        *numbers, more = struct.unpack_from(f"<{size // 4}I", sector)
        listed += numbers
    table: list[int] = []
    for number in listed:
        if number < _LAST:
            table += struct.unpack_from(f"<{size // 4}I", _sector(data, size, number))
    return table


def _chain(data: bytes, size: int, table: list[int], number: int) -> bytes:
    sectors: list[bytes] = []
    while number < _LAST and len(sectors) <= len(table):
        sectors.append(_sector(data, size, number))
        number = table[number]
    return b"".join(sectors)


def _sector(data: bytes, size: int, number: int) -> bytes:
    return data[(number + 1) * size : (number + 2) * size]


_WORKBOOK = "Workbook\0".encode("utf-16-le")
_SMALL = 4096
"""Shorter streams lie elsewhere; a workbook never is."""
_LAST = 0xFFFFFFFA
_BEGIN, _END = 0x0809, 0x000A
_BOUND_SHEET, _ROW, _COLUMNS = 0x0085, 0x0208, 0x007D
_ROW_HIDDEN, _COLUMN_HIDDEN = 0x20, 0x01
