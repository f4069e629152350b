"""Making a home of a backup, from the file alone: all is proven before a folder has its name."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import select

from donflow.errors import N_, DonflowError
from donflow.lifecycle.backing_up import Checked, Progress, check, fresh_folder
from donflow.lifecycle.backup_archive import Archive, open_archive
from donflow.lifecycle.homes import refuse_taken
from donflow.lifecycle.instance import write_instance
from donflow.platform_files import (
    fsync_directory,
    private_folder,
    replace_durably,
    write_private,
)
from donflow.roster.models import Constituent
from donflow.roster.search.keeping import rebuild
from donflow.settings import FILE_NAME, read_text
from donflow.store.dump import load
from donflow.store.fresh import fresh
from donflow.store.instance import RESTORED, draw_identity
from donflow.store.keys import KeysExist, open_keys
from donflow.store.session import Store, close_store, open_store, reading, unit_of_work
from donflow.store.upgrade import upgrade
from donflow.vault import files

FOLDERS: Final = ("vault", "papers", "quarantine", "agreement_templates")


class NoRoom(DonflowError):
    code = "no_room"
    message = N_("The backup needs {needed} MB, and only {free} MB are free.")
    remedy = N_("Make room, or name a folder on another disk.")


class KeysForeign(DonflowError):
    code = "keys_foreign"
    message = N_("The key file {path} belongs to another office than the backup.")
    remedy = N_("Look for the key file that was kept beside this office.")


@dataclass(frozen=True)
class Restored:
    """What was restored, and whether its key file is in place."""

    checked: Checked
    keys_there: bool


def restore(
    source: Path,
    home: Path,
    *,
    url: str | None,
    write_url: bool = True,
    keys_file: Path,
    keys_from: Path | None,
    now: datetime,
    progress: Progress = lambda done, total: None,
) -> Restored:
    """Make an office of a backup in an empty `home`; it is held until a person releases it.

    `url` names an empty database, None the embedded one; with `write_url` the settings say so.
    `keys_from` is copied to `keys_file`.
    All is built in a folder beside the home, which then gets its name: stopped on the way there is
    no office, and a second try begins anew. Raises HomeTaken, NoRoom, KeysForeign, KeysExist,
    DatabaseTaken, and what `check` and `open_archive` raise.
    """
    home = home.absolute()
    refuse_taken(home)
    _check_keys_place(keys_file, keys_from)
    if url is not None:
        with _opened(url) as store, fresh(store):
            pass  # said before anything is unpacked
    work = home.with_name(f".{home.name}.restoring")
    with open_archive(source) as archive:
        _check_room(archive, home)
        settings_text = archive.read(f"home/{FILE_NAME}").decode()
        read_text(settings_text, {})
        with fresh_folder(work):
            checked = check(archive, work / "donflow.db")
            held_by = keys_from or (keys_file if keys_file.exists() else None)
            if held_by is not None:
                _check_keys(work / "donflow.db", held_by)
            _unpack(archive, work, progress)
            identity = _fill(archive, work, url, now)
            write_instance(work, identity, home=home)
            if keys_from is not None and not keys_file.exists():
                write_private(keys_file, keys_from.read_bytes())
            if url is not None and write_url:
                settings_text = f"database = {json.dumps(url, ensure_ascii=False)}\n{settings_text}"
            write_private(work / FILE_NAME, settings_text.encode())
            fsync_directory(work)
            if home.exists():
                home.rmdir()
            replace_durably(work, home)
    return Restored(checked, held_by is not None)


def _check_keys_place(keys_file: Path, keys_from: Path | None) -> None:
    if keys_from is None:
        return
    open_keys(keys_from)
    if keys_file.exists() and keys_file.read_bytes() != keys_from.read_bytes():
        raise KeysExist(path=str(keys_file))


def _check_room(archive: Archive, home: Path) -> None:
    """The rows take about as much room in a database as in the backup, and its journal as much."""
    place = next(folder for folder in home.parents if folder.is_dir())
    needed = 2 * sum(item.size for item in archive.manifest.members)
    free = shutil.disk_usage(place).free
    if needed > free:
        raise NoRoom(needed=needed // 2**20, free=free // 2**20)


def _check_keys(database: Path, keys_file: Path) -> None:
    ring = open_keys(keys_file)
    with _opened(f"sqlite:///{database}") as store, reading(store) as session:
        key_ids = session.scalars(select(Constituent.key_id)).all()
    if key_ids and not any(map(ring.knows, key_ids)):
        raise KeysForeign(path=str(keys_file))


def _unpack(archive: Archive, work: Path, progress: Progress) -> None:
    for folder in FOLDERS:
        private_folder(work / folder)
    fingerprints = sorted(archive.manifest.files)
    for done, fingerprint in enumerate(fingerprints, start=1):
        files.put(work / "vault", archive.read(f"vault/{fingerprint[:2]}/{fingerprint}"))
        progress(done, len(fingerprints))
    for item in archive.manifest.members:
        first, _, name = item.name.partition("/")
        if first == "home" and name != FILE_NAME:
            private_folder((work / name).parent)
            write_private(work / name, archive.read(item.name))


def _fill(archive: Archive, work: Path, url: str | None, now: datetime) -> str:
    """Bring the rows to where they shall stay, and draw the identity under which they are held."""
    if url is None:
        with _opened(f"sqlite:///{work / 'donflow.db'}") as store:
            rebuild(store)
            return _draw(store, now)
    with _opened(url) as store, fresh(store):
        load(store, archive.manifest.schema, archive.tables())
        upgrade(store)
        rebuild(store)
        identity = _draw(store, now)
    for path in work.glob("donflow.db*"):
        path.unlink()
    return identity


def _draw(store: Store, now: datetime) -> str:
    with unit_of_work(store) as session:
        return draw_identity(session, held=RESTORED, actor=None, now=now)


@contextmanager
def _opened(url: str) -> Iterator[Store]:
    store = open_store(url)
    try:
        yield store
    finally:
        close_store(store)
