"""Takes a sheet apart into tables of people: headers, groups, lines, and all that is left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from types import MappingProxyType
from typing import Final

from donflow.errors import N_, say
from donflow.roster.reading.columns import Asked, Block, choose
from donflow.roster.reading.context import under
from donflow.roster.reading.header_words import HeaderWords
from donflow.roster.reading.heading import Across, Heading, first_heading, heading_at, is_same
from donflow.roster.reading.joining import fill
from donflow.roster.reading.row_kinds import (
    ABOVE,
    HEADER,
    HEADER_AGAIN,
    NO_NAMES,
    REASONS,
    TITLE,
    RowKind,
    is_plain_person,
    is_title,
    kind_of,
)
from donflow.roster.reading.rows import ColumnGuess, LeftRow
from donflow.roster.reading.table import Known, Line, SheetTables, Table
from donflow.roster.reading.turning import in_one_line, is_form, upright
from donflow.sheets.reading import Cell, Sheet, Visibility

EMPTY: Final = say(N_("The sheet is empty."))
NO_LIST: Final = say(N_("No column of this sheet holds names of people."))
FORM: Final = say(N_("The sheet is one person's form, and no list."))
WIDEST: Final = 400
"""So many columns are looked at; a list has far fewer, and one laid on its side holds a class."""
TOO_WIDE: Final = say(
    N_("Something stands right of column {last}; no list is so wide."), last=WIDEST
)
NO_PEOPLE: Final = say(N_("There is a header for people, and nobody under it."))


def tables_of(
    sheet: Sheet,
    words: HeaderWords,
    known: Known = MappingProxyType({}),
    *,
    hidden_columns: bool = False,
) -> SheetTables:
    """The tables of one sheet, with every row either a line or left and told; blank ones are not.

    `known` are headers that a person has answered for. Hidden rows are people like others,
    marked: a filter that was left on hides rows, and nobody means to forget those. Hidden columns
    are left unless `hidden_columns` asks for them: people hide a column of old numbers when they
    add one of new ones. A hidden sheet is read and marked.
    """
    rows = list(sheet.rows())
    hidden = sheet.visibility is not Visibility.VISIBLE
    if any(len(row) > WIDEST for row in rows[:1]):
        if any(cell != "" for row in rows for cell in row[WIDEST:]):
            return SheetTables(sheet.title, hidden, (), (), (), TOO_WIDE)
        rows = [row[:WIDEST] for row in rows]
    across = _unmerge(sheet, rows)
    if not any(cell != "" for row in rows for cell in row):
        return SheetTables(sheet.title, hidden, (), (), (), EMPTY)
    asked = Asked(words.answered(known), sheet.hidden_columns, hidden_columns)
    turned = upright(rows, asked.words)
    if turned is not None:
        rows, across, asked = turned, {}, Asked(asked.words, frozenset(), hidden_columns)
    else:
        rows = in_one_line(rows, asked.words) or rows
    taken = _Taken(sheet, rows, across, asked)
    taken.read()
    columns = tuple(taken.columns)
    if not taken.tables:
        if is_form(rows, asked.words):
            return SheetTables(sheet.title, hidden, (), (), (), FORM)
        why = NO_PEOPLE if taken.has_names else NO_LIST
        return SheetTables(sheet.title, hidden, (), columns, (), why)
    left = tuple(sorted(taken.left, key=lambda one: one.number))
    return SheetTables(sheet.title, hidden, tuple(taken.tables), columns, left)


def _unmerge(sheet: Sheet, rows: list[list[Cell]]) -> Across:
    """Give cells merged downwards their value in every row; tell which are merged sideways.

    A row that says nothing else stays blank.
    """
    across: dict[int, list[tuple[int, int]]] = {}
    blank = {at for at, row in enumerate(rows) if not any(cell != "" for cell in row)}
    for merged in sheet.merged:
        top, left = merged.first_row - 1, merged.first_column
        wide = merged.last_column - left + 1
        if top >= len(rows) or left >= len(rows[top]):
            continue
        if wide > 1:
            last = min(merged.last_column, len(rows[top]) - 1)
            across.setdefault(top, []).append((left, last))
        if wide <= _WIDEST_CELL:
            for at in range(top + 1, min(merged.last_row, len(rows))):
                if at not in blank:
                    rows[at][left] = rows[top][left]
    return across


@dataclass
class _Taken:
    """What has been read of a sheet so far; `stack` are the titles and groups that hold."""

    sheet: Sheet
    rows: list[list[Cell]]
    across: Across
    asked: Asked
    tables: list[Table] = field(default_factory=list)
    columns: list[ColumnGuess] = field(default_factory=list)
    left: list[LeftRow] = field(default_factory=list)
    stack: tuple[str, ...] = ()
    fresh: list[list[str]] = field(default_factory=list)
    placed: list[tuple[int, str]] = field(default_factory=list)
    has_names: bool = False

    def read(self) -> None:
        """All tables, from the first header on."""
        heading: Heading | None = first_heading(self.rows, self.across, self.asked.words)
        if heading is not None:
            self._titles(heading.first)
        while heading is not None:
            told = range(heading.first, heading.last + 1)
            self.left += [LeftRow(at + 1, HEADER) for at in told]
            below = self.rows[heading.last + 1 : heading.last + 1 + _LOOKED_AT]
            guesses, blocks = choose(heading, below, self.asked)
            if not told and len([one for one in guesses if one.column]) < _RECOGNISED:
                return
            self.columns += [one for one in guesses if one not in self.columns]
            self.has_names = self.has_names or bool(blocks)
            heading = self._table(heading, blocks)

    def _titles(self, stop: int) -> None:
        for at, row in enumerate(self.rows[:stop]):
            texts = [" ".join(str(cell).split()) for cell in row if cell != ""]
            if not texts:
                continue
            if len(set(texts)) < _MANY and all(map(is_title, texts)):
                self.fresh.append(list(dict.fromkeys(texts)))
                if len(set(texts)) > 1:
                    self.placed += [
                        (place, " ".join(str(cell).split()))
                        for place, cell in enumerate(row)
                        if cell != ""
                    ]
                self.left.append(LeftRow(at + 1, TITLE))
            else:
                many = len(set(texts)) >= _MANY
                self.left.append(LeftRow(at + 1, ABOVE if many else REASONS[RowKind.NOTE]))

    def _table(self, heading: Heading, blocks: Sequence[Block]) -> Heading | None:
        """The lines down to a different header, which is given back; None at the end."""
        own = [self._over(block, blocks) for block in blocks]
        if len(blocks) > 1:
            self.fresh = [texts for texts in self.fresh if len(texts) == 1]
        self._settle()
        headings: tuple[str, ...] = self.stack
        groups: tuple[str, ...] = ()
        held = self.stack
        lines: list[list[Line]] = [[] for _ in blocks]
        words, hidden = self.asked.words, self.sheet.hidden_rows
        previous: list[Cell] | None = None
        at, following = heading.last + 1, None
        while at < len(self.rows):
            row = self.rows[at]
            at += 1
            if previous is not None and not _DITTO.isdisjoint(row):
                row[:] = [
                    over if cell in _DITTO else cell
                    for cell, over in zip(row, previous, strict=True)
                ]
            found = [is_plain_person(row, one.name_at, one.others, words) for one in blocks]
            if not any(found):
                again = heading_at(self.rows, at - 1, self.across, words)
                if again is not None and again.first == at - 1:
                    if not is_same(again, heading):
                        following = again
                        break
                    told = range(again.first, again.last + 1)
                    self.left += [LeftRow(one + 1, HEADER_AGAIN) for one in told]
                    at = again.last + 1
                    continue
            if heading.joins:
                fill(row, heading.joins)
                found = [is_plain_person(row, one.name_at, one.others, words) for one in blocks]
            if not all(found) or not found:
                found = self._slowly(at, row, blocks, found)
            if not any(found):
                continue
            if self.fresh or self.stack is not held:
                self._settle()
                held = self.stack
                if self.stack[: len(headings)] != headings:
                    self._close(blocks, lines, headings, own)
                    lines = [[] for _ in blocks]
                    headings = _shared(headings, self.stack)
                groups = self.stack[len(headings) :]
            line = Line(at, row, groups, at in hidden)
            for into, is_person in zip(lines, found, strict=True):
                if is_person:
                    into.append(line)
            previous = row
        self._close(blocks, lines, headings, own)
        return following

    def _slowly(
        self, number: int, row: list[Cell], blocks: Sequence[Block], plain: list[bool]
    ) -> list[bool]:
        """Which blocks have a person in a row that is no header; without any it is left."""
        merged = bool(self.across.get(number - 1))
        kinds = [
            RowKind.PERSON
            if already
            else kind_of(row, one.name_at, one.fields, self.asked.words, merged=merged)
            for already, one in zip(plain, blocks, strict=True)
        ]
        if not kinds and any(cell != "" for cell in row):
            self.left.append(LeftRow(number, NO_NAMES))
        if RowKind.PERSON in kinds or not kinds:
            return [kind is RowKind.PERSON for kind in kinds]
        kind = next((one for one in kinds if one is not RowKind.BLANK), RowKind.BLANK)
        if kind is RowKind.GROUP:
            texts = [str(cell).strip() for cell in row if cell != ""]
            self.fresh.append(texts)
            if len(blocks) > 1 and not merged:
                # It may hold for one of the tables side by side only: say nothing of any.
                self.fresh, self.stack = [], ()
        if kind is not RowKind.BLANK:
            self.left.append(LeftRow(number, REASONS[kind]))
        return [False] * len(kinds)

    def _settle(self) -> None:
        """Let the titles and groups since the last line hold."""
        if self.fresh:
            self.stack = under(self.stack, [" ".join(texts) for texts in self.fresh])
            self.fresh = []

    def _over(self, block: Block, blocks: Sequence[Block]) -> tuple[str, ...]:
        """The title over one of the tables side by side alone."""
        if len(blocks) == 1:
            return ()
        first = min(at for at in block.fields)
        past = min((min(one.fields) for one in blocks if min(one.fields) > first), default=None)
        titles = [text for at, text in self.placed if first <= at and (past is None or at < past)]
        return (block.heading,) if block.heading else tuple(titles[-1:])

    def _close(
        self,
        blocks: Sequence[Block],
        lines: list[list[Line]],
        headings: tuple[str, ...],
        own: Sequence[tuple[str, ...]],
    ) -> None:
        beside = zip(blocks, lines, own, strict=True)
        for number, (block, into, over) in enumerate(beside, start=1):
            if into:
                self.tables.append(Table(block.columns, tuple(into), headings + over, number))


def _shared(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    alike = takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    return tuple(text for text, _ in alike)


_WIDEST_CELL: Final = 2
"""Wider ones that reach over several rows are titles."""
_LOOKED_AT: Final = 1_000
_MANY: Final = 4
_RECOGNISED: Final = 2
_DITTO: Final = frozenset(
    {
        "″",
        "〃",
        "同上",
        "同 上",
        "'",
        '"',
        "“",
        "”",
        "''",
        "〞",
        "〝",
        "′′",
        "＂",
        "“ ”",
        "“”",
        "--〃--",
        "…″…",
    }
    | {"-〃-", "同前", "々", "仝上", "仝", "〃 ", " 〃"}
)
