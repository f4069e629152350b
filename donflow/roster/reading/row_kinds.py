"""Which rows of a sheet are people, and what the others are: titles, groups, sums, notes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Final

from donflow.errors import N_, Sentence, say
from donflow.roster.reading.guessing import is_name, is_surname
from donflow.roster.reading.header_words import HeaderWords, normal
from donflow.roster.reading.table import Field
from donflow.sheets.reading import Cell


class RowKind(StrEnum):
    """What a row under a header is; a person's row becomes a line, the others are left."""

    PERSON = "person"
    BLANK = "blank"
    GROUP = "group"
    SUM = "sum"
    NOTE = "note"
    EXAMPLE = "example"
    HINT = "hint"
    NAMELESS = "nameless"


REASONS: Final[Mapping[RowKind, Sentence]] = {
    RowKind.GROUP: say(N_("A heading for the rows under it.")),
    RowKind.SUM: say(N_("A sum or a count.")),
    RowKind.NOTE: say(N_("A note.")),
    RowKind.EXAMPLE: say(N_("An example of how to fill in the sheet.")),
    RowKind.HINT: say(N_("A hint for filling in the sheet.")),
    RowKind.NAMELESS: say(N_("There is no name in this row.")),
}
TITLE: Final = say(N_("A title above the list."))
HEADER: Final = say(N_("The header."))
HEADER_AGAIN: Final = say(N_("The header again."))
NO_NAMES: Final = say(N_("The header above it has no column of names."))
ABOVE: Final = say(N_("It stands above the first header."))


def is_plain_person(
    row: Sequence[Cell], name_at: int, others: Sequence[int], words: HeaderWords
) -> bool:
    """Surely a person, told quickly: an ordinary Chinese name, and something said beside it."""
    name = row[name_at]
    return (
        isinstance(name, str)
        and _PLAIN.fullmatch(name) is not None
        and is_surname(name)
        and name not in words.meanings
        and not _ODD.search(name)
        and any(row[at] != "" for at in others)
        and _EXAMPLES.isdisjoint(row[:2])
    )


def kind_of(
    row: Sequence[Cell],
    name_at: int,
    fields: Mapping[int, Field],
    words: HeaderWords,
    *,
    merged: bool = False,
) -> RowKind:
    """The kind of any row that is no header; `fields` tells what each read column holds.

    `merged`: its first text stands in cells merged across, so it is no name.
    """
    said = {at: _plain(cell) for at, cell in enumerate(row)}
    said = {at: text for at, text in said.items() if text}
    texts = list(said.values())
    if not any(at in fields or not _counts(text) or len(text) > 6 for at, text in said.items()):
        return RowKind.BLANK
    if any(map(_SUM.search, (*texts[:3], "".join(texts[:4])))):
        return RowKind.SUM
    if len(texts) == 1 and _OPENS_A_GROUP.match(texts[0]) and len(texts[0]) <= 2 * _LONGEST:
        return RowKind.GROUP
    if _is_note(texts):
        return RowKind.NOTE
    name = said.get(name_at, "")
    if any(_EXAMPLE.search(text) for text in (*texts[:2], name)):
        return RowKind.EXAMPLE
    if 2 * sum(1 for text in texts if _HINT.search(text)) >= len(texts):
        return RowKind.HINT
    beside = [at for at in said if at in fields and at != name_at]
    return _by_name(name, said, beside, fields, words, merged=merged)


def _by_name(
    name: str,
    said: Mapping[int, str],
    beside: Sequence[int],
    fields: Mapping[int, Field],
    words: HeaderWords,
    *,
    merged: bool,
) -> RowKind:
    is_group = len(said) == 1 and not _counts(next(iter(said.values())))
    if not name:
        study_only = bool(beside) and all(fields[at] in _STUDY for at in beside)
        group = is_group or (study_only and len(beside) == len(said))
        return RowKind.GROUP if group else RowKind.NAMELESS
    if name in _NOBODY or _counts(name) or normal(name) in words.meanings or len(name) > _LONGEST:
        return RowKind.NAMELESS
    if len(said) == 1 and (merged or not is_name(name)):
        return RowKind.GROUP
    if len(beside) < _ENOUGH and _GROUP.search(name) and not is_name(name):
        return RowKind.GROUP
    return RowKind.PERSON


