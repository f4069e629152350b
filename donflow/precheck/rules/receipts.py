"""Receipts and certificates follow the money: none anew, none for what has not arrived."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from donflow.domain.halfwidth import halfwidth
from donflow.errors import N_, say
from donflow.precheck.clauses import found, is_forbidden, sentence_of
from donflow.precheck.draft import Draft
from donflow.precheck.findings import Finding, Severity
from donflow.precheck.paper import Line
from donflow.precheck.sums import is_english, sums_of_line


def rule(draft: Draft) -> Iterator[Finding]:
    """Both."""
    for line in draft.paper.lines:
        if is_english(line.text) or line.number in draft.anatomy.signing:
            continue
        yield from _reissued(draft, line)
        yield from _certificate(draft, line)


def _reissued(draft: Draft, line: Line) -> Iterator[Finding]:
    """A second receipt for the same money; a wrong one may be voided or reversed first (A-36)."""
    told = 0
    for read in re.finditer(_AGAIN, line.text):
        if read.start() < told:
            continue
        at = sentence_of(line.text, *read.span())
        sentence = line.text[slice(*at)]
        is_right = re.search(_RIGHTLY, sentence) and not re.search(
            f"{_OTHER_SUM}|{_OTHER_NAME}", sentence
        )
        if is_right or is_forbidden(draft.paper, line, *read.span()):
            continue
        told = at[1]
        yield found(
            "receipt_reissue_invalid",
            Severity.ERROR,
            line,
            at,
            say(N_("For the same money no second receipt may be issued.")),
        )


def _certificate(draft: Draft, line: Line) -> Iterator[Finding]:
    """A certificate that names a sum before that sum has arrived."""
    seen = 0
    for read in re.finditer("证书|荣誉牌|捐赠牌匾|铭牌", line.text):
        if read.start() < seen:
            continue
        at = sentence_of(line.text, *read.span())
        seen = at[1]
        sentence = halfwidth(line.text[slice(*at)])
        is_wished = re.search(_AS_WISHED, sentence) is not None
        is_early = re.search(_BEFORE_ARRIVAL, sentence) is not None
        if not is_wished and not is_early and re.search(_ARRIVED, sentence):
            continue
        is_risky = (
            is_wished
            or is_early
            or _names_sum(draft, line, at, read.start())
            or re.search(_PROMISED, sentence)
        )
        if is_risky and not is_forbidden(draft.paper, line, *read.span()):
            yield found(
                "certificate_amount_risk",
                Severity.WARNING,
                line,
                at,
                say(N_("A certificate names what has arrived, not what is promised.")),
                sure=False,
            )
            return


def _names_sum(draft: Draft, line: Line, at: tuple[int, int], certificate: int) -> bool:
    """Whether a sum stands in the sentence that is no threshold (1000元以上) and no receipt's."""
    for each in sums_of_line(line):
        if not at[0] <= each.at.start < at[1]:
            continue
        after = halfwidth(line.text[each.at.end : each.at.end + 30])
        before = halfwidth(line.text[max(at[0], each.at.start - 8) : each.at.start])
        if re.search(
            "(?:票据|收据|发票)[^，。；]{0,6}[，、]", line.text[each.at.end : certificate]
        ):
            continue
        is_threshold = re.match(
            r"\s*\)?\s*(?:\(含\))?(?:及?以上|以下|以内|起)", after
        ) or re.search("超过|达到|满|不少于|不低于|每人|工本费|费用", before)
        total = draft.facts.amount
        is_lump = draft.facts.payment_mode == "lump" and re.search(
            "收到|到账", line.text[slice(*at)]
        )
        is_all = total is not None and each.value in (total.figures, total.words_value)
        if not is_threshold and not (is_lump and is_all):
            return True
    return False


