"""The pieces of text that the index knows, and which of them a typed word asks for.

Of the line: each character, each pair, and each three of ASCII (student numbers, Latin words),
within one value. Of the spellings: each beginning of up to eight letters. One or two characters
and a short spelling are asked for exactly; what is longer is an "and" of pieces, and what that
finds is compared with the line itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

from donflow.roster.search.spelling import typed

PARTED: Final = "\n"
"""Between the values of a line; a word never holds it, so it matches within one value."""
BEGINNING: Final = 8


@dataclass(frozen=True)
class Word:
    """A typed word: how it stands in a line, and how among the spellings ("" if it cannot)."""

    text: str
    spelled: str

    @property
    def pieces(self) -> tuple[str, ...]:
        """The pieces of the line that are all there where the word stands."""
        return tuple(dict.fromkeys(map(_marked, _asked(self.text))))

    @property
    def beginning(self) -> str:
        """The piece of the spellings; "" if the word is none."""
        return _SPELLED + self.spelled[:BEGINNING] if self.spelled else ""

    @property
    def text_is_exact(self) -> bool:
        """Whether the pieces say all, so that the line need not be compared."""
        return len(self.text) <= (3 if self.text.isascii() else 2)

    @property
    def spelling_is_exact(self) -> bool:
        return len(self.spelled) <= BEGINNING

    def stands_in(self, line: str, spelled: str) -> bool:
        """Whether this is one of the lines; what the index must find, no more and no less."""
        return self.text in line or bool(self.spelled and f"{PARTED}{self.spelled}" in spelled)


def word(text: str) -> Word:
    """The word of a folded text."""
    return Word(text, typed(text))


def grams(values: Iterable[str], spelled: Iterable[str]) -> str:
    """All pieces of a line of folded values and of its spellings, each once, parted by blanks."""
    found: set[str] = set()
    for value in values:
        found |= _of_value(value)
    for spelling in spelled:
        found.update(
            _SPELLED + spelling[:length] for length in range(1, min(BEGINNING, len(spelling)) + 1)
        )
    return " ".join(sorted(found))


@lru_cache(maxsize=50_000)
def _of_value(value: str) -> frozenset[str]:
    """Kept: a class, a city, an employer stand in many lines."""
    found = {*value, *map("".join, pairwise(value))}
    for start in range(len(value) - 2):
        if (three := value[start : start + 3]).isascii():
            found.add(three)
    return frozenset(map(_marked, found))


def _asked(text: str) -> list[str]:
    if len(text) <= 2:
        return [text]
    pieces: list[str] = []
    for start in range(len(text) - 1):
        three = text[start : start + 3]
        if len(three) == 3 and three.isascii():
            pieces.append(three)
        elif not (start and text[start - 1 : start + 2].isascii()):
            pieces.append(text[start : start + 2])
    return pieces


def _marked(piece: str) -> str:
    """ASCII marks would part a piece in two: they are written as private characters."""
    return piece if piece.isalnum() else piece.translate(_MARKS)


_MARKS: Final = {code: chr(0xF0000 + code) for code in range(0x21, 0x7F) if not chr(code).isalnum()}
_SPELLED: Final = "\U000f0000"
