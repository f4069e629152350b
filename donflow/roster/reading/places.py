"""City and province from a place of living, without 省 and 市; neither is derived from the other.

Under a header for a city 上海 is a city; in an address or under 省市 it is the province too. A
place of origin gives its province only: nobody need live there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice
from typing import Final

from donflow.errors import N_
from donflow.roster.reading.cells import joined, text_of
from donflow.roster.reading.found import NOTHING, Found, one, unreadable
from donflow.roster.reading.place_names import (
    CITIES,
    CITIES_ABROAD,
    COUNTRIES,
    DISTRICTS,
    MUNICIPALITIES,
    SPECIAL_REGIONS,
)
from donflow.roster.reading.rows import Column
from donflow.sheets.reading import Cell

SEVERAL: Final = N_("There is more than one city.")
NO_PLACE: Final = N_("No city or province can be read from this place.")


def read_city(cell: Cell) -> Found:
    """A cell of 所在城市: the city, and a province where it is written too."""
    text = _place(cell)
    if _names_several(cell):
        return unreadable(Column.CITY, SEVERAL)
    province, rest, bare = _parted(text)
    if bare in MUNICIPALITIES + SPECIAL_REGIONS:
        return one(Column.CITY, bare)
    return _found(province, _city(rest, province, trusted=True), text)


def read_place(cell: Cell) -> Found:
    """A cell of 省市 or an address: what it names, a municipality as both."""
    text = _place(cell)
    if _names_several(cell):
        return unreadable(Column.CITY, SEVERAL)
    province, rest, bare = _parted(text)
    if bare in MUNICIPALITIES + SPECIAL_REGIONS:
        return Found({Column.CITY: bare, Column.PROVINCE: bare})
    return _found(province, _city(rest, province, trusted=False), text)


def names_cities_only(cells: Iterable[Cell]) -> bool:
    """Whether a column of places names cities and never a province: 北京 there is a city only."""
    said = list(islice((text for cell in cells if (text := _place(cell))), _LOOKED_AT))
    bare = [re.sub(r"(?<=..)市$", "", text) for text in said]
    known = [name for name in bare if name in _PROVINCE_OF or name in MUNICIPALITIES]
    told = [text for text in said if _parted(text)[0] and text not in _PROVINCE_OF]
    return not told and len(set(known) - set(MUNICIPALITIES)) > 1 and 2 * len(known) > len(said)


def read_province(cell: Cell) -> Found:
    """A cell of 省份 or of a place of origin: the province, where it is written."""
    text = re.sub(r"^内蒙(?!古)", "内蒙古", _place(cell))
    province, rest, bare = _parted(text)
    if bare in MUNICIPALITIES + SPECIAL_REGIONS:
        return one(Column.PROVINCE, bare)
    if province or not text or rest in COUNTRIES or _city(rest, None, trusted=False):
        return one(Column.PROVINCE, province) if province else NOTHING
    return unreadable(Column.PROVINCE, NO_PLACE)


def _place(cell: Cell) -> str:
    text = joined(text_of(cell))
    text = re.sub(
        r"\((?:现居|工作|常住|居住地?|暂住|省会|出差)\)|^(?:现居|现住|常住|地址)[:于在]?", "", text
    )
    text = re.sub(r"^[(]?\d{6}[)]?\s*(?=[一-龥])|(?<=[一-龥])\s*[(]?\d{6}[)]?$", "", text)
    turned = re.fullmatch(r"([一-龥]{2,6}?)市?[(]([一-龥]{2,3})省?[)]", text)
    if turned and turned[1] in CITIES.get(turned[2], ()):
        text = turned[2] + turned[1]
    text = re.sub(r"(?<=[一-龥]{2})[(][一-龥]{1,6}[)]$", "", text)
    text = re.sub(r"(?<=[一-龥])[-/·.,、|—>\s]+(?=[一-龥])", "", text)
    return re.sub(r"^(?:中国|中华人民共和国|我国)(?=.)", "", text).strip(" .,、-/")


def _names_several(cell: Cell) -> bool:
    """北京/上海 are two places of living; 甘肃/兰州 is one."""
    parts = re.split(r"[、,;/|&\n]|和|或", text_of(cell))
    if len(parts) == 1:
        return False
    bare = [re.sub(r"(?<=..)市$", "", part.strip()) for part in parts]
    return len({name for name in bare if name in _PROVINCE_OF or name in MUNICIPALITIES}) > 1


def _parted(text: str) -> tuple[str | None, str, str]:
    """Province, what follows it, and the municipality or special region that the text names."""
    for name in MUNICIPALITIES + SPECIAL_REGIONS:
        if text == name or _rest(text, name, _SUFFIX_OF_CITY) is not None:
            return None, "", name
    for province, wider in _PROVINCES:
        if text.startswith(province):
            rest = text[len(province) :]
            if province == text or not _is_city_of_that_name(text, province):
                taken = re.match(rf"(?:{wider}|省|自治区)", rest)
                tail = rest[taken.end() :] if taken else rest
                if taken or not tail or _city(tail, province, trusted=True):
                    return province, tail, ""
    return None, text, ""


def _is_city_of_that_name(text: str, province: str) -> bool:
    """吉林市 is a city; 吉林省 and 吉林 are the province."""
    return province in CITIES[province] and text.startswith(province + "市")


def _city(text: str, province: str | None, *, trusted: bool) -> str | None:
    """The city that a text begins with. Trusted, a short unknown name stands as it is."""
    if not text:
        return None
    for length in (5, 4, 3, 2):
        name = text[:length]
        if name in _PROVINCE_OF and (province is None or province in _PROVINCE_OF[name]):
            rest = text[length:]
            if not rest or _rest(text, name, _SUFFIX_OF_CITY) is not None:
                return name
    if text in CITIES_ABROAD:
        return text
    abroad = next((country for country in COUNTRIES if text.startswith(country)), None)
    if abroad and len(text) <= 12:
        return text
    unknown = text not in DISTRICTS and not re.search(_NO_CITY, text)
    if trusted and unknown and re.fullmatch(r"[一-龥]{2,7}", text):
        return re.sub(r"(?<=..)市$", "", text)
    if trusted and re.fullmatch(r"[A-Z][A-Za-z .'-]{2,30}", text):
        return text
    if province:
        # In 广东深圳云麓路17号 the province before it says that 深圳 is no street.
        prefix = next((text[:n] for n in (5, 4, 3, 2) if text[:n] in CITIES[province]), None)
        if prefix and not re.match("[东南西北中]?[路街道巷]|大[道街]", text[len(prefix) :]):
            return prefix
    named = re.match(r"([一-龥]{2,6}?)市(?![场政区])", text)
    return named[1] if named and (province or trusted) else None


def _rest(text: str, name: str, suffix: str) -> str | None:
    """What follows a city's name where the text is one of places, not of a street or a firm."""
    if not text.startswith(name):
        return None
    rest = text[len(name) :]
    found = re.match(suffix, rest)
    return rest[found.end() :] if found else None


