"""What each column of a table is: by its header, else by the look of its cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from donflow.errors import N_, Sentence, say
from donflow.roster.reading import guessing
from donflow.roster.reading.header_words import HeaderWords, normal
from donflow.roster.reading.headers import ending_of
from donflow.roster.reading.heading import NAMES, Heading
from donflow.roster.reading.rows import ColumnGuess
from donflow.roster.reading.table import Field, TableColumn, columns_of
from donflow.sheets.reading import Cell


@dataclass(frozen=True, slots=True)
class Asked:
    """What governs the choice: the list of headers, and the hidden columns, if asked for."""

    words: HeaderWords
    hidden: frozenset[int]
    take_hidden: bool


@dataclass(frozen=True, slots=True)
class Block:
    """One of the tables that stand side by side under a header; a sheet has mostly one."""

    columns: tuple[TableColumn, ...]
    name_at: int
    fields: dict[int, Field]
    others: tuple[int, ...]


def choose(
    heading: Heading, below: Sequence[Sequence[Cell]], asked: Asked
) -> tuple[tuple[ColumnGuess, ...], tuple[Block, ...]]:
    """Every column's guess, and the blocks to read; no block where no column holds names.

    A hidden column is left and told unless asked for: offices hide columns of old numbers. One
    of names is read all the same, for without it the sheet has no people. A guess adds something:
    a second column of sexes is somebody else's; a second one of names is asked about.
    """
    named = bool(set(heading.fields.values()) & NAMES)
    taken = set(heading.fields.values())
    guesses: list[ColumnGuess] = []
    fields: dict[int, Field] = {}
    joined = {at: join.field for join in heading.joins for at in join.places if at != min(join.places)}
    for at, parts in enumerate(heading.parts):
        cells = [row[at] for row in below]
        said = guessing.sample(cells)
        if not parts and not said:
            continue
        if at in joined:
            column, *_ = columns_of(joined[at])
            guesses.append(ColumnGuess(at, " ".join(parts), column, True, at in asked.hidden))
            continue
        field, sure, reason = _field(heading, at, said)
        if _may_be_employer(heading, at) and guessing.field_of(cells) is Field.EMPLOYER:
            field = None if taken & _EMPLOYERS else Field.EMPLOYER
        if field is None and not sure:
            field = guessing.field_of(cells)
            ending = ending_of(parts[-1], asked.words) if parts else None
            if field is not None and ending is not None and field is ending.field:
                sure = True
            if field is Field.NAME and named:
                field, reason = None, NAMES_AGAIN
            elif field in taken and field not in _SEVERAL:
                field = None
            sure = sure or (field is None and reason is None)
            named = named or field is Field.NAME
            if field is None and sure and not parts:
                # What stands beside a list without a header is a remark, read for a death only.
                field = Field.REMARK
        if field is not None:
            taken.add(field)
        is_beside = field is Field.REMARK and not parts
        if at in asked.hidden and not asked.take_hidden and field not in NAMES:
            field, sure, reason = None, True, HIDDEN
        if field is not None:
            fields[at] = field
        column, *also = columns_of(field) if field is not None and not is_beside else (None,)
        header = " ".join(parts)
        guesses.append(
            ColumnGuess(at, header, column, sure, at in asked.hidden, tuple(also), reason)
        )
    headers = {guess.position: guess.header for guess in guesses}
    return tuple(guesses), tuple(_blocks(fields, headers))


def _field(
    heading: Heading, at: int, said: Sequence[str]
) -> tuple[Field | None, bool, Sentence | None]:
    """By the header; an identity number is never taken, whatever stands above it."""
    meaning = heading.meanings[at]
    if guessing.is_identity(said) or (meaning is not None and meaning.never):
        return None, True, NEVER_TAKEN
    return (None, False, None) if meaning is None else (meaning.field, True, None)


def _may_be_employer(heading: Heading, at: int) -> bool:
    """部门 is a part of the employer, unless it is what the list calls an employer."""
    parts = heading.parts[at]
    return bool(parts) and normal(parts[-1]) in _DEPARTMENTS


def _blocks(fields: dict[int, Field], headers: dict[int, str]) -> Iterator[Block]:
    """The tables side by side: each begins anew with the same header at its names."""
    names = [at for at, field in sorted(fields.items()) if field in NAMES]
    if not names:
        return
    starts = [names[0], *(at for at in names[1:] if headers[at] == headers[names[0]])]
    repeats = all(_shape(fields, at) == _shape(fields, names[0]) for at in starts[1:])
    if len(starts) == 1 or not repeats:
        yield _block(fields, headers, names[0])
        return
    lead = names[0] - min(fields)
    for start, end in zip(starts, [*starts[1:], None], strict=True):
        first, past = start - lead, None if end is None else end - lead
        inside = {
            at: field for at, field in fields.items() if at >= first and (past is None or at < past)
        }
        yield _block(inside, headers, start)


def _shape(fields: dict[int, Field], at: int) -> Field | None:
    """What stands right of a column of names, over one that is left."""
    return next((fields[place] for place in (at + 1, at + 2) if place in fields), None)


def _block(fields: dict[int, Field], headers: dict[int, str], name_at: int) -> Block:
    columns = tuple(TableColumn(at, headers[at], field) for at, field in sorted(fields.items()))
    return Block(columns, name_at, fields, tuple(at for at in fields if at != name_at))


NEVER_TAKEN: Final = say(N_("Numbers of papers and accounts are not taken in."))
NAMES_AGAIN: Final = say(N_("It is a second column of names."))
HIDDEN: Final = say(N_("The column is hidden."))
_DEPARTMENTS: Final = ("部门", "工作部门", "所在部门", "现工作部门")
_EMPLOYERS: Final = frozenset({Field.EMPLOYER, Field.WORK})
_SEVERAL: Final = frozenset({Field.PHONE, Field.EMAIL, Field.WECHAT})
