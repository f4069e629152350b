"""What headers of a spreadsheet mean: what --header says of them, and what is to be asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from donflow.cli.naming_people import COLUMN_NAMES
from donflow.cli.shell import Shell
from donflow.errors import N_, Sentence, SeveralWrong, say

if TYPE_CHECKING:
    from donflow.roster.reading.rows import Column, ColumnGuess, SheetReading

Answers = dict[str, "Column | None"]


class HeaderAnswersWrong(SeveralWrong):
    code = "header_answers_wrong"
    message = N_("What --header says cannot be used:")
    remedy = N_('Write --header "HEADER=COLUMN"; HEADER= leaves the column. Columns: {known}.')


class HeadersUnsure(SeveralWrong):
    """A sheet is not taken in before a person has said what each header means."""

    code = "headers_unsure"
    message = N_("{count} headers are only guessed; nothing was taken in:")
    remedy = N_('Say what is wrong by --header "HEADER=COLUMN", or accept all guesses by --yes.')
    http_status = 409


class SheetsUnsure(HeadersUnsure):
    """The other sheets came in: all or nothing is per sheet."""

    code = "sheets_unsure"
    message = N_("{count} headers are only guessed; these sheets were not taken in: {titles}")

    def __init__(self, guesses: Sequence[Sentence], titles: tuple[str, ...]) -> None:
        super().__init__(guesses, titles=titles)


class HeaderNotThere(HeaderAnswersWrong):
    code = "header_not_there"
    remedy = N_("The headers are: {known}.")


def answers_of(shell: Shell, told: Sequence[str]) -> Answers:
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


def refuse_unknown(answers: Answers, sheets: Sequence[SheetReading]) -> None:
    """An answer about a header that stands nowhere is a slip of the pen, and is not remembered."""
    from donflow.roster.reading.header_words import normal

    there = {normal(part) for sheet in sheets for guess in sheet.columns for part in _parts(guess)}
    strange = [header for header in answers if normal(header) not in there]
    if strange:
        known = tuple(
            dict.fromkeys(g.header for sheet in sheets for g in sheet.columns if g.header)
        )
        wrong = [say(N_("No sheet has the header “{header}”."), header=each) for each in strange]
        raise HeaderNotThere(wrong, known=known)


def questions_of(sheet: SheetReading) -> list[Sentence]:
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


def said_of_headers(sheets: Sequence[SheetReading], known: Answers) -> tuple[str, ...]:
    """Headers that no rule was sure of, each with the column that a person takes it for."""
    from donflow.roster.reading.header_words import normal

    answered = {normal(header) for header in known}
    guesses = (guess for sheet in sheets for guess in sheet.columns)
    said = {
        f"{guess.header or guess.position + 1}={guess.column or ''}"
        for guess in guesses
        if not guess.sure or not answered.isdisjoint(map(normal, _parts(guess)))
    }
    return tuple(sorted(said))


def _parts(guess: ColumnGuess) -> tuple[str, ...]:
    """The texts by which a person can name a header: the whole, and what stands under a group."""
    return (guess.header, *guess.header.split()[-1:])
