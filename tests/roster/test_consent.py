"""What a constituent allows: asked for each purpose, the last word holds."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from donflow.domain.actor import Actor
from donflow.roster.consent import consents_of, give, may, withdraw
from donflow.roster.models import Channel, Constituent, Purpose, Status
from donflow.roster.people import NotChangeable, get_constituent
from donflow.roster.standing import mark_deceased
from donflow.store.journal import Subject, events_of
from donflow.store.session import Store, reading, unit_of_work
from donflow.vault.deposit import Upload, keep

GREETINGS, ANY, MAIL, PHONE = Purpose.GREETINGS, Channel.ANY, Channel.MAIL, Channel.PHONE
GIVEN, WITHDRAWN = give, withdraw


@pytest.mark.parametrize(
    ("said", "channel", "granted"),
    [
        ([], ANY, False),
        ([(GIVEN, ANY, 1)], ANY, True),
        ([(GIVEN, ANY, 1)], MAIL, True),
        ([(GIVEN, MAIL, 1)], MAIL, True),
        ([(GIVEN, MAIL, 1)], PHONE, False),
        ([(GIVEN, MAIL, 1)], ANY, False),
        ([(GIVEN, ANY, 1), (WITHDRAWN, PHONE, 2)], PHONE, False),
        ([(GIVEN, ANY, 1), (WITHDRAWN, PHONE, 2)], MAIL, True),
        ([(GIVEN, MAIL, 1), (WITHDRAWN, ANY, 2)], MAIL, False),
        ([(WITHDRAWN, ANY, 1), (GIVEN, MAIL, 2)], MAIL, True),
        ([(WITHDRAWN, ANY, 1), (GIVEN, MAIL, 2)], PHONE, False),
        # typed in later, but said earlier: the later word holds
        ([(WITHDRAWN, ANY, 2), (GIVEN, ANY, 1)], ANY, False),
        # on one day the one recorded last
        ([(GIVEN, ANY, 1), (WITHDRAWN, ANY, 1)], ANY, False),
    ],
)
def test_the_last_word_for_the_channel_holds(
    store: Store,
    lin: Actor,
    liang: int,
    now: datetime,
    said: list[tuple[object, Channel, int]],
    channel: Channel,
    granted: bool,
) -> None:
    with unit_of_work(store) as session:
        constituent = get_constituent(session, liang)
        for act, by, day in said:
            state = give if act is GIVEN else withdraw
            stated_on = date(2026, 11, day)
            state(
                session, constituent, GREETINGS, stated_on=stated_on, channel=by, actor=lin, now=now
            )

        leave = may(session, constituent, GREETINGS, channel=channel)

    assert leave.granted is granted
    assert str(leave.why)


def test_each_purpose_is_asked_for_by_itself(
    store: Store, lin: Actor, liang: int, today: date, now: datetime
) -> None:
    with unit_of_work(store) as session:
        constituent = get_constituent(session, liang)
        give(session, constituent, Purpose.PUBLICITY_NAME, stated_on=today, actor=lin, now=now)

        granted = {each for each in Purpose if may(session, constituent, each).granted}

    assert granted == {Purpose.PUBLICITY_NAME}


def test_the_dead_are_not_greeted_but_their_name_stays_allowed(
    store: Store, lin: Actor, liang: int, today: date, now: datetime
) -> None:
    with unit_of_work(store) as session:
        constituent = get_constituent(session, liang)
        for purpose in (GREETINGS, Purpose.PUBLICITY_NAME):
            give(session, constituent, purpose, stated_on=today, actor=lin, now=now)
        mark_deceased(session, constituent, actor=lin, now=now)

        assert not may(session, constituent, GREETINGS).granted
        assert may(session, constituent, Purpose.PUBLICITY_NAME).granted


@pytest.mark.parametrize("status", [Status.RESTRICTED, Status.ERASED])
def test_what_is_only_stored_is_used_for_nothing(
    store: Store, lin: Actor, liang: int, today: date, now: datetime, status: Status
) -> None:
    with reading(store) as session:
        constituent: Constituent = get_constituent(session, liang)
        constituent.status = status

        assert not [each for each in Purpose if may(session, constituent, each).granted]
        with pytest.raises(NotChangeable):
            give(session, constituent, GREETINGS, stated_on=today, actor=lin, now=now)


def test_a_consent_keeps_its_evidence_and_is_journalled(
    store: Store, lin: Actor, liang: int, today: date, now: datetime, tmp_path: Path
) -> None:
    with unit_of_work(store) as session:
        constituent = get_constituent(session, liang)
        paper = keep(
            session, tmp_path, Upload("同意书.txt", b"yes"), kind="text", actor=lin, now=now
        )
        give(
            session,
            constituent,
            GREETINGS,
            stated_on=today,
            evidence=paper.fingerprint,
            notice_version="2026-01",
            actor=lin,
            now=now,
        )
        withdraw(session, constituent, GREETINGS, stated_on=today, actor=None, now=now)

    with reading(store) as session:
        given, withdrawn = consents_of(session, get_constituent(session, liang))
        assert (given.evidence, given.notice_version) == (paper.fingerprint, "2026-01")
        assert withdrawn.decision == "withdrawn"
        actions = [event.action for event in events_of(session, Subject("person", liang))]
        assert actions[-2:] == ["consent_given", "consent_withdrawn"]
