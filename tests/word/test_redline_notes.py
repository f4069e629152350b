"""What a redline cannot show is said: styles, page layout, headers that only one file has."""

from datetime import datetime, timedelta, timezone

import pytest

from donflow.word.redline import compare
from donflow.word.settling import reject_all
from tests.word.papers import numbering, p, paper, r
from tests.word.test_redline import field, seen

AT = datetime(2026, 9, 21, 10, 30, tzinfo=timezone(timedelta(hours=8)))
STYLED = p("付款", properties='<w:pStyle w:val="L"/>')
CLAUSES = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'


def clause_style(inner: str) -> str:
    return f'<w:style w:type="paragraph" w:styleId="L"><w:name w:val="条款"/>{inner}</w:style>'


@pytest.mark.parametrize(
    ("inner", "pattern", "told"),
    [
        (CLAUSES, "第%1条", []),
        ("", "第%1条", ["style 条款", "Rejected"]),
        (CLAUSES, "%1、", ["style 条款", "Rejected"]),
        (CLAUSES + "<w:rPr><w:vanish/></w:rPr>", "第%1条", ["style 条款", "Rejected"]),
        (CLAUSES + '<w:rPr><w:lang w:val="zh-CN"/></w:rPr>', "第%1条", []),
    ],
)
def test_a_style_in_use_that_is_not_the_same_is_said(inner, pattern, told):
    old = paper(STYLED, styles=clause_style(CLAUSES), numbering=numbering("第%1条"))
    new = paper(STYLED, styles=clause_style(inner), numbering=numbering(pattern))

    notes = [str(note) for note in compare(old, new, author="林", at=AT).notes]

    assert len(notes) == len(told)
    assert all(part in note for part, note in zip(told, notes, strict=True))


def test_a_style_that_no_word_has_is_not_said():
    old = paper(p("甲"), styles=clause_style(CLAUSES), numbering=numbering("第%1条"))

    assert compare(old, paper(p("甲"), styles=clause_style("")), author="林", at=AT).notes == ()


def test_a_list_of_a_style_by_another_id_is_the_same_list():
    old = paper(STYLED, styles=clause_style(CLAUSES), numbering=numbering("第%1条"))
    other = clause_style(CLAUSES.replace('"1"', '"2"'))
    new = paper(STYLED, styles=other, numbering=numbering("%1)", "第%1条"))

    assert compare(old, new, author="林", at=AT).notes == ()


def test_plain_words_that_look_otherwise_are_said():
    def defaults(size: int) -> str:
        return (f'<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="{size}"/></w:rPr></w:rPrDefault>'
                "</w:docDefaults>")  # fmt: skip

    old, new = (paper(p("甲"), styles=defaults(size)) for size in (21, 24))

    assert compare(old, old, author="林", at=AT).notes == ()
    assert ["plain words" in str(note) for note in compare(old, new, author="林", at=AT).notes] == [
        True
    ]


@pytest.mark.parametrize("simple", [True, False])
def test_a_deleted_cross_reference_whose_place_is_lost_is_said(simple):
    place = '<w:bookmarkStart w:id="7" w:name="_Ref1"/>' + r("第二条") + '<w:bookmarkEnd w:id="7"/>'
    pointer = (f'<w:fldSimple w:instr=" REF _Ref1 ">{r("第二条")}</w:fldSimple>'
               if simple else field("REF _Ref1 \\h", "第二条"))  # fmt: skip
    old = paper(p("首") + p(place, "交付") + p("见", pointer, "。") + p("尾"))

    lost = compare(old, paper(p("首") + p("尾")), author="林", at=AT).notes
    there = compare(old, paper(p("首") + p(place, "交付") + p("尾")), author="林", at=AT).notes

    assert ["_Ref1" in str(note) for note in lost] == [True]
    assert there == ()


def test_another_page_layout_is_said():
    old = paper(p("甲"))
    turned = paper(p("甲") + p(properties='<w:sectPr><w:pgSz w:w="16838" w:h="11906"/></w:sectPr>'))

    assert compare(old, old, author="林", at=AT).notes == ()
    assert ["layout" in str(one) for one in compare(old, turned, author="林", at=AT).notes] == [
        True
    ]


def test_a_header_that_only_one_file_has_is_shown_or_said():
    shown = compare(paper(p("甲")), paper(p("甲"), header1=p("机密")), author="林", at=AT)
    said = compare(paper(p("甲"), header1=p("机密")), paper(p("甲")), author="林", at=AT)

    assert "机密" not in "".join(seen(reject_all(shown.docx)))
    assert ["header" in str(note) for note in said.notes] == [True, False]
    assert ["Rejected" in str(note) for note in said.notes] == [False, True]
    assert ["Rejected" in str(note) for note in shown.notes] == [True]  # its empty line stays
