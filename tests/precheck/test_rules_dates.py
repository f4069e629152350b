"""Days that are none, days before the signing, days that are not said."""

from datetime import date

import pytest

from donflow.precheck.facts import Kind
from donflow.precheck.rules import dates
from tests.precheck.money_drafts import codes, draft, told

PAID = "甲方于2025年6月30日前将捐赠款汇入乙方账户。\n"


@pytest.mark.parametrize(
    "day",
    [
        "2025年2月30日",
        "2025年13月1日",
        "2025年9月31日",
        "2025年2月29日",
        "2025年 6 月 31 日",
        "二〇二五年二月三十日",
        "2025-02-30",
        "2025.13.01",
        "9月31日",
        "２０２５年４月３１日",
        "31 June 2025",
    ],
)
def test_a_day_that_is_none_is_told(day: str) -> None:
    assert told(dates.rule, draft(PAID + f"乙方于{day}前反馈。")) == [("date_invalid", day)]


@pytest.mark.parametrize(
    "text",
    [
        "乙方于2024年2月29日反馈。",
        "乙方于每年2月29日反馈。",
        "期限为13个月零31日。",
        "版本2025.2.30.1，电话0931-0000222，合同号2025-13-01A。",
        "2025年2月",
        "日期：    年   月   日",
        "二〇二五年十二月三十一日",
    ],
)
def test_days_that_are_possible_are_left_alone(text: str) -> None:
    assert codes(dates.rule, draft(PAID + text)) == []


def test_a_payment_due_before_the_signing_is_told() -> None:
    given = draft(PAID, signed=(date(2025, 7, 15), date(2025, 7, 20)))
    assert told(dates.rule, given) == [("payment_before_signing", "2025年6月30日前")]


@pytest.mark.parametrize(
    ("text", "signed"),
    [
        (PAID, date(2025, 6, 30)),
        (PAID, date(2025, 5, 20)),
        ("甲方已于2025年3月1日将捐赠款汇入乙方账户。", date(2025, 5, 20)),
        ("甲方应于本协议生效后30日内将捐赠款汇入乙方账户。", date(2025, 5, 20)),
        (PAID + "原协议于2024年1月1日签订，甲方于2024年2月1日支付首期。", date(2025, 5, 20)),
    ],
)
def test_a_payment_after_the_signing_or_made_already_is_right(text: str, signed: date) -> None:
    assert told(dates.rule, draft(text, signed=(signed,))) == []


@pytest.mark.parametrize(
    "text",
    [
        "甲方将捐赠款汇入乙方账户。",
        "甲方应及时将捐赠款汇入乙方账户。\n乙方收到捐赠款后10个工作日内开具票据。",
        "捐赠款由甲方联系人统一收集后汇入乙方账户。\n乙方于每年12月31日前反馈使用情况。",
    ],
)
def test_a_gift_without_a_day_is_told(text: str) -> None:
    assert told(dates.rule, draft(text)) == [("payment_date_missing", "")]


@pytest.mark.parametrize(
    "text",
    [
        PAID,
        "甲方于____年____月____日前将捐赠款汇入乙方账户。",
        "甲方于    年   月   日前将捐赠款汇入乙方账户。",
        "甲方在收到乙方付款通知后15日内将捐赠款汇入乙方账户。",
        "甲方于签约当日将捐赠款汇入乙方账户。",
        "捐赠款已于2025年3月1日汇入乙方账户。",
        "甲方在本协议签订之日起____个工作日内将捐赠款汇入乙方账户。",
    ],
)
def test_a_gift_with_a_day_or_a_blank_for_it_is_left_alone(text: str) -> None:
    assert told(dates.rule, draft(text)) == []


@pytest.mark.parametrize("kind", [Kind.SUPPLEMENTARY, Kind.TERMINATION])
def test_a_supplement_need_not_say_when(kind: Kind) -> None:
    assert told(dates.rule, draft("双方同意变更用途。", kind)) == []


def test_blanks_in_dates_are_told_only_beside_dates_without() -> None:
    mixed = draft(PAID + "2025 年 5 月 20 日        2025 年 5 月 20 日")
    (finding,) = dates.rule(mixed)
    assert (finding.code, finding.severity) == ("inconsistent_date_spacing", "info")
    assert [mend.text for mend in finding.mend] == ["2025年5月20日"] * 2
    alike = draft("甲方于2025 年 6 月 30 日前支付。\n2025 年 5 月 20 日")
    assert codes(dates.rule, alike) == []
