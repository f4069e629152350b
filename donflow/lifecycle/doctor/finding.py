"""What a look at one thing gave: sound, a warning or a fault, in a sentence, with its remedy."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from donflow.errors import DonflowError, Sentence, say


class State(StrEnum):
    OK = "ok"
    WARNING = "warning"
    FAULT = "fault"


class Code(StrEnum):
    """All that is looked at."""

    PYTHON = "python"
    SQLITE = "sqlite"
    FONTS = "fonts"
    LIBREOFFICE = "libreoffice"
    OFFICE = "office"
    HELD = "held"
    PLACE = "place"
    NETWORK = "network"
    MODES = "modes"
    SPACE = "space"
    WRITING = "writing"
    KEYS = "keys"
    KEYS_PLACE = "keys_place"
    KEYS_MATCH = "keys_match"
    LEFTOVERS = "leftovers"
    QUARANTINE = "quarantine"
    BACKUP = "backup"
    EXERCISE = "exercise"
    STATES = "states"
    RULES = "rules"
    MODE = "mode"
    PAGES = "pages"
    REFERENCES = "references"
    SERVER = "server"
    DURABILITY = "durability"
    SERVER_CLOCK = "server_clock"
    SEARCH = "search"
    CLOCK = "clock"
    MAIL = "mail"


@dataclass(frozen=True)
class Finding:
    """What is so with one thing; whatever is not ok says what mends it."""

    code: Code
    state: State
    sentence: Sentence
    remedy: Sentence | None = None


def sound(code: Code, message: str, **values: object) -> Finding:
    return Finding(code, State.OK, say(message, **values))


def warning(code: Code, message: str, remedy: str, **values: object) -> Finding:
    return Finding(code, State.WARNING, say(message, **values), say(remedy, **values))


def fault(code: Code, message: str, remedy: str, **values: object) -> Finding:
    return Finding(code, State.FAULT, say(message, **values), say(remedy, **values))


def mistaken(code: Code, error: DonflowError, remedy: str, state: State = State.FAULT) -> Finding:
    """What an error says, with its own remedy or else this one."""
    details = error.details
    sentence = details[0] if details else error.sentence
    return Finding(code, state, sentence, error.remedy_sentence or say(remedy))
