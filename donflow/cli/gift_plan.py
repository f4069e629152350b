"""Commands on what a gift still asks for: the parts it is paid in, and what the office owes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from donflow.cli.acting import Act, Done, writes
from donflow.cli.arguments import DAY, FILE, MONEY, NUMBER, listed
from donflow.cli.commands import Group
from donflow.cli.glance import OWNER_NAMES, unnamed
from donflow.cli.looking import Look, reads
from donflow.cli.naming import OBLIGATION_NAMES, OUTCOME_NAMES, word_for
from donflow.cli.options import gift_argument
from donflow.cli.output import Column, tell_list
from donflow.errors import N_, DonflowError, Sentence, say
from donflow.gifts.models import Gift, Instalment
from donflow.gifts.payments import payments_of
from donflow.gifts.plan import Part, instalments_of, poured
from donflow.gifts.register import donor_of
from donflow.lifecycle.editing import plan_gift
from donflow.lifecycle.obligations import get_obligation, obligations_of, settle_obligation
from donflow.lifecycle.visible import visible_gifts


class NotAPart(DonflowError):
    code = "not_a_part"
    message = N_("“{text}” is not a part of a plan.")
    remedy = N_("Write each as a day and a sum, such as 2026-06-30=100000.")


class PartType(click.ParamType[Part]):
    """A day and a sum: 2026-06-30=100000."""

    name = "part"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Part:
        if isinstance(value, Part):
            return value
        day, sign, amount = str(value).partition("=")
        if not sign:
            raise NotAPart(text=str(value))
        return Part(DAY.convert(day, param, ctx), MONEY.convert(amount, param, ctx))


planning = Group("gift")


def add_plan_commands(group: Group) -> None:
    """Put these commands into the group of gifts."""
    for command in (instalments, obligations, obligation):
        group.add_command(command)


@planning.command(
    "instalments",
    help=N_("Set the parts in which a gift is paid; they add up to its amount."),
    example="donflow gift instalments 17 --part 2026-06-30=100000 --part 2027-06-30=100000",
)
@gift_argument
@click.option(
    "--part", "parts", type=PartType(), multiple=True, required=True, metavar=N_("DAY=AMOUNT"),
    help=N_("One part: the day by which it is to be paid, and its sum."),
)  # fmt: skip
@writes
def instalments(act: Act, gift: str, parts: Sequence[Part]) -> Done:
    row = act.gift(gift)
    before = [_told(part) for part in instalments_of(act.session, row.id)]
    planned = plan_gift(act.session, act.office, row, parts, actor=act.actor, now=act.now)
    after = [_told(part) for part in planned]
    heed: tuple[Sentence, ...] = ()
    if before and before != after:
        was = tuple(_in_words(one) for one in before)
        heed = (say(N_("Before, the plan was: {parts}."), parts=was),)
    sentence = say(
        N_("{gift} is paid in these parts: {parts}."),
        gift=row.number,
        parts=tuple(_in_words(one) for one in after),
    )
    return Done(sentence, row, {"instalments": len(after)}, heed=heed)


@planning.command(
    "obligations",
    help=N_("What the office owes for a gift, or for all: reports on the use, the naming's end."),
    example="donflow gift obligations 17\ndonflow gift obligations --all --xlsx 履约义务.xlsx",
)
@click.argument("gift", required=False, metavar=N_("GIFT"))
@click.option("--all", "everything", is_flag=True, help=N_("Also those that were met or waived."))
@listed
@reads
def obligations(
    look: Look, gift: str | None, everything: bool, as_json: bool, xlsx: Path | None
) -> None:
    columns = (
        Column("obligation", N_("No.")),
        Column("due_on", N_("Due")),
        Column("what", N_("What")),
        Column("gift", N_("Gift")),
        Column("donor", N_("Donor")),
        Column("owner", N_("Waits for")),
        Column("done_on", N_("Done")),
        Column("outcome", N_("Outcome")),
        Column("reason", N_("Reason")),
    )
    seen = visible_gifts(look.scope, look.user)
    gifts = [look.gift(gift)] if gift else list(look.session.scalars(seen))
    by_id = {row.id: row for row in gifts}
    rows: list[dict[str, object]] = []
    for task in obligations_of(look.session, gifts, everything=everything):
        row = by_id[task.subject_id]
        donor = (
            None if unnamed(look, row, outward=xlsx is not None) else donor_of(look.session, row)
        )
        outcome = task.outcome
        rows.append(
            {
                "obligation": task.id,
                "due_on": task.due_on,
                "what": task.kind if as_json else word_for(OBLIGATION_NAMES, task.kind),
                "gift": row.number,
                "donor": donor.name if donor else None,
                "owner": task.owner if as_json else word_for(OWNER_NAMES, task.owner),
                "overdue": task.done_at is None and task.due_on < look.today,
                "done_on": look.office.today(task.done_at) if task.done_at else None,
                "outcome": word_for(OUTCOME_NAMES, outcome) if outcome and not as_json else outcome,
                "reason": task.reason,
                "evidence": task.evidence,
            }
        )
    tell_list(look.shell, N_("Obligations"), columns, rows, as_json=as_json, xlsx=xlsx)


@planning.command(
    "obligation",
    help=N_("Record that an obligation was met, or waive it; the next one is planned."),
    example="donflow gift obligation 17 4 --file 2026年度捐赠使用报告.pdf\ndonflow gift obligation 17 5 --waive --reason 捐赠人来函免于续签",
)
@gift_argument
@click.argument("number", type=NUMBER, metavar=N_("NO"))
@click.option("--file", type=FILE, metavar=N_("FILE"), help=N_("The report, or another proof."))
@click.option("--waive", is_flag=True, help=N_("It need not be done; say why."))
@click.option("--reason", metavar=N_("TEXT"), help=N_("Why, or what came of it."))
@writes
def obligation(
    act: Act, gift: str, number: int, file: Path | None, waive: bool, reason: str | None
) -> Done:
    row = act.gift(gift)
    task = get_obligation(act.session, row, number)
    outside = act.actor.on_behalf_of
    proof = act.deposit(file).fingerprint if file else outside.document if outside else None
    settle_obligation(
        act.session,
        act.office,
        task,
        waived=waive,
        reason=reason,
        evidence=proof,
        actor=act.actor,
        now=act.now,
    )
    said = N_("Waived for {gift}: {kind}.") if waive else N_("Done for {gift}: {kind}.")
    what = word_for(OBLIGATION_NAMES, task.kind)
    return Done(say(said, gift=row.number, kind=what), row, {"obligation": number})


def plan_rows(look: Look, gift: Gift) -> list[dict[str, object]]:
    """The parts of a gift's plan with the money that lies on each."""
    parts = instalments_of(look.session, gift.id)
    money = [payment for payment in payments_of(look.session, gift.id) if payment.counts]
    lying = poured(parts, money)
    return [
        {
            "no": part.no,
            "pay_by": part.pay_by,
            "amount": part.amount,
            "stage": part.stage,
            "received_minor": lying[part.id],
            "waived_minor": part.waived_minor,
        }
        for part in parts
    ]


def plan_line(look: Look, gift: Gift) -> tuple[Sentence, ...]:
    """The parts of a plan of several in words; nothing of a gift that is paid at once."""
    parts = instalments_of(look.session, gift.id)
    if len(parts) < 2:
        return ()
    machine = look.office.machine(look.session, gift.workflow_version, Instalment.lifecycle)
    return tuple(
        say(
            N_("{no}: {amount} by {day}, {stage}"),
            no=part.no,
            amount=part.amount,
            day=part.pay_by,
            stage=machine.lifecycle.stages[part.stage].label,
        )
        for part in parts
    )


def _told(part: Instalment) -> Part:
    return Part(part.pay_by, part.amount)


def _in_words(part: Part) -> Sentence:
    return say(N_("{amount} by {day}"), amount=part.amount, day=part.pay_by)
