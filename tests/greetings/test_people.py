"""What is gathered of many addressees at once, and the verdicts on the letters of a day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import event, insert, select, update
from sqlalchemy.orm import Session

from donflow.accounts.models import User
from donflow.bootstrap import import_tables
from donflow.domain.actor import Role
from donflow.domain.guards import GUARDS
from donflow.domain.occasions import read_occasions
from donflow.engine.loader import load
from donflow.engine.machine import LifecycleMachine, build
from donflow.gifts.models import Gift, GiftRecord, Instalment, Payment
from donflow.greetings.facts import PersonFacts, Said, Wish
from donflow.greetings.models import Condolence, GreetingWish, MourningDay, WechatGroup
from donflow.greetings.people import gather_people
from donflow.greetings.reasons import Reason
from donflow.greetings.values import values_of
from donflow.greetings.verdicts import Verdict
from donflow.greetings.weighing import weigh
from donflow.outbox.models import Letter, Way
from donflow.roster.alumni_models import Education, SegmentMember
from donflow.roster.import_models import Merge
from donflow.roster.models import Consent, Constituent, ContactPoint, Relation
from donflow.settings import Settings
from donflow.shipping import occasion_list
from donflow.store.base import Base
from donflow.store.moving import StageChange
from donflow.store.session import Store, unit_of_work
from donflow.tasks.models import Task
from tests.databases import both, only_sqlite

import_tables()

NOW = datetime(2026, 9, 25, 10, tzinfo=UTC)
"""Six in the evening at the office, three in the night in Los Angeles."""
TODAY = date(2026, 9, 25)
STATES = Path(__file__).parents[2] / "states.yaml"
SHANGHAI = ZoneInfo("Asia/Shanghai")
OCCASIONS = read_occasions(occasion_list())
WECHAT, MAIL, PAPER, WEBHOOK = Way.WECHAT, Way.MAIL, Way.PAPER, Way.WEBHOOK
LIANG, SU, OLD_LIANG, MOTHER, WIDOW, DEAD, COMPANY = 3, 4, 5, 6, 7, 8, 9


@dataclass(frozen=True)
class Office:
    """An office with the shipped lifecycles, whatever the version."""

    zone: ZoneInfo = SHANGHAI

    def machine(self, session: Session, version: str, lifecycle: str) -> LifecycleMachine:
        roles = {*Role, "reviewer"}
        workflow = load(STATES.read_bytes(), guards=GUARDS, roles=roles)
        return build(workflow.lifecycles[lifecycle], GUARDS[lifecycle])


OFFICE = Office()
RECORDED = {"recorded_at": NOW, "recorded_by": 1}


def put(session: Session, table: type[Base], **values: object) -> None:
    session.connection().execute(insert(table).values(**values))


def person(session: Session, number: int, name: str, **values: object) -> None:
    usual: dict[str, object] = {
        "kind": "person", "other_names": [], "status": "active", "key_id": f"k{number}",
        "salt": "s", "created_at": NOW, "changed_at": NOW, "row_version": 1,
        "field_sources": {}, "former_values": {},
    }  # fmt: skip
    put(session, Constituent, id=number, name=name, **usual | values)


def point(session: Session, number: int, kind: str, masked: str, blind: str) -> None:
    put(
        session, ContactPoint, constituent_id=number, kind=kind, ciphertext=b"", masked=masked,
        blind=blind, source="self", since=TODAY, confidence="sure", preferred=False, salt="s",
    )  # fmt: skip


def says(session: Session, number: int, decision: str, channel: str = "any", day: int = 1) -> None:
    put(
        session, Consent, constituent_id=number, purpose="greetings", channel=channel,
        decision=decision, stated_on=date(2026, 1, day),
    )  # fmt: skip


def gift(session: Session, number: int, donor: int) -> None:
    put(
        session, Gift, id=number, year=2026, serial=number, number=f"G2026-{number:04}",
        kind="cash", donor_id=donor, anonymous=False, currency="CNY", channel="teacher",
        heard_on=TODAY, created_at=NOW, changed_at=NOW, workflow_version="1", stage="perform",
        entered_on=TODAY, due_provisional=False, row_version=1,
    )  # fmt: skip


def record(session: Session, gift_id: int, kind: str, hour: int) -> None:
    at = {"recorded_at": NOW.replace(hour=hour), "recorded_by": 1}
    put(session, GiftRecord, gift_id=gift_id, kind=kind, on=TODAY, **at)


def move(session: Session, gift_id: int, before: str, after: str, hour: int) -> None:
    put(
        session, StageChange, subject_type="gift", subject_id=gift_id, gift_id=gift_id,
        transition="x", from_stage=before, to_stage=after, acting_role="leader", person="lin",
        workflow_version="1", on=TODAY, at=NOW.replace(hour=hour), **RECORDED,
    )  # fmt: skip


def letter(session: Session, number: int, addressee: int, occasion: str, **values: object) -> None:
    usual: dict[str, object] = {
        "addressee_kind": "constituent", "on_day": TODAY, "about": 0, "n": 0, "state": "ready",
        "due_at": NOW, "expires_on": TODAY, "planned_at": NOW, "attempts": 0,
    }  # fmt: skip
    put(session, Letter, id=number, addressee_id=addressee, occasion=occasion, **usual | values)


@pytest.fixture
def session(empty_store: Store) -> Iterator[Session]:
    """People who are known in every way that counts."""
    with unit_of_work(empty_store) as session:
        put(session, User, id=1, username="lin", display_name="林秘书", active=True, created_at=NOW)
        person(session, LIANG, "梁启舟", gender="male", birth="1968")
        person(session, SU, "苏文君", gender="female")
        person(session, OLD_LIANG, "梁啟舟", birth="1968-03-19", salutation="梁学长")
        person(session, MOTHER, "梁母")
        person(session, WIDOW, "何静宜", gender="female")
        person(session, DEAD, "方立言", status="deceased")
        person(session, COMPANY, "深圳市恒源数智科技有限公司", kind="company")
        put(session, Merge, absorbed_id=OLD_LIANG, survivor_id=LIANG, evidence=[], **RECORDED)
        put(session, Relation, from_id=SU, kind="spouse", to_id=OLD_LIANG)
        put(session, Relation, from_id=WIDOW, kind="widow", to_id=DEAD)
        point(session, LIANG, "phone", "138****0000", "p3")
        point(session, OLD_LIANG, "mail", "l***@example.cn", "m5")
        point(session, SU, "phone", "****0222", "p4")
        point(session, SU, "wechat", "s***", "w4")
        for number in (MOTHER, WIDOW, LIANG):
            point(session, number, "address", "***", "home" if number != WIDOW else "own")
        for number in (LIANG, SU, MOTHER, WIDOW):
            says(session, number, "given")
        says(session, OLD_LIANG, "withdrawn", "mail", day=2)
        says(session, COMPANY, "given")
        says(session, COMPANY, "withdrawn", day=3)
        put(session, SegmentMember, constituent_id=OLD_LIANG, segment="教师", **RECORDED)
        put(
            session, GreetingWish, constituent_id=OLD_LIANG, lunar_birthday=True, leap_day="march",
            joint=True, timezone="America/Los_Angeles", **RECORDED,
        )  # fmt: skip
        put(session, Condolence, constituent_id=WIDOW, for_id=DEAD, on=TODAY, **RECORDED)
        gift(session, 1, OLD_LIANG)
        for payment, done in ((11, NOW), (12, None)):
            put(
                session, Task, key=f"thank:payment:{payment}", kind="thank", subject_type="gift",
                subject_id=1, owner="secretary", due_on=TODAY, planned_at=NOW, done_at=done,
            )  # fmt: skip
        yield session


def gathered(session: Session, *numbers: int) -> dict[int, PersonFacts]:
    return gather_people(session, OFFICE, numbers, TODAY)


@both
def test_all_that_is_known_under_any_number_counts(session: Session) -> None:
    people = gathered(session, LIANG)
    assert people.keys() == {LIANG, SU}
    assert people[LIANG] == PersonFacts(
        LIANG,
        "梁启舟",
        gender="male",
        salutation="梁学长",
        born="1968-03-19",
        segments=frozenset({"教师"}),
        reachable=frozenset({WECHAT, MAIL, PAPER, WEBHOOK}),
        said={WECHAT: Said.GIVEN, MAIL: Said.WITHDRAWN, PAPER: Said.GIVEN, WEBHOOK: Said.GIVEN},
        asked=True,
        wish=Wish(True, "march", "America/Los_Angeles", None, None, True),
        spouse=SU,
        address="home",
        thanked=frozenset({11}),
    )
    assert people[SU].spouse == LIANG
    assert people[SU].reachable == {WECHAT}


@only_sqlite("what is gathered, not where")
def test_a_number_that_was_merged_says_so(session: Session) -> None:
    people = gathered(session, OLD_LIANG, 99)
    assert people.keys() == {OLD_LIANG, LIANG, SU}
    assert (people[OLD_LIANG].merged_into, people[OLD_LIANG].name) == (LIANG, "梁启舟")


@only_sqlite("what is gathered, not where")
def test_a_widow_a_company_and_one_who_died(session: Session) -> None:
    people = gathered(session, WIDOW, COMPANY)
    assert (people[WIDOW].spouse, people[WIDOW].condoled_on) == (DEAD, (TODAY,))
    assert people[DEAD].status == "deceased"
    assert people[COMPANY].kind == "company"
    assert set(people[COMPANY].said.values()) == {Said.WITHDRAWN}


@only_sqlite("what is gathered, not where")
def test_a_living_spouse_goes_before_one_who_died(session: Session) -> None:
    put(session, Relation, from_id=MOTHER, kind="spouse", to_id=WIDOW)
    put(session, Relation, from_id=DEAD, kind="spouse", to_id=WIDOW)
    assert gathered(session, WIDOW)[WIDOW].spouse == MOTHER


@only_sqlite("what is gathered, not where")
def test_a_consent_counts_from_its_day_on(session: Session) -> None:
    says(session, COMPANY, "given", day=30)
    before = gather_people(session, OFFICE, [COMPANY], date(2026, 1, 29))
    after = gather_people(session, OFFICE, [COMPANY], date(2026, 1, 30))
    assert set(before[COMPANY].said.values()) == {Said.WITHDRAWN}
    assert set(after[COMPANY].said.values()) == {Said.GIVEN}


@pytest.mark.parametrize(
    ("steps", "disputed"),
    [
        ([("record", "dispute")], True),
        ([("record", "dispute"), ("record", "settlement")], False),
        ([("record", "dispute"), ("record", "supplement")], False),
        ([("record", "settlement"), ("record", "dispute")], True),
        ([("record", "hardship")], False),
        ([("record", "dispute"), ("perform", "fulfilled")], True),
        ([("record", "dispute"), ("perform", "suspended")], True),
        ([("record", "dispute"), ("perform", "suspended"), ("suspended", "perform")], False),
        ([("record", "dispute"), ("perform", "suspended"), ("suspended", "terminating")], True),
        ([("perform", "suspended"), ("suspended", "perform"), ("record", "dispute")], True),
    ],
)
@only_sqlite("what a dispute is, not where")
def test_a_dispute_lasts_until_it_is_settled(
    session: Session, steps: list[tuple[str, str]], disputed: bool
) -> None:
    for hour, (before, after) in enumerate(steps, start=11):
        if before == "record":
            record(session, 1, after, hour)
        else:
            move(session, 1, before, after, hour)
    assert gathered(session, LIANG)[LIANG].disputed is disputed
    assert not gathered(session, SU)[SU].disputed


@only_sqlite("how often it asks, not where")
def test_many_cost_as_many_queries_as_a_few(session: Session) -> None:
    for number in range(100, 301):
        person(session, number, "某某")
    for number in range(100, 300):
        says(session, number, "given")
        put(session, Relation, from_id=number, kind="spouse", to_id=number + 1)
    record(session, 1, "dispute", 11)
    asked: list[str] = []
    session.flush()
    event.listen(session.get_bind(), "before_cursor_execute", lambda *given: asked.append(given[2]))
    gathered(session, LIANG, SU)
    few = len(asked)
    asked.clear()
    found = gathered(session, LIANG, SU, *range(100, 300))
    assert len(found) == 203
    assert 0 < len(asked) <= few + 2, (
        few,
        len(asked),
    )  # one more step up and down among the merged


def weighed(session: Session, now: datetime = NOW) -> dict[int, Verdict]:
    session.flush()
    letters = list(session.scalars(select(Letter).where(Letter.state == "ready")))
    return weigh(session, OFFICE, letters, OCCASIONS, now)


@both
def test_the_letters_of_a_day_are_weighed_together(session: Session) -> None:
    letter(session, 1, LIANG, "mid_autumn")
    letter(session, 2, SU, "mid_autumn")
    letter(session, 3, OLD_LIANG, "mid_autumn")
    letter(session, 4, WIDOW, "mid_autumn")
    letter(session, 5, COMPANY, "mid_autumn")
    put(session, WechatGroup, id=1, name="校友群", **RECORDED)
    letter(session, 6, 1, "mid_autumn", addressee_kind="group")
    letter(session, 7, 1, "digest", addressee_kind="user")
    assert weighed(session) == {
        1: Verdict(None, WECHAT, spouse=SU),
        2: Verdict(Reason.HOUSEHOLD, instead=1),
        3: Verdict(Reason.MERGED),
        4: Verdict(Reason.BEREAVED),
        5: Verdict(Reason.OPTED_OUT),
        6: Verdict(None, WECHAT),
        7: Verdict(None),
    }


@only_sqlite("what is weighed, not where")
def test_one_letter_is_weighed_with_those_of_spouse_and_house(session: Session) -> None:
    """At the fence one letter is asked about; the others stand in the outbox."""
    letter(session, 1, LIANG, "mid_autumn", state="sent", channel="wechat", ended_at=NOW)
    letter(session, 2, SU, "mid_autumn")
    assert weighed(session) == {2: Verdict(Reason.HOUSEHOLD, instead=1)}


@only_sqlite("what is weighed, not where")
def test_one_letter_on_paper_is_weighed_with_that_of_the_house(session: Session) -> None:
    letter(session, 1, MOTHER, "mid_autumn")
    letter(session, 2, LIANG, "mid_autumn", channel="paper", state="planned")
    assert weighed(session) == {1: Verdict(Reason.HOUSEHOLD, instead=2)}


@only_sqlite("what is weighed, not where")
def test_what_went_this_month_counts_and_what_was_refused_does_not(session: Session) -> None:
    went = NOW - timedelta(days=3)
    letter(session, 1, MOTHER, "mid_autumn")
    letter(session, 2, MOTHER, "qiufen", on_day=went.date(), state="refused", ended_at=went)
    assert weighed(session)[1].reason is None
    letter(session, 3, MOTHER, "birthday", on_day=went.date(), state="sent", ended_at=went)
    assert weighed(session)[1].reason is Reason.JUST_GREETED


@only_sqlite("what is weighed, not where")
def test_the_day_is_that_of_the_place_where_they_live(session: Session) -> None:
    """Nine in Los Angeles is one o'clock of the next day in the office."""
    letter(session, 1, LIANG, "mid_autumn")
    letter(session, 2, MOTHER, "mid_autumn")
    night = datetime(2026, 9, 25, 16, 30, tzinfo=UTC)
    found = weighed(session, night)
    assert [found[1].reason, found[2].reason] == [None, Reason.LATE]
    assert weighed(session, night + timedelta(days=1))[1].reason is Reason.LATE


