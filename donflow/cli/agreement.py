"""Commands on the agreement's text: its fields, its drafts, its number."""

from __future__ import annotations

from pathlib import Path

import click

from donflow.agreements.incoming import BY_LIBREOFFICE
from donflow.agreements.rounds import last_round
from donflow.agreements.terms import set_terms
from donflow.cli.acting import Act, Done, writes
from donflow.cli.arguments import FILE, listed
from donflow.cli.commands import Group
from donflow.cli.findings import add_finding_commands
from donflow.cli.glance import veiled
from donflow.cli.looking import Look, read_upload, reads
from donflow.cli.options import gift_argument
from donflow.cli.output import Column, tell_list
from donflow.cli.remarks import add_compare
from donflow.errors import N_, CommandLine, DonflowError, Sentence, say
from donflow.gifts.models import Gift
from donflow.gifts.register import change_gift
from donflow.lifecycle.drafting import check_draft, faults_of, known_fields, take_in_draft
from donflow.lifecycle.drafting import draft as write_draft
from donflow.lifecycle.editing import refuse_if_fixed
from donflow.settings import FILE_NAME
from donflow.vault.files import fingerprint_of

agreement = Group("agreement", help=N_("The agreement's fields and drafts"), no_args_is_help=True)
add_finding_commands(agreement)
add_compare(agreement)

COLUMNS = (
    Column("name", N_("Name")),
    Column("label", N_("Field")),
    Column("state", N_("State")),
    Column("value", N_("Value")),
    Column("command", N_("Filled in by")),
)


class HeldElsewhere(DonflowError):
    """A term that comes from another record, where alone it is changed."""

    code = "held_elsewhere"
    message = N_("“{label}” has its own place.")
    remedy = N_("Fill it in there: {command}")


class NotATerm(DonflowError):
    code = "not_a_term"
    message = N_("“{text}” is not of the form NAME=VALUE.")
    remedy = N_("See the names: donflow agreement fields GIFT")


class NoSuchTerm(DonflowError):
    code = "no_such_term"
    message = N_("The template of {gift} has no field named: {names}.")
    remedy = N_("See the names: donflow agreement fields {gift}")


@agreement.command(
    "fields",
    help=N_("What the template asks for: known, missing, or optional."),
    example="donflow agreement fields 17",
)
@gift_argument
@listed
@reads
def fields(look: Look, gift: str, as_json: bool, xlsx: Path | None) -> None:
    row = look.gift(gift)
    states = known_fields(look.session, look.office, row)
    rows: list[dict[str, object]] = [
        {
            "name": field.name,
            "label": field.label,
            "state": _state(field.missing, field.value, as_json=as_json),
            "value": veiled(look, row, field.value, outward=xlsx is not None),
            "command": _place(row, field.name) if field.missing or as_json else None,
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
    given = dict(_pair(text) for text in terms)
    asked = {
        name: field
        for field in known_fields(act.session, act.office, row)
        for name in (field.name, field.label.zh, field.label.en)
    }
    if strange := tuple(name for name in given if name not in asked):
        raise NoSuchTerm(names=strange, gift=row.number)
    for field in (asked[name] for name in given):
        if field.name in PLACES:
            raise HeldElsewhere(label=field.label, command=_place(row, field.name))
    pairs = {asked[name].name: value for name, value in given.items()}
    refuse_if_fixed(act.session, act.office, row, now=act.now)
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
    return Done(sentence, row, {"revision": revision.no}, paper=copy, heed=_heed(act, row))


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
    data = {"revision": revision.no, "document": revision.document}
    heed = _heed(act, row)
    if revision.document != fingerprint_of(upload.data):
        heed = (BY_LIBREOFFICE, *heed)
    return Done(sentence, row, data, heed=heed)


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
    _check, faults = check_draft(
        act.session, act.office, row, note=note, actor=act.actor, now=act.now
    )
    heed = () if faults is None else (say(CHECKED_AGAIN, gift=row.number, count=faults),)
    return Done(say(N_("The draft of {gift} was read."), gift=row.number), row, heed=heed)


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


def _heed(act: Act, gift: Gift) -> tuple[Sentence, ...]:
    """What a new draft asks for: its faults, and of one that came back what was done since."""
    heed: list[Sentence] = []
    if faults := faults_of(act.session, act.office, gift, now=act.now):
        heed.append(say(FAULTS, count=faults, gift=gift.number))
    review = last_round(act.session, gift.id)
    if review is not None and review.ended_on is not None:
        heed.append(say(SINCE, gift=gift.number))
    return tuple(heed)


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name:
        raise NotATerm(text=text)
    return name.strip(), value.strip()


def _place(gift: Gift, name: str) -> CommandLine:
    """What fills a field: the record that holds it, or a term of the agreement."""
    place = PLACES.get(name, f"agreement set {{gift}} {name}=TEXT")
    if place == FILE_NAME:
        return CommandLine(place)
    person = gift.donor_id or "PERSON"
    return CommandLine(f"donflow {place.format(gift=gift.number, person=person)}")


def _state(missing: bool, value: str | None, *, as_json: bool) -> object:
    code = "missing" if missing else "known" if value else "optional"
    return code if as_json else say(STATES[code])


PLACES = {
    "agreement_number": "agreement number {gift} NUMBER",
    "donor_kind": "gift edit {gift} --donor NAME",
    "donor_name": "gift edit {gift} --donor NAME",
    "donor_uscc": "person identify {person} uscc NUMBER",
    "donor_representative": "person edit {person} --representative NAME",
    "donor_resident_number": "person identify {person} resident_id NUMBER",
    "donor_address": "person reach {person} address TEXT",
    "donor_phone": "person reach {person} phone NUMBER",
    "recipient_name": FILE_NAME,
    "recipient_uscc": FILE_NAME,
    "recipient_representative": FILE_NAME,
    "recipient_address": FILE_NAME,
    "recipient_contact": FILE_NAME,
    "recipient_phone": FILE_NAME,
    "bank": FILE_NAME,
    "account_number": FILE_NAME,
    "beneficiary": "gift edit {gift} --beneficiary NAME",
    "amount": "gift edit {gift} --amount AMOUNT",
    "amount_words": "gift edit {gift} --amount AMOUNT",
    "due_date": "gift edit {gift} --pay-by DAY",
    "purpose": "gift edit {gift} --purpose TEXT",
    "naming": "gift edit {gift} --naming NAME",
    "remittance_note": "gift edit {gift} --naming NAME",
}
"""Fields whose words come from another record (agreements/values.py), and what changes it."""

FAULTS = N_("Pre-check: {count} faults to mend; see them: donflow agreement findings {gift}")
SINCE = N_(
    "To show the reviewer what was done since: donflow agreement compare {gift} --redline FILE"
)
CHECKED_AGAIN = N_(
    "The rules were changed meanwhile, and the draft was held to the new ones."
    " Faults that stand open: {count} (donflow agreement findings {gift})."
)

STATES = {"missing": N_("missing"), "known": N_("known"), "optional": N_("may stay empty")}
