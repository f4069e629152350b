"""The command that answers another department whether people are alumni, and counts it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from donflow.cli.acting import Act, Done, writes
from donflow.cli.arguments import FILE, YEAR
from donflow.cli.commands import Command
from donflow.cli.files import read_file, refuse_taken
from donflow.cli.naming import word_for
from donflow.cli.naming_people import VERDICT_NAMES
from donflow.errors import N_, DonflowError, Sentence, say
from donflow.roster.identity_checks import Question, Verdict, answer, note_check
from donflow.roster.reading.rows import Column


class NamesOrSheet(DonflowError):
    code = "names_or_sheet"
    message = N_("Name people, or a sheet of them with --sheet and --out; not both.")


@click.command(
    "check",
    cls=Command,
    help=N_(
        "Answer another department whether people are alumni: yes, no, another class, or several"
        " of that name, and nothing else. The number of answers is counted, the names are not kept."
    ),
    example="donflow roster check 梁启舟 --class 2009级会计 --department 财务处 --purpose 核对捐赠人身份\ndonflow roster check --sheet 名单.xlsx --out 答复.xlsx --department 财务处 --purpose 年会邀请",
)
@click.argument("names", nargs=-1, metavar=N_("[NAME]..."))
@click.option("--class", "class_text", metavar=N_("TEXT"), help=N_("The class, as they know it."))
@click.option(
    "--year",
    type=YEAR,
    metavar=N_("YEAR"),
    help=N_("The year of enrolment or of graduation."),
)
@click.option("--department", required=True, metavar=N_("NAME"), help=N_("Which department asks."))
@click.option("--purpose", required=True, metavar=N_("TEXT"), help=N_("What for."))
@click.option("--sheet", type=FILE, metavar=N_("FILE"), help=N_("A spreadsheet of names."))
@click.option("--out", type=FILE, metavar=N_("FILE"), help=N_("Where to write the answers."))
@writes
def check(
    act: Act,
    names: tuple[str, ...],
    class_text: str | None,
    year: int | None,
    department: str,
    purpose: str,
    sheet: Path | None,
    out: Path | None,
) -> Done:
    if bool(names) == (sheet is not None) or (sheet is None) != (out is None):
        raise NamesOrSheet
    refuse_taken(out)
    questions = (
        [Question(name, class_text, year) for name in names]
        if sheet is None
        else _questions(act, sheet, class_text, year)
    )
    verdicts = answer(act.session, questions)
    row = note_check(
        act.session,
        verdicts,
        department=department,
        purpose=purpose,
        actor=act.actor,
        now=act.now,
    )
    told = [
        {"name": question.name, "answer": verdict}
        for question, verdict in zip(questions, verdicts, strict=True)
    ]
    data = {"asked": row.asked, "confirmed": row.confirmed}
    heed = _undecided(verdicts)
    if out is not None:
        sentence = say(N_("{asked} answers written to {file}."), asked=row.asked, file=str(out))
        written = (out, _answers(act, questions, verdicts))
        return Done(sentence, None, data, shown={"answers": told}, heed=heed, file=written)
    lines = [
        say(N_("{name}: {answer}"), name=one.name, answer=word_for(VERDICT_NAMES, verdict))
        for one, verdict in zip(questions, verdicts, strict=True)
    ]
    sentence = say(N_("Answered and counted: {asked} asked, {confirmed} alumni."), **data)
    shown = "\n".join(str(act.shell.words(line)) for line in lines)
    return Done(
        sentence,
        None,
        data,
        shown_once=None if act.shell.asked.as_json else shown,
        shown={"answers": told},
        heed=heed,
    )


def _undecided(verdicts: Sequence[Verdict]) -> tuple[Sentence, ...]:
    """Whose answer is open: neither an alumnus for sure nor nobody."""
    several = sum(verdict is Verdict.SEVERAL for verdict in verdicts)
    if not several:
        return ()
    message = N_("{count} not decided: several alumni have that name; --class or --year decides.")
    return (say(message, count=several),)


def _questions(act: Act, file: Path, class_text: str | None, year: int | None) -> list[Question]:
    """The people of the sheet, read as the roster's import reads them."""
    from donflow.intake.gate import inspect
    from donflow.roster.reading.header_words import read_header_words
    from donflow.roster.reading.reading import read_roster
    from donflow.sheets.reading import read_book
    from donflow.shipping import header_list

    data = read_file(file)
    inspect(data, name=file.name)
    synonyms = read_header_words(header_list(act.office.home))
    sheets = read_roster(read_book(data, file.name), synonyms=synonyms, known={})
    return [
        Question(
            row.values.get(Column.NAME, ""),
            row.values.get(Column.CLASS_NO) or class_text,
            _year(row.values.get(Column.ENROL_YEAR) or row.values.get(Column.GRAD_YEAR)) or year,
            row.values.get(Column.MAJOR),
        )
        for sheet in sheets
        for row in sheet.rows
    ]


def _year(text: str | None) -> int | None:
    return int(text) if text and text.isdigit() else None


def _answers(act: Act, questions: Sequence[Question], verdicts: Sequence[Verdict]) -> bytes:
    """What was asked, with the answer beside it and nothing that was not asked."""
    from donflow.sheets.writing import write_list

    headers = (N_("Name"), N_("Class"), N_("Year"), N_("Major"), N_("Answer"))
    rows = [
        (
            one.name,
            one.class_text,
            one.year,
            one.major,
            str(act.shell.words(word_for(VERDICT_NAMES, verdict))),
        )
        for one, verdict in zip(questions, verdicts, strict=True)
    ]
    title = str(act.shell.words(say(N_("Answers on alumni"))))
    words = [str(act.shell.words(say(header))) for header in headers]
    return write_list(title, words, rows, created=act.now)
