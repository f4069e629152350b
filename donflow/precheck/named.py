"""One place where a party is named, and where its name ends."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from donflow.precheck.callings import (
    ENGLISH,
    plain,
)
from donflow.precheck.names import is_blank, is_person
from donflow.precheck.paper import Span
from donflow.precheck.party_details import KEYS


@dataclass(frozen=True)
class Naming:
    """One place where a party is named: its label, what else the head calls it, and its name.

    `head` are the words before the name, which tell the role: 甲方（代建单位）. `joint` is one who
    gives or takes together with the party named before: a couple, each on a line.
    """

    label: str
    callings: tuple[str, ...]
    name: str
    at: Span
    name_at: Span
    name_en: str = ""
    about: str = ""
    head: str = ""
    joint: bool = False
    values: dict[str, str] = field(default_factory=dict, compare=False)


def calling_of(called: Sequence[str], defined: str, head: str) -> str:
    if defined:
        return defined
    letters = [each for each in called if each[0] in "甲乙丙丁戊己"]
    if letters:
        return letters[0]
    if called:
        return called[0]
    found = re.search(ENGLISH, head)
    return found[0] if found else plain(head)


def name_and_rest(words: str) -> tuple[str, str]:
    """A name, and what stands behind it: brackets with definitions, numbers, telephone."""
    cut = len(words)
    for pattern in (_AFTER_NAME, _DEFINING):
        found = pattern.search(words)
        if found:
            cut = min(cut, found.start())
    body = words[:cut].rstrip(" \u3000，,；;。、:：")
    for title in ("先生", "女士", "教授", "（女士）", "（先生）", "(先生)", "(女士)"):
        if body.endswith(title) and is_person(body.removesuffix(title).strip()):
            body = body.removesuffix(title).rstrip()
    aside = re.match(r"([\u4e00-\u9fff·]{2,4})[（(](?=[\u4e00-\u9fff\d])[^（）()]*[）)]$", body)
    if aside and is_person(aside[1]):  # 郗云帆（数学系1988届）
        body, cut = aside[1], len(aside[1])
    if is_blank(body):
        body = ""
    if body and body[0] in '“"「' and body[-1] in '”"」':
        body = body[1:-1]
    return body, words[cut:]


def languages(body: str) -> tuple[str, str]:
    """The Chinese and the English name of a name told in both languages."""
    found = re.match(r"((?:[A-Za-z0-9(),.&'’\-]+\s+)+)([\u4e00-\u9fff].*)$", body)
    if found and " " in found[1].strip():
        return found[2].strip(), found[1].strip()
    found = re.match(
        r"(.*[\u4e00-\u9fff）)])\s*[（(/]?\s*([A-Z][A-Za-z0-9(),.&'’\- ]{6,}?)[）)]?$", body
    )
    if found and " " in found[2]:
        return found[1].strip(), found[2].strip()
    return body, ""


def is_name(words: str) -> bool:
    text = words.strip()
    if re.search(r"[：:。；，]", text) or len(text) > 50 or not text:
        return False
    return is_person(text) or bool(_BODY_NAME.search(text))


_AFTER_NAME: Final = re.compile(
    rf"[\s，,；;、]*[（(]?\s*{KEYS}\s*[:：]|[，；]|(?<=[\u4e00-\u9fff）)])\s*[,;]|[\s\u3000]{{2,}}(?=\S)(?![（(])"
    r"|(?:(?<=公司)|(?<=基金会)|(?<=商会)|(?<=协会)|(?<=校友会)|(?<=大学)|(?<=学院)|(?<=中心))"
    r"\s*[（(](?!有限合伙|普通合伙|特殊普通|集团|[\u4e00-\u9fff]{2,4}[）)])"
    r"|[（(](?:盖章|公章|签字|签章|印章|以下|下称|下文|简称|个体|经营者|联系人|身份证|统一|男|女|法定|甲方|乙方|丙方"
    r"|捐赠[方人]|受赠[方人]|受益[方人]|全称|曾用名|系|校友|原名|英文|\d{4}[级届])"
)
_DEFINING: Final = re.compile(
    r"\s*[，,]?\s*[（(]?\s*(?:以下|下文|后)[简统]?称|\s*[，,]\s*(?:下称|简称)"
)
_BODY_NAME: Final = re.compile(
    r"(?:公司|集团|基金会|大学|学院|学校|中学|中心|校友会|商会|协会|学会|事务所|银行|医院|书店|书局|工作室|合伙企业"
    r"|[（(]有限合伙[）)]|校友|同学|班|厂|局|院|系|部|处|馆|会)$|(?:Ltd\.?|Limited|Inc\.?|LLC|Foundation)$"
)
