"""Commands on proposals: what waits, with its evidence side by side; propose, accept, refuse."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

import click

from donflow.cli.acting import Act, Done, writes
from donflow.cli.arguments import NUMBER, json_option
from donflow.cli.choosing import choose_person
from donflow.cli.commands import Command
from donflow.cli.looking import Look, reads
from donflow.cli.naming import GENDER_NAMES, SOURCE_NAMES, word_for
from donflow.cli.naming_people import COLUMN_NAMES, PROPOSAL_NAMES, STATUS_NAMES
from donflow.cli.origins import origin_options, told
from donflow.cli.output import dump, table, tell
from donflow.errors import N_, DonflowError, Sentence, SeveralWrong, say
from donflow.lifecycle.visible import seen_people
from donflow.roster import proposals as waiting
from donflow.roster.evidence_codes import Evidence, in_words
from donflow.roster.import_models import Proposal
from donflow.roster.models import Constituent
from donflow.roster.proposal_view import ShownProposal, shown_proposal
from donflow.roster.reading.rows import Column
from donflow.roster.told import read_told

import_option = click.option(
    "--import",
    "import_id",
    type=NUMBER,
    metavar=N_("NUMBER"),
    help=N_("Of one import."),
)
all_option = click.option(
    "--all-of-import",
    "import_id",
    type=NUMBER,
    metavar=N_("NUMBER"),
    help=N_("All that are open of this import."),
)
numbers_argument = click.argument("numbers", type=NUMBER, nargs=-1, metavar=N_("[PROPOSAL]..."))


class WhichProposals(DonflowError):
    code = "which_proposals"
    message = N_("No proposal is named.")
    remedy = N_("Name their numbers, or all of one import: --all-of-import NUMBER")


class NotAField(SeveralWrong):
    """What is told cannot be used: no such field, or no value that such a field can have."""

    code = "not_a_field"
    message = N_("What is told cannot be used; nothing was proposed:")
    remedy = N_("Fields: {known}.")


class ProposedBefore(DonflowError):
    code = "proposed_before"
    message = N_("The same was proposed of person {number} before: it waits, or was refused.")
    remedy = N_("See what is open: donflow roster proposals")
    http_status = 409


class NotSettled(SeveralWrong):
    """Of a batch all is done or nothing; each that cannot be is told."""

    code = "proposals_not_settled"
    message = N_("Nothing was done; these proposals cannot be settled so:")
    http_status = 409


@click.command(
    "proposals",
    cls=Command,
    help=N_("What is proposed: both sides, what speaks for it, and what accepting does."),
    example="donflow roster proposals\ndonflow roster proposals --import 3 --json",
)
@import_option
@json_option
@reads
def proposals(look: Look, import_id: int | None, as_json: bool) -> None:
    found = waiting.open_proposals(look.session, import_id)
    shown = [shown_proposal(look.session, look.office.keys, each) for each in found]
    if as_json:
        click.echo(dump([_as_json(look, each) for each in shown]))
        return
    if not shown:
        tell(look.shell, N_("Nothing to show."))
    for each in shown:
        _tell(look, each)


@click.command(
    "propose",
    cls=Command,
    help=N_(
        "Propose changed fields of a person, as a liaison, a chapter or a colleague told them."
    ),
    example="donflow roster propose 3 employer=云州市方舟设计院 city=云州 --source class_liaison",
)
@click.argument("who", metavar=N_("PERSON"))
@click.argument("fields", nargs=-1, required=True, metavar=N_("FIELD=VALUE..."))
@origin_options
@writes
def propose(act: Act, who: str, fields: tuple[str, ...], source: str, confidence: str) -> Done:
    person = choose_person(act, who, partial(_seen, act))
    proposal = waiting.propose_update(
        act.session,
        act.office.keys,
        person.id,
        _told(act, fields),
        origin=told(act, source, confidence),
        actor=act.actor,
        now=act.now,
    )
    if proposal is None:
        raise ProposedBefore(number=person.id)
    data = {"proposal": proposal.id, "person": person.id}
    message = N_("Proposal {proposal} on person {person} waits for the secretary.")
    return Done(say(message, proposal=proposal.id, person=person.id), None, data)


@click.command(
    "accept",
    cls=Command,
    help=N_("Accept proposals: what they say is done, with its source."),
    example="donflow roster accept 4 7\ndonflow roster accept --all-of-import 3",
)
@numbers_argument
@all_option
@writes
def accept(act: Act, numbers: tuple[int, ...], import_id: int | None) -> Done:
    def settle(proposal: Proposal) -> None:
        waiting.accept(
            act.session,
            act.office.keys,
            proposal,
            actor=act.actor,
            now=act.now,
            today=act.today,
        )

    settled = _settle(act, numbers, import_id, settle)
    return Done(
        say(N_("{count} proposals accepted."), count=len(settled)), None, {"accepted": settled}
    )


@click.command(
    "refuse",
    cls=Command,
    help=N_("Refuse proposals: nothing changes, and the same is not proposed again."),
    example="donflow roster refuse 5\ndonflow roster refuse --all-of-import 3",
)
@numbers_argument
@all_option
@writes
def refuse(act: Act, numbers: tuple[int, ...], import_id: int | None) -> Done:
    def settle(proposal: Proposal) -> None:
        waiting.refuse(act.session, proposal, actor=act.actor, now=act.now)

    settled = _settle(act, numbers, import_id, settle)
    return Done(
        say(N_("{count} proposals refused."), count=len(settled)), None, {"refused": settled}
    )


def _settle(
    act: Act, numbers: Sequence[int], import_id: int | None, settle: Callable[[Proposal], None]
) -> list[int]:
    """All or none; everything that stands against it is told at once."""
    if not numbers and import_id is None:
        raise WhichProposals
    asked = list(dict.fromkeys(numbers))
    if import_id is not None:
        opened = waiting.open_proposals(act.session, import_id)
        asked += [each.id for each in opened if each.id not in asked]
    wrong: list[Sentence] = []
    for number in asked:
        try:
            settle(waiting.get_proposal(act.session, number))
        except DonflowError as error:
            wrong += _reasons(number, error)
    if wrong:
        raise NotSettled(wrong)
    return asked


def _reasons(number: int, error: DonflowError) -> list[Sentence]:
    refusals = getattr(error, "refusals", ())
    reasons = [refusal.reason for refusal in refusals] or [error.sentence]
    message = N_("{number}: {reason}")
    return [say(message, number=number, reason=reason) for reason in reasons]


def _told(act: Act, fields: Sequence[str]) -> dict[Column, str]:
    """The fields read as the cells of a sheet are; everything that is wrong at once."""
    words = {str(act.shell.words(say(word))): code for code, word in COLUMN_NAMES.items()}
    given: dict[Column, str] = {}
    wrong: list[Sentence] = []
    for text in fields:
        name, equals, value = (part.strip() for part in text.partition("="))
        code = words.get(name, name)
        if not equals or not value or code not in COLUMN_NAMES:
            wrong.append(say(N_("“{text}” is no FIELD=VALUE."), text=name))
        else:
            given[Column(code)] = value
    found = read_told(given)
    for each in found.unread:
        field = word_for(COLUMN_NAMES, each.column)
        wrong.append(say(N_("{field}: {reason}"), field=field, reason=each.reason))
    if wrong:
        known = tuple(
            say(N_("{word} ({code})"), word=word, code=code) for word, code in words.items()
        )
        raise NotAField(wrong, known=known)
    return dict(found.values)


def _seen(look: Look, people: list[Constituent]) -> list[Constituent]:
    return seen_people(
        look.session, people, scope=look.scope, user=look.user, roles=look.actor.roles
    )


def _why(codes: Sequence[str]) -> list[Sentence]:
    known = set(Evidence)
    return [in_words(Evidence(code)) if code in known else _told_otherwise(code) for code in codes]


def _told_otherwise(code: str) -> Sentence:
    field = code.removesuffix("_differs")
    word = word_for(COLUMN_NAMES, field) if field in COLUMN_NAMES else field
    return say(N_("{field} is told differently"), field=word)


def _tell(look: Look, shown: ShownProposal) -> None:
    words = look.shell.words
    tell(
        look.shell,
        N_("Proposal {no}: {kind} — {person} {name}, told by: {source}"),
        no=shown.id,
        kind=word_for(PROPOSAL_NAMES, shown.kind),
        person=shown.person,
        name=shown.name,
        source=word_for(SOURCE_NAMES, shown.source),
    )
    if shown.evidence:
        why = "、".join(str(words(reason)) for reason in _why(shown.evidence))
        score = shown.score
        message = N_("  Evidence: {why}") if score is None else N_("  Evidence ({score}): {why}")
        tell(look.shell, message, why=why, score=score)
    other = f"{shown.other}" if shown.other else words(say(N_("told")))
    headings = [words(say(N_("Field"))), f"{shown.person}", str(other)]
    rows = [
        [
            words(word_for(COLUMN_NAMES, side.field)),
            _value(look, side.field, side.ours),
            f"≠ {_value(look, side.field, side.theirs)}"
            if side.differs
            else _value(look, side.field, side.theirs),
        ]
        for side in shown.sides
    ]
    for line in table(headings, rows).splitlines():
        click.echo(f"  {line}")
    click.echo(f"  → {words(shown.does)}")


def _value(look: Look, field: Column, value: str | None) -> str:
    """A value as people read it: what is stored as a code is told in words."""
    names = _CODED.get(field, {})
    parts = (value or "").split("|")
    return "|".join(look.shell.words(say(names[one])) if one in names else one for one in parts)


_CODED: Mapping[Column, Mapping[str, str]] = {
    Column.GENDER: GENDER_NAMES,
    Column.STATUS: STATUS_NAMES,
}


def _as_json(look: Look, shown: ShownProposal) -> dict[str, object]:
    words = look.shell.words
    return {
        "proposal": shown.id,
        "kind": shown.kind,
        "person": shown.person,
        "name": shown.name,
        "other": shown.other,
        "score": shown.score,
        "evidence": shown.evidence,
        "why": [words(reason) for reason in _why(shown.evidence)],
        "fields": [
            {
                "field": side.field,
                "ours": side.ours,
                "theirs": side.theirs,
                "differs": side.differs,
            }
            for side in shown.sides
        ],
        "does": words(shown.does),
        "source": shown.source,
        "source_ref": shown.source_ref,
        "import": shown.import_id,
        "made_at": shown.made_at,
    }
