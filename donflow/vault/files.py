"""The vault's files: each is named by the sha256 of its bytes, and read only when these agree.

A file lies at `ab/abcdef…` below the vault's folder. Only `remove` deletes, which an
erasure alone asks for.
"""

from __future__ import annotations

import hashlib
import re
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from donflow.errors import N_, DonflowError
from donflow.platform_files import private_folder, replace_durably, write_private


class DamagedBlob(DonflowError):
    """The stored bytes are not those that were deposited."""

    code = "damaged_blob"
    message = N_("The vault's file {fingerprint} is damaged.")
    remedy = N_("Take the file from a backup, or deposit the paper again.")
    exit_code = 1
    http_status = 500


class MissingBlob(DonflowError):
    """A deposited file is not in its place."""

    code = "missing_blob"
    message = N_("The vault's file {fingerprint} is missing.")
    remedy = N_("Take the file from a backup, or deposit the paper again.")
    exit_code = 1
    http_status = 500


@dataclass(frozen=True)
class VaultReport:
    """What `check` found: fingerprints, except `extra` and `leftovers`, which are paths.

    `extra` files belong to no fingerprint that was asked for; `leftovers` are temporary files of
    a deposit that was cut short, and harmless.
    """

    missing: tuple[str, ...]
    damaged: tuple[str, ...]
    extra: tuple[str, ...]
    leftovers: tuple[str, ...]

    @property
    def sound(self) -> bool:
        return not (self.missing or self.damaged or self.extra)


def fingerprint_of(data: bytes) -> str:
    """The sha256 as 64 lower-case hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def put(folder: Path, data: bytes) -> str:
    """Store the bytes and give their fingerprint; they are on disk on return.

    What is held and whole is not written again; what is held and damaged is mended.
    """
    fingerprint = fingerprint_of(data)
    target = path_of(folder, fingerprint)
    if _is_whole(target, fingerprint):
        return fingerprint
    private_folder(target.parent)
    # A crash before the rename leaves a file that no fingerprint names.
    temporary = target.with_name(f".{fingerprint}.{uuid.uuid4().hex}{_TEMPORARY}")
    try:
        write_private(temporary, data)
        replace_durably(temporary, target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return fingerprint


def read(folder: Path, fingerprint: str) -> bytes:
    """The bytes, verified; raises MissingBlob or DamagedBlob."""
    try:
        data = path_of(folder, fingerprint).read_bytes()
    except FileNotFoundError:
        raise MissingBlob(fingerprint=fingerprint) from None
    if fingerprint_of(data) != fingerprint:
        raise DamagedBlob(fingerprint=fingerprint)
    return data


def remove(folder: Path, fingerprint: str) -> None:
    """Take a file away for good; one that is gone already is no fault."""
    path_of(folder, fingerprint).unlink(missing_ok=True)


def check(folder: Path, known: Iterable[str]) -> VaultReport:
    """Read every file once and compare with the fingerprints that should be held.

    Changes nothing.
    """
    places = {path_of(Path(), one).as_posix(): one for one in known}
    held = {path.relative_to(folder).as_posix(): path for path in _files(folder)}
    here = {one: held[place] for place, one in places.items() if place in held}
    unknown = sorted(held.keys() - places.keys())
    return VaultReport(
        missing=tuple(sorted(set(places.values()) - here.keys())),
        damaged=tuple(sorted(one for one, path in here.items() if not _is_whole(path, one))),
        extra=tuple(place for place in unknown if not place.endswith(_TEMPORARY)),
        leftovers=tuple(place for place in unknown if place.endswith(_TEMPORARY)),
    )


def leftovers(folder: Path) -> list[Path]:
    """The temporary files of deposits under way, or cut short."""
    return [path for path in _files(folder) if path.name.endswith(_TEMPORARY)]


def path_of(folder: Path, fingerprint: str) -> Path:
    """Where a file lies; a fingerprint that is none is our own mistake, so no name escapes."""
    if re.fullmatch("[0-9a-f]{64}", fingerprint) is None:
        raise ValueError(f"not a fingerprint: {fingerprint!r}")
    return folder / fingerprint[:2] / fingerprint


def _is_whole(path: Path, fingerprint: str) -> bool:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == fingerprint
    except FileNotFoundError:
        return False


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if not path.is_dir())


_TEMPORARY: Final = ".tmp"
