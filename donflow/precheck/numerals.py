"""Whole numbers as agreements write them: 5, ５, 五, 伍, 十二, 壹拾贰, 两, 二〇二五, twelve."""

from __future__ import annotations

import re
from typing import Final

from donflow.domain.halfwidth import halfwidth

NUMERAL: Final = (
    r"(?:[0-9０-９]{1,6}|[零〇一二三四五六七八九十两壹贰貳叁參叄肆伍陆陸柒捌玖拾百佰千仟]{1,9})"
)
"""A pattern for what `whole_number` reads; it has no group."""

_ENGLISH: Final = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
]
ENGLISH_NUMERAL: Final = "|".join(sorted(_ENGLISH, key=len, reverse=True)) + "|[0-9]{1,4}"
"""A pattern, of alternatives without brackets, for what `english_number` reads."""


def whole_number(text: str) -> int | None:
    """The number, or None where it is none: 十二 and 一二 are both read as 12."""
    plain = halfwidth(text.strip()).replace(",", "").translate(_PLAIN)
    if plain.isascii() and plain.isdigit():
        return int(plain)
    if plain and all(each in _DIGITS for each in plain):
        return int("".join(str(_DIGITS.index(each)) for each in plain))
    read = re.fullmatch(
        r"(?:(D)千)?零?(?:(D)百)?零?(?:(D?)(十))?零?(D)?".replace("D", f"[{_DIGITS}]"), plain
    )
    if read is None or not plain:
        return None
    thousands, hundreds, tens, has_tens, ones = read.groups()
    digits = [_DIGITS.index(each) if each else 0 for each in (thousands, hundreds, tens, ones)]
    if has_tens and not tens:
        digits[2] = 1
    return digits[0] * 1000 + digits[1] * 100 + digits[2] * 10 + digits[3]


def english_number(text: str) -> int | None:
    """The number of an English word up to fifteen, else what `whole_number` reads."""
    word = text.lower()
    return _ENGLISH.index(word) + 1 if word in _ENGLISH else whole_number(text)


_DIGITS: Final = "零一二三四五六七八九"
_PLAIN: Final = str.maketrans(
    "〇两壹贰貳叁參叄肆伍陆陸柒捌玖拾佰仟", "零二一二二三三三四五六六七八九十百千"
)
