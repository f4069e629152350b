"""Which people of the roster a sheet of members means, as the roster's own import reads it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from donflow.cli.acting import Act
from donflow.cli.files import read_file
from donflow.errors import N_, Sentence, say
from donflow.intake.gate import inspect
from donflow.roster.evidence import Verdict
from donflow.roster.importing import matched
from donflow.roster.known_headers import answers
from donflow.roster.reading.header_words import read_header_words
from donflow.roster.reading.reading import read_roster
from donflow.roster.reading.rows import Column, Row
from donflow.sheets.reading import read_book
from donflow.shipping import header_list


@dataclass(frozen=True)
class SheetMembers:
    """The people meant; the rows of whom nobody is known for sure, and what is to be done."""

    people: tuple[int, ...]
    unknown: tuple[dict[str, object], ...]
    heed: tuple[Sentence, ...]


def from_sheet(act: Act, file: Path) -> SheetMembers:
    """The people of a sheet that are in the roster for sure; the others are told, row by row.

    Nobody is added here: a person in doubt is decided, an unknown one comes in by the import.
    """
    data = read_file(file)
    inspect(data, name=file.name)
    synonyms = read_header_words(header_list(act.shell.home))
    sheets = read_roster(read_book(data, file.name), synonyms=synonyms, known=answers(act.session))
    known: dict[str, int] = {}
    doubtful: dict[str, list[int]] = {}
    for group in matched(sheets, act.session, act.office.keys):
        numbers = [int(key) for key in group.keys if "!" not in key]
        for key in (key for key in group.keys if "!" in key):
            if numbers and group.state is Verdict.JOINED:
                known[key] = numbers[0]
            elif numbers:
                doubtful.setdefault(key, []).extend(numbers)
    rows = [row for sheet in sheets for row in sheet.rows]
    unknown = [row for row in rows if row.ref not in known]
    people = dict.fromkeys(known[row.ref] for row in rows if row.ref in known)
    heed = [_told(row, doubtful.get(row.ref, [])) for row in unknown]
    if any(row.ref not in doubtful for row in unknown):
        heed.append(
            say(
                N_("To take the unknown ones in, then give this command again: {command}"),
                command="donflow roster import FILE",
            )
        )
    told: tuple[dict[str, object], ...] = tuple(
        {
            "row_ref": row.ref,
            "name": row.values.get(Column.NAME, ""),
            "may_be": doubtful.get(row.ref, []),
        }
        for row in unknown
    )
    return SheetMembers(tuple(people), told, tuple(heed))


def _told(row: Row, numbers: list[int]) -> Sentence:
    name = row.values.get(Column.NAME, "")
    if numbers:
        return say(
            N_("{row} {name} may be person {numbers}: name that number if so."),
            row=row.ref,
            name=name,
            numbers=tuple(map(str, numbers)),
        )
    return say(N_("{row} {name} is not in the roster."), row=row.ref, name=name)
