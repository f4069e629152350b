"""Returned files with tracked changes as Word writes them (ECMA-376 Part 1, 17.13.5)."""

from __future__ import annotations

from tests.word.returned.comments_of_word import (
    EVENING,
    LIN,
    MORNING,
    NOON,
    QIAN,
    SECOND,
    TITLE,
    ZHOU,
)
from tests.word.returned.markup import (
    File,
    comment,
    deleted,
    inserted,
    look_before,
    mark_deleted,
    mark_inserted,
    move_range,
    moved_from,
    moved_to,
    on,
    paragraph,
    row,
    table,
    words,
)

LAWYER = "恒源法务"
GOODS = paragraph("第一条 捐赠财产")


def replacements() -> File:
    """Words replaced within words: 伍万元 became 伍佰万元; a deletion between two insertions."""
    zhou, lawyer = (ZHOU, NOON), (LAWYER, NOON)
    body = TITLE + GOODS
    body += paragraph(
        "甲方捐赠人民币伍", inserted(zhou, "佰"), "万元整（￥", deleted(zhou, "50,000.00")
    )
    body = body.removesuffix("</w:p>") + inserted(zhou, "5,000,000.00") + words("）。") + "</w:p>"
    body += SECOND
    body += paragraph(
        "用于",
        inserted(zhou, "云麓大学"),
        deleted(lawyer, "学校"),
        inserted(lawyer, "管理学院"),
        deleted(zhou, "日常"),
        "奖学金。",
    )
    # Word writes one stretch as several runs and several elements where the look changes.
    body += paragraph(
        inserted(zhou, words("专款", "<w:b/>")),
        inserted(zhou, words("专用", "<w:i/>"), words("，单独核算")),
        "。",
    )
    return File(body)


def within_each_other() -> File:
    """A deletion inside another's insertion (17.13.5.14: del within ins), and an insertion there.

    What one put in and another took out again is told as both, each with its hand, though it
    stands in neither text. (The standard nests the two and leaves open how they are told.)
    """
    body = TITLE + paragraph("第四条 管理费")
    body += paragraph(
        "乙方",
        inserted(
            (ZHOU, NOON), words("可以"), deleted((LAWYER, EVENING), "随时"), words("列支管理费")
        ),
        "，不超过",
    )
    body += paragraph(
        inserted((ZHOU, NOON), "年度捐赠额的"),
        inserted((LAWYER, EVENING), "百分之"),
        inserted((ZHOU, NOON), "五"),
        deleted((LAWYER, EVENING), "左右"),
        "。",
    )
    body += paragraph("第五条 公开")
    body += paragraph(
        "乙方每年公开。", inserted((ZHOU, NOON), deleted((LAWYER, EVENING), "甲方可随时查账。"))
    )
    return File(body)


def moves() -> File:
    """Words moved within a paragraph, and into another clause."""
    body = TITLE + SECOND
    body += paragraph(
        moved_from((ZHOU, NOON), "move1", "经甲方书面同意，"),
        "乙方",
        moved_to((ZHOU, NOON), "move1", "经甲方书面同意，"),
        "可以变更用途。",
    )
    body += paragraph(
        "本捐赠不附条件。", moved_from((QIAN, EVENING), "move2", "票据于到账后开具。")
    )
    body += paragraph("第四条 票据与反馈")
    body += paragraph(moved_to((QIAN, EVENING), "move2", "票据于到账后开具。"), "每年反馈一次。")
    return File(body)


def moved_paragraph() -> File:
    """A whole paragraph into another clause: its mark is moved too (17.13.5.21, 17.13.5.26)."""
    who = (ZHOU, NOON)
    source, goal = (
        f'<w:{kind} w:id="@" w:author="{ZHOU}" w:date="{NOON}"/>' for kind in ("moveFrom", "moveTo")
    )

    def whole(kind: str, mark: str) -> str:
        run = words("乙方应当为甲方保密。")
        inside = f'<w:{kind} w:id="@" w:author="{ZHOU}" w:date="{NOON}">{run}</w:{kind}>'
        return move_range(kind, who, "move7", paragraph(inside, mark=mark))

    body = TITLE + SECOND + paragraph("用于奖学金。")
    body += whole("moveFrom", source)
    body += paragraph("专款专用。") + paragraph("第六条 保密")
    body += whole("moveTo", goal)
    body += paragraph(on(0, "第七条 争议解决")) + paragraph("协商解决。")
    return File(body, comments=comment(0, who, "请写明管辖法院。"))


