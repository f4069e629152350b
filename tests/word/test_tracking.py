"""Corrections become tracked changes of exactly those characters, and others' changes stay."""

import zipfile
from datetime import datetime, timedelta, timezone
from io import BytesIO

import pytest
from lxml import etree

from donflow.word.reading import read
from donflow.word.seeing.seen import View, lines, open_document
from donflow.word.settling import accept_all, reject_all
from donflow.word.tracking import CannotTrack, Edit, track_edits
from tests.word import markup_builder as markup
from tests.word.papers import numbered, numbering, p, paper, r, table

AT = datetime(2026, 9, 21, 10, 30, tzinfo=timezone(timedelta(hours=8)))
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
TAB = "<w:r><w:tab/></w:r>"


def seen(docx: bytes, view: View = View.AFTER) -> list[str]:
    return [line.text for line in lines(open_document(docx), view)]


def document(docx: bytes) -> etree._Element:
    return etree.fromstring(zipfile.ZipFile(BytesIO(docx)).read("word/document.xml"))


def tracked(docx: bytes, *edits: Edit, author: str = "林秘书") -> bytes:
    made = track_edits(docx, edits, author=author, at=AT)
    assert seen(reject_all(made)) == seen(reject_all(docx))
    assert seen(made) == seen(accept_all(made))
    ids = [one.get(f"{W}id") for one in document(made).iter(f"{W}ins", f"{W}del")]
    assert len(ids) == len(set(ids))
    return made


def by(docx: bytes, author: str) -> list[str]:
    return [
        etree.QName(one).localname + ":" + "".join(t.text for t in one.iter(f"{W}t", f"{W}delText"))
        for one in document(docx).iter(f"{W}ins", f"{W}del")
        if one.get(f"{W}author") == author
    ]


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (Edit(1, 2, 4, "受赠"), "甲方受赠五百元"),
        (Edit(1, 0, 0, "请"), "请甲方捐赠五百元"),
        (Edit(1, 7, 7, "整"), "甲方捐赠五百元整"),
        (Edit(1, 0, 7, ""), ""),
        (Edit(1, 1, 6, "乙"), "甲乙元"),
        (Edit(1, 4, 4, "人民币\t"), "甲方捐赠人民币\t五百元"),
    ],
)
@pytest.mark.parametrize(
    "runs", [("甲方捐赠五百元",), ("甲方捐", "赠五", "百元"), tuple("甲方捐赠五百元")]
)
def test_characters_are_replaced_wherever_runs_are_cut(edit, expected, runs):
    made = tracked(paper(p(*runs) + p("乙")), edit)

    assert seen(made) == [expected, "乙"]


def test_only_what_is_named_is_marked():
    made = tracked(paper(p("甲方捐赠五百元")), Edit(1, 4, 5, "六"))

    assert by(made, "林秘书") == ["del:五", "ins:六"]


def test_new_words_look_like_those_they_stand_for():
    made = tracked(paper(p("甲", r("乙", "<w:b/>"), "丙")), Edit(1, 1, 2, "丁"))

    assert document(made).find(f".//{W}ins/{W}r/{W}rPr/{W}b") is not None
    assert document(made).find(f".//{W}del/{W}r/{W}rPr/{W}b") is not None


def test_a_change_of_formatting_is_not_told_again_of_the_new_words():
    told = ('<w:b/><w:rPrChange w:id="9" w:author="周审核" w:date="2026-09-21T10:00:00Z"><w:rPr/>'
            "</w:rPrChange>")  # fmt: skip

    made = tracked(paper(p(r("甲方捐赠", told))), Edit(1, 2, 4, "受赠"))

    (run,) = document(made).findall(f".//{W}ins/{W}r")
    assert run.find(f"{W}rPr/{W}b") is not None
    assert run.find(f"{W}rPr/{W}rPrChange") is None


def test_many_edits_of_one_line_are_written_at_once():
    made = tracked(paper(p("壹贰叁", "肆伍陆")), Edit(1, 4, 6, ""), Edit(1, 0, 1, "1"),
                   Edit(1, 2, 4, "34"), Edit(1, 1, 1, "。"))  # fmt: skip

    assert seen(made) == ["1。贰34"]


def test_cells_are_edited_by_their_characters_even_empty_ones():
    made = tracked(paper(table(("期次", ""), ("一", "500")) + p()), Edit(1, 3, 3, "金额"),
                   Edit(2, 2, 5, "600"))  # fmt: skip

    assert seen(made)[:2] == ["期次\t金额", "一\t600"]


