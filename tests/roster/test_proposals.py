"""Proposals: they change nothing until a person accepts them, and then with their source."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from sqlalchemy.orm import Session

from donflow.domain.actor import Actor
from donflow.errors import Refused
from donflow.roster import proposals
from donflow.roster.doubles import find_doubles, settle_doubles
from donflow.roster.employments import employments_of
from donflow.roster.holdings import add_contact_point
from donflow.roster.import_models import Proposal
from donflow.roster.merging import merge, numbers_of, unmerge
from donflow.roster.models import ConstituentKind, ContactKind, Source, Status
from donflow.roster.people import NotChangeable, Particulars, add_constituent, get_constituent
from donflow.roster.proposal_view import shown_proposal
from donflow.roster.reading.rows import Column
from donflow.roster.sources import Origin, origin_of
from donflow.roster.studies import Course, add_study, course_of, studies_of
from donflow.roster.whole import whole_person
from donflow.store.keys import KeyRing
from donflow.store.session import Store, reading, unit_of_work
from tests import databases

ONE_IS_ENOUGH = databases.only_sqlite("what is proposed and done is the same on every database")
DAY = date(2026, 11, 20)
TOLD = Origin(Source.CLASS_LIAISON, DAY, ref="通讯录!7")


def _person(
    session: Session, keys: KeyRing, name: str, phone: str, lin: Actor, now: datetime
) -> int:
    particulars = Particulars(ConstituentKind.PERSON, name)
    person = add_constituent(session, keys, particulars, actor=lin, now=now)
    add_contact_point(
        session,
        keys,
        person,
        kind=ContactKind.PHONE,
        raw=phone,
        source=Source.SELF,
        since=DAY,
        actor=lin,
        now=now,
    )
    course = Course("本科", "会计学", "2", 2001)
    add_study(session, person, course, origin=TOLD, actor=lin, now=now)
    return person.id


@pytest.fixture
def pair(store: Store, keys: KeyRing, lin: Actor, now: datetime) -> tuple[int, int]:
    """Two records of one person: one name, one phone, one class."""
    with unit_of_work(store) as session:
        numbers = [_person(session, keys, "沈云松", "13800000001", lin, now) for _ in range(2)]
    return numbers[0], numbers[1]


def test_an_update_is_written_with_its_source_once_it_is_accepted(
    store: Store, keys: KeyRing, pair: tuple[int, int], lin: Actor, now: datetime, today: date
) -> None:
    told = {
        Column.CITY: "云州",
        Column.EMPLOYER: "云州市方舟设计院",
        Column.JOB_TITLE: "工程师",
        Column.PHONE: "13900000002|13800000001",
        Column.GRAD_YEAR: "2005",
        Column.NAME: "沈云山",
    }
    with unit_of_work(store) as session:
        proposal = proposals.propose_update(
            session, keys, pair[0], told, origin=TOLD, actor=lin, now=now
        )
        assert proposal is not None
        number = proposal.id
        assert b"13900000002" not in (proposal.ciphertext or b"")
    with reading(store) as session:
        assert whole_person(session, pair[0]).view.name == "沈云松"
        shown = shown_proposal(session, keys, session.get_one(Proposal, number))
        sides = {side.field: (side.ours, side.theirs) for side in shown.sides}
        assert sides[Column.EMPLOYER] == (None, "云州市方舟设计院")
        assert sides[Column.NAME] == ("沈云松", "沈云山")
        assert "13900000002" not in str(shown)
    with unit_of_work(store) as session:
        waiting = proposals.get_proposal(session, number)
        proposals.accept(session, keys, waiting, actor=lin, now=now, today=today)
        with pytest.raises(proposals.ProposalSettled):
            proposals.refuse(session, waiting, actor=lin, now=now)
    with reading(store) as session:
        whole = whole_person(session, pair[0])
        assert (whole.view.name, whole.view.other_names) == ("沈云山", ("沈云松",))
        assert [post.employer for post in whole.posts] == ["云州市方舟设计院"]
        assert len(whole.view.contact_points) == 2
        studies = studies_of(session, [pair[0]])
        assert [course_of(study).grad_year for study in studies] == [2005]
        assert origin_of(get_constituent(session, pair[0]), "city") == TOLD
        assert proposals.open_proposals(session) == []


@ONE_IS_ENOUGH
def test_what_is_refused_changes_nothing_and_is_not_kept(
    store: Store, keys: KeyRing, pair: tuple[int, int], lin: Actor, now: datetime
) -> None:
    with unit_of_work(store) as session:
        told = {Column.CITY: "云州"}
        proposal = proposals.propose_update(
            session, keys, pair[0], told, origin=TOLD, actor=lin, now=now
        )
        assert proposal is not None
        proposals.refuse(session, proposal, actor=lin, now=now)
        assert proposal.ciphertext is None
        assert get_constituent(session, pair[0]).city is None


@ONE_IS_ENOUGH
def test_nothing_and_what_is_locked_are_not_proposed(
    store: Store, keys: KeyRing, pair: tuple[int, int], lin: Actor, now: datetime
) -> None:
    with unit_of_work(store) as session:
        with pytest.raises(Refused):
            proposals.propose_update(
                session, keys, pair[0], {Column.CITY: ""}, origin=TOLD, actor=lin, now=now
            )
        get_constituent(session, pair[0]).status = Status.RESTRICTED
        with pytest.raises(NotChangeable):
            proposals.propose_update(
                session, keys, pair[0], {Column.CITY: "云州"}, origin=TOLD, actor=lin, now=now
            )
        get_constituent(session, pair[0]).status = Status.ACTIVE
        proposals.propose_update(
            session, keys, pair[0], {Column.CITY: "云州"}, origin=TOLD, actor=lin, now=now
        )


@ONE_IS_ENOUGH
def test_a_refused_pair_is_not_asked_again_and_a_merged_one_is_not_shown(
    store: Store, pair: tuple[int, int], lin: Actor, now: datetime
) -> None:
    def propose(session: Session) -> Proposal | None:
        return proposals.propose_merge(
            session, *pair, score=70, evidence=["name_equal"], origin=TOLD, actor=lin, now=now
        )

    with unit_of_work(store) as session:
        proposal = propose(session)
        assert proposal is not None
        assert propose(session) is None
        merge(session, *pair, actor=lin, now=now)
        assert proposals.open_proposals(session) == []
        assert propose(session) is None
        unmerge(session, pair[1], actor=lin, now=now)
        assert proposals.open_proposals(session) == [proposal]
        proposals.refuse(session, proposal, actor=lin, now=now)
        assert propose(session) is None


@ONE_IS_ENOUGH
@pytest.mark.parametrize("by_rule", [False, True])
def test_doubles_are_proposed_or_merged_by_the_rule_that_was_switched_on(
    store: Store,
    keys: KeyRing,
    pair: tuple[int, int],
    lin: Actor,
    now: datetime,
    today: date,
    by_rule: bool,
) -> None:
    with unit_of_work(store) as session:
        found = find_doubles(session)
        done = settle_doubles(session, found, by_rule=by_rule, actor=lin, now=now)
        assert bool(done.merged) is by_rule
        if not by_rule:
            (waiting,) = proposals.open_proposals(session)
            shown = shown_proposal(session, keys, waiting)
            assert {"same_phone", "name_equal", "same_class"} <= set(shown.evidence)
            again = settle_doubles(
                session, find_doubles(session), by_rule=False, actor=lin, now=now
            )
            assert (again.proposed, again.before) == ((), 1)
            proposals.accept(session, keys, waiting, actor=lin, now=now, today=today)
    with reading(store) as session:
        assert numbers_of(session, pair[1]) == pair
        assert find_doubles(session) == ()


@ONE_IS_ENOUGH
def test_what_waits_or_was_refused_is_not_proposed_again_under_any_number(
    store: Store, keys: KeyRing, pair: tuple[int, int], lin: Actor, now: datetime
) -> None:
    post = {Column.EMPLOYER: "云州市方舟设计院", Column.JOB_TITLE: "工程师"}

    def propose(person: int, told: dict[Column, str]) -> Proposal | None:
        return proposals.propose_update(
            session, keys, person, told, origin=TOLD, actor=lin, now=now
        )

    with unit_of_work(store) as session:
        waiting = propose(pair[1], {Column.CITY: "云州", **post})
        assert waiting is not None
        assert propose(pair[1], {Column.CITY: "云州"}) is None
        assert propose(pair[0], {Column.CITY: "云州"}) is not None
        proposals.refuse(session, waiting, actor=lin, now=now)
        merge(session, *pair, evidence=[], actor=lin, now=now)
        assert propose(pair[0], post) is None
        new = propose(pair[0], {**post, Column.JOB_TITLE: "院长", Column.CITY: "云州"})
        assert new is not None
        assert proposals.told_by(session, keys, new) == {**post, Column.JOB_TITLE: "院长"}


@ONE_IS_ENOUGH
@pytest.mark.parametrize(
    "told", [{Column.GENDER: "foo"}, {Column.ENROL_YEAR: "abc"}, {Column.DEGREE: "学" * 50}]
)
def test_a_wrong_value_that_waits_is_refused_and_never_a_crash(
    told: dict[Column, str],
    store: Store,
    keys: KeyRing,
    pair: tuple[int, int],
    lin: Actor,
    now: datetime,
    today: date,
) -> None:
    with unit_of_work(store) as session:
        waiting = proposals.propose_update(
            session, keys, pair[0], told, origin=TOLD, actor=lin, now=now
        )
        assert waiting is not None
        with pytest.raises(Refused):
            proposals.accept(session, keys, waiting, actor=lin, now=now, today=today)


@ONE_IS_ENOUGH
def test_only_a_death_is_a_death(
    store: Store, keys: KeyRing, pair: tuple[int, int], lin: Actor, now: datetime, today: date
) -> None:
    for told, status in (("健在", Status.ACTIVE), ("已故", Status.DECEASED)):
        with unit_of_work(store) as session:
            waiting = proposals.propose_update(
                session, keys, pair[0], {Column.STATUS: told}, origin=TOLD, actor=lin, now=now
            )
            assert waiting is not None
            proposals.accept(session, keys, waiting, actor=lin, now=now, today=today)
            assert get_constituent(session, pair[0]).status == status


@ONE_IS_ENOUGH
@pytest.mark.parametrize("parted", ["unmerged", "refused", "refused_under_another_head"])
def test_no_rule_merges_whom_a_person_called_two(
    store: Store,
    keys: KeyRing,
    pair: tuple[int, int],
    lin: Actor,
    now: datetime,
    parted: str,
) -> None:
    with unit_of_work(store) as session:
        if parted == "unmerged":
            merge(session, *pair, actor=lin, now=now, by_rule="sure_match")
            unmerge(session, pair[1], actor=lin, now=now)
        else:
            proposal = proposals.propose_merge(
                session, *pair, score=79, evidence=["name_equal"], origin=TOLD, actor=lin, now=now
            )
            assert proposal is not None
            proposals.refuse(session, proposal, actor=lin, now=now)
        if parted == "refused_under_another_head":
            other = _person(session, keys, "沈青", "13800000002", lin, now)
            merge(session, pair[0], other, actor=lin, now=now)
            get_constituent(session, pair[0]).name = "沈青"
            get_constituent(session, other).name = "沈云松"
    with unit_of_work(store) as session:
        done = settle_doubles(session, find_doubles(session), by_rule=True, actor=lin, now=now)
        assert done.merged == ()
        assert len(done.proposed) == (parted == "unmerged")


@ONE_IS_ENOUGH
@pytest.mark.parametrize(
    ("births", "shown", "differs"),
    [
        (("1983-03-04", "1985-03-04"), ("1983-**-**", "1985-**-**"), True),
        (("1983-03-04", "1983-03-05"), ("****-03-04", "****-03-05"), True),
        (("1983-03-04", "1983-03"), ("****-03-04", "****-03"), False),
    ],
)
def test_masked_values_that_differ_are_told_apart(
    store: Store,
    keys: KeyRing,
    pair: tuple[int, int],
    lin: Actor,
    now: datetime,
    births: tuple[str, str],
    shown: tuple[str, str],
    differs: bool,
) -> None:
    with unit_of_work(store) as session:
        for number, birth in zip(pair, births, strict=True):
            get_constituent(session, number).birth = birth
        told = {Column.BIRTH: births[1], Column.PHONE: "13800010001"}
        merging = proposals.propose_merge(
            session, *pair, score=79, evidence=[], origin=TOLD, actor=lin, now=now
        )
        assert merging is not None
        updating = proposals.propose_update(
            session, keys, pair[0], told, origin=TOLD, actor=lin, now=now
        )
        for proposal in (merging, updating):
            sides = {side.field: side for side in shown_proposal(session, keys, proposal).sides}
            side = sides[Column.BIRTH]
            assert ((side.ours, side.theirs), side.differs) == (shown, differs)
        # Both are shown as 138****0001.
        assert sides[Column.PHONE].ours == sides[Column.PHONE].theirs
        assert sides[Column.PHONE].differs


@ONE_IS_ENOUGH
def test_what_was_told_earlier_than_what_is_known_becomes_a_former_value(
    store: Store, keys: KeyRing, pair: tuple[int, int], lin: Actor, now: datetime, today: date
) -> None:
    def accepted(city: str, employer: str, day: date) -> None:
        told = {Column.CITY: city, Column.EMPLOYER: employer}
        with unit_of_work(store) as session:
            origin = Origin(Source.CLASS_LIAISON, day)
            waiting = proposals.propose_update(
                session, keys, pair[0], told, origin=origin, actor=lin, now=now
            )
            assert waiting is not None
            proposals.accept(session, keys, waiting, actor=lin, now=now, today=today)

    accepted("云州", "云州市方舟设计院", date(2026, 6, 1))
    accepted("兰州", "天河公司", date(2020, 6, 1))

    with reading(store) as session:
        person = get_constituent(session, pair[0])
        assert person.city == "云州"
        assert person.former_values["city"] == [["兰州", "class_liaison", "2020-06-01", "sure", ""]]
        posts = {post.employer: post.current for post in employments_of(session, [pair[0]])}
        assert posts == {"云州市方舟设计院": True, "天河公司": False}
