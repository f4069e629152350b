"""Commands that let people leave the office: a list in its own columns, cards for address books."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import click

from donflow.cli.acting import Act, Done, writes
from donflow.cli.arguments import FILE, NUMBER
from donflow.cli.choosing import choose_person
from donflow.cli.commands import Command
from donflow.cli.files import refuse_taken
from donflow.cli.roster_options import selected
from donflow.cli.two_persons import ask
from donflow.errors import N_, DonflowError, Sentence, say
from donflow.reports import exporting
from donflow.reports import vcard as cards
from donflow.reports.export_columns import USUAL, ExportColumn, columns_named
from donflow.reports.people import Listed, listed_people
from donflow.reports.selection import Line, Selection, latest, lines_of
from donflow.roster.alumni_models import RosterExport
from donflow.roster.exports import (
    CARDS,
    EXPORT,
    get_export,
    new_export,
    note_written,
    refuse_unwritable,
)
from donflow.shipping import export_list

FORMS = {".xlsx": "xlsx", ".csv": "csv", ".vcf": "vcf"}
WAYS = tuple(ExportColumn("", name) for name in ("phone", "email", "wechat"))
"""What a card may carry of a person."""

Write = Callable[[Act, RosterExport, Sequence[Line]], bytes]


class NotNamedAs(DonflowError):
    code = "not_named_as"
    message = N_("The file is called {file}; it must end in {known}.")


class NothingToExport(DonflowError):
    code = "nothing_to_export"
    message = N_("Nobody is chosen.")
    remedy = N_("Name other conditions; donflow roster list shows whom they choose.")


class NobodyMayGo(DonflowError):
    code = "nobody_may_go"
    message = N_("Nobody chosen may leave: {restricted} whose data are only kept, {abroad} abroad.")
    http_status = 409


class OnlyWriting(DonflowError):
    code = "only_writing"
    message = N_("What export {number} is of was agreed; it takes no other conditions.")
    remedy = N_("Give only --agreed and --out, or ask for another one.")


class NoOut(DonflowError):
    code = "no_out"
    message = N_("It is not said where to write the file.")
    remedy = N_("Add --out FILE.")


_OUT = click.option("--out", type=FILE, metavar=N_("FILE"), help=N_("Where to write it."))
_FULL = click.option(
    "--full",
    is_flag=True,
    help=N_("With full numbers: a second person agrees first, then write it with --agreed."),
)
_REASON = click.option("--reason", metavar=N_("TEXT"), help=N_("What it is for."))
_AGREED = click.option(
    "--agreed", type=NUMBER, metavar=N_("NO"), help=N_("Write the export that was agreed.")
)


@click.command(
    "export",
    cls=Command,
    help=N_(
        "Write people to .xlsx or .csv in the office's own columns (rules/exports.yaml), masked."
        " With --full unmasked, once a second person has agreed: then nobody goes whose data are"
        " only kept, or who lives abroad. Who wrote it, when and for what stands in the file."
    ),
    example="donflow roster export --grad 2026 --out 应届.xlsx\ndonflow roster export --class 2009级会计 --full --reason 返校日通知\ndonflow roster export --agreed 3 --out 返校日.csv",
)
@selected
@click.option(
    "--columns", default=USUAL, metavar=N_("NAME"), help=N_("Which list of columns; usual.")
)
@_FULL
@_REASON
@_AGREED
@_OUT
@writes
def export(
    act: Act,
    selection: Selection,
    columns: str,
    full: bool,
    reason: str | None,
    agreed: int | None,
    out: Path | None,
) -> Done:
    wanted = columns_named(export_list(act.office.home), columns)
    asked = {**selection.as_codes(), **({"columns": columns} if columns != USUAL else {})}
    if agreed is not None:
        _refuse_conditions(agreed, bool(asked) or full or reason is not None)
        return _write_agreed(act, agreed, out, (".xlsx", ".csv"), _table)
    names = [column.field for column in wanted]
    return _export(act, asked, names, "table", full, reason, out, (".xlsx", ".csv"), _table)


@click.command(
    "vcard",
    cls=Command,
    help=N_(
        "Write people as cards (.vcf). Numbers stand there only with --full, by the same rule as"
        " in an export."
    ),
    example="donflow roster vcard 梁启舟 --full --reason 校庆接待\ndonflow roster vcard --agreed 4 --out 接待.vcf\ndonflow roster vcard --class 2009级会计 --out 会计班.vcf",
)
@click.argument("who", nargs=-1, metavar=N_("[PERSON]..."))
@selected
@click.option("--version", default="3.0", type=click.Choice(cards.VERSIONS), help=N_("Of vCard."))
@_FULL
@_REASON
@_AGREED
@_OUT
@writes
def vcard(
    act: Act,
    who: tuple[str, ...],
    selection: Selection,
    version: str,
    full: bool,
    reason: str | None,
    agreed: int | None,
    out: Path | None,
) -> Done:
    people = [str(choose_person(act, one).id) for one in who]
    asked = {**selection.as_codes(), **({"people": ",".join(people)} if people else {})}
    if agreed is not None:
        _refuse_conditions(agreed, bool(asked) or full or reason is not None)
        return _write_agreed(act, agreed, out, (".vcf",), _cards)
    if version != cards.VERSIONS[0]:
        asked["version"] = version
    names = [column.field for column in WAYS]
    return _export(act, asked, names, "cards", full, reason, out, (".vcf",), _cards)


def _export(
    act: Act,
    asked: dict[str, str],
    columns: list[str],
    form: str,
    full: bool,
    reason: str | None,
    out: Path | None,
    endings: tuple[str, ...],
    write: Write,
) -> Done:
    """Write it masked; or ask a second person, and write at once where that one's word is shown."""
    lines = _lines(act, asked)
    if not lines:
        raise NothingToExport
    if not full or out is not None:
        _checked(out, endings)
    row = new_export(
        act.session,
        form=form,
        full=full,
        columns=columns,
        selection=asked,
        reason=reason,
        numbers=_numbers(lines) if full else None,
        actor=act.actor,
        now=act.now,
    )
    if not full:
        return _write(act, row, lines, _checked(out, endings), write)
    arguments = {"export": row.id, "people": len(lines)}
    order = ask(act, CARDS if form == "cards" else EXPORT, arguments)
    data = {**order.data, "export": row.id}
    if row.agreed_at is not None and out is not None:
        done = _write(act, row, lines, out, write)
        return Done(done.sentence, None, {**data, **done.data}, heed=done.heed, file=done.file)
    sentence = say(
        N_("Export {no} of {count} people. {order} Then: {command}"),
        no=row.id,
        count=len(lines),
        order=order.sentence,
        command=f"donflow roster {'vcard' if form == 'cards' else 'export'}"
        f" --agreed {row.id} --out …{endings[0]}",
    )
    return Done(sentence, None, data)


