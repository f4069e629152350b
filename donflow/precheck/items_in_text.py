"""Reads things that are given in sentences: rows without a table, lots, and bare counts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from donflow.domain.halfwidth import halfwidth
from donflow.precheck.facts import Amount, Item
from donflow.precheck.numerals import NUMERAL, whole_number
from donflow.precheck.paper import Paper, Span
from donflow.precheck.sums import is_english, read_figures


def written_rows(paper: Paper) -> tuple[Item, ...]:
    """Pieces of text that each tell a thing, how many, and its price or worth.

    图形工作站12台，单价18,800元，计225,600元; ①《溪山秋霁图》，立轴，1件，￥300,000. A single one
    without a unit price is a sentence, no list.
    """
    rows: list[Item] = []
    for line in paper.lines:
        if is_english(line.text) or not re.search(_MONEY_SIGN, halfwidth(line.text)):
            continue
        for read in re.finditer("[^;；。]+", line.text):
            at = Span(line.number, read.start(), read.end())
            rows += _rows(halfwidth(read[0]), at)
    if not rows or (len(rows) == 1 and rows[0].unit_price is None):
        rows = list(_labelled(paper))
    return tuple(
        Item(row.no or at, row.item, row.quantity, row.unit, row.unit_price, row.total, row.at)
        for at, row in enumerate(rows, start=1)
    )


def _labelled(paper: Paper) -> Iterator[Item]:
    """设备名称：数控机床；数量：2台；单价：…: a thing told field by field."""
    fields: dict[str, str] = {}
    at = Span(0, 0, 0)
    for line in paper.lines:
        for read in re.finditer(_FIELD, halfwidth(line.text)):
            key = next(key for key in ("name", "quantity", "price", "total") if read[key])
            if key == "name" or line.number - at.line > _FAR:
                yield from _of_fields(fields, at)
                fields, at = {}, Span(line.number, *read.span())
            fields.setdefault(key, read["value"].strip())
    yield from _of_fields(fields, at)


def _of_fields(fields: dict[str, str], at: Span) -> Iterator[Item]:
    count = re.match(rf"({COUNT})\s*([\u4e00-\u9fff]{{0,3}})", fields.get("quantity", ""))
    if "name" not in fields or count is None or re.search(_OF_PARTY, fields["name"]):
        return
    sums = {key: re.search(_SUM, fields[key]) for key in ("price", "total") if key in fields}
    values = {key: read_figures(read[0]) for key, read in sums.items() if read}
    number, unit = whole_number(count[1]), count[2]
    yield Item(0, fields["name"], number, unit, values.get("price"), values.get("total"), at)


def _rows(text: str, at: Span) -> Iterator[Item]:
    """The things that one piece tells, each with its price or worth behind its number."""
    label = re.match(_ROW_LABEL, text)
    number = re.search(NUMERAL, label[0]) if label else None
    first = label.end() if label else 0
    counts = [] if len(text) > _LONGEST_ROW else list(re.finditer(_ROW_COUNT, text[first:]))
    place = first
    for count, following in zip(counts, [*counts[1:], None], strict=False):
        begin, end = first + count.start(), first + count.end()
        rest = text[end : first + following.start() if following else len(text)]
        price = re.search(_PRICE, rest)
        worth = re.search(_TOTAL, rest[price.end() :] if price else rest)
        if worth and price and len(counts) > 1 and _is_of_all(count, price, worth):
            worth = None
        name = _name(text[place:begin])
        if not name or (price is None and worth is None):
            continue
        start = place + len(text[place:]) - len(text[place:].lstrip(" ,、)"))
        told = (price.end() if price else 0) + (worth.end() if worth else 0)
        place = end + told
        stop = place if following else len(text)
        yield Item(
            (whole_number(number[0]) if number and begin and start <= first + 2 else None) or 0,
            name,
            whole_number(count["count"]),
            count["unit"],
            read_figures(price["price"]) if price else None,
            read_figures(worth["total"] or worth["bare"]) if worth else None,
            Span(at.line, at.start + start, at.start + stop),
        )


def _is_of_all(count: re.Match[str], price: re.Match[str], worth: re.Match[str]) -> bool:
    """银杏20株（每株3,000元）、桂花30株（每株1,500元），合计105,000元: the sum is of both."""
    number, each = whole_number(count["count"]), read_figures(price["price"])
    told = read_figures(worth["total"] or worth["bare"])
    is_sum = re.match("合计|共计|总计|总价", worth[0]) is not None
    return is_sum and number is not None and each is not None and number * each != told


def _name(before: str) -> str:
    """The thing's name before its number: the first of the words behind what leads to it."""
    plain = re.sub(r"\([^()]*\)?", "", before).strip(" :,、)")
    plain = re.sub(r"^元?\)?[,、\s]*", "", plain)
    led = re.split(":|捐赠|赠送|赠与|包括", plain)[-1]
    name = re.split(r"[,:]|共", led.strip(" ,、"))[0]
    name = re.sub("^(?:下列|以下|的|给|乙方|全新|和|及|与)+", "", name.strip())
    name = re.sub(r"\s*(?:数量|为|各|计)$", "", name).strip()
    is_none = len(name) < 2 or re.search(_NO_NAME, name) or re.search(_NOT_GIVEN, before)
    return "" if is_none else name


