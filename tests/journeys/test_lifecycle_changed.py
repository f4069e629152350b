"""A lifecycle is changed while gifts are under way: shown first, agreed on, then they follow it."""

from __future__ import annotations

import shutil
from collections.abc import Callable

import pytest

from tests.experiments.under_way import (
    Raw,
    ask_more,
    changed,
    drop_returned,
    rename_signing,
    second_version,
)
from tests.journeys.desk import Desk, play
from tests.journeys.tale import MILESTONES

FILE = "新流程.yaml"
MIGRATE = "states migrate"


def make_current(desk: Desk, *changes: Callable[[Raw], None]) -> str:
    """Write the changed file beside the home and activate it; returns what was said."""
    text = (desk.home / "states.yaml").read_text(encoding="utf-8")
    new = changed(text, *changes) if changes else second_version(text)
    (desk.folder / FILE).write_text(new, encoding="utf-8")
    return desk(f"states activate {FILE}").out


def test_activating_shows_what_differs_and_names_the_next_command(
    office_at: Callable[..., Desk],
) -> None:
    said = make_current(office_at("intent"), rename_signing, ask_more)
    assert "捐赠：阶段“待捐赠方签署”（signing）改为“捐赠方签字”（donor_signs）。" in said
    assert "捐赠：“起草”的期限：原为5个工作日，现为8个工作日。" in said
    assert "办理中的1笔仍按原来的流程" in said
    assert "donflow states migrate --dry-run" in said


def test_diff_compares_a_file_with_what_is_current(office_at: Callable[..., Desk]) -> None:
    desk = office_at("new")
    assert desk("states diff").out == "与现行流程没有差别。\n"
    shutil.copy(desk.home / "states.yaml", desk.folder / "旧流程.yaml")
    make_current(desk, ask_more)
    assert desk("states diff").out == "与现行流程没有差别。\n"
    back = desk("states diff 旧流程.yaml --json").data["differences"]
    assert "捐赠：“起草”的期限：原为8个工作日，现为5个工作日。" in back


def test_the_dry_run_says_what_changes_for_each_gift(office_at: Callable[..., Desk]) -> None:
    desk = office_at("draft")
    make_current(desk, ask_more)
    before = desk.rows()
    said = desk(f"{MIGRATE} --dry-run").out
    assert "有1笔捐赠将换到流程" in said
    assert "捐赠，起草：1\n  G2026-0001\n" in said
    assert "G2026-0001的期限：2026年3月10日 → 2026年3月13日" in said
    assert "没有改动任何内容" in said
    assert desk.rows() == before
    whole = desk(f"{MIGRATE} --dry-run --json").data
    (gift,) = whole["gifts"]
    assert gift["gift"] == "G2026-0001"
    assert gift["rows"][0]["to_due_on"] == "2026-03-13"


@pytest.mark.parametrize("after", ["review", "approved", "donor_check"])
def test_a_gift_goes_on_in_the_new_lifecycles(office_at: Callable[..., Desk], after: str) -> None:
    """Consents, rounds and who did what are those of before."""
    following = next(name for name, milestone in MILESTONES.items() if milestone.after == after)
    desk = office_at(after)
    make_current(desk, rename_signing)
    desk(MIGRATE)
    play(desk, MILESTONES[following].steps)
    assert "换用新流程" in desk("gift history 1").out
    assert "换用新流程" in desk("journal show 1").out
    desk("verify")


def test_a_deadline_stays_where_the_stage_gives_the_same_time(
    office_at: Callable[..., Desk],
) -> None:
    desk = office_at("review")
    before = desk.gift()
    make_current(desk, rename_signing)
    desk(MIGRATE, day="2026-03-09")
    after = desk.gift()
    assert (after["entered_on"], after["due_on"]) == (before["entered_on"], before["due_on"])
    assert after["workflow_version"] != before["workflow_version"]


def test_one_stage_without_an_heir_stops_all(office_at: Callable[..., Desk]) -> None:
    desk = office_at("review")

    def without_heir(gift: Raw) -> None:
        gift["stages"] = {
            "checking" if name == "review" else name: stage
            for name, stage in gift["stages"].items()
        }
        for step in gift["transitions"]:
            step["to"] = "checking" if step["to"] == "review" else step["to"]
            sources = step["from"] if isinstance(step["from"], list) else [step["from"]]
            step["from"] = ["checking" if name == "review" else name for name in sources]

    make_current(desk, without_heir)
    before = desk.rows()
    told = desk(MIGRATE, code=2).err
    assert "阶段“审核中”（review）没有了。涉及：G2026-0001。" in told
    assert "was: [review]" in told
    assert desk.refused(MIGRATE) == {"migration_refused"}
    assert desk.rows() == before


def test_versions_say_how_many_gifts_follow_each(office_at: Callable[..., Desk]) -> None:
    desk = office_at("intent")
    make_current(desk, drop_returned)
    first, second = desk("states versions --json").data
    assert (first["gift"], first["current"]) == (1, False)
    assert (second["gift"], second["activated_by"]) == (0, "林秘书")
    desk(f"{MIGRATE} --to {second['version'][:8]}")
    first, second = desk("states versions --json").data
    assert (first["gift"], second["gift"]) == (0, 1)
    assert desk(MIGRATE).out == "办理中的捐赠和分会都已按这套流程办理。\n"
    desk(f"{MIGRATE} --to 0000", code=2)


def test_in_a_shared_desk_two_persons_agree_before_gifts_move(
    office_at: Callable[..., Desk],
) -> None:
    desk = office_at("intent", shared=True)
    text = (desk.home / "states.yaml").read_text(encoding="utf-8")
    (desk.folder / FILE).write_text(changed(text, rename_signing), encoding="utf-8")
    order = desk(f"states activate {FILE} --json", as_="lin").data["order"]
    desk(f"order confirm {order}", as_="zhou")
    order = desk(f"{MIGRATE} --json", as_="lin").data["order"]
    assert desk(f"{MIGRATE} --json", as_="lin").data["order"] == order
    assert desk.refused(f"order confirm {order}", as_="lin") == {"own_order"}
    version = desk.gift()["workflow_version"]
    assert "把办理中的捐赠换到现行流程" in desk("order list", as_="zhou").out
    desk(f"order confirm {order}", as_="zhou")
    assert desk.gift()["workflow_version"] == version
    assert desk(f"{MIGRATE} --json", as_="lin").data["moved"] == 1
    assert desk.gift()["workflow_version"] != version
    desk("verify", as_="lin")


def test_who_may_not_change_lifecycles_may_not_move_gifts(
    office_at: Callable[..., Desk],
) -> None:
    desk = office_at("intent", shared=True)
    assert desk.refused(MIGRATE, as_="qian") == {"not_permitted"}


def test_an_amendment_under_way_stays_one(office_at: Callable[..., Desk]) -> None:
    """What the last step was is not asked of the move to other lifecycles."""
    desk = office_at("perform")
    desk("gift advance 1 amend --reason 追加捐赠")
    before = desk("gift edit 1 --naming 恒源奖教金 --json", code=None)
    make_current(desk, rename_signing)
    desk(MIGRATE)
    after = desk("gift edit 1 --naming 恒源奖教金 --json", code=None)
    assert (after.code, after.err) == (before.code, before.err)
    desk("gift record 1 supplement --file 材料/党政联席会纪要.pdf")
    desk("gift edit 1 --naming 恒源奖教金")
