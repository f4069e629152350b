"""Commands that only look: the remarks of the last round, a returned file, and what was done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from donflow.agreements.differing import Difference
from donflow.agreements.models import Remark
from donflow.agreements.remarks import NewRemark, remarks_of
from donflow.agreements.rounds import last_round
from donflow.cli.arguments import FILE, json_option, listed
from donflow.cli.commands import Command, Group
from donflow.cli.files import refuse_other_than_word, refuse_taken, write_new
from donflow.cli.glance import veiled
from donflow.cli.looking import Look, read_upload, reads
from donflow.cli.naming import CHANNEL_NAMES, LEVEL_NAMES
from donflow.cli.options import gift_argument
from donflow.cli.output import Column, dump, tell, tell_list
from donflow.cli.remarks_view import ANSWER_NAMES, KIND_NAMES, tell_differences, tell_remarks
from donflow.cli.telling import tell_beside
from donflow.domain.masking import numbers_within
from donflow.errors import N_, DonflowError, say
from donflow.gifts.models import Gift
from donflow.lifecycle.resubmitting import compare_with_sent, kept_promises, redline_of
from donflow.lifecycle.returning import Returned, look_at_return


class NoReturnedFile(DonflowError):
    code = "no_word_file"
    message = N_("{name} is no Word file: what it says is written down by hand.")
    remedy = N_("Write down each remark: donflow review remark {gift} TEXT --clause CLAUSE")


COLUMNS = (
    Column("no", N_("No.")),
    Column("clause", N_("Clause")),
    Column("kind", N_("Kind")),
    Column("level", N_("Level")),
    Column("anchor", N_("Words it hangs on")),
    Column("text", N_("Remark")),
    Column("old", N_("Old words")),
    Column("new", N_("New words")),
    Column("outside", N_("Where nobody commented")),
    Column("parent", N_("Answers")),
    Column("author", N_("Author as the file says")),
    Column("at", N_("Time as the file says")),
    Column("answer", N_("Answer")),
    Column("answer_text", N_("In words")),
    Column("kept", N_("In the newest draft")),
)


def add_remark_lists(review: Group) -> None:
    """Put `show` and `read` into the group of the review."""
    for command in (show, read):
        review.add_command(command)


def add_compare(agreement: Group) -> None:
    """Put `compare` into the group of agreements."""
    agreement.add_command(compare)


@click.command(
    "show",
    cls=Command,
    help=N_("The remarks of the last round with their clauses and words, and their answers."),
    example="donflow review show 17\ndonflow review show 17 --xlsx 审核意见.xlsx",
)
@gift_argument
@listed
@reads
def show(look: Look, gift: str, as_json: bool, xlsx: Path | None) -> None:
    row = look.gift(gift)
    last = last_round(look.session, row.id)
    remarks = remarks_of(look.session, last.id) if last else []
    kept = kept_promises(look.session, look.office, row)
    rows = [_row(look, row, one, kept, outward=xlsx is not None) for one in remarks]
    if rows and not as_json and xlsx is None:
        tell_remarks(look.shell, rows)
        return
    told = rows if as_json else [_named(one) for one in rows]
    tell_list(look.shell, N_("Remarks"), COLUMNS, told, as_json=as_json, xlsx=xlsx)


@click.command(
    "read",
    cls=Command,
    help=N_("Look what a returned Word file would bring, before it is recorded; nothing is kept."),
    example="donflow review read 17 退回稿.docx",
)
@gift_argument
@click.argument("file", type=FILE, metavar=N_("FILE"))
@json_option
@reads
def read(look: Look, gift: str, file: Path, as_json: bool) -> None:
    row = look.gift(gift)
    returned = look_at_return(look.session, look.office, row, read_upload(file))
    if returned is None:
        raise NoReturnedFile(name=file.name, gift=row.number)
    rows = [_read_row(look, row, no, one) for no, one in enumerate(returned.items, start=1)]
    if as_json:
        click.echo(dump(_as_json(look, returned, rows)))
        return
    verdict = returned.verdict
    if verdict.wrong is not None:
        tell(look.shell, N_("Not the file that was sent: {why}."), why=verdict.wrong)
        tell_differences(look.shell, verdict.differences)
    for sentence in returned.heed:
        tell(look.shell, N_("Heed: {warning}"), warning=sentence)
    tell(
        look.shell,
        N_("{comments} remarks, {changes} changes."),
        comments=returned.comments,
        changes=returned.changes,
    )
    tell_remarks(look.shell, rows)


@click.command(
    "compare",
    cls=Command,
    help=N_(
        "What was changed since the draft that was last sent to the foundation, as a list or as a redline to send along."
    ),
    example="donflow agreement compare 17\ndonflow agreement compare 17 --redline 修改对照稿.docx",
)
@gift_argument
@click.option(
    "--redline",
    type=FILE,
    metavar="OUT.docx",
    help=N_("The new Word file that shows the changes."),
)
@json_option
@reads
def compare(look: Look, gift: str, redline: Path | None, as_json: bool) -> None:
    row = look.gift(gift)
    refuse_other_than_word(redline)
    refuse_taken(redline)
    compared = compare_with_sent(look.session, look.office, row)
    if redline is not None:
        made = redline_of(look.office, compared, at=look.shell.local_now())
        write_new(redline, made.docx)
        for note in made.notes:
            tell_beside(look.shell, "not_shown", note, None)
    if as_json:
        click.echo(
            dump(
                {
                    "sent": compared.sent.no,
                    "newest": compared.newest.no,
                    "redline": None if redline is None else str(redline),
                    "changes": [_masked(one) for one in compared.differences],
                    "heed": [look.shell.words(sentence) for sentence in compared.heed],
                }
            )
        )
        return
    tell(
        look.shell,
        N_("Draft {newest} beside draft {sent}, which was sent: {count} changes."),
        newest=compared.newest.no,
        sent=compared.sent.no,
        count=len(compared.differences),
    )
    tell_differences(look.shell, compared.differences)
    for sentence in compared.heed:
        tell(look.shell, N_("Heed: {warning}"), warning=sentence)
    if redline is not None:
        tell(look.shell, N_("The changes stand in {file}."), file=str(redline))


def _row(
    look: Look, gift: Gift, one: Remark, kept: Mapping[int, bool], *, outward: bool
) -> dict[str, Any]:
    """A remark by codes; its words without the donor's name where that is kept back."""
    words = {
        "text": one.text,
        "anchor": one.anchor,
        "old": one.old_words,
        "new": one.new_words,
        "answer_text": one.answer_text,
    }
    return {
        "no": one.no,
        "kind": one.kind,
        "clause": one.clause,
        "level": one.level,
        "channel": one.channel,
        "author": one.author,
        "at": one.written_at,
        "parent": one.parent_no,
        "outside": bool(one.outside),
        "answer": one.answer,
        "answered_on": one.answered_on,
        "kept": kept.get(one.no),
    } | {name: veiled(look, gift, text, outward=outward) for name, text in words.items()}


