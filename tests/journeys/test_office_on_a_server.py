"""An office is set up on PostgreSQL by the same command, in an empty database, or told why not."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import make_url

from tests import databases, postgresql
from tests.cast import INIT
from tests.journeys.desk import Desk

SECRET = "geheim"


@pytest.fixture
def url() -> Iterator[str]:
    made = postgresql.new_database()
    yield made
    postgresql.drop_database(made)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    tmp_path.joinpath("desk").mkdir()
    desk = Desk(tmp_path / "desk", environment={"DONFLOW_DEBUG": ""})
    yield desk
    desk.close()


def test_the_settings_name_the_server_and_no_file_is_made(desk: Desk, url: str) -> None:
    desk(f"{INIT} --database {url}")

    assert desk.url == url
    assert not list(desk.home.glob("*.db*"))
    desk("gift new")
    assert desk("verify --json").data["findings"] == []


def test_a_database_that_holds_anything_is_refused_and_left_as_it_is(desk: Desk, url: str) -> None:
    databases.execute(url, "CREATE TABLE of_somebody_else (id integer)")

    answer = desk(f"{INIT} --database {url}", code=2, lang="en")

    assert answer.err.startswith("The database already holds something.")
    assert databases.all_rows(url) == {"of_somebody_else": []}
    assert not desk.home.exists()


def test_where_setting_up_fails_the_database_is_empty_again(
    desk: Desk, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr("donflow.bootstrap.write_instance", fail)
    assert desk(f"{INIT} --database {url}", code=None).code != 0
    monkeypatch.undo()

    assert databases.all_rows(url) == {}
    assert not desk.home.exists()
    desk(f"{INIT} --database {url}")


@pytest.mark.parametrize(
    ("address", "code", "said"),
    [
        (f"postgresql://lin:{SECRET}@127.0.0.1:1/donflow", 1, "cannot be reached"),
        (f"postgresql://lin:{SECRET}@127.0.0.1:99999/donflow", 1, "cannot be reached"),
        (f"mysql://lin:{SECRET}@127.0.0.1/donflow", 2, "is no address of a database"),
        (f"lin:{SECRET}@127.0.0.1", 2, "is no address of a database"),
    ],
)
@pytest.mark.parametrize("office", ["new", "open"])
@databases.only_sqlite("the address named is another in any case")
def test_a_server_that_is_not_reached_is_told_in_one_sentence_without_the_password(
    desk: Desk, office_at: Callable[..., Desk], office: str, address: str, code: int, said: str
) -> None:
    if office == "open":
        desk = office_at("new")
        desk.environment |= {"DONFLOW_DATABASE": address, "DONFLOW_DEBUG": ""}
    line = "gift list" if office == "open" else f"{INIT} --database {address}"

    answer = desk(line, code=code, lang="en")

    assert said in answer.err.splitlines()[0]
    assert len(answer.err.splitlines()) == 2
    assert SECRET not in answer.err + answer.out


def test_a_database_that_is_not_there_is_told(desk: Desk, url: str) -> None:
    other = make_url(url).set(database="nowhere").render_as_string(hide_password=False)

    answer = desk(f"{INIT} --database {other}", code=2, lang="en")

    assert "does not let donflow in" in answer.err
    assert 'database "nowhere" does not exist' in answer.err


def test_without_the_driver_its_package_is_named(
    desk: Desk, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)

    answer = desk(f"{INIT} --database {url}", code=2)

    assert 'pip install "donflow[pg]"' in answer.err


def test_a_gift_of_half_a_milliard_is_kept_to_the_fen(office: Desk) -> None:
    """5亿元 are 50,000,000,000 fen: more than a number of 32 bits holds."""
    office("gift new --amount 5亿")

    assert office.sql("SELECT amount_minor FROM gift") == [(50_000_000_000,)]
    assert office("verify --json").data["findings"] == []
