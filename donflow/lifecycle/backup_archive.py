"""The file of a backup: what may stand in it, its list of contents, and reading it with distrust.

A backup is a zip of `database/TABLE.jsonl` (rows), `vault/ab/abcdef…` (stored files), `home/…`
(settings, lifecycles, templates) and `manifest.json`, which names all others with size and
SHA-256. Nothing of it is unpacked before its name, size and fingerprint are found right.
"""

from __future__ import annotations

import hashlib
import json
import re
import stat
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from donflow.errors import N_, DonflowError, Sentence, say
from donflow.store.upgrade import check_known

FORMAT: Final = 1
MANIFEST: Final = "manifest.json"
MANIFEST_LIMIT: Final = 256 * 2**20
STEP: Final = 2**20
RATIO_LIMIT: Final = 250
"""Rows and their journal pack 10 to 1; a bomb comes near 1,000 to 1."""
HARMLESS: Final = 16 * 2**20
"""Below this, no ratio is a danger."""
HOME_FILES: Final = ("donflow.toml", "states.yaml", "handoff.log")
HOME_FOLDERS: Final = ("agreement_templates", "rules")

_TABLE = re.compile(r"database/([a-z][a-z0-9_]*)\.jsonl")
_STORED = re.compile(r"vault/([0-9a-f]{2})/(\1[0-9a-f]{62})")
_STEP_NAME = re.compile(r"[^./~\\:\x00-\x1f\x7f][^/\\:\x00-\x1f\x7f]*")
"""One folder or file name below the home: none that is hidden, and none that leads elsewhere."""


class NoBackup(DonflowError):
    code = "no_backup"
    message = N_("{file} is not a backup of donflow, or its end is missing.")
    remedy = N_("Take another backup; nothing was changed.")


class BackupDamaged(DonflowError):
    """What is wrong with a backup, all at once."""

    code = "backup_damaged"
    message = N_("The backup {file} is not as it was made.")
    remedy = N_("Take another backup; nothing was changed.")

    def __init__(self, path: Path, faults: tuple[Sentence, ...]) -> None:
        super().__init__(file=path.name)
        self.faults = faults

    @property
    def details(self) -> tuple[Sentence, ...]:
        return self.faults


class NewerBackup(DonflowError):
    code = "newer_backup"
    message = N_("The backup {file} was made by a newer donflow ({version}).")
    remedy = N_("Install the newest donflow.")


@dataclass(frozen=True)
class Member:
    """One part of a backup: its name, and size in bytes and SHA-256 when unpacked."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself; `absent` are stored files that were not whole in the vault."""

    format: int
    donflow: str
    schema: str
    instance: str | None
    made_at: datetime
    rows: Mapping[str, int]
    absent: tuple[str, ...]
    members: tuple[Member, ...]

    @property
    def files(self) -> frozenset[str]:
        """The fingerprints of the stored files in it."""
        return frozenset(m[2] for item in self.members if (m := _STORED.fullmatch(item.name)))

    def to_json(self) -> bytes:
        said = asdict(self) | {"made_at": self.made_at.isoformat()}
        return json.dumps(said, ensure_ascii=False, indent=1).encode()


@dataclass(frozen=True)
class Archive:
    """An open backup whose names and sizes agree with its manifest."""

    path: Path
    manifest: Manifest
    file: zipfile.ZipFile

    def tables(self) -> dict[str, Iterator[bytes]]:
        """The dumped lines by table; each is opened when its first line is asked for."""
        found = (_TABLE.fullmatch(item.name) for item in self.manifest.members)
        return {match[1]: self._lines(match[0]) for match in found if match}

    def read(self, name: str) -> bytes:
        """All bytes of a member; raises BackupDamaged where they cannot be read."""
        try:
            with self.file.open(name) as member:
                return member.read()
        except _UNREADABLE as fault:
            damage = say(N_("{name}: its bytes were changed."), name=name)
            raise BackupDamaged(self.path, (damage,)) from fault

    def _lines(self, name: str) -> Iterator[bytes]:
        with self.file.open(name) as member:
            yield from member


