"""Proposals: that two records are one person, or that fields be changed; a person decides.

What liaisons, chapters, reunions and forms tell comes in here with its source; only accepting
writes it. Proposed values stand encrypted under the person's key.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from donflow.domain.actor import Actor
from donflow.errors import N_, DonflowError, NotFound, Refusal, Refused, say
from donflow.roster.asked import digests_of, not_asked
from donflow.roster.import_models import Proposal, ProposalKind, ProposalStatus
from donflow.roster.merging import (
    AlreadyOne,
    head_of,
    heads_of,
    merge,
    numbers_of,
    taken_apart,
)
from donflow.roster.models import Confidence, Constituent, Source
from donflow.roster.people import get_constituent, refuse_unchangeable
from donflow.roster.reading.rows import Column
from donflow.roster.sources import Origin
from donflow.roster.taking_over import take_over
from donflow.store.journal import Subject, record
from donflow.store.keys import KeyRing

Numbers = tuple[int, ...]
"""All of one person."""

FIELD = "proposal"
"""What a proposal's ciphertext is bound to, with its salt."""


class ProposalSettled(DonflowError):
    code = "proposal_settled"
    message = N_("Proposal {number} was settled already.")
    remedy = N_("See what is open: donflow roster proposals")
    http_status = 409


def propose_merge(
    session: Session,
    person: int,
    other: int,
    *,
    score: int,
    evidence: Sequence[str],
    origin: Origin,
    actor: Actor,
    now: datetime,
    import_id: int | None = None,
) -> Proposal | None:
    """Propose that two are one; None where they are, or where the same was proposed before.

    A pair that somebody refused is not proposed again.
    """
    if is_asked(session, person, other):
        return None
    one, two = sorted((head_of(session, person), head_of(session, other)))
    proposal = Proposal(
        kind=ProposalKind.MERGE,
        constituent_id=one,
        other_id=two,
        import_id=import_id,
        score=score,
        evidence=[str(each) for each in evidence],
        source=origin.source,
        source_ref=origin.ref,
        since=origin.since,
        confidence=origin.confidence,
        made_at=now,
        status=ProposalStatus.OPEN,
        salt=secrets.token_hex(16),
    )
    return _propose(session, proposal, actor, now)


def is_asked(session: Session, person: int, other: int) -> bool:
    """Whether two are one already, or somebody is asked or has refused, under any number."""
    one, two = (numbers_of(session, number) for number in (person, other))
    asked = _pairs_asked(session, one, two, (ProposalStatus.OPEN, ProposalStatus.REFUSED))
    return one == two or _crosses(asked, one, two)


def is_denied(session: Session, person: int, other: int) -> bool:
    """Whether a person has said that they are two: refused it, or took their merge back."""
    one, two = (numbers_of(session, number) for number in (person, other))
    denied = _pairs_asked(session, one, two, (ProposalStatus.REFUSED,))
    return _crosses(denied | taken_apart(session, (*one, *two)), one, two)


def propose_update(
    session: Session,
    keys: KeyRing,
    person: int,
    told: Mapping[Column, str],
    *,
    origin: Origin,
    actor: Actor,
    now: datetime,
    import_id: int | None = None,
    score: int | None = None,
    evidence: Sequence[str] = (),
) -> Proposal | None:
    """Propose that fields of a person be changed as told; several phones parted by `|`.

    `told` was read already (`roster.told.read_told`, the readers of a sheet or of a form). None
    where all of it waits already or was refused before; else only the rest is proposed.
    Raises NotChangeable, and Refused where nothing was told.
    """
    constituent = get_constituent(session, head_of(session, person))
    refuse_unchangeable(constituent)
    if not any(told.values()):
        raise Refused((NOTHING_PROPOSED,))
    told = not_asked(session, keys, constituent.id, told)
    if not told:
        return None
    salt = secrets.token_hex(16)
    proposal = Proposal(
        kind=ProposalKind.UPDATE,
        constituent_id=constituent.id,
        import_id=import_id,
        score=score,
        evidence=[str(each) for each in evidence],
        ciphertext=keys.encrypt(constituent.key_id, FIELD, salt, written(told)),
        told_digests=digests_of(keys, constituent.id, told),
        source=origin.source,
        source_ref=origin.ref,
        since=origin.since,
        confidence=origin.confidence,
        made_at=now,
        status=ProposalStatus.OPEN,
        salt=salt,
    )
    return _propose(session, proposal, actor, now)


def written(told: Mapping[Column, str]) -> str:
    """The proposed values as the text that is encrypted."""
    return json.dumps({str(column): value for column, value in told.items()}, ensure_ascii=False)


