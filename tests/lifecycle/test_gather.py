"""Facts are gathered for many gifts at once, and are what the records say."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from donflow.domain.facts import GiftFacts
from donflow.domain.money import Money
from donflow.gifts.register import all_gifts
from donflow.lifecycle.gather import gather, gather_one
from tests.cast import COMPANY
from tests.journeys.desk import Desk
from tests.journeys.test_precheck_in_life import WRONG, with_fault
from tests.lifecycle.opened import opened

TODAY = date(2026, 6, 8)


def facts_at(desk: Desk) -> GiftFacts:
    with opened(desk) as (session, office):
        return gather_one(session, office, all_gifts(session)[0], today=TODAY)


@pytest.mark.parametrize(
    ("milestone", "expected"),
    [
        ("intent", {"liaison_known": True, "last_contact_on": None, "amount": Money(50_000_000)}),
        ("intent", {"undescribed": ("restricted", "pay-by"), "notice_given_on": None}),
        ("draft", {"last_contact_on": date(2026, 3, 3), "screening_passed": True}),
        ("draft", {"instalments_total": Money(50_000_000), "revision": None, "document": None}),
        ("written", {"revision": 1, "checked_revision": 1, "unfilled": ()}),
        ("review", {"reviewed_revision": 1, "approved_revision": None, "remarks": 0}),
        ("review", {"rungs_missing": ("reviewer", "legal", "secretary_general")}),
        ("approved", {"approved_revision": 1, "rungs_missing": ()}),
        ("donor_check", {"sent_revision": 1, "agreed_revision": None}),
        ("signing", {"agreed_revision": 1, "copies_due": 4}),
        ("perform", {"agreement_number": "云基协〔2026〕031号", "confirmed_total": None}),
        ("perform", {"pay_by": date(2026, 5, 29), "seal_compared_text": True}),
        ("arrived", {"confirmed_total": Money(50_000_000), "thanks_open": 1, "pay_by": None}),
        ("arrived", {"receipts_settled": False, "certificate_settled": False}),
        ("receipted", {"receipts_total": Money(50_000_000), "thanks_open": 0}),
        ("delivered", {"receipts_settled": True, "certificate_settled": True}),
        ("delivered", {"custody_acknowledged": True, "parcel_delivered": True}),
    ],
)
def test_facts_are_what_the_records_say(
    office_at: Callable[..., Desk], milestone: str, expected: dict[str, Any]
) -> None:
    facts = facts_at(office_at(milestone))
    assert {name: getattr(facts, name) for name in expected} == expected


def test_each_copy_is_a_fact_of_its_own(office_at: Callable[..., Desk]) -> None:
    facts = facts_at(office_at("perform"))
    assert [copy.no for copy in facts.copies] == [1, 2, 3, 4]
    assert all(copy.placed and copy.sealed_on and copy.signed_on for copy in facts.copies)
    assert {copy.document for copy in facts.copies} == {facts.approved_document}


def test_many_gifts_cost_no_more_queries_than_one(office_at: Callable[..., Desk]) -> None:
    desk = office_at("review")
    with opened(desk) as (session, office):
        gather(session, office, all_gifts(session), today=TODAY)
        one = _queries(session, lambda: gather(session, office, all_gifts(session), today=TODAY))
    for _ in range(5):
        desk(f"gift new --donor {COMPANY} --amount 3万 --liaison 何老师")
    with opened(desk) as (session, office):
        gifts = all_gifts(session)
        assert len(gifts) == 6
        gather(session, office, gifts, today=TODAY)
        many = _queries(session, lambda: gather(session, office, all_gifts(session), today=TODAY))
    assert many == one < 40


def test_gathering_together_or_alone_gives_the_same_facts(
    office_at: Callable[..., Desk],
) -> None:
    desk = office_at("receipted")
    desk(f"gift new --donor {COMPANY} --amount 3万 --liaison 何老师")
    with opened(desk) as (session, office):
        gifts = all_gifts(session)
        together = gather(session, office, gifts, today=TODAY)
        alone = {gift.id: gather_one(session, office, gift, today=TODAY) for gift in gifts}
    assert together == alone
    assert together[1] != together[2]


def test_what_is_wrong_in_a_draft_is_read_from_it_only_where_its_words_are_told(
    office_at: Callable[..., Desk],
) -> None:
    desk = with_fault(office_at("written"))
    with opened(desk) as (session, office):
        (gift,) = all_gifts(session)
        (counted,) = gather(session, office, [gift], today=TODAY).values()
        told = gather_one(session, office, gift, today=TODAY, with_words=True)
    assert {fault.words for fault in counted.findings_open} == {""}
    assert all(WRONG in fault.words for fault in told.findings_open)
    assert len(counted.findings_open) == len(told.findings_open) == 2


def _queries(session: Session, ask: Callable[[], object]) -> int:
    session.expire_all()
    said: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        said.append(statement)

    engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", note)
    try:
        ask()
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return len(said)
