"""Letters of appointment for class liaisons: numbered, their words frozen, drawn from those."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from donflow.domain.actor import Actor
from donflow.errors import N_, DonflowError
from donflow.lifecycle.office import Office
from donflow.papers.appointment_letter import AppointmentWords, draw_letters
from donflow.roster.alumni_models import LiaisonPost
from donflow.roster.merging import head_of
from donflow.roster.models import Constituent, Status
from donflow.roster.people import get_constituent, refuse_unchangeable
from donflow.roster.salutation import salutation_of
from donflow.roster.views import addressee_of
from donflow.store.base import canonical
from donflow.store.journal import Subject, record

FIELD = "liaison_letter"
"""What the frozen words are encrypted as, under the key of the number that was appointed."""


class NoSigner(DonflowError):
    code = "no_signer"
    message = N_("It is not said who signs the letters.")
    remedy = N_("Name the school in donflow.toml, or add --signed-by.")


class NoLetters(DonflowError):
    code = "no_letters"
    message = N_("There is nobody to write a letter of appointment to.")
    remedy = N_("Appoint somebody first: donflow roster liaison appoint")


def without_the_dead(
    session: Session, posts: Sequence[LiaisonPost]
) -> tuple[list[LiaisonPost], list[Constituent]]:
    """The appointments that get a letter, and the people left out because they have died."""
    living: list[LiaisonPost] = []
    dead: dict[int, Constituent] = {}
    for post in posts:
        person = get_constituent(session, head_of(session, post.constituent_id))
        if person.status == Status.DECEASED:
            dead[person.id] = person
        else:
            living.append(post)
    return living, list(dead.values())


def write_letters(
    session: Session,
    office: Office,
    posts: Sequence[LiaisonPost],
    *,
    signed_by: str | None,
    dated_on: date,
    actor: Actor,
    now: datetime,
) -> bytes:
    """The letters of these appointments as one PDF, a page each.

    A letter that was written before comes out again as it was, byte for byte: number, words and
    date are frozen at the first time. Restricted people are refused (NotChangeable), who has died
    is left out. Raises NoSigner, NoLetters, and what drawing raises.
    """
    signer = (signed_by or office.settings.school or office.settings.university).strip()
    if not signer:
        raise NoSigner
    several: list[AppointmentWords] = []
    for post in posts:
        person = get_constituent(session, head_of(session, post.constituent_id))
        refuse_unchangeable(person)
        if person.status == Status.DECEASED:
            continue
        if post.words is None:
            name = salutation_of(addressee_of(person))
            _freeze(session, office, post, name, signer, dated_on, actor=actor, now=now)
        several.append(frozen_words(session, office, post))
    if not several:
        raise NoLetters
    return draw_letters(several)


def frozen_words(session: Session, office: Office, post: LiaisonPost) -> AppointmentWords:
    """What stands on a letter that was written. Raises PersonKeyGone after an erasure."""
    key_id = get_constituent(session, post.constituent_id).key_id
    told = json.loads(office.keys.decrypt(key_id, FIELD, post.salt, post.words or b""))
    days = {name: told[name] and date.fromisoformat(told[name]) for name in _DAYS}
    return AppointmentWords(**{**told, **days})


_DAYS = ("from_on", "until_on", "dated_on")


def _freeze(
    session: Session,
    office: Office,
    post: LiaisonPost,
    name: str,
    signer: str,
    dated_on: date,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    post.letter_no = post.letter_no or _next_number(session, dated_on.year)
    words = AppointmentWords(
        name=name,
        class_label=post.class_label,
        from_on=post.from_on,
        until_on=post.until_on,
        signed_by=signer,
        dated_on=dated_on,
        number=post.letter_no,
    )
    draw_letters([words])  # what cannot be printed takes no number
    told = asdict(words)
    told |= {day: told[day] and told[day].isoformat() for day in _DAYS}
    key_id = get_constituent(session, post.constituent_id).key_id
    post.words = office.keys.encrypt(key_id, FIELD, post.salt, canonical(told))
    session.flush()
    detail = {"row": f"{post.__tablename__}:{post.id}", "letter": post.letter_no}
    subject = Subject("person", post.constituent_id)
    record(session, subject, "liaison_letter_written", actor=actor, now=now, detail=detail)


def _next_number(session: Session, year: int) -> str:
    """联聘〔2026〕001号 and so on; two at once are told apart by the unique constraint."""
    query = select(LiaisonPost.letter_no).where(LiaisonPost.letter_no.like(f"联聘〔{year}〕%"))
    used = [int(found[1]) for no in session.scalars(query) if (found := _SERIAL.search(no or ""))]
    return f"联聘〔{year}〕{max(used, default=0) + 1:03d}号"


_SERIAL = re.compile(r"〕(\d+)号")
