"""What a paper refers to: its own articles, another agreement's, a law's, and its annexes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from donflow.domain.halfwidth import halfwidth
from donflow.precheck.anatomy import Anatomy, Numbering, Unit
from donflow.precheck.labels import number_of
from donflow.precheck.paper import Paper, Span


@dataclass(frozen=True)
class Reference:
    """第五条第二款 in a sentence: `at` are all its characters, `number_at` those of 五.

    `words` is the rest of its comma clause, which tells what it should be about; `item` is the
    numbered 项 that it names (第一条第（三）项), None where it names none or one of a 款.
    """

    number: int
    at: Span
    number_at: Span
    words: str
    item: int | None = None


@dataclass(frozen=True)
class AnnexReference:
    """附件二 in a sentence; `number` is None for 附件 alone, `about` what the words say it is."""

    number: int | None
    at: Span
    about: str


def own_references(paper: Paper, anatomy: Anatomy) -> tuple[Reference, ...]:
    """References to the paper's own articles: not to laws, charters or the original agreement."""
    heads = {(unit.label_at.line, unit.label_at.start) for unit in anatomy.units}
    found = []
    for line in paper.lines:
        text = halfwidth(line.text)
        for read in _ARTICLE.finditer(text):
            if (line.number, read.start()) in heads or not _is_own(text, read.start()):
                continue
            number = number_of(re.sub(r"\s", "", read["number"]))
            if number is None:
                continue
            item = number_of(read["item"]) if read["item"] else None
            rest = re.split(r"[,，。；;]", line.text[read.end() :])[0]
            found.append(
                Reference(
                    number,
                    Span(line.number, *read.span()),
                    Span(line.number, *read.span("number")),
                    rest,
                    item,
                )
            )
    return tuple(found)


def decimal_references(paper: Paper, anatomy: Anatomy) -> tuple[tuple[str, Span], ...]:
    """References such as 第3.5款 to the paper's own decimal units: the label and its characters."""
    found = []
    for line in paper.lines:
        text = halfwidth(line.text)
        for read in _DECIMAL.finditer(text):
            if _is_own(text, read.start()):
                found.append((read["label"], Span(line.number, *read.span())))
    return tuple(found)


def annex_references(paper: Paper, anatomy: Anatomy) -> tuple[AnnexReference, ...]:
    """Every mention of an annex in the body, the headings of annexes left out."""
    found = []
    for line in paper.lines:
        if any(line.number == annex.start for annex in anatomy.annexes):
            continue
        if not anatomy.in_body(line.number):
            continue
        text = halfwidth(line.text)
        for read in _ANNEX.finditer(text):
            unit = anatomy.unit_at(line.number)
            if unit and unit.label_at.line == line.number and unit.heading.startswith("附件"):
                continue
            if not text[: read.start()].strip():
                listed = re.match(r"\s*[:：]", text[read.end() :])
                if listed:
                    continue
            number = _annex_number(read["number"]) if read["number"] else None
            found.append(
                AnnexReference(number, Span(line.number, *read.span()), _about(line.text, read))
            )
    return tuple(found)


def annexes(paper: Paper, anatomy: Anatomy) -> dict[int | None, str]:
    """The paper's annexes by number (None where it has none), with their headings."""
    found: dict[int | None, str] = {}
    for number, heading in _annex_headings(paper, anatomy):
        found.setdefault(number, heading)
    return found


def top_units(anatomy: Anatomy) -> tuple[Unit, ...]:
    """The units that people call articles: 第X条 where there are any, else the outermost."""
    body = [unit for unit in anatomy.units if anatomy.in_body(unit.first)]
    articles = [unit for unit in body if unit.numbering is Numbering.ARTICLE and not unit.english]
    outermost = [unit for unit in body if unit.parent is None]
    behind = [unit for unit in outermost if unit.first not in anatomy.opening]
    return tuple(articles or behind or outermost)


def unit_text(paper: Paper, unit: Unit) -> str:
    """All the words of a unit."""
    return "\n".join(line.text for line in paper.between(unit.first, unit.last))