_AGAIN: Final = (
    r"(?:再次|重新|重复|再行|另行再|再)\s*(?:为[^，。；]{0,10}|向[^，。；]{0,16})?(?:补?开具|"
    r"补?开出|补?开立|出具|换开|补开|开)[^，。；]{0,14}(?:票据|收据|发票)"
    r"|(?:票据|收据|发票)[^。；]{0,24}(?:重开|补开|换开|改开|再次开具|重新开具|另开|重复开具|"
    r"再开具|重新出具)"
    r"|(?:重开|补开|换开|改开)[^，。；]{0,10}(?:票据|收据|发票)"
    r"|(?:票据|收据|发票)[^。；]{0,24}(?:改[以为开]|换成|换为|变更为)[^，。；]{0,16}(?:名义|抬头|名称)"
)
_RIGHTLY: Final = (
    "作废|红字|红冲|冲红|收回原|开票有误|开具有误|开具错误|填写错误|信息有误|不符合规定|退回原|"
    "每期|各期|分期到账后"
)
_OTHER_SUM: Final = (
    "(?:新的?|变更后的?|调整后的?|减少后的?|增加后的?|剩余|较[高低]|不同)(?:捐赠)?金额|金额为?零|零元|"
    "金额(?:变更|调整|改)为|更[高低]金额|(?:按|以)[^，。；]{0,12}要求的?金额"
)
_OTHER_NAME: Final = (
    "(?:改|变更|换)[以为开][^，。；]{0,16}(?:名义|抬头)|(?:以|按|为)[^，。；]{0,12}(?:名义|抬头)(?:重新|另行?|再|改)|"
    "(?:变更|更改|更换|改换|调整|修改)(?:票据|发票|收据)?(?:的)?(?:抬头|付款人|捐赠人名称|开具对象)|"
    "抬头(?:变更|更换|改|调整)|"
    "(?:要求|需要|需求|指定|意愿)(?:的)?[^，。；]{0,8}重新开具"
)
"""What was received is a fact: a mistake on a receipt is put right, its sum is not agreed on."""
_AS_WISHED: Final = (
    r"(?:金额|价值|数额)[^，。；]{0,8}(?:可以?|能够?|应)?(?:按|依|由|根据|遵照)[^，。；]{0,8}(?:捐赠[人方]|甲方|赠与[人方]|捐书人|其)?"
    r"(?:的)?(?:要求|意愿|意思|需要|自行|指定|填写|决定)"
    r"|(?:金额|价值|数额)[^，。；]{0,10}(?:可以?|应当?|允许)?(?:高于|大于|超过|多于|适当提高|上浮|虚|调高)"
    r"|[按依][^，。；]{0,4}(?:捐赠[人方]|甲方|赠与[人方])[^，。；]{0,4}(?:要求|需要|指定|评定|评估|估算|估计|认定|申报|自报|确定|主张)的?[^，。；]{0,6}(?:金额|价值|数额)"
    r"|[按依以根据照]{1,2}(?:捐赠[人方]|甲方|赠与[人方]|捐书人)(?:自行|单方面?|自己|所)?(?:评定|认定|确定|估算|估计|估价|申报"
    r"|评估|作价|主张|自报|提出|填报)的?[^，。；]{0,8}(?:金额|价值|价格|数额|作价)"
    r"|(?:同等|相同|同样|相等)(?:的)?(?:金额|数额)的?[^，。；]{0,8}证书"
    r"|(?:高于|大于|超过)[^，。；]{0,14}(?:金额|价值|数额)[^，。；]{0,10}(?:填写|载明|记载|出具|颁发)"
)
_ARRIVED: Final = (
    "实际(?:到账|收到|捐赠|交付)|实到|到账(?:金额|款)|已到账|按到账|实收|以到账|全部(?:捐赠款|"
    "款项|捐款|资金)?(?:到账|到位|收到|付清|支付完毕)|"
    "收到全部|付清后|到账后.{0,12}(?:按|依)"
)
_BEFORE_ARRIVAL: Final = (
    "(?:到账|到帐|到位|付清|支付|汇入|交付|收到[^，。;；]{0,8})(?:之前|以前|前)[^不。;；]{0,16}"
    "(?:颁发|颁赠|授予|发给|出具|制发|寄送|赠送)[^。;；]{0,16}证书"
    "|(?:颁发|颁赠|授予|发给|出具|制发|寄送|赠送)[^。;；]{0,16}证书[^不。;；]{0,10}"
    "(?:不以[^，。;；]{0,10}(?:到账|到位)为|不论[^，。;；]{0,10}是否(?:到账|到位))"
)
_PROMISED: Final = (
    r"(?:协议(?:约定)?(?:的)?(?:总|捐赠)?(?:金额|总额)|认捐的?(?:总)?(?:金额|数额|额)|"
    r"承诺(?:捐赠)?(?:的)?(?:总)?(?:金额|额)|捐赠总额|(?:捐赠)?总金额|全额)"
)
