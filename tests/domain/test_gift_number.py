"""A gift number is found in every form that people type."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from donflow.domain.gift_number import NotAGiftNumber, format_gift_number, parse_gift_number


@pytest.mark.parametrize(
    "text", ["G2026-0017", "g2026-0017", "2026-17", "17", "G17", "0017", " Ｇ２０２６－００１７ "]
)
def test_every_form_names_the_same_gift(text: str) -> None:
    assert parse_gift_number(text, 2026) == (2026, 17)


def test_a_form_with_its_year_keeps_it() -> None:
    assert parse_gift_number("G2024-3", 2026) == (2024, 3)


@pytest.mark.parametrize(
    "text",
    ["", "G", "0", "G2026-0000", "2026-", "-17", "26-17", "G2026/17", "17a", "1" * 7, "十七"],
)
def test_anything_else_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(NotAGiftNumber) as refused:
        parse_gift_number(text, 2026)

    assert f"“{text}”" in str(refused.value)
    assert "G2026-0017" in str(refused.value.remedy_sentence)


def test_a_number_grows_beyond_four_digits() -> None:
    assert format_gift_number(2026, 17) == "G2026-0017"
    assert format_gift_number(2026, 12_345) == "G2026-12345"
    for year, serial in ((2026, 0), (26, 1)):
        with pytest.raises(ValueError):
            format_gift_number(year, serial)


@given(st.integers(1000, 9999), st.integers(1, 999_999))
def test_what_is_written_is_read_back(year: int, serial: int) -> None:
    assert parse_gift_number(format_gift_number(year, serial), 2026) == (year, serial)
