"""The command that looks weeks and years ahead: who will be greeted, and who will not and why."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import click

from donflow.cli.arguments import DAY, NUMBER, listed
from donflow.cli.choosing import choose_person
from donflow.cli.commands import Command
from donflow.cli.greeting_words import label_of, occasion_named, tell_letters
from donflow.cli.looking import Look, reads
from donflow.cli.output import tell
from donflow.errors import N_, DonflowError
from donflow.greetings.audiences import count_people
from donflow.greetings.models import Rhythm
from donflow.greetings.occurrences import Given, Occurrence, occurrences_of
from donflow.greetings.planning import anniversary_of, occasions_of
from donflow.greetings.previewing import preview as preview_letters
from donflow.greetings.rhythms import all_rhythms
from donflow.roster.merging import numbers_of

USUAL_DAYS = 28
A_YEAR = timedelta(days=366)
MOST_YEARS = 10


class TooFarAhead(DonflowError):
    code = "too_far_ahead"
    message = N_("{day} is too far ahead: a preview reaches {most} years.")


@click.command(
    "preview",
    cls=Command,
    help=N_(
        "Look ahead without writing anything: each letter with its salutation and channel, each silence with its reason. What will have gone by then counts."
    ),
    example="donflow greeting preview\ndonflow greeting preview --through 2028-12-31 --person 梁启舟\ndonflow greeting preview --occasion 春节 --through 2027-02-28 --xlsx 春节预览.xlsx",
)
@click.option("--through", type=DAY, metavar=N_("DAY"), help=N_("The last day; else four weeks."))
@click.option("--occasion", metavar=N_("OCCASION"), help=N_("Only of this occasion."))
@click.option("--person", metavar=N_("PERSON"), help=N_("Only to this person."))
@click.option("--batch", type=NUMBER, metavar=N_("NO"), help=N_("Only of this batch."))
@listed
@reads
def preview(
    look: Look,
    through: date | None,
    occasion: str | None,
    person: str | None,
    batch: int | None,
    as_json: bool,
    xlsx: Path | None,
) -> None:
    last = through or look.today + timedelta(days=USUAL_DAYS)
    if last.year > look.today.year + MOST_YEARS:
        raise TooFarAhead(day=last, most=MOST_YEARS)
    code = occasion_named(look.office, occasion).code if occasion else None
    chosen = choose_person(look, person).id if person else None
    numbers = numbers_of(look.session, chosen) if chosen else ()
    lines = [
        line
        for line in preview_letters(look.session, look.office, through=last, now=look.now)
        if (code is None or line.occasion == code)
        and (not numbers or (line.addressee_kind == "constituent" and line.addressee in numbers))
        and (batch is None or line.batch == batch)
    ]
    tell_letters(look, N_("Preview"), lines, as_json=as_json, xlsx=xlsx)
    if not lines and not as_json and xlsx is None:
        _tell_why(look, last, narrowed=bool(occasion or person or batch))


def _tell_why(look: Look, last: date, *, narrowed: bool) -> None:
    """Why there is no letter, and what comes next."""
    tell(look.shell, N_("Looked at: from {day} to {last}."), day=look.today, last=last)
    if narrowed:
        tell(look.shell, N_("All letters of these days: donflow greeting preview"))
        return
    rhythms = [each for each in all_rhythms(look.session) if each.active]
    if not rhythms:
        tell(look.shell, N_("Nobody is to be greeted yet: donflow greeting rhythm set --help"))
        return
    if not any(count_people(look.session, name) for name in {each.segment for each in rhythms}):
        tell(
            look.shell,
            N_("Nobody is in the segments that are greeted yet: donflow greeting rhythm list"),
        )
    found = _next(look, rhythms, last)
    if found is not None:
        tell(
            look.shell,
            N_(
                "The next occasion is {occasion} on {day}:"
                " donflow greeting preview --through {through}"
            ),
            occasion=label_of(dict(occasions_of(look.office)), found.occasion),
            day=found.on,
            through=found.on.isoformat(),
        )


def _next(look: Look, rhythms: list[Rhythm], last: date) -> Occurrence | None:
    """The first day after `last` on which everybody of a segment is greeted."""
    found = occurrences_of(
        rhythms,
        occasions_of(look.office),
        anniversary=anniversary_of(look.office),
        today=look.today,
        through=last + A_YEAR,
    )
    common = (each for each in found if each.given is Given.ALL and each.on > last)
    return min(common, key=lambda each: each.on, default=None)
