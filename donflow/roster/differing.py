"""What the university's own system and the roster say differently, to be mended there by hand.

A sheet exported from there is read like any other and compared; the answer stands in their
columns, under their header names and in their order, with one more that says what to do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy.orm import Session

from donflow.errors import N_, DonflowError
from donflow.roster.evidence import Verdict, plain_name, same_study
from donflow.roster.known import known_people, row_portrait
from donflow.roster.matching import Found, match
from donflow.roster.ours import Blind, OurPerson, our_people, those_of_years
from donflow.roster.portrait import Portrait, Study
from donflow.roster.reading.rows import Column, Row, SheetReading
from donflow.roster.taking_over import CONTACTS
from donflow.sheets.reading import Cell


class Todo(StrEnum):
    """What there is to do in the other system."""

    ADD = "add"
    CHANGE = "change"
    UNSURE = "unsure"
    ONLY_THERE = "only_there"


class NobodyInSheets(DonflowError):
    code = "nobody_in_sheets"
    message = N_("No sheet of {name} lists people.")
    remedy = N_("See what is read: donflow roster import {name} --dry-run")


class WhichSheet(DonflowError):
    code = "which_sheet"
    message = N_("Several sheets of {name} list people: {titles}.")
    remedy = N_("Name one with --sheet.")


@dataclass(frozen=True)
class FieldDifference:
    """A field that they have otherwise, or not: `ours` is masked where it identifies."""

    column: Column
    theirs: str
    ours: str


@dataclass(frozen=True)
class Difference:
    """One person to add, to change, to decide first, or whom the roster has not.

    `cells` is the row in their columns: for `add` what the roster may tell, else as it stands
    there. What identifies is never written into their columns, so that no mask is taken over.
    """

    todo: Todo
    row_ref: str | None
    person: int | None
    name: str
    fields: tuple[FieldDifference, ...]
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True)
class Differences:
    """All that differs, under their headers; `alike` rows have nothing to do."""

    sheet: str
    headers: tuple[str, ...]
    found: tuple[Difference, ...]
    alike: int


def sheet_of(sheets: Sequence[SheetReading], name: str, title: str | None = None) -> SheetReading:
    """The sheet to compare. Raises NobodyInSheets, WhichSheet."""
    listed = [sheet for sheet in sheets if sheet.rows and title in (None, sheet.title)]
    if not listed:
        raise NobodyInSheets(name=name)
    if len(listed) > 1:
        raise WhichSheet(name=name, titles=tuple(sheet.title for sheet in listed))
    return listed[0]


def differences(
    session: Session, sheet: SheetReading, cells: Mapping[int, Sequence[Cell]], blind: Blind
) -> Differences:
    """Compare a sheet with the roster; `cells` are the sheet's raw rows by their numbers.

    To add are those of the roster who studied in one of the sheet's years, and of its majors.
    Restricted people are not told of.
    """
    portraits = {row.ref: row_portrait(row, blind) for row in sheet.rows}
    groups = match(list(portraits.values()), known_people(session))
    person_of, unsure = _recognised(groups)
    everybody = our_people(session, set(person_of.values()))
    places = _places(sheet)
    width = max(map(len, cells.values()), default=len(places))
    found, alike = [], 0
    for row in sheet.rows:
        told = tuple(cells.get(row.number, ()))
        number = person_of.get(row.ref)
        name = row.values.get(Column.NAME, "")
        if number is None:
            todo = Todo.UNSURE if row.ref in unsure else Todo.ONLY_THERE
            found.append(Difference(todo, row.ref, unsure.get(row.ref), name, (), told))
            continue
        if number not in everybody:
            continue
        fields = _fields(row, portraits[row.ref], everybody[number], set(places))
        if fields:
            found.append(Difference(Todo.CHANGE, row.ref, number, name, fields, told))
        else:
            alike += 1
    spoken_for = {*person_of.values(), *unsure.values()}
    studies = [study for each in portraits.values() for study in each.studies]
    missing = our_people(session, those_of_years(session, studies) - spoken_for)
    found += [_to_add(person, places, width) for person in missing.values()]
    headers = {guess.position: guess.header for guess in reversed(sheet.columns)}
    names = tuple(headers.get(place, "") for place in range(width))
    return Differences(sheet.title, names, tuple(found), alike)


def _recognised(groups: Sequence[Found]) -> tuple[dict[str, int], dict[str, int]]:
    """By row the person it is, and by row the person it may be."""
    sure: dict[str, int] = {}
    unsure: dict[str, int] = {}
    for group in groups:
        head, *rows = group.keys
        if "!" in head:
            continue
        where = sure if group.state is Verdict.JOINED else unsure
        for key in rows:
            where.setdefault(key, int(head))
    return sure, {key: number for key, number in unsure.items() if key not in sure}


def _places(sheet: SheetReading) -> dict[Column, int]:
    """In which of their columns a field stands, the first of several."""
    placed = [(guess.column, guess.position) for guess in sheet.columns if guess.column]
    return dict(reversed(placed))


def _fields(
    row: Row, portrait: Portrait, ours: OurPerson, columns: set[Column]
) -> tuple[FieldDifference, ...]:
    """What they should change: where the roster knows, and they have it otherwise or not.

    Their sheet may hold several of one thing in a cell; one that is the same is enough.
    """
    study = _study(portrait, ours)
    known = ours.values | (_told(study) if study else {})
    found = []
    for column in Column:
        if column not in columns:
            continue
        theirs = row.values.get(column, "")
        if column in CONTACTS:
            tokens, shown = ours.ways.get(column, (frozenset(), ""))
            alike = not tokens or bool(tokens & _tokens(portrait, column))
        else:
            shown = known.get(column, "")
            alike = _alike(column, theirs, shown, row.birth_accept)
        if not alike:
            found.append(FieldDifference(column, theirs, shown))
    return tuple(found)


def _alike(column: Column, theirs: str, ours: str, accept: Sequence[str]) -> bool:
    if not ours or theirs == ours:
        return True
    if column is Column.NAME:
        return plain_name(theirs) == plain_name(ours)
    if column is Column.BIRTH:
        return any(told.startswith(ours) for told in (theirs, *accept) if told)
    return False


def _tokens(portrait: Portrait, column: Column) -> frozenset[str]:
    tokens = {
        Column.PHONE: portrait.phones,
        Column.EMAIL: portrait.mails,
        Column.WECHAT: portrait.wechats,
    }
    return tokens[column]


def _study(portrait: Portrait, ours: OurPerson) -> Study | None:
    """The course of ours that their row tells of; None where none or several may be it."""
    fitting = [
        study
        for study in ours.studies
        if any(same_study(study, their) for their in portrait.studies)
    ]
    return fitting[0] if len(fitting) == 1 else None


def _told(study: Study) -> dict[Column, str]:
    told = {
        Column.DEGREE: study.degree,
        Column.MAJOR: study.major,
        Column.CLASS_NO: study.class_no,
        Column.ENROL_YEAR: study.enrol_year,
        Column.GRAD_YEAR: study.grad_year,
    }
    return {column: str(value) for column, value in told.items() if value}


def _to_add(person: OurPerson, places: Mapping[Column, int], width: int) -> Difference:
    study = _told(person.studies[0]) if person.studies else {}
    known = person.values | study
    cells: list[Cell | None] = [None] * width
    for column, place in places.items():
        if place < width and column not in CONTACTS and column is not Column.BIRTH:
            cells[place] = known.get(column)
    fields = [
        FieldDifference(column, "", shown)
        for column, (_tokens, shown) in person.ways.items()
        if column in places
    ]
    name = person.values[Column.NAME]
    return Difference(Todo.ADD, None, person.number, name, tuple(fields), tuple(cells))