def looks() -> File:
    """Formatting only: of words, of a paragraph, of the page; no words changed."""
    body = TITLE + GOODS
    body += paragraph(
        "捐赠金额为",
        words("人民币陆拾万元整", "<w:b/>" + look_before((ZHOU, NOON), "")),
        "。",
    )
    body += SECOND
    body += paragraph(
        "用于学生奖助。",
        look='<w:jc w:val="center"/>' + look_before((QIAN, EVENING), "", of="pPr"),
    )
    return File(body)


def split_and_joined() -> File:
    """A paragraph split in two (its new mark inserted), two joined (the mark between deleted)."""
    body = TITLE + GOODS
    body += paragraph("甲方捐赠人民币贰拾万元整。", mark=mark_inserted((ZHOU, NOON)))
    body += paragraph("甲方保证财产合法。")
    body += SECOND
    body += paragraph("用于改善", mark=mark_deleted((QIAN, EVENING)))
    body += paragraph("教学条件。")
    body += paragraph("第三条 新增")
    body += paragraph(inserted((ZHOU, NOON), "乙方单独核算。"), mark=mark_inserted((ZHOU, NOON)))
    body += paragraph(deleted((LIN, MORNING), "本条作废。"), mark=mark_deleted((LIN, MORNING)))
    body += paragraph("本协议一式四份。")
    return File(body)


def rows() -> File:
    """Rows inserted and deleted (17.13.5.16, 17.13.5.12), a cell's words changed, a comment."""
    zhou, qian = (ZHOU, NOON), (QIAN, EVENING)

    def cells(*texts: str, who: tuple[str, str], gone: bool) -> str:
        mark = mark_deleted(who) if gone else mark_inserted(who)
        change = deleted if gone else inserted
        return row(*(paragraph(change(who, one), mark=mark) for one in texts), look=mark)

    body = TITLE + GOODS + paragraph("分期捐赠：")
    body += table(
        row("期次", "日期", "金额（元）"),
        row("一", "2026年10月31日", "200,000.00"),
        cells("二", "2027年3月31日", "300,000.00", who=zhou, gone=True),
        cells("二", "2027年10月31日", "300,000.00", who=zhou, gone=False),
        row(
            "三",
            paragraph("2028年", deleted(qian, "3"), inserted(qian, "10"), "月31日"),
            paragraph(on(0, "500,000.00")),
        ),
    )
    body += SECOND + paragraph("用于奖学金。")
    return File(body, comments=comment(0, qian, "合计是否为壹佰万元？"))


def reviewers() -> File:
    """Three people at one sentence, and one of them again some minutes later: never merged."""
    early, later = "2026-09-03T10:15:00Z", "2026-09-03T10:27:00Z"
    body = TITLE + paragraph("一、捐赠金额")
    body += paragraph(
        "甲方",
        inserted((ZHOU, early), "自愿"),
        inserted((ZHOU, later), "、无偿"),
        inserted((LAWYER, early), "向乙方"),
        "捐赠",
        deleted((QIAN, early), "人民"),
        deleted((ZHOU, early), "币"),
        inserted((QIAN, early), "人民币"),
        "叁万元",
        inserted((QIAN, "2026-09-03T10:15:40Z"), "整"),
        inserted((QIAN, "2026-09-03T10:15:59Z"), "（￥30,000.00）"),
        "。",
    )
    body += paragraph("二、期限")
    body += paragraph(deleted((LAWYER, early), "长期"), inserted((LAWYER, early), "三年"), "有效。")
    body += paragraph("附件一：项目预算")
    body += paragraph(inserted((QIAN, later), "人员费不超过10%。"))
    body += paragraph("（以下无正文）")
    return File(body)


FILES = {
    "replacements": replacements,
    "within-each-other": within_each_other,
    "moves": moves,
    "moved-paragraph": moved_paragraph,
    "looks": looks,
    "split-and-joined": split_and_joined,
    "rows": rows,
    "reviewers": reviewers,
}
