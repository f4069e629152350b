"""Turns a read workflow file into lifecycles, by the one schema (docs: states.yaml, schema 1)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import chain

from donflow.engine import fields
from donflow.engine.approval import ladder
from donflow.engine.check import faults
from donflow.engine.mistakes import Mistakes
from donflow.engine.reading import Entry, Node, Table
from donflow.engine.spec import Lifecycle, Span, Stage, Transition
from donflow.engine.versions import SCHEMA
from donflow.errors import N_, Label


def lifecycles(
    root: Node,
    *,
    guards: Mapping[str, Collection[str]],
    roles: Collection[str],
    mistakes: Mistakes,
) -> dict[str, Lifecycle]:
    """Every lifecycle of the file; what cannot be made out is told and left out."""
    if not isinstance(root, Table):
        mistakes.tell(root.line, N_("The file must begin with the keys schema and lifecycles."))
        return {}
    whole = fields.record(
        Entry("states.yaml", root.line, root), mistakes, required=("schema", "lifecycles")
    )
    if "schema" in whole:
        _check_schema(whole["schema"], mistakes)
    if "lifecycles" not in whole:
        return {}
    entries = fields.named(whole["lifecycles"], mistakes)
    missing = guards.keys() - {entry.key for entry in entries}
    return {
        entry.key: _lifecycle(entry, _conditions(entry, guards, missing, mistakes), roles, mistakes)
        for entry in entries
    }


def _conditions(
    entry: Entry,
    guards: Mapping[str, Collection[str]],
    missing: Collection[str],
    mistakes: Mistakes,
) -> frozenset[str]:
    """The conditions that are known for a lifecycle; one slip in its name is told as that alone."""
    meant = None if entry.key in guards else fields.nearest(entry.key, missing)
    if meant is None:
        return frozenset(guards.get(entry.key, ()))
    message = N_("There is no lifecycle {name}; did you mean {nearest}?")
    mistakes.tell(entry.line, message, name=entry.key, nearest=meant)
    return frozenset(guards[meant])


@dataclass(frozen=True)
class _Known:
    """The names that a transition of one lifecycle may mention."""

    stages: Collection[str]
    kinds: Collection[str]
    transitions: Collection[str]
    guards: Collection[str]
    roles: Collection[str]


def _check_schema(entry: Entry, mistakes: Mistakes) -> None:
    given = fields.number(entry, mistakes)
    if given is not None and given != SCHEMA:
        mistakes.tell(
            entry.line,
            N_("This program reads schema {known}, not {given}."),
            known=SCHEMA,
            given=given,
        )


def _lifecycle(
    entry: Entry, guards: Collection[str], roles: Collection[str], mistakes: Mistakes
) -> Lifecycle:
    parts = fields.record(
        entry,
        mistakes,
        required=("initial", "stages", "transitions"),
        optional=("kinds", "approval"),
    )
    kinds, bare = _kinds(parts["kinds"], mistakes) if "kinds" in parts else ({}, frozenset())
    stages = _stages(parts["stages"], roles, mistakes) if "stages" in parts else {}
    initial = _initial(parts, stages, mistakes)
    # Without stages every transition would be wrong; that they are missing is told already.
    readable = stages and "transitions" in parts
    given = fields.items(parts["transitions"], mistakes) if readable else ()
    names = frozenset(chain.from_iterable(_name_of(item) for item in given))
    known = _Known(stages, kinds, names, guards, roles)
    transitions = [_transition(item, known, mistakes) for item in given]
    lifecycle = Lifecycle(
        name=entry.key,
        initial=initial or "",
        stages=stages,
        transitions=tuple(found for found in transitions if found is not None),
        kinds=kinds,
        approval=ladder(parts["approval"], roles, mistakes) if "approval" in parts else (),
        without_agreement=bare,
        line=entry.line,
    )
    if given and None not in transitions:
        mistakes.add(faults(lifecycle))
    return lifecycle


def _initial(
    parts: Mapping[str, Entry], stages: Mapping[str, Stage], mistakes: Mistakes
) -> str | None:
    if "initial" not in parts or not stages:
        return None
    return fields.known(parts["initial"], stages, _UNKNOWN_STAGE, mistakes)


def _kinds(entry: Entry, mistakes: Mistakes) -> tuple[dict[str, Label], frozenset[str]]:
    """The kinds with their labels, and those of them that no agreement is made for."""
    labels: dict[str, Label] = {}
    bare: set[str] = set()
    for kind in fields.named(entry, mistakes):
        parts = fields.record(kind, mistakes, required=("zh", "en"), optional=("agreement",))
        labels[kind.key] = fields.label(parts, mistakes)
        if "agreement" in parts and not fields.switch(parts["agreement"], mistakes):
            bare.add(kind.key)
    return labels, frozenset(bare)


def _stages(entry: Entry, roles: Collection[str], mistakes: Mistakes) -> dict[str, Stage]:
    entries = fields.named(entry, mistakes)
    present = {stage.key for stage in entries}
    gone: dict[str, int] = {}
    return {stage.key: _stage(stage, present, gone, roles, mistakes) for stage in entries}


def _stage(
    entry: Entry,
    present: Collection[str],
    gone: dict[str, int],
    roles: Collection[str],
    mistakes: Mistakes,
) -> Stage:
    parts = fields.record(
        entry,
        mistakes,
        required=("zh", "en"),
        optional=("owner", "within", "remind", "end", "was"),
    )
    owner = parts.get("owner")
    return Stage(
        name=entry.key,
        label=fields.label(parts, mistakes),
        owner=fields.known(owner, roles, _UNKNOWN_ROLE, mistakes) if owner else None,
        within=_span(parts.get("within"), mistakes),
        remind=_span(parts.get("remind"), mistakes),
        end=fields.switch(parts["end"], mistakes) if "end" in parts else False,
        was=_was(parts["was"], present, gone, mistakes) if "was" in parts else (),
        line=entry.line,
    )


def _span(entry: Entry | None, mistakes: Mistakes) -> Span | None:
    return fields.span(entry, mistakes) if entry else None


def _was(
    entry: Entry, present: Collection[str], gone: dict[str, int], mistakes: Mistakes
) -> tuple[str, ...]:
    """Earlier names of a stage: each must be gone from the file, and lead to one stage only."""
    earlier = []
    for item in fields.items(entry, mistakes):
        name = fields.name(item, mistakes)
        if name is None:
            continue
        if name in present:
            mistakes.tell(
                item.line, N_("was names {stage}, which is still a stage of this file."), stage=name
            )
        elif name in gone:
            mistakes.tell(
                item.line,
                N_("was names {stage} a second time, after line {first}."),
                stage=name,
                first=gone[name],
            )
        else:
            gone[name] = item.line
            earlier.append(name)
    return tuple(earlier)


def _was_step(entry: Entry, present: Collection[str], mistakes: Mistakes) -> tuple[str, ...]:
    """Earlier names of a step, none of which may be a step of this file."""
    names = [(item, fields.name(item, mistakes)) for item in fields.items(entry, mistakes)]
    for item, name in names:
        if name in present:
            mistakes.tell(
                item.line, N_("was names {step}, which is still a step of this file."), step=name
            )
    return tuple(name for _, name in names if name is not None and name not in present)


def _name_of(item: Entry) -> tuple[str, ...]:
    """What the item says it does, for other_than to refer to; its mistakes are told elsewhere."""
    if not isinstance(item.value, Table):
        return ()
    unheard = Mistakes()
    done = (part for part in item.value.entries if part.key == "do")
    return tuple(name for part in done if (name := fields.name(part, unheard)))


def _transition(item: Entry, known: _Known, mistakes: Mistakes) -> Transition | None:
    """The transition, or None where it cannot be placed on the graph of stages."""
    parts = fields.record(
        item,
        mistakes,
        required=("do", "zh", "en", "from", "to", "by"),
        optional=("needs", "kinds", "other_than", "reason", "was"),
    )

    def several(key: str, names: Collection[str], unknown: str) -> tuple[str | None, ...]:
        if key not in parts:
            return ()
        read = fields.one_or_more if key in ("from", "by") else fields.items
        return fields.known_list(read(parts[key], mistakes), names, unknown, mistakes)

    name = fields.name(parts["do"], mistakes) if "do" in parts else None
    label = fields.label(parts, mistakes)
    sources = several("from", known.stages, _UNKNOWN_STAGE)
    target = (
        fields.known(parts["to"], known.stages, _UNKNOWN_STAGE, mistakes) if "to" in parts else None
    )
    by = several("by", known.roles, _UNKNOWN_ROLE)
    needs = several("needs", known.guards, N_("There is no guard {name} for this lifecycle"))
    kinds = several("kinds", known.kinds, N_("There is no kind {name} in this lifecycle"))
    other_than = several(
        "other_than", known.transitions, N_("There is no transition {name} in this lifecycle")
    )
    reason_required = "reason" in parts and _reason(parts["reason"], mistakes)
    kinds_unclear = "kinds" in parts and not kinds
    if not name or not target or not sources or None in sources or None in kinds or kinds_unclear:
        return None
    return Transition(
        name=name,
        label=label,
        sources=_made_out(sources),
        target=target,
        by=_made_out(by),
        needs=_made_out(needs),
        kinds=_made_out(kinds),
        other_than=_made_out(other_than),
        reason_required=reason_required,
        was=_was_step(parts["was"], known.transitions, mistakes) if "was" in parts else (),
        line=parts["do"].line,
    )


def _reason(entry: Entry, mistakes: Mistakes) -> bool:
    words = fields.text(entry, mistakes)
    if words is not None and words != "required":
        mistakes.tell(entry.line, N_("reason may only be “required”; leave it out otherwise."))
    return words == "required"


def _made_out(names: tuple[str | None, ...]) -> tuple[str, ...]:
    return tuple(name for name in names if name is not None)


_UNKNOWN_STAGE = N_("There is no stage {name} in this lifecycle")
_UNKNOWN_ROLE = N_("There is no role {name}")
