"""Files that a command line names: read within the limits of the gate, written where none stands."""

from __future__ import annotations

from pathlib import Path

from donflow.errors import N_, DonflowError
from donflow.intake.gate import check_size


class FileUnreadable(DonflowError):
    code = "file_unreadable"
    message = N_("The file {file} cannot be read.")
    remedy = N_("Check the name; put a path with blanks in quotation marks.")


class FileThere(DonflowError):
    code = "file_there"
    message = N_("There is already a file {file}; it is not written over.")
    remedy = N_("Name another file, or move that one away.")


class FileUnwritable(DonflowError):
    code = "file_unwritable"
    message = N_("The file {file} cannot be written.")
    remedy = N_("Name a file in a folder that is there and that you may write to.")


def read_file(path: Path) -> bytes:
    """The bytes of a person's file; one that is too large is refused unread."""
    try:
        if not path.is_file():
            raise FileUnreadable(file=str(path))
        check_size(path.stat().st_size, name=path.name)
        return path.read_bytes()
    except OSError as fault:
        raise FileUnreadable(file=str(path)) from fault


def refuse_taken(*paths: Path | None) -> None:
    """Refuse before any work what `write_new` would refuse after it."""
    for path in paths:
        if path is not None and (path.exists() or path.is_symlink()):
            raise FileThere(file=str(path))


def write_new(path: Path, data: bytes) -> None:
    """Write a file where none stands, whole or not at all."""
    try:
        file = path.open("xb")
    except FileExistsError as fault:
        raise FileThere(file=str(path)) from fault
    except OSError as fault:
        raise FileUnwritable(file=str(path)) from fault
    try:
        with file:
            file.write(data)
    except OSError as fault:
        path.unlink(missing_ok=True)
        raise FileUnwritable(file=str(path)) from fault