def _found(province: str | None, city: str | None, text: str) -> Found:
    values = {Column.CITY: city, Column.PROVINCE: province}
    said = {column: value for column, value in values.items() if value}
    if said or not text:
        return Found(said) if said else NOTHING
    return unreadable(Column.CITY, NO_PLACE)


_LOOKED_AT: Final = 200
_SUFFIX_OF_CITY: Final = (
    r"(?:市|特别行政区|地区|盟|[一-龥]{0,8}自治州|州)(?![场政])|(?=[一-龥]{1,7}(?:区|县|旗|镇|市|新区|开发区))"
    r"|(?=[一-龥]{2,3}$)(?![一-龥]*(?:[路街道巷里号楼村人店院]|大学?|学院?|[银分支]行|公司"
    r"|集团|石化|电力|中学|日报)$)"
)
_NO_CITY: Final = (
    "[路街道巷号楼区县省镇乡村]$|公司|大学|学院|海外|国外|境外|外地|本地|本市|全国|多地|不定|各地|三角|湾区|县城"
    "|华[东南北中]|^[东西][南北]|沿海|境内|农村|老家|外省|省外|省内|国内|出差|同上|单位|地址|待"
)
_PROVINCES: Final = tuple(
    (province, {"内蒙古": "自治区", "广西": "壮族自治区", "西藏": "自治区", "宁夏": "回族自治区",
                "新疆": "维吾尔自治区"}.get(province, "省"))
    for province in CITIES
)  # fmt: skip
_PROVINCE_OF: Final[dict[str, frozenset[str]]] = {
    city: frozenset(province for province, cities in CITIES.items() if city in cities)
    for cities in CITIES.values()
    for city in cities
}
