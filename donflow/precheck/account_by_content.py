"""Reads an account by what stands there where no labels do: a holder, a bank, a long number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from donflow.domain.halfwidth import halfwidth
from donflow.precheck.paper import Line, Span

BANK: Final = (
    r"(?:(?![甲乙丙丁]方|在|开户)[\u4e00-\u9fff]){2,16}(?:银行|信用社|信用联社|农商行|农信社|支行)"
    r"[\u4e00-\u9fff()]{0,20}?"
)
"""The name of a bank or of one of its branches; it has no group."""

HOLDER: Final = (
    r"(?!(?:[甲乙丙丁]方|受赠[人方]))[\u4e00-\u9fff·()]{2,40}(?:基金会|大学|学院|学校|中学|小学|公司|中心|校友会|协会|促进会|"
    r"联合会|研究院|医院|出版社|图书馆)"
)
"""The name of an organisation that may hold an account; it has no group."""

NUMBER: Final = r"(?<![0-9A-Za-z\-])[0-9](?:[ \-]?[0-9]){9,29}(?![0-9A-Za-z])"
"""What may be an account's number, also in groups; it has no group."""


@dataclass(frozen=True)
class Piece:
    """Words between commas that are a holder, a bank or a number."""

    key: str  # name, bank or number
    value: str
    at: Span


def accounts_by_content(line: Line) -> Iterator[tuple[Piece, ...]]:
    """For each number beside a bank, what stands with it in one sentence, in reading order.

    青岚大学教育基金会，青岚农商银行营业部，6602…; 中国银行兰州支行（账号1045…，户名：…）.
    """
    text = halfwidth(line.text)
    for number in re.finditer(NUMBER, text):
        if not re.search(_NO_ACCOUNT, text[max(0, number.start() - _LABEL) : number.start()]):
            found = tuple(beside(line, number.span()))
            if any(piece.key == "bank" for piece in found):
                yield found


def beside(line: Line, number: tuple[int, int]) -> Iterator[Piece]:
    """The number, and the nearest holder and bank of the same sentence."""
    text = halfwidth(line.text)
    first = max(0, number[0] - _NEAR)
    start = first + max(text[first : number[0]].rfind(mark) for mark in _ENDS) + 1
    stop = re.search("[。\t│|]", text[number[1] : number[1] + _NEAR])
    end = min(len(text), number[1] + (stop.start() if stop else _NEAR))
    pieces = [Piece("number", re.sub("[ -]", "", text[slice(*number)]), Span(line.number, *number))]
    for places in ((start, number[0]), (number[1], end)):
        segments = list(re.finditer(r"[^,，;；、:：\s]+", text[slice(*places)]))
        for segment in reversed(segments) if places[0] == start else segments:
            for said in _pieces(line, places[0] + segment.start(), segment[0]):
                if all(said.key != piece.key for piece in pieces):
                    pieces.append(said)
    yield from sorted(pieces, key=lambda piece: piece.at.start)


def _pieces(line: Line, start: int, segment: str) -> Iterator[Piece]:
    for key, pattern in _READS.items():
        read = re.match(pattern, segment)
        if read is not None:
            first, name = read.start("name"), _whole(read["name"])
            at = Span(line.number, start + first, start + first + len(name))
            yield Piece(key, line.text[at.start : at.end], at)


def _whole(name: str) -> str:
    """Without a bracket that only one side of has been read, and what stands behind it."""
    if name.count("(") > name.count(")"):
        return name[: name.rindex("(")]
    return name.removesuffix(")") if name.count(")") > name.count("(") else name


_NEAR: Final = 120  # no holder stands further off
_LABEL: Final = 12
_ENDS: Final = "。\t│|"
_NO_ACCOUNT: Final = "电话|手机|联系|身份证|证件|代码|证号|护照|编号|传真|热线|邮编|[Nn]o\\.?$"
_READS: Final = {
    "bank": re.compile(
        r"(?:.*(?:开户银?行|开户机构|开户网点|汇入行|收款银?行|存于|[(在至到入于])(?:名称|全称)?(?:为|是)?)?"
        rf"(?P<name>{BANK})(?:(?:所?开立|开设|开户|的).*|[(]?[账帐]号?.{{0,2}}|[()].*)?$"
    ),
    "name": re.compile(
        r"(?:.*(?:户名|户头|户主|账户名称?|名称|收款人|收款单位|[(至到入给]))?(?:为|是)?"
        rf"(?P<name>{HOLDER})(?:在.*|的?[\u4e00-\u9fff]{{0,8}}[账帐]户.*|开户.*|[()].*)?$"
    ),
}
"""A holder or bank is the whole of its piece, but for what leads to it and 的账户 behind it."""
