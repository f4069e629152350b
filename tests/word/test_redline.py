# ruff: noqa: E501 - a pair stays on its line
"""A redline says both versions: accepted it reads as the new one, rejected as the old."""

import re
import zipfile
from datetime import datetime, timedelta, timezone
from io import BytesIO

import pytest
from lxml import etree

from donflow.word.redline import compare
from donflow.word.seeing.seen import View, lines, open_document
from donflow.word.settling import accept_all, has_tracked_changes, reject_all
from tests.word.papers import numbered, numbering, p, paper, r, table

AT = datetime(2026, 9, 21, 10, 30, tzinfo=timezone(timedelta(hours=8)))
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TAB, BREAK = "<w:r><w:tab/></w:r>", "<w:r><w:br/></w:r>"
BOLD = "<w:b/>"
CLAUSE = "第一条 甲方自愿向乙方捐赠人民币伍拾万元整。"


def field(code: str, shown: str) -> str:
    def char(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    return f'{char("begin")}<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>' \
        f'{char("separate")}{r(shown)}{char("end")}'  # fmt: skip


def sdt(inner: str) -> str:
    return (
        f'<w:sdt><w:sdtPr><w:tag w:val="x"/></w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>'
    )


def tick_box(ticked: bool) -> str:
    return (f'<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="{int(ticked)}"/></w14:checkbox></w:sdtPr>'
            f'<w:sdtContent>{r("☒" if ticked else "☐")}</w:sdtContent></w:sdt>')  # fmt: skip


def seen(docx: bytes, view: View = View.AFTER) -> list[str]:
    return [line.text for line in lines(open_document(docx), view)]


def document(docx: bytes) -> etree._Element:
    return etree.fromstring(zipfile.ZipFile(BytesIO(docx)).read("word/document.xml"))


def redline(old: bytes, new: bytes) -> bytes:
    """The redline, after all that must hold for every redline."""
    made = compare(old, new, author="林秘书", at=AT).docx
    assert seen(accept_all(made)) == seen(new)
    assert seen(reject_all(made)) == seen(old)
    assert seen(made, View.AFTER) == seen(new)
    assert seen(made, View.BEFORE) == seen(old)
    assert not has_tracked_changes(accept_all(made))
    assert not has_tracked_changes(reject_all(made))
    ids = [one.get(f"{W}id") for one in document(made).iter(f"{W}ins", f"{W}del", f"{W}rPrChange",
                                                            f"{W}pPrChange")]  # fmt: skip
    assert len(ids) == len(set(ids))
    return made


def changes(docx: bytes) -> list[str]:
    """`+words` and `-words` of the body, in order."""
    found = []
    for one in document(docx).iter(f"{W}ins", f"{W}del"):
        sign = "+" if one.tag == f"{W}ins" else "-"
        words = "".join(text.text or "" for text in one.iter(f"{W}t", f"{W}delText"))
        place = etree.QName(one.getparent()).localname
        found.append(sign + {"rPr": "¶", "trPr": "row"}.get(place, words))
    return found


PAIRS = {
    "a word": (p(CLAUSE), p(CLAUSE.replace("拾", "佰"))),
    "a paragraph added": (p("甲") + p("乙"), p("甲") + p("丙") + p("乙")),
    "a paragraph removed": (p("甲") + p("丙") + p("乙"), p("甲") + p("乙")),
    "the first removed": (p("丙丙丙") + p("甲"), p("甲")),
    "the last removed": (p("甲") + p("丙丙丙"), p("甲")),
    "the last added": (p("甲"), p("甲") + p("丙丙丙")),
    "a split": (p("甲方付款。乙方开票。"), p("甲方付款。") + p("乙方开票。")),
    "a join": (p("甲方付款。") + p("乙方开票。"), p("甲方付款。乙方开票。")),
    "a move": (p("第一段话在前") + p("第二段话") + p("第三"), p("第二段话") + p("第三") + p("第一段话在前")),
    "empty paragraphs": (p("甲") + p() + p() + p("乙"), p("甲") + p() + p("乙") + p()),
    "all new": (p("甲乙丙"), p("天地玄黄") + p("宇宙洪荒")),
    "nothing before": (p(), p("甲") + table(("1", "2")) + p("乙")),
    "words added around a mark": (p("甲") + p("乙"), p("甲一") + p("二乙")),
    "a paragraph before a table added": (p("甲") + table(("1",)) + p(), p("甲") + p("丙") + table(("1",)) + p()),
    "a paragraph before a table removed": (p("甲") + p("丙") + table(("1",)) + p(), p("甲") + table(("1",)) + p()),
    "a cell": (table(("期次", "金额"), ("一", "500")) + p(), table(("期次", "金额"), ("一", "600")) + p()),
    "a row added": (table(("期次", "金额"), ("一", "500")) + p(), table(("期次", "金额"), ("一", "500"), ("二", "8")) + p()),
    "a row removed": (table(("期次", "金额"), ("一", "500"), ("二", "8")) + p(), table(("期次", "金额"), ("二", "8")) + p()),
    "a table added": (p("甲") + p("乙"), p("甲") + table(("1", "2")) + p("乙")),
    "a table removed": (p("甲") + table(("1", "2")) + p("乙"), p("甲") + p("乙")),
    "a table with its words removed": (p("甲") + p("表：") + table(("1", "2")) + p("乙"), p("甲") + p("乙")),
    "a table for another": (p("甲") + table(("1", "2")) + p(), p("甲") + table(("天", "地", "人")) + p()),
    "a column added": (table(("期次", "额"), ("一", "5")) + p(), table(("期次", "额", "注"), ("一", "5", "无")) + p()),
    "a split by a table": (p("甲方付款。乙方开票。"), p("甲方付款。") + table(("1",)) + p("乙方开票。")),
    "a table in a cell": (table((p("外") + table(("内",)) + p(),)) + p(), table((p("外") + table(("里",)) + p(),)) + p()),
    "paragraphs in a cell": (table((p("一") + p("二"),)) + p(), table((p("一") + p("又") + p("二"),)) + p()),
    "a tab": (p("甲：", TAB, "乙："), p("甲：", "乙：")),
    "a soft break": (p("甲", "乙"), p("甲", BREAK, "乙")),
    "Latin and Chinese": (p("the sum of USD 5,000 元"), p("the total of USD 6,500.00 元")),
    "beyond the BMP": (p("𠅤先生🎓捐赠"), p("𠅥先生👨‍👩‍👧‍👦捐赠葛󠄀")),
    "a field": (p("见", field("REF a", "第三条"), "。"), p("见", field("REF a", "第四条"), "。")),
    "a field removed": (p("见", field("REF a", "第三条"), "。"), p("见。")),
    "a simple field": (p('<w:fldSimple w:instr="REF a">' + r("三") + "</w:fldSimple>", "。"), p("。")),
    "a simple field added": (p("。"), p('<w:fldSimple w:instr="REF a">' + r("三") + "</w:fldSimple>", "。")),
    "in a content control": (p("金额", sdt(r("五百元")), "整"), p("金额", sdt(r("六百元")), "整")),
    "a content control added": (p("金额整"), p("金额", sdt(r("六百元")), "整")),
    "a content control of blocks": (sdt(p("甲") + p("乙")) + p("丙"), sdt(p("甲") + p("丁丁") + p("乙")) + p("丙")),
    "a check box": (p(tick_box(True), "是", tick_box(False), "否"), p(tick_box(False), "是", tick_box(True), "否")),
    "a check box added": (p("是"), p(tick_box(True), "是")),
    "a formula": (p("得", "<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>"), p("得", "<m:oMath><m:r><m:t>y</m:t></m:r></m:oMath>")),
    "an inline content control before a table": (p() + table(("1",)) + p(), p(sdt(r("甲"))) + table(("1",)) + p()),
    "the same": (p(CLAUSE) + table(("1",)) + p(), p(CLAUSE) + table(("1",)) + p()),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new"), PAIRS.values(), ids=PAIRS)
def test_accepting_gives_the_new_words_and_rejecting_the_old(old, new):
    redline(paper(old), paper(new))
    redline(paper(new), paper(old))


def test_only_the_characters_that_differ_are_changed():
    made = redline(paper(p(CLAUSE)), paper(p(CLAUSE.replace("拾", "佰"))))

    assert changes(made) == ["-拾", "+佰"]


def test_the_same_file_has_no_change():
    made = redline(paper(p(CLAUSE)), paper(p("第一条 甲方自愿向乙方", "捐赠人民币伍拾万元整。")))

    assert not has_tracked_changes(made)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("甲方付款，乙方开票。", "甲方付款，丙方监督，乙方开票。", ["+丙方监督，"]),
        ("甲方付款。", "甲方付款。乙方开票。", ["+乙方开票。"]),
        ("（一）甲。（三）丙。", "（一）甲。（二）乙。（三）丙。", ["+（二）乙。"]),
        ("a bar and a foo", "a foo", ["-a bar and "]),
    ],
)
def test_a_change_begins_and_ends_where_people_would_cut(old, new, expected):
    assert changes(redline(paper(p(old)), paper(p(new)))) == expected


