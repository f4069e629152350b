"""The hand-off journal: a line is whole or nothing, and one letter's lines are found among many."""

from __future__ import annotations

import os
import tracemalloc
from datetime import timedelta
from pathlib import Path
from time import perf_counter

import pytest

from donflow.outbox import fencing, handoff
from donflow.outbox.delivering import deliver_due
from donflow.outbox.handoff_index import FILE as INDEX
from donflow.outbox.handoff_index import handoffs_of
from donflow.outbox.models import LetterState
from donflow.outbox.readying import ready_due
from donflow.outbox.recovering import recover
from donflow.post.reply import Outcome
from donflow.store.session import Store, reading
from donflow.store.verify import verify_store
from tests.outbox.letters import NOW, Post, letter_of, plan_letters

ONE, TWO, THREE = (f"{name}.0@example.org" for name in ("one", "two", "three"))
TOKEN = "a" * 32


class FullDisk:
    """Takes so many bytes of the journal, then no more; says nothing, as an operating system."""

    def __init__(self, takes: int) -> None:
        self.takes = takes
        self.write = os.write

    def __call__(self, handle: int, data: bytes) -> int:
        if not data.startswith(b"\n"):
            return self.write(handle, data)
        taken = self.write(handle, data[: self.takes])
        self.takes -= taken
        return taken


@pytest.mark.parametrize("takes", [0, 1, 20, 60])
def test_a_line_that_was_not_taken_whole_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, takes: int
) -> None:
    handoff.begin_file(tmp_path)
    monkeypatch.setattr(os, "write", FullDisk(takes))

    with pytest.raises(OSError, match="space"):
        handoff.begun(tmp_path, ONE, TOKEN, 1, NOW)


def test_a_line_is_on_disk_when_it_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    handoff.begin_file(tmp_path)
    log, on_disk = tmp_path / handoff.FILE, list[int]()
    monkeypatch.setattr(os, "fsync", lambda _handle: on_disk.append(log.stat().st_size))

    handoff.begun(tmp_path, ONE, TOKEN, 1, NOW)
    handoff.answered(tmp_path, ONE, TOKEN, 1, Outcome.ACCEPTED, 250)

    assert len(on_disk) == 2
    assert on_disk[-1] == log.stat().st_size


@pytest.mark.parametrize("takes", [0, 1, 20, 60])
def test_where_the_disk_is_full_at_the_fence_nothing_leaves_and_it_is_tried_again(
    store: Store, post: Post, monkeypatch: pytest.MonkeyPatch, takes: int
) -> None:
    (number,) = plan_letters(store)
    ready_due(store, post.home, hands=post.hands(), now=NOW, actor=None)
    handoff.begin_file(post.home)
    with monkeypatch.context() as patch:
        patch.setattr(os, "write", FullDisk(takes))
        deliver_due(store, post.home, hands=post.hands(), clock=lambda: NOW)

    assert post.sent == []
    assert letter_of(store, number).state == LetterState.RETRY_WAIT
    later = NOW + timedelta(minutes=15)
    recover(store, post.home, now=later, actor=None)
    ready_due(store, post.home, hands=post.hands(), now=later, actor=None)
    deliver_due(store, post.home, hands=post.hands(), clock=lambda: later)
    assert len(post.sent) == 1
    with reading(store) as session:
        assert verify_store(session) == ()


