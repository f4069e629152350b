"""Guards of a chapter from the intention to found it until it is published (筹建工作程序)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from donflow.domain.chapter_facts import ChapterFacts, ChapterRecordKind, Verdict
from donflow.domain.guards.mending import lacking
from donflow.domain.terms import OFFICES
from donflow.engine.spec import Unmet
from donflow.errors import N_, Label, say


def contact_named(chapter: ChapterFacts) -> Unmet | None:
    """Somebody in the region is named as the contact person."""
    if chapter.contact_named:
        return None
    reason = say(N_("No contact person is named."))
    return lacking(reason, f"chapter edit {chapter.number} --contact PERSON")


def not_there_yet(chapter: ChapterFacts) -> Unmet | None:
    """No council is on record: whoever has one was founded before, and is entered as such."""
    if chapter.council_no is None:
        return None
    reason = say(N_("A council is on record, so the chapter was founded before."))
    return lacking(reason, f"chapter advance {chapter.number} take_over")


def name_permitted(chapter: ChapterFacts) -> Unmet | None:
    """The university has agreed to the chapter's name."""
    if ChapterRecordKind.NAME_PERMITTED in chapter.records:
        return None
    reason = say(N_("The university's leave to use its name is not on record."))
    return lacking(reason, f"chapter record {chapter.number} name_permitted --file FILE")


def preparers_named(chapter: ChapterFacts) -> Unmet | None:
    """A preparatory group is formed."""
    if ChapterRecordKind.PREPARATORY_GROUP in chapter.records:
        return None
    reason = say(N_("No preparatory group is on record."))
    return lacking(reason, f"chapter record {chapter.number} preparatory_group --file FILE")


def charter_by_type(chapter: ChapterFacts) -> Unmet | None:
    """The chapter has a charter of its own, drawn up for its type."""
    if chapter.charter_filed:
        return None
    reason = say(N_("The chapter's charter is not in the vault."))
    return lacking(reason, f"chapter charter {chapter.number} --file FILE")


def list_proposed(chapter: ChapterFacts) -> Unmet | None:
    """The proposed list names somebody for each office that a council cannot do without."""
    missing = offices_missing(chapter.proposed, chapter.needed)
    if not missing:
        return None
    reason = say(N_("The proposed list names nobody as: {offices}."), offices=missing)
    return lacking(reason, f"chapter propose {chapter.number} OFFICE PERSON")


def leaders_advised(chapter: ChapterFacts) -> Unmet | None:
    """The school's leaders have given their guidance on the list, and it is not against it."""
    return _advised(chapter, chapter.leaders, "leaders", _OF_LEADERS)


def council_advised(chapter: ChapterFacts) -> Unmet | None:
    """The association's council has given its guidance on the list, and it is not against it."""
    return _advised(chapter, chapter.council, "council", _OF_COUNCIL)


def founding_held(chapter: ChapterFacts) -> Unmet | None:
    """The founding meeting was held."""
    if ChapterRecordKind.FOUNDING_MEETING in chapter.records:
        return None
    reason = say(N_("The founding meeting is not on record."))
    return lacking(reason, f"chapter found {chapter.number} --file MINUTES")


def council_seated(chapter: ChapterFacts) -> Unmet | None:
    """A council is in office, with each officer that it cannot do without."""
    if chapter.council_no is None:
        reason = say(N_("No council of the chapter is on record."))
        return lacking(reason, f"chapter council {chapter.number} --no NO --elected-on DAY")
    missing = offices_missing(chapter.seated, chapter.needed)
    if not missing:
        return None
    reason = say(N_("The council has nobody as: {offices}."), offices=missing)
    return lacking(reason, f"chapter seat {chapter.number} OFFICE PERSON")


def facts_published(chapter: ChapterFacts) -> Unmet | None:
    """The chapter has a profile for its page, and was published since its council came in."""
    if not chapter.profile_written:
        reason = say(N_("The chapter has no profile for its page."))
        return lacking(reason, f"chapter edit {chapter.number} --profile TEXT")
    if ChapterRecordKind.PUBLICATION in chapter.records:
        return None
    reason = say(N_("The chapter's facts were not published since its council came into office."))
    return lacking(reason, f"chapter record {chapter.number} publication")


def dissolution_decided(chapter: ChapterFacts) -> Unmet | None:
    """The decision to dissolve the chapter is on record."""
    if ChapterRecordKind.DISSOLUTION in chapter.records:
        return None
    reason = say(N_("The decision to dissolve the chapter is not on record."))
    return lacking(reason, f"chapter record {chapter.number} dissolution --file FILE")


def offices_missing(filled: Iterable[str], needed: Iterable[str]) -> tuple[Label, ...]:
    """The offices that must be filled and are not, the highest first."""
    missing = frozenset(needed) - frozenset(filled)
    return tuple(label for office, label in OFFICES.items() if office in missing)


_OF_LEADERS = {
    None: N_("The school leaders have not given their guidance on the list."),
    Verdict.AGAINST: N_("The school leaders advised against the list."),
    Verdict.WITH_CHANGES: N_(
        "The school leaders asked for changes: make them, then ask for their word"
        " on the changed list."
    ),
}
_OF_COUNCIL = {
    None: N_("The association's council has not given its guidance on the list."),
    Verdict.AGAINST: N_("The association's council advised against the list."),
    Verdict.WITH_CHANGES: N_(
        "The association's council asked for changes: make them, then ask for its"
        " word on the changed list."
    ),
}


def _advised(
    chapter: ChapterFacts,
    verdict: str | None,
    body: str,
    reasons: Mapping[Verdict | None, str],
) -> Unmet | None:
    """What is unmet until that body's word on the list as it stands is for it."""
    if verdict == Verdict.AGREED:
        return None
    said = Verdict(verdict) if verdict else None
    mending = {
        None: f"chapter opinion {chapter.number} {body} --minutes NUMBER --file FILE",
        Verdict.AGAINST: f"chapter advance {chapter.number} relist --reason TEXT",
        Verdict.WITH_CHANGES: f"chapter propose {chapter.number} OFFICE PERSON",
    }
    return lacking(say(reasons[said]), mending[said])


GUARDS = (
    contact_named,
    not_there_yet,
    name_permitted,
    preparers_named,
    charter_by_type,
    list_proposed,
    leaders_advised,
    council_advised,
    founding_held,
    council_seated,
    facts_published,
    dissolution_decided,
)
