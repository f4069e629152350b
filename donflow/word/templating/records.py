"""A small strict reading of YAML: mappings and lists of plain text, each with its line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import yaml

from donflow.errors import N_, Sentence, say


@dataclass(frozen=True)
class Text:
    """A scalar as it is written: `no` stays no and `010` stays 010."""

    text: str
    line: int


@dataclass(frozen=True)
class Listing:
    """A list."""

    entries: tuple[Record, ...]
    line: int


@dataclass(frozen=True)
class Mapped:
    """A mapping; its keys are single."""

    entries: Mapping[str, Record]
    line: int


Record = Text | Listing | Mapped

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The one in C is ten times as quick; both give the same nodes and marks."""


class NotPlain(Exception):
    """The text is not the plain YAML that is asked for; carries the line and the reason."""

    def __init__(self, line: int, reason: Sentence) -> None:
        super().__init__(str(reason))
        self.line = line
        self.reason = reason


def read_records(text: str) -> Record:
    """Read one document. Raises NotPlain: broken YAML, a key twice, an anchor, a tag."""
    try:
        node = yaml.compose(text, Loader=_LOADER)
        if node is None:
            raise NotPlain(1, say(N_("The file is empty.")))
        return _record(node, text)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise NotPlain(
            line, say(N_("This is not YAML: {problem}."), problem=error.problem)
        ) from None
    except yaml.YAMLError as error:
        problem = say(N_("This is not YAML: {problem}."), problem=str(error))
        raise NotPlain(1, problem) from None


def _record(node: yaml.Node, text: str) -> Record:
    line = node.start_mark.line + 1
    if text[node.start_mark.index : node.start_mark.index + 1] in {"&", "*", "!"}:
        raise NotPlain(line, say(N_("Anchors, aliases and tags are not allowed.")))
    if isinstance(node, yaml.ScalarNode):
        return Text(node.value, line)
    if isinstance(node, yaml.SequenceNode):
        return Listing(tuple(_record(entry, text) for entry in node.value), line)
    entries: dict[str, Record] = {}
    for key, value in node.value:
        name, line_of_key = key.value, key.start_mark.line + 1
        if not isinstance(name, str) or name in entries:
            raise NotPlain(line_of_key, say(N_("The key {key} stands twice."), key=str(name)))
        entries[name] = _record(value, text)
    return Mapped(entries, line)
