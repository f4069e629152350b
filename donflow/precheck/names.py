"""Names of people and bodies, and what sort of giver or taker a name tells."""

from __future__ import annotations

import re
from typing import Final


def type_of(name: str, about: str = "") -> str:
    """organisation, foundation, person, school, group or individual_business; empty for no name.

    `about` is what stands beside the name (个体工商户, 身份证号).
    """
    if not name:
        return ""
    bare = re.sub(r"[（(][^（）()]*[）)]$", "", name).strip() or name
    if "个体工商户" in about or "个体户" in about or "个体工商户" in name:
        return "individual_business"
    for kind, pattern in _TYPES:
        if pattern.search(bare):
            return kind
    if "、" in bare and all(_PERSON.fullmatch(each) for each in bare.split("、")):
        return "person"
    if re.search("身份证|护照|性别|，[男女]", about) or _PERSON.fullmatch(bare):
        return "person"
    if re.search(r"全体|同学|校友|[级届]|班$", bare):
        return "group"
    return "organisation"


def is_person(words: str) -> bool:
    """Whether words look like one person's name."""
    return bool(_PERSON.fullmatch(words)) and not any(
        pattern.search(words) for _, pattern in _TYPES
    )


def is_blank(words: str) -> bool:
    """Whether nothing but a blank to be filled stands there."""
    if re.fullmatch(r"\s*(?:\$?\{\{?[^{}]*\}?\}|【[^】]*】|<[^<>]*>|《\s*》)\s*", words):
        return True
    return not re.sub(r"[\s_＿—\-－/／\u3000…\.□【】\[\]XxＸ×*＊（）()]", "", words)


_TYPES: Final = (
    ("foundation", re.compile(r"基金会(?:办公室|秘书处)?$")),
    ("organisation", re.compile(r"(?:公司|集团|厂|合伙企业|有限合伙|事务所|银行|支行)$")),
    (
        "group",
        re.compile(r"(?:全体.{0,10}|校友们|同学们?|(?:级|届).{0,16}(?:校友|班|学员|毕业生))$"),
    ),
    ("group", re.compile(r"[班级届](?:委会|集体)?$")),
    (
        "organisation",
        re.compile(
            r"(?:校友会|商会|协会|学会|联合会|促进会|同乡会|总会|分会|联谊会|俱乐部|医院|委员会|政府)$"
        ),
    ),
    (
        "school",
        re.compile(
            r"(?:大学|学院|学校|中学|小学|幼儿园|书院|学部|系|研究院|研究所|研究中心|实验室|图书馆|"
            r"博物馆|档案馆|美术馆|体育馆|(?:大学|学院|学校).{1,16}(?:处|部|中心|办公室|办|室|馆|院|所|社|队|团委|工会))$"
        ),
    ),
    (
        "organisation",
        re.compile(
            r"(?:中心|书店|书局|商行|酒店|工作室|出版社|杂志社|报社|局|厅|署|部|社|店|馆|院|所|会|"
            r"Ltd\.?|Limited|Inc\.?|LLC|Corporation|Company|Foundation|Association)$",
            re.IGNORECASE,
        ),
    ),
)
_PERSON: Final = re.compile(
    r"[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff]{1,8}(?:·[\u4e00-\u9fff]{1,8})+|"
    r"(?:[A-Z][A-Za-z.'\-]*\s+){1,3}[A-Z][A-Za-z.'\-]+"
)
