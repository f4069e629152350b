"""What rows add to a person: gaps filled, newer values taken, contradictions left to be decided.

Pure: a `Held` is a person as stored or as built up from rows, and `fold` brings one row into it.
Nothing fixed (name, gender, birth, ethnicity, a course of study) is ever overwritten.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from donflow.roster.evidence import plain_name
from donflow.roster.known import GENDERS, normal_form
from donflow.roster.models import ContactKind, Source, Status
from donflow.roster.reading.rows import Column, Row
from donflow.roster.sources import Origin
from donflow.roster.studies import Course

WAYS = {
    Column.PHONE: ContactKind.PHONE,
    Column.EMAIL: ContactKind.MAIL,
    Column.WECHAT: ContactKind.WECHAT,
}
FIXED = ("gender", "birth", "ethnicity")
CHANGING = ("city", "province")


@dataclass(slots=True)
class HeldStudy:
    """A course of study; `row` is None until it is stored."""

    course: Course
    origin: Origin
    row: int | None = None
    changed: bool = False


@dataclass(slots=True)
class HeldPost:
    """A post; `changed` where the stored row no longer says the same."""

    employer: str | None
    job_title: str | None
    origin: Origin
    current: bool = True
    row: int | None = None
    changed: bool = False


@dataclass(slots=True)
class HeldWay:
    """A way to reach the person: `token` is the value itself, or what finds it where stored."""

    kind: ContactKind
    token: str
    origin: Origin
    value: str | None = None
    preferred: bool = False
    row: int | None = None
    changed: bool = False


@dataclass(slots=True)
class Held:
    """A person with all that is known; `number` is None until stored.

    `fields` are what is known, with gaps filled from merged numbers, `told` where each comes from;
    `own` names those of the person's own row, the only ones that are written, and `former` is what
    these were before. `contradicted` is what rows say against what is fixed, by column, and
    `contradicted_by` the row that did so last.
    """

    name: str
    number: int | None = None
    other_names: list[str] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)
    told: dict[str, list[str]] = field(default_factory=dict)
    own: set[str] = field(default_factory=set)
    former: dict[str, list[list[str]]] = field(default_factory=dict)
    status: str = Status.ACTIVE
    studies: list[HeldStudy] = field(default_factory=list)
    posts: list[HeldPost] = field(default_factory=list)
    ways: list[HeldWay] = field(default_factory=list)
    changed: bool = False
    contradicted: dict[Column, str] = field(default_factory=dict)
    contradicted_by: str | None = None

    @property
    def has_changed(self) -> bool:
        """Whether something is to be written; a contradiction is written elsewhere."""
        parts: list[HeldStudy | HeldPost | HeldWay] = [*self.studies, *self.posts, *self.ways]
        return self.changed or any(part.changed or part.row is None for part in parts)


def ways_of(row: Row) -> list[tuple[ContactKind, str]]:
    """The ways to reach a row's person, each in its one normal form; what has none is left out."""
    found = {
        (kind, normal_form(kind, part)): None
        for column, kind in WAYS.items()
        for part in row.values.get(column, "").split("|")
        if part
    }
    return [way for way in found if way[1]]


def fold(
    held: Held, row: Row, ways: Sequence[tuple[ContactKind, str, str]], origin: Origin
) -> None:
    """Bring a row into the person; `ways` are what it says of how to reach them."""
    said = {column: text for column, text in row.values.items() if text}
    before = len(held.contradicted)
    if plain_name(said.get(Column.NAME, held.name)) != plain_name(held.name):
        held.contradicted[Column.NAME] = said[Column.NAME]
    others = [name for name in row.other_names if name not in (held.name, *held.other_names)]
    if others:
        held.other_names = [*held.other_names, *dict.fromkeys(others)]
        held.changed = True
    _fold_fixed(held, said, row.birth_accept, origin)
    _fold_changing(held, said, origin)
    _fold_status(held, said, origin)
    _fold_study(held, said, origin)
    _fold_post(held, said, origin)
    if len(held.contradicted) > before:
        held.contradicted_by = origin.ref
    for kind, value, token in ways:
        _fold_way(held, kind, value, token, origin)


def common_birth(accept: Sequence[str]) -> str | None:
    """What is sure of a birth that can be one of several: the year, or year and month."""
    parts = [each.split("-") for each in accept]
    alike = []
    for level in zip(*parts, strict=False):
        if len(set(level)) > 1:
            break
        alike.append(level[0])
    return "-".join(alike) or None


def _fold_fixed(
    held: Held, said: dict[Column, str], accept: tuple[str, ...], origin: Origin
) -> None:
    birth = said.get(Column.BIRTH) or (common_birth(accept) if accept else None)
    told = {
        Column.GENDER: GENDERS.get(said.get(Column.GENDER, "")),
        Column.BIRTH: birth,
        Column.ETHNICITY: said.get(Column.ETHNICITY),
    }
    for column, value in told.items():
        known = held.fields.get(column)
        if value is None or value == known:
            continue
        if known is None or (column is Column.BIRTH and value.startswith(f"{known}-")):
            _set(held, column, value, origin)
        elif not (column is Column.BIRTH and known.startswith(f"{value}-")):
            held.contradicted[column] = value


