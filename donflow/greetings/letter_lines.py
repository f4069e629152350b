"""A letter as lists show it: to whom, on which day, by which channel, where it stands and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from donflow.greetings.facts import GroupFacts, PersonFacts
from donflow.greetings.wording import Recipients, salutation
from donflow.outbox.models import Addressee, Letter


@dataclass(frozen=True)
class LetterLine:
    """One letter; the fields in the order of `--json`. `id` None: it is not planned yet."""

    id: int | None
    occasion: str
    addressee_kind: str
    addressee: int
    name: str | None
    on: date
    due_at: datetime
    channel: str | None
    state: str
    reason: str | None
    n: int
    batch: int | None
    salutation: str | None


def line_of(
    letter: Letter,
    people: Mapping[int, PersonFacts],
    groups: Mapping[int, GroupFacts],
    *,
    recipients: Recipients | None = None,
    state: str | None = None,
    reason: str | None = None,
    channel: str | None = None,
) -> LetterLine:
    """The line of a letter; what is told beside it stands in place of the letter's own."""
    known: PersonFacts | GroupFacts | None = None
    if letter.addressee_kind == Addressee.CONSTITUENT:
        known = people.get(letter.addressee_id)
    elif letter.addressee_kind == Addressee.GROUP:
        known = groups.get(letter.addressee_id)
    to = recipients or (Recipients(known) if known else None)
    return LetterLine(
        id=letter.id or None,
        occasion=letter.occasion,
        addressee_kind=letter.addressee_kind,
        addressee=letter.addressee_id,
        name=known.name if known else None,
        on=letter.on_day,
        due_at=letter.due_at,
        channel=channel or letter.channel,
        state=state or letter.state,
        reason=reason or letter.reason,
        n=letter.n,
        batch=letter.batch_id,
        salutation=salutation(to) if to else None,
    )
