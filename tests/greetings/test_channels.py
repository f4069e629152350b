"""The channel: the rhythm's, the wished one, then WeChat, mail, paper; with consent and contact."""

from __future__ import annotations

from dataclasses import replace

import pytest

from donflow.greetings.channels import by_hand, channel_of, is_opted_out
from donflow.greetings.facts import Said, Wish
from donflow.greetings.reasons import Reason
from donflow.outbox.models import Way
from tests.greetings.letters import ALL, LIANG

WECHAT, MAIL, PAPER, FOLDER, WEBHOOK = Way.WECHAT, Way.MAIL, Way.PAPER, Way.FOLDER, Way.WEBHOOK
EVERYWHERE = (WECHAT, MAIL, PAPER)
GIVEN, WITHDRAWN = Said.GIVEN, Said.WITHDRAWN


@pytest.mark.parametrize(
    ("named", "wished", "reachable", "said", "channel"),
    [
        (None, None, EVERYWHERE, ALL, WECHAT),
        (None, None, (MAIL, PAPER), ALL, MAIL),
        (None, None, (PAPER,), ALL, PAPER),
        (None, MAIL, EVERYWHERE, ALL, MAIL),
        (PAPER, MAIL, EVERYWHERE, ALL, PAPER),
        # What is named without contact or consent is passed over.
        (PAPER, MAIL, (WECHAT, MAIL), ALL, MAIL),
        (PAPER, MAIL, (WECHAT,), ALL, WECHAT),
        (MAIL, None, EVERYWHERE, ALL | {MAIL: WITHDRAWN}, WECHAT),
        (None, None, EVERYWHERE, ALL | {WECHAT: WITHDRAWN}, MAIL),
        (None, None, EVERYWHERE, {PAPER: GIVEN}, PAPER),
        # A folder only where the rhythm names it, a webhook where one of the two does.
        (FOLDER, None, (), ALL, FOLDER),
        (FOLDER, PAPER, EVERYWHERE, ALL, FOLDER),
        (None, FOLDER, EVERYWHERE, ALL, WECHAT),
        (None, FOLDER, (), ALL, Reason.NO_ADDRESS),
        (WEBHOOK, None, (*EVERYWHERE, WEBHOOK), ALL, WEBHOOK),
        (None, None, (WEBHOOK,), ALL, Reason.NO_ADDRESS),
        # Nobody is reached where they said no, or nothing.
        (None, None, (), ALL, Reason.NO_ADDRESS),
        (None, None, (WECHAT,), {MAIL: GIVEN}, Reason.NO_ADDRESS),
        (None, None, EVERYWHERE, dict.fromkeys(ALL, WITHDRAWN), Reason.OPTED_OUT),
        (FOLDER, None, EVERYWHERE, dict.fromkeys(ALL, WITHDRAWN), Reason.OPTED_OUT),
        (None, None, EVERYWHERE, {MAIL: WITHDRAWN}, Reason.OPTED_OUT),
        (None, None, (MAIL,), ALL | {MAIL: WITHDRAWN}, Reason.OPTED_OUT),
        (None, None, (MAIL, PAPER), ALL | {MAIL: WITHDRAWN}, PAPER),
    ],
)
def test_the_first_open_channel_is_taken(
    named: Way | None,
    wished: Way | None,
    reachable: tuple[Way, ...],
    said: dict[Way, Said],
    channel: Way | Reason,
) -> None:
    person = replace(LIANG, reachable=frozenset(reachable), said=said, wish=Wish(channel=wished))
    assert channel_of(person, named) is channel


def test_who_was_never_asked_is_not_greeted_but_is_thanked() -> None:
    person = replace(LIANG, said={}, asked=False)
    assert channel_of(person, None) is Reason.NOT_ASKED
    assert channel_of(person, Way.FOLDER) is Reason.NOT_ASKED
    assert not is_opted_out(person)
    assert channel_of(person, None, asks_consent=False) is WECHAT
    nowhere = replace(person, reachable=frozenset())
    assert channel_of(nowhere, None, asks_consent=False) is Reason.NO_ADDRESS


@pytest.mark.parametrize(
    ("reachable", "way"),
    [((), PAPER), ((MAIL,), PAPER), ((PAPER,), PAPER), ((PAPER, WECHAT), WECHAT)],
)
def test_what_a_person_hands_over_never_becomes_a_file(
    reachable: tuple[Way, ...], way: Way
) -> None:
    assert by_hand(replace(LIANG, reachable=frozenset(reachable))) is way
