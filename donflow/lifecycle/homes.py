"""Where an office may be made: only where nothing stands yet."""

from __future__ import annotations

from pathlib import Path

from donflow.errors import N_, DonflowError


class HomeTaken(DonflowError):
    code = "home_taken"
    message = N_("The folder {home} already holds something.")
    remedy = N_("Name an empty folder with --home.")


def refuse_taken(home: Path) -> None:
    """Raise HomeTaken unless the folder is empty or not there."""
    if home.exists() and (not home.is_dir() or any(home.iterdir())):
        raise HomeTaken(home=str(home))