def test_a_line_that_got_to_the_disk_although_writing_failed_is_answered(
    store: Store, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    (number,) = plan_letters(store)
    ready_due(store, post.home, hands=post.hands(), now=NOW, actor=None)
    begun = handoff.begun

    def written_yet_failed(*said: object) -> None:
        begun(*said)  # type: ignore[arg-type]
        raise OSError

    with monkeypatch.context() as patch:
        patch.setattr(fencing.handoff, "begun", written_yet_failed)
        deliver_due(store, post.home, hands=post.hands(), clock=lambda: NOW)

    letter = letter_of(store, number)
    handed = handoffs_of(post.home, [letter.message_id or ""]).last_of(letter.message_id or "")
    assert handed is not None
    assert (letter.state, handed.outcome) == (LetterState.RETRY_WAIT, Outcome.BODY_NOT_TAKEN)
    later = NOW + timedelta(minutes=15)
    ready_due(store, post.home, hands=post.hands(), now=later, actor=None)
    deliver_due(store, post.home, hands=post.hands(), clock=lambda: later)
    assert letter_of(store, number).state == LetterState.SENT


def said(home: Path, *message_ids: str) -> dict[str, list[Outcome | None]]:
    found = handoffs_of(home, message_ids).by_letter
    return {letter: [each.outcome for each in handed] for letter, handed in found.items()}


def test_the_lines_of_a_letter_are_found_as_they_are_written(tmp_path: Path) -> None:
    assert said(tmp_path, ONE) == {}
    handoff.begun(tmp_path, ONE, TOKEN, 1, NOW)
    handoff.begun(tmp_path, TWO, TOKEN, 1, NOW)
    assert said(tmp_path, ONE, THREE) == {"one.0": [None]}

    handoff.answered(tmp_path, ONE, TOKEN, 1, Outcome.LATER, 451)
    handoff.begun(tmp_path, ONE, TOKEN, 2, NOW)

    assert said(tmp_path, ONE) == {"one.0": [Outcome.LATER, None]}
    whole = handoff.read_handoffs(tmp_path / handoff.FILE)
    assert handoffs_of(tmp_path, [ONE, TWO]).by_letter == whole.by_letter


def test_a_line_that_is_not_whole_yet_is_found_when_it_is(tmp_path: Path) -> None:
    handoff.begun(tmp_path, ONE, TOKEN, 1, NOW)
    log = tmp_path / handoff.FILE
    line = f"\nH {TWO} {TOKEN} 1 2026-09-25T01:30:00+00:00 .\n".encode()
    whole = log.read_bytes()
    for cut in (1, 20, len(line) - 1):
        log.write_bytes(whole + line[:cut])
        said(tmp_path, TWO)
    log.write_bytes(whole + line)

    assert said(tmp_path, ONE, TWO) == {"one.0": [None], "two.0": [None]}


@pytest.mark.parametrize("harm", ["another journal", "gone", "no database", "a folder"])
def test_an_index_that_does_not_fit_is_made_anew_or_done_without(tmp_path: Path, harm: str) -> None:
    handoff.begun(tmp_path, ONE, TOKEN, 1, NOW)
    said(tmp_path, ONE)
    index = tmp_path / INDEX
    match harm:
        case "another journal":
            (tmp_path / handoff.FILE).unlink()
            for letter in (THREE, ONE, TWO):
                handoff.begun(tmp_path, letter, "b" * 32, 1, NOW)
        case "gone":
            index.unlink()
        case "no database":
            index.write_bytes(b"x" * 5000)
        case _:
            index.unlink()
            index.mkdir()

    for _again in range(2):
        assert said(tmp_path, ONE) == {"one.0": [None]}
    if harm == "another journal":
        assert handoffs_of(tmp_path, [ONE]).by_letter["one.0"][0].token == "b" * 32


def test_among_many_letters_one_is_found_at_once_and_in_little_memory(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """600,000 letters with --long: 129 MB. The limits are those of one waking of the clock."""
    count = 600_000 if request.config.getoption("--long") else 20_000
    with (tmp_path / handoff.FILE).open("w", encoding="ascii") as log:
        for number in range(count):
            log.write(f"\nH k{number}.0@example.org {TOKEN} 1 2026-09-25T01:30:00+00:00 .\n")
            log.write(f"\nR k{number}.0@example.org {TOKEN} 1 accepted 250 .\n")
    said(tmp_path, ONE)

    asked = [f"k{number}.0@example.org" for number in range(0, count, count // 200)]

    tracemalloc.start()
    began = perf_counter()
    found = said(tmp_path, *asked)
    took, (_, most) = perf_counter() - began, tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert len(found) == 200
    assert all(outcomes == [Outcome.ACCEPTED] for outcomes in found.values())
    assert took < 0.3
    assert most < 50 * 2**20
