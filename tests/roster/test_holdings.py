"""Contact points and identifiers: checked, encrypted, shown one at a time and for a reason."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from donflow.accounts.policy import NotPermitted
from donflow.domain import uscc
from donflow.domain.actor import Actor
from donflow.errors import Refused
from donflow.roster.holdings import (
    REVEALS_AN_HOUR,
    AlreadyKnown,
    ReasonMissing,
    RevealsTooMany,
    add_contact_point,
    add_identifier,
    plain_value,
    reveal,
    reveals_of,
)
from donflow.roster.models import (
    Constituent,
    ConstituentKind,
    ContactKind,
    ContactPoint,
    Identifier,
    IdentifierKind,
    Source,
)
from donflow.roster.people import Particulars, add_constituent, get_constituent
from donflow.roster.search.finding import find_constituents
from donflow.roster.views import masked_view
from donflow.store.journal import Subject, events_of
from donflow.store.keys import CiphertextRefused, KeyRing
from donflow.store.session import Store, database_path, reading, unit_of_work
from tests import databases
from tests.databases import only_sqlite

RIGHT_BODY, DOUBTFUL_BODY = "91440300MA5F0000X", "91440300MA5F00000"


def credit_code(body: str) -> str:
    return body + uscc.check_digit(body)


def holding(constituent: Constituent, kind: str) -> ContactPoint | Identifier:
    holdings = [*constituent.contact_points, *constituent.identifiers]
    return next(each for each in holdings if each.kind == kind)


@pytest.mark.parametrize(
    ("kind", "raw", "codes"),
    [
        (ContactKind.PHONE, "12345", ["phone_form"]),
        (ContactKind.PHONE, "138****0000", ["phone_masked"]),
        (ContactKind.PHONE, "8812345", ["phone_incomplete"]),
        (ContactKind.PHONE, "13800000000/13900000000", ["phone_several"]),
        (ContactKind.PHONE, "", ["empty"]),
        (ContactKind.MAIL, "nobody", ["mail_form"]),
        (ContactKind.MAIL, "a@b", ["mail_form"]),
        (ContactKind.MAIL, "a@yunlu.example\nBcc: b@yunlu.example", ["mail_form"]),
        (ContactKind.ADDRESS, " ", ["empty"]),
    ],
)
def test_a_wrong_contact_point_is_refused(
    store: Store,
    keys: KeyRing,
    lin: Actor,
    liang: int,
    today: date,
    now: datetime,
    kind: ContactKind,
    raw: str,
    codes: list[str],
) -> None:
    with reading(store) as session, pytest.raises(Refused) as refused:
        add_contact_point(
            session,
            keys,
            get_constituent(session, liang),
            kind=kind,
            raw=raw,
            source=Source.SELF,
            since=today,
            actor=lin,
            now=now,
        )

    assert [refusal.code for refusal in refused.value.refusals] == codes


@pytest.mark.parametrize(
    ("kind", "raw", "codes"),
    [
        (IdentifierKind.RESIDENT_ID, "110101196803070031", ["checksum"]),
        (IdentifierKind.RESIDENT_ID, "990101196813070031", ["region", "date", "checksum"]),
        (IdentifierKind.RESIDENT_ID, "1101011968O307", ["length", "char"]),
        (IdentifierKind.RESIDENT_ID, "", ["empty"]),
        (IdentifierKind.USCC, "914403005", ["length"]),
        (IdentifierKind.USCC, credit_code(DOUBTFUL_BODY), ["inner"]),
        (IdentifierKind.RESIDENT_ID, "110101680307003", ["legacy15"]),
        (IdentifierKind.BANK_ACCOUNT, "6222-0000-000O", ["account_form"]),
        (IdentifierKind.PASSPORT, "E1", ["passport_form"]),
    ],
)
def test_a_wrong_or_doubtful_number_is_refused_with_every_reason(
    store: Store,
    keys: KeyRing,
    lin: Actor,
    liang: int,
    now: datetime,
    kind: IdentifierKind,
    raw: str,
    codes: list[str],
) -> None:
    with reading(store) as session:
        constituent = get_constituent(session, liang)
        with pytest.raises(Refused) as refused:
            add_identifier(session, keys, constituent, kind=kind, raw=raw, actor=lin, now=now)

    refusals = refused.value.refusals
    assert [refusal.code for refusal in refusals] == codes
    said = "".join(f"{refusal.reason} {refusal.remedy}" for refusal in refusals)
    assert not raw or raw not in said


@pytest.mark.parametrize(
    ("kind", "raw"),
    [
        (IdentifierKind.USCC, credit_code(DOUBTFUL_BODY)),
        (IdentifierKind.RESIDENT_ID, "110101680307003"),
    ],
)
def test_a_doubtful_number_is_added_once_a_person_confirms_it(
    store: Store,
    keys: KeyRing,
    lin: Actor,
    now: datetime,
    kind: IdentifierKind,
    raw: str,
) -> None:
    with unit_of_work(store) as session:
        particulars = Particulars(ConstituentKind.PERSON, "苏晚晴")
        constituent = add_constituent(session, keys, particulars, actor=lin, now=now)
        identifier = add_identifier(
            session, keys, constituent, kind=kind, raw=raw, actor=lin, now=now, confirmed=True
        )

    assert identifier.confirmed


def test_a_wrong_number_is_not_added_by_confirming_it(
    store: Store, keys: KeyRing, lin: Actor, liang: int, now: datetime
) -> None:
    with reading(store) as session, pytest.raises(Refused):
        add_identifier(
            session,
            keys,
            get_constituent(session, liang),
            kind=IdentifierKind.RESIDENT_ID,
            raw="110101196803070031",
            actor=lin,
            now=now,
            confirmed=True,
        )


def test_a_credit_code_is_public_found_and_shown_whole(
    store: Store, keys: KeyRing, lin: Actor, now: datetime
) -> None:
    code = credit_code(RIGHT_BODY)
    with unit_of_work(store) as session:
        particulars = Particulars(ConstituentKind.COMPANY, "深圳市恒源数智科技有限公司")
        company = add_constituent(session, keys, particulars, actor=lin, now=now)
        add_identifier(
            session, keys, company, kind=IdentifierKind.USCC, raw=code.lower(), actor=lin, now=now
        )

    with reading(store) as session:
        found = find_constituents(session, keys, code)
        assert [each.shown for each in masked_view(found[0]).identifiers] == [code]
        assert plain_value(keys, found[0], found[0].identifiers[0]) == code


def test_the_same_number_is_not_added_twice(
    store: Store, keys: KeyRing, lin: Actor, liang: int, today: date, now: datetime
) -> None:
    with reading(store) as session, pytest.raises(AlreadyKnown):
        add_contact_point(
            session,
            keys,
            get_constituent(session, liang),
            kind=ContactKind.PHONE,
            raw="+86 138 0000 7758",
            source=Source.CLASS_LIAISON,
            since=today,
            actor=lin,
            now=now,
        )


def test_one_contact_point_of_a_kind_is_preferred(
    store: Store, keys: KeyRing, lin: Actor, liang: int, today: date, now: datetime
) -> None:
    with unit_of_work(store) as session:
        constituent = get_constituent(session, liang)
        for raw in ("13900000001", "13900000002"):
            add_contact_point(
                session,
                keys,
                constituent,
                kind=ContactKind.PHONE,
                raw=raw,
                source=Source.SELF,
                since=today,
                actor=lin,
                now=now,
                preferred=True,
            )

    with reading(store) as session:
        view = masked_view(get_constituent(session, liang))
    preferred = [each.shown for each in view.contact_points if each.preferred]
    assert preferred == ["139****0002"]


@only_sqlite("a server keeps its files from us")
def test_personal_values_stand_nowhere_in_the_database(
    store: Store,
    keys: KeyRing,
    database: str,
    lin: Actor,
    liang: int,
    now: datetime,
    canaries: tuple[str, ...],
) -> None:
    with unit_of_work(store) as session:
        constituent = get_constituent(session, liang)
        for kind, canary in (("phone", canaries[0]), ("resident_id", canaries[4])):
            reason = f"核对 {canary}"
            reveal(
                session,
                keys,
                constituent,
                holding=holding(constituent, kind),
                reason=reason,
                actor=lin,
                now=now,
            )

    path = database_path(database)
    assert path is not None
    stored = b"".join(each.read_bytes() for each in path.parent.iterdir() if each.is_file())
    assert "梁启舟".encode() in stored  # the search does see what stands open
    assert [canary for canary in canaries if canary.encode() in stored] == []
    assert "桂花街".encode() not in stored


def test_every_column_but_the_ciphertext_is_free_of_personal_values(
    store: Store, database: str, liang: int, canaries: tuple[str, ...]
) -> None:
    said = [repr(row) for rows in databases.all_rows(database).values() for row in rows]

    assert len(said) > 10
    assert [canary for canary in canaries if any(canary in row for row in said)] == []


def test_a_revealed_value_shows_itself_masked_until_asked(
    store: Store, keys: KeyRing, lin: Actor, liang: int, now: datetime
) -> None:
    with unit_of_work(store) as session:
        constituent = get_constituent(session, liang)
        value = reveal(
            session,
            keys,
            constituent,
            holding=holding(constituent, "phone"),
            reason="约签约时间",
            actor=lin,
            now=now,
        )

    assert (str(value), value.reveal()) == ("138****7758", "+8613800007758")
    with reading(store) as session:
        constituent = get_constituent(session, liang)
        event = events_of(session, Subject("person", liang))[-1]
        assert event.action == "field_revealed"
        assert event.detail == {"kind": "phone", "row": "contact_point:1"}
        seen = reveals_of(session, constituent)
        assert [(each.kind, each.reason, each.user_id) for each in seen] == [
            ("phone", "约签约时间", lin.user_id)
        ]


@pytest.mark.parametrize("reason", ["", "  ", "\n"])
def test_nothing_is_revealed_without_a_reason(
    store: Store, keys: KeyRing, lin: Actor, liang: int, now: datetime, reason: str
) -> None:
    with reading(store) as session:
        constituent = get_constituent(session, liang)
        phone = holding(constituent, "phone")
        with pytest.raises(ReasonMissing):
            reveal(session, keys, constituent, holding=phone, reason=reason, actor=lin, now=now)


@pytest.mark.parametrize(
    ("name", "kind", "is_shown"),
    [
        ("lin", "resident_id", True),
        ("lin", "bank_account", True),
        ("qian", "bank_account", True),
        ("qian", "phone", False),
        ("qian", "resident_id", False),
        ("zhou", "phone", False),
        ("zhou", "resident_id", False),
        ("guan", "phone", False),
        ("guan", "bank_account", False),
    ],
)
def test_each_role_is_shown_its_own_kinds_only(
    store: Store,
    keys: KeyRing,
    cast: dict[str, Actor],
    liang: int,
    now: datetime,
    name: str,
    kind: str,
    is_shown: bool,
) -> None:
    with reading(store) as session:
        constituent = get_constituent(session, liang)

        def ask() -> str:
            return reveal(
                session,
                keys,
                constituent,
                holding=holding(constituent, kind),
                reason="核对",
                actor=cast[name],
                now=now,
            ).reveal()

        if is_shown:
            assert ask()
        else:
            with pytest.raises(NotPermitted):
                ask()


def test_reveals_are_limited_by_the_hour(
    store: Store, keys: KeyRing, lin: Actor, liang: int, now: datetime
) -> None:
    with reading(store) as session:
        constituent = get_constituent(session, liang)
        phone = holding(constituent, "phone")

        def ask(moment: datetime) -> None:
            reveal(session, keys, constituent, holding=phone, reason="核对", actor=lin, now=moment)

        for _ in range(REVEALS_AN_HOUR):
            ask(now)
        with pytest.raises(RevealsTooMany):
            ask(now + timedelta(minutes=59))
        ask(now + timedelta(hours=1))


@pytest.mark.parametrize(
    "change",
    [
        # the phone's ciphertext in the place of the mail's, with and without its salt
        "UPDATE contact_point SET ciphertext = (SELECT ciphertext FROM contact_point WHERE id = 1)"
        " WHERE id = 2",
        "UPDATE contact_point SET (ciphertext, salt) ="
        " (SELECT ciphertext, salt FROM contact_point WHERE id = 1) WHERE id = 2",
        # another person's mail, and another person's whole row
        "UPDATE contact_point SET ciphertext = (SELECT ciphertext FROM contact_point WHERE id = 5)"
        " WHERE id = 2",
        "UPDATE contact_point SET (ciphertext, salt) ="
        " (SELECT ciphertext, salt FROM contact_point WHERE id = 5) WHERE id = 2",
        "UPDATE contact_point SET salt = 'x' WHERE id = 2",
    ],
)
def test_a_swapped_ciphertext_is_refused(
    store: Store,
    keys: KeyRing,
    lin: Actor,
    liang: int,
    today: date,
    now: datetime,
    change: str,
) -> None:
    with unit_of_work(store) as session:
        particulars = Particulars(ConstituentKind.PERSON, "苏晚晴")
        other = add_constituent(session, keys, particulars, actor=lin, now=now)
        add_contact_point(
            session,
            keys,
            other,
            kind=ContactKind.MAIL,
            raw="su@yunlu.example",
            source=Source.SELF,
            since=today,
            actor=lin,
            now=now,
        )
    with store.writer.begin() as connection:
        connection.exec_driver_sql(change)

    with reading(store) as session:
        constituent = get_constituent(session, liang)
        assert plain_value(keys, constituent, holding(constituent, "phone"))
        with pytest.raises(CiphertextRefused):
            plain_value(keys, constituent, holding(constituent, "mail"))
