"""Planning on a person's word: refused where the clock itself would not plan."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from donflow.domain.actor import Actor
from donflow.errors import N_, DonflowError
from donflow.greetings.planning import Planned, horizon, plan
from donflow.lifecycle.instance import is_held
from donflow.lifecycle.office import Office
from donflow.outbox.clock import brakes


class HeldHere(DonflowError):
    code = "held"
    message = N_("Nothing is planned here: {reason}.")
    remedy = N_("If this is the office now: donflow instance release --yes")
    http_status = 409


class ClockBraked(DonflowError):
    code = "clock_braked"
    message = N_("Nothing is planned: the clock of this machine went back or far ahead.")
    remedy = N_("If it is right now: donflow greeting release --clock")
    http_status = 409


class TooFar(DonflowError):
    code = "too_far"
    message = N_("{day} is too far ahead: letters are planned for {most} days at most.")
    remedy = N_("To look further ahead: donflow greeting preview --through {day}")


MOST_DAYS = 366


def plan_ahead(
    session: Session,
    office: Office,
    *,
    through: date | None,
    actor: Actor,
    now: datetime,
) -> Planned:
    """Plan up to a day, usually as far as the clock does. Raises HeldHere, ClockBraked, TooFar."""
    if (reason := is_held(session, office)) is not None:
        raise HeldHere(reason=reason)
    if brakes(session):
        raise ClockBraked
    today = office.today(now)
    day = through or horizon(today)
    if (day - today).days > MOST_DAYS:
        raise TooFar(day=day, most=MOST_DAYS)
    return plan(session, office, through=day, now=now, actor=actor)
