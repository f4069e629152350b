"""The outbox lent its hands by this office: planned, recovered, judged, handed over, tidied."""

from __future__ import annotations

import logging
import os
import platform
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from donflow.domain.actor import Actor
from donflow.errors import N_, DonflowError
from donflow.greetings.batches import waiting_for_approval
from donflow.greetings.planning import Planned, horizon, occasions_of, plan
from donflow.greetings.reasons import Reason
from donflow.greetings.thanking import finish_sent, said_by_letter
from donflow.greetings.weighing import weigh
from donflow.lifecycle.digests import Tell, plan_digests, with_digests
from donflow.lifecycle.instance import is_held
from donflow.lifecycle.letters import render
from donflow.lifecycle.mailing import mail_server, message_domain, webhook
from donflow.lifecycle.office import Office
from donflow.lifecycle.stranded import without_server
from donflow.outbox import clock, folder, handoff, holding
from donflow.outbox.bodies import delete_old_bodies
from donflow.outbox.delivering import Delivered, deliver_due
from donflow.outbox.hands import Hands, Verdict
from donflow.outbox.keys import message_id_of, told_apart
from donflow.outbox.letter_files import delete_old
from donflow.outbox.models import Addressee, Letter, Way
from donflow.outbox.polling import poll
from donflow.outbox.readying import Readied, ready_due
from donflow.outbox.recovering import Recovered, recover
from donflow.outbox.workers import tokens
from donflow.post import smtp
from donflow.post import webhook as hooks
from donflow.post.reply import Frozen, Outcome, Reply
from donflow.roster.models import Constituent
from donflow.store.bulk import among
from donflow.store.instance import INSTANCE, instance_of
from donflow.store.journal import events_of
from donflow.store.outcome import Stopped, StoppedMeanwhile
from donflow.store.session import Store, once_stored, reading, unit_of_work

LOG = logging.getLogger("donflow")
FIELD: Final = "letter"
"""Under which name a letter's bytes are sealed by the addressee's key."""

HELD_RESTORED, HELD_COPY = "restored", "copy"


class StillHeld(DonflowError):
    code = "still_held"
    message = N_("Letters are held here, since {reason}.")
    remedy = N_("If this is the office now: donflow instance release --yes")
    http_status = 409


@dataclass
class Outbox:
    """What one run did. `held` and `brake` are codes of why nothing was planned or handed over.

    `failed` names the steps that donflow failed at; the log has a line for each.
    """

    planned: Planned | None = None
    digests: int = 0
    digests_sent: int = 0
    """Of what was handed over; a digest is a note to a colleague and counts as no letter."""
    recovered: Recovered = field(default_factory=Recovered)
    readied: Readied = field(default_factory=Readied)
    delivered: Delivered = field(default_factory=Delivered)
    held: list[int] = field(default_factory=list)
    why_held: str | None = None
    brake: str | None = None
    without_server: int = 0
    """How many letters by mail are ready, and no mail server is set."""
    bodies: int = 0
    files: int = 0
    """Of `letters/`, deleted since their time is over."""
    failed: list[str] = field(default_factory=list)


def run_outbox(
    office: Office,
    store: Store,
    *,
    clock_of: Callable[[], datetime],
    actor: Actor | None,
    environment: Mapping[str, str] = os.environ,
    host: str | None = None,
    tell: Tell | None = None,
) -> Outbox:
    """Plan, recover, ready, deliver and tidy once; safe to run twice and beside others.

    Each step that fails is kept apart and logged by its name; whoever is held or braked plans and
    hands over nothing. `tell` says what users are told in the digest of the day; without it none
    is planned, and none is written.
    """
    done = Outbox()
    now = clock_of()

    def step(name: str, act: Callable[[], None]) -> None:
        try:
            act()
        except (Stopped, StoppedMeanwhile):
            raise
        except DonflowError as mistake:
            LOG.error("outbox step=%s refused=%s", name, mistake.code)
            done.failed.append(name)
        except Exception as failure:
            LOG.error("outbox step=%s failure=%s", name, type(failure).__name__)
            done.failed.append(name)

    step("clock", lambda: _look_at_clock(office, store, done, host or platform.node(), now))
    if done.brake is not None or "clock" in done.failed:
        return done
    step("hold", lambda: _hold(office, store, done, actor, now))
    if done.why_held is not None or "hold" in done.failed:
        return done
    step("plan", lambda: _plan(office, store, done, actor, now))
    # What was planned only now may have been handed over by the office before this one.
    step("hold", lambda: _hold(office, store, done, actor, now))
    if done.why_held is not None or "hold" in done.failed:
        return done
    if tell is not None:
        step("digests", lambda: _plan_digests(office, store, done, tell, now))
    due, is_open = poll(store, now)
    if is_open or tokens(office.home):
        step("recover", lambda: _recover(office, store, done, actor, now))
    if (due or done.recovered.found) and "recover" not in done.failed:
        hands = hands_of(office, clock_of, environment)
        if tell is not None:
            hands = with_digests(hands, office, tell, clock_of)
        step("ready", lambda: _ready(office, store, done, hands, actor, now))
        step("deliver", lambda: _deliver(office, store, done, hands, actor, clock_of))
    step("thanks", lambda: _finish_thanks(store, actor, now))
    step("mail", lambda: _look_at_mail(office, store, done))
    step("bodies", lambda: _tidy(office, store, done, actor, now))
    return done


