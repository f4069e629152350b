"""Commands for greetings on paper: the print run, and the sheet that goes to the courier."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from donflow.cli.acting import Act, Done, writes_now
from donflow.cli.arguments import DAY, FILE, NUMBER, NamedChoice, json_option
from donflow.cli.card import FORMS
from donflow.cli.commands import Command
from donflow.cli.files import refuse_taken, write_new
from donflow.cli.greeting_words import occasion_named
from donflow.cli.looking import Look, reads
from donflow.cli.output import tell, tell_record
from donflow.cli.telling import tell_beside
from donflow.cli.two_persons import ask
from donflow.errors import N_, DonflowError, Sentence, say
from donflow.greetings.cards.card import Form
from donflow.lifecycle.by_hand import PAPER_AHEAD, ToHand, letters_to_hand, refuse_held, write
from donflow.lifecycle.printing import in_postal_order, print_run
from donflow.outbox.letter_files import PRINT_RUN, name_of_several, put
from donflow.outbox.models import Way
from donflow.roster.alumni_models import RosterExport
from donflow.roster.exports import (
    COURIER,
    COURIER_FORM,
    get_export,
    new_export,
    note_written,
    refuse_unwritable,
)

if TYPE_CHECKING:
    from donflow.reports.courier import Addressed


class NothingOnPaper(DonflowError):
    code = "nothing_on_paper"
    message = N_("No letter on paper waits for {occasion} on {day}.")
    remedy = N_(
        "Cards are printed from {days} days before their day on; look ahead with:"
        " donflow greeting preview"
    )
    http_status = 404


class NotPdf(DonflowError):
    code = "not_named_pdf"
    message = N_("The print run is a PDF file; {file} is not named as one.")


class NotASheet(DonflowError):
    code = "not_named_xlsx"
    message = N_("The courier's sheet is an Excel file; {file} is not named as one.")


class CourierIncomplete(DonflowError):
    code = "courier_incomplete"
    message = N_(
        "A courier's sheet is asked for by occasion, day and reason, or written by number."
    )
    remedy = N_("Say --occasion, --on and --reason; or --agreed and --out.")


class NobodyMayGo(DonflowError):
    code = "nobody_on_sheet"
    message = N_(
        "Nobody is left for the sheet: {restricted} whose data are only kept, {abroad} abroad."
    )
    http_status = 409


@click.command(
    "print",
    cls=Command,
    help=N_(
        "The print run of an occasion's cards on paper: one PDF, in postal order, a household one"
        " card; posted ones are written down with donflow greeting posted."
    ),
    example="donflow greeting print --occasion 春节 --on 2027-02-06\ndonflow greeting print --occasion 春节 --on 2027-02-06 --form postcard --out 春节明信片.pdf",
)
@click.option("--occasion", required=True, metavar=N_("OCCASION"), help=N_("Which occasion."))
@click.option("--on", "day", type=DAY, required=True, metavar=N_("DAY"), help=N_("On which day."))
@click.option(
    "--form", type=NamedChoice(FORMS), default=str(Form.A5_FOLDED), help=N_("Which form.")
)
@click.option("--out", type=FILE, metavar=N_("FILE"), help=N_("Where to write it."))
@json_option
@reads
def print_(
    look: Look, occasion: str, day: date, form: str, out: Path | None, as_json: bool
) -> None:
    if out is not None and out.suffix.lower() != ".pdf":
        raise NotPdf(file=out.name)
    refuse_taken(out)
    found = occasion_named(look.office, occasion)
    items = _items(look, found.code, found.zh, day)
    run = print_run(look.session, look.office, items, Form(form), now=look.now)
    if not run.letters:
        raise NothingOnPaper(occasion=found.zh, day=day, days=PAPER_AHEAD.days)
    if out is None:
        name = name_of_several(day, found.zh, PRINT_RUN, "pdf")
        file = put(look.office.home, name, run.pdf)
    else:
        write_new(out, run.pdf)
        file = out
    letters = [each.letter.id for each in run.letters]
    if as_json:
        answer = {"file": str(file), "form": form, "letters": letters, "without_card": run.bare}
        tell_record(look.shell, answer)
    else:
        tell(look.shell, N_("{count} cards to print: {file}"), count=len(letters), file=str(file))
        tell(
            look.shell,
            N_("When they are posted: donflow greeting posted {letters}"),
            letters=" ".join(map(str, letters)),
        )
    if run.bare:
        told = say(N_("Without a card: letters {letters}."), letters="、".join(map(str, run.bare)))
        tell_beside(look.shell, "no_card", told, None)


@click.command(
    "courier",
    cls=Command,
    help=N_(
        "The courier's sheet for letters on paper: name, mobile, address, contents, freight. Full"
        " values leave the office, so a second person agrees first; then write it with --agreed."
    ),
    example="donflow greeting courier --occasion 春节 --on 2027-02-06 --reason 寄送新春贺卡\ndonflow greeting courier --agreed 3 --out 快递单.xlsx",
)
@click.option("--occasion", metavar=N_("OCCASION"), help=N_("Which occasion."))
@click.option("--on", "day", type=DAY, metavar=N_("DAY"), help=N_("On which day."))
@click.option("--reason", metavar=N_("TEXT"), help=N_("What it is for."))
@click.option("--agreed", type=NUMBER, metavar=N_("NO"), help=N_("Write the one that was agreed."))
@click.option("--contents", default="贺卡", metavar=N_("TEXT"), help=N_("What is in it; a card."))
@click.option("--collect", is_flag=True, help=N_("The receiver pays the freight."))
@click.option("--out", type=FILE, metavar=N_("FILE"), help=N_("Where to write it."))
@writes_now
def courier(
    act: Act,
    occasion: str | None,
    day: date | None,
    reason: str | None,
    agreed: int | None,
    contents: str,
    collect: bool,
    out: Path | None,
) -> Done:
    if out is not None and out.suffix.lower() != ".xlsx":
        raise NotASheet(file=out.name)
    refuse_taken(out)
    by_number = agreed is not None and out is not None and not (occasion or day or reason)
    by_wish = agreed is None and bool(occasion and day)
    if not (by_number or by_wish):
        raise CourierIncomplete
    if agreed is not None:
        row = get_export(act.session, agreed)
        refuse_unwritable(row, form=COURIER_FORM, actor=act.actor, now=act.now)
    else:
        assert occasion is not None
        assert day is not None
        row, done = _ask(act, occasion, day, reason)
        if row.agreed_at is None or out is None:
            return done
    assert out is not None
    return _write(act, row, out, contents=contents, collect=collect)


def _ask(act: Act, occasion: str, day: date, reason: str | None) -> tuple[RosterExport, Done]:
    """Note whom the sheet would name, and ask a second person."""
    from donflow.reports.courier import FIELDS, numbers_on_sheet

    found = occasion_named(act.office, occasion)
    items = _items(act, found.code, found.zh, day)
    numbers, count = numbers_on_sheet(act.session, _cards(act, items))
    row = new_export(
        act.session,
        form=COURIER_FORM,
        full=True,
        columns=FIELDS,
        selection={"occasion": found.code, "on": day.isoformat()},
        reason=reason,
        numbers=numbers,
        actor=act.actor,
        now=act.now,
    )
    order = ask(act, COURIER, {"export": row.id, "people": count})
    sentence = say(
        N_("Courier's sheet {no} of {count} people. {order} Then: {command}"),
        no=row.id,
        count=count,
        order=order.sentence,
        command=f"donflow greeting courier --agreed {row.id} --out …",
    )
    return row, Done(sentence, None, {**order.data, "export": row.id})


def _write(act: Act, row: RosterExport, out: Path, *, contents: str, collect: bool) -> Done:
    from donflow.reports.courier import HEADERS, courier_rows  # few commands need them
    from donflow.reports.exporting import watermark
    from donflow.sheets.writing import write_list

    code, day = row.selection["occasion"], date.fromisoformat(row.selection["on"])
    found = occasion_named(act.office, code)
    agreed = set(row.numbers or ())
    items = [
        each for each in _items(act, code, found.zh, day) if each.letter.addressee_id in agreed
    ]
    cards = _cards(act, in_postal_order(act.session, act.office, items))
    rows, left = courier_rows(
        act.session, act.office.keys, cards, contents=contents, collect=collect
    )
    if not rows:
        raise NobodyMayGo(restricted=left.restricted, abroad=left.abroad)
    note_written(
        act.session, row, people=len(rows), left_out=left.people, actor=act.actor, now=act.now
    )
    note = watermark(
        act.office.settings.office or act.office.settings.school,
        act.user.display_name,
        row.reason or "",
        act.now.astimezone(act.office.zone),
        full=True,
    )
    data = write_list(f"{found.zh}快递单", HEADERS, rows, created=act.now, note=note)
    heed: tuple[Sentence, ...] = ()
    if left.people:
        told = N_("Not on the sheet: {restricted} whose data are only kept, {abroad} abroad.")
        heed = (say(told, restricted=left.restricted, abroad=left.abroad),)
    sentence = say(N_("{count} letters written to {file}."), count=len(rows), file=str(out))
    answer = {"export": row.id, "letters": [each[1] for each in rows], "file": str(out)}
    return Done(sentence, None, answer, heed=heed, file=(out, data))


def _items(look: Look, code: str, name: str, day: date) -> Sequence[ToHand]:
    """What waits on paper and may go. Raises HeldHere, NothingOnPaper."""
    refuse_held(look.session, look.office)
    items = letters_to_hand(
        look.session, look.office, Way.PAPER, now=look.now, on=day, occasion=code
    )
    going = [item for item in items if item.reason is None]
    if not going:
        raise NothingOnPaper(occasion=name, day=day, days=PAPER_AHEAD.days)
    return going


def _cards(look: Look, items: Sequence[ToHand]) -> list[Addressed]:
    from donflow.reports.courier import Addressed

    written = [write(look.session, look.office, item, now=look.now) for item in items]
    return [Addressed(each.letter.id, each.letter.addressee_id, each.names) for each in written]
