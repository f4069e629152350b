"""A clean copy has no tracked change left, and keeps every word that belongs to it."""

import zipfile
from io import BytesIO

import pytest
from lxml import etree

from donflow.word.seeing.package import NotAWordFile
from donflow.word.seeing.seen import View, lines, open_document
from donflow.word.settling import accept_all, has_tracked_changes, reject_all
from tests.word.papers import p, paper, r, table

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BY = 'w:id="1" w:author="周审核" w:date="2026-09-21T10:00:00Z"'


def ins(*inner: str) -> str:
    return f"<w:ins {BY}>{''.join(inner)}</w:ins>"


def gone(text: str) -> str:
    return f"<w:del {BY}><w:r><w:delText>{text}</w:delText></w:r></w:del>"


def mark(kind: str) -> str:
    return f"<w:rPr><w:{kind} {BY}/></w:rPr>"


def row(kind: str, text: str) -> str:
    return table((text,)).replace("<w:tr>", f"<w:tr><w:trPr><w:{kind} {BY}/></w:trPr>")


MOVED = (f'<w:moveFromRangeStart w:id="2" w:name="m"/><w:moveFrom {BY}>{r("句")}</w:moveFrom>'
         '<w:moveFromRangeEnd w:id="2"/>')  # fmt: skip
MOVED_TO = (f'<w:moveToRangeStart w:id="3" w:name="m"/><w:moveTo {BY}>{r("句")}</w:moveTo>'
            '<w:moveToRangeEnd w:id="3"/>')  # fmt: skip


@pytest.mark.parametrize(
    ("body", "accepted", "rejected"),
    [
        (p("甲", ins(r("新")), gone("旧"), "乙"), ["甲新乙"], ["甲旧乙"]),
        (p("甲", ins(r("新"), gone("去"))), ["甲新"], ["甲"]),
        (p("甲", properties=mark("del")) + p("乙"), ["甲乙"], ["甲", "乙"]),
        (p("甲", properties=mark("ins")) + p("乙"), ["甲", "乙"], ["甲乙"]),
        (p(gone("甲"), properties=mark("del")) + p("乙"), ["乙"], ["甲", "乙"]),
        (p("一", properties=mark("del")) + p("二", properties=mark("del")) + p("三"),
         ["一二三"], ["一", "二", "三"]),
        (p(gone("甲"), properties=mark("del")) + table(("表",)) + p(),
         ["表", ""], ["甲", "表", ""]),
        (p(MOVED, "在") + p("到", MOVED_TO), ["在", "到句"], ["句在", "到"]),
        (row("ins", "新") + p("乙"), ["新", "乙"], ["乙"]),
        (row("del", "旧") + p("乙"), ["乙"], ["旧", "乙"]),
        (p(f'<w:hyperlink w:anchor="a">{ins(r("链"))}</w:hyperlink>'), ["链"], [""]),
    ],
)  # fmt: skip
def test_accepting_and_rejecting_agree_with_the_two_views(body, accepted, rejected):
    docx = paper(body)

    for settled, expected, view in (
        (accept_all(docx), accepted, View.AFTER), (reject_all(docx), rejected, View.BEFORE)
    ):  # fmt: skip
        assert [line.text for line in lines(open_document(settled), View.AFTER)] == expected
        assert [line.text for line in lines(open_document(docx), view)] == expected
        assert not has_tracked_changes(settled)


@pytest.mark.parametrize(
    ("inner", "tag", "accepted", "rejected"),
    [
        (f'<w:r><w:rPr><w:b/><w:rPrChange {BY}><w:rPr><w:i/></w:rPr></w:rPrChange></w:rPr>'
         "<w:t>甲</w:t></w:r>", "rPr", ["b"], ["i"]),
        (f'<w:pPr><w:jc w:val="center"/><w:rPr><w:b/></w:rPr><w:pPrChange {BY}><w:pPr>'
         '<w:keepNext/></w:pPr></w:pPrChange></w:pPr><w:r><w:t>甲</w:t></w:r>',
         "pPr", ["jc", "rPr"], ["keepNext", "rPr"]),
    ],
)  # fmt: skip
def test_former_formatting_comes_back(inner, tag, accepted, rejected):
    docx = paper(f"<w:p>{inner}</w:p>")

    for settled, expected in ((accept_all(docx), accepted), (reject_all(docx), rejected)):
        root = etree.fromstring(zipfile.ZipFile(BytesIO(settled)).read("word/document.xml"))
        assert [etree.QName(one).localname for one in next(root.iter(f"{W}{tag}"))] == expected


def test_changes_in_headers_and_notes_are_settled_too():
    docx = paper(p("甲"), header1=p(ins(r("新")), gone("旧")))

    assert has_tracked_changes(docx)
    assert "新" in zipfile.ZipFile(BytesIO(accept_all(docx))).read("word/header1.xml").decode()
    assert "旧" in zipfile.ZipFile(BytesIO(reject_all(docx))).read("word/header1.xml").decode()


def test_a_header_is_known_by_what_names_it_not_by_its_file():
    old = paper(p("甲"), header1=p(ins(r("新")), gone("旧")))
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(old)) as source, zipfile.ZipFile(stream, "w") as target:
        for name in source.namelist():
            content = source.read(name).replace(b"header1.xml", b"top.xml")
            target.writestr(name.replace("header1.xml", "top.xml"), content)

    assert has_tracked_changes(stream.getvalue())
    settled = accept_all(stream.getvalue())
    assert not has_tracked_changes(settled)
    assert "旧" not in zipfile.ZipFile(BytesIO(settled)).read("word/top.xml").decode()


@pytest.mark.parametrize(
    ("inner", "left"),
    [
        (ins(r("甲")), []),
        (f"<w:sdt><w:sdtPr/><w:sdtContent>{ins(r('甲'))}</w:sdtContent></w:sdt>", []),
        (f"<w:sdt><w:sdtPr/><w:sdtContent>{r('甲')}</w:sdtContent></w:sdt>", ["甲"]),
        (r("甲"), ["甲"]),
        ("<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>", ["x"]),
    ],
)
def test_before_a_table_a_paragraph_without_its_mark_stays_while_it_has_words(inner, left):
    docx = paper(p(inner, properties=mark("ins")) + table(("表",)) + p())

    assert [line.text for line in lines(open_document(reject_all(docx)), View.AFTER)] == [
        *left, "表", ""
    ]  # fmt: skip


def test_a_note_goes_with_its_reference():
    reference = ins('<w:r><w:footnoteReference w:id="7"/></w:r>')
    docx = paper(p("甲", reference), footnotes=f'<w:footnote w:id="7">{p("注")}</w:footnote>')

    def notes(settled: bytes) -> str:
        return zipfile.ZipFile(BytesIO(settled)).read("word/footnotes.xml").decode()

    assert "注" in notes(accept_all(docx))
    assert "注" not in notes(reject_all(docx))


def test_a_clean_file_stays_as_it_is():
    docx = paper(p("甲"))

    assert not has_tracked_changes(docx)
    with zipfile.ZipFile(BytesIO(accept_all(docx))) as one, zipfile.ZipFile(BytesIO(docx)) as other:
        assert [one.read(name) for name in one.namelist()] == [
            other.read(name) for name in one.namelist()
        ]


def test_what_is_no_word_file_is_said_to_be_none():
    with pytest.raises(NotAWordFile):
        accept_all(b"not a zip")
