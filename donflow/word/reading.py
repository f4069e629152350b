"""A Word file read completely: both texts, comments, changes, warnings, and the paper they make."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from donflow.errors import Sentence
from donflow.precheck.anatomy import Anatomy, dissect
from donflow.precheck.paper import Paper
from donflow.word.seeing.changes import ChangeKind, FoundChange, find_changes
from donflow.word.seeing.comments import FoundComment, find_comments
from donflow.word.seeing.document import Document, open_document
from donflow.word.seeing.layout import as_paper
from donflow.word.seeing.package import DamagedPart
from donflow.word.seeing.seen import SeenLine, View, lines
from donflow.word.seeing.stories import Paragraph, paragraphs
from donflow.word.seeing.warnings import find_warnings


@dataclass(frozen=True)
class Comment:
    """A comment as a person reads it; `parent` is the `id` of the one that it answers.

    `at` is the time as it is written in the file, without a zone. `anchor` are the words it
    hangs on, empty where it hangs on a point. `clause` is the label of the outermost numbered
    unit there (第三条, 三, 附件一), empty outside of all.
    """

    id: int
    author: str
    at: str
    text: str
    anchor: str
    clause: str
    resolved: bool
    parent: int | None


@dataclass(frozen=True)
class Change:
    """A tracked change, with the words concerned.

    What `joins` stands right after the insertion or deletion told before it, not a word between.
    """

    kind: ChangeKind
    author: str
    at: str
    text: str
    clause: str
    joins: bool = False


@dataclass(frozen=True)
class Reading:
    """All that a file says. `paper` is the text after, line for line, with its layout."""

    before: tuple[str, ...]
    after: tuple[str, ...]
    comments: tuple[Comment, ...]
    changes: tuple[Change, ...]
    warnings: tuple[Sentence, ...]
    paper: Paper


def read(docx: bytes) -> Reading:
    """Read a .docx.

    Raises NotAWordFile, MissingPart or DamagedPart (all DonflowErrors), which name the part.
    """
    document = open_document(docx)
    try:
        return _read(document)
    except RecursionError as error:
        raise DamagedPart(document.package.main) from error


def as_json(reading: Reading, words: Callable[[Sentence], str]) -> dict[str, object]:
    """The fixed form of `word read --json`; `words` puts a sentence into the reader's language."""
    return {
        "before": "\n".join(reading.before),
        "after": "\n".join(reading.after),
        "comments": [
            {
                "id": one.id,
                "author": one.author,
                "at": one.at,
                "text": one.text,
                "anchor": one.anchor,
                "clause": one.clause,
                "resolved": one.resolved,
                "parent": one.parent,
            }
            for one in reading.comments
        ],
        "changes": [
            {
                "kind": one.kind.value,
                "author": one.author,
                "at": one.at,
                "text": one.text,
                "clause": one.clause,
            }
            for one in reading.changes
        ],
        "warnings": [words(one) for one in reading.warnings],
    }


def bare_label(label: str) -> str:
    """第三条, 三, 附件一: no punctuation at the end; brackets around stay."""
    bare = label.strip().rstrip("、，,.．。:：;； \t\u3000")
    if bare.endswith((")", "）")) and not bare.startswith(("(", "（")):
        bare = bare[:-1]
    return bare


def _read(document: Document) -> Reading:
    before, after = lines(document, View.BEFORE), lines(document, View.AFTER)
    paper = as_paper(document, after)
    found = find_changes(document)
    clauses = _Clauses(document, before, after, paper)
    comments = find_comments(document)
    return Reading(
        before=tuple(line.text for line in before),
        after=tuple(line.text for line in after),
        comments=tuple(_comment(at, one, clauses) for at, one in enumerate(comments)),
        changes=tuple(_change(one, clauses) for one in found),
        warnings=find_warnings(document, len(found)),
        paper=paper,
    )


def _comment(at: int, one: FoundComment, clauses: _Clauses) -> Comment:
    clause = "" if one.place is None else clauses.at(one.place)
    return Comment(at, one.author, one.at, one.text, one.anchor, clause, one.resolved, one.parent)


def _change(one: FoundChange, clauses: _Clauses) -> Change:
    return Change(one.kind, one.author, one.at, one.text, clauses.at(one.place), one.joins)


@dataclass(frozen=True)
class _Clauses:
    """The clause of any paragraph: as it is after, or was before where it is gone after."""

    document: Document
    before: tuple[SeenLine, ...]
    after: tuple[SeenLine, ...]
    paper: Paper

    def at(self, place: Paragraph) -> str:
        """The label of the outermost unit around a paragraph, without its punctuation."""
        home = self._homes.get(place)
        while home is not None:
            if home in self._after:
                return bare_label(self._anatomy.clause_at(self._after[home]))
            if home in self._before:
                return bare_label(self._old_anatomy.clause_at(self._before[home]))
            home = self._previous.get(home)
        return ""

    @cached_property
    def _anatomy(self) -> Anatomy:
        return dissect(_of_body(self.paper, self.after))

    @cached_property
    def _old_anatomy(self) -> Anatomy:
        return dissect(_of_body(as_paper(self.document, self.before), self.before))

    @cached_property
    def _after(self) -> dict[Paragraph, int]:
        return _places(self.after)

    @cached_property
    def _before(self) -> dict[Paragraph, int]:
        return _places(self.before)

    @cached_property
    def _homes(self) -> dict[Paragraph, Paragraph | None]:
        """Where in the body each stands: a note where it is referred to, a header nowhere."""
        return {
            one: one if story.kind == "body" else story.host
            for story in self.document.stories
            for one in paragraphs(story.blocks)
        }

    @cached_property
    def _previous(self) -> dict[Paragraph, Paragraph]:
        return {
            later: earlier for earlier, later in pairwise(paragraphs(self.document.body.blocks))
        }


def _places(seen: tuple[SeenLine, ...]) -> dict[Paragraph, int]:
    places: dict[Paragraph, int] = {}
    for number, line in enumerate(seen, start=1):
        for paragraph in line.paragraphs:
            places.setdefault(paragraph, number)
    return places


def _of_body(paper: Paper, seen: tuple[SeenLine, ...]) -> Paper:
    """Without notes, headers and footers: they belong to no clause."""
    length = sum(1 for line in seen if line.kind == "body")
    return Paper(paper.lines[:length], paper.page)
