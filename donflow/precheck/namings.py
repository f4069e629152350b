"""Where an agreement names its parties: in lines, tables, columns and sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final

from donflow.precheck.anatomy import Anatomy
from donflow.precheck.callings import (
    CALLING,
    ENGLISH,
    LETTER,
    OPEN,
    callings_in,
    plain,
    role_of,
)
from donflow.precheck.named import Naming, calling_of, is_name, languages, name_and_rest
from donflow.precheck.named_in_words import in_letter, in_sentences
from donflow.precheck.names import is_blank, is_person
from donflow.precheck.paper import Line, Paper, Span
from donflow.precheck.party_details import KEYS, NAME_WORD, details, keyed
from donflow.precheck.signing import Segment, segments


@lru_cache(maxsize=4)
def namings(paper: Paper, anatomy: Anatomy) -> tuple[Naming, ...]:
    """Every naming in the opening, of a cover page too; elsewhere in the body if it has none."""
    opening = [paper.by_number[number] for number in anatomy.opening if number in paper.by_number]
    found = tuple(_in_lines(opening)) or tuple(in_sentences(opening)) or in_letter(paper, anatomy)
    if found:
        return found
    body = [line for line in paper.lines if anatomy.in_body(line.number)]
    return tuple(_in_lines(body)) or tuple(in_sentences(body))


def _in_lines(lines: Sequence[Line]) -> Iterator[Naming]:
    english: dict[str, str] = {}
    found: list[Naming] = []
    heads: list[int] = []  # those begun on the last line that began any
    for position, line in enumerate(lines):
        columns = _columns(line)
        across = _across(columns, lines[position + 1 : position + 8])
        if across:
            found.extend(across)
            heads = []
            continue
        begun = [_begin(part, columns[at + 1 : at + 3]) for at, part in enumerate(columns)]
        if any(begun):
            heads = []
            for part, naming in zip(columns, begun, strict=True):
                if naming is not None:
                    heads.append(len(found))
                    found.append(naming)
                elif heads and (twin := _english_only(part.text)):
                    former = found[heads[-1]]
                    found[heads[-1]] = replace(former, name_en=former.name_en or twin[1])
                elif heads:
                    found[heads[-1]] = _with_details(found[heads[-1]], part.text)
            if len(heads) == 1 and len(line.cells) > 1 and not found[heads[0]].name_en:
                found[heads[0]] = _with_details(found[heads[0]], keyed(line.cells))
        elif len(heads) == 1 and (letter := _letter_below(columns)):
            first = found[heads[0]]
            found[heads[0]] = replace(first, label=letter, callings=(*first.callings, letter))
        elif name := _english_only(line.text):
            english[name[0]] = name[1]
        elif len(heads) > 1 and len(columns) == len(heads):
            for head, part in zip(heads, columns, strict=True):
                found[head] = _told_more(found[head], part)
        elif len(heads) == 1 and (other := _joined(found[heads[0]], line)):
            heads = [len(found)]
            found.append(other)
        elif len(heads) == 1 and columns:
            whole = Segment(line.text.strip(), columns[0].at)
            if len(line.cells) > 1:
                whole = Segment(keyed(line.cells), columns[-1].at)
            found[heads[0]] = _told_more(found[heads[0]], whole)
    for naming in found:
        role = role_of(" ".join((naming.label, *naming.callings))) or role_of(naming.head)
        letter = {"甲": "A", "乙": "B", "丙": "C", "丁": "D"}.get(naming.label[0], "")
        named = english.get(letter) or english.get(role) or ""
        yield naming if naming.name_en or not named else replace(naming, name_en=named)


def _letter_below(columns: Sequence[Segment]) -> str:
    """甲方, where a label goes on in the cell's next line: 捐赠方 / （甲方）."""
    found = columns and re.fullmatch(rf"[（(]\s*({LETTER})\s*[）)]", columns[0].text)
    return plain(found[1]) if found else ""


