"""Commands on donors and other people and bodies; masked unless revealed with a reason."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from donflow.cli.acting import Act, Done, writes
from donflow.cli.arguments import FILE, NamedChoice
from donflow.cli.choosing import choose_person
from donflow.cli.commands import Group
from donflow.cli.naming import (
    CONSENT_CHANNEL_NAMES,
    CONTACT_NAMES,
    ERASURE_NAMES,
    GENDER_NAMES,
    IDENTIFIER_NAMES,
    KIND_NAMES,
    PURPOSE_NAMES,
    SOURCE_NAMES,
    word_for,
)
from donflow.cli.naming_people import BIRTH_NAMES
from donflow.cli.person_alumni import add_alumni_commands
from donflow.cli.person_standing import add_standing_commands
from donflow.cli.person_view import add_reading_commands, person_argument
from donflow.cli.two_persons import ask
from donflow.errors import N_, NotFound, Sentence, say
from donflow.lifecycle.erasing import ERASE, duties_to_keep
from donflow.roster import consent as consents
from donflow.roster.holdings import add_contact_point, add_identifier, reveal_of
from donflow.roster.merging import people_of
from donflow.roster.models import (
    Channel,
    Constituent,
    ConstituentKind,
    ContactKind,
    Gender,
    IdentifierKind,
    Purpose,
    Source,
)
from donflow.roster.people import (
    Particulars,
    add_constituent,
    particulars_of,
    set_salutation,
)
from donflow.roster.people import edit as edit_constituent
from donflow.roster.search.finding import find_constituents

person = Group("person", help=N_("Donors and other people and bodies"), no_args_is_help=True)
add_reading_commands(person)
add_alumni_commands(person)
add_standing_commands(person)


@person.command(
    "add",
    help=N_("Add a person, company, class or chapter."),
    example="donflow person add 梁启舟 --gender male\ndonflow person add 深圳市恒源数智科技有限公司 --kind company --representative 梁启舟 --uscc 9144030046G9311043",
)
@click.argument("name", metavar=N_("NAME"))
@click.option(
    "--kind",
    type=NamedChoice(KIND_NAMES),
    default="person",
    help=N_("What it is."),
)
@click.option(
    "--gender",
    type=NamedChoice(GENDER_NAMES),
    help=N_("For the salutation."),
)
@click.option("--representative", metavar=N_("NAME"), help=N_("Who speaks for a body."))
@click.option("--salutation", metavar=N_("TEXT"), help=N_("How they wish to be addressed."))
@click.option("--uscc", metavar=N_("NUMBER"), help=N_("The unified social credit code."))
@click.option("--resident-id", metavar=N_("NUMBER"), help=N_("The resident number."))
@click.option("--phone", metavar=N_("NUMBER"), help=N_("A telephone number."))
@click.option("--mail", metavar=N_("ADDRESS"), help=N_("A mail address."))
@click.option("--address", metavar=N_("TEXT"), help=N_("A postal address."))
@click.option(
    "--doubtful-is-right",
    is_flag=True,
    help=N_("A number that looks doubtful was compared and is right."),
)
@writes
def add(
    act: Act,
    name: str,
    kind: str,
    gender: str | None,
    representative: str | None,
    salutation: str | None,
    uscc: str | None,
    resident_id: str | None,
    phone: str | None,
    mail: str | None,
    address: str | None,
    doubtful_is_right: bool,
) -> Done:
    keys = act.office.keys
    particulars = Particulars(
        ConstituentKind(kind),
        name,
        gender=Gender(gender) if gender else None,
        representative=representative,
    )
    added = add_constituent(act.session, keys, particulars, actor=act.actor, now=act.now)
    if salutation:
        set_salutation(act.session, added, salutation, actor=act.actor, now=act.now)
    numbers = ((IdentifierKind.USCC, uscc), (IdentifierKind.RESIDENT_ID, resident_id))
    for identifier_kind, raw in numbers:
        if raw:
            add_identifier(
                act.session,
                keys,
                added,
                kind=identifier_kind,
                raw=raw,
                confirmed=doubtful_is_right,
                actor=act.actor,
                now=act.now,
            )
    ways = ((ContactKind.PHONE, phone), (ContactKind.MAIL, mail), (ContactKind.ADDRESS, address))
    for contact_kind, raw in ways:
        if raw:
            add_contact_point(
                act.session,
                keys,
                added,
                kind=contact_kind,
                raw=raw,
                source=Source.SELF,
                since=act.on,
                actor=act.actor,
                now=act.now,
            )
    return Done(_added(act, added), None, {"person": added.id})


@person.command(
    "edit",
    help=N_("Change what a person or body is called."),
    example="donflow person edit 3 --representative 秦望川",
)
@person_argument
@click.option("--name", metavar=N_("NAME"), help=N_("The name."))
@click.option(
    "--gender",
    type=NamedChoice(GENDER_NAMES),
    help=N_("For the salutation."),
)
@click.option("--representative", metavar=N_("NAME"), help=N_("Who speaks for a body."))
@click.option("--salutation", metavar=N_("TEXT"), help=N_("How they wish to be addressed."))
@writes
def edit(
    act: Act,
    who: str,
    name: str | None,
    gender: str | None,
    representative: str | None,
    salutation: str | None,
) -> Done:
    chosen = choose_person(act, who)
    old = particulars_of(chosen)
    new = replace(
        old,
        name=name or old.name,
        gender=Gender(gender) if gender else old.gender,
        representative=representative or old.representative,
    )
    if new != old:
        edit_constituent(
            act.session,
            chosen,
            new,
            version=chosen.row_version,
            actor=act.actor,
            now=act.now,
        )
    if salutation:
        set_salutation(act.session, chosen, salutation, actor=act.actor, now=act.now)
    return Done(say(N_("Person {no}: {name}."), no=chosen.id, name=chosen.name))


@person.command(
    "reach",
    help=N_("Add a way to reach a person."),
    example="donflow person reach 3 phone 13900001234",
)
@person_argument
@click.argument("kind", type=NamedChoice(CONTACT_NAMES), metavar=N_("KIND"))
@click.argument("value", metavar=N_("TEXT"))
@click.option(
    "--source",
    type=NamedChoice(SOURCE_NAMES),
    default="self",
    help=N_("Who told us."),
)
@click.option("--preferred", is_flag=True, help=N_("The one to use first."))
@writes
def reach(act: Act, who: str, kind: str, value: str, source: str, preferred: bool) -> Done:
    chosen = choose_person(act, who)
    added = add_contact_point(
        act.session,
        act.office.keys,
        chosen,
        kind=ContactKind(kind),
        raw=value,
        source=Source(source),
        since=act.on,
        preferred=preferred,
        actor=act.actor,
        now=act.now,
    )
    return Done(say(N_("Added to person {no}: {shown}"), no=chosen.id, shown=added.masked))


@person.command(
    "identify",
    help=N_("Add an identifying number; it is checked, encrypted and shown masked."),
    example="donflow person identify 3 resident_id 110105190001129563",
)
@person_argument
@click.argument("kind", type=NamedChoice(IDENTIFIER_NAMES), metavar=N_("KIND"))
@click.argument("number", metavar=N_("NUMBER"))
@click.option(
    "--doubtful-is-right",
    is_flag=True,
    help=N_("A number that looks doubtful was compared and is right."),
)
@writes
def identify(act: Act, who: str, kind: str, number: str, doubtful_is_right: bool) -> Done:
    chosen = choose_person(act, who)
    added = add_identifier(
        act.session,
        act.office.keys,
        chosen,
        kind=IdentifierKind(kind),
        raw=number,
        confirmed=doubtful_is_right,
        actor=act.actor,
        now=act.now,
    )
    return Done(say(N_("Added to person {no}: {shown}"), no=chosen.id, shown=added.masked))


@person.command(
    "consent",
    help=N_("Record consent, or its withdrawal, for one purpose and one channel."),
    example="donflow person consent 3 publicity_name --given\ndonflow person consent 3 greetings --channel mail --withdrawn",
)
@person_argument
@click.argument("purpose", type=NamedChoice(PURPOSE_NAMES), metavar=N_("PURPOSE"))
@click.option("--given/--withdrawn", default=True, help=N_("Given, or withdrawn."))
@click.option(
    "--channel",
    type=NamedChoice(CONSENT_CHANNEL_NAMES),
    default="any",
    help=N_("By which channel it holds."),
)
@click.option("--file", type=FILE, metavar=N_("FILE"), help=N_("The paper that proves it."))
@click.option("--notice", metavar=N_("TEXT"), help=N_("The version of the privacy notice."))
@writes
def consent(
    act: Act,
    who: str,
    purpose: str,
    given: bool,
    channel: str,
    file: Path | None,
    notice: str | None,
) -> Done:
    chosen = choose_person(act, who)
    evidence = act.deposit(file).fingerprint if file else None
    if given:
        consents.give(
            act.session,
            chosen,
            Purpose(purpose),
            stated_on=act.on,
            actor=act.actor,
            now=act.now,
            channel=Channel(channel),
            evidence=evidence,
            notice_version=notice,
        )
    else:
        consents.withdraw(
            act.session,
            chosen,
            Purpose(purpose),
            stated_on=act.on,
            actor=act.actor,
            now=act.now,
            channel=Channel(channel),
            evidence=evidence,
        )
    return Done(
        say(
            N_("Consent of person {no} recorded: {purpose}."),
            no=chosen.id,
            purpose=word_for(PURPOSE_NAMES, purpose),
        )
    )


@person.command(
    "reveal",
    help=N_("Show one protected field in full, for a reason that the others can read."),
    example="donflow person reveal 3 phone --reason 约签约时间",
)
@person_argument
@click.argument(
    "kind", type=NamedChoice(CONTACT_NAMES | IDENTIFIER_NAMES | BIRTH_NAMES), metavar=N_("KIND")
)
@click.option("--reason", default="", metavar=N_("TEXT"), help=N_("What it is needed for."))
@writes
def reveal(act: Act, who: str, kind: str, reason: str) -> Done:
    chosen = choose_person(act, who)
    shown = reveal_of(
        act.session,
        act.office.keys,
        people_of(act.session, chosen.id),
        kind,
        reason=reason,
        actor=act.actor,
        now=act.now,
    )
    if shown is None:
        raise NotFound(what=say(N_("such a field of person")), given=chosen.id)
    said = say(N_("Shown once, and written in the journal."))
    return Done(said, shown_once=shown.reveal())


def _added(act: Act, added: Constituent) -> Sentence:
    """The answer for somebody new; with a warning where there is one of that name already."""
    found = find_constituents(act.session, act.office.keys, added.name)
    same = tuple(item.id for item in found if item.name == added.name and item.id != added.id)
    if not same:
        return say(N_("Person {no}: {name}."), no=added.id, name=added.name)
    return say(
        N_("Person {no}: {name}. Note: {same} bears the same name; use that number if it is one."),
        no=added.id,
        name=added.name,
        same=same,
    )


@person.command(
    "erase",
    help=N_(
        "Erase a person's data, with a second person; what a gift obliges to keep is locked instead."
    ),
    example="donflow person erase 3 --because asked\ndonflow person erase 3 --because asked --for leader --evidence 审批单.pdf",
)
@person_argument
@click.option(
    "--because",
    type=NamedChoice(ERASURE_NAMES),
    required=True,
    help=N_("Why: the person asked, or the data are no longer needed."),
)
@writes
def erase(act: Act, who: str, because: str) -> Done:
    chosen = choose_person(act, who)
    asked = ask(act, ERASE, {"person": chosen.id, "because": because})
    if act.actor.on_behalf_of is None:
        return asked
    data = {**asked.data, "status": chosen.status}
    if duties := duties_to_keep(act.session, chosen):
        sentence = N_("The data of person {no} are kept and locked, because of: {duties}.")
        return Done(say(sentence, no=chosen.id, duties=duties), None, data)
    sentence = N_(
        "Person {no} is erased: the record is empty, the key is destroyed."
        " Backups made before still hold the name and the consents' papers:"
        " delete them once a new one is proven."
    )
    return Done(say(sentence, no=chosen.id), None, data)
