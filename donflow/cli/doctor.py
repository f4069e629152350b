"""The command that says what ails machine, home and database, and what mends it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import click

from donflow.accounts.policy import allowed
from donflow.accounts.users import actor_of, get_user
from donflow.cli.arguments import json_option
from donflow.cli.cells import cell_len
from donflow.cli.commands import Command
from donflow.cli.naming import with_words
from donflow.cli.output import dump, tell
from donflow.cli.recovered import office_of
from donflow.cli.shell import Shell
from donflow.errors import N_, DonflowError, say
from donflow.lifecycle.doctor.finding import Code, Finding, State, mistaken, sound, warning

STATE_NAMES = {State.OK: N_("good"), State.WARNING: N_("heed"), State.FAULT: N_("FAULT")}


@click.command(
    "doctor",
    cls=Command,
    help=N_(
        "Look whether machine, home and database are sound, and say what mends each finding; 1 if anything is at fault."
    ),
    example="donflow doctor",
)
@click.option("--mail", is_flag=True, help=N_("Ask the mail server too; nothing is sent."))
@json_option
@click.pass_obj
def doctor(shell: Shell, as_json: bool, mail: bool) -> None:
    findings = list(_examine(shell, mail=mail))
    counts = Counter(finding.state for finding in findings)
    shell.exit_code = 1 if counts[State.FAULT] else 0
    if as_json:
        click.echo(dump([_as_json(shell, finding) for finding in findings]))
        return
    width = max(cell_len(shell.words(say(name))) for name in STATE_NAMES.values())
    for finding in findings:
        state = shell.words(say(STATE_NAMES[finding.state]))
        gap = " " * (width - cell_len(state))
        click.echo(f"{state}{gap}  {shell.words(with_words(finding.sentence))}")
        if finding.remedy is not None:
            click.echo(f"{'':{width}}  → {shell.words(with_words(finding.remedy))}")
    tell(
        shell,
        N_("Looked at {count} things: {faults} at fault, {warnings} to heed."),
        count=len(findings),
        faults=counts[State.FAULT],
        warnings=counts[State.WARNING],
    )


def _examine(shell: Shell, *, mail: bool) -> Iterator[Finding]:
    """What can be looked at: without a home the machine, without its database the home."""
    from donflow.lifecycle.doctor.home import examine_home
    from donflow.lifecycle.doctor.machine import examine_machine
    from donflow.lifecycle.office import Office
    from donflow.settings import FILE_NAME, keys_path

    yield from examine_machine()
    home = shell.home
    if not (home / FILE_NAME).is_file():
        yield warning(
            Code.OFFICE,
            N_("There is no office in {home}; only the machine was looked at."),
            N_("Set one up: donflow init, or name its folder with --home."),
            home=str(home),
        )
        return
    try:
        settings = shell.settings
    except DonflowError as error:
        yield mistaken(Code.OFFICE, error, N_("Mend donflow.toml with any editor."))
        return
    office = Office(home, settings, keys_path(home, shell.environment))
    yield from examine_home(office, shell.now())
    yield from _examine_database(shell)
    if mail:
        from donflow.lifecycle.doctor.mail import check_mail  # speaks to a server: when asked

        yield check_mail(office, shell.environment)


def _examine_database(shell: Shell) -> Iterator[Finding]:
    from donflow.lifecycle.doctor.database import BROKEN, why_unread

    try:
        yield from _opened_database(shell)
    except BROKEN as broken:
        yield why_unread(broken)


def _opened_database(shell: Shell) -> Iterator[Finding]:
    """As far as the database answers: of one that does not, nobody's role can be known."""
    from donflow.lifecycle.doctor.database import check_clock, check_mode, examine_database
    from donflow.lifecycle.doctor.letters import check_letters
    from donflow.settings import database_url
    from donflow.store.session import database_path, reading

    try:
        file = database_path(database_url(shell.home, shell.settings))
        if file is not None and file.is_file():
            yield check_mode(file)  # before it is opened
        opened = office_of(shell)
    except DonflowError as error:
        yield mistaken(Code.OFFICE, error, N_("Restore the newest backup: donflow restore"))
        return
    yield sound(Code.OFFICE, N_("The office can be opened."))
    now = shell.now()
    with reading(opened.store) as session:
        clock = check_clock(session, now)
        if clock.state is State.FAULT:
            yield clock  # by a clock that is slow nobody has a role yet, nor may do anything
            return
        # Whoever cannot open the office may look at the machine; its data is for those who may.
        actor = actor_of(get_user(session, shell.username), today=opened.office.today(now))
        allowed("doctor", actor.roles)
        real = None if shell.settings.exercise else now
        yield from examine_database(session, opened.office, now, real)
        yield from check_letters(session, opened.office)


def _as_json(shell: Shell, finding: Finding) -> dict[str, object]:
    remedy = finding.remedy
    return {
        "code": finding.code,
        "state": finding.state,
        "sentence": shell.words(with_words(finding.sentence)),
        "remedy": None if remedy is None else shell.words(with_words(remedy)),
        "values": {
            name: shell.words.value(value) for name, value in finding.sentence.values.items()
        },
    }
