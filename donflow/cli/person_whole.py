"""All that is known of a person: as JSON, and as lines that are read on a screen."""

from __future__ import annotations

from collections.abc import Sequence

import click

from donflow.cli.cells import cell_len
from donflow.cli.naming import (
    CONTACT_NAMES,
    GENDER_NAMES,
    IDENTIFIER_NAMES,
    PURPOSE_NAMES,
    SOURCE_NAMES,
    word_for,
)
from donflow.cli.naming_people import (
    CONFIDENCE_NAMES,
    PROPOSAL_NAMES,
    RELATION_NAMES,
    STATUS_NAMES,
    TRAIT_NAMES,
)
from donflow.cli.output import tell
from donflow.cli.shell import Shell
from donflow.errors import N_, Sentence, say
from donflow.gifts.models import Gift
from donflow.roster.models import Confidence, Source, Status
from donflow.roster.sources import Origin
from donflow.roster.studies import Course
from donflow.roster.traits import Trait
from donflow.roster.views import HoldingView
from donflow.roster.whole import PostView, StudyView, TraitView, WholePerson


def record_of(shell: Shell, whole: WholePerson, gifts: Sequence[Gift]) -> dict[str, object]:
    """Everything, as `--json` tells it."""
    view = whole.view
    return {
        "person": view.id,
        "kind": view.kind,
        "name": view.name,
        "other_names": view.other_names,
        "salutation": view.salutation,
        "representative": view.representative,
        "status": view.status,
        "status_source": _origin(whole.status_origin),
        "died_on": whole.died_on,
        "numbers": whole.numbers,
        "fields": {
            trait.trait: {
                "shown": trait.shown,
                "number": trait.number,
                "former": trait.former,
                **_told(trait.origin),
            }
            for trait in whole.traits
        },
        "studies": [_study(study) for study in whole.studies],
        "posts": [_post(post) for post in whole.posts],
        "contact_points": [
            {
                "kind": item.kind,
                "shown": item.shown,
                "preferred": item.preferred,
                "source": item.source,
                "since": item.since,
                "confidence": item.confidence,
            }
            for item in view.contact_points
        ],
        "identifiers": [{"kind": item.kind, "shown": item.shown} for item in view.identifiers],
        "segments": whole.segments,
        "relations": [
            {"kind": one.kind, "first": one.first, "second": one.second, "name": one.name}
            for one in whole.relations
        ],
        "proposals": [
            {
                "proposal": one.id,
                "kind": one.kind,
                "other": one.other,
                "source": one.source,
                "made_at": one.made_at,
            }
            for one in whole.proposals
        ],
        "consents": [
            {
                "purpose": item.purpose,
                "channel": item.channel,
                "decision": item.decision,
                "on": item.stated_on,
            }
            for item in whole.consents
        ],
        "may": {
            purpose: {"granted": leave.granted, "why": shell.words(leave.why)}
            for purpose, leave in whole.leaves.items()
        },
        "gifts": [{"gift": gift.number, "stage": gift.stage} for gift in gifts],
    }


def tell_whole(shell: Shell, whole: WholePerson, gifts: Sequence[Gift]) -> None:
    """The same in lines, each value with who told it; what is not known has no line."""
    view = whole.view
    click.echo(f"{view.id}  {view.name}")
    tell(shell, N_("  addressed as: {salutation}"), salutation=view.salutation)
    if view.representative:
        tell(shell, N_("  represented by: {name}"), name=view.representative)
    if view.other_names:
        tell(shell, N_("  also called: {names}"), names=view.other_names)
    if len(whole.numbers) > 1:
        tell(shell, N_("  merged from numbers: {numbers}"), numbers=whole.numbers)
    if view.status != Status.ACTIVE:
        _line(shell, word_for(STATUS_NAMES, view.status), whole.died_on or "", whole.status_origin)
    for trait in whole.traits:
        _line(shell, word_for(TRAIT_NAMES, trait.trait), _value(shell, trait), trait.origin)
    for study in whole.studies:
        _line(
            shell,
            say(N_("study {place}"), place=study.place),
            _course(shell, study.course),
            study.origin,
        )
    for post in whole.posts:
        message = N_("post {place}") if post.current else N_("former post {place}")
        _line(shell, say(message, place=post.place), _work(post), post.origin)
    for item in [*view.identifiers, *view.contact_points]:
        _tell_holding(shell, item)
    if whole.segments:
        tell(shell, N_("  segments: {segments}"), segments=whole.segments)
    for one in whole.relations:
        message = N_("  {kind} of {number} {name}")
        number, kind = one.second, word_for(RELATION_NAMES, one.kind)
        if one.second in whole.numbers:
            message, number = N_("  {kind}: {number} {name}"), one.first
        tell(shell, message, kind=kind, number=number, name=one.name)
    _tell_leaves(shell, whole)
    for proposal in whole.proposals:
        kind = word_for(PROPOSAL_NAMES, proposal.kind)
        source = word_for(SOURCE_NAMES, proposal.source)
        message = N_("  to decide, proposal {no}: {kind} ({source})")
        tell(shell, message, no=proposal.id, kind=kind, source=source)
    if gifts:
        tell(shell, N_("  gifts: {gifts}"), gifts=tuple(gift.number for gift in gifts))


