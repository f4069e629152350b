"""A signed agreement's wording without the gift in it: who, how much and when stand as roles."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from donflow.precheck.callings import CALLING
from donflow.precheck.facts import Facts
from donflow.precheck.paper import Paper


def names_in(facts: Facts, paper: Paper) -> dict[str, str]:
    """Every name that a paper gives to those concerned, and the role that may stand for it.

    What a party is called in short is a name too, and so is a body's without its legal form.
    """
    names: dict[str, str] = {}
    for party in facts.parties:
        label = party.label or _ROLES.get(party.role, _SOMEBODY)
        for name in (party.name, party.name_en, *_short(party.name), *_called(party.name, paper)):
            names.setdefault(name, label)
        for person in (party.representative, party.contact):
            names.setdefault(person, f"{label}代表")
    for block in facts.signature_blocks:
        names.setdefault(block.signer, f"{block.label}代表")
    names.setdefault(facts.beneficiary, _ROLES["beneficiary"])
    names.setdefault(facts.naming, "［名称］")
    if facts.account is not None:
        names.setdefault(facts.account.name, "［户名］")
        names.setdefault(facts.account.bank, "［开户行］")
    return {name: role for name, role in names.items() if len(name.strip()) > 1}


def veil(text: str, names: Mapping[str, str]) -> str:
    """A wording with these names as their roles, and no other name, address, sum, day or number.

    The numbers of clauses stay, and the titles of laws. Rather too much is hidden than too little.
    """
    for name in sorted(names, key=len, reverse=True):
        text = _pattern(name).sub(names[name], text)
    for pattern, instead in _HIDDEN:
        text = pattern.sub(instead, text)
    return text


def _short(name: str) -> tuple[str, ...]:
    """A body's name without its legal form, and without the place before it."""
    bare = re.sub(r"[（(][^（）()]*[）)]", "", name)
    core = re.sub(r"(?:股份)?(?:有限)?(?:责任)?公司$|集团$|（有限合伙）$", "", bare)
    if core == bare:
        return ()
    placed = re.sub(r"^[\u4e00-\u9fff]{2,3}(?:省|市)", "", core)
    return tuple(short for short in (bare, core, placed) if len(short) >= 4)


def _called(name: str, paper: Paper) -> tuple[str, ...]:
    """The short names that stand right behind the full one: “以下简称“恒源””."""
    if not name:
        return ()
    behind = re.compile(
        _pattern(name).pattern + r"[^。；\n]{0,12}?简?称为?\s*[“\"「]([^”\"」]{2,20})[”\"」]"
    )
    found = (match[1] for line in paper.lines for match in behind.finditer(line.text))
    return tuple(short for short in found if not re.fullmatch(CALLING, short))


def _pattern(name: str) -> re.Pattern[str]:
    """A name however it is spaced, its brackets of either width."""
    signs = (f"[{_BRACKETS[sign]}]" if sign in _BRACKETS else re.escape(sign) for sign in name)
    return re.compile(r"\s*".join(sign for sign in signs if sign.strip()), re.IGNORECASE)


_BRACKETS: Final = {"(": "(（", "（": "(（", ")": ")）", "）": ")）"}
_SOMEBODY: Final = "［姓名］"
_ROLES: Final = {
    "donor": "捐赠人",
    "recipient": "受赠人",
    "beneficiary": "受益人",
    "manager": "管理人",
    "target": "目标公司",
}
_HAN: Final = r"\u4e00-\u9fff"
_DIGIT: Final = "0-9０-９"
_COUNT: Final = "零〇壹贰叁肆伍陆柒捌玖拾佰仟一二两三四五六七八九十百千万亿"
_UNIT: Final = "(?:人民币|美元|港币|港元|欧元|日元|RMB|CNY|USD|HKD|EUR)"
_SURNAMES: Final = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏"
    "吕丁任沈姚卢姜崔钟谭陆汪范石廖贾韦夏付邹熊孟秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严"
    "覃武戴莫孔汤欧阳司马诸葛上官"
)
_TITLE: Final = (
    "先生|女士|小姐|太太|夫人|同志|老师|教授|博士|同学|校友|院士"
    "|校长|院长|主任|董事长|总经理|经理|律师"
)
_ORGANISATION: Final = "有限责任公司|有限公司|公司|集团|事务所|合伙企业|商会|校友会|协会|医院"

