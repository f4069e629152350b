"""Commands that show chapters: one in full, the list, officers, and terms."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from donflow.chapters.members import member_counts
from donflow.chapters.register import all_chapters
from donflow.cli.arguments import NUMBER, json_option, listed
from donflow.cli.chapter_page import tell_chapter, whole
from donflow.cli.chapter_words import LEFT_NAMES, chapter_argument, chapter_of, warning_words
from donflow.cli.commands import Command
from donflow.cli.looking import Look, reads
from donflow.cli.output import Column, tell_list, tell_record
from donflow.domain.terms import title_of
from donflow.errors import N_, say
from donflow.lifecycle.chapter_dossier import open_dossier
from donflow.lifecycle.chapter_view import ChapterView, terms_of, view_chapters


@click.command(
    "show",
    cls=Command,
    help=N_(
        "One chapter: where it stands, its officers and terms, what is missing and what mends it."
    ),
    example="donflow chapter show 3\ndonflow chapter show 陕西 --json",
)
@chapter_argument
@json_option
@reads
def show(look: Look, chapter: str, as_json: bool) -> None:
    row = chapter_of(look, chapter)
    (view,) = view_chapters(look.session, look.office, [row], today=look.today)
    if as_json:
        tell_record(look.shell, whole(look, view))
    else:
        tell_chapter(look, view)


@click.command(
    "list",
    cls=Command,
    help=N_("All chapters: type, place, stage, council, and when its term ends."),
    example="donflow chapter list\ndonflow chapter list --xlsx 分会一览.xlsx",
)
@listed
@reads
def list_(look: Look, as_json: bool, xlsx: Path | None) -> None:
    columns = (
        Column("chapter", N_("No.")),
        Column("name", N_("Name")),
        Column("kind", N_("Type")),
        Column("city", N_("City")),
        Column("stage", N_("Stage")),
        Column("due_on", N_("Due")),
        Column("council", N_("Council")),
        Column("ends_on", N_("Term ends")),
        Column("chair", N_("Chair")),
        Column("contact", N_("Contact person")),
        Column("members", N_("Members")),
    )
    views = _views(look)
    counts = member_counts(look.session, [view.chapter.id for view in views])
    rows: list[dict[str, object]] = []
    for view in views:
        dossier, chapter = view.dossier, view.chapter
        chairs = [o.constituent_id for o in dossier.in_office if o.office == "chair"]
        contact = dossier.name(chapter.contact_id) if chapter.contact_id else None
        rows.append(
            {
                "chapter": chapter.id,
                "name": chapter.name,
                "kind": chapter.kind if as_json else view.kind,
                "city": chapter.city,
                "stage": chapter.stage if as_json else view.founding.stage.label,
                "due_on": chapter.due_on,
                "council": dossier.council.no if dossier.council else None,
                "ends_on": dossier.ends_on,
                "chair": dossier.name(chairs[0]) if chairs else None,
                "contact": contact,
                "members": counts[chapter.id],
            }
        )
    tell_list(look.shell, N_("Chapters"), columns, rows, as_json=as_json, xlsx=xlsx)


@click.command(
    "officers",
    cls=Command,
    help=N_("Who holds which office now, or did in an earlier council."),
    example="donflow chapter officers 3\ndonflow chapter officers 3 --council 1\ndonflow chapter officers 3 --every --xlsx 历届理事名单.xlsx",
)
@chapter_argument
@click.option("--council", "council_no", type=NUMBER, metavar=N_("NO"), help=N_("An earlier council, with everybody who served in it."))  # fmt: skip
@click.option("--every", is_flag=True, help=N_("Every council from the first on, each in the order of its offices."))  # fmt: skip
@listed
@reads
def officers(
    look: Look,
    chapter: str,
    council_no: int | None,
    every: bool,
    as_json: bool,
    xlsx: Path | None,
) -> None:
    columns = (
        Column("council", N_("Council")),
        Column("title", N_("Office")),
        Column("name", N_("Name")),
        Column("since", N_("Since")),
        Column("until", N_("Up to")),
        Column("left_because", N_("Left")),
    )
    dossier = open_dossier(look.session, look.office, chapter_of(look, chapter))
    chosen = (
        dossier.in_office
        if council_no is None
        else [each for each in dossier.officers if each.council_no == council_no]
    )
    chosen = dossier.officers if every else chosen
    rows: list[dict[str, object]] = [
        {
            "office": each.office,
            "title": title_of(each.office, dossier.chapter.kind),
            "person": dossier.people[each.constituent_id].id,
            "name": dossier.people[each.constituent_id].name
            if as_json
            else dossier.name(each.constituent_id),
            "council": each.council_no,
            "since": each.since,
            "until": each.until,
            "left_because": each.left_because
            if as_json or not each.left_because
            else say(LEFT_NAMES[each.left_because]),
        }
        for each in chosen
    ]
    tell_list(look.shell, N_("Officers"), columns, rows, as_json=as_json, xlsx=xlsx)


@click.command(
    "terms",
    cls=Command,
    help=N_("Who serves until when, which re-election is due, who may stand again and why."),
    example="donflow chapter terms\ndonflow chapter terms 3 --json",
)
@click.argument("chapter", required=False, metavar=N_("CHAPTER"))
@listed
@reads
def terms(look: Look, chapter: str | None, as_json: bool, xlsx: Path | None) -> None:
    columns = (
        Column("name", N_("Chapter")),
        Column("council", N_("Council")),
        Column("title", N_("Office")),
        Column("person_name", N_("Name")),
        Column("since", N_("Since")),
        Column("ends_on", N_("Term ends")),
        Column("warning", N_("Re-election")),
        Column("may_stand", N_("May stand again")),
        Column("reason", N_("Why")),
    )
    rows = [row for view in _views(look, chapter) for row in _terms(look, view, as_json=as_json)]
    tell_list(look.shell, N_("Terms"), columns, rows, as_json=as_json, xlsx=xlsx)


def _views(look: Look, text: str | None = None) -> list[ChapterView]:
    chapters = (
        all_chapters(look.session, scope=look.scope, user=look.user)
        if text is None
        else [chapter_of(look, text)]
    )
    return view_chapters(look.session, look.office, chapters, today=look.today)


def _terms(look: Look, view: ChapterView, *, as_json: bool) -> Iterable[dict[str, object]]:
    """A line for each officer in office; one without a name where a council has none."""
    dossier, warning = view.dossier, view.warning
    if dossier.council is None or dossier.ended_on:
        return
    shared: dict[str, object] = {
        "chapter": view.chapter.id,
        "name": view.chapter.name,
        "council": dossier.council.no,
        "elected_on": dossier.council.elected_on,
        "ends_on": dossier.ends_on,
        "rule": dossier.term_rule.source,
        "warning": (warning.months if as_json else warning_words(warning)) if warning else None,
        "warnings": [
            {"months": given.months, "on": given.on} for given in dossier.warnings(look.today)
        ],
        "election": view.election.stage.name if view.election else None,
    }
    served = terms_of(dossier, today=look.today)
    for term in served:
        office, standing = term.officer.office, term.standing
        yield {
            **shared,
            "office": office,
            "title": title_of(office, view.chapter.kind),
            "person": term.person.id,
            "person_name": term.person.name,
            "since": term.officer.since,
            "terms": standing.terms,
            "most_terms": standing.most,
            "may_stand": standing.may,
            "reason": look.shell.words(standing.reason),
        }
    if not served:
        keys = ("office", "title", "person", "person_name", "since", "terms", "most_terms")
        yield {**shared, **dict.fromkeys((*keys, "may_stand", "reason"))}
