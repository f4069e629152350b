"""The checker of the crash experiments bites: each kind of loss, tear and untrue word is found."""

from __future__ import annotations

import shutil
from collections.abc import Callable

import pytest

from tests.experiments.crash_check import Imprint, after_crash, imprint, unfit_answers
from tests.journeys.desk import Desk

LINE = (
    "review remark 1 第三条请写明到账期限 --for reviewer --evidence 材料/审核意见.pdf"
    " --request-key a"
)
TOLD = [(0, "done", "")]


@pytest.fixture
def done(office_at: Callable[..., Desk]) -> tuple[Desk, list[Imprint]]:
    """An office after the line, and what it showed before and after."""
    desk = office_at("review")
    before = imprint(desk)
    desk(LINE)
    return desk, [before, imprint(desk)]


def test_what_was_told_and_is_stored_is_well(done: tuple[Desk, list[Imprint]]) -> None:
    assert after_crash(done[0], [LINE], done[1], TOLD) == []


def test_what_was_told_and_is_not_stored_is_found(
    done: tuple[Desk, list[Imprint]], office_at: Callable[..., Desk]
) -> None:
    fresh = office_at("review")
    assert after_crash(fresh, [LINE], done[1], []) == []
    assert "1 lines told for sure, 0 stored" in after_crash(
        office_at("review"), [LINE], done[1], TOLD
    )


def test_what_was_refused_and_is_stored_is_found(done: tuple[Desk, list[Imprint]]) -> None:
    desk, course = done
    found = after_crash(desk, [LINE], course, [(1, "", "The disk is full; nothing was changed.")])
    assert "0 lines told for sure, 1 stored" in found


def test_what_nobody_answered_and_no_report_explains_is_found(
    done: tuple[Desk, list[Imprint]],
) -> None:
    (found,) = after_crash(done[0], [LINE], done[1], [])
    assert found.startswith("the report does not say that it is stored")


@pytest.mark.parametrize(
    ("statement", "word"),
    [
        ("UPDATE gift SET stage = 'sealing'", "the next command"),
        ("DELETE FROM request", "the next command"),
        ("UPDATE gift SET row_version = row_version + 1", "the next command"),
    ],
)
def test_what_is_torn_is_found(done: tuple[Desk, list[Imprint]], statement: str, word: str) -> None:
    desk, course = done
    desk.sql(statement)
    assert any(word in found for found in after_crash(desk, [LINE], course, TOLD))


def test_a_row_without_its_file_is_found(done: tuple[Desk, list[Imprint]]) -> None:
    desk, course = done
    shutil.rmtree(desk.home / "vault")
    assert after_crash(desk, [LINE], course, TOLD)


@pytest.mark.parametrize(
    "answer",
    [
        (1, "", "Traceback (most recent call last):"),
        (1, "", "donflow itself failed (OSError)."),
        (1, "", ""),
        (2, "", "The gift is not ready."),
    ],
)
def test_an_answer_that_is_no_clear_word_is_found(answer: tuple[int, str, str]) -> None:
    assert unfit_answers([answer])
    assert not unfit_answers([(1, "", "The disk is full; nothing was changed.")])
