"""The machine decides: with every refusal at once, and the target is the machine's own."""

from collections.abc import Mapping

import pytest

from donflow.engine import machine as engine
from donflow.engine.machine import (
    Advance,
    Attempt,
    LifecycleMachine,
    Refusals,
    build,
    decide,
    options,
    rungs,
)
from donflow.engine.rules import Row
from donflow.engine.spec import Stage
from donflow.errors import Label
from tests.engine.lending import GUARDS, TEXT, Loan, lending, loaded


def attempt(
    stage: str = "checked",
    *,
    loan: Loan = Loan(),  # noqa: B008 - frozen
    roles: frozenset[str] = frozenset({"clerk"}),
    kind: str | None = "camera",
    reason: str | None = "for the open day",
    person: str = "林秘书",
    done_by: Mapping[str, frozenset[str]] | None = None,
) -> Attempt:
    done = {"check": frozenset({"周审核", "钱财务"})} if done_by is None else done_by
    return Attempt(stage, loan, roles, kind, reason, person, done)


def codes(decision: object) -> list[str]:
    assert isinstance(decision, Refusals)
    return [refusal.code for refusal in decision.refusals]


def test_a_transition_that_nothing_refuses_advances() -> None:
    decision = decide(lending(), "lend", attempt())

    assert isinstance(decision, Advance)
    assert (decision.target, decision.transition.needs) == ("lent", ("in_stock", "insured"))


def test_each_kind_takes_its_own_transition_of_one_name() -> None:
    tool = decide(lending(), "lend", attempt("asked", kind="tool", reason=None))

    assert isinstance(tool, Advance)
    assert tool.transition.kinds == ("tool",)


@pytest.mark.parametrize(
    ("name", "given", "code", "reason", "remedy"),
    [
        ("burn", attempt(), "unknown_transition", "There is no transition burn.", "From the stage"),
        ("return", attempt(), "not_from_here", "is not done from the stage", "can be done"),
        ("lend", attempt("back"), "not_from_here", "is not done from", "nothing more is done"),
        ("lend", attempt("asked"), "not_for_this_kind", "is only for", "can be done"),
        ("lend", attempt(kind=None), "not_for_this_kind", "is only for", "can be done"),
        ("lend", attempt(roles=frozenset()), "role_not_permitted", "('clerk', 'keeper')", "clerk"),
        ("lend", attempt(person="周审核"), "same_person", "the person who did", "another person"),
        ("lend", attempt(person="钱财务"), "same_person", "the person who did", "another person"),
        ("lend", attempt(person=""), "same_person", "the person who did", "another person"),
        ("lend", attempt(reason=None), "reason_missing", "needs a reason", "Give the reason"),
        ("lend", attempt(reason="  \n"), "reason_missing", "needs a reason", "Give the reason"),
        ("lend", attempt(loan=Loan(in_stock=False)), "in_stock", "not in stock", "Wait until"),
        ("lend", attempt(loan=Loan(insured=False)), "insured", "not insured", "Insure it"),
    ],
)
def test_one_thing_in_the_way_is_one_refusal(
    name: str, given: Attempt, code: str, reason: str, remedy: str
) -> None:
    decision = decide(lending(), name, given)

    assert codes(decision) == [code]
    assert isinstance(decision, Refusals)
    assert reason in str(decision.refusals[0].reason)
    assert remedy in str(decision.refusals[0].remedy)


def test_every_refusal_is_given_at_once() -> None:
    everything = attempt(
        loan=Loan(in_stock=False, insured=False),
        roles=frozenset({"borrower"}),
        kind="tool",
        reason="",
        person="周审核",
    )

    assert codes(decide(lending(), "lend", everything)) == [
        "not_for_this_kind",
        "role_not_permitted",
        "same_person",
        "reason_missing",
        "in_stock",
        "insured",
    ]


def test_what_is_not_done_from_here_names_the_stage_and_what_is() -> None:
    decision = decide(lending(), "return", attempt())

    assert isinstance(decision, Refusals)
    (refusal,) = decision.refusals
    assert refusal.reason.values == {
        "transition": Label("归还", "Return"),
        "stage": Label("已检查", "Checked"),
    }
    assert refusal.remedy.values["possible"] == (Label("出借", "Lend"), Label("拒绝", "Refuse"))


def test_a_refused_role_is_told_who_may() -> None:
    decision = decide(lending(), "lend", attempt(roles=frozenset({"borrower"})))

    assert isinstance(decision, Refusals)
    assert decision.refusals[0].reason.values["roles"] == ("clerk", "keeper")


def test_an_earlier_act_that_nobody_did_yet_parts_no_one() -> None:
    given = Attempt("checked", Loan(), frozenset({"clerk"}), "camera", "why", "林秘书")

    assert isinstance(decide(lending(), "lend", given), Advance)


def test_who_did_an_act_under_its_earlier_name_has_done_it() -> None:
    text = TEXT.replace("do: check,", "do: examine, was: [check],")
    workflow = loaded(text.replace("other_than: [check]", "other_than: [examine]"))
    machine = build(workflow.lifecycles["loan"], GUARDS)

    assert codes(decide(machine, "lend", attempt(person="周审核"))) == ["same_person"]
    assert isinstance(decide(machine, "lend", attempt()), Advance)


