"""Two stories woven into one: the new one's tree, with what is new marked and what went set in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lxml import etree

from donflow.word.markup import W
from donflow.word.redlining.blocks import (
    Kind,
    Step,
    cells,
    ends_a_run,
    read_blocks,
    row_pairs,
    rows,
    steps,
)
from donflow.word.redlining.carrying import Redrafted
from donflow.word.redlining.comparing import Match
from donflow.word.redlining.revising import Reviser
from donflow.word.redlining.staying import keys_of, sequence, staying
from donflow.word.redlining.styling import seen_look
from donflow.word.redlining.units import (
    MARK,
    Fate,
    Placed,
    Unit,
    canonical,
    put_together,
    run_properties,
)

_BESIDE = {f"{W}rPr", f"{W}sectPr", f"{W}pPrChange"}
_ELSEWHERE = [
    f"{W}{name}" for name in ("footnoteReference", "endnoteReference", "drawing", "pict", "object")
]


@dataclass
class Loom:
    """Two parts under comparison, and the pairs of notes and boxes that wait to be compared."""

    work: Redrafted
    reviser: Reviser
    old_part: str
    new_part: str
    notes: list[tuple[etree._Element | None, etree._Element]] = field(default_factory=list)
    turn: bool = False  # whether insertions are written at the second of two moments
    inserting: bool = False  # whether the last mark was inserted
    open_end: bool = False  # whether an insertion reached the last mark, and the mark is kept


def weave(old: etree._Element | None, new: etree._Element, loom: Loom) -> None:
    """Write the differences of two bodies, cells, headers or notes into the new one's tree."""
    made = steps(
        read_blocks(old, loom.work.old, loom.old_part),
        read_blocks(new, loom.work.new, loom.new_part),
    )
    for at, step in enumerate(made):
        following = next((later.new[0].element for later in made[at + 1 :] if later.new), None)
        if step.kind is Kind.SAME:
            if _just_alike(step.old[0].element, step.new[0].element, loom):
                loom.open_end = loom.inserting and not step.new[0].units
                loom.inserting = False
            else:
                _write(step, [Match(0, 0, len(keys_of(step.new)))], new, following, loom)
        elif step.kind is Kind.CHANGED:
            matches = staying(step, pinned=ends_a_run(made, at))
            _write(step, matches, new, following, loom)
        elif step.kind is Kind.TABLE:
            loom.open_end = loom.inserting = False
            _weave_table(step.old[0].element, step.new[0].element, loom)
        elif step.kind is Kind.CAME:
            for row in rows(step.new[0].element):
                mark_row(row, Fate.INSERTED, loom)
        else:
            table = loom.work.brought(step.old[0].element, loom.old_part, loom.new_part)
            for row in rows(table):
                mark_row(row, Fate.DELETED, loom)
            _set_before(table, following, new)


def mark_row(row: etree._Element, fate: Fate, loom: Loom) -> None:
    """A row inserted or deleted, with all that stands in it."""
    loom.reviser.mark_row(row, fate.value)
    for cell in cells(row):
        mark_body(cell, fate, loom)


def mark_body(body: etree._Element, fate: Fate, loom: Loom) -> None:
    """All words of a cell, header or note inserted or deleted; its last mark cannot go."""
    part = loom.new_part
    blocks = read_blocks(body, loom.work.new, part)
    for at, block in enumerate(blocks):
        if block.is_table:
            for row in rows(block.element):
                mark_row(row, fate, loom)
            continue
        put_together(block.element, [Placed(unit, _fate(unit, fate)) for unit in block.units],
                     loom.reviser)  # fmt: skip
        if at + 1 < len(blocks) and not blocks[at + 1].is_table:
            loom.reviser.mark_paragraph(block.element, fate.value)


def _fate(unit: Unit, fate: Fate) -> Fate:
    return Fate.KEPT if unit.key is None and fate is Fate.INSERTED else fate


