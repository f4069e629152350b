"""Reads instalments that a paper lists: 第一期 …, 首期 …, 2026年支付 …, or the rows of a table."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from donflow.domain.halfwidth import halfwidth
from donflow.precheck.anatomy import Anatomy
from donflow.precheck.dates import deadline
from donflow.precheck.facts import Instalment
from donflow.precheck.facts_items import MONEY, cell_sum, money_column
from donflow.precheck.instalments_in_a_row import instalments_in_a_row
from donflow.precheck.numerals import NUMERAL, whole_number
from donflow.precheck.paper import Line, Paper, Span
from donflow.precheck.sums import is_english, sums_of_line
from donflow.precheck.tables import Table, tables, total_row


@dataclass(frozen=True)
class _Part:
    """What one instalment says, from its name up to the next one's."""

    no: int | None  # None for the last (尾款) or a year's
    text: str
    at: Span
    whole: bool = False
    lead: str = ""  # what its line says before the first of them


def listed_instalments(
    paper: Paper, anatomy: Anatomy, total: Decimal | None
) -> tuple[Instalment, ...]:
    """The instalments by number, in order; shares are worked out from the total."""
    for table in tables(paper):
        found = instalments_of_table(table, total)
        if found:
            return found
    parts = list(_parts(paper, anatomy, _NAMED))
    named = _read(parts, total)
    if named:
        return named
    in_row = instalments_in_a_row(paper, anatomy, total)
    if in_row:
        return in_row
    years = [
        each
        for each in _parts(paper, anatomy, _BY_YEAR)
        if not re.search(_TOLD, each.text) and not re.search(_SPENT, each.text)
    ]
    by_year = _read(years, total)
    listed = _read_list(paper, anatomy, total)
    return by_year if 1 < len(by_year) >= len(listed) else listed


def _read_list(paper: Paper, anatomy: Anatomy, total: Decimal | None) -> tuple[Instalment, ...]:
    """Numbered lines that each say how much is paid and when: 1. 签订后10日内支付30%."""
    parts = [
        replace(each, no=None)
        for each in _parts(paper, anatomy, _LABELLED)
        if re.search(_PAYS, each.text)
        and not re.search(_NOT_PAYING, each.text)
        and (re.search(_SHARE, halfwidth(each.text)) or deadline(each.text, years=False))
    ]
    return _read(parts, total) if len(parts) > 1 else ()


def instalments_of_table(table: Table, total: Decimal | None) -> tuple[Instalment, ...]:
    """The rows of a table of instalments; empty where the table is none."""
    period = table.column(
        "^(?:期次|笔次|笔$|次序|期数|期别|期|批次|次数|笔数|付款期|捐赠期|分期|年度|年份|"
        "支付批次|付款批次|"
        "捐赠年度|到账年度|阶段)"
    )
    money = table.column(MONEY + "|^捐赠款|^支付款|^应付")
    money = money_column(table) if money is None else money
    share = table.column("比例|占比")
    when = table.column("时间|日期|期限|截止|到账日|节点")
    first = table.column("^序号$|^期次|^期数|^年度")
    if (period is None and (when is None or first is None)) or (money is None and share is None):
        return ()
    rows: list[Instalment] = []
    for row in table.rows[1:]:
        if total_row(row) or len(row) < len(table.rows[0]):
            continue
        amount = cell_sum(table.heading[money], row[money]) if money is not None else None
        if amount is None and money is not None:
            written = sums_of_line(Line(row[0].at.line, row[money].text))
            amount = written[0].value if written else None
        if amount is None and share is not None:
            amount = _share(row[share].text, total)
        said = row[when].text if when is not None else row[period or 0].text
        year = re.search("20[0-9]{2}", halfwidth(row[period or 0].text))
        is_yearless = year and when is not None and not re.search("[0-9]{4}", halfwidth(said))
        day = (deadline(f"{year[0]}年{said}") if year and is_yearless else None) or deadline(said)
        at = Span(row[0].at.line, row[0].at.start, row[-1].at.end)
        rows.append(Instalment(len(rows) + 1, amount, day.due if day else "", said, at))
    return tuple(rows) if len(rows) > 1 else ()


