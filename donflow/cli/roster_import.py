"""The command that takes a spreadsheet of people into the roster, or only shows what it would do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from donflow.cli.arguments import FILE, PAST_DAY, NamedChoice, json_option
from donflow.cli.commands import Command
from donflow.cli.files import read_file
from donflow.cli.naming import SOURCE_NAMES
from donflow.cli.naming_people import COLUMN_NAMES
from donflow.cli.output import tell, tell_record
from donflow.cli.roster_import_progress import COMPARING, READING, progress
from donflow.cli.shell import Shell
from donflow.errors import N_, CommandLine, DonflowError, Sentence, say

if TYPE_CHECKING:
    from donflow.cli.looking import Look
    from donflow.roster.course import Origins, Taken
    from donflow.roster.reading.rows import Column, ColumnGuess, SheetReading

Answers = dict[str, "Column | None"]


class HeaderAnswersWrong(DonflowError):
    code = "header_answers_wrong"
    message = N_("What --header says cannot be used:")
    remedy = N_('Write --header "HEADER=COLUMN"; HEADER= leaves the column. Columns: {known}.')

    def __init__(self, wrong: Sequence[Sentence], **values: object) -> None:
        super().__init__(**values)
        self.wrong = tuple(wrong)

    @property
    def details(self) -> tuple[Sentence, ...]:
        return self.wrong


class HeadersUnsure(DonflowError):
    """A sheet is not taken in before a person has said what each header means."""

    code = "headers_unsure"
    message = N_("{count} headers are only guessed; nothing was taken in:")
    remedy = N_('Say what is wrong by --header "HEADER=COLUMN", or accept all guesses by --yes.')
    http_status = 409

    def __init__(self, guesses: Sequence[Sentence], **values: object) -> None:
        super().__init__(count=len(guesses), **values)
        self.guesses = tuple(guesses)

    @property
    def details(self) -> tuple[Sentence, ...]:
        return self.guesses


class SheetsUnsure(HeadersUnsure):
    """The other sheets came in: all or nothing is per sheet."""

    code = "sheets_unsure"
    message = N_("{count} headers are only guessed; these sheets were not taken in: {titles}")

    def __init__(self, guesses: Sequence[Sentence], titles: tuple[str, ...]) -> None:
        super().__init__(guesses, titles=titles)


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
        answers = _answers(shell, told)
        data = read_file(file)
        with progress(shell, as_json=as_json) as told_step:
            sheets = _chosen(_read(shell, file, data, answers, told_step), titles, file)
        _refuse_unknown(answers, sheets)
        origins = Origins(fingerprint_of(data), file.name, Source(source), as_of or date.max)
        _show(shell, sheets, None, origins, as_json=as_json)
        return
    from donflow.cli.looking import looking
    from donflow.roster.importing import IMPORT, day_opened
    from donflow.roster.known_headers import answers as remembered

    with looking(shell, IMPORT) as look:
        answers, data = _answers(shell, told), read_file(file)
        known = remembered(look.session) | answers
        with progress(shell, as_json=as_json) as told_step:
            sheets = _chosen(_read(shell, file, data, known, told_step), titles, file)
        _refuse_unknown(answers, sheets)
        # Whoever goes on with a file, when others agreed or after a crash, means the same day.
        begun = day_opened(look.session, fingerprint_of(data), Source(source))
        day = as_of or begun or look.today
        origins = Origins(fingerprint_of(data), file.name, Source(source), day)
        if dry_run:
            _show(shell, sheets, look, origins, as_json=as_json)
            return
        unsure = [] if yes else [each for each in sheets if _questions(each)]
        sure = tuple(each for each in sheets if each not in unsure)
        if unsure and not any(each.rows for each in sure):
            raise HeadersUnsure([asked for each in unsure for asked in _questions(each)])
    _take_in(shell, look, sure, origins, answers, as_json=as_json)
    if unsure:
        titles = tuple(each.title for each in unsure)
        raise SheetsUnsure([asked for each in unsure for asked in _questions(each)], titles)


def _answers(shell: Shell, told: Sequence[str]) -> Answers:
    """What --header says; everything that is wrong with it at once."""
    from donflow.roster.reading.rows import Column

    words = {str(shell.words(say(word))): code for code, word in COLUMN_NAMES.items()}
    answers: Answers = {}
    wrong = []
    for text in told:
        header, mark, column = (part.strip() for part in text.partition("="))
        code = words.get(column, column)
        if not header or not mark or (code and code not in COLUMN_NAMES):
            wrong.append(say(N_("“{text}” names no header or no known column."), text=text))
        else:
            answers[header] = Column(code) if code else None
    if wrong:
        known = tuple(say(N_("{word} ({code})"), word=w, code=c) for w, c in words.items())
        raise HeaderAnswersWrong(wrong, known=known)
    return answers


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


def _refuse_unknown(answers: Answers, sheets: Sequence[SheetReading]) -> None:
    """An answer about a header that stands nowhere is a slip of the pen, and is not remembered."""
    from donflow.roster.reading.header_words import normal

    there = {normal(part) for sheet in sheets for guess in sheet.columns
             for part in (guess.header, *guess.header.split()[-1:])}  # fmt: skip
    strange = [header for header in answers if normal(header) not in there]
    if strange:
        known = tuple(
            dict.fromkeys(g.header for sheet in sheets for g in sheet.columns if g.header)
        )
        wrong = [say(N_("No sheet has the header “{header}”."), header=each) for each in strange]
        raise HeaderNotThere(wrong, known=known)


class HeaderNotThere(HeaderAnswersWrong):
    code = "header_not_there"
    remedy = N_("The headers are: {known}.")


def _questions(sheet: SheetReading) -> list[Sentence]:
    """What a person has to say of the sheet's headers before it is taken in."""
    return [_question(sheet, guess) for guess in sheet.columns if not guess.sure]


def _question(sheet: SheetReading, guess: ColumnGuess) -> Sentence:
    """A header, what it looks like, and what says so or otherwise."""
    header = guess.header or say(N_("column {number}, no header"), number=guess.position + 1)
    if guess.column is None:
        return say(
            N_('Sheet {sheet}, “{header}”: unknown. --header "{header}=…"'),
            sheet=sheet.title,
            header=header,
        )
    return say(
        N_('Sheet {sheet}, “{header}” looks like {column}. --header "{header}={code}"'),
        sheet=sheet.title,
        header=header,
        column=say(COLUMN_NAMES[guess.column]),
        code=str(guess.column),
    )


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
    tell_taken(shell, taken)


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
