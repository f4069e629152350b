"""What a user is told in the digest of the day: `donflow today`, and letters that did not go."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from donflow.accounts.models import User
from donflow.accounts.policy import NotPermitted, allowed
from donflow.accounts.users import actor_of
from donflow.cli.calendar_file import may, name_of
from donflow.cli.letter_words import REASON_NAMES, STATE_NAMES
from donflow.cli.looking import Look
from donflow.cli.naming import word_for
from donflow.cli.shell import Shell
from donflow.cli.today import text_of
from donflow.domain.occasions import read_occasions
from donflow.errors import N_, say
from donflow.lifecycle.digests import Tell, Told
from donflow.reports.digest import last_told, unsent_letters
from donflow.shipping import occasion_list

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

LOOK_BACK: Final = timedelta(days=7)
"""How far back the first digest looks for letters that did not go."""


def teller(shell: Shell) -> Tell:
    """What tells a user of the day, in the language of this command line.

    By mail it leaves the desk: nobody is named in it who gives unnamed.
    """
    office = shell.office.office

    def tell(session: Session, user: User, now: datetime) -> Told | None:
        actor = actor_of(user, today=office.today(now))
        try:
            scope = allowed("today", actor.roles)
        except NotPermitted:
            return None
        look = Look(shell, session, office, user, actor, scope, now)
        lines = [*text_of(look, outward=True), *_letters(look)]
        if not lines:
            return None
        subject = say(N_("{day}: what is to be done"), day=look.today)
        return Told(shell.words(subject), tuple(lines))

    return tell


def _letters(look: Look) -> Iterator[str]:
    if not may(look, "greeting queue"):
        return
    last = last_told(look.session, look.user.id, look.today)
    since = datetime.combine(last, time(), look.office.zone) if last else look.now - LOOK_BACK
    found = unsent_letters(look.session, since=since)
    if not found:
        return
    occasions = read_occasions(occasion_list(look.office.home))
    yield ""
    yield look.shell.words(say(N_("Letters that did not go:")))
    for one in found:
        told = say(
            N_("{occasion}: {count} {state}, {reason}")
            if one.reason
            else N_("{occasion}: {count} {state}"),
            occasion=name_of(occasions, one.occasion),
            count=one.count,
            state=word_for(STATE_NAMES, one.state),
            reason=word_for(REASON_NAMES, one.reason) if one.reason else None,
        )
        yield f"  · {look.shell.words(told)}"
    yield "     → donflow greeting queue"
