"""Commands on class liaisons: appoint, renew, end, list, and the letters of appointment."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import click

from donflow.cli.acting import Act, Done, writes
from donflow.cli.arguments import DAY, FILE, PAST_DAY, RangeType, listed
from donflow.cli.choosing import choose_person
from donflow.cli.commands import Group
from donflow.cli.files import refuse_taken
from donflow.cli.looking import Look, reads
from donflow.cli.output import Column, tell_list
from donflow.cli.person_view import person_argument
from donflow.errors import N_, DonflowError, say
from donflow.lifecycle.appointing import without_the_dead, write_letters
from donflow.reports.liaisons import class_liaisons, class_named
from donflow.roster import liaisons
from donflow.roster.merging import numbers_of
from donflow.roster.people import get_constituent

YEARS = 3


class WhoseLetters(DonflowError):
    code = "whose_letters"
    message = N_("Say whose letters: name people, or all with --all; not both.")


liaison = Group(
    "liaison",
    help=N_("Class liaisons and their letters of appointment"),
    no_args_is_help=True,
)
class_option = click.option(
    "--class", "class_text", metavar=N_("TEXT"), help=N_("The class, if several are meant.")
)
until_option = click.option(
    "--until", type=DAY, metavar=N_("DAY"), help=N_("The last day; three years if not said.")
)


@liaison.command(
    "appoint",
    help=N_("Appoint a person liaison of a class."),
    example="donflow roster liaison appoint 梁启舟 2009级会计1班\ndonflow roster liaison appoint 3 2009级会计1班 --from 2026-09-01 --until 2029-08-31",
)
@person_argument
@click.argument("class_label", metavar=N_("CLASS"))
@click.option(
    "--from", "since", type=DAY, metavar=N_("DAY"), help=N_("The first day; today if not said.")
)
@until_option
@click.option(
    "--new-class",
    is_flag=True,
    help=N_("A class of which nobody stands on the roster yet, written as it is."),
)
@writes
def appoint(
    act: Act,
    who: str,
    class_label: str,
    since: date | None,
    until: date | None,
    new_class: bool,
) -> Done:
    person = choose_person(act, who)
    begins = since or act.on
    post = liaisons.appoint(
        act.session,
        person,
        class_label if new_class else class_named(act.session, class_label),
        since=begins,
        until=until or _term(begins),
        actor=act.actor,
        now=act.now,
    )
    return _done(
        N_("{name} is liaison of {class_label} until {until}. Letter: {command}"), act, post.id
    )


@liaison.command(
    "renew",
    help=N_("Appoint a liaison again; the new term follows on the old one."),
    example="donflow roster liaison renew 梁启舟",
)
@person_argument
@class_option
@until_option
@writes
def renew(act: Act, who: str, class_text: str | None, until: date | None) -> Done:
    person = choose_person(act, who)
    post = liaisons.find_post(act.session, numbers_of(act.session, person.id), class_text)
    begins = post.until_on + timedelta(days=1) if post.until_on else act.on
    renewed = liaisons.renew(
        act.session,
        post,
        until=until or _term(begins),
        actor=act.actor,
        now=act.now,
        since=begins,
    )
    return _done(
        N_("{name} stays liaison of {class_label} until {until}. Letter: {command}"),
        act,
        renewed.id,
    )


@liaison.command(
    "end",
    help=N_("End an appointment before its time."),
    example="donflow roster liaison end 梁启舟",
)
@person_argument
@class_option
@click.option(
    "--on-day",
    "last",
    type=PAST_DAY,
    metavar=N_("DAY"),
    help=N_("The last day; today if not said."),
)
@writes
def end(act: Act, who: str, class_text: str | None, last: date | None) -> Done:
    person = choose_person(act, who)
    post = liaisons.find_post(act.session, numbers_of(act.session, person.id), class_text)
    liaisons.end(act.session, post, on=last or act.on, actor=act.actor, now=act.now)
    sentence = N_("{name} is no longer liaison of {class_label}.")
    values = {"name": person.name, "class_label": post.class_label}
    return Done(say(sentence, **values), None, {"post": post.id})


@liaison.command(
    "list",
    help=N_("Who is liaison of which class; classes without one; whose term runs out soon."),
    example="donflow roster liaison list\ndonflow roster liaison list --without\ndonflow roster liaison list --ending 90",
)
@click.option("--without", is_flag=True, help=N_("Only classes that have none."))
@click.option(
    "--ending",
    type=RangeType(0, 3660),
    metavar=N_("DAYS"),
    help=N_("Only whose term ends within so many days."),
)
@listed
@reads
def list_(look: Look, without: bool, ending: int | None, as_json: bool, xlsx: Path | None) -> None:
    columns = (
        Column("class", N_("Class")),
        Column("classmates", N_("Classmates")),
        Column("person", N_("No.")),
        Column("name", N_("Liaison")),
        Column("from", N_("From")),
        Column("until", N_("Last day")),
        Column("letter", N_("Letter")),
    )
    rows: list[dict[str, object]] = [
        {
            "class": one.class_label,
            "classmates": one.classmates,
            "person": one.number,
            "name": one.name,
            "from": one.from_on,
            "until": one.until_on,
            "letter": one.letter_no,
        }
        for one in class_liaisons(look.session, today=look.today, ending_within=ending)
        if not without or one.number is None
    ]
    tell_list(look.shell, N_("Class liaisons"), columns, rows, as_json=as_json, xlsx=xlsx)


@liaison.command(
    "letters",
    help=N_(
        "The letters of appointment as one PDF to print. One written before comes out as it was."
    ),
    example="donflow roster liaison letters 梁启舟 --out 聘书.pdf\ndonflow roster liaison letters --all --out 聘书.pdf",
)
@click.argument("who", nargs=-1, metavar=N_("PERSON"))
@click.option("--all", "everybody", is_flag=True, help=N_("Everybody whose term is not over."))
@click.option("--signed-by", metavar=N_("NAME"), help=N_("Who appoints; the school if not said."))
@click.option(
    "--dated", type=DAY, metavar=N_("DAY"), help=N_("The letter's day; today if not said.")
)
@click.option("--out", type=FILE, required=True, metavar=N_("FILE"), help=N_("Where to write it."))
@writes
def letters(
    act: Act,
    who: tuple[str, ...],
    everybody: bool,
    signed_by: str | None,
    dated: date | None,
    out: Path,
) -> Done:
    if everybody == bool(who):
        raise WhoseLetters
    refuse_taken(out)
    if everybody:
        posts = [one for one in liaisons.all_posts(act.session) if liaisons.not_over(one, act.on)]
    else:
        people = dict.fromkeys(choose_person(act, one).id for one in who)
        posts = [
            liaisons.find_post(act.session, numbers_of(act.session, one), None) for one in people
        ]
    posts, dead = without_the_dead(act.session, posts)
    data = write_letters(
        act.session,
        act.office,
        posts,
        signed_by=signed_by,
        dated_on=dated or act.on,
        actor=act.actor,
        now=act.now,
    )
    numbers = [post.letter_no for post in posts if post.letter_no]
    sentence = say(N_("Letters written to {file}: {numbers}."), file=str(out), numbers=numbers)
    told = {"letters": numbers, "left_out": [one.id for one in dead], "file": str(out)}
    heed = (
        (say(N_("Left out, who has died: {names}."), names=tuple(one.name for one in dead)),)
        if dead
        else ()
    )
    return Done(sentence, None, told, heed=heed, file=(out, data))


def _done(message: str, act: Act, post_id: int) -> Done:
    post = liaisons.get_post(act.session, post_id)
    person = get_constituent(act.session, post.constituent_id)
    sentence = say(
        message,
        name=person.name,
        class_label=post.class_label,
        until=post.until_on,
        command=f"donflow roster liaison letters {person.id} --out 聘书.pdf",
    )
    return Done(sentence, None, {"post": post.id, "person": person.id, "until": post.until_on})


def _term(begins: date) -> date:
    """Three years, to the day before the same day: 2026-09-01 to 2029-08-31."""
    try:
        return begins.replace(year=begins.year + YEARS) - timedelta(days=1)
    except ValueError:  # 29 February
        return date(begins.year + YEARS, 2, 28)
