"""What dead and paused workers left open: settled by what is proven, else shown to a person."""

from __future__ import annotations

from datetime import timedelta

import pytest

from donflow.outbox import handoff
from donflow.outbox.claiming import HANDING_OFF_LEASE, LEASE, claim
from donflow.outbox.delivering import deliver_due
from donflow.outbox.fencing import Fence
from donflow.outbox.freezing import frozen_letter
from donflow.outbox.models import LetterState, Way
from donflow.outbox.readying import ready_due
from donflow.outbox.recovering import recover
from donflow.outbox.replies import commit_outcome
from donflow.outbox.workers import at_work, tokens
from donflow.post.reply import Outcome
from donflow.store.session import Store, reading
from donflow.store.verify import verify_store
from tests.outbox.letters import NOW, Post, letter_of, plan_letters


@pytest.fixture
def number(store: Store, post: Post) -> int:
    (number,) = plan_letters(store)
    ready_due(store, post.home, hands=post.hands(), now=NOW, actor=None)
    return number


def until(step: str, store: Store, post: Post, number: int, token: str) -> None:
    """Do as a worker does, up to this step; then it is as if it were dead or asleep."""
    claim(store, token, ways=[Way.MAIL], now=NOW)
    if step == "claimed":
        return
    handoff.begin_file(post.home)
    frozen = frozen_letter(store, number, token, post.hands())
    assert frozen is not None
    fence = Fence(store, post.home, number, token, frozen.message_id, post.hands(), None)
    if step == "fenced":
        assert fence._taken(NOW) is not None
        return
    attempt = fence.passed(NOW)
    assert attempt is not None
    if step != "begun":
        answer = Outcome(step)
        handoff.answered(post.home, frozen.message_id, token, attempt, answer, None)


@pytest.mark.parametrize(
    ("step", "state"),
    [
        ("claimed", LetterState.READY),
        ("fenced", LetterState.READY),
        ("begun", LetterState.IN_DOUBT),
        ("accepted", LetterState.SENT),
        ("later", LetterState.RETRY_WAIT),
        ("body_not_taken", LetterState.RETRY_WAIT),
        ("refused", LetterState.REFUSED),
    ],
)
def test_of_a_dead_worker_the_journal_tells(
    store: Store, post: Post, number: int, step: str, state: LetterState
) -> None:
    with at_work(post.home) as token:
        until(step, store, post, number, token)

    recover(store, post.home, now=NOW, actor=None)

    assert letter_of(store, number).state == state
    assert tokens(post.home) == []
    with reading(store) as session:
        assert verify_store(session) == ()


@pytest.mark.parametrize(
    ("step", "lease", "state"),
    [
        ("claimed", LEASE, LetterState.READY),
        ("fenced", HANDING_OFF_LEASE, LetterState.IN_DOUBT),
        ("begun", HANDING_OFF_LEASE, LetterState.IN_DOUBT),
        ("accepted", HANDING_OFF_LEASE, LetterState.IN_DOUBT),
    ],
)
def test_of_one_that_may_live_nothing_is_concluded_but_by_time_and_never_that_it_may_go_again(
    store: Store, post: Post, number: int, step: str, lease: timedelta, state: LetterState
) -> None:
    with at_work(post.home) as token:
        until(step, store, post, number, token)
        before = letter_of(store, number).state

        recover(store, post.home, now=NOW + lease - timedelta(seconds=1), actor=None)
        assert letter_of(store, number).state == before

        recover(store, post.home, now=NOW + lease, actor=None)
        assert letter_of(store, number).state == state


def test_a_worker_of_another_machine_has_no_file_here_and_may_live(
    store: Store, post: Post, number: int
) -> None:
    until("fenced", store, post, number, "f" * 32)

    recover(store, post.home, now=NOW, actor=None)

    assert letter_of(store, number).state == LetterState.HANDING_OFF


def test_the_copy_of_a_workers_file_proves_nothing_and_does_not_stay(
    store: Store, post: Post, number: int
) -> None:
    with at_work(post.home) as token:
        until("fenced", store, post, number, token)
    file = post.home / "workers" / token
    said = file.read_bytes()
    file.rename(post.home / "before")
    file.write_bytes(said)

    recover(store, post.home, now=NOW, actor=None)

    assert letter_of(store, number).state == LetterState.HANDING_OFF
    assert tokens(post.home) == []


def test_without_its_journal_a_dead_workers_hand_off_is_in_doubt(
    store: Store, post: Post, number: int
) -> None:
    with at_work(post.home) as token:
        until("fenced", store, post, number, token)
    (post.home / handoff.FILE).unlink()

    recover(store, post.home, now=NOW, actor=None)

    assert letter_of(store, number).state == LetterState.IN_DOUBT


def test_a_slow_worker_that_wakes_turns_its_own_doubt_into_what_it_knows(
    store: Store, post: Post, number: int
) -> None:
    with at_work(post.home) as token:
        until("begun", store, post, number, token)
        recover(store, post.home, now=NOW + HANDING_OFF_LEASE, actor=None)
        assert letter_of(store, number).state == LetterState.IN_DOUBT

        commit_outcome(store, number, token, Outcome.ACCEPTED, 250, actor=None, now=NOW)

    assert letter_of(store, number).state == LetterState.SENT


def test_a_worker_whose_claim_was_taken_over_does_not_pass_the_fence(
    store: Store, post: Post, number: int
) -> None:
    def take_over() -> None:
        recover(store, post.home, now=NOW + LEASE, actor=None)
        assert claim(store, "b" * 32, ways=[Way.MAIL], now=NOW) == [number]

    post.at_fence = take_over
    done = deliver_due(store, post.home, hands=post.hands(), clock=lambda: NOW)

    assert done.of(Outcome.NOT_OWNER) == [number]
    assert post.sent == []


@pytest.mark.parametrize("cut", range(1, 60, 7))
def test_a_line_that_a_power_failure_cut_says_nothing_and_harms_no_other(
    post: Post, cut: int
) -> None:
    handoff.begun(post.home, "one.0@example.org", "a" * 32, 1, NOW)
    whole = (post.home / handoff.FILE).read_bytes()
    handoff.begun(post.home, "two.0@example.org", "a" * 32, 1, NOW)
    (post.home / handoff.FILE).write_bytes(
        (post.home / handoff.FILE).read_bytes()[: len(whole) + cut]
    )
    handoff.begun(post.home, "three.0@example.org", "a" * 32, 1, NOW)

    known = handoff.read_handoffs(post.home / handoff.FILE)

    assert sorted(known.by_letter) == ["one.0", "three.0"]
