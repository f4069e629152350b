"""Nobody approves what he submitted: by a second user, or by evidence that is shown as such."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.journeys.desk import Desk

FOR_REVIEWER = "--for reviewer --evidence 材料/审核意见.pdf"


def give_role(desk: Desk, username: str, role: str, capacities: tuple[str, ...] = ("",)) -> None:
    """A further role for somebody, asked for and confirmed by two others."""
    for capacity in capacities:
        word = f" --as-capacity {capacity}" if capacity else ""
        order = desk(f"user role {username} {role}{word} --json", as_="xiao").data["order"]
        desk(f"order confirm {order}", as_="zheng")


def second_secretary(desk: Desk) -> None:
    order = desk("user add xiao 肖秘书 --role secretary --json", as_="lin").data["order"]
    desk(f"order confirm {order}", as_="zheng")


def test_a_secretary_alone_cannot_approve_without_evidence(
    office_at: Callable[..., Desk],
) -> None:
    assert office_at("review").refused("review approve 1") == {"not_permitted"}


def test_with_the_foundations_evidence_the_approval_goes_through_and_is_shown_as_recorded(
    office_at: Callable[..., Desk],
) -> None:
    desk = office_at("review")
    desk(f"review approve 1 {FOR_REVIEWER}", day="2026-03-13")
    assert desk.stage() == "approved"
    (recorded,) = desk.gift()["recorded_for"]
    assert (recorded["role"], recorded["transition"]) == ("reviewer", "approve")
    assert "基金会审核老师" in desk("gift show 1").out
    move = desk("gift history 1 --json").data[-1]
    assert (move["transition"], move["recorded_for"]) == ("approve", "reviewer")
    event = desk("journal show 1 --json").data[-1]
    assert (event["user"], event["recorded_for"], event["evidence"]) == (
        "林秘书",
        "reviewer",
        "notice",
    )
    assert event["document"] == recorded["document"]
    desk(f"vault show {recorded['document']}")


@pytest.mark.parametrize("evidence", ["", FOR_REVIEWER], ids=["bare", "evidence"])
def test_in_a_shared_desk_the_submitter_cannot_approve(
    office_at: Callable[..., Desk], evidence: str
) -> None:
    desk = office_at("review", shared=True)
    refused = desk.refused(f"review approve 1 {evidence}", as_="lin")
    assert refused == {"not_permitted"}


def test_in_a_shared_desk_not_even_a_secretary_who_is_a_reviewer_as_well(
    office_at: Callable[..., Desk],
) -> None:
    desk = office_at("review", shared=True)
    second_secretary(desk)
    give_role(desk, "lin", "reviewer", ("reviewer", "legal", "secretary_general"))
    assert "same_person" in desk.refused("review approve 1", as_="lin")
    desk("review approve 1", as_="zhou")
    assert desk.stage() == "approved"


def test_who_records_money_does_not_confirm_it(office_at: Callable[..., Desk]) -> None:
    desk = office_at("perform", shared=True)
    desk("payment record 1 --amount 50万", as_="qian", day="2026-05-20")
    assert desk.refused("payment confirm 1", as_="qian") == {"same_person"}
    second_secretary(desk)
    give_role(desk, "lin", "finance")
    desk("payment confirm 1", as_="lin")
    assert desk("payment list 1 --json").data[0]["confirmed_at"]


def test_who_approved_does_not_seal(office_at: Callable[..., Desk]) -> None:
    desk = office_at("sealing", shared=True)
    second_secretary(desk)
    give_role(desk, "zhou", "seal_keeper")
    desk("original countersign 1", as_="zhou", day="2026-04-09")
    line = "original seal 1 --no-blanks --text-compared"
    assert "same_person" in desk.refused(line, as_="zhou")
    desk(line, as_="fang")
    assert desk.stage() == "effective"


@pytest.mark.parametrize(
    ("milestone", "line", "role"),
    [
        ("review", "review approve 1", "reviewer"),
        ("review", "review return 1 --remark 请改", "reviewer"),
        ("sealing", "original countersign 1", "reviewer"),
        ("sealing", "original seal 1 --no-blanks --text-compared", "seal_keeper"),
        ("certified", "receipt void 1 --reason 抬头有误", "finance"),
    ],
)
def test_in_a_shared_desk_nothing_is_recorded_for_those_who_have_users(
    office_at: Callable[..., Desk], milestone: str, line: str, role: str
) -> None:
    desk = office_at(milestone, shared=True)
    refused = desk.refused(f"{line} --for {role} --evidence 材料/审核意见.pdf", as_="lin")
    assert refused <= {"not_permitted", "role_not_permitted"}
    assert refused


@pytest.mark.parametrize("shared", [False, True], ids=["single", "shared"])
def test_what_the_donor_did_is_always_recorded_with_evidence(
    office_at: Callable[..., Desk], shared: bool
) -> None:
    desk = office_at("donor_check", shared=shared)
    assert desk.refused("donor agree 1", as_="lin") == {"not_permitted"}
    if shared:
        assert desk.refused("donor agree 1", as_="zhou") == {"not_permitted"}
    desk("donor agree 1 --for donor --evidence 材料/捐赠人确认.pdf", as_="lin")
    assert desk.stage() == "signing"


def test_only_a_secretary_records_for_others(office_at: Callable[..., Desk]) -> None:
    desk = office_at("donor_check", shared=True)
    line = "donor agree 1 --for donor --evidence 材料/捐赠人确认.pdf"
    for username in ("he", "zhou", "qian", "fang", "xu", "wai"):
        assert desk.refused(line, as_=username) == {"not_permitted"}, username


@pytest.mark.parametrize("half", ["--for reviewer", "--evidence 材料/审核意见.pdf"])
def test_evidence_and_for_whom_go_together(office_at: Callable[..., Desk], half: str) -> None:
    desk = office_at("review")
    assert desk.refused(f"review approve 1 {half}") == {"evidence_missing"}


def test_evidence_that_cannot_be_read_is_no_evidence(office_at: Callable[..., Desk]) -> None:
    desk = office_at("review")
    line = "review approve 1 --for reviewer --evidence 材料/没有这份.pdf"
    assert desk.refused(line) == {"file_unreadable"}


def test_a_refused_act_leaves_no_stray_file_behind(office_at: Callable[..., Desk]) -> None:
    desk = office_at("review")
    desk.refused("review return 1 --for reviewer --evidence 材料/到账通知.pdf")
    assert desk("verify").code == 0


def test_a_user_is_added_by_two_persons(office_at: Callable[..., Desk]) -> None:
    desk = office_at("new", shared=True)
    order = desk("user add xiao 肖秘书 --role secretary --json", as_="lin").data["order"]
    assert desk.refused(f"order confirm {order}", as_="lin") == {"own_order"}
    assert desk.refused(f"order confirm {order}", as_="qian") == {"not_permitted"}
    assert "xiao" not in {user["username"] for user in desk("user list --json").data}
    desk(f"order confirm {order}", as_="zheng")
    assert "xiao" in {user["username"] for user in desk("user list --json").data}
    assert desk.refused(f"order confirm {order}", as_="zheng") == {"order_settled"}


def test_a_desk_alone_adds_a_user_with_the_leaders_consent(office: Desk) -> None:
    line = "user add qian 钱财务 --role finance"
    assert office(f"{line} --json").data["order"] == 1
    office(f"{line.replace('qian', 'qian2')} --for leader --evidence 材料/党政联席会纪要.pdf")
    names = {user["username"] for user in office("user list --json").data}
    assert "qian2" in names
    assert "qian" not in names
