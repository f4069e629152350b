"""E17: a damaged database is refused, and a value changed silently is found by `verify`.

SQLite's own integrity check sees torn pages; it sees no digit that was changed.
"""

from __future__ import annotations

import random
import secrets
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest

from donflow.store import outcome
from donflow.store import verify as verify_module
from donflow.store.verify import Finding
from tests.journeys.desk import Answer, Desk, Workshop

PAGE = 4096
VALUES = {
    "amount": "UPDATE gift SET amount_minor = amount_minor + 800000000",
    "stage": "UPDATE gift SET stage = 'draft'",
    "donor": "UPDATE gift SET donor_id = donor_id + 1",
    "purpose": "UPDATE gift SET purpose = purpose || '。'",
    "payment": "UPDATE payment SET amount_minor = amount_minor - 1",
    "instalment": "UPDATE instalment SET due_on = '2027-01-01'",
    "consent": "UPDATE approval SET person = '钱财务'",
    "receipt": "UPDATE receipt SET number = '0000520032'",
    "person": "UPDATE constituent SET name = '深圳市恒原数智科技有限公司'",
    "task": "DELETE FROM task",
}


@pytest.fixture(scope="module")
def finished(workshop: Workshop, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    desk = workshop.copy("steward", tmp_path_factory.mktemp("damage") / "office")
    desk.environment["DONFLOW_DEBUG"] = ""
    desk.sql("PRAGMA journal_mode=DELETE")
    desk.sql("VACUUM")
    yield desk
    desk.close()


@pytest.fixture
def desk(finished: Desk) -> Iterator[Desk]:
    """The finished office; its database is put back after the test."""
    before = finished.database.read_bytes()
    yield finished
    finished.close()
    finished.database.write_bytes(before)


def sound(desk: Desk) -> bool:
    """What SQLite's own check says."""
    with closing(sqlite3.connect(desk.database)) as database:
        return database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def rows(desk: Desk) -> object:
    try:
        return desk.rows()
    except (sqlite3.Error, ValueError):
        return None


def refused_or_found(desk: Desk) -> bool:
    """Whether `verify` noticed, as an answer and not by breaking down."""
    answer = desk("verify", code=None, lang="en")
    assert answered(answer), str(answer)
    assert len(answer.err.splitlines()) <= 2, answer.err
    return answer.code in (1, 2)


def answered(answer: Answer) -> bool:
    """Whether it is an answer at all: without details asked for, a breakdown is one line too."""
    return "Traceback" not in answer.err and "donflow itself failed" not in answer.err


def test_a_torn_page_and_a_cut_file_are_noticed(
    desk: Desk, points: Callable[[int], int], figures: Callable[[str, str], None], seed: int
) -> None:
    chance, before = random.Random(seed), desk.database.read_bytes()
    pages = [chance.randrange(len(before) // PAGE) for _ in range(points(60))]
    cuts = [chance.randrange(1, len(before)) for _ in range(points(20))]
    damaged = [
        *(before[: at * PAGE] + chance.randbytes(PAGE) + before[(at + 1) * PAGE :] for at in pages),
        *(before[:size] for size in cuts),
    ]
    for data in damaged:
        desk.close()
        desk.database.write_bytes(data)
        assert refused_or_found(desk)
        for line in ("gift show 1", "doctor"):
            answer = desk(line, code=None, lang="en")
            assert answered(answer), str(answer)
            assert answer.code in (0, 1, 2)
    figures("E17", f"{len(pages)} torn pages, {len(cuts)} cut files, all noticed")


def test_a_value_changed_silently_is_found_though_the_file_is_sound(
    desk: Desk, points: Callable[[int], int], figures: Callable[[str, str], None], seed: int
) -> None:
    chance, before = random.Random(seed), desk.database.read_bytes()
    statements = [chance.choice(list(VALUES)) for _ in range(points(30))] + list(VALUES)
    for name in statements:
        desk.sql(VALUES[name])
        assert sound(desk)
        assert refused_or_found(desk), name
        desk.close()
        desk.database.write_bytes(before)
    edited = 0
    clean = rows(desk)
    while edited < points(30):
        desk.database.write_bytes(one_character_edited(before, chance))
        if not sound(desk) or rows(desk) == clean:
            continue  # an index shows it, or the bytes were no row's
        assert refused_or_found(desk)
        desk.close()
        edited += 1
    figures("E17", f"{len(statements) + edited} silent changes in a sound file, all found")


def one_character_edited(data: bytes, chance: random.Random) -> bytes:
    """The file with one Chinese character of some text exchanged for another of equal length."""
    old, new = (chance.choice("奖学金恒源深圳云麓管理院林沈").encode() for _ in range(2))
    places = []
    at = data.find(old)
    while at >= 0:
        places.append(at)
        at = data.find(old, at + 1)
    at = chance.choice(places) if places else 0
    return data[:at] + new + data[at + len(new) :] if places else data


def test_a_build_that_compares_no_rows_would_be_seen(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: only pages and chains, as an integrity check and a log would."""
    desk.sql(VALUES["amount"])
    assert refused_or_found(desk)

    def none(*_: object) -> Iterator[Finding]:
        return iter(())

    monkeypatch.setattr(verify_module, "_rows", none)

    assert not refused_or_found(desk)


def test_a_build_that_breaks_down_on_damage_would_be_seen(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control of `answered`: the driver's own error is no answer."""
    with closing(sqlite3.connect(desk.database)) as database:
        query = "SELECT rootpage FROM sqlite_master WHERE name = 'user_account'"
        (root,) = database.execute(query).fetchone()
    data = desk.database.read_bytes()
    desk.close()
    desk.database.write_bytes(data[: (root - 1) * PAGE] + bytes(PAGE) + data[root * PAGE :])
    assert answered(desk("gift show 1", code=None, lang="en"))
    desk.close()

    monkeypatch.delitem(outcome._BY_SQLITE, sqlite3.SQLITE_CORRUPT)

    assert not answered(desk("gift show 1", code=None, lang="en"))


def test_a_build_that_asks_sqlite_nothing_would_miss_a_torn_index(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other negative control: an index is read by no row."""
    with closing(sqlite3.connect(desk.database)) as database:
        (root,) = database.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'ix_constituent_name'"
        ).fetchone() or (0,)
    assert root
    data = desk.database.read_bytes()
    torn = data[: (root - 1) * PAGE] + secrets.token_bytes(PAGE) + data[root * PAGE :]
    desk.close()
    desk.database.write_bytes(torn)
    assert refused_or_found(desk)
    desk.close()

    monkeypatch.setattr(verify_module, "_pages", lambda _session: iter(()))

    assert not refused_or_found(desk)