def test_a_paragraph_rewritten_is_not_torn_into_crumbs():
    old = "受赠人应当每年公布账目，接受社会监督，不得挪用。"
    new = "捐赠款的使用由理事会另行议定。"
    made = changes(redline(paper(p("首") + p(old) + p("尾")), paper(p("首") + p(new) + p("尾"))))

    assert len(made) <= 6


def test_a_clause_added_is_one_whole_paragraph():
    made = redline(
        paper(p("第一条 甲方付款。") + p("第二条 乙方开票。")),
        paper(p("第一条 甲方付款。") + p("第二条 丙方监督。") + p("第二条 乙方开票。")),
    )

    assert changes(made) == ["+¶", "+第二条 丙方监督。"]


def test_formatting_that_changed_is_tracked_and_stays():
    made = redline(paper(p("甲方", r("伍拾万元"))), paper(p("甲方", r("伍拾万元", BOLD))))

    (change,) = document(made).iter(f"{W}rPrChange")
    assert change.find(f"{W}rPr/{W}b") is None
    assert change.getparent().find(f"{W}b") is not None
    assert list(document(reject_all(made)).iter(f"{W}b")) == []
    assert len(list(document(accept_all(made)).iter(f"{W}b"))) == 1


def test_paragraph_properties_that_changed_are_tracked():
    made = redline(paper(p("甲", properties='<w:jc w:val="left"/>')),
                   paper(p("甲", properties='<w:jc w:val="center"/>')))  # fmt: skip

    assert [one.get(f"{W}val") for one in document(reject_all(made)).iter(f"{W}jc")] == ["left"]
    assert [one.get(f"{W}val") for one in document(accept_all(made)).iter(f"{W}jc")] == ["center"]


