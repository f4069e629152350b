"""What waits in the office itself: proposals to decide, orders that a second person confirms."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from donflow.accounts.orders import waiting
from donflow.accounts.policy import POLICY
from donflow.accounts.scopes import Scope
from donflow.cli.looking import Look
from donflow.domain.workdays import workdays_between
from donflow.errors import N_, Sentence, say
from donflow.greetings.suggesting import card_suggestions
from donflow.reports.contacts import SegmentRate, segment_rates
from donflow.roster.proposals import open_proposals


@dataclass(frozen=True)
class OfficeLine:
    """All that waits of one kind: its code and words, the first day it ends, and the command."""

    code: str
    what: Sentence
    state: Sentence
    due_on: date | None
    workdays_left: int | None
    command: str


def office_lines(look: Look) -> list[OfficeLine]:
    """A line for each kind that this user may decide."""
    return [*_orders(look), *_proposals(look), *_suggestions(look)]


def rates_of(look: Look) -> list[SegmentRate]:
    """The effective-contact rate of each segment, where this user may see figures on people."""
    scope = max(
        (POLICY["roster stats"].get(role, Scope.COUNTS) for role in look.actor.roles),
        key=list(Scope).index,
    )
    if not _may(look, "roster stats") or scope is not Scope.ALL:
        return []
    return segment_rates(look.session, today=look.today, zone=look.office.zone)


def _orders(look: Look) -> Iterator[OfficeLine]:
    orders = waiting(look.session, look.now) if _may(look, "order list") else []
    if orders:
        due_on = look.office.today(orders[0].until)
        yield OfficeLine(
            code="orders",
            what=say(N_("Orders to confirm: {count}"), count=len(orders)),
            state=say(N_("until {day}"), day=due_on),
            due_on=due_on,
            workdays_left=workdays_between(look.today, due_on, look.office.calendar),
            command="donflow order list",
        )


def _proposals(look: Look) -> Iterator[OfficeLine]:
    found = open_proposals(look.session) if _may(look, "roster proposals") else []
    if found:
        yield OfficeLine(
            code="proposals",
            what=say(N_("Proposals to decide: {count}"), count=len(found)),
            state=say(N_("no day is set")),
            due_on=None,
            workdays_left=None,
            command="donflow roster proposals",
        )


def _suggestions(look: Look) -> Iterator[OfficeLine]:
    found = card_suggestions(look.session) if _may(look, "contact answer") else []
    if found:
        yield OfficeLine(
            code="suggestions",
            what=say(N_("Suggestions on cards to answer: {count}"), count=len(found)),
            state=say(N_("no day is set")),
            due_on=None,
            workdays_left=None,
            command="donflow contact suggestions",
        )


def _may(look: Look, command: str) -> bool:
    return any(role in POLICY[command] for role in look.actor.roles)
