"""People who stand in the roster twice: proposed, or merged where the office switched that on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from donflow.domain.actor import Actor
from donflow.roster.evidence import Verdict
from donflow.roster.known import stored_portraits
from donflow.roster.matching import Found, match
from donflow.roster.merging import merge
from donflow.roster.models import Confidence, Constituent, ConstituentKind, Source, Status
from donflow.roster.proposals import is_denied, propose_merge
from donflow.roster.sources import Origin

RULE = "sure_match"
"""The rule by which sure doubles are merged without a person's word (`merge_sure = true`)."""


@dataclass(frozen=True)
class Doubles:
    """What became of the doubles: merged by the rule, newly proposed, or proposed before."""

    merged: tuple[tuple[int, int], ...]
    proposed: tuple[int, ...]
    before: int


def find_doubles(session: Session) -> tuple[Found, ...]:
    """The living and the dead of the roster compared with each other; keys are their numbers."""
    query = select(Constituent.id).where(
        Constituent.kind == ConstituentKind.PERSON,
        Constituent.status.in_((Status.ACTIVE, Status.DECEASED)),
    )
    return match(list(stored_portraits(session, set(session.scalars(query))).values()))


def settle_doubles(
    session: Session, found: tuple[Found, ...], *, by_rule: bool, actor: Actor, now: datetime
) -> Doubles:
    """Merge the sure ones where `by_rule` is on, and propose all others; the lower number stays.

    No rule overrules a person: two whom somebody called two are not merged, at most proposed.
    """
    merged: list[tuple[int, int]] = []
    proposed: list[int] = []
    before = 0
    origin = Origin(Source.ROSTER, now.date(), Confidence.LIKELY)
    for group in found:
        head, *others = sorted(map(int, group.keys))
        evidence = [str(code) for code in group.judgement.evidence]
        for other in others:
            sure = by_rule and group.state is Verdict.JOINED
            if sure and not is_denied(session, head, other):
                merge(session, head, other, evidence=evidence, by_rule=RULE, actor=actor, now=now)
                merged.append((head, other))
                continue
            proposal = propose_merge(
                session,
                head,
                other,
                score=group.judgement.score,
                evidence=evidence,
                origin=origin,
                actor=actor,
                now=now,
            )
            if proposal is None:
                before += 1
            else:
                proposed.append(proposal.id)
    return Doubles(tuple(merged), tuple(proposed), before)
