"""What is on record of a chapter and of its election, as the facts that guards see."""

from __future__ import annotations

from datetime import date

from donflow.chapters.models import Election
from donflow.domain.chapter_facts import (
    Body,
    ChapterFacts,
    ChapterRecordKind,
    ElectionFacts,
)
from donflow.domain.terms import Council as TermCouncil
from donflow.domain.terms import later, rule_on, term_end
from donflow.errors import N_, Sentence, say
from donflow.lifecycle.chapter_dossier import Dossier


def chapter_facts(dossier: Dossier) -> ChapterFacts:
    """The facts of a chapter."""
    since = dossier.council.elected_on if dossier.council else date.min
    return ChapterFacts(
        number=str(dossier.chapter.id),
        needed=dossier.term_rule.needed,
        profile_written=bool(dossier.chapter.profile),
        contact_named=dossier.chapter.contact_id is not None,
        records=frozenset(
            fact.kind
            for fact in dossier.records
            if fact.kind != ChapterRecordKind.PUBLICATION or fact.on >= since
        ),
        charter_filed=bool(dossier.charters),
        proposed=frozenset(each.office for each in dossier.proposed),
        leaders=_guidance(dossier, Body.LEADERS),
        council=_guidance(dossier, Body.COUNCIL),
        council_no=dossier.council.no if dossier.council else None,
        seated=frozenset(officer.office for officer in dossier.in_office),
    )


def election_facts(dossier: Dossier, election: Election, *, today: date) -> ElectionFacts:
    """The facts of a chapter's election; the term that ends is that of the council before it."""
    before = [each for each in dossier.councils if each.no < election.council_no]
    ending = before[-1] if before else None
    rule = rule_on(ending.elected_on if ending else election.entered_on, *dossier.articles)
    ends_on = term_end(TermCouncil(ending.no, ending.elected_on), rule) if ending else None
    held_on = election.held_on
    return ElectionFacts(
        number=str(dossier.chapter.id),
        notice_months=rule.notice_months,
        needed=rule_on(election.held_on or today, *dossier.articles).needed,
        ends_on=ends_on,
        notice_due_on=later(ends_on, -rule.notice_months) if ends_on else None,
        noticed_on=election.noticed_on,
        late_explained=bool(election.late_because),
        candidates=frozenset(each.office for each in dossier.candidates),
        barred=_barred(dossier, election, on=held_on or today),
        held_on=held_on,
        minutes_filed=election.minutes is not None,
        elected=frozenset(each.office for each in dossier.candidates if each.elected),
        handed_over_on=election.handed_over_on,
        published=held_on is not None
        and any(
            fact.kind == ChapterRecordKind.PUBLICATION and fact.on >= held_on
            for fact in dossier.records
        ),
    )


def _guidance(dossier: Dossier, body: Body) -> str | None:
    """A body's last word on the list as it stands: whatever it said before a change is stale."""
    said = [each for each in dossier.opinions if each.body == body]
    changed = dossier.list_changed_at
    if not said:
        return None
    stale = changed is not None and said[-1].recorded_at < changed
    return None if stale else said[-1].verdict


def _barred(dossier: Dossier, election: Election, *, on: date) -> tuple[Sentence, ...]:
    """Why each candidate who may not stand may not."""
    found = []
    for each in dossier.candidates:
        person = dossier.people[each.constituent_id]
        judged = dossier.standing(person, each.office, on=on, before=election.council_no)
        if not judged.may:
            found.append(say(N_("{name}: {reason}"), name=person.name, reason=judged.reason))
    return tuple(found)
