"""The command that writes personal information forms: on paper, or as a sheet of several people."""

from __future__ import annotations

from pathlib import Path

import click

from donflow.cli.arguments import FILE, json_option
from donflow.cli.choosing import choose_person
from donflow.cli.commands import Command
from donflow.cli.files import refuse_other_than_word, refuse_taken, write_new
from donflow.cli.looking import Look, reads
from donflow.cli.output import tell, tell_record
from donflow.errors import N_, DonflowError, Refusal, Refused, say
from donflow.roster.form import (
    BLANK,
    TITLE,
    FormFields,
    Handler,
    draw_person_form,
    fields_of,
    sheet_headers,
    sheet_rows,
)
from donflow.roster.form_number import form_number
from donflow.roster.models import ConstituentKind, Status
from donflow.roster.whole import WholePerson, whole_person


class OnePaperEach(DonflowError):
    code = "one_paper_each"
    message = N_("Each person has a paper of their own: {count} forms do not go into one file.")
    remedy = N_("Call the command for each person, or write them as rows with --sheet.")


class NotNamedAsSheet(DonflowError):
    code = "not_named_as_sheet"
    message = N_("What is written is an Excel file, and {file} is not named as one.")
    remedy = N_("Call it {named}.")


class NoHandler(DonflowError):
    """The notice must name who handles the data and how to reach them (PIPL 17)."""

    code = "no_handler"
    message = N_("The form's notice would not say all that it must: {missing}.")
    remedy = N_(
        "Write university, office and contact at the top of donflow.toml (donflow settings show),"
        " or add --contact."
    )


@click.command(
    "form",
    cls=Command,
    help=N_(
        "Write the personal information form of a person, or a blank one; --sheet for several."
    ),
    example="donflow roster form 3 --contact 029-00000000 --out 校友信息表.docx\ndonflow roster form --contact 029-00000000 --out 空白表.docx\ndonflow roster form 3 4 --sheet --out 校友信息表.xlsx",
)
@click.argument("who", nargs=-1, metavar=N_("PERSON"))
@click.option("--out", type=FILE, required=True, metavar=N_("FILE"), help=N_("Where to write it."))
@click.option("--sheet", is_flag=True, help=N_("An Excel file with a row for each study."))
@click.option(
    "--contact", default="", metavar=N_("TEXT"), help=N_("How the office is reached, on the form.")
)
@json_option
@reads
def form(
    look: Look, who: tuple[str, ...], out: Path, sheet: bool, contact: str, as_json: bool
) -> None:
    refuse_taken(out)
    if sheet and out.suffix.lower() != ".xlsx":
        raise NotNamedAsSheet(file=str(out), named=f"{out.stem}.xlsx")
    if not sheet:
        refuse_other_than_word(out)
        if len(who) > 1:
            raise OnePaperEach(count=len(who))
    people = [
        whole_person(look.session, choose_person(look, one).id, look.scope)
        for one in dict.fromkeys(who)
    ]
    _refuse_unasked(people)
    forms = [_fields(look, person) for person in people]
    write_new(out, _sheet(look, forms) if sheet else _paper(look, forms, contact))
    if as_json:
        told = [{"person": person.view.id} for person in people]
        tell_record(look.shell, {"file": str(out), "people": told})
        return
    tell(
        look.shell, N_("{count} forms written to {file}."), count=max(len(forms), 1), file=str(out)
    )


def _fields(look: Look, person: WholePerson) -> FormFields:
    return fields_of(person, form_number(look.office.keys, person.view.id))


def _paper(look: Look, forms: list[FormFields], contact: str) -> bytes:
    settings = look.office.settings
    handler = Handler(
        (settings.university or settings.school).strip(),
        (settings.office or settings.school).strip(),
        (contact or settings.contact).strip(),
    )
    said = {
        N_("the university"): handler.university,
        N_("the office"): handler.office,
        N_("how the office is reached"): handler.contact,
    }
    if missing := tuple(say(name) for name, value in said.items() if not value):
        raise NoHandler(missing=missing)
    return draw_person_form(forms[0] if forms else BLANK, handler)


def _sheet(look: Look, forms: list[FormFields]) -> bytes:
    from donflow.sheets.writing import write_list  # few commands need it

    return write_list(TITLE, sheet_headers(), sheet_rows(forms), created=look.now)


def _refuse_unasked(people: list[WholePerson]) -> None:
    """Nobody is asked who has died, whose data are only kept, or who is no person; all at once."""
    refusals = tuple(
        Refusal(
            "form_not_sent",
            say(
                N_("{number} {name} is not asked for particulars."),
                number=one.view.id,
                name=one.view.name,
            ),
            say(N_("Leave out who has died, whose data are only kept, and companies.")),
        )
        for one in people
        if one.view.status != Status.ACTIVE or one.view.kind != ConstituentKind.PERSON
    )
    if refusals:
        raise Refused(refusals)
