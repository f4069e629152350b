"""Studies, posts, segments and fields of a person, each with who told it; and all of it at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from donflow.accounts.scopes import Scope
from donflow.domain.actor import Actor
from donflow.errors import NotFound, Refused
from donflow.roster.consent import give, may, withdraw
from donflow.roster.employments import (
    PostKnown,
    add_employment,
    change_employment,
    employments_of,
    end_employment,
    get_employment,
    remove_employment,
)
from donflow.roster.holdings import ReasonMissing, reveal_of
from donflow.roster.merging import merge, unmerge
from donflow.roster.models import (
    Confidence,
    Constituent,
    ConstituentKind,
    Gender,
    Purpose,
    Source,
    Status,
)
from donflow.roster.people import NotChangeable, Particulars, add_constituent, get_constituent
from donflow.roster.segments import (
    SegmentSaid,
    SegmentUnknown,
    join_segment,
    known_segments,
    leave_segment,
    segments_of,
)
from donflow.roster.sources import Origin, origin_of
from donflow.roster.standing import (
    LockedForGood,
    NotAPerson,
    NotDeceased,
    NotRestricted,
    lift_restriction,
    mark_deceased,
    mark_living,
    restrict,
)
from donflow.roster.studies import (
    Course,
    StudyKnown,
    add_study,
    change_study,
    course_of,
    get_study,
    remove_study,
    studies_of,
)
from donflow.roster.traits import Trait, set_traits
from donflow.roster.whole import whole_person
from donflow.store.journal import Subject, events_of
from donflow.store.keys import KeyRing
from donflow.store.session import Store, reading, unit_of_work
from tests.databases import only_sqlite

pytestmark = only_sqlite("rows and rules, nothing of a database's own")

ARCHIVE = Origin(Source.ARCHIVE, date(2026, 3, 2), Confidence.LIKELY, "1987!4")
LIAISON = Origin(Source.CLASS_LIAISON, date(2026, 5, 1))
BACHELOR = Course("本科", "会计学", "2", 2005, 2009, "320050101023")


@pytest.fixture
def su(store: Store, keys: KeyRing, lin: Actor, now: datetime) -> int:
    """The number of 苏晚晴, of whom nothing is known but the name."""
    with unit_of_work(store) as session:
        person = Particulars(ConstituentKind.PERSON, "苏晚晴", gender=Gender.FEMALE)
        return add_constituent(session, keys, person, actor=lin, now=now).id


def test_a_second_degree_is_a_second_study_of_the_same_person(
    store: Store, liang: int, lin: Actor, now: datetime
) -> None:
    with unit_of_work(store) as session:
        person = get_constituent(session, liang)
        for course in (Course("MBA", grad_year=2016), BACHELOR):
            add_study(session, person, course, origin=ARCHIVE, actor=lin, now=now)
        with pytest.raises(StudyKnown):
            add_study(session, person, BACHELOR, origin=LIAISON, actor=lin, now=now)
    with unit_of_work(store) as session:
        person = get_constituent(session, liang)
        first = get_study(session, [liang], 1)
        assert (course_of(first), first.source, first.source_ref) == (BACHELOR, "archive", "1987!4")
        new = replace(BACHELOR, class_no="3")
        change_study(session, person, first, new, origin=LIAISON, actor=lin, now=now)
        second = get_study(session, [liang], 2)
        remove_study(session, person, second, actor=lin, now=now)
    with reading(store) as session:
        (kept,) = studies_of(session, [liang])
        assert (kept.class_no, kept.source, kept.confidence) == ("3", "class_liaison", "sure")
        with pytest.raises(NotFound):
            get_study(session, [liang], 2)
        actions = [event.action for event in events_of(session, Subject("person", liang))]
        assert actions[-4:] == ["study_added", "study_added", "study_changed", "study_removed"]


@pytest.mark.parametrize(
    ("course", "codes"),
    [
        (Course(), {"study_empty"}),
        (Course(enrol_year=2009, grad_year=2005), {"study_years_turned"}),
        (Course(enrol_year=205, degree="硕" * 21), {"study_year", "study_length"}),
        (Course(grad_year=2090), {"study_year"}),
    ],
)
def test_a_wrong_study_is_refused_with_all_that_is_wrong(
    store: Store, liang: int, lin: Actor, now: datetime, course: Course, codes: set[str]
) -> None:
    with unit_of_work(store) as session:
        person = get_constituent(session, liang)
        with pytest.raises(Refused) as refused:
            add_study(session, person, course, origin=ARCHIVE, actor=lin, now=now)
    assert {refusal.code for refusal in refused.value.refusals} == codes


def test_a_new_post_ends_the_one_before(
    store: Store, liang: int, lin: Actor, now: datetime
) -> None:
    def add(employer: str, *, current: bool = True) -> None:
        add_employment(
            session, person, employer, None, origin=ARCHIVE, actor=lin, now=now, current=current
        )

    with unit_of_work(store) as session:
        person = get_constituent(session, liang)
        for employer in ("甲公司", "乙公司"):
            add(employer)
        add("丙公司", current=False)
        with pytest.raises(PostKnown):
            add("乙公司")
        assert [(post.employer, post.current) for post in employments_of(session, [liang])] == [
            ("乙公司", True),
            ("丙公司", False),
            ("甲公司", False),
        ]
        post = get_employment(session, [liang], 1)
        change_employment(
            session, person, post, "乙集团", "总监", origin=LIAISON, actor=lin, now=now
        )
        end_employment(session, person, post, actor=lin, now=now)
        session.flush()
        oldest = next(p for p in employments_of(session, [liang]) if p.employer == "甲公司")
        remove_employment(session, person, oldest, actor=lin, now=now)
        session.flush()
        assert {post.employer: post.current for post in employments_of(session, [liang])} == {
            "乙集团": False,
            "丙公司": False,
        }
        with pytest.raises(Refused):
            add("  ")


def test_a_slip_of_the_pen_makes_no_segment(
    store: Store, liang: int, lin: Actor, now: datetime
) -> None:
    with unit_of_work(store) as session:
        person = get_constituent(session, liang)
        join_segment(session, person, "万", actor=lin, now=now)
        with pytest.raises(SegmentUnknown):
            join_segment(session, person, "万人", actor=lin, now=now)
        join_segment(session, person, "金融界", actor=lin, now=now, new=True)
        with pytest.raises(SegmentSaid):
            join_segment(session, person, "万", actor=lin, now=now)
        assert segments_of(session, [liang]) == ("万", "金融界")
        leave_segment(session, person, "万", actor=lin, now=now)
        session.flush()
        assert segments_of(session, [liang]) == ("金融界",)
        with pytest.raises(SegmentSaid):
            leave_segment(session, person, "万", actor=lin, now=now)
        assert known_segments(session) == ("百", "千", "万", "金融界")


def test_each_field_says_who_told_it_and_when(
    store: Store, liang: int, lin: Actor, now: datetime, today: date
) -> None:
    def tell(told: dict[Trait, str], origin: Origin) -> None:
        set_traits(session, person, told, origin=origin, actor=lin, now=now, today=today)

    with unit_of_work(store) as session:
        person = get_constituent(session, liang)
        tell({Trait.BIRTH: "1987年9月", Trait.CITY: "兰州"}, ARCHIVE)
        tell({Trait.CITY: "深圳"}, LIAISON)
        assert (person.birth, person.city) == ("1987-09", "深圳")
        assert origin_of(person, Trait.BIRTH) == ARCHIVE
        assert origin_of(person, Trait.CITY) == LIAISON
        tell({Trait.CITY: ""}, LIAISON)
        assert (person.city, origin_of(person, Trait.CITY)) == (None, None)


@pytest.mark.parametrize(
    ("told", "codes"),
    [
        ({}, {"nothing_told"}),
        ({Trait.BIRTH: "1904-02-30", Trait.CITY: "城" * 41}, {"birth_form", "field_length"}),
        ({Trait.BIRTH: "2030"}, {"birth_form"}),
        ({Trait.BIRTH: "九月"}, {"birth_form"}),
    ],
)
def test_a_wrong_field_is_refused_and_its_value_never_quoted(
    store: Store,
    liang: int,
    lin: Actor,
    now: datetime,
    today: date,
    told: dict[Trait, str],
    codes: set[str],
) -> None:
    with unit_of_work(store) as session:
        person = get_constituent(session, liang)
        with pytest.raises(Refused) as refused:
            set_traits(session, person, told, origin=ARCHIVE, actor=lin, now=now, today=today)
    assert {refusal.code for refusal in refused.value.refusals} == codes
    assert not any(value in repr(refused.value.refusals) for value in told.values())


def test_a_body_has_neither_birth_nor_studies_nor_death(
    store: Store, keys: KeyRing, lin: Actor, now: datetime, today: date
) -> None:
    with unit_of_work(store) as session:
        company = Particulars(ConstituentKind.COMPANY, "深圳市恒源数智科技有限公司")
        body = add_constituent(session, keys, company, actor=lin, now=now)
        with pytest.raises(Refused):
            add_study(session, body, BACHELOR, origin=ARCHIVE, actor=lin, now=now)
        with pytest.raises(Refused):
            add_employment(session, body, "甲公司", None, origin=ARCHIVE, actor=lin, now=now)
        told = {Trait.BIRTH: "1987"}
        with pytest.raises(Refused):
            set_traits(session, body, told, origin=ARCHIVE, actor=lin, now=now, today=today)
        with pytest.raises(NotAPerson):
            mark_deceased(session, body, actor=lin, now=now)


def test_a_death_has_its_day_and_who_told_and_can_be_taken_back(
    store: Store, liang: int, lin: Actor, now: datetime, today: date
) -> None:
    with unit_of_work(store) as session:
        person = get_constituent(session, liang)
        with pytest.raises(NotDeceased):
            mark_living(session, person, actor=lin, now=now)
        give(session, person, Purpose.GREETINGS, stated_on=today, actor=lin, now=now)
        mark_deceased(
            session, person, actor=lin, now=now, origin=LIAISON, died_on="2026-02", today=today
        )
        assert not may(session, person, Purpose.GREETINGS).granted
        whole = whole_person(session, liang)
        assert (whole.died_on, whole.status_origin) == ("2026-02", LIAISON)
        mark_living(session, person, actor=lin, now=now)
        assert may(session, person, Purpose.GREETINGS).granted
        assert (person.died_on, person.status) == (None, Status.ACTIVE)


def test_a_restriction_is_lifted_unless_a_duty_alone_keeps_the_data(
    store: Store, liang: int, lin: Actor, now: datetime
) -> None:
    with unit_of_work(store) as session:
        person = get_constituent(session, liang)
        with pytest.raises(NotRestricted):
            lift_restriction(session, person, actor=lin, now=now)
        restrict(session, person, origin=LIAISON, actor=lin, now=now)
        with pytest.raises(NotChangeable):
            add_study(session, person, BACHELOR, origin=ARCHIVE, actor=lin, now=now)
        lift_restriction(session, person, actor=lin, now=now)
        assert person.status == Status.ACTIVE
        person.status = Status.RESTRICTED  # as an erasure leaves whoever has given
        with pytest.raises(LockedForGood):
            lift_restriction(session, person, actor=lin, now=now)


def test_whoever_was_never_asked_is_neither_greeted_nor_published(store: Store, su: int) -> None:
    with reading(store) as session:
        leaves = whole_person(session, su).leaves
        assert [purpose for purpose, leave in leaves.items() if leave.granted] == []


def test_a_merged_person_is_shown_whole_and_its_own_word_comes_first(
    store: Store, keys: KeyRing, liang: int, su: int, lin: Actor, now: datetime, today: date
) -> None:
    with unit_of_work(store) as session:
        head, other = get_constituent(session, liang), get_constituent(session, su)
        both = {Trait.CITY: "兰州", Trait.PROVINCE: "甘肃"}
        own = {Trait.CITY: "深圳"}
        set_traits(session, head, own, origin=LIAISON, actor=lin, now=now, today=today)
        set_traits(session, other, both, origin=ARCHIVE, actor=lin, now=now, today=today)
        add_study(session, other, BACHELOR, origin=ARCHIVE, actor=lin, now=now)
        join_segment(session, other, "百", actor=lin, now=now)
        give(session, head, Purpose.GREETINGS, stated_on=today, actor=lin, now=now)
        withdraw(session, other, Purpose.GREETINGS, stated_on=today, actor=lin, now=now)
        merge(session, liang, su, actor=lin, now=now)
    with reading(store) as session:
        for number in (liang, su):
            whole = whole_person(session, number)
            assert whole.numbers == (liang, su)
            assert whole.view.other_names == ("Leung Kai Chau", "苏晚晴")
            shown = {each.trait: (each.shown, each.number) for each in whole.traits}
            assert shown[Trait.CITY] == ("深圳", liang)
            assert shown[Trait.PROVINCE] == ("甘肃", su)
            assert [study.course for study in whole.studies] == [BACHELOR]
            assert whole.segments == ("百",)
            assert not whole.leaves[Purpose.GREETINGS].granted, "the last word under any number"
    with unit_of_work(store) as session:
        unmerge(session, su, actor=lin, now=now)
    with reading(store) as session:
        assert whole_person(session, liang).studies == ()
        assert whole_person(session, liang).leaves[Purpose.GREETINGS].granted


def test_under_a_masked_scope_nothing_says_who_it_is(
    store: Store, liang: int, lin: Actor, now: datetime, today: date, canaries: tuple[str, ...]
) -> None:
    with unit_of_work(store) as session:
        person = get_constituent(session, liang)
        told = {Trait.BIRTH: "1904-07-23", Trait.CITY: "兰州", Trait.ETHNICITY: "撒拉族"}
        set_traits(session, person, told, origin=ARCHIVE, actor=lin, now=now, today=today)
        add_study(session, person, BACHELOR, origin=ARCHIVE, actor=lin, now=now)
        add_employment(session, person, "甲公司", "总监", origin=ARCHIVE, actor=lin, now=now)
    hidden = ("梁", "Leung", "1904", "兰州", "撒拉", "会计", "甲公司", "总监", "3200501", *canaries)
    with reading(store) as session:
        shown = repr(whole_person(session, liang, Scope.MASKED))
        assert [trace for trace in hidden if trace in shown] == []
        everything = repr(whole_person(session, liang))
        assert "兰州" in everything
        assert [trace for trace in ("1904", *canaries) if trace in everything] == []


def test_a_birth_is_shown_without_its_year_and_revealed_for_a_reason(
    store: Store, keys: KeyRing, liang: int, cast: dict[str, Actor], now: datetime, today: date
) -> None:
    def look(reason: str) -> str | None:
        records = [session.get_one(Constituent, liang)]
        shown = reveal_of(
            session, keys, records, "birth", reason=reason, actor=cast["lin"], now=now
        )
        return shown.reveal() if shown else None

    with unit_of_work(store) as session:
        assert look("核对") is None, "nobody told it"
        person = get_constituent(session, liang)
        told = {Trait.BIRTH: "1904-07-23"}
        set_traits(session, person, told, origin=ARCHIVE, actor=cast["lin"], now=now, today=today)
        assert whole_person(session, liang).traits[0].shown == "****-07-23"
        with pytest.raises(ReasonMissing):
            look(" ")
        assert look("核对") == "1904-07-23"
    with reading(store) as session:
        last = events_of(session, Subject("person", liang))[-1]
        assert (last.action, last.detail["kind"]) == ("field_revealed", "birth")
        assert "1904" not in repr(
            [event.detail for event in events_of(session, Subject("person", liang))]
        )
