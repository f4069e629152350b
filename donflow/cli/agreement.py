"""Commands on the agreement's text: its fields, its drafts, its number."""

from __future__ import annotations

from pathlib import Path

import click

from donflow.agreements.drafting import check_revision
from donflow.agreements.terms import set_terms
from donflow.cli.acting import Act, Done, writes
from donflow.cli.arguments import FILE, listed
from donflow.cli.commands import Group
from donflow.cli.looking import Look, read_upload, reads
from donflow.cli.options import gift_argument
from donflow.cli.output import Column, tell_list
from donflow.errors import N_, DonflowError, say
from donflow.gifts.register import change_gift
from donflow.lifecycle.drafting import draft as write_draft
from donflow.lifecycle.drafting import known_fields, take_in_draft

agreement = Group("agreement", help=N_("The agreement's fields and drafts"), no_args_is_help=True)

COLUMNS = (
    Column("name", N_("Name")),
    Column("label", N_("Field")),
    Column("state", N_("State")),
    Column("value", N_("Value")),
)


class NotATerm(DonflowError):
    code = "not_a_term"
    message = N_("“{text}” is not of the form NAME=VALUE.")
    remedy = N_("See the names: donflow agreement fields GIFT")


@agreement.command(
    "fields",
    help=N_("What the template asks for: known, missing, or optional."),
    example="donflow agreement fields 17",
)
@gift_argument
@listed
@reads
def fields(look: Look, gift: str, as_json: bool, xlsx: Path | None) -> None:
    states = known_fields(look.session, look.office, look.gift(gift))
    rows: list[dict[str, object]] = [
        {
            "name": field.name,
            "label": field.label,
            "state": _state(field.missing, field.value, as_json=as_json),
            "value": field.value,
        }
        for field in states
    ]
    tell_list(look.shell, N_("Fields"), COLUMNS, rows, as_json=as_json, xlsx=xlsx)


@agreement.command(
    "set",
    help=N_("Set terms that the template asks for and no other record holds."),
    example="donflow agreement set 17 standard=每人每学年五千元 beneficiaries=全日制本科生",
)
@gift_argument
@click.argument("terms", nargs=-1, required=True, metavar=N_("NAME=VALUE"))
@writes
def set_(act: Act, gift: str, terms: tuple[str, ...]) -> Done:
    row = act.gift(gift)
    pairs = dict(_pair(text) for text in terms)
    set_terms(act.session, row, pairs, actor=act.actor, now=act.now)
    return Done(say(N_("{count} terms of {gift} set."), count=len(pairs), gift=row.number), row)


@agreement.command(
    "draft",
    help=N_("Write the next draft from the template; names every field that is missing."),
    example="donflow agreement draft 17 --out 第1稿.docx",
)
@gift_argument
@click.option(
    "--out", type=FILE, metavar=N_("FILE"), help=N_("Where to put a copy of the Word file.")
)
@writes
def draft(act: Act, gift: str, out: Path | None) -> Done:
    row = act.gift(gift)
    revision = write_draft(act.session, act.office, row, actor=act.actor, now=act.now)
    copy = act.paper(row, revision.document, out)
    sentence = say(
        N_("Draft {no} of {gift}: {file}"), no=revision.no, gift=row.number, file=str(copy.path)
    )
    return Done(sentence, row, {"revision": revision.no}, paper=copy)


@agreement.command(
    "take-in",
    help=N_("Take a Word file edited by hand, or the donor's own, as the next draft."),
    example="donflow agreement take-in 17 修改稿.docx",
)
@gift_argument
@click.argument("file", type=FILE, metavar=N_("FILE"))
@writes
def take_in(act: Act, gift: str, file: Path) -> Done:
    row = act.gift(gift)
    upload = read_upload(file)
    revision = take_in_draft(act.session, act.office, row, upload, actor=act.actor, now=act.now)
    sentence = say(N_("Taken in as draft {no} of {gift}."), no=revision.no, gift=row.number)
    return Done(sentence, row, {"revision": revision.no, "document": revision.document})


@agreement.command(
    "check",
    help=N_("Record that you have read the current draft before it leaves the school."),
    example="donflow agreement check 17 --note 金额大小写一致，附件齐全",
)
@gift_argument
@click.option("--note", metavar=N_("TEXT"), help=N_("What was looked at."))
@writes
def check(act: Act, gift: str, note: str | None) -> Done:
    row = act.gift(gift)
    check_revision(act.session, row, note=note, on=act.on, actor=act.actor, now=act.now)
    return Done(say(N_("The draft of {gift} was read."), gift=row.number), row)


@agreement.command(
    "number",
    help=N_("Record the agreement number that the foundation gave."),
    example="donflow agreement number 17 云基协〔2026〕031号",
)
@gift_argument
@click.argument("number", metavar=N_("NUMBER"))
@writes
def number_(act: Act, gift: str, number: str) -> Done:
    row = act.gift(gift)
    changes = {"agreement_number": number}
    change_gift(act.session, row, changes, actor=act.actor, now=act.now)
    return Done(
        say(N_("Agreement number of {gift}: {number}."), gift=row.number, number=number), row
    )


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name:
        raise NotATerm(text=text)
    return name.strip(), value.strip()


def _state(missing: bool, value: str | None, *, as_json: bool) -> object:
    code = "missing" if missing else "known" if value else "optional"
    return code if as_json else say(STATES[code])


STATES = {"missing": N_("missing"), "known": N_("known"), "optional": N_("may stay empty")}
