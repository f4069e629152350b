"""Terms of office: ends, who may stand, and ten years of warnings against a table and a clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest

from donflow.domain.terms import (
    PAST,
    STANDARD,
    Council,
    Service,
    TermRule,
    later,
    rule_on,
    stages_of,
    standing,
    term_end,
    terms_in_a_row,
    title_of,
    warning_now,
    warnings_of,
)

D = date.fromisoformat


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        ("2024-02-29", 36, "2027-02-28"),
        ("2024-02-29", 48, "2028-02-29"),
        ("2024-02-29", -12, "2023-02-28"),
        ("2023-05-31", -3, "2023-02-28"),
        ("2024-05-31", -3, "2024-02-29"),
        ("2024-08-31", 1, "2024-09-30"),
        ("2024-01-15", -1, "2023-12-15"),
        ("2024-12-31", 2, "2025-02-28"),
        ("2024-12-01", 1, "2025-01-01"),
    ],
)
def test_months_later_is_the_same_day_or_that_months_last(day: str, months: int, then: str) -> None:
    assert later(D(day), months) == D(then)


def test_the_standard_is_article_31() -> None:
    assert (STANDARD.years, STANDARD.most_terms, STANDARD.notice_months) == (3, 2, 12)
    assert STANDARD.source == "章程第五章第三十一条"
    assert STANDARD.offices == ("chair", "vice_chair", "secretary_general")
    assert stages_of(STANDARD) == (12, 6, 3, PAST)


def test_an_overseas_chapter_has_a_president() -> None:
    assert title_of("chair", "overseas").zh == "会长"
    assert title_of("chair", "regional").zh == "理事长"
    assert title_of("director", "overseas").zh == "理事"


FOUR_YEARS = replace(STANDARD, from_on=D("2025-01-01"), years=4, source="章程第二十条")


@pytest.mark.parametrize(
    ("elected_on", "ends_on"),
    [
        ("2024-12-31", "2027-12-31"),  # before the change: the term it was elected for
        ("2025-01-01", "2029-01-01"),
        ("2021-06-01", "2024-06-01"),
    ],
)
def test_a_changed_article_applies_to_councils_elected_from_its_day_on(
    elected_on: str, ends_on: str
) -> None:
    council = Council(2, D(elected_on))
    rule = rule_on(council.elected_on, (FOUR_YEARS, replace(STANDARD, from_on=D("2020-01-01"))))
    assert term_end(council, rule) == D(ends_on)


def test_the_nearest_charter_with_an_article_in_force_says() -> None:
    own = replace(STANDARD, from_on=D("2026-01-01"), years=5)
    of_kind = replace(STANDARD, from_on=D("2020-01-01"), years=2)
    assert rule_on(D("2026-01-01"), (own,), (of_kind,)).years == 5
    assert rule_on(D("2025-12-31"), (own,), (of_kind,)).years == 2
    assert rule_on(D("2019-12-31"), (own,), (of_kind,)) == STANDARD


HE, JIANG, LIANG = 1, 2, 3
COUNCILS = [
    Council(1, D("2015-05-01")),
    Council(2, D("2018-05-01")),
    Council(3, D("2021-05-01")),
]
NEXT = D("2024-05-01")


def full(person: int, office: str, *numbers: int) -> list[Service]:
    """Whole terms in these councils."""
    ends = [*(council.elected_on for council in COUNCILS[1:]), None]
    return [
        Service(person, office, no, COUNCILS[no - 1].elected_on, ends[no - 1]) for no in numbers
    ]


def part(person: int, office: str, no: int, since: str, until: str | None = None) -> Service:
    return Service(person, office, no, D(since), D(until) if until else None)


@pytest.mark.parametrize(
    ("services", "office", "terms"),
    [
        ([], "chair", 0),
        (full(HE, "chair", 3), "chair", 1),
        (full(HE, "chair", 2, 3), "chair", 2),
        (full(HE, "chair", 1, 2, 3), "chair", 3),
        # a break: a council without the office
        (full(HE, "chair", 1, 2), "chair", 0),
        (full(HE, "chair", 1, 3), "chair", 1),
        # another office is another count
        ([*full(HE, "vice_chair", 1, 2), *full(HE, "chair", 3)], "chair", 1),
        ([*full(HE, "vice_chair", 1, 2), *full(HE, "chair", 3)], "vice_chair", 0),
        (full(JIANG, "chair", 2, 3), "chair", 0),
        # filled in (增补): over half of the council's time counts; 1,096 days, half is 548
        ([part(HE, "chair", 3, "2022-10-30")], "chair", 1),
        ([part(HE, "chair", 3, "2022-10-31")], "chair", 0),
        ([*full(HE, "chair", 2), part(HE, "chair", 3, "2022-10-30")], "chair", 2),
        # elected from the first day: a term, however soon one leaves
        ([part(HE, "chair", 3, "2021-05-01", "2022-10-31")], "chair", 1),
        ([*full(HE, "chair", 1, 2), part(HE, "chair", 3, "2021-05-01", "2021-06-01")], "chair", 3),
        # filled in for less than half: no term, and no break
        ([*full(HE, "chair", 2), part(HE, "chair", 3, "2023-05-01")], "chair", 1),
        # two parts of one council are one term
        (
            [
                part(HE, "chair", 3, "2021-05-01", "2022-05-01"),
                part(HE, "chair", 3, "2023-05-01"),
            ],
            "chair",
            1,
        ),
    ],
)
def test_terms_in_a_row(services: list[Service], office: str, terms: int) -> None:
    assert terms_in_a_row(HE, office, COUNCILS, services, on=NEXT) == terms


def test_a_council_cut_short_by_an_early_election_counts_where_it_was_served_whole() -> None:
    services = full(HE, "chair", 3)
    assert terms_in_a_row(HE, "chair", COUNCILS, services, on=D("2022-01-01")) == 1


@pytest.mark.parametrize(
    ("years", "next_on", "terms"),
    [
        (3, "2022-05-01", 0),  # an early election: four months of three years
        (3, "2027-05-01", 1),  # late: it is 28 months of three years, none of those after
        (7, "2027-05-01", 0),  # 64 months by a term of seven years would be one; 40 are not
    ],
)
def test_what_is_filled_in_is_measured_against_the_articles_years(
    years: int, next_on: str, terms: int
) -> None:
    since = "2024-01-01" if years == 7 else "2022-01-01"
    services = [part(HE, "chair", 3, since)]
    articles = ((replace(STANDARD, from_on=D("2021-01-01"), years=years),),)
    on = D(next_on)
    assert terms_in_a_row(HE, "chair", COUNCILS, services, on=on, articles=articles) == terms


def test_a_late_election_makes_no_term_of_the_last_year() -> None:
    services = [part(HE, "chair", 3, "2023-05-01")]
    assert terms_in_a_row(HE, "chair", COUNCILS, services, on=D("2027-05-01")) == 0


@pytest.mark.parametrize(
    ("services", "office", "rule", "may", "reason"),
    [
        ([], "chair", STANDARD, True,
         "Terms in a row as chair: 0; at most 2 (章程第五章第三十一条)."),
        (full(HE, "chair", 3), "chair", STANDARD, True,
         "Terms in a row as chair: 1; at most 2 (章程第五章第三十一条)."),
        (full(HE, "chair", 2, 3), "chair", STANDARD, False,
         "Terms in a row as chair: 2; at most 2 (章程第五章第三十一条)."),
        (full(HE, "chair", 2, 3), "vice_chair", STANDARD, True,
         "Terms in a row as vice-chair: 0; at most 2 (章程第五章第三十一条)."),
        (full(HE, "director", 1, 2, 3), "director", STANDARD, True,
         "The office of director is not limited."),
        (full(HE, "chair", 2, 3), "chair", replace(STANDARD, most_terms=3, source="第二十条"), True,
         "Terms in a row as chair: 2; at most 3 (第二十条)."),
    ],
)  # fmt: skip
def test_who_may_stand_again_and_why(
    services: list[Service], office: str, rule: TermRule, may: bool, reason: str
) -> None:
    judged = standing(HE, office, COUNCILS, services, rule, on=NEXT)
    english = judged.reason.message.format_map(
        {name: getattr(value, "en", value) for name, value in judged.reason.values.items()}
    )
    assert (judged.may, english) == (may, reason)


def test_the_dead_do_not_stand() -> None:
    judged = standing(HE, "director", COUNCILS, [], STANDARD, on=NEXT, deceased=True)
    assert not judged.may


# Ten years of five chapters, from 2016 to 2026, with the article changed twice: from 2021-01-01
# two years and six months' notice, from 2023-07-01 three years and twelve months again.
FIRST, LAST = D("2016-01-01"), D("2026-12-31")
ARTICLES = (
    (
        replace(STANDARD, from_on=D("2010-01-01")),
        replace(
            STANDARD, from_on=D("2021-01-01"), years=2, notice_months=6, source="第三十一条修正"
        ),
        replace(STANDARD, from_on=D("2023-07-01"), source="第三十一条再修正"),
    ),
)


@dataclass(frozen=True)
class Case:
    """A chapter's councils by the days of their elections, and every warning that is due."""

    elected: tuple[str, ...]
    warnings: tuple[tuple[int, int, str], ...]
    ended_on: str | None = None

    @property
    def councils(self) -> list[Council]:
        return [Council(no, D(day)) for no, day in enumerate(self.elected, start=1)]


