"""Commands on meetings of chapters and of the association: hold, file papers, list, show."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from donflow.chapters.meetings import (
    MINUTES,
    Met,
    NoSuchMeeting,
    attendance_of,
    file_paper,
    hold,
    meetings_of,
    papers_of,
    titled,
)
from donflow.chapters.models import Chapter, ChapterMeeting
from donflow.chapters.register import all_chapters
from donflow.cli.acting import Act, Done, writes
from donflow.cli.arguments import FILE, NUMBER, NamedChoice, json_option, listed
from donflow.cli.chapter_words import (
    MEETING_NAMES,
    association_seen,
    chapter_of,
    chapter_to_change,
    chapters_seen,
)
from donflow.cli.choosing import choose_person
from donflow.cli.commands import Group
from donflow.cli.looking import Look, reads
from donflow.cli.naming import word_for
from donflow.cli.output import Column, table, tell_list, tell_record
from donflow.domain.meetings import MeetingKind
from donflow.errors import N_, say
from donflow.lifecycle.chapter_dossier import people_under
from donflow.lifecycle.chapter_moving import refuse_if_over

meeting = Group("meeting", help=N_("Meetings of chapters, and their papers"), no_args_is_help=True)
number_argument = click.argument("number", type=NUMBER, metavar=N_("MEETING"))


@meeting.command(
    "new",
    help=N_(
        "Record a meeting of a chapter, or of the association, on a day (--on); its number is the next of its kind in the council's time."
    ),
    example="donflow chapter meeting new council 3 --on 2026-09-19 --place 西安 --attended 18 --decided 通过年度计划 --file 会议纪要.pdf\ndonflow chapter meeting new liaisons 3 --person 贺兰舟 --person 江远帆\ndonflow chapter meeting new council --council 4 --session 3 --on 2026-05-12",
)
@click.argument("kind", type=NamedChoice(MEETING_NAMES), metavar=N_("KIND"))
@click.argument("chapter", required=False, metavar=N_("CHAPTER"))
@click.option("--council", "council_no", type=NUMBER, metavar=N_("NO"), help=N_("In the time of which council; the one then in office if left out."))  # fmt: skip
@click.option("--session", "session_no", type=NUMBER, metavar=N_("NO"), help=N_("Which of its kind; the next if left out."))  # fmt: skip
@click.option("--place", metavar=N_("PLACE"), help=N_("Where it was held."))
@click.option("--attended", type=NUMBER, metavar=N_("COUNT"), help=N_("How many came."))
@click.option("--person", "people", multiple=True, metavar=N_("PERSON"), help=N_("Who came; may be repeated."))  # fmt: skip
@click.option("--decided", metavar=N_("TEXT"), help=N_("What was decided, in a line."))
@click.option("--file", "files", multiple=True, type=FILE, metavar=N_("FILE"), help=N_("The minutes, then other papers; may be repeated."))  # fmt: skip
@writes
def new(
    act: Act,
    kind: str,
    chapter: str | None,
    council_no: int | None,
    session_no: int | None,
    place: str | None,
    attended: int | None,
    people: tuple[str, ...],
    decided: str | None,
    files: tuple[Path, ...],
) -> Done:
    row = chapter_to_change(act, chapter) if chapter else None
    came = [choose_person(act, each).id for each in people]
    held = hold(
        act.session,
        row,
        MeetingKind(kind),
        Met(act.on, place, attended, decided),
        council_no=council_no,
        session_no=session_no,
        people=came,
        actor=act.actor,
        now=act.now,
    )
    for place_in_list, file in enumerate(files):
        title = file.stem if place_in_list else MINUTES
        _file(act, held, title, file)
    sentence = say(
        N_("Meeting {number} is recorded: {title}. See it: donflow chapter meeting show {number}"),
        number=held.id,
        title=titled(held),
    )
    data = {"meeting": held.id, "council": held.council_no, "session": held.session_no}
    return Done(sentence, None, data)


@meeting.command(
    "paper",
    help=N_("File a paper to a meeting."),
    example="donflow chapter meeting paper 5 --title 财务报告 --file 财务报告.pdf",
)
@number_argument
@click.option("--title", metavar=N_("TEXT"), help=N_("What it is; the file's name if left out."))
@click.option("--file", required=True, type=FILE, metavar=N_("FILE"), help=N_("The paper."))
@writes
def paper(act: Act, number: int, title: str | None, file: Path) -> Done:
    row = _meeting(act, number)
    owner = _owner(act, row)
    if owner is not None:
        refuse_if_over(act.session, act.office, owner)
    document = _file(act, row, title or file.stem, file)
    said = say(N_("The paper is filed to meeting {number}."), number=row.id)
    return Done(said, None, {"meeting": row.id, "fingerprint": document})


@meeting.command(
    "list",
    help=N_("Meetings with day, place, how many came, the decision and the papers."),
    example="donflow chapter meeting list\ndonflow chapter meeting list 3 --kind council --xlsx 会议一览.xlsx",
)
@click.argument("chapter", required=False, metavar=N_("CHAPTER"))
@click.option("--kind", type=NamedChoice(MEETING_NAMES), help=N_("Only of this kind."))
@listed
@reads
def list_(
    look: Look, chapter: str | None, kind: str | None, as_json: bool, xlsx: Path | None
) -> None:
    columns = (
        Column("meeting", N_("No.")),
        Column("chapter_name", N_("Chapter")),
        Column("title", N_("Meeting")),
        Column("kind", N_("Kind")),
        Column("on", N_("Day")),
        Column("place", N_("Place")),
        Column("attended", N_("Came")),
        Column("decided", N_("Decided")),
        Column("papers", N_("Papers")),
    )
    chapters = chapters_seen(look, chapter)
    names = {row.id: row.name for row in chapters}
    found = meetings_of(
        look.session, chapters, association=chapter is None and association_seen(look)
    )
    numbers = [row.id for row in found]
    papers = Counter(each.meeting_id for each in papers_of(look.session, numbers))
    came = Counter(each.meeting_id for each in attendance_of(look.session, numbers))
    rows: list[dict[str, object]] = [
        {
            **_of_meeting(row, came[row.id]),
            "chapter_name": names.get(row.chapter_id or 0, look.office.settings.university),
            "kind": row.kind if as_json else word_for(MEETING_NAMES, row.kind),
            "papers": papers[row.id],
        }
        for row in found
        if kind in (None, row.kind)
    ]
    tell_list(look.shell, N_("Meetings"), columns, rows, as_json=as_json, xlsx=xlsx)


@meeting.command(
    "show",
    help=N_("One meeting in full, with who came and its papers."),
    example="donflow chapter meeting show 5",
)
@number_argument
@json_option
@reads
def show(look: Look, number: int, as_json: bool) -> None:
    row = _meeting(look, number)
    owner = _owner(look, row)
    attendance = attendance_of(look.session, [row.id])
    known = people_under(look.session, [each.constituent_id for each in attendance])
    people = [
        {"person": known[each.constituent_id].id, "name": known[each.constituent_id].name}
        for each in attendance
    ]
    papers = [
        {"title": each.title, "document": each.document}
        for each in papers_of(look.session, [row.id])
    ]
    if as_json:
        told = _of_meeting(row, len(people)) | {"kind": row.kind}
        name = owner.name if owner else None
        tell_record(look.shell, {**told, "chapter_name": name, "people": people, "papers": papers})
        return
    words = look.shell.words
    lines: list[tuple[str, object]] = [
        (N_("Chapter"), owner.name if owner else look.office.settings.university),
        (N_("Meeting"), titled(row)),
        (N_("Kind"), word_for(MEETING_NAMES, row.kind)),
        (N_("Day"), row.on),
        (N_("Place"), row.place),
        (N_("Came"), row.attended or len(people) or None),
        (N_("People"), tuple(each["name"] for each in people if each["name"])),
        (N_("Decided"), row.decided),
        (N_("Papers"), tuple(f"{p['title']} {str(p['document'])[:12]}" for p in papers)),
    ]
    cells = [[words(say(name)), words.value(value)] for name, value in lines if value]
    click.echo("\n".join(table(["", ""], cells).splitlines()[2:]))


def _of_meeting(row: ChapterMeeting, named: int) -> dict[str, object]:
    return {
        "meeting": row.id,
        "chapter": row.chapter_id,
        "title": titled(row),
        "council": row.council_no,
        "session": row.session_no,
        "on": row.on,
        "place": row.place,
        "attended": row.attended if row.attended is not None else named or None,
        "decided": row.decided,
        "election": row.election_id,
    }


def _file(act: Act, row: ChapterMeeting, title: str, file: Path) -> str:
    document = act.deposit(file).fingerprint
    file_paper(act.session, row, title, document, actor=act.actor, now=act.now)
    return document


def _meeting(look: Look, number: int) -> ChapterMeeting:
    """The meeting of that number, if this user may see it."""
    chapters = all_chapters(look.session, scope=look.scope, user=look.user)
    for row in meetings_of(look.session, chapters, association=association_seen(look)):
        if row.id == number:
            return row
    raise NoSuchMeeting(number)


def _owner(look: Look, row: ChapterMeeting) -> Chapter | None:
    return chapter_of(look, str(row.chapter_id)) if row.chapter_id else None
