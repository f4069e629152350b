"""Contact points and identifiers: added encrypted, listed masked, revealed one at a time."""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from donflow.accounts.policy import REVEAL, NotPermitted, may_reveal, names_of
from donflow.domain import masking
from donflow.domain.actor import Actor
from donflow.domain.masking import Masked
from donflow.errors import N_, DonflowError, Refusal, Refused
from donflow.roster.fields import FieldKind, last_four, masked, read_field
from donflow.roster.merging import numbers_of
from donflow.roster.models import (
    Confidence,
    Constituent,
    ContactKind,
    ContactPoint,
    Identifier,
    IdentifierKind,
    Reveal,
    Source,
)
from donflow.roster.people import LAST_FOUR, refuse_unchangeable
from donflow.store.journal import Subject, record
from donflow.store.keys import KeyRing

REVEALS_AN_HOUR = 20
"""More than a day's work needs, fewer than a copied list (trust.md 7.1)."""
BIRTH = "birth"


class AlreadyKnown(DonflowError):
    code = "already_known"
    message = N_("Person {number} has this one already.")
    remedy = N_("See donflow person show {number}.")
    http_status = 409


class ReasonMissing(DonflowError):
    code = "reason_missing"
    message = N_("A masked field is shown only for a reason, which the others can read.")
    remedy = N_("Say in a few words what it is needed for.")


class RevealsTooMany(DonflowError):
    code = "reveals_too_many"
    message = N_("You have seen {count} unmasked fields within an hour; that is the limit.")
    remedy = N_("Wait, or ask a colleague.")
    http_status = 429


def add_contact_point(
    session: Session,
    keys: KeyRing,
    constituent: Constituent,
    *,
    kind: ContactKind,
    raw: str,
    source: Source,
    since: date,
    actor: Actor,
    now: datetime,
    confidence: Confidence = Confidence.SURE,
    preferred: bool = False,
) -> ContactPoint:
    """Add a way to reach a constituent. Raises Refused with every reason, AlreadyKnown."""
    refuse_unchangeable(constituent)
    value = _read(kind, raw, confirmed=True)
    blind = _new_blind(keys, constituent, kind, value)
    if preferred:
        for other in constituent.contact_points:
            other.preferred = other.preferred and other.kind != kind
    last = last_four(kind, value)
    salt = secrets.token_hex(16)
    contact_point = ContactPoint(
        kind=kind,
        ciphertext=keys.encrypt(constituent.key_id, kind, salt, value),
        masked=str(masked(kind, value)),
        blind=blind,
        blind_last4=keys.blind(LAST_FOUR, last) if last else None,
        source=source,
        since=since,
        confidence=confidence,
        preferred=preferred,
        salt=salt,
    )
    constituent.contact_points.append(contact_point)
    _note(session, constituent, "contact_point_added", contact_point, actor=actor, now=now)
    return contact_point


def add_identifier(
    session: Session,
    keys: KeyRing,
    constituent: Constituent,
    *,
    kind: IdentifierKind,
    raw: str,
    actor: Actor,
    now: datetime,
    confirmed: bool = False,
) -> Identifier:
    """Add an identifying number; a doubtful one only if a person has `confirmed` it.

    Raises Refused with every reason, AlreadyKnown.
    """
    refuse_unchangeable(constituent)
    value = _read(kind, raw, confirmed=confirmed)
    salt = secrets.token_hex(16)
    is_public = kind is IdentifierKind.USCC
    identifier = Identifier(
        kind=kind,
        plain=value if is_public else None,
        ciphertext=None if is_public else keys.encrypt(constituent.key_id, kind, salt, value),
        masked=str(masked(kind, value)),
        blind=_new_blind(keys, constituent, kind, value),
        confirmed=confirmed,
        salt=salt,
    )
    constituent.identifiers.append(identifier)
    _note(session, constituent, "identifier_added", identifier, actor=actor, now=now)
    return identifier


def reveal(
    session: Session,
    keys: KeyRing,
    constituent: Constituent,
    *,
    holding: ContactPoint | Identifier,
    reason: str,
    actor: Actor,
    now: datetime,
) -> Masked:
    """One field; only its own `reveal()` gives the plain text. The journal holds no value.

    Raises NotPermitted, ReasonMissing, RevealsTooMany.
    """
    kind = _kind_of(holding)
    _refuse_reveal(session, kind, reason, actor, now)
    value = plain_value(keys, constituent, holding)
    session.add(_reveal(constituent, kind, value, reason, actor, now))
    _note(session, constituent, "field_revealed", holding, actor=actor, now=now)
    return masked(kind, value)


