"""Returned files with comments as Word writes them: threads, states, and what they hang on.

A comment's range is two marks anywhere in the text (ECMA-376 Part 1, 17.13.4.3 and 17.13.4.4), so
ranges overlap, cross runs, paragraphs and cells. Threads are flat: [MS-DOCX] 2.5.4.2 gives each
reply the paraId of the last paragraph of the comment that opened the thread.
"""

from __future__ import annotations

from tests.word.returned.markup import (
    File,
    closes,
    comment,
    deleted,
    extended,
    inserted,
    on,
    opens,
    paragraph,
    points,
    row,
    table,
    text_box,
    words,
)

ZHOU, LIN, QIAN, FANG = "周审核", "林秘书", "钱财务", "方印管"
MORNING, NOON, EVENING = "2026-09-01T09:30:00Z", "2026-09-01T12:05:00Z", "2026-09-02T18:40:00Z"
TITLE = paragraph("云麓大学教育发展基金会捐赠协议书")
SECOND = paragraph("第二条 捐赠用途")


def threads() -> File:
    """A reply, a reply to that reply (flat), a resolved thread, one reopened (done is 0 again).

    Word gives a reply the range of the comment it answers.
    """
    body = TITLE + paragraph("第一条 捐赠财产")
    body += paragraph("甲方自愿捐赠", on(0, on(1, on(2, "人民币伍拾万元"))), "整。")
    body += SECOND + paragraph("用于设立", on(3, on(4, "“恒源奖学金”")), "。")
    body += paragraph(on(5, "第三条 交付时间和方式"))
    body += paragraph("甲方于2026年10月31日前汇入乙方账户。")
    said = [
        comment(0, (ZHOU, MORNING), "请核对大写金额与小写金额是否一致。", last="10000001"),
        comment(1, (LIN, NOON), "已核对，补写小写金额。", last="10000002"),
        comment(2, (ZHOU, EVENING), "好的，请在括号内注明。", last="10000003"),
        comment(3, (QIAN, MORNING), "冠名是否已报学校备案？", last="10000004"),
        comment(4, (LIN, NOON), "已备案，文号见附件。", last="10000005"),
        comment(5, (FANG, MORNING), "标题后请留一空行。", last="10000006"),
    ]
    states = [
        extended("10000001"),
        extended("10000002", "10000001"),
        extended("10000003", "10000001"),
        extended("10000004", done=True),
        extended("10000005", "10000004", done=True),
        extended("10000006", done=False),
    ]
    return File(body, comments="".join(said), extended="".join(states))


def ranges() -> File:
    """Across runs and paragraphs, overlapping, twice on the same words, at a point, empty."""
    body = TITLE + paragraph("第一条 捐赠财产")
    body += paragraph(
        "甲方自愿、无偿",
        opens(0)
        + words("向乙", "<w:b/>")
        + words("方捐", "<w:i/>")
        + words("赠人民币")
        + closes(0),
        "壹佰万元整。",
    )
    body += SECOND
    body += paragraph("用于改善", opens(1) + words("教学条件。"))
    body += paragraph("资助对象包括：") + paragraph(words("家庭经济困难学生") + closes(1), "。")
    body += paragraph("第三条 拨付")
    body += paragraph(
        "乙方按", opens(2), "项目进度", opens(3), "分期", closes(2), "拨付", closes(3), "使用。"
    )
    body += paragraph(
        opens(4) + opens(5) + words("每年12月31日前") + closes(4) + closes(5), "反馈。"
    )
    body += paragraph("第四条 其他")
    body += paragraph("未尽事宜", points(6), "另行协商。", on(7, "一式四份"), "。")
    said = [
        comment(0, (ZHOU, MORNING), "“向乙方捐赠”前宜加“合法所有的财产”。"),
        comment(
            1,
            (ZHOU, MORNING),
            "用途宽窄不一。",
            "一是教学条件无边界；",
            "二是资助对象要有认定标准。",
        ),
        comment(2, (QIAN, NOON), "进度由谁认定？"),
        comment(3, (ZHOU, NOON), "分几期？"),
        comment(4, (ZHOU, EVENING), "反馈时点与年报衔接。"),
        comment(5, (QIAN, EVENING), "财务可在次年3月提供决算。"),
        comment(6, (FANG, EVENING), "此处缺争议解决条款。"),
        comment(7, (FANG, EVENING)),
    ]
    return File(body, comments="".join(said))


