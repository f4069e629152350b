"""The vault under damage: each flip, cut, swap and loss is named; nothing damaged is read."""

import hashlib
import random
import shutil
import stat
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from donflow import platform_files
from donflow.platform_files import (
    InUse,
    exclusive,
    exclusive_in_turn,
    private_folder,
    write_private,
)
from donflow.vault import files
from donflow.vault.files import DamagedBlob, MissingBlob, VaultReport

SCAN = "捐赠协议书扫描件".encode() * 500
SOUND = VaultReport(missing=(), damaged=(), extra=(), leftovers=())


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    return tmp_path / "校友 办公室" / "vault"


@pytest.fixture
def held(vault: Path) -> list[str]:
    """Twenty files of different lengths."""
    return [files.put(vault, SCAN[: 100 + 37 * number]) for number in range(20)]


def test_what_is_put_is_read_back_under_its_fingerprint(vault: Path) -> None:
    fingerprint = files.put(vault, SCAN)

    assert fingerprint == hashlib.sha256(SCAN).hexdigest()
    assert files.read(vault, fingerprint) == SCAN
    assert (vault / fingerprint[:2] / fingerprint).read_bytes() == SCAN
    assert files.check(vault, [fingerprint]) == SOUND


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_only_the_owner_may_read(vault: Path) -> None:
    path = files.path_of(vault, files.put(vault, SCAN))

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_what_is_held_is_not_written_again(vault: Path) -> None:
    path = files.path_of(vault, files.put(vault, SCAN))
    before = path.stat()

    files.put(vault, SCAN)

    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_putting_a_damaged_file_again_mends_it(vault: Path) -> None:
    fingerprint = files.put(vault, SCAN)
    _flip(files.path_of(vault, fingerprint), 4321)

    files.put(vault, SCAN)

    assert files.read(vault, fingerprint) == SCAN


def test_every_flipped_bit_is_found_and_not_read(vault: Path) -> None:
    fingerprint = files.put(vault, SCAN)
    path = files.path_of(vault, fingerprint)
    for bit in random.Random(17).sample(range(len(SCAN) * 8), 100):
        _flip(path, bit)

        assert files.check(vault, [fingerprint]).damaged == (fingerprint,)
        with pytest.raises(DamagedBlob, match=fingerprint):
            files.read(vault, fingerprint)

        _flip(path, bit)
    assert files.check(vault, [fingerprint]) == SOUND


@pytest.mark.parametrize("kept", [0, 1, 50, 99])
def test_every_cut_file_is_named(vault: Path, held: list[str], kept: int) -> None:
    for fingerprint in held[:10]:
        path = files.path_of(vault, fingerprint)
        path.write_bytes(path.read_bytes()[:kept])

    report = files.check(vault, held)

    assert report == VaultReport((), tuple(sorted(held[:10])), (), ())
    assert not report.sound


def test_every_deleted_file_is_named(vault: Path, held: list[str]) -> None:
    for fingerprint in held[5:15]:
        files.path_of(vault, fingerprint).unlink()

    assert files.check(vault, held).missing == tuple(sorted(held[5:15]))
    with pytest.raises(MissingBlob, match=held[5]):
        files.read(vault, held[5])


def test_two_swapped_files_are_both_named(vault: Path, held: list[str]) -> None:
    one, other = (files.path_of(vault, fingerprint) for fingerprint in held[:2])
    one.rename(one.with_name("away"))
    other.rename(one)
    one.with_name("away").rename(other)

    assert files.check(vault, held).damaged == tuple(sorted(held[:2]))
    for fingerprint in held[:2]:
        with pytest.raises(DamagedBlob):
            files.read(vault, fingerprint)


def test_files_that_nobody_knows_are_named(vault: Path, held: list[str]) -> None:
    (vault / "notes.txt").write_text("x")
    (vault / held[0][:2] / "copy").write_text("x")

    report = files.check(vault, held[1:])

    assert set(report.extra) == {
        "notes.txt",
        f"{held[0][:2]}/copy",
        f"{held[0][:2]}/{held[0]}",
    }
    assert (report.missing, report.damaged) == ((), ())


def test_checking_changes_nothing(vault: Path, held: list[str]) -> None:
    _flip(files.path_of(vault, held[0]), 5)
    before = _contents(vault)

    files.check(vault, [*held, "0" * 64])

    assert _contents(vault) == before


def test_an_empty_home_without_a_vault_is_sound(vault: Path) -> None:
    assert files.check(vault, []) == SOUND


def test_a_deposit_cut_short_leaves_something_harmless(vault: Path) -> None:
    fingerprint = hashlib.sha256(SCAN).hexdigest()
    private_folder(vault / fingerprint[:2])
    leftover = vault / fingerprint[:2] / f".{fingerprint}.0.tmp"
    write_private(leftover, SCAN[:100])

    report = files.check(vault, [])

    assert (report.sound, len(report.leftovers)) == (True, 1)
    assert files.put(vault, SCAN) == fingerprint
    assert files.read(vault, fingerprint) == SCAN


def test_a_failed_write_leaves_no_file_and_no_fingerprint(
    vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full_disk(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(platform_files.os, "fsync", full_disk)
    with pytest.raises(OSError, match="No space"):
        files.put(vault, SCAN)
    monkeypatch.undo()

    assert _contents(vault) == {}


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "A" * 64, "0" * 63, "0" * 64 + "\n"])
def test_what_is_no_fingerprint_names_no_file(vault: Path, name: str) -> None:
    with pytest.raises(ValueError, match="not a fingerprint"):
        files.read(vault, name)


def test_a_new_file_never_replaces_one_in_silence(tmp_path: Path) -> None:
    write_private(tmp_path / "a", b"1")

    with pytest.raises(FileExistsError):
        write_private(tmp_path / "a", b"2")


def test_a_second_run_is_told_that_another_is_at_work(tmp_path: Path) -> None:
    lock = tmp_path / "lock"
    with exclusive(lock, seconds=0), pytest.raises(InUse), exclusive(lock, seconds=0.1):
        pass

    with exclusive(lock, seconds=0):
        shutil.copy(lock, tmp_path / "copy")


def test_who_comes_again_at_once_stands_behind_those_who_wait(tmp_path: Path) -> None:
    lock, until, served = tmp_path / "lock", time.monotonic() + 0.5, [0] * 4

    def come_again(who: int) -> None:
        while time.monotonic() < until:
            with exclusive_in_turn(lock, seconds=10):
                time.sleep(0.003)
            served[who] += 1

    with ThreadPoolExecutor() as pool:
        list(pool.map(come_again, range(len(served))))

    assert min(served) > max(served) / 5, served


def test_who_is_next_waits_no_longer_than_he_was_given(tmp_path: Path) -> None:
    lock = tmp_path / "lock"
    with (
        exclusive_in_turn(lock, seconds=0),
        pytest.raises(InUse),
        exclusive_in_turn(lock, seconds=0.1),
    ):
        pass

    with exclusive_in_turn(lock, seconds=0):
        pass  # nobody was left standing in the queue


def _flip(path: Path, bit: int) -> None:
    data = bytearray(path.read_bytes())
    data[bit // 8] ^= 1 << bit % 8
    path.write_bytes(data)


def _contents(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
