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
    for read in re.finditer(_AGAIN, line.text):
        at = sentence_of(line.text, *read.span())
        sentence = line.text[slice(*at)]
        if re.search(_RIGHTLY, sentence) or is_forbidden(draft.paper, line, *read.span()):
            continue
        yield found(
            "receipt_reissue_invalid",
            Severity.ERROR,
            line,
            at,
            say(N_("For the same money no second receipt may be issued.")),
        )


def _certificate(draft: Draft, line: Line) -> Iterator[Finding]:
    """A certificate that names a sum before that sum has arrived."""
    for read in re.finditer("证书|荣誉牌|捐赠牌匾|铭牌", line.text):
        at = sentence_of(line.text, *read.span())
        sentence = halfwidth(line.text[slice(*at)])
        if re.search(_ARRIVED, sentence) or is_forbidden(draft.paper, line, *read.span()):
            continue
        if _names_sum(draft, line, at) or re.search(_PROMISED, sentence):
            yield found(
                "certificate_amount_risk",
                Severity.WARNING,
                line,
                at,
                say(N_("A certificate names what has arrived, not what is promised.")),
                sure=False,
            )
            return


def _names_sum(draft: Draft, line: Line, at: tuple[int, int]) -> bool:
    """Whether a sum stands in the sentence that is no threshold (1000元以上)."""
    for each in sums_of_line(line):
        if not at[0] <= each.at.start < at[1]:
            continue
        after = halfwidth(line.text[each.at.end :])
        before = halfwidth(line.text[max(at[0], each.at.start - 8) : each.at.start])
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
)
_RIGHTLY: Final = (
    "作废|红字|红冲|冲红|收回原|开票有误|开具有误|开具错误|填写错误|信息有误|不符合规定|退回原|"
    "每期|各期|分期到账后"
)
_ARRIVED: Final = (
    "实际(?:到账|收到|捐赠|交付)|实到|到账(?:金额|款)|已到账|按到账|实收|以到账|全部(?:捐赠款|"
    "款项|捐款|资金)?(?:到账|到位|收到|付清|支付完毕)|"
    "收到全部|付清后|到账后.{0,12}(?:按|依)"
)
_PROMISED: Final = (
    r"(?:协议(?:约定)?(?:的)?(?:总|捐赠)?(?:金额|总额)|认捐(?:总)?(?:金额|额)|"
    r"承诺(?:捐赠)?(?:的)?(?:总)?(?:金额|额)|捐赠总额|(?:捐赠)?总金额|全额)"
)
