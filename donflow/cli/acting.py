"""How a writing command runs: one unit of work, and the answer after the commit."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from donflow.accounts.policy import allowed
from donflow.accounts.users import actor_of, all_users, get_user
from donflow.cli.evidence import (
    EVIDENCE_OPTIONS,
    NOW_OPTIONS,
    OWN_OPTIONS,
    Evidence,
    check_evidence,
    evidence_kind,
    permitted,
)
from donflow.cli.files import write_new
from donflow.cli.glance import tell_done
from donflow.cli.looking import Look, command_path, read_upload
from donflow.cli.recovered import office_of
from donflow.cli.repeating import Request, plain
from donflow.cli.shell import Shell
from donflow.cli.telling import tell_beside, tell_unshown
from donflow.domain.actor import OnBehalf, Role, acting_in
from donflow.errors import N_, DonflowError, Sentence, say
from donflow.gifts.models import Gift
from donflow.lifecycle.advance import check_fresh, refuse_if_ended
from donflow.lifecycle.exporting import export_blob, export_path
from donflow.lifecycle.office import Office
from donflow.lifecycle.two_persons import acts_of
from donflow.store.interrupted import noted
from donflow.store.journal import has_recorded
from donflow.store.outcome import OutcomeUnknown, StoppedMeanwhile
from donflow.store.session import answered_late, left_undone, unit_of_work
from donflow.vault.deposit import Upload, deposit, remarks
from donflow.vault.files import fingerprint_of
from donflow.vault.models import Blob

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


AFTER_THE_END = frozenset({"gift advance", "gift link", "paper file", "vault add"})
"""Commands that still serve a gift that has ended; `gift advance` says itself what is possible."""


@dataclass(frozen=True)
class Act(Look):
    """What a writing command has: the unit of work, and who acts for whom on which day."""

    seen: int | None = None
    proof: Upload | None = None
    """The evidence as it came, if there is one."""

    @property
    def on(self) -> date:
        return self.office.acted_on(self.actor, self.now)

    def gift(self, text: str) -> Gift:
        """The gift named, locked; refused if it was changed since the version the caller saw."""
        gift = super().gift(text)
        self.session.refresh(gift, with_for_update=True)
        if command_path(click.get_current_context()) not in AFTER_THE_END:
            refuse_if_ended(self.session, self.office, gift)
        names = {self.user.id: self.user.display_name}
        if self.seen is not None and self.seen != gift.row_version:
            names = {user.id: user.display_name for user in all_users(self.session)}
        check_fresh(self.session, gift, self.seen, names)
        return gift

    def other_gift(self, text: str) -> Gift:
        """A gift that is only named in the act, whatever happened to it since."""
        return super().gift(text)

    def paper(self, gift: Gift, document: str, out: Path | None) -> Paper:
        """The paper with the place for its copy: where asked, else in the gift's own folder."""
        path = out or export_path(self.session, self.office, gift, document)
        return Paper(document, path.absolute())

    def deposit(self, path: Path) -> Blob:
        """Take a file through the gate into the vault."""
        return deposit(
            self.session,
            self.office.vault,
            read_upload(path),
            actor=self.actor,
            now=self.now,
            personal=_is_personal(command_path(click.get_current_context())),
        )


@dataclass(frozen=True)
class Paper:
    """A stored paper of which a copy is put where a person can open it, once all is committed."""

    document: str
    path: Path


@dataclass(frozen=True)
class Done:
    """What an act answers: a sentence, the gift it was about, and codes for `--json`.

    Of the sentence's values, names and free text are shown and kept nowhere (see repeating.CODES).
    `shown_once` is said after the commit and kept nowhere; `shown` stands in `--json` alone, and
    is kept nowhere either, nor is `heed`: what a person should know of the act, beside its answer.
    `file` is written where it says, once all is committed, and kept nowhere.
    """

    sentence: Sentence
    gift: Gift | None = None
    data: Mapping[str, object] = field(default_factory=dict)
    paper: Paper | None = None
    shown_once: str | None = None
    shown: Mapping[str, object] = field(default_factory=dict)
    heed: tuple[Sentence, ...] = ()
    file: tuple[Path, bytes] | None = None


def writes(function: Callable[..., Done]) -> Callable[..., None]:
    """Make a command of an act: `function(act, …) -> Done` runs in one unit of work."""
    return _with_options(_performed(function), EVIDENCE_OPTIONS)


def writes_oneself(function: Callable[..., Done]) -> Callable[..., None]:
    """As `writes`, for an act of the office itself, which is never recorded for anybody else."""
    return _with_options(_performed(function), OWN_OPTIONS)


def writes_now(function: Callable[..., Done]) -> Callable[..., None]:
    """As `writes_oneself`, of an act that counts when it is written down; `--on` is free."""
    return _with_options(_performed(function), NOW_OPTIONS)


