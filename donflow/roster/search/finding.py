"""Finding people by what one types: words that all match, by the index, in order of numbers.

A word matches a person whose line holds it, or whose name can be typed so in Latin letters. It
matches as well by what stands in no line: a person's number, a whole phone, mail address or
identifier, the last four or more digits of a phone. The order of words does not matter.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Text,
    and_,
    func,
    literal,
    literal_column,
    or_,
    select,
    text,
    union,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from donflow.roster.models import Constituent
from donflow.roster.search.by_number import people_by_value
from donflow.roster.search.folding import words_of
from donflow.roster.search.grams import PARTED, Word, word
from donflow.roster.search.tables import GRAM, GRAMS, SEARCH
from donflow.store.derived import bring_up
from donflow.store.keys import KeyRing

FEW: Final = 500
"""People that are taken by their numbers rather than asked of the index."""


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
) -> list[int]:
    """The numbers of the people whom the text finds, by number or the newest class first.

    A person whose numbers were merged is one, under the head; an erased one is not found.
    """
    found = _asked(session, keys, text, among)
    if found is None:
        return []
    ids = found.subquery()
    query = select(ids.c.id)
    if newest_first:
        query = query.join(SEARCH, SEARCH.c.id == ids.c.id)
        query = query.order_by(SEARCH.c.year.desc().nulls_last(), ids.c.id)
    else:
        query = query.order_by(ids.c.id + 0 if _is_server(session) else ids.c.id)
    with _by_index(session):
        return list(session.scalars(query.limit(limit)))


def count_people(session: Session, keys: KeyRing, text: str, *, among: Among = EVERYBODY) -> int:
    """How many people the text finds."""
    found = _asked(session, keys, text, among)
    if found is None:
        return 0
    with _by_index(session):
        return session.scalar(select(func.count()).select_from(found.subquery())) or 0


def find_constituents(session: Session, keys: KeyRing, text: str) -> list[Constituent]:
    """The people whom the text finds, in the order of their numbers; none for marks alone."""
    if not any(character.isalnum() for character in text):
        return []
    numbers = find_people(session, keys, text)
    found: list[Constituent] = []
    for start in range(0, len(numbers), FEW):
        some = Constituent.id.in_(numbers[start : start + FEW])
        found += session.scalars(select(Constituent).where(some).order_by(Constituent.id))
    return found


def sought(session: Session, keys: KeyRing, text: str) -> Sought:
    """What the text says, each word by itself and all of it as one value (an account in groups)."""
    bring_up(session)
    folded = words_of(text)
    by_word = tuple(people_by_value(session, keys, each) for each in folded)
    by_whole = people_by_value(session, keys, text) if len(folded) > 1 else frozenset()
    return Sought(tuple(map(word, folded)), by_word, by_whole)


def _asked(session: Session, keys: KeyRing, text: str, among: Among) -> Any:
    """A query for the numbers (`id`), or None where nothing was asked."""
    query = sought(session, keys, text)
    if not query.words:
        return None
    conditions, by_word = _settled(session, query)
    by_index = _index_query(session, query.words, conditions)
    others = _others(session, query, by_word)
    ids = by_index
    if others:
        few = select(SEARCH.c.id).where(SEARCH.c.id.in_(sorted(others)))
        ids = select(union(by_index, few).subquery("found").c.id)
    found = ids.subquery("known").c.id
    if among.only is not None:
        ids = select(found).where(found.in_(sorted(among.only)))
    elif among.but:
        ids = select(found).where(found.not_in(sorted(among.but)))
    return ids


def _settled(session: Session, query: Sought) -> tuple[list[bool], list[frozenset[int]]]:
    """For each word whether its text is asked of the index, and whom it finds besides.

    zhang as pinyin is exact; as a part of Latin text it is an "and" of pieces, which would have
    each of the many of that name compared again. Whom it finds as text are mostly few: they are
    looked up before.
    """
    asks_text, by_word = [], list(query.by_word)
    for place, each in enumerate(query.words):
        asks = True
        if each.spelled and each.spelling_is_exact and not each.text_is_exact:
            alone = _index_query(session, (Word(each.text, ""),), [True]).limit(FEW + 1)
            with _by_index(session):
                few = session.scalars(alone).all()
            if len(few) <= FEW:
                asks, by_word[place] = False, by_word[place] | set(few)
        asks_text.append(asks)
    return asks_text, by_word


def _others(session: Session, query: Sought, by_word: list[frozenset[int]]) -> frozenset[int]:
    """Those found by value, or as few by text, whom the other words find as well."""
    numbers = frozenset[int]().union(*by_word)
    found = set(query.by_whole)
    for some in _some_at_once(sorted(numbers)):
        for row in session.execute(select(SEARCH).where(SEARCH.c.id.in_(some))):
            if all(
                row.id in besides or each.stands_in(row.line, row.spelled)
                for each, besides in zip(query.words, by_word, strict=True)
            ):
                found.add(row.id)
    return frozenset(found)


def _some_at_once(numbers: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(numbers), FEW):
        yield numbers[start : start + FEW]


def _index_query(session: Session, words: Collection[Word], asks_text: list[bool]) -> Any:
    """The numbers of those whose pieces hold all words; compared with the lines where need be."""
    pieces = [
        [list(each.pieces)] * asks + ([[each.beginning]] if each.spelled else [])
        for each, asks in zip(words, asks_text, strict=True)
    ]
    compared = [
        _stands(each, asks)
        for each, asks in zip(words, asks_text, strict=True)
        if (asks and not each.text_is_exact) or not each.spelling_is_exact
    ]
    if _is_server(session):
        have = func.string_to_array(GRAMS, literal_column("' '"), type_=ARRAY(Text))
        conditions = [
            or_(*(have.op("@>")(literal(all_of, ARRAY(Text))) for all_of in either))
            for either in pieces
        ]
        return select(SEARCH.c.id.label("id")).where(and_(*conditions, *compared))
    match = literal_column("derived_search_gram").op("MATCH")(_expression(pieces))
    query = select(GRAM.c.rowid.label("id")).where(match)
    if compared:
        query = query.join_from(GRAM, SEARCH, SEARCH.c.id == GRAM.c.rowid).where(*compared)
    return query


def _expression(pieces: list[list[list[str]]]) -> str:
    """In the language of SQLite's full-text index; a quotation mark never stands in a piece."""

    def all_of(some: list[str]) -> str:
        return "(" + " AND ".join(f'"{piece}"' for piece in some) + ")"

    return " AND ".join("(" + " OR ".join(map(all_of, either)) + ")" for either in pieces)


def _stands(each: Word, asks_text: bool) -> ColumnElement[bool]:
    """The comparison itself; LIKE would take % and _ for more than they are."""
    spelled = _holds(SEARCH.c.spelled, f"{PARTED}{each.spelled}") if each.spelled else None
    stands = [_holds(SEARCH.c.line, each.text)] if asks_text else []
    return or_(*stands, *([spelled] if spelled is not None else []))


def _holds(column: ColumnElement[str], text: str) -> ColumnElement[bool]:
    return column.contains(text, autoescape=True)


def _is_server(session: Session) -> bool:
    return session.get_bind().dialect.name == "postgresql"


@contextmanager
def _by_index(session: Session) -> Iterator[None]:
    """Have PostgreSQL ask the index of pieces: left alone it reads every row, or walks the key.

    The memory is for the places of all who are found: with less, their pieces are read again.
    """
    if not _is_server(session):
        yield
        return
    session.execute(_SWITCH, {"switch": "off", "memory": "64MB"})
    yield
    session.execute(_SWITCH, {"switch": "on", "memory": "4MB"})


_SWITCH: Final = text(
    "SELECT set_config('enable_seqscan', :switch, true),"
    " set_config('enable_indexscan', :switch, true), set_config('work_mem', :memory, true)"
)
