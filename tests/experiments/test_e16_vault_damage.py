"""E16: whatever happens to the vault's files is named with the gift; nothing damaged is handed out.

Six kinds of damage at two hundred files at once; the check may change nothing.
"""

from __future__ import annotations

import random
import secrets
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from donflow.accounts.users import actor_of, get_user
from donflow.domain.facts import PaperKind
from donflow.gifts.filing import file_paper
from donflow.gifts.models import Gift
from donflow.store.session import open_store, unit_of_work
from donflow.vault import files
from donflow.vault.deposit import Upload, keep
from tests.journeys.desk import Desk

NOW = datetime(2026, 3, 2, 4, tzinfo=UTC)
DEEDS = {"flipped": 100, "cut": 20, "deleted": 20, "swapped": 20, "emptied": 20, "extra": 20}
GIFTS = 5


@pytest.fixture
def desk(office_at: Callable[..., Desk]) -> Desk:
    """An office with five gifts; the first papers of each are its own."""
    desk: Desk = office_at("intent")
    for _ in range(GIFTS - 1):
        desk("gift new --donor 1 --amount 1万 --purpose 奖学金 --liaison 何老师 --channel teacher")
    return desk


def file_scans(desk: Desk, count: int) -> dict[str, str]:
    """So many scans, in turn to each gift; by fingerprint the gift's number."""
    desk.close()
    owners = {}
    store = open_store(f"sqlite:///{desk.database}")
    with unit_of_work(store) as session:
        actor = actor_of(get_user(session, "lin"), today=date(2026, 3, 2))
        for number in range(count):
            gift = session.get_one(Gift, number % GIFTS + 1)
            scan = Upload("扫描件.pdf", secrets.token_bytes(200 + number))
            blob = keep(session, desk.home / "vault", scan, kind="pdf", actor=actor, now=NOW)
            file_paper(
                session, gift, PaperKind.OTHER, blob, title="扫描件", on=NOW.date(),
                actor=actor, now=NOW,
            )  # fmt: skip
            owners[blob.fingerprint] = gift.number
    store.writer.dispose()
    return owners


def harm(vault: Path, deed: str, names: list[str], chance: random.Random) -> None:
    paths = [files.path_of(vault, name) for name in names]
    for number, path in enumerate(paths):
        data = bytearray(path.read_bytes())
        match deed:
            case "flipped":
                data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
                path.write_bytes(data)
            case "cut":
                path.write_bytes(data[: chance.randrange(1, len(data))])
            case "emptied":
                path.write_bytes(b"")
            case "deleted":
                path.unlink()
            case "swapped" if number % 2:
                before = paths[number - 1].read_bytes()
                paths[number - 1].write_bytes(data)
                path.write_bytes(before)


def content(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_each_harmed_file_is_named_with_its_gift_and_refused(
    desk: Desk,
    points: Callable[[int], int],
    figures: Callable[[str, str], None],
    seed: int,
) -> None:
    chance, vault = random.Random(seed), desk.home / "vault"
    counts = {deed: points(full) + points(full) % 2 for deed, full in DEEDS.items()}
    extra = counts.pop("extra")
    owners = file_scans(desk, sum(counts.values()) + 10)
    names = chance.sample(sorted(owners), sum(counts.values()))
    whole, harmed = set(owners) - set(names), {}
    for deed, count in counts.items():
        taken = [names.pop() for _ in range(count)]
        harm(vault, deed, taken, chance)
        harmed |= dict.fromkeys(taken, "missing" if deed == "deleted" else "damaged")
    strangers = [files.path_of(vault, secrets.token_hex(32)) for _ in range(extra)]
    for path in strangers:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"%PDF-1.4 strange")
    before = content(desk.folder)

    told = desk("vault check --json", code=1).data

    desk.close()
    assert {fault["fingerprint"]: (fault["code"], fault["gifts"]) for fault in told["faults"]} == {
        name: (code, [owners[name]]) for name, code in harmed.items()
    }
    assert sorted(told["extra"]) == sorted(p.relative_to(vault).as_posix() for p in strangers)
    assert content(desk.folder) == before
    findings = desk("verify --json", code=1).data["findings"]
    assert len(findings) == len(harmed)
    for name in harmed:
        with pytest.raises((files.DamagedBlob, files.MissingBlob)):
            files.read(vault, name)
    for name in whole:
        assert files.fingerprint_of(files.read(vault, name)) == name
    figures("E16", f"{len(harmed) + extra} damages, all named with their gift")


def test_a_check_by_size_alone_would_miss_flips_and_swaps(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: on a build whose check only looks whether files are there."""
    owners = file_scans(desk, 2)
    harm(desk.home / "vault", "flipped", sorted(owners), random.Random(0))
    assert len(desk("vault check --json", code=1).data["faults"]) == 2

    monkeypatch.setattr(files, "_is_whole", lambda path, _fingerprint: path.exists())

    assert desk("vault check --json").data["faults"] == []
