"""Rhythms: that a segment is greeted on an occasion, how, in which words, and who approves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from donflow.domain.actor import Actor
from donflow.domain.occasions import Occasion
from donflow.errors import N_, Sentence, SeveralWrong, say
from donflow.greetings.audiences import DONORS, GROUPS, LABELS, count_people, known_audiences
from donflow.greetings.facts import TEACHERS
from donflow.greetings.models import Rhythm
from donflow.greetings.occurrences import has_rhythm
from donflow.outbox.models import Way
from donflow.store.columns import recorded
from donflow.store.journal import Subject, record

if TYPE_CHECKING:
    from donflow.lifecycle.office import Office

SET, STOPPED = "rhythm_set", "rhythm_stopped"
LONGEST_WORDS, LONGEST_SIGNER = 400, 60
MOST_DAYS: Final = 30
"""No letter goes later than so many days after its occasion."""

USUAL: Final[Mapping[str, tuple[str, ...]]] = {
    DONORS: (
        "spring_festival",
        "new_year",
        "dragon_boat",
        "mid_autumn",
        "national_day",
        "double_ninth",
        "school_anniversary",
        "birthday",
        "gift_anniversary",
    ),
    TEACHERS: ("teachers_day",),
}
"""What a new office greets on; everything else only when it says so."""


class WrongRhythm(SeveralWrong):
    code = "wrong_rhythm"
    message = N_("This rhythm cannot be set ({count} mistakes); nothing was done.")


class NoRhythm(SeveralWrong):
    code = "no_rhythm"
    message = N_("There is nothing to stop here.")
    remedy = N_("See which there are: donflow greeting rhythm list")


@dataclass(frozen=True)
class RhythmRules:
    """How a segment is greeted on an occasion.

    `channel` None: by the channel each is best reached by. `words` and `signer` None: the
    occasion's lines, the office. `tolerance_days` None: the occasion's.
    """

    channel: str | None = None
    words: str | None = None
    signer: str | None = None
    approve: bool = True
    tolerance_days: int | None = None
    send_hour: int = 9


def all_rhythms(session: Session) -> list[Rhythm]:
    """Every rhythm, the stopped ones too, by segment and in the order in which they were set."""
    return list(session.scalars(select(Rhythm).order_by(Rhythm.segment, Rhythm.id)))


def find_rhythm(session: Session, segment: str, occasion: str) -> Rhythm | None:
    query = select(Rhythm).where(Rhythm.segment == segment, Rhythm.occasion == occasion)
    return session.scalar(query)


def check_rhythm(
    session: Session,
    occasions: Mapping[str, Occasion],
    segment: str,
    occasion: str,
    rules: RhythmRules,
    *,
    new: bool = False,
) -> None:
    """Raise WrongRhythm with everything that is wrong; `new` allows a segment nobody is in yet."""
    wrong = tuple(_faults(session, occasions, segment, occasion, rules, new=new))
    if wrong:
        raise WrongRhythm(wrong)


def set_rhythm(
    session: Session,
    office: Office,
    segment: str,
    occasion: str,
    rules: RhythmRules,
    *,
    actor: Actor,
    now: datetime,
) -> Rhythm:
    """Greet the segment on the occasion by these rules from today on, in place of earlier ones.

    What is planned already and not yet under way follows with the next planning. The rules have
    been checked (`check_rhythm`).
    """
    row = find_rhythm(session, segment, occasion)
    before = None if row is None or not row.active else row.planned_through
    if row is None:
        row = Rhythm(segment=segment, occasion=occasion, **recorded(actor, now))
        session.add(row)
    for name, value in {**asdict(rules), **recorded(actor, now)}.items():
        setattr(row, name, value)
    row.active = True
    # Nothing of the time when it did not hold is made up for.
    row.planned_through = before or office.today(now) - timedelta(days=1)
    row.people = None if segment == GROUPS else count_people(session, segment) or None
    _note(session, row, SET, actor=actor, now=now)
    return row


def stop_rhythm(
    session: Session, segment: str, occasion: str, *, actor: Actor, now: datetime
) -> Rhythm:
    """Greet the segment on the occasion no more. Raises NoRhythm."""
    row = find_rhythm(session, segment, occasion)
    if row is None or not row.active:
        raise NoRhythm([say(N_("No rhythm greets “{segment}” on that day."), segment=segment)])
    row.active = False
    _note(session, row, STOPPED, actor=actor, now=now)
    return row


def add_usual_rhythms(
    session: Session, office: Office, *, actor: Actor, now: datetime
) -> list[Rhythm]:
    """The rhythms of a new office (docs/greetings.md); those that it has already stay."""
    return [
        set_rhythm(session, office, segment, occasion, RhythmRules(), actor=actor, now=now)
        for segment, occasions in USUAL.items()
        for occasion in occasions
        if find_rhythm(session, segment, occasion) is None
    ]


def _faults(
    session: Session,
    occasions: Mapping[str, Occasion],
    segment: str,
    occasion: str,
    rules: RhythmRules,
    *,
    new: bool,
) -> Iterator[Sentence]:
    known = known_audiences(session)
    if segment not in known and segment != TEACHERS and not new:
        words = tuple(LABELS.get(each, each) for each in known)
        yield say(
            N_("There is no segment “{segment}”; there are: {known}."), segment=segment, known=words
        )
    found = occasions.get(occasion)
    if found is None:
        yield say(N_("There is no occasion “{occasion}”."), occasion=occasion)
    elif not has_rhythm(found):
        yield say(N_("{occasion} follows from what is done, not from a rhythm."), occasion=found.zh)
    elif segment == GROUPS and found.personal:
        yield say(N_("{occasion} is a person's own day; groups have none."), occasion=found.zh)
    if rules.channel is not None and rules.channel not in set(Way):
        yield say(N_("There is no channel “{channel}”."), channel=rules.channel)
    if segment == GROUPS and rules.channel not in (None, Way.WECHAT):
        yield say(N_("A WeChat group is reached by WeChat alone."))
    for told, longest in ((rules.words, LONGEST_WORDS), (rules.signer, LONGEST_SIGNER)):
        if told is not None and not 0 < len(told.strip()) <= longest:
            yield say(N_("A text here has 1 to {longest} characters."), longest=longest)
    if rules.tolerance_days is not None and not 0 <= rules.tolerance_days <= MOST_DAYS:
        yield say(N_("A letter goes 0 to {most} days late, no later."), most=MOST_DAYS)
    if not 0 <= rules.send_hour <= 23:
        yield say(N_("An hour of the day is 0 to 23."))


def _note(session: Session, row: Rhythm, action: str, *, actor: Actor, now: datetime) -> None:
    session.flush()
    # Without segment and words: they are the office's own.
    detail = {"rhythm": row.id, "occasion": row.occasion}
    record(session, Subject("settings", 1), action, actor=actor, now=now, detail=detail)