def _weave_table(old: etree._Element, new: etree._Element, loom: Loom) -> None:
    olds, news = rows(old), rows(new)
    pairs = row_pairs(olds, news)
    i = j = 0
    for one, other in [*pairs, (len(olds), len(news))]:
        following = news[j] if j < len(news) else None
        for row in olds[i:one]:
            copy = loom.work.brought(row, loom.old_part, loom.new_part)
            mark_row(copy, Fate.DELETED, loom)
            _set_before(copy, following, new)
        for row in news[j:other]:
            mark_row(row, Fate.INSERTED, loom)
        if one < len(olds):
            for cell, other_cell in zip(cells(olds[one]), cells(news[other]), strict=True):
                if not _just_alike(cell, other_cell, loom):
                    weave(cell, other_cell, loom)
        i, j = one + 1, other + 1


def _just_alike(old: etree._Element, new: etree._Element, loom: Loom) -> bool:
    """Equal to the letter, and nothing in it whose look or words stand elsewhere.

    Notes and pictures stand in other parts; a list of one id may be another list.
    """
    if next(new.iter(*_ELSEWHERE), None) is not None or canonical(old) != canonical(new):
        return False
    return all(loom.work.lists.stays(number.get(f"{W}val", "")) for number in old.iter(f"{W}numId"))


def _write(
    step: Step,
    matches: Sequence[Match],
    body: etree._Element,
    following: etree._Element | None,
    loom: Loom,
) -> None:
    """Rebuild the paragraphs of a step from what becomes of each unit."""
    line: list[Placed] = []
    waiting = [block.element for block in step.new]
    own_units = {block.element: block.units for block in step.new}
    for one, former in _stream(step, matches, loom):
        if one.unit.key != MARK:
            line.append(one)
            continue
        assert one.unit.node is not None
        reviser = _reviser([*line, one], loom)
        if one.fate is Fate.DELETED:
            paragraph = etree.Element(f"{W}p")
            properties = one.unit.node.find(f"{W}pPr")
            if properties is not None:
                paragraph.append(loom.work.brought(properties, loom.old_part, loom.new_part))
            _set_before(paragraph, waiting[0] if waiting else following, body)
            reviser.mark_paragraph(paragraph, one.fate.value)
        else:
            paragraph = one.unit.node
            waiting.remove(paragraph)
            if one.fate is Fate.INSERTED:
                reviser.mark_paragraph(paragraph, one.fate.value)
            elif former is not None:
                _tell_former(former, paragraph, loom)
        if not _stands(line, own_units.get(paragraph, ())):
            put_together(paragraph, line, reviser)
        line = []


def _reviser(line: Sequence[Placed], loom: Loom) -> Reviser:
    """Whose moment the changes of a paragraph bear.

    LibreOffice takes two insertions of one moment on both sides of a kept paragraph mark for one
    and rejects the mark with them; it keeps apart what lies more than a minute apart.
    """
    words = [one for one in line if one.unit.key is not None]
    if loom.open_end and words[0].fate is Fate.INSERTED:
        loom.turn = not loom.turn
    reached = words[-2].fate is Fate.INSERTED if len(words) > 1 else loom.inserting
    loom.open_end = reached and words[-1].fate is Fate.KEPT
    loom.inserting = words[-1].fate is Fate.INSERTED
    return loom.reviser.later() if loom.turn else loom.reviser


def _stands(line: Sequence[Placed], units: Sequence[Unit]) -> bool:
    """Whether a paragraph of these units needs no writing at all."""
    return len(line) == len(units) and all(
        one.unit is unit and one.fate is Fate.KEPT and not one.formatted
        for one, unit in zip(line, units, strict=True)
    )


def _stream(
    step: Step, matches: Sequence[Match], loom: Loom
) -> Iterator[tuple[Placed, etree._Element | None]]:
    """Every unit in the order of the redline; a kept mark comes with its former paragraph."""
    old = [unit for unit in sequence(step.old) if unit.key is not None]
    new = sequence(step.new)
    solid = [place for place, unit in enumerate(new) if unit.key is not None]
    brought = _Brought(loom)
    i = at = 0  # in `old`, and in `new` with its signs of places
    for match in [*matches, Match(len(old), len(solid), 0)]:
        for unit in old[i : match.old]:
            yield Placed(brought.unit(unit), Fate.DELETED), None
        stop = solid[match.new] if match.new < len(solid) else len(new)
        for unit in new[at:stop]:
            fate = Fate.KEPT if unit.key is None else Fate.INSERTED
            if fate is Fate.INSERTED:
                _met(None, unit, loom)
            yield Placed(unit, fate), None
        at = stop
        for step_in in range(match.size):
            before = old[match.old + step_in]
            place = solid[match.new + step_in]
            for unit in new[at:place]:
                yield Placed(unit, Fate.KEPT), None
            at = place + 1
            _met(before, new[place], loom)
            if before.key == MARK:
                yield Placed(new[place], Fate.KEPT), before.node
            else:
                yield brought.kept(before, new[place]), None
        i = match.old + match.size


