"""What a header means: by the list, by the words it is put together of, or by the group over it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

from donflow.roster.reading.degrees import degree_said
from donflow.roster.reading.header_words import HeaderWords, Meaning, normal
from donflow.roster.reading.table import Field


def meaning_of(parts: Sequence[str], words: HeaderWords) -> Meaning | None:
    """The meaning of a header whose groups stand before it (联系方式, 电话); None if unknown.

    The header itself counts before its group, both together before either: 单位 over 电话 is a
    phone, 单位 over 名称 an employer. Under the name of another person (家长 over 电话) it is left.
    """
    if any(_is_of_another(part, words) for part in parts):
        return LEFT
    if any((one := _listed(part, words)) is not None and one.never for part in parts):
        return NEVER
    for start in range(len(parts) - 1):
        found = _listed("".join(parts[start:]), words)
        if found is not None:
            return found
    if len(parts) > 1 and normal(parts[-1]) in _WHERE:
        over = meaning_of(parts[:-1], words)
        if over is not None and over.field in (Field.PHONE, Field.EMAIL):
            return over
    for part in reversed(parts):
        found = _alone(part, words)
        if found is not None:
            return found
    return None


def course_of(parts: Sequence[str], words: HeaderWords) -> tuple[str, Meaning] | None:
    """The degree whose course a column tells of, and what: 本科入学年份, 硕士 over 专业."""
    *groups, own = parts
    found = _COURSE(normal(own))
    degree, rest = (found[1], found[2]) if found else ("", own)
    if not degree:
        degree = next((one for group in groups if (one := _COURSE_ALONE(normal(group)))), [""])[0]
        degree = degree.removesuffix("阶段").removesuffix("期间")
    meaning = _listed(rest, words) if degree else None
    if meaning is None or meaning.field is None:
        return None
    return degree_said(degree) or degree, meaning


def ending_of(text: str, words: HeaderWords) -> Meaning | None:
    """What the longest known ending of an unknown header means: 毕业后的首个工作单位."""
    form = normal(re.sub(_BRACKETS, "", unicodedata.normalize("NFKC", text)))
    if _LETTERS(form) and (stem := form.removesuffix("m").removesuffix("d")) != form:
        return words.meanings.get(stem) or words.in_letters.get(stem)
    ends = (form[at:] for at in range(1, len(form) - 1))
    return next((words.meanings[end] for end in ends if end in words.meanings), None)


def by_script(text: str) -> tuple[str, ...]:
    """A header, and where it says the same in two scripts, each of them, Chinese first."""
    plain = unicodedata.normalize("NFKC", text)
    found = _TWO_SCRIPTS(plain)
    if not found:
        return (text,)
    one, other = (part for part in found.groups() if part)
    return (text, *((one, other) if re.search("[一-龥]", one) else (other, one)))


def _alone(text: str, words: HeaderWords) -> Meaning | None:
    for written in by_script(text):
        found = _listed(written, words) or _put_together(written, words)
        if found is not None:
            return found
    form = normal(text)
    return words.in_letters.get(form) if _LETTERS(form) else None


def ticks_of(headers: Sequence[Sequence[str]], words: HeaderWords) -> dict[int, Meaning]:
    """The places of tick columns: men and women side by side, degrees under 学历."""
    kinds = [words.ticks.get(normal(parts[-1])) if parts else None for parts in headers]
    found: dict[int, Meaning] = {}
    for place in range(len(kinds) - 1):
        pair = kinds[place], kinds[place + 1]
        if set(pair) == {Field.MALE, Field.FEMALE}:
            found |= {place: Meaning(pair[0]), place + 1: Meaning(pair[1])}
    for place, parts in enumerate(headers):
        over = meaning_of(parts[:-1], words) if len(parts) > 1 and degree_said(parts[-1]) else None
        if over is not None and over.field is Field.DEGREE:
            found[place] = Meaning(Field.TICKED_DEGREE)
    return found


def _listed(text: str, words: HeaderWords) -> Meaning | None:
    """As it stands; without brackets, numbers and the words that add nothing."""
    for form in _forms(text):
        if form in words.meanings:
            return words.meanings[form]
    return None


def _forms(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKC", text).casefold().strip()
    bare = re.sub(_BRACKETS, "", plain)
    forms = [normal(plain), normal(bare), normal(_NUMBERED.sub("", bare))]
    forms.append(_COUNTED.sub("", forms[-1]))
    forms.append(_ASKED.sub("", forms[-1]))
    forms.append(forms[-1].replace("的", ""))
    while (shorter := _ADDED.sub("", forms[-1])) != forms[-1]:
        forms.append(shorter)
    return [form for form in dict.fromkeys(forms) if form]


def _is_of_another(text: str, words: HeaderWords) -> bool:
    form = normal(_NUMBERED.sub("", unicodedata.normalize("NFKC", text)))
    return form.startswith(words.others) and _listed(text, words) in (None, LEFT)


def _put_together(text: str, words: HeaderWords) -> Meaning | None:
    plain = unicodedata.normalize("NFKC", text).casefold()
    for written in (plain, re.sub(_BRACKETS, "", plain)):
        pieces = [piece for piece in _PARTED.split(written) if normal(piece)]
        found = [_listed(piece, words) for piece in pieces]
        if len(found) > 1 and None not in found:
            return _together([one for one in found if one is not None])
    cuts = (_together(_cut(form, words)) for form in _forms(text))
    return next((one for one in cuts if one is not None), None)


def _cut(form: str, words: HeaderWords) -> list[Meaning]:
    """A header without a sign between its words: 专业班级; empty where a rest remains."""
    found: list[Meaning] = []
    at = 0
    while at < len(form):
        ends = range(min(len(form), at + words.longest), at, -1)
        end = next((end for end in ends if form[at:end] in words.meanings), None)
        if end is None or (end - at == 1 and form[at] not in "省市级届班"):
            return []
        found.append(words.meanings[form[at:end]])
        at = end
    return found if len(found) > 1 else []


def _together(found: Sequence[Meaning]) -> Meaning | None:
    """Several meanings as one, where they go together in one cell."""
    if any(one.never for one in found):
        return NEVER
    named = {one.field for one in found if one.field is not None}
    partly_left = any(one.field is None for one in found)
    if not named:
        return LEFT if found else None
    if len(named) == 1 and not partly_left:
        return found[0]
    for several, whole in _WHOLES.items():
        if named <= several:
            return Meaning(whole)
    return Meaning(named.pop()) if len(named) == 1 else None


LEFT: Final = Meaning(None)
NEVER: Final = Meaning(None, never=True)
_WHOLES: Final = {
    frozenset({Field.ENROL_YEAR, Field.GRAD_YEAR, Field.YEAR}): Field.YEAR,
    frozenset(
        {
            Field.MAJOR,
            Field.CLASS_NO,
            Field.ENROL_YEAR,
            Field.GRAD_YEAR,
            Field.DEGREE,
            Field.STUDY,
            Field.YEAR,
        }
    ): Field.STUDY,
    frozenset({Field.EMPLOYER, Field.JOB_TITLE, Field.WORK}): Field.WORK,
    frozenset({Field.PHONE, Field.EMAIL, Field.WECHAT, Field.CONTACT}): Field.CONTACT,
    frozenset({Field.CITY, Field.PROVINCE, Field.PLACE}): Field.PLACE,
    frozenset({Field.NAME, Field.GENDER}): Field.NAME_AND_GENDER,
}
_TWO_SCRIPTS: Final = re.compile(
    r"\s*([一-龥][^A-Za-z]*?)[\s/(|]+([A-Za-z][A-Za-z .'’/_-]*[A-Za-z.])[\s)]*"
    r"|\s*([A-Za-z][A-Za-z .'’/_-]*?)[\s/(|]+([一-龥][^A-Za-z]*?)[\s)]*"
).fullmatch
_DEGREES: Final = "大学本科|本科|学士|硕士研究生|硕士|博士研究生|博士|MBA|EMBA|MPA"
_COURSE: Final = re.compile(rf"(?i)({_DEGREES})(?:阶段|期间|就读)?的?(.{{2,}})").fullmatch
_COURSE_ALONE: Final = re.compile(rf"(?i)(?:{_DEGREES})(?:阶段|期间)?").fullmatch
_WHERE: Final = ("单位", "公司", "办公", "工作", "住宅", "家庭", "家", "宅", "办", "个人", "本人")
"""Under a group of telephones these say whose it is, and are no employer."""
_LETTERS: Final = re.compile("[a-z]{2,24}").fullmatch
_BRACKETS: Final = r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|<[^<>]*>|〔[^〔〕]*〕"
_PARTED: Final = re.compile(r"[/、,;|&+\n\\—–-]|及|和|与|或|至|到")
_NUMBERED: Final = re.compile(
    r"^\s*(?:q?\d{1,2}\s*[.、_:)\]]|[一二三四五六七八九十]{1,2}\s*[、.])\s*"
)
_COUNTED: Final = re.compile(r"(?:\d{1,2}|[一二三甲乙])$")
_ASKED: Final = re.compile(r"(?:是|为|是什么|必填|选填|必填项|信息|情况|如有)$")
_ADDED: Final = re.compile(
    r"^(?:请问|请填写|请输入|请选择|请填|填写|您的|你的|您|你|校友|本人|个人|自己|学生|学员|同学"
    r"|现在的|现在|目前的|目前|当前|最新|现任|现|原|在校期间的?|在校时?的?|在校|主要|常用|所|的|是(?!否)|就读的?)"
)
