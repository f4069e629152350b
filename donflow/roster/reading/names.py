"""A person's name from a cell, apart from what lists write beside it: gender, death, other names.

A name keeps its characters: only spaces, marks and remarks go. Names of several parts, such as
those of Uyghurs, get one interpunct (·) for all its spellings; Latin names keep single spaces.
"""

from __future__ import annotations

import re
from typing import Final

from donflow.errors import N_, say
from donflow.roster.reading.cells import text_of
from donflow.roster.reading.ethnicity import ethnicity_of
from donflow.roster.reading.found import NOTHING, Found, unreadable
from donflow.roster.reading.gender import gender_of
from donflow.roster.reading.rows import Column, Unread
from donflow.roster.reading.status import DECEASED, says_deceased
from donflow.sheets.reading import Cell

MASKED: Final = N_("Part of the name is hidden.")
SEVERAL: Final = N_("There is more than one name.")
NO_NAME: Final = N_("This is not the full name of a person.")
BESIDE: Final = N_("What stands in brackets beside the name was left.")


def read_name(cell: Cell) -> Found:
    """The name, and what brackets beside it say of gender, ethnicity, death and other names."""
    if isinstance(cell, str) and (beside := _BESIDE_NAME(cell)):
        cell = f"{beside[1]}({beside[2]})"
    plain = "".join(cell.split()) if isinstance(cell, str) else ""
    if _PLAIN(plain) and not _ADDRESSED(plain) and "某" not in plain:
        return NOTHING if plain in _NO_NAMES else Found({Column.NAME: plain})
    if isinstance(cell, str):
        cell = re.sub(r"^\s*[†✝☦]\s*(?=..)|(?<=..)\s*[†✝☦]\s*$", "(故)", cell)
        cell = re.sub(r"^\(故\)(.+)$", r"\1(故)", cell)
    text = re.sub(r"(?<=..)\s*[/、,;|-]\s*(男|女)$", r"(\1)", text_of(cell))
    if not text:
        return NOTHING
    bare, notes = _apart(text)
    return _with_notes(bare, notes)


def read_name_and_gender(cell: Cell) -> Found:
    """As `read_name`; the gender may also stand behind a space or a mark: 张三 男."""
    text = text_of(cell)
    behind = re.fullmatch(r"(.*?[^\s/,、:;-])[\s/,、:;|-]+(男|女|M|F)性?", text)
    return read_name(f"{behind[1]}({behind[2]})" if behind else text)


def _apart(text: str) -> tuple[str, list[str]]:
    """The text outside all brackets, and the text in each; an open bracket ends with the text."""
    notes: list[str] = []

    def keep(found: re.Match[str]) -> str:
        notes.append(found[1].strip())
        return " "

    bare = re.sub(r"[(\[【〔<《〈]([^()\[\]【】〔〕<>《》〈〉]*)(?:[)\]】〕>》〉]|$)", keep, text)
    former = re.fullmatch(rf"(.+?)[\s,、;/]*({_FORMER}.+)", bare)
    if former:
        bare = former[1]
        notes.append(former[2])
    if not bare.strip() and len(notes) == 1:
        return notes[0], []
    return bare.strip(), notes


def _with_notes(bare: str, notes: list[str]) -> Found:
    name, behind = _without_remarks(bare)
    problem = _problem(name)
    if problem:
        return unreadable(Column.NAME, problem)
    name, other = _spelled(name)
    if not name:
        return unreadable(Column.NAME, NO_NAME)
    values = {Column.NAME: name}
    others = [other] if other else []
    if behind:
        values[behind[0]] = behind[1]
    unread: list[Unread] = []
    for note in notes:
        if not _take_note(note, name, values, others):
            unread.append(Unread(Column.NAME, say(BESIDE)))
    return Found(values, tuple(unread), other_names=tuple(others))


def _take_note(note: str, name: str, values: dict[Column, str], others: list[str]) -> bool:
    """Whether what stands in a bracket was understood; it is put where it belongs."""
    parts = [part for part in re.split(r"[\s,、;/]+", note) if part]
    if len(parts) > 1 and not re.search(_FORMER, note) and not re.fullmatch(_LATIN, note):
        return min(_take_note(part, name, values, others) for part in parts)
    if not note or re.fullmatch(_SILENT, note):
        return True
    former = re.fullmatch(rf"{_FORMER}(.+)", note)
    if former:
        others.append(_spelled(former[1])[0] or former[1])
    elif says_deceased(note) or re.fullmatch("[故殁逝亡卒]", note):
        values[Column.STATUS] = DECEASED
    elif gender := gender_of(note):
        values.setdefault(Column.GENDER, gender)
    elif len(note) > 1 and (ethnicity := ethnicity_of(note)):
        values[Column.ETHNICITY] = ethnicity
    elif re.fullmatch(_LATIN, note) or re.fullmatch(rf"{re.escape(name[0])}{_HAN}{{1,3}}", note):
        others.append(_spelled(note)[0])
    else:
        return False
    return True


