"""The types of arguments, and the options that lists share."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from donflow.cli.naming import word_for
from donflow.domain.money import Money, money
from donflow.errors import N_, DonflowError, Sentence, say

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


class OneForm(DonflowError):
    code = "one_form"
    message = N_("A list comes as JSON or as an Excel file, not as both.")
    remedy = N_("Leave out --json or --xlsx.")


class NotADay(DonflowError):
    code = "not_a_day"
    message = N_("“{text}” is not a day.")
    remedy = N_("Write it as 2026-03-09.")


DAYS_AGO = {"今天": 0, "昨天": 1, "前天": 2, "today": 0, "yesterday": 1}


class DayType(click.ParamType[date]):
    """A day as 2026-03-09, 2026/3/9, 2026年3月9日, or 今天, 昨天, 前天."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        if ctx is not None and (said := str(value).strip().lower()) in DAYS_AGO:
            today: date = ctx.find_root().obj.today()
            return today - timedelta(days=DAYS_AGO[said])
        text = str(value).strip().replace("年", "-").replace("月", "-").replace("日", "")
        try:
            return datetime.strptime(text.replace("/", "-"), "%Y-%m-%d").date()  # noqa: DTZ007
        except ValueError as fault:
            raise NotADay(text=str(value)) from fault


class FutureDay(DonflowError):
    code = "future_day"
    message = N_("{day} is still to come; an act is recorded on or after its day.")


class PastDayType(DayType):
    """The day of something that has happened: today at the latest."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        day = super().convert(value, param, ctx)
        if ctx is not None and day > ctx.find_root().obj.today():
            raise FutureDay(day=day)
        return day


class IsAFolder(DonflowError):
    code = "is_a_folder"
    message = N_("{file} is a folder, not a file.")


class FileType(click.ParamType[Path]):
    """A file to read or to write; that it is there is asked when it is read."""

    name = "file"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        path = Path(value)
        if path.is_dir():
            raise IsAFolder(file=str(path))
        return path

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        from click.shell_completion import CompletionItem

        return [CompletionItem(incomplete, type="file")]


class NotANumber(DonflowError):
    code = "not_a_number"
    message = N_("“{text}” is not a number.")
    remedy = N_("Write it in figures, such as 1.")


class NumberTooLarge(DonflowError):
    code = "number_too_large"
    message = N_("{text} is larger than any number here.")


class NumberType(click.ParamType[int]):
    """A whole number from 1: of a remark, a copy, an order."""

    name = "number"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        text = str(value).strip()
        if not (text.isascii() and text.isdigit()):
            raise NotANumber(text=text)
        if len(text) > 9:
            raise NumberTooLarge(text=text)
        return int(text)


class NumberOutside(DonflowError):
    code = "number_outside"
    message = N_("{text} cannot stand here: it is a number from {least} to {most}.")


class RangeType(NumberType):
    """A whole number between two, both included."""

    def __init__(self, least: int, most: int) -> None:
        self.least, self.most = least, most

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        number = super().convert(value, param, ctx)
        if not self.least <= number <= self.most:
            raise NumberOutside(text=str(number), least=self.least, most=self.most)
        return number


class MoneyType(click.ParamType[Money]):
    """An amount as people write it: 500000, 500,000.00, 50万, 五十万."""

    name = "amount"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Money:
        if isinstance(value, Money):
            return value
        return _in_words(str(value)) or money(str(value))


def _in_words(text: str) -> Money | None:
    """The sum that Chinese numerals say without a doubt; 三万五 may mean two sums."""
    if text.isascii():
        return None
    from donflow.domain.rmb_words import Fault, parse_words  # seldom needed, and not for nothing

    casual = {Fault.ORDINARY_NUMERALS, Fault.LIANG, Fault.MISSING_YUAN, Fault.MISSING_ZHENG}
    read = parse_words(text)
    return read.amount if casual.issuperset(read.faults) else None


class NotAChoice(DonflowError):
    code = "not_a_choice"
    message = N_("“{given}” is none of the words that can stand here.")
    remedy = N_("Write one of: {known}.")


class NamedChoice(click.Choice[str]):
    """One of the codes in `names`; its word in the reader's language is taken as well."""

    def __init__(self, names: Mapping[str, str]) -> None:
        super().__init__(list(names))
        self.names = names

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        for code, word in self.words(ctx).items():
            if value in (code, word):
                return code
        raise NotAChoice(given=str(value), known=self.known(ctx))

    def known(self, ctx: click.Context | None) -> tuple[Sentence | str, ...]:
        """Each word with its code behind it, where they differ."""
        return tuple(
            say(N_("{word} ({code})"), word=word, code=code) if word != code else word
            for code, word in self.words(ctx).items()
        )

    def words(self, ctx: click.Context | None) -> dict[str, str]:
        """Each code with its word in the reader's language."""
        shell = ctx.find_root().obj if ctx else None
        if shell is None:
            return dict(self.names)
        return {code: str(shell.words(word_for(self.names, code))) for code in self.names}


DAY, PAST_DAY, MONEY = DayType(), PastDayType(), MoneyType()
FILE, NUMBER = FileType(), NumberType()
YEAR = RangeType(1850, 2200)

json_option = click.option("--json", "as_json", is_flag=True, help=N_("Answer as JSON."))
xlsx_option = click.option(
    "--xlsx", type=FILE, metavar=N_("FILE"), help=N_("Write the list to an Excel file.")
)


def listed(command: Callable[..., Any]) -> Callable[..., Any]:
    """The two options that every list takes: one or the other."""

    @functools.wraps(command)
    def either(*given: Any, as_json: bool, xlsx: Path | None, **named: Any) -> Any:
        if as_json and xlsx is not None:
            raise OneForm
        return command(*given, as_json=as_json, xlsx=xlsx, **named)

    wrapped: Callable[..., Any] = json_option(xlsx_option(either))
    return wrapped
