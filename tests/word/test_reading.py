"""What people see in a returned file is what is read: both texts, in every corner of the file."""

import pytest

from donflow.word.reading import read
from tests.word.markup_builder import (
    archive,
    dele,
    docx,
    drawn_box,
    field,
    ins,
    lvl,
    moved_from,
    moved_to,
    numbering,
    p,
    r,
    run,
    state,
    style,
    table,
    tc,
    tr,
    vml_box,
)

LIN, ZHOU = "林秘书", "周审核"
GREY = "<w:vanish/>"
UNDERLINED = '<w:u w:val="single"/>'


def after(*body: str, **parts: str) -> list[str]:
    return list(read(docx(*body, **parts)).after)


def both(*body: str, **parts: str) -> tuple[list[str], list[str]]:
    reading = read(docx(*body, **parts))
    return list(reading.before), list(reading.after)


def wrapped(tag: str, inner: str, properties: str = "") -> str:
    return f"<w:{tag}>{properties}{inner}</w:{tag}>"


def sign(words: str) -> str:
    return f"<m:r><m:t>{words}</m:t></m:r>"


def fraction(above: str, below: str) -> str:
    """22.1.2.36."""
    return f"<m:f><m:num>{sign(above)}</m:num><m:den>{sign(below)}</m:den></m:f>"


def formula(inner: str) -> str:
    return f"<m:oMath>{inner}</m:oMath>"


