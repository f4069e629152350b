"""The shipped states.yaml: every step of every lifecycle goes where it says, or says why not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from donflow.domain.actor import Actor, EvidenceKind, OnBehalf, Role
from donflow.domain.desk import Desk, person_of, roles_of
from donflow.domain.guards import GUARDS
from donflow.engine.loader import load
from donflow.engine.machine import Advance, LifecycleMachine, Refusals, build, decide
from donflow.engine.rules import Attempt
from donflow.engine.spec import Lifecycle, Transition, Workflow
from donflow.errors import Label
from tests.builders import attempt, facts_of
from tests.domain.guard_table import RULES

ROOT = Path(__file__).parent.parent
ROLES = frozenset(str(role) for role in Role)
ENGINE_CODES = {
    "not_from_here",
    "not_for_this_kind",
    "role_not_permitted",
    "same_person",
    "reason_missing",
}
OPEN = {
    "has_remarks": {"remarks_unanswered": 1},
    "has_objection": {"objections_unanswered": 1},
    "not_there_yet": {"council_no": None},
}
"""What these guards ask for; the satisfied facts have every remark and objection answered, and a
council in office."""
IMPLIED = {
    "draft_written": {"self_check_done"},  # nobody has read what is not written
    "copies_countersigned": {"sealed_after_signing"},  # a seal then stands before a signature
}
"""Guards of the same step that cannot be met while this one is not."""


@cache
def workflow() -> Workflow:
    return load((ROOT / "states.yaml").read_bytes(), guards=GUARDS, roles=ROLES)


@cache
def machine(lifecycle: str) -> LifecycleMachine:
    return build(workflow().lifecycles[lifecycle], GUARDS[lifecycle])


def kinds_of(lifecycle: Lifecycle) -> tuple[str | None, ...]:
    return tuple(lifecycle.kinds) or (None,)


def ready(
    lifecycle: str, transition: Transition, but: str | None = None, **changes: object
) -> object:
    """Facts on which every need of the transition (`but` one) is met, then changed."""
    needs = set(transition.needs) - {but}
    still_open = {field: value for need in needs for field, value in OPEN.get(need, {}).items()}
    return facts_of(lifecycle, **still_open, **changes)


def codes(lifecycle: str, name: str, tried: Attempt) -> list[str]:
    """The codes of a refusal; none where it advances."""
    decision = decide(machine(lifecycle), name, tried)
    return [item.code for item in decision.refusals] if isinstance(decision, Refusals) else []


STEPS = [
    pytest.param(name, transition, id=f"{name}-{transition.name}-{'-'.join(transition.kinds)}")
    for name, lifecycle in workflow().lifecycles.items()
    for transition in lifecycle.transitions
]
NEEDS = [
    pytest.param(name, transition, need, id=f"{name}-{transition.name}-{need}")
    for name, lifecycle in workflow().lifecycles.items()
    for transition in lifecycle.transitions
    for need in transition.needs
]
TWO_PERSON_STEPS = [case for case in STEPS if case.values[1].other_than]  # type: ignore[union-attr]


def tries(lifecycle: str, transition: Transition) -> Iterator[Attempt]:
    """From every source, for every kind it serves, by every role that may, all needs met."""
    facts = ready(lifecycle, transition)
    for stage in transition.sources:
        for kind in kinds_of(workflow().lifecycles[lifecycle]):
            for role in transition.by if transition.serves(kind) else ():
                yield attempt(stage, facts, {role}, kind=kind)


def test_every_guard_that_is_used_is_known_and_every_one_known_is_used() -> None:
    used = {
        name: {need for transition in lifecycle.transitions for need in transition.needs}
        for name, lifecycle in workflow().lifecycles.items()
    }

    assert used == {name: set(guards) for name, guards in GUARDS.items()}


@pytest.mark.parametrize(("lifecycle", "transition"), STEPS)
def test_a_step_with_all_it_needs_goes_where_it_says(
    lifecycle: str, transition: Transition
) -> None:
    attempts = list(tries(lifecycle, transition))
    others = dict.fromkeys(transition.other_than, frozenset({"user:2"}))

    assert attempts
    for tried in attempts:
        decision = decide(machine(lifecycle), transition.name, replace(tried, done_by=others))
        assert decision == Advance(transition, transition.target)


@pytest.mark.parametrize(("lifecycle", "transition", "need"), NEEDS)
def test_one_need_unmet_is_refused_with_its_own_code(
    lifecycle: str, transition: Transition, need: str
) -> None:
    rows = [rule for rule in RULES[lifecycle] if rule.guard == need and rule.reason is not None]
    given = next(tries(lifecycle, transition))

    answers = [
        codes(
            lifecycle,
            transition.name,
            replace(given, facts=ready(lifecycle, transition, need, **rule.changes)),
        )
        for rule in rows
    ]

    assert all(need in answer for answer in answers)
    assert {need} | (IMPLIED.get(need, set()) & set(transition.needs)) in map(set, answers)


@pytest.mark.parametrize(("lifecycle", "transition"), STEPS)
def test_nobody_in_another_role_makes_a_step(lifecycle: str, transition: Transition) -> None:
    for tried in tries(lifecycle, transition):
        for roles in (ROLES - set(transition.by), frozenset[str]()):
            wrong = replace(tried, roles=roles)
            assert codes(lifecycle, transition.name, wrong) == ["role_not_permitted"]


@pytest.mark.parametrize(("lifecycle", "transition"), STEPS)
def test_a_step_is_not_made_from_another_stage(lifecycle: str, transition: Transition) -> None:
    whole = workflow().lifecycles[lifecycle]
    from_here = {
        source
        for found in whole.transitions
        if found.name == transition.name
        for source in found.sources
    }
    given = next(tries(lifecycle, transition))

    assert whole.stages.keys() - from_here
    for stage in whole.stages.keys() - from_here:
        tried = replace(given, stage=stage)
        assert codes(lifecycle, transition.name, tried) == ["not_from_here"]


@pytest.mark.parametrize(("lifecycle", "transition"), STEPS)
def test_a_step_serves_no_other_kind(lifecycle: str, transition: Transition) -> None:
    whole = workflow().lifecycles[lifecycle]
    siblings = [
        found
        for found in whole.transitions
        if found.name == transition.name and set(found.sources) & set(transition.sources)
    ]
    unserved = [
        kind
        for kind in (*kinds_of(whole), None, "unheard_of")
        if not any(found.serves(kind) for found in siblings)
    ]

    for kind in unserved:
        for tried in tries(lifecycle, transition):
            wrong = replace(tried, kind=kind)
            assert codes(lifecycle, transition.name, wrong) == ["not_for_this_kind"]
    assert bool(unserved) == bool(transition.kinds)


@pytest.mark.parametrize(("lifecycle", "transition"), STEPS)
def test_a_reason_is_given_where_one_is_asked_for(lifecycle: str, transition: Transition) -> None:
    missing = ["reason_missing"] if transition.reason_required else []

    for tried in tries(lifecycle, transition):
        for reason in (None, "", " \n"):
            silent = replace(tried, reason=reason)
            assert codes(lifecycle, transition.name, silent) == missing


@pytest.mark.parametrize(("lifecycle", "transition"), TWO_PERSON_STEPS)
def test_whoever_did_the_one_step_does_not_do_the_other(
    lifecycle: str, transition: Transition
) -> None:
    for tried in tries(lifecycle, transition):
        for earlier in transition.other_than:
            same = replace(tried, done_by={earlier: frozenset({"user:2", tried.person})})
            other = replace(tried, done_by={earlier: frozenset({"user:2", "user:3"})})
            assert codes(lifecycle, transition.name, same) == ["same_person"]
            assert codes(lifecycle, transition.name, other) == []


def test_the_review_and_the_seal_are_two_person_steps() -> None:
    separated = {
        (name, found.name): set(found.other_than)
        for name, lifecycle in workflow().lifecycles.items()
        for found in lifecycle.transitions
        if found.other_than
    }

    assert separated == {
        ("gift", "return"): {"submit", "resubmit"},
        ("gift", "approve"): {"submit", "resubmit"},
        ("gift", "seal"): {"sign", "approve"},
    }


@pytest.mark.parametrize(
    ("desk", "outside", "refused"),
    [
        (Desk.SINGLE, True, []),
        (Desk.SINGLE, False, ["same_person"]),
        (Desk.SHARED, False, ["same_person"]),
        (Desk.SHARED, True, ["role_not_permitted", "same_person"]),
    ],
)
def test_one_user_submits_and_approves_only_with_the_foundations_own_word(
    desk: Desk, outside: bool, refused: list[str]
) -> None:
    both = frozenset({Role.SECRETARY, Role.REVIEWER})
    secretary = Actor(7, both, Role.SECRETARY)
    notice = OnBehalf(Role.REVIEWER, EvidenceKind.NOTICE, "ab" * 32, date(2026, 9, 20))
    approver = Actor(7, both, Role.SECRETARY, notice if outside else None)
    [approve] = [t for t in workflow().lifecycles["gift"].transitions if t.name == "approve"]

    tried = attempt(
        approve.sources[0],
        ready("gift", approve),
        (str(role) for role in roles_of(approver, desk)),
        kind="cash",
        person=person_of(approver, desk),
        done_by={"submit": frozenset({person_of(secretary, desk)})},
    )

    assert codes("gift", "approve", tried) == refused


def stuck(lifecycle: Lifecycle, kind: str | None) -> set[str]:
    """The stages from which a row of this kind never reaches an end."""
    ending = {name for name, stage in lifecycle.stages.items() if stage.end}
    served = [found for found in lifecycle.transitions if found.serves(kind)]
    grown = True
    while grown:
        sources = {s for found in served if found.target in ending for s in found.sources}
        grown = not sources <= ending
        ending |= sources
    return lifecycle.stages.keys() - ending


@pytest.mark.parametrize("name", workflow().lifecycles)
def test_every_stage_can_end_for_every_kind(name: str) -> None:
    lifecycle = workflow().lifecycles[name]

    for kind in kinds_of(lifecycle):
        assert stuck(lifecycle, kind) == set()


def test_a_kind_that_cannot_end_is_reported() -> None:
    gift = workflow().lifecycles["gift"]
    one_way = replace(
        gift,
        transitions=tuple(
            replace(found, kinds=("cash",))
            if found.name in ("terminate", "close", "withdraw", "expire")
            else found
            for found in gift.transitions
        ),
    )

    assert stuck(one_way, "cash") == set()
    assert stuck(one_way, "small") == {
        "effective", "perform", "fulfilled", "amending", "suspended",
    }  # fmt: skip


@pytest.mark.parametrize("name", workflow().lifecycles)
def test_no_stage_is_out_of_reach(name: str) -> None:
    lifecycle = workflow().lifecycles[name]
    reached = {lifecycle.initial}
    for _ in lifecycle.stages:
        reached |= {t.target for t in lifecycle.transitions if reached & set(t.sources)}

    assert reached == set(lifecycle.stages)


def wrong_labels(labels: Iterable[Label]) -> list[Label]:
    """Labels whose Chinese has a Latin letter, whose English has a Chinese sign, or a gap."""
    return [
        label
        for label in labels
        if re.search("[A-Za-zＡ-Ｚａ-ｚ]", label.zh)
        or not re.search("[一-鿿]", label.zh)
        or re.search("[\u2e80-\u9fff\uf900-\uffef]", label.en)
        or not re.search("[A-Za-z]", label.en)
    ]


def test_each_label_is_wholly_in_its_language() -> None:
    labels = [
        label
        for lifecycle in workflow().lifecycles.values()
        for label in (
            *(stage.label for stage in lifecycle.stages.values()),
            *(transition.label for transition in lifecycle.transitions),
            *lifecycle.kinds.values(),
        )
    ]

    assert len(labels) > 80
    assert wrong_labels(labels) == []


@pytest.mark.parametrize(
    ("label", "wrong"),
    [
        (Label("补充协议（重签）", "Amend, again"), False),
        (Label("OA 上传", "Upload"), True),
        (Label("上传", "上传"), True),
        (Label("上传", "Upload（OA）"), True),
        (Label("", "Upload"), True),
        (Label("上传", ""), True),
    ],
)
def test_a_label_in_the_wrong_language_is_reported(label: Label, wrong: bool) -> None:
    assert wrong_labels([label]) == ([label] if wrong else [])


GIFT_ROWS = [rule.changes for rule in RULES["gift"] if rule.reason is not None]


@settings(max_examples=200, deadline=None)
@given(
    changes=st.lists(st.sampled_from(GIFT_ROWS), max_size=6),
    stage=st.sampled_from(sorted(workflow().lifecycles["gift"].stages)),
    transition=st.sampled_from(workflow().lifecycles["gift"].transitions),
    roles=st.frozensets(st.sampled_from(sorted(ROLES))),
    kind=st.sampled_from(["cash", "small", None]),
    reason=st.sampled_from([None, "经校务会研究"]),
    person=st.sampled_from(["user:1", "user:2", "outside:reviewer", ""]),
)
def test_a_refusal_has_a_code_for_each_need_unmet_and_changes_nothing(
    changes: list[dict[str, object]],
    stage: str,
    transition: Transition,
    roles: frozenset[str],
    kind: str | None,
    reason: str | None,
    person: str,
) -> None:
    facts = facts_of("gift", **{name: value for one in changes for name, value in one.items()})
    done = dict.fromkeys(("submit", "resubmit", "sign", "approve"), frozenset({"user:1"}))
    tried = Attempt(stage, facts, roles, kind, reason, person, done)
    before = repr(tried)

    decision = decide(machine("gift"), transition.name, tried)

    assert repr(tried) == before
    assert decide(machine("gift"), transition.name, tried) == decision
    if isinstance(decision, Advance):
        assert decision.target in workflow().lifecycles["gift"].stages
        assert all(GUARDS["gift"][need](facts) is None for need in decision.transition.needs)
    else:
        found = [item.code for item in decision.refusals]
        needs = {
            n
            for t in machine("gift").lifecycle.transitions
            if t.name == transition.name
            for n in t.needs
        }
        assert len(found) == len(set(found)) >= 1
        assert set(found) <= needs | ENGINE_CODES
        unmet = {need for need in needs if GUARDS["gift"][need](facts) is not None}
        assert found == ["not_from_here"] or set(found) - ENGINE_CODES <= unmet
