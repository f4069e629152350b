"""How a reading command runs: the policy first, then a session that keeps nothing."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from donflow.accounts.models import User
from donflow.accounts.policy import allowed
from donflow.accounts.scopes import Scope
from donflow.accounts.users import actor_of, get_user
from donflow.cli.files import read_file
from donflow.cli.recovered import office_of
from donflow.cli.shell import Shell
from donflow.domain.actor import Actor
from donflow.gifts.models import Gift
from donflow.lifecycle.office import Office
from donflow.lifecycle.visible import visible_gift
from donflow.store.session import reading
from donflow.vault.deposit import Upload

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(frozen=True)
class Look:
    """What a reading command has: a session that keeps nothing, who reads, and how far."""

    shell: Shell
    session: Session
    office: Office
    user: User
    actor: Actor
    scope: Scope
    now: datetime

    @property
    def today(self) -> date:
        return self.office.today(self.now)

    def gift(self, text: str) -> Gift:
        """The gift named, if this user may see it."""
        return visible_gift(
            self.session, text, year=self.today.year, scope=self.scope, user=self.user
        )


def reads(function: Callable[..., None]) -> Callable[..., None]:
    """Make a command of a question: `function(look, …)` gets a session that keeps nothing."""

    @functools.wraps(function)
    def command(**arguments: Any) -> None:
        context = click.get_current_context()
        with looking(context.find_root().obj, command_path(context)) as look:
            function(look, **arguments)

    return command


@contextmanager
def looking(shell: Shell, path: str) -> Iterator[Look]:
    """Open the office to read, as the user who asks, if the policy lets that user."""
    opened = office_of(shell)
    now = shell.now()
    with reading(opened.store) as session:
        user = get_user(session, shell.username)
        actor = actor_of(user, today=opened.office.today(now))
        scope = allowed(path, actor.roles)
        yield Look(shell, session, opened.office, user, actor, scope, now)


def read_upload(path: Path) -> Upload:
    """A person's file as name and bytes; one that is too large is refused unread."""
    return Upload(path.name, read_file(path))


def command_path(context: click.Context) -> str:
    return context.command_path.removeprefix(context.find_root().command_path).strip()
