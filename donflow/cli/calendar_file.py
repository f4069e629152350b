"""The command that writes the days ahead as a calendar file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path

import click

from donflow.accounts.policy import POLICY
from donflow.chapters.register import all_chapters
from donflow.cli.arguments import FILE, RangeType, json_option
from donflow.cli.commands import Command
from donflow.cli.files import refuse_taken, write_new
from donflow.cli.glance import line_of, views_of
from donflow.cli.looking import Look, reads
from donflow.cli.output import tell, tell_record
from donflow.cli.today import TASKS
from donflow.domain.occasions import Occasion, read_occasions
from donflow.errors import N_, DonflowError, Label, Sentence, say
from donflow.lifecycle.chapter_view import view_chapters
from donflow.lifecycle.mailing import message_domain
from donflow.lifecycle.show import GiftView
from donflow.reports.digest import letters_going
from donflow.reports.ical import Event, calendar_file
from donflow.shipping import occasion_list
from donflow.tasks.planning import open_tasks

USUAL_DAYS = 90


class NotACalendar(DonflowError):
    code = "not_a_calendar"
    message = N_("What is written is a calendar, and {file} is not named as one.")
    remedy = N_("Call it {named}.")


@click.command(
    "file",
    cls=Command,
    help=N_(
        "Write the days ahead as a file for the calendar of a phone or a mail program: deadlines"
        " of gifts, tasks, terms of chapters that end, greetings. Written anew and taken in"
        " again, a day replaces itself. Nobody is named in it who gives unnamed."
    ),
    example="donflow calendar file --out 日程.ics\ndonflow calendar file --days 30 --out 日程.ics",
)
@click.option("--out", type=FILE, required=True, metavar=N_("FILE"), help=N_("Where to write it."))
@click.option(
    "--days",
    type=RangeType(1, 1000),
    default=USUAL_DAYS,
    metavar=N_("DAYS"),
    help=N_("How many days ahead; 90."),
)
@json_option
@reads
def file_(look: Look, out: Path, days: int, as_json: bool) -> None:
    if out.suffix.lower() != ".ics":
        raise NotACalendar(file=str(out), named=f"{out.stem}.ics")
    refuse_taken(out)
    events = list(_events(look, look.today + timedelta(days=days)))
    name = look.office.settings.office or look.shell.words(say(N_("Alumni office")))
    write_new(out, calendar_file(name, events, written_at=look.now))
    if as_json:
        tell_record(look.shell, {"days": len(events), "file": str(out)})
        return
    tell(look.shell, N_("{count} days written to {file}."), count=len(events), file=str(out))


def _events(look: Look, last: date) -> Iterator[Event]:
    """All that has a day up to the last, also what is overdue."""
    views = views_of(look, outward=True)
    yield from _deadlines(look, views, last)
    yield from _tasks(look, views, last)
    if may(look, "chapter list"):
        yield from _terms(look, last)
    if may(look, "greeting queue"):
        yield from _greetings(look, last)


def _deadlines(look: Look, views: list[GiftView], last: date) -> Iterator[Event]:
    for view in views:
        if view.due_on is None or view.due_on > last or view.stage.end:
            continue
        title = say(N_("Due: {stage}, {gift}"), stage=view.stage.label, gift=view.gift.number)
        about, command = line_of(look.shell, view), f"donflow gift show {view.gift.number}"
        uid = f"gift-{view.gift.id}-{view.stage.name}"
        yield _event(look, uid, view.due_on, title, f"{about}\n{command}")


def _tasks(look: Look, views: list[GiftView], last: date) -> Iterator[Event]:
    by_id = {view.gift.id: view for view in views}
    for task in open_tasks(look.session):
        view = by_id.get(task.subject_id) if task.subject_type == "gift" else None
        if view is None or task.due_on > last:
            continue
        title = say(
            N_("{task}, {gift}"),
            task=say(TASKS.get(task.kind, task.kind)),
            gift=view.gift.number,
        )
        about = line_of(look.shell, view)
        yield _event(look, f"task-{task.id}", task.due_on, title, about)


def _terms(look: Look, last: date) -> Iterator[Event]:
    chapters = all_chapters(look.session, scope=look.scope, user=look.user)
    for view in view_chapters(look.session, look.office, chapters, today=look.today):
        ends_on = view.dossier.ends_on
        if ends_on is None or ends_on > last:
            continue
        title = say(N_("The term of the council ends: {chapter}"), chapter=view.chapter.name)
        uid = f"term-{view.chapter.id}-{ends_on:%Y%m%d}"
        yield _event(look, uid, ends_on, title, f"donflow chapter show {view.chapter.id}")


def _greetings(look: Look, last: date) -> Iterator[Event]:
    occasions = read_occasions(occasion_list(look.office.home))
    for going in letters_going(look.session, look.today, last):
        title = say(
            N_("Greetings: {occasion}, {count} letters"),
            occasion=name_of(occasions, going.occasion),
            count=going.count,
        )
        uid = f"greetings-{going.occasion}-{going.on:%Y%m%d}"
        yield _event(look, uid, going.on, title, "donflow greeting queue")


def name_of(occasions: Mapping[str, Occasion], code: str) -> Label | str:
    """The occasion's name; its code where the office's list knows it no more."""
    known = occasions.get(code)
    return Label(known.zh, known.en) if known is not None else code


def _event(look: Look, uid: str, on: date, title: Sentence, told: str) -> Event:
    domain = message_domain(look.office)
    return Event(f"{uid}@{domain}", on, look.shell.words(title), told)


def may(look: Look, command: str) -> bool:
    """Whether a role of this user may use that command."""
    return any(role in POLICY.get(command, ()) for role in look.actor.roles)
