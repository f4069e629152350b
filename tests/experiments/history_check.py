"""Whether what clients were told fits what is stored: one line of acts for each gift.

Clients note when they began an act, which version of the gift they had read, and how it ended:
done (`ok`), refused (`fail`), or nobody knows (`info`: no answer came). The chain of a gift is what
its journal says, in order. All acts were one after the other if some order explains all answers;
the journal gives that order, so that it only needs to be compared.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf
from typing import Literal


@dataclass(frozen=True)
class Act:
    """One act under one request key, however often it was sent.

    `began` is before the gift was read, `ended` when the last answer came; both of one clock.
    `read` is the version that was read, `version` the one that was answered; `seen` says whether
    the act was to be refused where another version stands.
    """

    name: str
    gift: int
    began: float
    ended: float
    ending: Literal["ok", "fail", "info"]
    read: int
    seen: bool = False
    version: int | None = None
    said: str = ""


@dataclass(frozen=True)
class Link:
    """An act as the journal has it; of a move, from which stage to which."""

    act: str
    before: str | None = None
    after: str | None = None


def faults(acts: Sequence[Act], chains: Mapping[int, Sequence[Link]], *, first: str) -> list[str]:
    """All that no order of the acts explains; `first` is the stage where each gift stood."""
    found = _counted(acts, chains)
    named = {act.name: act for act in acts}
    for gift, chain in sorted(chains.items()):
        known = [named[link.act] for link in chain if link.act in named]
        told = [f"gift {gift}: {fault}" for fault in _torn(chain, first)]
        told += [f"gift {gift}: {fault}" for fault in (*_backwards(known), *_stale(known))]
        found += told
    return found + _old_readings(acts)


def _counted(acts: Sequence[Act], chains: Mapping[int, Sequence[Link]]) -> list[str]:
    """Each `ok` once and in its own gift's chain, no `fail`, nothing that nobody asked for."""
    found = []
    times = Counter((gift, link.act) for gift, chain in chains.items() for link in chain)
    for act in acts:
        done = times.pop((act.gift, act.name), 0)
        if done > 1:
            found.append(f"{act.name} was done {done} times")
        if act.ending == "ok" and not done:
            found.append(f"{act.name} was acknowledged and is lost")
        if act.ending == "fail" and done:
            found.append(f"{act.name} was refused and yet is done: {act.said}")
    return found + [f"nobody asked for {name} on gift {gift}" for gift, name in times]


def _torn(chain: Sequence[Link], stage: str) -> list[str]:
    """Each move begins where the one before it ended."""
    found = []
    for link in chain:
        if link.before is None or link.after is None:
            continue
        if link.before != stage:
            found.append(f"{link.act} moved it from {link.before}, but it stood at {stage}")
        stage = link.after
    return found


def _backwards(chain: Sequence[Act]) -> list[str]:
    """An act that had ended before another began is the earlier one, and versions rise."""
    found = []
    began, version = -inf, 0
    for act in chain:
        if act.ending != "info" and act.ended < began:
            found.append(f"{act.name} had ended before one began that stands before it")
        began = max(began, act.began)
        if act.version is not None:
            if act.version <= version:
                found.append(f"{act.name} was answered version {act.version} after {version}")
            version = act.version
    return found


def _stale(chain: Sequence[Act]) -> list[str]:
    """An act that was to be done on what was seen alone stands right behind it."""
    found = []
    version, sure = 0, False
    for act in chain:
        if act.seen and (act.read < version or (sure and act.read != version)):
            found.append(f"{act.name} was done on version {act.read}, it was at {version}")
        version, sure = (version, False) if act.version is None else (act.version, True)
    return found


def _old_readings(acts: Sequence[Act]) -> list[str]:
    """Nobody reads less than what had been acknowledged before."""
    found = []
    for gift in {act.gift for act in acts}:
        known = sorted(
            (act.ended, act.version) for act in acts if act.gift == gift and act.version is not None
        )
        newest, place = 0, 0
        for act in sorted((act for act in acts if act.gift == gift), key=lambda act: act.began):
            while place < len(known) and known[place][0] < act.began:
                newest = max(newest, known[place][1])
                place += 1
            if act.read < newest:
                found.append(f"{act.name} read version {act.read} after {newest} was acknowledged")
    return found
