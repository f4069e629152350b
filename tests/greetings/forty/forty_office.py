"""The office of the forty: set up as any is, its people entered by the acts of the roster."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from donflow.accounts.users import add_user
from donflow.bootstrap import OpenOffice, open_office, set_up
from donflow.domain.actor import Actor, Role
from donflow.domain.money import Money
from donflow.gifts.models import Gift, Payment
from donflow.gifts.payments import confirm_payment
from donflow.gifts.plan import Part, plan_parts
from donflow.gifts.register import change_gift, new_gift
from donflow.greetings.mourning import add_mourning
from donflow.greetings.rhythms import RhythmRules, find_rhythm, set_rhythm
from donflow.greetings.wechat_groups import add_group
from donflow.greetings.wishes import set_wish
from donflow.lifecycle.ledgers import credit_plan
from donflow.lifecycle.paying import record_money
from donflow.roster.consent import give
from donflow.roster.holdings import add_contact_point
from donflow.roster.models import (
    Channel,
    Confidence,
    Constituent,
    ConstituentKind,
    ContactKind,
    Gender,
    Purpose,
    RelationKind,
    Source,
)
from donflow.roster.people import Particulars, add_constituent, set_salutation
from donflow.roster.relations import relate
from donflow.roster.segments import join_segment
from donflow.roster.sources import Origin
from donflow.roster.standing import restrict
from donflow.roster.studies import Course, add_study
from donflow.roster.traits import Trait, set_traits
from donflow.settings import read_text
from donflow.store.session import unit_of_work
from donflow.store.workflows import current_version
from tests.greetings.forty.truth import code_of

SHANGHAI = ZoneInfo("Asia/Shanghai")
FIRST = datetime(2027, 1, 1, 0, 5, tzinfo=SHANGHAI)
"""When the office is set up: before 元旦 begins to be due anywhere."""
PAID = Money(100_000, "CNY")
CHANNELS = {"any": Channel.ANY, "wechat": Channel.WECHAT, "mail": Channel.MAIL}
SETTINGS = """university = "云麓大学"
school = "云麓大学管理学院"
office = "云麓大学管理学院校友工作办公室"
user = "lin"
desk = "shared"
founded = "{founded}"
{database}"""


@dataclass
class Forty:
    """The office open; `groups` are WeChat groups by their number in the table."""

    opened: OpenOffice
    secretary: Actor
    finance: Actor
    gifts: dict[str, int] = field(default_factory=dict)
    payments: dict[str, list[int]] = field(default_factory=dict)
    groups: dict[int, int] = field(default_factory=dict)

    def unit(self) -> Any:
        return unit_of_work(self.opened.store)


def open_forty(home: Path, told: dict[str, Any], database: str | None) -> Forty:
    """Set the office up and enter all that is known before the year begins."""
    line = f'database = "{database}"\n' if database else ""
    text = SETTINGS.format(founded=told["office"]["school_anniversary"], database=line)
    settings = read_text(text, {})
    admin = ("zheng", "郑管理")
    set_up(home, text, settings, {}, display_name="林秘书", admin=admin, now=FIRST)
    opened = open_office(home, settings, {})
    with unit_of_work(opened.store) as session:
        qian = add_user(session, "qian", "钱财务", actor=None, now=FIRST).id
    secretary = Actor(1, frozenset({Role.SECRETARY}), Role.SECRETARY)
    forty = Forty(opened, secretary, Actor(qian, frozenset({Role.FINANCE}), Role.FINANCE))
    with forty.unit() as session:
        for person in told["people"]:
            _enter(forty, session, person)
        for person in told["people"]:
            _bind(forty, session, person)
        for day in told["office"]["mourning"]:
            add_mourning(
                session, date.fromisoformat(day), "哀悼日", actor=forty.secretary, now=FIRST
            )
        for rhythm in told["rhythms"]:
            _greet(forty, session, rhythm)
    return forty


def noon(day: date | str) -> datetime:
    return datetime.combine(date.fromisoformat(f"{day}"), time(12), SHANGHAI)


def person_of(session: Session, number: int) -> Constituent:
    return session.get_one(Constituent, number)


def make_gift(forty: Forty, session: Session, donor: int, told: dict[str, Any], day: date) -> Gift:
    """A gift promised on a day, in so many parts."""
    office, now = forty.opened.office, noon(day)
    version = current_version(session)
    machine = office.machine(session, version, Gift.lifecycle)
    gift = new_gift(
        session, machine, version, kind="cash", channel="visit", heard_on=day,
        calendar=office.calendar, actor=forty.secretary, now=now,
    )  # fmt: skip
    changes = {"donor_id": donor, "anonymous": told.get("anonymous", False)}
    change_gift(session, gift, changes, actor=forty.secretary, now=now)
    parts = (
        [Part(day, PAID)] * told["instalments"]
        if "instalments" in told
        else [Part(day, Money(PAID.minor * 10, "CNY"))]
    )
    plan = office.machine(session, version, "instalment")
    plan_parts(
        session, gift, plan, parts, calendar=office.calendar, today=day,
        actor=forty.secretary, now=now,
    )  # fmt: skip
    forty.gifts[told.get("number") or told["gift"]] = gift.id
    return gift


def receive(forty: Forty, session: Session, name: str, received_on: str, now: datetime) -> Payment:
    """Money for a gift as the bank slip shows it."""
    gift = session.get_one(Gift, forty.gifts[name])
    payment = record_money(
        session, forty.opened.office, gift, amount=PAID,
        received_on=date.fromisoformat(received_on), payer="汇款人", remark=None, slip=None,
        actor=forty.secretary, now=now,
    )  # fmt: skip
    forty.payments.setdefault(name, []).append(payment.id)
    return payment


def _enter(forty: Forty, session: Session, told: dict[str, Any]) -> None:
    """Somebody with all that is their own, in the order of the table: their number is the same."""
    actor, now = forty.secretary, FIRST
    segments = told.get("segments", ())
    if told["kind"] == "group":
        forty.groups[told["number"]] = add_group(
            session, told["name"], segment=segments[0], actor=actor, now=now
        ).id
        return
    particulars = Particulars(
        kind=ConstituentKind(told["kind"]),
        name=told["name"],
        gender=Gender(told["gender"]) if "gender" in told else None,
    )
    office = forty.opened.office
    person = add_constituent(session, office.keys, particulars, actor=actor, now=now)
    assert person.id == told["number"]
    origin = Origin(Source.SELF, FIRST.date(), Confidence.SURE)
    if "birth" in told:
        traits = {Trait.BIRTH: str(told["birth"])}
        set_traits(session, person, traits, origin=origin, actor=actor, now=now, today=FIRST.date())
    if "salutation" in told:
        set_salutation(session, person, told["salutation"], actor=actor, now=now)
    for contact in told["contacts"]:
        [(kind, raw)] = contact.items()
        add_contact_point(
            session, office.keys, person, kind=ContactKind(kind), raw=raw, source=Source.SELF,
            since=FIRST.date(), actor=actor, now=now,
        )  # fmt: skip
    for said in told["consents"]:
        give(
            session, person, Purpose.GREETINGS, stated_on=date.fromisoformat(said["stated_on"]),
            channel=CHANNELS[said["channel"]], actor=actor, now=now,
        )  # fmt: skip
    for segment in segments:
        join_segment(session, person, segment, actor=actor, now=now, new=True)
    if "graduated" in told:
        course = Course(grad_year=told["graduated"])
        add_study(session, person, course, origin=origin, actor=actor, now=now)
    wished = {name: value for name, value in _wished(told) if value is not None}
    if wished:
        set_wish(session, person, wished, actor=actor, now=now)


def _wished(told: dict[str, Any]) -> list[tuple[str, object]]:
    quiet = told.get("quiet_until")
    return [
        *((name, told.get(name)) for name in ("lunar_birthday", "leap_day", "timezone", "joint")),
        ("channel", told.get("wish_channel")),
        ("quiet_until", date.fromisoformat(quiet) if quiet else None),
    ]


def _bind(forty: Forty, session: Session, told: dict[str, Any]) -> None:
    """What binds somebody to others and to gifts; last of all, that data are only stored."""
    actor = forty.secretary
    for relation in told.get("relations", ()):
        other = relation["spouse"]
        if other > told["number"]:  # each pair stands twice in the table
            one, two = person_of(session, told["number"]), person_of(session, other)
            relate(session, one, RelationKind.SPOUSE, to=two, actor=actor, now=FIRST)
    for gift in told.get("gifts", ()):
        received = [payment["received_on"] for payment in gift["payments"]]
        first = date.fromisoformat(min(received))
        row = make_gift(forty, session, told["number"], gift, first - timedelta(days=30))
        for payment in gift["payments"]:
            _paid(forty, session, row, gift["number"], payment)
    if since := told.get("restricted_since"):
        origin = Origin(Source.SELF, date.fromisoformat(since), Confidence.SURE)
        person = person_of(session, told["number"])
        restrict(session, person, origin=origin, actor=actor, now=noon(since))


def _paid(forty: Forty, session: Session, gift: Gift, name: str, told: dict[str, Any]) -> None:
    """Money of earlier years, for which thanks were said before this office had its letters."""
    now, office = noon(told["confirmed_on"]), forty.opened.office
    payment = receive(forty, session, name, told["received_on"], now)
    person = office.person(forty.finance)
    confirm_payment(session, gift, payment, person=person, actor=forty.finance, now=now)
    credit_plan(session, office, gift, actor=forty.finance, now=now)


def _greet(forty: Forty, session: Session, told: dict[str, Any]) -> None:
    """The usual rhythms are there from the first; the table has some of its own."""
    occasion, channel = code_of(told["occasion"]), told.get("channel")
    if find_rhythm(session, told["segment"], occasion) is None:
        rules = RhythmRules(channel=channel)
        set_rhythm(
            session, forty.opened.office, told["segment"], occasion, rules,
            actor=forty.secretary, now=FIRST,
        )  # fmt: skip
