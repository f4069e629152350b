"""Parties named in running words: in sentences, or in a letter that one of them writes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from donflow.precheck.anatomy import Anatomy
from donflow.precheck.callings import (
    CALLING,
    LETTER,
    WORD,
    callings_in,
    plain,
)
from donflow.precheck.named import Naming, calling_of, is_name, languages, name_and_rest
from donflow.precheck.names import is_blank
from donflow.precheck.paper import Line, Paper, Span
from donflow.precheck.party_details import details


def in_letter(paper: Paper, anatomy: Anatomy) -> tuple[Naming, ...]:
    """A letter of commitment: who writes it, told in it or where it is signed; to whom."""
    opening = [paper.by_number[number] for number in anatomy.opening if number in paper.by_number]
    addressed = next((line for line in opening[:12] if _ADDRESSED.fullmatch(line.text)), None)
    if addressed is None:
        return ()
    whom = _ADDRESSED.fullmatch(addressed.text)
    assert whom is not None
    text = "\n".join(line.text for line in paper.lines)
    told = re.search(r"贵(?:会|校|院|方|单位|基金会)", text)
    at = Span(addressed.number, *whom.span("name"))
    taker = Naming(told[0] if told else "贵会", (), whom["name"], at, at, head="受赠方")
    signed = [paper.by_number[number] for number in anatomy.signing if number in paper.by_number]
    label = next((read for line in signed if (read := _SIGNER.match(line.text))), None)
    for line in (*opening, *signed):
        read = _WRITER.search(line.text) or (label and _SIGNER.match(line.text))
        if read is None or is_blank(read["name"]):
            continue
        name, _ = name_and_rest(read["name"])
        if not is_name(name):
            continue
        start = read.start("name")
        at = Span(line.number, start, start + len(name))
        about = line.text[at.end :]
        called = plain(label["label"] if label else read["label"])
        return (
            Naming(called, (called,), name, at, at, "", about, "捐赠方", values=details(about)),
            taker,
        )
    if label is None:
        return ()
    at = Span(signed[0].number, *label.span("label"))
    return (Naming(plain(label["label"]), (), "", at, at, head="捐赠方"), taker)


def in_sentences(lines: Sequence[Line]) -> Iterator[Naming]:
    found = tuple(_defined_in_sentences(lines))
    yield from found or _called_in_sentences(lines)


def _called_in_sentences(lines: Sequence[Line]) -> Iterator[Naming]:
    """Names right behind their label, in running words: 赠与人谷听澜，身份证号…；受赠人某大学."""
    told: set[str] = set()
    for line in lines:
        for read in _CALLED.finditer(line.text):
            name, label = read["name"], plain(read["calling"])
            if label in told or not is_name(name):
                continue
            told.add(label)
            at = Span(line.number, read.start("calling"), read.end("name"))
            about = re.split("[；。]", line.text[read.end() :])[0]
            name_at = Span(line.number, *read.span("name"))
            values = details(about)
            yield Naming(label, (label,), name, at, name_at, "", about, label, values=values)


def _defined_in_sentences(lines: Sequence[Line]) -> Iterator[Naming]:
    for line in lines:
        for found in _SENTENCE.finditer(line.text):
            name = re.sub(
                r"^(?:本协议|兹|现|由|经|与|和|及|同|以及|捐赠方|受赠方|为)+", "", found["name"]
            ).strip()
            start = found.start("name") + len(found["name"]) - len(name)
            at = Span(line.number, start, found.end())
            called = callings_in(found["callings"])
            yield Naming(
                calling_of(called[:1], "", ""),
                called,
                *(languages(name)[:1]),
                at,
                Span(line.number, start, start + len(name)),
                languages(name)[1],
            )


_ADDRESSED: Final = re.compile(
    r"\s*(?:致|敬致|尊敬的)?\s*[：:]?\s*(?P<name>[\u4e00-\u9fff（）()]{2,30}(?:基金会|大学|学院|学校|中学))\s*[：:]?\s*"
)
_WRITER: Final = re.compile(
    r"(?P<label>[本我]公司|我司|本(?:单位|企业|集团|人|会|校|基金|中心)|我(?:单位|会)|本公司)[，,：:（(]?"
    r"(?P<name>[\u4e00-\u9fff（）()·]{2,40}?)(?=[）)]?[（(，,：:](?:统一|身份证|居民|法定|证件|社会|系|性别|男|女|以下|住|地址))"
)
_SIGNER: Final = re.compile(
    r"\s*(?P<label>(?:承诺|捐赠|捐献|赠与|捐款|立书|立据|声明|具函|申请|签署)\s*(?:人|方|单位|者))"
    r"(?:\s*[（(][^）)]*[）)])*\s*[：:](?P<name>[^：:]*)$"
)
_CALLED: Final = re.compile(
    rf"(?:^|[，。；、\s由为与和及系])(?P<calling>{WORD}|{LETTER})(?:为|系|是)?"
    r"(?P<name>[\u4e00-\u9fff（）()·]{4,40}?(?:公司|基金会|大学|学院|学校|中学|小学|校友会|商会|协会|中心|图书馆|美术馆|博物馆|档案馆|医院|书店)"
    r"|[\u4e00-\u9fff·]{2,4}?(?=[（(，,]\s*(?:男|女|居民|公民|身份证|护照|证件|先生|女士|系|住|现居|汉族|\d{4}年)|先生|女士))"
    r"(?=[，,（(；;。、\s]|先生|女士|$|[与和及于就经]|订立|签[订署]|共同)"
)
_SENTENCE: Final = re.compile(
    r"(?P<name>[\u4e00-\u9fffA-Za-z0-9·（）() .,&]{2,60}?)"
    r"[（(]\s*(?:作为)?(?:以下|下文|后)?[简统]?称(?:为|作)?"
    rf"\s*[“”\"「]?(?P<callings>{CALLING})[“”\"」]?[^）)]{{0,16}}[）)]"
)
