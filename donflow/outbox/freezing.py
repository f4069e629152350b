"""A claimed letter is written as things stand; while nothing changes each attempt is the same.

Whoever is tried again was not reached: no attempt before may have handed the letter over. So it is
written anew where its words or its address are others by now, such as when a spouse has died.
"""

from __future__ import annotations

import hashlib
import re
from typing import Final

from sqlalchemy import CursorResult, select, update
from sqlalchemy.orm import Session

from donflow.outbox.hands import Hands
from donflow.outbox.keys import message_id_of
from donflow.outbox.models import Letter, LetterState
from donflow.post.reply import Frozen
from donflow.store.session import Store, reading, unit_of_work

_DATE: Final = re.compile(rb"^Date: .*\r\n", re.MULTILINE)


class BodyChanged(Exception):
    """The stored bytes are not those that were frozen."""


def frozen_letter(store: Store, number: int, token: str, hands: Hands) -> Frozen | None:
    """The letter as it leaves; None if this worker lost it.

    If it says the same as at the attempt before, it is that one's bytes with their date. Nothing
    is locked while it is written. Raises BodyChanged, and whatever writing raises.
    """
    with reading(store) as session:
        letter = _mine(session, number, token)
        if letter is None:
            return None
        message_id = message_id_of(letter, hands.domain)
        frozen = hands.render(session, letter, message_id)
        if letter.body is not None:
            before = _thawed(letter, message_id, hands.unseal(session, letter))
            if _undated(before) == _undated(frozen):
                return before
        sealed = hands.seal(session, letter, message_id, _as_text(frozen))
    return frozen if _keep(store, number, token, frozen, sealed) else None


def digest_of(frozen: Frozen) -> str:
    """What the journal keeps of the bytes and their address, mixed with the Message-ID."""
    return hashlib.sha256(f"{frozen.message_id}\n{_as_text(frozen)}".encode()).hexdigest()


def _keep(store: Store, number: int, token: str, frozen: Frozen, sealed: bytes | None) -> bool:
    statement = (
        update(Letter)
        .where(Letter.id == number, Letter.state == LetterState.CLAIMED, Letter.token == token)
        .values(body=sealed, body_digest=digest_of(frozen), message_id=frozen.message_id)
    )
    with unit_of_work(store) as session:
        kept: CursorResult[object] = session.connection().execute(statement)
        return kept.rowcount == 1


def _mine(session: Session, number: int, token: str) -> Letter | None:
    query = select(Letter).where(
        Letter.id == number, Letter.state == LetterState.CLAIMED, Letter.token == token
    )
    return session.scalars(query).one_or_none()


def _undated(frozen: Frozen) -> tuple[str, bytes]:
    """What it says and to which address, whenever it was written."""
    return frozen.recipient, _DATE.sub(b"", frozen.content, count=1)


def _as_text(frozen: Frozen) -> str:
    """Address and bytes as one text; Latin-1 gives each byte a character of its own."""
    return f"{frozen.recipient}\n{frozen.content.decode('latin-1')}"


def _thawed(letter: Letter, message_id: str, text: str) -> Frozen:
    recipient, _, content = text.partition("\n")
    frozen = Frozen(content.encode("latin-1"), message_id, recipient)
    if digest_of(frozen) != letter.body_digest:
        raise BodyChanged(letter.id)
    return frozen
