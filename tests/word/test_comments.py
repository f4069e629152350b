"""Every comment is read with its words, its clause, its thread and its state."""

import pytest

from donflow.word.reading import Comment, read
from tests.word.markup_builder import (
    comment,
    dele,
    docx,
    drawn_box,
    end,
    extended,
    ins,
    lvl,
    numbering,
    p,
    r,
    reference,
    run,
    start,
    state,
    table,
    tc,
    tr,
)

LIN, ZHOU, QIAN = "林秘书", "周审核", "钱财务"


def comments(*body: str, **parts: str) -> tuple[Comment, ...]:
    return read(docx(*body, **parts)).comments


ONE = comment(0, ZHOU, "请核对")
ANCHORS = {
    "in one run": (p("捐赠", start(0), "伍拾万元", end(0), "。"), "伍拾万元"),
    "across runs": (p(start(0), r("伍拾", "<w:b/>"), r("万元"), end(0)), "伍拾万元"),
    "across paragraphs": (p("甲", start(0), "乙") + p("丙", end(0), "丁"), "乙\n丙"),
    "between paragraphs": (start(0) + p("甲") + '<w:commentRangeEnd w:id="0"/>' + p(reference(0)),
                           "甲"),
    "in a cell": (table(tr("甲", tc(p(start(0), "乙", end(0))))), "乙"),
    "across cells": (table(tr(tc(p(start(0), "甲")), tc(p("乙", end(0))))), "甲\t乙"),
    "across rows": (table(tr(tc(p(start(0), "甲")), "乙"), tr("丙", tc(p("丁", end(0))))),
                    "甲\t乙\n丙\t丁"),
    "in a text box": (p("外", drawn_box(p(start(0), "框内", end(0)))), "框内"),
    "on inserted words": (p(start(0), "伍", ins(ZHOU, "佰"), "万", end(0)), "伍佰万"),
    "on words some of which are deleted": (p(start(0), "伍", dele(ZHOU, "佰"), "万", end(0)),
                                           "伍万"),
    "on deleted words only": (p("甲", start(0), dele(ZHOU, "乙"), end(0)), "乙"),
    "on words in neither text": (p("甲", start(0), ins(ZHOU, dele(LIN, "乙")), end(0)), "乙"),
    "across a deleted end": (p(start(0), "甲", mark=state("del", ZHOU)) + p("乙", end(0)), "甲乙"),
    "on a point": (p("甲", reference(0), "乙"), ""),
    "a range that never ends": (p("甲", start(0), "乙", reference(0)) + p("丙"), ""),
    "within an insertion": (p("甲", ins(ZHOU, start(0), "乙", end(0))), "乙"),
    "within a link": (p(f"<w:hyperlink>{start(0)}{r('乙')}{end(0)}</w:hyperlink>"), "乙"),
    "on nothing at all": (p("甲"), ""),
}  # fmt: skip


@pytest.mark.parametrize(("body", "anchor"), ANCHORS.values(), ids=ANCHORS)
def test_the_words_that_a_comment_hangs_on(body, anchor):
    (found,) = comments(body, comments=ONE)

    assert (found.anchor, found.text, found.author) == (anchor, "请核对", ZHOU)
    assert (found.at, found.resolved, found.parent) == ("2026-11-02T09:30:00Z", False, None)


def test_a_comment_in_a_footnote_belongs_to_the_clause_that_refers_to_it():
    note = f'<w:footnote w:id="1">{p("注：", start(0), "以到账为准", end(0))}</w:footnote>'

    (found,) = comments(
        p("第一条　捐赠财产"),
        p("第二条　付款"),
        p("甲方付款", run('<w:footnoteReference w:id="1"/>')),
        p("第三条　用途"),
        comments=ONE,
        footnotes=note,
    )

    assert (found.anchor, found.clause) == ("以到账为准", "第二条")


def test_the_clause_is_that_of_the_automatic_number():
    body = [p(text, num=(1, 0)) for text in ("捐赠财产", "付款")]
    body.insert(2, p("应于", start(0), "年底前", end(0), "付清"))

    (found,) = comments(
        p("捐赠协议书"),
        *body,
        comments=ONE,
        numbering=numbering(lvl(0, "chineseCounting", "%1、")),
    )

    assert found.clause == "二"


