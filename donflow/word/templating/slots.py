"""One part of a template taken apart: markup, and between it the places that wait for values."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from donflow.errors import N_, Sentence, say
from donflow.word.faults import Place
from donflow.word.markup import W14, XML_SPACE, W, lines, paragraphs, pieces, text_of_line
from donflow.word.templating.marks import Mark, MarkKind, find_marks, isolate_marks, stray_braces

_CROSSING = N_(
    "{place}: a clause must open and end in one paragraph, or in two paragraphs of their own."
)
_HEADING = re.compile(r"(第[一二三四五六七八九十百]+条|附件[一二三四五六七八九十]*)(?!第).{0,40}")
# Text can never make a processing instruction, and the parser drops those of the file.
_SIGN = re.compile(r"<\?donflow (\d+)\?>")


@dataclass(frozen=True)
class Slot:
    """A mark of a field or a clause, and where it stands.

    `within`: the clauses around it. `alone`: it has a paragraph for itself, which repeats for
    each line of the value.
    """

    mark: Mark
    place: Place
    within: tuple[Mark, ...] = ()
    alone: bool = False


@dataclass(frozen=True)
class Group:
    """Markup that stands or falls with a clause, or is written once for each line of a value.

    The kind of its mark says which: CLAUSE or FIELD.
    """

    slot: Slot
    nodes: tuple[Node, ...]


Node = str | Slot | Group


@dataclass(frozen=True)
class ReadPart:
    """What a part holds; with faults, the nodes are not to be used."""

    nodes: tuple[Node, ...]
    slots: tuple[Slot, ...]
    faults: tuple[Sentence, ...]


def read_part(name: str, root: etree._Element) -> ReadPart:
    """Take a part's tree apart; the tree is changed."""
    signs = _Signs()
    clause = ""
    for number, line in enumerate(list(lines(root)), start=1):
        words = text_of_line(line).strip()
        clause = words if _HEADING.fullmatch(words) else clause
        for paragraph in list(paragraphs(line)):
            _set_signs(paragraph, Place(name, number, clause), signs)
    faults = signs.faults + _unbalanced(root, signs)
    if faults:
        return ReadPart((), (), tuple(faults))
    markup = etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
    return _assembled(markup.decode(), signs.signs)


@dataclass(frozen=True)
class _Sign:
    """What a processing instruction of ours stands for; no slot: the end of a group."""

    slot: Slot
    opens: bool = False
    ends: bool = False


@dataclass
class _Signs:
    """The signs set so far; their numbers are written into the tree."""

    signs: list[_Sign] = field(default_factory=list)
    faults: list[Sentence] = field(default_factory=list)

    def new(self, sign: _Sign) -> etree._Element:
        self.signs.append(sign)
        return etree.ProcessingInstruction("donflow", str(len(self.signs) - 1))


def _set_signs(paragraph: etree._Element, place: Place, signs: _Signs) -> None:
    words = "".join(text for _, text in pieces(paragraph))
    if stray_braces(words):
        signs.faults.append(
            say(N_("{place}: doubled braces that are no mark."), place=place.sentence)
        )
        return
    isolated = isolate_marks(paragraph)
    for mark, run in isolated:
        slot = Slot(mark, place)
        if mark.kind is MarkKind.FIELD:
            text = etree.SubElement(run, f"{W}t")
            text.set(XML_SPACE, "preserve")
            text.append(signs.new(_Sign(slot)))
        elif mark.kind is MarkKind.CLAUSE:
            _replace(run, signs.new(_Sign(slot, opens=True)))
        else:
            _replace(run, signs.new(_Sign(slot, ends=True)))
    _lift(paragraph, words.strip(), [mark for mark, _ in isolated], place, signs)


