"""Files that a command line names: read within the limits of the gate, written where none stands."""

from __future__ import annotations

import os
import uuid
from pathlib import Path

from donflow.errors import N_, DonflowError
from donflow.intake.gate import check_size
from donflow.platform_files import fsync_directory, replace_durably


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


class NotNamedAsWord(DonflowError):
    code = "not_named_as_word"
    message = N_("What is written is a Word file, and {file} is not named as one.")
    remedy = N_("Call it {named}.")


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


def refuse_other_than_word(path: Path | None) -> None:
    """Refuse a name under which no program would open a Word file."""
    if path is not None and path.suffix.lower() != ".docx":
        raise NotNamedAsWord(file=str(path), named=f"{path.stem}.docx")


def write_new(path: Path, data: bytes) -> None:
    """Write a file where none stands, whole or not at all; it is on disk on return."""
    beside = path.with_name(f".{uuid.uuid4().hex}.part")
    try:
        with beside.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        _name(beside, path)
    except FileExistsError as fault:
        raise FileThere(file=str(path)) from fault
    except OSError as fault:
        raise FileUnwritable(file=str(path)) from fault
    finally:
        beside.unlink(missing_ok=True)


def _name(beside: Path, path: Path) -> None:
    """Give a finished file its name, which is taken by nobody: a rename would write over."""
    try:
        path.hardlink_to(beside)
    except FileExistsError:
        raise
    except OSError:
        # A stick or a shared folder may know no links.
        with path.open("xb"):
            pass
        try:
            replace_durably(beside, path)
        except OSError:
            path.unlink(missing_ok=True)
            raise
        return
    fsync_directory(path.parent)
