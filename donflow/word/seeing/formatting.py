"""Formatting as it takes effect: a run's or paragraph's own, its styles', the document's.

ECMA-376-1, 17.7.2: own properties, then the character style, the paragraph style, each with
those it is based on, then the document's defaults.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from donflow.word.markup import W
from donflow.word.seeing.package import Package

Properties = Mapping[str, etree._Element]
_OFF = {"0", "false", "off", "none"}
_DEEPEST = 32


@dataclass(frozen=True)
class Styles:
    """The styles of one file, by id."""

    by_id: Mapping[str, etree._Element]
    default_paragraph: str | None
    default_run: Properties
    default_paragraph_properties: Properties
    _runs: dict[tuple[str | None, str | None], Properties] = field(default_factory=dict)
    _paragraphs: dict[str | None, Properties] = field(default_factory=dict)

    def chain(self, style: str | None) -> tuple[etree._Element, ...]:
        """A style and those it is based on, nearest first; circles are cut."""
        found: list[etree._Element] = []
        while style is not None and style in self.by_id and len(found) < _DEEPEST:
            one = self.by_id[style]
            if one in found:
                break
            found.append(one)
            based = one.find(f"{W}basedOn")
            style = None if based is None else based.get(f"{W}val")
        return tuple(found)

    def of_paragraph(self, properties: etree._Element | None) -> Properties:
        """The effective paragraph properties of a w:pPr, by tag."""
        style = style_of(properties, "pStyle") or self.default_paragraph
        if style not in self._paragraphs:
            self._paragraphs[style] = self._gathered(
                self.default_paragraph_properties, style, "pPr"
            )
        return _over(self._paragraphs[style], properties)

    def of_run(
        self, properties: etree._Element | None, paragraph: etree._Element | None
    ) -> Properties:
        """The effective run properties of a w:rPr in a paragraph of this w:pPr, by tag."""
        key = (
            style_of(properties, "rStyle"),
            style_of(paragraph, "pStyle") or self.default_paragraph,
        )
        if key not in self._runs:
            of_paragraph = self._gathered(self.default_run, key[1], "rPr")
            self._runs[key] = self._gathered(of_paragraph, key[0], "rPr")
        return _over(self._runs[key], properties)

    def _gathered(self, base: Properties, style: str | None, kind: str) -> Properties:
        gathered = base
        for one in reversed(self.chain(style)):
            gathered = _over(gathered, one.find(f"{W}{kind}"))
        return gathered


def read_styles(package: Package) -> Styles:
    """The styles of a file; one without styles has none. Raises DamagedPart."""
    root = package.related_root("styles", f"{W}styles")
    if root is None:
        return Styles({}, None, {}, {})
    by_id = {one.get(f"{W}styleId", ""): one for one in root.iterchildren(f"{W}style")}
    default = next(
        (
            id_
            for id_, one in by_id.items()
            if one.get(f"{W}type") == "paragraph" and is_on(one.get(f"{W}default", "0"))
        ),
        None,
    )
    defaults = root.find(f"{W}docDefaults")
    run = None if defaults is None else defaults.find(f"{W}rPrDefault/{W}rPr")
    paragraph = None if defaults is None else defaults.find(f"{W}pPrDefault/{W}pPr")
    return Styles(by_id, default, _over({}, run), _over({}, paragraph))


def style_of(properties: etree._Element | None, tag: str) -> str | None:
    """The id of the style that properties name."""
    return value(None if properties is None else properties.find(f"{W}{tag}"))


def value(element: etree._Element | None, attribute: str = "val") -> str | None:
    """A w: attribute of an element that may not be there."""
    return None if element is None else element.get(f"{W}{attribute}")


def whole(text: str | None, default: int = 0) -> int:
    """A whole number as files write them; the default for what is none."""
    try:
        return int(float(text)) if text else default
    except (ValueError, OverflowError):
        return default


def is_on(setting: str | None) -> bool:
    """Whether an on/off value is on; a bare element is (ECMA-376-1, 17.17.4)."""
    return setting is None or setting.casefold() not in _OFF


def has(properties: Properties, tag: str) -> bool:
    """Whether an on/off property stands and is on."""
    element = properties.get(f"{W}{tag}")
    return element is not None and is_on(element.get(f"{W}val"))


def _over(base: Properties, properties: etree._Element | None) -> Properties:
    """The base with a property element's children over it; w:rFonts slot by slot."""
    if properties is None or not len(properties):
        return base
    merged = dict(base)
    for child in properties:
        tag = str(child.tag)
        if tag in _BY_ATTRIBUTE and tag in merged:
            whole_one = etree.Element(tag, dict(merged[tag].attrib))
            for name, given in child.attrib.items():
                whole_one.set(name, given)
            merged[tag] = whole_one
        else:
            merged[tag] = child
    return merged


_BY_ATTRIBUTE = {f"{W}rFonts", f"{W}ind", f"{W}spacing"}
