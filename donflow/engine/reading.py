"""Reads a workflow file's bytes into texts, lists and tables that remember their lines.

A strict part of YAML over PyYAML's events: every scalar stays text, nothing is constructed, and
anchors, aliases, tags and merge keys are refused before anything could be expanded.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from donflow.engine.mistakes import Mistakes
from donflow.errors import N_

LARGEST_FILE = 256 * 1024
DEEPEST_NESTING = 12

_LINE_END = re.compile(r"\r\n|\r|\n")
_PERHAPS_INVISIBLE = re.compile(r"[^\t -~\u4e00-\u9fff]")  # passes quickly over the usual signs
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_OTHER_ENCODINGS = (
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)


@dataclass(frozen=True)
class Scalar:
    """A text; `plain` when it was written without quotation marks."""

    text: str
    plain: bool
    line: int


@dataclass(frozen=True)
class Items:
    """A list."""

    nodes: tuple[Node, ...]
    line: int


@dataclass(frozen=True)
class Entry:
    """A key with its value, or an item of a list under the list's key; the line is the key's."""

    key: str
    line: int
    value: Node


@dataclass(frozen=True)
class Table:
    """Keys and values, in the order of the file; of a key said twice the first stands."""

    entries: tuple[Entry, ...]
    line: int


@dataclass(frozen=True)
class Unreadable:
    """Stands where a mistake has been told already, so that it is not told again."""

    line: int


Node = Scalar | Items | Table | Unreadable


def read(content: bytes, mistakes: Mistakes) -> Node | None:
    """The file's one document, or None where its mistakes leave nothing to read on with."""
    text = _decoded(content, mistakes)
    if text is None:
        return None
    # libyaml where PyYAML was built with it: seven times faster, the same events.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return _document(yaml.parse(text, Loader=loader), mistakes)
    except _TooDeepError:
        return None
    except yaml.YAMLError as error:
        _tell_syntax(error, text, mistakes)
        return None


class _TooDeepError(Exception):
    """Ends the reading of a file nested too deep; its mistake is told."""


def _decoded(content: bytes, mistakes: Mistakes) -> str | None:
    if len(content) > LARGEST_FILE:
        mistakes.tell(1, N_("The file is larger than {limit} KiB."), limit=LARGEST_FILE // 1024)
        return None
    for mark, encoding in _OTHER_ENCODINGS:
        if content.startswith(mark):
            mistakes.tell(
                1, N_("The file is saved as {encoding}; save it as UTF-8."), encoding=encoding
            )
            return None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8", errors="replace")
        mistakes.tell(_line_after(before), N_("This line is not UTF-8; save the file as UTF-8."))
        return None
    return text if _only_visible(text, mistakes) else None


def _only_visible(text: str, mistakes: Mistakes) -> bool:
    """Refuse what an editor does not show: it could hide words or shift the line numbers."""
    clean = True
    for line, words in enumerate(_LINE_END.split(text), start=1):
        found = next(
            (sign for sign in _PERHAPS_INVISIBLE.findall(words) if _is_invisible(sign)), None
        )
        if found is not None:
            _tell_invisible(line, found, mistakes)
            clean = False
    return clean


def _is_invisible(character: str) -> bool:
    return unicodedata.category(character) in _INVISIBLE or character in "\ufffe\uffff"


def _tell_invisible(line: int, character: str, mistakes: Mistakes) -> None:
    code = f"U+{ord(character):04X}"
    mistakes.tell(line, N_("The invisible character {code} may not stand here."), code=code)


def _line_after(text: str) -> int:
    return len(_LINE_END.findall(text)) + 1


def _document(events: Iterator[yaml.Event], mistakes: Mistakes) -> Node | None:
    root: Node | None = None
    for event in events:
        if not isinstance(event, yaml.DocumentStartEvent):
            continue
        if root is not None:
            mistakes.tell(
                _line(event), N_("A second document begins here; a workflow file holds only one.")
            )
            break
        root = _node(next(events), events, 1, mistakes)
    if root is None or (isinstance(root, Scalar) and not root.text):
        mistakes.tell(1, N_("The file is empty."))
        return None
    return root


def _node(event: yaml.Event, events: Iterator[yaml.Event], depth: int, mistakes: Mistakes) -> Node:
    line = _line(event)
    if isinstance(event, yaml.AliasEvent):
        mistakes.tell(
            line, N_("*{name} repeats another place; write it out here."), name=event.anchor
        )
        return Unreadable(line)
    if isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent):
        _tell_decorations(event, line, mistakes)
    if isinstance(event, yaml.ScalarEvent):
        return _scalar(event, line, mistakes)
    if depth > DEEPEST_NESTING:
        mistakes.tell(line, N_("This is nested deeper than {limit} levels."), limit=DEEPEST_NESTING)
        raise _TooDeepError
    if isinstance(event, yaml.SequenceStartEvent):
        return _items(line, events, depth, mistakes)
    return _table(line, events, depth, mistakes)


