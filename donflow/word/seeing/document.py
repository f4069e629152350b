"""A Word file that came back, with its stories read: the ground that every reading stands on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from donflow.word.markup import W
from donflow.word.seeing.formatting import Styles, is_on, read_styles
from donflow.word.seeing.numbering import Numbering, read_numbering
from donflow.word.seeing.package import DamagedPart, Package, R, open_package
from donflow.word.seeing.stories import Marker, Paragraph, Story, paragraphs
from donflow.word.seeing.walking import read_story


@dataclass(frozen=True, eq=False)
class Document:
    """The package with its trees, its styles and numbering, and its stories in reading order."""

    package: Package
    styles: Styles
    numbering: Numbering
    stories: tuple[Story, ...]

    @property
    def body(self) -> Story:
        return self.stories[0]


def open_document(docx: bytes) -> Document:
    """Open and walk a .docx.

    Raises NotAWordFile, MissingPart or DamagedPart, which name what is wrong; no entity is
    resolved and no network asked.
    """
    package = open_package(docx)
    styles = read_styles(package)
    numbering = read_numbering(package, styles)
    return Document(package, styles, numbering, tuple(_stories(package, styles)))


def _stories(package: Package, styles: Styles) -> Iterator[Story]:
    body = _guarded(package.main, "body", package.body, styles)
    yield body
    for kind in ("footnote", "endnote"):
        yield from _notes(package, styles, body, kind)
    for kind, tag in (("header", "hdr"), ("footer", "ftr")):
        for part in _sheets(package, kind):
            root = package.root(part)
            if root.tag != f"{W}{tag}":
                raise DamagedPart(part)
            yield _guarded(part, kind, root, styles)


def _guarded(
    part: str,
    kind: str,
    container: etree._Element,
    styles: Styles,
    reference: tuple[Paragraph, Marker] | None = None,
) -> Story:
    try:
        if reference is None:
            return read_story(part, kind, container, styles)
        host, marker = reference
        return read_story(part, kind, container, styles, host, marker.tracks)
    except RecursionError as error:
        raise DamagedPart(part) from error


def _notes(package: Package, styles: Styles, body: Story, kind: str) -> Iterator[Story]:
    """The notes that the body refers to, in the order of the references."""
    references = [
        (paragraph, item)
        for paragraph in paragraphs(body.blocks)
        for item in paragraph.items
        if isinstance(item, Marker) and item.element.tag == f"{W}{kind}Reference"
    ]
    if not references:
        return
    root = package.related_root(f"{kind}s", f"{W}{kind}s")
    part = package.related(f"{kind}s")
    if root is None or part is None:
        return
    notes = {one.get(f"{W}id"): one for one in root.iterchildren(f"{W}{kind}")}
    for reference in references:
        note = notes.pop(reference[1].element.get(f"{W}id"), None)
        if note is not None and not reference[1].hidden:
            yield _guarded(part, kind, note, styles, reference)


def sections(body: etree._Element) -> list[etree._Element]:
    """The w:sectPr of each section, without those that a tracked change keeps as they were."""
    return [
        one
        for one in body.iter(f"{W}sectPr")
        if next(one.iterancestors(f"{W}sectPrChange"), None) is None
    ]


def _sheets(package: Package, kind: str) -> list[str]:
    """The headers or footers that pages show, section by section, each part once."""
    relations = package.relations(package.main) or {}
    settings = package.related_root("settings", f"{W}settings")
    even = None if settings is None else settings.find(f"{W}evenAndOddHeaders")
    shows_even = even is not None and is_on(even.get(f"{W}val"))
    parts: list[str] = []
    for section in sections(package.body):
        first = section.find(f"{W}titlePg")
        shows = {"default", None}
        if first is not None and is_on(first.get(f"{W}val")):
            shows.add("first")
        if shows_even:
            shows.add("even")
        for reference in section.iterchildren(f"{W}{kind}Reference"):
            relation = relations.get(reference.get(f"{R}id", ""))
            if relation is None or relation.external or reference.get(f"{W}type") not in shows:
                continue
            if relation.target not in parts:
                parts.append(relation.target)
    return parts
