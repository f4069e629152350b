"""Commands of the foundation's review: remarks, return, answers, approval."""

from __future__ import annotations

from pathlib import Path

import click

from donflow.agreements.rounds import ANSWERS, answer_remark, last_round, remarks_of
from donflow.cli.acting import Act, Done, writes
from donflow.cli.arguments import FILE, NUMBER, NamedChoice, listed
from donflow.cli.commands import Group
from donflow.cli.gift import channel_option, moved
from donflow.cli.looking import Look, reads
from donflow.cli.naming import LEVEL_NAMES
from donflow.cli.options import gift_argument
from donflow.cli.output import Column, tell_list
from donflow.domain.guards.reviewing import CAPACITIES
from donflow.errors import N_, say
from donflow.lifecycle.reviewing import NewRemark, approve, remark, return_draft

review = Group("review", help=N_("The foundation's review"), no_args_is_help=True)

level_option = click.option(
    "--level", type=NamedChoice(LEVEL_NAMES), default="must", help=N_("How binding it is.")
)
clause_option = click.option(
    "--clause", metavar=N_("CLAUSE"), help=N_("The clause it speaks of, for example 第三条.")
)


@review.command(
    "remark",
    help=N_("Write down one remark of the reviewer, by whatever channel it came."),
    example="donflow review remark 17 管理费比例请写明 --clause 第五条 --channel phone",
)
@gift_argument
@click.argument("text", metavar=N_("TEXT"))
@level_option
@clause_option
@channel_option
@writes
def remark_(act: Act, gift: str, text: str, level: str, clause: str | None, channel: str) -> Done:
    row = act.gift(gift)
    new = NewRemark(text, level, clause)
    entered = remark(act.session, row, new, channel=channel, actor=act.actor, now=act.now)
    return Done(say(N_("Remark {no} on {gift} recorded."), no=entered.no, gift=row.number), row)


@review.command(
    "return",
    help=N_("The foundation sends the text back: record its remarks and move the gift."),
    example="donflow review return 17 --remark 第三条请写明到账期限 --for reviewer --evidence 退回稿.docx",
)
@gift_argument
@click.option(
    "--remark",
    "remarks",
    multiple=True,
    metavar=N_("TEXT"),
    help=N_("A remark; may be given several times."),
)
@level_option
@clause_option
@channel_option
@writes
def return_(
    act: Act, gift: str, remarks: tuple[str, ...], level: str, clause: str | None, channel: str
) -> Done:
    row = act.gift(gift)
    entered = [NewRemark(text, level, clause) for text in remarks]
    return_draft(
        act.session,
        act.office,
        row,
        entered,
        channel=channel,
        actor=act.actor,
        now=act.now,
    )
    return moved(act, row)


@review.command(
    "answer",
    help=N_("Answer one remark: accepted, changed otherwise, or declined with a reason."),
    example="donflow review answer 17 1 --accepted\ndonflow review answer 17 2 --declined --text 与范本一致",
)
@gift_argument
@click.argument("no", type=NUMBER, metavar=N_("NO"))
@click.option(
    "--accepted", "answer", flag_value="accepted", default=True, help=N_("Done as asked.")
)
@click.option("--changed", "answer", flag_value="changed", help=N_("Met in another way."))
@click.option("--declined", "answer", flag_value="declined", help=N_("Not done; say why."))
@click.option("--text", metavar=N_("TEXT"), help=N_("The answer in words."))
@writes
def answer(act: Act, gift: str, no: int, answer: str, text: str | None) -> Done:
    row = act.gift(gift)
    answered = answer if answer in ANSWERS else ANSWERS[0]
    if answered != "accepted" and not text:
        raise click.UsageError(act.shell.words(say(N_("Say why with --text."))))
    answer_remark(
        act.session,
        row,
        no,
        answer=answered,
        text=text,
        on=act.on,
        actor=act.actor,
        now=act.now,
    )
    return Done(say(N_("Remark {no} of {gift} answered."), no=no, gift=row.number), row)


@review.command(
    "approve",
    help=N_("Record consent to the text under review; the last one freezes it."),
    example="donflow review approve 17 --for reviewer --evidence 审核意见.pdf",
)
@gift_argument
@click.option(
    "--as-capacity",
    "capacities",
    multiple=True,
    type=NamedChoice(CAPACITIES),
    help=N_("Only in this capacity."),
)
@click.option("--minutes", metavar=N_("NUMBER"), help=N_("The number of a body's minutes."))
@click.option("--scan", type=FILE, metavar=N_("SCAN"), help=N_("The scan of a body's minutes."))
@writes
def approve_(
    act: Act, gift: str, capacities: tuple[str, ...], minutes: str | None, scan: Path | None
) -> Done:
    row = act.gift(gift)
    still = approve(
        act.session,
        act.office,
        row,
        capacities=capacities,
        minutes_number=minutes,
        scan=act.deposit(scan) if scan else None,
        actor=act.actor,
        now=act.now,
    )
    if not still:
        return moved(act, row)
    names = act.shell.words.value(tuple(say(CAPACITIES.get(code, code)) for code in still))
    return Done(say(N_("Consent recorded; still missing: {names}."), names=names), row)


@review.command(
    "show",
    help=N_("The remarks of the last round and their answers."),
    example="donflow review show 17",
)
@gift_argument
@listed
@reads
def show(look: Look, gift: str, as_json: bool, xlsx: Path | None) -> None:
    row = look.gift(gift)
    columns = (
        Column("no", N_("No.")),
        Column("clause", N_("Clause")),
        Column("level", N_("Level")),
        Column("text", N_("Remark")),
        Column("answer", N_("Answer")),
        Column("answer_text", N_("In words")),
    )
    last = last_round(look.session, row.id)
    rows: list[dict[str, object]] = [
        {
            "no": item.no,
            "clause": item.clause,
            "level": item.level if as_json else say(LEVEL_NAMES[item.level]),
            "text": item.text,
            "answer": item.answer if as_json or not item.answer else say(ANSWER_NAMES[item.answer]),
            "answer_text": item.answer_text,
        }
        for item in (remarks_of(look.session, last.id) if last else [])
    ]
    tell_list(look.shell, N_("Remarks"), columns, rows, as_json=as_json, xlsx=xlsx)


ANSWER_NAMES = {
    "accepted": N_("accepted"),
    "changed": N_("met otherwise"),
    "declined": N_("declined"),
}
