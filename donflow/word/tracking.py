"""Corrections written into a Word file as tracked changes, character for character."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import datetime

from lxml import etree

from donflow.errors import N_, DonflowError, Sentence, say
from donflow.word.markup import XML_SPACE, W
from donflow.word.redlining.revising import Reviser, reviser_for
from donflow.word.rewriting import rewritten
from donflow.word.seeing.elements import MC
from donflow.word.seeing.seen import SeenLine, Source, View, lines, open_document

_WORDS = (f"{W}t", f"{W}delText")
_OTHERS_INSERTIONS = (f"{W}ins", f"{W}moveTo")


@dataclass(frozen=True)
class Edit:
    """Characters `start` up to, not including, `end` of line `line` (from 1) become `text`.

    Line and characters are those of the reader's AFTER view, the automatic number included.
    """

    line: int
    start: int
    end: int
    text: str


class CannotTrack(DonflowError):
    """Some corrections cannot be written into the file; `details` tell each, none is written."""

    code = "cannot_track"
    message = N_("Corrections that cannot be written into the Word file: {count}.")
    remedy = N_("Correct these places in Word by hand.")

    def __init__(self, reasons: tuple[Sentence, ...]) -> None:
        super().__init__(count=len(reasons))
        self.reasons = reasons

    @property
    def details(self) -> tuple[Sentence, ...]:
        return self.reasons


def track_edits(docx: bytes, edits: Sequence[Edit], *, author: str, at: datetime) -> bytes:
    """The file with each edit as a deletion and an insertion of this author.

    Inserted words look like those they stand for. Changes that others tracked stay theirs:
    what is deleted of an insertion is still inserted by them (ECMA-376-1, 17.13.5). `at` is
    written as the author's clock shows it. Raises CannotTrack with every edit that cannot be
    written, and what the reader raises for a file it cannot open.
    """
    document = open_document(docx)
    seen = lines(document, View.AFTER)
    reasons = tuple(_reasons(seen, edits))
    if reasons:
        raise CannotTrack(reasons)
    touched = {seen[edit.line - 1].part for edit in edits}
    package = document.package
    reviser = reviser_for(map(package.root, _parts_with_numbers(seen, package.main)), author, at)
    plans: dict[etree._Element, _Plan] = defaultdict(_Plan)
    for edit in edits:
        _plan(seen[edit.line - 1], edit, plans, reviser)
    for text in list(plans):
        for twin in _twins(text):
            plans[twin] = _like_plan(plans[text], twin)
    by_run: dict[etree._Element, dict[etree._Element, _Plan]] = defaultdict(dict)
    for text, plan in plans.items():
        run = text.getparent()
        assert run is not None
        by_run[run][text] = plan
    for run, changed in by_run.items():
        _rewrite(run, changed, reviser)
    return rewritten(package, sorted(touched))


@dataclass
class _Plan:
    """What becomes of one w:t: places deleted, and what is inserted before a place."""

    deleted: set[int] = field(default_factory=set)
    inserted: dict[int, list[tuple[str, etree._Element | None]]] = field(default_factory=dict)

    def insert(self, place: int, words: str, look: etree._Element | None) -> None:
        self.inserted.setdefault(place, []).append((words, look))


def _parts_with_numbers(seen: Sequence[SeenLine], main: str) -> list[str]:
    return list(dict.fromkeys([main, *(line.part for line in seen)]))


def _reasons(seen: Sequence[SeenLine], edits: Sequence[Edit]) -> Iterator[Sentence]:
    taken: dict[int, list[Edit]] = defaultdict(list)
    for edit in edits:
        reason = _against(seen, edit, taken[edit.line])
        if reason is None:
            taken[edit.line].append(edit)
        else:
            yield reason


def _against(seen: Sequence[SeenLine], edit: Edit, taken: Sequence[Edit]) -> Sentence | None:
    """Why an edit cannot be written beside those already taken; None where it can."""
    if not 1 <= edit.line <= len(seen):
        message = N_("There is no line {line}; the last is {last}.")
        return say(message, line=edit.line, last=len(seen))
    line = seen[edit.line - 1]
    if not 0 <= edit.start <= edit.end <= len(line.text):
        message = N_("Line {line} has {length} characters; {start} to {end} is not in it.")
        return say(message, line=edit.line, length=len(line.text), start=edit.start, end=edit.end)
    quote = line.text[edit.start : edit.end]
    if edit.start < line.label_length:
        message = N_("Line {line}: the number {label} is automatic; change the list in Word.")
        return say(message, line=edit.line, label=line.text[: line.label_length])
    if None in line.sources[edit.start : edit.end] or (
        edit.start == edit.end and _anchor(line, edit.start) is None
    ):
        message = N_("Line {line}: “{quote}” holds a tab, a sign or the edge of a cell.")
        return say(message, line=edit.line, quote=quote)
    if not all(map(_is_writable, edit.text)):
        message = N_("Line {line}: the new words hold a character that Word cannot keep.")
        return say(message, line=edit.line)
    if any(_overlap(edit, other) for other in taken):
        message = N_("Line {line}: two corrections reach for “{quote}”.")
        return say(message, line=edit.line, quote=quote)
    return None


def _overlap(edit: Edit, other: Edit) -> bool:
    if edit.start == edit.end or other.start == other.end:
        inner, outer = (edit, other) if edit.start == edit.end else (other, edit)
        return outer.start < inner.start < outer.end
    return edit.start < other.end and other.start < edit.end


def _is_writable(character: str) -> bool:
    """XML 1.0, 2.2, without line breaks: a correction stays in its paragraph."""
    return character == "\t" or (
        character >= " "
        and not "\ud800" <= character <= "\udfff"
        and character not in "\ufffe\uffff"
    )


def _anchor(line: SeenLine, place: int) -> Source | etree._Element | None:
    """Where words inserted at a place go: before a character of the file, or into a paragraph."""
    if place > line.label_length and (source := line.sources[place - 1]) is not None:
        return Source(source.element, source.offset + 1)
    if place < len(line.text) and (source := line.sources[place]) is not None:
        return source
    if line.row is None:
        empty = place == len(line.text)
        return line.paragraphs[-1].element if empty and line.paragraphs else None
    for cell, held in zip(line.row.iterchildren(f"{W}tc"), line.cells, strict=False):
        if held.start == held.stop == place:
            return next(cell.iterchildren(f"{W}p"), None)
    return None


def _plan(
    line: SeenLine, edit: Edit, plans: Mapping[etree._Element, _Plan], reviser: Reviser
) -> None:
    sources = [source for source in line.sources[edit.start : edit.end] if source is not None]
    for source in sources:
        plans[source.element].deleted.add(source.offset)
    if not edit.text:
        return
    if sources:
        after = Source(sources[-1].element, sources[-1].offset + 1)
        look = sources[0].element.getparent()
        plans[after.element].insert(after.offset, edit.text, look)
        return
    anchor = _anchor(line, edit.start)
    if isinstance(anchor, Source):
        run = anchor.element.getparent()
        plans[anchor.element].insert(anchor.offset, edit.text, run)
    elif anchor is not None:
        holder = reviser.container("inserted")
        holder.append(_new_run(edit.text, _look_of_mark(anchor)))
        anchor.append(holder)


def _twins(text: etree._Element) -> Iterator[etree._Element]:
    """The same words in what older programs show instead: a text box is written twice.

    Where the two do not read alike there is no twin, and the reader warns of them.
    """
    for around in text.iterancestors(f"{MC}AlternateContent"):
        own = next(one for one in text.iterancestors() if one.getparent() is around)
        mine = list(own.iter(*_WORDS))
        for other in around:
            theirs = list(other.iter(*_WORDS))
            if other is not own and [one.text for one in theirs] == [one.text for one in mine]:
                yield theirs[mine.index(text)]


def _like_plan(plan: _Plan, twin: etree._Element) -> _Plan:
    inserted = {
        place: [(words, twin.getparent()) for words, _ in put]
        for place, put in plan.inserted.items()
    }
    return _Plan(set(plan.deleted), inserted)


def _rewrite(
    run: etree._Element, changed: Mapping[etree._Element, _Plan], reviser: Reviser
) -> None:
    """The run in pieces: what stays, what is deleted, what is new, all with its look."""
    made: list[etree._Element] = []
    current: etree._Element | None = None
    for child in list(run):
        if child.tag == f"{W}rPr":
            continue
        if child not in changed:
            if current is None:
                current = _like(run)
                made.append(current)
            current.append(child)
            continue
        for fate, text, look in _stretches(child.text or "", changed[child]):
            if fate == "kept":
                if current is None:
                    current = _like(run)
                    made.append(current)
                current.append(_text("t", text))
                continue
            current = None
            holder = reviser.container(fate)
            if fate == "deleted":
                holder.append(_like(run))
                holder[0].append(_text("delText", text))
            else:
                holder.append(_new_run(text, None if look is None else look.find(f"{W}rPr")))
            made.append(holder)
    _set_in_place(run, made, reviser)


def _stretches(text: str, plan: _Plan) -> Iterator[tuple[str, str, etree._Element | None]]:
    start, fate = 0, "kept"
    for place in range(len(text) + 1):
        now = "deleted" if place in plan.deleted else "kept"
        inserted = plan.inserted.get(place, [])
        if place > start and (now != fate or inserted or place == len(text)):
            yield fate, text[start:place], None
            start = place
        for words, look in inserted:
            yield "inserted", words, look
        fate = now


def _set_in_place(run: etree._Element, made: Sequence[etree._Element], reviser: Reviser) -> None:
    """Our insertions stand beside another's, never inside: theirs is parted around ours."""
    parent = run.getparent()
    assert parent is not None
    if parent.tag not in _OTHERS_INSERTIONS or all(one.tag != f"{W}ins" for one in made):
        at = parent.index(run)
        parent[at : at + 1] = list(made)
        return
    later = list(run.itersiblings())
    parent.remove(run)
    place = shell = parent
    for one in [*made, *later]:
        if one in made and one.tag == f"{W}ins":
            place.addnext(one)
            place = one
            continue
        if place is not shell:
            place = shell = _continued(parent, place, reviser)
        shell.append(one)
    if not len(parent):
        holder = parent.getparent()
        assert holder is not None
        holder.remove(parent)


