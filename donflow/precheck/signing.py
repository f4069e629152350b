"""The signing area: the lines with labels, seals and dates, and the columns that they stand in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from donflow.domain.halfwidth import halfwidth
from donflow.precheck.callings import OPEN
from donflow.precheck.paper import Line, Span


@dataclass(frozen=True)
class Segment:
    """What stands in one column of a line: its words, trimmed, and its characters.

    `column` is the number of the table cell, else None: then `at.start` tells the column.
    """

    text: str
    at: Span
    column: int | None = None


def segments(line: Line) -> tuple[Segment, ...]:
    """The columns of a line: a table's cells, or the words between wide gaps."""
    found: list[Segment] = []
    if len(line.cells) > 1:
        start = 0
        for column, cell in enumerate(line.cells):
            words = cell.strip()
            if words:
                begin = start + cell.index(words)
                found.append(Segment(words, Span(line.number, begin, begin + len(words)), column))
            start += len(cell) + 1
        return tuple(found)
    for match in re.finditer(_COLUMN, line.text):
        pieces = _at_labels(line.number, match.start(), match[0])
        if found and _goes_on(found[-1].text, pieces[0].text):
            former = found.pop()
            span = Span(line.number, former.at.start, pieces[0].at.end)
            pieces[0] = Segment(line.text[span.start : span.end], span)
        found.extend(pieces)
    return tuple(found)


def _goes_on(former: str, text: str) -> bool:
    """Whether a wide gap is a blank to be filled (日期：    年   月   日), not the next column."""
    plain = halfwidth(text)
    if re.match(r"(?:\d{1,2}|_+)?\s*(?:年|月|日)(?!期)", plain):
        return not re.search(r"日\s*$", former)
    is_open = former.endswith(("：", ":")) and len(former) < 24
    return is_open and (bool(re.match(rf"{_DATE}", plain)) or not _signing_words(text))


def find_signing(lines: Sequence[Line], begin: int) -> range:
    """The indexes of the lines of the signing area among `lines`, none of them before `begin`.

    It is the last run of signing lines with a seal, a signature or a date in it; blank lines
    within it belong to it.
    """
    runs: list[list[int]] = []
    current: list[int] = []
    for index in range(begin, len(lines)):
        text = lines[index].text.strip()
        if not text:
            continue
        if is_signing(lines[index]) or (current and is_attendant(lines[index])):
            current.append(index)
            continue
        if current:
            runs.append(current)
        current = []
    if current:
        runs.append(current)
    for run in runs:
        joined = "\n".join(lines[index].text for index in run)
        if _counts(joined):
            return range(_without_contacts(lines, run), run[-1] + 1)
    return range(0)


def is_signing(line: Line) -> bool:
    """Whether the columns of a line name who signs, a seal, a signature or a date."""
    return is_attendant(line) and any(_signing_words(part.text) for part in segments(line))


def is_attendant(line: Line) -> bool:
    """Whether a line may stand within a signing area: an address, a telephone number, a name."""
    parts = segments(line)
    return bool(parts) and all(
        _signing_words(part.text) or _ATTENDANT.match(halfwidth(part.text)) for part in parts
    )


def _signing_words(text: str) -> bool:
    plain = halfwidth(text).strip()
    if len(plain) > 60 or (plain.endswith(("。", ";")) and "无正文" not in plain):
        return False
    return any(pattern.match(plain) for pattern in _SIGNING)


def _without_contacts(lines: Sequence[Line], run: Sequence[int]) -> int:
    """Where a run begins once the contacts that the last clause lists are left to that clause."""
    for before, index in pairwise(run):
        if index == before + 1:
            continue
        first = "\n".join(lines[each].text for each in run if each < index)
        rest = "\n".join(lines[each].text for each in run if each >= index)
        if not _counts(first) and _counts(rest):
            told = {re.sub(r"\s", "", label) for label in re.findall(_LABEL, first)}
            if told and told <= {re.sub(r"\s", "", label) for label in re.findall(_LABEL, rest)}:
                return index
    return run[0]


