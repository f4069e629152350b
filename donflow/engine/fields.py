"""Takes single values out of a read workflow file, each with its own sentence when it is wrong.

Every function answers with the value, or with None (or less) after telling the mistake.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Collection, Iterable

from donflow.engine.mistakes import Mistakes
from donflow.engine.reading import Entry, Items, Scalar, Table, Unreadable
from donflow.engine.spec import Span, Unit
from donflow.errors import N_, Label, say

LONGEST_NAME = 40
LARGEST_SPAN = 1000
LARGEST_NUMBER = 10**12

_NAME = re.compile(rf"[a-z][a-z0-9_]{{0,{LONGEST_NAME - 1}}}", re.ASCII)
_SPAN = re.compile(r"([1-9][0-9]{0,3}) (workdays|days)", re.ASCII)
_NUMBER = re.compile(r"0|[1-9][0-9]{0,15}", re.ASCII)


def record(
    entry: Entry, mistakes: Mistakes, *, required: Collection[str], optional: Collection[str] = ()
) -> dict[str, Entry]:
    """The table's entries by key; a key one slip away from a known one is told and then read."""
    table = _table(entry, mistakes)
    if table is None:
        return {}
    known = [*required, *optional]
    given = {field.key: field for field in table.entries}
    fields = {key: field for key, field in given.items() if key in known}
    for key, field in given.items():
        if key in known:
            continue
        meant = nearest(key, [word for word in known if word not in fields])
        _tell_unknown(
            field.line, say(N_("Unknown key {name}"), name=_short(key)), meant, known, mistakes
        )
        if meant is not None:
            fields[meant] = Entry(meant, field.line, field.value)
    for key in required:
        if key not in fields:
            mistakes.tell(entry.line, N_("{key} is missing in {where}."), key=key, where=entry.key)
    return fields


def named(entry: Entry, mistakes: Mistakes) -> tuple[Entry, ...]:
    """The entries of a table whose keys are names of the author's own choosing, at least one."""
    table = _table(entry, mistakes)
    if table is None:
        return ()
    if not table.entries:
        _tell_empty(entry, mistakes)
    for field in table.entries:
        _check_name(field.key, field.line, mistakes)
    return table.entries


def items(entry: Entry, mistakes: Mistakes) -> tuple[Entry, ...]:
    """The items of a list, at least one; each keeps the list's key."""
    match entry.value:
        case Items(nodes=()):
            _tell_empty(entry, mistakes)
        case Items(nodes=nodes):
            return tuple(Entry(entry.key, node.line, node) for node in nodes)
        case Unreadable():
            pass
        case _:
            mistakes.tell(
                entry.line,
                N_("{key} must be a list: in square brackets, or with dashes."),
                key=entry.key,
            )
    return ()


def one_or_more(entry: Entry, mistakes: Mistakes) -> tuple[Entry, ...]:
    """A list, or a single text standing for a list of one."""
    return (entry,) if isinstance(entry.value, Scalar) else items(entry, mistakes)


def text(entry: Entry, mistakes: Mistakes) -> str | None:
    """A text of at least one visible character, in NFC."""
    match entry.value:
        case Scalar(text=words) if words.strip():
            return unicodedata.normalize("NFC", words.strip())
        case Scalar():
            _tell_empty(entry, mistakes)
        case Unreadable():
            pass
        case _:
            mistakes.tell(
                entry.line, N_("{key} must be a single text, not a list or a table."), key=entry.key
            )
    return None


def name(entry: Entry, mistakes: Mistakes) -> str | None:
    """A name such as `fields_complete`."""
    words = text(entry, mistakes)
    if words is None or not _check_name(words, entry.line, mistakes):
        return None
    return words


def known(entry: Entry, names: Collection[str], unknown: str, mistakes: Mistakes) -> str | None:
    """One of `names`; where it is told as `unknown`, the nearest is given instead, or None.

    Going on with the nearest keeps one slip from causing a row of further mistakes.
    """
    words = text(entry, mistakes)
    if words is None or words in names:
        return words
    meant = nearest(words, names)
    _tell_unknown(entry.line, say(unknown, name=_short(words)), meant, sorted(names), mistakes)
    return meant


