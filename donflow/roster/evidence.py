"""What speaks for and against two records being one person: codes, weights, and a verdict.

A name alone never makes two records one, nor does a phone alone: a couple shares one, and a class
liaison gives the own number for ten classmates. What the weights do to 100,000 generated people
is counted in tests/roster/test_matching.py.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from functools import lru_cache
from operator import attrgetter
from types import MappingProxyType

from donflow.roster.evidence_codes import (
    CONTRADICTIONS,
    MOVED_AWAY,
    NO_EMPLOYER,
    SAME_NAME,
    STRONG,
    STUDIED_TOGETHER,
    WEIGHTS,
    Evidence,
)
from donflow.roster.portrait import Portrait, Study


class Verdict(StrEnum):
    """Sure, for a person to decide, or two people."""

    JOINED = "joined"
    PROPOSED = "proposed"
    APART = "apart"


JOINED_FROM = 80
JOINED_WITHOUT_TOKEN_FROM = 90
PROPOSED_FROM = 60
PROPOSED_UNDER_ANOTHER_NAME_FROM = 75
MOST_YEARS_APART = 2
"""Years of one degree that are told otherwise so far are a slip, or a year repeated."""
SHORTEST_NUMBER = 6
"""Characters of a student number; what is shorter is a place in a list."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether two records are one person, 0 to 100, and why, the weightiest first."""

    verdict: Verdict
    score: int
    evidence: tuple[Evidence, ...]

    @property
    def contradictory(self) -> bool:
        """Whether something says that they are two."""
        return not CONTRADICTIONS.isdisjoint(self.evidence)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the other records say: which tokens several people use, who is the only one so named.

    `alone` tells whether neither record has a namesake in its class, or in its year and major,
    within its own source.
    """

    is_shared: Callable[[str, str], bool] = lambda _kind, _token: False
    alone: bool = False


def judge(left: Portrait, right: Portrait, around: Surroundings | None = None) -> Judgement:
    """Compare two records; the order does not matter."""
    around = around or Surroundings()
    found = {_names(left, right), *_tokens(left, right, around), *_facts(left, right)}
    strong = found & STRONG
    one_sheet = source_of(left) is not None and source_of(left) == source_of(right)
    if alike(left, right):
        found.add(Evidence.ALIKE_IN_ALL)
    if found & SAME_NAME and strong and _of_two_degrees(left, right):
        found.add(Evidence.SECOND_DEGREE)
    if not (is_whole_name(left.name) and is_whole_name(right.name)):
        found.add(Evidence.NAME_INCOMPLETE)
    two_in_a_class = one_sheet and found >= _TWO_IN_A_CLASS and found & SAME_NAME
    if two_in_a_class and not strong and not found & _BORN_ALIKE:
        found.add(Evidence.NAMESAKES_IN_CLASS)
    only = around.alone and found & SAME_NAME and found & STUDIED_TOGETHER
    if only and not one_sheet and Evidence.CLASS_DIFFERS not in found:
        found.add(Evidence.ALONE_IN_CLASS)
    score = max(0, min(100, sum(WEIGHTS[each] for each in found)))
    verdict = _verdict(found, strong, score)
    if verdict is Verdict.PROPOSED:
        score = min(score, JOINED_FROM - 1)
    if verdict is Verdict.APART:
        score = min(score, PROPOSED_FROM - 1)
    return Judgement(verdict, score, tuple(sorted(found, key=lambda each: (-WEIGHTS[each], each))))


def may_be_one(left: Portrait, right: Portrait) -> bool:
    """Whether `judge` could find anything but two people; quick, for the many pairs it does not.

    Under another name that takes a student number or two tokens of different kinds in common,
    and one of them under a similar name.
    """
    one, other = plain_name(left.name), plain_name(right.name)
    if one == other:
        return True
    common = sum(not read(left).isdisjoint(read(right)) for read in TOKENS.values())
    numbers = TOKENS["student_no"]
    if common > 1 or not numbers(left).isdisjoint(numbers(right)):
        return True
    return common == 1 and one_apart(one, other)


def alike(left: Portrait, right: Portrait) -> bool:
    """Whether two records say the same in all."""
    return _ALL_SAID(left) == _ALL_SAID(right)


@lru_cache(maxsize=20_000)
def plain_name(name: str) -> str:
    """The name without spaces, interpuncts and letter case, by which names are compared."""
    return _BETWEEN.sub("", unicodedata.normalize("NFKC", name)).casefold()


def is_whole_name(name: str) -> bool:
    """Whether a name is more than one character, or a surname with a title."""
    plain = plain_name(name)
    return len(plain) > 1 and not _TITLED.fullmatch(plain)


def employers_of(portrait: Portrait) -> frozenset[str]:
    """Who really employs the person; that somebody is retired is no employer in common."""
    return portrait.employers - NO_EMPLOYER


def source_of(portrait: Portrait) -> str | None:
    """The sheet that a record stands in; None for one of the roster."""
    sheet, mark, _row = portrait.key.rpartition("!")
    return sheet if mark else None


def same_class(left: Study, right: Study) -> bool:
    """One class of one major and year; both class and major must be known."""
    known = left.major is not None and left.class_no is not None
    alike = left.major == right.major and left.class_no == right.class_no
    return known and alike and same_years(left, right)


def same_cohort(left: Study, right: Study) -> bool:
    """One year of one known major."""
    return left.major is not None and left.major == right.major and same_years(left, right)


def same_study(left: Study, right: Study) -> bool:
    """Whether two records may tell of one course of study: nothing known of them differs."""
    facts = ((left.degree, right.degree), (left.major, right.major))
    if any(one and other and one != other for one, other in facts):
        return False
    return same_years(left, right) or not (_years(left) and _years(right))


def same_years(left: Study, right: Study) -> bool:
    """Enrolled or graduated in one year; one's enrolment and the other's end must fit."""
    if left.degree and right.degree and left.degree != right.degree:
        return False
    if left.enrol_year and right.enrol_year:
        return left.enrol_year == right.enrol_year
    if left.grad_year and right.grad_year:
        return left.grad_year == right.grad_year
    enrolled = left.enrol_year or right.enrol_year
    graduated = left.grad_year or right.grad_year
    if not enrolled or not graduated:
        return False
    return graduated - enrolled in _LENGTHS.get(left.degree or right.degree or "", _ANY_LENGTH)


_ALL_SAID = attrgetter(
    *(each.name for each in fields(Portrait) if each.name not in ("key", "landlines"))
)
_TWO_IN_A_CLASS = {Evidence.SAME_CLASS, Evidence.PHONE_DIFFERS}
_BORN_ALIKE = frozenset({Evidence.BIRTH_EXACT, Evidence.BIRTH_COMPATIBLE})


def _verdict(found: set[Evidence], strong: set[Evidence], score: int) -> Verdict:
    contradicted = not CONTRADICTIONS.isdisjoint(found)
    if found & SAME_NAME:
        sure = JOINED_FROM if strong else JOINED_WITHOUT_TOKEN_FROM
        if not contradicted and not _in_doubt(found, strong) and score >= sure:
            return Verdict.JOINED
        return Verdict.PROPOSED if score >= PROPOSED_FROM else Verdict.APART
    if contradicted:
        return Verdict.APART
    numbered, born_alike = Evidence.SAME_STUDENT_NO in strong, bool(found & _BORN_ALIKE)
    if Evidence.NAME_SIMILAR in found:
        work = found >= {Evidence.SAME_CLASS, Evidence.SAME_EMPLOYER}
        enough = numbered or len(strong) > 1 or (bool(strong) and (born_alike or work))
        return Verdict.PROPOSED if enough and score >= PROPOSED_FROM else Verdict.APART
    enough = (numbered or len(strong) > 1) and born_alike
    enough = enough or (len(strong) > 1 and numbered and Evidence.SAME_CLASS in found)
    enough = enough and score >= PROPOSED_UNDER_ANOTHER_NAME_FROM
    return Verdict.PROPOSED if enough else Verdict.APART


def _in_doubt(found: set[Evidence], strong: set[Evidence]) -> bool:
    """Whether a person decides, however much speaks for one: no whole name, or no sure number."""
    if Evidence.NAME_INCOMPLETE in found or (Evidence.CLASS_DIFFERS in found and not strong):
        return True
    if found & _BORN_ALIKE:
        return False
    used_by_others = not strong and bool(found & {Evidence.SAME_LANDLINE, Evidence.SHARED_PHONE})
    of_a_liaison = strong == {Evidence.SAME_PHONE} and found >= MOVED_AWAY
    return used_by_others or of_a_liaison or Evidence.ETHNICITY_DIFFERS in found


def _names(left: Portrait, right: Portrait) -> Evidence:
    if left.name == right.name:
        return Evidence.NAME_EQUAL
    one, other = plain_name(left.name), plain_name(right.name)
    if one == other:
        return Evidence.NAME_SPACING
    return Evidence.NAME_SIMILAR if one_apart(one, other) else Evidence.NAME_DIFFERS


def one_apart(one: str, other: str) -> bool:
    """Whether one character is changed, missing or too much; names of one character never are."""
    short, long = sorted((one, other), key=len)
    if len(short) < 2 or len(long) - len(short) > 1:
        return False
    start = 0
    while start < len(short) and short[start] == long[start]:
        start += 1
    rest = start + 1 if len(short) == len(long) else start
    return short[rest:] == long[start + 1 :]


def _tokens(left: Portrait, right: Portrait, around: Surroundings) -> set[Evidence]:
    found = set()
    for kind, read in TOKENS.items():
        common = read(left) & read(right)
        if kind == "phone" and (landlines := common & left.landlines & right.landlines):
            found.add(Evidence.SAME_LANDLINE)
            common -= landlines
        if any(not around.is_shared(kind, token) for token in common):
            found.add(_OWN[kind])
        elif common:
            found.add(Evidence.SHARED_PHONE if kind == "phone" else Evidence.SHARED_OTHER)
    if left.phones and right.phones and not left.phones & right.phones:
        found.add(Evidence.PHONE_DIFFERS)
    return found


def _facts(left: Portrait, right: Portrait) -> set[Evidence]:
    found = {_births(left.births, right.births), _studies(left, right)}
    here, there = employers_of(left), employers_of(right)
    if here & there:
        found.add(Evidence.SAME_EMPLOYER)
    elif here and there:
        found.add(Evidence.EMPLOYER_DIFFERS)
    if left.job_titles & right.job_titles:
        found.add(Evidence.SAME_TITLE)
    if left.city and right.city:
        found.add(Evidence.SAME_CITY if left.city == right.city else Evidence.CITY_DIFFERS)
    if left.gender and right.gender and left.gender != right.gender:
        found.add(Evidence.GENDER_DIFFERS)
    if left.ethnicity and right.ethnicity and left.ethnicity != right.ethnicity:
        found.add(Evidence.ETHNICITY_DIFFERS)
    if Evidence.SAME_CLASS not in found and _classes_differ(left, right):
        found.add(Evidence.CLASS_DIFFERS)
    if _years_differ(left, right):
        found.add(Evidence.YEARS_DIFFER)
    if _numbers_differ(left, right):
        found.add(Evidence.STUDENT_NO_DIFFERS)
    return {each for each in found if each is not None}


def _births(left: frozenset[str], right: frozenset[str]) -> Evidence | None:
    if not left or not right:
        return None
    fitting = [
        min(one, other, key=len)
        for one in left
        for other in right
        if one.startswith(other) or other.startswith(one)
    ]
    if not fitting:
        return Evidence.BIRTH_DIFFERS
    places = max(map(len, fitting))
    if places < len("2000-01"):
        return Evidence.BIRTH_YEAR
    if len(left) > 1 or len(right) > 1:
        return Evidence.BIRTH_AMBIGUOUS
    return Evidence.BIRTH_EXACT if places == len("2000-01-01") else Evidence.BIRTH_COMPATIBLE


def _studies(left: Portrait, right: Portrait) -> Evidence | None:
    pairs = [(one, other) for one in left.studies for other in right.studies]
    if any(same_class(one, other) for one, other in pairs):
        return Evidence.SAME_CLASS
    return Evidence.SAME_COHORT if any(same_cohort(one, other) for one, other in pairs) else None


def _of_two_degrees(left: Portrait, right: Portrait) -> bool:
    """Each tells its degree, and none in common: who gives one phone in two courses has both.

    A liaison's number for two namesakes stands in one class, and so in one degree.
    """
    here, there = ({study.degree for study in each.studies} - {None} for each in (left, right))
    return bool(here and there) and here.isdisjoint(there)


def _classes_differ(left: Portrait, right: Portrait) -> bool:
    """Both tell the class of what may be one course of study, and not the same."""
    return any(
        one.class_no and other.class_no and one.class_no != other.class_no
        for one in left.studies
        for other in right.studies
        if same_study(one, other)
    )


def _years_differ(left: Portrait, right: Portrait) -> bool:
    """Of one degree, or of none that is told, the years are too far apart for a slip."""
    told = [
        years
        for one in left.studies
        for other in right.studies
        if one.degree == other.degree and (years := _years_between(one, other)) is not None
    ]
    return bool(told) and min(told) > MOST_YEARS_APART


def _years_between(left: Study, right: Study) -> int | None:
    """How far the years of two courses of one degree lie apart; None where that is not told."""
    ends = ((left.enrol_year, right.enrol_year), (left.grad_year, right.grad_year))
    told = [abs(one - other) for one, other in ends if one and other]
    if told:
        return min(told)
    enrolled = left.enrol_year or right.enrol_year
    graduated = left.grad_year or right.grad_year
    if not enrolled or not graduated:
        return None
    lengths, length = _LENGTHS.get(left.degree or "", _ANY_LENGTH), graduated - enrolled
    return max(0, lengths.start - length, length - lengths.stop + 1)


def _numbers_differ(left: Portrait, right: Portrait) -> bool:
    """More student numbers than courses: each degree has its own, and what is not told is one."""
    here, there = TOKENS["student_no"](left), TOKENS["student_no"](right)
    if not here or not there or here & there:
        return False
    degrees = {study.degree for each in (left, right) for study in each.studies} - {None}
    return len(here | there) > max(1, len(degrees))


def _years(study: Study) -> bool:
    return bool(study.enrol_year or study.grad_year)


def _whole_numbers(student_nos: frozenset[str]) -> frozenset[str]:
    """Without the places in a list of names, which every class counts anew."""
    if not student_nos:
        return student_nos
    return frozenset(number for number in student_nos if len(number) >= SHORTEST_NUMBER)


TOKENS: Mapping[str, Callable[[Portrait], frozenset[str]]] = MappingProxyType(
    {
        "phone": lambda portrait: portrait.phones,
        "mail": lambda portrait: portrait.mails,
        "wechat": lambda portrait: portrait.wechats,
        "student_no": lambda portrait: _whole_numbers(portrait.student_nos),
    }
)
_OWN: Mapping[str, Evidence] = MappingProxyType(
    {
        "phone": Evidence.SAME_PHONE,
        "mail": Evidence.SAME_MAIL,
        "wechat": Evidence.SAME_WECHAT,
        "student_no": Evidence.SAME_STUDENT_NO,
    }
)
_LENGTHS: Mapping[str, range] = MappingProxyType(
    {"本科": range(4, 6), "硕士": range(2, 4), "博士": range(3, 7)}
)
_ANY_LENGTH = range(2, 7)
_TITLED = re.compile(r".{1,2}(?:先生|女士|小姐|老师|教授|同学|校友|师傅|经理|主任|总)")
BETWEEN_NAMES = " \u3000·•・‧∙⋅.．-"
"""What stands between the parts of a name and is no part of it."""
_BETWEEN = re.compile(rf"[\s{re.escape(BETWEEN_NAMES)}]+")
