"""Finding people by what one types: words that all match, by the index, in order of numbers.

A word matches a person whose line holds it, or whose name can be typed so in Latin letters. It
matches as well by what stands in no line: a person's number, a whole phone, mail address or
identifier, the last four or more digits of a phone. The order of words does not matter.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from donflow.roster.models import Constituent
from donflow.roster.search import asking
from donflow.roster.search.asking import Asked
from donflow.roster.search.by_number import Reach, people_by_value
from donflow.roster.search.folding import folded, words_of
from donflow.roster.search.grams import Word, word
from donflow.roster.search.keeping import known_of_each
from donflow.roster.search.line import Field
from donflow.roster.search.tables import SEARCH
from donflow.store.derived import bring_up
from donflow.store.keys import KeyRing

FEW: Final = 500
"""People that are taken by their numbers rather than asked of the index."""


OPEN_FIELDS: Final = (Field.CLASS, Field.CITY)
"""What may find a person whose name is hidden; `showing` shows no more."""


@dataclass(frozen=True)
class Among:
    """The people among whom is looked: those of these numbers (None: all) but not of those."""

    only: frozenset[int] | None = None
    but: frozenset[int] = frozenset()

    def __contains__(self, number: int) -> bool:
        return (self.only is None or number in self.only) and number not in self.but


EVERYBODY: Final = Among()


@dataclass(frozen=True)
class Sought:
    """A query as understood: its words, whom each finds by value, whom all of it does."""

    words: tuple[Word, ...]
    by_word: tuple[frozenset[int], ...]
    by_whole: frozenset[int]


def find_people(
    session: Session,
    keys: KeyRing,
    text: str,
    *,
    among: Among = EVERYBODY,
    limit: int | None = None,
    newest_first: bool = False,
    reach: Reach = Reach.USUAL,
) -> list[int]:
    """The numbers of the people whom the text finds, by number or the newest class first.

    A person whose numbers were merged is one, under the head; an erased one is not found.
    """
    query = sought(session, keys, text, reach)
    if not query.words:
        return []
    if reach is Reach.OPEN:
        return list(islice(_openly(session, query, among, newest_first=newest_first), limit))
    connection = session.connection()
    if limit is not None and not newest_first and asking.is_server(connection):
        first = _among_the_first(connection, query, among, limit)
        if len(first) == limit:
            return first
    found = _found(connection, query, among, with_year=newest_first)
    with asking.index_only(connection):
        return [number for (number,) in asking.rows(connection, asking.page(found, limit))]


def count_people(
    session: Session,
    keys: KeyRing,
    text: str,
    *,
    among: Among = EVERYBODY,
    reach: Reach = Reach.USUAL,
) -> int:
    """How many people the text finds."""
    query = sought(session, keys, text, reach)
    if not query.words:
        return 0
    if reach is Reach.OPEN:
        return sum(1 for _ in _openly(session, query, among))
    connection = session.connection()
    found = _found(connection, query, among)
    with asking.index_only(connection):
        ((count,),) = asking.rows(connection, asking.counted(found))
    return int(count)


def find_constituents(
    session: Session, keys: KeyRing, text: str, *, reach: Reach = Reach.USUAL
) -> list[Constituent]:
    """The people whom the text finds, in the order of their numbers; none for marks alone."""
    if not any(character.isalnum() for character in text):
        return []
    numbers = find_people(session, keys, text, reach=reach)
    found: list[Constituent] = []
    for start in range(0, len(numbers), FEW):
        some = Constituent.id.in_(numbers[start : start + FEW])
        found += session.scalars(select(Constituent).where(some).order_by(Constituent.id))
    return found


def sought(session: Session, keys: KeyRing, text: str, reach: Reach = Reach.USUAL) -> Sought:
    """What the text says, each word by itself and all of it as one value (an account in groups)."""
    bring_up(session)
    words = words_of(text)
    by_word = tuple(people_by_value(session, keys, each, reach) for each in words)
    by_whole = people_by_value(session, keys, text, reach) if len(words) > 1 else frozenset()
    return Sought(tuple(map(word, words)), by_word, by_whole)


def _openly(
    session: Session, query: Sought, among: Among, *, newest_first: bool = False
) -> Iterator[int]:
    """Of those whom the query finds, whom each word finds by what is open to everybody.

    The index knows not which field a word stands in, so that each is looked at again.
    """
    connection = session.connection()
    found = _found(connection, query, among, with_year=newest_first)
    with asking.index_only(connection):
        numbers = [number for (number,) in asking.rows(connection, asking.page(found, None))]
    for some in _some_at_once(numbers):
        known = known_of_each(session, some)
        for number in some:
            values = [folded(each) for field in OPEN_FIELDS
                      for each in known[number].values.get(field, ())]  # fmt: skip
            if all(
                number in besides or any(each.text in value for value in values)
                for each, besides in zip(query.words, query.by_word, strict=True)
            ):
                yield number


def _among_the_first(connection: Connection, query: Sought, among: Among, limit: int) -> list[int]:
    """The page as the first lines give it; with fewer than `limit` the index must be asked.

    PostgreSQL's index gives all who are found before the first: what many have is sooner read.
    """
    if query.by_whole or any(query.by_word):
        return []
    one_sign = all(len(each.text) == 1 for each in query.words)
    first = asking.LOOKED_AT if one_sign else asking.FOR_LONGER
    found = _narrowed(asking.by_line(query.words, first=first), among)
    return [number for (number,) in asking.rows(connection, asking.page(found, limit))]


def _found(
    connection: Connection, query: Sought, among: Among, *, with_year: bool = False
) -> Asked:
    """What gives the numbers of all whom the query finds among those."""
    as_text, by_word = _settled(connection, query)
    words = list(zip(query.words, as_text, strict=True))
    server = asking.is_server(connection)
    found = asking.by_index(words, server=server, with_year=with_year)
    others = _others(connection, query, by_word)
    return _narrowed(asking.united(found, others) if others else found, among)


def _narrowed(found: Asked, among: Among) -> Asked:
    if among.only is not None:
        found = asking.narrowed(found, among.only, without=False)
    return asking.narrowed(found, among.but, without=True) if among.but else found


def _settled(connection: Connection, query: Sought) -> tuple[list[bool], list[frozenset[int]]]:
    """For each word whether its text is asked of the index, and whom it finds besides.

    zhang as pinyin is exact; as a part of Latin text it is an "and" of pieces, which would have
    each of the many of that name compared again. Whom it finds as text are mostly few: they are
    looked up before.
    """
    as_text, by_word = [], list(query.by_word)
    server = asking.is_server(connection)
    for place, each in enumerate(query.words):
        asks = True
        if each.spelled and each.spelling_is_exact and not each.text_is_exact:
            alone = asking.by_index([(Word(each.text, ""), True)], server=server)
            few = asking.page(alone, FEW + 1)
            with asking.index_only(connection):
                numbers = [number for (number,) in asking.rows(connection, few)]
            if len(numbers) <= FEW:
                asks, by_word[place] = False, by_word[place] | set(numbers)
        as_text.append(asks)
    return as_text, by_word


def _others(connection: Connection, query: Sought, by_word: list[frozenset[int]]) -> frozenset[int]:
    """Those found by value, or as few by text, whom the other words find as well."""
    numbers = frozenset[int]().union(*by_word)
    found = set(query.by_whole)
    for some in _some_at_once(sorted(numbers)):
        for row in connection.execute(select(SEARCH).where(SEARCH.c.id.in_(some))):
            if all(
                row.id in besides or each.stands_in(row.line, row.spelled)
                for each, besides in zip(query.words, by_word, strict=True)
            ):
                found.add(row.id)
    return frozenset(found)


def _some_at_once(numbers: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(numbers), FEW):
        yield numbers[start : start + FEW]