def hands_of(
    office: Office,
    clock_of: Callable[[], datetime],
    environment: Mapping[str, str] = os.environ,
) -> Hands:
    """The office's judging, writing, sealing and ways out.

    A way whose settings or secret are wrong is closed, and the log says which; letters wait.
    """
    ways = _ways(office, environment, clock_of)
    return Hands(
        judge=lambda session, letters: judge(session, office, letters, clock_of()),
        render=lambda session, letter, message_id: render(
            session, office, letter, message_id, now=clock_of()
        ),
        seal=partial(_seal, office),
        unseal=partial(_unseal, office),
        hand_over=lambda way, frozen, fence: ways[way](frozen, fence),
        domain=message_domain(office),
        ways=tuple(ways),
    )


def judge(
    session: Session, office: Office, letters: Sequence[Letter], now: datetime
) -> dict[int, Verdict]:
    """Whether these letters may go now: the one judgement of greetings, and the batches' word."""
    found = weigh(session, office, letters, occasions_of(office), now)
    channels = {number: each.channel for number, each in found.items() if each.channel}
    going = [letter for letter in letters if found[letter.id].reason is None]
    waiting = waiting_for_approval(session, going, channels)
    usual = {Addressee.GROUP: Way.WECHAT, Addressee.USER: Way.MAIL}
    return {
        letter.id: Verdict(
            reason=found[letter.id].reason,
            channel=channels.get(letter.id) or usual.get(Addressee(letter.addressee_kind)),
            waits=letter.id in waiting or found[letter.id].waits is not None,
            waits_for=found[letter.id].waits,
            again_at=_again_at(letter, found[letter.id].waits, now),
        )
        for letter in letters
    }


def _again_at(letter: Letter, waits: Reason | None, now: datetime) -> datetime | None:
    """After a day of mourning at its own hour; a dispute is looked at with each tick."""
    if waits is not Reason.MOURNING:
        return None
    return letter.due_at + timedelta(days=(now - letter.due_at).days + 1)


def why_held(
    session: Session, office: Office, lately: Sequence[handoff.Handed] | None = None
) -> str | None:
    """A code of why letters are held: restored or a copy, or older than the hand-off journal.

    `lately` is the end of that journal, read before the session began.
    """
    if is_held(session, office) is not None:
        row = instance_of(session)
        return HELD_RESTORED if row is not None and row.held else HELD_COPY
    return holding.OLDER if holding.is_older_than_log(session, office.home, lately) else None


def release(
    session: Session,
    office: Office,
    *,
    journals: Sequence[Path] = (),
    batch: int | None = None,
    actor: Actor,
    now: datetime,
) -> holding.Released:
    """Let held letters go as the hand-off journals prove: the home's own, and others named.

    With that the home's own journal is acknowledged: what it tells of letters that fall due later
    is still asked of each. Raises StillHeld.
    """
    if (reason := is_held(session, office)) is not None:
        raise StillHeld(reason=reason)
    is_older = holding.is_older_than_log(session, office.home)
    while is_older and holding.hold_due(session, holding.OLDER, before=now, actor=actor, now=now):
        session.flush()
    domain = message_domain(office)
    asked = {
        told_apart(message_id_of(letter, domain))
        for letter in holding.held_letters(session, batch=batch)
    }
    known = handoff.read_handoffs(office.home / handoff.FILE, *journals, only=asked)
    released = holding.release(session, known, domain=domain, batch=batch, actor=actor, now=now)
    if is_older:
        once_stored(session, lambda _store: handoff.acknowledge(office.home, now))
    return released


def _look_at_clock(office: Office, store: Store, done: Outbox, host: str, now: datetime) -> None:
    """The time of a copy, which holds its letters whatever the time is, is no reading here."""
    with reading(store) as session:
        is_copy = is_held(session, office) is not None
    if not is_copy:
        done.brake = clock.tick_clock(store, host, now=now)
    if done.brake is not None:
        LOG.info("outbox brake=%s", done.brake)


