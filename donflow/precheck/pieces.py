"""Reads a line that is far too long in pieces, so that no paper takes longer than its length."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Final, TypeVar, cast

from donflow.precheck.findings import Finding
from donflow.precheck.paper import Line, Paper, Span

LONGEST: Final = 1_000
"""Characters of a line that are read as one; an agreement's paragraphs have a fifth of it."""

_ALIKE: Final = 200
"""Of one character in a row, of empty lines in a row, of one line anywhere: the rest is passed."""

_RUN: Final = re.compile(rf"(.)\1{{{_ALIKE - 1}}}(?P<rest>\1+)", re.DOTALL)
_SENTENCE_ENDS: Final = "。；！？;!?\t"
_PAUSES: Final = "，、,： \u3000"
_Value = TypeVar("_Value")


@dataclass(frozen=True)
class Pieces:
    """Where the lines of a paper that was cut came from; without places nothing was cut.

    `places` holds, for line 1, 2 … of the cut paper, the number of its line and the characters
    of that line before it.
    """

    places: tuple[tuple[int, int], ...] = ()

    def put_back(self, value: _Value) -> _Value:
        """The same findings or facts, with the spans and lines of the paper as it was."""
        return cast("_Value", self._moved(value)) if self.places else value

    def _moved(self, value: object) -> object:
        if isinstance(value, Span):
            line, before = self.places[value.line - 1]
            return Span(line, value.start + before, value.end + before)
        if isinstance(value, tuple):
            return tuple(self._moved(item) for item in value)
        if not is_dataclass(value) or isinstance(value, type):
            return value
        told = {field.name: getattr(value, field.name) for field in fields(value) if field.init}
        changed = {name: self._moved(item) for name, item in told.items()}
        if isinstance(value, Finding) and value.line is not None:
            changed["line"] = self.places[value.line - 1][0]
        return replace(value, **changed)


def in_pieces(paper: Paper) -> tuple[Paper, Pieces]:
    """The paper with its longest lines cut, at the end of a sentence where there is one."""
    lines: list[Line] = []
    places: list[tuple[int, int]] = []
    blank, alike = 0, Counter[str]()
    for line in paper.lines:
        blank = 0 if line.text.strip() else blank + 1
        alike[line.text.strip()] += not blank
        if blank > _ALIKE or alike[line.text.strip()] > _ALIKE:
            continue
        for start, text in _cut(line.text):
            number = len(lines) + 1
            places.append((line.number, start))
            if len(text) == len(line.text):
                lines.append(replace(line, number=number))
            else:
                label = max(0, min(line.label_length - start, len(text)))
                lines.append(Line(number, text, label_length=label, look=line.look))
    if [line.text for line in lines] == [line.text for line in paper.lines]:
        return paper, Pieces()
    return replace(paper, lines=tuple(lines)), Pieces(tuple(places))


def _cut(text: str) -> Iterator[tuple[int, str]]:
    if len(text) <= _ALIKE:
        yield 0, text
        return
    start = 0
    for run in _RUN.finditer(text):
        yield from _short(text, start, run.start("rest"))
        start = run.end()
    if start < len(text) or not text:
        yield from _short(text, start, len(text))


def _short(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    """What stands between these places, in pieces of the length that is read."""
    while end - start > LONGEST:
        stop = start + LONGEST
        for marks in _ENDS:
            last = max(text.rfind(mark, start + LONGEST // 2, stop) for mark in marks)
            if last >= 0:
                stop = last + 1
                break
        yield start, text[start:stop]
        start = stop
    yield start, text[start:end]


_ENDS: Final = (_SENTENCE_ENDS, _PAUSES)
