"""A formula written in one line: one third as 1/3, a square as 10^2 (ECMA-376-1, 22.1)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lxml import etree

from donflow.word.seeing.elements import M

Part = str | etree._Element
"""A sign that the line needs, or an element whose own words stand there."""


def in_line(element: etree._Element) -> Iterator[Part]:
    """What a part of a formula reads as in one line; signs for what its shape alone says."""
    name = etree.QName(element).localname
    if name == "d":
        yield from _delimited(element)
    elif name == "rad":
        degree = element.find(f"{M}deg")
        if _words(degree):
            yield from _whole(degree)
        yield "√"
        yield from _whole(element.find(f"{M}e"))
    elif name == "nary":
        sign = element.find(f"{M}naryPr/{M}chr")
        yield "∫" if sign is None else sign.get(f"{M}val", "")
        yield from _joined(element, (("sub", ""), ("sup", "^"), ("e", " ")))
    elif name == "f":
        yield from _joined(element, (("num", ""), ("den", "/")))
    else:
        yield from _joined(element, (("e", ""), ("sub", ""), ("sup", "^")))


def _joined(element: etree._Element, parts: tuple[tuple[str, str], ...]) -> Iterator[Part]:
    for name, sign in parts:
        part = element.find(f"{M}{name}")
        if part is not None and _words(part):
            if sign:
                yield sign
            yield from _whole(part)


def _delimited(element: etree._Element) -> Iterator[Part]:
    """Brackets are a property of what they stand around; round ones where none are named."""
    properties = element.find(f"{M}dPr")
    begin, end, between = (
        _sign(properties, name, usual)
        for name, usual in (("begChr", "("), ("endChr", ")"), ("sepChr", "|"))
    )
    yield begin
    for at, inner in enumerate(element.iterchildren(f"{M}e")):
        if at:
            yield between
        yield inner
    yield end


def _sign(properties: etree._Element | None, name: str, usual: str) -> str:
    named = None if properties is None else properties.find(f"{M}{name}")
    return usual if named is None else named.get(f"{M}val", "")


def _whole(part: etree._Element | None) -> Iterator[Part]:
    """In brackets where it is more than one number or word: (a+b)/2."""
    if part is None:
        return
    if _is_one(part):
        yield part
    else:
        yield from ("(", part, ")")


def _is_one(part: etree._Element) -> bool:
    shaped = [one for one in part if etree.QName(one).localname in SHAPES]
    if shaped:
        bracketed = shaped[0].tag == f"{M}d" and part.find(f"{M}r") is None
        return len(shaped) == 1 and bracketed
    return _words(part).translate(_WITHIN_NUMBERS).isalnum()


def _words(part: etree._Element | None) -> str:
    return "" if part is None else "".join(one.text or "" for one in part.iter(f"{M}t"))


SHAPES: Final = ("f", "sSup", "sSub", "sSubSup", "rad", "nary", "d")
"""What says by its shape what a line must say by a sign."""
_WITHIN_NUMBERS: Final = str.maketrans("", "", ".,%％ ")
