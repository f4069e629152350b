"""Money is whole minor units; what a person types is read exactly or refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from donflow.domain.money import (
    AmountTooLarge,
    Money,
    NegativeAmount,
    NotAnAmount,
    TooManyDecimals,
    figures,
    money,
    plain,
    short,
    split_evenly,
    symbol_figures,
)

SUMS = st.integers(min_value=0, max_value=10**15 - 1).map(Money)


@pytest.mark.parametrize(
    ("text", "minor"),
    [
        ("500000.00", 50_000_000),
        ("500,000.00", 50_000_000),
        ("500000", 50_000_000),
        ("0.05", 5),
        ("0", 0),
        ("1.5", 150),
        (" 1000 ", 100_000),
        ("５０００００．００", 50_000_000),
        ("５００，０００", 50_000_000),
        ("￥500,000.00", 50_000_000),
        ("¥ 500000", 50_000_000),
        ("人民币500000元", 50_000_000),
        ("人民币￥500000.00元整", 50_000_000),
        ("RMB 500000", 50_000_000),
        ("500000 cny", 50_000_000),
        ("50万", 50_000_000),
        ("50 万元", 50_000_000),
        ("50万元整", 50_000_000),
        ("1.2亿", 12_000_000_000),
        ("1.2345678901亿", 12_345_678_901),
        ("50.123456万", 50_123_456),
        ("1亿2000万", 12_000_000_000),
        ("9999999999999.99", 10**15 - 1),
    ],
)
def test_an_amount_is_read_as_people_write_it(text: str, minor: int) -> None:
    assert money(text) == Money(minor)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("1.005", TooManyDecimals),
        ("500000.000", TooManyDecimals),
        ("50.1234567万", TooManyDecimals),
        ("1.00000000000000000000000000000000001万", TooManyDecimals),
        ("-500", NegativeAmount),
        ("－500", NegativeAmount),
        ("￥-500.00", NegativeAmount),
        ("-￥500.00", NegativeAmount),
        ("10000000000000", AmountTooLarge),
        ("100000亿", AmountTooLarge),
        ("9" * 59, AmountTooLarge),
        ("9" * 5000, NotAnAmount),
        ("", NotAnAmount),
        ("元", NotAnAmount),
        ("-", NotAnAmount),
        ("NaN", NotAnAmount),
        ("Infinity", NotAnAmount),
        ("1e6", NotAnAmount),
        ("5,00", NotAnAmount),
        ("50,0000", NotAnAmount),
        ("1,000,00.00", NotAnAmount),
        (".5", NotAnAmount),
        ("5.", NotAnAmount),
        ("1.2.3", NotAnAmount),
        ("五十万", NotAnAmount),
        ("1亿2", NotAnAmount),
        ("1亿2000.5万", NotAnAmount),
        ("1.5亿2000万", NotAnAmount),
        ("1亿20000万", NotAnAmount),
        ("50万5", NotAnAmount),
        ("50万亿", NotAnAmount),
        ("10²", NotAnAmount),
        ("٣٤", NotAnAmount),
        ("$500", NotAnAmount),
        ("USD 500", NotAnAmount),
        ("500美元", NotAnAmount),
        ("500-600", NotAnAmount),
    ],
)
def test_a_doubtful_amount_is_refused_with_its_text_and_a_way_to_write_it(
    text: str, error: type[NotAnAmount]
) -> None:
    with pytest.raises(NotAnAmount) as refused:
        money(text)

    assert type(refused.value) is error
    assert text[:39] in str(refused.value)
    assert "500000.00" in str(refused.value.remedy_sentence) or error is AmountTooLarge


def test_an_amount_in_another_currency_is_read_only_where_that_is_asked_for() -> None:
    assert money("US$1,000.00", "USD") == Money(100_000, "USD")
    assert money("1000美元", "USD") == Money(100_000, "USD")
    assert money("JPY 1000", "JPY") == Money(100_000, "JPY")
    with pytest.raises(NotAnAmount, match="in USD"):
        money("￥1000", "USD")


@pytest.mark.parametrize(
    "mix",
    [
        lambda one, other: one + other,
        lambda one, other: one - other,
        lambda one, other: one < other,
        lambda one, other: one <= other,
        lambda one, other: one > other,
        lambda one, other: one >= other,
    ],
)
@pytest.mark.parametrize("other", [Money(1, "USD"), 1])
def test_two_currencies_are_never_mixed(mix: object, other: object) -> None:
    with pytest.raises(TypeError):
        mix(Money(1), other)  # type: ignore[operator]


def test_sums_of_two_currencies_are_unequal() -> None:
    assert Money(1) != Money(1, "USD")
    assert sorted([Money(3), Money(1), Money(2)]) == [Money(1), Money(2), Money(3)]
    assert sum([Money(1), Money(2)], Money(0)) == Money(3)


@pytest.mark.parametrize(
    ("minor", "currency"), [(1.0, "CNY"), (True, "CNY"), ("1", "CNY"), (1, "cny"), (1, "元")]
)
def test_money_is_made_of_whole_minor_units_and_a_currency_code(
    minor: object, currency: str
) -> None:
    with pytest.raises((TypeError, ValueError)):
        Money(minor, currency)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        (Money(50_000_000), ("500,000.00", "500000.00", "￥500,000.00")),
        (Money(5), ("0.05", "0.05", "￥0.05")),
        (Money(-123_456), ("-1,234.56", "-1234.56", "-￥1,234.56")),
        (Money(100_000, "USD"), ("1,000.00", "1000.00", "US$1,000.00")),
        (Money(100_000, "CHF"), ("1,000.00", "1000.00", "CHF 1,000.00")),
    ],
)
def test_figures(amount: Money, written: tuple[str, str, str]) -> None:
    assert (figures(amount), plain(amount), symbol_figures(amount)) == written


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        (Money(0), "0元"),
        (Money(980_000), "9,800元"),
        (Money(980_050), "9,800.50元"),
        (Money(999_999), "9,999.99元"),
        (Money(1_000_000), "1万元"),
        (Money(50_000_000), "50万元"),
        (Money(50_000_050), "约50万元"),
        (Money(12_345_600), "约12.35万元"),
        (Money(9_950_000_000), "9950万元"),
        (Money(9_999_994_999), "约9999.99万元"),
        (Money(9_999_995_000), "约1亿元"),
        (Money(10_000_000_000), "1亿元"),
        (Money(12_000_000_000), "1.2亿元"),
        (Money(-50_000_000), "-50万元"),
        (Money(50_000_000, "USD"), "50万美元"),
    ],
)
def test_the_short_form_of_boards_says_when_it_rounds(amount: Money, written: str) -> None:
    assert short(amount) == written


@given(SUMS)
def test_what_is_written_is_read_back(amount: Money) -> None:
    assert [money(form(amount)) for form in (plain, figures, symbol_figures)] == [amount] * 3


@given(SUMS)
def test_a_short_form_without_the_word_about_is_exact(amount: Money) -> None:
    written = short(amount)

    assert written.startswith("约") or money(written) == amount


@given(st.integers(min_value=-(10**15), max_value=10**15).map(Money), st.integers(1, 60))
def test_an_even_split_adds_up_exactly(total: Money, parts: int) -> None:
    split = split_evenly(total, parts)

    assert len(split) == parts
    assert sum(split, Money(0)) == total
    assert max(split) - min(split) <= Money(1)
    assert list(split) == sorted(split)


def test_nothing_is_split_into_no_parts() -> None:
    with pytest.raises(ValueError):
        split_evenly(Money(1), 0)
