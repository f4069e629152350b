"""The label that a line begins with: 第三条, 二、, （一）, 1., 5.1, ①; not what only looks so."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from donflow.domain.halfwidth import halfwidth
from donflow.precheck.paper import Line


class Numbering(StrEnum):
    """The ways in which Chinese agreements number their units."""

    CHAPTER = "chapter"  # 第一章
    ARTICLE = "article"  # 第一条, Article 1
    HAN = "han"  # 一、
    HAN_BRACKETED = "han_bracketed"  # （一）
    ARABIC = "arabic"  # 1. 1、
    ARABIC_BRACKETED = "arabic_bracketed"  # （1） 1）
    DECIMAL = "decimal"  # 5.1
    CIRCLED = "circled"  # ①


@dataclass(frozen=True)
class Label:
    """A label at the start of a line: `text` without spaces and separators, its characters.

    `depth` counts the places of a decimal label (5.1 has two), `rest` is where the words begin,
    `faint` marks a bare figure before a space, which is a label only among its like.
    """

    numbering: Numbering
    text: str
    number: int
    start: int
    end: int
    rest: int
    depth: int = 1
    english: bool = False
    faint: bool = False


def label_of(line: Line) -> Label | None:
    """The label of a line, or None: sums, dates, telephone numbers and references are not."""
    text = halfwidth(line.text)
    if line.label_length:
        return _automatic(text, line.label_length)
    if any(mark in text for mark in "│┃|"):
        return None
    in_table = len(line.cells) > 1
    spelled = re.match(rf"\s*第?([{_HAN}])、\s*([{_HAN}])(?=[、期年])", text)
    if spelled and _follows(spelled[1], spelled[2]):
        return None  # 一、二期 counts two of them; 七、一年内 is a label
    for numbering, pattern in _PATTERNS:
        found = pattern.match(text)
        if found is None or (in_table and numbering not in _HEAVY):
            continue
        if numbering is Numbering.ARABIC and not found["mark"] and _has_columns(text):
            continue
        return _label(numbering, found)
    return None


def _follows(first: str, second: str) -> bool:
    one, other = number_of(first), number_of(second)
    return one is not None and other == one + 1


def number_of(words: str) -> int | None:
    """The value of 十二, 12, 〇, 壹拾贰 or ⑫, up to 999; None if it is no such number."""
    if words.isascii() and words.isdigit():
        return int(words)
    if len(words) == 1 and words in _CIRCLES:
        return _CIRCLES.index(words) + 1
    value = section = 0
    for character in words.translate(_PLAIN):
        if character in _TENS:
            value += (section or 1) * _TENS[character]
            section = 0
        elif character in _DIGITS:
            section = _DIGITS.index(character)
        else:
            return None
    return value + section if words else None


def _automatic(text: str, length: int) -> Label | None:
    """A number that Word made is a label whatever follows it; a bullet is none."""
    made = text[:length].rstrip()
    for numbering, pattern in _PATTERNS:
        found = pattern.match(made + ("" if made.endswith(("、", ".", ")")) else " "))
        if found is not None:
            label = _label(numbering, found)
            if label is not None:
                end = min(label.end, len(made))
                return Label(
                    numbering,
                    label.text,
                    label.number,
                    label.start,
                    end,
                    length,
                    label.depth,
                    label.english,
                )
    return None


def _label(numbering: Numbering, found: re.Match[str]) -> Label | None:
    number = number_of(re.sub(r"\s", "", found["number"] or found["bare"]))
    if number is None:
        return None
    start, end = found.span("label")
    shown = re.sub(r"\s+", "", found["label"])
    english = found["label"][0] in "ACS"
    if english:
        shown = found["label"].strip()
    elif numbering in (Numbering.HAN_BRACKETED, Numbering.ARABIC_BRACKETED):
        shown = shown.replace("(", "（").replace(")", "）")
    depth = shown.count(".") + 1 if numbering is Numbering.DECIMAL else 1
    faint = numbering is Numbering.ARABIC and not found["mark"]
    return Label(numbering, shown, number, start, end, found.end(), depth, english, faint)


def _has_columns(text: str) -> bool:
    return len(re.findall(r"\S(?:\s{2,}|\t)(?=\S)", text.strip())) > 1


_HAN: Final = "一二三四五六七八九十百〇零壹贰叁肆伍陆柒捌玖拾"
_CIRCLES: Final = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_DIGITS: Final = "零一二三四五六七八九"
_TENS: Final = {"十": 10, "百": 100}
_PLAIN: Final = str.maketrans("〇壹贰叁肆伍陆柒捌玖拾", "零一二三四五六七八九十")
_HEAVY: Final = (Numbering.CHAPTER, Numbering.ARTICLE, Numbering.HAN, Numbering.HAN_BRACKETED)
# What makes 第三条 at the start of a (wrapped) line a reference and no heading.
_REFERRED: Final = (
    r"(?!(?:规定|约定|所|之|的|中|内|第|款|项|至|和|与|及|或|、\s*第|,\s*第|执行|履行))"
)
_COUNTED: Final = r"(?:万|亿|元|%|％|倍|折|度|吨|米|公里|平方|寸|版|级)"

# All are matched against the half-width text, whose characters stand where they stood.
_PATTERNS: Final = (
    (
        Numbering.CHAPTER,
        re.compile(
            rf"\s*[【〔\[]?\s*(?P<label>第\s*(?P<number>[{_HAN}\d](?:\s*[{_HAN}\d])*)\s*(?:章|节|部分))"
            rf"{_REFERRED}[\s、.:】〕\]]*"
        ),
    ),
    (
        Numbering.ARTICLE,
        re.compile(
            rf"\s*[【〔\[]?\s*(?P<label>第\s*(?P<number>[{_HAN}\d](?:\s*[{_HAN}\d])*)\s*条)(?!款)"
            rf"{_REFERRED}[\s、.:】〕\]]*"
        ),
    ),
    (
        Numbering.ARTICLE,
        re.compile(
            r"\s*(?P<label>(?:A(?:rticle|RTICLE)|C(?:lause|LAUSE)|S(?:ection|ECTION))"
            r"\s*(?P<number>\d{1,2}))(?![\d.]*\d)(?!\s+(?:of|above|below|hereof|and|or|shall|is)\b)"
            r"[\s、.:]*"
        ),
    ),
    (
        Numbering.HAN,
        re.compile(rf"\s*(?P<label>[第其]?(?P<number>[{_HAN}]{{1,4}}))\s*[、.,:]\s*"),
    ),
    (
        Numbering.HAN_BRACKETED,
        re.compile(rf"\s*(?P<label>[(【〔\[]\s*(?P<number>[{_HAN}]{{1,4}})\s*[)】〕\]])[\s、.:]*"),
    ),
    (
        Numbering.ARABIC_BRACKETED,
        re.compile(r"\s*(?P<label>\(\s*(?P<number>\d{1,2})\s*\)|(?P<bare>\d{1,2})\s*\))[\s、.:]*"),
    ),
    (
        Numbering.DECIMAL,
        re.compile(
            rf"\s*(?P<label>\d{{1,2}}(?:\.\d{{1,2}})*\.(?P<number>\d{{1,2}}))(?![\d,])(?!\.\d)"
            rf"(?!\s*(?:{_COUNTED}|年|月|日))\.?[\s、:]*"
        ),
    ),
    (
        Numbering.ARABIC,
        re.compile(
            r"\s*(?P<label>(?P<number>\d{1,2}))(?P<mark>\s*(?:、|:(?!\d)|\.(?!\d{1,3}(?:\D|$))"
            rf"|\.(?=\d{{1,2}}(?:月|年|日)))|(?=\s))(?!\s*{_COUNTED})\s*"
        ),
    ),
    (
        Numbering.CIRCLED,
        re.compile(rf"\s*(?P<label>(?P<number>[{_CIRCLES}]))[\s、.:]*"),
    ),
)