def _tell_holding(shell: Shell, item: HoldingView) -> None:
    shown = item.shown
    if item.preferred:
        shown = str(shell.words(say(N_("{shown} (to use first)"), shown=shown)))
    origin = None
    if item.source and item.since and item.confidence:
        origin = Origin(Source(item.source), item.since, Confidence(item.confidence))
    _line(shell, word_for(CONTACT_NAMES | IDENTIFIER_NAMES, item.kind), shown, origin)


def _tell_leaves(shell: Shell, whole: WholePerson) -> None:
    """What was said of each purpose; and what nobody asked for, which must not be done."""
    for item in whole.consents:
        tell(
            shell,
            N_("  {purpose}: {decision} on {day}"),
            purpose=word_for(PURPOSE_NAMES, item.purpose),
            decision=say(DECISIONS[item.decision]),
            day=item.stated_on,
        )
    said = {item.purpose for item in whole.consents}
    unasked = tuple(
        word_for(PURPOSE_NAMES, purpose) for purpose in whole.leaves if purpose not in said
    )
    if unasked and whole.view.status == Status.ACTIVE:
        tell(shell, N_("  not asked yet, so not allowed: {purposes}"), purposes=unasked)


def _line(shell: Shell, label: Sentence, value: str, origin: Origin | None) -> None:
    """`label  value  (who told, when, how sure)`."""
    told = ""
    if origin is not None:
        message = N_("({source}, {day}, {confidence})")
        told = shell.words(
            say(
                message,
                source=word_for(SOURCE_NAMES, origin.source),
                day=origin.since,
                confidence=word_for(CONFIDENCE_NAMES, origin.confidence),
            )
        )
        if origin.ref:
            told = f"{told} {origin.ref}"
    spoken = shell.words(label)
    padding = " " * max(LABEL_WIDTH - cell_len(spoken), 0)
    click.echo("  ".join(part for part in (f"  {spoken}{padding}", value, told) if part))


def _value(shell: Shell, trait: TraitView) -> str:
    if trait.trait is Trait.GENDER:
        return str(shell.words(word_for(GENDER_NAMES, trait.shown)))
    return trait.shown


def _course(shell: Shell, course: Course) -> str:
    parts = [course.degree, course.major, course.class_no]
    if course.enrol_year or course.grad_year:
        parts.append(f"{course.enrol_year or ''}–{course.grad_year or ''}")
    if course.student_no:
        parts.append(str(shell.words(say(N_("student no. {no}"), no=course.student_no))))
    return "  ".join(part for part in parts if part)


def _work(post: PostView) -> str:
    return "  ".join(part for part in (post.employer, post.job_title) if part)


def _study(study: StudyView) -> dict[str, object]:
    course = study.course
    return {
        "no": study.place,
        "degree": course.degree,
        "major": course.major,
        "class_no": course.class_no,
        "enrol_year": course.enrol_year,
        "grad_year": course.grad_year,
        "student_no": course.student_no,
        "number": study.number,
        **_told(study.origin),
    }


def _post(post: PostView) -> dict[str, object]:
    return {
        "no": post.place,
        "employer": post.employer,
        "job_title": post.job_title,
        "current": post.current,
        "number": post.number,
        **_told(post.origin),
    }


def _told(origin: Origin | None) -> dict[str, object]:
    return {
        "source": origin.source if origin else None,
        "since": origin.since if origin else None,
        "confidence": origin.confidence if origin else None,
        "source_ref": origin.ref if origin else None,
    }


def _origin(origin: Origin | None) -> dict[str, object] | None:
    return _told(origin) if origin else None


LABEL_WIDTH = 12
"""In cells, so that the values stand in one column."""
DECISIONS = {"given": N_("given"), "withdrawn": N_("withdrawn")}
