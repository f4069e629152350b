"""Letters put into the office's own folder, as files for a person to print or pass on."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from pathlib import Path

from donflow.outbox.keys import told_apart
from donflow.outbox.letter_files import FOLDER, fit, key_in_name
from donflow.platform_files import private_folder, replace_durably, write_private
from donflow.post.reply import Frozen, Outcome, Reply


def hand_over(home: Path, frozen: Frozen, *, before_body: Callable[[], bool]) -> Reply:
    """Write the letter's file, wholly or not at all; it is on disk when this returns.

    The name holds the letter's key, so there is one file however often this is tried. Trouble
    before the fence is NOT_BEGUN; trouble while writing is BODY_NOT_TAKEN, since the file gets its
    name only when it is whole.
    """
    folder = home / FOLDER
    target = folder / name_of(frozen)
    temporary = folder / f".{secrets.token_hex(8)}"
    try:
        private_folder(folder)
    except OSError:
        return Reply(Outcome.NOT_BEGUN)
    if not before_body():
        return Reply(Outcome.NOT_OWNER)
    try:
        write_private(temporary, frozen.content)
    except OSError:
        temporary.unlink(missing_ok=True)
        return Reply(Outcome.BODY_NOT_TAKEN)
    try:
        replace_durably(temporary, target)
    except OSError:
        return Reply(Outcome.IN_DOUBT)
    return Reply(Outcome.ACCEPTED)


def name_of(frozen: Frozen) -> str:
    """The file's name: to whom it is, then the beginning of its key and its n."""
    key, _, n = told_apart(frozen.message_id).partition(".")
    kind = "pdf" if frozen.content.startswith(b"%PDF") else "html"
    return f"{fit(frozen.recipient)}_{key_in_name(key, int(n))}.{kind}"
