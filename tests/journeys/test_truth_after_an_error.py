"""After an error the answer is the truth: applied, not applied, or unknown until the next look."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session

from donflow.store.interrupted import RUNNING
from tests import databases
from tests.journeys.desk import Answer, Desk

ADD = "person add 梁启舟"


@contextmanager
def heard(target: Any, name: str, listener: Callable[..., None]) -> Iterator[None]:
    event.listen(target, name, listener)
    try:
        yield
    finally:
        event.remove(target, name, listener)


def people(desk: Desk) -> list[Any]:
    return desk.sql("SELECT name FROM constituent")


def notes(desk: Desk) -> list[Path]:
    return list((desk.home / RUNNING).iterdir()) if (desk.home / RUNNING).exists() else []


def told(answer: Answer, words: str) -> bool:
    return words in answer.err and "Traceback" not in answer.err


def lose(stored: bool, fault: BaseException) -> Callable[[Connection], None]:
    """Fail in the commit, before or after the database has done it."""

    def fail(connection: Connection) -> None:
        if stored:
            connection.exec_driver_sql("COMMIT")
        raise fault

    return fail


@pytest.mark.parametrize("stored", [True, False])
def test_an_answer_that_got_lost_is_found_out(office: Desk, *, stored: bool) -> None:
    with heard(Engine, "commit", lose(stored, OSError("the connection broke"))):
        answer = office(ADD, code=0 if stored else 1, lang="en")
    assert told(answer, "found to be stored" if stored else "not applied")
    assert people(office) == ([("梁启舟",)] if stored else [])
    assert notes(office) == []


@pytest.mark.parametrize("stored", [True, False])
def test_ctrl_c_in_the_commit_is_told_as_what_it_left(office: Desk, *, stored: bool) -> None:
    with heard(Engine, "commit", lose(stored, KeyboardInterrupt())):
        answer = office(ADD, code=0 if stored else 2, lang="en")
    assert told(answer, "found to be stored" if stored else "Stopped; nothing was changed")
    assert people(office) == ([("梁启舟",)] if stored else [])
    assert notes(office) == []


def silent_after(committing: list[bool], fault: BaseException) -> Callable[[Connection], None]:
    """What the database answers once the commit was tried."""

    def silence(_connection: Connection) -> None:
        if committing:
            raise fault

    return silence


@pytest.mark.parametrize("stored", [True, False])
def test_ctrl_c_while_the_database_is_asked_claims_nothing(office: Desk, *, stored: bool) -> None:
    committing: list[bool] = []

    def fail(connection: Connection) -> None:
        committing.append(True)
        lose(stored, KeyboardInterrupt())(connection)

    office("order list")
    with (
        heard(Engine, "commit", fail),
        heard(Engine, "begin", silent_after(committing, KeyboardInterrupt())),
    ):
        answer = office(f"{ADD} --json", code=3, lang="en")
    assert answer.codes == {"stopped_meanwhile"}
    assert told(office("order list", lang="en"), "is stored" if stored else "was not done")
    assert people(office) == ([("梁启舟",)] if stored else [])


def test_ctrl_c_after_the_commit_does_not_say_that_nothing_was_changed(
    office: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_arguments: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as stopped:
        stopped.setattr("donflow.store.session._follow", stop)
        answer = office(ADD, code=3, lang="en")
    assert told(answer, "it is not known whether it is")
    assert "nothing was changed" not in answer.err
    assert told(office("order list", lang="en"), "was done and is stored")
    assert people(office) == [("梁启舟",)]


@databases.only_postgresql("a lock that others hold")
def test_a_lock_is_waited_for_once(office: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("donflow.store.session.BUSY_SECONDS", 1)
    waits: list[float] = []
    monkeypatch.setattr("donflow.store.session.time.sleep", waits.append)
    office("order list")
    with databases.connected(office.url) as other:

        def fail(_connection: Connection) -> None:
            other.exec_driver_sql("LOCK TABLE journal_event IN ROW EXCLUSIVE MODE")
            raise OSError("the connection broke")

        with heard(office_engine(office), "commit", fail):
            office(ADD, code=3)
    assert waits == []
    assert told(office("order list", lang="en"), "was not done")


def test_ctrl_c_before_leaves_nothing_and_says_so(office: Desk) -> None:
    def stop(*_arguments: Any) -> None:
        raise KeyboardInterrupt

    with heard(Session, "before_flush", stop):
        assert told(office(ADD, code=2, lang="en"), "Stopped; nothing was changed")
    assert people(office) == []
    assert notes(office) == []


@pytest.mark.parametrize("stored", [True, False])
def test_what_is_unknown_is_told_by_the_next_command(
    office: Desk, monkeypatch: pytest.MonkeyPatch, *, stored: bool
) -> None:
    monkeypatch.setattr("donflow.store.session.SERVER_PAUSES", (0.01,))
    committing: list[bool] = []

    def fail(connection: Connection) -> None:
        committing.append(True)
        lose(stored, OSError("the connection broke"))(connection)

    office("order list")
    silence = silent_after(committing, OSError("nobody there"))
    with heard(Engine, "commit", fail), heard(Engine, "begin", silence):
        answer = office(f"{ADD} --json", code=3, lang="en")
    assert answer.codes == {"outcome_unknown"}
    assert "next donflow command says" in answer.refusals[0]["remedy"]
    assert len(notes(office)) == 1
    after = office("order list", lang="en")
    assert told(after, "is stored" if stored else "was not done")
    assert people(office) == ([("梁启舟",)] if stored else [])
    assert notes(office) == []
    assert office("order list").err == ""


@databases.only_postgresql("a server's connection")
@pytest.mark.parametrize("stored", [True, False])
def test_a_connection_cut_in_the_commit_is_asked_about_anew(office: Desk, *, stored: bool) -> None:
    def cut(connection: Connection) -> None:
        number = connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
        if stored:
            connection.exec_driver_sql("COMMIT")
        databases.execute(office.url, f"SELECT pg_terminate_backend({number})")

    with heard(office_engine(office), "commit", cut):
        answer = office(ADD, code=0 if stored else 1, lang="en")
    assert stored or told(answer, "not applied")
    assert [row["name"] for row in office("person list --json").data] == ["梁启舟"] * stored
    assert notes(office) == []


@databases.only_postgresql("a server's connection")
def test_a_connection_cut_before_the_commit_changes_nothing(office: Desk) -> None:
    def cut(connection: Connection) -> None:
        number = connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
        databases.execute(office.url, f"SELECT pg_terminate_backend({number})")

    with heard(office_engine(office), "begin", cut):
        answer = office(f"{ADD} --json", code=1)
    assert answer.codes == {"server_gone"}
    office(ADD)
    assert people(office) == [("梁启舟",)]


def office_engine(desk: Desk) -> Engine:
    desk("order list")
    (opened,) = desk._offices.values()
    return opened.store.writer  # type: ignore[no-any-return]


@databases.only_sqlite("its own limit")
def test_a_full_disk_is_one_sentence_and_the_office_works_when_there_is_room(office: Desk) -> None:
    with heard(office_engine(office), "begin", fill):
        answer = office(f"person add {'名' * 100} --json", code=1)
    assert answer.codes == {"disk_full"}
    assert notes(office) == []
    office(ADD)
    assert people(office) == [("梁启舟",)]


def fill(connection: Connection) -> None:
    """No page more may be taken; whatever is free in the file is used up."""
    connection.exec_driver_sql("CREATE TABLE IF NOT EXISTS ballast (x)")
    connection.exec_driver_sql("PRAGMA max_page_count=1")
    connection.exec_driver_sql("INSERT INTO ballast VALUES (zeroblob(100000))")


@pytest.mark.parametrize(
    ("number", "code"),
    [(errno.ENOSPC, "disk_full"), (errno.EDQUOT, "disk_full"), (errno.EIO, "disk_fails")],
)
def test_a_disk_that_takes_no_file_is_one_sentence(
    office: Desk, monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    def refuse(_handle: int) -> None:
        raise OSError(number, os.strerror(number))

    line = "vault add 材料/银行回单.pdf"
    before = office.rows()
    with monkeypatch.context() as full:
        full.setattr(os, "fsync", refuse)
        answer = office(f"{line} --json", code=1)
    assert answer.codes == {code}
    assert office.rows() == before
    assert notes(office) == list(office.home.rglob(".*.tmp")) == []
    office(line)


@pytest.mark.parametrize(("answers", "code"), [(True, 1), (False, 3)])
def test_the_scheduler_tells_the_truth_too(
    office_at: Callable[..., Desk], monkeypatch: pytest.MonkeyPatch, *, answers: bool, code: int
) -> None:
    monkeypatch.setattr("donflow.store.session.SERVER_PAUSES", ())
    desk = office_at("new", shared=True)
    desk("user add xin 新老师 --role liaison", as_="lin")
    desk("order list", day="2026-06-01")
    committing = []

    def fail(_connection: Connection) -> None:
        committing.append(True)
        raise OSError("the connection broke")

    def silence(_connection: Connection) -> None:
        if committing and not answers:
            raise OSError("nobody there")

    with heard(Engine, "commit", fail), heard(Engine, "begin", silence):
        answer = desk("scheduler --once --json", code=code)
    assert answer.codes == {"not_applied" if answers else "outcome_unknown"}
    assert len(notes(desk)) == (not answers)
    told_next = desk("scheduler --once", lang="en")
    assert told(told_next, "“donflow scheduler” by lin") is not answers
    assert "1 orders ran out" in told_next.out


def test_a_setup_whose_commit_fails_leaves_nothing(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    with heard(Engine, "commit", lose(False, OSError(errno.ENOSPC, "full"))):
        answer = desk("init --user lin", code=1, lang="en")
    assert told(answer, "The disk is full")
    assert not desk.home.exists()