CASES = {
    "every election on time": Case(
        ("2016-05-18", "2019-05-18", "2022-05-18", "2024-05-18"),
        (
            (1, 12, "2018-05-18"), (1, 6, "2018-11-18"), (1, 3, "2019-02-18"),
            (2, 12, "2021-05-18"), (2, 6, "2021-11-18"), (2, 3, "2022-02-18"),
            # elected under two years and six months' notice
            (3, 6, "2023-11-18"), (3, 3, "2024-02-18"),
            # elected under three years again
            (4, 12, "2026-05-18"), (4, 6, "2026-11-18"),
        ),
    ),
    "early, then late": Case(
        # the second a year early, the third eight months late, the fourth not yet
        ("2016-09-30", "2018-09-10", "2022-05-31"),
        (
            (2, 12, "2020-09-10"), (2, 6, "2021-03-10"), (2, 3, "2021-06-10"),
            (2, PAST, "2021-09-11"),
            (3, 6, "2023-11-30"), (3, 3, "2024-02-29"), (3, PAST, "2024-06-01"),
        ),
    ),
    "leap years and ends of months": Case(
        ("2016-02-29", "2019-03-31", "2023-08-31"),
        (
            (1, 12, "2018-02-28"), (1, 6, "2018-08-28"), (1, 3, "2018-11-28"),
            (1, PAST, "2019-03-01"),
            (2, 12, "2021-03-31"), (2, 6, "2021-09-30"), (2, 3, "2021-12-31"),
            (2, PAST, "2022-04-01"),
            (3, 12, "2025-08-31"), (3, 6, "2026-02-28"), (3, 3, "2026-05-31"),
            (3, PAST, "2026-09-01"),
        ),
    ),
    "elected on the very day of a warning, and of the end": Case(
        # the second on the day of the first's warning at six months: that one is not given;
        # the third on the last day of the second's term: never past
        ("2016-06-15", "2018-12-15", "2021-12-15", "2023-12-16"),
        (
            (1, 12, "2018-06-15"),
            (2, 12, "2020-12-15"), (2, 6, "2021-06-15"), (2, 3, "2021-09-15"),
            (3, 6, "2023-06-15"), (3, 3, "2023-09-15"),
            # the fourth on the first day past: the election is done, so nothing is given
            (4, 12, "2025-12-16"), (4, 6, "2026-06-16"), (4, 3, "2026-09-16"),
            (4, PAST, "2026-12-17"),
        ),
    ),
    "dissolved within the year of notice": Case(
        ("2017-11-11",),
        ((1, 12, "2019-11-11"), (1, 6, "2020-05-11")),
        ended_on="2020-08-11",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_ten_years_give_exactly_the_warnings_of_the_table(case: Case) -> None:
    ended_on = D(case.ended_on) if case.ended_on else None
    given = warnings_of(case.councils, ARTICLES, through=LAST, ended_on=ended_on)
    assert [(w.council, w.months, w.on.isoformat()) for w in given] == list(case.warnings)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_a_clock_that_asks_each_day_gives_each_warning_once_on_its_day(case: Case) -> None:
    """What `today` shows changes on the days of the table, and on no other."""
    ended_on = D(case.ended_on) if case.ended_on else None
    seen: list[tuple[int, int, str]] = []
    shown = None
    day = FIRST
    while day <= LAST:
        known = [council for council in case.councils if council.elected_on <= day]
        gone = ended_on if ended_on and ended_on <= day else None
        now = warning_now(known, ARTICLES, today=day, ended_on=gone)
        if now is not None and now != shown:
            seen.append((now.council, now.months, day.isoformat()))
        shown = now
        day += timedelta(days=1)
    assert seen == list(case.warnings)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_a_second_reckoning_day_by_day_agrees(case: Case) -> None:
    assert by_the_calendar(case) == list(case.warnings)


def by_the_calendar(case: Case) -> list[tuple[int, int, str]]:
    """The warnings once more, not by the module's own reckoning: by turning a calendar's pages."""
    found = []
    elected = [D(day) for day in case.elected]
    for index, begun in enumerate(elected):
        if begun < D("2021-01-01") or begun >= D("2023-07-01"):
            months, stages = 36, (12, 6, 3)
        else:
            months, stages = 24, (6, 3)
        over = elected[index + 1] if index + 1 < len(elected) else LAST + timedelta(days=1)
        if case.ended_on:
            over = min(over, D(case.ended_on))
        last_day = turned(begun, months)
        days = {turned(last_day, -stage): stage for stage in stages}
        days[last_day + timedelta(days=1)] = PAST
        day = begun
        while day < over:
            if day in days:
                found.append((index + 1, days[day], day.isoformat()))
            day += timedelta(days=1)
    return found


def turned(day: date, months: int) -> date:
    """Turn so many pages, then go to the same number, or to the highest on that page."""
    year, month = day.year, day.month
    for _ in range(abs(months)):
        month += 1 if months > 0 else -1
        if month == 13:
            year, month = year + 1, 1
        if month == 0:
            year, month = year - 1, 12
    number = day.day
    while True:
        try:
            return date(year, month, number)
        except ValueError:
            number -= 1


@pytest.mark.parametrize(
    "broken",
    [
        (Council(1, D("2016-05-19")),),
        (Council(1, D("2016-05-18")), Council(2, D("2019-05-19"))),
    ],
)
def test_a_day_wrong_would_be_seen(broken: Sequence[Council]) -> None:
    case = CASES["every election on time"]
    given = warnings_of([*broken, *case.councils[len(broken) :]], ARTICLES, through=LAST)
    assert [(w.council, w.months, w.on.isoformat()) for w in given] != list(case.warnings)


@dataclass(frozen=True)
class Ten:
    """Ten years of one chapter's chairs: each election with who asks to stand, and the answer."""

    on: str
    person: int
    office: str
    may: bool


TEN_YEARS = (
    # He is elected in 2016 and again in 2019, dies in March 2021; Jiang fills in for less than half
    Ten("2016-05-18", HE, "chair", True),
    Ten("2019-05-18", HE, "chair", True),
    Ten("2021-03-10", JIANG, "chair", True),
    Ten("2022-05-18", JIANG, "chair", True),  # 434 of 1,096 days: less than half, none counts
    Ten("2022-05-18", LIANG, "vice_chair", False),  # two whole terms as vice-chair
    Ten("2022-05-18", LIANG, "chair", True),  # another office
    Ten("2024-05-18", JIANG, "chair", True),  # one term: 2022 to 2024, under two-year terms
    Ten("2024-05-18", LIANG, "vice_chair", True),  # a council's break
    Ten("2026-05-18", JIANG, "chair", False),  # two: 2022 and 2024
)
TEN_COUNCILS = CASES["every election on time"].councils
TEN_SERVICES = (
    Service(HE, "chair", 1, D("2016-05-18"), D("2019-05-18")),
    Service(HE, "chair", 2, D("2019-05-18"), D("2021-03-10")),
    Service(JIANG, "chair", 2, D("2021-03-10"), D("2022-05-18")),
    Service(LIANG, "vice_chair", 1, D("2016-05-18"), D("2019-05-18")),
    Service(LIANG, "vice_chair", 2, D("2019-05-18"), D("2022-05-18")),
    Service(JIANG, "chair", 3, D("2022-05-18"), D("2024-05-18")),
    Service(JIANG, "chair", 4, D("2024-05-18")),
)


@pytest.mark.parametrize("asked", TEN_YEARS, ids=lambda asked: f"{asked.on}-{asked.person}")
def test_ten_years_of_one_chapter_answer_who_may_stand(asked: Ten) -> None:
    day = D(asked.on)
    known = [council for council in TEN_COUNCILS if council.elected_on < day]
    held = [
        service if service.until and service.until <= day else replace(service, until=None)
        for service in TEN_SERVICES
        if service.since < day
    ]
    judged = standing(asked.person, asked.office, known, held, rule_on(day, *ARTICLES), on=day)
    assert judged.may is asked.may