def _write_agreed(
    act: Act, number: int, out: Path | None, endings: tuple[str, ...], write: Write
) -> Done:
    row = get_export(act.session, number)
    refuse_unwritable(
        row, form="cards" if ".vcf" in endings else "table", actor=act.actor, now=act.now
    )
    lines = _agreed_lines(act, row)
    return _write(act, row, lines, _checked(out, endings), write)


def _write(act: Act, row: RosterExport, lines: Sequence[Line], out: Path, write: Write) -> Done:
    going, left = exporting.who_may_go(lines, full=row.full, marked=row.form != "cards")
    if not going:
        raise NobodyMayGo(restricted=left.restricted, abroad=left.abroad)
    row.form = FORMS[out.suffix.lower()]
    data = write(act, row, going)
    note_written(
        act.session, row, people=len(going), left_out=left.people, actor=act.actor, now=act.now
    )
    heed: tuple[Sentence, ...] = ()
    if left.people:
        told = N_(
            "Left out: {restricted} whose data are only kept, {abroad} abroad (their own consent"
            " names who receives the data: PIPL 38, 39)."
        )
        heed = (say(told, restricted=left.restricted, abroad=left.abroad),)
    sentence = say(N_("{count} people written to {file}."), count=len(going), file=str(out))
    answer = {
        "export": row.id,
        "people": len(going),
        "restricted": left.restricted,
        "abroad": left.abroad,
        "file": str(out),
    }
    return Done(sentence, None, answer, heed=heed, file=(out, data))


