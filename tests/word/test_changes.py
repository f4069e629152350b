"""Tracked changes are told as a person would: who did what, and neighbouring ones as one."""

import pytest

from donflow.word.reading import read
from tests.word.markup_builder import (
    DAY,
    dele,
    docx,
    end,
    ins,
    moved_from,
    moved_to,
    p,
    r,
    run,
    start,
    state,
    table,
    tc,
    tr,
)

LIN, ZHOU = "林秘书", "周审核"
LATER = "2026-11-02T09:31:00Z"


def changes(*body: str, **parts: str) -> list[tuple[str, str, str]]:
    return [(one.kind.value, one.author, one.text) for one in read(docx(*body, **parts)).changes]


def reformatted(text: str, author: str = ZHOU, at: str = DAY) -> str:
    change = f'<w:rPrChange w:id="9" w:author="{author}" w:date="{at}"><w:rPr/></w:rPrChange>'
    return r(text, f"<w:b/>{change}")


def of_paragraph(author: str = ZHOU) -> str:
    return f'<w:jc w:val="center"/><w:pPrChange w:id="9" w:author="{author}"><w:pPr/></w:pPrChange>'


TOLD = {
    "an insertion": (p("甲", ins(ZHOU, "乙")), [("insertion", ZHOU, "乙")]),
    "a replacement is two": (p(dele(ZHOU, "伍"), ins(ZHOU, "陆")),
                             [("deletion", ZHOU, "伍"), ("insertion", ZHOU, "陆")]),
    "split at each change of script": (p(ins(ZHOU, "捐赠"), ins(ZHOU, "ABC"), ins(ZHOU, "项目")),
                                       [("insertion", ZHOU, "捐赠ABC项目")]),
    "seconds apart": (p(ins(ZHOU, "甲", at=DAY), ins(ZHOU, "乙", at="2026-11-02T09:30:59Z")),
                      [("insertion", ZHOU, "甲乙")]),
    "a minute apart": (p(ins(ZHOU, "甲"), ins(ZHOU, "乙", at=LATER)),
                       [("insertion", ZHOU, "甲"), ("insertion", ZHOU, "乙")]),
    "two hands": (p(ins(ZHOU, "甲"), ins(LIN, "乙")),
                  [("insertion", ZHOU, "甲"), ("insertion", LIN, "乙")]),
    "words between": (p(ins(ZHOU, "甲"), "乙", ins(ZHOU, "丙")),
                      [("insertion", ZHOU, "甲"), ("insertion", ZHOU, "丙")]),
    "across a tracked end": (
        p("始", ins(ZHOU, "甲"), mark=state("ins", ZHOU)) + p(ins(ZHOU, "乙"), "终"),
        [("insertion", ZHOU, "甲\n乙")]),
    "not across an end that stays": (p(ins(ZHOU, "甲")) + p(ins(ZHOU, "乙")),
                                     [("insertion", ZHOU, "甲"), ("insertion", ZHOU, "乙")]),
    "an end alone": (p("甲", mark=state("del", ZHOU)) + p("乙"), [("deletion", ZHOU, "¶")]),
    "a deletion inside an insertion": (p(ins(ZHOU, "伍", dele(LIN, "佰"), "万")),
                                       [("insertion", ZHOU, "伍佰万"), ("deletion", LIN, "佰")]),
    "all of an insertion taken out again": (
        p("甲", ins(ZHOU, dele(LIN, "乙")), "丙"),
        [("insertion", ZHOU, "乙"), ("deletion", LIN, "乙")]),
    "what one took out of their own insertion": (p(ins(ZHOU, "伍", dele(ZHOU, "佰"), "万")),
                                       [("insertion", ZHOU, "伍万"), ("deletion", ZHOU, "佰")]),
    "a deletion over old and inserted words": (
        p(dele(LIN, "甲"), ins(ZHOU, dele(LIN, "乙")), dele(LIN, "丙")),
        [("deletion", LIN, "甲乙丙"), ("insertion", ZHOU, "乙")]),
    "a row": (table(tr("甲"), tr("乙", "丙", properties=state("ins", ZHOU))),
              [("insertion", ZHOU, "乙\t丙")]),
    "a row with its words": (
        table(tr("甲"), tr(tc(p(ins(ZHOU, "乙"), mark=state("ins", ZHOU))),
                          tc(p(ins(ZHOU, "丙"))), properties=state("ins", ZHOU))),
        [("insertion", ZHOU, "乙\t丙")]),
    "two rows": (table(tr("甲", properties=state("del", ZHOU)),
                       tr("乙", properties=state("del", ZHOU))), [("deletion", ZHOU, "甲\n乙")]),
    "a cell": (table(tr("甲", tc("乙", properties=state("cellDel", ZHOU)))),
               [("deletion", ZHOU, "乙")]),
    "a move is one": (p(moved_from(ZHOU, "m1", "甲"), "乙", moved_to(ZHOU, "m1", "甲")),
                      [("move", ZHOU, "甲")]),
    "two moves of the same words": (
        p(moved_from(ZHOU, "m1", "甲", id_=11), moved_from(ZHOU, "m2", "甲", id_=12), "乙",
          moved_to(ZHOU, "m2", "甲", id_=13), "丙", moved_to(ZHOU, "m1", "甲", id_=14)),
        [("move", ZHOU, "甲"), ("move", ZHOU, "甲")]),
    "a move without names": (
        p(f'<w:moveFrom w:id="1" w:author="{ZHOU}">{r("甲")}</w:moveFrom>', "乙",
          f'<w:moveTo w:id="2" w:author="{ZHOU}">{r("甲")}</w:moveTo>'), [("move", ZHOU, "甲")]),
    "a paragraph moved": (
        p(moved_from(ZHOU, "m", "甲"), mark=state("moveFrom", ZHOU)) + p("乙")
        + p(moved_to(ZHOU, "m", "甲"), mark=state("moveTo", ZHOU)) + p("丙"),
        [("move", ZHOU, "甲")]),
    "formatting of words": (p("甲", reformatted("乙"), reformatted("丙"), "丁"),
                            [("formatting", ZHOU, "乙丙")]),
    "formatting of a paragraph": (p("甲乙", properties=of_paragraph()),
                                  [("formatting", ZHOU, "甲乙")]),
    "formatting of an end": (
        p("甲", mark=f'<w:rPrChange w:id="9" w:author="{ZHOU}"><w:rPr/></w:rPrChange>'),
        [("formatting", ZHOU, "甲")]),
    "formatting of a table": (
        '<w:tbl><w:tblPr><w:tblPrChange w:id="9" w:author="周审核"><w:tblPr/></w:tblPrChange>'
        f"</w:tblPr>{tr('甲', '乙')}</w:tbl>", [("formatting", ZHOU, "甲\t乙")]),
    "an old number": (
        p("甲", properties='<w:numPr><w:numId w:val="1"/><w:numberingChange w:id="9" '
          'w:author="周审核" w:original="%1:1:0:."/></w:numPr>'), [("formatting", ZHOU, "甲")]),
    "a content control": (p(ins(ZHOU, f"<w:sdt><w:sdtContent>{r('甲')}</w:sdtContent></w:sdt>")),
                          [("insertion", ZHOU, "甲")]),
    "mathematics": (p(f'<w:ins w:id="1" w:author="{ZHOU}"><m:oMath><m:r><m:t>x</m:t></m:r>'
                      "</m:oMath></w:ins>"), [("insertion", ZHOU, "x")]),
    "a picture": (p("甲", ins(ZHOU, run("<w:drawing/>"))), [("insertion", ZHOU, "")]),
    "a comment between does not part": (p(ins(ZHOU, "甲"), start(0), ins(ZHOU, "乙"), end(0)),
                                        [("insertion", ZHOU, "甲乙")]),
    "a tab and a box": (p(dele(ZHOU, run("<w:tab/>"), run('<w:sym w:font="Wingdings"'
                                                          ' w:char="F0FE"/>'))),
                        [("deletion", ZHOU, "\t☑")]),
    "nothing": (p("甲"), []),
}  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), TOLD.values(), ids=TOLD)
def test_a_change_is_told_as_a_person_would(body, expected):
    assert changes(body) == expected


