"""Phones as E.164, mail addresses and WeChat names from a cell, several in one cell too.

A number that lost digits, or had some hidden, is never given: a person has to ask for it.
"""

from __future__ import annotations

import re
from typing import Final

from donflow.domain import phones
from donflow.domain.checked import Verdict
from donflow.errors import N_
from donflow.roster.reading.cells import text_of
from donflow.roster.reading.found import NOTHING, Found, one, unreadable
from donflow.roster.reading.rows import Column, Unread
from donflow.sheets.reading import Cell

MASKED: Final = N_("Some digits of the phone number are hidden.")
LOST: Final = N_("The phone number lost digits when the sheet made a decimal of it.")
NO_AREA: Final = N_("The phone number has no area code.")
WRONG: Final = N_("This is not a whole phone number.")
OUT_OF_USE: Final = N_("The phone number is said to be out of use.")
OF_ANOTHER: Final = N_("The phone number is said to be another person's.")
NO_MAIL: Final = N_("This is not a mail address that can be right.")
NO_WECHAT: Final = N_("This is not a WeChat name.")


def read_phone(cell: Cell) -> Found:
    """All whole numbers, parted by `|`; a mail address written among them is given as such."""
    text = text_of(cell)
    bare = text.replace(" ", "").replace("-", "")
    if _mobile(bare):
        return one(Column.PHONE, "+86" + bare)
    return _mixed(text, Column.PHONE) if text else NOTHING


def read_mail(cell: Cell) -> Found:
    """All right addresses in small letters, parted by `|`."""
    if isinstance(cell, str) and _right(cell):
        return one(Column.EMAIL, cell)
    text = text_of(cell)
    return _mails(text) if text else NOTHING


def read_wechat(cell: Cell) -> Found:
    """The name, a phone number or QQ number among them as it stands."""
    if isinstance(cell, str) and _PLAIN_WECHAT(cell):
        return one(Column.WECHAT, cell)
    text = text_of(cell)
    if not text:
        return NOTHING
    bare = re.sub(r"(?i)^(?:微信号?|wechat|weixin|wx|v信|vx)(?:号|id)?\s*[:：]\s*", "", text)
    bare = re.sub(r"\s*\([^()]*[一-龥][^()]*\)$", "", bare).strip().removeprefix("'")
    if re.fullmatch(r"[A-Za-z0-9_-]{5,30}", bare) and not re.search(r"(?i)\d[Ex*]{3}", bare):
        return one(Column.WECHAT, bare)
    number = re.sub(r"[\s-]", "", bare)
    if re.fullmatch(r"\+?\d{5,15}", number):
        return one(Column.WECHAT, number.removeprefix("+86"))
    return unreadable(Column.WECHAT, NO_WECHAT)


def read_contact(cell: Cell) -> Found:
    """Phone, mail or WeChat, whichever the cell of a common column holds."""
    text = text_of(cell)
    if not text:
        return NOTHING
    named = re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]{5,19}", text)
    return one(Column.WECHAT, text) if named else _mixed(text, Column.PHONE)


def _mixed(text: str, column: Column) -> Found:
    values: dict[Column, str] = {}
    text = _parted(text)
    mails = _ADDRESS.findall(text) if "@" in text else []
    if mails:
        found = _mails("|".join(mails))
        values.update(found.values)
        text = _LABEL_OF_MAIL.sub(" ", _ADDRESS.sub(" ", text))
    wechat = _WECHAT.search(text) or _ALONE.search(text)
    if wechat:
        values[Column.WECHAT] = wechat[1]
        text = text[: wechat.start()] + " " + text[wechat.end() :]
    text = re.sub(r"\(\s*\)", "", text).strip(" ,、;/|\n")
    found = _phones(text) if text else NOTHING
    return Found(values | dict(found.values), found.unread)


def _parted(text: str) -> str:
    """Numbers parted from one another and from what merely labels them."""
    text = _WHOLE_NUMBER.sub(lambda found: found[1] + (found[2] or found[3]), text)
    text = _QQ.sub(" ", text.lstrip("="))
    text = re.sub(r"\(\s*(?:\+|00)?86\s*\)", "+86", text)
    text = _LETTER.sub(" ", _COUNTED.sub(",", text))
    text = re.sub(r"(?<!\d)(1[3-9]\d{9})(?=1[3-9]\d{9}(?!\d))", r"\1,", text)
    text = re.sub(r"(?<!\d)(0\d{2,3}[ -]?[2-9]\d{6,7})\*\d{1,6}(?!\d)", r"\1", text)
    return _NOTE_BETWEEN.sub(lambda found: found[0] if _AWAY.search(found[0]) else ",", text)


def _phones(text: str) -> Found:
    if _SCIENTIFIC(text) or _ROUNDED(text):
        return unreadable(Column.PHONE, LOST)
    parts = [part for part in re.split(r"[/、,;|\n]", text) if part.strip()]
    if len(parts) > 1 and not _AWAY.search(text):
        whole = phones.check(text)
        if whole.normalized and whole.verdict is not Verdict.INCOMPLETE:
            return one(Column.PHONE, whole.normalized)
    found = [_phone(part) for part in parts if re.search(r"\d", part)] or [_phone(text)]
    numbers = [number for part in found if part.values for number in part.values.values()]
    joined = "|".join(dict.fromkeys("|".join(numbers).split("|"))) if numbers else ""
    unread = tuple(reason for part in found for reason in part.unread)
    return Found({Column.PHONE: joined} if joined else {}, unread[:1])


