"""Very many gifts that wait to be taken up, made in the database from one that was registered."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection, inspect

from tests import databases
from tests.journeys.desk import Desk

DAY: Final = "2026-03-03"
BEFORE_TAKING_UP: Final = (
    "gift contact 1 --channel phone --note 已说明捐赠流程和隐私告知",
    f"gift edit 1 --restricted --pay-by 2026-05-29 --notice-given-on {DAY}"
    " --beneficiary 云麓大学管理学院",
)
STEP: Final = "take_up"

PADDED: Final = (
    "CASE WHEN n.i < 10 THEN '000' WHEN n.i < 100 THEN '00' WHEN n.i < 1000 THEN '0' ELSE '' END"
    " || n.i"
)
# What is each gift's own; all else is as of the first. Sorted as they refer to each other.
OWN: Final = {
    "gift": {"id": "n.i", "serial": "n.i", "number": f"'G2026-' || {PADDED}"},
    "contact": {"gift_id": "n.i"},
    "instalment": {"gift_id": "n.i"},
    "stage_change": {"gift_id": "n.i", "subject_id": "n.i"},
    "journal_head": {"subject_id": "n.i"},
    "journal_event": {"subject_id": "n.i"},
}
OF_THE_FIRST: Final = {
    "gift": "id = 1",
    "contact": "gift_id = 1",
    "instalment": "gift_id = 1",
    "stage_change": "gift_id = 1 AND subject_type = 'gift'",
    "journal_head": "subject_id = 1 AND subject_type = 'gift'",
    "journal_event": "subject_id = 1 AND subject_type = 'gift'",
}


def many_gifts(desk: Desk, count: int) -> None:
    """Bring gift 1 of an office at the milestone `intent` to where it can be taken up.

    Then let there be `count` gifts like it, each with what was recorded of the first, its history
    and its chain in the journal. The chains are copies, so that `verify` would not pass them.
    """
    for line in BEFORE_TAKING_UP:
        desk(line, day=DAY)
    desk.close()
    more_gifts(desk.url, 2, count)


def more_gifts(url: str, first: int, last: int) -> None:
    """Copies of gift 1 under the numbers from `first` to `last`."""
    with databases.connected(url) as connection:
        for table in OWN:
            connection.exec_driver_sql(_copying(connection, table, first, last))


def _copying(connection: Connection, table: str, first: int, last: int) -> str:
    own = OWN[table]
    names = [column["name"] for column in inspect(connection).get_columns(table)]
    # Other keys are drawn by the database; `on` is a word of SQL.
    kept = [name for name in names if name != "id" or "id" in own]
    into = ", ".join(f'"{name}"' for name in kept)
    chosen = ", ".join(own.get(name, f'old."{name}"') for name in kept)
    return (
        f'INSERT INTO "{table}" ({into})'
        f" WITH RECURSIVE n(i) AS (SELECT {first} UNION ALL SELECT i + 1 FROM n WHERE i < {last})"
        f" SELECT {chosen} FROM n, {table} AS old WHERE {OF_THE_FIRST[table]}"
    )
