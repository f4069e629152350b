"""E31: an upgrade killed at any statement leaves one of the schemas whole, and goes on from there.

Nothing is released yet, so two further steps are made here: one adds a table and fills it from
another, one rebuilds a table (which SQLite does by dropping it). A child process runs them and is
ended by SIGKILL before or after a statement. A build that commits within a step is seen to fail.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import shutil
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from alembic import command as _loaded_before_the_children_are_forked  # noqa: F401
from sqlalchemy import Engine, event, inspect

from donflow.store import upgrade as schema
from donflow.store.session import Store, close_store, open_store, reading
from donflow.store.upgrade import HEAD, REVISIONS, schema_revision, upgrade
from tests import databases
from tests.journeys.desk import Desk, Workshop

processes = multiprocessing.get_context("fork")
pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no SIGKILL here")

STEPS = {
    "9001": """
op.create_table(
    "gift_note",
    Column("id", Integer, primary_key=True),
    Column("gift_id", Integer, ForeignKey("gift.id"), nullable=False, index=True),
    Column("text", String(200), nullable=False),
)
for serial in range(5):
    op.execute(f"INSERT INTO gift_note (id, gift_id, text) SELECT id + {serial}, id, 'n' FROM gift")
op.execute("UPDATE gift_note SET text = 'note'")
""",
    "9002": """
with op.batch_alter_table("contact", recreate="auto") as batch:
    batch.add_column(Column("place", String(60)))
    batch.alter_column("channel", type_=String(60), existing_type=String(20))
op.execute("UPDATE contact SET place = 'office'")
op.create_index("ix_contact_place", "contact", ["place"])
""",
}
HEADING = """
from alembic import op
from sqlalchemy import Column, ForeignKey, Integer, String

revision, down_revision = "{revision}", "{before}"


def upgrade() -> None:
"""


@pytest.fixture(scope="module")
def newer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The migrations of a later donflow."""
    folder = tmp_path_factory.mktemp("newer") / "migrations"
    shutil.copytree(schema.MIGRATIONS, folder)
    before = HEAD
    for revision, step in STEPS.items():
        body = "".join(f"    {line}\n" for line in step.strip().splitlines())
        text = HEADING.format(revision=revision, before=before) + body
        (folder / "versions" / f"{revision}.py").write_text(text)
        before = revision
    return folder


@contextmanager
def a_later_donflow(migrations: Path) -> Iterator[None]:
    known = (*REVISIONS, *STEPS)
    with patch.multiple(schema, MIGRATIONS=migrations, REVISIONS=known, HEAD=known[-1]):
        yield


@pytest.fixture
def desk(workshop: Workshop, tmp_path: Path, backend: str) -> Iterator[Desk]:
    desk = workshop.copy("review", tmp_path / "office", backend)
    desk.close()
    yield desk
    desk.discard()


def state(url: str) -> Any:
    """Every column, index and row."""
    store = open_store(url)
    try:
        with store.reader.connect() as connection:
            looked = inspect(connection)
            names = sorted(looked.get_table_names())
            columns = {
                name: sorted((c["name"], str(c["type"])) for c in looked.get_columns(name))
                for name in names
            }
            indexes = {
                name: sorted(str(i["name"]) for i in looked.get_indexes(name)) for name in names
            }
    finally:
        close_store(store)
    return columns, indexes, databases.all_rows(url)


def revision_of(url: str) -> str | None:
    store = open_store(url)
    try:
        with reading(store) as session:
            return schema_revision(session)
    finally:
        close_store(store)


def in_a_child(work: Callable[[], None]) -> int:
    child = processes.Process(target=work)
    child.start()
    child.join(120)
    assert child.exitcode is not None
    return child.exitcode


def upgrade_and_die(url: str, newer: Path, at: int, *, after: bool, careless: bool = False) -> None:
    """Upgrade, and end by SIGKILL before or after this statement; `careless` commits after each."""
    store = open_store(url)
    count = 0

    def before_statement(*_given: object) -> None:
        nonlocal count
        count += 1
        if count == at and not after:
            os.kill(os.getpid(), signal.SIGKILL)

    def after_statement(connection: Any, *_given: object) -> None:
        if careless:
            driver = connection.connection.driver_connection
            driver.commit() if store.writer.dialect.name != "sqlite" else driver.execute("COMMIT")
            if store.writer.dialect.name == "sqlite":
                driver.execute("BEGIN IMMEDIATE")
        if count == at and after:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(store.writer, "before_cursor_execute", before_statement)
    event.listen(store.writer, "after_cursor_execute", after_statement)
    with a_later_donflow(newer):
        upgrade(store)
    close_store(store)


def statements(url: str, newer: Path) -> int:
    """How many statements the whole upgrade takes."""
    counted = 0

    def count(*_given: object) -> None:
        nonlocal counted
        counted += 1

    store: Store = open_store(url)
    event.listen(store.writer, "before_cursor_execute", count)
    with a_later_donflow(newer):
        upgrade(store)
    close_store(store)
    return counted


