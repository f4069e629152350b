"""The digest of the day and the calendar file of an office that has a gift under way."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from icalendar import Calendar
from sqlalchemy import select

from donflow.bootstrap import OpenOffice, open_office
from donflow.lifecycle.letter_traces import delete_with_erasure
from donflow.outbox.models import Letter
from donflow.settings import read_settings
from donflow.store.session import reading, unit_of_work
from tests.cast import COMPANY
from tests.journeys.desk import Desk, Workshop
from tests.post.mail_server import MailSink

WORKDAY, REST_DAY, LATER = "2026-03-06", "2026-03-07", "2026-03-09"


@pytest.fixture(scope="module")
def kept(workshop: Workshop, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    desk = workshop.copy("draft", tmp_path_factory.mktemp("digest") / "office")
    yield desk
    desk.close()


@pytest.fixture
def desk(workshop: Workshop, tmp_path: Path) -> Iterator[Desk]:
    desk = workshop.copy("draft", tmp_path / "office")
    yield desk
    desk.close()


@contextmanager
def opened(desk: Desk) -> Iterator[OpenOffice]:
    office = open_office(desk.home, read_settings(desk.home, {}), {})
    try:
        yield office
    finally:
        office.close()


def letters(desk: Desk) -> list[Path]:
    folder = desk.home / "letters"
    return sorted(folder.iterdir()) if folder.is_dir() else []


def test_a_user_with_work_gets_one_digest_a_working_day(desk: Desk) -> None:
    desk("scheduler --once", day=REST_DAY)
    assert letters(desk) == []

    desk("scheduler --once", day=LATER)
    desk("scheduler --once", day=LATER)

    (file,) = letters(desk)
    assert file.name.startswith(f"{LATER}_林秘书_")
    page = file.read_text("utf-8")
    told = desk("today").out.splitlines()[1].strip()
    assert told.partition(". ")[2] in page
    assert "→ donflow" in page
    desk("scheduler --once", day="2026-03-10")
    assert len(letters(desk)) == 2
    assert desk("verify").code == 0
    desk.close()
    with opened(desk) as office, reading(office.store) as session:
        told = session.execute(select(Letter.state, Letter.body)).all()
    assert [tuple(row) for row in told] == [("sent", None)] * 2, "a digest names people"


def test_a_digest_that_lies_here_as_a_file_goes_with_whoever_is_erased(desk: Desk) -> None:
    desk("scheduler --once", day=LATER)
    assert len(letters(desk)) == 1
    desk.close()

    with opened(desk) as office, unit_of_work(office.store) as session:
        delete_with_erasure(session, office.office, [], [])

    assert letters(desk) == []


def test_before_the_morning_nobody_is_told(desk: Desk) -> None:
    desk.environment["DONFLOW_NOW"] = f"{LATER}T07:59:00+08:00"
    desk("scheduler --once")
    assert letters(desk) == []


def test_what_did_not_go_is_told_by_occasion_and_reason(desk: Desk) -> None:
    desk("scheduler --once", day=WORKDAY)
    row = "'constituent', 1, '2026-03-08', 0, {n}, '{state}', {reason}, '2026-03-08 01:00:00', "
    for n, state, reason in (
        (0, "suppressed", "'not_asked'"),
        (1, "suppressed", "'not_asked'"),
        (2, "in_doubt", "'no_answer'"),
        (3, "sent", "NULL"),
    ):
        desk.sql(
            "INSERT INTO letter (occasion, addressee_kind, addressee_id, on_day, about, n, state,"
            " reason, due_at, expires_on, planned_at, attempts, ended_at) VALUES ('lantern', "
            + row.format(n=n, state=state, reason=reason)
            + "'2026-03-08', '2026-03-01 00:00:00', 0, '2026-03-08 02:00:00')"
        )

    desk("scheduler --once", day=LATER)

    page = letters(desk)[-1].read_text("utf-8")
    lines = [line for line in page.splitlines() if line.startswith("  · ")]
    assert len(lines) == 2
    assert all("元宵节" in line for line in lines)
    assert any("2" in line for line in lines)
    assert "greeting queue" in page


def test_with_a_server_and_an_own_address_the_digest_goes_by_mail(desk: Desk) -> None:
    desk("user mail lin@example.edu", day=WORKDAY)
    with MailSink() as sink:
        with (desk.home / "donflow.toml").open("a", encoding="utf-8") as settings:
            settings.write(
                f'\n[mail]\nhost = "127.0.0.1"\nport = {sink.port}\ntls = "none"\n'
                'from_address = "alumni@example.edu"\nfrom_name = "云麓大学校友办"\n'
            )
        desk.close()
        desk("scheduler --once", day=LATER)
        desk("scheduler --once", day=LATER)

    ((content, to),) = sink.accepted
    message = message_from_bytes(content, policy=policy.default)
    assert to == ("lin@example.edu",)
    assert "2026年3月9日" in message["Subject"]
    assert "G2026-0001" in message.get_content()
    assert letters(desk) == []


def test_an_own_mail_address_is_one(desk: Desk) -> None:
    assert desk.refused("user mail 林秘书") == {"no_mail_address"}
    assert desk.refused("user mail") == {"address_or_none"}
    assert desk.refused("user mail lin@example.edu --remove") == {"address_or_none"}
    desk("user mail lin@example.edu")
    assert desk.sql("SELECT mail FROM user_account") == [("lin@example.edu",)]
    assert "lin@example.edu" not in str(desk.sql("SELECT * FROM journal_event"))
    desk("user mail --remove")
    assert desk.sql("SELECT mail FROM user_account") == [(None,)]


def test_the_calendar_file_holds_the_days_of_the_office(kept: Desk) -> None:
    kept("calendar file --out 日程.ics", day=LATER)

    events = Calendar.from_ical((kept.folder / "日程.ics").read_bytes()).walk("VEVENT")

    titles = [str(event["SUMMARY"]) for event in events]
    assert any("G2026-0001" in title for title in titles)
    assert all(not event.errors for event in events)
    uids = [str(event["UID"]) for event in events]
    assert len(set(uids)) == len(uids)
    kept("calendar file --out 又一份.ics", day=LATER)
    assert (kept.folder / "又一份.ics").read_bytes() == (kept.folder / "日程.ics").read_bytes()


def test_whoever_gives_unnamed_is_not_named_in_it(desk: Desk) -> None:
    desk("gift edit 1 --anonymous")
    desk("calendar file --out 日程.ics", day=LATER)
    text = (desk.folder / "日程.ics").read_bytes().replace(b"\r\n ", b"").decode()
    assert COMPANY not in text
    desk("scheduler --once", day=LATER)
    assert COMPANY not in letters(desk)[0].read_text("utf-8")


@pytest.mark.parametrize("rest", ["--out 日程.txt", "--out 别的.ics --days 0", "--days 30"])
def test_a_calendar_that_cannot_be_written_is_refused(kept: Desk, rest: str) -> None:
    before = sorted(kept.folder.iterdir())
    answer = kept(f"calendar file {rest}", code=2)
    assert answer.err
    assert sorted(kept.folder.iterdir()) == before
