"""A Word file from outside, read in a process of its own under limits, and handed over as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from donflow.errors import Sentence
from donflow.intake.apart import read_apart
from donflow.precheck.paper import Line, Look, Page, Paper
from donflow.word.reading import Change, Comment, Reading, read
from donflow.word.seeing.changes import ChangeKind


def read_returned(docx: bytes) -> Reading:
    """The reading of a file that nobody here wrote.

    Raises RefusedApart with the reader's own sentence, which names the part, TooMuchToRead at a
    limit, and NotReadable where the process broke.
    """
    return from_plain(read_apart("donflow.word.reading_apart:read_plainly", docx))


def read_plainly(docx: bytes) -> dict[str, Any]:
    """The reading as plain JSON data, for `from_plain`. Raises what `reading.read` raises."""
    reading = read(docx)
    paper = reading.paper
    return {
        "before": list(reading.before),
        "comments": [asdict(one) for one in reading.comments],
        "changes": [asdict(one) for one in reading.changes],
        "warnings": [{"say": one.message, "values": dict(one.values)} for one in reading.warnings],
        "lines": [_plain_line(one) for one in paper.lines],
        "page": None if paper.page is None else asdict(paper.page),
    }


def from_plain(data: Mapping[str, Any]) -> Reading:
    """The inverse of `read_plainly`; ValueError, KeyError or TypeError where it is no such data."""
    lines = tuple(_line(one) for one in data["lines"])
    page = data["page"]
    return Reading(
        before=tuple(str(one) for one in data["before"]),
        after=tuple(one.text for one in lines),
        comments=tuple(Comment(**one) for one in data["comments"]),
        changes=tuple(
            Change(**{**one, "kind": ChangeKind(one["kind"])}) for one in data["changes"]
        ),
        warnings=tuple(Sentence(one["say"], one["values"]) for one in data["warnings"]),
        paper=Paper(lines, None if page is None else Page(**page)),
    )


def _plain_line(line: Line) -> list[Any]:
    look = None if line.look is None else asdict(line.look)
    return [line.number, line.text, list(line.cells), line.label_length, look]


def _line(plain: list[Any]) -> Line:
    number, text, cells, label_length, look = plain
    return Line(number, text, tuple(cells), label_length, None if look is None else Look(**look))