def upgraded(desk: Desk, newer: Path, folder: Path, to: str) -> Any:
    """The state that a copy has at this revision."""
    folder.mkdir()
    url = databases.copy_database(desk.url, folder)
    store = open_store(url)
    with a_later_donflow(newer):
        upgrade(store, to)
    close_store(store)
    found = state(url)
    databases.drop_database(url)
    return found


@databases.both
def test_an_upgrade_killed_anywhere_leaves_a_whole_schema_and_goes_on(
    desk: Desk,
    backend: str,
    newer: Path,
    tmp_path: Path,
    points: Callable[..., int],
    seed: int,
    figures: Callable[[str, str], None],
) -> None:
    whole = {to: upgraded(desk, newer, tmp_path / f"at{to}", to) for to in (HEAD, *STEPS)}
    (tmp_path / "counted").mkdir()
    counted = databases.copy_database(desk.url, tmp_path / "counted")
    total = statements(counted, newer)
    databases.drop_database(counted)
    tried = points(100, 6) if backend == "sqlite" else points(50, 3)
    chance, tally = random.Random(seed), dict.fromkeys(whole, 0)
    for number in range(tried):
        folder = tmp_path / str(number)
        folder.mkdir()
        url = databases.copy_database(desk.url, folder)
        at, after = chance.randint(1, total), chance.random() < 0.5

        died = in_a_child(lambda u=url, a=at, b=after: upgrade_and_die(u, newer, a, after=b))

        assert died == -signal.SIGKILL
        reached = revision_of(url)
        assert reached in whole, (at, after)
        assert state(url) == whole[reached], (at, after)
        tally[reached] += 1
        assert in_a_child(lambda u=url: upgrade_and_die(u, newer, 0, after=False)) == 0
        assert state(url) == whole["9002"], (at, after)
        databases.drop_database(url)
    assert tally[HEAD]
    figures(
        "E31",
        f"{backend}: {tried} kills at {total} statements, 0 third schemas"
        f" (old {tally[HEAD]}, between {tally['9001']}, new {tally['9002']}), all run to the end",
    )


@databases.only_sqlite("the driver's own transaction is what the careless build plays with")
def test_a_build_that_commits_within_a_step_would_be_caught(
    desk: Desk, newer: Path, tmp_path: Path
) -> None:
    whole = {to: upgraded(desk, newer, tmp_path / f"at{to}", to) for to in (HEAD, *STEPS)}
    thirds = 0
    for number, at in enumerate(range(3, 19, 4)):
        folder = tmp_path / str(number)
        folder.mkdir()
        url = databases.copy_database(desk.url, folder)
        in_a_child(lambda u=url, a=at: upgrade_and_die(u, newer, a, after=True, careless=True))
        thirds += state(url) != whole[str(revision_of(url))]

    assert thirds


@databases.both
def test_the_command_makes_a_proven_backup_and_upgrades(desk: Desk, newer: Path) -> None:
    with a_later_donflow(newer):
        old = desk("today", code=2)
        done = desk("upgrade --json").data
        again = desk("upgrade --json").data
        desk("verify")

    assert "donflow upgrade" in old.err
    assert (done["from"], done["to"]) == (HEAD, "9002")
    assert again == {"from": "9002", "to": "9002", "backup": None}
    desk(f"restore {done['backup']} --check")


def test_an_old_program_refuses_a_newer_schema_clearly(desk: Desk, newer: Path) -> None:
    with a_later_donflow(newer):
        desk("upgrade")
        backup = desk("backup --json").data["file"]
        desk.close()
    before = state(desk.url)

    for line in ("today", "gift new", "verify", "upgrade", f"restore {backup} --check"):
        assert desk(f"{line} --json", code=2).codes == {"newer_schema"}, line

    assert state(desk.url) == before


def test_a_killed_command_is_run_again(desk: Desk, newer: Path) -> None:
    """Whether it dies while it backs up or while it upgrades."""
    for at in (40, 400):

        def die(at: int = at) -> None:
            count = 0

            def strike(*_given: object) -> None:
                nonlocal count
                count += 1
                if count == at:
                    os.kill(os.getpid(), signal.SIGKILL)

            event.listen(Engine, "before_cursor_execute", strike)
            with a_later_donflow(newer):
                desk("upgrade")

        assert in_a_child(die) == -signal.SIGKILL

    with a_later_donflow(newer):
        done = desk("upgrade --json", code=None).data
        desk("verify")

    assert revision_of(desk.url) == "9002"
    assert Path(done["backup"]).exists()
    left = {path.name for path in (desk.home / "backups").iterdir() if path.suffix != ".zip"}
    assert left == {".lock"}
