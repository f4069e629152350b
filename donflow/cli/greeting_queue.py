"""The command that shows letters: what waits, is held or in doubt, and what did not go and why."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from donflow.cli.arguments import DAY, NUMBER, NamedChoice, listed
from donflow.cli.choosing import choose_person
from donflow.cli.commands import Command
from donflow.cli.greeting_words import occasion_named, tell_letters
from donflow.cli.letter_words import STATE_NAMES
from donflow.cli.looking import Look, reads
from donflow.cli.output import tell
from donflow.errors import N_
from donflow.greetings.queue import Sought, queue_of
from donflow.outbox.models import LetterState


@click.command(
    "queue",
    cls=Command,
    help=N_(
        "Letters that did not go yet, and those that will not, with the reason; silences of the last thirty days."
    ),
    example="donflow greeting queue\ndonflow greeting queue --state in_doubt\ndonflow greeting queue --person 梁启舟 --state sent --state suppressed\ndonflow greeting queue --batch 12 --xlsx 春节.xlsx",
)
@click.option(
    "--state", "states", type=NamedChoice(STATE_NAMES), multiple=True, help=N_("Only these.")
)
@click.option("--occasion", metavar=N_("OCCASION"), help=N_("Only of this occasion."))
@click.option("--person", metavar=N_("PERSON"), help=N_("Only to this person."))
@click.option("--batch", type=NUMBER, metavar=N_("NO"), help=N_("Only of this batch."))
@click.option("--from", "first", type=DAY, metavar=N_("DAY"), help=N_("From this day on."))
@click.option("--through", "last", type=DAY, metavar=N_("DAY"), help=N_("Up to this day."))
@listed
@reads
def queue(
    look: Look,
    states: tuple[str, ...],
    occasion: str | None,
    person: str | None,
    batch: int | None,
    first: date | None,
    last: date | None,
    as_json: bool,
    xlsx: Path | None,
) -> None:
    sought = Sought(
        states=states,
        occasion=occasion_named(look.office, occasion).code if occasion else None,
        person=choose_person(look, person).id if person else None,
        batch=batch,
        first=first,
        last=last,
    )
    lines = queue_of(look.session, look.office, sought, look.now)
    tell_letters(look, N_("Letters"), lines, as_json=as_json, xlsx=xlsx)
    if not as_json and xlsx is None:
        _say_next(look, {line.state for line in lines}, asked=bool(states or occasion or person))


def _say_next(look: Look, states: set[str], *, asked: bool) -> None:
    """What a person can do about what is shown, a line each."""
    if LetterState.PLANNED in states:
        tell(look.shell, N_("Each is judged once more when it falls due: donflow greeting preview"))
    if LetterState.IN_DOUBT in states:
        tell(
            look.shell,
            N_("In doubt: donflow greeting settle LETTER --arrived, or --not-arrived"),
        )
    if LetterState.HELD in states:
        tell(look.shell, N_("Held: donflow greeting release"))
    if not states and not asked:
        tell(look.shell, N_("Nothing waits. What will come: donflow greeting preview"))
