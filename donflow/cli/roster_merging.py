"""Commands that say that two numbers are one person, take it back, and look for doubles."""

from __future__ import annotations

import click

from donflow.cli.acting import Act, Done, writes_oneself
from donflow.cli.arguments import NUMBER
from donflow.cli.choosing import choose_person
from donflow.cli.commands import Command
from donflow.errors import N_, say
from donflow.roster.doubles import find_doubles, settle_doubles
from donflow.roster.evidence import judge
from donflow.roster.known import stored_portraits
from donflow.roster.merging import merge as merge_people
from donflow.roster.merging import numbers_of
from donflow.roster.merging import unmerge as unmerge_people
from donflow.roster.models import ConstituentKind


@click.command(
    "merge",
    cls=Command,
    help=N_("Say that two numbers are one person; nothing moves, and it can be taken back."),
    example="donflow roster merge 12 240",
)
@click.argument("person", metavar=N_("PERSON"))
@click.argument("other", metavar=N_("OTHER"))
@writes_oneself
def merge(act: Act, person: str, other: str) -> Done:
    kept, taken = choose_person(act, person), choose_person(act, other)
    evidence: tuple[str, ...] = ()
    if kept.kind == ConstituentKind.PERSON and kept.id != taken.id:
        portraits = stored_portraits(act.session, {kept.id, taken.id})
        evidence = judge(portraits[kept.id], portraits[taken.id]).evidence
    joined = merge_people(
        act.session, kept.id, taken.id, evidence=evidence, actor=act.actor, now=act.now
    )
    numbers = numbers_of(act.session, kept.id)
    data = {
        "person": numbers[0],
        "absorbed": joined.absorbed_id,
        "numbers": numbers,
        "evidence": evidence,
    }
    message = N_(
        "Number {absorbed} is read together with {person}: donflow roster unmerge {absorbed} takes it back."
    )
    return Done(say(message, absorbed=joined.absorbed_id, person=numbers[0]), None, data)


@click.command(
    "unmerge",
    cls=Command,
    help=N_("Take a merge back: everything is as it was before."),
    example="donflow roster unmerge 240",
)
@click.argument("number", type=NUMBER, metavar=N_("NUMBER"))
@writes_oneself
def unmerge(act: Act, number: int) -> Done:
    survivor = unmerge_people(act.session, number, actor=act.actor, now=act.now)
    data = {"person": number, "was_under": survivor, "numbers": numbers_of(act.session, number)}
    message = N_("Number {number} stands for itself again, no longer under {survivor}.")
    return Done(say(message, number=number, survivor=survivor), None, data)


@click.command(
    "doubles",
    cls=Command,
    help=N_("Look for people who stand in the roster twice, and propose to merge them."),
    example="donflow roster doubles",
)
@writes_oneself
def doubles(act: Act) -> Done:
    done = settle_doubles(
        act.session,
        find_doubles(act.session),
        by_rule=act.office.settings.merge_sure,
        actor=act.actor,
        now=act.now,
    )
    data = {"merged": done.merged, "proposed": done.proposed, "proposed_before": done.before}
    message = N_("{merged} merged by the rule, {proposed} proposed, {before} proposed before.")
    sentence = say(
        message, merged=len(done.merged), proposed=len(done.proposed), before=done.before
    )
    return Done(sentence, None, data)
