"""Commands on chapters: intention, facts, founding, and every step of theirs."""

from __future__ import annotations

from pathlib import Path

import click

from donflow.accounts.users import get_user
from donflow.chapters.register import edit_chapter, record_fact
from donflow.cli.acting import Act, Done, writes
from donflow.cli.arguments import FILE, NamedChoice
from donflow.cli.chapter_charter import article, charter
from donflow.cli.chapter_meeting import meeting
from donflow.cli.chapter_member import member
from donflow.cli.chapter_officers import council, opinion, propose, seat, unseat
from donflow.cli.chapter_paper import compare, page
from donflow.cli.chapter_suggestion import suggestion
from donflow.cli.chapter_view import list_, officers, show, terms
from donflow.cli.chapter_words import RECORDED, chapter_argument, chapter_to_change, moved
from donflow.cli.choosing import choose_person
from donflow.cli.commands import Group
from donflow.domain.chapter_facts import ChapterRecordKind
from donflow.errors import N_, DonflowError, say
from donflow.lifecycle.advance import step_named
from donflow.lifecycle.chapter_moving import (
    FOUND,
    advance_chapter,
    chapter_kind,
    found_chapter,
    intend,
    machine_for,
)

chapter = Group("chapter", help=N_("Chapters of alumni, their councils and officers"), no_args_is_help=True)  # fmt: skip


class NothingToChange(DonflowError):
    code = "nothing_to_change"
    message = N_("Nothing to change was named.")
    remedy = N_("See what can be: donflow chapter edit --help")


class StepUnnamed(DonflowError):
    code = "step_unnamed"
    message = N_("Say which step. From here lead: {steps}.")


class FoundByItself(DonflowError):
    code = "own_command"
    message = N_("This step is made together with its record.")
    remedy = N_("Run: donflow chapter found {number} --file FILE")


@chapter.command(
    "new",
    help=N_("Enter the intention to found a chapter, or one that is there already."),
    example="donflow chapter new 陕西校友分会 --type regional --city 西安 --contact 贺兰舟",
)
@click.argument("name", metavar=N_("NAME"))
@click.option("--type", "kind", required=True, metavar=N_("TYPE"), help=N_("Its type: regional, overseas, industry, project, class; or the word for it."))  # fmt: skip
@click.option("--city", metavar=N_("CITY"), help=N_("Where it is."))
@click.option("--contact", metavar=N_("PERSON"), help=N_("Who speaks for those who intend it."))
@writes
def new(act: Act, name: str, kind: str, city: str | None, contact: str | None) -> Done:
    person = choose_person(act, contact) if contact else None
    row = intend(
        act.session,
        act.office,
        name,
        kind=chapter_kind(act.session, act.office, kind),
        city=city,
        contact_id=person.id if person else None,
        actor=act.actor,
        now=act.now,
    )
    sentence = say(
        N_("{name} is entered as chapter {number}: donflow chapter show {number}"),
        name=row.name,
        number=row.id,
    )
    return Done(sentence, None, {"chapter": row.id, "stage": row.stage})


@chapter.command(
    "edit",
    help=N_("Change a chapter's name, city, contact person, account, or what its page says."),
    example="donflow chapter edit 3 --contact 贺兰舟 --city 西安",
)
@chapter_argument
@click.option("--name", metavar=N_("NAME"), help=N_("Another name."))
@click.option("--city", metavar=N_("CITY"), help=N_("Where it is."))
@click.option("--contact", metavar=N_("PERSON"), help=N_("Whom to ask."))
@click.option("--profile", metavar=N_("TEXT"), help=N_("What the chapter is, for its page."))
@click.option("--joining", metavar=N_("TEXT"), help=N_("How to join it, for its page."))
@click.option("--common", metavar=N_("TEXT"), help=N_("What its people have in common: a word of employer, post, degree, class or segment."))  # fmt: skip
@click.option("--user", "username", metavar=N_("USER"), help=N_("The account of its own officer, who then sees this chapter."))  # fmt: skip
@writes
def edit(
    act: Act,
    chapter: str,
    name: str | None,
    city: str | None,
    contact: str | None,
    profile: str | None,
    joining: str | None,
    common: str | None,
    username: str | None,
) -> Done:
    row = chapter_to_change(act, chapter)
    told = {"name": name, "city": city, "profile": profile, "joining": joining, "common": common}
    changes: dict[str, object] = {
        column: value for column, value in told.items() if value is not None
    }
    if contact is not None:
        changes["contact_id"] = choose_person(act, contact).id
    if username is not None:
        changes["user_id"] = get_user(act.session, username).id
    if not changes:
        raise NothingToChange
    edit_chapter(act.session, row, changes, actor=act.actor, now=act.now)
    return Done(say(N_("{name} is changed."), name=row.name), None, {"chapter": row.id})


