"""People as vCard 3.0 or 4.0 (RFC 2426, RFC 6350), for an address book."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from donflow.reports.exporting import GENDERS, STATUSES
from donflow.reports.people import Way
from donflow.reports.selection import Line, class_label
from donflow.roster.models import Status

VERSIONS = ("3.0", "4.0")
LONGEST_LINE = 75
"""Bytes, without the line's end; a longer line is folded (RFC 6350, 3.2)."""


@dataclass(frozen=True)
class _Property:
    name: str
    value: str


def cards(lines: Iterable[Line], *, version: str, plain: Mapping[int, str] | None = None) -> bytes:
    """A card a person, UTF-8, lines ended by CR LF. Without `plain` no number stands there.

    A masked number can be called by nobody and would be stored as if it were one: it is left out.
    """
    return "".join(
        folded(f"{one.name}:{one.value}") for line in lines for one in _card(line, version, plain)
    ).encode("utf-8")


def _card(line: Line, version: str, plain: Mapping[int, str] | None) -> Iterator[_Property]:
    person, course = line.person, line.course
    yield _Property("BEGIN", "VCARD")
    yield _Property("VERSION", version)
    yield _Property("UID", f"urn:donflow:person:{person.number}")
    yield _Property("FN", escaped(person.name))
    yield _Property("N", f"{escaped(person.name)};;;;")
    if version == "4.0" and (gender := person.fields.get("gender")) in GENDERS:
        yield _Property("GENDER", "M" if gender == "male" else "F")
    employer = next((employer for employer, _ in person.posts if employer), "")
    title = next((title for _, title in person.posts if title), "")
    if employer:
        yield _Property("ORG", escaped(employer))
    if title:
        yield _Property("TITLE", escaped(title))
    city, province = person.fields.get("city", ""), person.fields.get("province", "")
    if city or province:
        yield _Property("ADR", f";;;{escaped(city)};{escaped(province)};;")
    deceased = "" if person.lives else STATUSES[Status.DECEASED]
    if told := "；".join(filter(None, (deceased, class_label(course) or course.major))):
        yield _Property("NOTE", escaped(told))
    if plain is not None:
        for name, kind in _WAYS.items():
            for way in person.ways_of(kind):
                yield _Property(name, _value(way, version, plain[way.id]))
    yield _Property("END", "VCARD")


def escaped(text: str) -> str:
    """A value of one line that ends nothing but itself; what cannot be seen is left away."""
    marked = text.replace("\r\n", "\n").replace("\r", "\n").replace("\\", "\\\\")
    for sign in (",", ";"):
        marked = marked.replace(sign, f"\\{sign}")
    marked = marked.translate(_ENDS)
    return "".join(sign for sign in marked if sign == "\t" or (sign >= " " and sign != "\x7f"))


def folded(line: str) -> str:
    """Lines of at most 75 bytes; no character is cut, each further line begins with a blank."""
    parts, room = [""], LONGEST_LINE
    for sign in line:
        size = len(sign.encode("utf-8"))
        if size > room:
            parts.append(" ")
            room = LONGEST_LINE - 1
        parts[-1] += sign
        room -= size
    return "".join(f"{part}\r\n" for part in parts)


def _value(way: Way, version: str, value: str) -> str:
    if way.kind == "phone" and version == "4.0":
        return escaped(value)
    return f"weixin:{escaped(value)}" if way.kind == "wechat" else escaped(value)


_WAYS = {"TEL": "phone", "EMAIL": "mail", "IMPP": "wechat"}
_ENDS = {ord(sign): "\\n" for sign in "\n\v\f\x1c\x1d\x1e\x85\u2028\u2029"}
