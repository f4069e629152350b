"""A gift in a line, the step that is next, and the command that makes it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click

from donflow.cli.looking import Look, looking
from donflow.cli.naming import with_words
from donflow.cli.output import dump, tell
from donflow.cli.shell import Shell
from donflow.domain.money import short
from donflow.errors import N_, NotFound, Refusal, Sentence, say
from donflow.lifecycle.show import GiftView, Step, view_gift, view_gifts
from donflow.lifecycle.visible import visible_gifts

OWN_COMMANDS = {
    "return": "review return",
    "approve": "review approve",
    "send": "donor send",
    "object": "donor object",
    "explain": "donor explain",
    "rework": "donor rework",
    "agree": "donor agree",
    "sign": "original sign",
    "seal": "original seal",
    "refuse_seal": "original refuse",
}
"""Steps that are made together with their records."""


def tell_done(shell: Shell, outcome: Mapping[str, Any]) -> None:
    """Answer an act that is committed; the gift's next step follows."""
    said = shell.words(Sentence(str(outcome["message"]), outcome["values"]))
    if shell.asked.as_json:
        told = {key: value for key, value in outcome.items() if key != "values"}
        click.echo(dump(told | {"message": said}))
        return
    click.echo(said)
    if outcome.get("gift"):
        tell_next(shell, str(outcome["gift"]))


OWNER_NAMES = {
    "secretary": N_("secretary"),
    "liaison": N_("liaison teacher"),
    "leader": N_("leader"),
    "reviewer": N_("foundation's reviewer"),
    "finance": N_("finance officer"),
    "seal_keeper": N_("seal keeper"),
    "donor": N_("donor"),
}


def tell_next(shell: Shell, number: str) -> None:
    """After an act: who is next, and what is missing for the next step, if this user may see it."""
    with looking(shell, "gift show") as look:
        try:
            gift = look.gift(number)
        except NotFound:
            return
        view = view_gift(look.session, look.office, gift, today=look.today)
        step = view.main_step
        if step is None:
            return
        if step.ready:
            tell(
                shell,
                N_("Next: {step} ({command})"),
                step=step.transition.label,
                command=command_of(view, step),
            )
        else:
            count = len(step.refusals)
            tell(
                shell,
                N_("For “{step}” {count} things are missing (donflow gift show {number})."),
                step=step.transition.label,
                count=count,
                number=number,
            )


def command_of(view: GiftView, step: Step) -> str:
    """The command that makes a step."""
    name, number = step.transition.name, view.gift.number
    if name in OWN_COMMANDS:
        return f"donflow {OWN_COMMANDS[name]} {number}"
    return f"donflow gift advance {number} {name}"


def tell_refusal(shell: Shell, refusal: Refusal) -> None:
    click.echo(f"    · {shell.words(with_words(refusal.reason))}")
    click.echo(f"      → {shell.words(with_words(refusal.remedy))}")


def line_of(shell: Shell, view: GiftView) -> str:
    """A gift in one line: number, donor, amount, stage, the days left."""
    words = shell.words
    parts = [
        view.gift.number,
        view.donor or words(say(N_("anonymous") if view.gift.anonymous else N_("donor unknown"))),
        short(view.amount) if view.amount else words(say(N_("amount open"))),
        words.value(view.stage.label),
    ]
    if view.workdays_left is not None:
        parts.append(words(left(view.workdays_left)))
    return " · ".join(parts)


def left(days: int) -> Any:
    if days < 0:
        return say(N_("{days} working days late"), days=-days)
    if days == 0:
        return say(N_("due today"))
    return say(N_("{days} working days left"), days=days)


def owner_of(role: str | None) -> Any:
    return say(OWNER_NAMES.get(role, role)) if role else None


def views_of(look: Look) -> list[GiftView]:
    gifts = list(look.session.scalars(visible_gifts(look.scope, look.user)))
    return view_gifts(look.session, look.office, gifts, today=look.today)
