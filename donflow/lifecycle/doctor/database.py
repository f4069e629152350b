"""The database, SQLite's file or PostgreSQL's server: its mode, pages, references, keys, clock."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Final

from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from donflow.errors import N_, DonflowError, say
from donflow.lifecycle.doctor.finding import Code, Finding, State, fault, mistaken, sound, warning
from donflow.lifecycle.instance import is_held
from donflow.lifecycle.office import Office
from donflow.lifecycle.workflows import load_workflow
from donflow.roster.erasure import erased_keys
from donflow.roster.models import Constituent, Status
from donflow.roster.search.keeping import is_in_step
from donflow.store.journal import JournalEvent
from donflow.store.outcome import DatabaseUnreadable, trouble_of
from donflow.store.session import journal_mode
from donflow.store.workflows import current_version

BROKEN: Final = (DBAPIError,)
"""What a database that does not answer raises, for those who may not know of its library."""
DAMAGED: Final = N_("The database file is damaged: {what}.")
RESTORE: Final = N_(
    "Keep the damaged file as it is, and restore the newest backup into a new folder:"
    " donflow --home FOLDER restore FILE --keys FILE"
)
UNREAD: Final = N_("The database did not answer what it was asked: {what}.")
TRY_AGAIN: Final = N_(
    "Try again; if it says so again, show these words to whoever looks after donflow."
)
OLDEST_SERVER: Final = 140000
MUST_BE_ON: Final = ("fsync", "full_page_writes", "synchronous_commit")
BEHIND, AHEAD = timedelta(minutes=5), timedelta(days=40)
BACKUP_AGE: Final = timedelta(days=7)
APART: Final = timedelta(minutes=1)
SHOWN: Final = 3


def examine_database(
    session: Session, office: Office, now: datetime, real: datetime | None
) -> Iterator[Finding]:
    """All that an open database tells; `real` is the machine's clock, None where it may be set."""
    checks: list[Callable[[], Finding]]
    if session.get_bind().dialect.name == "sqlite":
        checks = [partial(check_pages, session), partial(check_references, session)]
    else:
        checks = [partial(check_server, session), partial(check_durability, session)]
        if real is not None:
            checks.append(partial(check_server_clock, session, real))
    checks += [
        partial(check_keys, session, office),
        partial(check_search, session),
        partial(check_clock, session, now),
        partial(check_backup, session, now),
        partial(check_states, session, office),
        partial(check_held, session, office),
    ]
    told: list[Finding] = []
    for check in checks:
        try:
            yield check()
        except DBAPIError as broken:
            session.rollback()
            found = why_unread(broken)
            if found not in told:
                yield found
            told.append(found)
            if found.code is not Code.PAGES:
                return  # of a server that is gone, or a file in use, the others say no more


def why_unread(broken: DBAPIError) -> Finding:
    """What a question that the database did not answer says of it; damage only where it is."""
    trouble = trouble_of(broken)
    if isinstance(trouble, DatabaseUnreadable):
        return fault(Code.PAGES, DAMAGED, RESTORE, what=trouble.values["fault"])
    if trouble is not None:
        return mistaken(Code.OFFICE, trouble, TRY_AGAIN)
    return fault(Code.OFFICE, UNREAD, TRY_AGAIN, what=str(broken.orig).splitlines()[0])


def check_mode(path: Path) -> Finding:
    """The mode that SQLite's file is really in, from its header: opening it would change it."""
    with path.open("rb") as file:
        header = file.read(20)
    mode = "WAL" if header[18:19] == b"\x02" else "DELETE"
    wanted, _synchronous = journal_mode()
    if mode != wanted:
        return warning(
            Code.MODE,
            N_("The database file is not kept in the way that is safe with this SQLite."),
            N_("Close whatever has it open, then run any donflow command: it sets that right."),
            mode=mode,
            wanted=wanted,
        )
    return sound(
        Code.MODE, N_("The database file is kept in the way that is safe here."), mode=mode
    )


def check_pages(session: Session) -> Finding:
    told = [str(line) for line in session.scalars(text("PRAGMA quick_check"))]
    if told != ["ok"]:
        return fault(Code.PAGES, DAMAGED, RESTORE, what=" ".join(told[0].split()))
    return sound(Code.PAGES, N_("The database file is whole."))


def check_references(session: Session) -> Finding:
    broken = session.execute(text("PRAGMA foreign_key_check")).all()
    if broken:
        tables = tuple(sorted({str(row[0]) for row in broken}))
        message = N_("Rows name others that are not there, in: {tables}.")
        remedy = N_("Somebody wrote past donflow: donflow verify says what, a backup mends it.")
        return fault(Code.REFERENCES, message, remedy, tables=tables)
    return sound(Code.REFERENCES, N_("Every row that another names is there."))


def check_server(session: Session) -> Finding:
    number = int(session.execute(text("SHOW server_version_num")).scalar_one())
    version = session.execute(text("SHOW server_version")).scalar_one().split()[0]
    if number < OLDEST_SERVER:
        message = N_("PostgreSQL {version} is too old.")
        remedy = N_("Ask whoever looks after the server for PostgreSQL 14 or later.")
        return fault(Code.SERVER, message, remedy, version=version)
    return sound(Code.SERVER, N_("PostgreSQL {version} answers."), version=version)


