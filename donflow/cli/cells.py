"""How many cells of a terminal a text takes: two for each wide character, none for a mark."""

from __future__ import annotations

import re
from unicodedata import category, east_asian_width


def cell_len(text: str) -> int:
    """The cells of a text of one line, by Unicode's East Asian Width (UAX #11).

    Ambiguous characters are counted as narrow, as terminals show them in a UTF-8 locale.
    """
    return len(text) if text.isascii() else sum(map(_width, text))


def _width(character: str) -> int:
    if category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if east_asian_width(character) in ("W", "F") else 1


def wrapped(text: str, width: int) -> list[str]:
    """The text as lines of at most so many cells; Latin words and figures stay whole."""
    lines = [""]
    for piece in _PIECES.findall(text):
        if lines[-1] and cell_len(lines[-1] + piece.rstrip()) > width:
            lines[-1] = lines[-1].rstrip()
            lines.append("")
        lines[-1] += piece if lines[-1] else piece.lstrip()
    return lines


def shortened(text: str, most: int = 60) -> str:
    """So many characters of a text, in one line, for a screen; `--json` and `--xlsx` have all."""
    text = " ".join(text.split())
    return text if len(text) <= most else f"{text[:most]}…"


# A closing mark stays with what stands before it.
_PIECES = re.compile(r"(?:[A-Za-z0-9][A-Za-z0-9.,:_/-]*|\S|\s)[，。；：、？！）”’》〉】]*\s*")
