"""The print run of greetings on paper: one PDF, each card with its words, in postal order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from donflow.greetings.cards.card import Form
from donflow.lifecycle.by_hand import ToHand, Written, card_if_drawn, write
from donflow.lifecycle.letters import NoAddress, address_of
from donflow.lifecycle.office import Office
from donflow.outbox.models import Way
from donflow.pictures.joined_pdf import joined

POSTCODE: Final = re.compile(r"(?<!\d)\d{6}(?!\d)")
LAST: Final = "~"


@dataclass(frozen=True)
class PrintRun:
    """The letters in the order of the pages; `bare` are numbers of those that cannot be drawn."""

    pdf: bytes
    letters: tuple[Written, ...]
    bare: tuple[int, ...]


def print_run(
    session: Session, office: Office, items: Sequence[ToHand], form: Form, *, now: datetime
) -> PrintRun:
    """Draw the cards of these letters; nothing is marked as sent by it."""
    in_order = in_postal_order(session, office, items)
    written = [write(session, office, item, now=now) for item in in_order]
    cards = [(each, card_if_drawn(each.said, form)) for each in written]
    return PrintRun(
        joined(card for _, card in cards if card is not None),
        tuple(each for each, card in cards if card is not None),
        tuple(each.letter.id for each, card in cards if card is None),
    )


def in_postal_order(session: Session, office: Office, items: Sequence[ToHand]) -> list[ToHand]:
    """By postcode and address, so that cards, envelopes and sheet lie in one order."""

    def place(item: ToHand) -> tuple[str, str, int]:
        try:
            address = address_of(session, office, item.letter, Way.PAPER)
        except NoAddress:
            return (LAST, "", item.letter.id)
        postcode = POSTCODE.search(address)
        return (postcode[0] if postcode else LAST, address, item.letter.id)

    return sorted(items, key=place)
