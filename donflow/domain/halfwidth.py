"""Half-width forms of what was typed full-width, and how a person's own text is quoted back."""

from __future__ import annotations

from typing import Final

_HALF_WIDTH: Final = {0xFF01 + shift: 0x21 + shift for shift in range(94)} | {0x3000: 0x20}


def halfwidth(text: str) -> str:
    """Full-width Latin letters, digits, marks and spaces as ASCII; nothing else changes.

    Not NFKC: that would read `10²` as 102 and `①` as 1.
    """
    return text.translate(_HALF_WIDTH)


def quoted(text: str) -> str:
    """What an error quotes of a person's text: its first forty characters."""
    return text if len(text) <= 40 else text[:39] + "…"
