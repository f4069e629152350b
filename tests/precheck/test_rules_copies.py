"""Originals: how many, and who keeps them."""

import pytest

from donflow.precheck.facts_copies import copies
from donflow.precheck.paper import from_text
from donflow.precheck.rules import copies as rules
from tests.precheck.money_drafts import THREE, TWO, draft, party, told

SPLITS = [
    ("本协议一式肆份，甲方执贰份，乙方执贰份，具有同等法律效力。", 4, {"甲方": 2, "乙方": 2}),
    ("本协议壹式肆份，双方各执贰份。", 4, {"甲方": 2, "乙方": 2}),
    ("本协议一式 4 份，甲乙双方各执 2 份。", 4, {"甲方": 2, "乙方": 2}),
    ("本协议一式４份，甲、乙双方各持２份。", 4, {"甲方": 2, "乙方": 2}),
    ("本协议一式肆（4）份，甲方持有壹（1）份，乙方持有叁（3）份。", 4, {"甲方": 1, "乙方": 3}),
    ("本协议一式四份，甲方二份、乙方二份。", 4, {"甲方": 2, "乙方": 2}),
    ("本协议一式五份，甲方执一份，其余由乙方留存。", 5, {"甲方": 1, "乙方": 4}),
    ("本协议正本四份，双方各执两份，具有同等法律效力。", 4, {"甲方": 2, "乙方": 2}),
    ("本协议一式四份，甲方保存贰份，乙方留存贰份，均具同等效力。", 4, {"甲方": 2, "乙方": 2}),
    ("本协议一式四份。甲乙双方各执两份。", 4, {"甲方": 2, "乙方": 2}),
    ("本协议一式四份，甲方一份，乙方三份（其中一份报财务处）。", 4, {"甲方": 1, "乙方": 3}),
    ("本协议一式四份，双方各执中、英文各一份。", 4, {"甲方": 2, "乙方": 2}),
    ("本协议一式四份，捐赠人与基金会各持两份。", 4, {"甲方": 2, "乙方": 2}),
    ("This Agreement is made in four originals, two for each party.", 4, {"甲方": 2, "乙方": 2}),
]


@pytest.mark.parametrize(("text", "total", "split"), SPLITS)
def test_copies_are_read(text: str, total: int, split: dict[str, int]) -> None:
    read = copies(from_text(text), TWO)
    assert read is not None
    assert (read.total, dict(read.split)) == (total, split)


@pytest.mark.parametrize(
    ("text", "split"),
    [
        ("本协议一式六份，三方各执贰份。", {"甲方": 2, "乙方": 2, "丙方": 2}),
        ("本协议一式陆份，甲、乙、丙三方各执贰份。", {"甲方": 2, "乙方": 2, "丙方": 2}),
        ("本协议一式六份，甲方执贰份，乙方、丙方各执贰份。", {"甲方": 2, "乙方": 2, "丙方": 2}),
        ("本协议一式六份，各方各执两份。", {"甲方": 2, "乙方": 2, "丙方": 2}),
    ],
)
def test_three_parties_share(text: str, split: dict[str, int]) -> None:
    read = copies(from_text(text), THREE)
    assert read is not None
    assert dict(read.split) == split


def test_other_labels_share() -> None:
    named = (party("donor", "捐赠人", "贺兰亭"), party("recipient", "受赠人", "云麓大学基金会"))
    for text in ("一式两份，双方各执一份。", "一式两份，捐赠人、受赠人各执一份。"):
        read = copies(from_text("本协议" + text), named)
        assert read is not None
        assert dict(read.split) == {"捐赠人": 1, "受赠人": 1}


@pytest.mark.parametrize(
    "text",
    [
        "本协议一式五份，甲方执二份，乙方执二份，自双方签署之日起生效。",
        "本协议一式四份，双方各执一份。",
        "本协议一式叁份，甲方执贰份，乙方执贰份。",
    ],
)
def test_shares_that_do_not_add_up_are_told(text: str) -> None:
    ((code, quote),) = told(rules.rule, draft(text))
    assert code == "copies_split_mismatch"
    assert quote in text


@pytest.mark.parametrize(
    "text",
    [text for text, _, _ in SPLITS]
    + ["本协议一式四份。", "一式五份，甲乙双方各执两份，其余一份报主管部门备案。"],
)
def test_shares_that_add_up_are_left_alone(text: str) -> None:
    assert told(rules.rule, draft(text)) == []


@pytest.mark.parametrize(
    "text", ["甲方提供营业执照复印件一份。", "捐赠证书一份。", "乙方向甲方颁发集体捐赠证书一份。"]
)
def test_a_paper_without_copies_is_told(text: str) -> None:
    assert told(rules.rule, draft(text)) == [("copies_missing", "")]
