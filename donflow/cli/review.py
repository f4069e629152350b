"""Commands of the foundation's review: remarks, return, answers, approval."""

from __future__ import annotations

from pathlib import Path

import click

from donflow.agreements.remarks import ANSWERS, NewRemark, answer_remark, set_level
from donflow.cli.acting import Act, Done, writes
from donflow.cli.arguments import FILE, NUMBER, NamedChoice
from donflow.cli.commands import Group
from donflow.cli.gift import channel_option, moved
from donflow.cli.looking import read_upload
from donflow.cli.naming import LEVEL_NAMES
from donflow.cli.options import gift_argument
from donflow.cli.remarks import add_remark_lists
from donflow.domain.guards.reviewing import CAPACITIES
from donflow.errors import N_, say
from donflow.lifecycle.returning import return_draft
from donflow.lifecycle.reviewing import approve, remark

review = Group("review", help=N_("The foundation's review"), no_args_is_help=True)
add_remark_lists(review)

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
    entered = remark(
        act.session, act.office, row, new, channel=channel, actor=act.actor, now=act.now
    )
    return Done(say(N_("Remark {no} on {gift} recorded."), no=entered.no, gift=row.number), row)


@review.command(
    "return",
    help=N_(
        "The foundation sends the text back: every comment and change of its Word file becomes a remark, and the gift moves."
    ),
    example="donflow review return 17 --for reviewer --evidence 退回稿.docx\ndonflow review return 17 --remark 第三条请写明到账期限 --channel phone --for reviewer --evidence 通话记录.pdf",
)
@gift_argument
@click.option(
    "--remark",
    "remarks",
    multiple=True,
    metavar=N_("TEXT"),
    help=N_("A remark beside those in the file; may be given several times."),
)
@level_option
@clause_option
@channel_option
@click.option(
    "--file",
    type=FILE,
    metavar=N_("FILE"),
    help=N_("The Word file that comes back, where it is not the evidence."),
)
@click.option(
    "--although",
    metavar=N_("REASON"),
    help=N_("Take the file though it looks like another one; say why."),
)
@writes
def return_(
    act: Act,
    gift: str,
    remarks: tuple[str, ...],
    level: str,
    clause: str | None,
    channel: str,
    file: Path | None,
    although: str | None,
) -> Done:
    row = act.gift(gift)
    entered = [NewRemark(text, level, clause) for text in remarks]
    returned = return_draft(
        act.session,
        act.office,
        row,
        entered,
        channel=channel,
        upload=read_upload(file) if file else act.proof,
        although=although,
        actor=act.actor,
        now=act.now,
    )
    done = moved(act, row)
    if returned is None:
        return done
    stage = done.sentence.values["stage"]
    sentence = say(
        N_("{gift} is now at: {stage}. Read from the file: {comments} remarks, {changes} changes."),
        gift=row.number,
        stage=stage,
        comments=returned.comments,
        changes=returned.changes,
    )
    counts = {"comments": returned.comments, "changes": returned.changes}
    return Done(sentence, row, counts, heed=returned.heed)


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
        upload=act.proof,
        actor=act.actor,
        now=act.now,
    )
    if not still:
        return moved(act, row)
    names = act.shell.words.value(tuple(say(CAPACITIES.get(code, code)) for code in still))
    return Done(say(N_("Consent recorded; still missing: {names}."), names=names), row)


@review.command(
    "level",
    help=N_("Say how binding a remark is, where it was read otherwise."),
    example="donflow review level 17 2 should",
)
@gift_argument
@click.argument("no", type=NUMBER, metavar=N_("NO"))
@click.argument("level", type=NamedChoice(LEVEL_NAMES), metavar=N_("LEVEL"))
@writes
def level_(act: Act, gift: str, no: int, level: str) -> Done:
    row = act.gift(gift)
    set_level(act.session, row, no, level, actor=act.actor, now=act.now)
    word = act.shell.words(say(LEVEL_NAMES[level]))
    return Done(say(N_("Remark {no} of {gift}: {level}."), no=no, gift=row.number, level=word), row)
