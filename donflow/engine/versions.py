"""A workflow's canonical content and its version, and the way back from stored content."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from typing import Any

from donflow.engine.spec import (
    Approval,
    Lifecycle,
    Mode,
    Rung,
    Span,
    Stage,
    Transition,
    Unit,
    Workflow,
)
from donflow.errors import Label

SCHEMA = 1


def canonical(lifecycles: Mapping[str, Lifecycle]) -> str:
    """One text for one meaning: JSON with sorted keys, no white space, in NFC.

    Lifecycles, stages, kinds and transitions are lists, so that their order in the file, which
    boards follow, is part of the meaning; comments, layout and line numbers are not.
    """
    content = {
        "schema": SCHEMA,
        "lifecycles": [_lifecycle_out(lifecycle) for lifecycle in lifecycles.values()],
    }
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return unicodedata.normalize("NFC", text)


def version_of(content: str) -> str:
    """The SHA-256 of canonical content, in hex."""
    return hashlib.sha256(content.encode()).hexdigest()


def restore(content: str, *, version: str | None = None) -> Workflow:
    """The workflow whose canonical content this is; its lines are 0.

    ValueError where the content is not that of `version`, or is no workflow's content at all.
    """
    found = version_of(content)
    if version is not None and found != version:
        raise ValueError(f"stored workflow content has version {found}, not {version}")
    try:
        given = json.loads(content)
        lifecycles = {item["name"]: _lifecycle_in(item) for item in given["lifecycles"]}
    except (AttributeError, KeyError, TypeError) as error:
        raise ValueError("this is not the content of a workflow") from error
    return Workflow(lifecycles, found, content)


def _lifecycle_out(lifecycle: Lifecycle) -> dict[str, object]:
    return {
        "name": lifecycle.name,
        "initial": lifecycle.initial,
        "kinds": [_kind_out(kind, lifecycle) for kind in lifecycle.kinds],
        "stages": [_stage_out(stage) for stage in lifecycle.stages.values()],
        "transitions": [_transition_out(transition) for transition in lifecycle.transitions],
        "approval": [_approval_out(rule) for rule in lifecycle.approval],
    }


def _kind_out(kind: str, lifecycle: Lifecycle) -> dict[str, object]:
    # Only where it is said: what says nothing keeps the version that it had.
    said = {"agreement": False} if kind in lifecycle.without_agreement else {}
    return {"name": kind, **_label_out(lifecycle.kinds[kind]), **said}


def _label_out(label: Label) -> dict[str, object]:
    return {"zh": label.zh, "en": label.en}


def _stage_out(stage: Stage) -> dict[str, object]:
    return {
        "name": stage.name,
        **_label_out(stage.label),
        "owner": stage.owner,
        "within": _span_out(stage.within),
        "remind": _span_out(stage.remind),
        "end": stage.end,
        "was": list(stage.was),
    }


def _span_out(span: Span | None) -> list[object] | None:
    return [span.count, span.unit.value] if span else None


def _transition_out(transition: Transition) -> dict[str, object]:
    return {
        "do": transition.name,
        **_label_out(transition.label),
        "from": list(transition.sources),
        "to": transition.target,
        "by": list(transition.by),
        "needs": list(transition.needs),
        "kinds": list(transition.kinds),
        "other_than": list(transition.other_than),
        "reason": transition.reason_required,
        # Only where there are any: most steps never had another name.
        **({"was": list(transition.was)} if transition.was else {}),
    }


def _approval_out(rule: Approval) -> dict[str, object]:
    return {
        "amount_from": rule.amount_from,
        "rungs": [{"role": rung.role, "as": rung.capacity} for rung in rule.rungs],
        "mode": rule.mode.value,
    }


# json.loads gives Any; the shapes below are those written above.


def _lifecycle_in(item: Mapping[str, Any]) -> Lifecycle:
    return Lifecycle(
        name=item["name"],
        initial=item["initial"],
        stages={stage["name"]: _stage_in(stage) for stage in item["stages"]},
        transitions=tuple(_transition_in(transition) for transition in item["transitions"]),
        kinds={kind["name"]: _label_in(kind) for kind in item["kinds"]},
        approval=tuple(_approval_in(rule) for rule in item["approval"]),
        without_agreement=frozenset(
            kind["name"] for kind in item["kinds"] if not kind.get("agreement", True)
        ),
    )


def _label_in(item: Mapping[str, Any]) -> Label:
    return Label(zh=item["zh"], en=item["en"])


def _stage_in(item: Mapping[str, Any]) -> Stage:
    return Stage(
        name=item["name"],
        label=_label_in(item),
        owner=item["owner"],
        within=_span_in(item["within"]),
        remind=_span_in(item["remind"]),
        end=item["end"],
        was=tuple(item["was"]),
    )


def _span_in(item: list[Any] | None) -> Span | None:
    return Span(item[0], Unit(item[1])) if item else None


def _transition_in(item: Mapping[str, Any]) -> Transition:
    return Transition(
        name=item["do"],
        label=_label_in(item),
        sources=tuple(item["from"]),
        target=item["to"],
        by=tuple(item["by"]),
        needs=tuple(item["needs"]),
        kinds=tuple(item["kinds"]),
        other_than=tuple(item["other_than"]),
        reason_required=item["reason"],
        was=tuple(item.get("was", ())),
    )


def _approval_in(item: Mapping[str, Any]) -> Approval:
    return Approval(
        amount_from=item["amount_from"],
        rungs=tuple(Rung(rung["role"], rung["as"]) for rung in item["rungs"]),
        mode=Mode(item["mode"]),
    )
