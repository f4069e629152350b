"""After a crash the next command says what was found and done; it says so once."""

from __future__ import annotations

import fcntl
import json
import os
import shlex
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from donflow.store.interrupted import RUNNING
from donflow.store.keys import open_keys
from donflow.vault.files import fingerprint_of, path_of
from tests.journeys import killed
from tests.journeys.desk import Desk
from tests.journeys.killed import BEFORE_FORGETTING, MOMENTS

CHANGE = "agreement set 1 management_fee=2%"
DRAFT = "agreement draft 1 --request-key k7"
STORED = {"after_commit": True, "in_copy": True}


def office_before(office_at: Callable[..., Desk]) -> Desk:
    """An office where the next draft can be made."""
    desk = office_at("written")
    desk(CHANGE)
    return desk


def kill_at(desk: Desk, moment: str, line: str) -> None:
    """Type the line in a process of its own, which dies at that moment."""
    desk.close()
    environment = {
        **os.environ,
        "DONFLOW_HOME": str(desk.home),
        "DONFLOW_NOW": f"{desk.day}T10:00:00+08:00",
        "DONFLOW_LANG": "en",
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
        **desk.environment,
    }
    command = [sys.executable, killed.__file__, moment, *shlex.split(line)]
    died = subprocess.run(command, cwd=desk.folder, env=environment, capture_output=True)
    assert died.returncode == -signal.SIGKILL, died.stderr.decode()
    assert died.stdout == b""


def notes(desk: Desk) -> list[Path]:
    return list((desk.home / RUNNING).iterdir())


def half_written(desk: Desk) -> list[Path]:
    return [path for path in desk.home.rglob(".*") if path.suffix in (".tmp", ".part")]


@pytest.mark.parametrize("moment", MOMENTS)
def test_the_next_command_says_what_became_of_it(
    office_at: Callable[..., Desk], moment: str
) -> None:
    desk = office_before(office_at)
    before = desk.gift()["version"], desk.rows()
    desk.close()
    kill_at(desk, moment, DRAFT)
    (note,) = notes(desk)
    assert "k7" in note.read_text()
    assert len(half_written(desk)) == (moment in ("in_vault", "in_copy"))

    told = desk("gift list", lang="en")

    stored = STORED.get(moment, False)
    assert "“donflow agreement draft” by lin was interrupted" in told.err
    assert ("is stored" if stored else "nothing was changed") in told.err
    assert ("were removed: 1" in told.err) is (moment in ("in_vault", "in_copy"))
    assert (desk.rows() != before[1]) is stored
    assert notes(desk) == half_written(desk) == []
    assert desk("gift list").err == ""
    assert desk("verify").code == 0
    desk(DRAFT)  # under the same key: done once in all
    assert len(desk.sql("SELECT key FROM request")) == 1


def test_with_json_the_answer_stays_clean(office_at: Callable[..., Desk]) -> None:
    desk = office_before(office_at)
    kill_at(desk, "after_commit", DRAFT)
    told = desk("gift list --json")
    assert told.data
    (warning,) = json.loads(told.err)["warnings"]
    assert warning["code"] == "interrupted_stored"
    assert "林" not in told.err


def test_it_is_told_in_chinese_to_whoever_writes_next(office_at: Callable[..., Desk]) -> None:
    desk = office_before(office_at)
    kill_at(desk, "before_commit", DRAFT)
    answer = desk("person add 梁启舟")
    assert "没有做成" in answer.err


def test_the_scheduler_is_told_too(office_at: Callable[..., Desk]) -> None:
    desk = office_before(office_at)
    desk("order list", day="2026-03-03")
    kill_at(desk, "at_first_write", "person add 梁启舟")
    assert "interrupted" in desk("scheduler --once", lang="en").err


def test_a_command_of_many_steps_is_run_again_for_the_rest(office_at: Callable[..., Desk]) -> None:
    desk = office_at("intent")
    states = desk.home / "states.yaml"
    states.write_text(states.read_text("utf-8").replace("within: 5 workdays", "within: 6 workdays"))
    desk("states activate")
    kill_at(desk, "before_commit", "states migrate")
    told = desk("gift list", lang="en")
    assert "is stored" in told.err
    assert "Run it again for the rest" in told.err
    desk("states migrate")
    assert notes(desk) == []


