"""Sums of yuan in words (大写), written in the one canonical form and read leniently.

Source: 支付结算办法 (1997), annex 正确填写票据和结算凭证的基本规定, sections 1 to 3.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from donflow.domain.halfwidth import halfwidth
from donflow.domain.money import TOO_LARGE, Money, NotAnAmount, money
from donflow.errors import N_, DonflowError


class NoWordsForCurrency(DonflowError):
    """Only yuan have a rule for words."""

    code = "no_words_for_currency"
    message = N_("There is no rule for writing {amount} in words.")
    remedy = N_("Write the words by hand and have the foundation confirm them.")


class Fault(StrEnum):
    """What is wrong with a sum in words, whether or not it can still be read."""

    GAP_AFTER_RMB = "gap_after_rmb"
    MISSING_YI_BEFORE_SHI = "missing_yi_before_shi"
    ORDINARY_NUMERALS = "ordinary_numerals"
    LIANG = "liang"
    MISSING_YUAN = "missing_yuan"
    MISSING_ZHENG = "missing_zheng"
    ZHENG_AFTER_FEN = "zheng_after_fen"
    MISSING_ZERO_GAP = "missing_zero_gap"
    DOUBLE_ZERO = "double_zero"
    NEEDLESS_ZERO = "needless_zero"
    NEEDLESS_YUAN = "needless_yuan"
    FIGURES_WORDS_MISMATCH = "figures_words_mismatch"
    BLANK = "blank"
    BAD_CHAR = "bad_char"
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class ParsedWords:
    """The sum that the words say, None where they cannot be read, and every fault found."""

    amount: Money | None
    faults: tuple[Fault, ...] = ()


def words(amount: Money) -> str:
    """人民币伍拾万元整: the canonical form, from 0 to 9,999,999,999,999.99 yuan.

    A 零 that may be left out is left out; 整 stands after 元 only. Raises NoWordsForCurrency.
    """
    if amount.currency != "CNY":
        raise NoWordsForCurrency(amount=amount)
    if not 0 <= amount.minor < TOO_LARGE:
        raise ValueError(f"no words for {amount}")
    return "人民币" + _spelled(amount.minor).replace(_MAY_BE_ZERO, "")


def parse_words(text: str) -> ParsedWords:
    """Read a sum in words, with or without 人民币 and figures in brackets behind it.

    圆 and 元, 正 and 整, traditional characters and inner spaces are all the same. The amount is
    what the words say, also where the figures in the brackets differ.
    """
    shape = _SHAPE.fullmatch(halfwidth(text).translate(_STANDARD).strip())
    assert shape is not None, "the shape takes any text"
    faults = [Fault.GAP_AFTER_RMB] if shape["prefix"] and shape["gap"] else []
    written = re.sub(r"\s", "", shape["words"])
    if not re.sub("[_□元整]", "", written) or re.search("[_□]", written):
        return ParsedWords(None, (*faults, Fault.BLANK))
    if not re.fullmatch(f"[{_DIGITS}{''.join(_READ_AS)}拾佰仟万亿元角分整]+", written):
        return ParsedWords(None, (*faults, Fault.BAD_CHAR))
    return _read(written, shape["figures"], faults)


def _spelled(minor: int) -> str:
    """The words without 人民币; a 零 that may be written or not stands as `_MAY_BE_ZERO`."""
    yuan, jiao, fen = minor // 100, minor // 10 % 10, minor % 10
    spelled = _spelled_yuan(yuan) + "元" if yuan or not minor else ""
    if not (jiao or fen):
        return spelled + "整"
    if yuan and not jiao:
        spelled += "零"
    elif yuan and yuan % 10 == 0:
        spelled += _MAY_BE_ZERO
    return spelled + (_DIGITS[jiao] + "角") * (jiao > 0) + (_DIGITS[fen] + "分") * (fen > 0)


def _spelled_yuan(yuan: int) -> str:
    """Digit by digit from the left, with the marks 万 and 亿 behind each four places."""
    if not yuan:
        return "零"
    spelled, zeros = "", 0
    for place, digit in zip(range(len(str(yuan)) - 1, -1, -1), map(int, str(yuan)), strict=True):
        if digit:
            # Zeros that only end the section before may be passed over; an empty section may not.
            ends_section = place % 4 == 3 and zeros < 4
            spelled += (_MAY_BE_ZERO if ends_section else "零") if zeros else ""
            spelled += _DIGITS[digit] + _PLACES[place % 4]
        zeros = 0 if digit else zeros + 1
        if place == 8 or (place % 4 == 0 and place and zeros < 4):
            spelled += "亿" if place == 8 else "万"
    return spelled


def _read(written: str, figures: str | None, faults: list[Fault]) -> ParsedWords:
    """Read words of known characters only."""
    plain = "".join(_READ_AS.get(character, character) for character in written)
    read = _WORDS.fullmatch(re.sub("零+", "零", plain))
    amount = _amount(read) if read else None
    if read is None or amount is None:
        return ParsedWords(None, (*faults, Fault.UNREADABLE))
    found = [
        *faults,
        *_faults_of_numerals(written),
        *_faults_of_ending(read),
        *_faults_of_zeros(plain, amount),
        *_faults_of_figures(figures, amount),
    ]
    return ParsedWords(amount, tuple(found))


def _amount(read: re.Match[str]) -> Money | None:
    """The sum; None where 万 or 亿 stands without a number, or beyond what words can say."""
    wan_yi, yi = _section(read["wan_yi"]), _section(read["yi"])
    wan, ones = _section(read["wan"]), _section(read["ones"])
    marks = (("wan_yi", wan_yi), ("yi", wan_yi + yi), ("wan", wan))
    if any(read[part] is not None and not value for part, value in marks):
        return None
    yuan = wan_yi * 10**12 + yi * 10**8 + wan * 10**4 + ones
    minor = yuan * 100 + _section(read["jiao"]) * 10 + _section(read["fen"])
    return Money(minor) if minor < TOO_LARGE else None


def _section(text: str | None) -> int:
    """The value of up to four places, such as 壹仟零伍."""
    value = 0
    for digit, place in re.findall(f"([{_DIGITS[1:]}]?)([拾佰仟]?)", text or ""):
        if digit or place:
            value += (_DIGITS.index(digit) if digit else 1) * 10 ** _PLACES.index(place)
    return value


def _faults_of_numerals(written: str) -> list[Fault]:
    faults = []
    if set(written) & set(_READ_AS) - {"两"}:
        faults.append(Fault.ORDINARY_NUMERALS)
    if "两" in written:
        faults.append(Fault.LIANG)
    if re.search(f"(?<![{_DIGITS[1:]}{''.join(_READ_AS)}])拾", written):
        faults.append(Fault.MISSING_YI_BEFORE_SHI)
    return faults


def _faults_of_ending(read: re.Match[str]) -> list[Fault]:
    has_yuan = any(read[part] for part in ("wan_yi", "yi", "wan", "ones"))
    faults = []
    if has_yuan and not read["yuan"]:
        faults.append(Fault.MISSING_YUAN)
    if read["yuan"] and not has_yuan:
        faults.append(Fault.NEEDLESS_YUAN)
    if not (read["jiao"] or read["fen"] or read["zheng"]):
        faults.append(Fault.MISSING_ZHENG)
    if read["fen"] and read["zheng"]:
        faults.append(Fault.ZHENG_AFTER_FEN)
    return faults


def _faults_of_zeros(plain: str, amount: Money) -> list[Fault]:
    """Compare where each 零 stands with where it must and where one may stand."""
    pattern = _spelled(amount.minor)
    must = _places_of("零", pattern.replace(_MAY_BE_ZERO, ""))
    may = _places_of(_MAY_BE_ZERO, pattern.replace("零", ""))
    stands = _places_of("零", re.sub(f"(?<![{_DIGITS[1:]}])拾", "壹拾", plain))
    faults = [Fault.DOUBLE_ZERO] if "零零" in plain else []
    if must - stands:
        faults.append(Fault.MISSING_ZERO_GAP)
    if stands - must - may or len(stands & may) > 1 or re.search("零[角分]", plain):
        faults.append(Fault.NEEDLESS_ZERO)
    return faults


def _places_of(mark: str, text: str) -> set[int]:
    """How many other characters stand before each mark; 元 and 整, which may lack, are passed."""
    before, places = 0, set()
    for character in text:
        if character == mark:
            places.add(before)
        elif character not in "元整":
            before += 1
    return places


def _faults_of_figures(figures: str | None, amount: Money) -> list[Fault]:
    if figures is None:
        return []
    try:
        return [] if money(figures) == amount else [Fault.FIGURES_WORDS_MISMATCH]
    except NotAnAmount:
        return [Fault.FIGURES_WORDS_MISMATCH]


_DIGITS: Final = "零壹贰叁肆伍陆柒捌玖"
_PLACES: Final = ["", "拾", "佰", "仟"]
_MAY_BE_ZERO: Final = "?"
_STANDARD: Final = str.maketrans("圆圓正貳貮參叄陸萬億幣", "元元整贰贰叁叁陆万亿币")
# Read, but never right on an agreement.
_READ_AS: Final = dict(
    zip("一二三四五六七八九十百千参两另毛", "壹贰叁肆伍陆柒捌玖拾佰仟叁贰零角", strict=True)
)
_SHAPE: Final = re.compile(
    r"(?s)(?:大写:?\s*)?(?:(?P<prefix>人民币|RMB)(?P<gap>[\s:]*))?(?P<words>.*?)"
    r"(?:\s*\((?:小写)?:?\s*(?P<figures>[^()]*)\))?"
)
_SECTION: Final = "零?(?:D仟)?零?(?:D佰)?零?(?:D?拾)?零?D?零?".replace("D", f"[{_DIGITS[1:]}]")
_WORDS: Final = re.compile(
    rf"(?:(?:(?P<wan_yi>{_SECTION})万)?(?P<yi>{_SECTION})亿)?(?:(?P<wan>{_SECTION})万)?"
    rf"(?P<ones>{_SECTION})(?P<yuan>元)?零?(?:(?P<jiao>[{_DIGITS}])角)?零?"
    rf"(?:(?P<fen>[{_DIGITS}])分)?(?P<zheng>整)?"
)
