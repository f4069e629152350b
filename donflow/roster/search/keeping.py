"""Keeps the search lines in step with people, studies, work and merges; makes them all anew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from itertools import islice
from typing import Final

from sqlalchemy import Connection, delete, func, insert, select, text
from sqlalchemy.orm import Session

from donflow.roster.alumni_models import Education, Employment
from donflow.roster.import_models import Merge
from donflow.roster.merging import numbers_of_each
from donflow.roster.models import Constituent, Status
from donflow.roster.search.grams import PARTED, grams
from donflow.roster.search.line import Field, Known, Line, Studied, known_of, line_of
from donflow.roster.search.tables import SEARCH
from donflow.store.session import Store, once_stored

AT_ONCE: Final = 500


def refresh(session: Session, numbers: Collection[int]) -> None:
    """Make the lines of these numbers anew; of thousands as well, some hundreds at a time.

    A person whose numbers were merged has one line, under the head; an erased person none, and
    then nothing of it is left in the pages of the index either: on PostgreSQL once all is stored.
    """
    erased = False
    ordered = iter(sorted(numbers))
    while some := list(islice(ordered, AT_ONCE)):
        erased |= _refresh(session, some)
    if not erased:
        return
    if _is_sqlite(connection := session.connection()):
        _forget_pieces(connection)
    else:
        once_stored(session, _clean)


def known_of_each(session: Session, heads: Collection[int]) -> dict[int, Known]:
    """What the lines of these people are made of, by their heads; erased ones are left out."""
    return _known(session, numbers_of_each(session, heads))[0]


def rebuild(store: Store) -> int:
    """Make all lines anew, as after a restore, and say how many people there are."""
    with store.queue(), Session(store.writer) as session:
        connection = session.connection()
        _clear(connection)
        last, count = 0, 0
        while some := list(_numbers_after(session, last)):
            count += write_lines(connection, {}, _lines(session, some))
            last = some[-1]
        is_sqlite = _is_sqlite(connection)
        if is_sqlite:
            _forget_pieces(connection)
        session.commit()
    if not is_sqlite:
        _clean(store)
    return count


def lines_and_people(session: Session) -> tuple[int, int]:
    """How many lines there are, and how many people there should be lines of."""
    lines = session.scalar(select(func.count()).select_from(SEARCH)) or 0
    absorbed = select(Merge.absorbed_id)
    people = select(func.count()).where(
        Constituent.status != Status.ERASED, Constituent.id.not_in(absorbed)
    )
    return lines, session.scalar(people) or 0


def is_in_step(session: Session, *, thoroughly: bool = False, looked_at: int = 200) -> bool:
    """Whether the lines of some people, spread evenly, say what is; thoroughly: all are counted.

    Some milliseconds among a million; to count them is most of a second.
    """
    if thoroughly:
        lines, people = lines_and_people(session)
        if lines != people:
            return False
    first, last = session.execute(select(func.min(Constituent.id), func.max(Constituent.id))).one()
    if first is None:
        return session.scalar(select(SEARCH.c.id).limit(1)) is None
    spread = range(first, last + 1, max(1, (last - first) // looked_at))
    there = session.scalars(select(Constituent.id).where(Constituent.id.in_(spread)))
    families = set(numbers_of_each(session, list(there)).values())
    right = {
        head: (line.line, line.spelled, line.year)
        for head, line in _lines(session, [family[0] for family in families]).items()
    }
    numbers = [number for family in families for number in family]
    stored = session.execute(select(SEARCH).where(SEARCH.c.id.in_(numbers)))
    return {row.id: (row.line, row.spelled, row.year) for row in stored} == right


def _refresh(session: Session, numbers: list[int]) -> bool:
    """Whether one of these numbers is erased."""
    families = {family[0]: family for family in numbers_of_each(session, numbers).values()}
    concerned = sorted({*numbers, *(number for family in families.values() for number in family)})
    _lock(session, concerned)
    known, erased = _known(session, families)
    lines = {head: line_of(each) for head, each in known.items()}
    connection = session.connection()
    query = select(SEARCH).where(SEARCH.c.id.in_(concerned))
    before = {row.id: (row.line, row.spelled, row.year) for row in connection.execute(query)}
    gone = {
        number: (said[0], said[1])
        for number, said in before.items()
        if number not in lines or _said(lines[number]) != said
    }
    new = {head: line for head, line in lines.items() if before.get(head) != _said(line)}
    write_lines(connection, gone, new)
    return bool(erased and gone)


def _said(line: Line) -> tuple[str, str, int | None]:
    return line.line, line.spelled, line.year


def _lines(session: Session, heads: Collection[int]) -> dict[int, Line]:
    return {head: line_of(known) for head, known in known_of_each(session, heads).items()}


def _lock(session: Session, numbers: list[int]) -> None:
    """Two units that write about one person at a server: the second sees what the first wrote."""
    if session.get_bind().dialect.name == "postgresql":
        query = select(Constituent.id).where(Constituent.id.in_(numbers)).order_by(Constituent.id)
        session.execute(query.with_for_update(key_share=True)).all()


def _known(
    session: Session, families: Mapping[int, tuple[int, ...]]
) -> tuple[dict[int, Known], set[int]]:
    """What is known by head, and the numbers among them that are erased."""
    numbers = sorted({number for family in families.values() for number in family})
    person, study, work = Constituent, Education, Employment
    people = {
        row.id: row
        for row in session.execute(
            select(
                person.id,
                person.name,
                person.other_names,
                person.city,
                person.province,
                person.status,
            ).where(person.id.in_(numbers))
        )
    }
    studies: defaultdict[int, list[Studied]] = defaultdict(list)
    for number, degree, major, class_no, enrol_year, grad_year, student_no in session.execute(
        select(
            study.constituent_id,
            study.degree,
            study.major,
            study.class_no,
            study.enrol_year,
            study.grad_year,
            study.student_no,
        )
        .where(study.constituent_id.in_(numbers))
        .order_by(study.id)
    ):
        studies[number].append(Studied(degree, major, class_no, enrol_year, grad_year, student_no))
    posts: defaultdict[int, list[tuple[Field, str | None]]] = defaultdict(list)
    for number, employer, job_title in session.execute(
        select(work.constituent_id, work.employer, work.job_title)
        .where(work.constituent_id.in_(numbers))
        .order_by(work.current.desc(), work.id)
    ):
        posts[number] += [(Field.EMPLOYER, employer), (Field.JOB_TITLE, job_title)]
    found = {}
    for head, family in families.items():
        alive = [n for n in family if n in people and people[n].status != Status.ERASED]
        if not alive:
            continue
        first, *rest = (people[number] for number in alive)
        names = [(Field.NAME, first.name), *((Field.OTHER_NAME, each.name) for each in rest)]
        names += [(Field.OTHER_NAME, other) for n in alive for other in people[n].other_names]
        others = [post for number in alive for post in posts[number]]
        for number in alive:
            others += [(Field.CITY, people[number].city), (Field.PROVINCE, people[number].province)]
        found[head] = known_of(names, [each for n in alive for each in studies[n]], others)
    return found, {number for number, row in people.items() if row.status == Status.ERASED}


def _numbers_after(session: Session, last: int) -> Iterator[int]:
    """The next people by number, those taken up by a merge left out."""
    query = (
        select(Constituent.id)
        .where(Constituent.id > last, Constituent.id.not_in(select(Merge.absorbed_id)))
        .order_by(Constituent.id)
        .limit(AT_ONCE)
    )
    yield from session.scalars(query)


def write_lines(
    connection: Connection, gone: Mapping[int, tuple[str, str]], new: Mapping[int, Line]
) -> int:
    """Take the old lines away and write the new; past the session, for none is journalled."""
    is_sqlite = _is_sqlite(connection)
    if gone and is_sqlite:
        # Without content of its own the index must be told what it had of a line.
        connection.execute(
            text(
                "INSERT INTO derived_search_gram (derived_search_gram, rowid, grams)"
                " VALUES ('delete', :id, :grams)"
            ),
            [{"id": number, "grams": _grams_of(*said)} for number, said in gone.items()],
        )
    elif gone:
        connection.execute(_DELETE_PIECES, [{"id": number} for number in gone])
    if gone:
        connection.execute(delete(SEARCH).where(SEARCH.c.id.in_(gone)))
    if not new:
        return 0
    lines = sorted(new.items())
    connection.execute(
        insert(SEARCH),
        [
            {"id": head, "line": line.line, "spelled": line.spelled, "year": line.year}
            for head, line in lines
        ],
    )
    if is_sqlite:
        pieces = [{"id": head, "grams": line.grams} for head, line in lines]
        command = "INSERT INTO derived_search_gram (rowid, grams) VALUES (:id, :grams)"
    else:
        pieces = [
            {"id": head, "year": line.year, "grams": line.grams.split(" ")} for head, line in lines
        ]
        command = "INSERT INTO derived_search_gram (id, year, grams) VALUES (:id, :year, :grams)"
    connection.execute(text(command), pieces)
    return len(lines)


def _grams_of(line: str, spelled: str) -> str:
    """The pieces of a stored line."""
    return grams(line.split(PARTED) if line else (), spelled.split(PARTED)[1:])


def _is_sqlite(connection: Connection) -> bool:
    return connection.dialect.name == "sqlite"


def _clear(connection: Connection) -> None:
    connection.execute(delete(SEARCH))
    if _is_sqlite(connection):
        command = "INSERT INTO derived_search_gram (derived_search_gram) VALUES ('delete-all')"
    else:
        command = "DELETE FROM derived_search_gram"
    connection.execute(text(command))


def _forget_pieces(connection: Connection) -> None:
    """Merge the parts of SQLite's index into one: till then what was deleted still stands there.

    SQLite overwrites the pages that this sets free (`secure_delete`). Seconds among a million.
    """
    command = "INSERT INTO derived_search_gram (derived_search_gram) VALUES ('optimize')"
    connection.execute(text(command))


def _clean(store: Store) -> None:
    """Have PostgreSQL drop the rows that were deleted, their pieces too, which it does by and by.

    Whoever still reads an older state keeps them there; then they go with its own next cleaning.
    """
    with store.writer.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        command = "VACUUM (ANALYZE, INDEX_CLEANUP ON) derived_search, derived_search_gram"
        connection.execute(text(command))


_DELETE_PIECES: Final = text("DELETE FROM derived_search_gram WHERE id = :id")
