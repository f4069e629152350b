"""A gift in a line, the step that is next, and the command that makes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import click

from donflow.cli.looking import Look, looking
from donflow.cli.naming import PAPER_NAMES, with_words, word_for
from donflow.cli.output import dump, tell
from donflow.cli.shell import Shell
from donflow.domain.facts import ANONYMOUS_TITLES
from donflow.domain.money import short
from donflow.errors import N_, NotFound, Refusal, Sentence, say
from donflow.gifts.models import Gift, GiftPaper
from donflow.gifts.register import donor_of
from donflow.lifecycle.show import GiftView, Step, view_gifts
from donflow.lifecycle.visible import knows_donor, visible_gifts

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
        (view,) = view_gifts(look.session, look.office, [gift], today=look.today)
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


def views_of(look: Look, *, outward: bool = False) -> list[GiftView]:
    """The gifts that this user may see; `outward` for a file that leaves the desk."""
    gifts = list(look.session.scalars(visible_gifts(look.scope, look.user)))
    views = view_gifts(look.session, look.office, gifts, today=look.today)
    return [for_reader(look, view, outward=outward) for view in views]


def for_reader(look: Look, view: GiftView, *, outward: bool = False) -> GiftView:
    """The view without the donor's name, where that is not for this reader (慈善法 78)."""
    return replace(view, donor=None) if unnamed(look, view.gift, outward=outward) else view


def unnamed(look: Look, gift: Gift, *, outward: bool = False) -> bool:
    """Whether this reader gets no name from which the donor is known.

    `outward` for a file that leaves the desk: there nobody does.
    """
    known = not outward and knows_donor(gift, look.user, look.actor.roles)
    return gift.anonymous and not known


def shown_name(look: Look, gift: Gift, name: str, *, outward: bool = False) -> str:
    """The name of the donor or payer as this reader gets it."""
    return ANONYMOUS_TITLES[0] if unnamed(look, gift, outward=outward) else name


def shown_remark(
    look: Look, gift: Gift, remark: str | None, *, outward: bool = False
) -> str | None:
    """The remark on a bank slip, which often names whoever paid; none where that is kept back."""
    return None if unnamed(look, gift, outward=outward) else remark


def shown_title(look: Look, gift: Gift, paper: GiftPaper, *, outward: bool = False) -> str:
    """The name that a paper came with, or its kind and the gift's number instead."""
    if not paper.title or not unnamed(look, gift, outward=outward):
        return paper.title
    return f"{look.shell.words(word_for(PAPER_NAMES, paper.kind))} {gift.number}"


def veiled(look: Look, gift: Gift, text: str | None, *, outward: bool = False) -> str | None:
    """A text in a person's words, without the donor's name where that is kept back."""
    donor = donor_of(look.session, gift)
    if not text or donor is None or not unnamed(look, gift, outward=outward):
        return text
    for name in (donor.name, *donor.other_names, donor.representative):
        text = text.replace(name, ANONYMOUS_TITLES[0]) if name else text
    return text
