"""The design of every card, by the code of its occasion."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from donflow.errors import N_, DonflowError
from donflow.greetings.cards.autumn import AUTUMN
from donflow.greetings.cards.design import Design
from donflow.greetings.cards.festivals import FESTIVALS
from donflow.greetings.cards.personal import PERSONAL
from donflow.greetings.cards.spring import SPRING
from donflow.greetings.cards.summer import SUMMER
from donflow.greetings.cards.winter import WINTER


class NoSuchCard(DonflowError):
    code = "no_such_card"
    message = N_("There is no card for {occasion}.")


DESIGNS: Final[Mapping[str, Design]] = {
    **SPRING,
    **SUMMER,
    **AUTUMN,
    **WINTER,
    **FESTIVALS,
    **PERSONAL,
}


def design_of(occasion: str, card: str = "") -> Design:
    """The design of an occasion's own card, else of the `card` it goes with. Raises NoSuchCard."""
    for code in (occasion, card):
        if code in DESIGNS:
            return DESIGNS[code]
    raise NoSuchCard(occasion=occasion)