def _parts(paper: Paper, anatomy: Anatomy, names: re.Pattern[str]) -> Iterator[_Part]:
    lines = [
        line
        for line in paper.lines
        if line.number not in anatomy.signing and not is_english(line.text)
    ]
    for index, line in enumerate(lines):
        text = halfwidth(line.text)
        marks = [read for read in re.finditer(names, text) if not _spoken_of(text, read)]
        marks = _of_their_own(marks, text) if names is _BY_YEAR else marks
        for mark, following in zip(marks, [*marks[1:], None], strict=False):
            end = following.start() if following else len(text)
            said = line.text[mark.start() : end]
            stop = re.search("。", said)
            # What follows the sentence belongs to it only while it tells more of the same.
            if stop and following is None and _has_sum(said[: stop.start()]):
                said = said[: stop.start()]
            if not _has_sum(said) and following is None:
                said += _continued(lines[index + 1 : index + 4], names)
            no, whole = _number(mark)
            length = min(len(said), len(line.text) - mark.start())
            start = _line_start(text, mark.start())
            at = Span(
                line.number,
                start,
                mark.start() + len(line.text[mark.start() :][:length].rstrip("；;。，, \u3000")),
            )
            yield _Part(no, said, at, whole, line.text[: marks[0].start()][-_NEAR:])


def _of_their_own(marks: list[re.Match[str]], text: str) -> list[re.Match[str]]:
    """Without a year that only dates the one before: 2026年度：50万元，2026年9月30日前."""
    kept: list[re.Match[str]] = []
    for mark, following in zip(marks, [*marks[1:], None], strict=False):
        said = text[mark.start() : following.start() if following else mark.start() + _NEAR]
        same = kept and re.findall("[0-9]{4}", kept[-1][0]) == re.findall("[0-9]{4}", mark[0])
        if not same or _has_sum(said):
            kept.append(mark)
    return kept


def _line_start(text: str, start: int) -> int:
    """The label before the name (4.第四期) belongs to the words that are quoted."""
    label = re.match(
        r"\s*(?:[0-9]{1,2}[.、)]|\([一二三四五六七八九十0-9]{1,3}\)|[①-⑳])?\s*$", text[:start]
    )
    return len(text) - len(text.lstrip()) if label else start


def _continued(lines: list[Line], names: re.Pattern[str]) -> str:
    said = ""
    for line in lines:
        text = halfwidth(line.text)
        if re.search(names, text) or re.match(
            r"\s*(?:第[一二三四五六七八九十]+条|[一二三四五六七八九十]+、)", text
        ):
            break
        if re.match(r"\s*(?:支付|付款|捐赠|金额|时间|到账|日期|期限|人民币|￥|¥)", text):
            said += "，" + line.text
    return said


def _spoken_of(text: str, mark: re.Match[str]) -> bool:
    """Whether an instalment is only spoken of: 收到第一期捐赠款后, 每期, 第二期冠名."""
    before, after = text[max(0, mark.start() - 8) : mark.start()], text[mark.end() :]
    return bool(
        re.search("收到|完成|未按|未付|如|若|待|分$|共$|前$|上$|各$|全部$|所有$", before)
        or re.match("(?:捐赠款?|款项?|资金|捐款)?(?:(?:到账|到位|收到)后|合计|共计|总)", after)
    )


def _number(mark: re.Match[str]) -> tuple[int | None, bool]:
    given = mark.groupdict()
    named = given.get("no") or given.get("no2")
    if given.get("second"):
        return 2, False
    if named:
        return whole_number(named), False
    return (1, False) if given.get("first") else (None, bool(given.get("last")))


def _has_sum(text: str) -> bool:
    return bool(sums_of_line(Line(0, text))) or re.search(_SHARE, halfwidth(text)) is not None


def _read(parts: list[_Part], total: Decimal | None) -> tuple[Instalment, ...]:
    found: dict[int, Instalment] = {}
    is_change, each = _is_change(parts), _of_each(parts)
    if not any(part.no for part in parts) and all(part.whole for part in parts):
        return ()  # a rest alone is one payment
    for part in parts:
        if part.whole and re.search(_IN_TURN, halfwidth(part.text)):
            continue  # 余款…分三期支付 only leads to them
        amount = _amount(part.text, total)
        day = deadline(_new_day(part.text), years=False)
        if amount is None and day is not None:
            amount = each
        rest = part.whole and amount is None and total is not None and bool(found)
        if rest and total is not None:
            amount = total - sum((each.amount or Decimal(0) for each in found.values()), Decimal(0))
        if rest and amount is not None and amount <= 0:
            continue
        if amount is None and not (is_change and part.no and day):
            continue
        no = part.no or max(found, default=0) + 1
        if no not in found:
            raw = day.raw if day else ""
            due = day.due if day else _in_that_year(part, parts[-1])
            found[no] = Instalment(no, amount, due, raw, part.at)
    ordered = tuple(found[no] for no in sorted(found))
    return ordered if len(ordered) > 1 or is_change else ()


