"""How constituents stand to one another."""

from __future__ import annotations

from datetime import datetime

import pytest

from donflow.domain.actor import Actor
from donflow.roster.models import ConstituentKind, RelationKind
from donflow.roster.people import Particulars, add_constituent, get_constituent
from donflow.roster.relations import RelationRefused, relate, relations_of
from donflow.store.keys import KeyRing
from donflow.store.session import Store, reading, unit_of_work


def test_a_widow_is_seen_from_both_sides_and_recorded_once(
    store: Store, keys: KeyRing, lin: Actor, liang: int, now: datetime
) -> None:
    with unit_of_work(store) as session:
        donor = get_constituent(session, liang)
        particulars = Particulars(ConstituentKind.PERSON, "苏晚晴")
        widow = add_constituent(session, keys, particulars, actor=lin, now=now)
        relate(session, widow, RelationKind.WIDOW, to=donor, actor=lin, now=now)
        with pytest.raises(RelationRefused):
            relate(session, widow, RelationKind.WIDOW, to=donor, actor=lin, now=now)
        with pytest.raises(RelationRefused):
            relate(session, donor, RelationKind.SPOUSE, to=donor, actor=lin, now=now)

    with reading(store) as session:
        for number in (liang, widow.id):
            relations = relations_of(session, get_constituent(session, number))
            assert [(each.from_id, each.kind, each.to_id) for each in relations] == [
                (widow.id, "widow", liang)
            ]