def test_a_change_of_the_page_has_no_words():
    section = f'<w:sectPrChange w:id="9" w:author="{ZHOU}"><w:sectPr/></w:sectPrChange>'

    assert changes(p("甲"), section=section) == [("formatting", ZHOU, "")]


def test_a_note_whose_reference_is_inserted_is_inserted():
    note = f'<w:footnote w:id="1">{p("注")}</w:footnote>'

    told = changes(p("甲", ins(ZHOU, run('<w:footnoteReference w:id="1"/>'))), footnotes=note)

    assert told == [("insertion", ZHOU, ""), ("insertion", ZHOU, "注")]


def test_a_change_tells_its_clause_and_time_as_written():
    reading = read(
        docx(
            p("捐赠协议书"),
            p("第一条　金额"),
            p("伍", ins(ZHOU, "佰"), "万元"),
            p("第二条　用途"),
            p(dele(LIN, "奖学金", at="2026-11-03T10:00:00"), "助学金"),
        )
    )

    assert [(one.clause, one.at) for one in reading.changes] == [
        ("第一条", DAY),
        ("第二条", "2026-11-03T10:00:00"),
    ]


def test_libreoffice_begins_the_range_of_a_move_inside_of_its_words():
    """As LibreOffice 7 writes two moves of the same words."""

    def half(kind: str, id_: int, name: str, ended: int | None) -> str:
        begun = f'<w:{kind}RangeStart w:id="{id_}" w:author="{ZHOU}" w:name="{name}"/>'
        closed = "" if ended is None else f'<w:{kind}RangeEnd w:id="{ended}"/>'
        return f'<w:{kind} w:id="{id_}" w:author="{ZHOU}">{begun}{closed}{r("甲")}</w:{kind}>'

    body = p(
        half("moveFrom", 0, "m1", None),
        half("moveFrom", 1, "m2", 0),
        '<w:moveFromRangeEnd w:id="1"/>',
        "乙",
        half("moveTo", 2, "m2", None),
        '<w:moveToRangeEnd w:id="2"/>',
        "丙",
        half("moveTo", 3, "m1", None),
        '<w:moveToRangeEnd w:id="3"/>',
    )

    assert changes(body) == [("move", ZHOU, "甲"), ("move", ZHOU, "甲")]


def test_changes_come_in_the_order_of_the_text():
    body = p(
        reformatted("甲"),
        moved_to(ZHOU, "m", "乙"),
        dele(LIN, "丙"),
        moved_from(ZHOU, "m", "乙"),
        ins(LIN, "丁"),
    )

    assert changes(body) == [
        ("formatting", ZHOU, "甲"),
        ("move", ZHOU, "乙"),
        ("deletion", LIN, "丙"),
        ("insertion", LIN, "丁"),
    ]


@pytest.mark.parametrize(
    ("between", "joins"),
    [((), [False, True]), (("，",), [False, False]), ((r(""),), [False, True])],
)
def test_what_stands_right_behind_another_change_joins_it(between, joins):
    made = docx(p("捐赠", dele("周审核", "伍"), *between, ins("周审核", "陆"), "万元"))
    assert [change.joins for change in read(made).changes] == joins
