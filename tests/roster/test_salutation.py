"""Nobody is addressed by a bare name."""

from __future__ import annotations

import pytest

from donflow.roster.models import ConstituentKind, Gender
from donflow.roster.salutation import Addressee, is_bare, salutation_of

PERSON, COMPANY = ConstituentKind.PERSON, ConstituentKind.COMPANY


@pytest.mark.parametrize(
    ("addressee", "salutation"),
    [
        (Addressee(PERSON, "梁启舟", gender=Gender.MALE), "梁启舟先生"),
        (Addressee(PERSON, "苏晚晴", gender=Gender.FEMALE), "苏晚晴女士"),
        (Addressee(PERSON, "梁启舟"), "梁启舟校友"),
        (Addressee(PERSON, "梁启舟", "梁启舟学长", Gender.MALE), "梁启舟学长"),
        (Addressee(PERSON, "梁启舟", "梁启舟先生伉俪"), "梁启舟先生伉俪"),
        (Addressee(PERSON, "梁启舟", "梁 启舟", Gender.MALE), "梁启舟先生"),
        (Addressee(PERSON, "梁启舟", ""), "梁启舟校友"),
        (Addressee(PERSON, "顾言蹊", gender=Gender.FEMALE, teacher=True), "顾言蹊老师"),
        (Addressee(PERSON, "顾言蹊", "顾院长", teacher=True), "顾院长"),
        (Addressee(COMPANY, "深圳市恒源数智科技有限公司"), "贵公司"),
        (Addressee(COMPANY, "深圳市恒源数智科技有限公司", "恒源数智"), "恒源数智"),
        (Addressee(ConstituentKind.CLASS, "计算机2001级1班"), "计算机2001级1班全体校友"),
        (Addressee(ConstituentKind.CHAPTER, "深圳校友会"), "深圳校友会全体校友"),
    ],
)
def test_each_is_addressed_properly(addressee: Addressee, salutation: str) -> None:
    assert salutation_of(addressee) == salutation
    assert not is_bare(salutation, addressee.name)
