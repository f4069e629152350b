"""Commands on how a person stands to the office: segments, relations, death, restriction."""

from __future__ import annotations

from dataclasses import replace

import click

from donflow.cli.acting import Act, Done, writes
from donflow.cli.arguments import NamedChoice
from donflow.cli.choosing import choose_person
from donflow.cli.commands import Group
from donflow.cli.naming import word_for
from donflow.cli.naming_people import RELATION_NAMES, STATUS_NAMES
from donflow.cli.origins import origin_options, source_option, told
from donflow.cli.person_view import person_argument
from donflow.errors import N_, Sentence, say
from donflow.greetings.condolences import bereaved_by
from donflow.roster.merging import numbers_of
from donflow.roster.models import Constituent, RelationKind
from donflow.roster.relations import relate as relate_to
from donflow.roster.segments import join_segment, leave_segment, segments_of
from donflow.roster.standing import lift_restriction, mark_deceased, mark_living
from donflow.roster.standing import restrict as restrict_use

standing = Group("person")


def add_standing_commands(group: Group) -> None:
    """Put these commands into the group of people."""
    for command in (segment, relate, deceased, restrict):
        group.add_command(command)


@standing.command(
    "segment",
    help=N_("Put a person into a segment of the roster, or out of it."),
    example="donflow person segment 3 百\ndonflow person segment 3 金融界 --new\ndonflow person segment 3 百 --remove",
)
@person_argument
@click.argument("name", metavar=N_("SEGMENT"))
@click.option("--new", is_flag=True, help=N_("This name is a new one of the office's own."))
@click.option("--remove", is_flag=True, help=N_("Out of it."))
@writes
def segment(act: Act, who: str, name: str, new: bool, remove: bool) -> Done:
    chosen = choose_person(act, who)
    numbers = numbers_of(act.session, chosen.id)
    if remove:
        leave_segment(act.session, chosen, name, numbers=numbers, actor=act.actor, now=act.now)
    else:
        join_segment(act.session, chosen, name, actor=act.actor, now=act.now, new=new)
    segments = segments_of(act.session, numbers)
    sentence = N_("Segments of person {no}: {segments}.")
    data = {"person": chosen.id, "segments": segments}
    return Done(say(sentence, no=chosen.id, segments=segments or None), None, data)


@standing.command(
    "relate",
    help=N_("Say how a person stands to another, where a paper or a greeting needs it."),
    example="donflow person relate 4 spouse 3",
)
@person_argument
@click.argument("kind", type=NamedChoice(RELATION_NAMES), metavar=N_("KIND"))
@click.argument("other", metavar=N_("PERSON"))
@writes
def relate(act: Act, who: str, kind: str, other: str) -> Done:
    first, second = choose_person(act, who), choose_person(act, other)
    relate_to(act.session, first, RelationKind(kind), to=second, actor=act.actor, now=act.now)
    sentence = N_("{first} {name} is related so to {second} {other}: {kind}.")
    return Done(
        say(
            sentence,
            first=first.id,
            name=first.name,
            second=second.id,
            other=second.name,
            kind=word_for(RELATION_NAMES, kind),
        )
    )


@standing.command(
    "deceased",
    help=N_("Record that a person has died, and who told; greetings stop at once."),
    example="donflow person deceased 3 --died 2026-02 --source class_liaison\ndonflow person deceased 3 --mistaken",
)
@person_argument
@click.option("--died", metavar=N_("DAY"), help=N_("A year, a month of a year, or a day."))
@click.option("--mistaken", is_flag=True, help=N_("Take it back: the person lives."))
@origin_options
@writes
def deceased(
    act: Act, who: str, died: str | None, mistaken: bool, source: str, confidence: str
) -> Done:
    chosen = choose_person(act, who)
    heed: tuple[Sentence, ...] = ()
    if mistaken:
        mark_living(act.session, chosen, actor=act.actor, now=act.now)
    else:
        sentence = N_("Condole with {name}: donflow greeting condolence {no} --for {deceased}")
        heed = tuple(
            say(sentence, name=each.name, no=each.id, deceased=chosen.id)
            for each in bereaved_by(act.session, chosen)
        )
        mark_deceased(
            act.session,
            chosen,
            actor=act.actor,
            now=act.now,
            origin=told(act, source, confidence),
            died_on=died,
            today=act.today,
        )
    return replace(_stands(chosen), heed=heed)


@standing.command(
    "restrict",
    help=N_("Only keep a person's data from now on, as the person asks; --lift uses them again."),
    example="donflow person restrict 3\ndonflow person restrict 3 --lift",
)
@person_argument
@click.option("--lift", is_flag=True, help=N_("The person allows the use again."))
@source_option
@writes
def restrict(act: Act, who: str, lift: bool, source: str) -> Done:
    chosen = choose_person(act, who)
    if lift:
        lift_restriction(act.session, chosen, actor=act.actor, now=act.now)
    else:
        origin = told(act, source)
        restrict_use(act.session, chosen, origin=origin, actor=act.actor, now=act.now)
    return _stands(chosen)


def _stands(person: Constituent) -> Done:
    status = person.status
    sentence = N_("Person {no} {name}: {status}.")
    return Done(
        say(sentence, no=person.id, name=person.name, status=word_for(STATUS_NAMES, status)),
        None,
        {"person": person.id, "status": status},
    )