def _fold_changing(held: Held, said: dict[Column, str], origin: Origin) -> None:
    """City and province go together: a newer city does not stay in the older one's province."""
    told = {name: said.get(Column(name)) for name in CHANGING}
    known = {name: held.fields.get(name) for name in CHANGING}
    if all(told[name] in (None, known[name]) for name in CHANGING):
        return
    differs = any(told[name] and known[name] and told[name] != known[name] for name in CHANGING)
    if differs and _day_told(held, CHANGING) > origin.since:
        for name in CHANGING:
            if told[name] != known[name]:
                _keep(held, name, told[name], origin.as_codes())
        return
    for name in CHANGING:
        before = held.fields.get(name)
        if differs and before and before != told[name]:
            if name in held.own:
                _keep(held, name, before, held.told.get(name, []))
            held.fields.pop(name), held.told.pop(name, None)
            held.own.discard(name)
            held.changed = True
        value = told[name]
        if value and value != held.fields.get(name):
            _set(held, name, value, origin)


def _fold_status(held: Held, said: dict[Column, str], origin: Origin) -> None:
    """A death that a list tells of somebody known alive is for a person to decide."""
    if Column.STATUS not in said or held.status != Status.ACTIVE:
        return
    if held.number is None:
        held.status = Status.DECEASED
        held.told["status"] = origin.as_codes()
    else:
        held.contradicted[Column.STATUS] = said[Column.STATUS]


def _fold_study(held: Held, said: dict[Column, str], origin: Origin) -> None:
    course = Course(
        said.get(Column.DEGREE),
        said.get(Column.MAJOR),
        said.get(Column.CLASS_NO),
        _year(said.get(Column.ENROL_YEAR)),
        _year(said.get(Column.GRAD_YEAR)),
        said.get(Column.STUDENT_NO),
    )
    if course == Course():
        return
    for study in held.studies:
        both = _together(study.course, course)
        if both is not None:
            study.changed = study.changed or both != study.course
            study.course = both
            return
    rival = next(
        (each.course for each in held.studies if each.course.degree == course.degree), None
    )
    if rival is None or not course.degree:
        held.studies.append(HeldStudy(course, origin))
        return
    for column in STUDY_COLUMNS:
        told = getattr(course, column)
        if told is not None and told != getattr(rival, column):
            held.contradicted[column] = str(told)


def _fold_post(held: Held, said: dict[Column, str], origin: Origin) -> None:
    employer, title = said.get(Column.EMPLOYER), said.get(Column.JOB_TITLE)
    if employer is None and title is None:
        return
    current = next((post for post in held.posts if post.current), None)
    for post in held.posts:
        fits = employer in (None, post.employer) or (post.employer is None and post.current)
        if fits and (title in (None, post.job_title) or (post.job_title is None and post.current)):
            filled = (post.employer or employer, post.job_title or title)
            post.changed = post.changed or filled != (post.employer, post.job_title)
            post.employer, post.job_title = filled
            return
    newer = current is None or origin.since >= current.origin.since
    if newer and current is not None:
        current.current, current.changed = False, True
        if employer is None:
            employer = current.employer  # a new title, where nobody tells of another employer
    held.posts.append(HeldPost(employer, title, origin, current=newer))


def _fold_way(held: Held, kind: ContactKind, value: str, token: str, origin: Origin) -> None:
    """A newer phone is the one to use; what the person said of the own ones stays."""
    same = [way for way in held.ways if way.kind is kind]
    if any(way.token == token for way in same):
        return
    older = [way for way in same if way.origin.since < origin.since]
    chosen = next((way for way in same if way.preferred), None)
    takes_over = len(older) == len(same) > 0 and (
        chosen is None or chosen.origin.source is not Source.SELF
    )
    if takes_over and chosen is not None:
        chosen.preferred, chosen.changed = False, True
    held.ways.append(HeldWay(kind, token, origin, value=value, preferred=takes_over))


def _together(known: Course, told: Course) -> Course | None:
    """Both as one course, None where they contradict one another or have nothing in common."""
    found: dict[str, str | int | None] = {}
    shared = False
    for name in STUDY_COLUMNS:
        before, now = getattr(known, name), getattr(told, name)
        if before is not None and now is not None:
            if before != now:
                return None
            shared = True
        found[name] = now if before is None else before
    return Course(**found) if shared else None  # type: ignore[arg-type]


def _set(held: Held, name: str, value: str, origin: Origin) -> None:
    held.fields[name] = value
    held.told[name] = origin.as_codes()
    held.own.add(name)
    held.changed = True


def _keep(held: Held, name: str, value: str | None, told: list[str]) -> None:
    """Keep a value that is not, or no longer, the one that holds."""
    kept = held.former.get(name, [])
    if value and value not in (each[0] for each in kept):
        held.former = {**held.former, name: [*kept, [value, *told]]}
        held.changed = True


def _day_told(held: Held, names: Sequence[str]) -> date:
    """The last day on which one of the fields was told; long ago where nobody noted it."""
    days = [date.fromisoformat(held.told[name][1]) for name in names if held.told.get(name)]
    return max(days, default=date.min)


def _year(text: str | None) -> int | None:
    return int(text) if text and text.isdigit() else None


STUDY_COLUMNS = (
    Column.DEGREE,
    Column.MAJOR,
    Column.CLASS_NO,
    Column.ENROL_YEAR,
    Column.GRAD_YEAR,
    Column.STUDENT_NO,
)