def test_what_is_shown_once_may_be_asked_again(office: Desk) -> None:
    office("person add 梁启舟 --phone 13800000000")
    kill_at(office, "after_commit", "person reveal 1 phone --reason 约签约时间")
    told = office("gift list", lang="en")
    assert "is stored" in told.err
    assert "do it again if you did not see it" in told.err
    assert "Do not do it again" not in told.err


@pytest.mark.parametrize(
    "note",
    [
        b"[]",
        b"{}",
        b"[" * 100_000,
        b"\xff\xfe",
        b'{"at": "2026-03-02T10:00:00+08:00"}',
        b'{"command": 1, "user": [], "at": "2026-03-02T10:00:00", "request_key": 2, "steps": 0}',
        b'{"command": "a", "user": "b", "at": "2026-03-02T10:00:00+08:00", "request_key": null,'
        b' "steps": false}\n' + b"\0" * 64,
    ],
)
def test_an_odd_note_stops_no_command(office: Desk, note: bytes) -> None:
    (office.home / RUNNING).mkdir(exist_ok=True)
    (office.home / RUNNING / "odd.json").write_bytes(note)
    assert "interrupted" in office("gift list", lang="en").err
    assert notes(office) == []


def test_what_is_no_note_is_left_alone(office: Desk) -> None:
    (office.home / RUNNING / "folder.json").mkdir(parents=True)
    assert office("gift list").err == ""


def test_an_erasure_that_was_stored_is_finished_at_the_next_start(office: Desk) -> None:
    """Killed before the key and the consent's paper went; not even a backup may keep them."""
    office("person add 沈听澜 --phone 13900007001")
    proof = office.papers / "同意书.txt"
    proof.write_text("沈听澜同意接收问候。", encoding="utf-8")
    office("person consent 1 greetings --given --file 材料/同意书.txt")
    stored = path_of(office.home / "vault", fingerprint_of(proof.read_bytes()))
    keys = open_keys(office.folder / "office.keys")
    (key_id,) = keys.person_keys()
    kill_at(
        office,
        BEFORE_FORGETTING,
        "person erase 1 --because asked --for leader --evidence 材料/党政联席会纪要.pdf",
    )
    assert keys.knows(key_id)
    assert stored.exists()

    assert "is stored" in office("gift list", lang="en").err

    assert not keys.knows(key_id)
    assert not stored.exists()
    assert office("vault check").code == 0


@pytest.mark.parametrize(
    "line",
    ["gift advance 1 submit", "person add", "person add 梁启舟", "vault add nowhere.pdf", "today"],
)
def test_no_note_is_left_by_a_refusal_a_mistake_or_an_answer(
    office_at: Callable[..., Desk], line: str
) -> None:
    desk = office_at("intent")
    desk(line, code=None)
    assert not (desk.home / RUNNING).exists() or notes(desk) == []


def test_what_a_living_process_writes_is_not_touched(office_at: Callable[..., Desk]) -> None:
    desk = office_before(office_at)
    kill_at(desk, "in_vault", DRAFT)
    (cut,) = half_written(desk)
    living = desk.home / RUNNING / "living.json"
    living.write_text("{}\n")
    own = cut.with_name(".own.tmp")
    own.write_bytes(b"half")
    at = cut.stat().st_mtime_ns
    os.utime(living, ns=(at + 1000, at + 1000))
    os.utime(own, ns=(at + 2000, at + 2000))
    with living.open("r+") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        told = desk("gift list", lang="en")
        assert told.err.count("interrupted") == 1
        assert notes(desk) == [living]
        assert half_written(desk) == [own]
    assert "nobody can say which" in desk("gift list", lang="en").err  # now it is dead too
    assert notes(desk) == half_written(desk) == []


def test_a_note_cut_by_a_power_failure_claims_nothing(office_at: Callable[..., Desk]) -> None:
    desk = office_before(office_at)
    kill_at(desk, "after_commit", DRAFT)
    (note,) = notes(desk)
    whole = note.read_text()
    note.write_text(whole[:-9])
    assert "is not known" in desk("gift list", lang="en").err
    note.write_text("")
    assert desk("gift list").err == ""
    assert notes(desk) == []
