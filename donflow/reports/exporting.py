"""The rows of a list of people that leaves the office: masked, or in full for those who may go."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from donflow.domain import masking
from donflow.reports.export_columns import ExportColumn
from donflow.reports.people import Listed, Way
from donflow.reports.selection import Line, class_label
from donflow.roster.merging import QUERY_SIZE
from donflow.roster.models import Constituent, ContactPoint, Status
from donflow.sheets import separated
from donflow.store.keys import KeyRing

KINDS: Final = {"phone": "phone", "email": "mail", "wechat": "wechat", "address": "address"}
GENDERS: Final = {"male": "男", "female": "女"}
STATUSES: Final = {Status.DECEASED: "已故", Status.RESTRICTED: "限制使用"}


@dataclass(frozen=True)
class Left:
    """How many people a full export leaves out: kept but not used (PIPL 47), abroad (38, 39)."""

    restricted: int
    abroad: int

    @property
    def people(self) -> int:
        return self.restricted + self.abroad


def who_may_go(
    lines: Sequence[Line], *, full: bool, marked: bool = True
) -> tuple[list[Line], Left]:
    """The lines that may leave, and how many were left out: in full nobody restricted or abroad.

    Without values that identify, everybody goes, a restricted one `marked` as such; where the form
    has no place for a mark, as on a card, that one stays.
    """
    if not full and marked:
        return list(lines), Left(0, 0)
    used = [line for line in lines if line.person.may_be_used]
    going = [line for line in used if not (full and line.person.abroad)]
    return going, Left(len(lines) - len(used), len(used) - len(going))


def rows_of(
    lines: Sequence[Line],
    columns: Sequence[ExportColumn],
    plain: Mapping[int, str] | None = None,
) -> list[tuple[str, ...]]:
    """A text for each column of each line; `plain` has the full values by the way's number.

    Masked without it: of a phone some digits, of a birth no year; names as they are.
    """
    return [tuple(_cell(line, column.field, plain) for column in columns) for line in lines]


def plain_values(
    session: Session, keys: KeyRing, people: Iterable[Listed], columns: Sequence[ExportColumn]
) -> dict[int, str]:
    """The values of those ways that a column asks for, by the way's number."""
    asked = {KINDS[column.field] for column in columns if column.field in KINDS}
    numbers = [way.id for person in people for way in person.ways if way.kind in asked]
    rows: list[Any] = []
    for start in range(0, len(numbers), QUERY_SIZE):
        query = (
            select(
                ContactPoint.id, ContactPoint.kind, ContactPoint.salt, ContactPoint.ciphertext,
                Constituent.key_id,
            )
            .join(Constituent, Constituent.id == ContactPoint.constituent_id)
            .where(ContactPoint.id.in_(numbers[start : start + QUERY_SIZE]))
        )  # fmt: skip
        rows += session.execute(query).all()
    sealer = keys.sealer(known={row.key_id for row in rows})
    return {row.id: sealer.decrypt(row.key_id, row.kind, row.salt, row.ciphertext) for row in rows}


def watermark(office: str, user: str, purpose: str, now: datetime, *, full: bool) -> str:
    """Who exported it when and for what; stands in the file (a paper of the office: Chinese)."""
    what = "含个人信息，用毕销毁" if full else "号码已遮盖"
    parts = [f"导出：{office}　{user}", f"{now:%Y-%m-%d %H:%M}"]
    return "；".join([*parts, *([f"用途：{purpose}"] if purpose else []), what])


def as_separated(
    columns: Sequence[ExportColumn], rows: Sequence[Sequence[str]], note: str
) -> bytes:
    """The list as .csv; the note is its last line, apart from the people."""
    width = len(columns)
    foot = [[""] * width, [note, *[""] * (width - 1)]] if note else []
    return separated.write([column.header for column in columns], [*rows, *foot])


def as_written(value: str) -> str:
    """A mobile of the mainland as the office writes and dials it: without +86."""
    return value.removeprefix("+86") if _MOBILE.fullmatch(value) else value


def _cell(line: Line, field: str, plain: Mapping[int, str] | None) -> str:
    person, course = line.person, line.course
    if field in KINDS:
        return "、".join(_shown(way, plain) for way in person.ways_of(KINDS[field]))
    match field:
        case "number":
            return str(person.number)
        case "name":
            return person.name
        case "class":
            return class_label(course)
        case "employer":
            return next((employer for employer, _ in person.posts if employer), "")
        case "job_title":
            return next((title for _, title in person.posts if title), "")
        case "gender":
            return GENDERS.get(person.fields.get("gender", ""), "")
        case "birth":
            birth = person.fields.get("birth", "")
            return birth if plain is not None else str(masking.birth(birth))
        case "segments":
            return "、".join(sorted(person.segments))
        case "chapters":
            return "、".join(person.chapters)
        case "status":
            return STATUSES.get(Status(person.status), "")
        case "ethnicity" | "city" | "province":
            return person.fields.get(field, "")
        case _:
            value = getattr(course, field)
            return "" if value is None else str(value)


def _shown(way: Way, plain: Mapping[int, str] | None) -> str:
    return way.shown if plain is None else as_written(plain[way.id])


_MOBILE: Final = re.compile(r"\+861[0-9]{10}")
