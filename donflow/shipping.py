"""Where the files are that donflow ships: lifecycles and templates."""

from __future__ import annotations

from pathlib import Path

INSTALLED = Path(__file__).parent / "shipped"
CHECKOUT = Path(__file__).parent.parent


def shipped(name: str) -> Path:
    """A shipped file or folder: inside an installed package, else beside it in a checkout."""
    return (INSTALLED if INSTALLED.is_dir() else CHECKOUT) / name


def rule_texts(home: Path | None = None) -> dict[str, str]:
    """The texts of the rule files by name: the home's own `rules/` folder, else the shipped one."""
    own = home / "rules" if home is not None else None
    folder = own if own is not None and own.is_dir() else shipped("rules")
    return {path.name: path.read_text("utf-8-sig") for path in sorted(folder.glob("*.yaml"))}
