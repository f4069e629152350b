"""What a Word file refers to and does not hold, so that nothing of it is lost without a word."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from donflow.errors import N_, Sentence, say
from donflow.word.markup import W
from donflow.word.seeing.document import Document, sections
from donflow.word.seeing.package import R
from donflow.word.seeing.stories import Marker, paragraphs

_REFERENCES = {
    f"{W}commentReference": ("comments", "comment"),
    f"{W}footnoteReference": ("footnotes", "footnote"),
    f"{W}endnoteReference": ("endnotes", "endnote"),
}
_SPOKEN = ("comments", "commentsExtended", "footnotes", "endnotes", "numbering", "styles")


def find_dangling(document: Document) -> Iterator[Sentence]:
    """Comments, notes and headers that are gone, and parts that nothing points to."""
    yield from _gone(document)
    yield from _sheets_gone(document)
    package = document.package
    folder = posixpath.dirname(package.main)
    for kind in _SPOKEN:
        part = posixpath.join(folder, f"{kind}.xml")
        if part in package.names and package.related(kind) is None:
            yield say(
                N_("Nothing in the file points to its part {part}; it was not read."), part=part
            )


def _gone(document: Document) -> Iterator[Sentence]:
    held = {tag: _ids(document, *names) for tag, names in _REFERENCES.items()}
    for story in document.stories:
        gone = {
            (item.element.tag, item.element.get(f"{W}id", ""))
            for paragraph in paragraphs(story.blocks)
            for item in paragraph.items
            if isinstance(item, Marker)
            and item.element.tag in _REFERENCES
            and item.element.get(f"{W}id", "") not in held[item.element.tag]
        }
        comments = sum(tag == f"{W}commentReference" for tag, _ in gone)
        if comments:
            message = N_("{part} refers to {count} comments that are not in the file.")
            yield say(message, part=story.part, count=comments)
        if notes := len(gone) - comments:
            message = N_("{part} refers to {count} notes that are not in the file.")
            yield say(message, part=story.part, count=notes)


def _ids(document: Document, part: str, name: str) -> frozenset[str]:
    root = document.package.related_root(part, f"{W}{part}")
    found = () if root is None else root.iterchildren(f"{W}{name}")
    return frozenset(one.get(f"{W}id", "") for one in found)


def _sheets_gone(document: Document) -> Iterator[Sentence]:
    relations = document.package.relations(document.package.main) or {}
    tied = (
        reference.get(f"{R}id", "")
        for section in sections(document.package.body)
        for kind in ("header", "footer")
        for reference in section.iterchildren(f"{W}{kind}Reference")
    )
    if any(id_ not in relations for id_ in tied):
        message = N_("{part} refers to a header or footer that is not in the file.")
        yield say(message, part=document.package.main)