def is_title(text: str) -> bool:
    """Whether a text above a list names it, rather than telling who filled it in and when."""
    plain = _plain(text)
    if _NUMBERED.search(plain):
        return False
    return not _LABELLED.search(plain) and not _is_note([plain])


def _is_note(texts: Sequence[str]) -> bool:
    first = texts[0]
    return (
        _NOTE.search(first) is not None
        or (len(texts) <= 2 and (len(first) > _LONGEST or "。" in first))
        or (len(texts) <= 4 and all(map(_LABELLED.search, texts)))
    )


def _counts(text: str) -> bool:
    return text.replace(".", "", 1).isdigit()


def _plain(cell: Cell) -> str:
    if isinstance(cell, str):
        return unicodedata.normalize("NFKC", cell).strip() if cell else ""
    return str(cell)


_HAN: Final = "[\u3400-\u9fff\U00020000-\U0003ffff]"
_PLAIN: Final = re.compile(rf"{_HAN}{{2,4}}")
_ODD: Final = re.compile("计$|[班级届系院]$|专业|示例|样例|金融|会计|管理|工程|经济|贸易|营销")
_SUM: Final = re.compile(
    r"^[(【]?(?:合\s*计|小\s*计|总\s*计|共\s*计|累\s*计|总\s*数|总人数|人数|本页小计|平均)(?:$|[\d:\s()人名])"
    r"|^(?:本班|本页|全班|以上|总)?共[有计]?\s*:?\s*\d+\s*[人名位条]?|^本班(?:合计|小计|共计)|^[男女](?:生|性)?\s*:?\s*\d+\s*人"
)
_NOTE: Final = re.compile(
    r"^(?:[※*#]|注\s*\d*\s*[::]|附?注\s*[::]|备注\s*[::]|说\s*明\s*[::]|填[表写报]\S{0,6}[::]|提示\s*[::]"
    r"|制表|审核[人:]|负责人[签:(]|经办人|打印[日时]|截[至止]\s*\d|以上[信均数]|本表|此表|第\s*\d+\s*页|共\s*\d+\s*页"
    r"|-+\s*\d+\s*-+$|数据来源|联系人\s*:|[一二三四五]、\S{12,}|\d[、.]\s*\S{14,})"
)
_NUMBERED: Final = re.compile(r"^(?:\d{1,2}[.、]|\(\d\)|[一二三四五六七八九十]+、)")
_LABELLED: Final = re.compile(
    r"^[^:]{1,12}:\s*\S*|^(?:填[表报写]|制表|更新|统计|截[至止]|打印).{0,8}\d{4}"
)
_EXAMPLE: Final = re.compile(
    r"^[(【]?(?:例|示例|样例|范例|填写示例|例如|举例)(?:$|[)】:\d])|[(【](?:示例|样例|例)[)】]"
)
_EXAMPLES: Final = frozenset(
    {"例", "例：", "例:", "示例", "样例", "范例", "填写示例", "例如", "举例", "(例)", "（例）"}
)
_HINT: Final = re.compile(
    r"^[(*]?(?:必填|选填|可选|非必填|格式|如:|如\d|例如|下拉|文本|请填|请选|请输|不超过|单选|多选|真实姓名|yyyy)"
)
_GROUP: Final = re.compile(
    r"[级届班系院部组]$|专业|专业$|[省市区]$|学$|硕士|博士|本科|MBA|MPA|EMBA|分会"
)
_OPENS_A_GROUP: Final = re.compile(
    r"[^。:;]{0,16}?(?:\d{2,4}|[〇零一二三四五六七八九]{2,4})\s*[级届]\s*[^。:;\s]{0,14}(?:[班级届]|专业|$)"
)
_NOBODY: Final = frozenset(
    {"无", "/", "-", "—", "--", "——", "暂无", "空缺", "空", "未知", "?", "*", "、"}
)
_STUDY: Final = frozenset(
    {Field.ENROL_YEAR, Field.GRAD_YEAR, Field.YEAR, Field.MAJOR, Field.CLASS_NO, Field.STUDY}
    | {Field.DEGREE}
)
_LONGEST: Final = 30
_ENOUGH: Final = 2
