"""Instalments: their sum, their number, and the years they are spread over."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from donflow.domain.halfwidth import halfwidth
from donflow.errors import N_, say
from donflow.precheck.clauses import found
from donflow.precheck.draft import Draft
from donflow.precheck.facts import Instalment, Kind
from donflow.precheck.facts_amounts import stated_total
from donflow.precheck.facts_instalments import instalments_of_table
from donflow.precheck.facts_payment import once_a_year
from donflow.precheck.findings import Finding, Severity
from donflow.precheck.numerals import NUMERAL, whole_number
from donflow.precheck.paper import Line
from donflow.precheck.rules.amounts import sum_in_figures
from donflow.precheck.sums import is_english, sums_of_line
from donflow.precheck.tables import tables


def rule(draft: Draft) -> Iterator[Finding]:
    """Those of a supplement, which speaks of some only, are held to the rest that leads to them."""
    if draft.facts.kind is Kind.TERMINATION:
        return
    if draft.facts.kind is Kind.SUPPLEMENTARY:
        yield from _of_the_rest(draft)
        return
    yield from _sum(draft)
    told: set[int | None] = set()
    for each in (*_years(draft), *_between_days(draft), *_count(draft)):
        if each.line not in told:
            told.add(each.line)
            yield each


def _sum(draft: Draft) -> Iterator[Finding]:
    given, amount = draft.facts.instalments, draft.facts.amount
    values = [each.amount for each in given if each.amount is not None]
    if amount is None or len(values) < 2 or len(values) < len(given):
        return
    is_yearly = len({each.at for each in given}) == 1
    if is_yearly and set(values) == {amount.figures or amount.words_value}:
        return  # only what each year has is told
    said = draft.paper.text(given[0].at)
    if is_yearly and "每年" in said and not once_a_year(said):
        return  # two a year, of which only the years are read
    wanted = {value for value in (amount.figures, amount.words_value) if value is not None}
    total = sum(values, Decimal(0))
    stated = next(
        (stated_total(each) for each in tables(draft.paper) if instalments_of_table(each, None)),
        None,
    )
    is_stated_wrong = stated is not None and stated.value not in (None, total)
    if not wanted or (total in wanted and not is_stated_wrong):
        return
    if not is_stated_wrong and _by_words(draft, given) in wanted:
        return
    if stated is not None and is_stated_wrong and (total in wanted or stated.value not in wanted):
        at = stated.at
    else:
        odd = odd_one(values, next(iter(wanted)))
        total_at = amount.figures_at or amount.words_at
        at = total_at if is_yearly and total_at else given[odd].at
    yield found(
        "instalment_sum_mismatch",
        Severity.ERROR,
        draft.paper.by_number[at.line],
        (at.start, at.end),
        say(
            N_("The {count} instalments come to {sum}, not to the total {total}."),
            count=len(values),
            sum=sum_in_figures(total, amount.currency),
            total=sum_in_figures(next(iter(wanted)), amount.currency),
        ),
    )


def _of_the_rest(draft: Draft) -> Iterator[Finding]:
    """余款人民币壹佰贰拾万元整分三期支付：第三期 …, 第四期 …: what leads to them is their sum."""
    given = draft.facts.instalments
    values = [each.amount for each in given if each.amount is not None]
    if len(values) < 2 or len(values) < len(given):
        return
    first = given[0].at
    lines = [line for line in draft.paper.lines if line.number <= first.line and line.text.strip()]
    for line in lines[-2:]:
        for each in sums_of_line(line):
            after = halfwidth(line.text[each.at.end : each.at.end + 12])
            is_before = (line.number, each.at.end) <= (first.line, first.start)
            if not is_before or not re.match(_IN_TURN, after) or each.value is None:
                continue
            if sum(values, Decimal(0)) != each.value:
                at = given[odd_one(values, each.value)].at
                yield found(
                    "instalment_sum_mismatch",
                    Severity.ERROR,
                    draft.paper.by_number[at.line],
                    (at.start, at.end),
                    say(
                        N_("The {count} instalments come to {sum}, not to the total {total}."),
                        count=len(values),
                        sum=sum_in_figures(sum(values, Decimal(0))),
                        total=sum_in_figures(each.value),
                    ),
                )
            return


def odd_one(values: Sequence[Decimal], total: Decimal) -> int:
    """Which of the parts a reader would suspect: the one that, put right, is like another.

    Where none is, the last.
    """
    missing = total - sum(values, Decimal(0))
    usual, times = Counter(values).most_common(1)[0]
    different = [index for index, value in enumerate(values) if value != usual]
    if times > 1 and len(different) == 1 and len(values) > 2:
        return different[0]
    like = [
        index
        for index, value in enumerate(values)
        if value + missing in (*values[:index], *values[index + 1 :])
    ]
    return like[-1] if like else len(values) - 1


def _by_words(draft: Draft, given: Sequence[Instalment]) -> Decimal | None:
    """What they come to in words, where figures and words of one disagree."""
    values: list[Decimal] = []
    lines = {each.at.line for each in given}
    written = {number: sums_of_line(draft.paper.by_number[number]) for number in lines}
    for each in given:
        sums = written[each.at.line]
        within = [one for one in sums if each.at.start <= one.at.start < each.at.end]
        said = next((one.words.value for one in within if one.words and one.words.value), None)
        values.append(said or each.amount or Decimal(0))
    return sum(values, Decimal(0))


def _count(draft: Draft) -> Iterator[Finding]:
    """分五期, but six are listed."""
    given = draft.facts.instalments
    is_listed = len({each.at for each in given}) == len(given)
    if len(given) < 2 or not is_listed:
        return
    years = {each.due[:4] for each in given if re.match("[0-9]{4}-", each.due)}
    for line in _chinese(draft):
        for read in re.finditer(_IN_PARTS, halfwidth(line.text)):
            count = whole_number(read["count"])
            by_year = read["unit"].startswith(("年", "个"))
            is_spread = not by_year or len(years) == len(given)
            if count is None or count == len(given) or not is_spread:
                continue
            yield _mismatch(line, read.span(), said=count, listed=len(given))
            return


def _years(draft: Draft) -> Iterator[Finding]:
    """自2025年至2028年 is four years: as many as are said, and as the instalments take."""
    due = [int(each.due[:4]) for each in draft.facts.instalments if re.match("[0-9]{4}-", each.due)]
    for line in _chinese(draft):
        text = halfwidth(line.text)
        for read in re.finditer(_SPREAD, text):
            first, last = int(read["first"]), int(read["last"])
            sentence_start = (
                max(text.rfind("。", 0, read.start()), text.rfind(";", 0, read.start())) + 1
            )
            sentence_end = min(
                [at for at in (text.find("。", read.end()), text.find(";", read.end())) if at >= 0]
                or [len(text)]
            )
            sentence = text[sentence_start:sentence_end]
            if not re.search("捐赠|支付|资助|每年|分", sentence) or re.search(
                "冠名|有效期|报告", sentence
            ):
                continue
            counts = [
                (one, whole_number(one["count"])) for one in re.finditer(_FOR_YEARS, sentence)
            ]
            if once_a_year(sentence):
                counts += [
                    (one, whole_number(one["count"]))
                    for one in re.finditer(_IN_PARTS, sentence)
                    if one["unit"] in "期次笔批"
                ]
            spans = last - first + 1
            wrong = next((one for one, count in counts if count not in (None, spans)), None)
            if wrong is not None:
                start = min(read.start(), sentence_start + wrong.start())
                end = max(read.end(), sentence_start + wrong.end())
                yield _mismatch(
                    line, (start, end), said=whole_number(wrong["count"]) or 0, listed=spans
                )
            elif len(due) > 1 and not counts and (min(due), max(due)) != (first, last):
                yield _mismatch(line, read.span(), said=spans, listed=max(due) - min(due) + 1)
            elif (
                len(due) > 1
                and counts
                and (min(due), max(due)) != (first, last)
                and len(due) != spans
            ):
                yield _mismatch(line, read.span(), said=spans, listed=len(due))


def _between_days(draft: Draft) -> Iterator[Finding]:
    """自2026年1月1日至2029年12月31日 is four years; other days may be counted either way."""
    for line in _chinese(draft):
        text = halfwidth(line.text)
        for read in re.finditer(_DAYS, text):
            start = max(text.rfind(mark, 0, read.start()) for mark in "。;") + 1
            sentence = re.split("[。;]", text[start:])[0]
            months = 12 * (int(read["last"]) - int(read["first"]))
            months += int(read["to"]) - int(read["from"]) + 1
            if not re.search("捐赠|支付|资助|每年|分", sentence) or re.search(
                "冠名|有效期|报告|命名", sentence
            ):
                continue
            fits = {months // 12} if months % 12 == 0 else {months // 12, months // 12 + 1}
            for each in re.finditer(_FOR_YEARS, sentence):
                count = whole_number(each["count"])
                if count is not None and count not in fits:
                    at = (
                        min(read.start(), start + each.start()),
                        max(read.end(), start + each.end()),
                    )
                    yield _mismatch(line, at, said=count, listed=max(fits))
                    break


def _mismatch(line: Line, at: tuple[int, int], *, said: int, listed: int) -> Finding:
    return found(
        "instalment_count_mismatch",
        Severity.ERROR,
        line,
        at,
        say(N_("{said} are said, but there are {listed}."), said=said, listed=listed),
    )


def _chinese(draft: Draft) -> list[Line]:
    return [line for line in draft.paper.lines if not is_english(line.text)]


_IN_PARTS: Final = (
    rf"(?:分(?:为|成|作)?|共(?:计|分)?)\s*(?P<count>{NUMERAL})\s*(?:\([0-9]+\))?\s*(?P<unit>期|"
    rf"次|笔|批|个?年度?)(?=[^内]|$)"
    r"(?=(?:等额|平均|均|足额|依次|陆续|向|将|的)?(?:支付|付清|到账|捐赠|汇|缴|履行|付款|交付|"
    r"完成|拨|到位|捐款|,|。|:|;|\(|$|向))"
)
_IN_TURN: Final = rf"\)?\s*,?\s*(?:仍|按|应)?分(?:为|成|作)?\s*{NUMERAL}\s*(?:期|次|笔|批|年)"
_SPREAD: Final = (
    r"(?:自\s*)?(?P<first>20[0-9]{2})\s*年?\s*度?(?:[0-9]{1,2}月)?\s*(?:起)?(?:至|到|—+|-+|–|~|～)"
    r"\s*(?P<last>20[0-9]{2})\s*年度?(?!\s*[0-9]{1,2}\s*月)"
)
_DAYS: Final = (
    r"(?P<first>20[0-9]{2})\s*年\s*(?P<from>[0-9]{1,2})\s*月(?:\s*[0-9]{1,2}\s*日)?\s*(?:起)?(?:至|到|—+|-+|–|~)"
    r"\s*(?P<last>20[0-9]{2})\s*年\s*(?P<to>[0-9]{1,2})\s*月(?:\s*[0-9]{1,2}\s*日)?"
)
_FOR_YEARS: Final = (
    rf"(?:为期|连续|分|共|持续|期限为?)\s*(?P<count>{NUMERAL})\s*(?:个年度|个?学?年(?![度级前]))"
)
