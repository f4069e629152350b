"""What a list of found people shows of each, and by what each word was found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from donflow.accounts.scopes import Scope
from donflow.domain import masking
from donflow.roster.merging import numbers_of_each
from donflow.roster.models import Constituent, ContactKind, ContactPoint
from donflow.roster.search.finding import OPEN_FIELDS, Sought
from donflow.roster.search.folding import folded
from donflow.roster.search.grams import Word
from donflow.roster.search.keeping import known_of_each
from donflow.roster.search.line import Field, Known
from donflow.roster.search.spelling import spellings


@dataclass(frozen=True)
class Found:
    """A person as a list shows one; `phone` is masked, `matched` tells each word and its field."""

    person: int
    kind: str
    name: str
    classes: tuple[str, ...]
    city: str | None
    employer: str | None
    phone: str | None
    status: str
    matched: tuple[tuple[str, Field], ...]


def shown(
    session: Session, query: Sought, numbers: Sequence[int], scope: Scope = Scope.ALL
) -> list[Found]:
    """These people in their order; under Scope.MASKED without name, employer and phone."""
    known = known_of_each(session, numbers)
    heads = session.scalars(select(Constituent).where(Constituent.id.in_(numbers)))
    people = {person.id: person for person in heads}
    phones = _phones(session, numbers)
    found = []
    for number in numbers:
        person, values = people[number], known[number].values
        hides = scope is Scope.MASKED
        name = str(masking.name(person.name)) if hides else person.name
        shown_of = _open_part(known[number]) if hides else known[number]
        found.append(
            Found(
                number,
                person.kind,
                name,
                values.get(Field.CLASS, ()),
                next(iter(values.get(Field.CITY, ())), None),
                None if hides else next(iter(values.get(Field.EMPLOYER, ())), None),
                None if hides else phones.get(number),
                person.status,
                tuple((each.text, _matched(each, shown_of, number)) for each in query.words),
            )
        )
    return found


def _open_part(known: Known) -> Known:
    return Known({field: known.values.get(field, ()) for field in OPEN_FIELDS})


def _matched(word: Word, known: Known, number: int) -> Field:
    """The first field that the word stands in; else it was found by number or by a contact."""
    for field, values in known.values.items():
        if any(word.text in folded(value) for value in values):
            return field
    if word.spelled and any(
        spelling.startswith(word.spelled) for name in known.names for spelling in spellings(name)
    ):
        return Field.PINYIN
    return Field.NUMBER if word.text == str(number) else Field.CONTACT


def _phones(session: Session, heads: Sequence[int]) -> Mapping[int, str]:
    """The masked phone of each, the preferred one or else the first."""
    families = numbers_of_each(session, heads)
    head_of = {number: head for head, family in families.items() for number in family}
    point = ContactPoint
    query = (
        select(point.constituent_id, point.masked)
        .where(point.constituent_id.in_(head_of), point.kind == ContactKind.PHONE)
        .order_by(point.preferred.desc(), point.id)
    )
    phones: dict[int, str] = {}
    for number, masked in session.execute(query):
        phones.setdefault(head_of[number], masked)
    return phones
