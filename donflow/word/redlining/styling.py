"""The styles of two files laid side by side: which of those in use do not look the same."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from copy import deepcopy

from lxml import etree

from donflow.word.markup import W
from donflow.word.redlining.lists import Lists
from donflow.word.redlining.units import canonical
from donflow.word.seeing.package import Package

STYLED = (f"{W}pStyle", f"{W}rStyle", f"{W}tblStyle")
"""What says in words, paragraphs and tables which style they have."""

_SEEN = {f"{W}{name}" for name in (
    "rStyle", "rFonts", "b", "i", "u", "strike", "dstrike", "caps", "smallCaps", "vanish", "color",
    "sz", "highlight", "shd", "vertAlign", "em", "bdr", "effect", "spacing", "w", "position",
)}  # fmt: skip
_FONT_HINT = f"{W}hint"
_OF_TABLES = ("tblPr", "trPr", "tcPr", "tblStylePr")

Pair = tuple[etree._Element, etree._Element]


def styles_met(old: Package, new: Package, parts: Iterable[str]) -> list[Pair]:
    """The old styles that words of these old parts have, with the new ones of the same name."""
    olds = {one.get(f"{W}styleId", ""): one for one in _styles(old)}
    news = {(one.get(f"{W}type"), name_of(one)): one for one in _styles(new)}
    used = {given.get(f"{W}val", "") for part in parts for given in old.root(part).iter(*STYLED)}
    used |= {id_ for id_, one in olds.items() if one.get(f"{W}default") in ("1", "true", "on")}
    used = _with_their_bases(used, olds)
    return [
        (one, other)
        for id_, one in olds.items()
        if id_ in used and (other := news.get((one.get(f"{W}type"), name_of(one)))) is not None
    ]


def lists_met(met: Iterable[Pair]) -> Iterator[tuple[str, str]]:
    """The lists of styles of one name, by their ids in both files."""
    for one, other in met:
        numbers = [style.find(f"{W}pPr/{W}numPr/{W}numId") for style in (one, other)]
        given, fresh = ("" if one is None else one.get(f"{W}val", "") for one in numbers)
        if given and fresh:
            yield given, fresh


def styles_that_differ(met: Iterable[Pair], lists: Lists) -> list[str]:
    """The names of styles that look otherwise in the new file."""
    return [
        _spelled(one) for one, other in met if _definition(one, lists) != _definition(other, None)
    ]


def defaults_differ(old: Package, new: Package) -> bool:
    """Whether words and paragraphs without any style look otherwise in the new file."""
    one, other = (
        (
            seen_look(_default(package, "rPr")),
            [canonical(given) for given in _default(package, "pPr")],
        )
        for package in (old, new)
    )
    return one != other


def seen_look(properties: etree._Element | None) -> frozenset[bytes]:
    """What a reader sees of run properties."""
    found = []
    for one in () if properties is None else properties:
        if one.tag in _SEEN:
            kept = {name: given for name, given in one.attrib.items() if name != _FONT_HINT}
            if one.tag != f"{W}rFonts" or kept:
                found.append(repr((one.tag, sorted(map(str, kept.items())))).encode())
    return frozenset(found)


def style_of(package: Package, given: str) -> etree._Element | None:
    """The style of this id."""
    return next((one for one in _styles(package) if one.get(f"{W}styleId") == given), None)


def name_of(style: etree._Element) -> str:
    """A style's name, by which two files' styles are the same."""
    return _spelled(style).casefold()


def _styles(package: Package) -> list[etree._Element]:
    root = package.related_root("styles", f"{W}styles")
    return [] if root is None else list(root.iterchildren(f"{W}style"))


def _spelled(style: etree._Element) -> str:
    name = style.find(f"{W}name")
    return "" if name is None else name.get(f"{W}val", "")


def _with_their_bases(used: Iterable[str], styles: Mapping[str, etree._Element]) -> set[str]:
    found: set[str] = set()
    for given in used:
        while given in styles and given not in found:
            found.add(given)
            based = styles[given].find(f"{W}basedOn")
            given = "" if based is None else based.get(f"{W}val", "")
    return found


def _definition(style: etree._Element, lists: Lists | None) -> Hashable:
    """What the style asks for; its list by the id that it has in the new file (`lists` given)."""
    based, root = style.find(f"{W}basedOn"), style.getparent()
    base = "" if based is None else based.get(f"{W}val", "")
    bases = () if root is None else root.iterchildren(f"{W}style")
    return (
        next((name_of(one) for one in bases if one.get(f"{W}styleId") == base), ""),
        seen_look(style.find(f"{W}rPr")),
        tuple(canonical(_renumbered(one, lists)) for one in style.iterfind(f"{W}pPr/*")),
        tuple(canonical(one) for tag in _OF_TABLES for one in style.iterchildren(f"{W}{tag}")),
    )


def _renumbered(element: etree._Element, lists: Lists | None) -> etree._Element:
    copy = deepcopy(element)
    if lists is None:
        return copy
    for number in copy.iter(f"{W}numId"):
        given = number.get(f"{W}val", "")
        if lists.same(given):
            number.set(f"{W}val", lists.new_id(given))
        elif lists.known(given):
            number.set(f"{W}val", "a list of the old file only")
    return copy


def _default(package: Package, name: str) -> etree._Element:
    root = package.related_root("styles", f"{W}styles")
    found = None if root is None else root.find(f"{W}docDefaults/{W}{name}Default/{W}{name}")
    return etree.Element(f"{W}{name}") if found is None else found
