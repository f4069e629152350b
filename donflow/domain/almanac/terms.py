"""The 24 solar terms and the days on which they fall."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Final

from donflow.domain.almanac.lunar import FIRST_YEAR, LAST_YEAR, OutsideAlmanac
from donflow.domain.almanac.table import TERM_DAYS
from donflow.errors import Label

TERMS: Final[Mapping[str, Label]] = {
    "xiaohan": Label("小寒", "Minor Cold"),
    "dahan": Label("大寒", "Major Cold"),
    "lichun": Label("立春", "Start of Spring"),
    "yushui": Label("雨水", "Rain Water"),
    "jingzhe": Label("惊蛰", "Awakening of Insects"),
    "chunfen": Label("春分", "Spring Equinox"),
    "qingming": Label("清明", "Pure Brightness"),
    "guyu": Label("谷雨", "Grain Rain"),
    "lixia": Label("立夏", "Start of Summer"),
    "xiaoman": Label("小满", "Grain Full"),
    "mangzhong": Label("芒种", "Grain in Ear"),
    "xiazhi": Label("夏至", "Summer Solstice"),
    "xiaoshu": Label("小暑", "Minor Heat"),
    "dashu": Label("大暑", "Major Heat"),
    "liqiu": Label("立秋", "Start of Autumn"),
    "chushu": Label("处暑", "End of Heat"),
    "bailu": Label("白露", "White Dew"),
    "qiufen": Label("秋分", "Autumn Equinox"),
    "hanlu": Label("寒露", "Cold Dew"),
    "shuangjiang": Label("霜降", "Frost's Descent"),
    "lidong": Label("立冬", "Start of Winter"),
    "xiaoxue": Label("小雪", "Minor Snow"),
    "daxue": Label("大雪", "Major Snow"),
    "dongzhi": Label("冬至", "Winter Solstice"),
}
"""In the order of a solar year, two in each month."""


def term_day(year: int, code: str) -> date:
    """The day of a solar term, by Beijing time. Raises OutsideAlmanac outside 1950-2100."""
    days = _term_days()
    if year not in days:
        raise OutsideAlmanac(given=year, first=FIRST_YEAR, last=LAST_YEAR)
    return days[year][code]


def read_terms(text: str) -> Mapping[int, Mapping[str, date]]:
    """The days by year and code of a table as `tools/build_almanac.py` writes it."""
    years = {}
    for line in text.split("\n"):
        year, figures = line.split(" ")
        years[int(year)] = {
            code: date(int(year), place // 2 + 1, int(figures[place]) + 15 * (place % 2))
            for place, code in enumerate(TERMS)
        }
    return years


@cache
def _term_days() -> Mapping[int, Mapping[str, date]]:
    return read_terms(TERM_DAYS)
