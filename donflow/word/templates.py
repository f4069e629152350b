"""A template's folder, taken as a whole or refused with everything that is wrong in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from donflow.errors import N_, DonflowError, say
from donflow.word.filling import field_faults
from donflow.word.templating.compiling import CompiledTemplate, compile_template
from donflow.word.templating.declaring import FileFault, Heading, read_declaration, read_example
from donflow.word.templating.fields import FieldSpec, FieldType
from donflow.word.templating.marks import MarkKind

FIELDS = "fields.yaml"
EXAMPLE = "example.yaml"
FOOTER_CODE = "footer_code"


class FaultyTemplate(DonflowError):
    """A template's folder is not fit for use; every fault is named with its file and line."""

    code = "faulty_template"
    message = N_("The template {template} has {count} faults: {faults}")
    remedy = N_("Correct the files named and try again.")

    def __init__(self, template: str, faults: tuple[FileFault, ...]) -> None:
        sentences = tuple(fault.sentence for fault in faults)
        super().__init__(template=template, count=len(faults), faults=sentences)
        self.faults = faults


@dataclass(frozen=True)
class Template:
    """A template fit for use: what it says of itself, its Word file, its fields, one example."""

    heading: Heading
    content: bytes
    fields: Mapping[str, FieldSpec]
    example: Mapping[str, str]


def load_template(folder: Path, *, thoroughly: bool = True) -> Template:
    """Read a folder of fields.yaml, example.yaml and the Word file that fields.yaml names.

    Promises that marks and fields agree, that no optional field can leave a hole, and that the
    example fills the file; `thoroughly`, that another reader of Word files opens it too, which
    is asked once, when a person confirms the template. Raises FaultyTemplate with every fault;
    NotATemplate and BadMarks for the Word file itself.
    """
    declaration = read_declaration(_read(folder, FIELDS), FIELDS)
    example, example_faults = read_example(_read(folder, EXAMPLE), EXAMPLE)
    faults = (*declaration.faults, *example_faults)
    heading, fields = declaration.heading, declaration.fields
    if faults or heading is None:
        raise FaultyTemplate(folder.name, faults)
    content = _bytes(folder, heading.file)
    compiled = compile_template(content)
    faults = (
        *_disagreements(compiled, heading, fields),
        *(
            FileFault(EXAMPLE, None, fault.sentence)
            for fault in field_faults(compiled, fields, example)
        ),
    )
    if faults:
        raise FaultyTemplate(folder.name, faults)
    if thoroughly and not _opens(content):
        reason = say(N_("The file does not open as a Word document."))
        raise FaultyTemplate(folder.name, (FileFault(heading.file, None, reason),))
    return Template(heading, content, fields, example)


def _disagreements(
    compiled: CompiledTemplate, heading: Heading, fields: Mapping[str, FieldSpec]
) -> Iterator[FileFault]:
    """Where marks and fields do not agree; marks that no field declares the example tells."""
    marked = {slot.mark.name for slot in compiled.slots}
    for name, field in fields.items():
        if name not in marked:
            reason = say(N_("The field {name} has no mark in the Word file."), name=name)
            yield FileFault(FIELDS, field.line, reason)
    for slot in compiled.slots:
        mark, place = slot.mark, slot.place.sentence
        if mark.name not in fields:
            continue
        field = fields[mark.name]
        printed = mark.kind is MarkKind.FIELD
        if printed and not field.required and not slot.within:
            message = N_("{place}: {name} is optional but stands in no clause: it would be a hole.")
        elif printed and field.type is FieldType.LINES and not slot.alone:
            message = N_("{place}: {name} may have many lines and needs a paragraph of its own.")
        elif printed and field.type is FieldType.CHOICE:
            message = N_("{place}: {name} is a choice: it opens a clause and is not printed.")
        elif mark.equals is not None and mark.equals not in field.choices:
            message = N_("{place}: {name} is compared with what is none of its choices.")
        else:
            continue
        yield FileFault(heading.file, None, say(message, place=place, name=mark.name))
    in_footer = any(
        slot.mark.name == FOOTER_CODE and "footer" in slot.place.part for slot in compiled.slots
    )
    if in_footer != heading.footer_code:
        reason = say(N_("footer_code does not agree with the marks of the footer."))
        yield FileFault(FIELDS, None, reason)


def _opens(content: bytes) -> bool:
    """python-docx as a second reader: what it cannot open is not handed to a foundation."""
    from docx import Document  # here, for it takes 70 ms and only confirming a template needs it
    from docx.opc.exceptions import OpcError

    try:
        Document(BytesIO(content))
    except (OpcError, KeyError, ValueError):
        return False
    return True


def _read(folder: Path, name: str) -> str:
    try:
        return _bytes(folder, name).decode("utf-8-sig")
    except UnicodeDecodeError:
        reason = say(N_("The file is not UTF-8 text."))
        raise FaultyTemplate(folder.name, (FileFault(name, None, reason),)) from None


def _bytes(folder: Path, name: str) -> bytes:
    try:
        return (folder / name).read_bytes()
    except OSError:
        reason = say(N_("The file is not there or cannot be read."))
        raise FaultyTemplate(folder.name, (FileFault(name, None, reason),)) from None
