"""E05: on a disk that is really full each answer is true, and once there is room work goes on."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

import pytest

from tests.experiments.crash_check import faults, unfit_answers
from tests.journeys.desk import Desk
from tests.programs import needs

ACTS = 50
PLAIN = {"DONFLOW_DEBUG": ""}
LONG_PURPOSE = "资助家庭经济困难学生完成学业" * 10


@pytest.mark.parametrize("room", [150, 300, 600], ids=lambda room: f"{room} KiB")
def test_a_full_disk_is_told_and_work_goes_on_when_there_is_room(
    office: Desk, tmp_path: Path, figures: Callable[[str, str], None], room: int
) -> None:
    """Without a restart: the office stays open as a server's would."""
    with _small_disk(tmp_path / "disk") as disk, contextlib.ExitStack() as put_away:
        office.close()
        subprocess.run(["cp", "-r", office.folder, disk / "desk"], check=True)
        desk = replace(office, folder=disk / "desk", lang="en", environment=PLAIN, _offices={})
        put_away.callback(desk.close)
        said = _try(desk, _ballast(disk, room), tmp_path, "disk is full")
    figures("E05", f"{room} KiB: {said} as the disk was full")


@pytest.mark.skipif(sys.platform != "linux", reason="the limit is one of Linux")
@pytest.mark.parametrize("room", [20, 40], ids=lambda room: f"{room} KiB")
def test_a_file_that_may_not_grow_is_told_and_work_goes_on_when_it_may(
    office: Desk, tmp_path: Path, figures: Callable[[str, str], None], room: int
) -> None:
    """What anybody may try, where the small disk above needs root: a limit to the database."""
    desk = replace(office, lang="en", environment=PLAIN)
    limit = desk.database.stat().st_size + room * 1024
    said = _try(desk, _files_end_at(limit), tmp_path, "disk could not be read or written")
    figures("E05", f"{room} KiB: {said} as the database could not grow")


def _try(desk: Desk, full: AbstractContextManager[None], elsewhere: Path, word: str) -> str:
    """Work while it is full, and then: every answer is true, nothing is torn; the figures."""
    before = _stored(desk)
    with full:
        done, told = _work(desk, elsewhere / "满")
    assert 0 < done < ACTS, "nothing was full in the middle of the work"
    after, more = _work(desk, elsewhere / "空")
    assert more == [], more[0]
    assert after == ACTS
    assert _stored(desk) == before + done + after
    assert desk("verify").code == 0
    assert faults(desk) == []
    assert list((desk.home / "vault").rglob("*.tmp")) == []
    assert unfit_answers(told) == []
    assert all(word in err for _code, _out, err in told), told
    return f"{done} acts, {after} more once there was room, {len(told)} refused"


def _work(desk: Desk, papers: Path) -> tuple[int, list[tuple[int, str, str]]]:
    """Fifty acts, half of them with a paper: how many were done, and the other answers."""
    done, told = 0, []
    scan = (desk.papers / "协议扫描件.pdf").read_bytes()
    for number in range(ACTS):
        if number % 2:
            line = f"gift new --purpose {LONG_PURPOSE}"
        else:
            # The person's own disk is another one: the paper comes from there.
            paper = papers.with_name(f"{papers.name}{number}.pdf")
            paper.write_bytes(scan + b"\n%" + os.urandom(8_000).hex().encode() + b"\n%%EOF\n")
            line = f"vault add {paper}"
        answer = desk(line, code=None)
        if answer.code == 0:
            done += 1
        else:
            told.append((answer.code, answer.out, answer.err))
    return done, told


def _stored(desk: Desk) -> int:
    """How much of what `_work` does is stored."""
    return len(desk.rows()["gift"]) + len(desk.rows()["blob"])


@contextlib.contextmanager
def _small_disk(folder: Path) -> Iterator[Path]:
    """A disk of 8 MiB; only root may mount one."""
    mount = needs("mount")
    if os.geteuid() != 0:
        pytest.skip("only root may mount a small disk")
    folder.mkdir()
    mounted = subprocess.run([mount, "-t", "tmpfs", "-o", "size=8m", "tmpfs", folder])
    if mounted.returncode != 0:
        pytest.skip("this machine lets nobody mount a small disk")
    try:
        yield folder
    finally:
        subprocess.run(["umount", folder], check=True)


@contextlib.contextmanager
def _ballast(disk: Path, room: int) -> Iterator[None]:
    """Fill the disk but for so many KiB."""
    free, ballast = os.statvfs(disk), disk / "ballast"
    with ballast.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, free.f_bavail * free.f_frsize - room * 1024)
    yield
    ballast.unlink()


@contextlib.contextmanager
def _files_end_at(limit: int) -> Iterator[None]:
    """Let this process write no file beyond so many bytes."""
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
