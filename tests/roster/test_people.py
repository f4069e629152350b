"""Constituents: added with all mistakes said at once, edited as they were seen, found again."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from donflow.accounts.scopes import Scope
from donflow.domain.actor import Actor
from donflow.errors import NotFound, Refused
from donflow.roster.models import Constituent, ConstituentKind, Gender
from donflow.roster.people import (
    BareSalutation,
    Particulars,
    StaleConstituent,
    add_constituent,
    edit,
    get_constituent,
    particulars_of,
    set_salutation,
)
from donflow.roster.search.finding import find_constituents
from donflow.roster.standing import mark_deceased
from donflow.roster.views import masked_view
from donflow.store.journal import Subject, events_of
from donflow.store.keys import KeyRing
from donflow.store.session import Store, reading, unit_of_work

COMPANY = Particulars(
    ConstituentKind.COMPANY, "深圳市恒源数智科技有限公司", representative="苏晚晴"
)


@pytest.mark.parametrize("kind", list(ConstituentKind))
def test_every_kind_has_a_key_of_its_own(
    store: Store, keys: KeyRing, lin: Actor, now: datetime, kind: ConstituentKind
) -> None:
    with unit_of_work(store) as session:
        one = add_constituent(session, keys, Particulars(kind, "甲"), actor=lin, now=now)
        other = add_constituent(session, keys, Particulars(kind, "甲"), actor=lin, now=now)

    assert one.key_id != other.key_id
    assert one.salt != other.salt


@pytest.mark.parametrize(
    ("particulars", "codes"),
    [
        (Particulars(ConstituentKind.PERSON, " "), ["name_length"]),
        (Particulars(ConstituentKind.PERSON, "梁" * 121), ["name_length"]),
        (
            Particulars(ConstituentKind.PERSON, "", representative="苏晚晴"),
            ["name_length", "person_represented"],
        ),
        (replace(COMPANY, gender=Gender.MALE), ["gender_of_body"]),
    ],
)
def test_every_mistake_is_said_at_once(
    store: Store,
    keys: KeyRing,
    lin: Actor,
    now: datetime,
    particulars: Particulars,
    codes: list[str],
) -> None:
    with reading(store) as session, pytest.raises(Refused) as refused:
        add_constituent(session, keys, particulars, actor=lin, now=now)

    assert [refusal.code for refusal in refused.value.refusals] == codes


def test_an_edit_replaces_the_particulars_and_moves_the_row_version(
    store: Store, lin: Actor, liang: int, now: datetime
) -> None:
    with unit_of_work(store) as session:
        constituent = get_constituent(session, liang)
        version = constituent.row_version
        changed = replace(particulars_of(constituent), name="梁起舟", gender=None)
        edit(session, constituent, changed, version=version, actor=lin, now=now)

    with reading(store) as session:
        constituent = get_constituent(session, liang)
        assert particulars_of(constituent) == changed
        assert constituent.row_version == version + 1


def test_an_edit_of_an_older_version_is_refused(
    store: Store, lin: Actor, liang: int, now: datetime
) -> None:
    with reading(store) as session:
        constituent = get_constituent(session, liang)
        with pytest.raises(StaleConstituent):
            edit(
                session,
                constituent,
                particulars_of(constituent),
                version=constituent.row_version - 1,
                actor=lin,
                now=now,
            )


@pytest.mark.parametrize("salutation", ["", "  ", "梁启舟", " 梁 启舟"])
def test_a_bare_name_is_no_salutation(
    store: Store, lin: Actor, liang: int, now: datetime, salutation: str
) -> None:
    with reading(store) as session, pytest.raises(BareSalutation):
        set_salutation(session, get_constituent(session, liang), salutation, actor=lin, now=now)


def test_the_salutation_that_was_set_is_shown(
    store: Store, lin: Actor, liang: int, now: datetime
) -> None:
    with unit_of_work(store) as session:
        set_salutation(session, get_constituent(session, liang), "梁学长", actor=lin, now=now)

    with reading(store) as session:
        assert masked_view(get_constituent(session, liang)).salutation == "梁学长"


@pytest.mark.parametrize(
    "text",
    [
        "梁启舟",
        "启舟",
        "Leung",
        "1",
        "7758",
        "13800007758",
        "+86 138-0000-7758",
        "１３８００００７７５８",
        "QIZHOU.LIANG@yunlu.example",
        "liang_of_yunlu",
        "11010119680319000x",
        "6222 0000 0000 4321",
        "E00001234",
    ],
)
def test_a_person_is_found_by_what_one_has_at_hand(
    store: Store, keys: KeyRing, liang: int, text: str
) -> None:
    with reading(store) as session:
        assert [found.id for found in find_constituents(session, keys, text)] == [liang]


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "%",
        "_",
        "[]",
        '","',
        "苏",
        "2",
        "0000",
        "1380000775",
        "qizhou.liang",
        "桂花街",
        "x" * 121,
    ],
)
def test_nobody_is_found_by_wild_cards_or_parts_of_encrypted_values(
    store: Store, keys: KeyRing, liang: int, text: str
) -> None:
    with reading(store) as session:
        assert find_constituents(session, keys, text) == []


def test_a_percent_sign_within_a_name_is_no_wild_card(
    store: Store, keys: KeyRing, liang: int
) -> None:
    with reading(store) as session:
        assert find_constituents(session, keys, "梁%舟") == []


def test_a_number_may_be_a_constituent_and_the_end_of_a_phone(
    store: Store, keys: KeyRing, lin: Actor, liang: int, now: datetime
) -> None:
    with unit_of_work(store) as session:
        other = Particulars(ConstituentKind.PERSON, "苏晚晴7758")
        added = add_constituent(session, keys, other, actor=lin, now=now)

    with reading(store) as session:
        found = [each.id for each in find_constituents(session, keys, "7758")]
    assert found == [liang, added.id]


def test_a_deceased_person_is_still_found(
    store: Store, keys: KeyRing, lin: Actor, liang: int, now: datetime
) -> None:
    with unit_of_work(store) as session:
        mark_deceased(session, get_constituent(session, liang), actor=lin, now=now)

    with reading(store) as session:
        assert [each.status for each in find_constituents(session, keys, "梁")] == ["deceased"]


def test_there_is_nobody_of_an_unknown_number(store: Store) -> None:
    with reading(store) as session, pytest.raises(NotFound):
        get_constituent(session, 99)


def test_the_view_is_masked_by_default(store: Store, liang: int, canaries: tuple[str, ...]) -> None:
    with reading(store) as session:
        view = masked_view(get_constituent(session, liang))

    assert [each.shown for each in view.contact_points] == [
        "138****7758",
        "q***@yunlu.example",
        "云州市***",
        "***",
    ]
    assert [each.shown for each in view.identifiers] == ["**** 000X", "**** 4321", "***"]
    assert (view.name, view.salutation) == ("梁启舟", "梁启舟先生")
    assert not [canary for canary in canaries if canary in repr(view)]


def test_the_view_for_an_administrator_hides_the_names_too(
    store: Store, keys: KeyRing, lin: Actor, liang: int, now: datetime
) -> None:
    with unit_of_work(store) as session:
        company = add_constituent(session, keys, COMPANY, actor=lin, now=now)
        views = [
            masked_view(each, Scope.MASKED)
            for each in (session.get_one(Constituent, liang), company)
        ]

    shown = repr(views)
    assert not [name for name in ("梁", "Leung", "恒源", "苏") if name in shown]
    assert "苏晚晴" in repr(masked_view(company))


def test_the_journal_names_rows_and_actions_only(
    store: Store, keys: KeyRing, lin: Actor, liang: int, now: datetime
) -> None:
    with unit_of_work(store) as session:
        set_salutation(session, get_constituent(session, liang), "梁学长", actor=lin, now=now)

    with reading(store) as session:
        events = events_of(session, Subject("person", liang))
        actions = [event.action for event in events]
        said = repr([(event.detail, event.written, event.action) for event in events])
    assert actions[:2] == ["person_added", "contact_point_added"]
    assert actions[-1] == "salutation_set"
    assert not [name for name in ("梁", "Leung", "学长") if name in said]
