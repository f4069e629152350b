"""Commands that plan letters, show the batches that wait, and let them go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from donflow.cli.acting import Act, Done, writes_oneself
from donflow.cli.arguments import DAY, NUMBER, listed
from donflow.cli.commands import Command
from donflow.cli.greeting_words import label_of, occasion_named
from donflow.cli.looking import Look, reads
from donflow.cli.output import Column, tell, tell_list
from donflow.errors import N_, DonflowError, say
from donflow.greetings.batches import OpenBatch, open_batches
from donflow.greetings.batches import approve as approve_batches
from donflow.greetings.planning import occasions_of
from donflow.greetings.previewing import preview
from donflow.lifecycle.greeting_plan import plan_ahead
from donflow.outbox.models import ENDS


class NothingNamed(DonflowError):
    code = "nothing_named"
    message = N_("No batch is named; batches that wait: {waiting}.")
    remedy = N_("Name them: donflow greeting approve NO …; what is in one: donflow greeting queue")


class NoneWaits(DonflowError):
    code = "none_waits"
    message = N_("No letters for {occasion} wait for approval.")
    remedy = N_("See what waits: donflow greeting batches")


class DayWithoutOccasion(DonflowError):
    code = "day_without_occasion"
    message = N_("A day alone names no batch.")
    remedy = N_("Add --occasion, or name the batch by its number.")


@click.command(
    "plan",
    cls=Command,
    help=N_(
        "Plan the letters of the days to come, as the clock does by itself, and take back what no longer follows. What is planned stays planned."
    ),
    example="donflow greeting plan\ndonflow greeting plan --through 2027-02-28",
)
@click.option("--through", type=DAY, metavar=N_("DAY"), help=N_("The last day; else in 21 days."))
@writes_oneself
def plan(act: Act, through: date | None) -> Done:
    planned = plan_ahead(act.session, act.office, through=through, actor=act.actor, now=act.now)
    sentence = say(
        N_("Planned up to {day}: {letters} letters more, {taken_back} taken back."),
        day=planned.through,
        letters=planned.letters,
        taken_back=planned.taken_back,
    )
    told = {
        "letters": planned.letters,
        "taken_back": planned.taken_back,
        "through": planned.through,
    }
    return Done(sentence, None, told)


@click.command(
    "batches",
    cls=Command,
    help=N_("Batches of letters that wait for a person's word, and why."),
    example="donflow greeting batches",
)
@listed
@reads
def batches(look: Look, as_json: bool, xlsx: Path | None) -> None:
    columns = (
        Column("batch", N_("Batch")),
        Column("occasion", N_("Festival")),
        Column("on", N_("Day")),
        Column("waiting", N_("Letters planned")),
        Column("going", N_("Will go")),
        Column("silent", N_("Will not go")),
        Column("forecast", N_("Expected number")),
        Column("brake", N_("Far above what was expected")),
    )
    occasions = dict(occasions_of(look.office))
    found = open_batches(look.session)
    going = _going(look, found)
    rows: list[dict[str, object]] = [
        {
            "batch": batch.id,
            "occasion": batch.occasion if as_json else label_of(occasions, batch.occasion),
            "on": batch.on,
            "letters": batch.letters,
            "waiting": batch.waiting,
            "going": going[batch.id],
            "silent": batch.waiting - going[batch.id],
            "forecast": batch.forecast,
            "brake": batch.braked,
        }
        for batch in found
    ]
    tell_list(look.shell, N_("Batches"), columns, rows, as_json=as_json, xlsx=xlsx)
    if as_json or xlsx is not None:
        return
    if rows:
        tell(look.shell, N_("Who is in one: donflow greeting preview --batch NO"))
        tell(look.shell, N_("Let them go: donflow greeting approve NO …"))
    else:
        tell(look.shell, N_("No batch waits. What will come: donflow greeting preview"))


def _going(look: Look, found: Sequence[OpenBatch]) -> Counter[int]:
    """How many letters of each batch will go, by the judgement of the preview."""
    if not found:
        return Counter()
    last = max(batch.on for batch in found)
    lines = preview(look.session, look.office, through=last, now=look.now)
    return Counter(line.batch for line in lines if line.batch and line.state not in ENDS)


@click.command(
    "approve",
    cls=Command,
    help=N_(
        "Let the letters of batches go when they fall due. What is planned later waits in the next batch."
    ),
    example="donflow greeting approve 12 13\ndonflow greeting approve --occasion 春节 --day 2027-02-06",
)
@click.argument("numbers", type=NUMBER, nargs=-1, metavar=N_("[BATCH]…"))
@click.option("--occasion", metavar=N_("OCCASION"), help=N_("All that wait for this occasion."))
@click.option("--day", "day", type=DAY, metavar=N_("DAY"), help=N_("… on this day of it alone."))
@writes_oneself
def approve(act: Act, numbers: tuple[int, ...], occasion: str | None, day: date | None) -> Done:
    waiting = open_batches(act.session)
    if day is not None and occasion is None:
        raise DayWithoutOccasion
    named = list(numbers)
    if occasion is not None:
        code = occasion_named(act.office, occasion).code
        found = [
            batch.id for batch in waiting if batch.occasion == code and day in (None, batch.on)
        ]
        if not found:
            shown = label_of(dict(occasions_of(act.office)), code)
            raise NoneWaits(occasion=shown)
        named += found
    if not named:
        raise NothingNamed(waiting=tuple(str(batch.id) for batch in waiting) or "—")
    done = approve_batches(act.session, named, actor=act.actor, now=act.now)
    sentence = say(
        N_("Approved: {letters} letters in {count} batches."),
        letters=sum(batch.letters for batch in done),
        count=len(done),
    )
    return Done(sentence, None, {"batches": [batch.id for batch in done]})
