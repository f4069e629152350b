"""The dozen gifts that stand beside the demo's tale, each at a stage that happens in an office."""

from __future__ import annotations

Line = tuple[str, str]


def others() -> list[Line]:
    """Day and command line of each; the donors are fictional."""
    return []
