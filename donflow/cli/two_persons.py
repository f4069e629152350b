"""How a command asks for an act that a second person must confirm."""

from __future__ import annotations

from collections.abc import Mapping

from donflow.accounts.orders import confirm
from donflow.cli.acting import Act, Done
from donflow.errors import N_, say
from donflow.lifecycle.two_persons import acts_of, ask_for


def ask(act: Act, name: str, arguments: Mapping[str, object]) -> Done:
    """Ask for the act; a desk alone that shows evidence (代录) has it confirmed at once."""
    from dataclasses import replace

    asker = replace(act.actor, on_behalf_of=None)
    order = ask_for(act.session, act.office, name, arguments, actor=asker, now=act.now)
    if act.actor.on_behalf_of is None:
        sentence = say(
            N_("Order {no} waits for a second person: donflow order confirm {no}"), no=order.id
        )
        return Done(sentence, None, {"order": order.id})
    acts = acts_of(act.office)
    confirm(act.session, order.id, acts, actor=act.actor, desk=act.office.desk, now=act.now)
    return Done(say(N_("Order {no} is done."), no=order.id), None, {"order": order.id})
