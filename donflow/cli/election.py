"""Commands on a chapter's re-election (换届): notice, candidates, meeting, result, hand-over."""

from __future__ import annotations

from pathlib import Path

import click

from donflow.chapters import elections
from donflow.chapters.models import Chapter, Election
from donflow.cli.acting import Act, Done, writes
from donflow.cli.arguments import FILE
from donflow.cli.chapter_words import (
    OFFICE,
    OFFICE_NAMES,
    chapter_argument,
    chapter_to_change,
    office_argument,
    person_argument,
)
from donflow.cli.choosing import choose_person
from donflow.cli.commands import Group
from donflow.errors import N_, DonflowError, say
from donflow.lifecycle.advance import step_named
from donflow.lifecycle.chapter_dossier import open_dossier
from donflow.lifecycle.chapter_moving import (
    ELECT,
    advance_election,
    begin_election,
    conclude_election,
    election_before_result,
    election_under_way,
    machine_for,
    refuse_dead,
    refuse_meeting_out_of_order,
)

election = Group("election", help=N_("Re-elections of chapters"), no_args_is_help=True)


class ElectedByResult(DonflowError):
    code = "own_command"
    message = N_("This step is made together with its record.")
    remedy = N_("Run: donflow election result {number}")


@election.command(
    "new",
    help=N_("Begin to plan the election of a chapter's next council."),
    example="donflow election new 3",
)
@chapter_argument
@writes
def new(act: Act, chapter: str) -> Done:
    row = chapter_to_change(act, chapter)
    begun = begin_election(act.session, act.office, row, actor=act.actor, now=act.now)
    return _moved(act, row, begun)


@election.command(
    "notice",
    help=N_("Record that the core members of the council were told and planned it with us."),
    example="donflow election notice 3 --on 2026-05-12\ndonflow election notice 3 --late-because 理事长空缺",
)
@chapter_argument
@click.option("--late-because", metavar=N_("TEXT"), help=N_("Why later than the charter asks."))
@writes
def notice(act: Act, chapter: str, late_because: str | None) -> Done:
    row, open_ = _undecided(act, chapter)
    elections.give_notice(
        act.session, open_, on=act.on, late_because=late_because, actor=act.actor, now=act.now
    )
    said = say(
        N_("The core members of {name} were told on {day}."), name=row.name, day=open_.noticed_on
    )
    return Done(said, None, {"chapter": row.id, "stage": open_.stage})


@election.command(
    "candidate",
    help=N_("Put up a candidate for an office, or take one back."),
    example="donflow election candidate 3 chair 贺兰舟\ndonflow election candidate 3 chair 贺兰舟 --withdrawn",
)
@chapter_argument
@office_argument
@person_argument
@click.option("--withdrawn", is_flag=True, help=N_("The candidate does not stand any more."))
@writes
def candidate(act: Act, chapter: str, office: str, person: str, withdrawn: bool) -> Done:
    row, open_ = _undecided(act, chapter)
    meant = choose_person(act, person)
    if withdrawn:
        elections.withdraw(
            act.session,
            open_,
            meant.id,
            office,
            name=meant.name,
            on=act.on,
            actor=act.actor,
            now=act.now,
        )
        message = N_("{person} does not stand for {office} of {name} any more.")
    else:
        refuse_dead(meant)
        elections.nominate(
            act.session, open_, meant.id, office, name=meant.name, actor=act.actor, now=act.now
        )
        message = N_("{person} stands for {office} of {name}.")
    said = say(message, person=meant.name, office=say(OFFICE_NAMES[office]), name=row.name)
    return Done(said, None, {"chapter": row.id, "person": meant.id})


