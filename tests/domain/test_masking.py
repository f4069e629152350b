"""A masked value shows itself masked by every way of printing it."""

import copy
import dataclasses
import json
import pickle
import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from donflow.domain import masking
from donflow.domain.masking import Masked

MASKS = [
    masking.phone,
    masking.mail,
    masking.resident_number,
    masking.bank_account,
    masking.name,
    masking.address,
]


@pytest.mark.parametrize(
    ("mask", "value", "shown"),
    [
        (masking.phone, "13800000000", "138****0000"),
        (masking.phone, "+8613800000000", "138****0000"),
        (masking.phone, "138 0000 0000", "138****0000"),
        (masking.phone, "+8613800000001|+869310000002", "138****0001|****0002"),
        (masking.phone, "5100001", "***"),
        (masking.phone, "", ""),
        (masking.mail, "zhang@example.cn", "z***@example.cn"),
        (masking.mail, "z@example.cn", "***@example.cn"),
        (masking.mail, "zhang", "***"),
        (masking.mail, "@example.cn", "***"),
        (masking.resident_number, "110105190001127758", "**** 7758"),
        (masking.resident_number, "110105 19000112 775X", "**** 775X"),
        (masking.resident_number, "7758", "***"),
        (masking.bank_account, "6222 0000 0000 4321", "**** 4321"),
        (masking.bank_account, "4321", "***"),
        (masking.name, "梁启舟", "***"),
        (masking.name, "", ""),
        (masking.address, "甘肃省兰州市城关区某某路1号", "甘肃省兰州市***"),
        (masking.address, "浙江省金华市义乌市某某路1号", "浙江省金华市***"),
        (masking.address, "北京市海淀区某某路1号", "北京市***"),
        (masking.address, "上海浦东新区某某路1号", "上海***"),
        (
            masking.address,
            "新疆维吾尔自治区伊犁哈萨克自治州某某路",
            "新疆维吾尔自治区伊犁哈萨克自治州***",
        ),
        (masking.address, "深圳市南山区某某路1号", "深圳市***"),
        (masking.address, "幸福城市花园3栋", "***"),
        (masking.address, "1 Example Road", "***"),
    ],
)
def test_a_mask_shows_what_may_be_shown(
    mask: Callable[[str], Masked], value: str, shown: str
) -> None:
    masked = mask(value)

    assert str(masked) == shown
    assert masked.reveal() == value


def test_no_way_of_printing_gives_the_value() -> None:
    value = "13800000000"
    masked = masking.phone(value)

    @dataclasses.dataclass
    class Person:
        phone: Masked

    printed = [
        str(masked),
        repr(masked),
        f"{masked:>20}",
        "%s %r" % (masked, masked),  # noqa: UP031 - the way of the logging module
        f"{[masked]} { ({'phone': masked}) }",
        repr(Person(masked)),
        repr(dataclasses.asdict(Person(masked))),
        repr(copy.copy(masked)),
        json.dumps({"phone": masked}, default=str),
    ]

    assert [text for text in printed if value in text or "138****0000" not in text] == []


def test_a_masked_value_is_not_written_out() -> None:
    masked = masking.name("梁启舟")

    with pytest.raises(TypeError):
        pickle.dumps(masked)
    with pytest.raises(TypeError):
        json.dumps(masked)
    assert not hasattr(masked, "__dict__")


def test_masked_values_are_compared_by_what_they_hide() -> None:
    assert masking.name("梁启舟") == masking.name("梁启舟")
    assert masking.name("梁启舟") != masking.name("林秘书")
    assert masking.name("梁启舟") != "梁启舟"
    assert len({masking.name("梁启舟"), masking.name("梁启舟")}) == 1


@given(st.sampled_from(MASKS), st.text())
def test_any_text_can_be_masked(mask: Callable[[str], Masked], value: str) -> None:
    assert mask(value).reveal() == value


@given(
    st.sampled_from([masking.phone, masking.resident_number, masking.bank_account]),
    st.text("0123456789", min_size=1, max_size=30),
)
def test_a_mask_of_digits_hides_at_least_four(mask: Callable[[str], Masked], value: str) -> None:
    shown = sum(character.isdigit() for character in str(mask(value)))

    assert shown == 0 or len(value) - shown >= 4


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("110101190001010016", "**************0016"),
        ("11010119000101001X", "**************001X"),
        ("账号2703000000000001234，", "账号***************1234，"),
        ("电话13900001234", "电话*******1234"),
        ("人民币1,000,000.00元", "人民币1,000,000.00元"),
        ("1000000000元", "1000000000元"),
        ("2026年5月29日", "2026年5月29日"),
        ("9144030046G9311043", "9144030046G9311043"),
        ("139 0000 6071", "*** **** 6071"),
        ("139-0000-6071", "***-****-6071"),
        ("+86 139 0000 6071。", "+86 *** **** 6071。"),
        ("139 00006071", "*** ****6071"),
        ("6222 0000 0000 1234 567", "**** **** **** ***4 567"),
        ("1045 0000 0000 56789", "**** **** **** *6789"),
        ("1045 0000 1234", "**** **** 1234"),
        ("1045　0000　1234", "****　****　1234"),
        ("110101 19000101 001X", "****** ******** 001X"),
        ("１３９００００６０７１", "*******６０７１"),
        ("1390000\u200b6071", "*******\u200b6071"),
        ("270300000000000·1234", "***************·1234"),
        ("27030000000000012\u200b34", "***************12\u200b34"),
        ("2025 2026 2027年", "2025 2026 2027年"),
        ("2026-09-30 2027-09-30", "2026-09-30 2027-09-30"),
        ("第1期 2026 100000 第2期 2027 100000", "第1期 2026 100000 第2期 2027 100000"),
        ("数量1200 3000 3600000", "数量1200 3000 3600000"),
        ("1 000 000 000.00元", "1 000 000 000.00元"),
        ("0931-8912000", "0931-8912000"),
    ],
)
def test_of_a_long_number_four_places_are_shown(text: str, shown: str) -> None:
    assert masking.numbers_within(text) == shown


@pytest.mark.parametrize("text", ["1" * 100_000, "1 " * 50_000, "1\u200b" * 50_000, "1·" * 50_000])
def test_a_long_line_of_digits_is_masked_in_no_time(text: str) -> None:
    began = time.perf_counter()
    masking.numbers_within(text)

    assert time.perf_counter() - began < 1
