"""What each column of a table is: by its header, else by the look of its cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from donflow.errors import N_, Sentence, say
from donflow.roster.reading import guessing
from donflow.roster.reading.header_words import HeaderWords, normal
from donflow.roster.reading.headers import ending_of
from donflow.roster.reading.heading import NAMES, Heading
from donflow.roster.reading.rows import Column, ColumnGuess
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
    heading: str = ""
    """What stands above the headers of this block alone."""


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
    joined = {
        at: join.field for join in heading.joins for at in join.places if at != min(join.places)
    }
    for at, parts in enumerate(heading.parts):
        cells = [row[at] for row in below]
        said = guessing.sample(cells)
        if not parts and not said:
            continue
        if at in joined:
            whole = columns_of(joined[at])[0]
            guesses.append(ColumnGuess(at, " ".join(parts), whole, True, at in asked.hidden))
            continue
        field, sure, reason = _field(heading, at, said)
        if _may_be_employer(heading, at) and guessing.field_of(cells) is Field.EMPLOYER:
            field = None if taken & _EMPLOYERS else Field.EMPLOYER
        if field is None and not sure:
            field, sure, reason = _by_look(heading, at, below, asked.words, taken, named=named)
            named = named or field is Field.NAME
        if field is not None:
            taken.add(field)
        is_beside = field is Field.REMARK and not parts
        if at in asked.hidden and not asked.take_hidden and field not in NAMES:
            field, sure, reason = None, True, HIDDEN
        if field is not None:
            fields[at] = field
        column, *also = (None,) if field is None or is_beside else columns_of(field)
        header = " ".join(parts)
        guesses.append(
            ColumnGuess(at, header, column, sure, at in asked.hidden, tuple(also), reason)
        )
    if not named and len(set(fields.values())) >= _ENOUGH:
        liaison = _names_of_liaisons(heading, below)
        if liaison is not None:
            fields[liaison] = Field.NAME
            at = next(n for n, one in enumerate(guesses) if one.position == liaison)
            guesses[at] = replace(guesses[at], column=Column.NAME, sure=False)
    headers = {guess.position: guess.header for guess in guesses}
    return tuple(guesses), tuple(_blocks(fields, headers, heading))


def _field(
    heading: Heading, at: int, said: Sequence[str]
) -> tuple[Field | None, bool, Sentence | None]:
    """By the header; an identity number is never taken, whatever stands above it."""
    meaning = heading.meanings[at]
    if guessing.is_identity(said) or (meaning is not None and meaning.never):
        return None, True, NEVER_TAKEN
    return (None, False, None) if meaning is None else (meaning.field, True, None)


def _names_of_liaisons(heading: Heading, below: Sequence[Sequence[Cell]]) -> int | None:
    """A column of names under 联系人 and the like, in a list that has no other: asked about."""
    heads = [normal(parts[-1]) if parts else "" for parts in heading.parts]
    if any(_COUNTS.search(head) for head in heads):
        return None
    found = (at for at, head in enumerate(heads) if head in _LIAISONS)
    return next(
        (at for at in found if guessing.field_of([row[at] for row in below]) is Field.NAME), None
    )


def _by_look(
    heading: Heading,
    at: int,
    below: Sequence[Sequence[Cell]],
    words: HeaderWords,
    taken: set[Field],
    *,
    named: bool,
) -> tuple[Field | None, bool, Sentence | None]:
    """What the cells of a column look like whose header no list knows; sure where two agree."""
    field, parts = guessing.field_of([row[at] for row in below]), heading.parts[at]
    if field is Field.NAME and named:
        return None, False, NAMES_AGAIN
    if field in taken and field not in _SEVERAL:
        field = None
    if field is None:
        # What stands beside a list without a header is a remark, read for a death only.
        return (None if parts else Field.REMARK), True, None
    ending = ending_of(parts[-1], words) if parts else None
    if field in _PLAIN or (ending is not None and ending.field is field):
        return field, True, None
    is_bare = heading.last < heading.first
    return field, is_bare and field in _SINGLE and _only(field, heading, below), None


def _only(field: Field, heading: Heading, below: Sequence[Sequence[Cell]]) -> bool:
    """Whether one column alone looks like that in a list without a header."""
    columns = range(len(heading.parts))
    alike = (guessing.field_of([row[at] for row in below]) is field for at in columns)
    return sum(alike) == 1


def _may_be_employer(heading: Heading, at: int) -> bool:
    """部门 is a part of the employer, unless it is what the list calls an employer."""
    parts = heading.parts[at]
    return bool(parts) and normal(parts[-1]) in _DEPARTMENTS


def _blocks(fields: dict[int, Field], headers: dict[int, str], heading: Heading) -> Iterator[Block]:
    """The tables side by side: each begins anew with the same header at its names."""
    parts = heading.parts
    names = [at for at, field in sorted(fields.items()) if field in NAMES]
    if not names:
        return
    own = {at: normal(parts[at][-1]) if parts[at] else "" for at in names}
    starts = [names[0], *(at for at in names[1:] if own[at] == own[names[0]])]
    above = [parts[at][0] if len(parts[at]) > 1 else "" for at in starts]
    repeats = all(_shape(fields, at) == _shape(fields, names[0]) for at in starts[1:])
    if len(starts) == 1 or not repeats:
        yield _block(fields, headers, names[0], heading.courses)
        return
    lead = names[0] - min(fields)
    for start, end, over in zip(starts, [*starts[1:], None], above, strict=True):
        first, past = start - lead, None if end is None else end - lead
        inside = {
            at: field for at, field in fields.items() if at >= first and (past is None or at < past)
        }
        yield replace(_block(inside, headers, start, heading.courses), heading=over)


def _shape(fields: dict[int, Field], at: int) -> Field | None:
    """What stands right of a column of names, over one that is left."""
    return next((fields[place] for place in (at + 1, at + 2) if place in fields), None)


def _block(
    fields: dict[int, Field], headers: dict[int, str], name_at: int, courses: Mapping[int, str]
) -> Block:
    columns = tuple(
        TableColumn(at, headers[at], field, courses.get(at, ""))
        for at, field in sorted(fields.items())
    )
    return Block(columns, name_at, fields, tuple(at for at in fields if at != name_at))


NEVER_TAKEN: Final = say(N_("Numbers of papers and accounts are not taken in."))
NAMES_AGAIN: Final = say(N_("It is a second column of names."))
HIDDEN: Final = say(N_("The column is hidden."))
_ENOUGH: Final = 2
_LIAISONS: Final = ("联系人", "联络人", "联络员", "负责人", "签名", "签字", "联系人姓名")
_COUNTS: Final = re.compile("人数|合计|数量|小计")
_PLAIN: Final = frozenset({Field.GENDER, Field.ETHNICITY})
"""What cells say beyond doubt, whatever stands above them."""
_SINGLE: Final = frozenset(
    {Field.ENROL_YEAR, Field.GRAD_YEAR, Field.DEGREE, Field.MAJOR, Field.CLASS_NO}
    | {Field.STUDY, Field.STUDENT_NO, Field.PHONE, Field.EMAIL, Field.WECHAT, Field.EMPLOYER}
    | {Field.WORK, Field.JOB_TITLE, Field.BIRTH}
)
"""What the only such column of a list without any header can be trusted to hold.

Its names are asked about: somebody should look at such a list before it is taken in.
"""
_DEPARTMENTS: Final = ("部门", "工作部门", "所在部门", "现工作部门")
_EMPLOYERS: Final = frozenset({Field.EMPLOYER, Field.WORK})
_SEVERAL: Final = frozenset({Field.PHONE, Field.EMAIL, Field.WECHAT})
