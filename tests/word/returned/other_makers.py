"""Returned files of other makers: WPS, python-docx; and what LibreOffice itself is given to write.

WPS writes no commentsExtended part, no initials, local times without Z, ids from 0, its run
properties in every change, and lets people comment in headers, where Word does not.
LibreOffice cuts a tracked change wherever the script changes (Western, Chinese), because a run has
one language (sw/source/filter/ww8, writerfilter): a date becomes up to six changes.
"""

from __future__ import annotations

import io
import zipfile

import docx

from tests.word.returned.changes_of_word import GOODS
from tests.word.returned.comments_of_word import QIAN, SECOND, TITLE, ZHOU
from tests.word.returned.markup import (
    File,
    archived,
    comment,
    deleted,
    inserted,
    mark_deleted,
    on,
    paragraph,
    points,
    row,
    table,
    words,
)

LOCAL, LOCAL_LATER = "2026-09-04T15:20:00", "2026-09-04T15:48:00"
_HINT = '<w:rFonts w:hint="eastAsia"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/>'


def wps_comments() -> File:
    """Ids from 0, no initials, no Z, no states; one in the header; one author without a name."""
    body = TITLE + GOODS
    body += paragraph(on(0, words("人民币", _HINT), words("拾伍万元", _HINT)), "整。")
    body += SECOND + table(
        row("用途", "金额"), row(paragraph(on(1, words("奖学金", _HINT))), "150,000.00")
    )
    body += paragraph("附件1 资金安排") + paragraph(on(2, "另行约定"), "。")
    said = [
        comment(0, ("wps_1601234567", LOCAL), "加小写。", initials=""),
        comment(1, ("wps_1601234567", LOCAL), "写明比例。", "按年度。", initials=""),
        comment(2, ("", ""), "附件请补。", initials=""),
        comment(3, (ZHOU, LOCAL_LATER), "页眉用全称。", initials=""),
    ]
    return File(
        body, comments="".join(said), header=paragraph("协议编号：", on(3, "YLJJ-2026-001"))
    )


def wps_changes() -> File:
    """A change per run with its properties, a change without a time, a paragraph deleted whole."""
    zhou, qian = (ZHOU, LOCAL), (QIAN, LOCAL_LATER)
    body = TITLE + GOODS
    gone = [
        f"<w:r><w:rPr>{_HINT}</w:rPr><w:delText>{one}</w:delText></w:r>" for one in ("五", "万")
    ]
    body += paragraph(
        "人民币",
        *(deleted(zhou, one) for one in gone),
        inserted(zhou, words("陆", _HINT)),
        inserted(zhou, words("万", _HINT)),
        "元整",
        inserted((QIAN, ""), "（￥60,000.00）"),
        "。",
    )
    body += paragraph(deleted(qian, "甲方可指定受益人。"), mark=mark_deleted(qian))
    body += SECOND
    body += paragraph("用于奖学金", inserted(qian, "和助学金"), "。", points(0))
    return File(body, comments=comment(0, (QIAN, LOCAL_LATER), "两项合并核算。", initials=""))


def python_docx() -> bytes:
    """Made by python-docx itself, comments too; only its clock is replaced."""
    document = docx.Document()
    document.add_paragraph("云麓大学教育发展基金会捐赠协议书")
    document.add_paragraph("第一条 捐赠财产")
    line = document.add_paragraph("甲方捐赠")
    money = line.add_run("人民币玖万元整")
    line.add_run("。")
    document.add_comment(money, text="大写已核对。", author=QIAN, initials="钱")
    cells = document.add_table(rows=1, cols=2).rows[0].cells
    cells[0].text, cells[1].text = "开户行", "账号"
    document.add_comment(
        cells[1].paragraphs[0].runs, text="账号缺失。\n请补。", author=ZHOU, initials="周"
    )
    for made in document.part._comments_part.element.comment_lst:
        made.set(made.nsmap["w"].join("{}") + "date", "2026-09-05T08:00:00Z")
    written = io.BytesIO()
    document.save(written)
    with zipfile.ZipFile(written) as archive:
        return archived({name: archive.read(name) for name in archive.namelist()})


FILES = {"wps-comments": wps_comments, "wps-changes": wps_changes}

SCRIPTS = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"
 office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text">
<office:body><office:text>
<text:tracked-changes>
<text:changed-region xml:id="c1" text:id="c1"><text:insertion><office:change-info>
<dc:creator>周审核</dc:creator><dc:date>2026-09-06T09:10:00</dc:date></office:change-info>
</text:insertion></text:changed-region>
<text:changed-region xml:id="c2" text:id="c2"><text:deletion><office:change-info>
<dc:creator>周审核</dc:creator><dc:date>2026-09-06T09:11:00</dc:date></office:change-info>
<text:p>2026年9月30日前（共2期）</text:p></text:deletion></text:changed-region>
<text:changed-region xml:id="c3" text:id="c3"><text:insertion><office:change-info>
<dc:creator>钱财务</dc:creator><dc:date>2026-09-06T09:12:00</dc:date></office:change-info>
</text:insertion></text:changed-region>
</text:tracked-changes>
<text:p>云麓大学教育发展基金会捐赠协议书</text:p>
<text:p>第三条 交付时间</text:p>
<text:p>甲方于<text:change text:change-id="c2"/><text:change-start text:change-id="c1"/>\
2026年10月31日（含当日）<text:change-end text:change-id="c1"/>汇入<office:annotation \
office:name="n1" loext:resolved="true"><dc:creator>周审核</dc:creator>\
<dc:date>2026-09-06T09:15:00</dc:date><text:p>账户以第四条为准。</text:p></office:annotation>\
乙方A类账户<office:annotation-end office:name="n1"/>。</text:p>
<text:p>第四条 账户</text:p>
<text:p>户名：云麓大学教育发展基金会<text:change-start text:change-id="c3"/>，Swift代码另告\
<text:change-end text:change-id="c3"/>。<office:annotation><dc:creator>钱财务</dc:creator>\
<dc:date>2026-09-06T09:20:00</dc:date><text:p>开户行待补。</text:p></office:annotation></text:p>
</office:text></office:body></office:document>
"""
"""Written by nobody's word processor: LibreOffice reads it and writes its own markup of it."""
