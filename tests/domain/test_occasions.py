"""What people are greeted for: the shipped list, its days, and every mistake with its line."""

from __future__ import annotations

from datetime import date

import pytest

from donflow.domain.almanac import DayKind, festival_days
from donflow.domain.occasions import (
    FUNCTIONS,
    Function,
    Kind,
    Occasion,
    WrongOccasions,
    days_of,
    read_occasions,
)
from donflow.shipping import occasion_list

SHIPPED = occasion_list()
OCCASIONS = read_occasions(SHIPPED)
KINDS = SHIPPED[SHIPPED.index("\nkinds:") : SHIPPED.index("\noccasions:")]
PERSONAL = "".join(
    f"  {name}: {{zh: 甲, en: A, kind: milestone, by: {name}}}\n" for name in FUNCTIONS
)


def occasion(line: str, words: str = "[]") -> Occasion:
    """The occasion `mine` of this line, in a list with what no list may lack."""
    lines = f"{PERSONAL}{HEAD}  mine: {{zh: 我, en: Mine, {line}}}\n"
    text = f"{KINDS}\noccasions:\n{lines}words:\n  mine: {words}\n"
    return read_occasions(text)["mine"]


HEAD = "  spring: {zh: 春节, en: Spring, kind: festival, lunar: 1-1}\n"


def faults(text: str) -> list[tuple[int, str]]:
    with pytest.raises(WrongOccasions) as refused:
        read_occasions(text, "own.yaml")
    told = [str(fault).split(":", 2) for fault in refused.value.details]
    assert all(file == "own.yaml" for file, _, _ in told)
    return [(int(line), fault.strip()) for _, line, fault in told]


def test_the_shipped_list_has_every_term_and_festival_of_the_almanac_on_its_days() -> None:
    for year in (1950, 1965, 1966, 2026, 2033, 2100):
        almanac = {
            (day.code, day.date) for day in festival_days(year) if day.kind != DayKind.STATUTORY
        }
        listed = {(code, day) for code, one in OCCASIONS.items() for day in days_of(one, year)}
        assert listed == almanac


def test_names_are_those_of_the_almanac() -> None:
    names = {day.code: day.zh for day in festival_days(2026) if day.kind == DayKind.FESTIVAL}
    names |= {day.code: day.zh for day in festival_days(2026) if day.kind == DayKind.SOLAR_TERM}
    assert {code: OCCASIONS[code].zh for code in names} == names


def test_what_concerns_one_person_is_worked_out_by_a_function() -> None:
    by_function = [code for code, one in OCCASIONS.items() if isinstance(one.rule, Function)]
    assert by_function == list(FUNCTIONS)


@pytest.mark.parametrize(
    ("kind", "rank", "personal", "days"),
    [
        (Kind.CONDOLENCE, 1, True, 3),
        (Kind.THANKS, 2, True, 30),
        (Kind.BIRTHDAY, 3, True, 3),
        (Kind.MILESTONE, 4, True, 7),
        (Kind.SCHOOL, 5, False, 3),
        (Kind.FESTIVAL, 6, False, 0),
        (Kind.TERM, 7, False, 0),
    ],
)
def test_each_kind_has_its_rank_and_its_last_day(
    kind: Kind, rank: int, personal: bool, days: int
) -> None:
    found = {
        (one.rank, one.personal, one.tolerance_days)
        for one in OCCASIONS.values()
        if one.kind == kind
    }
    assert found == {(rank, personal, days)}


def test_three_occasions_are_not_happy() -> None:
    sad = {code for code, one in OCCASIONS.items() if not one.happy}
    assert sad == {"qingming", "zhongyuan", "condolence"}


@pytest.mark.parametrize(
    ("line", "year", "days"),
    [
        ("kind: festival, date: 10-01", 2026, ["2026-10-01"]),
        ("kind: festival, date: 02-29", 2026, ["2026-02-28"]),
        ("kind: festival, date: 02-29", 2028, ["2028-02-29"]),
        ("kind: festival, lunar: 8-15", 2026, ["2026-09-25"]),
        ("kind: festival, lunar: 12-8", 1965, ["1965-01-10", "1965-12-30"]),
        ("kind: festival, lunar: 12-8", 1966, []),
        ("kind: festival, lunar: 12-last", 2026, ["2026-02-16"]),
        ("kind: festival, lunar: 12-30", 2026, ["2026-02-16"]),
        ("kind: term, term: lichun", 2026, ["2026-02-04"]),
        ("kind: festival, from: spring - 7", 2026, ["2026-02-10"]),
        ("kind: festival, from: spring - 40", 1966, ["1966-12-31"]),
        ("kind: festival, from: spring + 14", 2100, ["2100-02-23"]),
        ("kind: festival, from: spring-7", 1950, ["1950-02-10"]),
    ],
)
def test_an_occasion_is_one_line(line: str, year: int, days: list[str]) -> None:
    assert [str(day) for day in days_of(occasion(line), year)] == days


