"""An office comes back from its backup alone, held until a person says that it is the office."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import stat
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from donflow.lifecycle.instance import INSTANCE_FILE
from donflow.store.keys import create_keys
from tests import databases
from tests.journeys.desk import Desk

LATE = "2026-12-01"
LAST = "arrived"


@pytest.fixture
def desk(office_at: Callable[..., Desk]) -> Desk:
    return office_at(LAST)


@pytest.fixture
def restored(tmp_path: Path) -> Iterator[Desk]:
    """A desk at a folder where nothing stands yet."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    desk = Desk(folder, day=LATE)
    yield desk
    desk.close()


def backed_up(desk: Desk, folder: Path) -> str:
    file = desk(f"backup --out {folder / 'b.zip'} --json", day=LATE).data["file"]
    desk.close()
    return str(file)


def papers_of(desk: Desk) -> dict[str, str]:
    listed = desk("paper list 1 --json").data
    prints = {row["fingerprint"] for row in listed if row["fingerprint"]}
    return {one: desk(f"vault show {one} --json").data["fingerprint"] for one in sorted(prints)}


def test_an_office_comes_back_when_the_original_is_gone(
    desk: Desk, restored: Desk, tmp_path: Path
) -> None:
    file, keys = backed_up(desk, tmp_path), tmp_path / "kept.keys"
    before, papers = desk.gift(), papers_of(desk)
    phone = desk("person reveal 1 phone --reason 回访").out
    desk.close()
    shutil.move(f"{desk.home}.keys", keys)
    shutil.rmtree(desk.home)

    told = restored(f"restore {file} --keys {keys}").out

    assert "instance release --yes" in told
    assert restored.gift() == before
    assert papers
    assert papers_of(restored) == papers
    assert restored("person reveal 1 phone --reason 回访").out == phone
    restored("verify")
    restored("vault check")


def test_without_its_keys_all_but_the_encrypted_fields_comes_back(
    desk: Desk, restored: Desk, tmp_path: Path
) -> None:
    file = backed_up(desk, tmp_path)

    told = restored(f"restore {file} --json").data

    assert told["keys_there"] is False
    assert told["keys"] == f"{restored.home}.keys"
    assert f"{restored.home}.keys" in restored("person reveal 1 phone --reason 回访", code=2).err
    restored("verify")
    shutil.copy(f"{desk.home}.keys", f"{restored.home}.keys")
    restored.close()
    restored("person reveal 1 phone --reason 回访")


def test_another_offices_keys_are_refused(desk: Desk, restored: Desk, tmp_path: Path) -> None:
    file, other = backed_up(desk, tmp_path), tmp_path / "other.keys"
    create_keys(other)

    answer = restored(f"restore {file} --keys {other} --json", code=2)

    assert answer.codes == {"keys_foreign"}
    assert list(restored.folder.iterdir()) == []


def test_a_home_that_holds_something_is_refused(desk: Desk, tmp_path: Path) -> None:
    file = backed_up(desk, tmp_path)

    assert desk.refused(f"restore {file}") == {"home_taken"}


def test_a_database_that_holds_something_is_refused(
    desk: Desk, restored: Desk, tmp_path: Path
) -> None:
    file = backed_up(desk, tmp_path)
    before = databases.all_rows(desk.url)

    answer = restored(f"restore {file} --database {desk.url} --json", code=2)

    assert answer.codes == {"database_taken"}
    assert databases.all_rows(desk.url) == before
    assert not restored.home.exists()


def test_a_backup_is_restored_into_the_other_kind_of_database(
    desk: Desk, restored: Desk, backend: str, tmp_path: Path
) -> None:
    file = backed_up(desk, tmp_path)
    other = "sqlite" if backend == "postgresql" else "postgresql"
    line = f"restore {file} --keys {desk.home}.keys"
    if other == "postgresql":
        line += f" --database {databases.new_database(other, restored.folder)}"

    restored(line)

    restored("verify")
    assert restored.url.startswith(other)
    assert restored.gift() == desk.gift()
    restored(f"gift contact 1 --channel phone --on {LATE}")
    restored.close()
    databases.drop_database(restored.url)


def test_the_backup_is_private_and_holds_neither_keys_nor_the_address_of_a_database(
    desk: Desk, tmp_path: Path
) -> None:
    settings = desk.home / "donflow.toml"
    if "database" not in settings.read_text("utf-8"):
        settings.write_text(f'database = "{desk.url}"\n{settings.read_text("utf-8")}', "utf-8")
    file = backed_up(desk, tmp_path)

    assert stat.S_IMODE(Path(file).stat().st_mode) == 0o600
    with zipfile.ZipFile(file) as archive:
        text = archive.read("home/donflow.toml").decode()
        names = archive.namelist()
    assert "database" not in text
    assert desk.url not in text
    assert not [name for name in names if "keys" in name or name.startswith("home/papers")]


