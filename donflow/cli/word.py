"""Commands on Word files: read one as people see it, compare two, settle tracked changes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from donflow.cli.arguments import FILE, json_option
from donflow.cli.commands import Group
from donflow.cli.files import read_file, refuse_other_than_word, refuse_taken, write_new
from donflow.cli.output import dump, tell
from donflow.cli.shell import Shell
from donflow.cli.telling import tell_beside, tell_converting
from donflow.cli.word_view import tell_reading
from donflow.errors import N_

word = Group("word", help=N_("Read a Word file that came back; compare two"), no_args_is_help=True)


@word.command(
    "read",
    help=N_(
        "Read a Word file as people see it: comments with their clause, their words and their answers, changes old and new, and what hides in it."
    ),
    example="donflow word read 退回稿.docx\ndonflow word read 退回稿.docx --json",
)
@click.argument("file", type=FILE, metavar=N_("FILE"))
@json_option
@click.pass_obj
def read(shell: Shell, file: Path, as_json: bool) -> None:
    from donflow.word.reading import as_json as fixed_form
    from donflow.word.reading_apart import read_returned

    reading = read_returned(_word_file(shell, file))
    if as_json:
        click.echo(dump(fixed_form(reading, shell.words)))
        return
    tell_reading(shell, reading)


@word.command(
    "compare",
    help=N_(
        "Write a redline of two Word files: the old one with the new one's words as tracked changes."
    ),
    example="donflow word compare 第1稿.docx 第2稿.docx --redline 对比.docx",
)
@click.argument("old", type=FILE, metavar=N_("OLD"))
@click.argument("new", type=FILE, metavar=N_("NEW"))
@click.option(
    "--redline",
    type=FILE,
    required=True,
    metavar="OUT.docx",
    help=N_("The new Word file that shows the changes."),
)
@click.option(
    "--author",
    default="donflow",
    metavar=N_("NAME"),
    help=N_("Who is named as the author of the changes."),
)
@click.pass_obj
def compare(shell: Shell, old: Path, new: Path, redline: Path, author: str) -> None:
    from donflow.word.redline import compare as compared
    from donflow.word.settling import has_tracked_changes

    refuse_other_than_word(redline)
    refuse_taken(redline)
    made = compared(
        _word_file(shell, old), _word_file(shell, new), author=author, at=shell.local_now()
    )
    write_new(redline, made.docx)
    if has_tracked_changes(made.docx):
        tell(shell, N_("The changes stand in {file}."), file=str(redline))
    elif made.notes:
        tell(shell, N_("{file} shows no change, but the two are not the same."), file=str(redline))
    else:
        tell(shell, N_("The two read the same; {file} shows no change."), file=str(redline))
    for note in made.notes:
        tell_beside(shell, "not_shown", note, None)


@word.command(
    "accept",
    help=N_("Write a copy of a Word file in which every tracked change is accepted."),
    example="donflow word accept 退回稿.docx 定稿.docx",
)
@click.argument("file", type=FILE, metavar=N_("FILE"))
@click.argument("out", type=FILE, metavar=N_("OUT"))
@click.pass_obj
def accept(shell: Shell, file: Path, out: Path) -> None:
    from donflow.word.settling import accept_all

    _settle(shell, file, out, accept_all)


@word.command(
    "reject",
    help=N_("Write a copy of a Word file in which every tracked change is taken back."),
    example="donflow word reject 退回稿.docx 原稿.docx",
)
@click.argument("file", type=FILE, metavar=N_("FILE"))
@click.argument("out", type=FILE, metavar=N_("OUT"))
@click.pass_obj
def reject(shell: Shell, file: Path, out: Path) -> None:
    from donflow.word.settling import reject_all

    _settle(shell, file, out, reject_all)


def _settle(shell: Shell, file: Path, out: Path, settled: Callable[[bytes], bytes]) -> None:
    refuse_other_than_word(out)
    refuse_taken(out)
    write_new(out, settled(_word_file(shell, file)))
    tell(shell, N_("Written: {file}."), file=str(out))


def _word_file(shell: Shell, file: Path) -> bytes:
    """A Word file behind the gate; an older one as LibreOffice converts it, which is told."""
    from donflow.agreements.incoming import BY_LIBREOFFICE, word_file

    data = read_file(file)
    tell_converting(shell, file)
    made = word_file(data, name=file.name)
    if made != data:
        tell_beside(shell, "converted", BY_LIBREOFFICE, None)
    return made
