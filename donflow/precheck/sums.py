"""Sums of money as they stand in a paper: in figures, in words, or as the pair of both."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from typing import Final

from donflow.domain.halfwidth import halfwidth
from donflow.domain.rmb_words import Fault, parse_words
from donflow.precheck.paper import Line, Paper, Span

_REMEMBERED: Final = 8192  # lines of a long paper, which many rules ask about


@dataclass(frozen=True)
class Figures:
    """A sum in figures; `value` None where malformed; `currency` empty where only 元 is said."""

    at: Span
    text: str
    value: Decimal | None
    currency: str


@dataclass(frozen=True)
class Words:
    """A sum in words, its currency and 大写 before it included.

    `at` begins with the currency where one stands there, `number_at` with the first numeral.
    `formal` is False for a sum in running text (每人五千元) that nobody meant as 大写.
    """

    at: Span
    text: str
    number_at: Span
    value: Decimal | None
    currency: str
    faults: tuple[Fault, ...]
    formal: bool


@dataclass(frozen=True)
class Sum:
    """One sum: figures, words, or both where they stand for each other."""

    line: int
    figures: Figures | None
    words: Words | None

    @property
    def at(self) -> Span:
        """From the first to the last character, on the line of the first part."""
        spans = [
            part.at for part in (self.words, self.figures) if part and part.at.line == self.line
        ]
        return Span(self.line, min(each.start for each in spans), max(each.end for each in spans))

    @property
    def value(self) -> Decimal | None:
        """What the figures say, else what the words say."""
        if self.figures is not None and self.figures.value is not None:
            return self.figures.value
        return self.words.value if self.words else None

    @property
    def currency(self) -> str:
        """The currency that one of the parts names; yuan where none does."""
        named = (part.currency for part in (self.words, self.figures) if part and part.currency)
        return next(named, "CNY")


@lru_cache(maxsize=4)
def sums(paper: Paper) -> tuple[Sum, ...]:
    """Every sum of a paper in reading order."""
    found = [each for line in paper.lines for each in sums_of_line(line)]
    return tuple(_paired_across_lines(found, paper))


@lru_cache(maxsize=_REMEMBERED)
def sums_of_line(line: Line) -> tuple[Sum, ...]:
    """The sums of one line, words and figures that stand for each other as one."""
    words = list(_words(line))
    figures = list(_figures(line, words))
    pairs = _pairs(line.text, words, figures)
    paired = {id(part) for pair in pairs for part in pair}
    found = [Sum(line.number, figure, word) for word, figure in pairs]
    found += [Sum(line.number, None, each) for each in words if id(each) not in paired]
    found += [Sum(line.number, each, None) for each in figures if id(each) not in paired]
    formal = (_made_formal(each) for each in found)
    return tuple(sorted(formal, key=lambda each: (each.at.start, each.at.end)))


def read_figures(text: str) -> Decimal | None:
    """The value of bare figures with their scale (`1.2亿`, `50万`); None where malformed."""
    read = re.fullmatch(r"(?P<n>[0-9][0-9,.]*)\s*(?P<scale>[亿万千百]?)", halfwidth(text).strip())
    if read is None or not re.fullmatch(_WELL_FORMED, read["n"]):
        return None
    if not read["scale"] and len(read["n"].partition(".")[2]) > 2:
        return None
    return Decimal(read["n"].replace(",", "")) * _SCALES[read["scale"]]


@lru_cache(maxsize=1024)
def is_english(text: str) -> bool:
    """Whether a line is mostly English."""
    return len(re.findall("[A-Za-z]", text)) > 3 * len(re.findall("[\u4e00-\u9fff]", text)) + 3


def _words(line: Line) -> Iterator[Words]:
    for read in re.finditer(_WORDS, halfwidth(line.text)):
        number, unit = read["number"], read["unit"] or ""
        capital = re.search(_CAPITAL, number) is not None
        if not (capital or re.search(_DIGIT, number)) or not (unit or read["end"]):
            continue
        currency = _currency(read["currency"]) or _currency(unit)
        parsed = parse_words(
            re.sub(_UNIT_NAMES + "|块钱?", "元", re.sub(r"[\s_]", "", read["spelled"]))
        )
        value = None if parsed.amount is None else Decimal(parsed.amount.minor) / 100
        spoken = [Fault.BAD_CHAR] if unit.startswith("块") else []
        before = halfwidth(line.text[max(0, read.start() - _FAR) : read.start()])
        marked = bool(read["currency"]) or re.search(r"大写[):\s]*$", before) is not None
        ended = bool(read["end"])
        faults = (*parsed.faults, *spoken, *([Fault.GAP_AFTER_RMB] if _has_gap(read) else []))
        start = read.start("currency") if read["currency"] else read.start("number")
        at = Span(line.number, start, read.end())
        number_at = Span(line.number, read.start("number"), read.end())
        text = line.text[start : read.end()]
        formal = (capital and (marked or ended)) or (marked and ended)
        yield Words(at, text, number_at, value, currency, faults, formal)


def _has_gap(read: re.Match[str]) -> bool:
    return bool(read["currency"]) and re.fullmatch(r"[ \t]+", read["mark"] or "") is not None


def _figures(line: Line, words: list[Words]) -> Iterator[Figures]:
    text = halfwidth(line.text)
    # Words stand one behind the other, so that only the last before a place can reach it.
    begins = [each.number_at.start for each in words]
    ends = [each.at.end for each in words]
    for read in re.finditer(_FIGURES, text):
        start, end = read.span()
        marked = read["prefix"] or read["unit"] or read["label"]
        if not marked and not _is_beside_words(text, start, end, ends):
            continue
        before = bisect_left(begins, end) - 1
        if before >= 0 and start < words[before].number_at.end:
            continue
        scale = read["scale"] or ("万" if read["label"] and "万" in read["label"] else "")
        value = read_figures(read["number"] + scale)
        if value is not None and read["yi"]:
            value += int(read["yi"]) * 10**8
        currency = _currency(read["prefix"]) or _currency(read["unit"])
        first = read.start("number") if read["label"] else start
        if read["yi"]:
            first = start
        end = first + len(text[first:end].rstrip(" _"))
        at = Span(line.number, first, end)
        yield Figures(at, line.text[first:end], value, currency)


def _is_beside_words(text: str, start: int, end: int, ends: list[int]) -> bool:
    """Whether bare figures stand in the brackets that belong to a sum in words, or are 小写."""
    if re.search(r"小写[)\]]?[:\s]*$", text[max(0, start - _FAR) : start]):
        return True
    near = ends[bisect_left(ends, start - _FAR) : bisect_left(ends, start)]
    opened = any(re.fullmatch(r"[\s_]*\(\s*", text[end_of:start]) for end_of in near)
    return opened and re.match(r"[\s_]*\)", text[end : end + _FAR]) is not None


def _pairs(text: str, words: list[Words], figures: list[Figures]) -> list[tuple[Words, Figures]]:
    """Each words with the figures next behind them, else next before them."""
    pairs: list[tuple[Words, Figures]] = []
    taken: set[int] = set()
    begins = [figure.at.start for figure in figures]
    for behind in (True, False):
        for word in words:
            if id(word) in taken:
                continue
            reach = (word.at.end, word.at.end + _FAR + 1)
            if not behind:  # figures are shorter than twice as far
                reach = (word.at.start - 3 * _FAR, word.at.start)
            for figure in figures[bisect_left(begins, reach[0]) : bisect_left(begins, reach[1])]:
                # 500,000元人民币（伍拾万元整）: the currency's name may belong to the figures.
                first, last = (word.at, figure.at) if behind else (figure.at, word.number_at)
                if not 0 <= last.start - first.end <= _FAR:
                    continue
                gap = halfwidth(text[first.end : last.start])
                if id(figure) in taken:
                    continue
                if re.fullmatch(_GAP, gap) and not re.fullmatch("[,、]", gap):
                    pairs.append((word, figure))
                    taken |= {id(word), id(figure)}
                    break
    return pairs


def _paired_across_lines(found: list[Sum], paper: Paper) -> Iterator[Sum]:
    """大写：… on one line and 小写：… on the next are one sum."""
    order = [line.number for line in paper.lines if line.text.strip()]
    follows = dict(pairwise(order))
    skip: set[int] = set()
    for index, each in enumerate(found):
        if index in skip:
            continue
        after = found[index + 1] if index + 1 < len(found) else None
        if (
            after is not None
            and follows.get(each.line) == after.line
            and _belong(each, after, paper)
        ):
            skip.add(index + 1)
            yield Sum(each.line, each.figures or after.figures, each.words or after.words)
        else:
            yield each


def _belong(one: Sum, other: Sum, paper: Paper) -> bool:
    first, second = (halfwidth(paper.by_number[each.line].text) for each in (one, other))
    if one.words and not one.figures and other.figures and not other.words:
        return "大写" in first and "小写" in second
    if one.figures and not one.words and other.words and not other.figures:
        return "小写" in first and "大写" in second
    return False


def _made_formal(each: Sum) -> Sum:
    """Words beside figures are meant as 大写, whatever numerals they use."""
    if each.words is None or each.figures is None:
        return each
    return replace(each, words=replace(each.words, formal=True))


def _currency(text: str | None) -> str:
    said = (text or "").upper().strip()
    return next((code for code, names in CURRENCIES.items() if re.search(names, said)), "")


CURRENCIES: Final = {
    "HKD": r"港币|港幣|港元|HKD|HK\$",
    "MOP": r"澳门元|澳门币|MOP",
    "TWD": r"台币|TWD|NT\$",
    "SGD": r"新加坡元|新元|新币|坡币|SGD|SG\$|(?<!U)S\$",
    "AUD": r"澳元|澳大利亚元|澳币|AUD|AU?\$",
    "CAD": r"加元|加拿大元|加币|CAD|CA?\$",
    "USD": r"美元|美金|USD|US\$|^\$",
    "EUR": "欧元|EUR|€",
    "JPY": "日元|日币|日圆|JPY",
    "GBP": "英镑|GBP|£",
    "CHF": "瑞士法郎|瑞郎|CHF",
    "CNY": "人民币|人民幣|RMB|CNY|￥|¥|YUAN",
}
"""What names a currency, by its code, in the order in which to ask."""

_NAMES: Final = (
    "人民币|人民幣|港币|港幣|港元|美元|美金|欧元|日元|日币|日圆|英镑|新加坡元|新元|新币|坡币|"
    "澳门元|澳门币|"
    "澳元|澳大利亚元|澳币|加元|加拿大元|加币|新台币|台币|瑞士法郎|瑞郎"
)
_CODES: Final = "RMB|CNY|HKD|USD|EUR|JPY|GBP|SGD|MOP|AUD|CAD|TWD|CHF"
_SIGNS: Final = r"HK\$|US\$|SG\$|NT\$|AU\$|CA\$|MOP\$|S\$|A\$|C\$|\$|￥|¥|€|£"
_UNIT_NAMES: Final = "港元|美元|欧元|日元|日圆|英镑|澳元|加元|新元|新加坡元|澳门元|港币|美金"
_CAPITAL: Final = "[壹贰貳叁參叄肆伍陆陸柒捌玖拾佰仟]"
_DIGIT: Final = "[一二三四五六七八九壹贰貳叁參叄肆伍陆陸柒捌玖两]|^[拾十]"
_NUMERALS: Final = "零〇一二三四五六七八九两壹贰貳叁參叄肆伍陆陸柒捌玖拾佰仟十百千万萬亿億"
_WORDS: Final = re.compile(
    rf"(?:(?P<currency>{_NAMES}|RMB)"
    r"(?P<mark>(?:[\s_:(]|大写|金额|共计|合计|总计|总额|计|为|\)|￥|¥)*))?"
    rf"(?P<spelled>(?P<number>[{_NUMERALS}](?:[ \u3000_]?[{_NUMERALS}])*)"
    rf"[ _]?(?P<unit>元|圆|圓|块钱|块(?=[整正](?:[(),。;:\s]|$))|{_UNIT_NAMES})?"
    rf"(?P<small>(?:零?[{_NUMERALS}]角)?(?:零?[{_NUMERALS}]分)?)"
    rf"(?P<end>[整正](?![个理式常确规体数]))?)"
)
_SCALES: Final = {"": 1, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_WELL_FORMED: Final = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?"
_FIGURES: Final = re.compile(
    rf"(?i)(?P<label>\((?:人民币|单位:?)?\s*万?元\)\s*[:│|\t ]\s*)?"
    rf"(?:(?P<prefix>(?:(?:{_NAMES})[\s_:]*)?(?:{_SIGNS}|"
    rf"(?<![A-Za-z])(?:{_CODES})(?![A-Za-z])[￥¥$]?|{_NAMES}))[\s_:]*|(?<![0-9A-Za-z.\-/]))"
    r"(?:(?P<yi>[0-9]+)亿(?=[0-9]+万))?"
    rf"(?P<number>[0-9]+(?:[,.][0-9]+|"
    rf"[ ][0-9]{{3}}(?=[,.)元]))*)[ _]*(?P<scale>[亿万千百](?![0-9])|)[ _]*"
    rf"(?P<unit>(?:元|圆|{_UNIT_NAMES}|人民币|(?:{_CODES})(?![A-Za-z])|yuan\b)(?:人民币)?[整正]?)?"
)
_FAR: Final = 30  # words and figures that belong together stand closer than this
_GAP: Final = r"(?:[\s_(\[:,)]|大写|小写|金额|人民币|即|计|为|RMB|￥|¥|元|整|折合人民币大写)*"
