"""Reads instalments whose days stand in a row: 分别于2026年6月底前、2027年6月底前各支付50万元."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from donflow.domain.halfwidth import halfwidth
from donflow.precheck.anatomy import Anatomy
from donflow.precheck.dates import Deadline, deadlines
from donflow.precheck.facts import Instalment
from donflow.precheck.numerals import NUMERAL
from donflow.precheck.paper import Line, Paper, Span
from donflow.precheck.sums import Sum, is_english, sums_of_line


def instalments_in_a_row(
    paper: Paper, anatomy: Anatomy, total: Decimal | None
) -> tuple[Instalment, ...]:
    """One for each day of the first row of days that a sentence on paying tells."""
    for line in paper.lines:
        if line.number in anatomy.signing or is_english(line.text):
            continue
        for sentence in re.finditer("[^。；;]+", line.text):
            plain = halfwidth(sentence[0])
            if len(plain) > _LONGEST or not re.search(_PAYING, plain):
                continue
            run = _run(sentence[0])
            told = plain[run[-1].end : run[-1].end + 16] if run else ""
            if not run or re.search(_OTHER, plain[: run[0].start][-16:] + told):
                continue
            return _instalments(line, sentence.start(), run, total)
    return ()


def _run(text: str) -> list[Deadline]:
    """The first two or more deadlines with nothing but commas between them."""
    plain = _whole_days(text)
    run: list[Deadline] = []
    for each in deadlines(plain, years=False):
        gap = halfwidth(plain[run[-1].end : each.start]) if run else ""
        if run and not re.fullmatch(_BETWEEN, gap):
            if len(run) > 1:
                break
            run = []
        run.append(each)
    return run if len(run) > 1 else []


def _whole_days(text: str) -> str:
    """2026年、2027年和2028年的9月30日前: each year has the day of the last."""
    text = re.sub(_SAME_YEAR, _with_year, text)
    read = re.search(_YEARS, text)
    if read is None or len(read["years"]) < 8:
        return text
    years = re.findall("20[0-9]{2}", halfwidth(read["years"]))
    days = "、".join(f"{year}年{read['day']}前" for year in years)
    return text[: read.start()] + days + text[read.end() :]


def _with_year(read: re.Match[str]) -> str:
    """2026年3月31日、6月30日: the days behind the first are of its year."""
    return read["first"] + re.sub("(?<![0-9])(?=[0-9]{1,2}月)", read["year"], read["others"])


def _instalments(
    line: Line, start: int, run: Sequence[Deadline], total: Decimal | None
) -> tuple[Instalment, ...]:
    amounts = _amounts(line, start, run, total)
    length = len(line.text)
    return tuple(
        Instalment(
            no,
            amount,
            day.due,
            day.raw,
            Span(line.number, min(start + day.start, length), min(start + day.end, length)),
        )
        for no, (day, amount) in enumerate(zip(run, amounts, strict=True), start=1)
    )


def _amounts(
    line: Line, start: int, run: Sequence[Deadline], total: Decimal | None
) -> Sequence[Decimal | None]:
    """As many sums as days, told in a row too; else the sum of each; else equal shares."""
    text = halfwidth(line.text)
    sums = sums_of_line(line)
    behind = [each for each in sums if each.at.start >= start + run[-1].end]
    rows = _neighbours(behind, text) or _neighbours(sums, text)
    if len(rows) == len(run):
        return [each.value for each in rows]
    for each in sums:
        if re.search(_EACH, text[max(0, each.at.start - 10) : each.at.start]):
            return [each.value] * len(run)
    is_equal = re.search("等额|平均|均分|均等|相等|平分", text) is not None
    if total is None or not is_equal:
        return [None] * len(run)
    return [(total / len(run)).quantize(Decimal("0.01"))] * len(run)


def _neighbours(sums: Sequence[Sum], text: str) -> list[Sum]:
    """The longest row of sums with nothing but commas between them."""
    rows: list[list[Sum]] = []
    for each in sums:
        gap = text[rows[-1][-1].at.end : each.at.start] if rows else "-"
        if rows and re.fullmatch(r"[)\s]*[、,和及与]+\s*", gap):
            rows[-1].append(each)
        else:
            rows.append([each])
    return max(rows, key=len, default=[])


_PAYING: Final = (
    "支付|付清|汇入|汇至|汇付|转入|划入|拨付|缴付|交付|到账|付款|捐赠(?:时间|期限|日期)|捐赠人民币|"
    "缴纳|存入|打入|移交|捐出"
)
_OTHER: Final = "报告|反馈|评选|评审|公示|发放|奖励|票据|审计|签订|签署|召开|捐赠仪式|验收"
_EACH: Final = (
    rf"(?:每(?:一)?(?:期|年|次|笔|批|年度)|各(?:期)?(?:支付|付|捐赠|汇入)?|"
    rf"均(?:为|支付)?|{NUMERAL}期各)[^。;,0-9]{{0,8}}$"
)
_BETWEEN: Final = r"\s*[、,和及与以]*\s*(?:于|在)?\s*"
_YEARS: Final = (
    r"(?P<years>20[0-9]{2}年?(?:度)?(?:[、，,和及与]\s*20[0-9]{2}年?(?:度)?)+)(?:的|每年的?|各年的?)?\s*"
    r"(?P<day>[0-9]{1,2}月(?:[0-9]{1,2}[日号]|底))(?:之前|以前|前)?"
)
_LONGEST: Final = 600  # a sentence on paying is shorter
_SAME_YEAR: Final = re.compile(
    r"(?P<first>(?P<year>20[0-9]{2}年)[0-9]{1,2}月[0-9]{1,2}日(?:之?前)?)"
    r"(?P<others>(?:[、,，和及与]\s*[0-9]{1,2}月[0-9]{1,2}日(?:之?前)?){1,12})"
)
