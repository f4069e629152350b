"""What the commands on chapters share: words for codes, and which chapter and person are meant."""

from __future__ import annotations

from typing import Final

import click

from donflow.accounts.scopes import Scope
from donflow.chapters.models import Chapter, Council
from donflow.chapters.register import all_chapters, find_chapter
from donflow.cli.acting import Act, Done
from donflow.cli.arguments import NamedChoice
from donflow.cli.looking import Look
from donflow.domain.terms import PAST, TermWarning
from donflow.errors import N_, Sentence, say
from donflow.lifecycle.chapter_moving import is_over, machine_for, refuse_if_over

OFFICE_NAMES: Final = {
    "chair": N_("chair"),
    "vice_chair": N_("vice-chair"),
    "secretary_general": N_("secretary-general"),
    "standing_director": N_("standing director"),
    "director": N_("director"),
}
RECORD_NAMES: Final = {
    "name_permitted": N_("university's leave to use its name"),
    "preparatory_group": N_("preparatory group formed"),
    "founding_meeting": N_("founding meeting"),
    "publication": N_("facts published"),
    "dissolution": N_("decision to dissolve"),
}
RECORDED: Final = {code: word for code, word in RECORD_NAMES.items() if code != "founding_meeting"}
"""`chapter found` records the founding meeting."""
BODY_NAMES: Final = {
    "leaders": N_("school leaders"),
    "council": N_("association's council"),
}
VERDICT_NAMES: Final = {
    "agreed": N_("agreed"),
    "with_changes": N_("agreed, with changes"),
    "against": N_("against it"),
}
LEFT_NAMES: Final = {
    "resigned": N_("resigned"),
    "deceased": N_("died"),
    "removed": N_("removed from office"),
    "term_over": N_("term over"),
    "erased": N_("data erased"),
}
MEETING_NAMES: Final = {
    "council": N_("meeting of the council"),
    "congress": N_("congress"),
    "seminar": N_("seminar"),
    "liaisons": N_("gathering of liaisons"),
    "event": N_("event"),
}
HOW_NAMES: Final = {
    "joined": N_("joined"),
    "transferred": N_("came from another chapter"),
}
LEAVING_NAMES: Final = {
    "left": N_("left the chapter"),
    "transferred": N_("went to another chapter"),
    "erased": N_("data erased"),
}

OFFICE = NamedChoice(OFFICE_NAMES)

chapter_argument = click.argument("chapter", metavar=N_("CHAPTER"))
office_argument = click.argument("office", type=OFFICE, metavar=N_("OFFICE"))
person_argument = click.argument("person", metavar=N_("PERSON"))


def chapter_of(look: Look, text: str) -> Chapter:
    """The chapter named by number or name, if this user may see it."""
    chapters = all_chapters(look.session, scope=look.scope, user=look.user)
    return find_chapter(chapters, text)


def chapters_seen(look: Look, text: str | None, *, open_only: bool = False) -> list[Chapter]:
    """The chapter named, or all that this user may see; without those that have ended, if asked."""
    if text is not None:
        return [chapter_of(look, text)]
    found = all_chapters(look.session, scope=look.scope, user=look.user)
    if not open_only:
        return found
    return [each for each in found if not is_over(look.session, look.office, each)]


def association_seen(look: Look) -> bool:
    """Whether this user sees what belongs to the association itself."""
    return look.scope is Scope.ALL


def chapter_to_change(act: Act, text: str) -> Chapter:
    """The chapter named, locked; refused where it has ended."""
    chapter = chapter_of(act, text)
    act.session.refresh(chapter, with_for_update=True)
    refuse_if_over(act.session, act.office, chapter)
    return chapter


def moved(act: Act, chapter: Chapter) -> Done:
    """The answer of every command that moves a chapter."""
    stage = machine_for(act.session, act.office, chapter).lifecycle.stages[chapter.stage]
    sentence = say(
        N_("{name} is now at: {stage}. What it needs next: donflow chapter show {number}"),
        name=chapter.name,
        stage=act.shell.words.value(stage.label),
        number=chapter.id,
    )
    return Done(sentence, None, {"chapter": chapter.id, "stage": chapter.stage})


def of_council(council: Council) -> dict[str, object]:
    """A council as `--json` names it."""
    return {"council": council.no, "elected_on": council.elected_on.isoformat()}


def warning_words(warning: TermWarning) -> Sentence:
    """A warning in words: how near the end of the term is."""
    if warning.months == PAST:
        return say(N_("overdue since {day}"), day=warning.ends_on)
    return say(
        N_("due by {day}, within {months} months"), day=warning.ends_on, months=warning.months
    )
