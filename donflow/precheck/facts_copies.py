"""Reads how many originals there are, and how many each party keeps."""

from __future__ import annotations

import re
from typing import Final

from donflow.domain.halfwidth import halfwidth
from donflow.precheck.facts import Copies, Party
from donflow.precheck.numerals import ENGLISH_NUMERAL, NUMERAL, english_number, whole_number
from donflow.precheck.paper import Line, Paper, Span
from donflow.precheck.sums import is_english


def copies(paper: Paper, parties: tuple[Party, ...]) -> Copies | None:
    """The last sentence that says so, Chinese before English; None where none does."""
    found = [each for line in paper.lines for each in copies_of_line(line, paper, parties)]
    chinese = [each for each in found if not is_english(paper.by_number[each.at.line].text)]
    return next(reversed(chinese or found), None)


def copies_of_line(line: Line, paper: Paper, parties: tuple[Party, ...]) -> list[Copies]:
    """What one line says of originals; the split may go on in the next line."""
    text = halfwidth(line.text)
    found = []
    reads = list(re.finditer(_TOTAL, text))
    for read, following in zip(reads, [*reads[1:], None], strict=False):
        total = whole_number(next(each for each in read.groups() if each))
        if total is None or not 1 <= total <= 50:
            continue
        start = re.split("[。;]", text[max(0, read.start() - 24) : read.start()])[-1]
        first = read.start() - len(start.lstrip()) if len(start) < 24 else read.start()
        rest = text[read.end() : following.start() if following else None][:_LONGEST]
        stop = re.search(r"[。;](?![^。;]{0,24}(?:执|持|留存|保存|存档|份))", rest)
        said = rest[: stop.start()] if stop else rest
        split = _split(said, total, parties)
        if not split and following is None and not re.search("[执持]", said):
            split = _split(_next(paper, line.number), total, parties)
        last = [each.end() for each in re.finditer(rf"{NUMERAL}\s*{_AGAIN}份", said)]
        end = read.end() + (max(last) if last else 0)
        found.append(Copies(total, split, Span(line.number, first, end)))
    for read in re.finditer(_ENGLISH, text):
        total = english_number(read[1]) or 0
        each = re.search(
            rf"\b({ENGLISH_NUMERAL})\s+(?:originals?\s+|cop(?:y|ies)\s+)?(?:for|to|held by)\s+each",
            text[read.end() : read.end() + _LONGEST],
            re.IGNORECASE,
        )
        split = ()
        if each:
            count = english_number(each[1]) or 0
            split = tuple((party.label, count) for party in parties)
        found.append(Copies(total, split, Span(line.number, read.start(), read.end())))
    return found


def _next(paper: Paper, number: int) -> str:
    after = (paper.by_number.get(later) for later in range(number + 1, number + _FAR))
    text = next((halfwidth(line.text) for line in after if line and line.text.strip()), "")
    text = text[:_LONGEST]
    return text if re.search(rf"{NUMERAL}\s*份", text) and "式" not in text else ""


def _split(said: str, total: int, parties: tuple[Party, ...]) -> tuple[tuple[str, int], ...]:
    labels = [party.label for party in parties if party.label]
    twice = {label for label in labels if labels.count(label) > 1}
    said = re.sub(_COUNT_FIRST, r"\g<who>执\g<count>份", said)
    split: dict[str, int] = {}
    place = 0
    for read in re.finditer(_HOLDS, said):
        count = whole_number(read["count"])
        who = re.split("[,。;]", said[place : read.start()].strip(" ,、;。:("))[-1]
        place = read.end()
        if count is None or re.search("副本$|^正本$", who):
            continue
        in_two = re.search("中、?英文", who) is not None
        if in_two and re.search("各", who + read[0]):
            count *= 2
        named = [label for label in _named(who, parties) if label not in twice or label in who]
        everyone = (
            re.search("[双各两三四五]方|各当事人|每方|各执|双方|甲乙|each", who + read[0])
            is not None
        )
        if not named and everyone:
            named = list(dict.fromkeys(labels))
        for label in dict.fromkeys(named):
            split[label] = split.get(label, 0) + count
        if not named and who and not everyone and not in_two and "其中" not in who:
            split[_label(who)] = split.get(_label(who), 0) + count
    rest = re.search(_REST, said)
    if rest:
        left = total - sum(split.values())
        named = _named(rest["who"], parties)
        if named and left > 0:
            split[named[0]] = split.get(named[0], 0) + left
    return tuple(split.items())


