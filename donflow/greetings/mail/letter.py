"""What a mailed greeting says, and who sends it: the parts that text and page are made of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

RED: Final = "#a3302a"
GREY: Final = "#5b646b"
"""For days on which nobody is wished joy."""
OPT_OUT: Final = "退订"
"""The word by which a reply opts out."""
OPT_OUT_WORDS: Final = (
    "若您不希望再收到这类问候，",
    f"直接回复本邮件，写“{OPT_OUT}”二字即可，",
    "我们将不再打扰。",
)
"""One sentence, in pieces that a line should not break."""


@dataclass(frozen=True)
class Card:
    """The card as a PNG, and what is on it for whoever cannot see it."""

    png: bytes
    says: str


@dataclass(frozen=True)
class Sender:
    """The office as letters name it."""

    address: str
    name: str
    opt_out_page: str = ""
    """A public address over https, where there is one."""


@dataclass(frozen=True)
class MailLetter:
    """One greeting, all its words chosen; `lines` are paragraphs."""

    message_id: str
    written_at: datetime
    """Aware, by the clock that the office's letters are dated with."""
    recipient: str
    subject: str
    salutation: str
    lines: tuple[str, ...]
    signature: tuple[str, ...]
    """Who signs, from the institution down, and the day in words."""
    head: str = ""
    """The name above the salutation of a body."""
    verse: str = ""
    source: str = ""
    """Whose verse it is."""
    card: Card | None = None
    happy: bool = True


def one_line(text: str) -> str:
    """Fit for a header: whatever breaks lines or hides is a blank."""
    return " ".join("".join(_printable(text)).split())


def _printable(text: str) -> Iterator[str]:
    return (sign if sign.isprintable() else " " for sign in text)
