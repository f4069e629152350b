"""How a name is typed in Latin letters: its pinyin in full, and the initials.

What stands in a name is spelled from each syllable on: 张三丰 is found by zhangsanfeng, sanfeng and
feng, by zsf, sf and f. Polyphonic surnames are spelled both ways, ü as v and as u.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice, product
from typing import Final

from donflow.roster.search.folding import folded
from donflow.roster.search.surnames import GIVEN, SURNAMES

MOST: Final = 8
"""Ways of spelling one name that are kept; a few polyphonic characters make no more."""
LONGEST: Final = 24
"""Syllables that are spelled: a body's name may be long, and is looked for by its beginnings."""


def spellings(name: str) -> tuple[str, ...]:
    """What may be typed for a name, from each of its syllables on, each once."""
    said: dict[str, None] = {}
    for syllables in islice(product(*_readings(name)), MOST):
        for start in range(len(syllables)):
            said[_with_v("".join(syllables[start:]))] = None
            said["".join(each[0] for each in syllables[start:])] = None
    return tuple(dict.fromkeys(way for each in said for way in _both(each)))


def reading(name: str) -> tuple[str, ...]:
    """The syllables of a name as they are read, for an order by pinyin."""
    return tuple(each[0] for each in _readings(name) if each)


def typed(word: str) -> str:
    """A typed word as it is looked for among the spellings; "" if it is none (xi'an, lü)."""
    bare = _with_v(word.replace("'", "").replace("’", ""))
    return bare if _LETTERS.fullmatch(bare) else ""


def _readings(name: str) -> list[tuple[str, ...]]:
    """The ways of reading each syllable: a Chinese character, or a Latin word."""
    pieces = [folded(piece) for piece in _PIECES.findall(name)]
    compound = "".join(pieces[:2])
    syllables: list[tuple[str, ...]] = []
    if compound in SURNAMES and len(pieces) > 1:
        whole = SURNAMES[compound][0]
        syllables = _parted(whole, pieces)
        pieces = pieces[2:]
    for piece in pieces[:LONGEST]:
        is_surname = not syllables
        if piece.isascii():
            syllables.append((piece,))
        elif reading := _reading(piece, is_surname=is_surname):
            syllables.append(reading)
    return syllables


def _parted(whole: str, pieces: list[str]) -> list[tuple[str, ...]]:
    """The two syllables of a compound surname; each also as the character is read elsewhere."""
    second = next(
        (reading for reading in _common(pieces[1]) if whole.endswith(reading)),
        _SECOND.get(pieces[0] + pieces[1], ""),
    )
    if not second:
        return [(whole,)]
    right = (whole.removesuffix(second), second)
    return [
        tuple(dict.fromkeys((reading, *_common(piece)[:1])))
        for reading, piece in zip(right, pieces, strict=False)
    ]


@lru_cache(maxsize=20_000)
def _reading(character: str, *, is_surname: bool) -> tuple[str, ...]:
    common = GIVEN.get(character) or _common(character)[:1]
    if not is_surname:
        return common
    return tuple(dict.fromkeys((*SURNAMES.get(character, ()), *common)))


@lru_cache(maxsize=20_000)
def _common(character: str) -> tuple[str, ...]:
    """The readings by the dictionary, the usual one first; none for what is no character."""
    from pypinyin import Style, pinyin  # 0.2 s to load; a name must be there to be spelled

    read = pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore")
    return tuple(folded(_with_v(each)) for each in (read[0] if read else ()) if each)


def _with_v(text: str) -> str:
    return text.replace("ü", "v")


def _both(spelled: str) -> tuple[str, ...]:
    """lv is also typed lu, as on a passport (or lyu)."""
    if "lv" not in spelled and "nv" not in spelled:
        return (spelled,)
    return spelled, re.sub("([ln])v", r"\1u", spelled), re.sub("([ln])v", r"\1yu", spelled)


_PIECES: Final = re.compile(r"[A-Za-zＡ-Ｚａ-ｚ]+|[㐀-䶿一-鿿豈-﫿\U00020000-\U0003ffff]")
_LETTERS: Final = re.compile("[a-z]+")
_SECOND: Final = {"万俟": "qi", "子车": "ju"}
"""Second syllables that the dictionary does not read so."""