def test_the_options_are_what_leaves_the_stage_for_the_kind_each_decided() -> None:
    machine = lending()
    given = attempt("asked", reason=None)

    found = options(machine, given)

    assert [option.transition.name for option in found] == ["check", "refuse"]
    assert [option.decision for option in found] == [
        decide(machine, "check", given),
        decide(machine, "refuse", given),
    ]
    assert options(machine, attempt("back")) == ()


def test_the_decision_is_what_the_machine_itself_does() -> None:
    machine = lending()
    checked = 0
    for stage in machine.lifecycle.stages:
        for name in machine.machine.events:
            for roles in (frozenset({"clerk"}), frozenset({"keeper"}), frozenset({"borrower"})):
                for kind in ("tool", "camera", None):
                    for loan in (Loan(), Loan(in_stock=False), Loan(insured=False)):
                        given = attempt(stage, roles=roles, kind=kind, loan=loan)
                        decision = decide(machine, name, given)
                        assert moved(machine, name, given) == (
                            decision.target if isinstance(decision, Advance) else None
                        )
                        checked += 1
    assert checked == 5 * 4 * 3 * 3 * 3


def moved(machine: LifecycleMachine, name: str, given: Attempt) -> str | None:
    """Where the bare machine goes, asked without decide()."""
    row = Row(given.stage, given)
    event = machine.machine.events[name]
    if given.stage not in event.transitions:
        return None
    return row.state if event.trigger(row) else None


def test_the_target_comes_from_the_machine_and_not_from_the_declaration() -> None:
    machine = lending()
    for edge in machine.machine.events["lend"].transitions["checked"]:
        edge.dest = "refused"

    decision = decide(machine, "lend", attempt())

    assert isinstance(decision, Advance)
    assert (decision.target, decision.transition.target) == ("refused", "lent")


def test_without_the_machine_nothing_can_be_decided() -> None:
    machine = lending()
    machine.machine.events = {}

    with pytest.raises(KeyError, match="lend"):
        decide(machine, "lend", attempt())


def test_a_condition_taken_from_the_machine_is_no_longer_asked() -> None:
    machine = lending()
    (edge,) = machine.machine.events["lend"].transitions["checked"]
    del edge.conditions[-1]

    assert isinstance(decide(machine, "lend", attempt(loan=Loan(insured=False))), Advance)


def test_a_condition_that_refuses_in_silence_is_our_fault() -> None:
    machine = lending()
    (edge,) = machine.machine.events["lend"].transitions["checked"]
    edge.conditions.append(type(edge.conditions[0])(lambda event: False))

    with pytest.raises(RuntimeError, match="without saying why"):
        decide(machine, "lend", attempt())


def test_no_row_is_ever_registered() -> None:
    machine = lending()

    decide(machine, "lend", attempt())

    assert machine.machine.models == []
    assert "to_lent" not in machine.machine.events


def test_deciding_leaves_the_machine_as_it_was() -> None:
    machine = lending()
    before = {name: dict(event.transitions) for name, event in machine.machine.events.items()}

    for name in ("lend", "return", "burn"):
        decide(machine, name, attempt("asked"))

    assert before == {
        name: dict(found.transitions) for name, found in machine.machine.events.items()
    }


def test_a_guard_that_is_not_given_is_named() -> None:
    with pytest.raises(KeyError, match="insured"):
        engine.build(loaded().lifecycles["loan"], {"in_stock": GUARDS["in_stock"]})


def test_a_stage_of_another_lifecycle_is_our_fault() -> None:
    with pytest.raises(KeyError, match="drafting"):
        decide(lending(), "lend", attempt("drafting"))


@pytest.mark.parametrize(
    ("amount_minor", "amount_from", "capacities"),
    [
        (0, 0, ("desk",)),
        (499_999, 0, ("desk",)),
        (500_000, 5000, ("desk", "store")),
        (1_999_999, 5000, ("desk", "store")),
        (2_000_000, 20000, ("store", "dean")),
        (10**15, 20000, ("store", "dean")),
        (None, 20000, ("store", "dean")),
    ],
)
def test_the_rungs_are_those_of_the_highest_amount_not_above(
    amount_minor: int | None, amount_from: int, capacities: tuple[str, ...]
) -> None:
    rule = rungs(loaded().lifecycles["loan"], amount_minor)

    assert rule is not None
    assert rule.amount_from == amount_from
    assert tuple(rung.capacity for rung in rule.rungs) == capacities


def test_below_the_first_rule_no_rung_is_asked_for() -> None:
    text = "{when: {amount_from: 0}, rungs: [{role: clerk, as: desk}]}"
    lifecycle = loaded(TEXT.replace(f"      - {text}\n", "")).lifecycles["loan"]

    assert rungs(lifecycle, 499_999) is None
    assert rungs(lifecycle, 500_000) is not None


def test_two_stages_that_mean_the_same_are_equal_wherever_they_stand() -> None:
    label = Label("借出", "Lent")

    assert Stage("lent", label, line=3) == Stage("lent", label, line=9)
    assert Stage("lent", label) != Stage("lent", label, end=True)
