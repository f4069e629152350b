"""What stands in the outbox beside a letter counts: other numbers, other zones, other letters."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from donflow.greetings.models import GreetingWish
from donflow.greetings.reasons import Reason, Unknown
from donflow.greetings.verdicts import Verdict
from donflow.outbox.models import Way
from donflow.roster.models import Consent, Constituent
from tests.databases import only_sqlite
from tests.greetings import test_people
from tests.greetings.test_people import (
    DEAD,
    LIANG,
    MOTHER,
    NOW,
    OLD_LIANG,
    RECORDED,
    SU,
    TODAY,
    letter,
    put,
    weighed,
)

session = test_people.session

TEN_IN_LOS_ANGELES = datetime(2026, 9, 25, 17, tzinfo=UTC)
"""One o'clock of the 26th at the office."""
NINE_THERE = TEN_IN_LOS_ANGELES - timedelta(minutes=55)


@only_sqlite("what is weighed, not where")
@pytest.mark.parametrize("kind", ["constituent", "group"])
def test_a_letter_that_nobody_can_judge_does_not_go(session: Session, kind: str) -> None:
    session.connection().execute(update(Constituent).values(status="deceased"))
    letter(session, 1, MOTHER, "no_such", addressee_kind=kind, channel="mail")
    letter(session, 2, 99, "mid_autumn", addressee_kind=kind, channel="mail")
    assert weighed(session) == {
        1: Verdict(Unknown.NO_OCCASION),
        2: Verdict(Unknown.NO_ADDRESSEE),
    }


@only_sqlite("what is weighed, not where")
@pytest.mark.parametrize("occasion", ["mid_autumn", "birthday"])
@pytest.mark.parametrize("state", ["sent", "in_doubt", "handing_off"])
def test_what_went_to_a_merged_number_does_not_go_once_more(
    session: Session, state: str, occasion: str
) -> None:
    letter(session, 1, OLD_LIANG, occasion, state=state, channel="wechat", ended_at=NOW)
    letter(session, 2, LIANG, occasion)
    letter(session, 3, LIANG, occasion, n=1)
    letter(session, 4, MOTHER, occasion)
    found = weighed(session)
    assert found[2] == Verdict(Reason.MERGED)
    assert (found[3].reason, found[4].reason) == (None, None)


@only_sqlite("what is weighed, not where")
def test_what_was_refused_to_a_merged_number_goes(session: Session) -> None:
    letter(session, 1, OLD_LIANG, "mid_autumn", state="refused", channel="mail", ended_at=NOW)
    letter(session, 2, LIANG, "mid_autumn")
    assert weighed(session)[2].reason is None


@only_sqlite("what is weighed, not where")
@pytest.mark.parametrize("days", [0, 2])
def test_what_went_to_a_merged_number_silences(session: Session, days: int) -> None:
    before = {"on_day": TODAY - timedelta(days=days), "ended_at": NOW - timedelta(days=days)}
    letter(session, 1, OLD_LIANG, "birthday", state="sent", channel="wechat", **before)
    letter(session, 2, LIANG, "mid_autumn")
    assert weighed(session)[2].reason is Reason.JUST_GREETED


@only_sqlite("what is weighed, not where")
def test_what_went_to_a_merged_number_counts_in_the_month(session: Session) -> None:
    for number, addressee in enumerate((LIANG, OLD_LIANG, LIANG, OLD_LIANG)):
        day = {"on_day": TODAY - timedelta(days=5 + number), "ended_at": NOW - timedelta(days=5)}
        letter(session, number, addressee, "mid_autumn", state="sent", channel="wechat", **day)
    letter(session, 9, LIANG, "mid_autumn")
    assert weighed(session)[9].reason is Reason.CAP


@only_sqlite("what is weighed, not where")
def test_thanks_to_a_number_that_was_merged_go(session: Session) -> None:
    """The other number has no letter of its own for the payment: nobody plans it."""
    letter(session, 1, OLD_LIANG, "thanks", about=12)
    letter(session, 2, LIANG, "mid_autumn")
    letter(session, 3, OLD_LIANG, "birthday")
    found = {number: verdict.reason for number, verdict in weighed(session).items()}
    assert found == {1: None, 2: Reason.JUST_GREETED, 3: Reason.MERGED}


