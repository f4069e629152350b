"""The steps that commands know by name, since they write down what goes with them.

A states.yaml must have them. Another name would leave the command without its step, and `was`
helps gifts under way only: what a command asks for is the name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from donflow.engine.mistakes import Mistake
from donflow.engine.spec import Lifecycle, Transition
from donflow.errors import N_, say

KNOWN_STEPS: Final[Mapping[str, tuple[str, ...]]] = {
    "gift": (
        "submit", "return", "approve", "send", "object", "explain", "rework", "agree", "sign",
        "seal", "refuse_seal", "amend",
    ),
    "instalment": ("waive", "reopen", "change"),
    "receipt": ("issue", "collect", "deliver", "void", "waive", "omit", "refuse"),
    "certificate": ("collect", "print", "seal", "deliver", "cancel", "waive"),
    "chapter": ("found",),
    "election": ("elect",),
}  # fmt: skip
"""By lifecycle. `resubmit` is known too, but an office may do without it."""

APPROVE: Final = "approve"
OPENS_ROUND: Final = frozenset({"submit", "resubmit"})
"""Steps with which a text goes to the foundation, so that a review round begins."""

IN_A_ROUND: Final = frozenset({APPROVE, "return"})
"""Steps that answer a text under review, and end its round."""

LAPSES: Final = frozenset({"rework", "refuse_seal"})
"""Steps with which an approval lapses."""


def missing_steps(lifecycle: Lifecycle) -> Iterator[Mistake]:
    """Each known step that the lifecycle lacks, at the step that says it was called so."""
    names = {step.name for step in lifecycle.transitions}
    heirs = {was: step.line for step in lifecycle.transitions for was in step.was}
    for name in KNOWN_STEPS.get(lifecycle.name, ()):
        if name not in names:
            reason = N_("The step {name} is missing: a command needs that name, was: is no help.")
            yield Mistake(heirs.get(name, lifecycle.line), say(reason, name=name))


def ways_past_a_round(lifecycle: Lifecycle) -> Iterator[Mistake]:
    """Each step by which a gift comes, with no round open, to where one is answered.

    There nobody could approve it. So `resubmit` may go, but not under another name.
    """
    answered = {
        stage for step in lifecycle.transitions if step.name in IN_A_ROUND for stage in step.sources
    }
    without = _without_a_round(lifecycle)
    for step in _opening_none(lifecycle):
        if step.target in answered and not without.isdisjoint(step.sources):
            reason = N_("{step} leads to {stage} and opens no round of review; only {names} do.")
            names = tuple(sorted(OPENS_ROUND, reverse=True))
            yield Mistake(step.line, say(reason, step=step.name, stage=step.target, names=names))


def _without_a_round(lifecycle: Lifecycle) -> set[str]:
    """The stages where a gift may stand with no round open."""
    ended = [step.target for step in lifecycle.transitions if step.name in IN_A_ROUND]
    found: set[str] = set()
    ahead = [lifecycle.initial, *ended]
    while ahead:
        stage = ahead.pop()
        if stage not in found:
            found.add(stage)
            ahead += [step.target for step in _opening_none(lifecycle) if stage in step.sources]
    return found


def _opening_none(lifecycle: Lifecycle) -> list[Transition]:
    return [step for step in lifecycle.transitions if step.name not in OPENS_ROUND]
