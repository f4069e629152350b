"""What is asked for on any command line: the home, the language, the user, before or after it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from donflow.errors import N_, DonflowError


@dataclass(frozen=True)
class Asked:
    """The options that every command takes, wherever they stand; `as_json` is only looked at."""

    home: str | None = None
    lang: str | None = None
    user: str | None = None
    as_json: bool = False


class OptionWithoutValue(DonflowError):
    code = "usage"
    message = N_("{option} needs a value.")


GLOBALS = {"--home": "home", "--lang": "lang", "--as": "user"}


def take_globals(arguments: Sequence[str]) -> tuple[Asked, list[str]]:
    """Take --home, --lang and --as out of the arguments; after `--` nothing is touched."""
    asked, waiting = Asked(), list(arguments)
    rest: list[str] = []
    while waiting:
        word = waiting.pop(0)
        if word == "--":
            return asked, [*rest, word, *waiting]
        name, equals, value = word.partition("=")
        if name in GLOBALS:
            if not equals and not waiting:
                raise OptionWithoutValue(option=name)
            asked = _with(asked, GLOBALS[name], value if equals else waiting.pop(0))
            continue
        if word == "--json":
            asked = replace(asked, as_json=True)
        rest.append(word)
    return asked, rest


def _with(asked: Asked, name: str, value: str) -> Asked:
    match name:
        case "home":
            return replace(asked, home=value)
        case "lang":
            return replace(asked, lang=value)
        case _:
            return replace(asked, user=value)
