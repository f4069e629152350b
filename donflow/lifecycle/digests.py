"""The digest of the day: one letter a day to each user who has something to do."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from html import escape
from typing import Final

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from donflow.accounts.models import User
from donflow.accounts.users import all_users, roles_on
from donflow.domain.workdays import is_workday
from donflow.lifecycle.office import Office
from donflow.outbox.hands import LATE, Hands, Verdict
from donflow.outbox.models import Addressee, Letter, LetterState, Way
from donflow.post.reply import Frozen
from donflow.store.session import Store, reading, unit_of_work

DIGEST: Final = "digest"
"""The occasion of these letters; no rhythm plans them."""
BEGINS: Final = time(8, 0)
"""By the office's clock: before it nobody is told of the day."""
INACTIVE: Final = "inactive"


@dataclass(frozen=True)
class Told:
    """What a user is told of a day: the subject, and a line for each thing."""

    subject: str
    lines: tuple[str, ...]


Tell = Callable[[Session, User, datetime], Told | None]
"""What a user is told now, in the office's language; None where there is nothing to do."""


def plan_digests(store: Store, office: Office, tell: Tell, *, now: datetime) -> int:
    """Plan today's digest for each active user who has something to do and none yet; how many.

    From the morning of a working day on; whoever gets something to do later that day is told then.
    """
    local = now.astimezone(office.zone)
    if local.time() < BEGINS or not is_workday(local.date(), office.calendar):
        return 0
    with reading(store) as session:
        asked = [
            user
            for user in all_users(session)
            if user.active and roles_on(user, local.date()) and not _has_one(session, user, local)
        ]
        wanted = [user.id for user in asked if tell(session, user, now) is not None]
    if not wanted:
        return 0
    rows = [
        {
            "occasion": DIGEST,
            "addressee_kind": Addressee.USER.value,
            "addressee_id": number,
            "on_day": local.date(),
            "about": 0,
            "n": 0,
            "state": LetterState.PLANNED.value,
            "due_at": now,
            "expires_on": local.date(),
            "planned_at": now,
            "attempts": 0,
        }
        for number in wanted
    ]
    with unit_of_work(store) as session:
        # Past the session: the journal knows a letter from its first act on.
        dialect = session.get_bind().dialect.name
        insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
        statement = insert(Letter.__table__).on_conflict_do_nothing()  # type: ignore[arg-type]
        session.connection().execute(statement, rows)
    return len(rows)


def with_digests(
    hands: Hands, office: Office, tell: Tell, clock_of: Callable[[], datetime]
) -> Hands:
    """These hands, which also judge and write what goes to users; all else is theirs as before."""

    def judge(session: Session, letters: Sequence[Letter]) -> Mapping[int, Verdict]:
        own = [letter for letter in letters if letter.addressee_kind == Addressee.USER]
        others = [letter for letter in letters if letter.addressee_kind != Addressee.USER]
        verdicts = dict(hands.judge(session, others)) if others else {}
        today = office.today(clock_of())
        for letter in own:
            user = session.get_one(User, letter.addressee_id)
            by_mail = user.mail is not None and Way.MAIL in hands.ways
            late = LATE if today > letter.expires_on else None
            reason = late or (None if user.active else INACTIVE)
            verdicts[letter.id] = Verdict(reason, Way.MAIL if by_mail else Way.FOLDER)
        return verdicts

    def render(session: Session, letter: Letter, message_id: str) -> Frozen:
        if letter.addressee_kind != Addressee.USER:
            return hands.render(session, letter, message_id)
        user = session.get_one(User, letter.addressee_id)
        # What was to be done when it was planned may be done by now; the letter says so then.
        told = tell(session, user, clock_of()) or Told(str(letter.on_day), ())
        if letter.channel == Way.MAIL and user.mail is not None:
            return _mail(office, user.mail, told, message_id, clock_of())
        name = f"{letter.on_day} {user.display_name}"
        return Frozen(_page(told).encode("utf-8"), message_id, name)

    return replace(hands, judge=judge, render=render)


def _has_one(session: Session, user: User, local: datetime) -> bool:
    query = select(Letter.id).where(
        Letter.addressee_kind == Addressee.USER,
        Letter.addressee_id == user.id,
        Letter.occasion == DIGEST,
        Letter.on_day == local.date(),
    )
    return session.scalars(query.limit(1)).first() is not None


def _mail(office: Office, to: str, told: Told, message_id: str, now: datetime) -> Frozen:
    """Plain text: it is read where it is pushed, and commands are copied from it."""
    settings = office.settings
    message = EmailMessage(policy=SMTP)
    name = settings.mail.from_name or settings.office or "donflow"
    message["From"] = Address(name, addr_spec=settings.mail.from_address)
    message["To"] = Address(addr_spec=to)
    message["Subject"] = told.subject
    message["Date"] = now.astimezone(office.zone)
    message["Message-ID"] = f"<{message_id}>"
    message["Auto-Submitted"] = "auto-generated"  # nobody who is away answers it (RFC 3834)
    message.set_content("\n".join(told.lines) + "\n", cte="base64")
    return Frozen(bytes(message), message_id, to)


def _page(told: Told) -> str:
    lines = "\n".join(map(escape, told.lines))
    title = escape(told.subject)
    return (
        '<!doctype html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{title}</title></head>\n<body><h1>{title}</h1>\n"
        f'<pre style="white-space:pre-wrap;font:1rem/1.7 sans-serif">{lines}</pre></body></html>\n'
    )
