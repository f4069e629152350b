"""A person as matching sees one: plain values, and opaque tokens for what is kept encrypted."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Portrait:
    """One record of a person: a row of a sheet, or what the roster holds.

    `key` names it (a row's `sheet!row`, or a person's number). Tokens are equal where the values
    are: normal forms within one sheet, blind indexes where one side is stored. `landlines` are
    those of the phones that stand in an office or a home, where several people are reached; of
    stored phones, all that are no Chinese mobile.
    """

    key: str
    name: str
    gender: str | None = None
    ethnicity: str | None = None
    births: frozenset[str] = frozenset()
    student_nos: frozenset[str] = frozenset()
    studies: tuple[Study, ...] = ()
    employers: frozenset[str] = frozenset()
    job_titles: frozenset[str] = frozenset()
    city: str | None = None
    province: str | None = None
    phones: frozenset[str] = frozenset()
    landlines: frozenset[str] = frozenset()
    mails: frozenset[str] = frozenset()
    wechats: frozenset[str] = frozenset()
    deceased: bool = False


@dataclass(frozen=True, slots=True)
class Study:
    """One course of study."""

    degree: str | None = None
    major: str | None = None
    class_no: str | None = None
    enrol_year: int | None = None
    grad_year: int | None = None
