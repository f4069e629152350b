"""The home: where it lies, who may enter, space, backups, and what should not be lying about."""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final

from donflow.errors import N_, DonflowError
from donflow.lifecycle.doctor.finding import Code, Finding, fault, mistaken, sound, warning
from donflow.lifecycle.office import Office
from donflow.shipping import has_own_rules, shipped
from donflow.vault import files
from donflow.vault.deposit import QUARANTINE
from donflow.vault.quarantine import DAYS, FILE, outstayed

SYNCED: Final = re.compile(
    r"^(OneDrive\b.*|Dropbox|iCloud ?Drive|com~apple~CloudDocs|Google ?Drive"
    r"|Nutstore.*|坚果云|我的坚果云|百度网盘.*|BaiduNetdisk.*|BaiduSyncdisk|WPS ?Drive|WPS云盘)$",
    re.IGNORECASE,
)
"""Folders that a program copies to elsewhere while donflow writes in them."""
NETWORK: Final = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "9p"})
MOUNTS: Final = Path("/proc/mounts")
GIGABYTE: Final = 1_000_000_000
LOW, EXHAUSTED = GIGABYTE, GIGABYTE // 10
LEFTOVER_AGE: Final = timedelta(hours=1)
"""A deposit takes seconds: what is older than this is of none that is still at work."""


def examine_home(
    office: Office,
    now: datetime,
    free: Callable[[Path], int] = lambda folder: shutil.disk_usage(folder).free,
) -> Iterator[Finding]:
    """All that can be said without opening the database; `free` gives the bytes that are left."""
    home = office.home.resolve()
    yield check_place(home)
    yield check_network(home, MOUNTS.read_text("utf-8") if MOUNTS.exists() else "")
    if sys.platform != "win32":
        yield check_modes([home, home / "vault", *home.glob("donflow.db*"), office.keys_file])
    yield check_space(free(home))
    yield check_writing(home)
    yield check_keys_place(office.keys_file.resolve(), home)
    yield check_leftovers(files.leftovers(office.vault), now)
    yield check_quarantine(home / QUARANTINE, office.today(now))
    yield check_rules(office, office.today(now))
    yield check_exercise(exercise=office.settings.exercise)


def check_place(home: Path) -> Finding:
    return _not_synced(Code.PLACE, home) or sound(
        Code.PLACE, N_("The office lies in {home}."), home=str(home)
    )


def check_network(home: Path, mounts: str) -> Finding:
    """`mounts` as /proc/mounts has them: device, place, kind and more on each line."""
    lines = [line.split() for line in mounts.splitlines()]
    above = [(Path(_unescaped(line[1])), line[2]) for line in lines if len(line) > 2]
    around = [(place, kind) for place, kind in above if home.is_relative_to(place)]
    kind = max(around, key=lambda found: len(found[0].parts), default=(home, ""))[1]
    if kind in NETWORK or str(home).startswith("\\\\"):
        return fault(
            Code.NETWORK,
            N_(
                "The office lies on another machine's drive ({kind}):"
                " locks do not hold there, and the database may be damaged."
            ),
            N_(
                "Close donflow, move the folder and its key file to a drive of this computer,"
                " and name it with --home."
            ),
            kind=kind or "SMB",
        )
    return sound(Code.NETWORK, N_("The office lies on a drive of this computer."))


def check_modes(paths: Iterable[Path]) -> Finding:
    """Nobody but the owner enters or reads; Windows keeps this by the user's own folder."""
    open_ = tuple(str(path) for path in paths if path.exists() and path.stat().st_mode & 0o077)
    if open_:
        return fault(
            Code.MODES,
            N_("Others who use this computer may read what they should not: {paths}."),
            N_("Take their right away: chmod go= {paths}"),
            paths=" ".join(open_),
        )
    return sound(Code.MODES, N_("Only their owner may read the office's files."))


def check_space(free: int) -> Finding:
    shown = f"{free / GIGABYTE:.1f}"
    if free < LOW:
        found = fault if free < EXHAUSTED else warning
        return found(
            Code.SPACE,
            N_("The disk is nearly full: {free} GB are left."),
            N_("Empty the recycle bin, move large files elsewhere; donflow needs 1 GB to be safe."),
            free=shown,
        )
    return sound(Code.SPACE, N_("{free} GB are free on the disk."), free=shown)


