"""`donflow roster search`: people by whatever one has at hand, as one types it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import click

from donflow.cli.arguments import RangeType, listed
from donflow.cli.commands import Command
from donflow.cli.looking import Look, reads
from donflow.cli.naming import word_for
from donflow.cli.output import Column, tell, tell_list, tell_record
from donflow.errors import N_, Sentence, say
from donflow.lifecycle.visible import reach_of, seen_numbers
from donflow.roster.models import Status
from donflow.roster.search.finding import count_people, find_people, sought
from donflow.roster.search.line import Field
from donflow.roster.search.showing import Found, shown

FIELD_NAMES: Mapping[str, str] = {
    Field.NAME: N_("name"),
    Field.OTHER_NAME: N_("other name"),
    Field.CLASS: N_("class"),
    Field.MAJOR: N_("major"),
    Field.DEGREE: N_("degree"),
    Field.GRADUATION: N_("year of graduation"),
    Field.STUDENT_NO: N_("student number"),
    Field.EMPLOYER: N_("employer"),
    Field.JOB_TITLE: N_("job title"),
    Field.CITY: N_("city"),
    Field.PROVINCE: N_("province"),
    Field.PINYIN: N_("pinyin"),
    Field.NUMBER: N_("No."),
    Field.CONTACT: N_("contact or identifier"),
}
MARKS: Mapping[str, str] = {
    Status.DECEASED: N_("{name} (deceased)"),
    Status.RESTRICTED: N_("{name} (restricted)"),
}
COLUMNS = (
    Column("person", N_("No.")),
    Column("name", N_("Name")),
    Column("classes", N_("Class")),
    Column("city", N_("City")),
    Column("employer", N_("Employer")),
    Column("phone", N_("Telephone")),
    Column("matched", N_("Found by")),
)


@click.command(
    "search",
    cls=Command,
    help=N_(
        "People by part of a name, pinyin or initials, class, year, student number, employer, city, or the last digits of a phone; several words must all match."
    ),
    example="donflow roster search 梁启舟\ndonflow roster search lqz\ndonflow roster search 05级会计 深圳 王\ndonflow roster search 0071",
)
@click.argument("words", nargs=-1, required=True, metavar=N_("TEXT"))
@click.option(
    "--limit",
    type=RangeType(1, 999_999_999),
    default=50,
    metavar=N_("COUNT"),
    help=N_("How many are shown at most; else 50."),
)
@click.option("--newest", is_flag=True, help=N_("The newest class first, instead of by number."))
@click.option("--count", "only_count", is_flag=True, help=N_("Say only how many there are."))
@listed
@reads
def search(
    look: Look,
    words: tuple[str, ...],
    limit: int,
    newest: bool,
    only_count: bool,
    as_json: bool,
    xlsx: Path | None,
) -> None:
    text, keys = " ".join(words), look.office.keys
    among = seen_numbers(look.session, scope=look.scope, user=look.user, roles=look.actor.roles)
    reach = reach_of(look.scope, look.actor.roles)
    if only_count:
        count = count_people(look.session, keys, text, among=among, reach=reach)
        if as_json:
            tell_record(look.shell, {"count": count})
        else:
            tell(look.shell, N_("{count} people."), count=count)
        return
    numbers = find_people(
        look.session, keys, text, among=among, limit=limit + 1, newest_first=newest, reach=reach
    )
    query = sought(look.session, keys, text, reach)
    people = shown(look.session, query, numbers[:limit], look.scope)
    rows = [_codes(person) if as_json else _words(look, person) for person in people]
    tell_list(look.shell, N_("People"), COLUMNS, rows, as_json=as_json, xlsx=xlsx)
    if len(numbers) > limit and not as_json:
        tell(look.shell, N_("There are more than {limit}; another word narrows it."), limit=limit)


def _codes(person: Found) -> dict[str, object]:
    return {
        "person": person.person,
        "kind": person.kind,
        "name": person.name,
        "classes": list(person.classes),
        "city": person.city,
        "employer": person.employer,
        "phone": person.phone,
        "status": person.status,
        "matched": [{"word": word, "field": field} for word, field in person.matched],
    }


def _words(look: Look, person: Found) -> dict[str, object]:
    name: Sentence | str = person.name
    if mark := MARKS.get(Status(person.status)):
        name = say(mark, name=person.name)
    fields = dict.fromkeys(field for _, field in person.matched)
    return {
        "person": person.person,
        "name": look.shell.words.value(name),
        "classes": "、".join(person.classes),
        "city": person.city,
        "employer": person.employer,
        "phone": person.phone,
        "matched": "、".join(look.shell.words(word_for(FIELD_NAMES, field)) for field in fields),
    }
