"""What people decide: arrived or not, once more, sent by hand, held letters let go."""

from __future__ import annotations

import mailbox
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
from sqlalchemy import func, select

from donflow.outbox import handoff
from donflow.outbox.bodies import delete_old_bodies
from donflow.outbox.checking import disagreements
from donflow.outbox.claiming import claim
from donflow.outbox.clock import (
    AHEAD,
    BACK,
    brakes,
    judge_clock,
    release_clock,
    stands_still_since,
    tick_clock,
)
from donflow.outbox.delivering import deliver_due
from donflow.outbox.evidence import NoMailbox, message_ids_in
from donflow.outbox.holding import COPY, hold_all, hold_due, is_older_than_log, release
from donflow.outbox.models import Letter, LetterState, Way
from donflow.outbox.readying import ready_due
from donflow.outbox.recovering import recover
from donflow.outbox.replies import commit_outcome
from donflow.outbox.settling import (
    MayNotGo,
    NotByHand,
    NotInDoubt,
    OnItsWay,
    Why,
    in_doubt,
    mark_sent,
    resend,
    settle,
    settle_by_mailbox,
)
from donflow.post.reply import Outcome, Reply
from donflow.store.journal import Subject, events_of, record
from donflow.store.session import Store, reading, unit_of_work
from donflow.store.verify import verify_store
from tests.outbox.letters import DOMAIN, LIN, NOW, TODAY, Post, letter_of, plan_letters, states


def delivered(store: Store, post: Post, *replies: Reply, count: int = 1) -> list[int]:
    numbers = plan_letters(store, count)
    post.replies += replies
    deliver(store, post)
    return numbers


def deliver(store: Store, post: Post, minutes: int = 0) -> None:
    moment = NOW + timedelta(minutes=minutes)
    ready_due(store, post.home, hands=post.hands(), now=moment, actor=None)
    deliver_due(store, post.home, hands=post.hands(), clock=lambda: moment)


def sound(store: Store) -> bool:
    with reading(store) as session:
        return verify_store(session) == ()


DOUBT = Reply(Outcome.IN_DOUBT)


def test_one_that_arrived_is_sent_by_a_named_person(store: Store, post: Post) -> None:
    (number,) = delivered(store, post, DOUBT)

    with unit_of_work(store) as session:
        assert settle(session, number, arrived=True, actor=LIN, now=NOW) is None

    letter = letter_of(store, number)
    assert (letter.state, letter.settled_by) == (LetterState.SENT, LIN.user_id)
    assert sound(store)


def test_one_that_did_not_arrive_ends_and_goes_again_under_the_next_number(
    store: Store, post: Post
) -> None:
    (number,) = delivered(store, post, DOUBT)

    with unit_of_work(store) as session:
        new = settle(session, number, arrived=False, actor=LIN, now=NOW)
        assert new is not None
        again = new.id
    deliver(store, post)

    assert states(store) == {number: LetterState.REFUSED, again: LetterState.SENT}
    first, second = letter_of(store, number), letter_of(store, again)
    assert first.message_id == (second.message_id or "").replace(".1@", ".0@")
    assert sound(store)


def test_what_is_not_in_doubt_is_not_settled(store: Store, post: Post) -> None:
    (number,) = delivered(store, post)

    with pytest.raises(NotInDoubt), unit_of_work(store) as session:
        settle(session, number, arrived=False, actor=LIN, now=NOW)


def test_a_letter_that_went_goes_again_only_by_order_and_never_twice_at_once(
    store: Store, post: Post
) -> None:
    (number,) = delivered(store, post)

    with unit_of_work(store) as session:
        resend(session, number, why=Why.LOST, actor=LIN, now=NOW + timedelta(days=9))
    with pytest.raises(OnItsWay), unit_of_work(store) as session:
        resend(session, number, why=Why.LOST, actor=LIN, now=NOW + timedelta(days=9))
    deliver(store, post, 9 * 24 * 60)

    assert len(post.sent) == 2
    with reading(store) as session:
        told = [
            (event.user_id, event.detail["why"])
            for event in events_of(session, Subject("person", 1))
            if event.action == "letter_ordered"
        ]
    assert told == [(LIN.user_id, "lost")]
    assert sound(store)