def _lift(
    paragraph: etree._Element, words: str, marks: list[Mark], place: Place, signs: _Signs
) -> None:
    """Let marks that fill a paragraph act on the whole of it: no blank line stays behind."""
    own = [child for child in paragraph if isinstance(child, etree._ProcessingInstruction)]
    spans = [(start, end) for _, start, end in find_marks(words)]
    if not spans or spans[0][0] != 0 or spans[-1][1] != len(words):
        return
    if len(marks) == 1 and marks[0].kind is MarkKind.FIELD:
        slot = Slot(marks[0], place)
        paragraph.attrib.pop(f"{W14}paraId", None)  # must be unique, and the paragraph repeats
        paragraph.addprevious(signs.new(_Sign(slot, opens=True)))
        paragraph.addnext(signs.new(_Sign(slot, ends=True)))
    elif len(marks) == 1 and own and paragraph.find(f".//{W}sectPr") is None:
        _replace(paragraph, own[0])
    elif _is_one_clause(marks) and len(own) > 1 and not _ends_cell(paragraph):
        paragraph.addprevious(own[0])
        paragraph.addnext(own[-1])


def _is_one_clause(marks: list[Mark]) -> bool:
    """Whether the first mark opens a clause that only the last one ends."""
    depth = 0
    for position, mark in enumerate(marks, start=1):
        depth += {MarkKind.CLAUSE: 1, MarkKind.END: -1}.get(mark.kind, 0)
        if depth <= 0:
            return mark.kind is MarkKind.END and position == len(marks)
    return False


def _ends_cell(paragraph: etree._Element) -> bool:
    """The last paragraph of a cell must stay, or Word calls the file damaged."""
    parent = paragraph.getparent()
    return parent is not None and parent.tag == f"{W}tc" and paragraph.getnext() is None


def _replace(old: etree._Element, new: etree._Element) -> None:
    parent = old.getparent()
    assert parent is not None
    parent.replace(old, new)


def _unbalanced(root: etree._Element, signs: _Signs) -> list[Sentence]:
    """Clauses that do not open and end in one place; in a cell, those that could empty it."""
    faults: list[Sentence] = []
    open_signs: list[tuple[etree._Element, Slot]] = []
    for instruction in root.iter(etree.PI):
        sign = signs.signs[int(instruction.text or "")]
        place = sign.slot.place.sentence
        if sign.opens:
            open_signs.append((instruction, sign.slot))
        elif sign.ends and not open_signs:
            faults.append(say(N_("{place}: an end without its clause."), place=place))
        elif sign.ends:
            start, _ = open_signs.pop()
            if start.getparent() is not instruction.getparent() or _empties_cell(instruction, sign):
                faults.append(say(_CROSSING, place=place))
    for _, slot in open_signs:
        name, place = slot.mark.name, slot.place.sentence
        faults.append(say(N_("{place}: clause {clause} has no end."), place=place, clause=name))
    return faults


def _empties_cell(instruction: etree._Element, sign: _Sign) -> bool:
    parent = instruction.getparent()
    in_cell = parent is not None and parent.tag == f"{W}tc"
    return in_cell and sign.slot.mark.kind is MarkKind.END and instruction.getnext() is None


def _assembled(markup: str, signs: list[_Sign]) -> ReadPart:
    """Nodes from markup with signs in it; every opening has its end."""
    slots: list[Slot] = []
    stack: list[tuple[Slot | None, list[Node]]] = [(None, [])]
    for position, piece in enumerate(_SIGN.split(markup)):
        nodes = stack[-1][1]
        if position % 2 == 0:
            if piece:
                nodes.append(piece)
            continue
        sign = signs[int(piece)]
        within = tuple(s.mark for s, _ in stack if s and s.mark.kind is MarkKind.CLAUSE)
        around = stack[-1][0]
        alone = around is not None and around.mark.kind is MarkKind.FIELD
        slot = Slot(sign.slot.mark, sign.slot.place, within, alone)
        if sign.opens:
            stack.append((slot, []))
        elif sign.ends:
            opener, inner = stack.pop()
            assert opener is not None
            stack[-1][1].append(Group(opener, tuple(inner)))
        else:
            nodes.append(slot)
        if not sign.ends and not (sign.opens and slot.mark.kind is MarkKind.FIELD):
            slots.append(slot)
    return ReadPart(tuple(stack[0][1]), tuple(slots), ())
