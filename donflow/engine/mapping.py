"""Where a row lands that moves to another version of its lifecycle, and what that changes for it.

A stage keeps its name, or is the one new stage whose `was` names it. Blocked is what would leave a
row nowhere, end or reopen it, let it never end, or forget whom separation of duties keeps out. A
history that the new version would not have allowed is told, and blocks nothing: it was right then.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from donflow.engine.check import ends_for
from donflow.engine.difference import owner_change, step_changes, successors
from donflow.engine.spec import Lifecycle, Transition
from donflow.errors import N_, Label, Refusal, Sentence, say


@dataclass(frozen=True)
class Taken:
    """One step of a row's history, by the names of its own time."""

    name: str
    source: str
    target: str


@dataclass(frozen=True)
class Standing:
    """A row as it stands in its version: stage, kind, and the steps that brought it there."""

    stage: str
    kind: str | None = None
    history: tuple[Taken, ...] = ()


@dataclass(frozen=True)
class Landing:
    """Where the row comes to stand (None: nowhere), what forbids it, and what changes for it.

    `history`: the steps of its past that the new version would not have let it take.
    """

    stage: str | None
    blocks: tuple[Refusal, ...]
    notes: tuple[Sentence, ...]
    history: tuple[Sentence, ...] = ()


def land(old: Lifecycle, new: Lifecycle, row: Standing) -> Landing:
    """Replay the row through the new version; nothing is changed."""
    found = successors(row.stage, new)
    blocks = [*_kind_gone(old, new, row), *_duties_forgotten(old, new, row)]
    if len(found) != 1:
        blocks.append(_unmapped(old, new, row, found))
        return Landing(None, tuple(blocks), ())
    (stage,) = found
    if old.stages[row.stage].end:
        blocks += [] if new.stages[stage].end else [_would_reopen(new, stage)]
    elif new.stages[stage].end:
        blocks.append(_would_end(new, stage))
    elif not ends_for(new, stage, row.kind):
        blocks.append(_no_way_on(new, stage))
    notes = tuple(_stage_notes(old, new, row, stage))
    return Landing(stage, tuple(blocks), notes, tuple(_history_notes(old, new, row)))


def _unmapped(old: Lifecycle, new: Lifecycle, row: Standing, found: tuple[str, ...]) -> Refusal:
    label = old.stages[row.stage].label
    if found:
        return Refusal(
            "stage_split",
            say(
                N_("Several stages continue {stage} ({name}): {stages}."),
                stage=label,
                name=row.stage,
                stages=tuple(new.stages[name].label for name in found),
            ),
            say(N_("Write was: [{name}] at one stage only."), name=row.stage),
        )
    return Refusal(
        "stage_gone",
        say(N_("Stage {stage} ({name}) is gone."), stage=label, name=row.stage),
        say(
            N_("Write was: [{name}] at the stage of the new states.yaml that takes its place."),
            name=row.stage,
        ),
    )


def _kind_gone(old: Lifecycle, new: Lifecycle, row: Standing) -> Iterator[Refusal]:
    if row.kind is not None and old.kinds and row.kind not in new.kinds:
        yield Refusal(
            "kind_gone",
            say(
                N_("Kind {label} ({name}) is gone."),
                label=old.kinds.get(row.kind, row.kind),
                name=row.kind,
            ),
            say(N_("Keep the kind {name} in the new states.yaml."), name=row.kind),
        )


def _duties_forgotten(old: Lifecycle, new: Lifecycle, row: Standing) -> Iterator[Refusal]:
    """A step that keeps its doer from another one must stay known by its name or by `was`."""
    parting = {name for step in old.transitions for name in step.other_than}
    parting |= {was for step in old.transitions if step.name in parting for was in step.was}
    known = {name for step in new.transitions for name in (step.name, *step.was)}
    labels: dict[str, Label | str] = {step.name: step.label for step in old.transitions}
    for name in dict.fromkeys(taken.name for taken in row.history):
        if name in parting - known:
            yield Refusal(
                "step_gone",
                say(
                    N_("Step {step} ({name}) is gone, and with it whom it bars from others."),
                    step=labels.get(name, name),
                    name=name,
                ),
                say(N_("Keep its name, or write was: [{name}] at the step after it."), name=name),
            )


def _would_end(new: Lifecycle, stage: str) -> Refusal:
    return Refusal(
        "would_end",
        say(
            N_("Stage {stage} ({name}) is now an end: what stands there would end unasked."),
            stage=new.stages[stage].label,
            name=stage,
        ),
        say(N_("Move it on by a step first, or take end: true away from {name}."), name=stage),
    )


def _would_reopen(new: Lifecycle, stage: str) -> Refusal:
    return Refusal(
        "would_reopen",
        say(
            N_("Stage {stage} ({name}) is no end any more: what has ended there would open again."),
            stage=new.stages[stage].label,
            name=stage,
        ),
        say(N_("Write end: true at {name}, or give the new stage another name."), name=stage),
    )


def _no_way_on(new: Lifecycle, stage: str) -> Refusal:
    return Refusal(
        "no_way_on",
        say(
            N_("From the stage {stage} ({name}) no way leads these to an end."),
            stage=new.stages[stage].label,
            name=stage,
        ),
        say(N_("Add a step from {name} that serves this kind."), name=stage),
    )


def _stage_notes(old: Lifecycle, new: Lifecycle, row: Standing, name: str) -> Iterator[Sentence]:
    before, after = old.stages[row.stage], new.stages[name]
    if before.owner != after.owner:
        yield owner_change(after)
    ways = [step for step in new.transitions if name in step.sources and step.serves(row.kind)]
    closed = [
        step for step in old.transitions if row.stage in step.sources and step.serves(row.kind)
    ]
    opened: list[Label] = []
    for step in ways:
        was = _same_step(step, closed)
        if was is None:
            opened.append(step.label)
            continue
        closed.remove(was)
        if step.target not in successors(was.target, new):
            target = new.stages[step.target].label
            yield say(N_("{step} now leads to: {stage}."), step=step.label, stage=target)
        yield from step_changes(was, step, old, new)
    if opened:
        yield say(N_("Now also possible: {steps}."), steps=tuple(opened))
    if closed:
        yield say(N_("No longer possible: {steps}."), steps=tuple(step.label for step in closed))


def _same_step(step: Transition, among: list[Transition]) -> Transition | None:
    return next((found for found in among if found.name in (step.name, *step.was)), None)


def _history_notes(old: Lifecycle, new: Lifecycle, row: Standing) -> Iterator[Sentence]:
    ways = {
        (source, step.target)
        for step in new.transitions
        if step.serves(row.kind)
        for source in step.sources
    }
    labels: dict[str, Label] = {step.name: step.label for step in old.transitions}
    stages = {**old.stages, **new.stages}
    for taken in dict.fromkeys(row.history):
        found = successors(taken.source, new), successors(taken.target, new)
        if any((source, target) in ways for source in found[0] for target in found[1]):
            continue
        if found[0] == found[1] != ():
            continue
        yield say(
            N_("{step} from {source} to {target}"),
            step=labels.get(taken.name, taken.name),
            source=stages[taken.source].label if taken.source in stages else taken.source,
            target=stages[taken.target].label if taken.target in stages else taken.target,
        )
