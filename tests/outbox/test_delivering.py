"""From due to its end: each outcome of an attempt, and what stops a letter at the fence."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from donflow.outbox import handoff
from donflow.outbox.claiming import claim
from donflow.outbox.delivering import Delivered, deliver_due
from donflow.outbox.freezing import digest_of
from donflow.outbox.hands import Verdict
from donflow.outbox.models import LetterState, Way
from donflow.outbox.readying import ready_due
from donflow.outbox.workers import tokens
from donflow.post.reply import Outcome, Reply
from donflow.store.session import Store, reading, unit_of_work
from donflow.store.verify import verify_store
from tests import databases
from tests.outbox.letters import NOW, TODAY, Post, letter_of, plan_letters, states


def ready(store: Store, post: Post) -> None:
    ready_due(store, post.home, hands=post.hands(), now=NOW, actor=None)


def deliver(store: Store, post: Post, minutes: int = 0) -> Delivered:
    moment = NOW + timedelta(minutes=minutes)
    ready_due(store, post.home, hands=post.hands(), now=moment, actor=None)
    return deliver_due(store, post.home, hands=post.hands(), clock=lambda: moment)


@databases.both
def test_what_is_due_goes_once_under_its_own_number(store: Store, post: Post) -> None:
    numbers = plan_letters(store, 3)

    done = deliver(store, post)

    assert done.of(Outcome.ACCEPTED) == numbers
    assert set(states(store).values()) == {LetterState.SENT}
    assert [each.message_id for each in post.sent] == post.written
    assert len(set(post.written)) == 3
    assert tokens(post.home) == []
    assert deliver(store, post).by_outcome == {}
    with reading(store) as session:
        assert verify_store(session) == ()


def test_what_is_not_due_waits(store: Store, post: Post) -> None:
    plan_letters(store, due_at=NOW + timedelta(seconds=1))

    deliver(store, post)

    assert set(states(store).values()) == {LetterState.PLANNED}


def test_what_waits_is_looked_at_again_at_the_moment_told(store: Store, post: Post) -> None:
    (number,) = plan_letters(store)
    tomorrow = NOW + timedelta(days=1)
    post.waits[number] = Verdict(None, Way.MAIL, True, "mourning", tomorrow)

    deliver(store, post)

    letter = letter_of(store, number)
    assert (letter.state, letter.due_at) == (LetterState.RETRY_WAIT, tomorrow)
    post.waits.clear()
    deliver(store, post)
    assert post.sent == []
    deliver(store, post, minutes=24 * 60)
    assert letter_of(store, number).state == LetterState.SENT


def test_what_begins_to_wait_between_claim_and_body_does_not_leave(
    store: Store, post: Post
) -> None:
    (number,) = plan_letters(store)

    def disputed() -> None:
        post.waits[number] = Verdict(None, Way.MAIL, True, "dispute")

    post.at_fence = disputed
    done = deliver(store, post)

    assert done.of(Outcome.NOT_OWNER) == [number]
    assert letter_of(store, number).state == LetterState.RETRY_WAIT
    deliver(store, post, minutes=15)
    assert (post.sent, letter_of(store, number).state) == ([], LetterState.RETRY_WAIT)
    post.waits.clear()
    post.at_fence = lambda: None
    deliver(store, post, minutes=30)
    assert letter_of(store, number).state == LetterState.SENT


@pytest.mark.parametrize(
    ("reply", "state"),
    [
        (Reply(Outcome.NOT_BEGUN), LetterState.RETRY_WAIT),
        (Reply(Outcome.LATER, 451), LetterState.RETRY_WAIT),
        (Reply(Outcome.BODY_NOT_TAKEN), LetterState.RETRY_WAIT),
        (Reply(Outcome.REFUSED, 554), LetterState.REFUSED),
        (Reply(Outcome.IN_DOUBT), LetterState.IN_DOUBT),
        (OSError(), LetterState.IN_DOUBT),
    ],
    ids=str,
)
def test_each_outcome_has_its_state(
    store: Store, post: Post, reply: Reply | Exception, state: LetterState
) -> None:
    (number,) = plan_letters(store)
    post.replies.append(reply)

    deliver(store, post)

    assert letter_of(store, number).state == state
    with reading(store) as session:
        assert verify_store(session) == ()


def test_attempts_follow_after_1_5_15_60_minutes_and_then_hourly_with_the_same_bytes(
    store: Store, post: Post
) -> None:
    (number,) = plan_letters(store, expires_on=TODAY + timedelta(days=1))
    post.replies += [Reply(Outcome.LATER, 451)] * 6

    waits = []
    minutes = 0
    for _attempt in range(6):
        deliver(store, post, minutes)
        due = letter_of(store, number).due_at
        waits.append(round((due - NOW).total_seconds() / 60) - minutes)
        minutes += waits[-1]
    deliver(store, post, minutes - 1)
    assert post.sent == []
    deliver(store, post, minutes)

    assert waits == [1, 5, 15, 60, 60, 60]
    assert len(set(post.tried)) == 1
    assert len(post.sent) == 1
    assert len(handoff.read_handoffs(post.home / handoff.FILE).by_letter) == 1


@pytest.mark.parametrize("changed", [{"words": "to her alone"}, {"address": "example.com"}])
def test_a_letter_that_did_not_leave_is_written_anew_when_its_words_or_address_changed(
    store: Store, post: Post, changed: dict[str, str]
) -> None:
    plan_letters(store)
    post.replies += [Reply(Outcome.NOT_BEGUN), Reply(Outcome.LATER, 451)]
    deliver(store, post)
    for name, value in changed.items():
        setattr(post, name, value)

    deliver(store, post, 1)
    deliver(store, post, 6)

    first, second, third = post.tried
    assert (first.content, first.recipient) != (second.content, second.recipient)
    assert second == third == post.sent[0]
    assert first.message_id == third.message_id
    assert all(value in f"{third}" for value in changed.values())


def test_bytes_that_were_changed_where_they_lie_are_not_sent(store: Store, post: Post) -> None:
    (number,) = plan_letters(store)
    post.replies.append(Reply(Outcome.LATER, 451))
    deliver(store, post)
    with unit_of_work(store) as session:
        session.connection().exec_driver_sql("UPDATE letter SET body = substr(body, 2)")

    done = deliver(store, post, 1)

    assert done.of("not_written") == [number]
    assert post.sent == []


def test_what_cannot_be_sealed_is_not_kept_and_goes_all_the_same(store: Store, post: Post) -> None:
    (number,) = plan_letters(store)
    hands = replace(post.hands(), seal=lambda *_said: None)
    post.replies.append(Reply(Outcome.LATER, 451))

    for minutes in (0, 1):
        moment = NOW + timedelta(minutes=minutes)
        ready_due(store, post.home, hands=hands, now=moment, actor=None)
        deliver_due(store, post.home, hands=hands, clock=lambda at=moment: at)  # type: ignore[misc]

    letter = letter_of(store, number)
    assert (letter.state, letter.body) == (LetterState.SENT, None)
    assert letter.body_digest == digest_of(post.sent[0])


def test_what_may_not_go_is_silenced_with_its_reason(store: Store, post: Post) -> None:
    deceased, late = plan_letters(store, 1), plan_letters(store, 1, expires_on=TODAY.replace(day=1))
    post.reasons[deceased[0]] = "deceased"

    deliver(store, post)

    assert letter_of(store, deceased[0]).reason == "deceased"
    assert states(store) == {
        deceased[0]: LetterState.SUPPRESSED,
        late[0]: LetterState.EXPIRED,
    }


@databases.both
def test_who_dies_between_claim_and_body_gets_no_letter(store: Store, post: Post) -> None:
    (number,) = plan_letters(store)
    post.at_fence = lambda: post.reasons.update({number: "deceased"})

    deliver(store, post)

    assert post.sent == []
    assert letter_of(store, number).state == LetterState.SUPPRESSED
    assert not handoff.read_handoffs(post.home / handoff.FILE).by_letter


def test_where_the_channel_closes_before_the_body_the_letter_is_written_for_another(
    store: Store, post: Post
) -> None:
    (number,) = plan_letters(store)

    def close() -> None:
        post.channel = Way.FOLDER

    post.at_fence = close
    deliver(store, post)
    assert post.sent == []

    post.at_fence = lambda: None
    deliver(store, post)

    assert letter_of(store, number).channel == Way.FOLDER
    assert len(post.written) == 2
    assert len(post.sent) == 1


def test_what_a_person_hands_over_is_not_claimed(store: Store, post: Post) -> None:
    (number,) = plan_letters(store)
    post.channel = Way.WECHAT

    deliver(store, post)

    assert letter_of(store, number).state == LetterState.READY


@databases.both
def test_two_workers_never_claim_the_same_letter(store: Store, post: Post) -> None:
    numbers = plan_letters(store, 5)
    ready(store, post)

    first = claim(store, "a" * 32, ways=[Way.MAIL], now=NOW, at_most=3)
    second = claim(store, "b" * 32, ways=[Way.MAIL], now=NOW, at_most=3)

    assert sorted([*first, *second]) == numbers


def test_after_three_letters_not_begun_the_way_is_closed_for_this_run(
    store: Store, post: Post
) -> None:
    plan_letters(store, 6)
    post.replies += [Reply(Outcome.NOT_BEGUN)] * 6

    deliver(store, post)

    assert len(post.replies) == 3
    assert sorted(states(store).values()) == ["ready"] * 3 + ["retry_wait"] * 3


def test_a_letter_that_cannot_be_written_keeps_none_of_the_others_back(
    store: Store, post: Post, caplog: pytest.LogCaptureFixture
) -> None:
    numbers = plan_letters(store, 3)
    write = post.hands().render
    hands = post.hands()

    def render(session: object, letter: object, message_id: str) -> object:
        if letter.id == numbers[1]:  # type: ignore[attr-defined]
            raise RuntimeError("梁启舟")
        return write(session, letter, message_id)  # type: ignore[arg-type]

    ready(store, post)
    object.__setattr__(hands, "render", render)
    done = deliver_due(store, post.home, hands=hands, clock=lambda: NOW)

    assert done.by_outcome == {
        "accepted": [numbers[0], numbers[2]],
        "not_written": [numbers[1]],
    }
    assert "梁启舟" not in caplog.text
    assert letter_of(store, numbers[1]).state == LetterState.RETRY_WAIT


def test_what_the_journal_proves_is_not_sent_by_a_database_that_was_put_back(
    store: Store, post: Post
) -> None:
    """As it were before: the row lost its claim, the line in the file stays."""
    sent, doubtful, waits = plan_letters(store, 3)
    post.replies += [Reply(Outcome.ACCEPTED, 250), OSError(), Reply(Outcome.LATER, 451)]
    deliver(store, post)
    with unit_of_work(store) as session:
        session.connection().exec_driver_sql(
            "UPDATE letter SET state = 'planned', attempts = 0, token = NULL, body = NULL,"
            f" message_id = NULL, ended_at = NULL, due_at = '{NOW:%Y-%m-%d %H:%M:%S.%f}'"
        )
    post.sent.clear()

    deliver(store, post)

    assert post.sent == []
    assert states(store) == {
        sent: LetterState.SENT,
        doubtful: LetterState.IN_DOUBT,
        waits: LetterState.RETRY_WAIT,
    }
    deliver(store, post, 60)
    assert letter_of(store, waits).state == LetterState.SENT
