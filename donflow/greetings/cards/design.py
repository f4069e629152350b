"""What makes a card: a motif, the colours it is painted in, and where the words stand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from donflow.errors import N_, DonflowError
from donflow.greetings.cards.compositions import Composition
from donflow.greetings.cards.palettes import Palette
from donflow.pdf.drawing import Drawing

Motif = Callable[[Drawing, Palette], None]
"""Paints the canvas of 90 by 120 units; the frame of the composition cuts it."""

LARGEST_PICTURE: Final = 8 * 2**20


class PictureUnfit(DonflowError):
    code = "card_picture_unfit"
    message = N_("A picture for a card is a JPEG or PNG file of at most {limit} MB.")
    remedy = N_("Save the photo as a JPEG file in a smaller size.")


@dataclass(frozen=True)
class Design:
    """One card without its words; `seal` are the one or two characters of the stamp, or none."""

    motif: Motif
    palette: Palette
    composition: Composition
    seal: str = ""
    picture: bytes | None = None

    def with_picture(self, picture: bytes) -> Design:
        """The same card with the office's own picture in place of the motif.

        Bytes that the gate admitted; raises PictureUnfit for what is neither JPEG nor PNG, or
        too large.
        """
        known = picture.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"))
        if not known or len(picture) > LARGEST_PICTURE:
            raise PictureUnfit(limit=LARGEST_PICTURE // 2**20)
        return replace(self, picture=picture)
