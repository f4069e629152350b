"""Which rows and columns of a workbook its author hid: calamine reads the cells and not that."""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from xml.parsers import expat

Marks = dict[str, tuple[frozenset[int], frozenset[int]]]
"""Hidden rows (from 1) and columns (from 0) by the title of the sheet."""

MOST_PLACES = 60_000_000
"""Calamine holds a sheet as a full rectangle: this is some 2 GB."""


class TooWide(Exception):
    """The rectangle around the cells of a sheet is larger than MOST_PLACES."""


class NotPlain(Exception):
    """A part with a document type, which no spreadsheet program writes."""


def marks_of(data: bytes) -> Marks | None:
    """What is hidden in an .xlsx; None for any other kind of file, or a damaged one.

    The parts that list the sheets go through expat without document types, so no entity is
    expanded. Of the sheets themselves only the tags of columns and rows are looked at, by
    pattern: parsing them would take longer than reading every cell. Raises TooWide.
    """
    if not data.startswith(b"PK\x03\x04"):
        return None
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return {title: _hidden(archive.read(part)) for title, part in _sheets(archive)}
    except (*_DAMAGED, NotPlain):
        return None


def _sheets(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """The titles of the sheets with the names of their parts (ECMA-376-1, 18.2.19 and 18.2.20)."""
    targets = _relations(archive, "", "_rels/.rels").values()
    book = next((part for kind, part in targets if kind.endswith("/officeDocument")), "")
    folder, name = posixpath.split(book)
    parts = _relations(archive, folder, f"{folder}/_rels/{name}.rels")
    for tag, given in _tags(archive.read(book)):
        relation = next((value for key, value in given.items() if key.endswith(":id")), "")
        kind, part = parts.get(relation, ("", ""))
        if tag == "sheet" and kind.endswith("/worksheet"):
            yield given["name"], part


def _relations(archive: zipfile.ZipFile, folder: str, part: str) -> dict[str, tuple[str, str]]:
    return {
        given["Id"]: (given["Type"], posixpath.join("/", folder, given["Target"]).lstrip("/"))
        for tag, given in _tags(archive.read(part.lstrip("/")))
        if tag == "Relationship"
    }


def _tags(part: bytes) -> list[tuple[str, dict[str, str]]]:
    tags: list[tuple[str, dict[str, str]]] = []

    def start(name: str, given: dict[str, str]) -> None:
        tags.append((name.rpartition(":")[2], given))

    def doctype(*_: object) -> None:
        raise NotPlain

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = doctype
    parser.Parse(part, True)
    return tags


def _hidden(part: bytes) -> tuple[frozenset[int], frozenset[int]]:
    _measure(part)
    if b"hidden" not in part:
        return frozenset(), frozenset()
    columns: set[int] = set()
    for tag in _COLUMN.findall(part, 0, part.find(b"sheetData")):
        if _HIDDEN.search(tag):
            first, last = (int(one[1]) if (one := at.search(tag)) else 0 for at in _SPAN)
            columns |= set(range(first - 1, min(last, _MOST_COLUMNS)))
    rows = {
        int(number[1])
        for tag in _ROW.findall(part)
        if _HIDDEN.search(tag) and (number := _NUMBER.search(tag))
    }
    return frozenset(rows), frozenset(columns)


def _measure(part: bytes) -> None:
    """Look for a cell too far to the right for so many rows; mostly one quick search."""
    last = _NUMBER.search(part, max(part.rfind(b"row "), 0))
    rows = int(last[1]) if last else 0
    if rows * _MOST_COLUMNS <= MOST_PLACES:
        return
    first_letter = b"%c" % (ord("A") + min(max(MOST_PLACES // rows // 26 - 1, 0), 25))
    if re.search(rb' r="(?:[A-Z]{3}|[' + first_letter + rb"-Z][A-Z])\d", part) is None:
        return
    if rows * max(map(_column, set(_PLACE.findall(part)))) > MOST_PLACES:
        raise TooWide


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    expat.ExpatError,
    KeyError,
    EOFError,
    ValueError,
    NotImplementedError,
    RuntimeError,  # a member behind a password
)
_MOST_COLUMNS = 16_384
_COLUMN = re.compile(rb"<(?:\w+:)?col\s[^>]*>")
_ROW = re.compile(rb"<(?:\w+:)?row\s[^>]*hidden[^>]*>")
_HIDDEN = re.compile(rb"\bhidden\s*=\s*[\"'](?:1|true)[\"']")
_SPAN = re.compile(rb"\bmin\s*=\s*[\"'](\d+)"), re.compile(rb"\bmax\s*=\s*[\"'](\d+)")
_NUMBER = re.compile(rb"\br\s*=\s*[\"'](\d+)")
_PLACE = re.compile(rb" r=\"([A-Z]{1,3})\d")
