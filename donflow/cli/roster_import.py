"""The command that takes a spreadsheet of people into the roster, or only shows what it would do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from donflow.cli.arguments import FILE, PAST_DAY, NamedChoice, json_option
from donflow.cli.commands import Command
from donflow.cli.files import read_file
from donflow.cli.naming import SOURCE_NAMES
from donflow.cli.output import tell, tell_record
from donflow.cli.roster_import_headers import (
    Answers,
    HeadersUnsure,
    SheetsUnsure,
    answers_of,
    questions_of,
    refuse_unknown,
    said_of_headers,
)
from donflow.cli.roster_import_progress import COMPARING, READING, progress
from donflow.cli.shell import Shell
from donflow.errors import N_, CommandLine, DonflowError, Sentence, say

if TYPE_CHECKING:
    from donflow.cli.looking import Look
    from donflow.roster.course import Origins, Taken
    from donflow.roster.reading.rows import SheetReading


class NoSuchSheet(DonflowError):
    code = "no_such_sheet"
    message = N_("There is no sheet {titles} in {file}.")
    remedy = N_("Its sheets are: {known}.")


class ImportCutOff(DonflowError):
    """The import ended between two sheets; what ended it says what mends that."""

    code = "import_cut_off"
    message = N_("Cut off after {done} of {all} rows; the sheets that came in stay so.")
    remedy = N_("Give the same command again: it takes in the rest.")
    exit_code = 1
    http_status = 503


@click.command(
    "import",
    cls=Command,
    help=N_(
        "Take in the people of a spreadsheet (Excel, WPS, text). --dry-run only shows what was understood and what would happen; without an office too."
    ),
    example="donflow roster import 名册.xlsx --dry-run\ndonflow roster import 名册.xlsx --as-of 2026-06-30\ndonflow roster import 名册.xlsx --header 备用号=phone",
)
@click.argument("file", type=FILE, metavar=N_("FILE"))
@click.option("--dry-run", is_flag=True, help=N_("Show what would happen; change nothing."))
@click.option(
    "--header",
    "told",
    multiple=True,
    metavar=N_("HEADER=COLUMN"),
    help=N_("What a header means; it is remembered. May be given several times."),
)
@click.option("--yes", is_flag=True, help=N_("Accept what headers are guessed to mean."))
@click.option(
    "--source",
    type=NamedChoice(SOURCE_NAMES),
    default="roster",
    help=N_("Who told what stands in it."),
)
@click.option(
    "--as-of",
    type=PAST_DAY,
    metavar=N_("DAY"),
    help=N_("The day as of which it was right; today if left out."),
)
@click.option(
    "--sheet",
    "titles",
    multiple=True,
    metavar=N_("SHEET"),
    help=N_("Only this sheet. May be given several times."),
)
@json_option
@click.pass_obj
def import_(
    shell: Shell,
    file: Path,
    dry_run: bool,
    told: tuple[str, ...],
    yes: bool,
    source: str,
    as_of: date | None,
    titles: tuple[str, ...],
    as_json: bool,
) -> None:
    from donflow.roster.course import Origins
    from donflow.roster.models import Source
    from donflow.settings import FILE_NAME
    from donflow.vault.files import fingerprint_of

    if dry_run and not (shell.home / FILE_NAME).is_file():
        answers = answers_of(shell, told)
        data = read_file(file)
        with progress(shell, as_json=as_json) as told_step:
            sheets = _chosen(_read(shell, file, data, answers, told_step), titles, file)
        refuse_unknown(answers, sheets)
        origins = Origins(fingerprint_of(data), file.name, Source(source), as_of or date.max)
        _show(shell, sheets, None, origins, as_json=as_json)
        return
    from donflow.cli.looking import looking
    from donflow.roster.importing import IMPORT, day_opened, refuse_other_reading
    from donflow.roster.known_headers import answers as remembered

    with looking(shell, IMPORT) as look:
        answers, data = answers_of(shell, told), read_file(file)
        known = remembered(look.session) | answers
        with progress(shell, as_json=as_json) as told_step:
            sheets = _chosen(_read(shell, file, data, known, told_step), titles, file)
        refuse_unknown(answers, sheets)
        # Whoever goes on with a file, when others agreed or after a crash, means the same day.
        begun = day_opened(look.session, fingerprint_of(data), Source(source))
        day = as_of or begun or look.today
        origins = Origins(fingerprint_of(data), file.name, Source(source), day)
        refuse_other_reading(look.session, look.office.keys, sheets, origins.fingerprint)
        if dry_run:
            _show(shell, sheets, look, origins, as_json=as_json)
            return
        unsure = [] if yes else [each for each in sheets if questions_of(each)]
        sure = tuple(each for each in sheets if each not in unsure)
        if unsure and not any(each.rows for each in sure):
            raise HeadersUnsure([asked for each in unsure for asked in questions_of(each)])
    origins = replace(origins, headers=said_of_headers(sure, known))
    _take_in(shell, look, sure, origins, answers, as_json=as_json)
    if unsure:
        titles = tuple(each.title for each in unsure)
        raise SheetsUnsure([asked for each in unsure for asked in questions_of(each)], titles)


def _read(
    shell: Shell, file: Path, data: bytes, known: Answers, told: Callable[[Sentence], None]
) -> tuple[SheetReading, ...]:
    """The gate first; then the sheets, by the rules of the home where there is one."""
    from donflow.intake.gate import inspect
    from donflow.roster.reading.header_words import read_header_words
    from donflow.roster.reading.reading import read_roster
    from donflow.sheets.reading import read_book
    from donflow.shipping import header_list

    told(READING)
    inspect(data, name=file.name)
    synonyms = read_header_words(header_list(shell.home))
    return read_roster(read_book(data, file.name), synonyms=synonyms, known=known)


def _chosen(
    sheets: tuple[SheetReading, ...], titles: Sequence[str], file: Path
) -> tuple[SheetReading, ...]:
    known = [sheet.title for sheet in sheets]
    if missing := tuple(title for title in titles if title not in known):
        raise NoSuchSheet(titles=missing, file=file.name, known=tuple(known))
    return tuple(sheet for sheet in sheets if not titles or sheet.title in titles)


def _show(
    shell: Shell,
    sheets: Sequence[SheetReading],
    look: Look | None,
    origins: Origins,
    *,
    as_json: bool,
) -> None:
    """What was understood and what would happen; nothing is written."""
    from donflow.cli.roster_import_view import as_record, tell_sheets
    from donflow.roster.foreseeing import foreseen
    from donflow.roster.importing import blinder, matched, sheet_digest, taken_before

    session, keys = (look.session, look.office.keys) if look is not None else (None, None)
    before = {}
    if session is not None and keys is not None:
        digests = {sheet.title: sheet_digest(sheet, keys) for sheet in sheets}
        before = {title: each.at.date() for title, each in taken_before(session, digests).items()}
    fresh = [sheet for sheet in sheets if sheet.title not in before]
    with progress(shell, as_json=as_json) as told_step:
        told_step(COMPARING)
        groups = matched(fresh, session, keys)
        if keys is None:
            taken = foreseen(sheets, groups, before, origins)
        else:
            blind = blinder(keys)
            taken = foreseen(
                sheets, groups, before, origins, session=session, keys=keys, blind=blind
            )
    if as_json:
        tell_record(shell, as_record(shell, sheets, groups, taken) | {"dry_run": True})
        return
    tell_sheets(shell, sheets, taken)


def _take_in(
    shell: Shell,
    look: Look,
    sheets: Sequence[SheetReading],
    origins: Origins,
    answers: Answers,
    *,
    as_json: bool,
) -> None:
    from donflow.cli.roster_import_view import as_record, tell_taken
    from donflow.roster.importing import IMPORT, take_in
    from donflow.store.interrupted import noted
    from donflow.store.outcome import OutcomeUnknown

    size = (len(sheets), sum(len(sheet.rows) for sheet in sheets))
    order = _opened(shell, look, origins, answers, size)
    if order is not None:
        _tell_order(shell, order, as_json=as_json)
        return
    taken: list[Taken] = []
    store, office = shell.office.store, look.office
    with (
        noted(office.home, command=IMPORT, user=shell.username, at=look.now, steps=True),
        progress(shell, as_json=as_json) as told_step,
    ):
        told_step(COMPARING)
        try:
            groups = take_in(
                store,
                office.keys,
                sheets,
                origins,
                actor=look.actor,
                now=look.now,
                taken=taken,
                told=lambda rows, total: told_step(
                    say(N_("{done} of {total} rows"), done=rows, total=total)
                ),
            )
        except OutcomeUnknown:
            raise
        except (DonflowError, KeyboardInterrupt) as fault:
            done = sum(each.people for each in taken if each.before is None)
            if not done:
                raise
            raise ImportCutOff(done=done, all=sum(len(each.rows) for each in sheets)) from fault
    if as_json:
        tell_record(shell, as_record(shell, sheets, groups, taken) | {"order": None})
        return
    tell_taken(shell, sheets, taken)


def _opened(
    shell: Shell, look: Look, origins: Origins, answers: Answers, size: tuple[int, int]
) -> int | None:
    """Remember the answers and begin the import; the order to wait for, where two must agree."""
    from donflow.accounts.orders import waiting
    from donflow.cli.recovered import office_of
    from donflow.domain.desk import Desk
    from donflow.lifecycle.two_persons import ask_for
    from donflow.roster.importing import IMPORT, open_import, opened_import
    from donflow.roster.known_headers import remember
    from donflow.store.interrupted import noted
    from donflow.store.session import unit_of_work

    arguments = {
        "fingerprint": origins.fingerprint,
        "source": str(origins.source),
        "as_of": origins.as_of.isoformat(),
        "sheets": size[0],
        "people": size[1],
        "headers": list(origins.headers),
    }
    store, office, actor, now = office_of(shell).store, look.office, look.actor, look.now
    with (
        noted(office.home, command=IMPORT, user=shell.username, at=now) as announce,
        unit_of_work(store, announce) as session,
    ):
        remember(session, answers, actor=actor, now=now)
        if opened_import(session, origins) is not None:
            return None
        if office.desk is not Desk.SHARED:
            open_import(session, origins, actor=actor, now=now)
            return None
        asked = (each for each in waiting(session, now) if each.act == IMPORT)
        order = next((each for each in asked if each.arguments == arguments), None)
        if order is None:
            order = ask_for(session, office, IMPORT, arguments, actor=actor, now=now)
        return order.id


def _tell_order(shell: Shell, order: int, *, as_json: bool) -> None:
    if as_json:
        tell_record(shell, {"order": order, "rows": [], "groups": [], "sheets": [], "people": 0})
        return
    tell(shell, N_("Order {no} waits for a second person: donflow order confirm {no}"), no=order)
    again = CommandLine("donflow roster import")
    tell(shell, N_("Once it is confirmed, give the same command again: {command}"), command=again)
