"""The first screen: what is to be done today, and who is waited for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

import click

from donflow.cli.arguments import listed
from donflow.cli.chapter_today import ChapterLine, chapter_lines
from donflow.cli.commands import Command
from donflow.cli.glance import command_of, line_of, views_of
from donflow.cli.greeting_today import greeting_lines
from donflow.cli.looking import Look, looking
from donflow.cli.office_today import OfficeLine, office_lines, rates_of
from donflow.cli.output import Column, tell_list
from donflow.cli.shell import Shell
from donflow.errors import N_, Sentence, say
from donflow.lifecycle.board import Today, TodayLine, today_of
from donflow.lifecycle.obligations import OBLIGATIONS
from donflow.reports.contacts import SegmentRate
from donflow.tasks.planning import open_tasks, pressing

SIDES = {
    "us": N_("waiting for us"),
    "foundation": N_("waiting for the foundation"),
    "donor": N_("waiting for donors"),
}
TASKS = {
    "thank": N_("Thank the donor"),
    "report_use": N_("Report on the use to the donor"),
    "renewal_talk": N_("Talk about what follows the naming"),
    "naming_end": N_("The naming ends"),
}


@click.command(
    "today",
    cls=Command,
    help=N_("What is to be done today, most urgent first, and who is waited for."),
    example="donflow today",
)
@click.option("--all", "everything", is_flag=True, help=N_("Also what is not urgent yet."))
@listed
@click.pass_obj
def today(shell: Shell, everything: bool, as_json: bool, xlsx: Path | None) -> None:
    with looking(shell, "today") as look:
        views = views_of(look, outward=xlsx is not None)
        tasks = open_tasks(look.session)
        ahead = tasks if everything else pressing(tasks, look.today)
        day = today_of(views, ahead, day=look.today)
        lines = _by_urgency(
            day.lines, chapter_lines(look), [*office_lines(look), *greeting_lines(look)]
        )
        if as_json or xlsx is not None:
            _list(look, lines, as_json=as_json, xlsx=xlsx)
            return
        _tell(look, day, lines, most=len(lines) if everything else MOST, rates=rates_of(look))


Line = TodayLine | ChapterLine | OfficeLine


def _by_urgency(
    gifts: Iterable[TodayLine], chapters: Iterable[ChapterLine], office: Iterable[OfficeLine]
) -> list[Line]:
    """All lines by their day; on one day gifts first, which have money waiting."""
    return sorted([*gifts, *chapters, *office], key=lambda line: line.due_on or date.max)


MOST = 12
"""As many lines as fit on one screen; the rest is a word away."""


def text_of(look: Look, *, outward: bool) -> list[str]:
    """What presses and who is waited for, a line each, as `donflow today` tells this user.

    `outward`: for a text that leaves the desk, where nobody is named who gives unnamed. Empty
    where there is nothing to do.
    """
    views = views_of(look, outward=outward)
    day = today_of(views, pressing(open_tasks(look.session), look.today), day=look.today)
    office = [*office_lines(look), *greeting_lines(look)]
    lines = _by_urgency(day.lines, chapter_lines(look), office)
    return list(_said(look, day, lines, most=len(lines), rates=())) if lines else []


def _tell(
    look: Look, day: Today, lines: list[Line], *, most: int, rates: Sequence[SegmentRate]
) -> None:
    for line in _said(look, day, lines, most=most, rates=rates):
        click.echo(line)


def _said(
    look: Look, day: Today, lines: list[Line], *, most: int, rates: Sequence[SegmentRate]
) -> Iterator[str]:
    shell, words = look.shell, look.shell.words
    if lines:
        yield words(say(N_("{day}: {count} things to do"), day=day.day, count=len(lines)))
    else:
        nothing = N_("{day}: nothing to do. A new intent: donflow gift new --help")
        yield words(say(nothing, day=day.day))
    for no, line in enumerate(lines[:most], start=1):
        yield f"{no:>3}. {words(_what(line))} · {_about(shell, line)}"
        yield f"     → {_command(line)}"
    if len(lines) > most:
        yield words(say(N_("  … {count} more: donflow today --all"), count=len(lines) - most))
    yield ""
    for counter in day.counters:
        if not counter.count:
            yield words(say(N_("{side}: none"), side=say(SIDES[counter.side])))
            continue
        waits = say(
            N_("{side}: {count}, the longest for {days} days"),
            side=say(SIDES[counter.side]),
            count=counter.count,
            days=counter.longest_days,
        )
        yield words(waits)
    for rate in rates:
        contacted = say(
            N_("{segment}: {effective} of {people} effectively contacted within a year"),
            segment=rate.segment,
            effective=rate.effective,
            people=rate.people,
        )
        yield words(contacted)


def _about(shell: Shell, line: Line) -> str:
    match line:
        case ChapterLine():
            return f"{line.chapter} · {shell.words(line.state)}"
        case OfficeLine():
            return shell.words(line.state)
        case TodayLine():
            return line_of(shell, line.view)


def _list(look: Look, lines: list[Line], *, as_json: bool, xlsx: Path | None) -> None:
    columns = (
        Column("what", N_("What")),
        Column("gift", N_("Gift")),
        Column("chapter", N_("Chapter")),
        Column("donor", N_("Donor")),
        Column("amount", N_("Amount")),
        Column("due_on", N_("Due")),
        Column("command", N_("Command")),
    )
    rows: list[dict[str, object]] = [
        {
            "what": _code(line) if as_json else _what(line),
            **_of(line),
            "due_on": line.due_on,
            "workdays_left": line.workdays_left,
            "command": _command(line),
        }
        for line in lines
    ]
    tell_list(look.shell, N_("Today"), columns, rows, as_json=as_json, xlsx=xlsx)


def _of(line: Line) -> dict[str, object]:
    """The gift or the chapter that a line is about, if it is about one."""
    if isinstance(line, ChapterLine):
        return {"gift": None, "chapter": line.chapter, "donor": None, "amount": None}
    if isinstance(line, OfficeLine):
        return {"gift": None, "chapter": None, "donor": None, "amount": None}
    view = line.view
    return {
        "gift": view.gift.number,
        "chapter": None,
        "donor": view.donor,
        "amount": view.amount,
    }


def _what(line: Line) -> Sentence:
    if isinstance(line, ChapterLine | OfficeLine):
        return line.what
    if line.task is not None:
        return say(TASKS.get(line.task.kind, line.task.kind))
    step = line.view.main_step
    if step is None:
        return say(N_("Look at it"))
    if step.ready:
        return say(N_("{step}"), step=step.transition.label)
    count = len(step.refusals)
    return say(N_("{step} ({count} things missing)"), step=step.transition.label, count=count)


def _code(line: Line) -> str | None:
    if isinstance(line, ChapterLine | OfficeLine):
        return line.code
    step = line.view.main_step
    return line.task.kind if line.task else step.transition.name if step else None


def _command(line: Line) -> str:
    if isinstance(line, ChapterLine | OfficeLine):
        return line.command
    if line.task is not None and line.task.kind in OBLIGATIONS:
        return f"donflow gift obligations {line.view.gift.number}"
    if line.task is not None:
        return f"donflow thanks write {line.view.gift.number}"
    step = line.view.main_step
    if step is not None and step.ready:
        return command_of(line.view, step)
    return f"donflow gift show {line.view.gift.number}"
