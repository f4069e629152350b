"""An objection of the donor that changes the text ends its approval: it is reviewed again."""

from __future__ import annotations

from collections.abc import Callable

from tests.journeys.desk import Desk

OBJECT = "donor object 1 奖学金名称请用全称 --for donor --evidence 材料/捐赠人回复.pdf"
AGREE = "donor agree 1 --for donor --evidence 材料/捐赠人确认.pdf"


def reworked(office_at: Callable[..., Desk]) -> Desk:
    desk = office_at("donor_check")
    desk(OBJECT, day="2026-03-23")
    desk("donor answer 1 1 同意改用全称")
    desk("donor rework 1 --reason 按捐赠人意见改用全称")
    return desk


def test_an_objection_is_answered_before_the_text_goes_on(office_at: Callable[..., Desk]) -> None:
    desk = office_at("donor_check")
    desk(OBJECT, day="2026-03-23")
    assert desk.stage() == "objected"
    assert desk.refused("donor explain 1") == {"objections_answered"}
    assert "objections_answered" in desk.refused("donor rework 1 --reason 改")
    desk("donor answer 1 1 名称须与章程一致，已向捐赠人说明")
    desk("donor explain 1")
    assert desk.stage() == "donor_check"
    desk(AGREE)
    assert desk.stage() == "signing"


def test_taking_the_text_back_asks_for_a_reason(office_at: Callable[..., Desk]) -> None:
    desk = office_at("donor_check")
    assert len(desk.refused("donor rework 1")) == 1


def test_the_approval_lapses_with_the_text(office_at: Callable[..., Desk]) -> None:
    desk = reworked(office_at)
    assert desk.stage() == "draft"
    actions = [event["action"] for event in desk("journal show 1 --json").data]
    assert "approval_lapsed" in actions


def test_the_changed_text_is_approved_again_before_the_donor_sees_it(
    office_at: Callable[..., Desk],
) -> None:
    desk = reworked(office_at)
    desk("gift edit 1 --naming 恒源数智奖学金")
    desk("agreement draft 1")
    assert desk.refused("donor send 1")
    assert desk.refused("gift advance 1 submit") == {"self_check_done"}
    desk("agreement check 1")
    desk("gift advance 1 submit")
    assert desk.refused("donor send 1")
    desk("review approve 1 --for reviewer --evidence 材料/第二次审核意见.pdf")
    desk("donor send 1")
    desk(AGREE)
    assert desk.stage() == "signing"
    assert desk("verify").code == 0


def test_a_text_that_was_not_agreed_to_is_not_printed(office_at: Callable[..., Desk]) -> None:
    assert office_at("donor_check").refused("original print 1") == {"text_not_agreed"}


def test_taking_the_text_back_after_printing_needs_new_originals(
    office_at: Callable[..., Desk],
) -> None:
    desk = office_at("signing")
    desk("donor rework 1 --reason 捐赠人更名", day="2026-03-23")
    assert desk.stage() == "draft"
    assert desk.refused("original print 1")