@only_sqlite("what is weighed, not where")
def test_a_day_of_mourning_is_asked_of_the_calendar(session: Session) -> None:
    letter(session, 1, MOTHER, "mid_autumn")
    put(session, MourningDay, day=TODAY, reason="国家哀悼日", salt="s", **RECORDED)
    assert weighed(session)[1].reason is Reason.MOURNING


def paid(session: Session, number: int, gift_id: int, on: date) -> None:
    stands = {"workflow_version": "1", "stage": "paid", "entered_on": on, "due_provisional": False}
    put(
        session, Instalment, id=number, gift_id=gift_id, no=number, pay_by=on,
        amount_minor=50_000_00, currency="CNY", row_version=1, **stands,
    )  # fmt: skip
    put(
        session, Payment, id=number, gift_id=gift_id, instalment_id=number, received_on=on,
        payer="梁启舟", recorded_person="lin", confirmed_at=NOW, amount_minor=50_000_00,
        currency="CNY", **RECORDED,
    )  # fmt: skip


@only_sqlite("what a letter may say, not where")
@pytest.mark.parametrize(
    ("occasion", "on", "about", "values"),
    [
        ("thanks", TODAY, 11, {"amount": "50,000.00", "purpose": "图书馆", "naming": ""}),
        ("gift_anniversary", date(2029, 2, 28), 0, {"years": "5", "purpose": "图书馆"}),
        ("gift_anniversary", date(2029, 3, 1), 0, {}),
        ("gift_anniversary", date(2024, 2, 29), 0, {}),
        ("reunion", date(2029, 5, 1), 0, {"years": "20"}),
        ("reunion", date(2030, 5, 1), 0, {}),
        ("school_anniversary", date(2032, 10, 18), 0, {"years": "80"}),
        ("mid_autumn", TODAY, 0, {}),
    ],
)
def test_a_letter_says_what_is_known_of_its_gift(
    session: Session, occasion: str, on: date, about: int, values: dict[str, str]
) -> None:
    session.connection().execute(update(Gift).where(Gift.id == 1).values(purpose="图书馆"))
    paid(session, 11, 1, date(2024, 2, 29))
    paid(session, 12, 1, date(2025, 3, 1))
    study = {"source": "archive", "since": TODAY, "confidence": "sure", "salt": "s"}
    put(session, Education, constituent_id=OLD_LIANG, grad_year=2009, **study)
    letter(session, 1, LIANG, occasion, on_day=on, about=about)
    row = session.get_one(Letter, 1)
    assert values_of(session, row, Settings(founded="1952-10-18")) == values
