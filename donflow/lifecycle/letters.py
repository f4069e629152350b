"""A letter of the outbox in its words: to whom it speaks, what it says, and its bytes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from donflow.domain.occasions import Occasion
from donflow.greetings.cards.card import Form, draw_card
from donflow.greetings.cards.designs import DESIGNS
from donflow.greetings.cards.wording import card_words
from donflow.greetings.mail.freezing import freeze
from donflow.greetings.mail.letter import MailLetter, Sender
from donflow.greetings.mail.writing import mail_letter
from donflow.greetings.models import Rhythm
from donflow.greetings.people import GroupFacts, PersonFacts, gather_groups, gather_people
from donflow.greetings.planning import occasions_of
from donflow.greetings.values import values_of
from donflow.greetings.verdicts import Verdict
from donflow.greetings.weighing import weigh
from donflow.greetings.wording import Recipients, Words, greeting_of
from donflow.lifecycle.office import Office
from donflow.outbox.models import Addressee, Letter, Way
from donflow.pictures.card_picture import png_of
from donflow.post.reply import Frozen
from donflow.roster.holdings import plain_value
from donflow.roster.merging import numbers_of
from donflow.roster.models import Constituent, ContactKind, ContactPoint

CARD_WIDTH: Final = 1080
"""Pixels of a card within a mail: sharp on a telephone, and small enough to be fetched."""

CONTACT: Final[Mapping[Way, ContactKind]] = {
    Way.MAIL: ContactKind.MAIL,
    Way.WEBHOOK: ContactKind.PHONE,
    Way.PAPER: ContactKind.ADDRESS,
}


class NoAddress(Exception):
    """The address was there when the letter was judged, and is gone."""


@dataclass(frozen=True)
class Said:
    """What a letter says, to whom, on which occasion."""

    occasion: Occasion
    to: Recipients
    words: Words


def said_in(
    session: Session,
    office: Office,
    letter: Letter,
    *,
    now: datetime,
    verdict: Verdict | None = None,
) -> Said:
    """The words of a letter as they would leave now; `verdict` if it was judged just before.

    Whoever is named beside the addressee (spouse, household) is named here too.
    """
    occasions = occasions_of(office)
    verdict = verdict or weigh(session, office, [letter], occasions, now)[letter.id]
    occasion = occasions[letter.occasion]
    to = _recipients(session, office, letter, verdict, office.today(now))
    rhythm = session.get(Rhythm, letter.rhythm_id) if letter.rhythm_id else None
    words = greeting_of(
        occasion,
        to,
        letter.on_day,
        office.settings,
        own_words=rhythm.words if rhythm else None,
        signer=rhythm.signer if rhythm else None,
        values=values_of(session, letter, office.settings),
    )
    return Said(occasion, to, words)


def card_of(said: Said, form: Form) -> bytes | None:
    """The card as a PDF; None where the occasion has no design."""
    if said.occasion.card not in DESIGNS:
        return None
    return draw_card(said.occasion.card, card_words(said.words), form)


def render(
    session: Session, office: Office, letter: Letter, message_id: str, *, now: datetime
) -> Frozen:
    """The bytes of a letter by its channel, and the one address that they go to.

    By mail a message with its card, into the folder the card as a PDF, by webhook its words as
    JSON. Raises NoAddress.
    """
    said = said_in(session, office, letter, now=now)
    match letter.channel:
        case Way.MAIL:
            to = address_of(session, office, letter, Way.MAIL)
            return freeze(_mail(office, said, message_id, to, now), sender_of(office))
        case Way.WEBHOOK:
            to = address_of(session, office, letter, Way.WEBHOOK)
            return Frozen(_call(said, letter, message_id, to), message_id, to)
        case _:
            card = card_of(said, Form.A5_FOLDED) or _page(said)
            name = f"{letter.on_day.isoformat()}_{said.occasion.zh}_{said.words.salutation}"
            return Frozen(card, message_id, name)


def address_of(session: Session, office: Office, letter: Letter, way: Way) -> str:
    """The address by which the addressee is reached this way, the preferred one first."""
    numbers = numbers_of(session, letter.addressee_id)
    query = (
        select(ContactPoint)
        .where(ContactPoint.constituent_id.in_(numbers), ContactPoint.kind == CONTACT[way])
        .order_by(ContactPoint.preferred.desc(), ContactPoint.id)
    )
    point = session.scalars(query).first()
    if letter.addressee_kind != Addressee.CONSTITUENT or point is None:
        raise NoAddress(letter.id)
    holder = session.get_one(Constituent, point.constituent_id)
    return plain_value(office.keys, holder, point)


def sender_of(office: Office) -> Sender:
    """The office as its mail names it."""
    mail, settings = office.settings.mail, office.settings
    name = mail.from_name or settings.office or f"{settings.school}校友工作办公室"
    return Sender(mail.from_address, name, mail.unsubscribe)


def _recipients(
    session: Session, office: Office, letter: Letter, verdict: Verdict, today: date
) -> Recipients:
    if letter.addressee_kind == Addressee.GROUP:
        group: GroupFacts = gather_groups(session, [letter.addressee_id])[letter.addressee_id]
        return Recipients(group)
    named = [letter.addressee_id, *verdict.household]
    if verdict.spouse is not None:
        named.append(verdict.spouse)
    people: dict[int, PersonFacts] = gather_people(session, office, named, today)
    spouse = people[verdict.spouse] if verdict.spouse is not None else None
    household = tuple(people[number] for number in verdict.household)
    return Recipients(people[letter.addressee_id], spouse, household)


def _mail(office: Office, said: Said, message_id: str, to: str, now: datetime) -> MailLetter:
    card = card_of(said, Form.PICTURE)
    return mail_letter(
        said.occasion,
        said.words,
        office.settings,
        message_id=message_id,
        written_at=now.astimezone(office.zone),
        recipient=to,
        card=png_of(card, CARD_WIDTH) if card is not None else None,
    )


def _call(said: Said, letter: Letter, message_id: str, to: str) -> bytes:
    """What another program is told: words ready to be sent on, and where to."""
    words = said.words
    addressed = "\n".join(words.addressed)
    text = "\n".join((f"{addressed}：", *words.lines, *words.signature))
    content = {
        "id": message_id,
        "occasion": letter.occasion,
        "on": letter.on_day.isoformat(),
        "to": to,
        "title": words.title,
        "text": text,
    }
    return json.dumps(content, ensure_ascii=False).encode()


def _page(said: Said) -> bytes:
    """A plain page, for an occasion that has no card."""
    from html import escape

    words = said.words
    addressed = "，".join(words.addressed)
    lines = (f"{addressed}：", *words.lines, *words.signature, words.day_text)
    body = "".join(f"<p>{escape(line)}</p>" for line in lines)
    head = f'<meta charset="utf-8"><title>{escape(words.title)}</title>'
    return f"<!doctype html>{head}{body}\n".encode()
