"""Decides whether a row may move, and where to: one `transitions.Machine` per lifecycle.

The machine's own conditions are the whole rule. `decide` walks all of them, since the library
stops at the first that fails, and then fires the same event of the same machine.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from transitions import EventData, Machine
from transitions import Transition as Edge

from donflow.engine.rules import Attempt, Row, Rule, leaving, possible, rules
from donflow.engine.spec import Approval, Guard, Lifecycle, Transition
from donflow.errors import N_, Refusal, Sentence, say

__all__ = [
    "Advance",
    "Attempt",
    "Decision",
    "LifecycleMachine",
    "Option",
    "Refusals",
    "build",
    "decide",
    "options",
    "rungs",
]

_MINOR_UNITS = 100  # fen in a yuan


@dataclass(frozen=True)
class LifecycleMachine:
    """A lifecycle with its machine; shared by all rows, none of which is ever registered."""

    lifecycle: Lifecycle
    machine: Machine


@dataclass(frozen=True)
class Advance:
    """Yes: the transition, and the stage that the machine itself went to."""

    transition: Transition
    target: str


@dataclass(frozen=True)
class Refusals:
    """No: everything that stands in the way, at least one thing."""

    refusals: tuple[Refusal, ...]


Decision = Advance | Refusals


@dataclass(frozen=True)
class Option:
    """A transition that leaves the row's stage, and what would be answered if it were tried."""

    transition: Transition
    decision: Decision


def build(lifecycle: Lifecycle, guards: Mapping[str, Guard]) -> LifecycleMachine:
    """The machine of a lifecycle; KeyError with the name of a guard that is not in `guards`."""
    machine = Machine(
        model=None,
        states=list(lifecycle.stages),
        initial=lifecycle.initial,
        auto_transitions=False,
        send_event=True,
    )
    for transition in lifecycle.transitions:
        machine.add_transition(
            transition.name,
            list(transition.sources),
            transition.target,
            conditions=[*rules(lifecycle, transition, guards)],
        )
    return LifecycleMachine(lifecycle, machine)


def decide(machine: LifecycleMachine, name: str, attempt: Attempt) -> Decision:
    """Whether the transition may be made now, with every refusal if not.

    Nothing is changed. KeyError where the attempt's stage is not of this lifecycle.
    """
    stage = machine.lifecycle.stages[attempt.stage]
    labels = [found.label for found in machine.lifecycle.transitions if found.name == name]
    if not labels:
        reason = say(N_("There is no transition {name}."), name=name)
        return _refused("unknown_transition", reason, possible(machine.lifecycle, attempt))
    edges = machine.machine.events[name].transitions.get(attempt.stage, [])
    if not edges:
        reason = say(
            N_("{transition} is not done from the stage {stage}."),
            transition=labels[0],
            stage=stage.label,
        )
        return _refused("not_from_here", reason, possible(machine.lifecycle, attempt))
    edge = _serving(edges, attempt.kind)
    refusals = _walk(machine.machine, name, edge, attempt)
    if refusals:
        return Refusals(refusals)
    return Advance(_declared(edge), _fire(machine.machine, name, attempt))


def options(machine: LifecycleMachine, attempt: Attempt) -> tuple[Option, ...]:
    """Each transition that leaves the stage and serves the kind, decided, in the file's order."""
    return tuple(
        Option(transition, decide(machine, transition.name, attempt))
        for transition in leaving(machine.lifecycle, attempt)
    )


def rungs(lifecycle: Lifecycle, amount_minor: int | None) -> Approval | None:
    """The approval rule for an amount in fen: the highest `amount_from` not above it.

    An amount that is not known asks for the highest rule of all, since it cannot be shown to be
    small. None where no rule applies.
    """
    fitting = (
        rule
        for rule in lifecycle.approval
        if amount_minor is None or rule.amount_from * _MINOR_UNITS <= amount_minor
    )
    return max(fitting, key=lambda rule: rule.amount_from, default=None)


def _walk(machine: Machine, name: str, edge: Edge, attempt: Attempt) -> tuple[Refusal, ...]:
    """Every condition of the machine's transition, checked by the machine's own means."""
    row = Row(attempt.stage, attempt)
    state = machine.get_state(attempt.stage)
    event = EventData(state, machine.events[name], machine, row, args=[], kwargs={})
    passed = [condition.check(event) for condition in edge.conditions]
    if not all(passed) and not row.refusals:
        raise RuntimeError(f"a condition of {name} refused without saying why")
    return tuple(row.refusals)


def _fire(machine: Machine, name: str, attempt: Attempt) -> str:
    row = Row(attempt.stage, attempt)
    if not machine.events[name].trigger(row):
        raise RuntimeError(f"{name} was refused when fired, though nothing refused it before")
    return row.state


def _serving(edges: Iterable[Edge], kind: str | None) -> Edge:
    """The one that serves the kind (a lifecycle has at most one), else the first."""
    found = list(edges)
    return next((edge for edge in found if _declared(edge).serves(kind)), found[0])


def _declared(edge: Edge) -> Transition:
    """The lifecycle's transition that an edge of the machine was built from."""
    rule = edge.conditions[0].func
    if not isinstance(rule, Rule):
        raise TypeError(f"{edge} was not built here")
    return rule.transition


def _refused(code: str, reason: Sentence, remedy: Sentence) -> Refusals:
    return Refusals((Refusal(code, reason, remedy),))
