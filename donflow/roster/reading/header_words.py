"""The list of headers and what they mean (`rules/headers.yaml`), which anyone may extend."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Final

from donflow.engine import fields
from donflow.engine.mistakes import Mistakes
from donflow.engine.reading import Entry, read
from donflow.errors import N_, SeveralWrong, say
from donflow.roster.reading.table import Field, Known, columns_of


class WrongHeaders(SeveralWrong):
    """The list of headers is refused whole; every mistake is told with its line."""

    code = "wrong_headers"
    message = N_("The list of headers has mistakes ({count}); nothing was read.")
    remedy = N_("Mend the lines named and try again.")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a header says of its column: the field, or none where such a column is left.

    `never`: it is never taken in, and a person is told (an identity number).
    """

    field: Field | None
    never: bool = False


@dataclass(frozen=True)
class HeaderWords:
    """Headers in their normal form with what they mean.

    `ticks` count only side by side, `halves` (of a name) only together; a header that begins with
    one of `others` is of another person.
    """

    meanings: Mapping[str, Meaning]
    ticks: Mapping[str, Field]
    halves: Mapping[str, Field]
    others: tuple[str, ...]
    longest: int

    @cached_property
    def in_letters(self) -> Mapping[str, Meaning]:
        """Headers by their pinyin and its initials (xingbie, BYNY), where these mean one thing."""
        from pypinyin import Style, lazy_pinyin  # 0.2 s to load, and few lists have such headers

        found: dict[str, set[Meaning]] = {}
        for header, meaning in self.meanings.items():
            if len(header) > 1 and re.fullmatch("[一-龥]+", header):
                sounds = lazy_pinyin(header)
                initials = lazy_pinyin(header, style=Style.FIRST_LETTER)
                for form in ("".join(sounds), "".join(initials)):
                    found.setdefault(form, set()).add(meaning)
        return {form: told.pop() for form, told in found.items() if len(told) == 1}

    def answered(self, known: Known) -> HeaderWords:
        """With what a person said of single headers, which stands above the list.

        An answer names one column; where the list agrees and says more (单位及职务), it stands.
        """
        added: dict[str, Meaning] = {}
        for header, column in known.items():
            listed = self.meanings.get(normal(header))
            if column is None:
                added[normal(header)] = Meaning(None)
            elif not (listed and listed.field and columns_of(listed.field)[0] is column):
                added[normal(header)] = Meaning(Field(column.value))
        meanings = {**self.meanings, **added}
        return replace(self, meanings=meanings, longest=max(map(len, meanings), default=0))


@lru_cache(maxsize=4)
def read_header_words(text: str) -> HeaderWords:
    """The list from the text of `headers.yaml`, or WrongHeaders with every mistake."""
    mistakes = Mistakes()
    gathered: dict[str, Meaning] = {}
    ticks: dict[str, Field] = {}
    halves: dict[str, Field] = {}
    others: list[str] = []
    root = read(text.encode("utf-8"), mistakes)
    if root is not None:
        sections = fields.record(
            Entry("headers", 1, root), mistakes, required=_SECTIONS, optional=("halves",)
        )
        for entry in _named(sections.get("columns"), mistakes):
            if entry.key in _NAMES:
                _gather(entry, Meaning(Field(entry.key)), gathered, mistakes)
            else:
                mistakes.tell(entry.line, _UNKNOWN, name=entry.key)
        for entry in _named(sections.get("ticks"), mistakes):
            if entry.key in _TICKS:
                ticks |= {normal(word): Field(entry.key) for word, _ in _words(entry, mistakes)}
            else:
                mistakes.tell(entry.line, _UNKNOWN, name=entry.key)
        for entry in _named(sections.get("halves"), mistakes):
            if entry.key in _HALVES:
                halves |= {normal(word): Field(entry.key) for word, _ in _words(entry, mistakes)}
            else:
                mistakes.tell(entry.line, _UNKNOWN, name=entry.key)
        for key, meaning in (("left", Meaning(None)), ("never", Meaning(None, never=True))):
            if key in sections:
                _gather(sections[key], meaning, gathered, mistakes)
        if "others" in sections:
            others = [normal(word) for word, _ in _words(sections["others"], mistakes)]
    if told := mistakes.sorted():
        raise WrongHeaders(
            tuple(
                say(N_("{file}:{line}: {fault}"), file=FILE, line=one.line, fault=one.sentence)
                for one in told
            )
        )
    longest = max(map(len, gathered), default=0)
    return HeaderWords(gathered, ticks, halves, tuple(others), longest)


def normal(text: str) -> str:
    """A header without what differs from office to office: width, case, spaces and marks."""
    return _MARKS.sub("", unicodedata.normalize("NFKC", text).casefold())


def _named(entry: Entry | None, mistakes: Mistakes) -> tuple[Entry, ...]:
    return () if entry is None else fields.named(entry, mistakes)


def _gather(
    entry: Entry, meaning: Meaning, gathered: dict[str, Meaning], mistakes: Mistakes
) -> None:
    for word, line in _words(entry, mistakes):
        form = normal(word)
        if gathered.setdefault(form, meaning) != meaning:
            mistakes.tell(line, N_("The header {name} stands in two lists."), name=word)


def _words(entry: Entry, mistakes: Mistakes) -> list[tuple[str, int]]:
    found = [(fields.text(one, mistakes), one.line) for one in fields.items(entry, mistakes)]
    return [(word, line) for word, line in found if word]


FILE: Final = "headers.yaml"
_SECTIONS: Final = ("columns", "ticks", "left", "never", "others")
_TICKS: Final = frozenset({Field.MALE.value, Field.FEMALE.value})
_HALVES: Final = frozenset({Field.SURNAME.value, Field.GIVEN_NAME.value})
_NAMES: Final = (
    frozenset(one.value for one in Field) - _TICKS - _HALVES - {Field.TICKED_DEGREE.value}
)
_UNKNOWN: Final = N_("Unknown column {name}")
_MARKS: Final = re.compile(
    r"[\s*★☆※●◆■:;。.,、\"'“”‘’_\-—–―‐‑−ー~()\[\]【】〔〕{}<>《》/\\|&+?!·]+"
)
