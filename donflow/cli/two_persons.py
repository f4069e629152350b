"""How a command asks for an act that a second person must confirm."""

from __future__ import annotations

from collections.abc import Mapping

from donflow.accounts.orders import confirm
from donflow.cli.acting import Act, Done
from donflow.domain.actor import Role
from donflow.domain.desk import Desk
from donflow.errors import N_, Sentence, say
from donflow.lifecycle.two_persons import acts_of, ask_for


def ask(act: Act, name: str, arguments: Mapping[str, object]) -> Done:
    """Ask for the act; a desk alone that shows evidence (代录) has it confirmed at once."""
    from dataclasses import replace

    asker = replace(act.actor, on_behalf_of=None)
    order = ask_for(act.session, act.office, name, arguments, actor=asker, now=act.now)
    if act.actor.on_behalf_of is None:
        return Done(_waits(act, name, order.id), None, {"order": order.id})
    acts = acts_of(act.office)
    confirm(act.session, order.id, acts, actor=act.actor, desk=act.office.desk, now=act.now)
    return Done(say(N_("Order {no} is done."), no=order.id), None, {"order": order.id})


def _waits(act: Act, name: str, number: int) -> Sentence:
    """What comes next: in a single desk nobody else logs in, so the word comes on paper."""
    if act.office.desk is not Desk.SINGLE:
        message = N_("Order {no} waits for a second person: donflow order confirm {no}")
        return say(message, no=number)
    settled_by = acts_of(act.office)[name].settled_by
    role = next(each for each in (Role.LEADER, *Role) if each in settled_by)
    message = N_(
        "Order {no} waits for a second person. With that one's word on paper:"
        " donflow order confirm {no} --for {role} --evidence FILE"
    )
    return say(message, no=number, role=str(role))
