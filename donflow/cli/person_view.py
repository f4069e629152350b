"""Commands on people that only read: what is known of one, and who there is; masked."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from donflow.cli.arguments import json_option, listed
from donflow.cli.choosing import choose_person
from donflow.cli.commands import Group
from donflow.cli.looking import Look, reads
from donflow.cli.naming import (
    CONTACT_NAMES,
    IDENTIFIER_NAMES,
    KIND_NAMES,
    PURPOSE_NAMES,
    word_for,
)
from donflow.cli.output import Column, tell, tell_list, tell_record
from donflow.errors import N_, say
from donflow.lifecycle.visible import seen_people
from donflow.roster import consent as consents
from donflow.roster.models import Constituent, ContactKind
from donflow.roster.people import all_constituents, find_constituents
from donflow.roster.views import masked_view

reading = Group("person")

person_argument = click.argument("who", metavar=N_("PERSON"))


def add_reading_commands(group: Group) -> None:
    """Put the reading commands into the group of people."""
    for command in (show, list_):
        group.add_command(command)


@reading.command(
    "show",
    help=N_("A person or body: masked numbers and ways to reach them, consents."),
    example="donflow person show 梁启舟",
)
@person_argument
@json_option
@reads
def show(look: Look, who: str, as_json: bool) -> None:
    chosen = choose_person(look, who, partial(_seen, look))
    view = masked_view(chosen, look.scope)
    said = consents.consents_of(look.session, chosen)
    if as_json:
        tell_record(
            look.shell,
            {
                "person": view.id,
                "kind": view.kind,
                "name": view.name,
                "salutation": view.salutation,
                "representative": view.representative,
                "status": view.status,
                "contact_points": [
                    {"kind": item.kind, "shown": item.shown, "preferred": item.preferred}
                    for item in view.contact_points
                ],
                "identifiers": [
                    {"kind": item.kind, "shown": item.shown} for item in view.identifiers
                ],
                "consents": [
                    {
                        "purpose": item.purpose,
                        "channel": item.channel,
                        "decision": item.decision,
                        "on": item.stated_on,
                    }
                    for item in said
                ],
            },
        )
        return
    click.echo(f"{view.id}  {view.name}")
    tell(look.shell, N_("  addressed as: {salutation}"), salutation=view.salutation)
    if view.representative:
        tell(look.shell, N_("  represented by: {name}"), name=view.representative)
    for item in [*view.identifiers, *view.contact_points]:
        name = look.shell.words(word_for(CONTACT_NAMES | IDENTIFIER_NAMES, item.kind))
        click.echo(f"  {name}  {item.shown}")
    for consent_ in said:
        tell(
            look.shell,
            N_("  {purpose}: {decision} on {day}"),
            purpose=word_for(PURPOSE_NAMES, consent_.purpose),
            decision=say(DECISIONS[consent_.decision]),
            day=consent_.stated_on,
        )


@reading.command(
    "list",
    help=N_("People and bodies, by part of a name or the last four digits of a phone."),
    example="donflow person list 恒源\ndonflow person list 1234",
)
@click.argument("text", default="", metavar=N_("TEXT"))
@listed
@reads
def list_(look: Look, text: str, as_json: bool, xlsx: Path | None) -> None:
    columns = (
        Column("person", N_("No.")),
        Column("name", N_("Name")),
        Column("kind", N_("Kind")),
        Column("salutation", N_("Salutation")),
        Column("phone", N_("Telephone")),
    )
    found = (
        find_constituents(look.session, look.office.keys, text)
        if text
        else all_constituents(look.session)
    )
    rows: list[dict[str, object]] = []
    for item in _seen(look, found):
        view = masked_view(item, look.scope)
        phones = [way.shown for way in view.contact_points if way.kind == ContactKind.PHONE]
        rows.append(
            {
                "person": view.id,
                "name": view.name,
                "kind": view.kind if as_json else word_for(KIND_NAMES, view.kind),
                "salutation": view.salutation,
                "phone": phones[0] if phones else None,
            }
        )
    tell_list(look.shell, N_("People"), columns, rows, as_json=as_json, xlsx=xlsx)


def _seen(look: Look, people: list[Constituent]) -> list[Constituent]:
    return seen_people(
        look.session, people, scope=look.scope, user=look.user, roles=look.actor.roles
    )


DECISIONS = {"given": N_("given"), "withdrawn": N_("withdrawn")}
