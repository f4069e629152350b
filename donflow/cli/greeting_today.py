"""What greetings ask of a person today: batches, doubtful and held letters, a clock that stands."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from donflow.accounts.policy import POLICY
from donflow.cli.greeting_words import label_of
from donflow.cli.looking import Look
from donflow.cli.office_today import OfficeLine
from donflow.domain.workdays import workdays_between
from donflow.errors import N_, say
from donflow.greetings.batches import open_batches
from donflow.greetings.planning import occasions_of
from donflow.lifecycle.coming import coming_by_hand
from donflow.lifecycle.instance import is_held
from donflow.lifecycle.stranded import without_server
from donflow.outbox.by_hand import waiting_by_hand
from donflow.outbox.clock import brakes, stands_still_since
from donflow.outbox.holding import count_held
from donflow.outbox.models import Way
from donflow.outbox.settling import count_in_doubt

BY_HAND: Final = {
    Way.WECHAT: N_("Greetings to send by WeChat: {count}"),
    Way.PAPER: N_("Greetings to print and post: {count}"),
}
COMING: Final = {
    Way.WECHAT: N_("Greetings to send by WeChat in the next days: {count}"),
    Way.PAPER: N_("Greetings to print and post ahead of their day: {count}"),
}


def greeting_lines(look: Look) -> list[OfficeLine]:
    """A line for each kind, for whoever may see letters.

    An office that is held tells that alone: nothing else of it can be done before.
    """
    if not any(role in POLICY["greeting queue"] for role in look.actor.roles):
        return []
    held = list(_held(look))
    if held:
        return held
    hands = [line for way in BY_HAND for line in (*_by_hand(look, way), *_coming(look, way))]
    return [*hands, *_no_server(look), *_batches(look), *_stopped(look), *_clock(look)]


def _held(look: Look) -> Iterator[OfficeLine]:
    reason = is_held(look.session, look.office)
    if reason is not None:
        yield OfficeLine(
            code="office_held",
            what=say(N_("This office is held: nothing goes out by itself")),
            state=reason,
            due_on=look.today,
            workdays_left=0,
            command="donflow instance release --yes",
        )


def _no_server(look: Look) -> Iterator[OfficeLine]:
    if count := without_server(look.session, look.office):
        yield OfficeLine(
            code="letters_without_server",
            what=say(N_("Letters by mail that cannot go: {count}"), count=count),
            state=say(N_("no mail server is set: name it under [mail] in donflow.toml")),
            due_on=look.today,
            workdays_left=0,
            command="donflow doctor --mail",
        )


def _by_hand(look: Look, way: Way) -> Iterator[OfficeLine]:
    found = waiting_by_hand(look.session, way)
    if found:
        first = found[0]
        ends_today = sum(each.count for each in found if each.last <= look.today)
        state = (
            say(N_("today is the last day for {count} of them"), count=ends_today)
            if ends_today
            else say(N_("ready; the first goes until {day} only"), day=first.last)
        )
        yield OfficeLine(
            code=f"letters_by_{way}",
            what=say(BY_HAND[way], count=sum(each.count for each in found)),
            state=state,
            due_on=first.last,
            workdays_left=workdays_between(look.today, first.last, look.office.calendar),
            command=_command(look, way, first.occasion, first.on),
        )


def _coming(look: Look, way: Way) -> Iterator[OfficeLine]:
    found = coming_by_hand(look.session, look.office, way, now=look.now)
    if found is not None:
        name = label_of(dict(occasions_of(look.office)), found.occasion)
        more = N_("and more; the first: {occasion}, {day}")
        yield OfficeLine(
            code=f"letters_coming_by_{way}",
            what=say(COMING[way], count=found.count),
            state=say(
                more if found.more else N_("the first: {occasion}, {day}"),
                occasion=name,
                day=found.on,
            ),
            due_on=found.on,
            workdays_left=workdays_between(look.today, found.on, look.office.calendar),
            command=_command(look, way, found.occasion, found.on)
            if way is Way.PAPER
            else f"donflow greeting preview --through {found.on}",
        )


def _command(look: Look, way: Way, occasion: str, on: date) -> str:
    if way is Way.WECHAT:
        return "donflow greeting wechat"
    found = occasions_of(look.office).get(occasion)
    return f"donflow greeting print --occasion {found.zh if found else occasion} --on {on}"


def _batches(look: Look) -> Iterator[OfficeLine]:
    found = open_batches(look.session)
    if found:
        due_on = found[0].on
        yield OfficeLine(
            code="batches",
            what=say(N_("Batches of letters to approve: {count}"), count=len(found)),
            state=say(
                N_(
                    "{letters} letters planned, the first for {day}; {braked} batches are far larger than expected"
                )
                if any(batch.braked for batch in found)
                else N_("{letters} letters planned, the first for {day}"),
                letters=sum(batch.waiting for batch in found),
                day=due_on,
                braked=sum(batch.braked for batch in found),
            ),
            due_on=due_on,
            workdays_left=workdays_between(look.today, due_on, look.office.calendar),
            command="donflow greeting batches",
        )


def _stopped(look: Look) -> Iterator[OfficeLine]:
    if doubtful := count_in_doubt(look.session):
        yield OfficeLine(
            code="letters_in_doubt",
            what=say(N_("Letters in doubt: {count}"), count=doubtful),
            state=say(N_("ask whether each arrived; then: donflow greeting settle NO --arrived")),
            due_on=look.today,
            workdays_left=0,
            command="donflow greeting queue --state in_doubt",
        )
    if held := count_held(look.session):
        yield OfficeLine(
            code="letters_held",
            what=say(N_("Letters held: {count}"), count=held),
            state=say(N_("look at them; to let them go: donflow greeting release")),
            due_on=look.today,
            workdays_left=0,
            command="donflow greeting queue --state held",
        )


def _clock(look: Look) -> Iterator[OfficeLine]:
    if brakes(look.session):
        yield OfficeLine(
            code="clock_braked",
            what=say(N_("Letters stand still: a clock went back or far ahead")),
            state=say(N_("nothing is planned or handed over until somebody says it is right")),
            due_on=look.today,
            workdays_left=0,
            command="donflow greeting release --clock",
        )
    elif (since := stands_still_since(look.session, look.now)) is not None:
        yield OfficeLine(
            code="clock_stands_still",
            what=say(N_("Letters stand still: nothing was planned or handed over")),
            state=say(N_("since {moment}"), moment=since.astimezone(look.office.zone)),
            due_on=look.today,
            workdays_left=0,
            command="donflow scheduler --once",
        )
