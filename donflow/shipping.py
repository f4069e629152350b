"""Where the files are that donflow ships: lifecycles and templates."""

from __future__ import annotations

from pathlib import Path

INSTALLED = Path(__file__).parent / "shipped"
CHECKOUT = Path(__file__).parent.parent


def shipped(name: str) -> Path:
    """A shipped file or folder: inside an installed package, else beside it in a checkout."""
    return (INSTALLED if INSTALLED.is_dir() else CHECKOUT) / name
