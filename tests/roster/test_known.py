"""Known people are found by what they share with new records, however the name is written."""

from __future__ import annotations

from datetime import datetime

import pytest

from donflow.domain.actor import Actor
from donflow.roster.holdings import add_contact_point
from donflow.roster.known import known_people, row_portrait, stored_portraits
from donflow.roster.models import ConstituentKind, ContactKind, Source
from donflow.roster.people import Particulars, add_constituent
from donflow.roster.reading.rows import Column, Row
from donflow.roster.sources import Origin
from donflow.roster.studies import Course, add_study
from donflow.store.keys import KeyRing
from donflow.store.session import Store, reading, unit_of_work
from tests import databases


@pytest.mark.parametrize(
    ("stored", "told", "found"),
    [
        ("欧阳听澜", "欧阳 听澜", True),
        ("欧阳 听澜", "欧阳听澜", True),
        ("阿依·古丽", "阿依•古丽", True),
        ("John Smith", "JOHN SMITH", True),
        ("欧阳听澜", "欧阳听涛", False),
    ],
)
def test_a_name_is_found_with_other_spaces_dots_and_letters(
    store: Store, keys: KeyRing, lin: Actor, now: datetime, stored: str, told: str, found: bool
) -> None:
    with unit_of_work(store) as session:
        particulars = Particulars(ConstituentKind.PERSON, stored)
        person = add_constituent(session, keys, particulars, actor=lin, now=now)
        course = Course("本科", "会计学", "2", 2001)
        origin = Origin(Source.ROSTER, now.date())
        add_study(session, person, course, origin=origin, actor=lin, now=now)
        number = person.id
    said = {Column.NAME: told, Column.MAJOR: "会计学", Column.ENROL_YEAR: "2001"}
    with reading(store) as session:
        known = known_people(session)([row_portrait(Row("表", 2, said))])
        assert [portrait.key for portrait in known] == [str(number)] * found


@databases.only_sqlite("what is masked is the same on every database")
def test_a_landline_is_known_in_a_list_and_in_the_roster(
    store: Store, keys: KeyRing, lin: Actor, now: datetime
) -> None:
    phones = {"010-60000000": True, "13800000001": False}
    with unit_of_work(store) as session:
        particulars = Particulars(ConstituentKind.PERSON, "沈听澜")
        person = add_constituent(session, keys, particulars, actor=lin, now=now)
        for raw in phones:
            add_contact_point(
                session,
                keys,
                person,
                kind=ContactKind.PHONE,
                raw=raw,
                source=Source.SELF,
                since=now.date(),
                actor=lin,
                now=now,
            )
        (stored,) = stored_portraits(session, {person.id}).values()
    assert (len(stored.phones), len(stored.landlines)) == (2, 1)
    for raw, is_landline in phones.items():
        row = row_portrait(Row("表", 2, {Column.PHONE: raw}), keys.blind)
        assert bool(row.landlines) is is_landline
        assert row.landlines <= stored.landlines
    abroad = row_portrait(Row("表", 2, {Column.PHONE: "+85290000000"}))
    assert (abroad.landlines, len(abroad.phones)) == (frozenset(), 1)
