"""Reads a line that is far too long in pieces, so that no paper takes longer than its length."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Final, TypeVar, cast

from donflow.precheck.findings import Finding
from donflow.precheck.paper import Line, Paper, Span

LONGEST: Final = 1_500
"""Characters of a line that are read as one; an agreement's paragraphs have a tenth of it."""

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
    if all(len(line.text) <= LONGEST for line in paper.lines):
        return paper, Pieces()
    lines: list[Line] = []
    places: list[tuple[int, int]] = []
    for line in paper.lines:
        for start, text in _cut(line.text):
            number = len(lines) + 1
            places.append((line.number, start))
            if len(text) == len(line.text):
                lines.append(replace(line, number=number))
            else:
                label = max(0, min(line.label_length - start, len(text)))
                lines.append(Line(number, text, label_length=label, look=line.look))
    return replace(paper, lines=tuple(lines)), Pieces(tuple(places))


def _cut(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    ends = [at + 1 for at, mark in enumerate(text) if mark in _SENTENCE_ENDS]
    pauses = [at + 1 for at, mark in enumerate(text) if mark in _PAUSES]
    while len(text) - start > LONGEST:
        stop = start + LONGEST
        for marks in (ends, pauses):
            position = bisect_right(marks, stop)
            if position and marks[position - 1] > start + LONGEST // 2:
                stop = marks[position - 1]
                break
        yield start, text[start:stop]
        start = stop
    yield start, text[start:]
