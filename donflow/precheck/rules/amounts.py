"""Sums in figures and words: that they agree, and that each is written as banks ask.

Source: 支付结算办法 (1997), annex 正确填写票据和结算凭证的基本规定; domain.md D2.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from donflow.domain.halfwidth import halfwidth
from donflow.domain.money import Money, figures, symbol_figures
from donflow.domain.rmb_words import Fault, words
from donflow.errors import N_, say
from donflow.precheck.clauses import found
from donflow.precheck.draft import Draft
from donflow.precheck.facts_amounts import is_part, total_sum
from donflow.precheck.facts_items import money_column
from donflow.precheck.findings import Finding, Severity
from donflow.precheck.paper import Span
from donflow.precheck.sums import Sum, Words, is_english, read_figures, sums
from donflow.precheck.tables import tables


def rule(draft: Draft) -> Iterator[Finding]:
    """Every sum of the Chinese text."""
    written = [
        each for each in sums(draft.paper) if not is_english(draft.paper.by_number[each.line].text)
    ]
    total = total_sum(draft.paper, draft.anatomy)
    # A sum in words alone that stands elsewhere with its figures is only mentioned.
    in_full = {one.words.value for one in written if one.words and one.figures}
    for each in written:
        yield from _figures(draft, each, is_total=each == total)
        yield from _disagreement(draft, each, written)
        if each.words is not None and (each.words.formal or each == total):
            again = each.figures is None and each.words.value in in_full
            yield from _spelling(draft, each, each.words, is_total=each == total, again=again)
    yield from _apart(draft)
    yield from _figures_missing(draft, written, total)
    yield from _malformed_cells(draft)


def sum_in_words(value: Decimal) -> str:
    """人民币伍拾万元整; empty where a sum has no canonical words."""
    amount = _money(value)
    return words(amount) if amount and 0 <= amount.minor < 10**15 else ""


def sum_in_figures(value: Decimal, currency: str = "CNY") -> str:
    """￥500,000.00; empty where a sum has more than two decimals."""
    amount = _money(value, currency)
    return symbol_figures(amount) if amount else ""


def _money(value: Decimal, currency: str = "CNY") -> Money | None:
    minor = value * 100
    return Money(int(minor), currency) if minor == int(minor) else None


def _figures(draft: Draft, each: Sum, *, is_total: bool) -> Iterator[Finding]:
    if each.figures is None:
        return
    at, text = each.figures.at, each.figures.text
    line = draft.paper.by_number[at.line]
    if each.figures.value is None:
        meant = each.words.value if each.words else None
        shown = sum_in_figures(meant, each.currency) if meant is not None else ""
        digits = re.sub(r"\D", "", halfwidth(text))
        is_same = bool(shown) and re.sub(r"\D", "", shown) in (digits, digits + "00")
        expect = (
            say(N_("It should be {figures}."), figures=shown)
            if shown
            else say(N_("The digits are not grouped by threes: such as 500,000.00."))
        )
        mend = [(at.start, at.end, shown)] if is_same else []
        yield found(
            "figures_malformed", Severity.ERROR, line, (at.start, at.end), expect, mend=mend
        )
        return
    plain = re.fullmatch(r"\D*[0-9]{5,}(?:\.[0-9]*)?\D*", text)
    if plain and (is_total or each.words) and each.figures.value is not None:
        shown = sum_in_figures(each.figures.value, each.currency)
        mend = [(at.start, at.end, shown)] if shown and "万" not in text else []
        yield found(
            "figures_style",
            Severity.INFO,
            line,
            (at.start, at.end),
            say(N_("Better written {figures}."), figures=shown),
            mend=mend,
        )


def _disagreement(draft: Draft, each: Sum, written: list[Sum]) -> Iterator[Finding]:
    if each.words is None or each.figures is None:
        return
    said, shown = each.words.value, each.figures.value
    if said is None or shown is None or said == shown:
        return
    at = each.words.at if each.words.at.line == each.line else each.at
    span = (each.at.start, each.at.end) if each.figures.at.line == each.line else (at.start, at.end)
    mend = []
    if each.currency == "CNY" and _is_confirmed(draft, shown, said, written):
        place = each.words.number_at
        mend = [(place.start, place.end, sum_in_words(shown).removeprefix("人民币"))]
    yield found(
        "figures_words_mismatch",
        Severity.ERROR,
        draft.paper.by_number[each.line],
        span,
        say(
            N_("The words say {words}, the figures {figures}."),
            words=_shown(said),
            figures=_shown(shown),
        ),
        mend=mend,
    )


def _is_confirmed(draft: Draft, shown: Decimal, said: Decimal, written: list[Sum]) -> bool:
    """Whether the other sums of the paper bear out the figures and not the words."""
    values = Counter(
        part.value
        for each in written
        for part in (each.figures, each.words)
        if part is not None and part.value is not None
    )
    parts = [each.amount for each in draft.facts.instalments if each.amount is not None]
    borne_out = values[shown] > 1 or (len(parts) > 1 and sum(parts) == shown)
    return borne_out and values[said] == 1 and sum(parts) != said


def _spelling(
    draft: Draft, each: Sum, said: Words, *, is_total: bool, again: bool
) -> Iterator[Finding]:
    line = draft.paper.by_number[said.at.line]
    faults = set(said.faults) - {Fault.GAP_AFTER_RMB, Fault.FIGURES_WORDS_MISMATCH, Fault.BLANK}
    is_told_again = re.match(r"\s*[（(]\s*[大小]写", line.text[said.at.end :]) is not None
    may_lack_ending = each.figures is None and (
        is_told_again or (not is_total and (again or is_part(each, draft.paper)))
    )
    if each.currency != "CNY" or may_lack_ending:
        faults -= {Fault.MISSING_ZHENG}
    at = said.number_at
    right = sum_in_words(said.value) if said.value is not None else ""
    if faults or said.value is None:
        bare = right.removeprefix("人民币")
        agrees = each.figures is None or each.figures.value == said.value
        is_safe = bool(right) and agrees and each.currency == "CNY"
        expect = (
            say(
                N_("It should be written {words}."), words=right if each.currency == "CNY" else bare
            )
            if right
            else say(N_("This cannot be read as a sum in words."))
        )
        yield found(
            "words_malformed",
            Severity.ERROR,
            line,
            (said.at.start, said.at.end),
            expect,
            mend=[(at.start, at.end, bare)] if is_safe else [],
        )
    elif Fault.GAP_AFTER_RMB in said.faults:
        first = said.at.start + len("人民币")
        is_blank = not line.text[first : at.start].strip()
        yield found(
            "words_malformed",
            Severity.INFO,
            line,
            (said.at.start, said.at.end),
            say(N_("No gap stands between the name of the currency and the words.")),
            mend=[(first, at.start, "")] if is_blank else [],
        )
    if not said.currency and not _currency_before(each, said, line.text):
        yield found(
            "words_prefix_missing",
            Severity.ERROR,
            line,
            (said.at.start, said.at.end),
            say(N_("The words begin with the name of the currency.")),
            mend=[(at.start, at.start, "人民币")],
        )


def _currency_before(each: Sum, said: Words, text: str) -> bool:
    """Whether the currency's name stands by: before the words, in their row, or in the figures."""
    if each.figures is not None and re.search("人民币|港币|美元|欧元|港元", each.figures.text):
        return True
    before = halfwidth(text[max(0, said.at.start - 200) : said.at.start])
    near = (
        before
        if re.search(r"[\t│|]", before)
        else before[-32 if each.figures and each.figures.at.start < said.at.start else -14 :]
    )
    near = re.split("[。;]", near)[-1]
    return re.search("人民币|RMB|CNY|港币|美元|欧元|日元|英镑|币种", near) is not None


