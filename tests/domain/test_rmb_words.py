"""Sums in words: every vector, a second way of writing them, and every sum read back."""

import csv
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from donflow.domain.money import Money, money
from donflow.domain.rmb_words import Fault, NoWordsForCurrency, ParsedWords, parse_words, words

VECTORS = Path(__file__).parents[1] / "vectors"
SUMS = st.integers(min_value=0, max_value=10**15 - 1).map(Money)


def rows(name: str) -> list[dict[str, str]]:
    with (VECTORS / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("row", rows("rmb_upper.csv"), ids=lambda row: row["amount"])
def test_a_sum_is_written_in_its_canonical_form_and_read_in_every_accepted_one(
    row: dict[str, str],
) -> None:
    amount = money(row["amount"])

    assert words(amount) == row["canonical"]
    for form in row["accepted"].split("|"):
        assert parse_words(form) == ParsedWords(amount)
        assert parse_words(form.replace("元", "圆").replace("整", "正")) == ParsedWords(amount)


@pytest.mark.parametrize("row", rows("rmb_parse.csv"), ids=lambda row: row["text"])
def test_a_faulty_sum_is_named_by_its_fault(row: dict[str, str]) -> None:
    amount = money(row["amount"]) if row["amount"] else None
    faults = () if row["verdict"] == "ok" else (row["fault_or_note"],)

    read = parse_words(row["text"])

    assert (read.amount, read.faults) == (amount, faults)


@pytest.mark.parametrize(
    ("figures", "written"),
    [
        ("0", "人民币零元整"),
        ("10.05", "人民币壹拾元零伍分"),
        ("100005000", "人民币壹亿零伍仟元整"),
        ("1000005000", "人民币壹拾亿零伍仟元整"),
        ("100000000000", "人民币壹仟亿元整"),
        ("1000000000000", "人民币壹万亿元整"),
        ("1000500000000", "人民币壹万零伍亿元整"),
        ("1000050000000", "人民币壹万亿零伍仟万元整"),
        ("1000000005000.50", "人民币壹万亿零伍仟元伍角"),
        (
            "9999999999999.99",
            "人民币玖万玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分",
        ),
    ],
)
def test_known_traps(figures: str, written: str) -> None:
    assert words(money(figures)) == written


@pytest.mark.parametrize(
    ("text", "minor", "faults"),
    [
        ("伍拾萬圓正", 50_000_000, []),
        ("人民幣 參佰元整", 30_000, ["gap_after_rmb"]),
        ("人民币：壹万元整", 1_000_000, ["gap_after_rmb"]),
        ("人民币伍 拾 万 元 整", 50_000_000, []),
        ("大写：人民币壹万元整（小写：￥10,000.00）", 1_000_000, []),
        ("人民币壹万元整（￥一万）", 1_000_000, ["figures_words_mismatch"]),
        ("人民币伍元零角伍分", 505, ["needless_zero"]),
        ("人民币伍角零分", 50, ["needless_zero"]),
        ("人民币零元伍分", 5, ["needless_zero"]),
        ("人民币元伍分", 5, ["needless_yuan"]),
        ("人民币壹拾零万伍仟元整", 10_500_000, ["needless_zero"]),
        ("人民币壹拾万零柒仟元零伍角叁分", 10_700_053, ["needless_zero"]),
        ("人民币伍元伍毛", 550, ["ordinary_numerals"]),
        ("人民币叁仟", 300_000, ["missing_yuan", "missing_zheng"]),
        (
            "人民币 拾万两仟元",
            10_200_000,
            ["gap_after_rmb", "liang", "missing_yi_before_shi", "missing_zheng"],
        ),
        ("人民币伍伍元整", None, ["unreadable"]),
        ("人民币万元整", None, ["unreadable"]),
        ("人民币壹佰仟元整", None, ["unreadable"]),
        ("人民币壹拾万亿元整", None, ["unreadable"]),
        ("人民币５０万元整", None, ["bad_char"]),
        ("美元壹万元整", None, ["bad_char"]),
        ("人民币   元整", None, ["gap_after_rmb", "blank"]),
        ("人民币□□元整", None, ["blank"]),
        ("", None, ["blank"]),
    ],
)
def test_every_fault_is_said_and_what_can_be_read_is_read(
    text: str, minor: int | None, faults: list[str]
) -> None:
    read = parse_words(text)

    assert list(read.faults) == faults
    assert read.amount == (None if minor is None else Money(minor))


def test_every_fault_can_be_found() -> None:
    texts = [row["text"] for row in rows("rmb_parse.csv")]
    texts += ["人民币伍角零分", "人民币元伍分", "人民币伍伍元整"]

    assert {fault for text in texts for fault in parse_words(text).faults} == set(Fault)


def test_many_zeros_are_read_without_delay() -> None:
    assert parse_words("零" * 20_000 + "万元整").faults == (Fault.UNREADABLE,)


def test_only_yuan_of_the_supported_size_have_words() -> None:
    with pytest.raises(NoWordsForCurrency, match=r"USD 1\.00"):
        words(Money(100, "USD"))
    with pytest.raises(ValueError):
        words(Money(-1))
    with pytest.raises(ValueError):
        words(Money(10**15))


@given(SUMS)
def test_every_sum_is_read_back_from_its_words(amount: Money) -> None:
    assert parse_words(words(amount)) == ParsedWords(amount)


@given(SUMS, SUMS)
def test_two_sums_never_share_their_words(one: Money, other: Money) -> None:
    assert (words(one) == words(other)) == (one == other)


def test_a_second_way_of_writing_agrees_on_twenty_thousand_sums() -> None:
    chance = random.Random(20261001)
    for _ in range(20_000):
        minor = _sum_with_many_zeros(chance)
        assert words(Money(minor)) == "人民币" + _by_sections(minor), minor


def _sum_with_many_zeros(chance: random.Random) -> int:
    length = chance.randint(1, 15)
    zeros = chance.choice([0.1, 0.5, 0.8])
    digits = (0 if chance.random() < zeros else chance.randint(1, 9) for _ in range(length))
    return int("".join(map(str, digits)))


def _by_sections(minor: int) -> str:
    """The second way: by recursion over halves of the number, not over its digits."""
    yuan, cents = divmod(minor, 100)
    if not minor:
        return "零元整"
    head = f"{_whole(yuan)}元" if yuan else ""
    tenths = f"{NUMERALS[cents // 10]}角" if cents >= 10 else ""
    hundredths = f"{NUMERALS[cents % 10]}分" if cents % 10 else ""
    gap = "零" if head and hundredths and not tenths else ""
    return head + tenths + gap + hundredths + ("" if cents else "整")


def _whole(number: int) -> str:
    for size, name in ((10**8, "亿"), (10**4, "万"), (1000, "仟"), (100, "佰"), (10, "拾")):
        if number >= size:
            left, right = divmod(number, size)
            # Between sections a 0 that ends the left may be passed over; a 0 that leads the
            # right, or four that make the left's last section, may not.
            gap = "零" if right and (right < size // 10 or left % 10**4 == 0) else ""
            return _whole(left) + name + gap + (_whole(right) if right else "")
    return NUMERALS[number]


NUMERALS = "零壹贰叁肆伍陆柒捌玖"
