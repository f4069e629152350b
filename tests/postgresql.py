"""A real PostgreSQL for the tests: started on first use, reached by a socket alone, stopped surely.

A run uses the server that DONFLOW_TEST_POSTGRESQL names (a URL of somebody who may create
databases), else one of its own; without either, tests that need it are skipped.
"""

from __future__ import annotations

import atexit
import itertools
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal

import psycopg
from sqlalchemy import make_url

from tests.programs import needs

USER: Final = "donflow"
FOREIGN_USERS: Final = ("postgres", "nobody")
"""Whom root becomes, since PostgreSQL refuses to run as root."""

# The shell ends the server when its own input ends: however this process dies, none is left over.
GUARDED: Final = '"$@" & server=$!; read _; kill -s QUIT $server 2>&-; wait $server'

HASTY: Final = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
}
"""Right for tests of what is done, wrong for those of what outlasts a crash."""

MEMORY: Final = Path("/dev/shm")
ROOM_NEEDED: Final = 4 * 2**30

ALWAYS: Final = {"listen_addresses": "", "max_connections": "100", "timezone": "Asia/Shanghai"}


@dataclass(frozen=True)
class Server:
    """A running server; its folder outlives it, so that `start_server` may start it again."""

    folder: Path
    process: subprocess.Popen[bytes]

    def url(self, database: str = "postgres") -> str:
        return f"postgresql://{USER}@/{database}?host={self.folder}"

    def stop(self, mode: Literal["smart", "fast", "immediate"] = "fast") -> None:
        """`immediate` leaves all as a crash would: the next start recovers from the log."""
        signals = {"smart": signal.SIGTERM, "fast": signal.SIGINT, "immediate": signal.SIGQUIT}
        self._end(signals[mode])

    def kill(self) -> None:
        """No warning at all; its children end by themselves when they notice."""
        self._end(signal.SIGKILL)

    def _end(self, how: signal.Signals) -> None:
        pid_file = self.folder / "data" / "postmaster.pid"
        if pid_file.exists() and self.process.poll() is None:
            pid = int(pid_file.read_text().split()[0])
            family = [pid, *_children(pid)]  # killed, it leaves children that hold its memory
            os.kill(pid, how)
            _wait_until(lambda: all(map(_has_ended, family)), "the server does not end")
        assert self.process.stdin
        self.process.stdin.close()
        self.process.wait()


def server_folder(*, durable: bool = False) -> Path:
    """A new folder for a server: short, for the socket's path, and entered by who runs it.

    In memory where there is room: a disk takes most of a second for each database that is made.
    """
    in_memory = not durable and MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM_NEEDED
    folder = Path(tempfile.mkdtemp(prefix="donflow-pg-", dir=MEMORY if in_memory else "/tmp"))
    if _other_user():
        shutil.chown(folder, _other_user())
    return folder


def start_server(folder: Path, *, durable: bool) -> Server:
    """Start the server in a folder of `server_folder`, made anew unless it was there before.

    `durable` for crash experiments: all is forced to disk, as in an office. Skips the test where
    PostgreSQL is not installed.
    """
    binaries = _binaries()
    if not (folder / "data").exists():
        # Sorts as no byte order does: a list in another order than SQLite's is noticed.
        locale = ("--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=zh")
        initdb = ("-D", folder / "data", "-U", USER, "--auth=trust", "--encoding=UTF8", *locale)
        _run(binaries / "initdb", *initdb, "--no-sync", folder=folder)
    given = {**ALWAYS, "unix_socket_directories": str(folder), **({} if durable else HASTY)}
    settings = [part for name, value in given.items() for part in ("-c", f"{name}={value}")]
    with (folder / "log").open("ab") as log:
        process = subprocess.Popen(
            ["sh", "-c", GUARDED, "sh", binaries / "postgres", "-D", folder / "data", *settings],
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=log,
            start_new_session=True,  # Ctrl-C is for the tests, which then stop the server
            **_identity(folder),
        )
    server = Server(folder, process)
    _wait_until(lambda: _answers(server), f"the server does not start, see {folder / 'log'}")
    return server


@cache
def server() -> str:
    """The URL of the run's one server, at a database for orders about databases."""
    named = os.environ.get("DONFLOW_TEST_POSTGRESQL")
    if named:
        return make_url(named).set(drivername="postgresql").render_as_string(hide_password=False)
    folder = server_folder()
    started = start_server(folder, durable=False)
    atexit.register(shutil.rmtree, folder)
    atexit.register(started.stop, "immediate")
    return started.url()


_numbers = itertools.count(1)


def new_database(template: str | None = None) -> str:
    """The URL of a new database: empty, or a copy of the one at the URL `template`.

    Nobody may be connected to the template at that moment.
    """
    name = f"donflow_{os.getpid()}_{next(_numbers)}"
    source = f' TEMPLATE "{make_url(template).database}"' if template else ""
    _administrator().execute(f'CREATE DATABASE "{name}"{source}')
    return make_url(server()).set(database=name).render_as_string(hide_password=False)


def drop_database(url: str) -> None:
    """Drop a database of `new_database`, whoever is still connected."""
    _administrator().execute(f'DROP DATABASE "{make_url(url).database}" WITH (FORCE)')


def rows_of(url: str, statement: str, *values: object) -> list[tuple[Any, ...]]:
    """What a statement gives, sent past donflow; `?` stands for a value, as in SQLite."""
    with psycopg.connect(url) as connection:
        cursor = connection.execute(statement.replace("%", "%%").replace("?", "%s"), values)
        return cursor.fetchall() if cursor.description else []


@cache
def _administrator() -> psycopg.Connection[Any]:
    connection = psycopg.connect(server(), autocommit=True)
    atexit.register(connection.close)
    return connection


def _binaries() -> Path:
    installed = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda bin_: -int(bin_.parent.name)
    )
    return Path(needs("postgres", *installed)).resolve().parent


def _other_user() -> str | None:
    if os.getuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in FOREIGN_USERS if name in known)


def _identity(folder: Path) -> dict[str, Any]:
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}
    user = _other_user()
    if user is None:
        return {"cwd": folder, "env": environment}
    group = pwd.getpwnam(user).pw_gid
    identity = {"user": user, "group": group, "extra_groups": ()}
    return {"cwd": folder, "env": environment, **identity}


def _run(*command: str | Path, folder: Path) -> None:
    done = subprocess.run(command, capture_output=True, text=True, **_identity(folder))
    assert done.returncode == 0, done.stdout + done.stderr


def _answers(server: Server) -> bool:
    assert server.process.poll() is None, (server.folder / "log").read_text()
    try:
        psycopg.connect(server.url()).close()
    except psycopg.OperationalError:
        return False
    return True


def _children(pid: int) -> list[int]:
    """As Linux tells them; elsewhere none."""
    told = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(child) for child in told.read_text().split()] if told.exists() else []


def _has_ended(pid: int) -> bool:
    """A zombie, too, has ended."""
    try:
        os.kill(pid, 0)
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except ProcessLookupError:
        return True
    except FileNotFoundError:
        return Path("/proc/self").exists()  # gone meanwhile, or no such folder at all


def _wait_until(done: Callable[[], bool], otherwise: str) -> None:
    for _ in range(1200):
        if done():
            return
        time.sleep(0.025)
    raise AssertionError(otherwise)
