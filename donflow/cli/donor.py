"""Commands of the donor's check: sent, objected, explained, reworked, agreed."""

from __future__ import annotations

import click

from donflow.agreements.donor_checks import answer_objection
from donflow.cli.acting import Act, Done, writes
from donflow.cli.arguments import NUMBER
from donflow.cli.commands import Group
from donflow.cli.gift import channel_option, moved
from donflow.cli.options import gift_argument
from donflow.errors import N_, say
from donflow.lifecycle import answering

donor = Group("donor", help=N_("The donor's answer to the approved text"), no_args_is_help=True)


@donor.command(
    "send",
    help=N_("Record that the approved text went to the donor."),
    example="donflow donor send 17 --channel wechat",
)
@gift_argument
@channel_option
@writes
def send(act: Act, gift: str, channel: str) -> Done:
    row = act.gift(gift)
    answering.send(act.session, act.office, row, channel=channel, actor=act.actor, now=act.now)
    return moved(act, row)


@donor.command(
    "object",
    help=N_("Record the donor's objections, item by item."),
    example="donflow donor object 17 奖学金名称请用全称 --for donor --evidence 微信截图.png",
)
@gift_argument
@click.argument("items", nargs=-1, required=True, metavar=N_("TEXT"))
@writes
def object_(act: Act, gift: str, items: tuple[str, ...]) -> Done:
    row = act.gift(gift)
    answering.object_(act.session, act.office, row, items, actor=act.actor, now=act.now)
    return moved(act, row)


@donor.command(
    "answer",
    help=N_("Answer one objection: what was explained, or what will be changed."),
    example="donflow donor answer 17 1 已在第2稿改用全称",
)
@gift_argument
@click.argument("no", type=NUMBER, metavar=N_("NO"))
@click.argument("text", metavar=N_("TEXT"))
@writes
def answer(act: Act, gift: str, no: int, text: str) -> Done:
    row = act.gift(gift)
    answer_objection(act.session, row, no, text=text, on=act.on, actor=act.actor, now=act.now)
    return Done(say(N_("Objection {no} of {gift} answered."), no=no, gift=row.number), row)


@donor.command(
    "explain",
    help=N_("The objections were explained, the text stays: give it to the donor again."),
    example="donflow donor explain 17 --channel phone",
)
@gift_argument
@channel_option
@writes
def explain(act: Act, gift: str, channel: str) -> Done:
    row = act.gift(gift)
    answering.send(
        act.session,
        act.office,
        row,
        channel=channel,
        name="explain",
        actor=act.actor,
        now=act.now,
    )
    return moved(act, row)


@donor.command(
    "rework",
    help=N_("Take the text back to change it: its approval lapses."),
    example="donflow donor rework 17 --reason 按捐赠人意见改用奖学金全称",
)
@gift_argument
@click.option("--reason", metavar=N_("TEXT"), help=N_("Why the text is to change."))
@writes
def rework(act: Act, gift: str, reason: str | None) -> Done:
    row = act.gift(gift)
    answering.rework(act.session, act.office, row, reason=reason, actor=act.actor, now=act.now)
    return moved(act, row)


@donor.command(
    "agree",
    help=N_("Record that the donor agrees to the approved text."),
    example="donflow donor agree 17 --for donor --evidence 确认回复.png",
)
@gift_argument
@writes
def agree(act: Act, gift: str) -> Done:
    row = act.gift(gift)
    answering.agree(act.session, act.office, row, actor=act.actor, now=act.now)
    return moved(act, row)
