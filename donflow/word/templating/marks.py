"""The marks that a person writes into a Word file: found over split runs, each given its own."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from lxml import etree

from donflow.word.markup import XML_SPACE, W, pieces

_MARK = re.compile(
    r"""(?<!\{)\{\{\s*(?:
        clause\s+(?P<condition>[a-z][a-z0-9_]*)(?:\s*=\s*(?P<equals>[^\s{}=&<>]+))?
      | (?P<end>end)
      | (?!clause\b)(?P<field>[a-z][a-z0-9_]*)
    )\s*\}\}(?!\})""",
    re.VERBOSE,
)


class MarkKind(StrEnum):
    """What a mark does: print a value, or open or end a clause that may fall away."""

    FIELD = "field"
    CLAUSE = "clause"
    END = "end"


@dataclass(frozen=True)
class Mark:
    """`{{name}}`, `{{clause name}}`, `{{clause name=equals}}` or `{{end}}`."""

    kind: MarkKind
    name: str = ""
    equals: str | None = None


def find_marks(text: str) -> Iterator[tuple[Mark, int, int]]:
    """The well-formed marks of a text, in order, each with where it begins and ends."""
    for found in _MARK.finditer(text):
        yield _mark(found), *found.span()


def stray_braces(text: str) -> bool:
    """Whether doubled braces remain that are no well-formed mark."""
    rest = _MARK.sub("", text)
    return "{{" in rest or "}}" in rest


def isolate_marks(paragraph: etree._Element) -> list[tuple[Mark, etree._Element]]:
    """Give each mark of a paragraph a run of its own, with the formatting of its first run.

    Word splits a mark wherever its spelling check or an edit passed. Returns the marks with
    their runs, in order; the words around them stay as they were.
    """
    found = list(pieces(paragraph))
    text = "".join(words for _, words in found)
    isolated = [
        (mark, _isolate(found, start, end)) for mark, start, end in reversed(list(find_marks(text)))
    ]
    if isolated:
        _drop_emptied(found)
    return isolated[::-1]


def _mark(found: re.Match[str]) -> Mark:
    if found["end"]:
        return Mark(MarkKind.END)
    if found["condition"]:
        return Mark(MarkKind.CLAUSE, found["condition"], found["equals"])
    return Mark(MarkKind.FIELD, found["field"])


def _isolate(found: list[tuple[etree._Element, str]], start: int, end: int) -> etree._Element:
    """Cut the characters of one mark out of its pieces and put an empty run in their place.

    Marks are taken from the last to the first: what follows in the piece is cut off already, so
    that offsets into the text as it was still fit.
    """
    first, tail, offset = None, "", 0
    for piece, words in found:
        here, there = max(start - offset, 0), min(end - offset, len(words))
        offset += len(words)
        if here >= there:
            continue
        text = piece.text or ""
        if first is None:
            first, tail = piece, text[there:]
            _write(piece, text[:here])
        else:
            _write(piece, text[there:])
    assert first is not None
    return _run_after(first, tail)


def _run_after(text: etree._Element, tail: str) -> etree._Element:
    """An empty run right after a text element; what follows there moves to a run behind it."""
    run = text.getparent()
    assert run is not None
    mark_run, tail_run = _like(run), _like(run)
    followers = list(text.itersiblings())
    if tail:
        _write(etree.SubElement(tail_run, f"{W}t"), tail)
    tail_run.extend(followers)
    run.addnext(mark_run)
    if tail or followers:
        mark_run.addnext(tail_run)
    return mark_run


def _drop_emptied(found: list[tuple[etree._Element, str]]) -> None:
    """Take away the runs that held nothing but marks."""
    for piece, _ in found:
        run = piece.getparent()
        if run is not None and piece.tag == f"{W}t" and not piece.text:
            run.remove(piece)
            if all(child.tag == f"{W}rPr" for child in run):
                _remove(run)


def _remove(run: etree._Element) -> None:
    parent = run.getparent()
    if parent is not None:
        parent.remove(run)


def _like(run: etree._Element) -> etree._Element:
    """An empty run with the same formatting."""
    new = etree.Element(f"{W}r")
    formatting = run.find(f"{W}rPr")
    if formatting is not None:
        new.append(copy.deepcopy(formatting))
    return new


def _write(element: etree._Element, words: str) -> None:
    element.text = words
    element.set(XML_SPACE, "preserve")
