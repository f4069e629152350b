"""Rules of chapters and of their elections."""

from __future__ import annotations

from datetime import date

from donflow.domain.chapter_facts import ChapterRecordKind
from donflow.domain.terms import STANDARD
from donflow.errors import say
from tests.domain.guard_rules.rule import Rule, met, unmet

ALL = frozenset(STANDARD.needed)
NO_CHAIR = ALL - {"chair"}


def _recorded(guard: str, kind: str, reason: str, command: str) -> tuple[Rule, ...]:
    """A guard that asks for one kind of record, and for no other."""
    others = frozenset(ChapterRecordKind) - {kind}
    return (
        met(guard, records=frozenset({kind})),
        unmet(guard, reason, command, records=frozenset()),
        unmet(guard, reason, command, records=others),
    )


def _advised(guard: str, body: str, missing: str, against: str, changes: str) -> tuple[Rule, ...]:
    """A guard that asks for one body's word, and for no other's."""
    other = {"leaders": "council", "council": "leaders"}[body]
    relist = "chapter advance # relist --reason TEXT"
    return (
        met(guard, **{body: "agreed", other: None}),
        met(guard, **{body: "agreed", other: "against"}),
        unmet(
            guard, changes, "chapter propose # OFFICE PERSON", **{body: "with_changes", other: None}
        ),
        unmet(
            guard,
            missing,
            f"chapter opinion # {body} --minutes NUMBER --file FILE",
            **{body: None},
        ),
        unmet(guard, against, relist, **{body: "against"}),
    )


CHAPTER = (
    met("contact_named"),
    unmet(
        "contact_named",
        "No contact person is named.",
        "chapter edit # --contact PERSON",
        contact_named=False,
    ),
    met("not_there_yet", council_no=None),
    unmet(
        "not_there_yet",
        "A council is on record, so the chapter was founded before.",
        "chapter advance # take_over",
        council_no=1,
    ),
    *_recorded(
        "name_permitted",
        "name_permitted",
        "The university's leave to use its name is not on record.",
        "chapter record # name_permitted --file FILE",
    ),
    *_recorded(
        "preparers_named",
        "preparatory_group",
        "No preparatory group is on record.",
        "chapter record # preparatory_group --file FILE",
    ),
    met("charter_by_type"),
    unmet(
        "charter_by_type",
        "The chapter's charter is not in the vault.",
        "chapter charter # --file FILE",
        charter_filed=False,
    ),
    met("list_proposed"),
    met("list_proposed", proposed=ALL | {"director"}),
    unmet(
        "list_proposed",
        "The proposed list names nobody as: chair.",
        "chapter propose # OFFICE PERSON",
        proposed=NO_CHAIR,
    ),
    unmet(
        "list_proposed",
        "The proposed list names nobody as: chair, vice-chair, secretary-general.",
        "chapter propose # OFFICE PERSON",
        proposed=frozenset(),
    ),
    *_advised(
        "leaders_advised",
        "leaders",
        "The school leaders have not given their guidance on the list.",
        "The school leaders advised against the list.",
        "The school leaders asked for changes: make them,"
        " then ask for their word on the changed list.",
    ),
    *_advised(
        "council_advised",
        "council",
        "The association's council has not given its guidance on the list.",
        "The association's council advised against the list.",
        "The association's council asked for changes: make them,"
        " then ask for its word on the changed list.",
    ),
    *_recorded(
        "founding_held",
        "founding_meeting",
        "The founding meeting is not on record.",
        "chapter found # --file MINUTES",
    ),
    met("council_seated"),
    unmet(
        "council_seated",
        "No council of the chapter is on record.",
        "chapter council # --no NO --elected-on DAY",
        council_no=None,
    ),
    unmet(
        "council_seated",
        "The council has nobody as: chair.",
        "chapter seat # OFFICE PERSON",
        seated=NO_CHAIR,
    ),
    *_recorded(
        "facts_published",
        "publication",
        "The chapter's facts were not published since its council came into office.",
        "chapter record # publication",
    ),
    unmet(
        "facts_published",
        "The chapter has no profile for its page.",
        "chapter edit # --profile TEXT",
        profile_written=False,
    ),
    met("council_seated", needed=("chair",), seated=frozenset({"chair"})),
    unmet(
        "council_seated",
        "The council has nobody as: standing director.",
        "chapter seat # OFFICE PERSON",
        needed=("chair", "standing_director"),
    ),
    *_recorded(
        "dissolution_decided",
        "dissolution",
        "The decision to dissolve the chapter is not on record.",
        "chapter record # dissolution --file FILE",
    ),
)

LATE = {"noticed_on": date(2026, 2, 2)}
BARRED = say("{name}: {reason}", name="贺兰舟", reason=say("Has died."))

ELECTION = (
    met("notice_given"),
    unmet(
        "notice_given",
        "The core members of the council have not been told of the re-election.",
        "election notice # --on DAY",
        noticed_on=None,
    ),
    met("noticed_ahead"),
    met("noticed_ahead", noticed_on=date(2026, 2, 1)),
    met("noticed_ahead", **LATE, late_explained=True),
    met("noticed_ahead", **LATE, notice_due_on=None),
    met("noticed_ahead", noticed_on=None),
    unmet(
        "noticed_ahead",
        "The term ends on 2027-02-01; notice was due 12 months before, by 2026-02-01.",
        "election notice # --late-because TEXT",
        **LATE,
    ),
    met("candidates_named"),
    unmet(
        "candidates_named",
        "There is no candidate for: chair.",
        "election candidate # OFFICE PERSON",
        candidates=NO_CHAIR,
    ),
    met("candidates_may_stand"),
    unmet(
        "candidates_may_stand",
        "Not every candidate may stand. 贺兰舟: Has died.",
        "election candidate # OFFICE PERSON --withdrawn",
        barred=(BARRED,),
    ),
    met("meeting_held"),
    *(
        unmet(
            "meeting_held",
            "The electing meeting is not on record with its minutes.",
            "election meeting # --file MINUTES",
            **{field: value},
        )
        for field, value in (("held_on", None), ("minutes_filed", False))
    ),
    met("offices_filled"),
    unmet(
        "offices_filled",
        "Nobody was elected as: chair.",
        "election result #",
        elected=NO_CHAIR,
    ),
    met("handover_made"),
    unmet(
        "handover_made",
        "The hand-over from the old council to the new one is not on record.",
        "election handover # --file FILE",
        handed_over_on=None,
    ),
    met("published_anew"),
    unmet(
        "published_anew",
        "The chapter's facts were not published since the election.",
        "chapter record # publication",
        published=False,
    ),
)
