"""Making a backup while others work, and proving it by restoring it in a place of its own.

The database first, then the files that it names: a file is on disk before its row is committed,
so whatever the rows name is there. Copies for people (`papers/`) can be exported again and stay
out, as do the keys, which are kept apart, and the database's address with its password.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import tomllib
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import BinaryIO, Final

from sqlalchemy import Connection, text

from donflow import __version__
from donflow.domain.actor import Actor
from donflow.errors import N_, DonflowError, Sentence, say
from donflow.lifecycle.backup_archive import (
    FORMAT,
    HOME_FILES,
    HOME_FOLDERS,
    MANIFEST,
    Archive,
    BackupDamaged,
    Manifest,
    Member,
    check_members,
    is_home_name,
    open_archive,
)
from donflow.lifecycle.office import SETTINGS, Office
from donflow.platform_files import exclusive, new_private, private_folder, replace_durably
from donflow.settings import FILE_NAME
from donflow.store.dump import dump, load, snapshot, tables_of
from donflow.store.instance import instance_of
from donflow.store.journal import record
from donflow.store.session import Store, close_store, open_store, reading, unit_of_work
from donflow.store.upgrade import upgrade
from donflow.store.verify import verify_store
from donflow.vault import files
from donflow.vault.deposit import all_fingerprints

FOLDER: Final = "backups"
WAIT_SECONDS: Final = 600
Progress = Callable[[int, int], None]
"""Told after each part: how many are done, of how many."""


class BackupThere(DonflowError):
    code = "backup_there"
    message = N_("There is already a file {file}; a backup is never written over.")
    remedy = N_("Name another file, or a folder.")


class NoBackupPlace(DonflowError):
    code = "no_backup_place"
    message = N_("No backup can be written to {place}.")
    remedy = N_("Look whether the drive is there and may be written to, or name another place.")


class SplitDatabaseSetting(DonflowError):
    code = "wrong_settings"
    message = N_("{file}: the setting database must stand on one line of its own.")


@dataclass(frozen=True)
class Checked:
    """A backup that was read to its end and restored: what it says, and what `verify` found."""

    manifest: Manifest
    findings: tuple[Sentence, ...]


@dataclass(frozen=True)
class Backup:
    """A backup that stands at `path`, proven; `size` in bytes."""

    path: Path
    size: int
    checked: Checked


def back_up(
    store: Store,
    office: Office,
    *,
    out: Path | None = None,
    now: datetime,
    progress: Progress = lambda done, total: None,
) -> Backup:
    """Write a backup, restore it aside, verify it, and only then give it its name.

    A file of that name is therefore always one that was proven. `out` is a file ending in .zip
    or a folder; without it the home's `backups/`. Raises BackupThere, NoBackupPlace, InUse while
    another backup is made.
    """
    private_folder(office.home / FOLDER)
    lock = exclusive(office.home / FOLDER / ".lock", seconds=WAIT_SECONDS)
    with lock, fresh_folder(office.home / FOLDER / ".work") as work:
        path = _target(office, out, now)
        part = path.with_name(f".{path.name}.part")
        part.unlink(missing_ok=True)
        try:
            with new_private(part) as file:
                _write(file, store, office, work, now, progress)
            with open_archive(part) as archive:
                checked = check(archive, work / "donflow.db")
            if path.exists():
                raise BackupThere(file=str(path))
            replace_durably(part, path)
        finally:
            part.unlink(missing_ok=True)
    return Backup(path, path.stat().st_size, checked)


def note_backup(store: Store, backup: Backup, *, actor: Actor, now: datetime) -> None:
    """Write in the journal that a backup was made; by its list of contents it is known again."""
    manifest = backup.checked.manifest
    detail = {
        "manifest": hashlib.sha256(manifest.to_json()).hexdigest(),
        "rows": sum(manifest.rows.values()),
        "files": len(manifest.files),
        "findings": len(backup.checked.findings),
    }
    with unit_of_work(store) as session:
        record(session, SETTINGS, "backed_up", actor=actor, now=now, detail=detail)


def check(archive: Archive, database: Path) -> Checked:
    """Read every member, restore the rows into a new SQLite file at `database`, and verify it.

    An older schema is brought to today's there. Raises BackupDamaged, DumpRefused.
    """
    check_members(archive)
    manifest = archive.manifest
    store = open_store(f"sqlite:///{database}")
    try:
        counts = load(store, manifest.schema, archive.tables())
        upgrade(store)
        with reading(store) as session:
            row = instance_of(session)
            faults = _disagreements(
                manifest, counts, row.identity if row else None, set(all_fingerprints(session))
            )
            if faults:
                raise BackupDamaged(archive.path, faults)
            findings = tuple(finding.sentence for finding in verify_store(session))
    finally:
        close_store(store)
    absent = tuple(say(ABSENT, name=name[:12]) for name in manifest.absent)
    return Checked(manifest, findings + absent)


@contextmanager
def fresh_folder(folder: Path) -> Iterator[Path]:
    """An empty private folder, gone at the end; what a killed run left there is removed."""
    shutil.rmtree(folder, ignore_errors=True)
    private_folder(folder)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def without_database(settings_text: str) -> str:
    """The settings without the line that says where the database is, and with which password."""
    content = tomllib.loads(settings_text)
    if "database" not in content:
        return settings_text
    kept = re.sub(r"^[ \t]*[\"']?database[\"']?[ \t]*=.*\n?", "", settings_text, flags=re.MULTILINE)
    del content["database"]
    try:
        unchanged = tomllib.loads(kept) == content
    except tomllib.TOMLDecodeError:
        unchanged = False
    if not unchanged:
        raise SplitDatabaseSetting(file=FILE_NAME)
    return kept


def _target(office: Office, out: Path | None, now: datetime) -> Path:
    """The .zip named, or the next free name of this second in the folder; it is made if need be."""
    folder = out or office.home / FOLDER
    if folder.is_file():
        raise BackupThere(file=str(folder))
    named = folder.suffix.lower() == ".zip" and not folder.is_dir()
    try:
        (folder.parent if named else folder).mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise NoBackupPlace(place=str(folder)) from fault
    if named:
        return folder
    name = f"donflow-{now.astimezone(office.zone):%Y%m%d-%H%M%S}"
    names = (f"{name}{f'-{number}' if number > 1 else ''}.zip" for number in count(1))
    return next(folder / one for one in names if not (folder / one).exists())


def _write(
    file: BinaryIO, store: Store, office: Office, work: Path, now: datetime, progress: Progress
) -> None:
    with zipfile.ZipFile(file, "w") as archive:
        packing = _Packing(archive, now)
        with snapshot(store, work) as connection:
            manifest = _rows(packing, connection, now)
            wanted = _wanted(connection)
        absent = []
        for done, fingerprint in enumerate(wanted, start=1):
            name = f"vault/{files.path_of(Path(), fingerprint).as_posix()}"
            try:
                packing.add(name, [files.read(office.vault, fingerprint)], zipfile.ZIP_STORED)
            except (files.MissingBlob, files.DamagedBlob):
                absent.append(fingerprint)
            progress(done, len(wanted))
        for name, data in _home_files(office.home):
            packing.add(f"home/{name}", [data])
        whole = replace(manifest, absent=tuple(absent), members=tuple(packing.members))
        packing.add(MANIFEST, [whole.to_json()])


def _rows(packing: _Packing, connection: Connection, now: datetime) -> Manifest:
    schema = str(connection.scalar(text("SELECT version_num FROM alembic_version")))
    identity = connection.scalar(text("SELECT identity FROM instance"))
    counts: dict[str, int] = {}
    for table in tables_of(connection):
        lines = packing.add(f"database/{table.name}.jsonl", dump(connection, table))
        counts[table.name] = lines - 1  # the first names the columns
    return Manifest(FORMAT, __version__, schema, identity, now, counts, (), ())


def _wanted(connection: Connection) -> list[str]:
    return list(connection.scalars(text("SELECT fingerprint FROM blob ORDER BY fingerprint")))


def _home_files(home: Path) -> Iterator[tuple[str, bytes]]:
    for name in HOME_FILES:
        path = home / name
        if path.is_file():
            data = path.read_bytes()
            yield name, without_database(data.decode()).encode() if name == FILE_NAME else data
    for folder in HOME_FOLDERS:
        for path in sorted((home / folder).rglob("*")):
            name = path.relative_to(home).as_posix()
            if path.is_file() and not path.is_symlink() and is_home_name(name):
                yield name, path.read_bytes()


def _disagreements(
    manifest: Manifest, counts: dict[str, int], identity: str | None, named: set[str]
) -> tuple[Sentence, ...]:
    faults = []
    if counts != manifest.rows or identity != manifest.instance:
        faults.append(say(N_("The rows are not those of the list of contents.")))
    faults += [say(ABSENT, name=name[:12]) for name in sorted(named - _present(manifest))]
    faults += [say(STRANGE, name=name[:12]) for name in sorted(manifest.files - named)]
    return tuple(faults)


def _present(manifest: Manifest) -> frozenset[str]:
    return manifest.files | frozenset(manifest.absent)


@dataclass
class _Packing:
    """A backup being written: each part is hashed on its way in."""

    archive: zipfile.ZipFile
    moment: datetime
    members: list[Member] = field(default_factory=list)

    def add(self, name: str, pieces: Iterable[bytes], method: int = zipfile.ZIP_DEFLATED) -> int:
        """Write a part and give the number of its pieces."""
        info = zipfile.ZipInfo(name, self.moment.timetuple()[:6])
        info.compress_type, info.external_attr = method, 0o600 << 16
        seen, size, number = hashlib.sha256(), 0, 0
        with self.archive.open(info, "w", force_zip64=True) as member:
            for piece in pieces:
                member.write(piece)
                seen.update(piece)
                size, number = size + len(piece), number + 1
        self.members.append(Member(name, size, seen.hexdigest()))
        return number


ABSENT: Final = N_("The stored file {name} is missing.")
STRANGE: Final = N_("The stored file {name} belongs to no row.")
