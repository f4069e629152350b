"""What a letter is told apart by, everywhere and for good: its key and its Message-ID."""

from __future__ import annotations

import base64
import hashlib
from datetime import date
from typing import Final

from donflow.outbox.models import Letter

KEY_LENGTH: Final = 26
"""Characters of base32: 130 bits."""


def letter_key(
    addressee_kind: str, addressee_id: int, occasion: str, on_day: date, about: int
) -> str:
    """The key of what a letter is for; the same each time it is planned, and it names nobody."""
    parts = (occasion, addressee_kind, str(addressee_id), on_day.isoformat(), str(about))
    said = "\n".join(("greet/1", *parts)).encode()
    return base64.b32encode(hashlib.sha256(said).digest()).decode()[:KEY_LENGTH].lower()


def key_of(letter: Letter) -> str:
    """The key of a letter; one that is sent again has the same, and another n."""
    return letter_key(
        letter.addressee_kind, letter.addressee_id, letter.occasion, letter.on_day, letter.about
    )


def message_id_of(letter: Letter, domain: str) -> str:
    """The Message-ID without angle brackets: the same on every attempt with this letter."""
    return letter.message_id or f"{key_of(letter)}.{letter.n}@{domain}"


def told_apart(message_id: str) -> str:
    """Key and n of a Message-ID, whatever domain the office had at the time."""
    return message_id.partition("@")[0]
