"""What a person should know of a file beside its words: what it hides, fetches or leaves open."""

from __future__ import annotations

import re
from collections.abc import Iterator

from donflow.errors import N_, Sentence, say
from donflow.word.markup import W
from donflow.word.seeing.concealed import find_concealed
from donflow.word.seeing.dangling import find_dangling
from donflow.word.seeing.document import Document
from donflow.word.seeing.elements import A
from donflow.word.seeing.formatting import is_on
from donflow.word.seeing.package import DamagedPart, MissingPart, R
from donflow.word.seeing.seen import View, shown
from donflow.word.seeing.stories import Piece, paragraphs

_FETCHING = {"INCLUDETEXT", "INCLUDEPICTURE", "INCLUDE", "IMPORT", "LINK", "RD", "DATABASE"}
_PROGRAMS = {"DDE", "DDEAUTO"}
_MOVING = {"DATE", "TIME", "SAVEDATE", "PRINTDATE", "CREATEDATE", "FILENAME", "ASK", "FILLIN"}
_INERT = {"hyperlink"}
_DRAWN = re.compile(r"(?i)(?:^|/)(?:diagrams/data|charts/chart)[^/]*\.xml$")
_QUOTED = 120

UNSETTLED = N_("Tracked changes neither accepted nor refused: {count}.")
"""Usual in a file that came back; elsewhere a reason to stop."""


def find_warnings(document: Document, changes: int) -> tuple[Sentence, ...]:
    """Everything once, in the order of how much it may deceive; `changes` are those unsettled."""
    found = (
        *_wordless(document),
        *_doubled(document),
        *find_dangling(document),
        *find_concealed(document),
        *_differing(document),
        *_formulas(document),
        *_chunks(document),
        *_fields(document),
        *_external(document),
        *_drawn(document),
        *_settings(document),
    )
    told: list[Sentence] = []
    if changes:
        told.append(say(UNSETTLED, count=changes))
    for one in found:
        if one not in told:
            told.append(one)
    return tuple(told)


def _wordless(document: Document) -> Iterator[Sentence]:
    pieces = (
        item
        for story in document.stories
        for paragraph in paragraphs(story.blocks)
        for item in paragraph.items
        if isinstance(item, Piece)
    )
    if not any(piece.text.strip() for piece in pieces):
        yield say(N_("The file has no words; what stands in pictures is not read."))


def _doubled(document: Document) -> Iterator[Sentence]:
    for name in document.package.doubled:
        yield say(
            N_("The file holds its part {part} more than once; the last one was read."), part=name
        )


def _differing(document: Document) -> Iterator[Sentence]:
    for story in document.stories:
        for chosen, other in story.differing:
            yield say(
                N_("{part} shows “{shown}” in one program and “{other}” in another."),
                part=story.part,
                shown=_shortened(chosen),
                other=_shortened(other),
            )


def _formulas(document: Document) -> Iterator[Sentence]:
    for story in document.stories:
        for paragraph in story.formulas:
            pieces = (item for item in shown(paragraph, View.AFTER) if isinstance(item, Piece))
            if words := "".join(piece.text for piece in pieces).strip():
                yield say(
                    N_("{part} holds a formula, written here in one line: {words}"),
                    part=story.part,
                    words=_shortened(words),
                )


def _chunks(document: Document) -> Iterator[Sentence]:
    for story in document.stories:
        relations = document.package.relations(story.part) or {}
        for chunk in story.chunks:
            relation = relations.get(chunk.get(f"{R}id", ""))
            yield say(
                N_("{part} takes in another file, which was not read: {target}"),
                part=story.part,
                target=_shortened(relation.target if relation else "?"),
            )


def _fields(document: Document) -> Iterator[Sentence]:
    for story in document.stories:
        for one in story.codes:
            code = " ".join(one.code.split())
            word = code.partition(" ")[0].upper().strip('"“”')
            if word in _PROGRAMS:
                message = N_("A field in {part} can start another program: {code}")
            elif word in _FETCHING:
                message = N_("A field in {part} fetches another file: {code}")
            elif word in _MOVING:
                message = N_("A field in {part} changes by itself when it is updated: {code}")
            else:
                continue
            yield say(message, part=story.part, code=_shortened(code))
        if story.loose_fields:
            yield say(
                N_("{part} has a field that never ends; its text is shown whole."), part=story.part
            )


def _external(document: Document) -> Iterator[Sentence]:
    package = document.package
    settings = package.related("settings")
    parts = dict.fromkeys(story.part for story in document.stories)
    for part in (*parts, *([settings] if settings else [])):
        for relation in (package.relations(part) or {}).values():
            if not relation.external or relation.type in _INERT:
                continue
            if relation.type == "attachedTemplate":
                message = N_("{part} is tied to a template outside of the file: {target}")
            else:
                message = N_("{part} fetches something from outside: {target}")
            yield say(message, part=part, target=_shortened(relation.target))


def _drawn(document: Document) -> Iterator[Sentence]:
    """Words in diagrams and charts, which stand in parts of their own."""
    for name in document.package.names:
        if _DRAWN.search(name) is None:
            continue
        try:
            words = [one.text or "" for one in document.package.root(name).iter(f"{A}t")]
        except (DamagedPart, MissingPart):
            yield say(N_("{part} is a drawing that cannot be read."), part=name)
            continue
        if text := " ".join(filter(None, words)):
            yield say(
                N_("{part} is a drawing, whose words are not among the lines: {words}"),
                part=name,
                words=_shortened(text),
            )


def _settings(document: Document) -> Iterator[Sentence]:
    root = document.package.related_root("settings", f"{W}settings")
    protection = None if root is None else root.find(f"{W}documentProtection")
    if protection is not None and is_on(protection.get(f"{W}enforcement", "0")):
        yield say(N_("The file is protected against changes."))


def _shortened(text: str) -> str:
    return text if len(text) <= _QUOTED else text[:_QUOTED] + "…"
