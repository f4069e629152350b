"""Personal values that show themselves masked wherever they are printed by oversight."""

from __future__ import annotations

import re
from typing import Final, NoReturn


class Masked:
    """A value whose str(), repr() and format() are masked; only `reveal()` gives the value.

    Equal to another Masked of the same value. Cannot be pickled, so that it does not travel into
    a cache or a queue.
    """

    __slots__ = ("_shown", "_value")

    def __init__(self, value: str, shown: str) -> None:
        self._value = value
        self._shown = shown

    def reveal(self) -> str:
        """The value itself. Whoever calls this has asked for leave and writes it down."""
        return self._value

    def __str__(self) -> str:
        return self._shown

    def __repr__(self) -> str:
        return f"Masked({self._shown!r})"

    def __format__(self, spec: str) -> str:
        return format(self._shown, spec)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Masked) and self._value == other._value

    def __hash__(self) -> int:
        return hash((Masked, self._value))

    def __copy__(self) -> Masked:
        return self

    def __deepcopy__(self, memo: object) -> Masked:
        return self

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError("a masked value is not written out")


def phone(value: str) -> Masked:
    """138****0000; of other numbers the last four digits at most; several stay joined by `|`."""
    return Masked(value, "|".join(map(_phone, value.split("|"))))


def mail(value: str) -> Masked:
    """z***@example.cn; the first letter is hidden too where it is the whole name."""
    name, at, domain = value.rpartition("@")
    shown = f"{name[0] * (len(name) > 1)}***@{domain}" if name and at and domain else _all(value)
    return Masked(value, shown)


def resident_number(value: str) -> Masked:
    """**** 7758, the last four of a whole number."""
    return Masked(value, _last_four(value, least=15))


def bank_account(value: str) -> Masked:
    """**** 4321, the last four of an account of at least eight places."""
    return Masked(value, _last_four(value, least=8))


def birth(value: str) -> Masked:
    """****-09-12: month and day as far as they were told, for the greeting; never the year."""
    return Masked(value, "-".join(["****", *value.split("-")[1:]]) if value else "")


def numbers_within(text: str) -> str:
    """A text in which of a number as long as a telephone's or an account's four places stay.

    Telephone numbers have eleven places, identity numbers eighteen, accounts twelve and more;
    also where people part their digits, or something unseen stands between them.
    """
    return _NUMBER.sub(_masked, text)


def _masked(number: re.Match[str]) -> str:
    """The number with its last four places; what parts its digits stays as it is."""
    places = [at for at, sign in enumerate(number[0]) if sign.isdecimal() or sign in _CHECK]
    groups = [found[0] for found in re.finditer(r"\d+", number[0])]
    if len(places) < _LONG or (len(groups) > 1 and all(map(_YEAR.fullmatch, groups))):
        return number[0]
    hidden = set(places[:-4])
    return "".join("*" if at in hidden else sign for at, sign in enumerate(number[0]))


def name(value: str) -> Masked:
    """***, whatever the length: a log never holds a name."""
    return Masked(value, _all(value))


def address(value: str) -> Masked:
    """The address down to its city where that is plain, otherwise nothing of it."""
    city = re.match(_CITY, value.strip())
    return Masked(value, f"{city[0]}***" if city else _all(value))


def _phone(number: str) -> str:
    bare = re.sub(r"[\s().-]", "", number)
    mobile = re.fullmatch(r"(?:\+?86)?(1[0-9]{2})[0-9]{4}([0-9]{4})", bare)
    if mobile:
        return f"{mobile[1]}****{mobile[2]}"
    return f"****{bare[-4:]}" if len(bare) >= 10 else _all(bare)


def _last_four(value: str, *, least: int) -> str:
    bare = re.sub(r"[\s-]", "", value)
    return f"**** {bare[-4:]}" if len(bare) >= least else _all(bare)


def _all(value: str) -> str:
    return "***" if value else ""


_MUNICIPALITIES: Final = "北京|天津|上海|重庆|香港|澳门"
_PROVINCES: Final = (
    "河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州"
    "|云南|陕西|甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆"
)
_HAN: Final = "[\u4e00-\u9fff]"
_CITY: Final = (
    rf"(?:中国)?(?:(?:{_MUNICIPALITIES})(?:市|特别行政区)?"
    rf"|(?:{_PROVINCES})(?:省|壮族自治区|回族自治区|维吾尔自治区|自治区)?"
    rf"{_HAN}{{1,9}}?(?:自治州|地区|盟|市)"
    # Without a province a city is plain only where a district or town follows.
    rf"|{_HAN}{{2,4}}?市(?={_HAN}{{1,6}}(?:区|县|镇|街道)))"
)
_LONG: Final = 11
_CHECK: Final = "XxＸｘ"
_UNSEEN: Final = "[\u00ad\u200b-\u200f\u2060\ufeff·]*"
_PARTED: Final = "[ \u00a0\u2002-\u200a\u202f\u3000\u2010-\u2015-]"
_YEAR: Final = re.compile(r"(?:19|20)\d\d")


def _places(least: int, most: int | None = None) -> str:
    """So many digits, whatever unseen stands between them; a dot is how donflow shows that."""
    more = "" if most is None else str(most - 1)
    return rf"\d(?:{_UNSEEN}\d){{{least - 1},{more}}}"


_NUMBER: Final = re.compile(
    r"(?<!\d)(?:"
    # A mobile telephone: 139 0000 6071.
    rf"1\d\d{_PARTED}{_places(4, 4)}{_PARTED}?{_places(4, 4)}(?!\d)"
    # An account as cards print it: 6222 0000 0000 123.
    rf"|{_places(4, 4)}(?:{_PARTED}{_places(4, 4)}){{2,}}(?:{_PARTED}{_places(1, 7)})?(?!\d)"
    # An identity number by region, birthday and rest.
    rf"|{_places(6, 6)}{_PARTED}{_places(8, 8)}{_PARTED}{_places(3, 3)}[\d{_CHECK}](?!\d)"
    rf"|{_places(_LONG - 1)}(?:{_UNSEEN}[{_CHECK}])?)"
)
