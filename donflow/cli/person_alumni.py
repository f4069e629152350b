"""Commands on what a person studied, where they work, and what else is known of them."""

from __future__ import annotations

import click

from donflow.cli.acting import Act, Done, writes
from donflow.cli.arguments import NUMBER, NamedChoice
from donflow.cli.choosing import choose_person
from donflow.cli.commands import Group
from donflow.cli.naming import GENDER_NAMES
from donflow.cli.origins import origin_options, told
from donflow.cli.person_view import person_argument
from donflow.errors import N_, DonflowError, say
from donflow.roster.employments import (
    add_employment,
    change_employment,
    employments_of,
    end_employment,
    get_employment,
    remove_employment,
)
from donflow.roster.merging import numbers_of
from donflow.roster.studies import (
    Course,
    add_study,
    change_study,
    course_of,
    get_study,
    remove_study,
    studies_of,
)
from donflow.roster.traits import Trait, set_traits

alumni = Group("person")


class OneWay(DonflowError):
    code = "one_way"
    message = N_("A thing is changed, ended or removed by itself, not at once.")
    remedy = N_("Give one of --change, --end and --remove.")


class NothingBeside(DonflowError):
    code = "nothing_beside"
    message = N_("With --end or --remove nothing else is told.")
    remedy = N_("Leave the other options out.")


def add_alumni_commands(group: Group) -> None:
    """Put these commands into the group of people."""
    for command in (set_, study, work):
        group.add_command(command)


@alumni.command(
    "set",
    help=N_("Write fields of a person with who told them; an empty text takes one away."),
    example="donflow person set 3 --birth 1987-09 --city 兰州 --province 甘肃 --source archive",
)
@person_argument
@click.option("--birth", metavar=N_("DAY"), help=N_("A year, a month of a year, or a day."))
@click.option("--gender", type=NamedChoice(GENDER_NAMES), help=N_("For the salutation."))
@click.option("--ethnicity", metavar=N_("TEXT"), help=N_("The ethnic group."))
@click.option("--city", metavar=N_("TEXT"), help=N_("Where the person lives."))
@click.option("--province", metavar=N_("TEXT"), help=N_("The province, or the country."))
@origin_options
@writes
def set_(act: Act, who: str, source: str, confidence: str, **fields: str | None) -> Done:
    chosen = choose_person(act, who)
    given = {Trait(name): text for name, text in fields.items() if text is not None}
    set_traits(
        act.session,
        chosen,
        given,
        origin=told(act, source, confidence),
        actor=act.actor,
        now=act.now,
        today=act.today,
    )
    return Done(say(N_("Person {no}: {name}."), no=chosen.id, name=chosen.name))


@alumni.command(
    "study",
    help=N_("Add a study; --change or --remove one by its number."),
    example="donflow person study 3 --degree 本科 --major 会计学 --class 2 --enrol 2005 --grad 2009 --source archive\ndonflow person study 3 --change 1 --class 3\ndonflow person study 3 --remove 2",
)
@person_argument
@click.option("--degree", metavar=N_("TEXT"), help=N_("The degree."))
@click.option("--major", metavar=N_("TEXT"), help=N_("The major."))
@click.option("--class", "class_no", metavar=N_("TEXT"), help=N_("The class."))
@click.option("--enrol", "enrol_year", type=NUMBER, metavar=N_("YEAR"), help=N_("When it began."))
@click.option("--grad", "grad_year", type=NUMBER, metavar=N_("YEAR"), help=N_("When it ended."))
@click.option("--student-no", metavar=N_("NUMBER"), help=N_("The student number."))
@click.option("--change", type=NUMBER, metavar=N_("NO"), help=N_("Change this one."))
@click.option("--remove", type=NUMBER, metavar=N_("NO"), help=N_("Take this one away."))
@origin_options
@writes
def study(
    act: Act,
    who: str,
    degree: str | None,
    major: str | None,
    class_no: str | None,
    enrol_year: int | None,
    grad_year: int | None,
    student_no: str | None,
    change: int | None,
    remove: int | None,
    source: str,
    confidence: str,
) -> Done:
    chosen = choose_person(act, who)
    numbers = numbers_of(act.session, chosen.id)
    given = Course(degree, major, class_no, enrol_year, grad_year, student_no)
    _refuse_mixed((change, remove), remove, told_more=given != Course())
    if remove is not None:
        kept = get_study(act.session, numbers, remove)
        remove_study(act.session, chosen, kept, actor=act.actor, now=act.now)
    elif change is not None:
        kept = get_study(act.session, numbers, change)
        new = _changed(course_of(kept), given)
        origin = told(act, source, confidence)
        change_study(act.session, chosen, kept, new, origin=origin, actor=act.actor, now=act.now)
    else:
        origin = told(act, source, confidence)
        add_study(
            act.session,
            chosen,
            _changed(Course(), given),
            origin=origin,
            actor=act.actor,
            now=act.now,
        )
    count = len(studies_of(act.session, numbers))
    return Done(
        say(N_("Person {no} has {count} studies."), no=chosen.id, count=count),
        None,
        {"person": chosen.id, "studies": count},
    )


