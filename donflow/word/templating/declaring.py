"""fields.yaml and example.yaml: read without guessing, each fault with its line."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from donflow.errors import N_, Label, Sentence, say
from donflow.word.templating.fields import (
    FieldSpec,
    FieldType,
    has_forbidden_character,
    is_well_written,
)
from donflow.word.templating.records import Listing, Mapped, NotPlain, Record, Text, read_records

_HEADING_KEYS = ("id", "kind", "version", "file", "zh", "en", "footer_code")
_FIELD_KEYS = ("name", "zh", "en", "type", "required", "example")
_NAME = re.compile(r"(?!(?:clause|end)\Z)[a-z][a-z0-9_]*")
_FILE = re.compile(r"[^/\\]+\.docx")
_TRUTHS = {"true": True, "false": False}
_Made = TypeVar("_Made")


@dataclass(frozen=True)
class Heading:
    """What a template says of itself.

    `kind`: the kind of gift or paper that it serves. `version`: the day it was settled. `file`:
    the Word file beside it. `footer_code`: whether the footer carries our own code, off on a
    donor's or a foundation's paper.
    """

    id: str
    kind: str
    version: datetime.date
    file: str
    title: Label
    footer_code: bool


@dataclass(frozen=True)
class FileFault:
    """A fault in a template's folder: the file, the line (None: all of it), what is wrong."""

    file: str
    line: int | None
    reason: Sentence

    @property
    def sentence(self) -> Sentence:
        if self.line is None:
            return say(N_("{file}: {reason}"), file=self.file, reason=self.reason)
        values = {"file": self.file, "line": self.line, "reason": self.reason}
        return Sentence(N_("{file}:{line}: {reason}"), values)


@dataclass(frozen=True)
class Declaration:
    """fields.yaml; the heading is None where it is at fault."""

    heading: Heading | None
    fields: Mapping[str, FieldSpec]
    faults: tuple[FileFault, ...]


def read_declaration(text: str, file: str) -> Declaration:
    """Read fields.yaml; every fault is collected."""
    reader = _Reader(file)
    root = reader.mapping(reader.parsed(text), ("template", "fields"))
    heading = _heading(reader, root.get("template"))
    fields: dict[str, FieldSpec] = {}
    for record in reader.listing(root.get("fields")):
        spec = _field(reader, record)
        if spec is not None and spec.name in fields:
            reader.fault(record.line, say(N_("The field {name} stands twice."), name=spec.name))
        elif spec is not None:
            fields[spec.name] = spec
    return Declaration(heading, fields, tuple(reader.faults))


def read_example(text: str, file: str) -> tuple[dict[str, str], tuple[FileFault, ...]]:
    """The values of example.yaml, as they are written."""
    reader = _Reader(file)
    record = reader.parsed(text)
    keys = tuple(record.entries) if isinstance(record, Mapped) else ()
    return reader.texts(reader.mapping(record, keys)), tuple(reader.faults)


def _heading(reader: _Reader, record: Record | None) -> Heading | None:
    texts = reader.texts(reader.mapping(record, _HEADING_KEYS))
    version = reader.made(texts, "version", datetime.date.fromisoformat, record)
    footer_code = reader.made(texts, "footer_code", _TRUTHS.__getitem__, record)
    file = reader.made(texts, "file", _shaped(_FILE), record)
    if (
        version is None
        or footer_code is None
        or file is None
        or not texts.keys() >= set(_HEADING_KEYS)
    ):
        return None
    title = Label(texts["zh"], texts["en"])
    return Heading(texts["id"], texts["kind"], version, file, title, footer_code)


def _field(reader: _Reader, record: Record) -> FieldSpec | None:
    entries = dict(reader.mapping(record, _FIELD_KEYS, optional=("choices",)))
    choices = reader.listing(entries.pop("choices", None))
    texts = reader.texts(entries)
    name = reader.made(texts, "name", _shaped(_NAME), record)
    kind = reader.made(texts, "type", FieldType, record)
    required = reader.made(texts, "required", _TRUTHS.__getitem__, record)
    if name is None or kind is None or required is None or not texts.keys() >= set(_FIELD_KEYS):
        return None
    spec = FieldSpec(
        name=name,
        label=Label(texts["zh"], texts["en"]),
        type=kind,
        required=required,
        example=texts["example"],
        choices=tuple(choice.text for choice in choices if isinstance(choice, Text)),
        line=record.line,
    )
    if has_forbidden_character(spec.example, spec) or not is_well_written(spec.example, spec):
        reader.fault(
            record.line, say(N_("The example of {name} is not of its type."), name=spec.name)
        )
    return spec


def _shaped(shape: re.Pattern[str]) -> Callable[[str], str]:
    def taken(text: str) -> str:
        if shape.fullmatch(text) is None:
            raise ValueError(text)
        return text

    return taken


@dataclass
class _Reader:
    """Walks the records of one file and collects every fault."""

    file: str
    faults: list[FileFault] = field(default_factory=list)

    def fault(self, line: int, reason: Sentence) -> None:
        self.faults.append(FileFault(self.file, line, reason))

    def parsed(self, text: str) -> Record | None:
        try:
            return read_records(text)
        except NotPlain as error:
            self.fault(error.line, error.reason)
            return None

    def mapping(
        self, record: Record | None, keys: tuple[str, ...], optional: tuple[str, ...] = ()
    ) -> Mapping[str, Record]:
        """The entries of a mapping with all `keys`, perhaps `optional`, and no other."""
        if not isinstance(record, Mapped):
            if record is not None:
                self.fault(record.line, say(N_("Keys with values are expected here.")))
            return {}
        for key, value in record.entries.items():
            if key not in keys and key not in optional:
                self.fault(value.line, say(N_("The key {key} is not known here."), key=key))
        for key in keys:
            if key not in record.entries:
                self.fault(record.line, say(N_("The key {key} is missing."), key=key))
        return record.entries

    def listing(self, record: Record | None) -> tuple[Record, ...]:
        """The entries of a list; nothing where there is none."""
        if record is not None and not isinstance(record, Listing):
            self.fault(record.line, say(N_("A list is expected here.")))
        return record.entries if isinstance(record, Listing) else ()

    def texts(self, entries: Mapping[str, Record]) -> dict[str, str]:
        """The texts among the entries; others are faults."""
        for key, value in entries.items():
            if not isinstance(value, Text):
                self.fault(value.line, say(N_("The key {key} takes plain text."), key=key))
        return {
            key: value.text.rstrip("\n")
            for key, value in entries.items()
            if isinstance(value, Text)
        }

    def made(
        self,
        texts: Mapping[str, str],
        key: str,
        make: Callable[[str], _Made],
        record: Record | None,
    ) -> _Made | None:
        """What `make` makes of a text, None where it is absent or refused."""
        if key not in texts:
            return None
        try:
            return make(texts[key])
        except (ValueError, KeyError):
            line = record.entries[key].line if isinstance(record, Mapped) else 1
            reason = say(N_("The key {key} cannot be {value}."), key=key, value=texts[key])
            self.fault(line, reason)
            return None
