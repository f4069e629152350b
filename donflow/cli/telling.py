"""Errors become words here, and nowhere else on the command line."""

from __future__ import annotations

from pathlib import Path

import click

from donflow.cli.naming import with_words
from donflow.cli.shell import Shell
from donflow.errors import N_, DonflowError, Refused, Sentence, say


def tell_error(shell: Shell, error: DonflowError) -> int:
    """Say what a person can put right, on stderr; one line for each thing, with its remedy."""
    if shell.asked.as_json:
        click.echo(_dumped(_as_json(shell, error)), err=True)
        return error.exit_code
    lines = getattr(error, "lines", None)
    if lines is not None:
        for line in lines(shell.words):
            click.echo(line, err=True)
        return error.exit_code
    click.echo(shell.words(with_words(error.sentence)), err=True)
    if isinstance(error, Refused):
        for refusal in error.refusals:
            click.echo(f"  · {shell.words(with_words(refusal.reason))}", err=True)
            click.echo(f"    → {shell.words(with_words(refusal.remedy))}", err=True)
        for detail in error.details:
            click.echo(shell.words(with_words(detail)), err=True)
        return error.exit_code
    for detail in error.details:
        click.echo(f"  · {shell.words(with_words(detail))}", err=True)
    if error.remedy_sentence:
        click.echo(f"  → {shell.words(error.remedy_sentence)}", err=True)
    return error.exit_code


def in_lines(shell: Shell, error: DonflowError) -> tuple[str, ...]:
    """An error as a list tells it of one of many: what it is, then every reason."""
    refusals = error.refusals if isinstance(error, Refused) else ()
    said = (error.sentence, *(refusal.reason for refusal in refusals), *error.details)
    return tuple(shell.words(with_words(sentence)) for sentence in said)


def tell_click_error(shell: Shell, error: click.ClickException) -> int:
    """Say in one line what is wrong with the command line; a bare group shows its help."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        click.echo(error.format_message(), err=True)
        return 2
    message = _missing(shell, error) or " ".join(error.format_message().split())
    if shell.asked.as_json:
        refusal = {"code": "usage", "reason": message, "remedy": ""}
        click.echo(_dumped({"refusals": [refusal]}), err=True)
    else:
        click.echo(message, err=True)
        context = getattr(error, "ctx", None)
        if context is not None:
            hint = say(N_("Help: {command} --help"), command=context.command_path)
            click.echo(f"  → {shell.words(hint)}", err=True)
    return 2


def _missing(shell: Shell, error: click.ClickException) -> str:
    """What a missing word or option is for, since its name alone may say little."""
    parameter = error.param if isinstance(error, click.MissingParameter) else None
    if parameter is None:
        return ""
    name = shell.words(say(parameter.metavar)) if parameter.metavar else str(parameter.name)
    if isinstance(parameter, click.Option):
        option = parameter.opts[0]
        purpose = say(parameter.help or "") if parameter.help else say(option)
        return shell.words(
            say(N_("{option} is missing: {purpose}"), option=option, purpose=purpose)
        )
    return shell.words(say(N_("{name} is missing."), name=name))


def tell_failure(shell: Shell, failure: Exception) -> int:
    """Say that donflow itself failed; no traceback, no personal data."""
    _log("failure", failure)
    if shell.unchanged:
        message = N_("donflow itself failed ({kind}). Nothing was changed.")
    else:
        message = N_("donflow itself failed ({kind}).")
    reason = shell.words(say(message, kind=type(failure).__name__))
    if shell.asked.as_json:
        remedy = shell.words(say(N_("DONFLOW_DEBUG=1 shows details.")))
        refusal = {"code": "failure", "reason": reason, "remedy": remedy}
        click.echo(_dumped({"refusals": [refusal]}), err=True)
        return 1
    click.echo(reason, err=True)
    remedy = shell.words(say(N_("Show these words to whoever looks after donflow.")))
    click.echo(f"  → {remedy}", err=True)
    return 1


def tell_interrupt(shell: Shell) -> int:
    """Say what Ctrl-C left."""
    said = N_("Stopped; nothing was changed.") if shell.unchanged else N_("Stopped.")
    reason = shell.words(say(said))
    if shell.asked.as_json:
        refusal = {"code": "stopped", "reason": reason, "remedy": ""}
        reason = _dumped({"refusals": [refusal]})
    click.echo(reason, err=True)
    return 2


def tell_beside(shell: Shell, code: str, sentence: Sentence, remedy: Sentence | None) -> None:
    """Say on stderr what is no answer to this command, or did not come with it, yet is to know."""
    if shell.asked.as_json:
        reason = shell.words(with_words(sentence))
        warning = {"code": code, "reason": reason, "remedy": _spoken(shell, remedy or say(""))}
        click.echo(_dumped({"warnings": [warning]}), err=True)
        return
    click.echo(shell.words(with_words(sentence)), err=True)
    if remedy is not None:
        click.echo(f"  → {shell.words(remedy)}", err=True)


def tell_converting(shell: Shell, file: Path) -> None:
    """Say before a silence of up to a minute and a half what it is for."""
    if file.suffix.lower() in (".doc", ".wps", ".rtf") and not shell.asked.as_json:
        message = N_("LibreOffice is converting {file}; this may take a minute.")
        click.echo(shell.words(say(message, file=file.name)), err=True)


def tell_unshown(shell: Shell, failure: BaseException) -> None:
    """Say that the act is stored though its answer could not be told whole."""
    if shell.environment.get("DONFLOW_DEBUG") and not isinstance(failure, DonflowError):
        raise failure
    _log("unshown", failure)
    sentence = say(
        N_("This is done and stored, but its answer could not be shown ({kind})."),
        kind=type(failure).__name__,
    )
    click.echo(shell.words(sentence), err=True)
    shell.exit_code = 1


def _as_json(shell: Shell, error: DonflowError) -> dict[str, object]:
    if isinstance(error, Refused):
        refusals = [(r.code, r.reason, r.remedy) for r in error.refusals]
    else:
        reasons = error.details or (error.sentence,)
        refusals = [(error.code, reason, error.remedy_sentence or say("")) for reason in reasons]
    told = [shell.words(with_words(one)) for one in error.details]
    beside = {"details": told} if told and isinstance(error, Refused) else {}
    return beside | {
        "refusals": [
            {
                "code": code,
                "reason": shell.words(with_words(reason)),
                "remedy": _spoken(shell, remedy),
            }
            for code, reason, remedy in refusals
        ]
    }


def _spoken(shell: Shell, sentence: Sentence) -> str:
    return shell.words(with_words(sentence)) if sentence.message else ""


def _dumped(value: object) -> str:
    import json  # help and most answers need none

    return json.dumps(value, ensure_ascii=False)


def _log(what: str, failure: BaseException) -> None:
    import logging

    logging.getLogger("donflow").error("%s=%s", what, type(failure).__name__)