def _continued(
    insertion: etree._Element, after: etree._Element, reviser: Reviser
) -> etree._Element:
    """Another element of the same insertion: same author, same time, an id of its own."""
    shell = etree.Element(insertion.tag)
    for name, given in insertion.attrib.items():
        shell.set(name, given)
    shell.set(f"{W}id", str(next(reviser.numbers)))
    after.addnext(shell)
    return shell


def _like(run: etree._Element) -> etree._Element:
    made = etree.Element(f"{W}r")
    properties = run.find(f"{W}rPr")
    if properties is not None:
        made.append(deepcopy(properties))
    return made


def _new_run(text: str, properties: etree._Element | None) -> etree._Element:
    run = etree.Element(f"{W}r")
    if properties is not None:
        look = deepcopy(properties)
        for one in look.findall(f"{W}rPrChange"):
            look.remove(one)
        run.append(look)
    for number, part in enumerate(text.split("\t")):
        if number:
            etree.SubElement(run, f"{W}tab")
        if part:
            run.append(_text("t", part))
    return run


def _look_of_mark(paragraph: etree._Element) -> etree._Element | None:
    """The look that words typed into an empty paragraph take, without the mark's own changes."""
    properties = paragraph.find(f"{W}pPr/{W}rPr")
    if properties is None:
        return None
    look = deepcopy(properties)
    for one in list(look):
        if one.tag in (f"{W}ins", f"{W}del", f"{W}moveFrom", f"{W}moveTo", f"{W}rPrChange"):
            look.remove(one)
    return look


def _text(name: str, text: str) -> etree._Element:
    made = etree.Element(f"{W}{name}")
    made.set(XML_SPACE, "preserve")
    made.text = text
    return made
