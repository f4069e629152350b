"""Days as an iCalendar file (RFC 5545), for the calendar of a phone or a mail program."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from donflow.reports.vcard import escaped, folded


@dataclass(frozen=True)
class Event:
    """Something on a day. `uid` names it for good: written anew it replaces the earlier one."""

    uid: str
    on: date
    title: str
    told: str = ""
    """What more there is to say, such as the command that does it."""


def calendar_file(name: str, events: Iterable[Event], *, written_at: datetime) -> bytes:
    """The file: whole days, which are the same in every time zone; UTF-8, lines ended by CR LF.

    A uid that comes twice counts once: its first event stands.
    """
    once = {event.uid: event for event in reversed(list(events))}
    ordered = sorted(once.values(), key=lambda event: (event.on, event.uid))
    lines = [*_head(name), *(line for event in ordered for line in _event(event, written_at))]
    return "".join(map(folded, [*lines, "END:VCALENDAR"])).encode("utf-8")


def _head(name: str) -> Iterator[str]:
    yield "BEGIN:VCALENDAR"
    yield "VERSION:2.0"
    yield "PRODID:-//donflow//donflow//ZH"
    yield "CALSCALE:GREGORIAN"
    yield "METHOD:PUBLISH"
    yield f"X-WR-CALNAME:{escaped(name)}"


def _event(event: Event, written_at: datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{escaped(event.uid)}"
    yield f"DTSTAMP:{written_at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{event.on:%Y%m%d}"
    # The end is the first day after it (3.6.1); a day is no time that is taken.
    yield f"DTEND;VALUE=DATE:{event.on + timedelta(days=1):%Y%m%d}"
    yield "TRANSP:TRANSPARENT"
    yield f"SUMMARY:{escaped(event.title)}"
    if event.told:
        yield f"DESCRIPTION:{escaped(event.told)}"
    yield "END:VEVENT"
