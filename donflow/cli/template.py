"""Commands on templates: which there are, and that one is the newest."""

from __future__ import annotations

from pathlib import Path

import click

from donflow.agreements.drafting import confirmed_on, template_fingerprint, template_of
from donflow.cli.acting import Act, Done, writes
from donflow.cli.arguments import listed
from donflow.cli.commands import Group
from donflow.cli.looking import Look, reads
from donflow.cli.output import Column, tell_list
from donflow.errors import N_, say
from donflow.lifecycle.drafting import confirm_newest

template = Group("template", help=N_("The foundation's templates"), no_args_is_help=True)


@template.command(
    "list",
    help=N_("The templates in the home, and when each was confirmed as the newest."),
    example="donflow template list",
)
@listed
@reads
def list_(look: Look, as_json: bool, xlsx: Path | None) -> None:
    columns = (
        Column("kind", N_("Kind")),
        Column("title", N_("Title")),
        Column("fingerprint", N_("Fingerprint")),
        Column("confirmed_on", N_("Confirmed on")),
    )
    rows: list[dict[str, object]] = []
    for folder in sorted(look.office.templates.iterdir()):
        found = template_of(look.office.templates, folder.name, thoroughly=True)
        fingerprint = template_fingerprint(found)
        rows.append(
            {
                "kind": folder.name,
                "title": found.heading.title,
                "fingerprint": fingerprint if as_json else fingerprint[:12],
                "confirmed_on": confirmed_on(look.session, folder.name, fingerprint),
            }
        )
    tell_list(look.shell, N_("Templates"), columns, rows, as_json=as_json, xlsx=xlsx)


@template.command(
    "confirm",
    help=N_("Record your word that a template is the foundation's newest."),
    example="donflow template confirm cash",
)
@click.argument("kind", metavar=N_("KIND"))
@writes
def confirm(act: Act, kind: str) -> Done:
    done = confirm_newest(act.session, act.office, kind, actor=act.actor, now=act.now)
    return Done(
        say(
            N_("Template “{title}” confirmed as the newest on {day}."),
            title=template_of(act.office.templates, kind).heading.title,
            day=done.on,
        )
    )
