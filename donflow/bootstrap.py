"""The parts put together, once: an office set up in a new home, or opened where it is."""

from __future__ import annotations

import importlib
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from donflow.domain.actor import Role
from donflow.domain.desk import Desk
from donflow.errors import N_, DonflowError
from donflow.lifecycle.office import Office, check_desk, pin_desk
from donflow.lifecycle.workflows import load_workflow
from donflow.settings import FILE_NAME, Settings, database_url, keys_path
from donflow.shipping import shipped
from donflow.store.session import DatabaseUnreadable, Store, close_store, open_store, unit_of_work

TABLES = (
    "donflow.store.journal",
    "donflow.store.requests",
    "donflow.store.moving",
    "donflow.store.workflows",
    "donflow.tasks.models",
    "donflow.accounts.models",
    "donflow.vault.models",
    "donflow.roster.models",
    "donflow.gifts.models",
    "donflow.agreements.models",
    "donflow.agreements.terms",
    "donflow.originals.models",
    "donflow.papers.models",
)
"""Every module that declares a table."""


class NoOffice(DonflowError):
    code = "no_office"
    message = N_("There is no office in {home}.")
    remedy = N_("Set one up: donflow init, or name another folder with --home.")


class HomeTaken(DonflowError):
    code = "home_taken"
    message = N_("The folder {home} already holds something.")
    remedy = N_("Name an empty folder with --home.")


@dataclass(frozen=True)
class OpenOffice:
    """An office with its database open."""

    office: Office
    store: Store

    def close(self) -> None:
        close_store(self.store)


def import_tables() -> None:
    """Load every table's module, so that the metadata is whole."""
    for name in TABLES:
        importlib.import_module(name)


def open_office(home: Path, settings: Settings, environment: Mapping[str, str]) -> OpenOffice:
    """Open the office in this home; NoOffice where none was set up."""
    if not (home / FILE_NAME).is_file():
        raise NoOffice(home=str(home))
    import_tables()
    from donflow.store.upgrade import check_schema

    store = open_store(database_url(home, settings))
    try:
        with Session(store.reader) as session:
            check_schema(session)
            check_desk(session, settings)
    except DatabaseError as fault:
        close_store(store)
        raise DatabaseUnreadable(fault=str(fault.orig)) from fault
    except DonflowError:
        close_store(store)
        raise
    return OpenOffice(Office(home, settings, keys_path(home, environment)), store)


def set_up(
    home: Path,
    settings_text: str,
    settings: Settings,
    environment: Mapping[str, str],
    *,
    display_name: str,
    admin: tuple[str, str] | None = None,
    now: datetime,
) -> str:
    """Make a home with settings, lifecycles, templates, database, keys and its first users.

    The first is a secretary; `admin` (username, display name) is the second person whom a shared
    desk needs before it can have any other.
    Returns the sealed sheet of the keys, to be printed once. Raises HomeTaken for a folder that
    is not empty; where setting up fails, nothing is left behind.
    """
    people = [(settings.user, display_name, Role.SECRETARY)]
    if admin is not None:
        people.append((*admin, Role.ADMIN))
    keys_file = keys_path(home, environment)
    if (home.exists() and any(home.iterdir())) or keys_file.exists():
        raise HomeTaken(home=str(home))
    import_tables()
    try:
        return _make_home(home, keys_file, settings_text, settings, people, now=now)
    except BaseException:
        shutil.rmtree(home, ignore_errors=True)
        keys_file.unlink(missing_ok=True)
        raise


def _make_home(
    home: Path,
    keys_file: Path,
    settings_text: str,
    settings: Settings,
    people: Sequence[tuple[str, str, Role]],
    *,
    now: datetime,
) -> str:
    from donflow.accounts.users import add_user, assign_role
    from donflow.store.keys import create_keys
    from donflow.store.upgrade import upgrade
    from donflow.store.workflows import activate

    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    for folder in ("vault", "papers", "quarantine"):
        (home / folder).mkdir(mode=0o700)
    shutil.copyfile(shipped("states.yaml"), home / "states.yaml")
    shutil.copytree(shipped("agreement_templates"), home / "agreement_templates")
    keys = create_keys(keys_file)
    store = open_store(database_url(home, settings))
    upgrade(store)
    workflow = load_workflow((home / "states.yaml").read_bytes())
    today = Office(home, settings, keys_file).today(now)
    try:
        with unit_of_work(store) as session:
            for username, name, role in people:
                user = add_user(session, username, name, actor=None, now=now)
                assign_role(session, user, role, since=today, actor=None, now=now)
            activate(session, workflow, actor=None, now=now)
            pin_desk(session, Desk(settings.desk), actor=None, now=now)
    finally:
        close_store(store)
    # The settings come last: a home is an office only when everything else is there.
    (home / FILE_NAME).write_text(settings_text, encoding="utf-8")
    return keys.sealed_sheet()
