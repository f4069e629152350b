"""A change of a rhythm in words, for the second person who confirms it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from donflow.cli.greeting_rhythm import ANY, AUDIENCES, CHANNELS
from donflow.cli.greeting_words import label_of
from donflow.cli.looking import Look
from donflow.cli.naming import word_for
from donflow.errors import N_, Sentence, say
from donflow.greetings.planning import occasions_of


def rhythm_agreed_to(look: Look, told: Mapping[str, Any]) -> list[Sentence]:
    """What is set or stopped, a sentence each."""
    whom = {
        "segment": word_for(AUDIENCES, told["segment"]),
        "occasion": label_of(dict(occasions_of(look.office)), told["occasion"]),
    }
    if "send_hour" not in told:
        return [say(N_("“{segment}” is greeted on {occasion} no more."), **whom)]
    by = say(
        N_("“{segment}” is greeted on {occasion} at {hour}:00, by: {channel}."),
        **whom,
        hour=told["send_hour"],
        channel=word_for(CHANNELS, told["channel"] or ANY),
    )
    approval = N_("A person approves first.") if told["approve"] else N_("Nobody approves it.")
    lines = [by, say(approval)]
    if told["tolerance_days"] is not None:
        lines.append(say(N_("A letter goes up to {days} days late."), days=told["tolerance_days"]))
    if told["signer"]:
        lines.append(say(N_("Signed by: {signer}."), signer=told["signer"]))
    if told["words"]:
        lines.append(say(N_("In these words: {words}"), words=told["words"]))
    return lines