SHOWN = {
    "plain words": (p("捐赠人民币", "伍拾万元"), ["捐赠人民币伍拾万元"]),
    "an empty paragraph counts": (p("甲") + p() + p("乙"), ["甲", "", "乙"]),
    "a row is a line": (table(tr("户名", "云麓大学教育基金会"), tr("账号", "6222")),
                        ["户名\t云麓大学教育基金会", "账号\t6222"]),
    "paragraphs of a cell": (table(tr(tc("甲", "", "乙"), "丙")), ["甲 乙\t丙"]),
    "a table in a cell": (table(tr(tc(table(tr("一", "二")), ""), "三")), ["一 二\t三"]),
    "a content control": (p(wrapped("sdt", wrapped("sdtContent", r("梁启舟")))), ["梁启舟"]),
    "a block content control": (wrapped("sdt", wrapped("sdtContent", p("甲") + p("乙"))),
                                ["甲", "乙"]),
    "a row in a content control": (
        f"<w:tbl>{wrapped('sdt', wrapped('sdtContent', tr('一', '二')))}</w:tbl>", ["一\t二"]),
    "a smart tag": (p(wrapped("smartTag", r("2026年") + wrapped("smartTag", r("11月")))),
                    ["2026年11月"]),
    "a hyperlink": (p(wrapped("hyperlink", r("云麓大学"))), ["云麓大学"]),
    "a simple field": (p('<w:fldSimple w:instr=" REF a ">' + r("第三条") + "</w:fldSimple>"),
                       ["第三条"]),
    "a complex field": (p("见", field(" REF _Ref1 ", "第三条"), "。"), ["见第三条。"]),
    "a field within a field": (p(field(" IF " + "x", r("甲") + field(" REF b ", "乙"))), ["甲乙"]),
    "a field that never ends": (p("甲", run('<w:fldChar w:fldCharType="begin"/>'), "乙") + p("丙"),
                                ["甲乙", "丙"]),
    "a tab and a soft break": (p("甲", run("<w:tab/>"), "乙", run("<w:br/>"), "丙"), ["甲\t乙 丙"]),
    "a page break is nothing": (p("甲", run('<w:br w:type="page"/>')), ["甲"]),
    "a hyphen that does not break": (p("010", run("<w:noBreakHyphen/>"), "0000"), ["010-0000"]),
    "a soft hyphen": (p("don", run("<w:softHyphen/>"), "flow"), ["donflow"]),
    "ruby shows its base once": (
        p(run(f"<w:ruby><w:rubyPr/><w:rt>{r('lù')}</w:rt><w:rubyBase>{r('麓')}</w:rubyBase>"
              "</w:ruby>")), ["麓"]),
    "ruby as a field": (p(field(r" EQ \* jc2 \* hps10 \o\ad(\s\up 9(lù),麓)")), ["麓"]),
    "an enclosed number": (p(field(r" eq \o\ac(○,3)")), ["③"]),
    "an enclosed tick": (p(field(r" eq \o\ac(□,√)"), "一次性"), ["☑一次性"]),
    "edges without preserve": (p("<w:r><w:t> 甲 乙 </w:t></w:r>"), ["甲 乙"]),
    "a text box in both drawings once": (p("正文", drawn_box(p("框内"), p("次行"))) + p("后"),
                                         ["正文", "框内", "次行", "后"]),
    "a text box of WPS": (p("正文", vml_box(p("框内"))), ["正文", "框内"]),
    "a text box in a cell": (table(tr(tc(p("甲", vml_box(p("框内")))), "乙")), ["甲\t乙", "框内"]),
    "a text box that is hidden": (p("甲", vml_box(p("藏"), style="visibility: hidden")), ["甲"]),
    "a fraction": (p("每年支出", formula(fraction("1", "3")), "。"), ["每年支出1/3。"]),
    "a fraction of sums": (p(formula(fraction("甲+乙", "2"))), ["(甲+乙)/2"]),
    "a fraction of fractions": (p(formula(f"<m:f><m:num>{fraction('1', '2')}</m:num>"
                                          f"<m:den>{sign('3')}</m:den></m:f>")), ["(1/2)/3"]),
    "a power": (p(formula(f"<m:sSup><m:e>{sign('10')}</m:e><m:sup>{sign('2')}</m:sup></m:sSup>")),
                ["10^2"]),
    "a root": (p(formula(f"<m:rad><m:deg/><m:e>{sign('2')}</m:e></m:rad>")), ["√2"]),
    "brackets that are drawn": (
        p(formula(f"<m:d><m:dPr><m:begChr m:val='['/><m:endChr m:val=']'/></m:dPr>"
                  f"<m:e>{sign('a+b')}</m:e></m:d>")), ["[a+b]"]),
    "a fraction that was put in": (p("支出", ins(ZHOU, formula(fraction("1", "3")))), ["支出1/3"]),
    "mathematics": (p("<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>"), ["x=1"]),
    "words drawn in a picture": (
        p("甲", run("<w:drawing><a:p><a:r><a:t>图中字</a:t></a:r></a:p></w:drawing>")),
        ["甲", "图中字"]),
    "a watermark": (p(run('<w:pict><v:shape><v:textpath string="样本"/></v:shape></w:pict>')),
                    ["", "样本"]),
    "hidden words": (p("甲", r("藏", GREY), "乙"), ["甲乙"]),
    "shown again": (p(r("甲", '<w:vanish w:val="0"/>')), ["甲"]),
    "a hidden paragraph": (p("甲") + p(r("藏", GREY), mark=GREY) + p("乙"), ["甲", "乙"]),
    "a hidden row": (table(tr("甲"), tr("藏", properties="<w:hidden/>")), ["甲"]),
    "a customised element": ('<w:customXml w:element="x">' + p("甲") + "</w:customXml>", ["甲"]),
    "control characters of breaks": (p("甲\u2028乙"), ["甲 乙"]),
}  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), SHOWN.values(), ids=SHOWN)
def test_what_people_see_is_read(body, expected):
    assert after(body) == expected


def blank(*spaces: str) -> str:
    return "".join(
        run(f"<w:rPr>{UNDERLINED}</w:rPr><w:tab/>") if one == "\t" else r(one, UNDERLINED)
        for one in spaces
    )


