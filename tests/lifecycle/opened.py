"""An office opened without the command line, to ask its lifecycle directly."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session

from donflow.bootstrap import OpenOffice, open_office
from donflow.lifecycle.office import Office
from donflow.settings import read_settings
from donflow.store.session import reading
from tests.journeys.desk import Desk


@contextmanager
def opened(desk: Desk) -> Iterator[tuple[Session, Office]]:
    """A session that keeps nothing, and the office it belongs to."""
    desk.close()
    office: OpenOffice = open_office(desk.home, read_settings(desk.home, {}), {})
    try:
        with reading(office.store) as session:
            yield session, office.office
            session.expunge_all()  # what was read stays readable after the session
    finally:
        office.close()