def _named(who: str, parties: tuple[Party, ...]) -> list[str]:
    """The labels that words name: 甲方, 乙、丙方, 甲乙双方, and 基金会 for the foundation."""
    named = {party.label for party in parties if party.label in who}
    head = re.search(r"([甲乙丙丁戊己](?:方?[、和与及]?[甲乙丙丁戊己])*)[双两三四五]?方", who)
    if head:
        named |= {party.label for party in parties if party.label[:1] in head[1]}
    if not named or re.search("[与和及、]", who):
        named |= {party.label for party in parties if re.search(_called(party), who)}
    return [party.label for party in parties if party.label in named]


def _called(party: Party) -> str:
    """What else a party is called by its role or the last word of its name."""
    names = [_CALLED.get(party.role, "(?!)")]
    if party.role == "recipient" and re.match("[贵你]", party.label):
        names.append(party.label)
    names += [word for word in ("基金会", "学院", "大学") if party.name.endswith(word)]
    return "|".join(names)


def _label(who: str) -> str:
    return re.sub(r"(?:其中|由|另|交|报|送|分别|将|双方|正本|副本|留存|[\s(])", "", who)[:12] or who


_LONGEST: Final = 300  # no split of originals is longer
_FAR: Final = 10  # nor stands further off than so many lines
_CALLED: Final = {
    "donor": (
        "(?<!受)捐赠[人方者]|捐赠单位|赠与[人方]|捐款[人方]|承诺人|本公司|本人|本单位|本企业|"
        "我方|我公司|我司"
    ),
    "recipient": "受赠[人方者]|受赠单位|接受单位|受捐[人方]|贵[会校方院单]",
    "beneficiary": "受益[人方]|使用[人方]|受益单位",
}
_ENGLISH: Final = re.compile(
    rf"(?:in|of)\s+({ENGLISH_NUMERAL})\s*(?:\([0-9]+\))?\s+(?:original|cop|counterpart|set)",
    re.IGNORECASE,
)
_AGAIN: Final = r"(?:\([0-9一二三四五六七八九十壹贰叁肆伍陆柒捌玖拾]+\))?\s*"
_TOTAL: Final = re.compile(
    rf"[一壹1]\s*式\s*({NUMERAL})\s*{_AGAIN}份|"
    rf"({NUMERAL})\s*式\s*(?:[一壹1]\s*)?份?(?=[,，。])|"
    rf"(?<![执持各存有])正本\s*({NUMERAL})\s*{_AGAIN}份|"
    rf"份数\s*[:：为]?\s*({NUMERAL})\s*{_AGAIN}份"
    rf"|(?:协议|合同|意向书|捐赠书)(?:书)?(?:文本|正本|原件)?(?:一?共(?:计)?)?(?:有|签订|签署|打印|印制|制作|缮写)?\s*"
    rf"({NUMERAL})\s*{_AGAIN}份(?=[,，。;；(（]|$)"
    rf"|(?:协议|合同)(?:书)?(?:正本)?共(?:计)?(?:有|签订|签署)?\s*({NUMERAL})\s*{_AGAIN}份"
)
_HOLDS: Final = re.compile(
    rf"(?:各自?|分别|均|保?留?存?)?(?:各)?\s*(?:执|持有?|保存|留存|保管|存档|备案|存|收执|保留|"
    rf"备存)?\s*(?:有|正本|原件)?\s*(?P<count>{NUMERAL})\s*{_AGAIN}份"
)
_COUNT_FIRST: Final = (
    rf"(?:其余|其他|另外?|剩余|余下)?(?:的)?(?P<count>{NUMERAL})\s*份(?:由|归|交|报|送|存)"
    r"(?P<who>[^,。;]{1,14}?)(?:留存|保存|备查|存档|持有|保管|收存|备案|执|(?=[,。;]|$))"
)
_REST: Final = re.compile(
    r"(?:其余|余下|剩余)(?:的)?(?:份数|文本|各份|协议)?(?:均|都)?(?:由|归|"
    r"交)?(?P<who>[^,。;]{1,14}?)(?:留存|保存|备查|存档|持有|保管|执|收存)"
)