def test_the_clause_of_deleted_words_is_the_one_they_stood_in():
    gone = dele(LIN, "第二条　管理费")

    (found,) = comments(
        p("第一条　甲"),
        p(start(0), gone, end(0), mark=state("del", LIN)),
        p("第", dele(LIN, "三"), ins(LIN, "二"), "条　乙"),
        p("第", dele(LIN, "四"), ins(LIN, "三"), "条　丙"),
        comments=ONE,
    )

    assert (found.anchor, found.clause) == ("第二条　管理费", "第二条")


def test_a_comment_before_the_first_clause_and_one_in_a_header_have_none():
    found = comments(
        p(start(0), "捐赠协议书", end(0)), p("第一条　甲"), p("第二条　乙"), comments=ONE
    )

    assert [one.clause for one in found] == [""]


THREAD = (
    comment(0, ZHOU, "金额有误", "应为伍佰万元", ids=("0A000001", "0A000002"))
    + comment(1, LIN, "已改", ids=("0B000001",))
    + comment(2, QIAN, "同意", ids=("0C000001",))
    + comment(3, ZHOU, "另一处", ids=("0D000001",))
)
THREADED = p(
    start(0), start(1), start(2), "伍拾万元", end(0), end(1), end(2), start(3), "整", end(3)
)


def test_a_thread_is_joined_by_the_last_paragraph_of_each_comment():
    found = comments(
        THREADED,
        comments=THREAD,
        commentsExtended=(
            extended("0A000002", done=True)
            + extended("0B000001", "0A000002")
            + extended("0C000001", "0A000002")
            + extended("0D000001")
        ),
    )

    assert [(one.id, one.parent, one.resolved) for one in found] == [
        (0, None, True),
        (1, 0, True),
        (2, 0, True),
        (3, None, False),
    ]
    assert found[0].text == "金额有误\n应为伍佰万元"
    assert [one.anchor for one in found] == ["伍拾万元", "伍拾万元", "伍拾万元", "整"]


def test_a_state_that_is_on_the_first_paragraph_is_taken_too():
    found = comments(THREADED, comments=THREAD, commentsExtended=extended("0a000001", done=True))

    assert [one.resolved for one in found] == [True, False, False, False]


def test_without_the_extended_part_everything_is_open_and_stands_alone():
    found = comments(THREADED, comments=THREAD)

    assert [(one.parent, one.resolved) for one in found] == [(None, False)] * 4


def test_an_answer_without_a_range_hangs_on_the_words_of_the_first():
    found = comments(
        p(start(0), "伍拾万元", end(0), reference(1)),
        comments=comment(0, ZHOU, "问", ids=("0A000001",))
        + comment(1, LIN, "答", ids=("0B000001",)),
        commentsExtended=extended("0A000001") + extended("0B000001", "0A000001"),
    )

    assert [one.anchor for one in found] == ["伍拾万元", "伍拾万元"]


def test_two_that_answer_each_other_are_no_thread_without_end():
    found = comments(
        p(start(0), "甲", end(0), start(1), "乙", end(1)),
        comments=comment(0, ZHOU, "问", ids=("0A000001",))
        + comment(1, LIN, "答", ids=("0B000001",)),
        commentsExtended=extended("0A000001", "0B000001") + extended("0B000001", "0A000001"),
    )

    assert len(found) == 2


def test_comments_come_in_the_order_of_the_text():
    found = comments(
        p(start(7), "甲", end(7)),
        p(start(2), "乙", end(2)),
        comments=comment(2, ZHOU, "后") + comment(7, LIN, "先"),
    )

    assert [one.text for one in found] == ["先", "后"]


def test_comments_at_one_place_keep_the_order_of_their_part():
    """LibreOffice writes the ranges of a thread the other way round."""
    found = comments(
        p(start(0), start(1), start(2), "甲", end(2), end(1), end(0)),
        comments=comment(2, ZHOU, "先") + comment(1, LIN, "中") + comment(0, QIAN, "后"),
    )

    assert [one.text for one in found] == ["先", "中", "后"]


def test_a_state_without_a_parent_makes_no_thread_with_a_comment_that_has_no_id():
    found = comments(
        p(start(0), "甲", end(0), start(1), "乙", end(1)),
        comments=comment(0, ZHOU, "无号") + comment(1, LIN, "有号", ids=("0B000001",)),
        commentsExtended=extended("0B000001", done=True),
    )

    assert [(one.parent, one.resolved) for one in found] == [(None, False), (None, True)]