_NUMERAL: Final = "一二三四五六七八九十"
_FIGURES: Final = rf"(?<![{_DIGIT},，.．])[{_DIGIT}][{_DIGIT},，.．]{{0,40}}"
_MONTH: Final = rf"[{_DIGIT}{_NUMERAL}]{{1,3}}\s{{0,3}}月"
_DAY: Final = rf"[{_DIGIT}{_NUMERAL}]{{1,3}}\s{{0,3}}日"
_LABELLED: Final = "姓名|联系人|联络人|经办人|负责人|法定代表人|授权代表|代表人?|收款人|户名|监护人"

# In this order: what holds digits of its own comes before the digits.
_HIDDEN: Final[tuple[tuple[re.Pattern[str], str], ...]] = tuple(
    (re.compile(pattern, re.MULTILINE), instead)
    for pattern, instead in (
        (
            rf"((?:{_LABELLED})[：:][ \u3000]?)(?![甲乙丙丁]方)[{_HAN}·A-Za-z（）()]+",
            rf"\1{_SOMEBODY}",
        ),
        (
            r"((?:地址|住址|住所|通讯处|注册地)(?:[：:]|为|是)[ \u3000]{0,4})[^，。；、\s（(]+",
            r"\1［地址］",
        ),
        (
            rf"(?:[{_HAN}]{{2,7}}?(?:省|自治区|市|区|县|州)){{1,4}}[{_HAN}{_DIGIT}]{{0,20}}?"
            r"(?:路|街|道|巷|弄|村|胡同|小区|大厦|花园)"
            rf"(?:[{_HAN}{_DIGIT}A-Za-z-]{{0,20}}[号室栋幢层])?",
            "［地址］",
        ),
        (
            r"(?<![A-Za-z0-9.+_-])[A-Za-z0-9.+_-]{1,64}@[A-Za-z0-9-]{1,64}(?:\.[A-Za-z0-9-]{1,64}){1,6}",
            "［邮箱］",
        ),
        (rf"[{_SURNAMES}][{_HAN}]{{1,2}}(?=(?:{_TITLE}))", "某"),
        (
            rf"(?:(?![甲乙丙丁戊]方|[由向与和及对在为至归给])[{_HAN}（）()]){{2,30}}?(?:{_ORGANISATION})",
            "［单位］",
        ),
        (r"《(?!中华人民共和国[^》]{1,40}》|[^》]{1,8}(?:法|条例)》)[^》]{0,100}》", "《…》"),
        (
            rf"(“|「)(?!{CALLING}[”」]|本(?:协议|合同|基金|项目)[”」])[^”」]{{0,200}}(”|」)",
            r"\1…\2",
        ),
        (r'"[^"\n]{0,200}"', '"…"'),
        (
            rf"(?:{_UNIT}\s{{0,3}})?(?:[￥¥$＄]\s{{0,3}})?"
            rf"(?:{_FIGURES}\s{{0,3}}[百千]?[万亿]?|(?<![{_COUNT}])[{_COUNT}]{{1,40}})\s{{0,3}}"
            rf"(?:美|欧|港|日)?[元圆](?:[{_COUNT}]+角)?(?:[{_COUNT}]+分)?[整正]?",
            "［金额］",
        ),
        (rf"[￥¥$＄]\s{{0,3}}{_FIGURES}", "［金额］"),
        (r"(?<![A-Za-z -])(?:[A-Z][a-z]{1,20}[ -]){1,12}(?:Yuan|Dollars)", "［金额］"),
        (
            rf"(?:[{_DIGIT}]{{4}}|[〇零{_NUMERAL}]{{4}})\s{{0,3}}年(?:\s{{0,3}}{_MONTH})?(?:\s{{0,3}}{_DAY})?",
            "［日期］",
        ),
        (rf"{_MONTH}\s{{0,3}}{_DAY}", "［日期］"),
        # What counts clauses stays: at the head of a line, behind 第 or Article.
        (
            rf"(?!^[（(]?[{_DIGIT}]{{1,2}}(?:[.．][{_DIGIT}]{{1,2}})*(?:[.．、)）\s{_HAN}]|$))"
            rf"(?<![{_DIGIT}A-Za-z第])(?<![{_DIGIT}][.．])(?<!Article )"
            rf"[A-Za-z]*[{_DIGIT}](?:[{_DIGIT}A-Za-z,，.．-]*[{_DIGIT}A-Za-z])?"
            rf"(?:[ -][{_DIGIT}]+)*",
            "［数］",
        ),
    )
)
