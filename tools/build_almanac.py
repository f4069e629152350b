"""Writes the almanac's table from two libraries that reckon apart: `python -m tools.build_almanac`.

lunar-python comes as source alone, which our locks do not install: what its 1.4.8 says of all years
is kept in `lunar_python.txt`. With the library installed by hand, `--record` asks it anew.
Where they part, `DECIDED` says by whom the table goes; a parting that it does not know stops the
build. What it decided, and why, stands in docs/almanac.md.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from pathlib import Path

from donflow.domain.almanac.lunar import FIRST_YEAR, LAST_YEAR, LunarYear, read_years
from donflow.domain.almanac.terms import TERMS, read_terms

RECORDED = Path(__file__).with_name("lunar_python.txt")
TABLE = Path(__file__).parents[1] / "donflow" / "domain" / "almanac" / "table.py"
EARLIEST_BIRTH = 1900
DECIDED = frozenset({2057})
"""Lunar years in which the libraries part and the table goes by lunar-python."""

HEAD = '''"""The lunar calendar and the solar terms as a table, by tools/build_almanac.py."""

from __future__ import annotations

from typing import Final

'''
LUNAR = '''\
# A lunar year: its first day, its leap month (0: none), each month in turn (1: 30 days, 0: 29).
LUNAR_YEARS: Final = """\\
'''
TERM = '''
# A solar year: the days of its 24 terms, two in each month; to the second of the month add 15.
TERM_DAYS: Final = """\\
'''


class Parted(Exception):
    """The two libraries part where nobody has decided yet."""


def lunar_python_years() -> Iterator[tuple[int, LunarYear]]:
    """Every lunar year by lunar-python, asked itself."""
    from lunar_python import LunarYear as LibraryYear

    # Its list of a year runs from the eleventh month before it to the eleventh or twelfth in it.
    months = {
        (month.getYear(), _day(month.getFirstJulianDay())): month
        for listed in range(EARLIEST_BIRTH, LAST_YEAR + 2)
        for month in LibraryYear.fromYear(listed).getMonths()
    }
    for number, group in groupby(sorted(months), key=lambda key: key[0]):
        if number in range(EARLIEST_BIRTH, LAST_YEAR + 1):
            found = [months[key] for key in group]
            leap = next((abs(month.getMonth()) for month in found if month.isLeap()), 0)
            first = _day(found[0].getFirstJulianDay())
            yield number, LunarYear(first, leap, tuple(month.getDayCount() for month in found))


def sxtwl_years() -> Iterator[tuple[int, LunarYear]]:
    """Every lunar year by sxtwl."""
    import sxtwl

    for number in range(EARLIEST_BIRTH, LAST_YEAR + 1):
        first = sxtwl.fromLunar(number, 1, 1, False)
        leap = sxtwl.getRunMonth(number)
        months = [(month, False) for month in range(1, 13)]
        if leap:
            months.insert(leap, (leap, True))
        yield (
            number,
            LunarYear(
                date(first.getSolarYear(), first.getSolarMonth(), first.getSolarDay()),
                leap,
                tuple(sxtwl.getLunarMonthNum(number, *month) for month in months),
            ),
        )


def lunar_python_terms() -> Iterator[tuple[int, tuple[date, ...]]]:
    """The 24 terms of every solar year by lunar-python, asked itself."""
    from lunar_python import LunarYear as LibraryYear

    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        # From the 大雪 of the year before on: 冬至, then 小寒 of this year.
        moments = LibraryYear.fromYear(year).getJieQiJulianDays()
        yield year, tuple(day for day in map(_day, moments) if day.year == year)


def sxtwl_terms() -> Iterator[tuple[int, tuple[date, ...]]]:
    """The 24 terms of every solar year by sxtwl."""
    import sxtwl

    # Its list of a year begins with 立春; the two terms before it stand in the list before.
    moments = (
        sxtwl.JD2DD(term.jd)
        for listed in range(FIRST_YEAR - 1, LAST_YEAR + 1)
        for term in sxtwl.getJieQiByYear(listed)
    )
    days = sorted({date(int(each.Y), int(each.M), int(each.D)) for each in moments})
    for year, found in groupby(days, key=lambda day: day.year):
        if year in range(FIRST_YEAR, LAST_YEAR + 1):
            yield year, tuple(found)


@dataclass(frozen=True)
class Sources:
    """What the two libraries say: lunar years, and the days of terms by solar year."""

    years: Mapping[int, LunarYear]
    other_years: Mapping[int, LunarYear]
    terms: Mapping[int, tuple[date, ...]]
    other_terms: Mapping[int, tuple[date, ...]]


def ask() -> Sources:
    """What lunar-python said and sxtwl says of all years; takes some seconds."""
    years, terms = RECORDED.read_text("utf-8").strip().split("\n\n")
    return Sources(
        read_years(years),
        dict(sxtwl_years()),
        {year: tuple(days.values()) for year, days in read_terms(terms).items()},
        dict(sxtwl_terms()),
    )


def partings(
    one: Mapping[int, LunarYear], other: Mapping[int, LunarYear]
) -> tuple[tuple[date, ...], ...]:
    """The runs of days to which two reckonings give different lunar days."""
    runs: list[list[date]] = []
    for year in one:
        if one[year] == other[year]:
            continue
        ours, theirs = _days(one[year]), _days(other[year])
        for day in sorted(ours.keys() | theirs.keys()):
            if ours.get(day) == theirs.get(day):
                continue
            if runs and runs[-1][-1] == day - timedelta(days=1):
                runs[-1].append(day)
            else:
                runs.append([day])
    return tuple(map(tuple, runs))


def table_text(years: Mapping[int, LunarYear], terms: Mapping[int, tuple[date, ...]]) -> str:
    """The module that holds the table."""
    return f'{HEAD}{LUNAR}{lunar_lines(years)}"""\n{TERM}{term_lines(terms)}"""\n'


def lunar_lines(years: Mapping[int, LunarYear]) -> str:
    return "\n".join(
        f"{number} {year.first:%m-%d} {year.leap} {''.join(str(x - 29) for x in year.lengths)}"
        for number, year in years.items()
    )


def term_lines(terms: Mapping[int, tuple[date, ...]]) -> str:
    return "\n".join(
        f"{year} {''.join(str(day.day - 15 * (at % 2)) for at, day in enumerate(days))}"
        for year, days in terms.items()
    )


def build(sources: Sources, decided: frozenset[int] = DECIDED) -> str:
    """The table on which both libraries agree, but where it was decided. Raises Parted."""
    years, terms = sources.years, sources.terms
    parted = {day.year for run in partings(years, sources.other_years) for day in run}
    if undecided := sorted(parted - decided):
        raise Parted(f"lunar days of {undecided}")
    if wrong := [year for year in terms if terms[year] != sources.other_terms.get(year)]:
        raise Parted(f"solar terms of {wrong}")
    if short := [year for year, days in terms.items() if len(days) != len(TERMS)]:
        raise Parted(f"terms are missing in {short}")
    return table_text(years, terms)


def _days(year: LunarYear) -> dict[date, tuple[int, bool, int]]:
    return {
        first + timedelta(days=day): (month, is_leap, day + 1)
        for month, is_leap, first, length in year.months()
        for day in range(length)
    }


def _day(julian: float) -> date:
    """The day of a Julian date, which begins at noon."""
    return date(2000, 1, 1) + timedelta(days=int(julian + 0.5) - 2451545)


def main(arguments: list[str]) -> int:
    if "--record" in arguments:
        lines = lunar_lines(dict(lunar_python_years())), term_lines(dict(lunar_python_terms()))
        RECORDED.write_text("\n\n".join(lines) + "\n", "utf-8", newline="\n")
    text = build(ask())
    if "--check" in arguments:
        return int(TABLE.read_text("utf-8") != text)
    TABLE.write_text(text, "utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
