"""The named lists of columns for exports (`rules/exports.yaml`), in the office's own headers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from donflow.engine import fields
from donflow.engine.mistakes import Mistakes
from donflow.engine.reading import Entry, read
from donflow.errors import N_, DonflowError, SeveralWrong, say

FIELDS: Final = (
    "number", "name", "gender", "ethnicity", "birth", "student_no", "enrol_year", "grad_year",
    "degree", "major", "class_no", "class", "employer", "job_title", "city", "province", "phone",
    "email", "wechat", "address", "segments", "chapters", "status",
)  # fmt: skip
USUAL: Final = "usual"
FILE: Final = "exports.yaml"


class WrongExports(SeveralWrong):
    """The file is refused whole; every mistake is told with its line."""

    code = "wrong_exports"
    message = N_("The list of columns has mistakes ({count}); nothing was written.")
    remedy = N_("Mend the lines named and try again.")


class NoSuchColumns(DonflowError):
    code = "no_such_columns"
    message = N_("There is no list of columns “{name}”; there are: {known}.")


@dataclass(frozen=True)
class ExportColumn:
    """One column: the header, and the field of `FIELDS` below it."""

    header: str
    field: str


def read_columns(text: str) -> Mapping[str, tuple[ExportColumn, ...]]:
    """The lists by name. Raises WrongExports."""
    mistakes = Mistakes()
    lists: dict[str, tuple[ExportColumn, ...]] = {}
    root = read(text.encode("utf-8"), mistakes)
    if root is not None:
        for entry in fields.named(Entry("exports", 1, root), mistakes):
            items = [_column(item, mistakes) for item in fields.items(entry, mistakes)]
            lists[entry.key] = tuple(item for item in items if item)
    if told := mistakes.sorted():
        raise WrongExports(
            tuple(
                say(N_("{file}:{line}: {fault}"), file=FILE, line=one.line, fault=one.sentence)
                for one in told
            )
        )
    return lists


def columns_named(text: str, name: str) -> tuple[ExportColumn, ...]:
    """The columns of one list. Raises WrongExports, NoSuchColumns."""
    lists = read_columns(text)
    if name not in lists:
        raise NoSuchColumns(name=name, known=tuple(lists))
    return lists[name]


def _column(entry: Entry, mistakes: Mistakes) -> ExportColumn | None:
    written = fields.text(entry, mistakes)
    if written is None:
        return None
    header, _, field = (part.strip() for part in written.rpartition("="))
    if not header or field not in FIELDS:
        mistakes.tell(
            entry.line,
            N_("“{written}” is no column: write the header, = and one of {known}."),
            written=written,
            known=FIELDS,
        )
        return None
    return ExportColumn(header, field)