def in_tables() -> File:
    """In a cell, over two cells of a row, over two rows; a cell with two paragraphs."""
    body = TITLE + paragraph("第一条 捐赠财产") + paragraph("实物清单如下：")
    body += table(
        row("名称", "数量", "单价（元）"),
        row(paragraph("台式", on(0, "计算机")), paragraph("20台"), paragraph("6,000.00")),
        row(
            paragraph("显微镜"),
            paragraph(opens(1) + words("10台")),
            paragraph(words("12,000.00") + closes(1)),
        ),
        row(paragraph("图书", opens(2) + words("（捐赠版）")), "500册", "30.00"),
        row(
            paragraph(words("合计") + closes(2)),
            paragraph("人民币") + paragraph(on(3, "255,000.00")),
            "—",
        ),
    )
    body += SECOND + paragraph("供云麓大学物理学院教学使用。")
    said = [
        comment(0, (QIAN, MORNING), "请写明品牌和型号。"),
        comment(1, (QIAN, MORNING), "数量乘单价与合计不符？"),
        comment(2, (ZHOU, NOON), "这两行的边框不一致。"),
        comment(3, (QIAN, NOON), "合计应为 255,000.00，已复核。", last="20000001"),
    ]
    return File(body, comments="".join(said), extended=extended("20000001", done=True))


def in_notes() -> File:
    """In a footnote and an endnote; changes there too. The notes' ids −1 and 0 are separators."""
    separators = (
        '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
        '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r>'
        "<w:continuationSeparator/></w:r></w:p></w:footnote>"
    )
    note = paragraph(
        "<w:r><w:footnoteRef/></w:r>",
        "以",
        on(0, "到账日"),
        deleted((ZHOU, NOON), "汇率"),
        inserted((ZHOU, NOON), "中间价"),
        "折算。",
    )
    end = paragraph("<w:r><w:endnoteRef/></w:r>", on(1, "项目清单"), "另附。")
    body = TITLE + paragraph("第一条 捐赠财产")
    body += paragraph("甲方捐赠港币壹佰万元整", '<w:r><w:footnoteReference w:id="1"/></w:r>', "。")
    body += SECOND
    body += paragraph("用于理学院建设", '<w:r><w:endnoteReference w:id="1"/></w:r>', "。")
    return File(
        body,
        comments=comment(0, (QIAN, MORNING), "到账日以银行回单为准。")
        + comment(1, (ZHOU, MORNING), "清单未见。"),
        footnotes=f'{separators}<w:footnote w:id="1">{note}</w:footnote>',
        endnotes=separators.replace("footnote", "endnote")
        + f'<w:endnote w:id="1">{end}</w:endnote>',
    )


def in_text_boxes() -> File:
    """A text box stands twice in the file (drawing and VML fallback) and is seen once."""
    seal = text_box(
        paragraph("甲方（盖章）", on(0, "深圳市恒源数智科技有限公司")),
        paragraph(
            "签订日期：", deleted((ZHOU, NOON), "2026年8月"), inserted((ZHOU, NOON), "2026年9月")
        ),
    )
    body = TITLE + SECOND + paragraph("用于“恒源奖学金”。")
    body += paragraph("第三条 签署") + paragraph("本协议自双方盖章之日起生效。", seal)
    body += paragraph("（以下无正文）")
    return File(body, comments=comment(0, (FANG, MORNING), "名称须与公章一致。"))


def on_changed_words() -> File:
    """On deleted words only, on inserted words only, on both; with a comment's mark inside them."""
    zhou, qian = (ZHOU, NOON), (QIAN, EVENING)
    body = TITLE + paragraph("第一条 捐赠财产")
    body += paragraph(
        "甲方",
        on(0, deleted(zhou, "有权随时撤销")),
        "捐赠人民币",
        on(1, inserted(zhou, "叁拾万元整")),
        "。",
    )
    body += SECOND
    body += paragraph(
        "用于", on(2, deleted(qian, "日常办公"), inserted(qian, "学生奖助"), "支出"), "，专款专用。"
    )
    body += paragraph("第三条 公开")
    body += paragraph(
        "乙方", inserted(qian, words("应当"), opens(3), words("每年公开")) + closes(3), "使用情况。"
    )
    said = [
        comment(0, (ZHOU, NOON), "公益捐赠不得任意撤销（民法典第六百五十八条）。"),
        comment(1, (ZHOU, NOON), "请确认金额。"),
        comment(2, (QIAN, EVENING), "不得列支办公费。"),
        comment(3, (QIAN, EVENING), "按慈善法公开。"),
    ]
    return File(body, comments="".join(said))


FILES = {
    "threads": threads,
    "ranges": ranges,
    "in-tables": in_tables,
    "in-notes": in_notes,
    "in-text-boxes": in_text_boxes,
    "on-changed-words": on_changed_words,
}
