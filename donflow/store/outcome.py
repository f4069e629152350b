"""The truth after an error: not applied, unknown, or what ails the disk or the server."""

from __future__ import annotations

import errno
import sqlite3
from typing import Final

from sqlalchemy.exc import DBAPIError

from donflow.errors import N_, DonflowError, Sentence, say
from donflow.platform_files import InUse


class NotApplied(DonflowError):
    """The database says that a failed commit left nothing."""

    code = "not_applied"
    message = N_("The commit failed: this was not applied, nothing was changed.")
    remedy = N_("Try again; if it fails again, look what ails it: donflow doctor")
    exit_code = 1
    http_status = 500


class OutcomeUnknown(DonflowError):
    """The commit failed and nobody can say what is stored (conventions.md 8)."""

    code = "outcome_unknown"
    message = N_("It is not known whether this is stored: the database does not answer.")
    remedy = N_("Once the database answers, the next donflow command says first what became of it.")
    exit_code = 3
    http_status = 500

    @property
    def remedy_sentence(self) -> Sentence:
        """With a key it may also simply be sent again: it is done once."""
        key = self.values.get("request_key")
        if key is None:
            return say(self.remedy)
        return say(
            N_(
                "Once the database answers, the next donflow command says first what became of it;"
                " or repeat it with --request-key {key}: it is done once."
            ),
            key=key,
        )


class Stopped(NotApplied):
    """Ctrl-C came into the commit, and the database says that it left nothing."""

    code = "stopped"
    message = N_("Stopped; nothing was changed.")
    remedy = ""
    exit_code = 2


class StoppedMeanwhile(OutcomeUnknown):
    """Ctrl-C came while the act was being stored, and nobody asked any more what became of it."""

    code = "stopped_meanwhile"
    message = N_("Stopped while this was being stored: it is not known whether it is.")


class DatabaseUnreadable(DonflowError):
    code = "database_unreadable"
    message = N_("The database cannot be read: {fault}.")
    remedy = N_(
        "Keep the damaged file, and restore the newest backup into a new folder:"
        " donflow --home FOLDER restore FILE --keys FILE"
    )


class DiskFull(DonflowError):
    code = "disk_full"
    message = N_("The disk is full; nothing was changed.")
    remedy = N_("Free some space, then do it again.")
    exit_code = 1
    http_status = 507


class DiskFails(DonflowError):
    code = "disk_fails"
    message = N_("The disk could not be read or written; nothing was changed.")
    remedy = N_("Look whether the drive is still connected and sound: donflow doctor")
    exit_code = 1
    http_status = 503


class NotWritable(DonflowError):
    code = "not_writable"
    message = N_("{file} cannot be opened or written; nothing was changed.")
    remedy = N_("Look whether it is protected or the disk is full: donflow doctor")
    exit_code = 1
    http_status = 503


class ServerGone(DonflowError):
    code = "server_gone"
    message = N_("The database server does not answer; nothing was changed.")
    remedy = N_("Ask whoever looks after the server, then do it again.")
    exit_code = 1
    http_status = 503


def trouble_of(fault: BaseException) -> DonflowError | None:
    """What ails disk or server behind this failure; None where it is something else."""
    while not isinstance(fault, DonflowError):
        kind = _kind(fault)
        if kind is not None:
            name = getattr(fault, "filename", None)
            file = str(name) if name else say(N_("The database"))
            return kind(file=file, fault=_told(fault))
        behind = _behind(fault)
        if behind is None:
            return None
        fault = behind
    return None


def _behind(fault: BaseException) -> BaseException | None:
    if isinstance(fault, DBAPIError):
        return fault.orig
    # After a fault of the disk SQLite has rolled all back by itself; what is said then ("no such
    # savepoint") names no cause.
    return fault.__context__ if isinstance(fault, sqlite3.Error) else fault.__cause__


def _told(fault: BaseException) -> str:
    """The driver's words, without the text that it could not read: it may be anybody's."""
    return str(fault).splitlines()[0].partition(" column ")[0] if str(fault) else ""


_BY_ERRNO: Final[dict[int, type[DonflowError]]] = {
    errno.ENOSPC: DiskFull,
    errno.EDQUOT: DiskFull,
    errno.EIO: DiskFails,
    errno.EACCES: NotWritable,
    errno.EPERM: NotWritable,
    errno.EROFS: NotWritable,
}
_WINDOWS_FULL: Final = frozenset({39, 112})  # ERROR_HANDLE_DISK_FULL, ERROR_DISK_FULL
_BY_SQLITE: Final[dict[int, type[DonflowError]]] = {
    sqlite3.SQLITE_FULL: DiskFull,
    sqlite3.SQLITE_IOERR: DiskFails,
    sqlite3.SQLITE_READONLY: NotWritable,
    sqlite3.SQLITE_CANTOPEN: NotWritable,
    sqlite3.SQLITE_BUSY: InUse,
    sqlite3.SQLITE_CORRUPT: DatabaseUnreadable,
    sqlite3.SQLITE_NOTADB: DatabaseUnreadable,
}
_BY_SQLSTATE: Final[dict[str, type[DonflowError]]] = {
    "53100": DiskFull,
    "58030": DiskFails,
    "55P03": InUse,  # no lock within the time given
}
NO_TEXT: Final = "Could not decode to UTF-8"
"""What Python's driver says of bytes that are no text; SQLite itself sees nothing wrong."""
_GONE: Final = ("08", "57P")
"""PostgreSQL's classes for a lost connection and a server that stops or starts."""


def _kind(fault: BaseException) -> type[DonflowError] | None:
    if isinstance(fault, OSError):
        if getattr(fault, "winerror", None) in _WINDOWS_FULL:
            return DiskFull
        return _BY_ERRNO.get(fault.errno or 0)
    if isinstance(fault, sqlite3.Error):
        if str(fault).startswith(NO_TEXT):
            return DatabaseUnreadable
        return _BY_SQLITE.get(getattr(fault, "sqlite_errorcode", 0) & 0xFF)
    if isinstance(fault, DBAPIError) and not isinstance(fault.orig, sqlite3.Error):
        state = getattr(fault.orig, "sqlstate", None)
        lost = fault.connection_invalidated or type(fault.orig).__name__ == "ConnectionTimeout"
        # Without a state it is no answer of the server's: it was not reached at all.
        if lost or (state is None and type(fault.orig).__name__ == "OperationalError"):
            return ServerGone
        if state is not None:
            return ServerGone if state.startswith(_GONE) else _BY_SQLSTATE.get(state)
    return None
