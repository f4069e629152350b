"""How lists and options of greetings name occasions, letters and what stops them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from difflib import get_close_matches
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from donflow.cli.cells import cell_len, wrapped
from donflow.cli.letter_words import REASON_NAMES, STATE_NAMES
from donflow.cli.looking import Look
from donflow.cli.naming import WAY_NAMES, word_for
from donflow.cli.output import Column, tell_list, without_empty
from donflow.domain.occasions import Occasion
from donflow.errors import N_, DonflowError, Label, say
from donflow.greetings.letter_lines import LetterLine
from donflow.greetings.planning import occasions_of
from donflow.greetings.wishes import zones_wished
from donflow.lifecycle.digests import DIGEST
from donflow.lifecycle.office import Office
from donflow.outbox.models import ENDS, Addressee
from donflow.outbox.settling import Why
from donflow.roster.salutation import YOUR_COMPANY

COLUMNS: Final = (
    Column("id", N_("Letter no.")),
    Column("occasion", N_("Festival")),
    Column("on", N_("Day")),
    Column("salutation", N_("Salutation")),
    Column("name", N_("Name")),
    Column("channel", N_("Channel")),
    Column("state", N_("State")),
    Column("reason", N_("Why not")),
    Column("batch", N_("Batch")),
    Column("n", N_("Sent again")),
    Column("due_at", N_("Goes at")),
)
PRINTED: Final = (
    Column("id", N_("Letter no.")),
    Column("occasion", N_("Festival")),
    Column("on", N_("Day")),
    Column("to", N_("Addressed to")),
    Column("channel", N_("Channel")),
    Column("state", N_("State")),
    Column("reason", N_("Why not")),
    Column("n", N_("Sent again")),
    Column("batch", N_("Batch")),
    Column("goes", N_("Goes at")),
)
"""On a screen one column says to whom and another when: all of it fits into 120 cells."""
LONGEST_TO: Final = 32
"""Cells of the longest addressee on a screen."""
NOT_ARRIVED: Final = "not_arrived"
SHOWN_STATES: Final = {**STATE_NAMES, NOT_ARRIVED: N_("not arrived")}
"""Nobody refused what a person found not to have arrived."""
OVER: Final = frozenset(str(state) for state in ENDS)


class NoOccasion(DonflowError):
    code = "no_such_occasion"
    message = N_("There is no occasion {given}; there are such as: {near}.")


def occasion_named(office: Office, given: str) -> Occasion:
    """The occasion of this code or Chinese name. Raises NoOccasion with the likeliest."""
    occasions = occasions_of(office)
    names = {each.zh: each for each in occasions.values()} | dict(occasions)
    for name in (given.strip(), f"{given.strip()}节"):
        if name in names:
            return names[name]
    near = get_close_matches(given, names, n=3, cutoff=0.3) or list(names)[:3]
    raise NoOccasion(given=given, near=tuple(names[each].zh for each in near))


def label_of(occasions: dict[str, Occasion], code: str) -> Label | str:
    """An occasion's name; the code where the list knows it no more."""
    if code == DIGEST:
        return Label("每日提要", "digest of the day")
    found = occasions.get(code)
    return Label(found.zh, found.en) if found else code


def tell_letters(
    look: Look, title: str, lines: Sequence[LetterLine], *, as_json: bool, xlsx: Path | None
) -> None:
    """Letters as the fixed form of `--json`, as a sheet, or as a table with words for codes."""
    rows = [asdict(line) for line in lines]
    columns: Sequence[Column] = COLUMNS
    if not as_json:
        occasions = dict(occasions_of(look.office))
        zones = _zones_abroad(look, lines)
        rows = [
            _in_words(row, occasions) | {"to": _to(line), "goes": _goes(look, line, zones)}
            for row, line in zip(rows, lines, strict=True)
        ]
        columns = COLUMNS if xlsx is not None else without_empty(PRINTED, rows)
    tell_list(look.shell, title, columns, rows, as_json=as_json, xlsx=xlsx)


def _to(line: LetterLine) -> str | None:
    """The salutation; a group and a company by their names."""
    named = line.addressee_kind == Addressee.GROUP or line.salutation == YOUR_COMPANY
    to = line.name if named or line.salutation is None else line.salutation
    return wrapped(to, LONGEST_TO - 1)[0] + "…" if to and cell_len(to) > LONGEST_TO else to


def _goes(look: Look, line: LetterLine, zones: Mapping[int, str]) -> object:
    """The hour, with the day where it is another; abroad the hour of the place as well."""
    if line.state in OVER:
        return None
    here = line.due_at.astimezone(look.office.zone)
    shown: object = f"{here:%H:%M}"
    if here.date() != line.on:
        shown = say(N_("{month}-{day} {time}"), month=here.month, day=here.day, time=shown)
    zone = zones.get(line.addressee) if line.addressee_kind == Addressee.CONSTITUENT else None
    if zone is None:
        return shown
    there = line.due_at.astimezone(ZoneInfo(zone))
    return say(N_("{time} ({there} there)"), time=shown, there=f"{there:%H:%M}")


def _zones_abroad(look: Look, lines: Sequence[LetterLine]) -> dict[int, str]:
    """The time zone of each addressee who lives in another than the office."""
    named = {line.addressee for line in lines}
    return {
        number: zone
        for number, zone in zones_wished(look.session).items()
        if number in named and zone != look.office.zone.key
    }


def _in_words(row: dict[str, object], occasions: dict[str, Occasion]) -> dict[str, object]:
    channel, reason = row["channel"], row["reason"]
    if reason == Why.NOT_ARRIVED:
        row, reason = row | {"state": NOT_ARRIVED}, None
    return row | {
        "occasion": label_of(occasions, str(row["occasion"])),
        "channel": word_for(WAY_NAMES, str(channel)) if channel else None,
        "state": word_for(SHOWN_STATES, str(row["state"])),
        "reason": word_for(REASON_NAMES, str(reason)) if reason else None,
        "n": row["n"] or None,
    }
