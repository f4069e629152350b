"""What one cell gave: values by column, and reasons for what it says and nobody could read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from donflow.errors import say
from donflow.roster.reading.rows import Column, Unread


@dataclass(frozen=True, slots=True)
class Found:
    """What a cell says. `births` are the days an ambiguous birth can mean, `other_names` former."""

    values: Mapping[Column, str] = field(default_factory=dict)
    unread: tuple[Unread, ...] = ()
    births: tuple[str, ...] = ()
    other_names: tuple[str, ...] = ()


NOTHING: Final = Found()


def one(column: Column, value: str) -> Found:
    """A single value."""
    return Found({column: value})


def unreadable(column: Column, message: str) -> Found:
    """Nothing but the reason, a marked message id."""
    return Found(unread=(Unread(column, say(message)),))