def test_what_a_person_sent_stands_in_both_journals_under_its_key(store: Store, post: Post) -> None:
    post.channel = Way.WECHAT
    (number,) = delivered(store, post)

    with unit_of_work(store) as session:
        mark_sent(session, number, home=post.home, hands=post.hands(), actor=LIN, now=NOW)

    letter = letter_of(store, number)
    handed = handoff.read_handoffs(post.home / handoff.FILE).last_of(letter.message_id or "")
    assert letter.state == LetterState.SENT
    assert handed is not None
    assert handed.outcome is Outcome.ACCEPTED
    with reading(store) as session:
        assert not is_older_than_log(session, post.home)
    with pytest.raises(NotByHand), unit_of_work(store) as session:
        mark_sent(session, number, home=post.home, hands=post.hands(), actor=LIN, now=NOW)
    assert sound(store)


def test_what_may_not_go_any_more_is_not_marked_unless_it_went_out(
    store: Store, post: Post
) -> None:
    post.channel = Way.WECHAT
    (number,) = delivered(store, post)
    post.reasons[number] = "deceased"

    with pytest.raises(MayNotGo), unit_of_work(store) as session:
        mark_sent(session, number, home=post.home, hands=post.hands(), actor=LIN, now=NOW)
    with unit_of_work(store) as session:
        mark_sent(
            session, number, home=post.home, hands=post.hands(), went_out=True, actor=LIN, now=NOW
        )

    assert letter_of(store, number).state == LetterState.SENT


@pytest.mark.parametrize("kind", ["maildir", "mbox"])
def test_a_copy_in_the_archive_proves_that_a_letter_went(
    store: Store, post: Post, tmp_path: Path, kind: str
) -> None:
    lost, found = delivered(store, post, DOUBT, DOUBT, count=2)
    message = EmailMessage()
    message["Message-ID"] = f"<{letter_of(store, found).message_id}>"
    path = tmp_path / "archive"
    archive = mailbox.Maildir(path) if kind == "maildir" else mailbox.mbox(path)
    archive.add(message)
    archive.close()

    with unit_of_work(store) as session:
        settled = settle_by_mailbox(session, message_ids_in(path), actor=LIN, now=NOW)

    assert settled == [found]
    assert states(store) == {lost: LetterState.IN_DOUBT, found: LetterState.SENT}
    with reading(store) as session:
        assert [letter.id for letter in in_doubt(session)] == [lost]


def test_what_is_no_mailbox_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NoMailbox):
        message_ids_in(tmp_path)


def test_held_letters_are_released_as_a_journal_proves(store: Store, post: Post) -> None:
    """A database of the day before, with the journal of what went since."""
    sent, doubtful, later, refused, fresh, late = plan_letters(store, 6)
    replies = [Reply(Outcome.ACCEPTED), DOUBT, Reply(Outcome.LATER, 451), Reply(Outcome.REFUSED)]
    post.replies += replies
    ready_due(store, post.home, hands=post.hands(), now=NOW, actor=None)
    with unit_of_work(store) as session:
        session.connection().exec_driver_sql(
            f"UPDATE letter SET state = 'planned' WHERE id IN ({fresh}, {late})"
        )
    deliver_due(store, post.home, hands=post.hands(), clock=lambda: NOW)
    with unit_of_work(store) as session:
        assert not is_older_than_log(session, post.home)
        session.connection().exec_driver_sql("DELETE FROM letter")
    plan_letters(store, 5)
    (late,) = plan_letters(store, expires_on=TODAY - timedelta(days=1))
    sent, doubtful, later, refused, fresh, late = sorted(states(store))

    with unit_of_work(store) as session:
        assert is_older_than_log(session, post.home)
        hold_due(session, COPY, before=NOW, actor=None, now=NOW)
    known = handoff.read_handoffs(post.home / handoff.FILE)
    with unit_of_work(store) as session:
        release(session, known, domain=DOMAIN, actor=LIN, now=NOW)
    handoff.acknowledge(post.home, NOW)

    assert states(store) == {
        sent: LetterState.SENT,
        doubtful: LetterState.IN_DOUBT,
        later: LetterState.RETRY_WAIT,
        refused: LetterState.REFUSED,
        fresh: LetterState.RETRY_WAIT,
        late: LetterState.RETRY_WAIT,
    }
    with reading(store) as session:
        assert not is_older_than_log(session, post.home)
    post.sent.clear()
    deliver(store, post)
    assert len(post.sent) == 2
    assert letter_of(store, late).state == LetterState.EXPIRED


