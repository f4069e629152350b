"""The search line of a person: what is known openly of one, each value once, in one text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from donflow.roster.search.folding import folded
from donflow.roster.search.grams import PARTED, grams
from donflow.roster.search.spelling import spellings


class Field(StrEnum):
    """What a value of the line is; beside it, what is found although it stands in no line."""

    NAME = "name"
    OTHER_NAME = "other_name"
    CLASS = "class"
    MAJOR = "major"
    DEGREE = "degree"
    GRADUATION = "graduation"
    STUDENT_NO = "student_no"
    EMPLOYER = "employer"
    JOB_TITLE = "job_title"
    CITY = "city"
    PROVINCE = "province"
    PINYIN = "pinyin"
    NUMBER = "number"
    CONTACT = "contact"
    """A whole phone, mail address or identifier, or the end of a phone."""


@dataclass(frozen=True)
class Line:
    """What is stored of a person for searching; `year` is that of the newest class."""

    line: str
    spelled: str
    year: int | None
    grams: str


@dataclass(frozen=True)
class Known:
    """What the line of a person is made of, its several numbers together, the head first."""

    values: Mapping[Field, tuple[str, ...]]
    year: int | None = None

    @property
    def names(self) -> tuple[str, ...]:
        return (*self.values.get(Field.NAME, ()), *self.values.get(Field.OTHER_NAME, ()))


@dataclass(frozen=True)
class Studied:
    """One course of study as the line takes it."""

    degree: str | None
    major: str | None
    class_no: str | None
    enrol_year: int | None
    grad_year: int | None
    student_no: str | None


def known_of(
    names: Iterable[tuple[Field, str | None]],
    studies: Sequence[Studied],
    others: Iterable[tuple[Field, str | None]],
) -> Known:
    """Put together what is known; what is empty is left out, the same value stands once."""
    found: defaultdict[Field, dict[str, None]] = defaultdict(dict)

    def add(field: Field, value: str | None) -> None:
        if value:
            found[field][value] = None

    for field, value in names:
        add(field, value)
    for study in studies:
        add(Field.CLASS, class_label(study))
        add(Field.MAJOR, study.major)
        add(Field.DEGREE, study.degree)
        add(Field.GRADUATION, f"{study.grad_year}届" if study.grad_year else None)
        add(Field.STUDENT_NO, study.student_no)
    for field, value in others:
        add(field, value)
    years = [year for study in studies if (year := study.enrol_year or study.grad_year)]
    values = {field: tuple(values) for field, values in found.items()}
    return Known(values, max(years, default=None))


def class_label(study: Studied) -> str | None:
    """A class as the office writes it: 2005级会计学2班; with less known, as much of it as is.

    Who types 05级 or 05级会计 finds it, since that stands within; without the year of enrolment
    the year of graduation stands (2009届会计学2班).
    """
    year = f"{study.enrol_year}级" if study.enrol_year else ""
    if not year and study.grad_year:
        year = f"{study.grad_year}届"
    number = study.class_no or ""
    if re.fullmatch("[0-9０-９一二三四五六七八九十]+", number):
        number += "班"
    # A class that has a name of its own (会计0502班) often says the major already.
    major = "" if study.major and study.major in number else study.major or ""
    return f"{year}{major}{number}" or None


def line_of(known: Known) -> Line:
    """The line as it is stored."""
    values = tuple(
        dict.fromkeys(
            value
            for field in _ORDER
            for raw in known.values.get(field, ())
            if (value := folded(raw))
        )
    )
    spelled = tuple(dict.fromkeys(way for name in known.names for way in spellings(name)))
    return Line(
        PARTED.join(values),
        "".join(f"{PARTED}{way}" for way in spelled),
        known.year,
        grams(values, spelled),
    )


_ORDER: Final = tuple(Field)
