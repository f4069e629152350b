"""How sentences are read: comma clauses, who a party is, and what is only forbidden."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from donflow.errors import Sentence
from donflow.precheck.draft import Draft
from donflow.precheck.findings import Finding, Mend, Severity
from donflow.precheck.paper import Line, Paper, Span

HAN: Final = "\u4e00-\u9fff"
_SENTENCE_ENDS: Final = "。；;！!？?\t"
_CLAUSE_ENDS: Final = _SENTENCE_ENDS + "，,：:"
_NEGATION: Final = re.compile(
    r"不(?!足|够|敷|论|管|同|可抗力|可撤销|可预见|良|当|善|符|少于|低于|超过|高于|多于|晚于|迟于|限|仅"
    r"|但|动产|动本|断|及时"
    r"|影响|利|按|履行|服|成|满|能(?:履行|实现|按|支付|继续|交付|到|正常)|变|久|时|等|齐|全|明"
    r"|受损|亏损|受影响|限于)"
    r"|禁止|严禁|无权|没有|无任何|均无|并无|并非|无[须需]|未要求|未附|放弃|杜绝|避免|拒绝|防止"
    r"|排除|非因"
)
_DOUBLED: Final = re.compile(
    r"不得(?:以任何理由)?(?:拒绝|拖延|推迟|不|影响|少于|低于)|没有.{0,4}不"
)
_AFTER: Final = re.compile(
    r"^[^。；;]{0,14}?(?:不得|禁止|无效|不予|不构成|一律不|均不|概不|不被|不享|不参与|不作为|不属"
    r"|不列入|不纳入|不存在|无利害|无关联|除外|不在此列|不受理|不在[^，。；;]{0,10}(?:范围|之列|之内)"
    r"|应当?(?:主动)?回避|予以(?:排除|剔除|回避)|无资格)"
    r"|^[^，,。；;]{0,10}?(?:不(?:能|可|应|宜)(?:作为|成为|申请|参|享|获|列|被|领|优先|受)|无权)"
)
_APART: Final = re.compile(
    r"与(?:本|该)?(?:次|项)?(?:捐赠|协议)[^，。；]{0,6}无关|不互为条件"
    r"|无任何(?:利益)?关联"
)
_TURN: Final = re.compile(
    r"但是|但(?!书|不限)|然而|不过(?!是)|同时|并且?有权|而是|反之|否则"
    r"|除此之外|且(?=[^，。；不]{2,8}(?:归|返还|支付给|分配))"
)
_SUBJECT: Final = re.compile(
    r"^(?:(?:如|若|则|且|并|同时|此外|另外)[,，]?)?"
    r"(?:[甲乙丙丁戊]方|双方|各方|三方|捐赠[人方]|受赠[人方]|赠与[人方]|受益[人方]|学校|学院"
    r"|基金会)"
)
_ITEM: Final = re.compile(
    rf"^\s*(?:[（(][一二三四五六七八九十\d]{{1,3}}[)）]|\d{{1,2}}[.．、)）]|[①-⑳]|[-·•●])[{HAN}“\s]"
)

UNIT_LABEL: Final = re.compile(
    r"\s*(?:第[一二三四五六七八九十百\d]{1,4}[条章节款][\s、.．]*"
    r"|[一二三四五六七八九十]{1,3}[、.．]\s*"
    r"|[（(][一二三四五六七八九十\d]{1,3}[）)]\s*|\d{1,2}(?:\.\d{1,2})*[.．、](?!\d)\s*|[①-⑳]\s*)"
)


def sentence_of(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the sentence that holds these characters begins and ends, its end mark left out."""
    return _bounds(text, start, end, _SENTENCE_ENDS)


