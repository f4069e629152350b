"""Shows what a migration would do, gifts that fare alike together."""

from __future__ import annotations

from dataclasses import replace

import click

from donflow.chapters.models import Chapter
from donflow.cli.gift_view import SUBJECTS
from donflow.cli.naming import with_words
from donflow.cli.output import tell, tell_record
from donflow.cli.shell import Shell
from donflow.domain.guards.reviewing import CAPACITIES
from donflow.errors import N_, Sentence, say
from donflow.gifts.models import Gift
from donflow.lifecycle.migrating import Convoy, Passage, Plan

SHORT = 8
"""So many signs of a version are shown."""

SHOWN_GIFTS = 20
"""So many gifts are named in one line; `--json` names them all."""

Fared = list[tuple[Convoy, Passage]]


def tell_plan(shell: Shell, plan: Plan, *, as_json: bool) -> None:
    """The whole plan; nothing is changed."""
    if as_json:
        tell_record(shell, _whole(shell, plan))
        return
    if not plan.all:
        tell(shell, N_("All gifts and chapters under way follow these lifecycles already."))
        return
    version, chapters = plan.version[:SHORT], len(plan.chapters)
    tell(
        shell,
        N_("{count} gifts would move to the lifecycles {version}."),
        count=len(plan.gifts),
        version=version,
    )
    if chapters:
        tell(shell, N_("So would {count} chapters with their elections."), count=chapters)
    if plan.staying:
        tell(shell, N_("{count} that have ended stay as they are."), count=plan.staying)
    groups = _alike(plan)
    for fared in groups:
        if _changes(fared):
            _tell_group(shell, fared)
    _tell_unchanged(shell, [fared for fared in groups if not _changes(fared)])
    _tell_history(shell, plan)
    click.echo()
    tell(shell, N_("Nothing was changed. To move them: donflow states migrate"))


def in_words(sentence: Sentence) -> Sentence:
    """The sentence with words for the codes that states.yaml itself uses."""
    values = dict(sentence.values)
    codes = values.get("capacities")
    if isinstance(codes, tuple):
        values["capacities"] = tuple(say(CAPACITIES.get(str(code), str(code))) for code in codes)
    return with_words(replace(sentence, values=values))


def _alike(plan: Plan) -> list[Fared]:
    """The rows in groups: from one stage to one stage, with the same changes."""
    groups: dict[tuple[object, ...], Fared] = {}
    for gift in plan.all:
        for row in gift.rows:
            changes = tuple(map(str, row.notes))
            key = row.lifecycle, row.from_version, row.stage.name, row.landing, changes
            groups.setdefault(key, []).append((gift, row))
    stages = list(dict.fromkeys((key[0], key[2]) for key in groups))
    order = list(SUBJECTS)
    keys = sorted(
        groups, key=lambda key: (order.index(str(key[0])), stages.index((key[0], key[2])))
    )
    return [groups[key] for key in keys]


def _changes(fared: Fared) -> bool:
    row = fared[0][1]
    moved = row.landing is None or row.stage.name != row.landing.name
    return bool(moved or row.notes or _deadlines(fared))


def _tell_group(shell: Shell, fared: Fared) -> None:
    row = fared[0][1]
    assert row.landing is not None
    same = row.stage.name == row.landing.name
    message = N_("{name}, {new}: {count}") if same else N_("{name}, {old} → {new}: {count}")
    click.echo()
    tell(
        shell,
        message,
        name=say(SUBJECTS[row.lifecycle]),
        old=row.stage.label,
        new=row.landing.label,
        count=len(fared),
    )
    click.echo(f"  {_numbers(shell, fared)}")
    for note in row.notes:
        click.echo(f"  · {shell.words(in_words(note))}")
    for gift, moved in _deadlines(fared):
        assert moved.place is not None
        sentence = say(
            N_("Deadline of {gift}: {old} → {new}"),
            gift=gift.number,
            old=moved.due_on,
            new=moved.place.due_on,
        )
        click.echo(f"  · {shell.words(sentence)}")


def _tell_unchanged(shell: Shell, groups: list[Fared]) -> None:
    """One line for each lifecycle; of what stands beside gifts only how many there are."""
    for lifecycle, name in SUBJECTS.items():
        alike = [pair for fared in groups for pair in fared if pair[1].lifecycle == lifecycle]
        if alike:
            click.echo()
            count = len(alike)
            tell(shell, N_("{name}, nothing changes: {count}"), name=say(name), count=count)
        if alike and lifecycle in (Gift.lifecycle, Chapter.lifecycle):
            click.echo(f"  {_numbers(shell, alike)}")


def _tell_history(shell: Shell, plan: Plan) -> None:
    found: dict[str, tuple[Sentence, list[Convoy]]] = {}
    for gift in plan.all:
        for step in (step for row in gift.rows for step in row.history):
            found.setdefault(str(step), (step, []))[1].append(gift)
    if not found:
        return
    click.echo()
    tell(shell, N_("Steps of the past that the new lifecycles do not have; they stay on record:"))
    for step, gifts in found.values():
        count = len({gift.number for gift in gifts})
        line = say(N_("{step}: {count} gifts"), step=in_words(step), count=count)
        click.echo(f"  · {shell.words(line)}")


def _numbers(shell: Shell, fared: Fared) -> str:
    numbers = sorted({gift.number for gift, _ in fared})
    named = shell.words.value(tuple(numbers[:SHOWN_GIFTS]))
    more = len(numbers) - SHOWN_GIFTS
    return named + (shell.words(say(N_(" and {count} more"), count=more)) if more > 0 else "")


def _deadlines(fared: Fared) -> Fared:
    """Those whose deadline changes."""
    return [(gift, row) for gift, row in fared if row.place and row.place.due_on != row.due_on]


def _whole(shell: Shell, plan: Plan) -> dict[str, object]:
    return {
        "version": plan.version,
        "staying": plan.staying,
        "gifts": [
            {"gift": gift.number, "rows": [_row(shell, row) for row in gift.rows]}
            for gift in plan.gifts
        ],
        "chapters": [
            {"chapter": chapter.number, "rows": [_row(shell, row) for row in chapter.rows]}
            for chapter in plan.chapters
        ],
    }


def _row(shell: Shell, row: Passage) -> dict[str, object]:
    assert row.place is not None
    return {
        "lifecycle": row.lifecycle,
        "id": row.row_id,
        "from_version": row.from_version,
        "stage": row.stage.name,
        "to_stage": row.place.stage,
        "due_on": row.due_on,
        "to_due_on": row.place.due_on,
        "past": [shell.words(in_words(step)) for step in row.history],
        "changes": [shell.words(in_words(note)) for note in row.notes],
    }
