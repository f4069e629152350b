"""What a row adds to a person: gaps filled, newer values taken, nothing fixed overwritten."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from donflow.roster.folding import Held, common_birth, fold, ways_of
from donflow.roster.models import Confidence, ContactKind, Source, Status
from donflow.roster.reading.rows import Column, Row
from donflow.roster.sources import Origin

EARLIER, LATER = date(2020, 6, 30), date(2026, 6, 30)
STUDY = {"degree": "本科", "major": "会计学", "class_no": "2", "enrol_year": "2001"}
PHONE, OTHER_PHONE = "+8613800000001", "+8613800000002"


def row(number: int = 4, accept: tuple[str, ...] = (), **said: str) -> Row:
    values = {Column(name): text for name, text in ({"name": "梁启舟"} | said).items()}
    return Row("名册", number, values, (), accept)


def told(held: Held, one: Row, on: date = LATER) -> Held:
    ways = [(kind, value, f"token {value}") for kind, value in ways_of(one)]
    fold(held, one, ways, Origin(Source.ROSTER, on, Confidence.LIKELY, one.ref))
    return held


def known(*rows: Row, number: int | None = 7, on: date = EARLIER) -> Held:
    """A person as stored: what the rows said, and none of it new any more."""
    held = Held("梁启舟")
    for one in rows:
        told(held, one, on)
    held.number, held.changed = number, False
    for place, part in enumerate([*held.studies, *held.posts, *held.ways], start=1):
        part.row, part.changed = place, False
    return held


def test_a_row_that_says_what_is_known_changes_nothing() -> None:
    said = row(gender="男", birth="1983-09", employer="天河公司", phone=PHONE, city="兰州", **STUDY)

    held = told(known(said), said)

    assert not held.has_changed
    assert not held.contradicted


@pytest.mark.parametrize(
    ("before", "now", "kept"),
    [
        ({}, {"birth": "1983"}, "1983"),
        ({"birth": "1983"}, {"birth": "1983-09"}, "1983-09"),
        ({"birth": "1983-09-12"}, {"birth": "1983-09"}, "1983-09-12"),
    ],
)
def test_a_birth_is_filled_in_as_far_as_it_is_told(
    before: dict[str, str], now: dict[str, str], kept: str
) -> None:
    held = told(known(row(**before)), row(**now))

    assert held.fields["birth"] == kept
    assert not held.contradicted


@pytest.mark.parametrize(
    ("before", "now", "column"),
    [
        ({"birth": "1983-09"}, {"birth": "1984-09"}, Column.BIRTH),
        ({"gender": "男"}, {"gender": "女"}, Column.GENDER),
        ({"ethnicity": "汉族"}, {"ethnicity": "回族"}, Column.ETHNICITY),
        ({"name": "梁启舟"}, {"name": "梁启洲"}, Column.NAME),
        ({}, {"status": "已故"}, Column.STATUS),
        (STUDY, STUDY | {"class_no": "3"}, Column.CLASS_NO),
    ],
)
def test_what_is_fixed_is_never_overwritten_but_told(
    before: dict[str, str], now: dict[str, str], column: Column
) -> None:
    held = told(known(row(**before)), row(9, **now))

    assert list(held.contradicted) == [column]
    assert held.contradicted_by == "名册!9"
    assert not held.has_changed


def test_a_name_written_with_a_space_is_the_same_name() -> None:
    assert not told(known(row()), row(name="梁 启舟")).contradicted


def test_a_newer_employer_takes_the_place_of_the_older_which_is_kept() -> None:
    held = told(known(row(employer="天河公司", job_title="会计")), row(employer="云麓公司"))

    assert [(post.employer, post.job_title, post.current) for post in held.posts] == [
        ("天河公司", "会计", False),
        ("云麓公司", None, True),
    ]


def test_a_newer_title_stays_with_the_employer() -> None:
    held = told(known(row(employer="天河公司", job_title="会计")), row(job_title="总经理"))

    assert (held.posts[1].employer, held.posts[1].job_title) == ("天河公司", "总经理")


def test_what_an_older_list_says_is_kept_and_not_current() -> None:
    held = known(row(employer="云麓公司", city="兰州"), on=LATER)

    told(held, row(employer="天河公司", city="西安"), on=EARLIER)

    assert [(post.employer, post.current) for post in held.posts] == [
        ("云麓公司", True),
        ("天河公司", False),
    ]
    assert held.fields["city"] == "兰州"
    assert [each[:3] for each in held.former["city"]] == [["西安", "roster", "2020-06-30"]]


def test_a_newer_city_is_taken_and_does_not_stay_in_the_older_province() -> None:
    held = told(known(row(city="兰州", province="甘肃")), row(city="西安"))

    assert held.fields == {"city": "西安"}
    assert {name: [each[0] for each in kept] for name, kept in held.former.items()} == {
        "city": ["兰州"],
        "province": ["甘肃"],
    }


def test_a_second_degree_is_a_second_study() -> None:
    held = told(known(row(**STUDY)), row(degree="MBA", enrol_year="2010"))

    assert [study.course.degree for study in held.studies] == ["本科", "MBA"]
    assert not held.contradicted


def test_gaps_of_a_study_are_filled() -> None:
    held = told(known(row(**STUDY)), row(grad_year="2005", **STUDY))

    assert [study.course.grad_year for study in held.studies] == [2005]
    assert held.studies[0].changed


def preferred(held: Held) -> Sequence[tuple[str, bool]]:
    return [(way.token.split()[1], way.preferred) for way in held.ways]


def test_a_newer_phone_is_the_one_to_use_and_the_older_is_kept() -> None:
    held = told(known(row(phone=PHONE)), row(phone=f"{PHONE}|{OTHER_PHONE}"))

    assert preferred(held) == [(PHONE, False), (OTHER_PHONE, True)]


def test_two_phones_of_one_row_are_equals() -> None:
    held = told(Held("梁启舟"), row(phone=f"{PHONE}|{OTHER_PHONE}"))

    assert preferred(held) == [(PHONE, False), (OTHER_PHONE, False)]


def test_the_phone_that_the_person_prefers_stays_so() -> None:
    held = known(row(phone=PHONE))
    held.ways[0].preferred = True
    held.ways[0].origin = Origin(Source.SELF, EARLIER)

    assert preferred(told(held, row(phone=OTHER_PHONE))) == [(PHONE, True), (OTHER_PHONE, False)]


def test_a_death_is_written_of_somebody_new() -> None:
    held = told(Held("梁启舟"), row(status="已故"))

    assert held.status == Status.DECEASED
    assert not held.contradicted


@pytest.mark.parametrize(
    ("accept", "sure"),
    [
        (("1982-01", "1982-10"), "1982"),
        (("1982-01-02", "1982-01-20"), "1982-01"),
        (("1982-01", "1983-01"), None),
    ],
)
def test_of_an_ambiguous_birth_only_what_is_sure_is_taken(
    accept: tuple[str, ...], sure: str | None
) -> None:
    assert common_birth(accept) == sure
    assert told(Held("梁启舟"), row(accept=accept)).fields.get("birth") == sure


def test_ways_to_reach_come_in_their_one_form() -> None:
    said = row(phone=f"{PHONE}|{PHONE}", email="Liang@Mail.Example.CN", wechat="")

    assert ways_of(said) == [
        (ContactKind.PHONE, PHONE),
        (ContactKind.MAIL, "liang@mail.example.cn"),
    ]
