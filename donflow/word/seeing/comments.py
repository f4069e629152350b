"""The comments of a file: who, when, what, on which words, in which thread, and whether settled.

ECMA-376-1, 17.13.4 for the comments and their ranges; MS-DOCX, 2.5.4.4 (w15:commentEx) for
threads and their state, joined by the w14:paraId of a comment's last paragraph.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from donflow.word.markup import W14, W
from donflow.word.seeing.document import Document
from donflow.word.seeing.flow import tokens
from donflow.word.seeing.formatting import is_on
from donflow.word.seeing.package import DamagedPart
from donflow.word.seeing.seen import View, shown
from donflow.word.seeing.stories import Marker, Paragraph, Piece, paragraphs
from donflow.word.seeing.walking import read_story

W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"


@dataclass(frozen=True)
class FoundComment:
    """One comment; `parent` is the place of the one it answers among all, from 0.

    `place` is the paragraph of the words it hangs on, None where it hangs on nothing.
    """

    author: str
    at: str
    text: str
    anchor: str
    resolved: bool
    parent: int | None
    place: Paragraph | None


def find_comments(document: Document) -> tuple[FoundComment, ...]:
    """All comments in the order in which they hang on the text. Raises DamagedPart."""
    package = document.package
    part = package.related("comments")
    root = package.related_root("comments", f"{W}comments")
    if part is None or root is None:
        return ()
    anchors = _anchors(document)
    last = max((one.order for one in anchors.values()), default=0) + 1
    elements = sorted(
        root.iterchildren(f"{W}comment"),
        key=lambda one: anchors[_id(one)].order if _id(one) in anchors else last,
    )
    texts = [_text(part, one, document) for one in elements]
    states = _states(document, elements)
    found: list[FoundComment] = []
    for at, element in enumerate(elements):
        parent, resolved = states[at]
        top = _top(at, states)
        own = anchors.get(_id(element))
        anchor = own if own is not None and own.text else anchors.get(_id(elements[top]), own)
        found.append(
            FoundComment(
                author=element.get(f"{W}author", ""),
                at=element.get(f"{W}date", ""),
                text=texts[at],
                anchor="" if anchor is None else anchor.text,
                resolved=resolved or states[top][1],
                parent=parent,
                place=None if anchor is None else anchor.place,
            )
        )
    return tuple(found)


@dataclass
class _Anchor:
    """What a comment hangs on: words as parts, and the first paragraph that holds any.

    `order` is how much text stands before it: LibreOffice turns round those at one place.
    """

    order: int
    start: Paragraph
    words: dict[View | None, list[str]] = field(default_factory=dict)
    first: dict[View | None, Paragraph] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """As people see it in the end; the deleted words where nothing is left of them."""
        return next((text for view in _VIEWS if (text := self._of(view))), "")

    @property
    def place(self) -> Paragraph:
        return next((self.first[view] for view in _VIEWS if self._of(view)), self.start)

    def _of(self, view: View | None) -> str:
        return "".join(self.words.get(view, ())).strip("\n\t ")


_VIEWS: tuple[View | None, ...] = (View.AFTER, View.BEFORE, None)


def _anchors(document: Document) -> Mapping[str, _Anchor]:
    anchors: dict[str, _Anchor] = {}
    length = 0
    for story in document.stories:
        ended = {
            item.element.get(f"{W}id", "")
            for one in paragraphs(story.blocks)
            for item in one.items
            if isinstance(item, Marker) and item.element.tag == f"{W}commentRangeEnd"
        }
        for view in _VIEWS:
            opened: set[str] = set()
            for token in tokens(story, view):
                item = token.item
                length += len(token.text)
                if isinstance(item, Marker):
                    id_ = item.element.get(f"{W}id", "")
                    if item.element.tag in _PLACES:
                        anchors.setdefault(id_, _Anchor(length, token.paragraph))
                    # A range without an end would take all that follows.
                    if item.element.tag == f"{W}commentRangeStart" and id_ in ended:
                        opened.add(id_)
                    elif item.element.tag == f"{W}commentRangeEnd":
                        opened.discard(id_)
                    continue
                for id_ in opened:
                    anchor = anchors[id_]
                    anchor.words.setdefault(view, []).append(token.text)
                    if item is not None and token.text.strip():
                        anchor.first.setdefault(view, token.paragraph)
    return anchors


_PLACES = {f"{W}commentRangeStart", f"{W}commentReference"}


def _text(part: str, comment: etree._Element, document: Document) -> str:
    """The comment's own paragraphs, one a line."""
    try:
        story = read_story(part, "comment", comment, document.styles)
    except RecursionError as error:
        raise DamagedPart(part) from error
    lines = (
        "".join(item.text for item in shown(one, View.AFTER) if isinstance(item, Piece))
        for one in paragraphs(story.blocks)
    )
    return "\n".join(lines).strip()


def _states(document: Document, elements: list[etree._Element]) -> list[tuple[int | None, bool]]:
    """For each comment the one it answers, and whether it is settled; absent means neither."""
    places: dict[str, int] = {}
    for at, element in enumerate(elements):
        named = (one.get(f"{W14}paraId", "").upper() for one in element.iter(f"{W}p"))
        ids = [id_ for id_ in named if id_]
        # The last paragraph's is the one that counts; some writers take another.
        for id_ in ids[:-1]:
            places.setdefault(id_, at)
        if ids:
            places[ids[-1]] = at
    states: list[tuple[int | None, bool]] = [
        (None, is_on(one.get(f"{W15}done", "0"))) for one in elements
    ]
    extended = document.package.related_root("commentsExtended", f"{W15}commentsEx")
    if extended is None:
        return states
    parents: dict[int, int] = {}
    for one in extended.iterchildren(f"{W15}commentEx"):
        place = places.get(one.get(f"{W15}paraId", "").upper())
        if place is None:
            continue
        parent = places.get(one.get(f"{W15}paraIdParent", "").upper())
        if parent is not None and parent != place:
            parents[place] = parent
        states[place] = (None, is_on(one.get(f"{W15}done", "0")))
    return [(parents.get(place), done) for place, (_, done) in enumerate(states)]


def _top(place: int, states: list[tuple[int | None, bool]]) -> int:
    """The comment that began the thread of this one; a circle is no thread."""
    seen = {place}
    while (parent := states[place][0]) is not None and parent not in seen:
        place = parent
        seen.add(place)
    return place


def _id(comment: etree._Element) -> str:
    return comment.get(f"{W}id", "")
