"""How a writing command runs: one unit of work, and the answer after the commit."""

from __future__ import annotations

import functools
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from donflow.accounts.policy import allowed
from donflow.accounts.users import actor_of, all_users, get_user
from donflow.cli.evidence import EVIDENCE_OPTIONS, Evidence, evidence_kind
from donflow.cli.glance import tell_done
from donflow.cli.looking import Look, command_path, read_upload
from donflow.cli.shell import Shell
from donflow.domain.actor import OnBehalf, Role
from donflow.errors import Sentence
from donflow.gifts.models import Gift
from donflow.lifecycle.advance import check_fresh
from donflow.lifecycle.exporting import export_blob, export_path
from donflow.lifecycle.office import Office
from donflow.store.journal import has_recorded
from donflow.store.requests import first_outcome, keep_outcome
from donflow.store.session import unit_of_work
from donflow.vault.deposit import deposit
from donflow.vault.models import Blob

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(frozen=True)
class Act(Look):
    """What a writing command has: the unit of work, and who acts for whom on which day."""

    seen: int | None = None

    @property
    def on(self) -> date:
        return self.office.acted_on(self.actor, self.now)

    def gift(self, text: str) -> Gift:
        """The gift named; refused if it was changed since the version the caller saw."""
        gift = super().gift(text)
        names = {self.user.id: self.user.display_name}
        if self.seen is not None and self.seen != gift.row_version:
            names = {user.id: user.display_name for user in all_users(self.session)}
        check_fresh(self.session, gift, self.seen, names)
        return gift

    def paper(self, gift: Gift, document: str, out: Path | None) -> Paper:
        """The paper with the place for its copy: where asked, else in the gift's own folder."""
        path = out or export_path(self.session, self.office, gift, document)
        return Paper(document, path.absolute())

    def deposit(self, path: Path) -> Blob:
        """Take a file through the gate into the vault."""
        return deposit(
            self.session, self.office.vault, read_upload(path), actor=self.actor, now=self.now
        )


@dataclass(frozen=True)
class Paper:
    """A stored paper of which a copy is put where a person can open it, once all is committed."""

    document: str
    path: Path


@dataclass(frozen=True)
class Done:
    """What an act answers: a sentence, the gift it was about, and codes for `--json`.

    `shown_once` is said after the commit and kept nowhere.
    """

    sentence: Sentence
    gift: Gift | None = None
    data: Mapping[str, object] = field(default_factory=dict)
    paper: Paper | None = None
    shown_once: str | None = None


def writes(function: Callable[..., Done]) -> Callable[..., None]:
    """Make a command of an act: `function(act, …) -> Done` runs in one unit of work."""

    @functools.wraps(function)
    def command(evidence: Evidence, **arguments: Any) -> None:
        context = click.get_current_context()
        _perform(context.find_root().obj, command_path(context), evidence, arguments, function)

    return _with_evidence(command)


def _perform(
    shell: Shell,
    path: str,
    evidence: Evidence,
    arguments: Mapping[str, Any],
    function: Callable[..., Done],
) -> None:
    opened, now = shell.office, shell.now()
    key = evidence.request_key or secrets.token_hex(16)
    said = {name: _plain(value) for name, value in arguments.items()} | evidence.plain()
    said["user"] = shell.username
    shown_once: str | None = None
    with unit_of_work(opened.store) as session:
        outcome = first_outcome(session, key, path, said)
        if outcome is None:
            act = _act(shell, session, opened.office, path, evidence, now)
            done = function(act, **arguments)
            session.flush()
            outcome = _outcome(shell, done)
            if has_recorded(session):  # what changed nothing may as well be asked again
                keep_outcome(session, key, path, said, outcome, now=now)
            shown_once = done.shown_once
    if outcome.get("paper"):
        export_blob(opened.office, outcome["document"], Path(outcome["paper"]))
    if shown_once is not None:
        click.echo(shown_once)
    tell_done(shell, outcome)


def _act(
    shell: Shell, session: Session, office: Office, path: str, evidence: Evidence, now: datetime
) -> Act:
    user = get_user(session, shell.username)
    today = office.today(now)
    day = evidence.on or today
    role = Role(evidence.acting) if evidence.acting else None
    actor = replace(actor_of(user, role, today=today), acted_on=day)
    if evidence.role is not None and evidence.file is not None:
        upload = read_upload(evidence.file)
        blob = deposit(session, office.vault, upload, actor=actor, now=now)
        kind = evidence_kind(evidence, upload.name)
        outside = OnBehalf(Role(evidence.role), kind, blob.fingerprint, day)
        actor = replace(actor, on_behalf_of=outside)
    scope = allowed(path, {Role(name) for name in office.roles(actor)})
    if actor.on_behalf_of is not None:
        # Whoever records an act sees the gift as always, not as the one recorded for would.
        scope = allowed("gift show", actor.roles)
    return Act(shell, session, office, user, actor, scope, now, seen=evidence.seen)


def _outcome(shell: Shell, done: Done) -> dict[str, Any]:
    values = {name: shell.words.value(value) for name, value in done.sentence.values.items()}
    gift = done.gift
    return {
        "message": done.sentence.message,
        "values": values,
        "gift": gift.number if gift else None,
        "stage": gift.stage if gift else None,
        "version": gift.row_version if gift else None,
        "document": done.paper.document if done.paper else None,
        "paper": str(done.paper.path) if done.paper else None,
        **{name: _plain(value) for name, value in done.data.items()},
    }


def _plain(value: Any) -> Any:
    match value:
        case None | bool() | int() | str():
            return value
        case list() | tuple():
            return [_plain(item) for item in value]
        case _:
            return str(value)


def _with_evidence(command: Callable[..., None]) -> Callable[..., None]:
    @functools.wraps(command)
    def gathered(**given: Any) -> None:
        evidence = Evidence.take(given)
        command(evidence=evidence, **given)

    wrapped: Callable[..., None] = gathered
    for option in reversed(EVIDENCE_OPTIONS):
        wrapped = option(wrapped)
    return wrapped