@contextmanager
def open_archive(path: Path) -> Iterator[Archive]:
    """Open a backup. Raises NoBackup, BackupDamaged, NewerBackup, NewerSchema; unpacks nothing."""
    try:
        file = zipfile.ZipFile(path)
    except _UNREADABLE as fault:
        raise NoBackup(file=path.name) from fault
    with file:
        manifest = _manifest(path, file)
        if faults := tuple(_directory_faults(file, manifest)):
            raise BackupDamaged(path, faults)
        yield Archive(path, manifest, file)


def check_members(archive: Archive) -> None:
    """Read every member once; BackupDamaged names all that are not what the manifest says."""
    faults = tuple(
        say(N_("{name}: its bytes were changed."), name=item.name)
        for item in archive.manifest.members
        if not _is_whole(archive.file, item)
    )
    if faults:
        raise BackupDamaged(archive.path, faults)


def is_home_name(name: str) -> bool:
    """Whether `name` (with / between) is one that a backup takes from the home, and puts there."""
    first, *rest = name.split("/")
    if not rest:
        return name in HOME_FILES
    return first in HOME_FOLDERS and all(_STEP_NAME.fullmatch(step) for step in rest)


def _manifest(path: Path, file: zipfile.ZipFile) -> Manifest:
    try:
        info = file.getinfo(MANIFEST)
        if info.file_size > MANIFEST_LIMIT:
            raise NoBackup(file=path.name)
        with file.open(info) as member:
            said: dict[str, Any] = json.loads(member.read(MANIFEST_LIMIT))
        if said["format"] != FORMAT:
            raise NewerBackup(file=path.name, version=str(said["donflow"]))
        check_known(str(said["schema"]))
        members = tuple(
            Member(str(m["name"]), int(m["size"]), m["sha256"]) for m in said["members"]
        )
        rows = {str(table): int(count) for table, count in said["rows"].items()}
        made_at, absent = datetime.fromisoformat(said["made_at"]), tuple(said["absent"])
        version, instance = str(said["donflow"]), said["instance"]
        return Manifest(
            FORMAT, version, str(said["schema"]), instance, made_at, rows, absent, members
        )
    except (KeyError, TypeError, AttributeError, *_UNREADABLE) as fault:
        raise NoBackup(file=path.name) from fault


def _directory_faults(file: zipfile.ZipFile, manifest: Manifest) -> Iterator[Sentence]:
    infos = {info.orig_filename: info for info in file.infolist()}
    for name, count in Counter(info.orig_filename.casefold() for info in file.infolist()).items():
        if count > 1:
            yield say(N_("{name}: it is there {count} times."), name=name, count=count)
    for name, info in infos.items():
        if not _is_known(name) or stat.S_ISLNK(info.external_attr >> 16):
            yield say(N_("{name}: no backup holds such a part."), name=repr(name))
        elif info.file_size > max(HARMLESS, RATIO_LIMIT * info.compress_size):
            yield say(N_("{name}: unpacked it becomes too large."), name=name)
    listed = {item.name: item.size for item in manifest.members}
    sizes = {name: info.file_size for name, info in infos.items() if name != MANIFEST}
    for name in sorted(listed.keys() | sizes.keys()):
        if listed.get(name) != sizes.get(name):
            yield say(N_("{name}: the list of contents says otherwise."), name=repr(name))
    if len(listed) != len(manifest.members):
        yield say(N_("The list of contents names a part twice."))
    if manifest.rows.keys() != {m[1] for name in listed if (m := _TABLE.fullmatch(name))}:
        yield say(N_("The list of contents names other tables."))


def _is_known(name: str) -> bool:
    if name == MANIFEST or _TABLE.fullmatch(name) or _STORED.fullmatch(name):
        return True
    return name.startswith("home/") and is_home_name(name.removeprefix("home/"))


def _is_whole(file: zipfile.ZipFile, item: Member) -> bool:
    seen, size = hashlib.sha256(), 0
    try:
        with file.open(item.name) as member:
            while piece := member.read(STEP):
                seen.update(piece)
                size += len(piece)
    except _UNREADABLE:
        return False
    stored = _STORED.fullmatch(item.name)
    expected = stored[2] if stored else item.sha256
    return (size, seen.hexdigest(), item.sha256) == (item.size, expected, expected)


_UNREADABLE: Final = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,  # a way of packing that donflow never uses
    RuntimeError,  # protected by a password
    OSError,
    ValueError,
)
