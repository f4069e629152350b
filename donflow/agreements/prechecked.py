"""What the pre-check found in a revision, kept as rows, and who let a finding stand and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from donflow.agreements.models import FindingWaiver, Revision, RevisionFinding
from donflow.domain.actor import Actor
from donflow.domain.masking import numbers_within
from donflow.domain.money import Money
from donflow.errors import N_, DonflowError, Label, NotFound, Sentence, say
from donflow.gifts.models import Gift
from donflow.gifts.register import touch
from donflow.precheck.findings import Finding, Severity
from donflow.precheck.labels import label_of
from donflow.precheck.paper import Paper
from donflow.store.base import canonical
from donflow.store.columns import recorded
from donflow.store.journal import record


class NothingToWaive(DonflowError):
    code = "nothing_to_waive"
    message = N_("Finding {no} of draft {draft} stops nothing: only errors are waived.")


class AlreadyWaived(DonflowError):
    code = "already_waived"
    message = N_("Finding {no} of draft {draft} was waived already, on {day}.")
    http_status = 409


class WaiverWithoutReason(DonflowError):
    code = "reason_missing"
    message = N_("Whoever lets a fault stand says why.")
    remedy = N_("Say in a few words why this text may stay.")


_Same = tuple[str, str, str, str]
"""The code, the words, their line without its number, and what was expected, with every value."""


@dataclass(frozen=True)
class Held:
    """A finding as it is known again in another paper, and its waiver if it has one."""

    same: _Same
    waiver: FindingWaiver | None


def keep_findings(
    session: Session, revision: Revision, paper: Paper, findings: Iterable[Finding]
) -> list[RevisionFinding]:
    """Keep what was found in a revision, numbered in the order in which it was told."""
    rows = []
    for no, finding in enumerate(findings, start=1):
        start = _start(paper, finding)
        row = RevisionFinding(
            gift_id=revision.gift_id,
            revision_id=revision.id,
            no=no,
            code=finding.code,
            severity=finding.severity,
            sure=finding.sure,
            line=finding.line,
            start=start,
            end=None if start is None else start + len(finding.quote),
            expect=_stored(finding.expect),
            ground=finding.ground.key if finding.ground else None,
        )
        session.add(row)
        rows.append(row)
    session.flush()
    return rows


def waive_finding(
    session: Session,
    gift: Gift,
    revision: Revision,
    no: int,
    *,
    reason: str,
    on: date,
    actor: Actor,
    now: datetime,
) -> FindingWaiver:
    """Let an error of the revision stand; whoever does so is named, with the reason."""
    finding = next((item for item in kept_findings(session, revision) if item.no == no), None)
    if finding is None:
        raise NotFound(
            what=say(N_("finding")),
            given=no,
            number=gift.number,
            mend=N_("See them: donflow agreement findings {number}"),
        )
    if finding.severity != Severity.ERROR:
        raise NothingToWaive(no=no, draft=revision.no)
    if not reason.strip():
        raise WaiverWithoutReason
    if earlier := waivers_of(session, [finding]).get(finding.id):
        raise AlreadyWaived(no=no, draft=revision.no, day=earlier.on)
    waiver = FindingWaiver(
        gift_id=gift.id,
        finding_id=finding.id,
        reason=reason.strip(),
        on=on,
        **recorded(actor, now),
    )
    session.add(waiver)
    session.flush()
    touch(gift, now)
    detail = {"revision": revision.no, "finding": no, "code": finding.code}
    record(session, gift.subject, "finding_waived", actor=actor, now=now, detail=detail)
    return waiver


def drop_findings(session: Session, findings: Iterable[RevisionFinding]) -> None:
    """Take findings away with the waivers of them, before a revision is held to newer rules."""
    findings = list(findings)
    for row in (*waivers_of(session, findings).values(), *findings):
        session.delete(row)
    session.flush()


def carry_waivers(
    session: Session, held: Iterable[Held], paper: Paper, new: Iterable[RevisionFinding]
) -> None:
    """A waiver holds for a newer finding too, where the same line has the very same fault.

    Who waived it, when and why stays as it was. Where a fault stood several times and not each
    was waived, or stands more often now, nobody can say which is which: then none is.
    """
    for row, waiver in _carried(held, paper, new):
        session.add(
            FindingWaiver(
                gift_id=waiver.gift_id,
                finding_id=row.id,
                reason=waiver.reason,
                on=waiver.on,
                recorded_at=waiver.recorded_at,
                recorded_by=waiver.recorded_by,
                on_behalf=waiver.on_behalf,
            )
        )
    session.flush()


def held_findings(
    session: Session, paper: Paper | None, findings: Iterable[RevisionFinding]
) -> list[Held]:
    """Findings with the waivers of them, to be known again; none where the paper is lost."""
    findings = list(findings)
    waivers = waivers_of(session, findings)
    if paper is None or not waivers:
        return []
    return [Held(_same(row, paper), waivers.get(row.id)) for row in findings]


def kept_findings(session: Session, revision: Revision) -> list[RevisionFinding]:
    """What was found in a revision when it was written."""
    query = select(RevisionFinding).where(RevisionFinding.revision_id == revision.id)
    return list(session.scalars(query.order_by(RevisionFinding.no)))


def waivers_of(session: Session, findings: Iterable[RevisionFinding]) -> dict[int, FindingWaiver]:
    """The waivers of these findings, by the finding's id."""
    query = select(FindingWaiver).where(
        FindingWaiver.finding_id.in_([finding.id for finding in findings])
    )
    return {waiver.finding_id: waiver for waiver in session.scalars(query)}


