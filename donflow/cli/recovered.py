"""The office of a command, after the next start has told what a crash before it left behind."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Final

from donflow.cli.shell import Shell
from donflow.cli.telling import tell_beside
from donflow.errors import N_, CommandLine, Sentence, say
from donflow.lifecycle.instance import is_held
from donflow.lifecycle.recovering import recover
from donflow.store.interrupted import Ending, Interrupted
from donflow.store.session import reading

if TYPE_CHECKING:
    from donflow.bootstrap import OpenOffice


def office_of(shell: Shell) -> OpenOffice:
    """The office, opened; commands that were interrupted are told on stderr, once."""
    opened = shell.office

    def tell(found: Interrupted) -> None:
        with suppress(OSError):  # nobody listens
            code = f"interrupted_{found.ending}"
            tell_beside(shell, code, _what_happened(found), _what_now(found))

    removed = recover(opened.office, opened.store, tell)
    if removed:
        cleared = say(N_("Half-written files that it left were removed: {count}."), count=removed)
        with suppress(OSError):
            tell_beside(shell, "leftovers_removed", cleared, None)
    _tell_held(shell, opened)
    return opened


def _tell_held(shell: Shell, opened: OpenOffice) -> None:
    """One line for people; with --json `donflow instance show` tells it."""
    if shell.asked.as_json:
        return
    with reading(opened.store) as session:
        reason = is_held(session, opened.office)
    if reason is not None:
        held = say(
            N_("Held, nothing goes out by itself: {reason} (donflow instance show)."), reason=reason
        )
        with suppress(OSError):
            tell_beside(shell, "held", held, None)


def _what_happened(found: Interrupted) -> Sentence:
    if found.command is None:
        return say(N_("A command was interrupted; its note was cut, so nobody can say which."))
    command = CommandLine(f"donflow {found.command}")
    return say(
        {
            Ending.STORED: N_(
                "{at}: “{command}” by {user} was interrupted. It was done and is stored."
            ),
            Ending.NOT_STORED: N_(
                "{at}: “{command}” by {user} was interrupted. It was not done, nothing was changed."
            ),
            Ending.IN_PART: N_(
                "{at}: “{command}” by {user} was interrupted. What it had done until then is stored."
            ),
            Ending.UNCLEAR: N_(
                "{at}: “{command}” by {user} was interrupted. Whether it was done is not known."
            ),
        }[found.ending],
        at=found.at,
        command=command,
        user=found.user,
    )


def _what_now(found: Interrupted) -> Sentence:
    if found.ending is Ending.STORED and found.command in SHOWN_ONCE:
        return say(N_("What it shows is kept nowhere: do it again if you did not see it."))
    return say(
        {
            Ending.STORED: N_("Do not do it again; a copy of its paper may be missing."),
            Ending.NOT_STORED: N_("Do it again."),
            Ending.IN_PART: N_("Run it again for the rest."),
            Ending.UNCLEAR: N_("Look whether it was done before you do it again."),
        }[found.ending]
    )


SHOWN_ONCE: Final = frozenset({"person reveal"})
"""Commands whose answer is told once, after the commit."""
