"""The same request sent twice is done once and answered the same."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from donflow.store.base import canonical
from donflow.store.journal import events_of, record
from donflow.store.keys import KeyRing
from donflow.store.requests import (
    LONGEST_KEY,
    RequestReused,
    WrongRequestKey,
    blinded,
    first_outcome,
    keep_outcome,
)
from donflow.store.session import Store, reading, unit_of_work
from donflow.store.verify import verify_store
from tests.store.one_of_each import GIFT, NOW

ARGUMENTS = {"gift": 17, "to": ["review", "梁启舟"]}
KEYS = KeyRing(Path("unused"), b"m" * 32, b"i" * 32)
ASKED = blinded(KEYS, ARGUMENTS)


def act(
    store: Store, key: str = "k1", name: str = "submit", **changes: object
) -> dict[str, object]:
    """Do an act once under its key, as every way in does it."""
    arguments = blinded(KEYS, {**ARGUMENTS, **changes})
    with unit_of_work(store) as session:
        earlier = first_outcome(session, key, name, arguments)
        if earlier is not None:
            return earlier
        record(session, GIFT, name, actor=None, now=NOW)
        outcome = {"stage": "review", "key": key}
        keep_outcome(session, key, name, arguments, outcome, now=NOW)
        return dict(outcome)


def times_done(store: Store) -> int:
    with reading(store) as session:
        assert verify_store(session) == ()
        return len(events_of(session, GIFT))


def test_a_request_sent_again_is_not_done_again_and_gets_the_first_outcome(store: Store) -> None:
    first = act(store)

    assert act(store) == first
    assert times_done(store) == 1


def test_the_order_of_arguments_does_not_matter(store: Store) -> None:
    first = act(store)
    with reading(store) as session:
        turned = blinded(KEYS, dict(reversed(ARGUMENTS.items())))
        assert first_outcome(session, "k1", "submit", turned) == first


def test_another_key_is_another_request(store: Store) -> None:
    act(store)

    assert act(store, "k2")["key"] == "k2"
    assert times_done(store) == 2


@pytest.mark.parametrize(
    "second", [{"name": "approve"}, {"gift": 18}, {"gift": "17"}, {"more": None}]
)
def test_a_key_used_for_something_else_is_refused(store: Store, second: dict[str, str]) -> None:
    act(store)

    with pytest.raises(RequestReused) as refused:
        act(store, **second)

    assert refused.value.values == {"key": "k1"}
    assert times_done(store) == 1


def test_an_outcome_is_kept_only_with_its_act(store: Store) -> None:
    with pytest.raises(KeyError), unit_of_work(store) as session:  # noqa: PT012
        keep_outcome(session, "k1", "submit", ASKED, {"stage": "review"}, now=NOW)
        record(session, GIFT, "submit", actor=None, now=NOW)
        raise KeyError

    with reading(store) as session:
        assert first_outcome(session, "k1", "submit", ASKED) is None


def test_nobody_without_the_keys_can_try_names_against_the_arguments(store: Store) -> None:
    act(store)

    guess = canonical(ARGUMENTS).encode()
    assert hashlib.sha256(guess).hexdigest() != ASKED
    assert blinded(KeyRing(Path("unused"), b"m" * 32, b"j" * 32), ARGUMENTS) != ASKED


@pytest.mark.parametrize("key", ["", "k" * (LONGEST_KEY + 1)])
def test_a_key_that_cannot_be_kept_is_refused(store: Store, key: str) -> None:
    with pytest.raises(WrongRequestKey):
        act(store, key)

    act(store, "k" * LONGEST_KEY)
