"""The outbox in an office: real words, sealed bytes, and nothing sent by a copy of the home."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert, select, update

from donflow.bootstrap import OpenOffice, open_office
from donflow.greetings.rhythms import RhythmRules, set_rhythm
from donflow.lifecycle.delivering import Outbox, hands_of, run_outbox
from donflow.outbox import handoff
from donflow.outbox.claiming import claim
from donflow.outbox.fencing import Fence
from donflow.outbox.folder import FOLDER
from donflow.outbox.freezing import frozen_letter
from donflow.outbox.models import Letter, LetterState, Way
from donflow.outbox.readying import ready_due
from donflow.outbox.workers import at_work
from donflow.roster.models import Constituent
from donflow.settings import read_settings
from donflow.store.session import reading, unit_of_work
from donflow.store.verify import verify_store
from tests.journeys.desk import Desk, Workshop, copy_of
from tests.outbox.letters import LIN

DAY = date(2026, 9, 25)
NOW = datetime(2026, 9, 25, 2, tzinfo=UTC)
NAMES = ("梁启舟", "苏婉清", "顾怀川")


@pytest.fixture(scope="module")
def made(workshop: Workshop, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """An office with three people who wish to be greeted, and a letter to each."""
    desk = workshop.copy("new", tmp_path_factory.mktemp("made") / "office0")
    desk.day = DAY.isoformat()
    for number, name in enumerate(NAMES, start=1):
        desk(f"person add {name} --mail a{number}@example.org")
        desk(f"person consent {number} greetings --given --channel any")
    desk.close()
    plan_letters(desk)
    yield desk
    desk.discard()


@pytest.fixture
def desk(made: Desk, tmp_path: Path) -> Iterator[Desk]:
    desk = copy_of(made, tmp_path / "office0")
    desk.day = DAY.isoformat()
    yield desk
    desk.close()


@contextmanager
def opened(home: Path, environment: dict[str, str]) -> Iterator[OpenOffice]:
    office = open_office(home, read_settings(home, {}), environment)
    try:
        yield office
    finally:
        office.close()


def plan_letters(desk: Desk) -> None:
    """One letter into the folder for each, due this morning."""
    rows = [
        {
            "occasion": "mid_autumn",
            "addressee_kind": "constituent",
            "addressee_id": number,
            "on_day": DAY,
            "about": 0,
            "n": 0,
            "state": LetterState.PLANNED.value,
            "channel": "folder",
            "due_at": NOW - timedelta(hours=1),
            "expires_on": DAY,
            "planned_at": NOW - timedelta(days=20),
            "attempts": 0,
        }
        for number, _ in enumerate(NAMES, start=1)
    ]
    with opened(desk.home, {}) as office, unit_of_work(office.store) as session:
        session.connection().execute(insert(Letter.__table__), rows)  # type: ignore[arg-type]


def run(home: Path, minutes: int = 0, environment: dict[str, str] | None = None) -> Outbox:
    with opened(home, environment or {}) as office:
        moment = NOW + timedelta(minutes=minutes)
        return run_outbox(office.office, office.store, clock_of=lambda: moment, actor=None)


def states(home: Path, environment: dict[str, str] | None = None) -> list[tuple[str, str | None]]:
    query = select(Letter.state, Letter.reason).order_by(Letter.id)
    with opened(home, environment or {}) as office, reading(office.store) as session:
        assert verify_store(session) == ()
        return [(state, reason) for state, reason in session.execute(query)]


def test_each_letter_is_a_file_with_the_addressees_salutation(desk: Desk) -> None:
    done = run(desk.home)

    assert done.failed == []
    assert states(desk.home) == [(LetterState.SENT, None)] * 3
    names = sorted(path.name for path in (desk.home / FOLDER).iterdir())
    assert len(names) == 3
    assert all("中秋节" in name for name in names)
    assert {name for name in NAMES if any(name in each for each in names)} == set(NAMES)
    with opened(desk.home, {}) as office, reading(office.store) as session:
        bodies = list(session.scalars(select(Letter.body)))
    assert all(body and b"%PDF" not in body for body in bodies)


def test_a_copy_of_the_home_sends_nothing_and_holds_what_is_due(desk: Desk) -> None:
    copy, keys = desk.folder / "copy", {"DONFLOW_KEYS": str(desk.folder / "office.keys")}
    shutil.copytree(desk.home, copy)
    run(desk.home)

    done = run(copy, environment=keys)

    assert done.why_held == "copy"
    assert not (copy / FOLDER).exists()
    assert states(copy, keys) == [(LetterState.HELD, "copy")] * 3


def test_a_copy_that_becomes_the_office_holds_what_was_due_until_the_journal_is_shown(
    desk: Desk,
) -> None:
    copy = desk.folder / "copy"
    shutil.copytree(desk.home, copy)
    run(desk.home)
    other = Desk(desk.folder, day=desk.day, environment={
        "DONFLOW_HOME": str(copy), "DONFLOW_KEYS": str(desk.folder / "office.keys"),
    })  # fmt: skip

    assert "still_held" in other.refused("greeting release")
    other("instance release --yes")
    held = other("greeting deliver --json").data
    assert (held["sent"], len(held["held"])) == ([], 3)
    released = other(f"greeting release --journal {desk.home / 'handoff.log'} --json").data
    other.close()

    assert len(released["sent"]) == 3
    assert not (copy / FOLDER).exists()


def taken_over(desk: Desk, copy: Path) -> dict[str, str]:
    """The copy becomes the office without having woken as one; its environment."""
    keys = {"DONFLOW_HOME": str(copy), "DONFLOW_KEYS": str(desk.folder / "office.keys")}
    other = Desk(desk.folder, day=desk.day, environment=keys)
    other("instance release --yes")
    other.close()
    return keys


def test_what_was_in_hands_when_the_home_was_copied_does_not_go_twice(desk: Desk) -> None:
    """A worker has claimed all three and passed the fence of one; then the home is copied."""
    copy = desk.folder / "copy"
    with (
        opened(desk.home, {}) as office,
        at_work(desk.home) as token,
    ):
        hands = hands_of(office.office, lambda: NOW, {})
        ready_due(office.store, desk.home, hands=hands, now=NOW, actor=None)
        begun, *_ = claim(office.store, token, ways=[Way.FOLDER], now=NOW)
        handoff.begin_file(desk.home)
        frozen = frozen_letter(office.store, begun, token, hands)
        assert frozen is not None
        fence = Fence(office.store, desk.home, begun, token, frozen.message_id, hands, None)
        assert fence._taken(NOW) is not None
        shutil.copytree(desk.home, copy)
    keys = taken_over(desk, copy)

    done = run(copy, minutes=60, environment=keys)

    assert len(done.held) == 3
    assert done.delivered.by_outcome == {}
    other = Desk(desk.folder, day=desk.day, environment=keys)
    released = other("greeting release --json").data
    other.close()
    assert (released["in_doubt"], len(released["released"])) == ([begun], 2)


def test_what_is_planned_only_after_a_copy_became_the_office_is_held_too(desk: Desk) -> None:
    with opened(desk.home, {}) as office, unit_of_work(office.store) as session:
        early = NOW - timedelta(days=30)
        person = session.get_one(Constituent, 1)
        session.connection().execute(
            update(Constituent.__table__)  # type: ignore[arg-type]
            .where(Constituent.__table__.c.id == person.id)
            .values(birth="1968-09-24")
        )
        rules = RhythmRules(channel="folder", approve=False)
        set_rhythm(session, office.office, "all", "birthday", rules, actor=LIN, now=early)
    copy = desk.folder / "copy"
    shutil.copytree(desk.home, copy)
    keys = taken_over(desk, copy)

    done = run(copy, minutes=600, environment=keys)

    assert len(done.held) == 4
    assert done.delivered.by_outcome == {}
    assert not (copy / FOLDER).exists()


def test_a_database_put_back_under_its_journal_sends_nothing_until_somebody_releases_it(
    desk: Desk,
) -> None:
    shutil.copy(desk.database, desk.folder / "yesterday.db")
    run(desk.home)
    shutil.rmtree(desk.home / FOLDER)
    shutil.copy(desk.folder / "yesterday.db", desk.database)

    done = run(desk.home, minutes=15)

    assert done.why_held == "older_than_log"
    assert states(desk.home) == [(LetterState.HELD, "older_than_log")] * 3
    assert len(desk("greeting release --json").data["sent"]) == 3
    desk.close()
    assert run(desk.home, minutes=30).why_held is None
    assert not (desk.home / FOLDER).exists()


def test_one_batch_may_be_released_alone_and_the_rest_stays_held(desk: Desk) -> None:
    desk.sql(
        "INSERT INTO letter_batch (id, occasion, on_day, no, letters, approved_at)"
        f" VALUES (1, 'mid_autumn', '{DAY}', 1, 1, '{NOW:%Y-%m-%d %H:%M:%S.%f}')"
    )
    desk.sql("UPDATE letter SET batch_id = 1 WHERE id = 3")
    shutil.copy(desk.database, desk.folder / "yesterday.db")
    run(desk.home)
    shutil.copy(desk.folder / "yesterday.db", desk.database)

    assert desk("greeting release --batch 1 --json").data["sent"] == [3]

    desk.close()
    assert (run(desk.home, minutes=30).why_held, desk.sql("SELECT state FROM letter")) == (
        None,
        [("held",), ("held",), ("sent",)],
    )


def test_what_fails_beside_the_letters_keeps_none_of_them_back(desk: Desk) -> None:
    desk.sql("DROP TABLE derived_search")
    desk.sql("CREATE TABLE derived_search (id INTEGER)")

    done = desk("scheduler --once --json", code=1).data["letters"]

    assert (len(done["sent"]), done["failed_steps"]) == (3, ["search"])


def test_commands_settle_and_order_anew(desk: Desk) -> None:
    assert len(desk("greeting deliver --json").data["sent"]) == 3

    assert desk.refused("greeting settle 1 --arrived") == {"not_in_doubt"}
    assert desk.refused("greeting settle 1") == {"say_which"}
    assert desk.refused("greeting settle --from .") == {"no_mailbox"}
    again = desk("greeting resend 1 --why lost --json").data
    assert (again["n"], again["state"]) == (1, "retry_wait")
    assert desk.refused("greeting resend 1 --why lost") == {"on_its_way"}
    assert desk("greeting deliver --json").data["sent"] == [again["letter"]]
    assert len(list((desk.home / FOLDER).iterdir())) == 4


def test_the_clocks_command_tells_of_letters(desk: Desk) -> None:
    told = desk("scheduler --once --json").data

    assert len(told["letters"]["sent"]) == 3
    assert list((desk.home / "workers").iterdir()) == []


def test_a_clock_that_jumps_a_year_stops_letters_until_it_is_believed(desk: Desk) -> None:
    assert len(desk("greeting deliver --json").data["sent"]) == 3

    braked = desk("greeting deliver --json", day="2027-09-25").data
    assert (braked["brake"], braked["sent"]) == ("ahead", [])
    assert desk("greeting deliver --json", day=DAY.isoformat()).data["brake"] == "ahead"
    assert desk("greeting release --clock --json", day=DAY.isoformat()).data["clocks"] == 1
    assert desk("greeting deliver --json").data["brake"] is None
