"""The command that takes filled forms in: their changes as proposals, their ticks as consents."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from donflow.cli.acting import Act, Done, writes
from donflow.cli.arguments import FILE
from donflow.cli.commands import Command
from donflow.cli.looking import read_upload
from donflow.cli.naming import PURPOSE_NAMES, word_for
from donflow.errors import N_, Sentence, say
from donflow.intake.gate import inspect
from donflow.intake.kinds import FileKind
from donflow.roster.form import LABELS
from donflow.roster.form_back import (
    FormOfAnother,
    FormUnknown,
    NoForm,
    Returned,
    add_from_form,
    bears_another_name,
    owner_of,
    take_back,
)
from donflow.roster.form_reading import FilledForm, read_paper, read_sheet
from donflow.roster.merging import people_of
from donflow.vault.deposit import Upload
from donflow.vault.files import fingerprint_of


@click.command(
    "form-back",
    cls=Command,
    help=N_(
        "Read a filled form, a Word file or a sheet: what is new is proposed, ticks are recorded."
    ),
    example="donflow roster form-back 校友信息表-已填.docx\ndonflow roster form-back 校友信息表-已填.xlsx --add",
)
@click.argument("file", type=FILE, metavar=N_("FILE"))
@click.option("--add", is_flag=True, help=N_("Add whoever is not known yet."))
@click.option(
    "--yes",
    "although",
    is_flag=True,
    help=N_("It is that person's although another name stands on it, and newer than a withdrawal."),
)
@writes
def form_back(act: Act, file: Path, add: bool, although: bool) -> Done:
    upload = read_upload(file)
    forms, is_paper = _forms_in(upload)
    returned: list[Returned] = []
    unknown: list[FilledForm] = []
    others: list[FilledForm] = []
    fingerprint = fingerprint_of(upload.data)
    for filled in forms:
        person = owner_of(act.session, act.office.keys, filled)
        if person is None and not add:
            unknown.append(filled)
            continue
        if person is not None and not although and _of_another(act, person, filled):
            if is_paper:
                raise FormOfAnother(person=person)
            others.append(filled)
            continue
        # Only a paper with a tick proves something and is kept; it goes with an erased person.
        proves = is_paper and bool(filled.consents)
        evidence = act.deposit(file).fingerprint if proves else None
        returned.append(_take(act, person, filled, fingerprint, evidence, although))
    if not returned and not others:
        raise FormUnknown
    return _done(returned, forms, unknown, others)


def _of_another(act: Act, person: int, filled: FilledForm) -> bool:
    return bears_another_name(people_of(act.session, person), filled)


def _take(
    act: Act,
    person: int | None,
    filled: FilledForm,
    fingerprint: str,
    evidence: str | None,
    although: bool,
) -> Returned:
    session, keys, actor, now = act.session, act.office.keys, act.actor, act.now
    if person is None:
        return add_from_form(
            session, keys, filled, actor=actor, now=now, today=act.on, evidence=evidence
        )
    return take_back(
        session,
        keys,
        person,
        filled,
        actor=actor,
        now=now,
        today=act.on,
        fingerprint=fingerprint,
        evidence=evidence,
        although=although,
    )


def _forms_in(upload: Upload) -> tuple[Sequence[FilledForm], bool]:
    """The forms of a file, and whether it is a paper. Raises NotAdmitted, NoForm."""
    admitted = inspect(upload.data, name=upload.name)
    if admitted.kind is FileKind.DOCX:
        from donflow.word.reading_apart import read_returned  # few commands need it

        lines = read_returned(upload.data).paper.lines
        paper = read_paper([(line.text, line.cells) for line in lines])
        found = [paper] if paper else None
    else:
        from donflow.sheets.reading import read_book  # as above

        book = read_book(upload.data, upload.name)
        sheets = [read_sheet(list(sheet.rows())) for sheet in book.sheets]
        found = next((forms for forms in sheets if forms is not None), None)
    if not found:
        raise NoForm(file=upload.name)
    return found, admitted.kind is FileKind.DOCX


def _done(
    returned: Sequence[Returned],
    forms: Sequence[FilledForm],
    unknown: Sequence[FilledForm],
    others: Sequence[FilledForm],
) -> Done:
    proposals = tuple(number for each in returned for number in each.proposals)
    consents = sum(len(each.consents) for each in returned)
    added = tuple(each.person for each in returned if each.added)
    sentence = say(
        N_("Forms read: {forms}. Proposals: {proposals}; consents recorded: {consents}."),
        forms=len(returned),
        proposals=proposals or 0,
        consents=consents,
    )
    data = {
        "people": [each.person for each in returned],
        "proposals": list(proposals),
        "consents": consents,
        "added": list(added),
        "unknown_rows": [each.row for each in unknown],
        "other_name_rows": [each.row for each in others],
        "withdrawn": sum(len(each.withdrawn) for each in returned),
        "taken_before": sum(each.taken_on is not None for each in returned),
    }
    heed = (
        *_added(added),
        *_unknown(unknown),
        *_other_names(others),
        *_taken_before(returned),
        *_withdrawn(returned),
        *_unread(forms),
    )
    return Done(sentence, None, data, heed=heed)


def _added(added: tuple[int, ...]) -> list[Sentence]:
    return [say(N_("Added as new: {people}."), people=added)] if added else []


def _unknown(unknown: Sequence[FilledForm]) -> list[Sentence]:
    rows = tuple(each.row for each in unknown if each.row)
    message = N_("Rows without a number of this office were left: {rows}; --add adds them.")
    return [say(message, rows=rows)] if rows else []


def _other_names(others: Sequence[FilledForm]) -> list[Sentence]:
    rows = tuple(each.row for each in others if each.row)
    message = N_("Rows with the number of one and the name of another were left: {rows}; --yes.")
    return [say(message, rows=rows)] if rows else []


def _taken_before(returned: Sequence[Returned]) -> list[Sentence]:
    message = N_("This very form of person {person} was taken on {day}: nothing comes of it again.")
    return [
        say(message, person=each.person, day=each.taken_on) for each in returned if each.taken_on
    ]


def _withdrawn(returned: Sequence[Returned]) -> list[Sentence]:
    message = N_("Ticked by person {person}, yet withdrawn before, so not recorded: {purposes}.")
    return [
        say(message, person=each.person,
            purposes=tuple(word_for(PURPOSE_NAMES, str(one)) for one in each.withdrawn))
        for each in returned if each.withdrawn
    ]  # fmt: skip


def _unread(forms: Sequence[FilledForm]) -> list[Sentence]:
    """What could not be read, by its field and row, never its text."""
    return [
        say(
            N_("Row {row}, {field}: {reason}"),
            row=form.row,
            field=LABELS[each.column],
            reason=each.reason,
        )
        if form.row
        else say(N_("{field}: {reason}"), field=LABELS[each.column], reason=each.reason)
        for form in forms
        for each in form.unread
    ]
