"""What ails disk or server is known behind whatever carries it; all else stays what it is."""

import errno
import sqlite3
from contextlib import closing

import pytest
from sqlalchemy.exc import OperationalError

from donflow.errors import DonflowError
from donflow.store.outcome import (
    DatabaseUnreadable,
    DiskFails,
    DiskFull,
    NotApplied,
    NotWritable,
    trouble_of,
)


def behind(fault: BaseException) -> Exception:
    """A failure that says nothing but was caused by this one."""
    carrier = RuntimeError("it failed")
    carrier.__cause__ = fault
    return carrier


def sqlite_error(code: int) -> sqlite3.OperationalError:
    fault = sqlite3.OperationalError("it failed")
    fault.sqlite_errorcode = code
    return fault


@pytest.mark.parametrize(
    ("fault", "trouble"),
    [
        (OSError(errno.ENOSPC, "full"), DiskFull),
        (OSError(errno.EDQUOT, "full"), DiskFull),
        (OSError(errno.EIO, "broken"), DiskFails),
        (PermissionError(errno.EACCES, "closed", "donflow.db"), NotWritable),
        (OSError(errno.EROFS, "protected"), NotWritable),
        (sqlite_error(sqlite3.SQLITE_FULL), DiskFull),
        (sqlite_error(sqlite3.SQLITE_IOERR | 3 << 8), DiskFails),
        (sqlite_error(sqlite3.SQLITE_CORRUPT), DatabaseUnreadable),
        (sqlite_error(sqlite3.SQLITE_NOTADB), DatabaseUnreadable),
        (OperationalError("", {}, sqlite_error(sqlite3.SQLITE_FULL)), DiskFull),
    ],
)
def test_a_trouble_is_known_also_from_behind(fault: Exception, trouble: type[DonflowError]) -> None:
    assert type(trouble_of(fault)) is trouble
    assert type(trouble_of(behind(fault))) is trouble


def test_a_savepoint_that_went_with_the_full_disk_hides_nothing() -> None:
    """SQLite rolls the whole transaction back; the driver then complains of the savepoint."""
    lost = sqlite_error(sqlite3.SQLITE_ERROR)
    lost.__context__ = OperationalError("", {}, sqlite_error(sqlite3.SQLITE_FULL))
    assert type(trouble_of(OperationalError("ROLLBACK TO SAVEPOINT", {}, lost))) is DiskFull


def test_bytes_that_are_no_text_are_damage_and_are_not_repeated() -> None:
    read = "SELECT CAST(x'6C696EFF' AS TEXT)"
    database = sqlite3.connect(":memory:")
    with closing(database), pytest.raises(sqlite3.OperationalError) as met:
        database.execute(read).fetchone()
    assert "lin" in str(met.value)
    trouble = trouble_of(met.value)
    assert isinstance(trouble, DatabaseUnreadable)
    assert str(trouble) == "The database cannot be read: Could not decode to UTF-8."


@pytest.mark.parametrize(
    "fault",
    [
        ValueError("no trouble"),
        OSError(errno.ENOENT, "nowhere"),
        sqlite_error(sqlite3.SQLITE_CONSTRAINT),
        behind(KeyError("x")),
        NotApplied(),
    ],
)
def test_what_is_none_stays_what_it_is(fault: Exception) -> None:
    assert trouble_of(fault) is None


def test_what_was_said_already_is_not_said_otherwise() -> None:
    said = NotApplied()
    said.__cause__ = OSError(errno.ENOSPC, "full")
    assert trouble_of(said) is None