def _read_row(look: Look, gift: Gift, no: int, one: NewRemark) -> dict[str, Any]:
    words = {"text": one.text, "anchor": one.anchor, "old": one.old_words, "new": one.new_words}
    return {
        "no": no,
        "kind": str(one.kind),
        "clause": one.clause,
        "level": str(one.level),
        "author": one.author,
        "at": one.at,
        "parent": None if one.parent is None else one.parent + 1,
        "outside": one.outside,
        "answer": "settled" if one.settled else None,
    } | {name: veiled(look, gift, text) for name, text in words.items()}


def _masked(one: Difference) -> dict[str, str]:
    """A difference for a list: long numbers stay in the files."""
    return {
        "clause": one.clause,
        "old": numbers_within(one.old),
        "new": numbers_within(one.new),
    }


def _as_json(look: Look, returned: Returned, rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    verdict = returned.verdict
    return {
        "wrong": None if verdict.wrong is None else look.shell.words(verdict.wrong),
        "silent": returned.silent,
        "differences": [_masked(one) for one in verdict.differences],
        "heed": [look.shell.words(sentence) for sentence in returned.heed],
        "items": rows,
    }


def _named(row: Mapping[str, Any]) -> dict[str, Any]:
    """The same with words for codes, for a sheet."""
    answer = row["answer"]
    return {
        **row,
        "kind": say(KIND_NAMES[row["kind"]]),
        "level": say(LEVEL_NAMES[row["level"]]),
        "channel": say(CHANNEL_NAMES.get(row["channel"], row["channel"])),
        "outside": row["outside"] or None,
        "answer": say(ANSWER_NAMES[answer]) if answer else None,
    }
