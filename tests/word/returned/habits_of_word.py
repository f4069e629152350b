"""Returned files in which more is seen, or less, than the text: numbers, controls, fields."""

from __future__ import annotations

from tests.word.returned.changes_of_word import GOODS
from tests.word.returned.comments_of_word import EVENING, NOON, QIAN, SECOND, TITLE, ZHOU
from tests.word.returned.markup import (
    File,
    comment,
    deleted,
    field_of,
    inserted,
    mark_deleted,
    mark_inserted,
    on,
    paragraph,
    row,
    table,
    words,
)


def _level(depth: int, kind: str, shown: str, suffix: str) -> str:
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
        f'<w:suff w:val="{suffix}"/><w:lvlText w:val="{shown}"/></w:lvl>'
    )


CLAUSES = (
    '<w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="multilevel"/>'
    + _level(0, "chineseCountingThousand", "第%1条", "space")
    + _level(1, "chineseCountingThousand", "（%2）", "nothing")
    + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
)


def _numbered(level: int = 0) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>'


def automatic_numbers() -> File:
    """A clause deleted and one inserted among “第%1条”: people see the numbers after that."""
    zhou, qian = (ZHOU, NOON), (QIAN, EVENING)
    body = TITLE + paragraph("捐赠财产", look=_numbered())
    body += paragraph("人民币伍拾万元整；", look=_numbered(1))
    body += paragraph(on(0, "一次性支付。"), look=_numbered(1))
    body += paragraph(deleted(zhou, "撤销权"), look=_numbered(), mark=mark_deleted(zhou))
    body += paragraph(deleted(zhou, "甲方可随时撤销。"), mark=mark_deleted(zhou))
    body += paragraph("捐赠用途", look=_numbered())
    body += paragraph("用于", on(1, "恒源奖学金"), "。")
    body += paragraph(
        inserted(qian, "管理费"),
        look=_numbered(),
        mark=mark_inserted(qian),
    )
    body += paragraph(inserted(qian, "不超过3%。"), look=_numbered(1), mark=mark_inserted(qian))
    body += paragraph("争议解决", look=_numbered())
    body += paragraph("协商不成的，", on(2, "向乙方所在地人民法院起诉"), "。")
    said = [
        comment(0, zhou, "请写明付款日期。"),
        comment(1, zhou, "名称是否备案？"),
        comment(2, qian, "管辖约定可行。"),
    ]
    return File(body, comments="".join(said), numbering=CLAUSES)


def controls() -> File:
    """Content controls around runs, a paragraph, a cell and a row (17.5.2); links, smart tags."""

    def control(inside: str) -> str:
        named = '<w:sdtPr><w:alias w:val="填写"/></w:sdtPr>'
        return f"<w:sdt>{named}<w:sdtContent>{inside}</w:sdtContent></w:sdt>"

    body = TITLE + GOODS
    body += paragraph(
        "甲方：",
        control(words("深圳市", "") + on(0, "恒源数智科技有限公司")),
        "，见",
        '<w:hyperlink w:anchor="附件"><w:bookmarkStart w:id="70" w:name="附件"/>'
        + words("附件")
        + inserted((ZHOU, NOON), "一")
        + '<w:bookmarkEnd w:id="70"/></w:hyperlink>',
        '<w:smartTag w:uri="x" w:element="date">' + words("（2026年9月1日）") + "</w:smartTag>",
        "。",
    )
    body += SECOND
    body += control(paragraph("用于", deleted((ZHOU, NOON), "一切"), on(1, "奖学金"), "支出。"))
    body += table(
        "<w:tr><w:tc><w:tcPr/>"
        + paragraph("联系人")
        + "</w:tc>"
        + control("<w:tc><w:tcPr/>" + paragraph(on(2, "梁启舟")) + "</w:tc>")
        + "</w:tr>",
        control(row("电话", "13800001234")),
    )
    body += paragraph("（以下无正文）")
    said = [
        comment(0, (ZHOU, NOON), "请核对工商登记名称。"),
        comment(1, (ZHOU, NOON), "奖学金名称？"),
        comment(2, (QIAN, EVENING), "联系人有变动。"),
    ]
    return File(body, comments="".join(said))