def check_writing(home: Path) -> Finding:
    try:
        with tempfile.TemporaryFile(dir=home) as file:
            file.write(b"donflow")
            file.flush()
            os.fsync(file.fileno())
    except OSError as broken:
        return fault(
            Code.WRITING,
            N_("Nothing can be written into the office's folder: {reason}."),
            N_(
                "Look whether the drive is full, write-protected or gone,"
                " and whether the folder is yours."
            ),
            reason=os.strerror(broken.errno or 0),
        )
    return sound(Code.WRITING, N_("What is written in the office's folder reaches the disk."))


def check_keys_place(keys_file: Path, home: Path) -> Finding:
    if keys_file.is_relative_to(home):
        return fault(
            Code.KEYS_PLACE,
            N_(
                "The key file lies in the office's folder:"
                " whoever copies the folder can read everything."
            ),
            N_("Move {keys} out of the folder and say where it is by DONFLOW_KEYS."),
            keys=str(keys_file),
        )
    return _not_synced(Code.KEYS_PLACE, keys_file) or sound(
        Code.KEYS_PLACE, N_("The key file lies apart from the office's folder.")
    )


def check_leftovers(left: Iterable[Path], now: datetime) -> Finding:
    old = [path for path in left if now - _changed(path, now) > LEFTOVER_AGE]
    if old:
        return warning(
            Code.LEFTOVERS,
            N_("Half-written files of a crash lie in the vault: {count}. They harm nothing."),
            N_("They may be deleted: donflow vault check names them."),
            count=len(old),
        )
    return sound(Code.LEFTOVERS, N_("No half-written files lie in the vault."))


def check_quarantine(folder: Path, today: date) -> Finding:
    old = [path for path in outstayed(folder, today) if path.suffix == FILE]
    if old:
        return warning(
            Code.QUARANTINE,
            N_("Refused files have lain in quarantine for more than {days} days: {count}."),
            N_("Nobody has asked for them: delete them from {folder}."),
            days=DAYS,
            count=len(old),
            folder=str(folder),
        )
    return sound(Code.QUARANTINE, N_("Nothing has outstayed its time in quarantine."))


def check_rules(office: Office, today: date) -> Finding:
    """Whether drafts can be held to the office's own rules as they are in force today."""
    from donflow.lifecycle.prechecking import rules_of  # heavy, and only the doctor needs it here

    try:
        rules_of(office, today)
    except DonflowError as error:
        return mistaken(Code.RULES, error, N_("Mend the files in the folder rules."))
    if not has_own_rules(office.home):
        return warning(
            Code.RULES,
            N_("The office has no rules of its own; drafts are held to the shipped ones."),
            N_("To change any, copy {shipped} to {folder} first."),
            shipped=str(shipped("rules")),
            folder=str(office.home / "rules"),
        )
    return sound(Code.RULES, N_("The rules for drafts can be read."))


def check_exercise(*, exercise: bool) -> Finding:
    if exercise:
        return warning(
            Code.EXERCISE,
            N_("This office is set up for exercise: its clock can be set by anybody."),
            N_("If its gifts are real, take the line exercise = true out of donflow.toml."),
        )
    return sound(Code.EXERCISE, N_("This office is not for exercise."))


def _not_synced(code: Code, path: Path) -> Finding | None:
    synced = next(filter(SYNCED.match, path.parts), None)
    if synced is None:
        return None
    return fault(
        code,
        N_(
            "{path} lies in “{name}”, which copies files elsewhere while donflow writes them:"
            " they may be damaged, and donors' data leaves the office."
        ),
        N_(
            "Close donflow, move it to a folder that is not synchronised,"
            " and name that with --home or DONFLOW_KEYS."
        ),
        path=str(path),
        name=synced,
    )


def _changed(path: Path, now: datetime) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, now.tzinfo)


def _unescaped(place: str) -> str:
    """A blank in a name is written \\040 there."""
    return re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), place)
