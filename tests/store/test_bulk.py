"""Rows written in bulk verify, are dumped and are changed as any others."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select, text

from donflow.roster.models import Constituent, ContactPoint
from donflow.store.bulk import Said, new_ids, write_rows
from donflow.store.journal import Subject, events_of, record
from donflow.store.session import Store, reading, unit_of_work
from donflow.store.verify import verify_store
from tests.store.one_of_each import NOW

IMPORT = Subject("roster_import", 1)
SAID = Said(IMPORT, None, NOW)


def people(ids: list[int]) -> list[dict[str, object]]:
    return [
        {
            "id": number,
            "kind": "person",
            "name": "梁启舟",
            "other_names": ["启\u0301舟"],
            "field_sources": {"birth": ["roster", "2026-09-01", "sure", f"名册!{number}"]},
            "former_values": {},
            "birth": "1987-09",
            "status": "active",
            "key_id": f"key{number}",
            "salt": f"salt{number}",
            "created_at": NOW,
            "changed_at": NOW,
            "row_version": 1,
        }
        for number in ids
    ]


def phones(ids: list[int], owners: list[int]) -> list[dict[str, object]]:
    return [
        {
            "id": number,
            "constituent_id": owner,
            "kind": "phone",
            "ciphertext": b"\x00\xff sealed",
            "masked": "138****0000",
            "blind": f"blind{number}",
            "source": "roster",
            "since": date(2026, 9, 1),
            "confidence": "sure",
            "preferred": False,
            "salt": f"salt{number}",
        }
        for number, owner in zip(ids, owners, strict=True)
    ]


def write(store: Store, count: int) -> list[int]:
    with unit_of_work(store) as session:
        owners = new_ids(session, Constituent, count)
        write_rows(session, Constituent, people(owners), SAID)
        write_rows(
            session, ContactPoint, phones(new_ids(session, ContactPoint, count), owners), SAID
        )
        record(session, IMPORT, "sheet_imported", actor=None, now=NOW, detail={"people": count})
    return owners


@pytest.mark.parametrize("count", [1, 7])
def test_rows_written_in_bulk_verify_and_are_read_as_objects(
    store: Store, monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    monkeypatch.setattr("donflow.store.bulk.ROWS_AN_EVENT", 3)

    owners = write(store, count)

    with reading(store) as session:
        assert verify_store(session) == ()
        found = session.get_one(Constituent, owners[-1])
        assert (found.name, found.created_at, found.field_sources["birth"][0]) == (
            "梁启舟",
            NOW,
            "roster",
        )
        assert found.contact_points[0].ciphertext == b"\x00\xff sealed"
        told = [event.action for event in events_of(session, IMPORT)]
        assert told == [*["rows_written"] * (2 * -(-count // 3)), "sheet_imported"]


def test_a_row_of_them_changed_outside_is_found_without_its_column(store: Store) -> None:
    number = write(store, 2)[1]
    with store.writer.begin() as connection:
        connection.execute(
            text("UPDATE constituent SET name = '钱' WHERE id = :id"), {"id": number}
        )

    with reading(store) as session:
        (finding,) = verify_store(session)

    assert finding.code == "row_changed"
    assert "columns" not in finding.sentence.values


def test_a_row_that_an_act_changes_later_verifies_and_names_its_columns_from_then_on(
    store: Store,
) -> None:
    number = write(store, 2)[0]
    with unit_of_work(store) as session:
        session.get_one(Constituent, number).name = "梁启舟二"
        record(session, Subject("person", number), "person_edited", actor=None, now=NOW)
    with reading(store) as session:
        assert verify_store(session) == ()
    with store.writer.begin() as connection:
        connection.execute(
            text("UPDATE constituent SET birth = '1900' WHERE id = :i"), {"i": number}
        )

    with reading(store) as session:
        (finding,) = verify_store(session)

    assert finding.sentence.values["columns"] == "birth"


def test_rows_written_and_changed_in_one_unit_verify(store: Store) -> None:
    with unit_of_work(store) as session:
        (number,) = new_ids(session, Constituent, 1)
        write_rows(session, Constituent, people([number]), SAID)
        session.get_one(Constituent, number).city = "深圳"
        record(session, IMPORT, "sheet_imported", actor=None, now=NOW)

    with reading(store) as session:
        assert verify_store(session) == ()
        assert session.scalar(select(Constituent.city)) == "深圳"


def test_rows_in_bulk_need_an_event_that_says_what_was_done(store: Store) -> None:
    with pytest.raises(AssertionError), unit_of_work(store) as session:
        write_rows(session, Constituent, people([1]), SAID)

    with reading(store) as session:
        assert session.scalar(select(Constituent.id)) is None
        assert events_of(session, IMPORT) == []


def test_new_numbers_follow_those_that_are_there_and_are_free_for_objects_after(
    store: Store,
) -> None:
    first = write(store, 3)
    with unit_of_work(store) as session:
        values = people([0])[0]
        del values["id"], values["row_version"]
        session.add(Constituent(**values))
        record(session, IMPORT, "one_more", actor=None, now=NOW)
    second = write(store, 2)

    assert first == sorted(set(first))
    assert min(second) > max(first) + 1