def test_an_empty_paragraph_takes_words():
    assert seen(tracked(paper(p() + p("乙")), Edit(1, 0, 0, "甲"))) == ["甲", "乙"]


def test_footnotes_and_headers_are_edited_too():
    old = paper(
        p("甲", '<w:r><w:footnoteReference w:id="1"/></w:r>'),
        footnotes=f'<w:footnote w:id="1">{p("注一")}</w:footnote>',
        header1=p("草稿"),
    )
    at = seen(old).index("注一") + 1, seen(old).index("草稿") + 1

    made = tracked(old, Edit(at[0], 1, 2, "二"), Edit(at[1], 0, 1, "定"))

    assert {"注二", "定稿"} <= set(seen(made))


def test_what_another_inserted_stays_theirs_when_part_of_it_is_deleted():
    first = tracked(paper(p("甲方付款")), Edit(1, 2, 2, "应当于月底"), author="周审核")
    made = tracked(first, Edit(1, 4, 7, "在年底"), author="钱财务")

    assert seen(made) == ["甲方应当在年底付款"]
    assert by(made, "钱财务") == ["del:于月底", "ins:在年底"]
    assert "".join(by(made, "周审核")).replace("ins:", "") == "应当于月底"
    nested = document(made).find(f".//{W}ins/{W}del")
    assert nested is not None
    assert document(made).find(f".//{W}ins/{W}ins") is None


def test_what_another_deleted_is_not_touched():
    first = tracked(paper(p("甲方应当付款")), Edit(1, 2, 4, ""), author="周审核")
    made = tracked(first, Edit(1, 1, 3, "丙"), author="钱财务")

    assert seen(made) == ["甲丙款"]
    assert by(made, "周审核") == ["del:应当"]


def test_an_automatic_number_is_refused():
    old = paper(numbered("付款"), numbering=numbering("第%1条"))

    with pytest.raises(CannotTrack) as caught:
        track_edits(old, [Edit(1, 1, 2, "二")], author="林", at=AT)

    assert "automatic" in str(caught.value)


def test_every_edit_that_cannot_be_written_is_told_at_once_and_none_is_written():
    old = paper(p("甲", TAB, "乙") + table(("一", "二")) + p())
    edits = [Edit(9, 0, 0, "x"), Edit(1, 0, 9, "x"), Edit(1, 0, 2, "x"), Edit(2, 0, 3, ""),
             Edit(1, 2, 3, "\n"), Edit(1, 0, 1, "a"), Edit(1, 0, 1, "b")]  # fmt: skip

    with pytest.raises(CannotTrack) as caught:
        track_edits(old, edits, author="林", at=AT)

    assert len(caught.value.details) == 6


def test_no_edit_leaves_every_part_as_it_was():
    old = paper(p("甲"))

    with zipfile.ZipFile(BytesIO(track_edits(old, [], author="林", at=AT))) as archive:
        assert archive.read("word/document.xml") == zipfile.ZipFile(BytesIO(old)).read(
            "word/document.xml"
        )


@pytest.mark.parametrize(
    "edit", [Edit(2, 1, 3, "两份"), Edit(2, 4, 4, "，"), Edit(2, 0, 2, "")], ids=str
)
def test_a_text_box_is_corrected_in_the_copy_for_older_programs_too(edit: Edit) -> None:
    made = tracked(markup.docx(markup.p("正文", markup.drawn_box(markup.p("一式", "六份")))), edit)

    settled = document(accept_all(made))
    shown, older = (
        "".join(word.text for one in settled.iter(MC + branch) for word in one.iter(f"{W}t"))
        for branch in ("Choice", "Fallback")
    )
    assert older == shown == seen(made)[1]
    assert not [one for one in read(made).warnings if "another" in str(one)]


def test_a_text_box_that_reads_otherwise_in_its_copy_is_left_there() -> None:
    box = markup.drawn_box(markup.p("一式六份"))
    other = box[: box.index("<mc:Fallback")] + box[box.index("<mc:Fallback") :].replace("六", "四")

    made = tracked(markup.docx(markup.p("正文", other)), Edit(2, 2, 3, "八"))

    assert seen(made)[1] == "一式八份"
    assert any("一式四份" in str(one) for one in read(made).warnings)