def concealed() -> File:
    """Hidden words (17.3.2.41) are not seen and not read out; white ones deceive. Both are told."""
    body = TITLE + GOODS
    body += paragraph("捐赠人民币捌万元整", words("（实际支付壹万元）", "<w:vanish/>"), "。")
    body += SECOND
    body += paragraph(on(0, "用于奖学金。"), words("甲方可收回捐赠。", '<w:color w:val="FFFFFF"/>'))
    return File(body, comments=comment(0, (ZHOU, NOON), "同意。"))


def foreign_part() -> File:
    """An altChunk (17.17.2.1): another file's text is seen in Word, and is not in this one."""
    body = TITLE + SECOND + paragraph(on(0, "用于奖学金。")) + '<w:altChunk r:id="chunk"/>'
    return File(
        body,
        comments=comment(0, (ZHOU, NOON), "附加条款请写进正文。"),
        others={"word/chunk.html": ("text/html", "aFChunk", "<p>甲方有权查账。</p>")},
    )


def fields() -> File:
    """Fields show what they showed last; a date field changes by itself and is told."""
    simple = f'<w:fldSimple w:instr=" PAGEREF _Toc1 ">{words("3")}</w:fldSimple>'
    body = TITLE + SECOND
    body += paragraph("用于奖学金（见第", simple, "页）。", on(0, "详见" + "附件"), "。")
    body += paragraph("第八条 签署")
    body += paragraph("签订日期：", on(1, field_of('DATE \\@ "yyyy年M月d日"', "2026年9月1日")))
    body += paragraph("共", field_of("NUMPAGES", "4"), "页", inserted((ZHOU, NOON), "（含附件）"))
    said = [
        comment(0, (ZHOU, NOON), "附件未附。"),
        comment(1, (QIAN, EVENING), "日期会自动变化，请改为固定日期。"),
    ]
    return File(body, comments="".join(said))


def _box(state: bool) -> str:
    """A check box control ([MS-DOCX] 2.6.1.9, w14:checkbox) and the character it shows."""
    return (
        f'<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="{int(state)}"/></w14:checkbox>'
        f"</w:sdtPr><w:sdtContent>{words('☒' if state else '☐')}</w:sdtContent></w:sdt>"
    )


def check_boxes() -> File:
    """Boxes: controls, symbols of Wingdings, form fields; the reviewer ticked the second."""

    def symbol(code: str) -> str:
        return f'<w:r><w:sym w:font="Wingdings 2" w:char="{code}"/></w:r>'

    form = (
        '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:sizeAuto/>'
        '<w:default w:val="0"/><w:checked/></w:checkBox></w:ffData></w:fldChar></w:r>'
        "<w:r><w:instrText> FORMCHECKBOX </w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    body = TITLE + paragraph("二、捐赠方式")
    body += paragraph("付款：", _box(False), "一次性 ", _box(True), "分期")
    body += paragraph(
        "票据：",
        deleted((QIAN, EVENING), symbol("F0A3")),
        inserted((QIAN, EVENING), symbol("F052")),
        on(0, "需要"),
        " ",
        symbol("F0A3"),
        "不需要",
    )
    body += paragraph("冠名：", form, "同意")
    body += paragraph("联系电话：", words("      ", '<w:u w:val="single"/>'))
    return File(body, comments=comment(0, (QIAN, EVENING), "已代为勾选，请确认。"))


FILES = {
    "automatic-numbers": automatic_numbers,
    "controls": controls,
    "concealed": concealed,
    "foreign-part": foreign_part,
    "fields": fields,
    "check-boxes": check_boxes,
}
