"""A PostgreSQL that forces each commit to disk, for as long as a benchmark runs."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def durable_postgresql() -> Iterator[bool]:
    """The databases of `tests.databases` lie on it meanwhile; False where none is installed."""
    from tests import postgresql

    folder = postgresql.server_folder(durable=True)
    try:
        server = postgresql.start_server(folder, durable=True)
    except BaseException as fault:
        shutil.rmtree(folder)
        if type(fault).__name__ != "Skipped":  # what a test without the program would say
            raise
        yield False
        return
    os.environ["DONFLOW_TEST_POSTGRESQL"] = server.url()
    postgresql.server.cache_clear()
    postgresql._administrator.cache_clear()
    try:
        yield True
    finally:
        postgresql._administrator().close()
        del os.environ["DONFLOW_TEST_POSTGRESQL"]
        server.stop("immediate")
        shutil.rmtree(folder)
