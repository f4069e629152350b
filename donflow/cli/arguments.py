"""The types of arguments, and the options that lists share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from donflow.domain.money import Money, money
from donflow.errors import N_, DonflowError


class NotADay(DonflowError):
    code = "not_a_day"
    message = N_("“{text}” is not a day.")
    remedy = N_("Write it as 2026-03-09.")


class DayType(click.ParamType[date]):
    """A day as 2026-03-09, 2026/3/9 or 2026年3月9日."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        text = str(value).strip().replace("年", "-").replace("月", "-").replace("日", "")
        try:
            return datetime.strptime(text.replace("/", "-"), "%Y-%m-%d").date()  # noqa: DTZ007
        except ValueError as fault:
            raise NotADay(text=str(value)) from fault


class MoneyType(click.ParamType[Money]):
    """An amount as people write it: 500000, 500,000.00, 50万."""

    name = "amount"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Money:
        return value if isinstance(value, Money) else money(str(value))


DAY, MONEY = DayType(), MoneyType()
FILE = click.Path(exists=False, dir_okay=False, path_type=Path)

json_option = click.option("--json", "as_json", is_flag=True, help=N_("Answer as JSON."))
xlsx_option = click.option(
    "--xlsx", type=FILE, metavar=N_("FILE"), help=N_("Write the list to an Excel file.")
)


def listed(command: Callable[..., Any]) -> Callable[..., Any]:
    """The two options that every list takes."""
    wrapped: Callable[..., Any] = json_option(xlsx_option(command))
    return wrapped