_Runs = tuple[etree._Element | None, etree._Element | None]


@dataclass
class _Brought:
    """Old runs and their properties, each brought over once."""

    loom: Loom
    runs: dict[etree._Element, etree._Element] = field(default_factory=dict)
    formers: dict[_Runs, tuple[bool, etree._Element | None]] = field(default_factory=dict)

    def unit(self, unit: Unit) -> Unit:
        """A unit of the old file for deletion in the new."""
        if unit.key == MARK:
            return unit
        node = None if unit.node is None else self._copy(unit.node)
        parts = tuple(map(self.unit, unit.parts))
        run = None if unit.run is None else self._run(unit.run)
        return Unit(unit.key, unit.shells, run, node, unit.text, parts)

    def kept(self, old: Unit, new: Unit) -> Placed:
        """A unit that stays, with its former formatting where people would see a difference."""
        key = (old.run, new.run)
        if key not in self.formers:
            one, other = run_properties(old), run_properties(new)
            former = None if one is None else self._copy(one)
            changed = seen_look(former) != seen_look(other)
            self.formers[key] = (changed, former if changed else None)
        changed, former = self.formers[key]
        return Placed(new, Fate.KEPT, former, changed and not new.parts)

    def _run(self, run: etree._Element) -> etree._Element:
        if run not in self.runs:
            shell = etree.Element(f"{W}r")
            properties = run.find(f"{W}rPr")
            if properties is not None:
                shell.append(self._copy(properties))
            self.runs[run] = shell
        return self.runs[run]

    def _copy(self, element: etree._Element) -> etree._Element:
        return self.loom.work.brought(element, self.loom.old_part, self.loom.new_part)


def _tell_former(old: etree._Element, new: etree._Element, loom: Loom) -> None:
    """Former paragraph properties (style, list, indents), where they differ."""
    properties = old.find(f"{W}pPr")
    former = None
    if properties is not None:
        former = loom.work.brought(properties, loom.old_part, loom.new_part)
    if _paragraph_look(former) != _paragraph_look(new.find(f"{W}pPr")):
        loom.reviser.former_paragraph(new, former)


def _paragraph_look(properties: etree._Element | None) -> list[bytes]:
    return [canonical(one) for one in (() if properties is None else properties)
            if one.tag not in _BESIDE]  # fmt: skip


def _met(old: Unit | None, new: Unit, loom: Loom) -> None:
    """Notes and boxes of a unit: those of both files are compared in their turn."""
    if new.node is None or new.key == MARK:
        return
    if new.node.tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
        loom.notes.append((None if old is None else old.node, new.node))
    elif old is not None and old.node is not None:
        olds, news = (list(node.iter(f"{W}txbxContent")) for node in (old.node, new.node))
        for one, other in zip(olds, news, strict=False):
            if not _just_alike(one, other, loom):
                weave(one, other, loom)


def _set_before(
    element: etree._Element, following: etree._Element | None, body: etree._Element
) -> None:
    """Set a block or row before another one, outside a content control that begins there."""
    if following is None:
        last = next((child for child in body if child.tag == f"{W}sectPr"), None)
        if last is None:
            body.append(element)
        else:
            last.addprevious(element)
        return
    place = following
    parent = place.getparent()
    while (
        parent is not None
        and parent.tag in (f"{W}sdtContent", f"{W}sdt", f"{W}customXml")
        and (parent.tag == f"{W}sdt" or parent[0] is place)
    ):
        place, parent = parent, parent.getparent()
    place.addprevious(element)
