"""The words of the outbox's codes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from donflow.errors import N_
from donflow.outbox.by_hand import Skip
from donflow.outbox.clock import AHEAD, BACK
from donflow.outbox.holding import COPY, OLDER
from donflow.outbox.settling import Why

WHY_NAMES: Final[Mapping[str, str]] = {
    Why.LOST: N_("lost on its way"),
    Why.ADDRESS: N_("the address was wrong"),
    Why.WORDS: N_("the words were wrong"),
    Why.ASKED: N_("the addressee asked for it"),
    Why.NOT_ARRIVED: N_("it did not arrive"),
}
"""Why a letter is ordered once more."""

SKIP_NAMES: Final[Mapping[str, str]] = {
    Skip.SPOKEN: N_("greeted in person or by telephone"),
    Skip.UNFIT: N_("not suitable just now"),
    Skip.UNKNOWN: N_("cannot be found in WeChat or at the address"),
    Skip.WISHED: N_("said that this one is not needed"),
    Skip.OTHER: N_("left out by a person"),
}
"""Why a person leaves a letter out."""

BRAKES: Final[Mapping[str, str]] = {
    BACK: N_("this computer's clock went back"),
    AHEAD: N_("this computer's clock is more than 40 days ahead of its last tick"),
}

HOLDS: Final[Mapping[str, str]] = {
    "restored": N_("the office was restored from a backup"),
    COPY: N_("this may be a copy of the office"),
    OLDER: N_("letters left that this database does not know: it was put back"),
}
