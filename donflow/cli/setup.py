"""The command that sets up an office in a folder of its own."""

from __future__ import annotations

import click

from donflow.cli.arguments import NamedChoice
from donflow.cli.commands import Command
from donflow.cli.naming import DESK_NAMES
from donflow.cli.output import tell
from donflow.cli.shell import Shell
from donflow.errors import N_, DonflowError, say

TEMPLATE = """\
# {about}
university = {university}
school = {school}
office = {office}
custodian = {custodian}
desk = {desk}  # {about_desk}
user = {user}
lang = {lang}
timezone = "Asia/Shanghai"
template_days = 30
thank_within_workdays = 3
merge_sure = false  # {about_merge_sure}
{database}{exercise}
[foundation]
name = {foundation}
number = {number}
representative = {representative}
address = {address}
contact = {contact}
phone = {phone}
account_name = {account_name}
account_bank = {account_bank}
account_number = {account_number}

# {about_vacations}
# [[vacations]]
# name = "寒假"
# first = 2027-01-16
# last = 2027-02-21

# {about_workdays}
# [workdays]
# "2027-02-06" = true
"""


COMMENTS = {
    "about": N_("The office's settings. Change them with any editor; a wrong line is named."),
    "about_desk": N_("single: the foundation never logs in; shared: it has users here"),
    "about_merge_sure": N_("true: sure doubles of the roster are merged without being asked"),
    "about_vacations": N_("The school's vacations, during which clocks pause:"),
    "about_workdays": N_("Working days announced after this version of donflow:"),
}


class NoSecondPerson(DonflowError):
    code = "no_second_person"
    message = N_("In a shared desk a second person confirms each new user; there would be none.")
    remedy = N_("Name an administrator too: --admin USER --admin-name NAME")


@click.command(
    "init",
    cls=Command,
    help=N_("Set up an office: settings, lifecycles, templates, database, keys, first user."),
    example="donflow init --school 云麓大学管理学院 --foundation 云麓大学教育发展基金会 --user lin --name 林秘书",
)
@click.option("--university", default="", metavar=N_("NAME"), help=N_("The university."))
@click.option("--school", default="", metavar=N_("NAME"), help=N_("The school."))
@click.option("--office", default="", metavar=N_("NAME"), help=N_("The office."))
@click.option("--custodian", default="", metavar=N_("NAME"), help=N_("Who keeps the files."))
@click.option(
    "--desk",
    type=NamedChoice(DESK_NAMES),
    default="single",
    help=N_("Whether the foundation's people have users here."),
)
@click.option(
    "--user", default="secretary", metavar=N_("USER"), help=N_("The first user's short name.")
)
@click.option(
    "--name",
    "display_name",
    default="校友秘书",
    metavar=N_("NAME"),
    help=N_("The first user's name."),
)
@click.option(
    "--admin",
    metavar=N_("USER"),
    help=N_("The administrator's short name: the second person of a shared desk."),
)
@click.option(
    "--admin-name", default="管理员", metavar=N_("NAME"), help=N_("The administrator's name.")
)
@click.option("--foundation", default="", metavar=N_("NAME"), help=N_("The foundation's name."))
@click.option(
    "--number", default="", metavar=N_("NUMBER"), help=N_("The foundation's credit code.")
)
@click.option(
    "--representative", default="", metavar=N_("NAME"), help=N_("The foundation's representative.")
)
@click.option("--address", default="", metavar=N_("TEXT"), help=N_("The foundation's address."))
@click.option(
    "--contact", default="", metavar=N_("NAME"), help=N_("The foundation's contact person.")
)
@click.option("--phone", default="", metavar=N_("NUMBER"), help=N_("The foundation's telephone."))
@click.option(
    "--bank", "account_bank", default="", metavar=N_("NAME"), help=N_("The foundation's bank.")
)
@click.option(
    "--account",
    "account_number",
    default="",
    metavar=N_("NUMBER"),
    help=N_("The foundation's account number."),
)
@click.option(
    "--database",
    default="",
    metavar=N_("URL"),
    help=N_(
        "A database on a server, else one file in the home: postgresql://donflow@server/donflow"
    ),
)
@click.option(
    "--exercise", is_flag=True, hidden=True, help=N_("For exercise: the clock may be set.")
)
@click.pass_obj
def init(
    shell: Shell,
    /,
    display_name: str,
    user: str,
    admin: str | None,
    admin_name: str,
    database: str,
    exercise: bool,
    **given: str,
) -> None:
    from donflow.bootstrap import set_up  # loads the database
    from donflow.settings import FILE_NAME, read_text

    if given["desk"] == "shared" and admin is None:
        raise NoSecondPerson
    shell.exercise = exercise
    values = given | {"user": user, "account_name": given["foundation"]}
    text = TEMPLATE.format(
        lang=_toml(shell.words.language),
        **{name: shell.words(say(message)) for name, message in COMMENTS.items()},
        database=f"database = {_toml(database)}\n" if database else "",
        exercise="exercise = true\n" if exercise else "",
        **{name: _toml(value) for name, value in values.items()},
    )
    settings = read_text(text, shell.environment)
    sheet = set_up(
        shell.home,
        text,
        settings,
        shell.environment,
        display_name=display_name,
        admin=(admin, admin_name) if admin else None,
        now=shell.now(),
    )
    tell(shell, N_("An office is set up in {home}."), home=str(shell.home))
    if not exercise:
        tell(shell, N_("Print this key sheet once, seal it in an envelope, and keep it apart:"))
        click.echo(sheet)
        tell(
            shell,
            N_("Next: fill in {file}, then donflow gift new --help"),
            file=str(shell.home / FILE_NAME),
        )


def _toml(value: str) -> str:
    """A TOML basic string of any text."""
    import json

    return json.dumps(value, ensure_ascii=False)