def counted(paper: Paper, amount: Amount | None) -> tuple[Item, ...]:
    """The first sentence that gives things away by number; not money, not people."""
    for line in paper.lines:
        text = halfwidth(line.text)
        given = next((one for one in re.finditer(_GIVEN, text) if not _is_past(text, one)), None)
        if given is None:
            continue
        lot = _lot(line.number, text, given.end(), amount)
        if lot is not None:
            return (lot,)
        named = list(_named(line.number, text, amount))
        if named:
            return tuple(named)
    return ()


@dataclass(frozen=True)
class Shares:
    """A part of a company that is given: `percent` as figures, `name` with the company's."""

    percent: Decimal
    name: str
    at: Span


def given_shares(paper: Paper) -> tuple[Shares, ...]:
    """将其持有的目标公司3%股权无偿捐赠给…, 本次捐赠的3%股权; not what somebody holds besides."""
    found: list[Shares] = []
    for line in paper.lines:
        text = halfwidth(line.text)
        for read in re.finditer(_SHARES, text):
            before = re.split("[。;,]", text[max(0, read.start() - _NEAR) : read.start()])[-1]
            behind = re.sub(r"\([^()]*\)", "", text[read.end() : read.end() + _LONGEST_ROW])
            behind = re.split("[。;,]", behind)[0]
            is_given = re.search(_GIVING, behind) or re.search(_GIVEN_PART, before)
            percent = _percent(read["figures"], read["words"])
            if is_given and percent is not None:
                name = re.split("持有的?|拥有的?|名下的?|捐赠|赠与|将|其中|标的", before)[-1]
                start = read.start() - len(name)
                at = Span(line.number, start, read.end())
                found.append(Shares(percent, line.text[start : read.end()].strip(), at))
    return tuple(found)


def _percent(figures: str | None, words: str | None) -> Decimal | None:
    if figures:
        return Decimal(figures)
    number = whole_number(words or "")
    return None if number is None else Decimal(number)


def _is_past(text: str, given: re.Match[str]) -> bool:
    """曾于2023年捐赠显微镜10台 is another gift."""
    said = re.split("[。;]", text[max(0, given.start() - 40) : given.start()])[-1]
    return re.search(_NOT_GIVEN, said) is not None


def _lot(number: int, text: str, start: int, amount: Amount | None) -> Item | None:
    """图书一批，共计1,260种、3580册."""
    name = re.match(
        rf"(?:的|其|下列|以下)*([\u4e00-\u9fff·]{{2,14}}?)(?:[一壹]批|(?={COUNT}\s*种))",
        text[start:],
    )
    count = re.search(rf"({COUNT})\s*({UNITS})", text[start:])
    told = re.search("其中|包括", text[start:])
    several = told and len(re.findall(rf"{COUNT}\s*(?:{UNITS})", text[start + told.end() :])) > 1
    if name is None or count is None or several or re.search(_MONEY_NAMES, name[1]):
        return None
    at = Span(number, start, start + count.end())
    total = amount.figures if amount else None
    return Item(1, name[1], whole_number(count[1]), count[2], None, total, at)


def _named(number: int, text: str, amount: Amount | None) -> Iterator[Item]:
    """油画10幅、书法作品5幅 or 10台钢琴, on either side of the verb, in its sentence."""
    given = next((one for one in re.finditer(_GIVEN, text) if not _is_past(text, one)), None)
    sentence = next(
        (
            each
            for each in re.finditer("[^。;]+", text)
            if given and each.start() <= given.start() < each.end()
        ),
        None,
    )
    if sentence is None:
        return
    counts = [
        read
        for read in re.finditer(_COUNTED, sentence[0])
        if not re.search(_MONEY_NAMES, read["behind"] or read["before"] or "")
    ]
    numbers = [whole_number(read["count"] or read["first"]) or 0 for read in counts]
    if len(numbers) > 2 and numbers[0] == sum(numbers[1:]):  # 书画6件（油画2幅、国画4幅）
        del counts[0]
    for no, read in enumerate(counts, start=1):
        name = re.sub(_LEADS, "", read["before"] or read["behind"])
        quoted = re.search("[“《]([^“”《》]{2,30})[”》](?:[\u4e00-\u9fff]{0,8})$", name)
        name = quoted[1] if quoted else name
        total = amount.figures if amount and len(counts) == 1 else None
        at = Span(number, sentence.start() + read.start(), sentence.start() + read.end())
        if name:
            yield Item(
                no,
                name,
                whole_number(read["count"] or read["first"]),
                read["unit"] or read["of"],
                None,
                total,
                at,
            )


