"""No text of the roster or of chapters is forgotten when a person is erased."""

from __future__ import annotations

from enum import StrEnum

import pytest
from sqlalchemy import LargeBinary, String, Text
from sqlalchemy.orm import Mapper

from donflow.bootstrap import import_tables
from donflow.chapters.forgetting import CHAPTER_WORDS
from donflow.roster.words import WORDS
from donflow.store.base import Base

import_tables()


class Fate(StrEnum):
    """What becomes of a text when the person whom it may name is erased."""

    OWN = "the row is the person's, and is blanked or deleted (roster.erasure)"
    WORDS = "the name is masked in it (roster.words)"
    CODE = "a code of ours: a kind, status, source, confidence, language of a field"
    KEYED = "a keyed digest, or a salt or key's id: it says nothing without the key file"
    PRINT = "the fingerprint of a file"
    GROUP = "the name of a class, group, chapter or column, not of a person"
    MINUTED = "the association's own record, kept by the duty to keep archives"


COMMON = {
    "kind": Fate.CODE, "status": Fate.CODE, "source": Fate.CODE, "confidence": Fate.CODE,
    "form": Fate.CODE, "office": Fate.CODE, "left_because": Fate.CODE, "how": Fate.CODE,
    "told_by": Fate.CODE, "body": Fate.CODE, "verdict": Fate.CODE, "stage": Fate.CODE,
    "workflow_version": Fate.CODE, "by_rule": Fate.CODE, "on_behalf": Fate.CODE,
    "salt": Fate.KEYED, "digest": Fate.KEYED, "blind": Fate.KEYED, "blind_last4": Fate.KEYED,
    "key_id": Fate.KEYED, "fingerprint": Fate.PRINT, "document": Fate.PRINT,
    "evidence": Fate.PRINT, "minutes": Fate.PRINT, "handover_document": Fate.PRINT,
}  # fmt: skip
"""By the column's name, in whichever table."""
OWN_TABLES = frozenset(
    {"constituent", "contact_point", "identifier", "relation", "education", "employment"}
    | {"segment_member", "liaison_post", "proposal", "merge", "consent", "reveal"}
)
"""Tables whose rows are one person's: deleted or blanked by `roster.erasure`."""
OTHERS = {
    "roster_export.columns": Fate.CODE,
    "roster_export.numbers": Fate.CODE,
    "known_header.header": Fate.GROUP,
    "roster_import.headers": Fate.GROUP,
    "known_header.column": Fate.CODE,
    "chapter.name": Fate.GROUP,
    "chapter.city": Fate.GROUP,
    "chapter.common": Fate.GROUP,
    "chapter.profile": Fate.MINUTED,
    "chapter.joining": Fate.MINUTED,
    "term_article.offices": Fate.CODE,
    "term_article.needed": Fate.CODE,
    "term_article.source": Fate.MINUTED,
    "chapter_opinion.minutes_number": Fate.MINUTED,
    "chapter_opinion.note": Fate.MINUTED,
    "election.late_because": Fate.MINUTED,
    "election.place": Fate.MINUTED,
    "chapter_meeting.place": Fate.MINUTED,
    "chapter_meeting.decided": Fate.MINUTED,
    "meeting_paper.title": Fate.MINUTED,
}


def mappers() -> list[Mapper[object]]:
    own = ("donflow.roster.", "donflow.chapters.")
    return [each for each in Base.registry.mappers if each.class_.__module__.startswith(own)]


def texts() -> list[str]:
    return sorted(
        f"{mapper.class_.__tablename__}.{column.name}"
        for mapper in mappers()
        for column in mapper.local_table.columns
        if isinstance(
            getattr(column.type, "impl_instance", column.type), (String, Text, LargeBinary)
        )
    )


def fate_of(text: str) -> Fate | None:
    table, _, column = text.partition(".")
    masked = {
        f"{each.__tablename__}.{column.key}"
        for each, columns in (WORDS | CHAPTER_WORDS).items()
        for column in columns
    }
    if text in masked:
        return Fate.WORDS
    if text in OTHERS:
        return OTHERS[text]
    return Fate.OWN if table in OWN_TABLES else COMMON.get(column)


@pytest.mark.parametrize("text", texts())
def test_each_text_has_a_fate(text: str) -> None:
    assert fate_of(text) is not None


def test_a_text_that_nobody_thought_of_would_be_seen() -> None:
    """The negative control."""
    assert fate_of("roster_import.remark") is None
    assert {"reveal.reason", "imported_sheet.title", "roster_export.selection"} <= set(texts())


def test_what_is_masked_has_a_salt_that_makes_the_old_digests_mute() -> None:
    for table in WORDS | CHAPTER_WORDS:
        assert hasattr(table, "salt"), table
