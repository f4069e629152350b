"""Checks one chain of the journal: which event is the first that is not as it was written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from donflow.errors import N_, Sentence, say
from donflow.store.journal import FIRST, JournalEvent, Subject, event_hash
from donflow.store.stored import StoredRow

SENTENCES = {
    "event_changed": N_("Event {seq} in the journal of {type} {id} was changed outside donflow."),
    "event_missing": N_("Event {seq} in the journal of {type} {id} was taken away."),
    "event_moved": N_("Event {seq} in the journal of {type} {id} stands in a wrong place."),
    "event_inserted": N_("Event {seq} in the journal of {type} {id} was added outside donflow."),
    "journal_cut": N_("All after event {seq} in the journal of {type} {id} was cut off."),
    "head_changed": N_("The journal of {type} {id} ends at event {seq} otherwise than its head."),
    "head_missing": N_("The head of the journal of {type} {id}, with {seq} events, is missing."),
}


@dataclass(frozen=True)
class Head:
    """How many events a chain has and the hash of the last, as it is stored."""

    event_count: Any
    last_hash: Any


@dataclass(frozen=True)
class Fault:
    """What is wrong first in a chain, and at which event."""

    code: str
    seq: int

    def sentence(self, subject: Subject) -> Sentence:
        return say(SENTENCES[self.code], seq=self.seq, type=subject.type, id=subject.id)


def chain_fault(events: Iterable[StoredRow], head: Head | None) -> Fault | None:
    """The first fault of a subject's chain; every event is read, also those after it.

    No hash covers the ids, but along a chain they rise.
    """
    fault: Fault | None = None
    count, prev, event_id = 0, FIRST, 0
    for row in events:
        count += 1
        fault = fault or _event_fault(row, count, prev, head)
        if row.values["id"] <= event_id:
            fault = fault or Fault("event_moved", count)
        prev, event_id = row.values.get("hash", ""), row.values["id"]
    return fault or head_fault(count, prev, head)


def head_fault(count: int, last_hash: str, head: Head | None) -> Fault | None:
    """What is wrong between the events that are there and the head that counts them."""
    if head is None:
        return Fault("head_missing", count) if count else None
    if isinstance(head.event_count, int) and count < head.event_count:
        return Fault("journal_cut", count)
    if isinstance(head.event_count, int) and count > head.event_count:
        return Fault("event_inserted", head.event_count + 1)
    if (head.event_count, head.last_hash) != (count, last_hash):
        return Fault("head_changed", count)
    return None


def _event_fault(row: StoredRow, expected: int, prev: str, head: Head | None) -> Fault | None:
    event = JournalEvent(**row.values)
    if not row.understood or event_hash(event) != event.hash:
        in_place = (row.values.get("seq"), row.values.get("prev")) == (expected, prev)
        return Fault("event_changed" if in_place else "event_moved", expected)
    if event.seq != expected:
        return Fault("event_missing", expected)
    if event.prev == prev:
        return None
    # Whole in itself but not in line: added at the end, or the one before was written anew.
    if expected == 1 or (head and head.event_count == expected - 1):
        return Fault("event_inserted", expected)
    return Fault("event_changed", expected - 1)
