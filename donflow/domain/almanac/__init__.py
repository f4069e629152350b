"""The Chinese calendar 1950-2100: lunar days, solar terms, festivals, days off, anniversaries."""

from donflow.domain.almanac.anniversaries import (
    Anniversary,
    Milestone,
    gift_anniversary,
    graduation_anniversary,
    same_day_in,
    school_anniversary,
)
from donflow.domain.almanac.festivals import Day, DayKind, festival_days, lunar_dates
from donflow.domain.almanac.lunar import (
    FIRST_YEAR,
    LAST_YEAR,
    LunarDay,
    NoSuchLunarDay,
    OutsideAlmanac,
    kept_on,
    lunar_birthday,
    lunar_of,
    lunar_text,
    solar_of,
)
from donflow.domain.almanac.terms import TERMS, term_day

__all__ = [
    "FIRST_YEAR",
    "LAST_YEAR",
    "TERMS",
    "Anniversary",
    "Day",
    "DayKind",
    "LunarDay",
    "Milestone",
    "NoSuchLunarDay",
    "OutsideAlmanac",
    "festival_days",
    "gift_anniversary",
    "graduation_anniversary",
    "kept_on",
    "lunar_birthday",
    "lunar_dates",
    "lunar_of",
    "lunar_text",
    "same_day_in",
    "school_anniversary",
    "solar_of",
    "term_day",
]