@only_sqlite("what is weighed, not where")
def test_what_went_today_went_today_where_they_live(session: Session) -> None:
    sent = {"state": "sent", "channel": "wechat", "ended_at": NINE_THERE}
    letter(session, 1, LIANG, "mid_autumn", **sent)
    letter(session, 2, LIANG, "qiufen")
    assert weighed(session, TEN_IN_LOS_ANGELES)[2].reason is Reason.JUST_GREETED


@only_sqlite("what is weighed, not where")
def test_a_couple_in_los_angeles_is_greeted_once(session: Session) -> None:
    there = {"leap_day": "march", "joint": True, "timezone": "America/Los_Angeles"}
    put(session, GreetingWish, constituent_id=SU, lunar_birthday=False, **there, **RECORDED)
    sent = {"state": "sent", "channel": "wechat", "ended_at": NINE_THERE}
    letter(session, 1, LIANG, "mid_autumn", **sent)
    letter(session, 2, SU, "mid_autumn")
    assert weighed(session, TEN_IN_LOS_ANGELES) == {2: Verdict(Reason.HOUSEHOLD, instead=1)}


@only_sqlite("what is weighed, not where")
def test_who_died_is_known_though_the_letter_names_a_channel(session: Session) -> None:
    letter(session, 1, DEAD, "mid_autumn", channel=Way.MAIL.value)
    assert weighed(session) == {1: Verdict(Reason.DECEASED)}


@only_sqlite("what is weighed, not where")
@pytest.mark.parametrize(
    ("occasion", "days", "silent"),
    [
        ("national_day", 0, True),
        ("national_day", 2, True),
        ("teachers_day", 2, False),
        ("birthday", 2, False),
    ],
)
def test_what_greeted_a_couple_counts_for_both(
    session: Session, occasion: str, days: int, silent: bool
) -> None:
    """Though the other of the two had no letter that could say so."""
    went = {"on_day": TODAY - timedelta(days=days), "ended_at": NOW - timedelta(days=days)}
    letter(session, 1, LIANG, occasion, state="sent", channel="wechat", **went)
    letter(session, 2, SU, "qiufen")
    assert weighed(session)[2].reason is (Reason.JUST_GREETED if silent else None)


@only_sqlite("what is weighed, not where")
@pytest.mark.parametrize(
    ("state", "verdict"),
    [
        ("ready", Verdict(None, instead=1, waits=Reason.HOUSEHOLD)),
        ("handing_off", Verdict(None, instead=1, waits=Reason.HOUSEHOLD)),
        ("sent", Verdict(Reason.HOUSEHOLD, instead=1)),
        ("in_doubt", Verdict(Reason.HOUSEHOLD, instead=1)),
        ("refused", Verdict(None, Way.WECHAT, spouse=LIANG)),
    ],
)
def test_the_other_of_a_couple_waits_until_the_mail_to_both_went(
    session: Session, state: str, verdict: Verdict
) -> None:
    session.connection().execute(update(Consent).values(decision="given"))
    session.connection().execute(update(GreetingWish).values(timezone=None))
    letter(session, 1, LIANG, "mid_autumn", state=state, channel="mail")
    letter(session, 2, SU, "mid_autumn")
    assert weighed(session)[2] == verdict


@only_sqlite("what is weighed, not where")
@pytest.mark.parametrize(
    ("went", "earlier", "reason"),
    [
        ("national_day", 0, Reason.JUST_GREETED),
        ("qiufen", 0, None),
        ("qiufen", 2, None),
        ("qiufen", 3, Reason.CAP),
    ],
)
def test_what_went_this_morning_counts_though_it_comes_later_in_the_list(
    session: Session, went: str, earlier: int, reason: Reason | None
) -> None:
    sent = {"state": "sent", "channel": "wechat"}
    letter(session, 1, MOTHER, went, ended_at=NOW - timedelta(hours=1), **sent)
    for number in range(2, 2 + earlier):
        days = {"on_day": TODAY - timedelta(days=10 + number), "ended_at": NOW - timedelta(days=10)}
        letter(session, number, MOTHER, "birthday", **days, **sent)
    letter(session, 9, MOTHER, "mid_autumn")
    assert weighed(session)[9].reason is reason