def box_control(glyph: str, checked: str) -> str:
    """MS-DOCX 2.6.1.1."""
    return (
        f'<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="{checked}"/></w14:checkbox>'
        f"</w:sdtPr><w:sdtContent>{glyph}</w:sdtContent></w:sdt>"
    )


def form_box(inner: str) -> str:
    """17.16.7."""
    return field(" FORMCHECKBOX ", data=f"<w:ffData><w:checkBox>{inner}</w:checkBox></w:ffData>")


BLANKS = {
    "underlined spaces": (p("交付日期：", blank("    "), "年"), "交付日期：____年"),
    "in several runs": (p("户名", blank("  ", "\t", "  ")), "户名_____"),
    "a filled blank": (p("户名", blank("  ") + r("云麓大学", UNDERLINED) + blank("  ")),
                       "户名  云麓大学  "),
    "one underlined space is a slip": (p("甲", blank(" "), "乙"), "甲 乙"),
    "spaces that are not underlined": (p("甲    乙"), "甲    乙"),
    "underlining switched off": (p("甲", r("    ", '<w:u w:val="none"/>')), "甲    "),
    "a control that is ticked": (p(box_control(r("☒"), "1"), "甲"), "☑甲"),
    "a control that is not": (p(box_control(r("☐"), "0"), "甲"), "□甲"),
    "a control with a sign of its own": (p(box_control(r("¨"), "1"), "甲"), "☑甲"),
    "a form field that is ticked": (p(form_box('<w:default w:val="0"/><w:checked/>')), "☑"),
    "a form field ticked by default": (p(form_box('<w:default w:val="1"/>')), "☑"),
    "a form field that is not": (p(form_box('<w:default w:val="1"/><w:checked w:val="0"/>')), "□"),
    "Wingdings open": (p(run('<w:sym w:font="Wingdings" w:char="F0A8"/>'), "甲"), "□甲"),
    "Wingdings ticked": (p(run('<w:sym w:font="Wingdings" w:char="F0FE"/>')), "☑"),
    "Wingdings 2 ticked": (p(run('<w:sym w:font="Wingdings 2" w:char="F052"/>')), "☑"),
    "Wingdings 2 open": (p(run('<w:sym w:font="Wingdings 2" w:char="00A3"/>')), "□"),
    "Webdings": (p(run('<w:sym w:font="Webdings" w:char="F061"/>')), "☑"),
    "Segoe": (p(run('<w:sym w:font="Segoe UI Symbol" w:char="2610"/>')), "□"),
    "a letter in Wingdings": (p(r("þ", '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>')),
                              "☑"),
    "a private sign": (p(r("\uf0a8甲")), "□甲"),
    "a sign of Word 2016": (
        p(run('<mc:AlternateContent><mc:Choice Requires="w16se"><w16se:symEx w16se:font="Segoe UI'
              ' Emoji" w16se:char="2611"/></mc:Choice><mc:Fallback><w:t>☑</w:t></mc:Fallback>'
              "</mc:AlternateContent>")), "☑"),
    "a tab that draws a line": (
        p("签字：", run("<w:tab/>"), properties='<w:tabs><w:tab w:val="left" w:leader="underscore"'
          ' w:pos="5000"/></w:tabs>'), "签字：_"),
    "a tab with dots": (
        p("目录", run("<w:tab/>"), "1", properties='<w:tabs><w:tab w:val="right" w:leader="dot"'
          ' w:pos="5000"/></w:tabs>'), "目录\t1"),
    "a text field of a form": (
        p("户名", field(" FORMTEXT ", "\u2002" * 5, data="<w:ffData><w:textInput/></w:ffData>")),
        "户名_____"),
    "a button for a box": (p(field(" MACROBUTTON  NoMacro □"), "甲"), "□甲"),
    "a field of a sign": (p(field(' SYMBOL 254 \\f "Wingdings" \\s 12 ')), "☑"),
    "Unicode boxes": (p("☐甲 ☑乙 ☒丙 □丁 ✔戊"), "□甲 ☑乙 ☑丙 □丁 ☑戊"),
    "a sign that nobody knows": (p(run('<w:sym w:font="Wingdings" w:char="F03A"/>')), "•"),
    "a sign that is none": (p("甲", run('<w:sym w:font="Wingdings" w:char="zz"/>')), "甲"),
    "a list to choose from": (p(field(" FORMDROPDOWN ", data=(
        '<w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="年"/>'
        '<w:listEntry w:val="月"/></w:ddList></w:ffData>'))), "月"),
}  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), BLANKS.values(), ids=BLANKS)
def test_boxes_and_blanks_are_seen(body, expected):
    assert after(body) == [expected]