@alumni.command(
    "work",
    help=N_("Add a post, which ends the one before; --change, --end or --remove one."),
    example="donflow person work 3 --employer 兰州云麓数科有限公司 --title 财务总监 --source class_liaison\ndonflow person work 3 --end 1",
)
@person_argument
@click.option("--employer", metavar=N_("NAME"), help=N_("Where the person works."))
@click.option("--title", metavar=N_("TEXT"), help=N_("As what."))
@click.option("--former", is_flag=True, help=N_("A post of earlier times; none is ended."))
@click.option("--change", type=NUMBER, metavar=N_("NO"), help=N_("Change this one."))
@click.option("--end", type=NUMBER, metavar=N_("NO"), help=N_("This one is over."))
@click.option("--remove", type=NUMBER, metavar=N_("NO"), help=N_("Take this one away."))
@origin_options
@writes
def work(
    act: Act,
    who: str,
    employer: str | None,
    title: str | None,
    former: bool,
    change: int | None,
    end: int | None,
    remove: int | None,
    source: str,
    confidence: str,
) -> Done:
    chosen = choose_person(act, who)
    session, numbers = act.session, numbers_of(act.session, chosen.id)
    told_more = former or (employer, title) != (None, None)
    _refuse_mixed((change, end, remove), end or remove, told_more=told_more)
    if remove is not None:
        post = get_employment(session, numbers, remove)
        remove_employment(session, chosen, post, actor=act.actor, now=act.now)
    elif end is not None:
        post = get_employment(session, numbers, end)
        end_employment(session, chosen, post, actor=act.actor, now=act.now)
    elif change is not None:
        post = get_employment(session, numbers, change)
        change_employment(
            session,
            chosen,
            post,
            post.employer if employer is None else employer,
            post.job_title if title is None else title,
            origin=told(act, source, confidence),
            actor=act.actor,
            now=act.now,
        )
    else:
        add_employment(
            session,
            chosen,
            employer,
            title,
            origin=told(act, source, confidence),
            actor=act.actor,
            now=act.now,
            numbers=numbers,
            current=not former,
        )
    count = len(employments_of(session, numbers))
    return Done(
        say(N_("Person {no} has {count} posts."), no=chosen.id, count=count),
        None,
        {"person": chosen.id, "posts": count},
    )


def _changed(before: Course, given: Course) -> Course:
    """The study with what was given written over it; an empty text takes a field away."""
    return Course(
        degree=before.degree if given.degree is None else given.degree or None,
        major=before.major if given.major is None else given.major or None,
        class_no=before.class_no if given.class_no is None else given.class_no or None,
        enrol_year=given.enrol_year or before.enrol_year,
        grad_year=given.grad_year or before.grad_year,
        student_no=before.student_no if given.student_no is None else given.student_no or None,
    )


def _refuse_mixed(ways: tuple[int | None, ...], ending: int | None, *, told_more: bool) -> None:
    if sum(way is not None for way in ways) > 1:
        raise OneWay
    if ending is not None and told_more:
        raise NothingBeside
