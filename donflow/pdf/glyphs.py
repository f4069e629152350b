"""Which characters the fonts have: a text is split by font, one that cannot be printed is named."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache, reduce

from donflow.errors import N_, DonflowError, Sentence, say
from donflow.pdf.fonts import CHAIN, Face, Role, face


@dataclass(frozen=True)
class Placed:
    """A text that is going to be printed, with the name of its place for a message."""

    text: str
    place: Sentence
    role: Role = Role.SERIF


@dataclass(frozen=True)
class MissingGlyph:
    """One character that no font of its chain has."""

    character: str
    place: Sentence

    @property
    def code(self) -> str:
        return f"U+{ord(self.character):04X}"


class NoGlyph(DonflowError):
    """Characters that would print as boxes; `missing` has every one of them, with its place."""

    code = "no_glyph"
    message = N_("The fonts lack these characters: {characters}. Nothing was printed.")
    remedy = N_("Correct them if they were mistyped; else make this paper by hand in Word.")

    def __init__(self, missing: tuple[MissingGlyph, ...]) -> None:
        super().__init__(characters=_listed([_named(one) for one in missing]))
        self.missing = missing


def check_glyphs(texts: Iterable[Placed]) -> None:
    """Raise NoGlyph with every character that cannot be printed; to be called before drawing."""
    missing = tuple(
        MissingGlyph(character, placed.place)
        for placed in texts
        for character in dict.fromkeys(placed.text)
        if character != "\n" and find_face(character, placed.role) is None
    )
    if missing:
        raise NoGlyph(missing)


@lru_cache(maxsize=20_000)
def find_face(character: str, role: Role) -> Face | None:
    """The first font of the role's chain that has the character."""
    return next((face(one) for one in CHAIN[role] if face(one).has(character)), None)


def face_of(character: str, role: Role) -> Face:
    """The font the character is printed in; a text must have passed `check_glyphs` before."""
    found = find_face(character, role)
    if found is None:
        raise NoGlyph((MissingGlyph(character, say(N_("the text"))),))
    return found


def split_runs(text: str, role: Role) -> tuple[tuple[Face, str], ...]:
    """The text cut into the longest pieces of one font each."""
    runs: list[tuple[Face, str]] = []
    for character in text:
        found = face_of(character, role)
        if runs and runs[-1][0] is found:
            runs[-1] = (found, runs[-1][1] + character)
        else:
            runs.append((found, character))
    return tuple(runs)


def _named(missing: MissingGlyph) -> Sentence:
    return say(
        N_("{character} ({code}) in {place}"),
        character=missing.character,
        code=missing.code,
        place=missing.place,
    )


def _listed(sentences: list[Sentence]) -> Sentence:
    return reduce(lambda left, right: say(N_("{left}, {right}"), left=left, right=right), sentences)
