"""Copies of an office, each with a database of its own, gone when they are done with."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from donflow.bootstrap import OpenOffice
from donflow.settings import FILE_NAME
from tests import databases
from tests.experiments.taking_up import open_desk
from tests.journeys.desk import Desk


@contextmanager
def copied(desk: Desk) -> Iterator[Desk]:
    """A copy beside the office; nobody may have its database open meanwhile."""
    desk.close()
    folder = Path(tempfile.mkdtemp(dir=desk.folder.parent)) / "desk"
    shutil.copytree(desk.folder, folder)
    copy = Desk(folder, day=desk.day)
    if copy.url == desk.url:  # else it lies in the home and was copied with it
        settings = copy.home / FILE_NAME
        url = databases.copy_database(desk.url, folder)
        settings.write_text(settings.read_text("utf-8").replace(desk.url, url), "utf-8")
    try:
        yield copy
    finally:
        copy.discard()
        shutil.rmtree(folder)


@contextmanager
def opened_desk(desk: Desk) -> Iterator[OpenOffice]:
    opened = open_desk(desk)
    try:
        yield opened
    finally:
        opened.close()