def words_of(paper: Paper | None, finding: RevisionFinding) -> str:
    """The words that a finding is about, read from the document again; long numbers masked."""
    line = paper.by_number.get(finding.line) if paper and finding.line is not None else None
    if line is None or finding.start is None:
        return ""
    return numbers_within(line.text[finding.start : finding.end])


def expectation_of(finding: RevisionFinding) -> Sentence:
    """What should stand there, as it was told when the revision was written."""
    sentence = _read(finding.expect)
    return sentence if isinstance(sentence, Sentence) else say(str(sentence))


def _start(paper: Paper, finding: Finding) -> int | None:
    """Where the quoted words begin in their line; None where nothing stands there."""
    line = paper.by_number.get(finding.line) if finding.line is not None else None
    if line is None or not finding.quote:
        return None
    for mend in finding.mend:
        at = line.text.find(finding.quote, max(0, mend.span.start - len(finding.quote)))
        if mend.span.line == line.number and 0 <= at <= mend.span.start:
            return at
    found = line.text.find(finding.quote)
    return found if found >= 0 else None


def _carried(
    held: Iterable[Held], paper: Paper, new: Iterable[RevisionFinding]
) -> Iterator[tuple[RevisionFinding, FindingWaiver]]:
    before: dict[_Same, list[FindingWaiver | None]] = {}
    for one in held:
        before.setdefault(one.same, []).append(one.waiver)
    after: dict[_Same, list[RevisionFinding]] = {}
    for row in new:
        if row.severity == Severity.ERROR:
            after.setdefault(_same(row, paper), []).append(row)
    for same, rows in after.items():
        waivers = [waiver for waiver in before.get(same, []) if waiver is not None]
        if len(rows) <= len(waivers) == len(before.get(same, [])):
            yield from zip(rows, waivers, strict=False)


def _same(row: RevisionFinding, paper: Paper) -> _Same:
    line = paper.by_number.get(row.line) if row.line is not None else None
    if line is None:
        return row.code, "", "", canonical(row.expect)
    label = label_of(line)
    words = line.text[row.start : row.end] if row.start is not None else ""
    rest = "".join(line.text[label.rest if label else 0 :].split())
    return row.code, words, rest, canonical(row.expect)


def _stored(value: object) -> Any:
    """A sentence and its values as JSON; of long numbers only four places are kept."""
    match value:
        case Sentence():
            values = {name: _stored(item) for name, item in value.values.items()}
            return {"message": value.message, "values": values}
        case Label():
            return {"zh": value.zh, "en": value.en}
        case Money():
            return {"minor": value.minor, "currency": value.currency}
        case bool() | int() | None:
            return value
        case date():
            return {"day": value.isoformat()}
        case Decimal():
            return str(value)
        case tuple() | list():
            return [_stored(item) for item in value]
        case _:
            return numbers_within(str(value))


def _read(value: object) -> object:
    match value:
        case {"message": str(message), "values": dict(values)}:
            return Sentence(message, {name: _read(item) for name, item in values.items()})
        case {"zh": str(zh), "en": str(en)}:
            return Label(zh, en)
        case {"minor": int(minor), "currency": str(currency)}:
            return Money(minor, currency)
        case {"day": str(day)}:
            return date.fromisoformat(day)
        case list():
            return tuple(_read(item) for item in value)
        case _:
            return value