def _annex_headings(paper: Paper, anatomy: Anatomy) -> Iterator[tuple[int | None, str]]:
    for annex, label in zip(anatomy.annexes, anatomy.annex_labels, strict=True):
        lines = [paper.by_number[number] for number in annex if number in paper.by_number]
        words = re.sub(
            r"^\s*附\s*[件录表]?\s*(?:[一二三四五六七八九十\d]*|[A-F])\s*[:：、.．]?\s*",
            "",
            lines[0].text,
        )
        read = re.search(r"[一二三四五六七八九十\d]+$|[A-F]$", halfwidth(label))
        if read is None and (
            listed := re.findall(r"(?:^|\s|[;；])(\d)[.、．]\s*([^\d;；\s]+)", words)
        ):
            yield from ((int(number), heading.strip()) for number, heading in listed)
            continue
        following = next((line.text for line in lines[1:] if line.text.strip()), "")
        if read is None and not words and re.match(r"\s*[1１一][.、．]", following):
            for line in lines[1:]:
                item = re.match(
                    r"\s*([\d一二三四五六七八九十])[.、．]\s*(.+)", halfwidth(line.text)
                )
                if item:
                    yield number_of(item[1]), item[2]
            continue
        yield (_annex_number(read[0]) if read else None), words.strip() or following.strip()
    for line in paper.lines:  # 附件：1.… 2.… as an unnumbered list in the body
        listed_at = re.match(r"\s*附件\s*[:：]\s*(.+)", line.text)
        if listed_at and anatomy.in_body(line.number):
            for number, heading in re.findall(r"(\d)[.、．]\s*([^\d;；\s]+)", listed_at[1]):
                yield int(number), heading.strip()
    for line in paper.lines:
        named = re.match(
            r"\s*附\s*[件录表]\s*([一二三四五六七八九十\d]{1,2})\s*[:：]\s*(.+)",
            halfwidth(line.text),
        )
        if named and anatomy.in_body(line.number):
            yield number_of(named[1]), named[2].strip()
    for unit in anatomy.units:
        if unit.heading.startswith("附件") and anatomy.in_body(unit.first):
            read = re.search(r"附件([一二三四五六七八九十\d]+)", unit.heading)
            if read:
                yield number_of(read[1]), ""
            else:
                children = [each for each in anatomy.units if each.parent is not None]
                inside = [each for each in children if anatomy.units[each.parent or 0] is unit]
                yield from ((each.number, each.heading) for each in inside)
                if not inside and not re.search(r"附\s*件\s*[一二三\d]", unit_text(paper, unit)):
                    yield None, ""


def _annex_number(words: str) -> int | None:
    """Annex B is the second one."""
    return "ABCDEF".index(words) + 1 if words in "ABCDEF" else number_of(words)


def _is_own(text: str, start: int) -> bool:
    """Whether the nearest words before that say whose article it is mean this paper."""
    before = re.split(r"[。;]", text[:start])[-1]
    marks = list(_WHOSE.finditer(before))
    if not marks:
        return True
    last = marks[-1]
    between = before[last.end() :]
    return bool(last["own"] or re.search(r"[,，]", between))


def _about(text: str, read: re.Match[str]) -> str:
    behind = re.match(r"\s*[:：]?\s*《([^》]+)》", text[read.end() :])
    if behind:
        return behind[1]
    before = re.split(r"[，,。；;]", text[: read.start()])[-1]
    named = re.search(r"《([^》]+)》[（(]?(?:详见|见|作为)?(?:本协议)?$", before)
    if named:
        return named[1]
    said = re.search(
        r"([\u4e00-\u9fff]{2,16}?)(?:详见|见|参见|列于|载于|附于|[（(]见?)(?:本协议)?$", before
    )
    return said[1] if said else ""


_DECIMAL: Final = re.compile(r"第\s*(?P<label>\d{1,2}(?:\.\d{1,2}){1,2})\s*[条款项]")
_N: Final = r"[一二三四五六七八九十百零〇\d]"
_ARTICLE: Final = re.compile(
    rf"第\s*(?P<number>{_N}(?:\s*{_N}){{0,4}})\s*条(?!例|件|款)"
    rf"(?:\s*第\s*[(]?{_N}{{1,3}}[)]?\s*款|\s*第\s*[(]?(?P<item>{_N}{{1,3}})[)]?\s*项)?"
)
_ANNEX: Final = re.compile(
    r"附\s*[件录表]\s*(?P<number>[一二三四五六七八九十]{1,2}|\d{1,2}|[A-F](?![A-Za-z]))?(?!\d)"
)
_WHOSE: Final = re.compile(
    r"(?P<own>本(?:补充)?(?:协议|合同|约定|备忘录)|上述|前述|前款)|《[^》]*》|原(?:捐赠)?(?:协议|合同)|主(?:协议|合同)|该法"
    r"|[\u4e00-\u9fff]{1,12}(?:法典?|条例|办法|规定|细则|准则|章程|解释|通知)(?=[^\u4e00-\u9fff]{0,10}第|第|[(]|\s*$)"
)
