"""A gift paid in three parts: the plan, the money on it, a thank-you for each, and what is owed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests import databases
from tests.cast import COMPANY
from tests.journeys.desk import Desk
from tests.journeys.papers import paper_text

OfficeAt = Callable[..., Desk]

GIFT = "2026-1"
"""The gift of the tale, named in whichever year it is."""
FINANCE = "--for finance --evidence 材料/到账通知.pdf"
LEADER = "--for leader --evidence 材料/党政联席会纪要.pdf"
THREE = (
    "gift instalments 1 --part 2026-06-30=200000 --part 2027-06-30=20万 --part 2028-06-30=100,000"
)
ONCE = databases.only_sqlite("the plan and its guards are the same on every database")


def in_three(desk: Desk) -> Desk:
    """The plan becomes one of three parts by an amendment, once the agreement is in force."""
    desk("gift advance 1 amend --reason 改为分三期到账", day="2026-05-06")
    desk("gift record 1 supplement --file 材料/协议扫描件.pdf", day="2026-05-07")
    desk(THREE)
    desk("gift advance 1 amended")
    return desk


def pay(desk: Desk, amount: str, day: str, *options: str) -> None:
    desk(f"payment record {GIFT} --amount {amount} {' '.join(options)}", day=day)
    desk(f"payment confirm {GIFT} {FINANCE}")


def plan(desk: Desk) -> list[tuple[str, str, int]]:
    return [
        (part["pay_by"], part["stage"], part["received_minor"] // 100)
        for part in desk.gift(GIFT)["instalments"]
    ]


def letters(desk: Desk) -> list[tuple[Any, ...]]:
    return desk.sql("SELECT about, state, reason FROM letter ORDER BY id")


def thanks(desk: Desk) -> list[tuple[Any, ...]]:
    return desk.sql("SELECT key, outcome FROM task WHERE kind = 'thank' ORDER BY id")


@databases.both
def test_three_instalments_make_three_thank_yous_and_a_repeated_statement_none(
    office_at: OfficeAt,
) -> None:
    desk = in_three(office_at("perform"))
    for no, (amount, day) in enumerate(
        [("20万", "2026-06-29"), ("20万", "2027-06-28"), ("10万", "2028-06-26")], start=1
    ):
        slip = (
            "--slip 材料/银行回单.pdf --again 同一回单列明三期"
            if no > 1
            else "--slip 材料/银行回单.pdf"
        )
        pay(desk, amount, day, slip)
        repeated = [
            f"payment record {GIFT} --amount {amount} --received-on {day}",
            f"payment record {GIFT} --amount 3万 --slip 材料/银行回单.pdf",
        ]
        for line in repeated:
            assert desk.refused(line) == {"payment_repeated"}
        assert [stage for _, stage, _ in plan(desk)].count("paid") == no
        assert len(letters(desk)) == len(thanks(desk)) == no
        assert desk.refused(f"payment confirm {GIFT} --payment {no} {FINANCE}") == {
            "already_confirmed"
        }
    assert letters(desk) == [(no, "planned", None) for no in (1, 2, 3)]
    due = desk.sql("SELECT on_day, addressee_id, n FROM letter ORDER BY id")
    assert [str(row[0]) for row in due] == ["2026-06-30", "2027-06-29", "2028-06-27"]
    assert thanks(desk) == [(f"thank:payment:{no}", None) for no in (1, 2, 3)]
    desk(f"gift advance {GIFT} fulfil")
    assert desk("verify --json").data["findings"] == []


@ONCE
def test_money_lies_on_the_oldest_open_part_and_reaches_into_the_next(office_at: OfficeAt) -> None:
    desk = in_three(office_at("perform"))
    pay(desk, "25万", "2026-06-20")
    first, second, third = "2026-06-30", "2027-06-30", "2028-06-30"
    assert plan(desk) == [
        (first, "paid", 20_0000),
        (second, "partial", 5_0000),
        (third, "planned", 0),
    ]
    assert desk.gift(GIFT)["due_on"] == second
    assert "money_arrived" in desk.refused("gift advance 1 fulfil")
    desk("payment notice 1")
    told = paper_text(desk, "payment_notice")
    assert "第二期（共三期）" in told
    assert "150,000" in told
    assert "2027年6月30日" in told
    desk(f"payment strike 1 --payment 1 --reason 金额有误 {FINANCE}")
    assert [part[1:] for part in plan(desk)] == [("planned", 0)] * 3
    assert letters(desk) == [(1, "suppressed", "struck")]
    assert thanks(desk) == [("thank:payment:1", "struck")]
    pay(desk, "25万", "2026-06-20")
    assert letters(desk)[1] == (2, "planned", None)
    said = desk("payment record 1 --amount 30万", day="2026-07-01").err
    assert "50,000" in said
    assert desk("verify --json").data["findings"] == []


@ONCE
def test_what_is_waived_of_the_parts_is_not_waited_for(office_at: OfficeAt) -> None:
    desk = in_three(office_at("perform"))
    pay(desk, "20万", "2026-06-20")
    desk("gift record 1 waiver_ground --file 材料/捐赠人回复.pdf")
    desk(f"payment waive 1 --part 3 --reason 经营困难 {LEADER}")
    assert [stage for _, stage, _ in plan(desk)] == ["paid", "planned", "waived"]
    desk(f"payment waive 1 --reason 经营困难 {LEADER}")
    assert [stage for _, stage, _ in plan(desk)] == ["paid", "waived", "waived"]
    desk("gift advance 1 fulfil")


@ONCE
def test_a_plan_adds_up_and_is_fixed_once_money_came(office_at: OfficeAt) -> None:
    desk = office_at("written")
    assert desk.refused("gift instalments 1 --part 2026-06-30=20万 --part 2027-06-30=20万") == {
        "plan_unlike_gift"
    }
    assert desk.refused("gift instalments 1 --part 2026-06-30") == {"not_a_part"}
    desk(THREE)
    assert desk.refused("gift edit 1 --pay-by 2026-12-31") == {"several_parts"}
    desk("gift edit 1 --amount 60万")
    assert "plan_sums_up" in desk.refused("gift advance 1 submit")
    desk("gift instalments 1 --part 2026-06-30=30万 --part 2027-06-30=30万")
    assert len(plan(desk)) == 2
    pay(desk, "1万", "2026-03-07")
    assert desk.refused("gift instalments 1 --part 2026-06-30=60万") == {"plan_begun"}
    assert desk.refused("gift edit 1 --amount 70万") == {"plan_begun"}
    later = "gift instalments 1 --part 2026-06-30=30万 --part 2027-12-31=30万"
    assert desk.refused(later) == {"plan_begun"}


@ONCE
def test_a_signed_plan_changes_only_with_a_supplement(office_at: OfficeAt) -> None:
    desk = office_at("perform")
    assert desk.refused(THREE) == {"text_approved"}
    desk("gift advance 1 amend --reason 改为分期", day="2026-05-06")
    assert desk.refused(THREE) == {"text_approved"}
    desk("payment record 1 --amount 30万")
    desk(f"payment confirm 1 {FINANCE}")
    desk("gift record 1 supplement --file 材料/协议扫描件.pdf", day="2026-05-07")
    said = desk(THREE)
    assert "2026年5月29日" in said.err
    assert [part[1:] for part in plan(desk)] == [
        ("paid", 20_0000),
        ("partial", 10_0000),
        ("planned", 0),
    ]
    assert desk("verify --json").data["findings"] == []


@ONCE
def test_thanks_said_by_a_call_keep_the_letter_back_and_a_letter_sent_ends_the_task(
    office_at: OfficeAt,
) -> None:
    desk = office_at("arrived")
    desk("thanks done 1 --how called")
    assert letters(desk) == [(1, "suppressed", "thanked")]
    assert thanks(desk) == [("thank:payment:1", "called")]
    contacts = desk("contact list 1 --json").data
    assert [(one["kind"], one["what"]) for one in contacts] == [
        ("called", "thanks"),
        ("called", "contact"),
    ]
    desk("payment record 1 --amount 5万 --remark 追加", day="2026-05-21")
    desk(f"payment confirm 1 {FINANCE}")
    assert letters(desk)[1] == (2, "planned", None)
    task = next(one["task"] for one in desk("task list --json").data if one["kind"] == "thank")
    desk(f"task done {task} --outcome visited")
    assert letters(desk)[1] == (2, "suppressed", "thanked")


@ONCE
def test_whoever_gives_without_a_name_is_thanked_alone_and_nobody_gets_no_letter(
    office: Desk,
) -> None:
    office(f"person add {COMPANY} --kind company --uscc 9144030046G9311043")
    office(f"gift new --kind small --donor {COMPANY} --anonymous --amount 3000 --purpose 图书")
    office("gift new --kind small --anonymous --amount 3000 --purpose 图书")
    for number in (1, 2):
        office(f"gift edit {number} --pay-by 2026-06-30 --restricted")
        office(f"payment record {number} --amount 3000")
        office(f"payment confirm {number} {FINANCE}")
    assert letters(office) == [(1, "planned", None)]
    assert len(thanks(office)) == 2


@ONCE
def test_what_is_owed_follows_from_the_agreement_and_each_year_from_the_last(
    office_at: OfficeAt,
) -> None:
    desk = office_at("arrived")

    def owed() -> list[tuple[str, str]]:
        return [(one["what"], one["due_on"]) for one in desk("gift obligations 1 --json").data]

    assert owed() == [
        ("report_use", "2026-12-31"),
        ("renewal_talk", "2031-03-04"),
        ("naming_end", "2031-08-31"),
    ]
    assert desk.gift(GIFT)["naming_until"] == "2031-08-31"
    assert not [line for line in desk("today --json").data if line["what"] == "report_use"]
    (report, talk, _end) = [one["obligation"] for one in desk("gift obligations --json").data]
    desk.day = "2026-12-10"
    (line,) = [line for line in desk("today --json").data if line["what"] == "report_use"]
    desk(line["command"])
    assert desk.refused(f"gift obligation 1 {report}") == {"proof_missing"}
    assert desk.refused(f"task done {report}") == {"proof_missing"}
    desk(f"gift obligation 1 {report} --file 材料/捐赠人回复.pdf")
    assert owed()[0] == ("report_use", "2027-12-31")
    assert desk.refused(f"gift obligation 1 {talk} --waive") == {"reason_missing"}
    desk(f"gift obligation 1 {talk} --waive --reason 捐赠人来函不再续签")
    desk("gift edit 1 --naming-until 2032-08-31")
    assert owed() == [
        ("report_use", "2027-12-31"),
        ("renewal_talk", "2032-03-04"),
        ("naming_end", "2032-08-31"),
    ]
    everything = desk("gift obligations 1 --all --json").data
    assert {(one["what"], one["outcome"]) for one in everything if one["outcome"]} == {
        ("report_use", "done"),
        ("renewal_talk", "waived"),
        ("naming_end", "moved"),
    }
    desk("gift obligations --all --xlsx 义务.xlsx")
    assert (desk.folder / "义务.xlsx").is_file()
    assert desk("verify --json").data["findings"] == []
