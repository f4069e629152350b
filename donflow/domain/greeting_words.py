"""The lines of a greeting: which fields they may name, how they are filled, which are verse."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from donflow.errors import N_, Sentence, say

FIELDS: Final = (
    "you", "wish", "school", "university", "years", "purpose", "naming", "amount",
)  # fmt: skip
"""What may stand in braces."""
JOYFUL: Final = ("快乐", "欢乐", "恭喜", "祝贺", "喜迎", "同庆")
"""What no line says on a day that is not happy."""


@dataclass(frozen=True)
class Verse:
    """A line of classical verse; `source` is the author with the title, such as 杜甫《立春》."""

    text: str
    source: str


def wrong_in(line: str, *, happy: bool) -> tuple[Sentence, ...]:
    """Everything that is wrong with a line: fields that nobody knows, joy on a day of mourning."""
    unknown = tuple(dict.fromkeys(name for name in _FIELD.findall(line) if name not in FIELDS))
    joyful = () if happy else tuple(word for word in JOYFUL if word in line)
    wrong = []
    if unknown:
        wrong.append(
            say(
                N_("Words of a greeting cannot name {fields}; they know {known}."),
                fields=unknown,
                known=FIELDS,
            )
        )
    if any(brace in _FIELD.sub("", line) for brace in "{}"):
        wrong.append(say(N_("A brace in the words of a greeting is not closed, or not opened.")))
    if joyful:
        wrong.append(say(N_("On an occasion that is not happy nobody says {words}."), words=joyful))
    return tuple(wrong)


def filled(lines: Iterable[str], values: Mapping[str, str]) -> tuple[str, ...]:
    """The lines with their fields; one that names a field without a value is left out."""
    return tuple(
        _nested(_FIELD.sub(lambda field: values[field[1]], line))
        for line in lines
        if all(values.get(name) for name in _FIELD.findall(line))
    )


def verse_of(line: str) -> Verse | None:
    """The verse and its source, where the line is one."""
    found = _VERSE.fullmatch(line.strip())
    return Verse(found[1], found[2]) if found else None


def _nested(text: str) -> str:
    """Quotation marks within quotation marks are single ones (GB/T 15834-2011, 4.8.3)."""
    depth, written = 0, []
    for sign in text:
        if sign == "”":
            depth = max(depth - 1, 0)
        written.append(_WITHIN[sign] if depth % 2 and sign in _WITHIN else sign)
        if sign == "“":
            depth += 1
    return "".join(written)


_WITHIN: Final = {"“": "‘", "”": "’"}
_FIELD: Final = re.compile(r"\{([^{}]*)\}")
_VERSE: Final = re.compile(r"“([^”]+)”——(.+)")
