"""Commands on who holds which office: the proposed list, guidance on it, councils and seats."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from donflow.chapters import councils, founding
from donflow.chapters.councils import LEFT
from donflow.cli.acting import Act, Done, writes
from donflow.cli.arguments import FILE, NUMBER, PAST_DAY, NamedChoice
from donflow.cli.chapter_words import (
    BODY_NAMES,
    LEFT_NAMES,
    OFFICE_NAMES,
    VERDICT_NAMES,
    chapter_argument,
    chapter_to_change,
    of_council,
    office_argument,
    person_argument,
)
from donflow.cli.choosing import choose_person
from donflow.cli.commands import Command
from donflow.domain.chapter_facts import Body, Verdict
from donflow.errors import N_, say
from donflow.lifecycle.chapter_dossier import open_dossier
from donflow.lifecycle.chapter_moving import (
    list_lies_since,
    refuse_before_founding,
    refuse_dead,
    refuse_final_list,
    refuse_newer_council,
    refuse_third_term,
)

council_option = click.option("--council", "council_no", type=NUMBER, metavar=N_("NO"), help=N_("Which council; the newest if left out."))  # fmt: skip


also_option = click.option("--also", is_flag=True, help=N_("Besides another office of theirs."))


@click.command(
    "propose",
    cls=Command,
    help=N_("Put somebody on the proposed list of officers, or strike them from it."),
    example="donflow chapter propose 3 chair 贺兰舟\ndonflow chapter propose 3 director 江远帆 --strike",
)
@chapter_argument
@office_argument
@person_argument
@click.option("--strike", is_flag=True, help=N_("Take them off the list."))
@also_option
@writes
def propose(act: Act, chapter: str, office: str, person: str, strike: bool, also: bool) -> Done:
    row, meant = chapter_to_change(act, chapter), choose_person(act, person)
    refuse_final_list(act.session, act.office, row)
    if strike:
        founding.strike(
            act.session, row, meant.id, office, name=meant.name, actor=act.actor, now=act.now
        )
    else:
        refuse_dead(meant)
        founding.propose(
            act.session,
            row,
            meant.id,
            office,
            name=meant.name,
            actor=act.actor,
            now=act.now,
            also=also,
        )
    message = (
        N_("{person} is off the list of {name} as {office}.")
        if strike
        else N_("{person} is on the list of {name} as {office}.")
    )
    word = say(OFFICE_NAMES[office])
    said = say(message, person=meant.name, name=row.name, office=word)
    return Done(said, None, {"chapter": row.id, "person": meant.id})


@click.command(
    "opinion",
    cls=Command,
    help=N_("Record what the school leaders or the association's council said of the list."),
    example="donflow chapter opinion 3 leaders --minutes 云麓管院纪〔2026〕12号 --on 2026-09-10 --file 会议纪要.pdf\ndonflow chapter opinion 3 council --minutes 第四届第三次会议 --verdict with_changes --note 增补行业代表 --file 会议纪要.pdf",
)
@chapter_argument
@click.argument("body", type=NamedChoice(BODY_NAMES), metavar=N_("BODY"))
@click.option("--minutes", required=True, metavar=N_("NUMBER"), help=N_("The number of the minutes."))  # fmt: skip
@click.option("--verdict", type=NamedChoice(VERDICT_NAMES), default="agreed", help=N_("What they decided."))  # fmt: skip
@click.option("--note", metavar=N_("TEXT"), help=N_("Which changes, or why against."))
@click.option("--file", type=FILE, metavar=N_("FILE"), help=N_("The minutes."))
@writes
def opinion(
    act: Act,
    chapter: str,
    body: str,
    minutes: str,
    verdict: str,
    note: str | None,
    file: Path | None,
) -> Done:
    row = chapter_to_change(act, chapter)
    founding.record_opinion(
        act.session,
        row,
        Body(body),
        Verdict(verdict),
        minutes_number=minutes,
        on=act.on,
        listed_on=list_lies_since(act.session, act.office, row),
        document=act.deposit(file).fingerprint if file else None,
        note=note,
        actor=act.actor,
        now=act.now,
    )
    said = say(
        N_("Recorded of {name}: {body}, {verdict}."),
        name=row.name,
        body=say(BODY_NAMES[body]),
        verdict=say(VERDICT_NAMES[verdict]),
    )
    return Done(said, None, {"chapter": row.id, "body": body, "verdict": verdict})


@click.command(
    "council",
    cls=Command,
    help=N_("Enter a council that was elected before donflow was there."),
    example="donflow chapter council 3 --no 2 --elected-on 2024-05-18",
)
@chapter_argument
@click.option("--no", required=True, type=NUMBER, metavar=N_("NO"), help=N_("Its number: 2 for the second council."))  # fmt: skip
@click.option("--elected-on", required=True, type=PAST_DAY, metavar=N_("DAY"), help=N_("When it was elected; its term begins on that day."))  # fmt: skip
@writes
def council(act: Act, chapter: str, no: int, elected_on: date) -> Done:
    row = chapter_to_change(act, chapter)
    refuse_before_founding(act.session, act.office, row)
    refuse_newer_council(act.office, row, elected_on)
    entered = councils.enter_council(act.session, row, no, elected_on, actor=act.actor, now=act.now)
    said = say(
        N_("Council {no} of {name} is entered, elected on {day}."),
        no=no,
        name=row.name,
        day=elected_on,
    )
    return Done(said, None, {"chapter": row.id, **of_council(entered)})


@click.command(
    "seat",
    cls=Command,
    help=N_("Put somebody into an office of a council: as elected, or filled in for another."),
    example="donflow chapter seat 3 chair 贺兰舟\ndonflow chapter seat 3 vice_chair 江远帆 --since 2026-03-01",
)
@chapter_argument
@office_argument
@person_argument
@click.option("--since", type=PAST_DAY, metavar=N_("DAY"), help=N_("From which day; that of the election if left out."))  # fmt: skip
@council_option
@also_option
@click.option("--despite", metavar=N_("TEXT"), help=N_("Why somebody was elected whom the charter barred, before the chapter was entered here."))  # fmt: skip
@writes
def seat(
    act: Act,
    chapter: str,
    office: str,
    person: str,
    since: date | None,
    council_no: int | None,
    also: bool,
    despite: str | None,
) -> Done:
    row, meant = chapter_to_change(act, chapter), choose_person(act, person)
    refuse_before_founding(act.session, act.office, row)
    meant_council = councils.get_council(act.session, row, council_no)
    newest = councils.get_council(act.session, row, None)
    day = since or meant_council.elected_on
    if meant_council.no == newest.no:
        dossier = open_dossier(act.session, act.office, row)
        before_entry = day <= act.office.today(row.created_at)
        reason = despite if before_entry else None
        refuse_third_term(dossier, meant, office, on=day, despite=reason)
    officer = councils.seat(
        act.session,
        row,
        meant_council,
        meant.id,
        office,
        name=meant.name,
        since=day,
        actor=act.actor,
        now=act.now,
        also=also,
        despite=despite,
    )
    said = say(
        N_("{person} is {office} of {name} in council {no}, from {day}."),
        person=meant.name,
        office=say(OFFICE_NAMES[office]),
        name=row.name,
        no=meant_council.no,
        day=day,
    )
    return Done(said, None, {"chapter": row.id, "officer": officer.id, "person": meant.id})


@click.command(
    "unseat",
    cls=Command,
    help=N_("Record that somebody left an office before the term was over."),
    example="donflow chapter unseat 3 vice_chair 江远帆 --because resigned --on 2026-02-11",
)
@chapter_argument
@office_argument
@person_argument
@click.option("--because", required=True, type=NamedChoice({code: LEFT_NAMES[code] for code in LEFT}), help=N_("Why."))  # fmt: skip
@council_option
@writes
def unseat(
    act: Act, chapter: str, office: str, person: str, because: str, council_no: int | None
) -> Done:
    row, meant = chapter_to_change(act, chapter), choose_person(act, person)
    officer = councils.unseat(
        act.session,
        row,
        councils.get_council(act.session, row, council_no),
        meant.id,
        office,
        name=meant.name,
        until=act.on,
        because=because,
        actor=act.actor,
        now=act.now,
    )
    said = say(
        N_("{person} is no longer {office} of {name} since {day}; fill it: donflow chapter seat {number} {code} PERSON --since DAY"),
        person=meant.name,
        office=say(OFFICE_NAMES[office]),
        name=row.name,
        day=act.on,
        number=row.id,
        code=office,
    )  # fmt: skip
    return Done(said, None, {"chapter": row.id, "officer": officer.id})
