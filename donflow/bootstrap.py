"""The parts put together, once: an office set up in a new home, or opened where it is."""

from __future__ import annotations

import importlib
import shutil
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.orm import Session

from donflow.domain.actor import Role
from donflow.domain.desk import Desk
from donflow.errors import N_, DonflowError
from donflow.lifecycle.homes import HomeTaken, refuse_taken
from donflow.lifecycle.instance import write_instance
from donflow.lifecycle.office import SETTINGS, Office, check_desk, pin_desk
from donflow.lifecycle.workflows import load_workflow
from donflow.settings import FILE_NAME, Settings, database_url, keys_path
from donflow.shipping import shipped
from donflow.store.journal import record
from donflow.store.session import (
    Store,
    close_store,
    open_store,
    reading,
    unit_of_work,
    why_closed,
)

if TYPE_CHECKING:
    from donflow.lifecycle.backing_up import Backup, Checked
    from donflow.lifecycle.restoring import Restored

TABLES = (
    "donflow.store.journal",
    "donflow.store.requests",
    "donflow.store.moving",
    "donflow.store.workflows",
    "donflow.store.instance",
    "donflow.tasks.models",
    "donflow.outbox.models",
    "donflow.accounts.models",
    "donflow.vault.models",
    "donflow.roster.models",
    "donflow.roster.alumni_models",
    "donflow.roster.import_models",
    "donflow.chapters.models",
    "donflow.gifts.models",
    "donflow.agreements.models",
    "donflow.agreements.terms",
    "donflow.originals.models",
    "donflow.papers.models",
    "donflow.greetings.models",
)
"""Every module that declares a table."""


class NoOffice(DonflowError):
    code = "no_office"
    message = N_("There is no office in {home}.")
    remedy = N_("Set one up: donflow init, or name another folder with --home.")


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
    office = Office(home, settings, keys_path(home, environment))
    try:
        with Session(store.reader) as session:
            check_schema(session)
            check_desk(session, settings)
    except DatabaseError as fault:
        close_store(store)
        raise why_closed(fault, database_url(home, settings)) from fault
    except DonflowError:
        close_store(store)
        raise
    return OpenOffice(office, store)


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
    """Make a home with settings, lifecycles, templates, rules, database, keys and its first users.

    The first is a secretary; `admin` (username, display name) is the second person whom a shared
    desk needs before it can have any other.
    Returns the sealed sheet of the keys, to be printed once. Raises HomeTaken for a folder that
    is not empty, DatabaseTaken for a database that is not; where setting up fails, nothing is
    left behind.
    """
    people = [(settings.user, display_name, Role.SECRETARY)]
    if admin is not None:
        people.append((*admin, Role.ADMIN))
    keys_file = keys_path(home, environment)
    refuse_taken(home)
    if keys_file.exists():
        raise HomeTaken(home=str(home))
    import_tables()
    try:
        return _make_home(home, keys_file, settings_text, settings, people, now=now)
    except BaseException:
        shutil.rmtree(home, ignore_errors=True)
        keys_file.unlink(missing_ok=True)
        raise


def restore_office(
    source: Path,
    home: Path,
    environment: Mapping[str, str],
    *,
    url: str | None = None,
    keys_from: Path | None = None,
    now: datetime,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Restored:
    """Make an office in an empty home of a backup alone (see `lifecycle.restoring`)."""
    from donflow.lifecycle.restoring import restore

    import_tables()
    return restore(
        source,
        home,
        url=url or environment.get("DONFLOW_DATABASE") or None,
        write_url=url is not None,
        keys_file=keys_path(home, environment),
        keys_from=keys_from,
        now=now,
        progress=progress,
    )


def check_backup(source: Path) -> Checked:
    """Read a backup to its end, restore its rows in a place of its own, and verify them."""
    from donflow.lifecycle.backing_up import check
    from donflow.lifecycle.backup_archive import open_archive

    import_tables()
    with open_archive(source) as archive, TemporaryDirectory(prefix="donflow-") as folder:
        return check(archive, Path(folder) / "donflow.db")


def upgrade_office(
    home: Path, settings: Settings, environment: Mapping[str, str], *, now: datetime
) -> tuple[str, str, Backup | None]:
    """Bring the office's database to today's schema: (from, to, the backup made before).

    Without a backup where there was nothing to do. The backup's check has tried the very upgrade
    on the restored copy. Raises NoOffice, NoTables, NewerSchema.
    """
    if not (home / FILE_NAME).is_file():
        raise NoOffice(home=str(home))
    import_tables()
    from donflow.lifecycle.backing_up import back_up
    from donflow.roster.search.keeping import rebuild
    from donflow.store.upgrade import (
        HEAD,
        NoTables,
        OldSchema,
        check_schema,
        schema_revision,
        upgrade,
    )

    store = open_store(database_url(home, settings))
    try:
        with reading(store) as session:
            before = schema_revision(session)
            with suppress(OldSchema):
                check_schema(session)
        if before is None:
            raise NoTables
        if before == HEAD:
            return before, HEAD, None
        office = Office(home, settings, keys_path(home, environment))
        backup = back_up(store, office, now=now)
        upgrade(store)
        rebuild(store)
        with unit_of_work(store) as session:
            detail = {"from": before, "to": HEAD}
            record(session, SETTINGS, "upgraded", actor=None, now=now, detail=detail)
    finally:
        close_store(store)
    return before, HEAD, backup


def _make_home(
    home: Path,
    keys_file: Path,
    settings_text: str,
    settings: Settings,
    people: Sequence[tuple[str, str, Role]],
    *,
    now: datetime,
) -> str:
    from donflow.accounts.users import actor_of, add_user, assign_role
    from donflow.greetings.rhythms import add_usual_rhythms
    from donflow.store.fresh import fresh
    from donflow.store.instance import draw_identity
    from donflow.store.keys import create_keys
    from donflow.store.upgrade import upgrade
    from donflow.store.workflows import activate

    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    for folder in ("vault", "papers", "quarantine"):
        (home / folder).mkdir(mode=0o700)
    shutil.copyfile(shipped("states.yaml"), home / "states.yaml")
    for folder in ("agreement_templates", "rules"):
        shutil.copytree(shipped(folder), home / folder)
    keys = create_keys(keys_file)
    url = database_url(home, settings)
    store = open_store(url)
    workflow = load_workflow((home / "states.yaml").read_bytes())
    office = Office(home, settings, keys_file)
    today = office.today(now)
    try:
        with fresh(store):
            upgrade(store)
            with unit_of_work(store) as session:
                users = []
                for username, name, role in people:
                    user = add_user(session, username, name, actor=None, now=now)
                    assign_role(session, user, role, since=today, actor=None, now=now)
                    users.append(user)
                activate(session, workflow, actor=None, now=now)
                pin_desk(session, Desk(settings.desk), actor=None, now=now)
                identity = draw_identity(session, actor=None, now=now)
                session.flush()
                secretary = actor_of(users[0], today=today)
                add_usual_rhythms(session, office, actor=secretary, now=now)
            write_instance(home, identity)
            # The settings come last: a home is an office only when everything else is there.
            (home / FILE_NAME).write_text(settings_text, encoding="utf-8")
    except OperationalError as fault:
        raise why_closed(fault, url) from fault
    finally:
        close_store(store)
    return keys.sealed_sheet()