def _apart(draft: Draft) -> Iterator[Finding]:
    """The total in words in one place and in figures in another, as under a list."""
    amount = draft.facts.amount
    if amount is None or amount.figures is None or amount.words_value is None:
        return
    if amount.figures == amount.words_value or not amount.words_at or not amount.figures_at:
        return
    together = any(
        each.words and each.figures and each.words.at == amount.words_at
        for each in sums(draft.paper)
    )
    if not together:
        at = amount.words_at
        yield found(
            "figures_words_mismatch",
            Severity.ERROR,
            draft.paper.by_number[at.line],
            (at.start, at.end),
            say(
                N_("The words say {words}, the figures {figures}."),
                words=_shown(amount.words_value),
                figures=_shown(amount.figures),
            ),
        )


def _figures_missing(draft: Draft, written: list[Sum], total: Sum | None) -> Iterator[Finding]:
    """The total, or one of several instalments, in words alone."""
    amount = draft.facts.amount
    alone = []
    if total is not None and total.words and not total.figures and amount and not amount.figures_at:
        alone.append(total)
    spans = sorted(
        {one.at for one in draft.facts.instalments}, key=lambda at: (at.line, at.start, at.end)
    )
    in_instalments = [each for each in written if _within(each.at, spans)]
    if any(each.words and each.figures for each in in_instalments):
        alone += [
            each
            for each in in_instalments
            if each.words and each.words.formal and not each.figures and each != total
        ]
    for each in alone:
        value = each.words.value if each.words else None
        shown = sum_in_figures(value, each.currency) if value is not None else ""
        yield found(
            "figures_missing",
            Severity.ERROR,
            draft.paper.by_number[each.line],
            (each.at.start, each.at.end),
            say(N_("The figures are missing behind the words: {figures}."), figures=shown),
        )


def _malformed_cells(draft: Draft) -> Iterator[Finding]:
    """Sums in the columns of a list, which need no mark of currency."""
    for table in tables(draft.paper):
        for column in {table.column("单价"), money_column(table)} - {None}:
            for row in table.rows[1:]:
                if column is None or column >= len(row):
                    continue
                text = halfwidth(row[column].text)
                if re.fullmatch("[0-9][0-9,.]*[0-9]", text) and read_figures(text) is None:
                    at = row[column].at
                    yield found(
                        "figures_malformed",
                        Severity.ERROR,
                        draft.paper.by_number[at.line],
                        (at.start, at.end),
                        say(N_("The digits are not grouped by threes: such as 500,000.00.")),
                    )


def _within(inner: Span, spans: list[Span]) -> bool:
    """Whether the last span that begins before holds it; spans are in order."""
    last = bisect_right(spans, (inner.line, inner.start), key=lambda at: (at.line, at.start)) - 1
    return last >= 0 and spans[last].line == inner.line and inner.end <= spans[last].end


def _shown(value: Decimal) -> str:
    amount = _money(value)
    return figures(amount) if amount else str(value)
