"""Which class has which liaison, and which has none."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from donflow.reports.people import listed_people
from donflow.reports.selection import class_label, class_order
from donflow.roster.alumni_models import LiaisonPost
from donflow.roster.liaisons import all_posts, ends_within, not_over
from donflow.roster.merging import heads_of


@dataclass(frozen=True, slots=True)
class ClassLiaison:
    """A class with one liaison, or with none; how many of the class the roster knows."""

    class_label: str
    classmates: int
    number: int | None = None
    name: str | None = None
    from_on: date | None = None
    until_on: date | None = None
    letter_no: str | None = None


def class_liaisons(
    session: Session, *, today: date, ending_within: int | None = None
) -> list[ClassLiaison]:
    """Each class of the roster with who serves it today or will, in the order of classes.

    A class is that of a study, as `class_label` writes it; one that an appointment names otherwise
    stands at the end. `ending_within` leaves those whose term runs out within so many days.
    """
    people = {person.number: person for person in listed_people(session)}
    members: dict[str, set[int]] = defaultdict(set)
    order: dict[str, tuple[object, ...]] = {}
    for person in people.values():
        for course in person.studies:
            if label := class_label(course):
                members[label].add(person.number)
                order.setdefault(label, class_order(course))
    serving: dict[str, list[LiaisonPost]] = defaultdict(list)
    for post in all_posts(session):
        if not_over(post, today):
            serving[post.class_label].append(post)
    posts = [post for group in serving.values() for post in group]
    heads = heads_of(session, {post.constituent_id for post in posts})
    found: list[ClassLiaison] = []
    unknown = sorted(set(serving) - set(order))
    for label in [*sorted(order, key=lambda one: order[one]), *unknown]:
        count = len(members[label])
        if not serving[label] and ending_within is None:
            found.append(ClassLiaison(label, count))
        for post in serving[label]:
            if ending_within is not None and not ends_within(post, today, ending_within):
                continue
            head = heads[post.constituent_id]
            name = people[head].name if head in people else None
            found.append(
                ClassLiaison(label, count, head, name, post.from_on, post.until_on, post.letter_no)
            )
    return found