def told_by(session: Session, keys: KeyRing, proposal: Proposal) -> dict[Column, str]:
    """The proposed values, plain; none for a merge."""
    if proposal.ciphertext is None:
        return {}
    key_id = session.get_one(Constituent, proposal.constituent_id).key_id
    text = keys.decrypt(key_id, FIELD, proposal.salt, proposal.ciphertext)
    return {Column(name): value for name, value in json.loads(text).items()}


def open_proposals(session: Session, import_id: int | None = None) -> list[Proposal]:
    """What is to be decided, the oldest first; a pair that became one otherwise is left out."""
    query = select(Proposal).where(Proposal.status == ProposalStatus.OPEN).order_by(Proposal.id)
    if import_id is not None:
        query = query.where(Proposal.import_id == import_id)
    found = list(session.scalars(query))
    people = {each.constituent_id for each in found}
    heads = heads_of(session, people | {each.other_id for each in found if each.other_id})
    return [
        each
        for each in found
        if each.other_id is None or heads[each.constituent_id] != heads[each.other_id]
    ]


def get_proposal(session: Session, number: int) -> Proposal:
    """The proposal of that number, locked. Raises NotFound."""
    found = session.get(Proposal, number, with_for_update=True)
    if found is None:
        raise NotFound(what=say(N_("proposal")), given=number)
    return found


def accept(
    session: Session,
    keys: KeyRing,
    proposal: Proposal,
    *,
    actor: Actor,
    now: datetime,
    today: date,
) -> None:
    """Do what is proposed, with its source. Raises ProposalSettled, and whatever the act refuses.

    A merge keeps the lower number; values go to the head of the person's numbers.
    """
    _settle(proposal, ProposalStatus.ACCEPTED, actor, now)
    if proposal.kind == ProposalKind.MERGE and proposal.other_id is not None:
        _merge(session, proposal, actor, now)
    else:
        told = told_by(session, keys, proposal)
        head = get_constituent(session, head_of(session, proposal.constituent_id))
        origin = origin_of_proposal(proposal)
        take_over(session, keys, head, told, origin=origin, actor=actor, now=now, today=today)
    _note(session, proposal, "proposal_accepted", actor, now)


def refuse(session: Session, proposal: Proposal, *, actor: Actor, now: datetime) -> None:
    """Leave everything as it is, and do not ask again. Raises ProposalSettled."""
    _settle(proposal, ProposalStatus.REFUSED, actor, now)
    proposal.ciphertext = None  # what was not wanted is not kept
    _note(session, proposal, "proposal_refused", actor, now)


def origin_of_proposal(proposal: Proposal) -> Origin:
    """Who told it, on which day, how sure, and where it stands there."""
    source, confidence = Source(proposal.source), Confidence(proposal.confidence)
    return Origin(source, proposal.since, confidence, proposal.source_ref)


def _pairs_asked(
    session: Session, one: Numbers, two: Numbers, statuses: Collection[ProposalStatus]
) -> set[frozenset[int]]:
    """The pairs of their numbers of which a proposal of such a status asks."""
    both = {*one, *two}
    query = select(Proposal.constituent_id, Proposal.other_id).where(
        Proposal.kind == ProposalKind.MERGE,
        Proposal.constituent_id.in_(both),
        Proposal.other_id.in_(both),
        Proposal.status.in_(statuses),
    )
    return {frozenset((here, there)) for here, there in session.execute(query) if there}


def _crosses(pairs: Collection[frozenset[int]], one: Numbers, two: Numbers) -> bool:
    return any(frozenset((here, there)) in pairs for here in one for there in two)


def _merge(session: Session, proposal: Proposal, actor: Actor, now: datetime) -> None:
    assert proposal.other_id is not None
    try:
        merge(
            session,
            proposal.constituent_id,
            proposal.other_id,
            evidence=proposal.evidence,
            actor=actor,
            now=now,
        )
    except AlreadyOne:
        return  # another proposal of the same batch made them one


def _settle(proposal: Proposal, status: ProposalStatus, actor: Actor, now: datetime) -> None:
    if proposal.status != ProposalStatus.OPEN:
        raise ProposalSettled(number=proposal.id)
    proposal.status, proposal.settled_at, proposal.settled_by = status, now, actor.user_id


def _propose(session: Session, proposal: Proposal, actor: Actor, now: datetime) -> Proposal:
    session.add(proposal)
    session.flush()
    _note(session, proposal, "proposal_made", actor, now)
    return proposal


def _note(session: Session, proposal: Proposal, action: str, actor: Actor, now: datetime) -> None:
    detail = {"proposal": proposal.id, "kind": proposal.kind, "other": proposal.other_id}
    subject = Subject("person", proposal.constituent_id)
    record(session, subject, action, actor=actor, now=now, detail=detail)


NOTHING_PROPOSED = Refusal(
    "nothing_proposed",
    say(N_("Nothing was told of the person.")),
    say(N_("Name at least one field.")),
)