def check_durability(session: Session) -> Finding:
    off = tuple(
        name
        for name in MUST_BE_ON
        if session.execute(text(f"SHOW {name}")).scalar_one() in ("off", "local")
    )
    if off:
        return fault(
            Code.DURABILITY,
            N_("The server may lose what it has confirmed: these are off: {names}."),
            N_("Ask whoever looks after the server to set them on again: {names}."),
            names=off,
        )
    return sound(Code.DURABILITY, N_("What the server confirms is on its disk."))


def check_server_clock(session: Session, clock: datetime) -> Finding:
    server = session.execute(text("SELECT clock_timestamp()")).scalar_one()
    apart = abs(server - clock)
    if apart > APART:
        return warning(
            Code.SERVER_CLOCK,
            N_("The server's clock and this computer's differ by {seconds} seconds."),
            N_("Set both by the network: on Windows, Settings, Time and language, Sync now."),
            seconds=round(apart.total_seconds()),
        )
    return sound(Code.SERVER_CLOCK, N_("The server's clock agrees with this computer's."))


def check_keys(session: Session, office: Office) -> Finding:
    """The key file opens, and holds the key of each person who is not erased, and no other."""
    try:
        held = office.keys.person_keys()
    except DonflowError as error:
        return mistaken(Code.KEYS, error, N_("Put the key file back from its own copy."))
    used = session.scalars(select(Constituent.key_id).where(Constituent.status != Status.ERASED))
    missing = sum(key not in held for key in used)
    if missing:
        return fault(
            Code.KEYS_MATCH,
            N_("The key file lacks the keys of {count} people: their phones and numbers are shut."),
            N_(
                "It is an old copy or another office's:"
                " put back the newest copy of this one's key file."
            ),
            count=missing,
        )
    if undone := erased_keys(session) & held:
        return warning(
            Code.KEYS_MATCH,
            N_("The key file still holds the keys of {count} people who were erased."),
            N_("Have them destroyed: donflow scheduler --once"),
            count=len(undone),
        )
    return sound(Code.KEYS_MATCH, N_("The key file opens what this database holds."))


def check_search(session: Session) -> Finding:
    """Whether people are found by what is known of them now; an index, so nothing is lost."""
    if not is_in_step(session, thoroughly=True):
        return warning(
            Code.SEARCH,
            N_("Not everybody is found by searching as they are recorded."),
            N_("Have the index of people made anew: donflow scheduler --once"),
        )
    return sound(Code.SEARCH, N_("Everybody is found by searching."))


def check_clock(session: Session, now: datetime) -> Finding:
    newest = session.scalar(select(func.max(JournalEvent.at)))
    if newest is not None and newest - now > BEHIND:
        return fault(
            Code.CLOCK,
            N_("This computer's clock says {now}, yet the journal's newest act is of {newest}."),
            N_(
                "Set the clock before you go on: on Windows, Settings, Time and language, Sync now."
            ),
            now=now,
            newest=newest,
        )
    if newest is not None and now - newest > AHEAD:
        return warning(
            Code.CLOCK,
            N_("This computer's clock says {now}; nothing was done here since {newest}."),
            N_("If that is wrong, set it: on Windows, Settings, Time and language, Sync now."),
            now=now,
            newest=newest,
        )
    return sound(Code.CLOCK, N_("The clock agrees with the journal: {now}."), now=now)


def check_backup(session: Session, now: datetime) -> Finding:
    """By the journal, which knows of every proven backup, wherever it was put."""
    proven = JournalEvent.action.in_(("backed_up", "upgraded"))  # an upgrade makes one before
    newest = session.scalar(select(func.max(JournalEvent.at)).where(proven))
    remedy = N_("Make one now, onto another drive: donflow backup --out FOLDER")
    if newest is None:
        return warning(Code.BACKUP, N_("There is no backup yet."), remedy)
    if now - newest > BACKUP_AGE:
        message = N_("The newest backup is of {at}: older than {days} days.")
        return warning(Code.BACKUP, message, remedy, at=newest, days=BACKUP_AGE.days)
    return sound(Code.BACKUP, N_("The newest backup is of {at}."), at=newest)


def check_states(session: Session, office: Office) -> Finding:
    """Whether the home's states.yaml is what new gifts begin with."""
    file = office.home / "states.yaml"
    try:
        written = load_workflow(file.read_bytes()).version
    except OSError:
        written = ""
    except DonflowError as error:
        remedy = N_("See each line and mend it: donflow states check")
        return Finding(Code.STATES, State.FAULT, error.sentence, say(remedy))
    if written != current_version(session):
        return warning(
            Code.STATES,
            N_("states.yaml is missing, or another than the one that new gifts begin with."),
            N_(
                'See how it differs: donflow states diff "{file}"; only if it is meant to be used:'
                ' donflow states activate "{file}"'
            ),
            file=str(file),
        )
    return sound(Code.STATES, N_("states.yaml is the one that new gifts begin with."))


def check_held(session: Session, office: Office) -> Finding:
    """Whether this is the office its database belongs to, or a copy that must not act by itself."""
    reason = is_held(session, office)
    if reason is not None:
        return warning(
            Code.HELD,
            N_("Held, nothing goes out by itself: {reason}."),
            N_("If this is the office now: donflow instance release --yes"),
            reason=reason,
        )
    return sound(Code.HELD, N_("This office is not held."))
