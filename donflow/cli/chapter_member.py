"""Commands on who belongs to a chapter: join, leave, transfer, list, and who might join."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from donflow.chapters.members import join as join_all
from donflow.chapters.members import leave as leave_one
from donflow.chapters.members import transfer as transfer_one
from donflow.cli.acting import Act, Done, writes
from donflow.cli.arguments import FILE, PAST_DAY, NamedChoice, listed
from donflow.cli.chapter_joining import from_sheet
from donflow.cli.chapter_words import (
    HOW_NAMES,
    LEAVING_NAMES,
    chapter_argument,
    chapter_of,
    chapter_to_change,
    chapters_seen,
    person_argument,
)
from donflow.cli.choosing import choose_person
from donflow.cli.commands import Group
from donflow.cli.looking import Look, reads
from donflow.cli.naming import SOURCE_NAMES, word_for
from donflow.cli.output import Column, tell_list
from donflow.cli.roster_options import selected
from donflow.errors import N_, DonflowError, Sentence, say
from donflow.reports.joining import Member, members_of, who_may_join
from donflow.reports.people import Listed
from donflow.reports.selection import Selection, class_label, lines_of
from donflow.roster.people import refuse_unchangeable

member = Group("member", help=N_("Members of chapters"), no_args_is_help=True)
told_option = click.option("--told-by", type=NamedChoice(SOURCE_NAMES), help=N_("Who told it."))


class WhoJoins(DonflowError):
    code = "who_joins"
    message = N_("Say who joins: people, a sheet, or conditions such as --city; one of the three.")
    remedy = N_("See who might: donflow chapter member suggest {number}")


@member.command(
    "join",
    help=N_(
        "Let people belong to a chapter: those named, those of a sheet, or all who answer conditions."
    ),
    example="donflow chapter member join 3 贺兰舟 江远帆 --told-by self\ndonflow chapter member join 3 --city 西安 --grad 2026\ndonflow chapter member join 3 --file 会员名单.xlsx --since 2026-09-01",
)
@chapter_argument
@click.argument("people", nargs=-1, metavar=N_("PERSON"))
@selected
@click.option("--file", type=FILE, metavar=N_("FILE"), help=N_("A sheet of people, read as the roster's import reads one."))  # fmt: skip
@click.option("--since", type=PAST_DAY, metavar=N_("DAY"), help=N_("From which day; that of the act if left out."))  # fmt: skip
@told_option
@writes
def join(
    act: Act,
    chapter: str,
    people: tuple[str, ...],
    selection: Selection,
    file: Path | None,
    since: date | None,
    told_by: str | None,
) -> Done:
    row = chapter_to_change(act, chapter)
    if [bool(people), bool(selection.as_codes()), file is not None].count(True) != 1:
        raise WhoJoins(number=row.id)
    heed: tuple[Sentence, ...] = ()
    shown: dict[str, object] = {}
    if file is not None:
        sheet = from_sheet(act, file)
        coming, heed, shown = sheet.people, sheet.heed, {"unknown": sheet.unknown}
    elif people:
        chosen = [choose_person(act, each) for each in people]
        for person in chosen:
            refuse_unchangeable(person)
        coming = tuple(person.id for person in chosen)
    else:
        lines = lines_of(act.session, selection)
        able = [line.person for line in lines if line.person.lives and line.person.may_be_used]
        coming = tuple(person.number for person in able)
    joined = join_all(
        act.session,
        row,
        coming,
        since=since or act.on,
        told_by=told_by,
        actor=act.actor,
        now=act.now,
    )
    sentence = say(
        N_("Joined {name}: {count}; belonged to it already: {there}. See them: donflow chapter member list {number}"),
        name=row.name,
        count=len(joined),
        there=len(set(coming)) - len(joined),
        number=row.id,
    )  # fmt: skip
    data = {"chapter": row.id, "joined": list(joined)}
    return Done(sentence, None, data, shown=shown, heed=heed)


@member.command(
    "leave",
    help=N_("Record that somebody belongs to a chapter no more, from a day on (--on)."),
    example="donflow chapter member leave 3 贺兰舟 --on 2026-09-01",
)
@chapter_argument
@person_argument
@writes
def leave(act: Act, chapter: str, person: str) -> Done:
    row, meant = chapter_to_change(act, chapter), choose_person(act, person)
    leave_one(act.session, row, meant.id, name=meant.name, on=act.on, actor=act.actor, now=act.now)
    said = say(
        N_("{person} does not belong to {name} since {day}."),
        person=meant.name,
        name=row.name,
        day=act.on,
    )
    return Done(said, None, {"chapter": row.id, "person": meant.id})


@member.command(
    "transfer",
    help=N_("Record that a member goes over to another chapter, in one act; both stay on record."),
    example="donflow chapter member transfer 贺兰舟 3 5 --on 2026-09-01",
)
@person_argument
@click.argument("origin", metavar=N_("FROM"))
@click.argument("target", metavar=N_("TO"))
@told_option
@writes
def transfer(act: Act, person: str, origin: str, target: str, told_by: str | None) -> Done:
    meant, left = choose_person(act, person), chapter_of(act, origin)
    refuse_unchangeable(meant)
    entered = chapter_to_change(act, target)
    transfer_one(
        act.session,
        left,
        entered,
        meant.id,
        name=meant.name,
        on=act.on,
        told_by=told_by,
        actor=act.actor,
        now=act.now,
    )
    said = say(
        N_("{person} went over from {left} to {name} on {day}."),
        person=meant.name,
        left=left.name,
        name=entered.name,
        day=act.on,
    )
    return Done(said, None, {"person": meant.id, "from": left.id, "to": entered.id})


@member.command(
    "list",
    help=N_("Members of a chapter, numbers masked; with --past also who belonged to it before."),
    example="donflow chapter member list 3\ndonflow chapter member list 3 --past --xlsx 会员名册.xlsx",
)
@chapter_argument
@click.option("--past", is_flag=True, help=N_("Also memberships that ended."))
@listed
@reads
def list_(look: Look, chapter: str, past: bool, as_json: bool, xlsx: Path | None) -> None:
    columns = (
        Column("person", N_("No.")),
        Column("name", N_("Name")),
        Column("class", N_("Class")),
        Column("employer", N_("Employer")),
        Column("city", N_("City")),
        Column("phone", N_("Telephone")),
        Column("since", N_("Since")),
        Column("how", N_("How")),
        Column("told_by", N_("Told by")),
        Column("until", N_("Up to")),
        Column("left_because", N_("Why it ended")),
    )
    found = members_of(look.session, chapter_of(look, chapter), past=past)
    rows = [_row(each, as_json=as_json) for each in found]
    tell_list(look.shell, N_("Members"), columns, rows, as_json=as_json, xlsx=xlsx)


@member.command(
    "suggest",
    help=N_(
        "Who might join: graduates in the city of a chapter, or who share what its people have in common; to be narrowed by conditions."
    ),
    example="donflow chapter member suggest\ndonflow chapter member suggest 3 --grad 2026\ndonflow chapter member suggest 4 --segment 联合会 --xlsx 拟邀请名单.xlsx",
)
@click.argument("chapter", required=False, metavar=N_("CHAPTER"))
@selected
@listed
@reads
def suggest(
    look: Look, chapter: str | None, selection: Selection, as_json: bool, xlsx: Path | None
) -> None:
    columns = (
        Column("chapter_name", N_("Chapter")),
        Column("person", N_("No.")),
        Column("name", N_("Name")),
        Column("class", N_("Class")),
        Column("grad_year", N_("Graduated")),
        Column("phone", N_("Telephone")),
        Column("because", N_("Why")),
        Column("command", N_("Command")),
    )
    rows: list[dict[str, object]] = [
        {
            "chapter": each.chapter.id,
            "chapter_name": each.chapter.name,
            **_person(each.line.person, as_json=as_json),
            "class": class_label(each.line.course) or None,
            "grad_year": each.line.course.grad_year,
            "because": each.because,
            "command": f"donflow chapter member join {each.chapter.id} {each.line.person.number}",
        }
        for each in who_may_join(look.session, chapters_seen(look, chapter, open_only=True), selection)
    ]  # fmt: skip
    tell_list(look.shell, N_("Who might join"), columns, rows, as_json=as_json, xlsx=xlsx)


def _row(member: Member, *, as_json: bool) -> dict[str, object]:
    row, person = member.membership, member.person
    coded = {
        "how": (HOW_NAMES, row.how),
        "told_by": (SOURCE_NAMES, row.told_by),
        "left_because": (LEAVING_NAMES, row.left_because),
    }
    told = {
        name: code if as_json or not code else word_for(names, code)
        for name, (names, code) in coded.items()
    }
    return {
        **(_person(person, as_json=as_json) if person else {"person": row.constituent_id}),
        "class": member.class_shown or None,
        "since": row.since,
        "until": row.until,
        **told,
    }


def _person(person: Listed, *, as_json: bool) -> dict[str, object]:
    phones = tuple(way.shown for way in person.ways_of("phone"))
    return {
        "person": person.number,
        "name": person.name,
        "employer": next((employer for employer, _ in person.posts if employer), None),
        "city": person.fields.get("city"),
        "phone": phones if as_json else " ".join(phones) or None,
    }
