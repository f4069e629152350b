"""Commands on letters that are due: handed over, settled, released, ordered once more."""

from __future__ import annotations

from pathlib import Path

import click

from donflow.cli.acting import Act, Done, writes_oneself
from donflow.cli.arguments import FILE, NUMBER, NamedChoice, json_option
from donflow.cli.commands import Command
from donflow.cli.digest import teller
from donflow.cli.looking import looking
from donflow.cli.naming_letters import WHY_NAMES
from donflow.cli.outbox_view import counts_of, tell_outbox
from donflow.cli.output import tell_record
from donflow.cli.shell import Shell
from donflow.domain.actor import Actor, Role
from donflow.errors import N_, DonflowError, say
from donflow.lifecycle.delivering import release as release_letters
from donflow.lifecycle.delivering import run_outbox
from donflow.outbox.clock import release_clock
from donflow.outbox.evidence import message_ids_in
from donflow.outbox.settling import Why, settle_by_mailbox
from donflow.outbox.settling import resend as order_again
from donflow.outbox.settling import settle as decide


class SayWhich(DonflowError):
    code = "say_which"
    message = N_("A doubtful letter arrived, or it did not.")
    remedy = N_(
        "Say --arrived or --not-arrived with its number, or look in the archive mailbox: --from"
    )


@click.command(
    "deliver",
    cls=Command,
    help=N_("Plan, judge and hand over what is due; what is doubtful is shown, never sent twice."),
    example="donflow greeting deliver\ndonflow greeting deliver --json",
)
@json_option
@click.pass_obj
def deliver(shell: Shell, as_json: bool) -> None:
    with looking(shell, "greeting deliver") as look:
        actor = Actor(look.user.id, frozenset({Role.TIME}), Role.TIME)
    opened = shell.office
    done = run_outbox(
        opened.office, opened.store, clock_of=shell.now, actor=actor, tell=teller(shell)
    )
    shell.exit_code = 1 if done.failed else 0
    if as_json:
        tell_record(shell, counts_of(done))
    else:
        tell_outbox(shell, done)


@click.command(
    "settle",
    cls=Command,
    help=N_("Say whether a doubtful letter arrived; one that did not goes once more."),
    example="donflow greeting settle 214 --arrived\ndonflow greeting settle 214 --not-arrived\ndonflow greeting settle --from 存档邮箱.mbox",
)
@click.argument("letter", required=False, type=NUMBER, metavar=N_("[LETTER]"))
@click.option("--arrived/--not-arrived", "arrived", default=None, help=N_("What the person says."))
@click.option(
    "--from",
    "mailbox",
    metavar=N_("FILE"),
    help=N_("An archive mailbox (a Maildir folder or an mbox file): what is in it was sent."),
)
@writes_oneself
def settle(act: Act, letter: int | None, arrived: bool | None, mailbox: str | None) -> Done:
    if (mailbox is None) == (letter is None) or (letter is None) != (arrived is None):
        raise SayWhich
    if mailbox is not None:
        settled = settle_by_mailbox(
            act.session, message_ids_in(Path(mailbox)), actor=act.actor, now=act.now
        )
        sentence = say(N_("In the archive mailbox: {count} letters, now sent."), count=len(settled))
        return Done(sentence, None, {"sent": settled})
    assert letter is not None
    new = decide(act.session, letter, arrived=bool(arrived), actor=act.actor, now=act.now)
    if new is None:
        sentence = say(N_("Letter {no} arrived."), no=letter)
        return Done(sentence, None, {"letter": letter, "state": "sent"})
    sentence = say(
        N_("Letter {no} did not arrive; it goes once more as letter {number}."),
        no=letter,
        number=new.id,
    )
    return Done(sentence, None, {"letter": new.id, "n": new.n, "state": new.state})


@click.command(
    "release",
    cls=Command,
    help=N_("Let held letters go, but for those that a hand-off journal proves to have left."),
    example="donflow greeting release\ndonflow greeting release --journal 旧电脑/handoff.log\ndonflow greeting release --clock",
)
@click.option("--batch", type=NUMBER, metavar=N_("NO"), help=N_("Only the letters of this batch."))
@click.option(
    "--journal",
    "journals",
    type=FILE,
    multiple=True,
    metavar=N_("FILE"),
    help=N_("The hand-off journal of another home of this office, beside this one's own."),
)
@click.option("--clock", is_flag=True, help=N_("The time of this computer is right now."))
@writes_oneself
def release(act: Act, batch: int | None, journals: tuple[Path, ...], clock: bool) -> Done:
    if clock:
        hosts = release_clock(act.session, actor=act.actor, now=act.now)
        sentence = say(N_("The time is right: {count} clocks go on."), count=hosts)
        return Done(sentence, None, {"clocks": hosts})
    released = release_letters(
        act.session, act.office, journals=journals, batch=batch, actor=act.actor, now=act.now
    ).by_state
    sentence = say(
        N_("Let go: {go}; sent already: {sent}; in doubt: {doubt}; expired: {expired}."),
        go=len(released.get("retry_wait", ())),
        sent=len(released.get("sent", ())),
        doubt=len(released.get("in_doubt", ())),
        expired=len(released.get("expired", ())),
    )
    names = ("sent", "in_doubt", "refused", "expired")
    told = {name: released.get(name, []) for name in names}
    return Done(sentence, None, {"released": released.get("retry_wait", []), **told})


@click.command(
    "resend",
    cls=Command,
    help=N_("Order that a letter goes once more. The order stands in the journal under your name."),
    example="donflow greeting resend 214 --why lost",
)
@click.argument("letter", type=NUMBER, metavar=N_("LETTER_NO"))
@click.option(
    "--why",
    type=NamedChoice(WHY_NAMES),
    required=True,
    help=N_("Why it goes once more."),
)
@writes_oneself
def resend(act: Act, letter: int, why: str) -> Done:
    new = order_again(act.session, letter, why=Why(why), actor=act.actor, now=act.now)
    sentence = say(N_("Letter {no} goes once more as letter {number}."), no=letter, number=new.id)
    return Done(sentence, None, {"letter": new.id, "n": new.n, "state": new.state})