@pytest.mark.parametrize(
    ("hours", "state"), [(0, LetterState.RETRY_WAIT), (2, LetterState.EXPIRED)]
)
def test_a_release_expires_a_letter_only_when_its_last_day_is_over_everywhere(
    store: Store, hours: int, state: LetterState
) -> None:
    (number,) = plan_letters(store)
    evening_in_the_last_place = datetime(2026, 9, 26, 11, tzinfo=UTC)
    moment = evening_in_the_last_place + timedelta(hours=hours)
    with unit_of_work(store) as session:
        hold_due(session, COPY, before=NOW, actor=None, now=NOW)

    with unit_of_work(store) as session:
        release(session, handoff.Handoffs(), domain=DOMAIN, actor=LIN, now=moment)

    assert letter_of(store, number).state == state


def test_all_are_held_however_many_they_are(store: Store) -> None:
    numbers = plan_letters(store, 603)
    (later,) = plan_letters(store, due_at=NOW + timedelta(minutes=1))

    assert hold_all(store, COPY, before=NOW, actor=None, now=NOW) == (numbers, True)

    assert {n for n, state in states(store).items() if state != LetterState.HELD} == {later}


def in_hands(store: Store, post: Post) -> tuple[int, int]:
    """A letter that is claimed, and one that was being handed over, by a worker of elsewhere."""
    claimed, begun = plan_letters(store, 2)
    ready_due(store, post.home, hands=post.hands(), now=NOW, actor=None)
    claim(store, "f" * 32, ways=[Way.MAIL], now=NOW)
    with unit_of_work(store) as session:
        session.connection().exec_driver_sql(
            f"UPDATE letter SET state = 'handing_off', message_id = 'm' WHERE id = {begun}"
        )
    return claimed, begun


def test_a_letter_that_leaves_while_it_is_asked_makes_no_database_older(
    store: Store, post: Post
) -> None:
    handoff.begin_file(post.home)
    lately = handoff.lately_begun(post.home)
    with reading(store) as session:
        assert session.scalar(select(func.count()).select_from(Letter)) == 0
        handoff.begun(post.home, f"one.0@{DOMAIN}", "f" * 32, 1, NOW)

        assert not is_older_than_log(session, post.home, lately)
        assert is_older_than_log(session, post.home), "read after what the session sees"


def test_of_what_was_in_hands_only_what_had_not_begun_goes_by_a_release(
    store: Store, post: Post
) -> None:
    claimed, begun = in_hands(store, post)

    assert hold_all(store, COPY, before=NOW, actor=None, now=NOW) == ([claimed, begun], True)
    recover(store, post.home, now=NOW + timedelta(days=1), actor=None)
    assert set(states(store).values()) == {LetterState.HELD}
    with unit_of_work(store) as session:
        release(session, handoff.Handoffs(), domain=DOMAIN, actor=LIN, now=NOW)

    assert states(store) == {claimed: LetterState.RETRY_WAIT, begun: LetterState.IN_DOUBT}
    assert sound(store)


def test_whoever_has_a_letter_in_hand_that_is_held_may_still_say_what_came_of_it(
    store: Store, post: Post
) -> None:
    claimed, begun = in_hands(store, post)
    hold_all(store, COPY, before=NOW, actor=None, now=NOW)

    for number in (claimed, begun):
        for outcome in (Outcome.LATER, Outcome.ACCEPTED):
            commit_outcome(store, number, "f" * 32, outcome, None, actor=None, now=NOW)

    assert states(store) == {claimed: LetterState.HELD, begun: LetterState.SENT}


@pytest.mark.parametrize(
    "put_back",
    [
        "state = 'ready'",
        "state = 'planned', message_id = NULL, body = NULL, attempts = 0, token = NULL",
    ],
)
def test_verify_names_a_letter_that_left_and_would_leave_again(
    store: Store, post: Post, put_back: str
) -> None:
    (number,) = delivered(store, post)
    with reading(store) as session:
        assert list(disagreements(session, post.home)) == []
    with unit_of_work(store) as session:
        session.connection().exec_driver_sql(f"UPDATE letter SET {put_back}")

    with reading(store) as session:
        (finding,) = disagreements(session, post.home)
    assert finding.values["letter"] == number


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE letter SET state = 'sent'", "row_added"),
        ("UPDATE letter SET state = 'suppressed'", "row_added"),
        ("UPDATE letter SET state = 'held'", "row_added"),
        ("UPDATE letter SET attempts = 7", None),
    ],
)
def test_an_end_that_no_event_knows_is_a_finding(
    store: Store, post: Post, statement: str, code: str | None
) -> None:
    plan_letters(store)
    with unit_of_work(store) as session:
        session.connection().exec_driver_sql(statement)

    with reading(store) as session:
        assert [finding.code for finding in verify_store(session)] == ([code] if code else [])


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE letter SET state = 'refused'", "row_changed"),
        ("UPDATE letter SET on_day = '2026-01-01'", "row_changed"),
        ("DELETE FROM letter", "row_removed"),
    ],
)
def test_an_end_that_was_changed_is_a_finding(
    store: Store, post: Post, statement: str, code: str
) -> None:
    delivered(store, post)
    with unit_of_work(store) as session:
        session.connection().exec_driver_sql(statement)

    with reading(store) as session:
        assert [finding.code for finding in verify_store(session)] == [code]


