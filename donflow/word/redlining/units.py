"""A paragraph taken apart into what can change alone (characters, tabs, fields), and rebuilt."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterator, Sequence
from copy import deepcopy
from enum import StrEnum
from typing import NamedTuple

from lxml import etree

from donflow.word.markup import W14, XML_SPACE, W
from donflow.word.redlining.revising import Reviser

MARK = "\u00b6"
"""The key of a paragraph's mark; a ¶ in the text is written otherwise as a key."""

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_SHELLS = {f"{W}{name}" for name in ("hyperlink", "sdt", "sdtContent", "smartTag", "customXml",
                                     "fldSimple", "dir", "bdo")}  # fmt: skip
_SHELL_PROPERTIES = {f"{W}{name}" for name in ("sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr")}
_SIGNS = {f"{W}tab": "\t", f"{W}cr": "\n", f"{W}noBreakHyphen": "\u2011", f"{W}softHyphen": "\xad"}
_SILENT = {f"{W}rPr", f"{W}lastRenderedPageBreak"}
_COUNTED = re.compile(r"\s*(PAGE|NUMPAGES|SECTIONPAGES)\b")  # counted anew on every page
_PASSING = re.compile(r"\}(rsid\w*|paraId|textId|anchorId|editId|spid|id)$|^id$|^o:spid$")
# One character as people see it: with its variation selectors, marks, joined emoji.
_GLYPH = re.compile(
    r"(?:[\U0001F1E6-\U0001F1FF]{2}|.)"
    r"(?:[\u0300-\u036f\u20d0-\u20ff\ufe00-\ufe0f\U000e0100-\U000e01ef\U0001f3fb-\U0001f3ff]"
    r"|\u200d.)*",
    re.DOTALL,
)


class Unit(NamedTuple):
    """The least that is kept, inserted or deleted whole.

    `key` is None for what only marks a place (bookmarks, the ends of comments). `shells` are the
    elements between paragraph and run, outermost first. A field is one unit of many `parts`.
    """

    key: Hashable | None
    shells: tuple[etree._Element, ...] = ()
    run: etree._Element | None = None
    node: etree._Element | None = None
    text: str = ""
    parts: tuple[Unit, ...] = ()


class Fate(StrEnum):
    """What becomes of a unit."""

    KEPT = "kept"
    INSERTED = "inserted"
    DELETED = "deleted"


class Placed(NamedTuple):
    """A unit in the redline; `former` are the run properties that a kept one had before."""

    unit: Unit
    fate: Fate
    former: etree._Element | None = None
    formatted: bool = False


def take_apart(
    paragraph: etree._Element, likeness: Callable[[etree._Element], Hashable]
) -> list[Unit]:
    """The units of a paragraph without tracked changes, in order.

    `likeness` tells when two pictures, boxes or notes count as the same.
    """
    units = list(_walk(paragraph, (), likeness))
    if next(paragraph.iter(f"{W}fldChar", f"{W}fldSimple"), None) is None:
        return units
    return _with_whole_fields(units)


def put_together(paragraph: etree._Element, placed: Sequence[Placed], reviser: Reviser) -> None:
    """Give the paragraph these units in place of its own; its w:pPr stays."""
    properties = paragraph.find(f"{W}pPr")
    for child in list(paragraph):
        if child is not properties:
            paragraph.remove(child)
    opened: list[tuple[etree._Element, etree._Element]] = []  # shell as it was, its copy
    groups = list(_groups(placed))
    for at, (shells, group) in enumerate(groups):
        if group[0].fate is Fate.DELETED:
            following = groups[at + 1][0] if at + 1 < len(groups) else ()
            shells = _common([shell for shell, _ in opened], following)
        while opened and [shell for shell, _ in opened] != list(shells[: len(opened)]):
            opened.pop()
        for shell in shells[len(opened) :]:
            copy = etree.SubElement(opened[-1][1] if opened else paragraph, shell.tag)
            for name, given in shell.attrib.items():
                copy.set(name, given)
            copy.extend(deepcopy([one for one in shell if one.tag in _SHELL_PROPERTIES]))
            opened.append((shell, copy))
        _write(opened[-1][1] if opened else paragraph, group, reviser)


def run_properties(unit: Unit) -> etree._Element | None:
    """The w:rPr of a unit's run."""
    run = unit.run if unit.run is not None or not unit.parts else unit.parts[0].run
    return None if run is None else run.find(f"{W}rPr")


