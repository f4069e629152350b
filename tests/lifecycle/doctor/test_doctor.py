"""The doctor: each fault is made to happen, is found under its code, and has its remedy."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from donflow.cli.doctor import STATE_NAMES
from donflow.lifecycle.doctor import database, home, machine
from donflow.lifecycle.doctor.finding import Code, Finding, State
from donflow.store.keys import create_keys
from donflow.store.session import close_store, open_store, reading
from donflow.vault.quarantine import set_aside
from tests import databases
from tests.cli.chinese import stray_words
from tests.journeys.desk import Desk

DONOR = "person add 梁启舟 --kind person --phone 13800000000"


def codes(desk: Desk, *states: str) -> set[str]:
    """The codes of what the doctor finds in these states, each with its remedy."""
    told = desk("doctor --json", code=None)
    assert told.code == any(item["state"] == "fault" for item in told.data), str(told)
    for item in told.data:
        assert item["sentence"]
        assert bool(item["remedy"]) is (item["state"] != "ok"), item
    return {item["code"] for item in told.data if item["state"] in states}


def age(path: Path, desk: Desk, days: int) -> None:
    then = datetime.fromisoformat(f"{desk.day}T10:00:00+08:00") - timedelta(days=days)
    os.utime(path, (then.timestamp(), then.timestamp()))


def let_others_read(desk: Desk) -> None:
    desk.home.chmod(0o755)


def lose_keys(desk: Desk) -> None:
    desk.home.with_name("office.keys").unlink()


def cut_keys(desk: Desk) -> None:
    os.truncate(desk.home.with_name("office.keys"), 100)


def take_other_keys(desk: Desk) -> None:
    lose_keys(desk)
    create_keys(desk.home.with_name("office.keys"))


def put_keys_inside(desk: Desk) -> None:
    shutil.move(desk.home.with_name("office.keys"), desk.home / "keys")
    desk.environment["DONFLOW_KEYS"] = str(desk.home / "keys")


def leave_half_a_file(desk: Desk) -> None:
    left = desk.home / "vault" / "ab" / ".half.tmp"
    left.parent.mkdir(exist_ok=True)
    left.write_bytes(b"half")
    age(left, desk, 1)


def forget_the_quarantine(desk: Desk) -> None:
    long_ago = date.fromisoformat(desk.day) - timedelta(days=31)
    refused = desk.home / "quarantine"
    set_aside(refused, b"virus", name="virus.exe", codes=("program",), user_id=1, on=long_ago)


def let_the_backup_grow_old(desk: Desk) -> None:
    desk("backup")
    desk.day = (date.fromisoformat(desk.day) + timedelta(days=8)).isoformat()


def move_into_onedrive(desk: Desk) -> None:
    folder = desk.folder / "OneDrive - 云麓大学" / "office"
    folder.parent.mkdir()
    shutil.move(desk.home, folder)
    shutil.move(desk.home.with_name("office.keys"), folder.with_name("office.keys"))
    desk.environment["DONFLOW_HOME"] = str(folder)


def change_states(desk: Desk) -> None:
    states = desk.home / "states.yaml"
    states.write_text(states.read_text("utf-8").replace("within: 5 workdays", "within: 6 workdays"))


def break_states(desk: Desk) -> None:
    (desk.home / "states.yaml").write_text("schema: 1\n")


def empty_the_rules(desk: Desk) -> None:
    for path in (desk.home / "rules").iterdir():
        path.unlink()


def break_the_rules(desk: Desk) -> None:
    (desk.home / "rules" / "house.yaml").write_text("nonsense: 1\n")


def take_the_rules_away(desk: Desk) -> None:
    shutil.rmtree(desk.home / "rules")


def lose_a_line(desk: Desk) -> None:
    desk.sql("DELETE FROM derived_search")


def set_the_clock_back(desk: Desk) -> None:
    desk.environment["DONFLOW_NOW"] = "2025-03-02T10:00:00+08:00"


def come_back_after_the_summer(desk: Desk) -> None:
    desk.day = "2026-07-02"


SQLITE = "SQLite's own file"
EVERYWHERE: list[tuple[str, str, Callable[[Desk], None]]] = [
    ("modes", "fault", let_others_read),
    ("keys", "fault", lose_keys),
    ("keys", "fault", cut_keys),
    ("keys_match", "fault", take_other_keys),
    ("keys_place", "fault", put_keys_inside),
    ("leftovers", "warning", leave_half_a_file),
    ("quarantine", "warning", forget_the_quarantine),
    ("backup", "warning", let_the_backup_grow_old),
    ("place", "fault", move_into_onedrive),
    ("held", "warning", move_into_onedrive),
    ("states", "warning", change_states),
    ("states", "fault", break_states),
    ("rules", "fault", empty_the_rules),
    ("rules", "fault", break_the_rules),
    ("rules", "warning", take_the_rules_away),
    ("search", "warning", lose_a_line),
    ("clock", "fault", set_the_clock_back),
    ("clock", "warning", come_back_after_the_summer),
]


@pytest.mark.parametrize(("code", "state", "harm"), EVERYWHERE)
def test_what_is_done_to_an_office_is_found(
    office: Desk, code: str, state: str, harm: Callable[[Desk], None]
) -> None:
    office(DONOR)
    assert code not in codes(office, "fault") | (codes(office, "warning") - {"backup"})
    office.close()
    harm(office)
    assert code in codes(office, state)


def test_a_backup_is_known_wherever_it_was_put(office: Desk, tmp_path: Path) -> None:
    assert "backup" in codes(office, "warning")
    office(f"backup --out '{tmp_path / 'elsewhere.zip'}'")
    assert "backup" in codes(office, "ok")


def truncate(desk: Desk) -> None:
    os.truncate(desk.database, 3000)


def damage(desk: Desk) -> None:
    """Overwrite a page that nobody reads to open the office."""
    query = "SELECT rootpage FROM sqlite_master WHERE name = 'ix_constituent_name'"
    ((page,),) = desk.sql(query)
    with desk.database.open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(b"\xff" * 4096)


def cut_a_reference(desk: Desk) -> None:
    with closing(sqlite3.connect(desk.database)) as connection, connection:
        connection.execute("DROP TABLE assignment")
        connection.execute("PRAGMA foreign_keys=OFF")


def forget_the_schema(desk: Desk) -> None:
    desk.sql("DELETE FROM alembic_version")


def keep_it_in_wal(desk: Desk) -> None:
    with closing(sqlite3.connect(desk.database)) as connection:
        connection.execute("PRAGMA journal_mode=WAL").close()


@databases.only_sqlite("what is done to its file")
@pytest.mark.parametrize(
    ("code", "state", "harm"),
    [
        ("office", "fault", truncate),
        ("pages", "fault", damage),
        ("office", "fault", forget_the_schema),
        ("mode", "warning", keep_it_in_wal),
    ],
)
def test_what_is_done_to_the_file_is_found(
    office: Desk, code: str, state: str, harm: Callable[[Desk], None]
) -> None:
    if code == "mode" and machine.journal_mode()[0] == "WAL":
        pytest.skip("this SQLite keeps WAL safely")
    assert not codes(office, "fault")
    office.close()
    harm(office)
    assert code in codes(office, state)


@databases.only_sqlite("its pages")
@pytest.mark.parametrize("table", ["user_account", "assignment", "journal_event", "instance"])
def test_a_table_that_cannot_be_read_is_a_finding_and_breaks_nothing(
    office: Desk, table: str
) -> None:
    office.environment["DONFLOW_DEBUG"] = ""
    office.close()
    tear(office, table)
    assert codes(office, "fault") & {"pages", "office"}
    for line in ("today", "verify", "person add 梁启舟"):
        answer = office(line, code=None, lang="en")
        assert "failed" not in answer.err, str(answer)
        assert "cannot be read" in answer.err or answer.code in (0, 1), str(answer)


def tear(desk: Desk, table: str) -> None:
    """Overwrite the first page of a table."""
    with closing(sqlite3.connect(desk.database)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE").close()
        query = "SELECT rootpage FROM sqlite_master WHERE name = ?"
        (page,) = connection.execute(query, (table,)).fetchone()
    with desk.database.open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(b"\xff" * 4096)


@databases.only_sqlite("its lock")
def test_a_database_in_use_is_not_called_damaged(
    office: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("donflow.store.session.BUSY_SECONDS", 0)
    office.close()
    with closing(sqlite3.connect(office.database, isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode=DELETE").close()
        other.execute("BEGIN EXCLUSIVE")
        told = office("doctor --json", code=1, lang="en")
    faults = [item for item in told.data if item["state"] == "fault"]
    assert [item["code"] for item in faults] == ["office"]
    assert "damaged" not in str(faults)
    assert "restore" not in str(faults)


@databases.only_postgresql("a server")
def test_a_server_that_goes_away_is_not_called_damaged(office: Desk) -> None:
    office("order list")
    store = open_store(office.url)
    with reading(store) as session:
        number = session.scalar(text("SELECT pg_backend_pid()"))
        databases.execute(office.url, f"SELECT pg_terminate_backend({number})")
        now = datetime.now(UTC)
        (opened,) = office._offices.values()
        found = list(database.examine_database(session, opened.office, now, None))
    close_store(store)
    assert [(item.code, item.state) for item in found] == [(Code.OFFICE, State.FAULT)]
    assert "server" in str(found[0].sentence)
    assert "file" not in f"{found[0].sentence} {found[0].remedy}"


@databases.only_sqlite("its pragma")
def test_a_row_that_names_none_is_found(office: Desk) -> None:
    with closing(sqlite3.connect(office.database)) as connection, connection:
        connection.execute("DELETE FROM user_account")
    store = open_store(office.url)
    with reading(store) as session:
        found = database.check_references(session)
    close_store(store)
    assert (found.code, found.state) == (Code.REFERENCES, State.FAULT)
    assert "role" in str(found.sentence) or "assignment" in str(found.sentence)


@databases.only_postgresql("its settings")
def test_a_server_that_may_forget_is_found(office: Desk) -> None:
    store = open_store(office.url)
    with reading(store) as session:
        session.execute(text("SET LOCAL synchronous_commit = off"))
        found = [database.check_server(session), database.check_durability(session)]
        now = datetime.now(UTC)
        clocks = [
            database.check_server_clock(session, now - timedelta(seconds=late)) for late in (0, 300)
        ]
    close_store(store)
    # The server of the tests may be set to forget, for speed.
    assert [item.state for item in found] == [State.OK, State.FAULT]
    assert "synchronous_commit" in str(found[1].sentence)
    assert [item.state for item in clocks] == [State.OK, State.WARNING]


@databases.only_postgresql("a server")
def test_a_server_that_is_away_is_a_finding(office: Desk) -> None:
    settings = office.home / "donflow.toml"
    told = settings.read_text("utf-8")
    settings.write_text(re.sub(r'database = ".*"', 'database = "postgresql://localhost:1/x"', told))
    office.close()
    assert "office" in codes(office, "fault")
    settings.write_text(told)


MADE_UP: list[tuple[Code, State, Callable[[], Finding]]] = [
    (Code.PYTHON, State.WARNING, lambda: machine.check_python((3, 11, 7))),
    (Code.PYTHON, State.WARNING, lambda: machine.check_python((3, 12, 1))),
    (Code.PYTHON, State.OK, lambda: machine.check_python((3, 11, 8))),
    (Code.SQLITE, State.OK, lambda: machine.check_sqlite((3, 40, 1))),
    (Code.LIBREOFFICE, State.WARNING, lambda: machine.check_libreoffice(None, "win32")),
    (Code.LIBREOFFICE, State.WARNING, lambda: machine.check_libreoffice(None, "linux")),
    (Code.NETWORK, State.FAULT, lambda: home.check_network(Path("/m/o"), "x /m nfs4 rw 0 0")),
    (Code.NETWORK, State.FAULT, lambda: home.check_network(Path("\\\\nas\\o"), "")),
    (Code.NETWORK, State.OK, lambda: home.check_network(Path("/m/o"), "x /n nfs rw\ny / ext4 rw")),
    (Code.SPACE, State.FAULT, lambda: home.check_space(99_000_000)),
    (Code.SPACE, State.WARNING, lambda: home.check_space(999_000_000)),
    (Code.SPACE, State.OK, lambda: home.check_space(10**10)),
    (Code.WRITING, State.FAULT, lambda: home.check_writing(Path("/proc"))),
    (Code.PLACE, State.FAULT, lambda: home.check_place(Path("/m/我的坚果云/o"))),
    (Code.PLACE, State.FAULT, lambda: home.check_place(Path("/m/BaiduSyncdisk/o"))),
    (Code.PLACE, State.FAULT, lambda: home.check_place(Path("/m/Library/com~apple~CloudDocs/o"))),
    (Code.PLACE, State.OK, lambda: home.check_place(Path("/m/dropboxes/o"))),
    (Code.EXERCISE, State.WARNING, lambda: home.check_exercise(exercise=True)),
    (Code.EXERCISE, State.OK, lambda: home.check_exercise(exercise=False)),
]


@pytest.mark.parametrize(("code", "state", "look"), MADE_UP)
def test_what_a_machine_may_be_like_is_found(
    code: Code, state: State, look: Callable[[], Finding]
) -> None:
    found = look()
    assert (found.code, found.state) == (code, state)
    assert (found.remedy is None) is (state == State.OK)


def test_a_damaged_or_missing_font_is_found(tmp_path: Path) -> None:
    fonts = Path(shutil.copytree(machine.FONTS, tmp_path / "fonts"))
    assert machine.check_fonts(fonts, machine.FINGERPRINTS).state == State.OK
    assert {path.name for path in fonts.glob("*.ttf")} == machine.FINGERPRINTS.keys()
    one, other, _third = machine.FINGERPRINTS
    os.truncate(fonts / one, 1000)
    (fonts / other).unlink()
    found = machine.check_fonts(fonts, machine.FINGERPRINTS)
    assert (found.state, found.sentence.values["names"]) == (State.FAULT, (one, other))


def test_every_code_is_made_to_be_found() -> None:
    made: set[Any] = {code for code, state, _ in EVERYWHERE}
    made |= {code for code, state, _ in MADE_UP}
    others = {
        Code.OFFICE,
        Code.FONTS, Code.MODE, Code.PAGES, Code.REFERENCES, Code.SERVER, Code.DURABILITY,
        Code.SERVER_CLOCK, Code.MAIL,
    }  # fmt: skip
    assert made | others == set(Code)


def test_a_sound_office_has_no_fault(office_at: Callable[..., Desk]) -> None:
    desk = office_at("written")
    # The server of the tests is set to forget, for speed.
    assert codes(desk, "fault") == ({"durability"} if "postgresql" in desk.url else set())
    assert codes(desk, "warning") <= {
        "python",
        "libreoffice",
        "backup",
        "exercise",
        "space",
        "held",
    }


def test_without_an_office_the_machine_is_looked_at(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    assert codes(desk, "ok", "warning") >= {"python", "fonts", "office"}
    assert "没有" in desk("doctor").out


NAMES = (
    "PostgreSQL Python SQLite LibreOffice chmod go= Windows"
    " fsync full_page_writes synchronous_commit"
)


@databases.only_sqlite("it is not opened")
def test_settings_that_cannot_be_read_are_a_finding(office: Desk) -> None:
    settings = office.home / "donflow.toml"
    told = settings.read_text("utf-8")
    settings.write_text(f"{told}colour = 1\n", "utf-8")
    assert "office" in codes(office, "fault")
    settings.write_text(told, "utf-8")


def test_it_is_told_in_the_readers_language(office: Desk) -> None:
    let_others_read(office)
    chinese = office("doctor", code=1).out
    english = office("doctor", code=1, lang="en").out
    assert "FAULT" in english
    assert "→" in chinese
    shown = re.sub(r"[/\w.]*/[\w/.]+", "", chinese)
    for name in NAMES.split():
        shown = shown.replace(name, "")
    assert stray_words(shown) == []
    assert set(STATE_NAMES) == set(State)


@databases.only_sqlite("one is enough")
def test_only_who_may_is_shown_the_office(office_at: Callable[..., Desk]) -> None:
    desk = office_at("intent", shared=True)
    assert desk.refused("doctor", as_="he") == {"not_permitted"}
    desk("doctor", as_="zhou")
