"""Which person is meant by a name, a number or the last digits of a phone."""

from __future__ import annotations

from collections.abc import Callable

from donflow.cli.looking import Look
from donflow.errors import N_, DonflowError, NotFound, say
from donflow.lifecycle.visible import reach_of
from donflow.roster.merging import heads_only
from donflow.roster.models import Constituent
from donflow.roster.people import get_constituent
from donflow.roster.search.by_number import Reach
from donflow.roster.search.finding import find_constituents


class NobodyOfThatName(NotFound):
    remedy = N_("Add them first: donflow person add {given}")


class SeveralPeople(DonflowError):
    code = "several_people"
    message = N_("“{given}” may be: {people}.")
    remedy = N_("Name the number instead.")


def choose_person(
    look: Look, given: str, seen: Callable[[list[Constituent]], list[Constituent]] = list
) -> Constituent:
    """The one person meant of those seen; an exact name wins, then a part of it; several are listed, none is NotFound.

    Whoever has several numbers is meant by each, and given by the head.

    Whoever is not seen and whoever is not there look the same.
    """
    if given.isdigit() and len(given) < 4:
        by_number = get_constituent(look.session, int(given))
        chosen_by_number = seen(heads_only(look.session, [by_number]))
        if not chosen_by_number:
            raise NotFound(what=say(N_("person")), given=int(given))
        return chosen_by_number[0]
    reach = reach_of(look.scope, look.actor.roles)
    found = find_constituents(look.session, look.office.keys, given, reach=reach)
    hides = reach is Reach.OPEN
    exact = [person for person in found if person.name == given and not hides]
    named = [person for person in found if given in person.name and not hides]
    exact, named, found = (
        seen(heads_only(look.session, people)) for people in (exact, named, found)
    )
    chosen = exact or named or found
    if len(chosen) > 1:
        people = tuple(
            str(person.id) if hides else f"{person.id} {person.name}" for person in chosen
        )
        raise SeveralPeople(given=given, people=people)
    if not chosen:
        raise NobodyOfThatName(what=say(N_("person")), given=given)
    return chosen[0]