@election.command(
    "meeting",
    help=N_("Record the meeting that elects: its day (--on), place and minutes."),
    example="donflow election meeting 3 --on 2026-09-12 --place 西安 --file 换届大会纪要.pdf",
)
@chapter_argument
@click.option("--place", metavar=N_("PLACE"), help=N_("Where it was held."))
@click.option("--file", required=True, type=FILE, metavar=N_("FILE"), help=N_("The minutes."))
@writes
def meeting(act: Act, chapter: str, place: str | None, file: Path) -> Done:
    row, open_ = _undecided(act, chapter)
    refuse_meeting_out_of_order(act.session, act.office, open_, on=act.on)
    elections.hold_meeting(
        act.session,
        open_,
        on=act.on,
        place=place,
        minutes=act.deposit(file).fingerprint,
        actor=act.actor,
        now=act.now,
    )
    said = say(N_("The electing meeting of {name} was held on {day}."), name=row.name, day=act.on)
    return Done(said, None, {"chapter": row.id, "stage": open_.stage})


@election.command(
    "result",
    help=N_("Record who was elected; the next council is in office from the meeting's day on."),
    example="donflow election result 3\ndonflow election result 3 --elected 贺兰舟:chair --elected 江远帆",
)
@chapter_argument
@click.option("--elected", multiple=True, metavar=N_("PERSON:OFFICE"), help=N_("Who was elected to what; the office may be left out where there is one only. Every candidate if left out. May be repeated."))  # fmt: skip
@writes
def result(act: Act, chapter: str, elected: tuple[str, ...]) -> Done:
    row, open_ = _undecided(act, chapter)
    people = {_elected(act, each) for each in elected} or None
    conclude_election(act.session, act.office, row, people, actor=act.actor, now=act.now)
    return _moved(act, row, open_)


@election.command(
    "handover",
    help=N_("Record that seal, accounts and papers went over to the new council."),
    example="donflow election handover 3 --on 2026-09-20 --file 交接清单.pdf",
)
@chapter_argument
@click.option("--file", required=True, type=FILE, metavar=N_("FILE"), help=N_("What was handed over, signed."))  # fmt: skip
@writes
def handover(act: Act, chapter: str, file: Path) -> Done:
    row, open_ = _open(act, chapter)
    document = act.deposit(file).fingerprint
    elections.hand_over(
        act.session, open_, on=act.on, document=document, actor=act.actor, now=act.now
    )
    said = say(N_("The hand-over in {name} is recorded."), name=row.name)
    return Done(said, None, {"chapter": row.id, "stage": open_.stage})


@election.command(
    "advance",
    help=N_("Move an election on; refused with every reason if something is missing."),
    example="donflow election advance 3 nominate\ndonflow election advance 3 drop --reason 分会决定延期",
)
@chapter_argument
@click.argument("step", metavar=N_("STEP"))
@click.option("--reason", metavar=N_("TEXT"), help=N_("Why, where a step asks for it."))
@writes
def advance(act: Act, chapter: str, step: str, reason: str | None) -> Done:
    row, open_ = _open(act, chapter)
    step = step_named(machine_for(act.session, act.office, open_).lifecycle, step)
    if step == ELECT:
        raise ElectedByResult(number=row.id)
    advance_election(
        act.session, act.office, row, step, actor=act.actor, now=act.now, reason=reason
    )
    return _moved(act, row, open_)


def _elected(act: Act, text: str) -> tuple[int, str | None]:
    """The person, and the office behind a colon, in either language and either colon."""
    name, _, office = text.replace("：", ":").partition(":")
    code = OFFICE.convert(office, None, click.get_current_context()) if office else None
    return choose_person(act, name).id, code


def _open(act: Act, text: str) -> tuple[Chapter, Election]:
    """The chapter named, and its election under way."""
    row = chapter_to_change(act, text)
    return row, election_under_way(open_dossier(act.session, act.office, row))


def _undecided(act: Act, text: str) -> tuple[Chapter, Election]:
    """As `_open`, for what comes before the result."""
    row = chapter_to_change(act, text)
    return row, election_before_result(open_dossier(act.session, act.office, row))


def _moved(act: Act, row: Chapter, open_: Election) -> Done:
    stage = machine_for(act.session, act.office, open_).lifecycle.stages[open_.stage]
    sentence = say(
        N_("Election of council {no} of {name}: {stage}. What it needs next: donflow chapter show {number}"),
        no=open_.council_no,
        name=row.name,
        stage=act.shell.words.value(stage.label),
        number=row.id,
    )  # fmt: skip
    return Done(sentence, None, {"chapter": row.id, "election": open_.id, "stage": open_.stage})
