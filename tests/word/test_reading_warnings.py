"""What a file hides, fetches or leaves open is told, each with the part and the words."""

import warnings as python_warnings
import zipfile
from io import BytesIO

import pytest

from donflow.word.reading import read
from tests.word.markup_builder import (
    TYPE,
    comment,
    docx,
    drawn_box,
    end,
    field,
    ins,
    p,
    r,
    run,
    start,
    style,
    table,
    tc,
    tr,
)

BODY = "word/document.xml"
INK = '<w:color w:val="auto" w:themeColor="{}"/>'
CROSSED = "words crossed out by hand, which are read as if they stood"
ELSE = "shows “伍万元” in one program and “伍佰万元” in another"
WHITE = '<w:color w:val="FFFFFF"/>'


def warned(*body: str, **parts: object) -> list[str]:
    return [str(one) for one in read(docx(*body, **parts)).warnings]


def dark(inner: str) -> str:
    return tc(p(inner), properties='<w:shd w:val="clear" w:fill="1F3864"/>')


FRACTION = (
    "<m:oMath><m:f><m:fPr/><m:num><m:r><m:t>1</m:t></m:r></m:num>"
    "<m:den><m:r><m:t>3</m:t></m:r></m:den></m:f></m:oMath>"
)
SAID = {
    "hidden words": (p("甲", r("另付壹万元", "<w:vanish/>")),
                     f"{BODY} holds hidden text, which is left out: 另付壹万元"),
    "words white by the theme": (p("甲", r("另付壹万元", INK.format("background1"))),
                    f"{BODY} holds text in the colour of its background: 另付壹万元"),
    "words white by the theme whatever their value": (
        p("甲", r("另付壹万元", '<w:color w:val="000000" w:themeColor="light1"/>')),
        f"{BODY} holds text in the colour of its background: 另付壹万元"),
    "words crossed out by hand": (p("甲", r("￥500,000", "<w:strike/>"), "￥400,000"),
                                  f"{BODY} holds {CROSSED}: ￥500,000"),
    "words crossed out twice": (p("甲", r("￥500,000", "<w:dstrike/>"), "￥400,000"),
                                f"{BODY} holds {CROSSED}: ￥500,000"),
    "a formula": (p("每年支出", FRACTION, "。"),
                  f"{BODY} holds a formula, written here in one line: 每年支出1/3。"),
    "white words": (p("甲", r("另付壹万元", WHITE)),
                    f"{BODY} holds text in the colour of its background: 另付壹万元"),
    "nearly white words": (p("甲", r("另付", '<w:color w:val="F2F2F2"/>')), "background: 另付"),
    "words of the colour of their cell": (
        table(tr(tc(p(r("藏", '<w:color w:val="1F3864"/>')),
                    properties='<w:shd w:val="clear" w:fill="1F3864"/>'))), "background: 藏"),
    "words of the colour of their highlight": (
        p(r("藏", '<w:color w:val="FFFF00"/><w:highlight w:val="yellow"/>')), "background: 藏"),
    "words without ink": (p(r("藏", "<w14:textFill><w14:noFill/></w14:textFill>")), "ground: 藏"),
    "tiny words": (p(r("藏", '<w:sz w:val="2"/>')), f"{BODY} holds text too small to read: 藏"),
    "words that turn around": (p("甲\u202e乙"), "cannot be seen (·): 甲·乙"),
    "a field that fetches": (p(field(' INCLUDETEXT "C:\\\\a.docx" ', "词")),
                             f"A field in {BODY} fetches another file: INCLUDETEXT"),
    "a field that starts a program": (p("甲", field(" DDEAUTO cmd ")), "start another program"),
    "a simple field": (p(f'<w:fldSimple w:instr="LINK Excel.Sheet a">{r("1")}</w:fldSimple>'),
                       "fetches another file"),
    "a date that changes": (p(field(' DATE \\@ "yyyy年M月d日" ', "2026年11月2日")),
                            "changes by itself when it is updated: DATE"),
    "a field without end": (p(run('<w:fldChar w:fldCharType="begin"/>'), "甲"), "never ends"),
    "alternatives that differ": (
        p(run("<mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing><w:txbxContent>"
              f"{p('伍万元')}</w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict>"
              f"<w:txbxContent>{p('伍佰万元')}</w:txbxContent></w:pict></mc:Fallback>"
              "</mc:AlternateContent>")), ELSE),
    "pictures only": (p(run("<w:drawing/>")), "The file has no words"),
    "a chunk": (p("甲") + '<w:altChunk r:id="none"/>', "takes in another file"),
    "changes": (p(ins("周审核", "甲")), "Tracked changes neither accepted nor refused: 1."),
}  # fmt: skip