def clause_of(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the comma clause that holds these characters begins and ends, its marks left out."""
    return _bounds(text, start, end, _CLAUSE_ENDS)


def hits(paper: Paper, pattern: re.Pattern[str]) -> Iterator[tuple[Line, re.Match[str]]]:
    """Every place in the paper that a pattern finds, line by line."""
    for line in paper.lines:
        for match in pattern.finditer(line.text):
            yield line, match


def is_forbidden(paper: Paper, line: Line, start: int, end: int) -> bool:
    """Whether these words stand there only to be forbidden or denied.

    A negation counts inside the same comma clause, and in an earlier one of the same sentence
    where no new subject and no “but” has come between; or in the words that lead a list. A rule
    whose own words deny something asks about the place before them (`start` for both).
    """
    first, last = sentence_of(line.text, start, end)
    before = line.text[first:end]
    if line.text[first:start].rstrip().endswith(("不", "未", "勿", "毋", "免于")):
        return True
    turn = [match.end() for match in _TURN.finditer(before) if match.end() <= start - first]
    before = before[turn[-1] :] if turn else before
    for piece in reversed(re.split(r"[，,：:]", before)):
        if _negates(piece):
            return True
        if _SUBJECT.match(piece.strip()):
            break
    after = re.split(r"[，,](?=[甲乙丙丁]方|双方)", line.text[end:last])[0]
    if _APART.search(line.text[end:last]):
        return True
    return bool(_AFTER.match(after)) or _leads_to_forbidden(paper, line)


def labels(draft: Draft, *roles: str) -> str:
    """A pattern for the parties of these roles: as the text calls them, and by full name."""
    parties = [party for party in draft.facts.parties if party.role in roles]
    words = {word for party in parties for word in (party.label, party.name) if word}
    if "donor" in roles:
        words |= {"捐赠人", "捐赠方", "赠与人", "赠与方", "捐助方", "捐助人", "捐方"}
        words |= set() if parties else {"甲方"}
    if "recipient" in roles:
        words |= {"受赠人", "受赠方", "受捐方", "受捐人"}
        others = {party.label for party in draft.facts.parties if party.role not in roles}
        words |= {"乙方", "丙方"} - others
    return "(?:" + "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) + ")"


def found(
    code: str,
    severity: Severity,
    line: Line,
    at: tuple[int, int],
    expect: Sentence,
    *,
    mend: Iterable[tuple[int, int, str]] = (),
    sure: bool = True,
) -> Finding:
    """A finding on characters of a line; mends that would touch an automatic number are left."""
    start, end = _trimmed(line.text, *at)
    mends = tuple(
        Mend(Span(line.number, first, last), words)
        for first, last, words in mend
        if first >= line.label_length
    )
    quote = line.text[start:end]
    return Finding(code, severity, line.number, quote, expect, mend=mends, sure=sure)


def absent(code: str, severity: Severity, expect: Sentence) -> Finding:
    """A finding for something that is missing."""
    return Finding(code, severity, None, "", expect)


def _bounds(text: str, start: int, end: int, marks: str) -> tuple[int, int]:
    begin = start
    while start > 0 and text[start - 1] not in marks:
        start -= 1
    label = UNIT_LABEL.match(text) if start == 0 else None
    if label and label.end() <= begin:
        start = label.end()
    while end < len(text) and text[end] not in marks:
        end += 1
    return start, end


def _negates(piece: str) -> bool:
    if _DOUBLED.search(piece):
        return False
    return bool(_NEGATION.search(piece))


def _leads_to_forbidden(paper: Paper, line: Line) -> bool:
    """Whether the line is an item of a list that begins “must not:”."""
    if not _ITEM.match(line.text):
        return False
    for earlier in reversed(paper.between(line.number - 12, line.number - 1)):
        words = earlier.text.strip()
        if words.endswith((":", "：")):
            return _negates(words[sentence_of(words, len(words) - 1, len(words) - 1)[0] :])
        if not _ITEM.match(earlier.text):
            return False
    return False


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and (text[start].isspace() or text[start] in "，。；、"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in "，。；、"):
        end -= 1
    return start, end
