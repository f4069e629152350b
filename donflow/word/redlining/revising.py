"""The markup of tracked changes: whose, when, each with a number of its own in the package."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count

from lxml import etree

from donflow.word.markup import W

_CONTAINERS = {"inserted": "ins", "deleted": "del"}


@dataclass(frozen=True)
class Reviser:
    """Writes tracked changes of one author at one moment.

    `at` is written as the author's clock shows it, with a Z, as Word does (it knows no zones).
    """

    author: str
    at: datetime
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def later(self) -> Reviser:
        """The same one two minutes on, for what must not be taken for one with a change before."""
        return replace(self, at=self.at + timedelta(minutes=2))

    def container(self, fate: str) -> etree._Element:
        """An empty w:ins (`inserted`) or w:del (`deleted`) for runs."""
        return self._stamped(_CONTAINERS[fate])

    def mark_paragraph(self, paragraph: etree._Element, fate: str) -> None:
        """Mark a paragraph's end as inserted or deleted (CT_ParaRPr: before all else)."""
        properties = own(paragraph, "pPr", 0)
        mark = properties.find(f"{W}rPr")
        if mark is None:
            mark = etree.Element(f"{W}rPr")
            later = (f"{W}sectPr", f"{W}pPrChange")
            at = next((i for i, one in enumerate(properties) if one.tag in later), len(properties))
            properties.insert(at, mark)
        tag = _CONTAINERS[fate]
        after = mark.find(f"{W}ins") if tag == "del" else None
        mark.insert(0 if after is None else mark.index(after) + 1, self._stamped(tag))

    def mark_row(self, row: etree._Element, fate: str) -> None:
        """Mark a whole table row as inserted or deleted (CT_TrPr: before w:trPrChange)."""
        properties = row.find(f"{W}trPr")
        if properties is None:
            properties = etree.Element(f"{W}trPr")
            at = 1 if len(row) and row[0].tag == f"{W}tblPrEx" else 0
            row.insert(at, properties)
        if not len(properties):  # CT_TrPrBase asks for one property; this is what holds anyway
            etree.SubElement(properties, f"{W}cantSplit").set(f"{W}val", "off")
        change = properties.find(f"{W}trPrChange")
        stamp = self._stamped(_CONTAINERS[fate])
        properties.insert(len(properties) if change is None else properties.index(change), stamp)

    def former_run(self, run: etree._Element, former: etree._Element | None) -> None:
        """Say which properties a run had before (none: no w:rPr)."""
        properties = own(run, "rPr", 0)
        for one in properties.findall(f"{W}rPrChange"):
            properties.remove(one)
        change = self._stamped("rPrChange")
        kept = etree.SubElement(change, f"{W}rPr")
        kept.extend(deepcopy(list(former) if former is not None else []))
        properties.append(change)

    def former_paragraph(self, paragraph: etree._Element, former: etree._Element | None) -> None:
        """Say which properties a paragraph had before, without its mark's and section's."""
        properties = own(paragraph, "pPr", 0)
        for one in properties.findall(f"{W}pPrChange"):
            properties.remove(one)
        change = self._stamped("pPrChange")
        kept = etree.SubElement(change, f"{W}pPr")
        beside = {f"{W}rPr", f"{W}sectPr", f"{W}pPrChange"}
        kept.extend(deepcopy([one for one in former if one.tag not in beside]
                             if former is not None else []))  # fmt: skip
        properties.append(change)

    def _stamped(self, tag: str) -> etree._Element:
        element = etree.Element(f"{W}{tag}")
        element.set(f"{W}id", str(next(self.numbers)))
        element.set(f"{W}author", self.author)
        element.set(f"{W}date", written_time(self.at))
        return element


def reviser_for(roots: Iterable[etree._Element], author: str, at: datetime) -> Reviser:
    """A reviser whose numbers begin above every w:id of these parts."""
    highest = 0
    for root in roots:
        for element in root.iter(etree.Element):
            given = element.get(f"{W}id", "")
            if given.lstrip("-").isdigit():
                highest = max(highest, int(given))
    return Reviser(author, at, count(highest + 1))


def written_time(at: datetime) -> str:
    """The moment as w:date: local time of the `at` given, marked Z as Word itself writes it."""
    return at.replace(tzinfo=UTC, microsecond=0).isoformat().replace("+00:00", "Z")


def own(parent: etree._Element, name: str, at: int) -> etree._Element:
    """The properties element of this name, made at its place where there is none."""
    found = parent.find(f"{W}{name}")
    if found is None:
        found = etree.Element(f"{W}{name}")
        parent.insert(at, found)
    return found
