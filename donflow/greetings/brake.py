"""The brake: a batch far above its forecast waits for a person, whatever its rhythm says."""

from __future__ import annotations

from typing import Final

MORE: Final = 20
"""So many letters above the forecast are at least needed: two instead of one are no alarm."""


def is_far_above(letters: int, forecast: int | None) -> bool:
    """Whether there are more than twice the letters forecast and at least 20 more."""
    if forecast is None:
        return False
    return letters > 2 * forecast and letters - forecast >= MORE
