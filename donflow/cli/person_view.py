"""Commands on people that only read: what is known of one, and who there is; masked."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from donflow.cli.arguments import json_option, listed
from donflow.cli.choosing import choose_person
from donflow.cli.commands import Group
from donflow.cli.looking import Look, reads
from donflow.cli.naming import KIND_NAMES, word_for
from donflow.cli.output import Column, tell_list, tell_record
from donflow.cli.person_whole import record_of, tell_whole
from donflow.errors import N_
from donflow.lifecycle.visible import gifts_given, reach_of, seen_people
from donflow.roster.models import Constituent, ContactKind
from donflow.roster.people import all_constituents
from donflow.roster.search.finding import find_constituents
from donflow.roster.views import masked_view
from donflow.roster.whole import whole_person

reading = Group("person")

person_argument = click.argument("who", metavar=N_("PERSON"))


def add_reading_commands(group: Group) -> None:
    """Put the reading commands into the group of people."""
    for command in (show, list_):
        group.add_command(command)


def _show(look: Look, who: str, as_json: bool) -> None:
    chosen = choose_person(look, who, partial(_seen, look))
    whole = whole_person(look.session, chosen.id, look.scope)
    gifts = gifts_given(look.session, whole.numbers, user=look.user, roles=look.actor.roles)
    if as_json:
        tell_record(look.shell, record_of(look.shell, whole, gifts))
    else:
        tell_whole(look.shell, whole, gifts)


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
        find_constituents(
            look.session,
            look.office.keys,
            text,
            reach=reach_of(look.scope, look.actor.roles),
        )
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


def _shown_in(group: str, example: str) -> click.Command:
    """The one command that shows a person whole, as it stands in a group."""
    whole = N_("All that is known of a person or body, with who told it; numbers are masked.")
    command = Group(group).command("show", help=whole, example=example)
    shown: click.Command = command(person_argument(json_option(reads(_show))))
    return shown


def _seen(look: Look, people: list[Constituent]) -> list[Constituent]:
    return seen_people(
        look.session, people, scope=look.scope, user=look.user, roles=look.actor.roles
    )


show = _shown_in("person", "donflow person show 梁启舟\ndonflow person show 3 --json")
show_alumnus = _shown_in("roster", "donflow roster show 梁启舟\ndonflow roster show 3 --json")
