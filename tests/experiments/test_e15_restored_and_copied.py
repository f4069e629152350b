"""E15: an office put back from its backup, or copied, hands over nothing that went already."""

from __future__ import annotations

import random
import shutil
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from donflow.lifecycle.delivering import HELD_COPY, HELD_RESTORED
from donflow.outbox.models import Letter, LetterState
from donflow.store.session import reading
from tests import databases
from tests.experiments.letters_check import amiss
from tests.experiments.mailing_office import (
    DAY,
    NOW,
    add_people,
    ends,
    opened,
    plan_letters,
    use_sink,
)
from tests.journeys.desk import Desk, Workshop, copy_of
from tests.post.mail_server import Fault, MailSink, Plan

LONG, EVERYDAY = 20, 4
"""Letters that went after the backup; each takes its time to be written."""
LATER = 2
"""Letters that the server put off."""


@pytest.fixture(scope="module")
def going(pytestconfig: pytest.Config) -> int:
    return LONG if pytestconfig.getoption("--long") else EVERYDAY


@pytest.fixture(scope="module")
def made(
    workshop: Workshop, tmp_path_factory: pytest.TempPathFactory, going: int
) -> Iterator[Desk]:
    desk = workshop.copy("new", tmp_path_factory.mktemp("made") / "office0")
    plan_letters(desk, add_people(desk, going + LATER))
    yield desk
    desk.discard()


@pytest.fixture
def office_of(made: Desk, tmp_path: Path) -> Iterator[Callable[[int, MailSink], Desk]]:
    opened_here: list[Desk] = []

    def take(number: int, sink: MailSink) -> Desk:
        desk = copy_of(made, tmp_path / f"office{number}")
        desk.day = DAY.isoformat()
        use_sink(desk, sink.port)
        opened_here.append(desk)
        return desk

    yield take
    for desk in opened_here:
        desk.discard()


@pytest.fixture
def only_long(long: bool) -> None:
    if not long:
        pytest.skip("the copied home only with --long; the restored one every day")


def fill(sink: MailSink, going: int, seed: int) -> None:
    """Two of the letters meet a server that puts them off."""
    plans = [Plan(Fault.MAIL_450)] * LATER + [Plan()] * going
    random.Random(seed).shuffle(plans)
    sink.plans.extend(plans)


def other_desk(desk: Desk, home: Path) -> Desk:
    """A desk at another home of this office, with the same keys."""
    keys = {"DONFLOW_HOME": str(home), "DONFLOW_KEYS": f"{desk.home}.keys"}
    return Desk(desk.folder, day=desk.day, environment=keys)


def released_by(other: Desk, log: Path) -> dict[str, list[int]]:
    """What a person's word lets go, with the journal of the office that sent."""
    told: dict[str, list[int]] = other(f"greeting release --journal {log} --json").data
    return told


def lived_through(desk: Desk, home: Path, sink: MailSink, why: str, going: int) -> None:
    """The office has sent; the other home sends nothing, then what the old journal leaves."""
    keys, other = Path(f"{desk.home}.keys"), other_desk(desk, home)
    assert sum(sink.counts().values()) == going
    for _ in range(2):
        told = other("greeting deliver --json").data
        assert told["sent"] == []
    other("scheduler --once", code=2)
    assert "still_held" in other.refused("greeting release")
    other.close()
    assert ends(home, keys) == {(LetterState.HELD, why): going + LATER}
    other("instance release --yes")
    other.environment["DONFLOW_NOW"] = (NOW + timedelta(minutes=5)).isoformat()
    assert other("greeting deliver --json").data["sent"] == []
    assert sum(sink.counts().values()) == going

    released = released_by(other, desk.home / "handoff.log")

    assert (len(released["sent"]), len(released["released"])) == (going, LATER)
    with opened(desk.home) as old, reading(old.store) as session:
        sent = select(Letter.id).where(Letter.state == LetterState.SENT).order_by(Letter.id)
        assert sorted(released["sent"]) == list(session.scalars(sent))
    assert len(other("greeting deliver --json").data["sent"]) == LATER
    accepted = sink.counts()
    other.close()
    assert set(accepted.values()) == {1}
    assert len(accepted) == going + LATER
    with opened(home, keys) as now_the_office:
        assert amiss(now_the_office.store, home, accepted) == []


def test_what_went_after_the_backup_does_not_go_from_the_restored_office(
    office_of: Callable[[int, MailSink], Desk],
    points: Callable[..., int],
    going: int,
    seed: int,
    figures: Callable[[str, str], None],
) -> None:
    begun = time.monotonic()
    times = points(5, 1)
    for number in range(times):
        with MailSink() as sink:
            desk = office_of(number, sink)
            fill(sink, going, seed + number)
            file = desk(f"backup --out {desk.folder / 'b.zip'} --json").data["file"]
            desk("greeting deliver")
            desk.close()
            home = desk.folder / "restored"
            there = other_desk(desk, home)
            there(f"restore {file} --keys {desk.home}.keys")
            # It was put back by the clock of the machine, which is not that of the exercise.
            assert there("greeting deliver --json").data["sent"] == []
            there("greeting release --clock")
            there.close()
            lived_through(desk, home, sink, HELD_RESTORED, going)
    figures(
        "E15",
        f"{times} restored offices: of {going} letters sent after the backup 0 went again"
        f" ({time.monotonic() - begun:.0f} s)",
    )


@pytest.mark.usefixtures("only_long")
def test_a_copy_of_the_home_hands_over_nothing_that_the_office_has_sent(
    office_of: Callable[[int, MailSink], Desk],
    points: Callable[..., int],
    going: int,
    seed: int,
    figures: Callable[[str, str], None],
) -> None:
    begun = time.monotonic()
    times = points(5, 1)
    for number in range(times):
        with MailSink() as sink:
            desk = office_of(number, sink)
            fill(sink, going, seed + number)
            desk.close()
            home = desk.folder / "copy"
            shutil.copytree(desk.home, home)
            desk("greeting deliver")
            desk.close()
            lived_through(desk, home, sink, HELD_COPY, going)
    figures("E15", f"{times} copied homes: 0 went again ({time.monotonic() - begun:.0f} s)")


@pytest.mark.usefixtures("only_long")
def test_a_copy_made_while_letters_were_under_way_sends_none_of_them_again(
    office_of: Callable[[int, MailSink], Desk], going: int
) -> None:
    """In the copy one letter was claimed, and one was just being handed over."""
    with MailSink() as sink:
        desk = office_of(0, sink)
        desk.close()
        home = desk.folder / "copy"
        shutil.copytree(desk.home, home)
        desk("greeting deliver")
        desk.close()
        for number, state in ((1, "claimed"), (2, "handing_off")):
            databases.execute(
                f"sqlite:///{home / 'donflow.db'}",
                "UPDATE letter SET state = ?, channel = 'mail', attempts = 1, token = ?,"
                " leased_until = '2026-09-25 02:10:00.000000' WHERE id = ?",
                state, "0" * 32, number,
            )  # fmt: skip
        other = other_desk(desk, home)
        other("instance release --yes")
        other.environment["DONFLOW_NOW"] = (NOW + timedelta(minutes=30)).isoformat()
        for _ in range(2):
            assert other("greeting deliver --json").data["sent"] == []
        released_by(other, desk.home / "handoff.log")
        other.environment["DONFLOW_NOW"] = (NOW + timedelta(hours=2)).isoformat()
        other("greeting deliver")
        other.close()
        assert sink.counts() == Counter(dict.fromkeys(sink.counts(), 1))
    assert len(sink.counts()) == going + LATER
