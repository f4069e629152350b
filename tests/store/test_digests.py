"""A digest changes with every value, and tells which column it was."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from donflow.store.base import canonical
from donflow.store.digests import changed_columns, digest, row_digest, row_digests

VALUES: dict[str, object] = {"id": 7, "name": "梁启舟", "on": date(2026, 11, 21), "note": None}


def test_the_same_values_have_the_same_digest_in_any_order() -> None:
    assert digest("person", dict(reversed(VALUES.items()))) == digest("person", VALUES)


def test_the_row_digest_is_the_first_of_the_digest() -> None:
    assert row_digest("person", VALUES) == digest("person", VALUES)[0]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("name", None),
        ("id", 8),
        ("id", "7"),
        ("name", "梁启舟 "),
        ("on", date(2026, 11, 22)),
        ("note", ""),
        ("note", "None"),
        ("note", False),
        ("note", 0),
    ],
)
def test_every_change_of_a_value_shows_and_is_named(column: str, value: object) -> None:
    before, after = digest("person", VALUES), digest("person", {**VALUES, column: value})

    assert before[0] != after[0]
    assert changed_columns(before[1], after[1]) == (column,)


def test_a_new_column_that_old_rows_leave_empty_changes_no_digest() -> None:
    assert digest("person", {**VALUES, "more": None}) == digest("person", VALUES)


def test_a_value_that_came_or_went_is_named() -> None:
    before, after = digest("person", VALUES), digest("person", {**VALUES, "more": "x"})

    assert before[0] != after[0]
    assert changed_columns(before[1], after[1]) == ("more",)
    assert changed_columns(after[1], before[1]) == ("more",)


def test_another_table_has_another_digest() -> None:
    assert row_digest("person", VALUES) != row_digest("gift", VALUES)


def test_bytes_are_not_the_text_of_their_digits() -> None:
    assert row_digest("person", {"key": b"\xab"}) != row_digest("person", {"key": "ab"})


def test_a_moment_has_one_digest_in_all_zones() -> None:
    utc = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
    shanghai = utc.astimezone(timezone(timedelta(hours=8)))

    assert row_digest("person", {"at": utc}) == row_digest("person", {"at": shanghai})
    assert row_digest("person", {"at": utc}) != row_digest("person", {"at": "2026-11-21"})


def test_under_another_salt_every_digest_is_another() -> None:
    """So that an erased row, which gets a new salt, cannot be guessed from its old digests."""
    before, after = (digest("person", {**VALUES, "salt": salt}) for salt in ("s1", "s2"))

    assert before[0] != after[0]
    assert changed_columns(before[1], after[1]) == ("id", "name", "on", "salt")


@pytest.mark.parametrize("value", [0.1, [0.1], {"a": [1, {"b": 2.0}]}, (1.0,)])
def test_floats_are_refused_in_json(value: object) -> None:
    with pytest.raises(TypeError, match="no float"):
        canonical(value)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"b": 1, "a": [True, None]}, '{"a":[true,null],"b":1}'),
        ({"name": "e\u0301"}, '{"name":"\u00e9"}'),
        ({2: (1, "梁")}, '{"2":[1,"梁"]}'),
    ],
)
def test_json_has_one_text(value: object, expected: str) -> None:
    assert canonical(value) == expected


def test_the_digest_of_many_rows_is_that_of_each() -> None:
    names = ["id", "salt", "name", "born", "at", "code", "sealed", "told", "yes", "none"]
    moment = datetime(2026, 9, 21, 12, tzinfo=timezone(timedelta(hours=8)))
    rows = [
        [1, "s", '梁"启\\舟\n', date(1987, 9, 1), moment, 7, b"\x00\xff", {"b": ["é"]}, True, None],
        [2, None, "é", None, None, -1, b"", [], False, None],
        [3, "", "A", date(1987, 9, 1), moment, 0, None, {}, None, None],
    ]

    columns = dict(zip(names, zip(*rows, strict=True), strict=True))
    told = columns.pop("told")
    ready = {"told": ["" if value is None else canonical(value) for value in told]}

    assert row_digests("person", columns, ready) == [
        row_digest("person", dict(zip(names, row, strict=True))) for row in rows
    ]