def _phone(text: str) -> Found:
    """One part of a cell, which may still hold numbers parted by a blank."""
    away = _AWAY.search(text)
    if away:
        return unreadable(Column.PHONE, OUT_OF_USE if away[1] else OF_ANOTHER)
    checked = phones.check(text)
    if checked.normalized:
        return one(Column.PHONE, checked.normalized)
    if checked.verdict is Verdict.EMPTY:
        return NOTHING
    return unreadable(Column.PHONE, _REASONS.get(checked.verdict, WRONG))


def _mails(text: str) -> Found:
    text = re.sub(r"\([^()]*\)|(?i:mailto:)|\s+(?=[@.])|(?<=@)\s+", "", text)
    text = re.sub(r"(?i)(?:^|(?<=[\s,;/|]))(?:[一-龥]+|e-?mail|qq)\s*[:：]\s*", "", text)
    told: list[str] = []
    numbers: list[str] = []
    for piece in re.split(r"[,;、/|\n]+|或|和", text):
        parts = [part.strip("<>.'\"").lower() for part in piece.split()]
        numbers += [f"+86{part}" for part in parts if _mobile(part)]
        mails = [part for part in parts if not _mobile(part) and text_of(part)]
        # A space inside an address: what stands behind it would be somebody else's.
        told += mails if all("@" in mail for mail in mails) else [piece]
    right = dict.fromkeys(mail for mail in told if _right(mail))
    values = {Column.EMAIL: "|".join(right), Column.PHONE: "|".join(numbers)}
    unread: tuple[Unread, ...] = ()
    if len(right) < len(set(told)):
        unread = unreadable(Column.EMAIL, NO_MAIL).unread
    return Found({column: value for column, value in values.items() if value}, unread)


def _right(mail: str) -> bool:
    found = _WHOLE_MAIL(mail)
    return found is not None and found[1] not in _WRONG_ENDS and ".." not in mail


def _mobile(text: str) -> bool:
    return len(text) == 11 and _MOBILE(text) is not None and not _ROUNDED(text)


# Beginnings that are all given out: the long check of `phones` says nothing else of them.
_MOBILE: Final = re.compile(r"1(?:3\d|5[0-35-9]|8\d)[0-9]{8}").fullmatch
_SCIENTIFIC: Final = re.compile(r"(?i)\s*[0-9]\.?[0-9]*E\+?[0-9]{1,2}\s*").fullmatch
# With as many decimals as its power of ten a number has lost no digit.
_WHOLE_NUMBER: Final = re.compile(r"(?<![\d.])(\d)\.(?:(\d{10})[Ee]\+?10|(\d{12})[Ee]\+?12)(?!\d)")
_QQ: Final = re.compile(r"(?i)QQ\s*号?码?\s*[:：]?\s*\d{5,12}(?!\d)")
_COUNTED: Final = re.compile(r"(?:^|(?<=[\s,;]))[(]?[1-4][).、](?=\s*[+(]?\d{7})|[①②③④]")
_LETTER: Final = re.compile(r"(?i)(?<![A-Za-z0-9])(?:[MOHTP]|mp|hp|tel|mob)\s*[:.]\s*(?=[+(\d])")
_NOTE_BETWEEN: Final = re.compile(r"\([^()\d]{1,6}\)(?=\s*[+(]?\d{3})")
_ALONE: Final = re.compile(
    r"(?:^|(?<=[\s/,;、|]))(?=[A-Za-z0-9-]*[_\d])(?!\w?1[3-9]\d{9})((?!\d)[A-Za-z][\w-]{5,19})(?=$|[\s/,;、|(])",
    re.ASCII,
)
_ROUNDED: Final = re.compile(r"1[0-9]{4}0{6}").fullmatch
_ADDRESS: Final = re.compile(r"[A-Za-z0-9._%+-]+\s?@\s?[A-Za-z0-9.-]+")
_LABEL_OF_MAIL: Final = re.compile(r"(?i)(?:电子)?邮[箱件](?:地址)?\s*[:：]?|e-?mail\s*[:：]?")
_WECHAT: Final = re.compile(
    r"(?i)\(?(?:微信号?|wechat|wx|vx)\s*(?::\s*|(?=[A-Za-z]))([A-Za-z][\w-]{5,19})\)?",
    re.ASCII,
)
_PLAIN_WECHAT: Final = re.compile("(?=.*[0-9_])[A-Za-z][A-Za-z0-9_-]{5,19}").fullmatch
_WHOLE_MAIL: Final = re.compile(
    r"[a-z0-9][a-z0-9._%+-]*@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+([a-z]{2,12})"
).fullmatch
_WRONG_ENDS: Final = (
    *("con", "cim", "vom", "ocm", "cmo", "comm", "coom", "cpm", "xom", "comcn", "cmn", "ne"),
    *("nte", "ent", "ccm", "conm"),
)
_AWAY: Final = re.compile(
    r"([(](?:旧|原|停)[)]|停机|空号|作废|销号|停用|不用|弃用|旧号|打不通|失效|错误|有误|无效)"
    "|妻|夫|父|母|爱人|配偶|家属|家人|家长|儿子|女儿|兄|弟|姐|妹|哥|爸|妈|秘书|助理|转告|亲属|紧急"
)
_REASONS: Final = {Verdict.MASKED: MASKED, Verdict.INCOMPLETE: NO_AREA}
