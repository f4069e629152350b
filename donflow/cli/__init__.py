"""The command line: finds language, home and user, runs a command, and turns errors into words."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from donflow.cli.asking import Asked, take_globals
from donflow.cli.root import root
from donflow.cli.shell import Shell
from donflow.cli.telling import tell_click_error, tell_error, tell_failure, tell_interrupt
from donflow.errors import N_, DonflowError
from donflow.language import bind_click

if TYPE_CHECKING:
    from donflow.bootstrap import OpenOffice

PROGRAM = "donflow"


class BrokenCharacters(DonflowError):
    code = "broken_characters"
    message = N_("“{text}” holds characters that this terminal sent broken.")
    remedy = N_("Type it again; let the terminal send UTF-8.")


def main() -> None:
    """The entry point `donflow`."""
    for stream in (sys.stdout, sys.stderr):
        # A character that the terminal lacks is told by its number, and stops nothing.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    if os.environ.get("_DONFLOW_COMPLETE"):
        root.main(prog_name=PROGRAM, obj=Shell.open(Asked(), os.environ))
    sys.exit(run(sys.argv[1:], os.environ))


def run(
    arguments: Sequence[str],
    environment: Mapping[str, str],
    offices: dict[Path, OpenOffice] | None = None,
) -> int:
    """Run one command line; returns its exit code (0 done, 1 ours, 2 refused, 3 unknown).

    `offices` stay open for the next command line in this process; the caller closes them.
    """
    try:
        asked, rest = take_globals(arguments)
        shell = Shell.open(asked, environment, offices)
    except DonflowError as error:
        return tell_error(Shell.open(Asked(), environment, offices), error)
    try:
        _check_characters(arguments)
        bind_click(shell.words.language)
        root.main(rest, prog_name=PROGRAM, standalone_mode=False, obj=shell)
    except click.exceptions.Exit as done:
        return done.exit_code
    except (click.Abort, KeyboardInterrupt):
        return tell_interrupt(shell)
    except click.ClickException as wrong:
        return tell_click_error(shell, wrong)
    except DonflowError as error:
        return tell_error(shell, error)
    except BrokenPipeError:
        return 0
    except Exception as failure:
        from donflow.store.outcome import trouble_of  # loads the database

        trouble = trouble_of(failure)
        if trouble is not None:
            return tell_error(shell, trouble)
        if environment.get("DONFLOW_DEBUG"):
            raise
        return tell_failure(shell, failure)
    finally:
        if offices is None:
            shell.close()
    return shell.exit_code


def _check_characters(arguments: Sequence[str]) -> None:
    """Refuse bytes that are no text: no table, paper or answer could hold them."""
    for argument in arguments:
        try:
            argument.encode()
        except UnicodeEncodeError as fault:
            shown = argument.encode(errors="backslashreplace").decode()
            raise BrokenCharacters(text=shown) from fault
