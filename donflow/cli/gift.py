"""Commands on gifts that write: register, edit, contact, screen, record, advance."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from donflow.accounts.policy import NotPermitted, names_of
from donflow.cli.acting import Act, Done, writes
from donflow.cli.arguments import DAY, FILE, MONEY, PAST_DAY, NamedChoice
from donflow.cli.choosing import choose_person
from donflow.cli.commands import Group
from donflow.cli.gift_plan import add_plan_commands
from donflow.cli.gift_view import add_reading_commands
from donflow.cli.glance import OWN_COMMANDS
from donflow.cli.naming import CHANNEL_NAMES, FACT_NAMES, word_for
from donflow.cli.options import gift_argument
from donflow.domain.actor import Role, acting_in
from donflow.domain.facts import RecordKind
from donflow.domain.money import Money
from donflow.errors import N_, DonflowError, Sentence, say
from donflow.gifts.contacts import KINDS, add_contact
from donflow.gifts.models import Gift
from donflow.gifts.register import (
    add_record,
    change_gift,
    courted_elsewhere,
    donor_of,
    new_gift,
    screen_gift,
)
from donflow.lifecycle.advance import gift_machine, step_named
from donflow.lifecycle.editing import edit_gift
from donflow.lifecycle.reviewing import advance_gift
from donflow.store.workflows import current_version

gift = Group("gift", help=N_("Gifts: register, look at, move on"), no_args_is_help=True)
add_reading_commands(gift)
add_plan_commands(gift)

channel_option = click.option(
    "--channel", type=NamedChoice(CHANNEL_NAMES), default="wechat", help=N_("By which way it came.")
)


class SameGift(DonflowError):
    code = "same_gift"
    message = N_("{number} cannot follow itself.")


class OwnCommand(DonflowError):
    code = "own_command"
    message = N_("This step has a command of its own, which writes down what goes with it.")
    remedy = N_("Run: {command}")


@gift.command(
    "new",
    help=N_("Register an intent to give, heard from anyone by any channel."),
    example="donflow gift new --donor 梁启舟 --amount 50万 --purpose 设立奖学金 --liaison 何老师",
)
@click.option(
    "--kind",
    default="cash",
    metavar=N_("KIND"),
    help=N_("cash, or small (no agreement); it cannot be changed later."),
)
@channel_option
@click.option(
    "--heard-on", type=PAST_DAY, metavar=N_("DAY"), help=N_("When the intent was first heard of.")
)
@click.option(
    "--donor", metavar=N_("PERSON"), help=N_("Who gives: a name or number already known.")
)
@click.option("--anonymous", is_flag=True, help=N_("The donor does not want to be named."))
@click.option("--amount", type=MONEY, metavar=N_("AMOUNT"), help=N_("How much, for example 50万."))
@click.option("--purpose", metavar=N_("TEXT"), help=N_("For what."))
@click.option("--liaison", metavar=N_("NAME"), help=N_("The teacher who brought it."))
@click.option("--department", metavar=N_("NAME"), help=N_("That teacher's department."))
@writes
def new(
    act: Act,
    kind: str,
    channel: str,
    heard_on: date | None,
    donor: str | None,
    anonymous: bool,
    amount: Money | None,
    purpose: str | None,
    liaison: str | None,
    department: str | None,
) -> Done:
    version = current_version(act.session)
    person = choose_person(act, donor) if donor else None
    if liaison is None and act.actor.acting_role is Role.LIAISON:
        liaison = act.user.display_name
    row = new_gift(
        act.session,
        act.office.machine(act.session, version, Gift.lifecycle),
        version,
        kind=kind,
        channel=channel,
        heard_on=heard_on or act.on,
        calendar=act.office.calendar,
        actor=act.actor,
        now=act.now,
    )
    known: dict[str, Any] = {
        "donor_id": person.id if person else None,
        "anonymous": anonymous or None,
        "amount_minor": amount.minor if amount is not None else None,
        "purpose": purpose,
        "liaison": liaison,
        "department": department,
    }
    changes = {name: value for name, value in known.items() if value is not None}
    change_gift(act.session, row, changes, actor=act.actor, now=act.now)
    return _with_warning(act, row, Done(say(N_("Registered as {gift}."), gift=row.number), row))


@gift.command(
    "edit",
    help=N_("Add or change what is known of a gift."),
    example="donflow gift edit 17 --amount 50万 --pay-by 2026-06-30 --restricted",
)
@gift_argument
@click.option(
    "--donor", metavar=N_("PERSON"), help=N_("Who gives: a name or number already known.")
)
@click.option(
    "--anonymous/--named", default=None, help=N_("Whether the donor wants to stay unnamed.")
)
@click.option("--amount", type=MONEY, metavar=N_("AMOUNT"), help=N_("How much, for example 50万."))
@click.option(
    "--pay-by", type=DAY, metavar=N_("DAY"), help=N_("The day by which it is to be paid.")
)
@click.option("--purpose", metavar=N_("TEXT"), help=N_("For what."))
@click.option(
    "--restricted/--unrestricted", default=None, help=N_("Whether it is bound to its purpose.")
)
@click.option("--beneficiary", metavar=N_("NAME"), help=N_("The unit that uses it."))
@click.option("--naming", metavar=N_("NAME"), help=N_("The name the project is to bear."))
@click.option("--naming-until", type=DAY, metavar=N_("DAY"), help=N_("The last day of the naming."))
@click.option("--liaison", metavar=N_("NAME"), help=N_("The teacher who brought it."))
@click.option("--department", metavar=N_("NAME"), help=N_("That teacher's department."))
@click.option("--steward", metavar=N_("NAME"), help=N_("Who keeps in touch with the donor."))
@click.option(
    "--notice-given-on",
    type=PAST_DAY,
    metavar=N_("DAY"),
    help=N_("When the privacy notice was given."),
)
@click.option("--project-number", metavar=N_("NUMBER"), help=N_("The foundation's project number."))
@writes
def edit(act: Act, gift: str, donor: str | None, **given: Any) -> Done:
    row = act.gift(gift)
    if donor:
        given["donor_id"] = choose_person(act, donor).id
    given = {name: value for name, value in given.items() if value is not None}
    edit_gift(act.session, act.office, row, given, actor=act.actor, now=act.now)
    return _with_warning(act, row, Done(say(N_("{gift} changed."), gift=row.number), row))


@gift.command(
    "contact",
    help=N_("Record that you spoke with the donor."),
    example="donflow gift contact 17 --channel phone --note 愿设奖学金，下周面谈",
)
@gift_argument
@channel_option
@click.option("--note", metavar=N_("TEXT"), help=N_("What was said."))
@writes
def contact(act: Act, gift: str, channel: str, note: str | None) -> Done:
    row = act.gift(gift)
    add_contact(
        act.session,
        KINDS[channel],
        constituent=donor_of(act.session, row),
        gift=row,
        channel=channel,
        on=act.on,
        note=note,
        actor=act.actor,
        now=act.now,
    )
    return Done(say(N_("Contact recorded for {gift}."), gift=row.number), row)


@gift.command(
    "handover",
    help=N_("Record that the liaison teacher handed the donor over to you."),
    example="donflow gift handover 17 --note 何老师已拉群介绍",
)
@gift_argument
@click.option("--note", metavar=N_("TEXT"), help=N_("How it was done."))
@writes
def handover(act: Act, gift: str, note: str | None) -> Done:
    row = act.gift(gift)
    kind = RecordKind.HANDED_OVER
    add_record(
        act.session,
        row,
        kind,
        on=act.on,
        document=None,
        note=note,
        actor=act.actor,
        now=act.now,
    )
    days = (act.on - row.heard_on).days
    return Done(say(N_("Handed over {days} days after it was heard of."), days=days), row)


@gift.command(
    "screen",
    help=N_("Record the first judgement: source of funds, conditions, reputation."),
    example="donflow gift screen 17 --source-of-funds 企业经营利润 --conditions 无 --passed",
)
@gift_argument
@click.option(
    "--source-of-funds", required=True, metavar=N_("TEXT"), help=N_("Where the money comes from.")
)
@click.option(
    "--conditions", default="无", metavar=N_("TEXT"), help=N_("What the donor asks in return.")
)
@click.option("--passed/--doubtful", default=True, help=N_("Whether anything stands against it."))
@click.option("--note", metavar=N_("TEXT"), help=N_("Remarks."))
@writes
def screen(
    act: Act, gift: str, source_of_funds: str, conditions: str, passed: bool, note: str | None
) -> Done:
    row = act.gift(gift)
    screen_gift(
        act.session,
        row,
        passed=passed,
        source_of_funds=source_of_funds,
        conditions=conditions,
        note=note,
        on=act.on,
        actor=act.actor,
        now=act.now,
    )
    return Done(say(N_("Screening of {gift} recorded."), gift=row.number), row)


@gift.command(
    "record",
    help=N_("Record a fact that a step waits for, with its day and its document."),
    example="donflow gift record 17 leader_consent --for leader --evidence 党政联席会纪要.pdf --on 2026-03-06",
)
@gift_argument
@click.argument("fact", type=NamedChoice(FACT_NAMES), metavar=N_("FACT"))
@click.option("--file", type=FILE, metavar=N_("FILE"), help=N_("The document itself."))
@click.option("--note", metavar=N_("TEXT"), help=N_("A number, or a few words."))
@writes
def record(act: Act, gift: str, fact: str, file: Path | None, note: str | None) -> Done:
    row = act.gift(gift)
    kind = RecordKind(fact)
    of_leaders = kind is RecordKind.LEADER_CONSENT
    actor = acting_in(act.actor, {Role.LEADER if of_leaders else Role.SECRETARY})
    if not of_leaders and actor.role is not Role.SECRETARY:
        raise NotPermitted(command="gift record", roles=names_of([Role.SECRETARY]))
    document = act.deposit(file).fingerprint if file else None
    add_record(
        act.session,
        row,
        kind,
        on=act.on,
        document=document,
        note=note,
        actor=actor,
        now=act.now,
    )
    return Done(
        say(N_("Recorded for {gift}: {fact}."), gift=row.number, fact=word_for(FACT_NAMES, fact)),
        row,
    )


@gift.command(
    "advance",
    help=N_("Move a gift to its next stage; refused with every reason if something is missing."),
    example="donflow gift advance 17 submit\ndonflow gift advance 17 decline --reason 附带招生条件 --for leader --evidence 会议纪要.pdf",
)
@gift_argument
@click.argument("step", metavar=N_("STEP"))
@click.option("--reason", metavar=N_("TEXT"), help=N_("Why, where a step asks for it."))
@writes
def advance(act: Act, gift: str, step: str, reason: str | None) -> Done:
    row = act.gift(gift)
    step = step_named(gift_machine(act.session, act.office, row).lifecycle, step)
    if step in OWN_COMMANDS:
        raise OwnCommand(command=f"donflow {OWN_COMMANDS[step]} {row.number}")
    heed = advance_gift(
        act.session, act.office, row, step, actor=act.actor, now=act.now, reason=reason
    )
    return moved(act, row, heed=heed)


@gift.command(
    "link",
    help=N_("Link a gift to an earlier one of the same donor, for one who returns."),
    example="donflow gift link 17 2025-8",
)
@gift_argument
@click.argument("earlier", metavar=N_("GIFT"))
@writes
def link(act: Act, gift: str, earlier: str) -> Done:
    row, other = act.gift(gift), act.other_gift(earlier)
    if row.id == other.id:
        raise SameGift(number=row.number)
    changes = {"earlier_gift_id": other.id}
    change_gift(act.session, row, changes, actor=act.actor, now=act.now)
    return Done(say(N_("{gift} follows {other}."), gift=row.number, other=other.number), row)


def moved(act: Act, row: Gift, *, heed: tuple[Sentence, ...] = ()) -> Done:
    """The answer of every command that moves a gift."""
    stage = gift_machine(act.session, act.office, row).lifecycle.stages[row.stage]
    label = act.shell.words.value(stage.label)
    sentence = say(N_("{gift} is now at: {stage}."), gift=row.number, stage=label)
    return Done(sentence, row, heed=heed)


def _with_warning(act: Act, row: Gift, done: Done) -> Done:
    """Add the warning that another department courts the same donor."""
    ended = frozenset(
        stage.name
        for stage in gift_machine(act.session, act.office, row).lifecycle.stages.values()
        if stage.end
    )
    others = courted_elsewhere(act.session, row, ended)
    if not others:
        return done
    numbers = tuple(
        say(N_("{number} ({department})"), number=other.number, department=other.department)
        if other.department
        else say(other.number)
        for other in others
    )
    sentence = say(
        N_("{said} Note: the same donor is also in {others}; speak with them first."),
        said=done.sentence,
        others=numbers,
    )
    return Done(sentence, row, {"also_in": [other.number for other in others]})
