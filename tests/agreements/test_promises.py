"""Whether a new draft holds what was accepted, and changes nothing that nobody asked for."""

from __future__ import annotations

import pytest

from donflow.agreements.differing import Difference
from donflow.agreements.models import Remark
from donflow.agreements.promises import kept, unasked, untouched

SENT = (
    "捐赠协议书",
    "甲方：梁启舟",
    "第一条 捐赠财产",
    "甲方捐赠人民币伍万元整，于五月底前交付。",
    "第二条 捐赠用途",
    "用于设立奖学金，专款专用，专款专管。",
)


def remark(
    old: str | None,
    new: str | None,
    *,
    clause: str = "第一条",
    answer: str | None = "accepted",
    kind: str = "change",
) -> Remark:
    return Remark(kind=kind, clause=clause, old_words=old, new_words=new, answer=answer, text="")


def draft(old: str, new: str) -> tuple[str, ...]:
    assert any(old in line for line in SENT)
    return tuple(line.replace(old, new) for line in SENT)


@pytest.mark.parametrize(
    ("accepted", "newest", "held"),
    [
        (remark("伍万元", "陆万元"), draft("伍万元", "陆万元"), True),
        (remark("伍万元", "陆万元"), SENT, False),
        (remark("伍万元", "陆万元"), draft("五月底", "六月底"), False),
        (remark(None, "拾"), draft("伍万", "伍拾万"), True),
        (remark(None, "万"), SENT, False),
        (remark(None, "万"), draft("伍万元", "伍万万元"), True),
        (remark("，专款专管", None, clause="第二条"), draft("，专款专管", ""), True),
        (remark("专款", None, clause="第二条"), draft("，专款专管", ""), True),
        (remark("专款", None, clause="第二条"), SENT, False),
        (remark("伍万元", "陆 万元"), draft("伍万元", "陆万 元"), True),
        (remark("梁启舟", "苏见微", clause=""), draft("梁启舟", "苏见微"), True),
        (remark("伍万元", "陆万元", clause="第九条"), draft("伍万元", "陆万元"), True),
        (remark("伍万元", "陆万元"), draft("第一条", "第三条"), False),
        (remark("伍万元", "陆万元", kind="untracked"), SENT, False),
        (
            remark(None, "电话*******0001"),
            draft("交付", "交付，电话13900000001"),
            True,
        ),
        (remark("伍万元", "陆万元", answer="declined"), SENT, None),
        (remark("伍万元", "陆万元", answer=None), SENT, None),
        (remark(None, None, kind="comment"), SENT, None),
        (remark(None, "整句", kind="move"), SENT, None),
        (remark(None, "¶"), SENT, None),
    ],
)
def test_what_was_accepted_is_looked_for_in_its_clause(
    accepted: Remark, newest: tuple[str, ...], held: bool | None
) -> None:
    assert kept(accepted, SENT, newest) is held


@pytest.mark.parametrize(
    ("labels", "clauses"),
    [
        ((), ["第一条", "附件二", ""]),
        (("第一条",), ["附件二", ""]),
        (("第一条第二款", "附件二", None), []),
        (("第十一条",), ["第一条", "附件二", ""]),
        (("附件二（二）",), ["第一条", ""]),
        (("附件二", "第 一 条"), [""]),
    ],
)
def test_a_change_without_a_remark_on_its_clause_is_found(
    labels: tuple[str | None, ...], clauses: list[str]
) -> None:
    differences = [Difference(clause, "旧", "新") for clause in ("第一条", "附件二", "", "第一条")]
    remarks = [Remark(clause=label, text="") for label in labels]
    found = unasked(differences, remarks)
    assert list(found) == clauses
    assert len(found.get("第一条", ())) in (0, 2)


@pytest.mark.parametrize(
    ("label", "clause", "speaks"),
    [
        ("十一", "十", False),
        ("12", "1", False),
        ("1.2", "1", True),
        ("十（二）", "十", True),
        ("十", "十", True),
        ("十", "十一", False),
        ("", "十", False),
        ("十", "", False),
    ],
)
def test_a_label_is_not_taken_for_one_that_it_begins_with(
    label: str, clause: str, speaks: bool
) -> None:
    found = unasked([Difference(clause, "旧", "新")], [Remark(clause=label, text="")])
    assert (not found) is speaks


def test_what_was_accepted_is_found_under_the_label_that_the_clause_has_now() -> None:
    moved = (
        *SENT[:2],
        "第一条 定义",
        "本协议所称年度，指日历年度。",
        "第二条 捐赠财产",
        "甲方捐赠人民币陆万元整，于五月底前交付。",
        "第三条 捐赠用途",
        SENT[5],
    )
    assert kept(remark("伍万元", "陆万元"), SENT, moved) is True
    undone = tuple(line.replace("陆万元", "伍万元") for line in moved)
    assert kept(remark("伍万元", "陆万元"), SENT, undone) is False


def test_two_numbers_that_are_the_same_when_masked_tell_nothing() -> None:
    assert kept(remark("*******0001", "*******0001"), SENT, SENT) is None


@pytest.mark.parametrize(
    ("accepted", "newest", "found"),
    [
        ({}, SENT, True),
        ({}, draft("五月底", "六月底"), False),
        ({}, draft("专款专管", "专户管理"), True),
        ({"answer": "changed"}, SENT, False),
        ({"level": "should"}, SENT, False),
        ({"kind": "change"}, SENT, False),
        ({"parent_no": 1}, SENT, False),
        ({"clause": None}, SENT, False),
    ],
)
def test_a_remark_that_was_accepted_and_changed_nothing_in_its_clause_is_found(
    accepted: dict[str, object], newest: tuple[str, ...], found: bool
) -> None:
    row = {"kind": "comment", "clause": "第一条", "answer": "accepted", "level": "must"}
    spoken = Remark(**{**row, **accepted}, text="请写明交付日期")
    assert untouched(spoken, SENT, newest) is found