def own_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of `writes_oneself`, for a command that works before its unit of work begins."""
    for option in reversed(OWN_OPTIONS):
        command = option(command)
    return command


def _performed(function: Callable[..., Done]) -> Callable[..., None]:
    @functools.wraps(function)
    def command(evidence: Evidence, **arguments: Any) -> None:
        context = click.get_current_context()
        _perform(context.find_root().obj, command_path(context), evidence, arguments, function)

    return command


def _perform(
    shell: Shell,
    path: str,
    evidence: Evidence,
    arguments: Mapping[str, Any],
    function: Callable[..., Done],
) -> None:
    opened, now = office_of(shell), shell.now()
    shown_once: str | None = None
    heed: tuple[Sentence, ...] = ()
    file: tuple[Path, bytes] | None = None
    shell.unchanged = True
    with noted(
        opened.office.home,
        command=path,
        user=shell.username,
        at=now,
        request_key=evidence.request_key,
    ) as announce:

        def announced(mark: str) -> None:
            shell.unchanged = False
            announce(mark)

        try:
            with unit_of_work(opened.store, announced) as session:
                act, proof = _act(shell, session, opened.office, path, evidence, now)
                request = Request.of(act, path, evidence, arguments)
                outcome = request.earlier(act, arguments) if request else None
                if outcome is None:
                    if proof is not None:
                        keeper = replace(act.actor, on_behalf_of=None)
                        deposit(
                            session,
                            opened.office.vault,
                            proof,
                            actor=keeper,
                            now=now,
                            personal=_is_personal(path),
                        )
                    done = function(act, **arguments)
                    session.flush()
                    outcome, shown_once = _outcome(shell, done), done.shown_once
                    heed, file = done.heed, done.file
                    # What changed nothing may as well be asked again.
                    if request and has_recorded(session):
                        request.keep(act, done, outcome)
                    outcome = {**outcome, **done.shown}
        except OutcomeUnknown as unknown:
            raise type(unknown)(request_key=evidence.request_key) from unknown
        except KeyboardInterrupt as stop:
            if shell.unchanged:
                raise
            raise StoppedMeanwhile(request_key=evidence.request_key) from stop
        shell.unchanged = False
        _tell(shell, opened.office, session, outcome, shown_once, heed, file)


def _is_personal(path: str) -> bool:
    """Whether the command's papers are about one person, who may ask for all of it to go."""
    return path.startswith("person ") or path == "roster form-back"


def _act(
    shell: Shell, session: Session, office: Office, path: str, evidence: Evidence, now: datetime
) -> tuple[Act, Upload | None]:
    """Who acts, if the policy lets them; and the proof, which is not kept yet."""
    user = get_user(session, shell.username)
    today = office.today(now)
    day = evidence.on or today
    role = Role(evidence.acting) if evidence.acting else None
    actor = replace(actor_of(user, role, today=today), acted_on=day)
    proof: Upload | None = None
    if evidence.role is not None and evidence.file is not None:
        proof = read_upload(evidence.file)
        kind = evidence_kind(evidence, proof.name, path)
        outside = OnBehalf(Role(evidence.role), kind, fingerprint_of(proof.data), day)
        actor = replace(acting_in(actor, {Role.SECRETARY}), on_behalf_of=outside)
        held = session.get(Blob, outside.document)
        check_evidence(outside, held, proof.name, office.templates)
    # Whoever asks for a second person asks as himself: the evidence is that person's consent.
    roles = frozenset(map(str, actor.roles)) if path in acts_of(office) else office.roles(actor)
    actor = permitted(path, actor, roles)
    scope = allowed(path, {Role(name) for name in roles})
    if actor.on_behalf_of is not None:
        # Whoever records an act sees the gift as always, not as the one recorded for would.
        scope = allowed("gift show", actor.roles)
    act = Act(shell, session, office, user, actor, scope, now, seen=evidence.seen, proof=proof)
    return act, proof


def _tell(
    shell: Shell,
    office: Office,
    session: Session,
    outcome: dict[str, Any],
    shown_once: str | None,
    heed: tuple[Sentence, ...],
    file: tuple[Path, bytes] | None,
) -> None:
    """Answer what is stored; whatever fails from here on cannot undo it."""
    try:
        if answered_late(session):
            late = say(N_("The database's answer came late: this was found to be stored."))
            tell_beside(shell, "answered_late", late, None)
        if left_undone(session):
            undone = say(N_("It is stored, yet what it destroys is not all gone from the disk."))
            now_what = say(N_("Try again what is left: donflow scheduler --once"))
            tell_beside(shell, "left_undone", undone, now_what)
        for remark in remarks(session):
            tell_beside(shell, "file_remark", remark, None)
        for sentence in heed:
            tell_beside(shell, "heed", sentence, None)
        if outcome.get("paper"):
            try:
                export_blob(office, outcome["document"], Path(outcome["paper"]))
            except DonflowError as fault:
                tell_beside(shell, fault.code, fault.sentence, fault.remedy_sentence)
                outcome["paper"] = None
        if file is not None:
            try:
                write_new(*file)
            except DonflowError as fault:
                tell_beside(shell, fault.code, fault.sentence, fault.remedy_sentence)
        if shown_once is not None:
            click.echo(shown_once)
        tell_done(shell, outcome)
    except BrokenPipeError:
        raise
    except (Exception, KeyboardInterrupt) as failure:
        tell_unshown(shell, failure)


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
        **{name: plain(value) for name, value in done.data.items()},
    }


def _with_options(
    command: Callable[..., None], options: Sequence[Callable[[Any], Any]]
) -> Callable[..., None]:
    @functools.wraps(command)
    def gathered(**given: Any) -> None:
        evidence = Evidence.take(given)
        command(evidence=evidence, **given)

    wrapped: Callable[..., None] = gathered
    for option in reversed(options):
        wrapped = option(wrapped)
    return wrapped