def _without_remarks(bare: str) -> tuple[str, tuple[Column, str] | None]:
    """Without numbering, marks that set apart people of one name, and what is written behind."""
    name = re.sub(rf"^(?:\d+\s*[、.:)]?\s*)(?=[{_SIGNS}A-Za-z])", "", bare)
    name = re.sub(r"^(?:姓\s*名|校友)\s*:\s*", "", name)
    name = re.sub(r"^[*★☆●▲△#※✓√·\s]+(?=\S)|[★☆▲△#※✓√\s]+$", "", name)
    if re.fullmatch(rf"(?:[{_SIGNS}]\s+){{1,3}}[{_SIGNS}]\s*\S", name):
        name = re.sub(r"\s", "", name)
    name = re.sub(rf"(?<=[{_SIGNS}]{{2}})\s*(?:\*|●|[0-9]{{1,2}}|[A-Za-z]|[①-⑩])$", "", name)
    address = re.fullmatch(rf"([{_SIGNS}·\s]+?)\s*(?!夫|伉)({_ADDRESSES})", name)
    if not address:
        return name.strip(), None
    # An address is a courtesy, and 先生 is said of learned women too: it tells no gender.
    dead = (Column.STATUS, DECEASED) if address[2] == DECEASED else None
    return address[1].strip(), dead


def _problem(name: str) -> str | None:
    if re.search(r"[*×□○●?]|(?i:x{2,})|^.某{1,2}$", name):
        return MASKED
    if re.search(rf"[{_SIGNS}]\s*[、/,;&+\n]\s*[{_SIGNS}]|夫妇$|夫妻$|伉俪$", name):
        return SEVERAL
    return NO_NAME if re.search(r"\d|[@:]", name) or len(name) > 60 else None


def _spelled(text: str) -> tuple[str, str]:
    """The name in its own form, and a second form in the other script; both "" if it is none."""
    text = text.strip()
    mixed = re.fullmatch(rf"([{_SIGNS}]{{2,}})\s*({_LATIN})|({_LATIN})\s*([{_SIGNS}]{{2,}})", text)
    if mixed:
        return (mixed[1] or mixed[4]), _latin(mixed[2] or mixed[3])
    if re.fullmatch(_LATIN, text):
        return _latin(text), ""
    parts = re.split(rf"\s*[{_INTERPUNCTS}]+\s*", text)
    if len(parts) == 1:
        parts = _parts_by_space(text)
    parts = [re.sub(r"\s", "", part) for part in parts]
    parts = [part for part in parts if part]
    name = "·".join(parts)
    long_enough = 2 <= len(name) <= 40 and name not in _NO_NAMES
    if long_enough and re.fullmatch(rf"(?:[A-Z]·)?[{_SIGNS}]+(?:·[{_SIGNS}A-Z]+)*", name):
        return name, ""
    return "", ""


def _parts_by_space(text: str) -> list[str]:
    """A long name written with a space for its interpunct; other spaces only spread a name."""
    parts = text.split()
    apart = len(parts) == 2 and min(map(len, parts)) >= 2 and sum(map(len, parts)) >= 5
    return parts if apart else ["".join(parts)]


def _latin(text: str) -> str:
    text = re.sub(r"\s+", " ", text.replace("’", "'").replace("‘", "'"))
    return re.sub(r"\s*[·•‧∙・]\s*", " ", text).strip(" .,-")


_SIGNS: Final = "\u3400-\u9fff\uf900-\ufaff\ue000-\uf8ff\U00020000-\U0003fffd〇"
_HAN: Final = f"[{_SIGNS}]"
_LATIN: Final = r"[A-Za-zÀ-ɏḀ-ỿ](?:[A-Za-zÀ-ɏḀ-ỿ '’‘,·•‧∙・-]|\.(?=[\sA-Za-z]|$))+"
_INTERPUNCTS: Final = "·•・.‧∙⋅●○▪﹒､。ᐧ᛫‐‑–—―~_'`´-"
_ADDRESSES: Final = "先生|女士|小姐|老师|同学|校友|教授|博士|已故|夫妇|夫妻|伉俪"
_ADDRESSED: Final = re.compile(f".+(?:{_ADDRESSES})").fullmatch
_BESIDE_NAME: Final = re.compile(
    r"\s*([\u4e00-\u9fff·]{2,})\s+((?:(?:男|女|[\u4e00-\u9fff]{1,5}族|已故|†)\s*)+)"
).fullmatch
_PLAIN: Final = re.compile("[\u4e00-\u9fff]{2,4}").fullmatch
_FORMER: Final = (
    "(?:曾用名|原用名|曾名|旧名|原名|又名|别名|本名|现名|现用名|现改名|更名|改名|小名|英文名|笔名|曾用|原(?=[:;]))"
    r"(?:字|为|叫|是)?\s*[:;]?\s*"
)
# Remarks that many lists put beside a name, and that no column of ours holds.
_SILENT: Final = (
    "[大小老中]|[一二三四甲乙丙丁]|[0-9A-Za-z]|[0-9]{1,2}班?|[一二三四五六]班"
    "|(?:原|前|副|现)?(?:班长|副班长|团支书|支书|书记|学习委员|学委|组织委员|宣传委员|生活委员|体育委员"
    "|文艺委员|委员|联络人|联络员|联系人|班级联络人|班委|会长|副会长|理事|理事长|副理事长|秘书长|秘书|组长"
    "|召集人|代表|群主|管理员|负责人)"
    "|转[专系]业?|转[入出]|留级|降级|复学|插班生?|委培|自费|定向|走读|留学生|外籍|党员|团员|少数民族|校友|同名|重名"
)
_NO_NAME_WORDS: Final = """
姓名 名字 合计 总计 小计 共计 备注 说明 校友 学生 同学 老师 先生 女士 佚名
匿名 某某 无名 联系人 填表人 制表人 审核人 负责人 班主任 暂无 没有 未知 不详
未填 待补 待补充 待完善 待查 不清楚 无姓名 男 女
"""
_NO_NAMES: Final = frozenset(_NO_NAME_WORDS.split())