def _counts(joined: str) -> bool:
    plain = halfwidth(joined)
    seals = len(re.findall(r"盖\s*章|公\s*章|签\s*[字章名]|印章|[Ss]ignature|[Ss]eal", plain))
    labels = len(re.findall(_LABEL, plain))
    dates = len(
        re.findall(
            r"日\s*期|年\s*[_\d 一二三四五六七八九十]*月|Date|20\d{2}[-./]\d{1,2}[-./]\d", plain
        )
    )
    named = re.search(rf"(?:公司|基金会|大学|学院|中心|会)\s*\(\s*{_SIGN}", plain)
    return (labels > 0 or named is not None) and (seals > 0 or dates > 0)


def _at_labels(number: int, offset: int, text: str) -> list[Segment]:
    """Cut once more where a party's label begins after one space."""
    cuts = [0]
    for match in re.finditer(rf"(?<=[ \u3000])(?={_LABEL}\s*[（(：:])", text):
        if not re.search(_ENGLISH_BEFORE, text[: match.start()]):
            cuts.append(match.start())
    found = []
    for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True):
        words = text[start:end].strip()
        begin = offset + start
        found.append(Segment(words, Span(number, begin, begin + len(words))))
    return found


# Words with single gaps; wider ones stand inside a label too (甲　　方, 日　　期, 捐　　赠　　方).
_COLUMN: Final = (
    r"\S+(?:(?:[ \u3000]|(?<=[甲乙丙丁])[ \u3000]{2,6}(?=方)|(?<=日)[ \u3000]{2,6}(?=期)"
    r"|(?<=[捐受赠与])[ \u3000]{2,6}(?=[赠与方人]))\S+)*"
)
_FOR: Final = r"(?:For\s+(?:and\s+on\s+behalf\s+of\s+)?(?:the\s+)?)?"
_ENGLISH_BEFORE: Final = r"(?:Donor|Donee|Party\s+[A-E]|Recipient|Beneficiary)\s+$"
_SIGN: Final = r"(?:签\s?[字章名署]|盖\s?章|公\s?章|签字盖章|签章|印章|单位盖章)"
_LABEL: Final = (
    r"(?:[甲乙丙丁戊己]\s{0,4}方|捐\s?[赠助]\s?(?:方|人|者|单\s?位)|赠\s?与\s?(?:方|人)|出资\s?(?:方|人)"
    r"|受\s?[赠助捐]\s?(?:方|人|者|单\s?位)|接受\s?(?:方|人)|受益\s?(?:方|人|单位)"
    r"|(?:使用|管理|执行|监督|见证|合作|实施)\s?(?:方|人|单位)|目标公司|标的公司"
    r"|(?:承诺|捐献|立书|立据|声明|具函)\s?(?:方|人|单位)"
    rf"|Party\s+[A-E]|Donor|Donee|Recipient|Beneficiary|{OPEN}(?=\s?(?:\([^)]*\)\s?)?[(]?{_SIGN}))"
)
_BRACKET: Final = r"(?:\s*[(\[〔【][^)\]〕】]{0,16}[)\]〕】])*"
_WHO: Final = (
    r"(?:法\s?定\s?代\s?表\s?人|法人代表|法人|(?:委托|授权|签约|签字|签署)\s?(?:代\s?表|代\s?理)\s?人?|负\s?责\s?人"
    r"|代\s?表\s?人?|代\s?理\s?人|经\s?办\s?人|签\s?[字署约]\s?人|见证人|联系人|项目负责人|单位负责人)"
)
_DATE: Final = (
    r"(?:(?:\d{2,4}|[_\s]*|[二〇○零一三四五六七八九O]{4})\s*[_\s]*年[_\s]*(?:\d{1,2}|[一二三四五六七八九十]*)"
    r"[_\s]*月[_\s]*(?:\d{1,2}|[一二三四五六七八九十]*)[_\s]*日"
    r"|\d{4}[-./]\d{1,2}[-./]\d{1,2})"
)
_SIGNING: Final = (
    re.compile(
        rf"{_FOR}(?:(?:Donor|Donee|Recipient|Beneficiary|Party\s+[A-E])\s*)?{_LABEL}{_BRACKET}"
        rf"(?:\s*(?:{_WHO})?(?:\s*(?:或|/|及|、|和)\s*{_WHO})?{_BRACKET}\s*{_SIGN}?{_BRACKET})"
        rf"(?:\s*(?:Donor|Donee|Recipient|Beneficiary|Party\s+[A-E]))?\s*(?::.*|_*|\s{_DATE}\s*)$"
    ),
    re.compile(rf"\(\s*(?:或|及|、|/)?\s*(?:其)?{_WHO}\s*\)\s*{_SIGN}?{_BRACKET}\s*(?:[:_].*)?$"),
    re.compile(rf"{_LABEL}{_BRACKET}\s*(?:签订|签署|签约)?(?:日\s?期|时\s?间)\s*:?.*$"),
    re.compile(
        rf"{_WHO}(?:\s*(?:或|/|及|、|和|\()\s*(?:其)?{_WHO}\)?)*{_BRACKET}\s*{_SIGN}?{_BRACKET}"
        r"\s*(?:[:_ ].*)?$"
    ),
    re.compile(
        rf"(?:\(?\s*{_SIGN}(?:\s*[或、/及和]?\s*{_SIGN})?(?:处|栏|页)?\s*\)?)"
        r"\s*(?:(?:Signature|Seal|Signed)[A-Za-z ]*)?(?:[:_].*)?$"
    ),
    re.compile(rf"(?:签\s?[订署约字定]\s?)?(?:日\s?期|时\s?间)\s*(?::|{_DATE}|_|$|\s)"),
    re.compile(rf"{_DATE}\s*$"),
    re.compile(r"签\s?[订署约定]\s?(?:地\s?点|地)\s*:"),
    re.compile(r"\(?\s*(?:以下|本页|此页|下页)[^。]{0,6}无正文.*$"),
    re.compile(
        r"\(?\s*(?:本页为|此页为|本页系|以下为)?[^。,]{0,30}签\s?[署字章]\s?(?:页|栏|处)\s*\)?$"
    ),
    re.compile(
        r"(?:Authori[sz]ed\s+(?:signature|representative|signatory)|Signature|Signed by|Date|Seal"
        r"|By|Name|Title|Representative|Place)\b[^.]*$",
        re.IGNORECASE,
    ),
    re.compile(r"(?:签约|协议|各|双|三|四)+方(?:代表)?\s*(?:签[字署章]|盖章)+\s*:?$"),
    re.compile(rf"[^:,。;]{{2,40}}\(\s*{_SIGN}\s*\)\s*(?::.*)?$"),
)
_ATTENDANT: Final = re.compile(
    r"(?:(?:通讯|联系|单位|注册|家庭|邮寄|收件)?\s?(?:地\s*址|住\s*所)|(?:联系)?电\s*话|手\s*机|传\s*真"
    r"|邮\s*编|邮政编码|电子邮[箱件]|邮\s*箱|E-?mail|开\s*户\s*(?:银\s*)?行|户\s*名|账\s*号|帐\s*号"
    r"|银行账[户号]|账户名称|统一社会信用代码|身份证(?:件)?号码?|纳税人识别号|职\s*务|姓\s*名|联系方式)"
    r"\s*(?:[:_\s]|$)"
    r"|[^:,。;]{2,40}(?:公司|基金会|大学|学院|商会|协会|校友会|学校|中心|有限合伙\)|集团|书店|书局|工作室)$"
)
