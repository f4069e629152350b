"""Tells in sentences what differs between two versions of the lifecycles."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from donflow.engine.spec import Approval, Lifecycle, Span, Stage, Transition, Unit, Workflow
from donflow.engine.versions import canonical
from donflow.errors import N_, Label, Sentence, say

_EARLIER = N_("{what}: earlier names {names}.")
_STEP_BECOMES = N_("Step {old} ({was}) becomes {new} ({name}).")


def differences(old: Workflow, new: Workflow) -> tuple[tuple[str, Sentence], ...]:
    """What the new version changes, as (lifecycle, sentence) in the order of the new file.

    Empty only where the two mean the same: a change of nothing but the order is told as well.
    """
    told = [
        (name, sentence)
        for name, lifecycle in new.lifecycles.items()
        if name in old.lifecycles
        for sentence in _changes(old.lifecycles[name], lifecycle)
    ]
    added = [name for name in new.lifecycles if name not in old.lifecycles]
    removed = [name for name in old.lifecycles if name not in new.lifecycles]
    told += [(name, say(N_("New lifecycle."))) for name in added]
    told += [(name, say(N_("This lifecycle is gone."))) for name in removed]
    if list(new.lifecycles) != list(old.lifecycles) and not added and not removed:
        told.append((next(iter(new.lifecycles)), say(N_("The order of the lifecycles differs."))))
    return tuple(told)


def _changes(old: Lifecycle, new: Lifecycle) -> tuple[Sentence, ...]:
    told = tuple(_meanings(old, new))
    if not told and canonical({old.name: old}) != canonical({new.name: new}):
        return (say(N_("Only the order of what is listed differs.")),)
    return told


def _meanings(old: Lifecycle, new: Lifecycle) -> Iterator[Sentence]:
    if old.initial != new.initial:
        initial = new.stages[new.initial].label
        yield say(N_("New ones begin at: {stage}."), stage=initial)
    yield from _named_changes(old.kinds, new.kinds, N_("Kind"))
    for kind, label in new.kinds.items():
        bare = kind in new.without_agreement
        if bare and kind not in old.without_agreement:
            yield say(N_("{kind} has no agreement now."), kind=label)
        if kind in old.without_agreement and not bare:
            yield say(N_("{kind} has an agreement now."), kind=label)
    yield from _stages(old, new)
    yield from _steps(old, new)
    yield from _ladders(old.approval, new.approval)


def step_changes(
    old: Transition, new: Transition, before: Lifecycle, after: Lifecycle
) -> Iterator[Sentence]:
    """What differs between two versions of one step, but for where it begins and leads.

    `before` and `after` are the lifecycles that they belong to.
    """
    step = new.label
    if old.label != new.label:
        yield say(N_("{old} is now called {new}."), old=old.label, new=_both(old.label, new.label))
    needed, spared = _apart(old.needs, new.needs)
    if needed:
        yield say(N_("{step} now needs: {conditions}."), step=step, conditions=needed)
    if spared:
        yield say(N_("{step} no longer needs: {conditions}."), step=step, conditions=spared)
    if set(old.by) != set(new.by):
        yield say(N_("{step} is now done by: {roles}."), step=step, roles=new.by)
    labels = {found.name: found.label for found in (*before.transitions, *after.transitions)}
    barred, free = _apart(old.other_than, new.other_than)
    still = {
        was for found in after.transitions if found.name in new.other_than for was in found.was
    }
    free = tuple(name for name in free if name not in still)
    barred = tuple(name for name in barred if not _barred_before(name, old, before, after))
    if barred:
        yield say(
            N_("{step} is now barred to whoever did: {steps}."),
            step=step,
            steps=_labelled(barred, labels),
        )
    if free:
        yield say(
            N_("{step} is no longer barred to whoever did: {steps}."),
            step=step,
            steps=_labelled(free, labels),
        )
    if new.reason_required and not old.reason_required:
        yield say(N_("{step} now needs a reason."), step=step)
    if old.reason_required and not new.reason_required:
        yield say(N_("{step} no longer needs a reason."), step=step)


def _barred_before(name: str, old: Transition, before: Lifecycle, after: Lifecycle) -> bool:
    """Whether all that this step was in the old version is what the bar named there."""
    known = {found.name for found in before.transitions}
    called = {was for found in after.transitions if found.name == name for was in found.was}
    earlier = (called | {name}) & known
    return bool(earlier) and earlier <= set(old.other_than)


def _labelled(names: Collection[str], labels: Mapping[str, Label]) -> tuple[Label, ...]:
    return tuple(labels[name] for name in names)


def successors(stage: str, new: Lifecycle) -> tuple[str, ...]:
    """The stages of the new version that continue this one: exactly one, or it is not mapped."""
    if stage in new.stages:
        return (stage,)
    return tuple(found.name for found in new.stages.values() if stage in found.was)


def _stages(old: Lifecycle, new: Lifecycle) -> Iterator[Sentence]:
    earlier = {name: stage.name for stage in new.stages.values() for name in stage.was}
    for name, stage in old.stages.items():
        if name not in new.stages and name not in earlier:
            yield say(N_("Stage {stage} ({name}) is gone."), stage=stage.label, name=name)
    for name, stage in new.stages.items():
        merged = [old.stages[was] for was in stage.was if was in old.stages]
        before = old.stages[name] if name in old.stages else next(iter(merged), None)
        if before is None:
            yield say(N_("New stage {stage} ({name})."), stage=stage.label, name=name)
        for was in merged:
            yield _becomes(N_("Stage {old} ({was}) becomes {new} ({name})."), was, stage)
        if before is not None:
            yield from _stage_changes(before, stage)
        unknown = tuple(was for was in stage.was if was not in old.stages)
        if set(unknown) - set(before.was if before else ()):
            yield say(_EARLIER, what=stage.label, names=unknown)


def _stage_changes(old: Stage, new: Stage) -> Iterator[Sentence]:
    if old.name == new.name and old.label != new.label:
        yield say(N_("{old} is now called {new}."), old=old.label, new=_both(old.label, new.label))
    if old.owner != new.owner:
        yield owner_change(new)
    for before, after, word in (
        (old.within, new.within, N_("{stage}: deadline {before}, now {after}.")),
        (old.remind, new.remind, N_("{stage}: reminder after {before}, now {after}.")),
    ):
        if before != after:
            yield say(word, stage=new.label, before=span(before), after=span(after))
    if new.end and not old.end:
        yield say(N_("{stage} is now an end."), stage=new.label)
    if old.end and not new.end:
        yield say(N_("{stage} is no longer an end."), stage=new.label)


def _becomes(message: str, old: Stage | Transition, new: Stage | Transition) -> Sentence:
    return say(message, old=old.label, was=old.name, new=new.label, name=new.name)


def owner_change(new: Stage) -> Sentence:
    """For whom a stage waits from now on."""
    if new.owner is None:
        return say(N_("{stage} waits for nobody now."), stage=new.label)
    return say(N_("{stage} now waits for: {roles}."), stage=new.label, roles=(new.owner,))


def span(given: Span | None) -> Sentence:
    """A length of time in words."""
    if given is None:
        return say(N_("none"))
    word = N_("{count} working days") if given.unit is Unit.WORKDAYS else N_("{count} days")
    return say(word, count=given.count)


def _steps(old: Lifecycle, new: Lifecycle) -> Iterator[Sentence]:
    left = list(old.transitions)
    for step in new.transitions:
        before = _counterpart(step, left)
        if before is None:
            yield say(N_("New step {step} ({name})."), step=step.label, name=step.name)
            continue
        left.remove(before)
        if before.name != step.name:
            yield _becomes(_STEP_BECOMES, before, step)
        sources = [name for was in before.sources for name in successors(was, new) or (was,)]
        begun, over = _apart(sources, step.sources)
        if begun:
            labels = tuple(new.stages[name].label for name in begun)
            yield say(N_("{step} now also begins at: {stages}."), step=step.label, stages=labels)
        if over:
            stages = {**old.stages, **new.stages}
            labels = tuple(stages[name].label for name in dict.fromkeys(over))
            yield say(N_("{step} no longer begins at: {stages}."), step=step.label, stages=labels)
        if step.target not in successors(before.target, new):
            target = new.stages[step.target].label
            yield say(N_("{step} now leads to: {stage}."), step=step.label, stage=target)
        if set(before.kinds) != set(step.kinds):
            kinds = tuple(new.kinds[kind] for kind in step.kinds) or (say(N_("all")),)
            yield say(N_("{step} now serves: {kinds}."), step=step.label, kinds=kinds)
        unknown = {was for was in step.was if all(was != found.name for found in old.transitions)}
        if unknown - set(before.was):
            yield say(_EARLIER, what=step.label, names=step.was)
        yield from step_changes(before, step, old, new)
    for gone in left:
        heir = next((step for step in new.transitions if gone.name in step.was), None)
        if heir is not None:
            yield _becomes(_STEP_BECOMES, gone, heir)
        else:
            yield say(N_("Step {step} ({name}) is gone."), step=gone.label, name=gone.name)


def _counterpart(step: Transition, among: Collection[Transition]) -> Transition | None:
    """The step of the old version that this one continues: of several, the likest."""
    named = [found for found in among if found.name in (step.name, *step.was)]

    def likeness(found: Transition) -> tuple[bool, bool, int]:
        shared = len(set(found.sources) & set(step.sources))
        return found.kinds == step.kinds, found.target == step.target, shared

    return max(named, key=likeness, default=None)


def _ladders(old: Collection[Approval], new: Collection[Approval]) -> Iterator[Sentence]:
    before, after = ({rule.amount_from: rule for rule in rules} for rules in (old, new))
    for amount in sorted(before.keys() | after.keys()):
        was, now = before.get(amount), after.get(amount)
        if now is None:
            yield say(N_("The rule of consent from {amount} yuan is gone."), amount=amount)
        elif was != now:
            sentence = N_("Consent from {amount} yuan: {capacities} ({mode}).")
            capacities = tuple(rung.capacity for rung in now.rungs)
            mode = say(N_("all of them") if now.mode == "all" else N_("one of them"))
            roles = tuple(dict.fromkeys(rung.role for rung in now.rungs))
            yield say(sentence, amount=amount, capacities=capacities, mode=mode)
            if was is None or {rung.role for rung in was.rungs} != set(roles):
                yield say(
                    N_("Consent from {amount} yuan is given by: {roles}."),
                    amount=amount,
                    roles=roles,
                )


def _named_changes(
    old: Mapping[str, Label], new: Mapping[str, Label], what: str
) -> Iterator[Sentence]:
    for name, label in new.items():
        if name not in old:
            yield say(N_("New: {what} {label} ({name})."), what=say(what), label=label, name=name)
        elif old[name] != label:
            yield say(N_("{old} is now called {new}."), old=old[name], new=_both(old[name], label))
    for name, label in old.items():
        if name not in new:
            yield say(N_("Gone: {what} {label} ({name})."), what=say(what), label=label, name=name)


def _both(old: Label, new: Label) -> Label:
    """The new label; where one language stayed as it was, with the other one beside it."""
    zh = new.zh if old.zh != new.zh else f"{new.zh} / {new.en}"
    en = new.en if old.en != new.en else f"{new.en} / {new.zh}"
    return Label(zh=zh, en=en)


def _apart(old: Collection[str], new: Collection[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What is only in the new, and what only in the old."""
    return tuple(n for n in new if n not in old), tuple(n for n in old if n not in new)
