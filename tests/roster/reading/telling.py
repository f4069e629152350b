"""What a cell gave, in short, for tables of cases."""

from __future__ import annotations

from donflow.roster.reading.found import Found


def told(found: Found) -> dict[str, str]:
    """Values by the names of `--json`."""
    return {column.value: value for column, value in found.values.items()}


def reasons(found: Found) -> list[str]:
    """The columns and message ids of what was not read."""
    return [f"{one.column.value}: {one.reason.message}" for one in found.unread]