def test_a_line_may_say_otherwise_than_its_kind() -> None:
    mine = occasion("kind: festival, date: 05-04, days: 2, happy: false, card: spring")
    assert (mine.tolerance_days, mine.happy, mine.card) == (2, False, "spring")
    plain = occasion("kind: festival, date: 05-04")
    assert (plain.tolerance_days, plain.happy, plain.card, plain.words) == (0, True, "mine", ())


def test_words_are_read_in_their_order() -> None:
    assert occasion("kind: festival, date: 05-04", "[甲, 乙]").words == ("甲", "乙")


@pytest.mark.parametrize(
    ("of", "said", "fault"),
    [
        ("lunar: 8-15", "lunar: 13-15", "There is no lunar day 13-15"),
        ("lunar: 8-15", "lunar: 8-31", "There is no lunar day 8-31"),
        ("lunar: 8-15", "lunar: leap8-15", "There is no lunar day leap8-15"),
        ("date: 10-01", "date: 02-30", "There is no day 02-30"),
        ("date: 10-01", "date: 1001", "There is no day 1001"),
        ("term: lichun", "term: lichum", "There is no solar term lichum"),
        ("date: 09-10", "from: nowhere - 3", "“nowhere - 3” is no day"),
        ("date: 09-10", "from: birthday - 3", "“birthday - 3” is no day"),
        ("date: 09-10", "from: teachers_day - 3", "“teachers_day - 3” is no day"),
        ("date: 09-10", "from: spring_festival - 301", "“spring_festival - 301” is no day"),
        ("by: birthday", "by: reunion", "“reunion” cannot be worked out"),
        ("by: birthday", "by: weather", "“weather” cannot be worked out"),
        ("date: 10-01", "colour: red", "Unknown key colour"),
        ("date: 10-01", "date: 10-01, lunar: 9-9", "national_day needs one of"),
        ("date: 10-01", "days: 3", "national_day needs one of"),
        ("date: 10-01", "date: 10-01, days: 301", "days may be at most 300"),
        ("kind: festival, date: 10-01", "kind: festifal, date: 10-01", "Unknown kind festifal"),
    ],
)
def test_a_mistake_is_told_with_its_line(of: str, said: str, fault: str) -> None:
    line = next(
        no for no, text in enumerate(SHIPPED.splitlines(), 1) if f"{of}" in text and "zh:" in text
    )
    lines = SHIPPED.splitlines()
    lines[line - 1] = lines[line - 1].replace(of, said)
    told = faults("\n".join(lines))
    assert (line, True) in [(at, fault in words) for at, words in told]


def test_every_mistake_is_told_at_once() -> None:
    wrong = SHIPPED.replace("lunar: 8-15", "lunar: 13-15").replace("date: 10-01", "date: 02-30")
    assert len(faults(wrong)) == 2


def test_a_code_said_twice_is_told() -> None:
    line = "  national_day: {zh: 甲, en: A, kind: festival, date: 01-02}\n"
    twice = SHIPPED.replace("  labour_day: {", f"{line}  labour_day: {{", 1)
    assert any("national_day is said twice" in words for _, words in faults(twice))


def test_what_no_list_may_lack_is_told() -> None:
    less = "\n".join(line for line in SHIPPED.splitlines() if not line.startswith("  birthday: {"))
    assert any("('birthday',)" in words for _, words in faults(less))


def test_words_for_nothing_are_told() -> None:
    assert any("no occasion nowhere" in words for _, words in faults(f"{SHIPPED}  nowhere: []\n"))


@pytest.mark.parametrize("text", ["", "kinds: {}\n", "- 1\n"])
def test_a_list_that_is_none_is_refused(text: str) -> None:
    assert faults(text)


def test_a_day_is_a_date() -> None:
    assert days_of(OCCASIONS["mid_autumn"], 2026) == (date(2026, 9, 25),)
