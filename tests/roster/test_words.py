"""No text of the roster, of chapters or contacts is forgotten when a person is erased."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import pytest
from sqlalchemy import LargeBinary, String, Text, select
from sqlalchemy.orm import Mapper

from donflow.bootstrap import import_tables
from donflow.domain.actor import Actor
from donflow.gifts.contacts import CONTACT_WORDS
from donflow.greetings.forgetting import GREETING_WORDS
from donflow.greetings.suggesting import SUGGESTION_WORDS
from donflow.lifecycle.erasing import ALL_WORDS
from donflow.roster.alumni_models import IdentityCheck, RosterExport
from donflow.roster.course import Origins
from donflow.roster.exports import new_export
from donflow.roster.identity_checks import Verdict, note_check
from donflow.roster.import_models import RosterImport
from donflow.roster.importing import open_import
from donflow.roster.models import Source
from donflow.roster.words import WORDS, forget_words
from donflow.store.base import Base
from donflow.store.session import Store, reading, unit_of_work
from donflow.store.verify import verify_store

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
    "contact.channel": Fate.CODE,
    "card_suggestion.occasion": Fate.CODE,
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
    return [
        each
        for each in Base.registry.mappers
        if each.class_.__module__.startswith(own)
        or each.class_ in {*CONTACT_WORDS, *SUGGESTION_WORDS, *GREETING_WORDS}
    ]


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
        for each, columns in ALL_WORDS.items()
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
    for table in ALL_WORDS:
        assert hasattr(table, "salt"), table


def test_names_are_masked_wherever_they_stand_and_the_rest_stays(
    store: Store, lin: Actor, now: datetime
) -> None:
    with unit_of_work(store) as session:
        origins = Origins("ab" * 32, "李时雨的表.xlsx", Source.ROSTER, now.date())
        begun = open_import(session, origins, actor=lin, now=now).id
        for words in ("核对李时雨", "核对他人"):
            note_check(
                session, [Verdict.NO], department="财务处", purpose=words, actor=lin, now=now
            )
        asked = {"columns": ["name"], "actor": lin, "now": now, "form": "table", "full": True}
        of_class = new_export(
            session,
            selection={"class_text": "李时雨班"},
            reason="给李时雨",
            numbers=[7, 8],
            **asked,
        ).id
        of_one = new_export(
            session, selection={"people": "7"}, reason="老班长", numbers=[7], **asked
        ).id
    with unit_of_work(store) as session:
        salt = session.get_one(RosterImport, begun).salt
        forget_words(session, WORDS, {"李时雨"}, [7], actor=lin, now=now)
    with reading(store) as session:
        file = session.get_one(RosterImport, begun)
        assert (file.file_name, file.salt == salt) == ("*的表.xlsx", False)
        checks = session.scalars(select(IdentityCheck).order_by(IdentityCheck.id))
        assert [each.purpose for each in checks] == ["核对*", "核对他人"]
        told = session.get_one(RosterExport, of_class)
        assert (told.reason, told.selection, told.numbers) == ("给*", {"class_text": "*班"}, [8])
        told = session.get_one(RosterExport, of_one)
        assert (told.reason, told.selection, told.numbers) == (None, {}, [])
        assert verify_store(session) == ()
