"""The options that say which people a list is of, the same for every list of the roster."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import click

from donflow.cli.arguments import YEAR
from donflow.errors import N_
from donflow.reports.selection import Selection

_OPTIONS = (
    click.option(
        "--class", "class_text", metavar=N_("TEXT"), help=N_("A part of the class: 2009级会计1班.")
    ),
    click.option("--year", type=YEAR, metavar=N_("YEAR"), help=N_("The year of enrolment.")),
    click.option("--grad", type=YEAR, metavar=N_("YEAR"), help=N_("The year of graduation.")),
    click.option("--major", metavar=N_("TEXT"), help=N_("A part of the major.")),
    click.option("--degree", metavar=N_("TEXT"), help=N_("The degree, such as 本科, 硕士, MBA.")),
    click.option("--city", metavar=N_("TEXT"), help=N_("A part of the city.")),
    click.option("--segment", metavar=N_("TEXT"), help=N_("The segment, such as 百.")),
    click.option(
        "--chapter", "chapter_name", metavar=N_("CHAPTER"), help=N_("Members of this chapter.")
    ),
    click.option("--unreached", is_flag=True, help=N_("Only whom nobody can reach.")),
)


def selected(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command those options; it gets them as one `selection`."""

    @functools.wraps(command)
    def with_selection(*given: Any, **named: Any) -> Any:
        told = {name: named.pop(name) for name in Selection.__dataclass_fields__}
        return command(*given, selection=Selection(**told), **named)

    wrapped: Callable[..., Any] = with_selection
    for option in reversed(_OPTIONS):
        wrapped = option(wrapped)
    return wrapped
