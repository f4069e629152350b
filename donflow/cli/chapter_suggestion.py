"""Commands on what members suggest to a chapter or on a charter, and the answers."""

from __future__ import annotations

from pathlib import Path

import click

from donflow.chapters.charters import NoCharter, owner_named, versions_of
from donflow.chapters.models import Charter
from donflow.chapters.register import all_chapters
from donflow.chapters.suggestions import NoSuchSuggestion, suggest, suggestions_of
from donflow.chapters.suggestions import answer as answer_it
from donflow.cli.acting import Act, Done, writes
from donflow.cli.arguments import NUMBER, listed
from donflow.cli.chapter_words import association_seen, chapter_to_change, chapters_seen
from donflow.cli.choosing import choose_person
from donflow.cli.commands import Group
from donflow.cli.looking import Look, reads
from donflow.cli.output import Column, tell_list
from donflow.errors import N_, say
from donflow.lifecycle.chapter_dossier import people_under
from donflow.lifecycle.chapter_moving import chapter_kind

suggestion = Group(
    "suggestion", help=N_("What members suggest, and the answers"), no_args_is_help=True
)


@suggestion.command(
    "new",
    help=N_("Enter what a member suggests to a chapter, to the association, or on a charter."),
    example="donflow chapter suggestion new 3 --text 建议增设青年工作组 --by 贺兰舟\ndonflow chapter suggestion new --charter --text 建议写明联络员任期",
)
@click.argument("chapter", required=False, metavar=N_("CHAPTER"))
@click.option("--text", required=True, metavar=N_("TEXT"), help=N_("What is suggested."))
@click.option("--by", "person", metavar=N_("PERSON"), help=N_("Who suggests it."))
@click.option("--charter", is_flag=True, help=N_("It is about the newest charter."))
@click.option("--type", "kind", metavar=N_("TYPE"), help=N_("With --charter: the model charter of a type of chapters."))  # fmt: skip
@writes
def new(
    act: Act,
    chapter: str | None,
    text: str,
    person: str | None,
    charter: bool,
    kind: str | None,
) -> Done:
    row = chapter_to_change(act, chapter) if chapter else None
    about: Charter | None = None
    if charter or kind:
        code = chapter_kind(act.session, act.office, kind) if kind else None
        versions = versions_of(act.session, owner_named(row, code))
        if not versions:
            raise NoCharter
        about = versions[-1]
    by = choose_person(act, person).id if person else None
    entered = suggest(act.session, row, about, text, person=by, actor=act.actor, now=act.now)
    sentence = say(
        N_("Suggestion {number} is entered. Answer it: donflow chapter suggestion answer {number} --text TEXT"),
        number=entered.id,
    )  # fmt: skip
    return Done(sentence, None, {"suggestion": entered.id})


@suggestion.command(
    "answer",
    help=N_("Record what was answered to a suggestion."),
    example="donflow chapter suggestion answer 2 --text 已提请下次理事会审议",
)
@click.argument("number", type=NUMBER, metavar=N_("SUGGESTION"))
@click.option("--text", required=True, metavar=N_("TEXT"), help=N_("The answer."))
@writes
def answer(act: Act, number: int, text: str) -> Done:
    chapters = all_chapters(act.session, scope=act.scope, user=act.user)
    found = suggestions_of(act.session, chapters, association=association_seen(act))
    meant = next((each for each in found if each.id == number), None)
    if meant is None:
        raise NoSuchSuggestion(number)
    answer_it(act.session, meant, text, on=act.on, actor=act.actor, now=act.now)
    said = say(N_("Suggestion {number} is answered."), number=number)
    return Done(said, None, {"suggestion": number})


@suggestion.command(
    "list",
    help=N_("Suggestions without an answer, or with --all every one."),
    example="donflow chapter suggestion list\ndonflow chapter suggestion list 3 --all --xlsx 意见建议.xlsx",
)
@click.argument("chapter", required=False, metavar=N_("CHAPTER"))
@click.option("--all", "everything", is_flag=True, help=N_("Also those that were answered."))
@listed
@reads
def list_(
    look: Look, chapter: str | None, everything: bool, as_json: bool, xlsx: Path | None
) -> None:
    columns = (
        Column("suggestion", N_("No.")),
        Column("chapter_name", N_("Chapter")),
        Column("charter_version", N_("Charter")),
        Column("on", N_("Day")),
        Column("name", N_("Suggested by")),
        Column("text", N_("Suggestion")),
        Column("answer", N_("Answer")),
        Column("answered_on", N_("Answered")),
    )
    chapters = chapters_seen(look, chapter)
    found = suggestions_of(
        look.session, chapters, association=chapter is None and association_seen(look)
    )
    names = {row.id: row.name for row in chapters}
    people = people_under(look.session, [s.constituent_id for s in found if s.constituent_id])
    rows: list[dict[str, object]] = []
    for each in found:
        if each.answered_on is not None and not everything:
            continue
        about = look.session.get(Charter, each.charter_id) if each.charter_id else None
        by = people[each.constituent_id] if each.constituent_id else None
        rows.append(
            {
                "suggestion": each.id,
                "chapter": each.chapter_id,
                "chapter_name": names.get(each.chapter_id or 0, look.office.settings.university),
                "charter_version": about.version if about else None,
                "on": look.office.today(each.recorded_at),
                "person": by.id if by else None,
                "name": by.name if by else None,
                "text": each.text,
                "answer": each.answer,
                "answered_on": each.answered_on,
            }
        )
    tell_list(look.shell, N_("Suggestions"), columns, rows, as_json=as_json, xlsx=xlsx)
