"""Dates: that there are such days, in one way of writing, and that payment follows signing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from donflow.domain.halfwidth import halfwidth
from donflow.errors import N_, say
from donflow.precheck.clauses import absent, found
from donflow.precheck.dates import dates_of_line
from donflow.precheck.draft import Draft
from donflow.precheck.facts import Instalment, Kind
from donflow.precheck.facts_payment import DELIVERING, NOT_DELIVERING, NOT_PAYING, PAYING
from donflow.precheck.findings import Finding, Severity
from donflow.precheck.paper import Line
from donflow.precheck.sums import is_english


def rule(draft: Draft) -> Iterator[Finding]:
    """All of them."""
    yield from _invalid(draft)
    yield from _spacing(draft)
    yield from _before_signing(draft)
    yield from _missing(draft)


def _invalid(draft: Draft) -> Iterator[Finding]:
    for line in draft.paper.lines:
        for each in dates_of_line(line):
            if not each.is_possible:
                yield found(
                    "date_invalid",
                    Severity.ERROR,
                    line,
                    (each.at.start, each.at.end),
                    say(N_("There is no such day.")),
                )


def _spacing(draft: Draft) -> Iterator[Finding]:
    """Dates with blanks between digits and 年月日, where the paper writes others without."""
    dates = [
        each for line in draft.paper.lines for each in dates_of_line(line) if "年" in each.text
    ]
    if all(each.spaced for each in dates):
        return
    told: set[int] = set()
    for each in dates:
        if not each.spaced or each.at.line in told:
            continue
        told.add(each.at.line)
        same_line = [one for one in dates if one.spaced and one.at.line == each.at.line]
        yield found(
            "inconsistent_date_spacing",
            Severity.INFO,
            draft.paper.by_number[each.at.line],
            (each.at.start, each.at.end),
            say(N_("Dates are written without blanks, as the others of this paper are.")),
            mend=[(one.at.start, one.at.end, re.sub(r"\s", "", one.text)) for one in same_line],
        )


def _before_signing(draft: Draft) -> Iterator[Finding]:
    signed = [block.on for block in draft.facts.signature_blocks if block.on is not None]
    if not signed or draft.facts.kind is Kind.TERMINATION:
        return
    told: set[tuple[int, int]] = set()
    for each in draft.facts.instalments:
        if not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", each.due):
            continue
        line = draft.paper.by_number[each.at.line]
        before = line.text[max(0, each.at.start - 6) : each.at.start]
        place = (each.at.line, each.at.start)
        if (
            date.fromisoformat(each.due) >= min(signed)
            or "已" in before
            or place in told
            or _is_past(line, each)
        ):
            continue
        told.add(place)
        start = line.text.find(each.raw, each.at.start) if each.raw else -1
        at = (start, start + len(each.raw)) if start >= 0 else (each.at.start, each.at.end)
        yield found(
            "payment_before_signing",
            Severity.ERROR,
            line,
            at,
            say(
                N_("The payment is due on {due}, before the signing on {signed}."),
                due=date.fromisoformat(each.due),
                signed=min(signed),
            ),
        )


def _is_past(line: Line, part: Instalment) -> bool:
    """第一笔…，已于2024年6月20日到账: what is told as received is owed no more."""
    start = line.text.find(part.raw, part.at.start) if part.raw else -1
    if start < 0:
        return False
    before = re.split("[。；;]", line.text[part.at.start : start])[-1]
    after = line.text[start + len(part.raw) :]
    return bool(
        re.search("(?:已|业已|实际)(?:经|于|在|全部|全额|足额|由|[甲乙]方)*[^，。；]{0,6}$", before)
        or re.match(
            "(?:已|业已|实际)(?:经|全部|全额|足额)*(?:到账|支付|付清|汇入|收到|履行)", after
        )
    )


def _missing(draft: Draft) -> Iterator[Finding]:
    """No day at all for handing the gift over; a blank one is the rule of blanks' own."""
    facts = draft.facts
    if facts.kind in (Kind.SUPPLEMENTARY, Kind.TERMINATION):
        return
    expect = say(N_("By when the gift is handed over is not said."))
    undated = [each for each in facts.instalments if not each.due]
    if facts.instalments and not undated:
        return
    if _says_when(draft):
        return
    lines = {each.at.line for each in undated}
    if undated and all(_has_impossible_day(draft.paper.by_number[number]) for number in lines):
        return
    if len(undated) < len(facts.instalments) and len({each.at for each in undated}) == len(undated):
        for each in undated:
            line = draft.paper.by_number[each.at.line]
            at = (each.at.start, each.at.end)
            if not re.search(_BLANK, line.text[slice(*at)]) and not _has_impossible_day(line):
                yield found("payment_date_missing", Severity.ERROR, line, at, expect)
        return
    body = [line for line in draft.paper.lines if line.number not in draft.anatomy.signing]
    if any(_leaves_day_open(line) for line in body):
        return
    yield absent("payment_date_missing", Severity.ERROR, expect)


def _leaves_day_open(line: Line) -> bool:
    """于____年____月____日前; a line of nothing but a date is that of a signature."""
    text = halfwidth(line.text)
    is_date_alone = re.fullmatch(r"[\s年月日:_＿□0-9日期签署]*", text) is not None
    return not is_date_alone and re.search(_BLANK_DAY, text) is not None


def _has_impossible_day(line: Line) -> bool:
    """2027年2月29日前 is no day, but one is meant: the date itself is told."""
    return any(not each.is_possible for each in dates_of_line(line))


def _says_when(draft: Draft) -> bool:
    """Whether a sentence on paying counts days from something that no fact can hold."""
    is_delivery = draft.facts.payment_mode == "delivery"
    paying = DELIVERING if is_delivery else PAYING
    not_ours = _NOT_OURS_OF_THINGS if is_delivery else _NOT_OURS
    for line in draft.paper.lines:
        if line.number in draft.anatomy.signing or is_english(line.text):
            continue
        for sentence in re.split("[。；;]", halfwidth(line.text)):
            is_paying = re.search(paying, sentence) and not re.search(not_ours, sentence)
            if is_paying and re.search(_WHEN, sentence):
                return True
            if re.search(
                "(?:交付|支付|付款|捐赠|到账|移交)(?:时间|期限|日期)[^。]{0,4}见附", sentence
            ):
                return True
    return False


_NOT_OURS_OF_THINGS: Final = NOT_DELIVERING.replace("收到|", "").replace("|通知之日", "")
_NOT_OURS: Final = NOT_PAYING.replace("收到|", "").replace("|通知之日", "")
_WHEN: Final = (
    r"[0-9一二三四五六七八九十]+\s*(?:\([^)]*\))?\s*个?(?:工作日|自然日|日|天|月|周)(?:之?内|"
    r"以内)|[0-9一二三四五六七八九十]\s*[日号](?:之?前|以前)|年[底内]|月底"
    r"|当[日天场]|同时|现场|即时|立即|已(?:于|经)|仪式上"
)
_BLANK: Final = r"[_＿]{2,}|\s{3,}"
_BLANK_DAY: Final = (
    r"[_＿□][^。;]{0,4}(?:年|月|日)|年[ _＿□]{2,40}月|月[ _＿□]{2,40}日(?:之?前|以前|内)|"
    r"[_＿□]{2}\s{0,4}个?(?:工作)?[日天](?:之?内|前)"
    r"|\s{2}年\s{2,40}月\s{2,40}日\s{0,4}(?:之?前|以前)"
)
