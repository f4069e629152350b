"""Traditional Chinese colours, and the few of them that each card is painted in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from donflow.pdf.spacing import Colour


def tint(code: str) -> Colour:
    """A colour by its six hexadecimal digits."""
    red, green, blue = (int(code[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return red, green, blue


@dataclass(frozen=True)
class Palette:
    """`ground` is the paper, `ink` the words, `seal` the stamp; the others are the motif's.

    `deep` is the darkest of the motif, `main` what one remembers, `soft` its paler neighbour,
    `accent` the one spot that sings, used sparingly. Where words lie on the motif, title and verse
    are `on_motif` and the greeting `on_foot` instead of `ink`.
    """

    name: str
    ground: Colour
    ink: Colour
    seal: Colour
    deep: Colour
    main: Colour
    soft: Colour
    accent: Colour
    on_motif: Colour | None = None
    on_foot: Colour | None = None


VERMILION: Final = tint("b4332b")  # 朱磦, the seal
INK: Final = tint("2b2a2c")  # 玄青
PAPER: Final = tint("f6f1e6")  # 宣纸