def test_inserted_and_deleted_words_keep_their_look():
    made = redline(paper(p("甲", r("旧", BOLD), "乙")), paper(p("甲", r("新", "<w:i/>"), "乙")))

    root = document(made)
    assert root.find(f".//{W}del/{W}r/{W}rPr/{W}b") is not None
    assert root.find(f".//{W}ins/{W}r/{W}rPr/{W}i") is not None


def test_automatic_numbers_are_right_in_both_versions():
    old = [numbered("付款"), numbered("保密"), numbered("附则")]
    new = [numbered("付款"), numbered("票据"), numbered("保密"), numbered("附则")]
    lists = numbering("第%1条")

    made = redline(paper("".join(old), numbering=lists), paper("".join(new), numbering=lists))

    assert seen(made)[3].startswith("第四条")
    assert seen(made, View.BEFORE)[2].startswith("第三条")


def test_a_style_of_deleted_words_is_brought_over():
    style = ('<w:style w:type="paragraph" w:styleId="Old"><w:name w:val="旧式"/>'
             "<w:rPr><w:b/></w:rPr></w:style>")  # fmt: skip
    old = p("甲") + p("旧段落在此", properties='<w:pStyle w:val="Old"/>') + p("乙")

    made = redline(paper(old, styles=style), paper(p("甲") + p("乙"), styles=""))

    styles = etree.fromstring(zipfile.ZipFile(BytesIO(made)).read("word/styles.xml"))
    assert [one.get(f"{W}styleId") for one in styles] == ["Old"]


