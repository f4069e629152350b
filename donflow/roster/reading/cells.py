"""A raw cell as plain text: half-width, without stray spaces, and empty where it says nothing."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Final

from donflow.domain.halfwidth import halfwidth
from donflow.sheets.reading import Cell


def text_of(cell: Cell) -> str:
    """The cell as half-width text, "" for all the ways to say nothing; lines stay apart.

    Whole numbers come without a decimal point, days in ISO form.
    """
    if isinstance(cell, str):
        return _plain(cell)
    if isinstance(cell, bool):
        return "是" if cell else ""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def written(cell: Cell) -> str:
    """The cell as it was written, Chinese marks kept: full-width letters and digits are mended."""
    if not isinstance(cell, str):
        return text_of(cell)
    if not text_of(cell):
        return ""
    return _tidy(_FULL_WIDTH.sub(lambda found: halfwidth(found.group()), cell))


def joined(text: str) -> str:
    """Without spaces beside a Chinese character; those between Latin words stay, one by one."""
    return re.sub(rf"\s+(?={_HAN}|$)|(?<={_HAN})\s+", "", text).strip()


def number_of(text: str) -> int | None:
    """A number up to 99 in digits or Chinese numerals: 12, 十二, 二十, 廿三; None if it is none."""
    if text.isascii() and text.isdigit():
        return int(text)
    text = text.replace("廿", "二十").replace("两", "二")
    found = re.fullmatch(r"([一二三四五六七八九]?)(十?)([一二三四五六七八九]?)", text)
    if not found or not text:
        return None
    tens, ten, ones = found.groups()
    if not ten:
        return _DIGITS[tens or ones] if len(text) == 1 else None
    return 10 * _DIGITS.get(tens, 1) + _DIGITS.get(ones, 0)


def digits(text: str) -> str:
    """Chinese numerals standing for single digits as digits: 一九六八 is 1968."""
    return text.translate(_DIGIT_SIGNS)


def _plain(text: str) -> str:
    text = _tidy(text if text.isascii() else halfwidth(text))
    return "" if _says_nothing(text) else text


def _tidy(text: str) -> str:
    if not _UNTIDY.search(text):
        return text
    text = _INVISIBLE.sub("", text)
    return _SPACES.sub(lambda found: "\n" if "\n" in found.group() else " ", text).strip()


def _says_nothing(text: str) -> bool:
    return len(text) < 12 and text not in _USUAL and _NOTHING.fullmatch(text) is not None


_HAN: Final = "[\u3400-\u9fff\uf900-\ufaff]"
_INVISIBLE: Final = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad]")
_UNTIDY: Final = re.compile("[\\s\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad]")
_SPACES: Final = re.compile(r"\s+")
_FULL_WIDTH: Final = re.compile("[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\uff20]+")
_BLANK_WORDS: Final = (
    "暂?无|没有|[无没]此项|暂缺|[空缺]|空白|缺失|待(?:补充?|填写?|完善|查|定|核实?|确认|更新)"
    "|未(?:知|填写?|提供|登记|详|录入)|[不末]详|不(?:清楚?|明|知道?|祥|适用)|(?:信息)?不全|略|保密"
    "|失联|请?补充|暂[不未](?:提供|填写?|详)"
)
_NOTHING: Final = re.compile(
    rf"(?i)[-‐-―﹣_/\\|.。,,、·*~+?!\s]*"
    rf"|[(\[【]?(?:{_BLANK_WORDS}|N/?A|none|null|nan|nil|tbd|unknown|x{{2,}})[)\]】]?"
    r"|#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NULL!|NUM!|####*)|#+"
)
_USUAL: Final = frozenset(["男", "女", "汉族", "本科", "硕士", "博士"])
_DIGITS: Final = {sign: number for number, sign in enumerate("零一二三四五六七八九")}
_DIGIT_SIGNS: Final = str.maketrans("〇零○Ｏ一二三四五六七八九", "0000123456789")
