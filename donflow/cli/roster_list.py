"""The command that lists alumni as an office prints a class list."""

from __future__ import annotations

from pathlib import Path

import click

from donflow.cli.arguments import listed
from donflow.cli.commands import Command
from donflow.cli.looking import Look, reads
from donflow.cli.naming import GENDER_NAMES, word_for
from donflow.cli.naming_people import STATUS_NAMES
from donflow.cli.output import Column, tell_list
from donflow.cli.roster_options import selected
from donflow.errors import N_
from donflow.reports.selection import Line, Selection, class_label, lines_of
from donflow.roster.models import Status

COLUMNS = (
    Column("person", N_("No.")),
    Column("name", N_("Name")),
    Column("gender", N_("Gender")),
    Column("class", N_("Class")),
    Column("degree", N_("Degree")),
    Column("major", N_("Major")),
    Column("enrol_year", N_("Enrolled")),
    Column("grad_year", N_("Graduated")),
    Column("student_no", N_("Student number")),
    Column("employer", N_("Employer")),
    Column("job_title", N_("Post")),
    Column("city", N_("City")),
    Column("phone", N_("Telephone")),
    Column("segments", N_("Segments")),
    Column("chapters", N_("Chapters")),
    Column("status", N_("Standing")),
)


@click.command(
    "list",
    cls=Command,
    help=N_(
        "List alumni, each once: by class, in it by student number, without one by name."
        " Numbers are masked; restricted people are marked."
    ),
    example="donflow roster list --class 2009级会计\ndonflow roster list --grad 2026 --degree 硕士 --xlsx 应届.xlsx\ndonflow roster list --unreached",
)
@selected
@listed
@reads
def list_(look: Look, selection: Selection, as_json: bool, xlsx: Path | None) -> None:
    lines = lines_of(look.session, selection, scope=look.scope, user=look.user)
    rows = [_row(line, as_json=as_json) for line in lines]
    tell_list(look.shell, N_("Alumni"), COLUMNS, rows, as_json=as_json, xlsx=xlsx)


def _row(line: Line, *, as_json: bool) -> dict[str, object]:
    person, course = line.person, line.course
    gender, status = person.fields.get("gender"), person.status
    marked = None if status == Status.ACTIVE else word_for(STATUS_NAMES, status)
    phones = tuple(way.shown for way in person.ways_of("phone"))
    segments = tuple(sorted(person.segments))
    return {
        "person": person.number,
        "name": person.name,
        "gender": gender if as_json or not gender else word_for(GENDER_NAMES, gender),
        "class": class_label(course) or None,
        "degree": course.degree,
        "major": course.major,
        "enrol_year": course.enrol_year,
        "grad_year": course.grad_year,
        "student_no": course.student_no,
        "employer": next((employer for employer, _ in person.posts if employer), None),
        "job_title": next((title for _, title in person.posts if title), None),
        "city": person.fields.get("city"),
        "phone": phones if as_json else " ".join(phones) or None,
        "segments": segments if as_json else " ".join(segments) or None,
        "chapters": person.chapters if as_json else " ".join(person.chapters) or None,
        "status": status if as_json else marked,
    }
