"""One chapter in full, for a reader and as JSON."""

from __future__ import annotations

from collections.abc import Iterable

import click

from donflow.chapters.models import Candidate, Proposal
from donflow.cli.chapter_words import BODY_NAMES, OFFICE_NAMES, VERDICT_NAMES, warning_words
from donflow.cli.glance import left, owner_of, tell_refusal
from donflow.cli.looking import Look
from donflow.cli.naming import with_words
from donflow.cli.output import table, tell
from donflow.cli.shell import Shell
from donflow.domain.terms import title_of
from donflow.errors import N_, Refusal, say
from donflow.lifecycle.chapter_dossier import Dossier
from donflow.lifecycle.chapter_moving import ELECT, FOUND
from donflow.lifecycle.chapter_view import ChapterView, RowView, terms_of
from donflow.lifecycle.show import Step


def command_for(view: ChapterView, row: RowView, step: Step) -> str:
    """The command that makes a step of a chapter or of its election."""
    number, name = view.chapter.id, step.transition.name
    if row is view.founding:
        own = {FOUND: f"donflow chapter found {number} --file MINUTES"}
        return own.get(name, f"donflow chapter advance {number} {name}")
    own = {ELECT: f"donflow election result {number}"}
    return own.get(name, f"donflow election advance {number} {name}")


def tell_chapter(look: Look, view: ChapterView) -> None:
    """The page of a chapter: what it is, who serves, and the next step with what it lacks."""
    shell, dossier = look.shell, view.dossier
    words, chapter = shell.words, view.chapter
    click.echo(f"{chapter.id} · {chapter.name}")
    contact = dossier.name(chapter.contact_id) if chapter.contact_id else None
    lines: list[tuple[str, object]] = [
        (N_("Type"), view.kind),
        (N_("City"), chapter.city),
        (N_("Contact person"), contact),
        (N_("Stage"), view.founding.stage.label),
        (N_("Due"), _due(view.founding)),
        (N_("Charter"), _charter(dossier)),
        (
            N_("List"),
            _named(dossier, _by_office(dossier.proposed)) if not dossier.council else None,
        ),
        (N_("Guidance"), _guidance(dossier) if not dossier.council else None),
        (N_("Council"), _council(dossier)),
        (N_("Vacant"), dossier.vacant),
        (N_("Re-election"), warning_words(view.warning) if view.warning else None),
    ]
    if view.election:
        lines += [
            (N_("Stage of the election"), view.election.stage.label),
            (N_("Due"), _due(view.election)),
            (N_("Candidates"), _named(dossier, _by_office(dossier.candidates))),
        ]
    rows = [[words(say(name)), words.value(value)] for name, value in lines if value]
    click.echo("\n".join(f"  {line}" for line in table(["", ""], rows).splitlines()[2:]))
    for term in terms_of(dossier, today=look.today):
        title = words.value(title_of(term.officer.office, chapter.kind))
        click.echo(f"    {title} {term.person.name} · {words(term.standing.reason)}")
    for row in filter(None, (view.founding, view.election)):
        _tell_steps(shell, view, row)


def whole(look: Look, view: ChapterView) -> dict[str, object]:
    """A chapter as `chapter show --json` writes it."""
    dossier, chapter = view.dossier, view.chapter
    return {
        "chapter": chapter.id,
        "name": chapter.name,
        "kind": chapter.kind,
        "city": chapter.city,
        "profile": chapter.profile,
        "contact": _person(dossier, chapter.contact_id),
        "stage": chapter.stage,
        "stage_label": view.founding.stage.label,
        "entered_on": chapter.entered_on,
        "due_on": chapter.due_on,
        "version": chapter.row_version,
        "workflow_version": chapter.workflow_version,
        "charters": [
            {
                "version": each.version,
                "adopted_on": each.adopted_on,
                "in_force_on": each.in_force_on,
                "document": each.document,
            }
            for each in dossier.charters
        ],
        "records": [
            {"fact": each.kind, "on": each.on, "document": each.document}
            for each in dossier.records
        ],
        "list": [
            {"office": each.office, **_person(dossier, each.constituent_id)}
            for each in dossier.proposed
        ],
        "opinions": [
            {
                "body": each.body,
                "verdict": each.verdict,
                "minutes": each.minutes_number,
                "on": each.on,
                "document": each.document,
                "note": each.note,
            }
            for each in dossier.opinions
        ],
        "councils": [{"council": c.no, "elected_on": c.elected_on} for c in dossier.councils],
        "officers": [
            {"office": each.office, "since": each.since, **_person(dossier, each.constituent_id)}
            for each in dossier.in_office
        ],
        "vacant": dossier.vacant,
        "ends_on": dossier.ends_on,
        "rule": dossier.term_rule.source,
        "warning": view.warning.months if view.warning else None,
        "next": [_step(look.shell, view, view.founding, step) for step in view.founding.steps],
        "election": _election(look, view, view.election) if view.election else None,
    }