def test_a_style_renamed_by_another_program_is_the_same_style():
    def styles(id_: str) -> str:
        return (
            f'<w:style w:type="paragraph" w:styleId="{id_}"><w:name w:val="Body Text"/></w:style>'
        )

    made = redline(
        paper(p("甲乙", properties='<w:pStyle w:val="a3"/>'), styles=styles("a3")),
        paper(p("甲乙", properties='<w:pStyle w:val="BodyText"/>'), styles=styles("BodyText")),
    )

    assert not has_tracked_changes(made)


def test_headers_and_footers_are_compared():
    footer = p("第", field("PAGE", "1"), "页")
    old = paper(p("甲"), header1=p("草稿"), footer1=footer)
    new = paper(p("甲"), header1=p("定稿"), footer1=footer)

    assert seen(redline(old, new))[1] == "定稿"


def test_a_page_number_shown_otherwise_is_no_change():
    old = paper(p("甲"), footer1=p("第", field("PAGE", "1"), "页"))
    new = paper(p("甲"), footer1=p("第", field("PAGE", "7"), "页"))

    made = compare(old, new, author="林", at=AT).docx

    assert not has_tracked_changes(made)


def footnote(id_: int, text: str) -> str:
    return f'<w:footnote w:id="{id_}">{p(text)}</w:footnote>'


def reference(id_: int) -> str:
    return f'<w:r><w:footnoteReference w:id="{id_}"/></w:r>'


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            (p("甲", reference(1)), footnote(1, "注一")),
            (p("甲", reference(1)), footnote(1, "注二")),
        ),
        ((p("甲", reference(1)), footnote(1, "注一")), (p("甲乙"), "")),
        ((p("甲乙"), ""), (p("甲", reference(1)), footnote(1, "注一"))),
        (
            (p("甲", reference(1)) + p("乙", reference(2)), footnote(1, "一") + footnote(2, "二")),
            (p("乙", reference(1)), footnote(1, "二又")),
        ),
    ],
)
def test_footnotes_follow_their_references(old, new):
    redline(paper(old[0], footnotes=old[1]), paper(new[0], footnotes=new[1]))


def test_a_footnote_goes_into_a_file_that_had_none():
    redline(paper(p("甲", reference(1)), footnotes=footnote(1, "注一")), paper(p("甲")))


def test_words_of_a_link_change_inside_the_link():
    def body(words: str) -> str:
        return p("见", f'<w:hyperlink r:id="l1">{r(words)}</w:hyperlink>', "。")

    links = {"l1": "https://www.example.edu.cn/"}
    made = redline(paper(body("校友网"), links=links), paper(body("校友总会网"), links=links))

    assert document(made).find(f".//{W}hyperlink/{W}ins") is not None


def test_words_deleted_inside_a_link_stay_in_it():
    def body(words: str) -> str:
        return p("见", f'<w:hyperlink r:id="l1">{r(words)}</w:hyperlink>', "。")

    links = {"l1": "https://www.example.edu.cn/"}
    made = redline(paper(body("校友总会网"), links=links), paper(body("校友网"), links=links))

    assert document(made).find(f".//{W}hyperlink/{W}del") is not None
    assert len(list(document(made).iter(f"{W}hyperlink"))) == 1