@chapter.command(
    "record",
    help=N_(
        "Record a single fact: leave for the name, preparatory group, publication, dissolution."
    ),
    example="donflow chapter record 3 name_permitted --file 名称批复.pdf\ndonflow chapter record 3 publication --on 2026-10-08",
)
@chapter_argument
@click.argument("kind", type=NamedChoice(RECORDED), metavar=N_("FACT"))
@click.option("--file", type=FILE, metavar=N_("FILE"), help=N_("The document that proves it."))
@writes
def record(act: Act, chapter: str, kind: str, file: Path | None) -> Done:
    row = chapter_to_change(act, chapter)
    document = act.deposit(file).fingerprint if file else None
    record_fact(
        act.session,
        row,
        ChapterRecordKind(kind),
        on=act.on,
        document=document,
        actor=act.actor,
        now=act.now,
    )
    said = say(N_("Recorded of {name}: {fact}."), name=row.name, fact=say(RECORDED[kind]))
    return Done(said, None, {"chapter": row.id, "fact": kind})


@chapter.command(
    "found",
    help=N_("Record the founding meeting; the final list becomes the first council."),
    example="donflow chapter found 3 --on 2026-09-28 --file 成立大会纪要.pdf",
)
@chapter_argument
@click.option("--file", required=True, type=FILE, metavar=N_("FILE"), help=N_("The minutes."))
@writes
def found(act: Act, chapter: str, file: Path) -> Done:
    row = chapter_to_change(act, chapter)
    minutes = act.deposit(file).fingerprint
    found_chapter(act.session, act.office, row, minutes=minutes, actor=act.actor, now=act.now)
    return moved(act, row)


@chapter.command(
    "advance",
    help=N_("Move a chapter to its next stage; refused with every reason if something is missing."),
    example="donflow chapter advance 3 prepare\ndonflow chapter advance 3 relist --reason 理事会建议增补行业代表",
)
@chapter_argument
@click.argument("step", required=False, metavar=N_("STEP"))
@click.option("--reason", metavar=N_("TEXT"), help=N_("Why, where a step asks for it."))
@writes
def advance(act: Act, chapter: str, step: str | None, reason: str | None) -> Done:
    row = chapter_to_change(act, chapter)
    lifecycle = machine_for(act.session, act.office, row).lifecycle
    if step is None:
        ways = [each for each in lifecycle.transitions if row.stage in each.sources]
        raise StepUnnamed(steps=tuple(
            say(N_("{word} ({code})"), word=each.label, code=each.name) for each in ways
        ))  # fmt: skip
    step = step_named(lifecycle, step)
    if step == FOUND:
        raise FoundByItself(number=row.id)
    advance_chapter(act.session, act.office, row, step, actor=act.actor, now=act.now, reason=reason)
    return moved(act, row)


for command in (show, list_, officers, terms, charter, article):
    chapter.add_command(command)
for command in (page, compare):
    chapter.add_command(command)
for group in (meeting, member, suggestion):
    chapter.add_command(group)
for command in (propose, opinion, council, seat, unseat):
    chapter.add_command(command)
