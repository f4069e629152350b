"""The difference of two wordings is exact: without one side's pieces the other side is whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from donflow.precheck.difference import Change, difference, marked

WORDS = st.text(alphabet="甲乙方应于10日内支付，。 abc", max_size=40)


@given(WORDS, WORDS)
def test_the_pieces_give_either_wording_back(old: str, new: str) -> None:
    pieces = difference(old, new)
    assert "".join(p.text for p in pieces if p.change is not Change.NEW) == old
    assert "".join(p.text for p in pieces if p.change is not Change.GONE) == new


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("甲方应付款。", "甲方应付款。", "甲方应付款。"),
        ("收到后10日内", "收到后15日内", "收到后〔-10-〕〔+15+〕日内"),
        ("每年500,000.00元", "每年600,000.00元", "每年〔-500,000.00-〕〔+600,000.00+〕元"),
        ("甲方付款", "甲方应当付款", "甲方〔+应当+〕付款"),
        ("甲方应当付款", "甲方付款", "甲方〔-应当-〕付款"),
    ],
)
def test_a_difference_is_told_in_whole_words(old: str, new: str, told: str) -> None:
    assert marked(difference(old, new)) == told


def test_what_stays_is_shortened_to_the_words_beside_a_change() -> None:
    long = "因履行本协议发生的一切争议由双方本着友好合作的精神协商解决"
    told = marked(difference(f"{long}。法院。", f"{long}。仲裁。"), around=4)
    assert told == "…商解决。〔-法院-〕〔+仲裁+〕。"
