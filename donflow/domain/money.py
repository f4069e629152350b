"""A sum of money: whole minor units, read from what a person types, shown as figures."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from donflow.domain.halfwidth import halfwidth, quoted
from donflow.errors import N_, DonflowError, say

TOO_LARGE: Final = 10**15
"""Sums are below ten million million yuan; here in minor units."""


class NotAnAmount(DonflowError):
    """The text cannot be read as a sum of money in the currency asked for."""

    code = "not_an_amount"
    message = N_("“{text}” is not an amount of money in {currency}.")
    remedy = N_("Write it in figures, such as 500000.00 or 500,000.00.")


class NegativeAmount(NotAnAmount):
    code = "negative_amount"
    message = N_("“{text}” is below zero.")
    remedy = N_("Write the amount without a minus sign, such as 500000.00.")


class TooManyDecimals(NotAnAmount):
    code = "too_many_decimals"
    message = N_("“{text}” has more than two decimals.")
    remedy = N_("Write at most two decimals, such as 500000.00.")


class AmountTooLarge(NotAnAmount):
    code = "amount_too_large"
    message = N_("“{text}” is too large: an amount is below 10,000,000,000,000.00.")
    remedy = N_("Check the number of digits; write it such as 500,000.00.")


@dataclass(frozen=True, slots=True)
class Money:
    """`minor` hundredths of one unit of `currency` (three capitals, ISO 4217).

    Hundredths for every currency, also those without minor units: one column, one rule. May be
    below zero as the difference of two sums. Adding or ordering two currencies is our own
    mistake and raises TypeError; they are merely unequal.
    """

    minor: int
    currency: str = "CNY"

    def __post_init__(self) -> None:
        if type(self.minor) is not int:
            raise TypeError(f"minor units are whole numbers, not {self.minor!r}")
        if not re.fullmatch("[A-Z]{3}", self.currency):
            raise ValueError(f"not a currency code: {self.currency!r}")

    @staticmethod
    def parse(text: str, currency: str = "CNY") -> Money:
        """Read what a person typed: `500000`, `￥500,000.00`, `50万元`, `1亿2000万`.

        A sum in another currency than `currency` is refused, not converted. Raises NotAnAmount.
        """
        return money(text, currency)

    def __add__(self, other: Money) -> Money:
        return Money(self.minor + self._same(other).minor, self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.minor - self._same(other).minor, self.currency)

    def __neg__(self) -> Money:
        return Money(-self.minor, self.currency)

    def __abs__(self) -> Money:
        return Money(abs(self.minor), self.currency)

    def __mul__(self, times: int) -> Money:
        return Money(self.minor * times, self.currency)

    __rmul__ = __mul__

    def __lt__(self, other: Money) -> bool:
        return self.minor < self._same(other).minor

    def __le__(self, other: Money) -> bool:
        return self.minor <= self._same(other).minor

    def __gt__(self, other: Money) -> bool:
        return self.minor > self._same(other).minor

    def __ge__(self, other: Money) -> bool:
        return self.minor >= self._same(other).minor

    def __bool__(self) -> bool:
        return self.minor != 0

    def __str__(self) -> str:
        return f"{self.currency} {figures(self)}"

    def _same(self, other: Money) -> Money:
        if not isinstance(other, Money) or other.currency != self.currency:
            raise TypeError(f"{other!r} is not in {self.currency}")
        return other


def money(text: str, currency: str = "CNY") -> Money:
    """Read what a person typed, as `Money.parse` does."""
    from fractions import Fraction  # only reading a sum needs it, showing one does not

    given = {"text": quoted(text), "currency": say(_CURRENCIES.get(currency, currency))}
    positive, bare = _without_marks(halfwidth(text[:_LONGEST]).strip(), currency)
    read = re.fullmatch(_SUM, bare)
    if read is None or len(text) > _LONGEST:
        raise NotAnAmount(**given)
    if not positive:
        raise NegativeAmount(**given)
    number = Fraction(read["number"].replace(",", "")) * _SCALES[read["scale"]]
    minor = (number + int(read["yi"] or 0) * _SCALES["亿"]) * 100
    if minor >= TOO_LARGE:
        raise AmountTooLarge(**given)
    if minor != int(minor) or (not read["scale"] and len(read["decimals"] or "") > 2):
        raise TooManyDecimals(**given)
    return Money(int(minor), currency)


def figures(amount: Money) -> str:
    """`500,000.00`, without the currency."""
    return f"{'-' * (amount.minor < 0)}{abs(amount.minor) // 100:,}.{abs(amount.minor) % 100:02}"


def plain(amount: Money) -> str:
    """`500000.00`, for files and machines; `money` reads it back."""
    return figures(amount).replace(",", "")


def symbol_figures(amount: Money) -> str:
    """`￥500,000.00`, as agreements show it beside the words."""
    sign = "-" * (amount.minor < 0)
    return f"{sign}{_SYMBOLS.get(amount.currency, amount.currency + ' ')}{figures(abs(amount))}"


def short(amount: Money) -> str:
    """`50万元`, `1.2亿元`, `9,800元`: the form of boards; 约 goes before what had to be rounded.

    Rounded half up to two decimals of 万 or 亿; below 1万 nothing is rounded.
    """
    minor, unit = abs(amount.minor), _UNITS.get(amount.currency, amount.currency)
    sign = "-" * (amount.minor < 0)
    if minor < 10**6:
        return f"{sign}{figures(abs(amount)).removesuffix('.00')}{unit}"
    # From 99,999,950.00 on, 万 would round to 10000.
    scale, name = (10**10, "亿") if minor >= 10**10 - 5000 else (10**6, "万")
    hundredths = (minor * 100 + scale // 2) // scale
    about = "约" * (hundredths * scale != minor * 100)
    number = f"{hundredths // 100}.{hundredths % 100:02}".rstrip("0").rstrip(".")
    return f"{about}{sign}{number}{name}{unit}"


def split_evenly(total: Money, parts: int) -> tuple[Money, ...]:
    """Split into `parts` (at least 1) sums that add up to `total` and differ by 0.01 at most.

    The later parts are the larger ones.
    """
    if parts < 1:
        raise ValueError(f"cannot split into {parts} parts")
    share, rest = divmod(total.minor, parts)
    return tuple(Money(share + (index >= parts - rest), total.currency) for index in range(parts))


_CURRENCIES: Final = {"CNY": N_("CNY")}


def _without_marks(text: str, currency: str) -> tuple[bool, str]:
    """Whether no minus stood before the sum, and the sum without the marks of its currency."""
    before, after = _MARKS.get(currency, (currency, currency))
    sign = "[-−–]?"
    bare = re.sub(rf"(?i)^{sign}\s*(?:(?:{before})\s*){{0,2}}{sign}", "", text)
    positive = re.search("[-−–]", text[: len(text) - len(bare)]) is None
    return positive, re.sub(rf"(?i)(?:\s*(?:{after})){{1,2}}$", "", bare).strip()


_LONGEST: Final = 60
_SUM: Final = (
    # A compound such as 1亿2000万: whole 亿, then at most four figures of 万.
    r"(?:(?P<yi>[0-9]+)\s*亿\s*(?=[0-9]{1,4}\s*万))?"
    r"(?P<number>(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.(?P<decimals>[0-9]+))?)"
    r"\s*(?P<scale>[亿万]?)"
)
_SCALES: Final = {"": 1, "万": 10**4, "亿": 10**8}
_MARKS: Final = {
    "CNY": ("人民币|人民幣|RMB|CNY|¥|￥", "[元圆圓块][整正]?|人民币|RMB|CNY"),
    "USD": (r"USD|US\$", "USD|美元"),
    "HKD": (r"HKD|HK\$", "HKD|港元|港币"),
    "EUR": ("EUR|€", "EUR|欧元"),
    "GBP": ("GBP|£", "GBP|英镑"),
}
_SYMBOLS: Final = {"CNY": "￥", "USD": "US$", "HKD": "HK$", "EUR": "€", "GBP": "£"}
_UNITS: Final = {"CNY": "元", "USD": "美元", "HKD": "港元", "EUR": "欧元", "GBP": "英镑"}
