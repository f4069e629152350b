"""Where two texts differ, clause by clause: words that went, words that came. Pure."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from donflow.precheck.anatomy import Anatomy, dissect
from donflow.precheck.paper import Line, Paper
from donflow.word.reading import bare_label
from donflow.word.redlining.comparing import Match, differences


@dataclass(frozen=True)
class Difference:
    """Words that went and words that came in their place, either of them perhaps empty.

    `clause` is the label of the outermost numbered unit, of the new text where something stands
    there still.
    """

    clause: str
    old: str
    new: str


@dataclass(frozen=True)
class Differing:
    """Every difference in reading order, and the share of the words that both have, 0 to 1."""

    differences: tuple[Difference, ...]
    shared: float


def digest_of_words(lines: Iterable[str]) -> str:
    """A fingerprint of the words alone: no spaces, blank lines, lengths of blanks, page numbers."""
    kept = ("".join(word.key for word in _words(line)) for line in lines)
    return hashlib.sha256("\n".join(filter(None, kept)).encode()).hexdigest()


def differing(old: Sequence[str], new: Sequence[str]) -> Differing:
    """How two texts differ word for word; what `digest_of_words` leaves out is no difference."""
    before, after = _Text(old), _Text(new)
    told: list[Difference] = []
    shared = 0
    matcher = SequenceMatcher(None, before.keys, after.keys, autojunk=False)
    for tag, first, last, start, end in matcher.get_opcodes():
        one, other = before.words(first, last), after.words(start, end)
        if tag == "equal":
            shared += len(one)
            continue
        matches = differences([w.key for w in one], [w.key for w in other])
        shared += sum(match.size for match in matches)
        for gone, came in _gaps(matches, len(one), len(other)):
            went, came_in = one[gone.start : gone.stop], other[came.start : came.stop]
            place = after.clause(came_in) if came_in else before.clause(went)
            told.append(Difference(place, before.said(went), after.said(came_in)))
    total = before.count + after.count
    return Differing(tuple(told), 2 * shared / total if total else 1.0)


@dataclass(frozen=True)
class _Word:
    """A word as it counts, where it stands in its line, and the place of the line."""

    key: str
    start: int
    end: int
    line: int


class _Text:
    """The lines that have words, as words; a line's end is a word of its own."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        rows = ([*_words(line, at), _end(line, at)] for at, line in enumerate(lines))
        self._kept = [row for row in rows if len(row) > 1]
        self.keys = ["".join(word.key for word in row) for row in self._kept]
        self.count = sum(map(len, self._kept))
        self._anatomy: Anatomy | None = None

    def words(self, first: int, last: int) -> list[_Word]:
        return [word for row in self._kept[first:last] for word in row]

    def said(self, words: Sequence[_Word]) -> str:
        """The words as they stand in the text; ¶ where only the end of a line is concerned."""
        rows: dict[int, list[_Word]] = {}
        for word in words:
            rows.setdefault(word.line, []).append(word)
        text = "\n".join(self.lines[at][row[0].start : row[-1].end] for at, row in rows.items())
        return text.strip() or ("¶" if words else "")

    def clause(self, words: Sequence[_Word]) -> str:
        """The clause in which the first of these words stands."""
        if self._anatomy is None:
            numbered = (Line(no, text) for no, text in enumerate(self.lines, start=1))
            self._anatomy = dissect(Paper(tuple(numbered)))
        first = next((word for word in words if word.key != "\n"), words[0])
        return bare_label(self._anatomy.clause_at(first.line + 1))


def _words(line: str, at: int = 0) -> Iterator[_Word]:
    if _PAGE_NUMBER.fullmatch("".join(line.split())):
        return
    for found in _WORDS.finditer(line):
        key = "_" if found[0].startswith("_") else found[0]
        yield _Word(key, *found.span(), at)


def _end(line: str, at: int) -> _Word:
    return _Word("\n", len(line), len(line), at)


def _gaps(matches: Sequence[Match], old: int, new: int) -> Iterator[tuple[range, range]]:
    """What lies between the matches, in both."""
    ends = [(0, 0), *((match.old + match.size, match.new + match.size) for match in matches)]
    starts = [*((match.old, match.new) for match in matches), (old, new)]
    for (before, after), (stop, end) in zip(ends, starts, strict=True):
        if stop > before or end > after:
            yield range(before, stop), range(after, end)


# Every program counts the pages anew.
_PAGE_NUMBER: Final = re.compile(
    r"[-—–·]*(?:第\d{1,3}页)?[，,/]?(?:共\d{1,3}页)?[-—–·]*|[-—–·]*\d{1,3}(?:/\d{1,3})?[-—–·]*"
    r"|Page\d{1,3}(?:of\d{1,3})?"
)
# A Han character is a word; Latin words and figures stay whole, a blank is one whatever its length.
_WORDS: Final = re.compile(r"[A-Za-z]+|\d[\d,.]*[%‰]?|_+|\S")