ROW_IN, ROW_OUT = state("ins", ZHOU), state("del", ZHOU)
VIEWS = {
    "an insertion": (p("伍", ins(ZHOU, "佰"), "万元"), ["伍万元"], ["伍佰万元"]),
    "a deletion": (p("伍", dele(ZHOU, "佰"), "万元"), ["伍佰万元"], ["伍万元"]),
    "a deletion inside an insertion": (p("甲", ins(ZHOU, "乙", dele(LIN, "丙")), "丁"),
                                       ["甲丁"], ["甲乙丁"]),
    "an insertion inside a deletion": (p("甲", dele(LIN, "乙", ins(ZHOU, "丙")), "丁"),
                                       ["甲乙丁"], ["甲丁"]),
    "an inserted end splits": (p("甲", mark=state("ins", ZHOU)) + p("乙"), ["甲乙"], ["甲", "乙"]),
    "a deleted end joins": (p("甲", mark=state("del", ZHOU)) + p("乙"), ["甲", "乙"], ["甲乙"]),
    "a paragraph inserted whole": (
        p("甲") + p(ins(ZHOU, "乙"), mark=state("ins", ZHOU)) + p("丙"),
        ["甲", "丙"], ["甲", "乙", "丙"]),
    "the last paragraph inserted": (p("甲") + p(ins(ZHOU, "乙"), mark=state("ins", ZHOU)),
                                    ["甲"], ["甲", "乙"]),
    "a paragraph deleted before a table": (
        p(dele(ZHOU, "甲"), mark=state("del", ZHOU)) + table(tr("一")), ["甲", "一"], ["一"]),
    "an end deleted before a table": (p("甲", mark=state("del", ZHOU)) + table(tr("一")),
                                      ["甲", "一"], ["甲", "一"]),
    "a row inserted": (table(tr("一"), tr("二", properties=ROW_IN)), ["一"], ["一", "二"]),
    "a row deleted": (table(tr("一"), tr("二", properties=ROW_OUT)), ["一", "二"], ["一"]),
    "a cell inserted": (table(tr("一", tc("二", properties=state("cellIns", ZHOU)))),
                        ["一"], ["一\t二"]),
    "a cell deleted": (table(tr("一", tc("二", properties=state("cellDel", ZHOU)))),
                       ["一\t二"], ["一"]),
    "a move": (p("甲", moved_from(ZHOU, "m", "乙"), "丙", moved_to(ZHOU, "m", "乙"), "丁"),
               ["甲乙丙丁"], ["甲丙乙丁"]),
    "a content control inserted": (
        p("甲", ins(ZHOU, wrapped("sdt", wrapped("sdtContent", r("乙"))))), ["甲"], ["甲乙"]),
    "mathematics deleted": (p("甲", f'<w:del w:id="1" w:author="{ZHOU}">'
                              "<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath></w:del>"),
                            ["甲x"], ["甲"]),
    "a text box inserted": (p("甲", ins(ZHOU, vml_box(p("框")))), ["甲"], ["甲", "框"]),
    "a blank filled": (
        p("日期", dele(ZHOU, r("    ", UNDERLINED, tag="w:delText")),
          ins(ZHOU, r("2027", UNDERLINED))), ["日期____"], ["日期2027"]),
    "in a cell": (table(tr(tc(p("甲", ins(ZHOU, "乙"))), dele(ZHOU, "")[:0] + "丙")),
                  ["甲\t丙"], ["甲乙\t丙"]),
}  # fmt: skip


