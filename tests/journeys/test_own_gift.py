"""A draft that names another account, sum, donor, day or purpose than its own gift is told."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from tests.journeys.desk import Desk
from tests.journeys.tale import PURPOSE
from tests.journeys.test_precheck_in_life import DRAFT, PAPER, faults, rewritten, waive_all

COMPANY, OTHER = "深圳市恒源数智科技有限公司", "杭州临川新材料有限公司"
ACCOUNT, STRANGE = "2703000000000001234", "6222000000000005678"
FOUNDATION = "云麓大学教育发展基金会"


def taken_in(desk: Desk, *pairs: tuple[str, str]) -> set[tuple[str, str]]:
    """The draft with other words wherever they stand, taken in; what is unlike gift and office."""
    source = DRAFT
    for old, new in pairs:
        rewritten(desk, old, new, source=source, target=PAPER)
        source = PAPER
    desk(f"agreement take-in 1 {PAPER}")
    found = desk("agreement findings 1 --json").data
    return {(item["code"], item["severity"]) for item in found if "_unlike_" in item["code"]}


def test_a_strangers_account_is_an_error_without_any_precedent(
    office_at: Callable[..., Desk],
) -> None:
    desk = office_at("written")
    bank = ("中国工商银行兰州云麓支行", "中国银行深圳南山支行")
    assert taken_in(desk, (ACCOUNT, STRANGE), bank) == {("account_unlike_settings", "error")}
    desk("agreement check 1")
    told = desk("agreement findings 1").out
    assert "尾号1234" in told
    assert STRANGE not in told
    assert desk.refused("gift advance 1 submit") == {"precheck_clean_or_waived"}
    waive_all(desk)
    desk("gift advance 1 submit")


def test_another_sum_is_an_error_though_figures_and_words_agree(
    office_at: Callable[..., Desk],
) -> None:
    desk = office_at("written")
    sums = ("伍拾万元整", "伍佰万元整"), ("500,000.00", "5,000,000.00")
    assert ("amount_unlike_gift", "error") in taken_in(desk, *sums)
    assert "500,000.00" in desk("agreement findings 1").out


def test_another_donor_is_an_error(office_at: Callable[..., Desk]) -> None:
    desk = office_at("written")
    found = taken_in(desk, (COMPANY, OTHER))
    assert found == {("donor_unlike_gift", "error")}
    (fault,) = [item for item in faults(desk) if item["code"] == "donor_unlike_gift"]
    assert COMPANY not in json.dumps(fault, ensure_ascii=False)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ((FOUNDATION, "云岭大学教育发展基金会"), ("recipient_unlike_settings", "error")),
        (("2026年5月29日", "2027年5月29日"), ("pay_by_unlike_gift", "error")),
        (("奖励品学兼优", "资助家境困难"), ("purpose_unlike_gift", "warning")),
    ],
)
def test_another_recipient_day_or_purpose_is_told(
    office_at: Callable[..., Desk], change: tuple[str, str], told: tuple[str, str]
) -> None:
    assert told in taken_in(office_at("written"), change)


def test_of_a_donor_who_stays_anonymous_no_name_is_told(office_at: Callable[..., Desk]) -> None:
    desk = office_at("written")
    desk("gift edit 1 --anonymous")
    assert ("donor_unlike_gift", "warning") in taken_in(desk, (COMPANY, f"{COMPANY}分部"))
    found = desk("agreement findings 1 --json").data
    (doubt,) = [item for item in found if item["code"] == "donor_unlike_gift"]
    assert COMPANY not in json.dumps(doubt, ensure_ascii=False)


def test_the_offices_own_draft_is_like_its_gift(office_at: Callable[..., Desk]) -> None:
    assert PURPOSE in office_at("written")("gift show 1").out
    assert taken_in(office_at("written"), ("专款专用", "专款专项使用")) == set()