def canonical(element: etree._Element, *without: str) -> bytes:
    """The element without what no reader sees: ids, revision marks, the parts named."""
    copy = deepcopy(element)
    copy.tail = None
    for one in list(copy.iter(etree.Element)):
        for name in [name for name in one.attrib if _PASSING.search(str(name))]:
            del one.attrib[name]
        if one.tag in without and one is not copy:
            for child in list(one):
                one.remove(child)
    return etree.tostring(copy, method="c14n")


def _walk(
    parent: etree._Element,
    shells: tuple[etree._Element, ...],
    likeness: Callable[[etree._Element], Hashable],
) -> Iterator[Unit]:
    for child in parent:
        if child.tag == f"{W}r":
            yield from _of_run(child, shells, likeness)
        elif child.tag == f"{W}sdt" and (box := child.find(f"{W}sdtPr/{W14}checkbox")) is not None:
            state = tuple(one.get(f"{W14}val") for one in box)
            shown = "".join(text.text or "" for text in child.iter(f"{W}t"))
            yield Unit(("box", state, shown), shells, None, child)
        elif child.tag in _SHELLS and child.find(f".//{W}r") is not None:
            yield from _walk(child, (*shells, child), likeness)
        elif isinstance(child.tag, str) and child.tag.startswith(_MATH):
            yield Unit(("formula", canonical(child)), shells, None, child)
        elif child.tag != f"{W}pPr" and child.tag not in _SHELL_PROPERTIES:
            yield Unit(None, shells, None, child)


def _of_run(
    run: etree._Element,
    shells: tuple[etree._Element, ...],
    likeness: Callable[[etree._Element], Hashable],
) -> Iterator[Unit]:
    for child in run:
        if child.tag in _SILENT:
            continue
        if child.tag == f"{W}t":
            for found in _GLYPH.finditer(child.text or ""):
                text = found.group()
                yield Unit("\\" + MARK if text == MARK else text, shells, run, None, text)
        elif child.tag == f"{W}commentReference":
            yield Unit(None, shells, run, child)
        elif child.tag == f"{W}br" and child.get(f"{W}type", "textWrapping") == "textWrapping":
            yield Unit("\n", shells, run, child)
        elif child.tag in _SIGNS:
            yield Unit(_SIGNS[child.tag], shells, run, child)
        else:
            yield Unit(likeness(child), shells, run, child)


def _with_whole_fields(units: list[Unit]) -> list[Unit]:
    """A field that begins and ends in the paragraph made one unit, its words part of its key."""
    made: list[Unit] = []
    at = 0
    while at < len(units):
        end = _end_of_field(units, at)
        if end > at:
            parts = tuple(units[at:end])
            made.append(Unit(_field_key(parts), _outer(parts[0]), None, None, "", parts))
            at = end
        else:
            made.append(units[at])
            at += 1
    return made


def _end_of_field(units: Sequence[Unit], at: int) -> int:
    simple = _simple(units[at])
    if simple is not None:
        end = at
        while end < len(units) and simple in units[end].shells:
            end += 1
        return end
    if _field_edge(units[at]) != "begin":
        return at
    depth = 0
    for end in range(at, len(units)):
        if units[end].shells != units[at].shells:
            return at
        depth += {"begin": 1, "end": -1}.get(_field_edge(units[end]), 0)
        if not depth:
            return end + 1
    return at


def _simple(unit: Unit) -> etree._Element | None:
    return next((shell for shell in unit.shells if shell.tag == f"{W}fldSimple"), None)


def _outer(unit: Unit) -> tuple[etree._Element, ...]:
    simple = _simple(unit)
    return unit.shells if simple is None else unit.shells[: unit.shells.index(simple)]


def _field_edge(unit: Unit) -> str:
    if unit.node is None or unit.node.tag != f"{W}fldChar":
        return ""
    return unit.node.get(f"{W}fldCharType", "")


def _field_key(parts: Sequence[Unit]) -> Hashable:
    simple = _simple(parts[0])
    code = (
        simple.get(f"{W}instr", "")
        if simple is not None
        else "".join(
            part.node.text or ""
            for part in parts
            if part.node is not None and part.node.tag == f"{W}instrText"
        )
    )
    shown = "" if _COUNTED.match(code) else "".join(part.text for part in parts)
    return ("field", " ".join(code.split()), shown)