def _election(look: Look, view: ChapterView, row: RowView) -> dict[str, object]:
    election, dossier = view.dossier.under_way, view.dossier
    assert election is not None
    return {
        "council": election.council_no,
        "stage": election.stage,
        "stage_label": row.stage.label,
        "due_on": row.due_on,
        "noticed_on": election.noticed_on,
        "held_on": election.held_on,
        "candidates": [
            {
                "office": each.office,
                "elected": each.elected,
                **_person(dossier, each.constituent_id),
            }
            for each in dossier.candidates
        ],
        "next": [_step(look.shell, view, row, step) for step in row.steps],
    }


def _step(shell: Shell, view: ChapterView, row: RowView, step: Step) -> dict[str, object]:
    return {
        "transition": step.transition.name,
        "label": step.transition.label,
        "to": step.transition.target,
        "ready": step.ready,
        "command": command_for(view, row, step),
        "missing": [_refusal(shell, refusal) for refusal in step.refusals],
    }


def _refusal(shell: Shell, refusal: Refusal) -> dict[str, str]:
    return {
        "code": refusal.code,
        "reason": shell.words(with_words(refusal.reason)),
        "remedy": shell.words(with_words(refusal.remedy)),
    }


def _person(dossier: Dossier, number: int | None) -> dict[str, object]:
    if number is None:
        return {"person": None, "name": None}
    person = dossier.people[number]
    return {"person": person.id, "name": person.name}


def _tell_steps(shell: Shell, view: ChapterView, row: RowView) -> None:
    """The step forward with what it lacks, where one is waited for; and what can be made now."""
    for index, step in enumerate(row.steps):
        label = shell.words.value(step.transition.label)
        if step.ready and not (index and step.transition.reason_required):
            mark = shell.words(say(N_("Can be done: {step}"), step=label))
            click.echo(f"  ✓ {mark}  →  {command_for(view, row, step)}")
        elif not index and row.stage.owner:
            click.echo(f"  {shell.words(say(N_('For “{step}” is missing:'), step=label))}")
            for refusal in step.refusals:
                tell_refusal(shell, refusal)
    if view.warning and row is view.founding and view.election is None:
        tell(shell, N_("  Begin the re-election: {command}"), command=f"donflow election new {view.chapter.id}")  # fmt: skip


def _due(row: RowView) -> object:
    if row.due_on is None or row.workdays_left is None:
        return None
    owner = owner_of(row.stage.owner)
    days = left(row.workdays_left)
    return say(N_("{day}, {left}; waits for: {owner}"), day=row.due_on, left=days, owner=owner)


def _charter(dossier: Dossier) -> object:
    if not dossier.charters:
        return None
    newest = dossier.charters[-1]
    return say(N_("version {no}, in force from {day}"), no=newest.version, day=newest.in_force_on)


def _named(dossier: Dossier, rows: Iterable[Proposal | Candidate]) -> object:
    return tuple(
        say(
            N_("{office} {name}"),
            office=say(OFFICE_NAMES[row.office]),
            name=dossier.name(row.constituent_id),
        )
        for row in rows
    )


def _by_office(rows: Iterable[Proposal | Candidate]) -> list[Proposal | Candidate]:
    rank = {office: place for place, office in enumerate(OFFICE_NAMES)}
    return sorted(rows, key=lambda row: rank[row.office])


def _guidance(dossier: Dossier) -> object:
    """The newest word of each body."""
    newest = {each.body: each for each in dossier.opinions}
    return tuple(
        say(
            N_("{body}: {verdict} ({minutes}, {day})"),
            body=say(BODY_NAMES[each.body]),
            verdict=say(VERDICT_NAMES[each.verdict]),
            minutes=each.minutes_number,
            day=each.on,
        )
        for each in newest.values()
    )


def _council(dossier: Dossier) -> object:
    council = dossier.council
    if council is None:
        return None
    message = N_("council {no}, elected on {day}, until {ends} ({rule})")
    rule = dossier.term_rule.source
    return say(message, no=council.no, day=council.elected_on, ends=dossier.ends_on, rule=rule)
