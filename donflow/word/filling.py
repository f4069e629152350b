"""Values set into a template: all of them right, or a list of all that is wrong and no file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from donflow.errors import N_, DonflowError, Label, Sentence, say
from donflow.word.faults import Place
from donflow.word.packing import member, pack
from donflow.word.templating.compiling import CompiledPart, CompiledTemplate, compile_template
from donflow.word.templating.fields import FieldSpec, has_forbidden_character, is_well_written
from donflow.word.templating.marks import Mark, MarkKind
from donflow.word.templating.slots import Node, Slot


class FieldFaultKind(StrEnum):
    """What is wrong with one field."""

    MISSING = "missing"  # its place would stay a hole
    UNUSED = "unused"  # given, but printed nowhere
    UNKNOWN = "unknown"  # given, but no field of this template
    UNDECLARED = "undeclared"  # a mark of the template that fields.yaml does not know
    MALFORMED = "malformed"  # not written as its kind asks
    FORBIDDEN = "forbidden"  # holds a character that no paper may hold


@dataclass(frozen=True)
class FieldFault:
    """One field that is wrong, and where its mark stands, if it has one."""

    kind: FieldFaultKind
    field: str
    label: Label | None = None
    place: Place | None = None
    example: str = ""

    @property
    def sentence(self) -> Sentence:
        name = self.label or self.field
        if self.place is None:
            return say(_SENTENCES[self.kind], name=name, field=self.field, example=self.example)
        return say(
            _PLACED[self.kind],
            name=name,
            field=self.field,
            place=self.place.sentence,
            example=self.example,
        )


class WrongFields(DonflowError):
    """The values do not fit the template; every field that is wrong is named at once."""

    code = "wrong_fields"
    message = N_("The paper was not made; wrong fields: {count}.")
    remedy = N_("Correct the fields named and make the paper again.")

    def __init__(self, faults: tuple[FieldFault, ...]) -> None:
        super().__init__(count=len(faults))
        self.faults = faults

    @property
    def details(self) -> tuple[Sentence, ...]:
        return tuple(fault.sentence for fault in self.faults)


def fill(template: bytes, fields: Mapping[str, FieldSpec], values: Mapping[str, str]) -> bytes:
    """The .docx with every mark filled; the same arguments give the same bytes.

    A value is text and stays text: it is never markup, and doubled braces in it are no mark. An
    empty or blank value counts as not given. A clause stays where its field is given (or equals
    the word after `=`); else it goes with all that stands in it. Required fields must be given
    wherever they stand. Raises WrongFields with all that is wrong, NotATemplate or BadMarks.
    """
    compiled = compile_template(template)
    given = {name: value for name, value in values.items() if value.strip()}
    faults = field_faults(compiled, fields, given)
    if faults:
        raise WrongFields(faults)
    escaped = {name: _escaped(value) for name, value in given.items()}
    return pack(
        member(part.name, "".join(_written(part.nodes, escaped)).encode())
        if isinstance(part, CompiledPart)
        else part
        for part in compiled.members
    )


def field_faults(
    compiled: CompiledTemplate, fields: Mapping[str, FieldSpec], given: Mapping[str, str]
) -> tuple[FieldFault, ...]:
    """All that is wrong: first by the marks in their order, then by the values in theirs."""
    first = {slot.mark.name: slot for slot in reversed(compiled.slots)}
    printed = {
        slot.mark.name: slot
        for slot in reversed(compiled.slots)
        if slot.mark.kind is MarkKind.FIELD and all(_stays(mark, given) for mark in slot.within)
    }
    asked = {slot.mark.name for slot in compiled.slots if slot.mark.kind is MarkKind.CLAUSE}
    return (
        *(FieldFault(FieldFaultKind.UNDECLARED, name, place=slot.place)
          for name, slot in first.items() if name not in fields),
        *_missing(fields, first, printed, given),
        *_not_wanted(fields, printed.keys() | asked, given),
        *_badly_written(fields, compiled.slots, given),
    )  # fmt: skip


def _missing(
    fields: Mapping[str, FieldSpec],
    first: Mapping[str, Slot],
    printed: Mapping[str, Slot],
    given: Mapping[str, str],
) -> Iterator[FieldFault]:
    for name, field in fields.items():
        if name not in given and (field.required or name in printed):
            slot = printed.get(name) or first.get(name)
            place = slot.place if slot else None
            yield FieldFault(FieldFaultKind.MISSING, name, field.label, place)


def _not_wanted(
    fields: Mapping[str, FieldSpec], wanted: Iterable[str], given: Mapping[str, str]
) -> Iterator[FieldFault]:
    for name in given:
        if name not in fields:
            yield FieldFault(FieldFaultKind.UNKNOWN, name)
        elif name not in wanted:
            yield FieldFault(FieldFaultKind.UNUSED, name, fields[name].label)


def _badly_written(
    fields: Mapping[str, FieldSpec], slots: tuple[Slot, ...], given: Mapping[str, str]
) -> Iterator[FieldFault]:
    printed = [slot for slot in slots if slot.mark.kind is MarkKind.FIELD]
    inline = {slot.mark.name for slot in printed if not slot.alone}
    places = {slot.mark.name: slot.place for slot in reversed(slots)}
    for name, value in given.items():
        if name not in fields:
            continue
        field, place = fields[name], places.get(name)
        if has_forbidden_character(value, field) or ("\n" in value and name in inline):
            yield FieldFault(FieldFaultKind.FORBIDDEN, name, field.label, place)
        elif not is_well_written(value, field):
            yield FieldFault(FieldFaultKind.MALFORMED, name, field.label, place, field.example)


def _stays(mark: Mark, given: Mapping[str, str]) -> bool:
    if mark.equals is None:
        return mark.name in given
    return given.get(mark.name) == mark.equals


def _escaped(value: str) -> str:
    return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _written(nodes: tuple[Node, ...], escaped: Mapping[str, str]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, str):
            yield node
        elif isinstance(node, Slot):
            yield escaped[node.mark.name]
        elif node.slot.mark.kind is MarkKind.FIELD:
            name = node.slot.mark.name
            for line in filter(str.strip, escaped[name].split("\n")):
                yield from _written(node.nodes, {name: line})
        elif _stays(node.slot.mark, escaped):
            yield from _written(node.nodes, escaped)


_SENTENCES = {
    FieldFaultKind.MISSING: N_("{name} ({field}) is missing."),
    FieldFaultKind.UNUSED: N_("{name} ({field}) is given but stands nowhere in this paper."),
    FieldFaultKind.UNKNOWN: N_("There is no field {field} in this template."),
    FieldFaultKind.UNDECLARED: N_("The mark {field} is not in fields.yaml."),
    FieldFaultKind.MALFORMED: N_("{name} ({field}) is not written like {example}."),
    FieldFaultKind.FORBIDDEN: N_("{name} ({field}) holds a line break or an invisible character."),
}
_PLACED = {
    FieldFaultKind.MISSING: N_("{name} ({field}) is missing at {place}."),
    FieldFaultKind.UNDECLARED: N_("The mark {field} at {place} is not in fields.yaml."),
    FieldFaultKind.MALFORMED: N_("{name} ({field}) at {place} is not written like {example}."),
    FieldFaultKind.FORBIDDEN: N_(
        "{name} ({field}) at {place} holds a line break or an invisible character."
    ),
}
