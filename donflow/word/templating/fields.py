"""The fields that a template asks for: their kinds, and how a value of each kind is written."""

from __future__ import annotations

import datetime
import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from donflow.errors import Label


class FieldType(StrEnum):
    """How a value is printed. Values come ready for print: reckoning is the caller's business."""

    TEXT = "text"  # one line
    LINES = "lines"  # each line becomes a paragraph; the mark stands alone in its own
    MONEY = "money"  # 500,000.00
    WORDS = "words"  # 伍拾万元整
    DATE = "date"  # 2026年9月1日
    INTEGER = "integer"  # 15
    PERCENT = "percent"  # 3%
    COPIES = "copies"  # 肆
    ACCOUNT = "account"  # digits of a bank account
    USCC = "uscc"  # 统一社会信用代码, 18 places (GB 32100)
    RESIDENT = "resident"  # 公民身份号码, 18 places (GB 11643)
    CHOICE = "choice"  # one of the choices; chooses a clause, is not printed


@dataclass(frozen=True)
class FieldSpec:
    """One field: its name in the marks, its name for people, its kind, whether it must be given.

    `line` is where fields.yaml declares it.
    """

    name: str
    label: Label
    type: FieldType
    required: bool = True
    example: str = ""
    choices: tuple[str, ...] = ()
    line: int = 0


def is_well_written(value: str, field: FieldSpec) -> bool:
    """Whether a value is written as its kind asks. Check digits and sums are judged elsewhere."""
    if field.type is FieldType.CHOICE:
        return value in field.choices
    if field.type is FieldType.DATE:
        return _is_date(value)
    shape = _SHAPES.get(field.type)
    return shape is None or shape.fullmatch(value) is not None


def has_forbidden_character(value: str, field: FieldSpec) -> bool:
    """Whether a value holds what no paper may hold: controls, invisible or direction marks.

    A new line is allowed where the kind is LINES. A character that this Python does not know yet
    (rare surnames of newer Unicode blocks) is allowed.
    """
    allowed = "\n" if field.type is FieldType.LINES else ""
    return any(_is_forbidden(character) for character in value if character not in allowed)


def _is_forbidden(character: str) -> bool:
    point = ord(character)
    no_character = point & 0xFFFE == 0xFFFE or 0xFDD0 <= point <= 0xFDEF
    return no_character or unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"}


def _is_date(value: str) -> bool:
    found = re.fullmatch(r"([1-9][0-9]{3})年([1-9][0-9]?)月([1-9][0-9]?)日", value)
    if found is None:
        return False
    year, month, day = map(int, found.groups())
    try:
        datetime.date(year, month, day)
    except ValueError:
        return False
    return True


_SHAPES = {
    FieldType.MONEY: re.compile(r"(0|[1-9][0-9]{0,2}(,[0-9]{3})*)\.[0-9]{2}"),
    FieldType.WORDS: re.compile(r"[零壹贰叁肆伍陆柒捌玖拾佰仟万亿元角分整]+"),
    FieldType.INTEGER: re.compile(r"0|[1-9][0-9]*"),
    FieldType.PERCENT: re.compile(r"(0|[1-9][0-9]?)(\.[0-9]+)?%"),
    FieldType.COPIES: re.compile(r"[壹贰叁肆伍陆柒捌玖拾]+"),
    FieldType.ACCOUNT: re.compile(r"[0-9]{6,32}"),
    FieldType.USCC: re.compile(r"[0-9A-HJ-NP-RTUW-Y]{18}"),
    FieldType.RESIDENT: re.compile(r"[1-9][0-9]{16}[0-9X]"),
}
