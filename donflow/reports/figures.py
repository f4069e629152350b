"""Figures on alumni: graduates per major, who can be reached, who gives, how complete records are.

Each figure counts people once, whatever numbers were merged, and nobody who is erased.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from donflow.accounts.scopes import Scope
from donflow.domain.money import Money
from donflow.gifts.models import Gift, Payment
from donflow.reports.contacts import EFFECTIVE_DAYS, contacted_since
from donflow.reports.people import Listed, listed_people
from donflow.reports.selection import class_label, class_order, reachable
from donflow.roster.alumni_models import IdentityCheck
from donflow.roster.import_models import Proposal, ProposalKind, ProposalStatus
from donflow.roster.merging import heads_of
from donflow.roster.segments import USUAL
from donflow.roster.studies import Course


@dataclass(frozen=True, slots=True)
class HeadCount:
    """How many graduate (应届毕业生) in a year from a major with a degree; None: nobody told."""

    grad_year: int | None
    degree: str | None
    major: str | None
    people: int


@dataclass(frozen=True, slots=True)
class Rate:
    """A part of a group: `people` in it, and the `part` of them that is counted."""

    group: str
    people: int
    part: int

    @property
    def percent(self) -> str:
        """With one place, as text; "" of nobody."""
        return f"{100 * self.part / self.people:.1f}" if self.people else ""


@dataclass(frozen=True, slots=True)
class Reached:
    """Of the living of a group: how many can be reached, how many were contacted lately, too."""

    group: str
    living: int
    reached: int
    effective: int


@dataclass(frozen=True, slots=True)
class Giving:
    """Of a group: how many gave; what they gave, None where the reader may not see amounts."""

    group: str
    people: int
    gave: int
    gifts: int
    amounts: tuple[Money, ...] | None


@dataclass(frozen=True, slots=True)
class Totals:
    """The roster in numbers; `checked` are people that departments asked about this year."""

    people: int
    living: int
    deceased: int
    restricted: int
    graduates: int
    reached: int
    effective: int
    checked: int
    merges_open: int
    updates_open: int


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures of a day."""

    totals: Totals
    head_counts: tuple[HeadCount, ...]
    contact_by_class: tuple[Reached, ...]
    contact_by_year: tuple[Reached, ...]
    contact_by_segment: tuple[Reached, ...]
    giving_by_class: tuple[Giving, ...]
    giving_by_chapter: tuple[Giving, ...]
    completeness: tuple[Rate, ...]
    sources: tuple[tuple[str, int], ...]


def figures(
    session: Session,
    *,
    scope: Scope,
    today: date,
    zone: ZoneInfo,
    year_begins: datetime,
    amounts: bool,
) -> Figures:
    """Every figure, as of today.

    - **Head count**: studies of living and dead that end in a year, by degree and major; who has
      two studies counts in each, twice in the same line never.
    - **Contact rate**: people with at least one way that is not in doubt, of all living whose data
      may be used. **Effective**: who in addition were contacted with success within
      `reports.contacts.EFFECTIVE_DAYS`.
    - **Participation**: people who gave, of all people; a gift counts once money of it is
      confirmed, and through its donor. Gifts without a name are left out: a class is small enough
      to tell whose one is. A member of two classes counts in both.
    - **Completeness**: people in whom the field is known, of all people.

    Amounts are told only with `amounts` and under Scope.ALL.
    """
    people = listed_people(session)
    lately = contacted_since(session, today - timedelta(days=EFFECTIVE_DAYS), zone=zone)

    def effective(person: Listed) -> bool:
        return reachable(person) and person.number in lately

    gifts = _gifts(session)
    tells = amounts and scope is Scope.ALL
    counted = [person for person in people if person.lives and person.may_be_used]
    return Figures(
        totals=_totals(session, people, counted, effective, year_begins),
        head_counts=tuple(_head_counts(people)),
        contact_by_class=tuple(_reached(counted, _classes, effective)),
        contact_by_year=tuple(_reached(counted, _years, effective)),
        contact_by_segment=tuple(_reached(counted, _segments, effective)),
        giving_by_class=tuple(_giving(people, _classes, gifts, tells)),
        giving_by_chapter=tuple(_giving(people, _chapters, gifts, tells)),
        completeness=tuple(_completeness(people)),
        sources=tuple(sorted(Counter(s for one in people for s in one.sources).items())),
    )


Group = tuple[tuple[object, ...], str]


def _classes(person: Listed) -> Iterator[Group]:
    for course in person.studies:
        if label := class_label(course):
            yield class_order(course), label


def _years(person: Listed) -> Iterator[Group]:
    for year in {course.grad_year for course in person.studies if course.grad_year}:
        yield (year,), str(year)


def _segments(person: Listed) -> Iterator[Group]:
    for name in person.segments:
        yield (USUAL.index(name) if name in USUAL else len(USUAL), name), name


def _chapters(person: Listed) -> Iterator[Group]:
    for name in person.chapters:
        yield (name,), name