UNITS: Final = (
    "册|台套|台|套|件|幅|本|部|张|架|辆|棵|株|座|尊|箱|把|组|枚|卷|盒|批次|块|吨|具|副|盏"
)
COUNT: Final = rf"(?:[0-9]{{1,3}}(?:,[0-9]{{3}})+|{NUMERAL})"
_GIVEN: Final = r"(?:捐赠|赠送|赠与|捐出|捐献)(?!(?:协议|人|方|款|物|证书|票据|财产))"
_MONEY_NAMES: Final = "人民币|现金|捐款|资金|证书|协议|票据|人员|学生|名额"
_COUNTED: Final = re.compile(
    rf"(?P<before>[\u4e00-\u9fffA-Za-z·“”\-]{{2,24}}?)(?<!捐赠)(?<!赠送)(?<!赠与)(?<![及和与])\s*(?:\([^()"
    rf"]*\))?(?:共计|共|计|,)?\s*(?P<count>{COUNT})\s*(?:\([0-9]+\)\s*)?"
    rf"(?P<unit>{UNITS})(?![\u4e00-\u9fff]*奖)"
    rf"|(?P<first>{COUNT})\s*(?P<of>{UNITS})\s*(?P<behind>[\u4e00-\u9fff]{{2,10}}?)"
    rf"(?=[,、(和及与]|捐|$)"
)
_LEADS: Final = (
    "^.*(?:其中|捐赠|赠送|赠与|捐出|捐献|将|的|其|给|下列|以下|价值|及|和|与|、|乙方|受赠[人方]|包括|其中|"
    "全新|所作|创作的?|收藏的?|持有的?|拥有的?|所著)"
)
_SHARES: Final = (
    rf"(?:(?P<figures>[0-9]{{1,3}}(?:\.[0-9]{{1,4}})?)\s*%|百分之(?P<words>{NUMERAL}))\s*的?\s*"
    r"股(?:权|份|票)"
)
_GIVING: Final = "捐赠|赠与|捐献|捐给|赠予"
_GIVEN_PART: Final = (
    "(?:捐赠|赠与|捐献|所捐|赠予)(?!后|前|完成)的?[\u4e00-\u9fff]{0,12}$|标的[\u4e00-\u9fff]{0,6}$"
)
_NEAR: Final = 60
_ROW_LABEL: Final = rf"\s*(?:\({NUMERAL}\)|{NUMERAL}\s*[、.)]|[①-⑳]|[-—·•●*])?\s*"
_ROW_UNITS: Final = (
    f"{UNITS}|具|个|架|副|条|双|对|瓶|包|袋|支|枝|片|根|吨|公斤|头|匹|艘|间|栋|处|平方米|年"
)
_ROW_COUNT: Final = re.compile(
    rf"(?<![0-9.第￥¥])(?<![0-9],)(?P<count>{COUNT})\s*\(?(?P<unit>{_ROW_UNITS})\)?"
    r"(?=\s*(?:[,():、]|$|单价|每|@|[共合总小]?计|价|总|金额|[￥¥]|人民币|估|作价|折))"
)
_SUM: Final = r"[0-9][0-9,.]*\s*万?"
_MONEY_SIGN: Final = "[￥¥]|元"
_PRICE: Final = re.compile(
    rf"(?:单价|@|每(?:{_ROW_UNITS}))(?:为|约|价值|人民币|价格|[:,(￥¥\s])*(?P<price>{_SUM})"
)
_TOTAL: Final = re.compile(
    rf"(?:小计|合计|金额|共计|总价|总计|价值|估价|估值|作价|折价|"
    rf"评估|价|计)(?:为|约|值|人民币|[:(￥¥\s])*(?P<total>{_SUM})元?"
    rf"|(?:[￥¥]\s*|人民币\s*)(?P<bare>{_SUM})"
)
_NO_NAME: Final = (
    "^(?:以上|上述|上列|前述|合计|总计|共计|总价|其中|第|每)|人民币|现金|"
    "奖[学励]|证书|协议|运费|管理费|资金|捐款"
)
_NOT_GIVEN: Final = "曾|此前|已(?:于|经|捐)"
_LONGEST_ROW: Final = 300
_FIELD: Final = re.compile(
    r"(?:(?P<name>(?<!单位)(?<!公司)(?<!账户)(?<!户)(?:名称|品名))|(?P<quantity>数量)|(?P<price>单价)|"
    r"(?P<total>总价值?|总金额|合计金额|价值))\s*(?:\([^()]{0,6}\))?\s*(?::|\t)\s*(?P<value>(?:[^;。,\t]|,(?=[0-9]{3})){1,60})"
)
_OF_PARTY: Final = "(?:公司|基金会|大学|学院|中心|协会|银行|支行)$"
_FAR: Final = 6  # lines over which one thing's fields may be spread
