"""Half-width marks in Chinese text (GB/T 15834-2011)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from donflow.errors import N_, say
from donflow.precheck.clauses import HAN, found
from donflow.precheck.draft import Draft
from donflow.precheck.findings import Finding, Severity
from donflow.precheck.paper import Line

_FULL: Final = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", ".": "。"}
_CHINESE: Final = f"{HAN}）》”〉】」』％…"
_MARK: Final = re.compile(r"[,;:?!.]")
_BRACKETS: Final = re.compile(r"\(([^()（）]*)\)")
_UNLIKE: Final = re.compile(r"（(?P<first>[^()（）]*)\)|\((?P<last>[^()（）]*)）")
_QUOTES: Final = re.compile(rf'"([^"“”]*[{HAN}][^"“”]*)"')
_ADDRESS: Final = re.compile(r"(?:https?://|www\.)[!-~]+|[\w.+-]+@[\w.-]+", re.ASCII)
_LABEL: Final = re.compile(
    r"^\s*(?:[(（][一二三四五六七八九十百\d]{1,4}[)）]|[一二三四五六七八九十百]{1,3}[.．,]"
    r"|\d{1,2}(?:\.\d{1,2})*[.．,:)）]?|第[^条]{1,4}条[.:]?)"
)
_WORD: Final = re.compile(r"[A-Za-z]{3,}")
_BEFORE, _BEHIND = 6, 4


def mixed_punctuation(draft: Draft) -> Iterator[Finding]:
    """Marks beside Chinese characters; innocent in English, figures, codes and bilingual lines."""
    for line in draft.paper.lines:
        if draft.facts.language != "zh" and _WORD.search(line.text):
            continue
        addresses = [match.span() for match in _ADDRESS.finditer(line.text)]
        label = _LABEL.match(line.text)
        begin = max(label.end() if label else 0, line.label_length)
        for start, mends in [*_marks(line.text, begin), *_brackets(line.text, begin)]:
            if any(first <= start < last for first, last in addresses):
                continue
            yield _half_width(line, start, mends, Severity.WARNING)
        for match in _QUOTES.finditer(line.text):
            mends = [(match.start(), match.start() + 1, "“"), (match.end() - 1, match.end(), "”")]
            yield _half_width(line, match.start(), mends, Severity.INFO)


def _marks(text: str, begin: int) -> Iterator[tuple[int, list[tuple[int, int, str]]]]:
    for match in _MARK.finditer(text, begin):
        at = match.start()
        before = text[:at].rstrip()[-1:]
        after = text[at + 1 :].lstrip()[:1]
        if match[0] == ".":
            wrong = _is_chinese(before) and (not after or _is_chinese(after)) and "." not in (
                text[at - 1], text[at + 1 : at + 2]
            )  # fmt: skip
        elif before.isdigit():
            wrong = match[0] in ",;" and _is_chinese(after)
        else:
            wrong = _is_chinese(before)
        if wrong:
            yield at, [(at, at + 1, _FULL[match[0]])]


def _brackets(text: str, begin: int) -> Iterator[tuple[int, list[tuple[int, int, str]]]]:
    for match in _BRACKETS.finditer(text, begin):
        inside = match[1].strip()
        beside = _is_chinese(text[: match.start()].rstrip()[-1:])
        if not inside or (inside.isdigit() and len(inside) < 3) or _is_ordinal(inside):
            continue
        if re.search(f"[{HAN}]", inside) or (beside and not _WORD.search(inside)):
            first, last = match.start(), match.end() - 1
            yield first, [(first, first + 1, "（"), (last, last + 1, "）")]
    for match in _UNLIKE.finditer(text, begin):
        if match["first"] is not None:
            yield match.end() - 1, [(match.end() - 1, match.end(), "）")]
        else:
            yield match.start(), [(match.start(), match.start() + 1, "（")]


def _is_chinese(character: str) -> bool:
    return bool(re.match(f"[{_CHINESE}]", character))


def _is_ordinal(inside: str) -> bool:
    return bool(re.fullmatch("[一二三四五六七八九十]{1,3}", inside))


def _half_width(
    line: Line, start: int, mends: list[tuple[int, int, str]], severity: Severity
) -> Finding:
    right = "".join(words for _, _, words in mends)
    first, last = start, mends[-1][1]
    while first > 0 and start - first < _BEFORE and re.match(f"[{HAN}]", line.text[first - 1]):
        first -= 1
    stop = last + _BEHIND
    while last < min(stop, len(line.text)) and re.match(f"[{HAN}]", line.text[last]):
        last += 1
    return found(
        "mixed_punctuation",
        severity,
        line,
        (first, last),
        say(N_("Chinese text takes full-width marks: “{marks}”"), marks=right),
        mend=mends,
    )