def _grouped(
    people: Iterable[Listed], groups_of: Callable[[Listed], Iterator[Group]]
) -> list[tuple[str, list[Listed]]]:
    """The groups in their order, each with its people once."""
    found: dict[str, dict[int, Listed]] = defaultdict(dict)
    order: dict[str, tuple[object, ...]] = {}
    for person in people:
        for key, label in groups_of(person):
            found[label][person.number] = person
            order.setdefault(label, key)
    labels = sorted(found, key=lambda label: order[label])
    return [(label, list(found[label].values())) for label in labels]


def _head_counts(people: Sequence[Listed]) -> list[HeadCount]:
    counts = Counter(
        key
        for person in people
        for key in {
            (course.grad_year, course.degree, course.major)
            for course in person.studies
            if course.grad_year
        }
    )

    def order(key: tuple[int | None, str | None, str | None]) -> tuple[object, ...]:
        year, degree, major = key
        return (-(year or 0), class_order(Course(degree=degree, major=major)))

    return [HeadCount(*key, counts[key]) for key in sorted(counts, key=order)]


def _reached(
    living: Sequence[Listed],
    groups_of: Callable[[Listed], Iterator[Group]],
    effective: Callable[[Listed], bool],
) -> Iterator[Reached]:
    for label, group in _grouped(living, groups_of):
        yield Reached(label, len(group), sum(map(reachable, group)), sum(map(effective, group)))


def _giving(
    people: Sequence[Listed],
    groups_of: Callable[[Listed], Iterator[Group]],
    gifts: dict[int, list[tuple[int, Money]]],
    tells: bool,
) -> Iterator[Giving]:
    for label, group in _grouped(people, groups_of):
        gave = [person for person in group if person.number in gifts]
        received = [part for person in gave for part in gifts[person.number]]
        sums: Counter[str] = Counter()
        for _, amount in received:
            sums[amount.currency] += amount.minor
        money = tuple(Money(minor, currency) for currency, minor in sorted(sums.items()))
        count = len({gift for gift, _ in received})
        yield Giving(label, len(group), len(gave), count, money if tells else None)


def _completeness(people: Sequence[Listed]) -> Iterator[Rate]:
    def of(name: str, known: Callable[[Listed], object]) -> Rate:
        return Rate(name, len(people), sum(bool(known(person)) for person in people))

    for field in ("gender", "birth", "ethnicity", "city", "province"):
        yield of(field, lambda person, name=field: person.fields.get(name))  # type: ignore[misc]
    for field in ("degree", "major", "class_no", "enrol_year", "grad_year", "student_no"):
        yield of(
            field,
            lambda person, name=field: any(getattr(each, name) for each in person.studies),  # type: ignore[misc]
        )
    yield of("employer", lambda person: any(employer for employer, _ in person.posts))
    yield of("job_title", lambda person: any(title for _, title in person.posts))
    for kind in ("phone", "mail", "wechat", "address"):
        yield of(kind, lambda person, name=kind: person.ways_of(name))  # type: ignore[misc]


def _totals(
    session: Session,
    people: Sequence[Listed],
    counted: Sequence[Listed],
    effective: Callable[[Listed], bool],
    year_begins: datetime,
) -> Totals:
    asked = select(func.sum(IdentityCheck.asked)).where(IdentityCheck.at >= year_begins)
    return Totals(
        people=len(people),
        living=sum(person.lives for person in people),
        deceased=sum(not person.lives for person in people),
        restricted=sum(not person.may_be_used for person in people),
        graduates=sum(bool(person.studies) for person in people),
        reached=sum(map(reachable, counted)),
        effective=sum(map(effective, counted)),
        checked=session.scalar(asked) or 0,
        merges_open=_open_proposals(session, ProposalKind.MERGE),
        updates_open=_open_proposals(session, ProposalKind.UPDATE),
    )


def _open_proposals(session: Session, kind: ProposalKind) -> int:
    query = (
        select(func.count())
        .select_from(Proposal)
        .where(Proposal.kind == kind, Proposal.status == ProposalStatus.OPEN)
    )
    return session.scalar(query) or 0


def _gifts(session: Session) -> dict[int, list[tuple[int, Money]]]:
    """By the head of each donor who gave by name: the gifts with what came in."""
    query = (
        select(Gift.donor_id, Gift.id, Payment.amount_minor, Payment.currency)
        .join(Payment, Payment.gift_id == Gift.id)
        .where(
            Gift.donor_id.is_not(None),
            Gift.anonymous.is_(False),
            Payment.confirmed_at.is_not(None),
            Payment.struck_at.is_(None),
        )
    )
    rows = list(session.execute(query))
    heads = heads_of(session, {row[0] for row in rows if row[0] is not None})
    found: dict[int, list[tuple[int, Money]]] = defaultdict(list)
    for donor, gift, minor, currency in rows:
        if donor is not None:
            found[heads[donor]].append((gift, Money(minor, currency)))
    return dict(found)