def _joined(former: Naming, line: Line) -> Naming | None:
    """Another person under the same label, on a line of their own: a couple, two brothers."""
    read = re.match(r"\s*(?P<name>[\u4e00-\u9fff·]{2,6})(?=[，,（(\s])(?P<about>.*)$", line.text)
    if read is None or not is_person(read["name"]) or not is_person(former.name):
        return None
    if len(line.cells) > 1 or not re.search("身份证|护照|证件号", read["about"]):
        return None
    at = Span(line.number, *read.span("name"))
    told = details(read["about"])
    return Naming(
        former.label, former.callings, read["name"], at, at, "", read["about"], "", True, told
    )


def _told_more(naming: Naming, part: Segment) -> Naming:
    """What a later line tells: the name first, where the label's line had none; then the rest."""
    named = None if naming.name else _named_later(naming, part)
    return _with_details(named or naming, part.text)


def _with_details(naming: Naming, text: str) -> Naming:
    """What was told first stands."""
    return replace(naming, values={**details(text), **naming.values})


def _begin(part: Segment, following: Sequence[Segment]) -> Naming | None:
    """The naming that a column begins: 甲方（捐赠方）：…; the name may stand in the next column."""
    head = _HEAD.match(part.text)
    if head is None:
        return _begin_open(part, following)
    rest = part.text[head.end() :]
    rest_at = part.at.start + head.end()
    closed = bool(head["colon"])
    if rest.strip():
        if not closed and not _is_name_after_bracket(head, rest):
            return None
        return _naming(head[0], rest, part.at, rest_at)
    others = [each for each in following if not _NAME_KEY.fullmatch(plain(each.text))][:1]
    fitting = [
        each
        for each in others
        if is_name(each.text) or (part.column is not None and not _is_key(each.text))
    ]
    if fitting:
        return _naming(head[0], fitting[0].text, part.at, fitting[0].at.start)
    if closed or part.column is not None:
        return _naming(head[0], "", part.at, part.at.end)
    return None


def _begin_open(part: Segment, following: Sequence[Segment]) -> Naming | None:
    """The naming that an unusual label begins, which only the name behind it shows: 捐书人：…."""
    head = _OPEN_HEAD.match(part.text)
    if head is None or not role_of(head[0]):
        return None  # 施工单位 and the like take no part
    rest = part.text[head.end() :]
    if rest.strip():
        is_named = head["colon"] and is_name(name_and_rest(rest.strip())[0])
        return _naming(head[0], rest, part.at, part.at.start + head.end()) if is_named else None
    beside = following[0] if following and (head["colon"] or part.column is not None) else None
    if beside is not None and not _is_key(beside.text) and is_name(beside.text):
        return _naming(head[0], beside.text, part.at, beside.at.start)
    return None


def _is_key(words: str) -> bool:
    text = words.strip()
    return bool(_HEAD.match(text) or re.fullmatch(rf"(?:{KEYS}|{NAME_WORD})[:：]?.*", text))


def _naming(head: str, rest: str, at: Span, rest_at: int) -> Naming:
    lead = len(rest) - len(rest.lstrip(" \u3000:："))
    words = rest[lead:]
    leading = re.match(r"[（(][^）)]*(?:简称|下称|称为)[^）)]*[）)]\s*", words)
    if leading:  # 捐赠方：（以下简称“甲方”）某公司
        head, lead = head + leading[0], lead + leading.end()
        words = rest[lead:]
    body, tail = name_and_rest(words)
    name, name_en = languages(body)
    defined = _DEFINED.search(head) or _DEFINED.search(tail)
    unusual = None if _HEAD.match(head) else _OPEN_HEAD.match(head)
    called = (*((plain(unusual["calling"]),) if unusual else ()), *callings_in(head))
    label = calling_of(called, plain(defined["calling"]) if defined else "", head)
    start = rest_at + lead
    name_at = Span(at.line, start, start + len(body))
    return Naming(
        label,
        tuple(dict.fromkeys((*called, *callings_in(tail[:40] if defined else "")))),
        name,
        Span(at.line, at.start, max(name_at.end, at.start + len(head.rstrip()))),
        name_at,
        name_en,
        tail,
        head,
        values=details(tail),
    )


