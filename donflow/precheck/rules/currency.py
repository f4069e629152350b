"""One currency throughout: words and figures, instalments, and sums told again elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from donflow.domain.halfwidth import halfwidth
from donflow.errors import N_, say
from donflow.precheck.clauses import clause_of, found
from donflow.precheck.draft import Draft
from donflow.precheck.findings import Finding, Severity
from donflow.precheck.numerals import NUMERAL
from donflow.precheck.sums import Sum, is_english, sums


def rule(draft: Draft) -> Iterator[Finding]:
    """Sums in another currency than the total's; a conversion that says so is innocent."""
    total = draft.facts.amount
    told = {
        each.value
        for each in sums(draft.paper)
        if total is not None and _named(each) and each.currency == total.currency
    }
    for each in sums(draft.paper):
        line = draft.paper.by_number[each.line]
        if is_english(line.text):
            continue
        if _differs_within(each):
            yield _finding(draft, each, whole=False)
            continue
        is_other = total is not None and _named(each) and each.currency != total.currency
        is_again = is_other and each.value in told and not _is_converted(draft, each)
        if is_again or (is_other and (_is_total_again(draft, each) or _is_instalment(draft, each))):
            yield _finding(draft, each, whole=True)


def _differs_within(each: Sum) -> bool:
    """港币壹佰万元整（￥1,000,000.00）."""
    if each.words is None or each.figures is None:
        return False
    named = {part.currency for part in (each.words, each.figures) if part.currency}
    return len(named) > 1


def _named(each: Sum) -> bool:
    return any(part is not None and part.currency for part in (each.words, each.figures))


def _is_total_again(draft: Draft, each: Sum) -> bool:
    """The same number as the total, though in another currency, with no rate between them."""
    total = draft.facts.amount
    if total is None or each.value is None:
        return False
    return each.value in (total.figures, total.words_value)


def _is_converted(draft: Draft, each: Sum) -> bool:
    text = draft.paper.by_number[each.line].text
    return (
        re.search(_CONVERTED, halfwidth(text[max(0, each.at.start - 12) : each.at.start]))
        is not None
    )


def _is_instalment(draft: Draft, each: Sum) -> bool:
    text = draft.paper.by_number[each.line].text
    before = halfwidth(text[max(0, each.at.start - 12) : each.at.start])
    if _is_converted(draft, each):
        return False
    said = re.split("[。;]", halfwidth(text[max(0, each.at.start - 40) : each.at.start]))[-1]
    if re.search(_ONE_OF_SEVERAL, before) and not re.search(_TO_OTHERS, said):
        return True
    return any(
        one.at.line == each.line and one.at.start <= each.at.start < one.at.end
        for one in draft.facts.instalments
        if one.amount is not None and one.amount == each.value
    )


def _finding(draft: Draft, each: Sum, *, whole: bool) -> Finding:
    line = draft.paper.by_number[each.line]
    at = (each.at.start, each.at.end)
    return found(
        "currency_mismatch",
        Severity.ERROR,
        line,
        clause_of(line.text, *at) if whole else at,
        say(N_("The gift is in another currency.")),
    )


_ONE_OF_SEVERAL: Final = (
    rf"(?:第\s*{NUMERAL}\s*(?:期|笔|次|批|年)|[首尾末]期|[首尾]笔|尾款|余款|每期|每年|其余)(?:捐赠)?(?:款项?|资金|金额)?"
    r"(?:为|支付|捐赠|:)?\s*$"
)
_TO_OTHERS: Final = "学生|奖|资助|每名|每人|津贴|补助|标准|发放"
_CONVERTED: Final = "折合|折算|等值|约合|相当于|约"
