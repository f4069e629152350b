"""The calendar file, as another program reads it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from icalendar import Calendar

from donflow.reports.ical import Event, calendar_file

NOW = datetime(2026, 11, 22, 2, 30, tzinfo=UTC)
DAY = date(2026, 12, 1)


def read(data: bytes) -> list[dict[str, object]]:
    """The events as icalendar reads them."""
    return [
        {
            "uid": str(event["UID"]),
            "title": str(event["SUMMARY"]),
            "told": str(event.get("DESCRIPTION", "")),
            "first": event["DTSTART"].dt,
            "end": event["DTEND"].dt,
        }
        for event in Calendar.from_ical(data).walk("VEVENT")
    ]


def test_an_event_is_a_whole_day() -> None:
    data = calendar_file("校友办", [Event("a@example.edu", DAY, "到期", "甲")], written_at=NOW)
    assert read(data) == [
        {
            "uid": "a@example.edu",
            "title": "到期",
            "told": "甲",
            "first": DAY,
            "end": DAY + timedelta(days=1),
        }
    ]
    calendar = Calendar.from_ical(data)
    assert not any(event.errors for event in calendar.walk())
    assert (calendar["VERSION"], str(calendar["X-WR-CALNAME"])) == ("2.0", "校友办")


@pytest.mark.parametrize(
    "text",
    [
        "甲,乙;丙\\丁:戊",
        "第一行\n第二行",
        "长" * 200,
        "a" * 74 + "长",
        "😀" * 40,
        '"引号"=^',
        "结尾是反斜杠\\",
    ],
)
def test_every_text_comes_back_as_it_was(text: str) -> None:
    data = calendar_file(text, [Event("a@example.edu", DAY, text, text)], written_at=NOW)
    (event,) = read(data)
    assert (event["title"], event["told"]) == (text, text)


def test_lines_are_folded_at_75_bytes_and_no_character_is_cut() -> None:
    data = calendar_file("", [Event("a@example.edu", DAY, "长" * 300)], written_at=NOW)
    lines = data.split(b"\r\n")
    assert lines[-1] == b""
    assert max(map(len, lines)) <= 75
    assert all(line.decode("utf-8") is not None for line in lines)
    assert b"\n" not in data.replace(b"\r\n", b"")


def test_the_same_days_give_the_same_bytes_in_any_order() -> None:
    events = [Event(f"{no}@example.edu", DAY + timedelta(days=no), f"第{no}日") for no in range(5)]
    data = calendar_file("", events, written_at=NOW)
    assert calendar_file("", reversed(events), written_at=NOW) == data


def test_a_uid_that_comes_twice_counts_once() -> None:
    twice = [Event("a@example.edu", DAY, "先"), Event("a@example.edu", DAY, "后")]
    (event,) = read(calendar_file("", twice, written_at=NOW))
    assert event["title"] == "先"


def test_the_moment_of_writing_is_told_in_utc() -> None:
    data = calendar_file("", [Event("a@example.edu", DAY, "甲")], written_at=NOW)
    (event,) = Calendar.from_ical(data).walk("VEVENT")
    assert event["DTSTAMP"].dt == NOW


def test_a_calendar_without_days_is_one() -> None:
    assert read(calendar_file("", [], written_at=NOW)) == []


def test_the_reader_would_notice_a_line_that_is_broken() -> None:
    """The negative control."""
    data = calendar_file("", [Event("a@example.edu", DAY, "甲")], written_at=NOW)
    (event,) = Calendar.from_ical(data.replace(b"SUMMARY:", b"SUM MARY")).walk("VEVENT")
    assert event.errors
    assert "SUMMARY" not in event
