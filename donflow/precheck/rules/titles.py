"""Titles that call a gift something else, or call something else a gift."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from donflow.errors import N_, Sentence, say
from donflow.precheck.draft import Draft
from donflow.precheck.facts import Kind
from donflow.precheck.findings import Finding, Severity


def title_content_mismatch(draft: Draft) -> Iterator[Finding]:
    """A title such as 合作协议 over a gift, a gift's title over a sale, a thing never told of."""
    title = draft.facts.title
    if not title or draft.facts.kind in (Kind.SUPPLEMENTARY, Kind.TERMINATION):
        return
    body = "\n".join(
        line.text
        for line in draft.paper.lines
        if draft.anatomy.in_body(line.number) and line.number > (draft.anatomy.title_line or 0)
    )
    if not _GIFT_TITLE.search(title):
        if _OTHER_TITLE.search(title) and len(_GIVES.findall(body)) >= 2:
            yield _finding(draft, say(N_("What is agreed is a gift; the title should say so.")))
        return
    if _INTENT.search(title) and (
        _BINDING.search(body) or sum(bool(each.search(body)) for each in _FIRM) > 1
    ):
        yield _finding(draft, say(N_("What is agreed binds the parties; the title should say so.")))
        return
    sales = len(_SELLS.findall(_LENT.sub("", body)))
    if sales >= 2 and len(_GIVES.findall(body)) < 2 * sales and not re.search(r"无偿|自愿", body):
        yield _finding(
            draft, say(N_("What is agreed is no gift; the title should say what it is."))
        )
        return
    for thing in _THINGS.findall(title):
        alike = _ALIKE.get(thing, thing)
        if not re.search(alike, body):
            yield _finding(
                draft,
                say(N_("The title says {thing}; the text says nothing of it."), thing=thing),
            )
            return


def _finding(draft: Draft, expected: Sentence) -> Finding:
    line = draft.anatomy.title_line
    words = draft.paper.by_number[line].text.strip() if line is not None else ""
    return Finding("title_content_mismatch", Severity.ERROR, line, words, expected, sure=False)


_INTENT: Final = re.compile(r"(?:意向(?:书|表|函)|备忘录|倡议书|建议书)$")
_BINDING: Final = re.compile(
    r"(?<!不)具有(?:法律)?(?:约束力|法律效力)|(?:均|都|即)有(?:法律)?约束力"
)
_FIRM: Final = (
    re.compile(r"(?:签字|签署|盖章|签章)[^。；]{0,12}生效"),
    re.compile(r"违约责任|承担[^。；]{0,8}责任"),
    re.compile(r"人民法院|仲裁委员会"),
)
_GIFT_TITLE: Final = re.compile(r"捐|赠|资助|奖学金|助学金|奖教金|基金|奖励金")
_OTHER_TITLE: Final = re.compile(
    r"合作|赞助|采购|买卖|购销|服务|委托|借款|投资|转让|共建|联合|框架|租赁|承包|合同|意向|备忘录|协议"
)
_GIVES: Final = re.compile(r"捐赠|捐资|捐助|赠与|捐款")
_SELLS: Final = re.compile(
    r"货款|价款|租金|采购款|合同价|支付(?:服务费|设计费|采购)|购销|中标|投资回报|年化|还款|借款|利息"
)
# Money lent to students out of a gift is what the gift is for.
_LENT: Final = re.compile(
    r"[^。；\n]{0,40}(?:学生|助学|困难)[^。；\n]{0,40}(?:借款|贷款|周转金)[^。；\n]{0,40}|借款人[^。；\n]{0,40}|借款由学生[^。；\n]{0,40}"
)
_THINGS: Final = re.compile(
    r"奖学金|助学金|奖教金|图书|书籍|仪器|设备|钢琴|车辆|软件|股权|房产|书画|雕塑|景观石"
)
_ALIKE: Final = {
    "图书": r"图书|书籍|期刊|书目|册",
    "书籍": r"图书|书籍|期刊|书目|册",
    "仪器": r"仪器|设备|仪|机",
    "设备": r"设备|仪器|仪|机|系统|终端|电脑|空调|服务器|工作站",
    "车辆": r"车",
    "软件": r"软件|系统|许可|平台",
    "股权": r"股权|股份|股票",
    "房产": r"房|建筑面积|不动产",
    "书画": r"书画|字画|书法|画",
    "雕塑": r"雕塑|雕像|塑像",
    "助学金": r"助学|资助|困难",
    "奖教金": r"奖教|教师",
    "奖学金": r"奖学|奖助",
}
