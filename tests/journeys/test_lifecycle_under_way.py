"""Gifts move to other lifecycles: agreed on each time, cut off or not, and told as it was."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.orm import Session

from donflow.errors import DonflowError
from donflow.lifecycle import migrating
from donflow.store.outcome import DiskFull, OutcomeUnknown
from donflow.store.session import SomebodyWasQuicker
from tests.cast import COMPANY
from tests.experiments.under_way import Raw, changed, rename_signing
from tests.journeys.desk import Desk

FILE = "新流程.yaml"
MIGRATE = "states migrate"
REAL = migrating.migrate_gift


def text_of(desk: Desk) -> str:
    return (desk.home / "states.yaml").read_text(encoding="utf-8")


def activate(desk: Desk, text: str) -> None:
    """Make these lifecycles current; where two must agree, they do."""
    (desk.folder / FILE).write_text(text, encoding="utf-8")
    order = desk(f"states activate {FILE} --json", as_="lin").data.get("order")
    if order:
        desk(f"order confirm {order}", as_="zhou")


def called(label: str) -> Callable[[Raw], None]:
    """The first stage has another label."""

    def change(gift: Raw) -> None:
        gift["stages"]["intent"]["zh"] = label

    return change


def moved(desk: Desk) -> dict[str, Any]:
    """What `states migrate` answers: an order, or how many were moved."""
    answer: dict[str, Any] = desk(f"{MIGRATE} --json", as_="lin").data
    return answer


def agree(desk: Desk) -> None:
    desk(f"order confirm {moved(desk)['order']}", as_="zhou")


def test_an_agreement_is_used_up_once_all_have_moved(office_at: Callable[..., Desk]) -> None:
    desk = office_at("intent", shared=True)
    first, second = text_of(desk), changed(text_of(desk), rename_signing)
    for text in (second, first, second):
        activate(desk, text)
        agree(desk)
        assert moved(desk)["moved"] == 1
        assert moved(desk)["moved"] == 0
    desk("verify", as_="lin")


def test_an_agreement_to_another_version_does_not_count(office_at: Callable[..., Desk]) -> None:
    desk = office_at("intent", shared=True)
    text = text_of(desk)
    activate(desk, changed(text, rename_signing))
    agree(desk)
    activate(desk, changed(text, called("初步意向")))
    assert "order" in moved(desk)


def three_gifts(desk: Desk) -> None:
    for _ in range(2):
        desk(f"gift new --donor {COMPANY} --amount 20万 --purpose 设立奖教金", as_="lin")


def failing(monkeypatch: pytest.MonkeyPatch, at: int, fault: BaseException) -> None:
    """The move of this gift ends so, until the fault is mended by `monkeypatch.undo`."""

    def migrate_gift(session: Session, office: Any, gift_id: int, *rest: str, **named: Any) -> bool:
        if gift_id == at:
            raise fault
        return REAL(session, office, gift_id, *rest, **named)

    monkeypatch.setattr(migrating, "migrate_gift", migrate_gift)


def versions(desk: Desk) -> list[str]:
    return [row[0] for row in desk.sql("SELECT workflow_version FROM gift ORDER BY id")]


@pytest.mark.parametrize("fault", [DiskFull(), KeyboardInterrupt()], ids=["disk", "ctrl-c"])
def test_cut_off_half_way_it_says_how_many_were_moved(
    office_at: Callable[..., Desk], monkeypatch: pytest.MonkeyPatch, fault: BaseException
) -> None:
    desk = office_at("intent")
    three_gifts(desk)
    activate(desk, changed(text_of(desk), rename_signing))
    failing(monkeypatch, 2, fault)
    answer = desk(MIGRATE, code=1)
    assert "3项捐赠和分会中已换用1项，换过的保持不变。" in answer.err
    assert "没有改动" not in answer.err
    assert ("腾出" in answer.err) == isinstance(fault, DiskFull)
    assert len(set(versions(desk))) == 2
    monkeypatch.undo()
    assert desk(f"{MIGRATE} --json").data["moved"] == 2
    assert len(set(versions(desk))) == 1


@pytest.mark.parametrize(
    ("fault", "code", "told"),
    [(DiskFull(), 1, "没有改动"), (OutcomeUnknown(), 3, "无法得知")],
    ids=["disk", "unknown"],
)
def test_before_the_first_gift_the_trouble_itself_is_told(
    office_at: Callable[..., Desk],
    monkeypatch: pytest.MonkeyPatch,
    fault: DonflowError,
    code: int,
    told: str,
) -> None:
    desk = office_at("intent")
    activate(desk, changed(text_of(desk), rename_signing))
    failing(monkeypatch, 1, fault)
    assert told in desk(MIGRATE, code=code).err


def test_an_agreement_holds_where_the_move_was_cut_off(
    office_at: Callable[..., Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = office_at("intent", shared=True)
    three_gifts(desk)
    activate(desk, changed(text_of(desk), rename_signing))
    agree(desk)
    failing(monkeypatch, 2, DiskFull())
    desk(MIGRATE, as_="lin", code=1)
    failing(monkeypatch, 3, SomebodyWasQuicker())
    desk(MIGRATE, as_="lin", code=2)
    monkeypatch.undo()
    assert moved(desk)["moved"] == 1


def test_a_gift_at_which_somebody_was_quicker_is_named_and_the_others_move(
    office_at: Callable[..., Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = office_at("intent")
    three_gifts(desk)
    activate(desk, changed(text_of(desk), rename_signing))
    failing(monkeypatch, 2, SomebodyWasQuicker())
    told = desk(MIGRATE, code=2).err
    assert "2项捐赠和分会已换到新流程，1项没有：G2026-0002。" in told
    assert "没有改动" not in told
    first, second, third = versions(desk)
    assert first == third != second


def test_the_history_says_what_the_stage_was_called_for_this_gift(
    office_at: Callable[..., Desk],
) -> None:
    """Also where other lifecycles were current between those that it had."""
    desk = office_at("intent")
    text = text_of(desk)
    activate(desk, changed(text, called("从未用过")))
    activate(desk, changed(text, called("初步意向")))
    desk(MIGRATE)
    activate(desk, changed(text, called("也从未用过")))
    activate(desk, text)
    desk(MIGRATE, day="2026-03-05")
    lines = [line for line in desk("gift history 1").out.splitlines() if "换用新流程" in line]
    left = [line for line in lines if "捐赠" in line]
    assert "从未用过" not in "".join(lines)
    assert [line.index("意向登记") < line.index("初步意向") for line in left] == [True, False]


def other_rung(number: int) -> Callable[[Raw], None]:
    """From this rule's amount on the chair consents in place of the lawyers."""

    def change(gift: Raw) -> None:
        rungs = gift["approval"][number]["rungs"]
        rungs[:] = [rung for rung in rungs if rung["as"] != "legal"]
        rungs.append({"role": "reviewer", "as": "chair"})

    return change


@pytest.mark.parametrize(
    ("milestone", "line", "rule", "asked"),
    [
        ("draft", None, 1, True),
        ("review", None, 1, True),
        ("review", None, 0, False),
        ("approved", None, 1, False),
        ("approved", "donor rework 1 --reason 金额有误", 1, True),
    ],
    ids=["not sent yet", "under review", "of another amount", "approved", "taken back"],
)
def test_whose_consent_is_asked_for_now_is_told_until_it_is_approved(
    office_at: Callable[..., Desk], milestone: str, line: str | None, rule: int, asked: bool
) -> None:
    desk = office_at(milestone)
    if line:
        desk(line)
    activate(desk, changed(text_of(desk), other_rung(rule)))
    said = desk(f"{MIGRATE} --dry-run").out
    assert ("现在还需要理事长同意。" in said) is asked
    assert ("不再需要法务同意。" in said) is asked
