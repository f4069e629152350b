"""What must hold of letters after everybody came to rest: the invariants I1 to I6, one checker.

I1 a second hand-off of a letter only after an answer that leaves it in nobody's hands; I2 a key is
accepted at most once, and once more for each order of a person; I3 nothing stays in anybody's
hands, and past its last day each letter has ended or is shown; I4 sent means accepted, and what
ended otherwise was not; I5 what waits was not begun; I6 the letters planned are the oracle's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from pathlib import Path

from sqlalchemy import select

from donflow.outbox import handoff
from donflow.outbox.evidence import event_of
from donflow.outbox.keys import key_of, told_apart
from donflow.outbox.models import WAITING, Letter, LetterState, Way
from donflow.outbox.states import Event
from donflow.outbox.workers import tokens
from donflow.store.session import Store, reading
from donflow.store.verify import verify_store

UNSENT = (LetterState.REFUSED, LetterState.SUPPRESSED, LetterState.EXPIRED)
Planned = tuple[str, int, str, date]
"""Kind and number of the addressee, occasion, day."""


def amiss(
    store: Store,
    home: Path,
    accepted: Mapping[str, int],
    *,
    today: date | None = None,
    planned: Collection[Planned] | None = None,
    verified: bool = True,
) -> list[str]:
    """What contradicts the invariants; `accepted` counts by Message-ID what servers answer for.

    `today` is a day by which every letter with an earlier last day must have ended or be shown;
    `planned` is what an oracle says. `verified` also looks through the journal: not for an office
    whose people were put there past it.
    """
    with reading(store) as session:
        letters = list(session.scalars(select(Letter).order_by(Letter.id)))
        findings = verify_store(session) if verified else ()
        session.expunge_all()
    known = handoff.read_handoffs(home / handoff.FILE)
    found = [
        *(f"verify: {finding.sentence}" for finding in findings),
        *_begun_again(known),
        *_accepted_again(letters, accepted),
        *(wrong for letter in letters for wrong in _of_one(letter, known, accepted, today)),
        *(f"I3: the worker {token[:6]} is left" for token in tokens(home)),
    ]
    if planned is not None:
        ours = Counter((x.addressee_kind, x.addressee_id, x.occasion, x.on_day)
                       for x in letters if x.n == 0)  # fmt: skip
        differ = (ours - Counter(planned)) + (Counter(planned) - ours)
        found += [f"I6: {key} is planned {ours[key]} times" for key in sorted(differ)]
    return found


def _begun_again(known: handoff.Handoffs) -> Iterator[str]:
    for key, each in known.by_letter.items():
        for earlier in each[:-1]:
            if event_of(earlier) is not Event.WAIT:
                yield f"I1: a second hand-off of {key} after {earlier.outcome}"


def _accepted_again(letters: Collection[Letter], accepted: Mapping[str, int]) -> Iterator[str]:
    orders = Counter(key_of(letter) for letter in letters if letter.n > 0)
    by_key: Counter[str] = Counter()
    for message_id, times in accepted.items():
        by_key[told_apart(message_id).partition(".")[0]] += times
        if times > 1:
            yield f"I2: {message_id} was accepted {times} times"
    for key, times in by_key.items():
        if times > 1 + orders[key]:
            yield f"I2: {key} was accepted {times} times by {orders[key]} orders"


def _of_one(
    letter: Letter, known: handoff.Handoffs, accepted: Mapping[str, int], today: date | None
) -> Iterator[str]:
    name = f"letter {letter.id} ({letter.state})"
    taken = accepted.get(letter.message_id or "", 0)
    last = known.last_of(letter.message_id) if letter.message_id else None
    decided = letter.settled_by is not None and letter.n == 0
    """A person's word: by hand, arrived, not arrived."""
    match letter.state:
        case LetterState.CLAIMED | LetterState.HANDING_OFF:
            yield f"I3: {name} is left open"
        case state if state in WAITING:
            if today is not None and letter.expires_on < today:
                yield f"I3: {name} is past its last day"
            if taken or (last is not None and event_of(last) is not Event.WAIT):
                yield f"I5: {name} may have left already"
        case LetterState.SENT if letter.channel == Way.MAIL and not (taken or decided):
            yield f"I4: {name} was never accepted"
        case state if state in UNSENT and taken and not decided:
            yield f"I4: {name} was accepted"