def reveal_of(
    session: Session,
    keys: KeyRing,
    records: Sequence[Constituent],
    kind: str,
    *,
    reason: str,
    actor: Actor,
    now: datetime,
) -> Masked | None:
    """The newest field of a kind that one person has, the head's own first; None if there is none.

    `records` are all those of the person (`roster.merging.people_of`). Raises what `reveal` does.
    """
    for person in records:
        if kind == BIRTH:
            shown = reveal_birth(session, person, reason=reason, actor=actor, now=now)
            if shown is not None:
                return shown
            continue
        holdings: list[ContactPoint | Identifier] = [*person.contact_points, *person.identifiers]
        if found := [holding for holding in holdings if holding.kind == kind]:
            return reveal(
                session, keys, person, holding=found[-1], reason=reason, actor=actor, now=now
            )
    return None


def reveal_birth(
    session: Session, constituent: Constituent, *, reason: str, actor: Actor, now: datetime
) -> Masked | None:
    """As `reveal`, for the day of birth: the year shows itself to who asks only; None if unknown.

    Raises NotPermitted, ReasonMissing, RevealsTooMany.
    """
    _refuse_reveal(session, BIRTH, reason, actor, now)
    if constituent.birth is None:
        return None
    session.add(_reveal(constituent, BIRTH, constituent.birth, reason, actor, now))
    session.flush()
    subject = Subject("person", constituent.id)
    detail = {"kind": BIRTH, "row": f"constituent:{constituent.id}"}
    record(session, subject, "field_revealed", actor=actor, now=now, detail=detail)
    return masking.birth(constituent.birth)


def plain_value(keys: KeyRing, constituent: Constituent, holding: ContactPoint | Identifier) -> str:
    """The value for a paper that must carry it (a parcel's address); a person sees it by `reveal`.

    Raises CiphertextRefused if it was moved or changed, PersonKeyGone once erased.
    """
    if isinstance(holding, Identifier) and holding.plain is not None:
        return holding.plain
    return keys.decrypt(
        constituent.key_id, _kind_of(holding), holding.salt, holding.ciphertext or b""
    )


def reveals_of(session: Session, constituent: Constituent) -> list[Reveal]:
    """Who saw which kind of field of the person, and why; the last first."""
    query = (
        select(Reveal)
        .where(Reveal.constituent_id.in_(numbers_of(session, constituent.id)))
        .order_by(Reveal.at.desc(), Reveal.id.desc())
    )
    return list(session.scalars(query))


def _refuse_reveal(session: Session, kind: str, reason: str, actor: Actor, now: datetime) -> None:
    if kind != IdentifierKind.USCC and not may_reveal(kind, actor.acting_role):
        raise NotPermitted(command="person reveal", roles=names_of(REVEAL[kind]))
    if not reason.strip():
        raise ReasonMissing
    if _reveals_since(session, actor, now - timedelta(hours=1)) >= REVEALS_AN_HOUR:
        raise RevealsTooMany(count=REVEALS_AN_HOUR)


def _reveal(
    constituent: Constituent, kind: str, value: str, reason: str, actor: Actor, now: datetime
) -> Reveal:
    return Reveal(
        constituent_id=constituent.id,
        kind=kind,
        reason=_without_values(reason, value),
        user_id=actor.user_id,
        at=now,
        salt=secrets.token_hex(16),
    )


def _read(kind: FieldKind, raw: str, *, confirmed: bool) -> str:
    read = read_field(kind, raw)
    refusals: tuple[Refusal, ...] = read.refusals or (() if confirmed else read.doubts)
    if refusals:
        raise Refused(refusals)
    return read.value


def _new_blind(keys: KeyRing, constituent: Constituent, kind: FieldKind, value: str) -> str:
    blind = keys.blind(kind, value)
    known = {contact_point.blind for contact_point in constituent.contact_points}
    if blind in known | {identifier.blind for identifier in constituent.identifiers}:
        raise AlreadyKnown(number=constituent.id)
    return blind


def _without_values(reason: str, value: str) -> str:
    """The reason as it may stand unencrypted: neither the value nor any long number."""
    return re.sub("[0-9]{7,}[Xx]?", "***", reason.strip().replace(value, "***"))[:200]


def _kind_of(holding: ContactPoint | Identifier) -> FieldKind:
    if isinstance(holding, ContactPoint):
        return ContactKind(holding.kind)
    return IdentifierKind(holding.kind)


def _reveals_since(session: Session, actor: Actor, moment: datetime) -> int:
    query = select(func.count()).where(Reveal.user_id == actor.user_id, Reveal.at > moment)
    return session.scalar(query) or 0


def _note(
    session: Session,
    constituent: Constituent,
    action: str,
    holding: ContactPoint | Identifier,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    session.flush()
    detail = {"kind": holding.kind, "row": f"{holding.__tablename__}:{holding.id}"}
    subject = Subject("person", constituent.id)
    record(session, subject, action, actor=actor, now=now, detail=detail)
