"""Completion of gift numbers: typed by number or by the donor's name."""

from __future__ import annotations

from click.shell_completion import CompletionItem

from donflow.cli.glance import line_of, views_of
from donflow.cli.looking import looking
from donflow.cli.shell import Shell
from donflow.errors import DonflowError


def gifts_like(shell: Shell, incomplete: str) -> list[CompletionItem]:
    """The gifts whose number or donor holds what was typed; nothing where there is no office."""
    try:
        with looking(shell, "gift list") as look:
            return [
                CompletionItem(view.gift.number, help=line_of(shell, view))
                for view in views_of(look)
                if incomplete in view.gift.number or (view.donor and incomplete in view.donor)
            ]
    except DonflowError:
        return []
