"""Letters that cannot go as the office is set up; told only where there are any."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy.orm import Session

from donflow.errors import N_
from donflow.lifecycle.doctor.finding import Code, Finding, warning
from donflow.lifecycle.office import Office
from donflow.lifecycle.stranded import without_server


def check_letters(session: Session, office: Office) -> Iterator[Finding]:
    """Letters by mail that are ready, in an office without a mail server."""
    if count := without_server(session, office):
        yield warning(
            Code.MAIL,
            N_("{count} letters by mail cannot go: no mail server is set."),
            N_("Name host, user and from_address under [mail] in donflow.toml."),
            count=count,
        )
