"""What the second person agrees to: an order's arguments in words, with the reason and how many."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from donflow.accounts.models import ProposedAct
from donflow.accounts.policy import ROLE_NAMES
from donflow.cli.looking import Look
from donflow.cli.naming import DESK_NAMES, ERASURE_NAMES, SOURCE_NAMES, word_for
from donflow.cli.naming_people import COLUMN_NAMES
from donflow.domain.actor import Role
from donflow.errors import N_, Sentence, say
from donflow.lifecycle.erasing import ERASE
from donflow.lifecycle.greeting_rules import SET_RHYTHM, STOP_RHYTHM
from donflow.roster.alumni_models import RosterExport
from donflow.roster.exports import CARDS, COURIER, EXPORT
from donflow.roster.importing import IMPORT

Arguments = Mapping[str, Any]


def agreed_to(look: Look, order: ProposedAct) -> tuple[Sentence, ...]:
    """What is done once the order is confirmed, a sentence each; never a personal value."""
    return tuple(TELLERS[order.act](look, order.arguments))


def data_of(look: Look, order: ProposedAct) -> dict[str, object]:
    """The same as codes, for `--json`."""
    told = {name: value for name, value in order.arguments.items() if name != "content"}
    if order.act not in (EXPORT, CARDS, COURIER):
        return told
    row = look.session.get_one(RosterExport, order.arguments["export"])
    return {
        **told,
        "columns": list(row.columns),
        "selection": dict(row.selection),
        "reason": row.reason,
        "full": row.full,
    }


def _user_add(_look: Look, told: Arguments) -> list[Sentence]:
    user = say(
        N_("New user {username}, {name}; role: {role}, from {day} on."),
        username=told["username"],
        name=told["display_name"],
        role=say(ROLE_NAMES[Role(told["role"])]),
        day=date.fromisoformat(told["since"]),
    )
    return [user, *_capacity(told)]


def _user_role(_look: Look, told: Arguments) -> list[Sentence]:
    role, user = say(ROLE_NAMES[Role(told["role"])]), told["username"]
    if told["until"]:
        until = date.fromisoformat(told["until"])
        return [say(N_("{username} is {role} until {day}."), username=user, role=role, day=until)]
    since = date.fromisoformat(told["since"])
    given = say(N_("{username} is {role} from {day} on."), username=user, role=role, day=since)
    return [given, *_capacity(told)]


def _capacity(told: Arguments) -> list[Sentence]:
    return [say(N_("As: {capacity}."), capacity=told["capacity"])] if told["capacity"] else []


def _user_deactivate(_look: Look, told: Arguments) -> list[Sentence]:
    return [say(N_("{username} may act no more."), username=told["username"])]


def _states_activate(look: Look, told: Arguments) -> list[Sentence]:
    """The differences themselves: a version's name says nothing of them."""
    from donflow.cli.migrating import told_apart  # few commands need it
    from donflow.engine.loader import restore
    from donflow.store.workflows import current_version, stored_workflow

    current = stored_workflow(look.session, current_version(look.session))
    wanted = restore(told["content"], version=told["version"])
    version = say(N_("Version {version} of the lifecycles."), version=told["version"][:VERSION])
    return [version, *map(say, told_apart(look.shell, current, wanted))]


def _states_migrate(_look: Look, told: Arguments) -> list[Sentence]:
    told_version = told["version"][:VERSION]
    return [
        say(N_("Version {version} of the lifecycles."), version=told_version),
        say(N_("Which ones move: donflow states migrate --dry-run")),
    ]


def _settings_desk(look: Look, told: Arguments) -> list[Sentence]:
    now, then = (word_for(DESK_NAMES, each) for each in (str(look.office.desk), told["desk"]))
    return [say(N_("From {now} to {then}."), now=now, then=then)]


def _person_erase(_look: Look, told: Arguments) -> list[Sentence]:
    because = word_for(ERASURE_NAMES, told["because"])
    return [say(N_("Person {no}: {because}."), no=told["person"], because=because)]


def _roster_import(_look: Look, told: Arguments) -> list[Sentence]:
    came = say(
        N_("Right as of {day}, from: {source}."),
        day=date.fromisoformat(told["as_of"]),
        source=word_for(SOURCE_NAMES, told["source"]),
    )
    print_ = say(N_("The file's fingerprint is {fingerprint}."), fingerprint=told["fingerprint"])
    if "people" not in told:
        return [came, print_]
    size = N_("{people} rows of people on {sheets} sheets.")
    return [say(size, people=told["people"], sheets=told["sheets"]), came, print_]


def _roster_export(look: Look, told: Arguments) -> list[Sentence]:
    row = look.session.get_one(RosterExport, told["export"])
    columns = tuple(word_for(FIELD_NAMES, each) for each in row.columns)
    conditions = tuple(
        say(N_("{field}: {told}"), field=word_for(CONDITION_NAMES, name), told=_told(name, value))
        for name, value in row.selection.items()
    )
    return [
        say(N_("{count} people, nobody else."), count=told["people"]),
        *([say(N_("Whom: {conditions}."), conditions=conditions)] if conditions else []),
        say(N_("What of them: {columns}."), columns=columns),
        say(N_("What for: {reason}"), reason=row.reason or "—"),
    ]


def _told(name: str, value: str) -> Sentence | str:
    if name == "people":
        return "、".join(value.split(","))
    return say(N_("yes")) if name == "unreached" else value


def _rhythm(look: Look, told: Arguments) -> list[Sentence]:
    from donflow.cli.greeting_rhythm_words import rhythm_agreed_to  # few commands need it

    return rhythm_agreed_to(look, told)


VERSION = 12
"""Characters of a version that tell it apart."""

TELLERS: Final[Mapping[str, Callable[[Look, Arguments], list[Sentence]]]] = MappingProxyType(
    {
        "user add": _user_add,
        "user role": _user_role,
        "user deactivate": _user_deactivate,
        "states activate": _states_activate,
        "states migrate": _states_migrate,
        "settings desk": _settings_desk,
        ERASE: _person_erase,
        IMPORT: _roster_import,
        EXPORT: _roster_export,
        CARDS: _roster_export,
        COURIER: _roster_export,
        SET_RHYTHM: _rhythm,
        STOP_RHYTHM: _rhythm,
    }
)
"""For every act of two persons (a test asks that none is missing)."""

FIELD_NAMES: Final = COLUMN_NAMES | {
    "number": N_("No."),
    "class": N_("class"),
    "address": N_("address"),
    "segments": N_("segments"),
    "chapters": N_("chapters"),
    "status": N_("whether deceased or restricted"),
}
CONDITION_NAMES: Final = {
    "class_text": N_("class"),
    "year": N_("year of entry"),
    "grad": N_("year of graduation"),
    "major": N_("major"),
    "degree": N_("degree"),
    "city": N_("city"),
    "segment": N_("segment"),
    "chapter_name": N_("chapter"),
    "unreached": N_("only who cannot be reached"),
    "columns": N_("list of columns"),
    "version": N_("version of the cards"),
    "people": N_("people by number"),
    "occasion": N_("occasion"),
    "on": N_("day"),
}
