"""What chapters ask for today: steps of founding and of elections, and terms that end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from donflow.chapters.register import all_chapters
from donflow.cli.chapter_page import command_for
from donflow.cli.chapter_words import warning_words
from donflow.cli.glance import left
from donflow.cli.looking import Look
from donflow.domain.terms import title_of
from donflow.domain.workdays import workdays_between
from donflow.errors import N_, Sentence, say
from donflow.lifecycle.board import INSIDE
from donflow.lifecycle.chapter_view import ChapterView, RowView, view_chapters
from donflow.roster.models import Status


@dataclass(frozen=True)
class ChapterLine:
    """One thing to do for a chapter: its code and words, the day, and the command for it."""

    chapter: str
    code: str
    what: Sentence
    state: Sentence
    due_on: date
    workdays_left: int
    command: str


def chapter_lines(look: Look) -> list[ChapterLine]:
    """The lines of the chapters that this user sees, the most urgent first."""
    chapters = all_chapters(look.session, scope=look.scope, user=look.user)
    views = view_chapters(look.session, look.office, chapters, today=look.today)
    found = [line for view in views for line in _lines(look, view)]
    return sorted(found, key=lambda line: (line.due_on, line.chapter))


def _lines(look: Look, view: ChapterView) -> Iterator[ChapterLine]:
    for row in filter(None, (view.founding, view.election)):
        if row.stage.owner in INSIDE and row.due_on is not None and row.steps:
            yield _step_line(look, view, row, row.due_on)
    yield from _dead(look, view)
    warning = view.warning
    if view.dossier.vacant:
        yield ChapterLine(
            chapter=view.chapter.name,
            code="office_vacant",
            what=say(N_("Vacant: {offices}"), offices=view.dossier.vacant),
            state=say(N_("to be filled")),
            due_on=look.today,
            workdays_left=0,
            command=f"donflow chapter seat {view.chapter.id} OFFICE PERSON --since DAY",
        )
    if warning is not None and view.election is None:
        yield ChapterLine(
            chapter=view.chapter.name,
            code="re_election",
            what=say(N_("Begin the re-election")),
            state=warning_words(warning),
            due_on=warning.ends_on,
            workdays_left=workdays_between(look.today, warning.ends_on, look.office.calendar),
            command=f"donflow election new {view.chapter.id}",
        )


def _dead(look: Look, view: ChapterView) -> Iterator[ChapterLine]:
    """Who has died holds an office on record until a person says since when it is vacant."""
    for officer in view.dossier.in_office:
        person = view.dossier.people[officer.constituent_id]
        if person.status != Status.DECEASED:
            continue
        title = title_of(officer.office, view.chapter.kind)
        yield ChapterLine(
            chapter=view.chapter.name,
            code="officer_died",
            what=say(N_("{name} has died and is {office} still"), name=person.name, office=title),
            state=say(N_("to be recorded")),
            due_on=look.today,
            workdays_left=0,
            command=f"donflow chapter unseat {view.chapter.id} {officer.office} {person.id}"
            f" --because deceased --on {look.shell.words(say(N_('DAY')))}",
        )


def _step_line(look: Look, view: ChapterView, row: RowView, due_on: date) -> ChapterLine:
    """The step that is next; an election is due with the end of the term, where that is nearer."""
    step, count = row.steps[0], len(row.steps[0].refusals)
    label, warning = step.transition.label, view.warning
    nearer = warning is not None and row is view.election and warning.ends_on < due_on
    due_on = warning.ends_on if warning and nearer else due_on
    days = workdays_between(look.today, due_on, look.office.calendar)
    what = (
        say(N_("{step}"), step=label)
        if step.ready
        else say(N_("{step} ({count} things missing)"), step=label, count=count)
    )
    show = f"donflow chapter show {view.chapter.id}"
    return ChapterLine(
        chapter=view.chapter.name,
        code=step.transition.name,
        what=what,
        state=warning_words(warning) if warning and nearer else left(days),
        due_on=due_on,
        workdays_left=days,
        command=command_for(view, row, step) if step.ready else show,
    )
