"""Taking gifts up through the service layer, as the command does, with all that keeps it safe."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from donflow.accounts.scopes import Scope
from donflow.accounts.users import actor_of, get_user
from donflow.bootstrap import OpenOffice, open_office
from donflow.lifecycle.reviewing import advance_gift
from donflow.lifecycle.visible import visible_gift
from donflow.settings import read_settings
from donflow.store.requests import blinded, first_outcome, keep_outcome
from donflow.store.session import unit_of_work
from tests.cast import LIN
from tests.experiments.waiting_gifts import STEP
from tests.journeys.desk import Desk

ACT: Final = "gift advance"
NOW: Final = datetime(2026, 3, 3, 8, tzinfo=UTC)


def open_desk(desk: Desk) -> OpenOffice:
    """The office of this desk, opened as a command opens it."""
    return open_office(desk.home, read_settings(desk.home, {}), {})


def take_up(opened: OpenOffice, number: int, *, now: datetime = NOW) -> None:
    """One whole act: user, scope, request key, facts, guards, stage, history, journal, commit."""
    office, key = opened.office, f"take-up-{number}"
    with unit_of_work(opened.store) as session:
        user = get_user(session, LIN.username)
        actor = actor_of(user, today=office.today(now))
        gift = visible_gift(session, str(number), year=now.year, scope=Scope.ALL, user=user)
        arguments = blinded(office.keys, {"gift": number, "step": STEP, "user": user.username})
        assert first_outcome(session, key, ACT, arguments) is None
        advance_gift(session, office, gift, STEP, actor=actor, now=now)
        session.flush()
        outcome = {"gift": gift.number, "stage": gift.stage, "version": gift.row_version}
        keep_outcome(session, key, ACT, arguments, outcome, now=now)
