"""Commands that keep an office through damage and time: backup, restore, upgrade."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from donflow.cli.arguments import FILE, json_option
from donflow.cli.commands import Command
from donflow.cli.files import FileUnreadable
from donflow.cli.looking import looking
from donflow.cli.output import tell, tell_record
from donflow.cli.shell import Shell
from donflow.errors import N_, Sentence, say

if TYPE_CHECKING:
    from donflow.lifecycle.backing_up import Checked


@click.command(
    "backup",
    cls=Command,
    help=N_("Write a backup while others work, restore it aside, and verify it; without the keys."),
    example="donflow backup\ndonflow backup --out 备份.zip",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar=N_("FILE"),
    help=N_("A file ending in .zip, or a folder; else backups in the home."),
)
@json_option
@click.pass_obj
def backup(shell: Shell, out: Path | None, as_json: bool) -> None:
    from donflow.lifecycle.backing_up import back_up, note_backup  # only this command needs it

    with looking(shell, "backup") as look:
        actor, office = look.actor, look.office
    store = shell.office.store
    with _progress(shell, as_json) as progress:
        made = back_up(store, office, out=out, now=shell.now(), progress=progress)
    note_backup(store, made, actor=actor, now=shell.now())
    _judge(shell, made.checked)
    if as_json:
        record = {"file": str(made.path), "size": made.size, **_record(shell, made.checked)}
        tell_record(shell, record | {"keys": str(office.keys_file)})
        return
    tell(
        shell,
        N_("Written and proven: {file} ({size} KB; {rows} rows, {files} files)."),
        file=str(made.path),
        size=-(-made.size // 1024),
        **_counts(made.checked),
    )
    tell(
        shell,
        N_("The keys are not in it. Keep a copy of {keys} elsewhere."),
        keys=str(office.keys_file),
    )
    tell(
        shell, N_("Nor are the copies in papers, nor the address of a database with its password.")
    )
    _tell_findings(shell, made.checked.findings)


@click.command(
    "restore",
    cls=Command,
    help=N_("Make an office in an empty --home of a backup alone; or only check the backup."),
    example="donflow restore 备份.zip --home 新家 --keys 旧家.keys\ndonflow restore 备份.zip --check",
)
@click.argument("file", type=FILE, metavar=N_("FILE"))
@click.option("--keys", type=FILE, metavar=N_("FILE"), help=N_("The copy of the key file."))
@click.option("--database", metavar=N_("URL"), help=N_("An empty PostgreSQL database for it."))
@click.option("--check", is_flag=True, help=N_("Only restore it aside and verify it."))
@json_option
@click.pass_obj
def restore(
    shell: Shell, file: Path, keys: Path | None, database: str | None, check: bool, as_json: bool
) -> None:
    from donflow.bootstrap import check_backup, restore_office  # loads the database
    from donflow.settings import keys_path

    if not file.is_file():
        raise FileUnreadable(file=str(file))
    if check:
        checked = check_backup(file)
        _judge(shell, checked)
        if as_json:
            tell_record(shell, _record(shell, checked))
            return
        tell(
            shell,
            N_("The backup of {made_at} is whole: {rows} rows, {files} files."),
            made_at=checked.manifest.made_at,
            **_counts(checked),
        )
        _tell_findings(shell, checked.findings)
        return
    home = shell.home
    with _progress(shell, as_json) as progress:
        done = restore_office(
            file,
            home,
            shell.environment,
            url=database,
            keys_from=keys,
            now=shell.now(),
            progress=progress,
        )
    _judge(shell, done.checked)
    keys_file = str(keys_path(home, shell.environment))
    if as_json:
        record = {"home": str(home), **_record(shell, done.checked)}
        tell_record(shell, record | {"keys": keys_file, "keys_there": done.keys_there})
        return
    tell(
        shell,
        N_("An office is restored in {home}, as of {made_at}: {rows} rows, {files} files."),
        home=str(home),
        made_at=done.checked.manifest.made_at,
        **_counts(done.checked),
    )
    if not done.keys_there:
        tell(
            shell,
            N_("Its keys are missing: encrypted fields are unreadable until they are at {keys}."),
            keys=keys_file,
        )
    tell(shell, N_("It is held: nothing goes out or moves by itself until you release it."))
    tell(
        shell,
        N_('If this is the office now: donflow --home "{home}" instance release --yes'),
        home=str(home),
    )
    _tell_findings(shell, done.checked.findings)


@click.command(
    "upgrade",
    cls=Command,
    help=N_("Bring the office's database to this donflow; a proven backup is made before."),
    example="donflow upgrade",
)
@json_option
@click.pass_obj
def upgrade(shell: Shell, as_json: bool) -> None:
    from donflow.bootstrap import upgrade_office  # loads the database

    before, after, made = upgrade_office(
        shell.home, shell.settings, shell.environment, now=shell.now()
    )
    if as_json:
        path = str(made.path) if made else None
        tell_record(shell, {"from": before, "to": after, "backup": path})
    elif made is None:
        tell(shell, N_("The database is as this donflow needs it; nothing was done."))
    else:
        tell(shell, N_("Backup before the upgrade: {file}"), file=str(made.path))
        tell(
            shell,
            N_("The database is upgraded from schema {before} to {after}."),
            before=before,
            after=after,
        )


def _counts(checked: Checked) -> dict[str, int]:
    return {"rows": sum(checked.manifest.rows.values()), "files": len(checked.manifest.files)}


def _record(shell: Shell, checked: Checked) -> dict[str, object]:
    manifest = checked.manifest
    return {
        "made_at": manifest.made_at,
        "donflow": manifest.donflow,
        "schema": manifest.schema,
        "instance": manifest.instance,
        **_counts(checked),
        "findings": [shell.words(sentence) for sentence in checked.findings],
    }


def _judge(shell: Shell, checked: Checked) -> None:
    shell.exit_code = 1 if checked.findings else 0


def _tell_findings(shell: Shell, findings: Sequence[Sentence]) -> None:
    if findings:
        tell(shell, N_("It holds what donflow verify finds in the office itself:"))
        for sentence in findings:
            click.echo(f"  · {shell.words(sentence)}")


@contextmanager
def _progress(shell: Shell, as_json: bool) -> Iterator[Callable[[int, int], None]]:
    """A line that counts on a terminal, and nothing elsewhere."""
    shown = sys.stderr.isatty() and not as_json

    def told(done: int, total: int) -> None:
        if shown and (done % 50 == 0 or done == total):
            line = say(N_("{done} of {total} files"), done=done, total=total)
            click.echo(f"\r{shell.words(line)}", nl=done == total, err=True)

    yield told