def _of_each(parts: list[_Part]) -> Decimal | None:
    """第一笔…到账，第二笔…到账，每笔人民币50万元: the sum that each of them has."""
    for text in [part.text for part in parts[-1:]] + [part.lead for part in parts[:1]]:
        for written in sums_of_line(Line(0, text)):
            before = halfwidth(text[max(0, written.at.start - 12) : written.at.start])
            if re.search("(?:每(?:一)?(?:期|笔|次|批)|各(?:期|笔)?|均)[^。;,0-9]{0,6}$", before):
                return written.value
    return None


def _in_that_year(part: _Part, last: _Part) -> str:
    """2026年支付 … is due within that year, or on the day that the last tells (当年3月31日)."""
    text = halfwidth(part.text)
    told = deadline(re.sub("当年|该年|同年|各年|年内", "每年", last.text))
    year = re.search(r"(20[0-9]{2})\s*年", text)
    if year and told is not None and told.due.startswith("--"):
        month, day = (int(each) for each in told.due.removeprefix("--").split("-"))
        return f"{year[1]}-{month:02}-{min(day, monthrange(int(year[1]), month)[1]):02}"
    read = re.match(r"(?:于|在)?(20[0-9]{2})\s*年", text)
    return f"{read[1]}-12-31" if read else ""


def _is_change(parts: list[_Part]) -> bool:
    """A supplement may speak of one instalment alone."""
    return any(re.search("变更|调整|延期|顺延|改为|推迟|提前", part.text) for part in parts)


def _new_day(text: str) -> str:
    """Of a day that is changed, the new one: a sum may be changed in the same sentence."""
    for changed in re.finditer(
        "变更为|调整为|调整至|改为|延期至|延期到|顺延至|推迟至|推迟到|延至|延长至|提前至|提前到|修改为|变更至",
        text,
    ):
        new = deadline(text[changed.end() : changed.end() + 40])
        if new is not None and re.fullmatch(r"\D{0,6}", text[changed.end() :][: new.start]):
            return text[changed.end() :]
    return text


def _amount(text: str, total: Decimal | None) -> Decimal | None:
    written = [each for each in sums_of_line(Line(0, text)) if each.value is not None]
    if written:
        changed = re.search("变更为|调整为|改为|修改为|增加至|增至|减少至|减至", text)
        later = [each for each in written if changed and each.at.start >= changed.end()]
        return (later or written)[0].value
    return _share(text, total)


def _share(text: str, total: Decimal | None) -> Decimal | None:
    read = re.search(_SHARE, halfwidth(text))
    if read is None or total is None:
        return None
    percent = (
        Decimal(read["figures"]) if read["figures"] else Decimal(whole_number(read["words"]) or 0)
    )
    return (total * percent / 100).quantize(Decimal("0.01"))


_NAMED: Final = re.compile(
    rf"第\s*(?P<no>{NUMERAL})\s*(?:期|笔|次(?=捐|支|付|汇)|批|阶段|年度?(?![0-9级]))"
    r"|(?P<first>首期|首笔|首批|首付款?|首次(?=捐|支|付|汇)|一期|定金)"
    r"|(?<![第0-9一二三四五六七八九十])(?P<no2>[二三四五六七八九十])期(?=款|捐|资|:|支|金)"
    r"|(?P<second>次期|次笔|次年度款)"
    r"|(?P<last>尾款|余款|剩余(?:款项|资金|捐赠款|部分|捐款|的)?|其余(?:款项|捐赠款|部分)|末期|"
    r"末笔|余下)"
)
_IN_TURN: Final = rf"分(?:为|成|作)?\s*{NUMERAL}\s*(?:期|次|笔|批|年)"
_LABELLED: Final = re.compile(
    r"(?:^|(?<=[:;]))\s*(?:[0-9]{1,2}\s*[.、)]|\([0-9一二三四五六七八九十]{1,3}\)|[①-⑨])"
)
_PAYS: Final = "支付|付清|汇入|汇至|转入|到账|付款|缴付"
_NOT_PAYING: Final = "票据|违约|逾期|管理费|奖励|发放|账[户号]信息|户名"
_BY_YEAR: Final = re.compile(r"(?:于|在)?20[0-9]{2}\s*年(?:度)?(?!.{0,3}[至到—~-]\s*20)")
_TOLD: Final = "^[^￥¥元]{0,24}(?:签订|签署|终止|解除|生效|成立|修订|已支付|已捐|曾|注册|发布|立项)"
_SPENT: Final = "发放|颁发|评选|奖励"
_NEAR: Final = 200
_SHARE: Final = rf"(?P<figures>[0-9]{{1,3}}(?:\.[0-9]+)?)\s*[%％]|百分之(?P<words>{NUMERAL})"
