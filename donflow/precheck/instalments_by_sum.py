"""Reads instalments by what they come to: sums with their days, together the gift's total."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from donflow.domain.halfwidth import halfwidth
from donflow.precheck.anatomy import Anatomy
from donflow.precheck.dates import Deadline, deadlines
from donflow.precheck.facts import Instalment
from donflow.precheck.numerals import NUMERAL, whole_number
from donflow.precheck.paper import Line, Paper, Span
from donflow.precheck.sums import is_english, sums_of_line


@dataclass(frozen=True)
class _Paid:
    """A sum, or a share of the total, with the comma clause around it."""

    line: Line
    start: int
    end: int
    value: Decimal
    clause: str


def instalments_by_sum(
    paper: Paper, anatomy: Anatomy, total: Decimal | None
) -> tuple[Instalment, ...]:
    """Of the first line, or the first lines one behind the other, whose sums are the total.

    签约时支付60万元，2027年9月30日前支付40万元; 2026年6月30日前先付50万元，余下50万元于…付清.
    """
    if total is None:
        return ()
    body = [
        line
        for line in paper.lines
        if line.number not in anatomy.signing and line.text.strip() and not is_english(line.text)
    ]
    for lines in (*([line] for line in body), *_runs(body, total)):
        paid = [each for line in lines for each in _paid(line, total)]
        if len(paid) > 1 and sum(each.value for each in paid) == total:
            days = {line.number: deadlines(line.text, years=False) for line in lines}
            found = _with_days(paid, days)
            is_dated = len({each.due for each in found} - {""}) > 1
            if is_dated or all(re.search(_PAYS, each.clause) for each in paid):
                return found
    return ()


def _runs(body: Sequence[Line], total: Decimal) -> Iterator[list[Line]]:
    """Lines one behind the other that each tell one sum and a day."""
    run: list[Line] = []
    for line in (*body, Line(0, "")):
        if len(_paid(line, total)) == 1 and deadlines(line.text, years=False):
            run.append(line)
            continue
        if 1 < len(run) <= _MOST:
            yield run
        run = []


def _paid(line: Line, total: Decimal) -> list[_Paid]:
    """The sums and shares of a line in reading order, the total itself left out."""
    text = halfwidth(line.text)
    places = [(each.at.start, each.at.end, each.value) for each in sums_of_line(line)]
    taken = [(start, end) for start, end, _ in places]
    for read in re.finditer(_SHARE, text):
        if not any(start <= read.start() < end for start, end in taken):
            percent = Decimal(read["figures"]) if read["figures"] else whole_number(read["words"])
            value = None if percent is None else total * percent / 100
            places.append((*read.span(), value))
    found = []
    for start, end, value in sorted(places, key=lambda each: each[:2]):
        before = re.split("[,;。]", text[max(0, start - _NEAR) : start])[-1]
        clause = before + re.split("[,;。]", text[end : end + _NEAR])[0]
        if value is not None and value != total and not re.search(_OTHER, clause):
            found.append(_Paid(line, start, end, value, clause))
    return found


def _with_days(
    paid: Sequence[_Paid], days: dict[int, tuple[Deadline, ...]]
) -> tuple[Instalment, ...]:
    """Each with the day before it, else behind it, that no other has."""
    found: list[Instalment] = []
    used: set[tuple[int, int]] = set()
    for no, each in enumerate(paid):
        line = each.line
        earlier = paid[no - 1] if no and paid[no - 1].line == line else None
        later = paid[no + 1] if no + 1 < len(paid) and paid[no + 1].line == line else None
        first = earlier.end if earlier else 0
        last = later.start if later else len(line.text)
        free = [
            day
            for day in days[line.number]
            if first <= day.start < last and (line.number, day.start) not in used
        ]
        before = [day for day in free if day.start < each.start]
        day = before[-1] if before else next(iter(free), None)
        if day is not None:
            used.add((line.number, day.start))
        start = min(each.start, day.start) if day else each.start
        end = max(each.end, day.end) if day else each.end
        at = Span(line.number, start, end)
        raw = day.raw if day else ""
        found.append(Instalment(no + 1, each.value, day.due if day else "", raw, at))
    return tuple(found)


_PAYS: Final = "支付|付清|付款|汇入|汇至|转入|到账|到位|缴付|捐付|拨付|划入"
_OTHER: Final = "用于|奖励|每[人名位]|发放|资助|管理费|票据|已支付|已付|单价|标准|出资|认捐"
_SHARE: Final = rf"(?P<figures>[0-9]{{1,2}}(?:\.[0-9]+)?)\s*%|百分之(?P<words>{NUMERAL})"
_NEAR: Final = 60
_MOST: Final = 30
