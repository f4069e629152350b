"""Commands on which running office this is: the office itself, or a copy that is held."""

from __future__ import annotations

import click

from donflow.cli.acting import Act, Done, writes
from donflow.cli.arguments import json_option
from donflow.cli.commands import Group
from donflow.cli.looking import Look, reads
from donflow.cli.output import tell, tell_record
from donflow.errors import N_, DonflowError, say
from donflow.lifecycle.instance import is_held
from donflow.lifecycle.instance import release as release_office
from donflow.store.instance import instance_of

instance = Group(
    "instance", help=N_("Whether this is the office or a copy of it"), no_args_is_help=True
)


class SayYes(DonflowError):
    code = "say_yes"
    message = N_("This would make {home} the office, and it is held, since {reason}.")
    remedy = N_("If no other copy is in use: donflow instance release --yes")


@instance.command(
    "show",
    help=N_("The identity of this office, and whether and why it is held."),
    example="donflow instance show",
)
@json_option
@reads
def show(look: Look, as_json: bool) -> None:
    row, reason = instance_of(look.session), is_held(look.session, look.office)
    identity = row.identity if row else None
    if as_json:
        held = look.shell.words(reason) if reason else None
        tell_record(look.shell, {"identity": identity, "held": reason is not None, "reason": held})
    elif reason is None:
        tell(look.shell, N_("This is the office ({identity})."), identity=identity)
    else:
        tell(
            look.shell,
            N_("This office ({identity}) is held: {reason}."),
            identity=identity,
            reason=reason,
        )
        tell(look.shell, N_("If this is the office now: donflow instance release --yes"))


@instance.command(
    "release",
    help=N_("Say that this is the office now: it is no longer held. Use no other copy any more."),
    example="donflow instance release --yes",
)
@click.option("--yes", is_flag=True, help=N_("Yes, this is the office, and no other copy is."))
@writes
def release(act: Act, yes: bool) -> Done:
    reason = is_held(act.session, act.office)
    if reason is None:
        return Done(say(N_("This office is not held.")), None, {"released": False})
    if not yes:
        raise SayYes(home=str(act.office.home), reason=reason)
    identity = release_office(act.session, act.office, actor=act.actor, now=act.now)
    sentence = say(N_("This is the office now: what time brings goes on."))
    return Done(sentence, None, {"released": True, "identity": identity})