def test_what_verify_finds_is_in_the_backup_too_and_said(desk: Desk, tmp_path: Path) -> None:
    desk.sql("UPDATE gift SET purpose = '别的用途' WHERE id = 1")

    answer = desk(f"backup --out {tmp_path / 'b.zip'} --json", code=1)

    assert len(answer.data["findings"]) == 1
    assert desk(f"restore {tmp_path / 'b.zip'} --check", code=1).out


def test_a_stored_file_that_is_damaged_is_said_and_the_rest_kept(
    desk: Desk, tmp_path: Path
) -> None:
    next(iter(sorted((desk.home / "vault").rglob("??????*")))).write_bytes(b"")

    answer = desk(f"backup --out {tmp_path / 'b.zip'} --json", code=1)

    assert len(answer.data["findings"]) == 1
    assert answer.data["files"] > 5


def test_backups_are_numbered_and_never_written_over(desk: Desk, tmp_path: Path) -> None:
    names = [Path(desk("backup --json", day=LATE).data["file"]).name for _ in range(2)]

    assert names == ["donflow-20261201-100000.zip", "donflow-20261201-100000-2.zip"]
    (tmp_path / "b.zip").write_bytes(b"mine")
    assert desk.refused(f"backup --out {tmp_path / 'b.zip'}") == {"backup_there"}


@databases.only_sqlite("a killed restore into PostgreSQL needs a new database, as is written")
@pytest.mark.parametrize("at", [20, 200, 500])
def test_a_restore_that_is_killed_leaves_no_office_and_is_run_again(
    desk: Desk, restored: Desk, tmp_path: Path, at: int
) -> None:
    file = backed_up(desk, tmp_path)

    def die() -> None:
        left = at

        def strike(*_given: object) -> None:
            nonlocal left
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

        event.listen(Engine, "before_cursor_execute", strike)
        restored(f"restore {file}", code=None)

    child = multiprocessing.get_context("fork").Process(target=die)
    child.start()
    child.join(60)

    assert child.exitcode == -signal.SIGKILL
    assert not restored.home.exists()
    restored(f"restore {file}")
    restored("verify")
    assert [path.name for path in restored.folder.iterdir()] == [restored.home.name]


@pytest.fixture
def waiting(office_at: Callable[..., Desk]) -> Desk:
    """An office with a gift that time would bring to its end."""
    desk = office_at("intent")
    desk("gift contact 1 --channel phone")
    desk("gift record 1 reminded", day="2026-11-02")
    return desk


def is_held(desk: Desk) -> bool:
    """Whether the clock refuses; it then has changed nothing."""
    before = desk.rows()
    answer = desk("scheduler --once --json", day=LATE, code=None)
    if answer.code == 0:
        return False
    assert answer.codes == {"office_held"}
    assert desk.rows() == before
    return True


def test_a_restored_office_does_nothing_by_itself_until_it_is_released(
    waiting: Desk, restored: Desk, tmp_path: Path
) -> None:
    file = backed_up(waiting, tmp_path)
    restored(f"restore {file} --keys {waiting.home}.keys")

    assert is_held(restored)
    assert restored("instance show --json").data["held"] is True
    noticed = restored(f"gift contact 1 --channel phone --on {LATE}")
    assert noticed.err
    assert restored("instance release --json", code=2).codes == {"say_yes"}
    assert is_held(restored)

    restored("instance release --yes")

    assert not is_held(restored)
    assert restored("today").err == ""
    assert restored("instance release --yes --json").data["released"] is False
    restored("verify")


def test_the_office_itself_goes_on(waiting: Desk, tmp_path: Path) -> None:
    backed_up(waiting, tmp_path)

    assert not is_held(waiting)
    assert waiting.stage() == "expired"


@pytest.mark.parametrize("change", ["copied", "moved", "host", "no file", "broken file"])
def test_a_home_that_is_not_where_it_was_is_held(
    waiting: Desk, tmp_path: Path, change: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting.close()
    file = waiting.home / INSTANCE_FILE
    desk = waiting
    match change:
        case "copied":
            desk = Desk(Path(shutil.copytree(waiting.folder, tmp_path / "copy")))
        case "moved":
            desk = Desk(Path(shutil.move(waiting.folder, tmp_path / "moved")))
        case "host":
            monkeypatch.setattr("platform.node", lambda: "another")
        case "no file":
            file.unlink()
        case "broken file":
            file.write_text("[]")

    assert is_held(desk)

    desk("instance release --yes")
    assert not is_held(desk)
    desk.close()
    if change == "moved":
        shutil.move(desk.folder, waiting.folder)


@databases.only_postgresql("two homes share one database only there")
def test_when_a_copy_is_released_the_other_one_is_held(waiting: Desk, tmp_path: Path) -> None:
    waiting.close()
    copy = Desk(Path(shutil.copytree(waiting.folder, tmp_path / "copy")))

    copy("instance release --yes")

    assert is_held(waiting)
    assert not is_held(copy)
    copy.close()