def drawing(id_: str) -> str:
    return (
        '<w:r><w:drawing><wp:inline><wp:extent cx="100" cy="100"/><wp:docPr id="1" name="图"/>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
        f'<pic:pic><pic:blipFill><a:blip r:embed="{id_}"/></pic:blipFill></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def test_the_same_picture_stays_whatever_its_id():
    made = redline(
        paper(p("甲", drawing("i1"), "乙"), pictures={"i1": b"PNG one"}),
        paper(p("甲", drawing("i7"), "丙"), pictures={"i7": b"PNG one"}),
    )

    assert changes(made) == ["-乙", "+丙"]


@pytest.mark.parametrize("new", [p("甲乙"), p("甲", drawing("i1"), "乙")])
def test_a_picture_that_went_is_kept_for_rejecting(new):
    pictures = {"i1": b"PNG two"} if "drawing" in new else {}
    made = redline(paper(p("甲", drawing("i1"), "乙"), pictures={"i1": b"PNG one"}),
                   paper(new, pictures=pictures))  # fmt: skip

    rejected = reject_all(made)
    (blip,) = document(rejected).iter("{http://schemas.openxmlformats.org/drawingml/2006/main}blip")
    (id_,) = blip.attrib.values()
    with zipfile.ZipFile(BytesIO(rejected)) as archive:
        relations = archive.read("word/_rels/document.xml.rels").decode()
        target = re.search(rf'Id="{id_}"[^>]*Target="([^"]+)"', relations)
        assert target is not None
        assert archive.read(f"word/{target[1]}") == b"PNG one"


def box(text: str) -> str:
    return (f"<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{p(text)}</w:txbxContent>"
            "</v:textbox></v:shape></w:pict></w:r>")  # fmt: skip


def test_words_in_a_text_box_are_compared_there():
    made = redline(paper(p("甲", box("金额伍拾万"))), paper(p("甲", box("金额伍佰万"))))

    assert changes(made) == ["-拾", "+佰"]


def test_changes_that_the_files_carry_count_as_accepted():
    def body(author: str, words: str) -> str:
        return p("甲方", f'<w:ins w:id="5" w:author="{author}" w:date="2026-01-01T00:00:00Z">'
                 f'{r(words)}</w:ins><w:del w:id="6" w:author="{author}"><w:r><w:delText>旧</w:delText>'
                 "</w:r></w:del>", "付款")  # fmt: skip

    made = compare(paper(body("周", "已")), paper(body("钱", "未")), author="林秘书", at=AT).docx

    assert seen(reject_all(made)) == ["甲方已付款"]
    assert seen(accept_all(made)) == ["甲方未付款"]
    assert {one.get(f"{W}author") for one in document(made).iter(f"{W}ins", f"{W}del")} == {
        "林秘书"
    }


def test_bookmarks_and_comments_of_the_new_file_stay():
    mark = '<w:bookmarkStart w:id="3" w:name="here"/>'
    end = '<w:bookmarkEnd w:id="3"/>'
    made = redline(paper(p("甲", mark, "乙", end, "丙")), paper(p("天", mark, "乙", end, "地")))

    assert len(list(document(made).iter(f"{W}bookmarkStart", f"{W}bookmarkEnd"))) == 2


def test_insertions_on_both_sides_of_a_kept_mark_bear_two_moments():
    made = redline(paper(p("甲") + p("乙")), paper(p("甲一") + p("二乙")))

    moments = [one.get(f"{W}date") for one in document(made).iter(f"{W}ins")]
    assert moments == ["2026-09-21T10:30:00Z", "2026-09-21T10:32:00Z"]


def test_a_row_that_stays_has_no_property_left_of_its_mark():
    one, two = ("一", "500"), ("二", "800")
    made = redline(paper(table(one) + p()), paper(table(one, two) + p()))

    assert list(document(made).iter(f"{W}cantSplit"))
    assert list(document(accept_all(made)).iter(f"{W}trPr")) == []


def test_author_and_time_are_written_as_given():
    made = redline(paper(p("甲")), paper(p("乙")))

    one = next(document(made).iter(f"{W}ins"))
    assert (one.get(f"{W}author"), one.get(f"{W}date")) == ("林秘书", "2026-09-21T10:30:00Z")