@pytest.mark.parametrize(("body", "sentence"), SAID.values(), ids=SAID)
def test_what_may_deceive_is_told(body, sentence):
    told = warned(body)

    assert any(sentence in one for one in told), told
    assert len(told) == 1


INNOCENT = {
    "plain words": p("捐赠协议书"),
    "white words in a dark cell": table(tr(dark(r("金额", WHITE)))),
    "white words on a dark highlight": p(r("甲", WHITE + '<w:highlight w:val="darkBlue"/>')),
    "white words in a dark style of table": (
        '<w:tbl><w:tblPr><w:tblStyle w:val="Dark"/></w:tblPr>' + tr(tc(p(r("甲", WHITE))))
        + "</w:tbl>"),
    "white words on solid black": p(r("甲", WHITE + '<w:shd w:val="solid" w:color="000000"/>')),
    "grey words": p(r("甲", '<w:color w:val="7F7F7F"/>')),
    "a white space": p("甲", r("  ", WHITE)),
    "small print": p(r("甲", '<w:sz w:val="12"/>')),
    "automatic colour": p(r("甲", '<w:color w:val="auto"/>')),
    "page numbers and references": p(field(" PAGE ", "1"), field(" REF a ", "第一条"),
                                     field(" TOC ", "目录")),
    "a text box written twice": p(drawn_box(p("框"))),
    "a hidden empty end": p("甲", mark="<w:vanish/>"),
}  # fmt: skip


@pytest.mark.parametrize("body", INNOCENT.values(), ids=INNOCENT)
def test_an_innocent_file_warns_of_nothing(body):
    shaded = (
        '<w:tblStylePr w:type="firstRow"><w:tcPr><w:shd w:val="clear" w:fill="1F3864"/></w:tcPr>'
        "</w:tblStylePr>"
    )

    assert warned(body, styles=style("Dark", shaded, kind="table")) == []


def test_a_template_or_picture_from_outside_is_told():
    outside = (
        f'<Relationship Id="x" Type="{TYPE}image" Target="http://x.test/a.png"'
        ' TargetMode="External"/>'
        f'<Relationship Id="y" Type="{TYPE}hyperlink" Target="http://x.test"'
        ' TargetMode="External"/>'
    )
    of_settings = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="t" Type="{TYPE}attachedTemplate" Target="http://x.test/t.dotm"'
        ' TargetMode="External"/></Relationships>'
    )

    told = warned(
        p("甲"),
        relations=outside,
        settings='<w:documentProtection w:edit="readOnly" w:enforcement="1"/>',
        members={"word/_rels/settings.xml.rels": of_settings},
    )

    assert len(told) == 3
    assert "word/document.xml fetches something from outside" in told[0]
    assert "word/settings.xml is tied to a template" in told[1]
    assert told[2] == "The file is protected against changes."


def test_words_in_a_diagram_are_quoted():
    drawing = (
        '<d xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:t>流程</a:t></d>'
    )

    (told,) = warned(p("甲"), members={"word/diagrams/data1.xml": drawing})

    assert "word/diagrams/data1.xml is a drawing" in told
    assert "流程" in told


def test_a_part_that_is_there_twice_is_told_and_the_last_one_read():
    stream = BytesIO(docx(p("甲")))
    with zipfile.ZipFile(stream, "a") as archive, python_warnings.catch_warnings():
        python_warnings.simplefilter("ignore")
        archive.writestr(BODY, zipfile.ZipFile(BytesIO(docx(p("乙")))).read(BODY))

    reading = read(stream.getvalue())

    assert reading.after == ("乙",)
    assert [str(one) for one in reading.warnings] == [
        f"The file holds its part {BODY} more than once; the last one was read."
    ]


def test_hidden_words_stand_in_neither_text_and_no_anchor():
    reading = read(
        docx(
            p(start(0), "甲", r("藏", "<w:vanish/>"), "乙", end(0)),
            comments=comment(0, "周审核", "问"),
        )
    )

    assert (reading.before, reading.after) == (("甲乙",), ("甲乙",))
    assert reading.comments[0].anchor == "甲乙"
