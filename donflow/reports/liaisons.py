"""Which class has which liaison, and which has none."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from donflow.errors import N_, DonflowError
from donflow.reports.people import listed_people
from donflow.reports.selection import class_label, class_order
from donflow.roster.alumni_models import Education, LiaisonPost
from donflow.roster.identity_checks import is_class
from donflow.roster.liaisons import all_posts, ends_within, not_over
from donflow.roster.merging import heads_of
from donflow.roster.studies import Course


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


class NoSuchClass(DonflowError):
    """An appointment names a class that people of the roster were in, or says that it is new."""

    code = "no_such_class"
    message = N_("Nobody of the roster was in {class_label}.")
    remedy = N_("See the classes: donflow roster liaison list; a class without people: --new-class")


class SeveralClasses(DonflowError):
    code = "several_classes"
    message = N_("{class_label} may be one of {count} classes: {known}.")
    remedy = N_("Write one of them in full.")


def class_named(session: Session, text: str) -> str:
    """The label of the class that people of the roster were in; 05级会计1班 is 2005级会计学1班.

    Raises NoSuchClass, SeveralClasses.
    """
    query = select(
        Education.degree, Education.major, Education.class_no, Education.enrol_year,
        Education.grad_year,
    ).distinct()  # fmt: skip
    courses = [Course(*row) for row in session.execute(query)]
    found = sorted({
        label for course in courses if (label := class_label(course)) and is_class(text, course)
    })  # fmt: skip
    if text.strip() in {class_label(course) for course in courses} - {""}:
        return text.strip()
    if not found:
        raise NoSuchClass(class_label=text.strip())
    if len(found) > 1:
        known = (*found[:_MOST_TOLD], *(["…"] if len(found) > _MOST_TOLD else []))
        raise SeveralClasses(class_label=text.strip(), count=len(found), known=known)
    return found[0]


_MOST_TOLD = 6


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
