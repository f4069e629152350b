"""Whether a lifecycle's graph holds: every stage reached, every route with an end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from donflow.engine.mistakes import Mistake
from donflow.engine.spec import Lifecycle, Transition
from donflow.errors import N_, say


def faults(lifecycle: Lifecycle) -> Iterator[Mistake]:
    """Everything wrong with the graph, each at the line of its stage.

    Of transitions, only those that share a name, a stage and a kind are at fault themselves.
    """
    yield from _declared_twice(lifecycle)
    yield from _leaving_an_end(lifecycle)
    yield from _unreachable(lifecycle)
    if any(stage.end for stage in lifecycle.stages.values()):
        yield from _without_a_way_to_an_end(lifecycle)
    else:
        yield Mistake(
            lifecycle.line,
            say(
                N_("{lifecycle} has no end: mark at least one stage end: true."),
                lifecycle=lifecycle.name,
            ),
        )


def ends_for(lifecycle: Lifecycle, stage: str, kind: str | None) -> bool:
    """Whether a row of this kind that stands here has a way to an end, or is at one."""
    serving = tuple(found for found in lifecycle.transitions if found.serves(kind))
    return stage in _able_to_end(lifecycle, serving)


def _declared_twice(lifecycle: Lifecycle) -> Iterator[Mistake]:
    earlier: list[tuple[str, Transition]] = []
    for transition in lifecycle.transitions:
        for stage in transition.sources:
            first = next(
                (
                    other
                    for source, other in earlier
                    if source == stage
                    and other.name == transition.name
                    and _overlap(other, transition)
                ),
                None,
            )
            if first is not None:
                yield Mistake(
                    transition.line,
                    say(
                        N_("{name} from {stage} is declared twice, first in line {first}."),
                        name=transition.name,
                        stage=stage,
                        first=first.line,
                    ),
                )
        earlier.extend((stage, transition) for stage in transition.sources)


def _overlap(one: Transition, other: Transition) -> bool:
    return not one.kinds or not other.kinds or not set(one.kinds).isdisjoint(other.kinds)


def _leaving_an_end(lifecycle: Lifecycle) -> Iterator[Mistake]:
    for name, stage in lifecycle.stages.items():
        leaving = [found.name for found in lifecycle.transitions if name in found.sources]
        if stage.end and leaving:
            yield Mistake(
                stage.line,
                say(
                    N_("Stage {stage} is an end, yet it is left by {transitions}."),
                    stage=name,
                    transitions=tuple(dict.fromkeys(leaving)),
                ),
            )


def _unreachable(lifecycle: Lifecycle) -> Iterator[Mistake]:
    if lifecycle.initial not in lifecycle.stages:
        return
    reached: set[str] = set()
    for kind in lifecycle.kinds or (None,):
        reached |= _reached({lifecycle.initial}, _onward(lifecycle, kind))
    for name, stage in lifecycle.stages.items():
        if name not in reached:
            yield Mistake(
                stage.line,
                say(
                    N_("Stage {stage} can never be reached from {initial}."),
                    stage=name,
                    initial=lifecycle.initial,
                ),
            )


def _without_a_way_to_an_end(lifecycle: Lifecycle) -> Iterator[Mistake]:
    ending = _able_to_end(lifecycle, lifecycle.transitions)
    for name, stage in lifecycle.stages.items():
        if name not in ending:
            yield Mistake(
                stage.line, say(N_("From stage {stage} no way leads to an end."), stage=name)
            )
    if lifecycle.initial not in lifecycle.stages:
        return
    for kind in lifecycle.kinds:
        serving = tuple(found for found in lifecycle.transitions if found.serves(kind))
        route = _reached({lifecycle.initial}, _onward(lifecycle, kind))
        for name in lifecycle.stages:
            if name in route & ending - _able_to_end(lifecycle, serving):
                yield Mistake(
                    lifecycle.stages[name].line,
                    say(
                        N_("From stage {stage} no way leads the kind {kind} to an end."),
                        kind=kind,
                        stage=name,
                    ),
                )


def _onward(lifecycle: Lifecycle, kind: str | None) -> dict[str, set[str]]:
    """From each stage, the stages one transition away: for one kind, or for all where None."""
    steps: dict[str, set[str]] = {}
    for transition in lifecycle.transitions:
        if kind is None or transition.serves(kind):
            for source in transition.sources:
                steps.setdefault(source, set()).add(transition.target)
    return steps


def _able_to_end(lifecycle: Lifecycle, transitions: tuple[Transition, ...]) -> set[str]:
    """The stages that are an end or have a way to one over these transitions."""
    backward: dict[str, set[str]] = {}
    for transition in transitions:
        backward.setdefault(transition.target, set()).update(transition.sources)
    ends = {name for name, stage in lifecycle.stages.items() if stage.end}
    return _reached(ends, backward)


def _reached(start: set[str], steps: Mapping[str, set[str]]) -> set[str]:
    reached: set[str] = set()
    ahead = list(start)
    while ahead:
        stage = ahead.pop()
        if stage not in reached:
            reached.add(stage)
            ahead.extend(steps.get(stage, ()))
    return reached
