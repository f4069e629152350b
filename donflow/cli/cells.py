"""How many cells of a terminal a text takes: two for each wide character, none for a mark."""

from __future__ import annotations

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