def _named_later(current: Naming, part: Segment) -> Naming | None:
    """A name told on the line after the label: 名称：…, or the bare name."""
    key = re.match(rf"{NAME_WORD}\s*[:：]\s*", part.text)
    words = part.text[key.end() :] if key else part.text
    if not key and not is_name(words):
        return None
    start = part.at.start + (key.end() if key else 0)
    body, tail = name_and_rest(words)
    if not body:
        return None
    name, name_en = languages(body)
    span = Span(part.at.line, start, start + len(body))
    return replace(current, name=name, name_en=name_en, at=span, name_at=span, about=tail)


def _is_name_after_bracket(head: re.Match[str], rest: str) -> bool:
    wide = rest.startswith(("  ", "\u3000", "\t")) or head[0].endswith(("）", ")", " ", "\u3000"))
    return wide and is_name(name_and_rest(rest.strip())[0])


def _english_only(text: str) -> tuple[str, str] | None:
    found = _ENGLISH_HEAD.match(text)
    if found is None or re.search(r"[\u4e00-\u9fff]", text):
        return None
    letter = found["letter"] or role_of(found[0])
    name = re.split(
        r"\s+\((?:hereinafter|registered|incorporated|a |the |address|\"|“)"
        r"|,\s+(?:hereinafter|a company)|;",
        found["name"],
    )[0]
    return (letter, name.strip()) if not is_blank(name) else None


def _columns(line: Line) -> tuple[Segment, ...]:
    """The columns of a line, of a table drawn with lines too."""
    text = line.text.strip()
    if len(line.cells) <= 1 and text[:1] in "│┃|" and text:
        found = []
        for column, match in enumerate(re.finditer(r"[^│┃|]+", line.text)):
            words = match[0].strip()
            if words:
                start = match.start() + match[0].index(words)
                found.append(Segment(words, Span(line.number, start, start + len(words)), column))
        return tuple(found)
    return segments(line)


def _across(columns: Sequence[Segment], below: Sequence[Line]) -> list[Naming]:
    """Parties told in a table whose header holds the labels: 　|甲方|乙方; 名称|…|…."""
    heads = [part for part in columns if re.fullmatch(_HEAD_WORDS, part.text)]
    if len(heads) < 2 or any(part.column is None for part in heads):
        return []
    for line in below:
        cells = {part.column: part for part in _columns(line)}
        key = min((column for column in cells if column is not None), default=None)
        if key is None or not re.fullmatch(_NAME_KEY_WORDS, plain(cells[key].text)):
            continue
        found = []
        for head in heads:
            cell = cells.get(head.column)
            words = cell.text if cell else ""
            at = cell.at if cell else head.at
            found.append(_naming(head.text, words, at, at.start))
        return found
    return []


_NAME_KEY_WORDS: Final = rf"(?:{NAME_WORD}|单位|全称)"
_NAME_KEY: Final = re.compile(rf"{_NAME_KEY_WORDS}[:：]?")
_OPEN_HEAD: Final = re.compile(
    rf"(?P<calling>{OPEN})(?:\s*[（(【\[][^）)】\]]{{0,30}}[）)】\]])*\s*(?:(?P<colon>[:：])|$)"
)
_HEAD_WORDS: Final = rf"(?:{ENGLISH}\s*)?{CALLING}(?:\s*[（(][^）)]*[）)])*"
_HEAD: Final = re.compile(
    rf"(?:(?:{ENGLISH})\s*[/／(（]?\s*)?{CALLING}[)）]?(?P<bracket>(?:\s*[（(【\[][^）)】\]]{{0,30}}[）)】\]])*)"
    rf"(?P<key>\s*(?:{NAME_WORD}|信息|基本信息|单位)?)\s*"
    rf"(?:[（(][^）)]{{0,12}}[）)])?(?P<wide>\s{{2,}})?(?P<colon>\s*[:：])?"
)
_ENGLISH_HEAD: Final = re.compile(
    r"(?:Party\s+(?P<letter>[A-F])|Donors?|Donee|Recipient|Beneficiary)\s*(?:\([^)]*\))?\s*:\s*(?P<name>.+)$"
)
_DEFINED: Final = re.compile(
    rf"(?:简称|下称|统称|称)\s*(?:为|作|之为)?\s*[“”\"'‘「『]?\s*(?P<calling>{CALLING})\s*[“”\"'’」』]?"
)
