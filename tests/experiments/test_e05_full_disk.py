"""E05: on a disk that is really full each answer is true, and once there is room work goes on."""

from __future__ import annotations

import contextlib
import os
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.experiments.crash_check import faults, unfit_answers
from tests.journeys.desk import Desk
from tests.programs import needs

ACTS = 50
LONG_PURPOSE = "资助家庭经济困难学生完成学业" * 10


@pytest.mark.parametrize("room", [150, 300, 600], ids=lambda room: f"{room} KiB")
def test_a_full_disk_is_told_and_work_goes_on_when_there_is_room(
    office: Desk, tmp_path: Path, figures: Callable[[str, str], None], room: int
) -> None:
    """Without a restart: the office stays open as a server's would."""
    with _small_disk(tmp_path / "disk") as disk, contextlib.ExitStack() as put_away:
        office.close()
        subprocess.run(["cp", "-r", office.folder, disk / "desk"], check=True)
        desk = replace(
            office,
            folder=disk / "desk",
            lang="en",
            environment={"DONFLOW_DEBUG": ""},
            _offices={},
        )
        ballast = disk / "ballast"
        free = os.statvfs(disk)
        with ballast.open("wb") as file:
            os.posix_fallocate(file.fileno(), 0, free.f_bavail * free.f_frsize - room * 1024)
        put_away.callback(desk.close)
        before = _gifts(desk)
        done, told = _work(desk, "满")
        assert 0 < done < ACTS, "the disk was not full in the middle of the work"
        ballast.unlink()
        after, more = _work(desk, "空")
        assert more == [], more[0]
        assert after == ACTS
        assert _gifts(desk) == before + done + after
        assert desk("verify").code == 0
        assert faults(desk) == []
        assert list((desk.home / "vault").rglob("*.tmp")) == []
    assert unfit_answers(told) == []
    assert all("disk is full" in err for _code, _out, err in told)
    figures(
        "E05", f"{room} KiB: {done} acts, {len(told)} refused as the disk was full, {after} more"
    )


def _work(desk: Desk, label: str) -> tuple[int, list[tuple[int, str, str]]]:
    """Fifty acts, half of them with a paper: how many were done, and the other answers."""
    done, told = 0, []
    scan = (desk.papers / "协议扫描件.pdf").read_bytes()
    for number in range(ACTS):
        if number % 2:
            line = f"gift new --purpose {LONG_PURPOSE}"
        else:
            # The person's own disk is another one: the paper comes from there.
            paper = desk.folder.parents[1] / f"{label}{number}.pdf"
            paper.write_bytes(scan + b"\n%" + os.urandom(8_000).hex().encode() + b"\n%%EOF\n")
            line = f"vault add {paper}"
        answer = desk(line, code=None)
        if answer.code == 0:
            done += 1
        else:
            told.append((answer.code, answer.out, answer.err))
    return done, told


def _gifts(desk: Desk) -> int:
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
