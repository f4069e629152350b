"""A Word file written again: the parts that changed anew, all others byte for byte."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lxml import etree

from donflow.word.packing import member, pack
from donflow.word.seeing.package import Package


def rewritten(
    package: Package, touched: Iterable[str], added: Mapping[str, bytes] | None = None
) -> bytes:
    """The package with its touched parts as their trees now stand, and with parts added."""
    fresh = {name: written(package.root(name)) for name in touched} | dict(added or {})
    names = dict.fromkeys((*package.names, *fresh))
    return pack(
        member(name, fresh[name] if name in fresh else package.bytes_of(name)) for name in names
    )


def written(root: etree._Element) -> bytes:
    """A part as bytes again."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
