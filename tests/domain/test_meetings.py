"""How meetings are titled."""

from __future__ import annotations

import pytest

from donflow.domain.meetings import MeetingKind, meeting_title, ordinal


@pytest.mark.parametrize(
    ("number", "word"),
    [
        (1, "一"),
        (10, "十"),
        (11, "十一"),
        (20, "二十"),
        (21, "二十一"),
        (99, "九十九"),
        (100, "100"),
    ],
)
def test_a_number_is_written_as_titles_write_it(number: int, word: str) -> None:
    assert ordinal(number) == word


@pytest.mark.parametrize("kind", MeetingKind)
def test_every_kind_has_a_title_with_both_numbers(kind: MeetingKind) -> None:
    title = meeting_title(kind, 4, 3)
    assert title.startswith("第四届")
    assert "第三次" in title