def _tell_decorations(
    event: yaml.ScalarEvent | yaml.CollectionStartEvent, line: int, mistakes: Mistakes
) -> None:
    if event.anchor is not None:
        mistakes.tell(
            line, N_("The anchor &{name} is not used here; leave it out."), name=event.anchor
        )
    if event.tag is not None:
        mistakes.tell(line, N_("The tag {tag} is not used here; leave it out."), tag=event.tag)


def _scalar(event: yaml.ScalarEvent, line: int, mistakes: Mistakes) -> Node:
    hidden = next((character for character in event.value if _is_invisible(character)), None)
    if hidden == "\n":
        mistakes.tell(line, N_("A text must stand in one line."))
        return Unreadable(line)
    if hidden is not None:
        _tell_invisible(line, hidden, mistakes)
        return Unreadable(line)
    return Scalar(event.value, plain=not event.style, line=line)


def _items(line: int, events: Iterator[yaml.Event], depth: int, mistakes: Mistakes) -> Items:
    nodes = []
    for event in events:
        if isinstance(event, yaml.SequenceEndEvent):
            break
        nodes.append(_node(event, events, depth + 1, mistakes))
    return Items(tuple(nodes), line)


def _table(line: int, events: Iterator[yaml.Event], depth: int, mistakes: Mistakes) -> Table:
    entries: dict[str, Entry] = {}
    for event in events:
        if isinstance(event, yaml.MappingEndEvent):
            break
        key = _node(event, events, depth + 1, mistakes)
        value = _node(next(events), events, depth + 1, mistakes)
        if isinstance(key, Items | Table):
            mistakes.tell(key.line, N_("A key must be a single word, not a list or a table."))
        elif isinstance(key, Scalar) and key.text == "<<":
            mistakes.tell(key.line, N_("The merge key << is not used here; write the keys out."))
        elif isinstance(key, Scalar) and key.text in entries:
            mistakes.tell(
                key.line,
                N_("{key} is said twice; it stands already in line {first}."),
                key=key.text,
                first=entries[key.text].line,
            )
        elif isinstance(key, Scalar):
            entries[key.text] = Entry(key.text, key.line, value)
    return Table(tuple(entries.values()), line)


def _line(event: yaml.Event) -> int:
    # mypy knows marks as optional; events that come from a stream always have one.
    return int(event.start_mark.line) + 1 if event.start_mark else 1


_SYNTAX = (
    # a word of PyYAML's or libyaml's own complaint → the sentence a secretary can follow
    ("unexpected end of stream", N_("A quotation mark opened here is not closed.")),
    ("',' or", N_("A bracket opened here is not closed, or a comma is missing after it.")),
    ("mapping values", N_("A colon stands where none may be; put the text in quotation marks.")),
    ("tab character", N_("A tab stands where only spaces may; indent with spaces.")),
    ("could not find expected ':'", N_("A colon is missing after the key.")),
    ("expected key", N_("The indentation or a bracket does not fit the lines above.")),
    ("<block end>", N_("The indentation or a bracket does not fit the lines above.")),
    ("'-' indicator", N_("The indentation or a bracket does not fit the lines above.")),
    (
        "cannot start any token",
        N_("This line begins a word with a sign that needs quotation marks."),
    ),
    ("escape", N_("After a backslash in quotation marks stands a sign that YAML does not know.")),
)
_OPENED_EARLIER = ("unexpected end of stream", "',' or")


def _tell_syntax(error: yaml.YAMLError, text: str, mistakes: Mistakes) -> None:
    problem = str(getattr(error, "problem", None) or "")
    mark = getattr(error, "problem_mark", None)
    if any(word in problem for word in _OPENED_EARLIER):
        mark = getattr(error, "context_mark", None) or mark
    line = min(mark.line + 1, _line_after(text.rstrip("\r\n"))) if mark else 1
    if "cannot start any token" in problem and _begins_with_tab(text, line):
        problem = "tab character"
    plain = (sentence for word, sentence in _SYNTAX if word in problem)
    mistakes.tell(line, next(plain, N_("This line is not well-formed YAML.")))


def _begins_with_tab(text: str, line: int) -> bool:
    return _LINE_END.split(text)[line - 1].lstrip(" ").startswith("\t")
