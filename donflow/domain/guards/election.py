"""Guards of a chapter's re-election (换届), from the notice a year ahead to the hand-over."""

from __future__ import annotations

from donflow.domain.chapter_facts import ElectionFacts
from donflow.domain.guards.chapter import offices_missing
from donflow.domain.guards.mending import lacking
from donflow.engine.spec import Unmet
from donflow.errors import N_, say


def notice_given(election: ElectionFacts) -> Unmet | None:
    """The core members of the council were told of the re-election and planned it with us."""
    if election.noticed_on is not None:
        return None
    reason = say(N_("The core members of the council have not been told of the re-election."))
    return lacking(reason, f"election notice {election.number} --on DAY")


def noticed_ahead(election: ElectionFacts) -> Unmet | None:
    """The notice came as long before the end of the term as the charter asks, or says why not."""
    due, told = election.notice_due_on, election.noticed_on
    ends, explained = election.ends_on, election.late_explained
    if explained or ends is None or due is None or told is None or told <= due:
        return None
    reason = say(
        N_("The term ends on {ends}; notice was due {months} months before, by {due}."),
        ends=ends,
        months=election.notice_months,
        due=due,
    )
    return lacking(reason, f"election notice {election.number} --late-because TEXT")


def candidates_named(election: ElectionFacts) -> Unmet | None:
    """There is a candidate for each office that a council cannot do without."""
    missing = offices_missing(election.candidates, election.needed)
    if not missing:
        return None
    reason = say(N_("There is no candidate for: {offices}."), offices=missing)
    return lacking(reason, f"election candidate {election.number} OFFICE PERSON")


def candidates_may_stand(election: ElectionFacts) -> Unmet | None:
    """No candidate has served as many terms in a row as the charter allows."""
    if not election.barred:
        return None
    reason = say(N_("Not every candidate may stand. {barred}"), barred=election.barred)
    return lacking(reason, f"election candidate {election.number} OFFICE PERSON --withdrawn")


def meeting_held(election: ElectionFacts) -> Unmet | None:
    """The meeting that elects was held, and its minutes are in the vault."""
    if election.held_on is not None and election.minutes_filed:
        return None
    reason = say(N_("The electing meeting is not on record with its minutes."))
    return lacking(reason, f"election meeting {election.number} --file MINUTES")


def offices_filled(election: ElectionFacts) -> Unmet | None:
    """Somebody was elected to each office that a council cannot do without."""
    missing = offices_missing(election.elected, election.needed)
    if not missing:
        return None
    reason = say(N_("Nobody was elected as: {offices}."), offices=missing)
    return lacking(reason, f"election result {election.number}")


def handover_made(election: ElectionFacts) -> Unmet | None:
    """The old council has handed seal, accounts and papers over to the new one."""
    if election.handed_over_on is not None:
        return None
    reason = say(N_("The hand-over from the old council to the new one is not on record."))
    return lacking(reason, f"election handover {election.number} --file FILE")


def published_anew(election: ElectionFacts) -> Unmet | None:
    """The chapter's facts and officers were published after the election."""
    if election.published:
        return None
    reason = say(N_("The chapter's facts were not published since the election."))
    return lacking(reason, f"chapter record {election.number} publication")


GUARDS = (
    notice_given,
    noticed_ahead,
    candidates_named,
    candidates_may_stand,
    meeting_held,
    offices_filled,
    handover_made,
    published_anew,
)
