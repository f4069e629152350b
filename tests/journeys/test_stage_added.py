"""A stage is added in states.yaml alone: new gifts take it, those under way keep their way."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.cast import COMPANY
from tests.journeys.desk import Desk

STAGE = "      visit:       {zh: 登门拜访, en: Visit, owner: secretary, within: 3 workdays}\n"
STEPS = (
    "      - {do: call, zh: 约定拜访, en: Call on, from: intent, to: visit, by: secretary}\n"
    "      - {do: come_back, zh: 拜访归来, en: Come back, from: visit, to: screen,"
    " by: secretary, needs: [contact_made]}\n"
)


def with_a_visit(desk: Desk) -> str:
    """The home's states.yaml with a stage and two steps more, as a file beside it."""
    text = (desk.home / "states.yaml").read_text(encoding="utf-8")
    before_screen, before_steps = "      screen: ", "      # the main line\n"
    assert text.count(before_screen) == 1
    text = text.replace(before_screen, STAGE + before_screen)
    text = text.replace(before_steps, STEPS + before_steps)
    (desk.folder / "新流程.yaml").write_text(text, encoding="utf-8")
    return "新流程.yaml"


@pytest.fixture
def desk(office_at: Callable[..., Desk]) -> Desk:
    """An office with gift 1 under way, and the new lifecycle current."""
    desk = office_at("intent")
    file = with_a_visit(desk)
    desk(f"states check {file}")
    desk(f"states activate {file}")
    return desk


def new_gift(desk: Desk) -> None:
    desk(f"gift new --donor {COMPANY} --amount 20万 --purpose 设立奖教金 --liaison 何老师")


def test_the_board_and_the_diagram_show_the_new_stage(desk: Desk) -> None:
    stages = [column["stage"] for column in desk("gift board --json").data]
    assert stages[:3] == ["intent", "visit", "screen"]
    new_gift(desk)
    desk("gift advance 2 call")
    assert "登门拜访" in desk("gift board").out
    drawn = desk("states draw --file 新流程.yaml").out
    assert "登门拜访" in drawn
    assert "拜访归来" in drawn
    assert "visit" in {row["stage"] for row in desk("states show --json").data}


def test_the_home_then_holds_the_file_that_is_current(desk: Desk) -> None:
    assert "visit" in (desk.home / "states.yaml").read_text(encoding="utf-8")
    assert "正常  states.yaml" in desk("doctor", code=None).out
    desk("states activate")  # nothing to do
    assert "visit" in {row["stage"] for row in desk("states show --json").data}


def test_a_new_gift_takes_the_new_way(desk: Desk) -> None:
    new_gift(desk)
    steps = {option["transition"] for option in desk("gift options 2 --json").data}
    assert {"call", "take_up"} <= steps
    assert desk("gift advance 2 call").code == 0
    shown = desk.gift("2")
    assert (shown["stage"], shown["stage_label"]) == (
        "visit",
        {"zh": "登门拜访", "en": "Visit"},
    )
    assert shown["due_on"] == "2026-03-05"
    assert desk.refused("gift advance 2 come_back") == {"contact_made"}
    desk("gift contact 2 --channel visit --note 面谈", code=None)
    desk("gift contact 2 --channel phone --note 面谈")
    desk("gift advance 2 come_back")
    assert desk.stage("2") == "screen"
    assert "登门拜访" in desk("gift history 2").out


def test_a_gift_under_way_keeps_its_version(desk: Desk) -> None:
    new_gift(desk)
    steps = {option["transition"] for option in desk("gift options 1 --json").data}
    assert "call" not in steps
    assert desk.refused("gift advance 1 call")
    assert desk.gift("1")["workflow_version"] != desk.gift("2")["workflow_version"]
    assert desk("verify").code == 0


def test_activating_the_same_file_again_changes_nothing(desk: Desk) -> None:
    before = desk.rows()
    desk("states activate 新流程.yaml")
    after = desk.rows()
    assert before["workflow_version"] == after["workflow_version"]


def test_a_wrong_file_is_not_activated(office_at: Callable[..., Desk]) -> None:
    desk = office_at("intent")
    file = desk.folder / with_a_visit(desk)
    file.write_text(file.read_text(encoding="utf-8").replace("to: visit", "to: visti"))
    before = desk.rows()
    answer = desk("states activate 新流程.yaml", code=2)
    assert answer.err.startswith("新流程.yaml:")
    assert desk.rows() == before


def test_in_a_shared_desk_a_second_person_activates(office_at: Callable[..., Desk]) -> None:
    desk = office_at("intent", shared=True)
    order = desk(f"states activate {with_a_visit(desk)} --json", as_="lin").data["order"]
    assert "visit" not in {row["stage"] for row in desk("states show --json").data}
    assert desk.refused(f"order confirm {order}", as_="lin") == {"own_order"}
    desk(f"order confirm {order}", as_="zhou")
    assert "visit" in {row["stage"] for row in desk("states show --json").data}
