"""What a returned file is judged to be, and the items that it becomes."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from donflow.agreements.differing import Difference
from donflow.agreements.remarks import NewRemark, RemarkKind
from donflow.agreements.returned import Twin, items_of, judge_return, told
from donflow.domain.masking import numbers_within
from donflow.precheck.paper import Paper
from donflow.word.reading import Change, Comment, Reading, read
from donflow.word.seeing.changes import ChangeKind
from tests.word.returned import build

SENT = (
    "捐赠协议书",
    "甲方：梁启舟",
    "第一条 捐赠财产",
    "甲方捐赠人民币伍万元整。",
    "第二条 捐赠用途",
    "用于设立奖学金，专款专用。",
)
ZHOU, QIAN = "周审核", "钱财务"
AT = "2026-03-12T09:30:00Z"


def reading(
    before: tuple[str, ...] = SENT,
    comments: tuple[Comment, ...] = (),
    changes: tuple[Change, ...] = (),
) -> Reading:
    return Reading(before, before, comments, changes, (), Paper(()))


def comment(
    no: int,
    text: str,
    *,
    clause: str = "第一条",
    parent: int | None = None,
    resolved: bool = False,
    author: str = ZHOU,
) -> Comment:
    return Comment(no, author, AT, text, "伍万元整", clause, resolved, parent)


def change(
    kind: str, text: str, *, clause: str = "第一条", author: str = ZHOU, joins: bool = False
) -> Change:
    return Change(ChangeKind(kind), author, AT, text, clause, joins)


REMARKED = reading(comments=(comment(0, "请核对"),))


@pytest.mark.parametrize(
    ("file", "names", "twin", "wrong", "untracked"),
    [
        pytest.param(REMARKED, ("梁启舟",), None, None, 0, id="what was sent"),
        pytest.param(reading(), (), None, None, 0, id="nothing in it"),
        pytest.param(
            reading(changes=(change("insertion", "拾"),)), (), None, None, 0, id="a change"
        ),
        pytest.param(
            reading((*SENT[:5], "用于设立助学金，专款专用。")),
            ("梁启舟",),
            None,
            None,
            1,
            id="tracking switched off",
        ),
        pytest.param(
            reading(("捐赠协议书", "甲方：苏见微", *SENT[2:])),
            ("梁启舟",),
            None,
            "“梁启舟” stands nowhere in it",
            1,
            id="another donor",
        ),
        pytest.param(
            reading(("捐赠协议书", "甲方：苏见微", *SENT[2:])),
            ("无此名",),
            None,
            None,
            1,
            id="a name that was not sent either",
        ),
        pytest.param(
            reading((*SENT[:3], "甲方捐赠人民币陆万元整。", *SENT[4:])),
            ("梁启舟",),
            Twin("G2026-0001", 1),
            "it is draft 1 of G2026-0001",
            0,
            id="an earlier draft",
        ),
        pytest.param(
            reading(("会议纪要", "一、讨论招生。", "梁启舟老师列席。")),
            ("梁启舟",),
            None,
            "it is another text altogether",
            0,
            id="another text",
        ),
    ],
)
def test_a_file_is_judged_by_its_words_with_every_change_taken_back(
    file: Reading,
    names: tuple[str, ...],
    twin: Twin | None,
    wrong: str | None,
    untracked: int,
) -> None:
    verdict = judge_return(SENT, file, names=names, twin=twin)
    assert (None if verdict.wrong is None else str(verdict.wrong)) == wrong
    assert len(verdict.untracked) == untracked
    assert bool(verdict.differences) is bool(wrong or untracked)


def test_no_twin_makes_the_file_that_was_sent_a_wrong_one() -> None:
    assert judge_return(SENT, reading(), twin=Twin("G2026-0009", 2)).wrong is None


def test_a_thread_stands_under_the_remark_that_began_it() -> None:
    comments = (
        comment(0, "请核对"),
        comment(1, "建议写明", clause="第二条"),
        comment(2, "已核", parent=0, author=QIAN),
        comment(3, "谢谢", parent=2),
    )
    told_ = [(item.text, item.parent, item.level) for item in items_of(reading(comments=comments))]
    assert told_ == [
        ("请核对", None, "must"),
        ("已核", 0, "must"),
        ("谢谢", 0, "must"),
        ("建议写明", None, "should"),
    ]


def test_what_the_office_wrote_into_the_file_it_sent_is_no_remark() -> None:
    own = (comment(0, "请核账号", author="林秘书"), comment(1, "请核户名", author="林秘书"))
    file = reading(comments=(*own, comment(2, "户名无误", parent=1), comment(3, "请改")))
    assert [(item.text, item.parent) for item in items_of(file, already=own)] == [
        ("请核户名", None),
        ("户名无误", 0),
        ("请改", None),
    ]
    assert items_of(reading(comments=own), already=own) == ()


def test_a_circle_of_answers_loses_no_remark() -> None:
    comments = (comment(0, "甲", parent=1), comment(1, "乙", parent=0))
    assert {item.text for item in items_of(reading(comments=comments))} == {"甲", "乙"}


def test_what_the_file_says_is_settled_needs_no_answer() -> None:
    comments = (comment(0, "已改", resolved=True), comment(1, "好", parent=0, resolved=True))
    first, answer = items_of(reading(comments=comments))
    assert first.settled
    assert not answer.settled


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ((change("insertion", "拾"),), [(None, "拾")]),
        ((change("deletion", "专款"),), [("专款", None)]),
        ((change("deletion", "五"), change("insertion", "六", joins=True)), [("五", "六")]),
        ((change("insertion", "六"), change("deletion", "五", joins=True)), [("五", "六")]),
        ((change("deletion", "五"), change("insertion", "六")), [("五", None), (None, "六")]),
        (
            (change("deletion", "五"), change("insertion", "六", joins=True, author=QIAN)),
            [("五", None), (None, "六")],
        ),
        (
            (
                change("deletion", "五"),
                change("insertion", "六", joins=True),
                change("deletion", "七", joins=True),
                change("insertion", "八", joins=True),
            ),
            [("五", "六"), ("七", "八")],
        ),
        ((change("move", "整句"),), [(None, "整句")]),
    ],
)
def test_what_one_hand_takes_out_and_puts_there_is_one_change(
    changes: tuple[Change, ...], expected: list[tuple[str | None, str | None]]
) -> None:
    items = items_of(reading(changes=changes))
    assert [(item.old_words, item.new_words) for item in items] == expected
    assert all((item.clause, item.author, item.at) == ("第一条", item.author, AT) for item in items)


def test_how_words_look_is_one_item_for_a_clause() -> None:
    changes = (
        change("formatting", "甲方"),
        change("formatting", "乙方"),
        change("formatting", "丙方", clause="第二条"),
    )
    items = items_of(reading(changes=changes))
    assert [(item.kind, item.level, item.anchor) for item in items] == [
        (RemarkKind.FORMATTING, "should", "甲方 … 乙方"),
        (RemarkKind.FORMATTING, "should", "丙方"),
    ]


def test_a_change_where_nobody_commented_is_marked() -> None:
    file = reading(
        comments=(comment(0, "请核对"),),
        changes=(change("insertion", "拾"), change("insertion", "全部", clause="第二条")),
    )
    items = items_of(file, [Difference("第三条", "三", "五")])
    assert [(item.clause, item.outside) for item in items] == [
        ("第一条", False),
        ("第一条", False),
        ("第二条", True),
        ("第三条", True),
    ]
    assert items[-1] == NewRemark(
        "",
        "must",
        "第三条",
        kind=RemarkKind.UNTRACKED,
        old_words="三",
        new_words="五",
        outside=True,
    )


@pytest.mark.parametrize(
    ("difference", "words"),
    [
        (Difference("第三条", "三", "五"), "第三条: “三” → “五”"),
        (Difference("第三条", "", "五"), "第三条: “五” put in"),
        (Difference("", "三", ""), "outside the clauses: “三” taken out"),
    ],
)
def test_a_difference_is_told_in_one_line(difference: Difference, words: str) -> None:
    assert str(told(difference)) == words


def test_long_numbers_stay_in_the_file() -> None:
    number, masked = "13900001234", "*******1234"
    file = reading(changes=(change("insertion", number), change("formatting", number)))
    items = items_of(file, [Difference("", number, "")])
    assert [item.new_words or item.old_words or item.anchor for item in items] == [masked] * 3
    assert masked in str(told(Difference("", number, "")))


def test_a_long_difference_is_told_short() -> None:
    assert len(str(told(replace(Difference("第三条", "", ""), new="甲" * 500)))) < 80


FIXTURES = sorted(build.HERE.glob("*.docx"))


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_no_remark_and_no_change_of_a_real_file_is_lost(path: Path) -> None:
    file = read(path.read_bytes())
    items = items_of(file)
    comments = [item for item in items if item.kind is RemarkKind.COMMENT]
    assert sorted(item.text for item in comments) == sorted(one.text for one in file.comments)
    for item in comments:
        assert item.parent is None or comments[item.parent].parent is None
    told_ = Counter(
        words
        for item in items
        for words in (item.old_words, item.new_words, *(item.anchor or "").split(" … "))
        if words and item.kind is not RemarkKind.COMMENT
    )
    assert told_ == Counter(numbers_within(one.text) for one in file.changes if one.text)
    verdict = judge_return(file.before, file)
    assert verdict.wrong is None


def test_a_file_that_is_nearer_to_another_draft_was_made_from_that_one() -> None:
    earlier = tuple(line.replace("伍万元", "叁万元") for line in SENT)
    file = reading(tuple(line.replace("专用", "专管") for line in earlier))
    others = [(Twin("G2026-0007", 1), ("会议纪要",)), (Twin("G2026-0001", 1), earlier)]
    verdict = judge_return(SENT, file, names=("梁启舟",), others=others)
    assert str(verdict.wrong) == "it was made from draft 1 of G2026-0001"
    assert (len(verdict.differences), verdict.untracked) == (2, ())


def test_a_change_without_a_mark_in_what_was_sent_makes_no_other_draft_of_it() -> None:
    earlier = tuple(line.replace("伍万元", "叁万元") for line in SENT)
    file = reading(tuple(line.replace("专用", "专管") for line in SENT))
    verdict = judge_return(
        SENT, file, others=[(Twin("G2026-0001", 1), earlier), (Twin("", 2), SENT)]
    )
    assert verdict.wrong is None
    assert len(verdict.untracked) == 1


def test_hidden_words_are_an_item_of_their_own() -> None:
    (item,) = items_of(reading(), hidden=["但每年一次，电话13900000001"])
    assert (item.kind, item.new_words, item.outside) == (
        RemarkKind.HIDDEN, "但每年一次，电话*******0001", False,
    )  # fmt: skip
