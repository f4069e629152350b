"""The conditions of a transition, each of which passes or leaves its refusal with the row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import cast

from transitions import EventData

from donflow.engine.spec import Guard, Lifecycle, Transition, Unmet
from donflow.errors import N_, Refusal, Sentence, say


@dataclass(frozen=True)
class Attempt:
    """What somebody wants to do with a row that stands at `stage`.

    `facts` go to the guards unopened. `roles`: those the person may act in. `person`: who he is,
    compared only; `done_by`: by transition, the persons who have done it.
    """

    stage: str
    facts: object
    roles: frozenset[str]
    kind: str | None = None
    reason: str | None = None
    person: str = ""
    done_by: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass
class Row:
    """The throw-away object that the machine moves; its conditions leave their refusals here."""

    state: str
    attempt: Attempt
    refusals: list[Refusal] = field(default_factory=list)


@dataclass(frozen=True)
class Rule:
    """One condition of the machine: passes, or leaves its refusal with the row."""

    code: str
    transition: Transition
    judge: Callable[[Attempt], Unmet | None]

    def __call__(self, event: EventData) -> bool:
        row = cast(Row, event.model)
        unmet = self.judge(row.attempt)
        if unmet is None:
            return True
        row.refusals.append(Refusal(self.code, unmet.reason, unmet.remedy))
        return False


def rules(lifecycle: Lifecycle, transition: Transition, guards: Mapping[str, Guard]) -> list[Rule]:
    """The whole rule of a transition; KeyError with the name of a guard that is not given."""
    judges: list[tuple[str, Callable[[Attempt], Unmet | None]]] = [
        ("not_for_this_kind", lambda attempt: _kind_served(lifecycle, transition, attempt)),
        ("role_not_permitted", lambda attempt: _role_permitted(transition, attempt)),
        ("same_person", lambda attempt: _another_person(lifecycle, transition, attempt)),
        ("reason_missing", lambda attempt: _reason_given(transition, attempt)),
    ]
    judges += [(name, _guarding(guards[name])) for name in transition.needs]
    return [Rule(code, transition, judge) for code, judge in judges]


def possible(lifecycle: Lifecycle, attempt: Attempt) -> Sentence:
    """What can be done from where the row stands, as the remedy of a step not open to it."""
    stage = lifecycle.stages[attempt.stage].label
    labels = tuple(dict.fromkeys(found.label for found in leaving(lifecycle, attempt)))
    if not labels:
        return say(N_("From the stage {stage} nothing more is done."), stage=stage)
    return say(N_("From the stage {stage} can be done: {possible}."), stage=stage, possible=labels)


def leaving(lifecycle: Lifecycle, attempt: Attempt) -> tuple[Transition, ...]:
    """The transitions that leave the row's stage and serve its kind, in the file's order."""
    return tuple(
        found
        for found in lifecycle.transitions
        if attempt.stage in found.sources and found.serves(attempt.kind)
    )


def earlier_names(lifecycle: Lifecycle, name: str) -> tuple[str, ...]:
    """What the step was called in earlier versions."""
    return tuple(was for found in lifecycle.transitions if found.name == name for was in found.was)


def _guarding(guard: Guard) -> Callable[[Attempt], Unmet | None]:
    return lambda attempt: guard(attempt.facts)


def _kind_served(lifecycle: Lifecycle, transition: Transition, attempt: Attempt) -> Unmet | None:
    if transition.serves(attempt.kind):
        return None
    served = tuple(lifecycle.kinds[kind] for kind in transition.kinds)
    return Unmet(
        say(N_("{transition} is only for {kinds}."), transition=transition.label, kinds=served),
        possible(lifecycle, attempt),
    )


def _role_permitted(transition: Transition, attempt: Attempt) -> Unmet | None:
    if not attempt.roles.isdisjoint(transition.by):
        return None
    return Unmet(
        say(
            N_("{transition} may be done only by: {roles}."),
            transition=transition.label,
            roles=transition.by,
        ),
        say(N_("Let it be done by: {roles}."), roles=transition.by),
    )


def _another_person(lifecycle: Lifecycle, transition: Transition, attempt: Attempt) -> Unmet | None:
    """Separation of duties; somebody who is not known may have done the earlier one too."""
    done = [
        name
        for name in transition.other_than
        for called in (name, *earlier_names(lifecycle, name))
        if called in attempt.done_by and attempt.person in attempt.done_by[called] | {""}
    ]
    if not done:
        return None
    labels = {found.name: found.label for found in reversed(lifecycle.transitions)}
    return Unmet(
        say(
            N_("{transition} may not be done by the person who did: {earlier}."),
            transition=transition.label,
            earlier=tuple(labels[name] for name in dict.fromkeys(done)),
        ),
        say(N_("Let another person do it: {roles}."), roles=transition.by),
    )


def _reason_given(transition: Transition, attempt: Attempt) -> Unmet | None:
    if not transition.reason_required or (attempt.reason and attempt.reason.strip()):
        return None
    return Unmet(
        say(N_("{transition} needs a reason."), transition=transition.label),
        say(N_("Give the reason in a sentence.")),
    )
