"""Numbers as Word's automatic lists write them (ECMA-376-1, 17.18.59, ST_NumberFormat)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

_HAN: Final = "〇一二三四五六七八九"
_STEMS: Final = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES: Final = "子丑寅卯辰巳午未申酉戌亥"
_ONES: Final = (
    "Zero", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten",
    "Eleven", "Twelve", "Thirteen", "Fourteen", "Fifteen", "Sixteen", "Seventeen", "Eighteen",
    "Nineteen",
)  # fmt: skip
_TENS: Final = ("Twenty", "Thirty", "Forty", "Fifty", "Sixty", "Seventy", "Eighty", "Ninety")


def numeral(number: int, form: str) -> str:
    """The number in a form of Word's; decimal where the form is none that is known."""
    write = _FORMS.get(form)
    return str(number) if write is None or number < 0 else write(number)


def _han(number: int) -> str:
    """一, 十, 十一, 二十, 一百零一, 一千零一十."""
    return _counted(number, _HAN.replace("〇", "零"), "十百千", "万", short_ten=True)


def _counted(number: int, digits: str, units: str, myriad: str, *, short_ten: bool) -> str:
    if number == 0:
        return digits[0]
    if number >= 10_000:
        high, low = divmod(number, 10_000)
        text = _counted(high, digits, units, myriad, short_ten=short_ten) + myriad
        if low:
            text += (digits[0] if low < 1000 else "") + _counted(
                low, digits, units, myriad, short_ten=False
            )
        return text
    text, gap = "", False
    for power in (3, 2, 1, 0):
        digit = number // 10**power % 10
        if digit == 0:
            gap = bool(text)
            continue
        text += (digits[0] if gap else "") + digits[digit] + (units[power - 1] if power else "")
        gap = False
    one_ten = digits[1] + units[0]
    return text[1:] if short_ten and text.startswith(one_ten) else text


def _han_to_ninety_nine(number: int) -> str:
    return _han(number) if number < 100 else _digits(number, "○" + _HAN[1:])


def _japanese(number: int) -> str:
    """Like Chinese, but without 零, and 百 and 千 stand alone: 百一, 千二百."""
    text = _counted(number, _HAN, "十百千", "万", short_ten=True)
    for unit in "百千":
        if text.startswith(f"一{unit}"):
            text = text[1:]
    return text if number == 0 else text.replace("〇", "")


def _legal(number: int) -> str:
    return _counted(number, "零壹贰叁肆伍陆柒捌玖", "拾佰仟", "万", short_ten=False)


def _legal_traditional(number: int) -> str:
    return _counted(number, "零壹貳參肆伍陸柒捌玖", "拾佰仟", "萬", short_ten=False)


def _digits(number: int, digits: str) -> str:
    return "".join(digits[int(digit)] for digit in str(number))


def _letters(number: int) -> str:
    """a … z, aa, bb …"""
    if number < 1:
        return ""
    times, place = divmod(number - 1, 26)
    return chr(ord("a") + place) * min(times + 1, 30)


def _roman(number: int) -> str:
    if not 0 < number < 32_768:
        return str(number)
    text = ""
    for worth, sign in (
        (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
        (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
    ):  # fmt: skip
        text += sign * (number // worth)
        number %= worth
    return text


def _row(first: str, last: int, zero: str = "") -> Callable[[int], str]:
    """Signs that Unicode has in a row from one to `last`; plain figures beyond."""

    def write(number: int) -> str:
        if number == 0 and zero:
            return zero
        return chr(ord(first) + number - 1) if 1 <= number <= last else str(number)

    return write


def _circled(number: int) -> str:
    if 21 <= number <= 35:
        return chr(ord("㉑") + number - 21)
    if 36 <= number <= 50:
        return chr(ord("㊱") + number - 36)
    return _row("①", 20, "⓪")(number)


def _cycle(signs: str) -> Callable[[int], str]:
    def write(number: int) -> str:
        return signs[number - 1] if 1 <= number <= len(signs) else str(number)

    return write


def _sixty(number: int) -> str:
    if number < 1:
        return str(number)
    return _STEMS[(number - 1) % 10] + _BRANCHES[(number - 1) % 12]


def _ordinal(number: int) -> str:
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"


def _cardinal(number: int) -> str:
    if number < 20:
        return _ONES[number]
    if number < 100:
        rest = f"-{_ONES[number % 10].lower()}" if number % 10 else ""
        return _TENS[number // 10 - 2] + rest
    return str(number)


def _ordinal_words(number: int) -> str:
    special = {
        "One": "First", "Two": "Second", "Three": "Third", "Five": "Fifth", "Eight": "Eighth",
        "Nine": "Ninth", "Twelve": "Twelfth",
    }  # fmt: skip
    words = _cardinal(number)
    head, dash, last = words.rpartition("-")
    last = last[:1].upper() + last[1:]
    if last.isdecimal():
        return _ordinal(number)
    ended = special.get(last) or (last[:-1] + "ieth" if last.endswith("y") else last + "th")
    return head + dash + (ended.lower() if dash else ended)


def _full_width(number: int) -> str:
    return str(number).translate({ord("0") + digit: ord("０") + digit for digit in range(10)})


_FORMS: Final[Mapping[str, Callable[[int], str]]] = {
    "decimalZero": lambda number: f"{number:02d}",
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedFullstop": _row("⒈", 20),
    "decimalEnclosedParen": _row("⑴", 20),
    "numberInDash": lambda number: f"- {number} -",
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerLetter": _letters,
    "upperRoman": lambda number: _roman(number).upper(),
    "lowerRoman": _roman,
    "ordinal": _ordinal,
    "cardinalText": _cardinal,
    "ordinalText": _ordinal_words,
    "hex": lambda number: f"{number:X}",
    "chicago": lambda number: "*†‡§"[(number - 1) % 4] * ((number - 1) // 4 + 1) if number else "",
    "chineseCounting": _han_to_ninety_nine,
    "taiwaneseCounting": _han_to_ninety_nine,
    "chineseCountingThousand": _han,
    "taiwaneseCountingThousand": _han,
    "ideographDigital": lambda number: _digits(number, _HAN),
    "taiwaneseDigital": lambda number: _digits(number, "○" + _HAN[1:]),
    "koreanDigital2": lambda number: _digits(number, "零" + _HAN[1:]),
    "japaneseDigitalTenThousand": lambda number: _digits(number, _HAN),
    "japaneseCounting": _japanese,
    "japaneseLegal": _legal_traditional,
    "chineseLegalSimplified": _legal,
    "ideographLegalTraditional": _legal_traditional,
    "ideographTraditional": _cycle(_STEMS),
    "ideographZodiac": _cycle(_BRANCHES),
    "ideographZodiacTraditional": _sixty,
    "ideographEnclosedCircle": _row("㊀", 10),
    "none": lambda _number: "",
    "bullet": lambda _number: "",
}
