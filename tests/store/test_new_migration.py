"""The draft of a migration makes what the models describe; where nothing lacks, none is written."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Column, Index, Integer, MetaData, String, Table

from donflow.store.base import Base, Instant, Json
from donflow.store.session import Store
from donflow.store.upgrade import HEAD
from tools.new_migration import REVISION, include_name, write


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "migrations" / "versions").mkdir(parents=True)
    return tmp_path / "migrations"


@pytest.fixture
def grown() -> MetaData:
    """The models with one table, one column and one index more, and one table less."""
    metadata = MetaData(naming_convention=Base.metadata.naming_convention)
    for table in Base.metadata.sorted_tables:
        if table.name != "request":
            table.to_metadata(metadata)
    Table(
        "medal",
        metadata,
        Column("id", Integer, primary_key=True),
        Column("given_at", Instant, nullable=False),
        Column("words", Json),
    )
    gift = metadata.tables["gift"]
    gift.append_column(Column("motto", String(40)))
    Index(None, gift.c.motto)
    return metadata


def test_unchanged_models_need_no_migration_and_nothing_is_written(folder: Path) -> None:
    assert "nothing is written" in write("nothing", Base.metadata, folder)

    assert list(folder.glob("versions/*")) == []


def test_the_draft_makes_what_lacked(folder: Path, store: Store, grown: MetaData) -> None:
    assert write("medals", grown, folder) == f"{REVISION}_medals.py is written."

    (file,) = folder.glob("versions/*")
    code = file.read_text("utf-8")
    assert f'down_revision = "{HEAD}"' in code
    assert "donflow" not in code
    with store.writer.begin() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": include_name})
        assert compare_metadata(context, grown) != []
        migration: dict[str, object] = {}
        exec(compile(code, file.name, "exec"), migration)
        with Operations.context(context):
            migration["upgrade"]()  # type: ignore[operator]
        assert compare_metadata(context, grown) == []


def test_no_second_draft_is_written_beside_the_first(folder: Path, grown: MetaData) -> None:
    write("medals", grown, folder)

    assert write("more", grown, folder) == (
        f"{REVISION}_medals.py is not in REVISIONS yet; nothing is written."
    )
    assert len(list(folder.glob("versions/*"))) == 1