@pytest.mark.parametrize(("body", "before", "later"), VIEWS.values(), ids=VIEWS)
def test_both_texts_of_a_changed_file(body, before, later):
    assert both(body) == (before, later)


def test_notes_headers_and_footers_follow_the_body_and_only_those_that_are_shown():
    separator = '<w:footnote w:id="0" w:type="separator">' + p("线") + "</w:footnote>"
    notes = "".join(
        f'<w:footnote w:id="{id_}">{p(text)}</w:footnote>'
        for id_, text in ((1, "先注"), (2, "后注"), (3, "无人引用"))
    )
    ending = '<w:endnote w:id="1">' + p("尾注") + "</w:endnote>"
    body = p(
        "甲",
        run('<w:footnoteReference w:id="2"/>'),
        "乙",
        dele(ZHOU, run('<w:footnoteReference w:id="1"/>')),
        run('<w:endnoteReference w:id="1"/>'),
    )

    before, later = both(
        body,
        footnotes=separator + notes,
        endnotes=ending,
        header=p("页眉"),
        footer=p("第", field(" PAGE ", "1"), "页"),
    )

    assert later == ["甲乙", "后注", "尾注", "页眉", "第1页"]
    assert before == ["甲乙", "后注", "先注", "尾注", "页眉", "第1页"]


def test_a_style_hides_words_too():
    styles = style("Secret", f"<w:rPr>{GREY}</w:rPr>") + style("Deep", "", based="Secret")

    assert after(p("甲") + p("藏", style="Deep", mark="") + p("乙"), styles=styles) == ["甲", "乙"]


def test_the_paper_has_cells_labels_and_the_page():
    body = p("捐赠财产", num=(1, 0)) + table(tr("户名", "基金会"))
    section = (
        '<w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="1440" w:bottom="1440" w:left="1800" w:right="1800"/>'
    )
    styles = (
        '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:eastAsia="仿宋"/><w:sz w:val="32"/>'
        '</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:jc w:val="both"/>'
        '<w:spacing w:line="560" w:lineRule="exact"/><w:ind w:firstLine="640"/></w:pPr>'
        "</w:pPrDefault></w:docDefaults>"
    )
    paper = read(
        docx(
            body,
            section=section,
            styles=styles,
            numbering=numbering(lvl(0, "chineseCounting", "第%1条", suffix="space")),
            footer=p(field(" PAGE ", "1")),
        )
    ).paper

    first, row, footer = paper.lines
    assert (first.text, first.label_length, first.number) == ("第一条 捐赠财产", 4, 1)
    assert (row.cells, row.label_length) == (("户名", "基金会"), 0)
    assert footer.text == "1"
    look = first.look
    assert look is not None
    assert (look.font, look.size, look.bold, look.alignment) == ("仿宋", 16.0, False, "both")
    assert (look.first_indent_chars, look.line_pitch) == (2.0, 28.0)
    page = paper.page
    assert page is not None
    assert (page.width, page.height, page.top, page.left) == (210.0, 297.0, 25.4, 31.7)
    assert page.has_page_number


def test_strict_open_xml_reads_the_same():
    """ISO/IEC 29500-1 Strict: other names of the same elements, as Word can save them."""
    from io import BytesIO
    from zipfile import ZipFile

    with ZipFile(BytesIO(docx(p("伍", ins(ZHOU, "佰"), "万")))) as usual:
        content = {name: usual.read(name) for name in usual.namelist()}
    strict = {
        name: one.replace(
            b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        ).replace(
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        )
        for name, one in content.items()
    }

    assert read(archive(strict)).after == ("伍佰万",)
