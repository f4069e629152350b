"""Two texts side by side: what differs, in which clause, and what does not count."""

from __future__ import annotations

import pytest

from donflow.agreements.differing import Difference, differing, digest_of_words

TEXT = (
    "捐赠协议书",
    "甲方：深圳市恒源数智科技有限公司",
    "第一条 捐赠财产",
    "甲方捐赠人民币伍万元整（￥50,000.00）。",
    "第二条 捐赠用途",
    "用于设立____奖学金。",
    "附件一 使用计划",
    "每学年评选一次。",
)


def changed(line: int, text: str | None) -> tuple[str, ...]:
    return TEXT[:line] + (() if text is None else (text,)) + TEXT[line + 1 :]


@pytest.mark.parametrize(
    ("new", "difference"),
    [
        (changed(3, "甲方捐赠人民币伍拾万元整（￥50,000.00）。"), Difference("第一条", "", "拾")),
        (
            changed(3, "甲方捐赠人民币伍万元整（￥500,000.00）。"),
            Difference("第一条", "50,000.00", "500,000.00"),
        ),
        (changed(5, "用于设立____学金。"), Difference("第二条", "奖", "")),
        (changed(7, "每学年评选两次。"), Difference("附件一", "一", "两")),
        (changed(1, "甲方：梁启舟"), Difference("", "深圳市恒源数智科技有限公司", "梁启舟")),
        (changed(5, None), Difference("第二条", "用于设立____奖学金。", "")),
        ((*TEXT, "结余转入下学年。"), Difference("附件一", "", "结余转入下学年。")),
        (
            (*TEXT[:6], "第三条 其他", *TEXT[6:]),
            Difference("第三条", "", "第三条 其他"),
        ),
    ],
)
def test_a_difference_names_its_clause_and_both_words(
    new: tuple[str, ...], difference: Difference
) -> None:
    found = differing(TEXT, new)
    assert found.differences == (difference,)
    assert 0.5 < found.shared < 1
    assert digest_of_words(TEXT) != digest_of_words(new)


@pytest.mark.parametrize(
    "new",
    [
        TEXT,
        (*TEXT[:2], "", *TEXT[2:], " "),
        changed(2, "第一条　捐赠财产 "),
        (*TEXT, "第 1 页　共 6 页"),
        (*TEXT, "— 1 —"),
        changed(5, "用于设立__________奖学金。"),
    ],
)
def test_spaces_blank_lines_and_the_length_of_blanks_are_no_difference(
    new: tuple[str, ...],
) -> None:
    assert differing(TEXT, new).differences == ()
    assert differing(TEXT, new).shared == 1
    assert digest_of_words(TEXT) == digest_of_words(new)


def test_another_text_shares_few_words() -> None:
    other = ("会议纪要", "时间：周三上午", "地点：办公楼302", "一、讨论招生工作。", "二、其他。")
    assert differing(TEXT, other).shared < 0.3


def test_a_parted_line_is_told_as_one() -> None:
    new = (*TEXT[:5], "用于设立____", "奖学金。", *TEXT[6:])
    assert differing(TEXT, new).differences == (Difference("第二条", "", "¶"),)