def test_what_a_letter_said_is_gone_90_days_after_its_end(store: Store, post: Post) -> None:
    (number,) = delivered(store, post)
    end = NOW + timedelta(days=90)

    assert delete_old_bodies(store, now=end, actor=None) == 0
    assert delete_old_bodies(store, now=end + timedelta(seconds=1), actor=None) == 1

    letter = letter_of(store, number)
    assert letter.body is None
    assert letter.body_digest is not None
    assert sound(store)


@pytest.mark.parametrize(
    ("later", "brake"),
    [
        (timedelta(0), None),
        (timedelta(minutes=-5), None),
        (timedelta(minutes=-5, seconds=-1), BACK),
        (timedelta(days=40), None),
        (timedelta(days=40, seconds=1), AHEAD),
        (timedelta(days=365 * 30), AHEAD),
    ],
)
def test_which_time_is_believed(later: timedelta, brake: str | None) -> None:
    assert judge_clock(NOW, NOW, NOW + later) == brake
    assert judge_clock(None, NOW, NOW + later) == brake
    assert judge_clock(NOW, None, NOW + later) == brake
    assert judge_clock(None, None, NOW + later) is None


def test_what_was_written_by_a_wrong_clock_does_not_make_it_right() -> None:
    year = NOW + timedelta(days=365)

    assert judge_clock(NOW, year, year) == AHEAD
    assert judge_clock(NOW, year, NOW) == BACK


def test_a_clock_that_is_not_believed_stays_braked_until_a_person_releases_it(
    store: Store,
) -> None:
    year = NOW + timedelta(days=366)
    assert tick_clock(store, "one", now=NOW) is None
    assert tick_clock(store, "one", now=year) == AHEAD
    assert tick_clock(store, "one", now=NOW) == AHEAD
    with reading(store) as session:
        assert brakes(session) == {"one": AHEAD}

    with unit_of_work(store) as session:
        assert release_clock(session, actor=LIN, now=year) == 1

    assert tick_clock(store, "one", now=year) is None
    assert sound(store)


@pytest.mark.parametrize(
    ("later", "brake"),
    [(timedelta(days=365 * 30), AHEAD), (timedelta(days=-30), BACK), (timedelta(days=1), None)],
)
def test_a_machine_never_seen_is_believed_no_more_than_the_others(
    store: Store, later: timedelta, brake: str | None
) -> None:
    assert tick_clock(store, "one", now=NOW) is None

    assert tick_clock(store, "two", now=NOW + later) == brake
    assert tick_clock(store, "two", now=NOW + later) == brake
    if brake is not None:
        assert tick_clock(store, "one", now=NOW + timedelta(minutes=1)) == (
            BACK if brake == AHEAD else None
        )
    assert sound(store)


def test_an_event_of_a_wrong_clock_makes_it_right_on_no_machine(store: Store) -> None:
    year = NOW + timedelta(days=365)
    assert tick_clock(store, "one", now=NOW) is None
    with unit_of_work(store) as session:
        record(session, Subject("gift", 1), "noted", actor=None, now=year)

    for host in ("two", "three", "one"):
        assert tick_clock(store, host, now=year) == AHEAD


def test_a_released_clock_goes_on_though_another_ran_ahead(store: Store) -> None:
    month = timedelta(days=30)
    assert tick_clock(store, "one", now=NOW + month) is None
    assert tick_clock(store, "two", now=NOW) == BACK
    with unit_of_work(store) as session:
        assert release_clock(session, actor=LIN, now=NOW) == 1

    assert tick_clock(store, "two", now=NOW) is None
    assert tick_clock(store, "one", now=NOW) is None


def test_since_when_the_clock_stands_still(store: Store) -> None:
    with reading(store) as session:
        assert stands_still_since(session, NOW) is None
    tick_clock(store, "one", now=NOW)
    with reading(store) as session:
        assert stands_still_since(session, NOW + timedelta(hours=1)) is None
        assert stands_still_since(session, NOW + timedelta(hours=2)) == NOW