def _groups(
    placed: Sequence[Placed],
) -> Iterator[tuple[tuple[etree._Element, ...], list[Placed]]]:
    """Neighbours of one fate in the same shells."""
    group: list[Placed] = []
    for one in placed:
        if group and (_place(one) != _place(group[-1])):
            yield group[0].unit.shells, group
            group = []
        group.append(one)
    if group:
        yield group[0].unit.shells, group


def _place(one: Placed) -> tuple[object, ...]:
    still = one.unit.key is None and one.unit.run is None
    if one.fate is Fate.DELETED:
        return (one.fate,)
    return (Fate.KEPT if still else one.fate, *map(id, one.unit.shells))


def _common(
    opened: Sequence[etree._Element], following: Sequence[etree._Element]
) -> tuple[etree._Element, ...]:
    shared = []
    for one, other in zip(opened, following, strict=False):
        if one is not other:
            break
        shared.append(one)
    return tuple(shared)


def _write(parent: etree._Element, group: Sequence[Placed], reviser: Reviser) -> None:
    fate = group[0].fate
    flat = [
        Placed(part, one.fate, one.former, one.formatted)
        for one in group
        for part in _laid_out(one)
    ]
    holder: etree._Element | None = None
    at = 0
    while at < len(flat):
        one = flat[at]
        if one.unit.key is None and one.unit.run is None:
            if one.unit.node is not None:
                parent.append(one.unit.node)
            holder = None
            at += 1
            continue
        if _simple(one.unit) is not None and fate is Fate.KEPT:
            simple = _simple(one.unit)
            while at < len(flat) and _simple(flat[at].unit) is simple:
                at += 1
            assert simple is not None
            parent.append(simple)
            continue
        end = at + 1
        while end < len(flat) and _same_run(one, flat[end]):
            end += 1
        loose = one.unit.key is None  # the sign of a comment belongs to no change
        if fate is not Fate.KEPT and not loose and holder is None:
            holder = reviser.container(fate.value)
            parent.append(holder)
        target = parent if holder is None or loose else holder
        if loose:
            holder = None
        target.append(_run(flat[at:end], reviser))
        at = end


def _laid_out(one: Placed) -> Sequence[Unit]:
    """A unit's parts; a simple field that is changed becomes one of many runs.

    w:ins and w:del hold no w:fldSimple (ECMA-376 part 1, 17.13.5.14).
    """
    simple = _simple(one.unit.parts[0]) if one.unit.parts else None
    if simple is None or one.fate is Fate.KEPT:
        return one.unit.parts or (one.unit,)
    inside = [Unit(part.key, (), part.run, part.node, part.text) for part in one.unit.parts]
    first = inside[0].run

    def sign(kind: str) -> Unit:
        node = etree.Element(f"{W}fldChar")
        node.set(f"{W}fldCharType", kind)
        return Unit(("edge", kind), (), first, node)

    code = etree.Element(f"{W}instrText")
    code.text = simple.get(f"{W}instr", "")
    code.set(XML_SPACE, "preserve")
    return [sign("begin"), Unit("code", (), first, code), sign("separate"), *inside, sign("end")]


def _same_run(one: Placed, other: Placed) -> bool:
    return (
        one.unit.run is other.unit.run is not None
        and one.unit.key is not None
        and other.unit.key is not None
        and one.former is other.former
        and one.formatted == other.formatted
        and _simple(one.unit) is None
        and _simple(other.unit) is None
    )


def _run(group: Sequence[Placed], reviser: Reviser) -> etree._Element:
    """One run of units of one run before; deleted words and field codes are renamed."""
    source = group[0].unit.run
    deleted = group[0].fate is Fate.DELETED
    if source is None:  # a formula or a check box stands without a run
        assert group[0].unit.node is not None
        whole = deepcopy(group[0].unit.node)
        for word in whole.iter(f"{W}t") if deleted else ():
            word.tag = f"{W}delText"
        return whole
    run = etree.Element(f"{W}r")
    properties = source.find(f"{W}rPr")
    if properties is not None:
        run.append(deepcopy(properties))
    text: etree._Element | None = None
    for one in group:
        if one.unit.node is not None:
            text = None
            node = deepcopy(one.unit.node)
            node.tail = None
            if deleted and node.tag == f"{W}instrText":
                node.tag = f"{W}delInstrText"
            run.append(node)
            continue
        if text is None:
            text = etree.SubElement(run, f"{W}delText" if deleted else f"{W}t")
            text.set(XML_SPACE, "preserve")
            text.text = ""
        text.text = (text.text or "") + one.unit.text
    if group[0].formatted:
        reviser.former_run(run, group[0].former)
    return run