def known_list(
    entries: Iterable[Entry], names: Collection[str], unknown: str, mistakes: Mistakes
) -> tuple[str | None, ...]:
    """Several of `names`, none twice; None stands for each that could not be made out."""
    found: list[str | None] = []
    for entry in entries:
        value = known(entry, names, unknown, mistakes)
        if value is not None and value in found:
            mistakes.tell(
                entry.line, N_("{name} is named twice in {key}."), name=value, key=entry.key
            )
        else:
            found.append(value)
    return tuple(found)


def switch(entry: Entry, mistakes: Mistakes) -> bool:
    """`true` or `false`, written so and without quotation marks; a wrong word is read as meant."""
    match entry.value:
        case Scalar(text="true" | "false", plain=True) | Unreadable():
            pass
        case _:
            mistakes.tell(entry.line, N_("{key} must be true or false."), key=entry.key)
    words = entry.value.text if isinstance(entry.value, Scalar) else "true"
    return words.lower() not in ("false", "no", "off")


def number(entry: Entry, mistakes: Mistakes) -> int | None:
    """A whole number from 0 up, in digits only: no leading zero, sign, comma or quotation mark."""
    match entry.value:
        case Scalar(text=words, plain=True) if _NUMBER.fullmatch(words):
            value = int(words)
            if value <= LARGEST_NUMBER:
                return value
            mistakes.tell(
                entry.line, N_("{key} may be at most {limit}."), key=entry.key, limit=LARGEST_NUMBER
            )
        case Unreadable():
            pass
        case _:
            mistakes.tell(
                entry.line,
                N_("{key} must be a whole number, in digits only."),
                key=entry.key,
            )
    return None


def span(entry: Entry, mistakes: Mistakes) -> Span | None:
    """A length of time, `5 workdays` or `3 days`."""
    words = text(entry, mistakes)
    if words is None:
        return None
    match = _SPAN.fullmatch(words)
    if match is None or int(match[1]) > LARGEST_SPAN:
        mistakes.tell(
            entry.line,
            N_(
                "{key} must be written as “5 workdays” or “3 days”, from 1 to {limit}, "
                "not “{given}”."
            ),
            key=entry.key,
            limit=LARGEST_SPAN,
            given=words,
        )
        return None
    return Span(int(match[1]), Unit(match[2]))


def label(fields: dict[str, Entry], mistakes: Mistakes) -> Label:
    """The zh and en of a record; what is missing has been told by `record` and stays empty."""
    words = {key: text(fields[key], mistakes) or "" for key in ("zh", "en") if key in fields}
    return Label(zh=words.get("zh", ""), en=words.get("en", ""))


def nearest(word: str, names: Collection[str]) -> str | None:
    """The known name that `word` was probably meant to be."""
    close = difflib.get_close_matches(word[:LONGEST_NAME], sorted(names), n=1, cutoff=0.6)
    return close[0] if close else None


def _table(entry: Entry, mistakes: Mistakes) -> Table | None:
    match entry.value:
        case Table() as table:
            return table
        case Unreadable():
            pass
        case _:
            mistakes.tell(entry.line, N_("{key} must hold keys with values."), key=entry.key)
    return None


def _check_name(word: str, line: int, mistakes: Mistakes) -> bool:
    if _NAME.fullmatch(word):
        return True
    mistakes.tell(
        line,
        N_(
            "“{name}” is not a name: use small letters, digits and _, a letter first, "
            "at most {limit} in all."
        ),
        name=word,
        limit=LONGEST_NAME,
    )
    return False


def _tell_empty(entry: Entry, mistakes: Mistakes) -> None:
    mistakes.tell(entry.line, N_("{key} is empty."), key=entry.key)


def _tell_unknown(
    line: int, what: object, meant: str | None, known: Collection[str], mistakes: Mistakes
) -> None:
    if meant is not None:
        mistakes.tell(line, N_("{what}; did you mean {nearest}?"), what=what, nearest=meant)
    elif known:
        mistakes.tell(line, N_("{what}; known here: {known}."), what=what, known=tuple(known))
    else:
        mistakes.tell(line, N_("{what}; none is known here."), what=what)


def _short(word: str) -> str:
    return word if len(word) <= LONGEST_NAME else word[:LONGEST_NAME] + "…"
