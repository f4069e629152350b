"""Commands that write a chapter's papers: its public page, and two versions of a charter as one."""

from __future__ import annotations

from pathlib import Path

import click

from donflow.chapters.charters import NoCharter, owner_named, versions_of
from donflow.chapters.page import draw_html, draw_word
from donflow.cli.arguments import FILE, NUMBER, json_option
from donflow.cli.chapter_charter import kind_option, whose_argument
from donflow.cli.chapter_words import chapter_argument, chapter_of
from donflow.cli.commands import Command
from donflow.cli.files import refuse_other_than_word, refuse_taken, write_new
from donflow.cli.looking import Look, reads
from donflow.cli.output import tell, tell_record
from donflow.errors import N_, DonflowError
from donflow.lifecycle.chapter_dossier import open_dossier
from donflow.lifecycle.chapter_moving import chapter_kind
from donflow.lifecycle.chapter_publishing import page_of
from donflow.vault.files import read as read_stored


class NoPageAsked(DonflowError):
    code = "no_page_asked"
    message = N_("Say where to write the page.")
    remedy = N_("Add --word OUT.docx, --html OUT.html, or both.")


class NotNamedAsHtml(DonflowError):
    code = "not_named_as_html"
    message = N_("What is written is a web page, and {file} is not named as one.")
    remedy = N_("Call it {named}.")


class OneVersion(DonflowError):
    code = "one_version"
    message = N_("Of this charter there is no version {no} with one to compare it with.")
    remedy = N_("See the versions: donflow chapter show CHAPTER")


class NotInWord(DonflowError):
    code = "charter_not_in_word"
    message = N_("Versions are compared as Word files; version {no} is not one.")
    remedy = N_("File its text as .docx: donflow chapter charter --file FILE")


@click.command(
    "page",
    cls=Command,
    help=N_(
        "Write a chapter's page for publication: how to join, whom to call, profile, officers. Names and numbers only with that person's consent."
    ),
    example="donflow chapter page 3 --word 分会介绍.docx --html 分会介绍.html",
)
@chapter_argument
@click.option("--word", type=FILE, metavar="OUT.docx", help=N_("As a Word file."))
@click.option("--html", type=FILE, metavar="OUT.html", help=N_("As a web page, to paste into the site."))  # fmt: skip
@json_option
@reads
def page(look: Look, chapter: str, word: Path | None, html: Path | None, as_json: bool) -> None:
    row = chapter_of(look, chapter)
    if word is None and html is None:
        raise NoPageAsked
    refuse_other_than_word(word)
    if html is not None and html.suffix.lower() not in (".html", ".htm"):
        raise NotNamedAsHtml(file=str(html), named=f"{html.stem}.html")
    refuse_taken(word, html)
    dossier = open_dossier(look.session, look.office, row)
    drawn = page_of(look.session, look.office, dossier, today=look.today)
    if word is not None:
        write_new(word, draw_word(drawn.words))
    if html is not None:
        write_new(html, draw_html(drawn.words))
    written = [str(path) for path in (word, html) if path is not None]
    left_out = [look.shell.words(each) for each in drawn.left_out]
    if as_json:
        told = {"chapter": row.id, "files": written, "left_out": left_out}
        tell_record(look.shell, told)
        return
    tell(look.shell, N_("The page of {name} stands in {files}."), name=row.name, files=written)
    for line in left_out:
        click.echo(f"  {line}")
    tell(
        look.shell,
        N_("Once it is published: donflow chapter record {number} publication --on DAY"),
        number=row.id,
    )


@click.command(
    "compare",
    cls=Command,
    help=N_("Write two versions of a charter as one Word file with tracked changes."),
    example="donflow chapter compare 3 --redline 章程对比.docx\ndonflow chapter compare --old 1 --new 3 --redline 章程对比.docx",
)
@whose_argument
@kind_option
@click.option("--old", type=NUMBER, metavar=N_("NO"), help=N_("The older version; the one before the new one if left out."))  # fmt: skip
@click.option("--new", type=NUMBER, metavar=N_("NO"), help=N_("The newer version; the newest if left out."))  # fmt: skip
@click.option("--redline", type=FILE, required=True, metavar="OUT.docx", help=N_("The new Word file that shows the changes."))  # fmt: skip
@json_option
@reads
def compare(
    look: Look,
    chapter: str | None,
    kind: str | None,
    old: int | None,
    new: int | None,
    redline: Path,
    as_json: bool,
) -> None:
    from donflow.word.redline import compare as compared

    refuse_other_than_word(redline)
    refuse_taken(redline)
    owner = owner_named(
        chapter_of(look, chapter) if chapter else None,
        chapter_kind(look.session, look.office, kind) if kind else None,
    )
    versions = {each.version: each.document for each in versions_of(look.session, owner)}
    if not versions:
        raise NoCharter
    newer = max(versions) if new is None else new
    older = newer - 1 if old is None else old
    for number in (newer, older):
        if number not in versions:
            raise OneVersion(no=newer)
    texts = {number: read_stored(look.office.vault, versions[number]) for number in (older, newer)}
    for number, text in texts.items():
        if not text.startswith(b"PK"):
            raise NotInWord(no=number)
    author = look.office.settings.office or "donflow"
    made = compared(texts[older], texts[newer], author=author, at=look.shell.local_now())
    write_new(redline, made.docx)
    if as_json:
        tell_record(look.shell, {"old": older, "new": newer, "redline": str(redline)})
        return
    tell(
        look.shell,
        N_("Version {old} and version {new} stand side by side in {file}."),
        old=older,
        new=newer,
        file=str(redline),
    )