def _table(act: Act, row: RosterExport, lines: Sequence[Line]) -> bytes:
    from donflow.sheets.writing import write_list  # few commands need it

    name = row.selection.get("columns", USUAL)
    columns = [
        column
        for column in columns_named(export_list(act.office.home), name)
        if column.field in row.columns
    ]
    rows = exporting.rows_of(lines, columns, _plain(act, row, lines, columns))
    note = exporting.watermark(
        act.office.settings.office or act.office.settings.school,
        act.user.display_name,
        row.reason or "",
        act.now.astimezone(act.office.zone),
        full=row.full,
    )
    if row.form == "csv":
        return exporting.as_separated(columns, rows, note)
    headers = [column.header for column in columns]
    return write_list("校友名单", headers, rows, created=act.now, note=note)


def _cards(act: Act, row: RosterExport, lines: Sequence[Line]) -> bytes:
    version = row.selection.get("version", cards.VERSIONS[0])
    return cards.cards(lines, version=version, plain=_plain(act, row, lines, WAYS))


def _plain(
    act: Act, row: RosterExport, lines: Sequence[Line], columns: Sequence[ExportColumn]
) -> dict[int, str] | None:
    if not row.full:
        return None
    people: list[Listed] = [line.person for line in lines]
    return exporting.plain_values(act.session, act.office.keys, people, columns)


def _lines(act: Act, asked: dict[str, str]) -> list[Line]:
    conditions = {name: asked[name] for name in Selection.__dataclass_fields__ if name in asked}
    if "people" not in asked:
        return lines_of(act.session, Selection.of_codes(conditions))
    numbers = [int(one) for one in asked["people"].split(",")]
    people = {one.number: one for one in listed_people(act.session, numbers)}
    chosen = [Line(one, latest(one.studies)) for one in people.values()]
    if not conditions:
        return chosen
    wanted = {line.person.number for line in lines_of(act.session, Selection.of_codes(conditions))}
    return [line for line in chosen if line.person.number in wanted]


def _numbers(lines: Sequence[Line]) -> list[int]:
    return [number for line in lines for number in line.person.numbers]


def _agreed_lines(act: Act, row: RosterExport) -> list[Line]:
    """The people who were agreed to, and no other, whoever meanwhile came into the class.

    Who left it is one of them still; whoever was merged with somebody else is not: that one's
    numbers would go along.
    """
    if not row.full:
        return _lines(act, dict(row.selection))
    agreed = set(row.numbers or ())
    as_asked = {line.person.number: line for line in _lines(act, dict(row.selection))}
    people = [one for one in listed_people(act.session, agreed) if agreed.issuperset(one.numbers)]
    rest = [Line(one, latest(one.studies)) for one in people if one.number not in as_asked]
    there = {one.number for one in people}
    return [line for number, line in as_asked.items() if number in there] + rest


def _checked(out: Path | None, endings: tuple[str, ...]) -> Path:
    if out is None:
        raise NoOut
    if out.suffix.lower() not in endings:
        raise NotNamedAs(file=out.name, known=endings)
    refuse_taken(out)
    return out


def _refuse_conditions(number: int, given: bool) -> None:
    if given:
        raise OnlyWriting(number=number)
