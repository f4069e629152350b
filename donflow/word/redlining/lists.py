"""The automatic numbering of two files laid side by side: which lists of theirs are the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from copy import deepcopy
from dataclasses import dataclass, field

from lxml import etree

from donflow.word.markup import W
from donflow.word.redlining.units import canonical

_UNSEEN = {f"{W}nsid", f"{W}tmpl", f"{W}multiLevelType"}


@dataclass
class Lists:
    """Lists of the old file by the ids that they have, or are given, in the new file."""

    old: etree._Element | None
    new: etree._Element | None
    _numbers: dict[str, str] = field(default_factory=dict)
    _abstracts: dict[str, str] = field(default_factory=dict)

    def known(self, given: str) -> bool:
        """Whether the old file defines this list at all."""
        return _number(self.old, given) is not None

    def same(self, given: str) -> bool:
        """Whether the new file has this list."""
        return given in self._numbers

    def new_id(self, given: str) -> str:
        """Its w:numId in the new file."""
        return self._numbers[given]

    def stays(self, given: str) -> bool:
        """Whether the list has the same id and the same look in both files."""
        return self._numbers.get(given, "" if self.known(given) else given) == given

    def bring(self, given: str, root: etree._Element, style: Callable[[str, str], str]) -> None:
        """Define an old list in the new file's numbering part."""
        source = _number(self.old, given)
        assert source is not None
        abstract = _abstract_id(source)
        if abstract not in self._abstracts:
            self._abstracts[abstract] = self._bring_abstract(abstract, root, style)
        copy = deepcopy(source)
        fresh = _fresh(root, "num", "numId")
        copy.set(f"{W}numId", fresh)
        pointer = copy.find(f"{W}abstractNumId")
        assert pointer is not None
        pointer.set(f"{W}val", self._abstracts[abstract])
        last = root.findall(f"{W}num")
        at = root.index(last[-1]) + 1 if last else len(root.findall(f"{W}abstractNum"))
        root.insert(at, copy)
        self._numbers[given] = fresh

    def _bring_abstract(
        self, given: str, root: etree._Element, style: Callable[[str, str], str]
    ) -> str:
        source = _abstract(self.old, given)
        fresh = _fresh(root, "abstractNum", "abstractNumId")
        copy = etree.Element(f"{W}abstractNum") if source is None else deepcopy(source)
        copy.set(f"{W}abstractNumId", fresh)
        for one in list(copy):
            if one.tag in (f"{W}nsid", f"{W}tmpl"):
                copy.remove(one)  # Word takes two lists of one nsid for one
        for one in copy.iter(f"{W}lvlPicBulletId"):
            one.set(f"{W}val", "0")
        for one in copy.iter(f"{W}pStyle"):
            one.set(f"{W}val", style(one.get(f"{W}val", ""), "paragraph"))
        present = root.findall(f"{W}abstractNum")
        at = root.index(present[-1]) + 1 if present else len(root.findall(f"{W}numPicBullet"))
        root.insert(at, copy)
        return fresh


def side_by_side(
    old: etree._Element | None,
    new: etree._Element | None,
    met: Iterable[tuple[str, str]],
) -> Lists:
    """Match the lists: those whose paragraphs `met` (same words, old id and new) come first."""
    lists = Lists(old, new)
    if old is None or new is None:
        return lists
    numbers = [one.get(f"{W}numId", "") for one in old.iterchildren(f"{W}num")]
    votes = [pair for pair, _ in Counter(met).most_common()]
    taken: set[str] = set()
    for given, other in [*votes, *((number, number) for number in numbers)]:
        if given in lists._numbers or other in taken or not _alike(lists, given, other):
            continue
        lists._numbers[given] = other
        taken.add(other)
        one, two = _number(old, given), _number(new, other)
        if one is not None and two is not None:
            lists._abstracts.setdefault(_abstract_id(one), _abstract_id(two))
    return lists


def _alike(lists: Lists, given: str, other: str) -> bool:
    one, two = _number(lists.old, given), _number(lists.new, other)
    if one is None or two is None:
        return False
    if lists._abstracts.get(_abstract_id(one), _abstract_id(two)) != _abstract_id(two):
        return False
    return _levels(_abstract(lists.old, _abstract_id(one))) == _levels(
        _abstract(lists.new, _abstract_id(two))
    ) and _overrides(one) == _overrides(two)


def _levels(abstract: etree._Element | None) -> tuple[bytes, ...]:
    if abstract is None:
        return ()
    return tuple(canonical(one) for one in abstract if one.tag not in _UNSEEN)


def _overrides(number: etree._Element) -> tuple[bytes, ...]:
    return tuple(canonical(one) for one in number.iterchildren(f"{W}lvlOverride"))


def _number(root: etree._Element | None, given: str) -> etree._Element | None:
    found = () if root is None else root.iterchildren(f"{W}num")
    return next((one for one in found if one.get(f"{W}numId") == given), None)


def _abstract(root: etree._Element | None, given: str) -> etree._Element | None:
    found = () if root is None else root.iterchildren(f"{W}abstractNum")
    return next((one for one in found if one.get(f"{W}abstractNumId") == given), None)


def _abstract_id(number: etree._Element) -> str:
    pointer = number.find(f"{W}abstractNumId")
    return "" if pointer is None else pointer.get(f"{W}val", "")


def _fresh(root: etree._Element, name: str, attribute: str) -> str:
    taken = [int(one.get(f"{W}{attribute}", "0")) for one in root.iterchildren(f"{W}{name}")]
    return str(max(taken, default=0) + 1)