def _hold(office: Office, store: Store, done: Outbox, actor: Actor | None, now: datetime) -> None:
    """Hold what was due, where this may be a copy, or was one when the letters fell due."""
    lately = handoff.lately_begun(office.home)
    with reading(store) as session:
        done.why_held = why_held(session, office, lately)
        since = _became_office_at(session)
    copied = done.why_held == HELD_COPY and store.writer.dialect.name != "sqlite"
    reason, before = (done.why_held, now) if done.why_held else (holding.COPY, since)
    if copied or before is None:
        return  # a copied home may stand before the office's own server
    held, is_all = holding.hold_all(store, reason, before=before, actor=actor, now=now)
    done.held += held
    if held:
        LOG.info("outbox held=%d why=%s", len(held), reason)
    if not is_all:
        done.why_held = reason


def _became_office_at(session: Session) -> datetime | None:
    """When this took the place of another office; None where it always was the only one."""
    drawn = [e for e in events_of(session, INSTANCE) if e.action == "identity_drawn"]
    return drawn[-1].at if len(drawn) > 1 else None


def _plan(office: Office, store: Store, done: Outbox, actor: Actor | None, now: datetime) -> None:
    with unit_of_work(store) as session:
        through = horizon(office.today(now))
        done.planned = plan(session, office, through=through, now=now, actor=actor)


def _plan_digests(office: Office, store: Store, done: Outbox, tell: Tell, now: datetime) -> None:
    done.digests = plan_digests(store, office, tell, now=now)


def _recover(
    office: Office, store: Store, done: Outbox, actor: Actor | None, now: datetime
) -> None:
    done.recovered = recover(store, office.home, now=now, actor=actor)


def _ready(
    office: Office,
    store: Store,
    done: Outbox,
    hands: Hands,
    actor: Actor | None,
    now: datetime,
) -> None:
    done.readied = ready_due(store, office.home, hands=hands, now=now, actor=actor)


def _finish_thanks(store: Store, actor: Actor | None, now: datetime) -> None:
    with reading(store) as session:
        if not said_by_letter(session):
            return
    with unit_of_work(store) as session:
        finish_sent(session, actor=actor, now=now)


def _look_at_mail(office: Office, store: Store, done: Outbox) -> None:
    with reading(store) as session:
        done.without_server = without_server(session, office)


def _deliver(
    office: Office,
    store: Store,
    done: Outbox,
    hands: Hands,
    actor: Actor | None,
    clock_of: Callable[[], datetime],
) -> None:
    done.delivered = deliver_due(store, office.home, hands=hands, clock=clock_of, actor=actor)
    sent = done.delivered.of(Outcome.ACCEPTED)
    if sent:
        with reading(store) as session:
            to_users = select(Letter.id).where(
                among(session, Letter.id, sent), Letter.addressee_kind == Addressee.USER
            )
            done.digests_sent = len(session.scalars(to_users).all())


def _tidy(office: Office, store: Store, done: Outbox, actor: Actor | None, now: datetime) -> None:
    done.bodies = delete_old_bodies(store, now=now, actor=actor)
    done.files = delete_old(office.home, office.today(now))


WayOut = Callable[[Frozen, Callable[[], bool]], Reply]


def _ways(
    office: Office, environment: Mapping[str, str], clock_of: Callable[[], datetime]
) -> dict[Way, WayOut]:
    ways: dict[Way, WayOut] = {
        Way.FOLDER: lambda frozen, fence: folder.hand_over(office.home, frozen, before_body=fence)
    }
    try:
        server = mail_server(office, environment)
    except DonflowError as mistake:
        LOG.error("outbox way=mail refused=%s", mistake.code)
    else:
        if server is not None:
            ways[Way.MAIL] = lambda frozen, fence: smtp.hand_over(server, frozen, before_body=fence)
    try:
        hook = webhook(office, environment)
    except DonflowError as mistake:
        LOG.error("outbox way=webhook refused=%s", mistake.code)
    else:
        if hook is not None:
            ways[Way.WEBHOOK] = lambda frozen, fence: hooks.hand_over(
                hook, frozen, before_body=fence, at=clock_of()
            )
    return ways


def _seal(
    office: Office, session: Session, letter: Letter, message_id: str, text: str
) -> bytes | None:
    """Under the addressee's own key.

    Users and groups have none, and a user's digest names many people: nothing of it is kept.
    """
    key = _key_of(session, letter)
    return None if key is None else office.keys.encrypt(key, FIELD, message_id, text)


def _unseal(office: Office, session: Session, letter: Letter) -> str:
    key = _key_of(session, letter)
    assert key is not None  # nothing was sealed for anybody else
    return office.keys.decrypt(key, FIELD, letter.message_id or "", letter.body or b"")


def _key_of(session: Session, letter: Letter) -> str | None:
    if letter.addressee_kind != Addressee.CONSTITUENT:
        return None
    return session.get_one(Constituent, letter.addressee_id).key_id
