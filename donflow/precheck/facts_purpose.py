"""What a gift is for: its purpose in the paper's words, who benefits, and the name it carries."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from donflow.precheck.anatomy import Anatomy, Unit
from donflow.precheck.callings import CALLING
from donflow.precheck.facts import Party
from donflow.precheck.facts_title import is_supplement, is_termination
from donflow.precheck.names import type_of
from donflow.precheck.paper import Line, Paper

KEPT: Final = "（沿用原协议）"
"""The purpose of a paper that changes another agreement and leaves its purpose alone."""


def read_purpose(paper: Paper, anatomy: Anatomy, title: str) -> str:
    """The words behind 用于, or from 设立 on, up to the end of their sentence; empty if unsaid.

    A list is joined with 、; quotas, names of projects and who decides are left off.
    """
    changing = is_supplement(title) or is_termination(title)
    for unit in _purpose_units(anatomy):
        lines = _lines(paper, unit.first, unit.last)
        if changing and not re.search("变更|调整|改", "".join(line.text for line in lines)):
            continue
        purpose = _in_unit(lines, unit, paper)
        if purpose is not None:
            return purpose
    if changing:
        return KEPT
    body = [line for line in paper.lines if anatomy.in_body(line.number)]
    for pattern in (_GIVEN_FOR, _FOR):
        for position, line in enumerate(body):
            if line.number == anatomy.title_line:
                continue
            purpose = _after(pattern, line.text, body[position + 1 :])
            if purpose:
                return purpose
    for line in body:
        found = re.search(r"(?:设立|成立|建立)[^。；]{0,8}[“\"「][^。；]*", line.text)
        if found and not _is_english(line.text):
            return _trimmed(found[0])
    return ""


def read_beneficiary(paper: Paper, anatomy: Anatomy, parties: Sequence[Party], purpose: str) -> str:
    """Who benefits: a party, a school that the purpose names, else the people it is for."""
    for party in parties:
        if party.role == "beneficiary" and party.name:
            return party.name
    body = [line.text for line in paper.lines if anatomy.in_body(line.number)]
    told = _told_beneficiary(body)
    if told:
        return _full(told, parties)
    sentence = next((text for text in body if purpose and purpose[-12:] in text), purpose)
    sentence = sentence if len(sentence) < 400 else purpose
    for words in (purpose, _around(sentence, purpose)):
        if unit := _unit_named(words):
            return _full(unit, parties)
    for party in parties:
        if party.label in purpose and party.role != "donor" and party.type != "foundation":
            return party.name
    people = re.search(
        r"(?:奖励|资助|奖助|帮助|支持|奖掖)(?P<who>[^，。；、“”]{2,24}?(?:本科生|研究生|学生|师生|教师|学子|教职工|学者|同学))",
        purpose,
    )
    if people and not re.match(r"品学兼优|优秀|家庭|贫困|经济", people["who"]):
        return people["who"].removeprefix("在")
    for text in (*body[:12], *body):
        if any(word in text for word in ("支持", "促进", "用于", "资助", "设立")) and (
            unit := _unit_named(text)
        ):
            return _full(unit, parties)
    for party in parties:
        if party.role == "recipient" and party.type == "school":
            return party.name
    found = re.search(r"[\u4e00-\u9fff]{2,6}大学", purpose) or re.search(
        r"(?:支持|促进|推动|资助)([\u4e00-\u9fff]{2,6}大学)", "\n".join(body)
    )
    return _bare(found[found.re.groups]) if found else ""


def read_restricted(paper: Paper, anatomy: Anatomy) -> bool:
    """Whether the gift is for a stated purpose: so unless the paper says that it is not."""
    return not any(
        re.search(
            r"非限定(?:性|用途)|不限定(?:具体)?(?:用途|使用)|不指定(?:具体)?用途|无限定用途",
            line.text,
        )
        for line in paper.lines
        if anatomy.in_body(line.number)
    )


def read_naming(paper: Paper, anatomy: Anatomy, title: str) -> str:
    """The name of the fund, prize, building or project, without its quotation marks."""
    changing = is_supplement(title) or is_termination(title)
    patterns = _NAMINGS[:1] if changing else _NAMINGS
    body = [
        line.text
        for line in paper.lines
        if anatomy.in_body(line.number) and not _is_english(line.text)
    ]
    for pattern in patterns:
        for text in body:
            for found in pattern.finditer(text):
                name = found["name"].strip()
                if not re.fullmatch(r"[_\s＿Xx×*]*", name):
                    return name
    return ""


def _purpose_units(anatomy: Anatomy) -> Iterator[Unit]:
    """The units whose heading speaks of the purpose, the plainest words first."""
    for words in ("用途|目的|宗旨", "使用(?:方向|范围|项目)?$|资金使用|项目内容|捐赠内容|捐赠项目"):
        for unit in anatomy.units:
            if re.search(words, unit.heading) and anatomy.in_body(unit.first):
                yield unit


def _in_unit(lines: Sequence[Line], unit: Unit, paper: Paper) -> str | None:
    texts: list[Line] = []
    for line in lines:
        text = line.text
        if line.number == unit.label_at.line:
            text = text[unit.label_at.end :]
            at = text.find(unit.heading)
            text = text[at + len(unit.heading) :].lstrip("】〕] \u3000：:") if at >= 0 else text
        if text.strip() and not _is_english(text):
            texts.append(Line(line.number, text))
    for position, line in enumerate(texts):
        purpose = _after(_FOR, line.text, texts[position + 1 :])
        if purpose:
            return purpose
        if purpose == "" and _FOR.search(line.text):
            return ""
    for line in texts:
        found = re.search(r"(?:设立|成立|建立)[^。；]{0,8}[“\"「][^。；]*", line.text)
        if found:
            return _trimmed(found[0])
    if not texts:
        return None
    first = re.sub(_LABEL, "", texts[0].text).strip()
    return None if re.match(r"^[_\s＿]*。?$", first) else _trimmed(re.split("[。；]", first)[0])


def _after(pattern: re.Pattern[str], text: str, later: Sequence[Line]) -> str | None:
    """The purpose behind a word such as 用于; None where the word does not stand."""
    if _is_english(text):
        return None
    for found in pattern.finditer(text):
        before = re.split(r"[。；]", text[: found.start()])[-1]
        if _NOT_FOR.search((before + re.sub("用[于以作]$", "", found[0]))[-14:]):
            continue
        rest = text[found.end() :].lstrip("：: 　，")
        rest = re.split("。", rest)[0]
        if re.match(r"以下|下列|下述|如下", rest) or not rest.strip():
            rest = re.split(r"[:：]", rest)[-1] if re.search(r"[:：].", rest) else ""
            return _trimmed(_listed(rest, later))
        if re.match(r"[（(]\s*[一1]\s*[）)]|①|1[.、]", rest):
            return _trimmed(_listed(rest, ()))
        purpose = _trimmed(rest)
        if re.match(r"^[_＿\s/／]+", purpose):
            return ""
        if re.match(CALLING, purpose) and found[0].endswith("用于"):
            return "用于" + purpose
        return purpose
    return None


def _listed(rest: str, later: Sequence[Line]) -> str:
    """The members of a list, on the same line or on lines of their own, joined with 、."""
    if rest.strip():
        parts = re.split(
            r"[；;]?\s*(?:[（(]\s*[一二三四五六七八九十\d]+\s*[）)]|[①-⑳]|(?<!\d)\d[.、])", rest
        )
    else:
        parts = []
        for line in later:
            if not re.match(_LABEL, line.text) or not line.text.strip():
                break
            parts.append(re.sub(_LABEL, "", line.text))
            if line.text.rstrip().endswith("。"):
                break
    parts = [re.split("。", part)[0].strip(" \u3000；;，、") for part in parts]
    return "、".join(part for part in parts if part)


def _trimmed(words: str) -> str:
    """A purpose without what only says how, how many, or who decides."""
    text = re.split(r"[。；;]", words)[0].strip(" \u3000：:，、")
    text = _ASIDE.split(text)[0]
    text = re.sub(r"^(?:在|于)[^，。；“]{2,30}?(?=设立[^，]{0,8}[“\"「])", "", text)
    return (
        re.sub(r"(?:等)?(?:方面|用途)?的?(?:支出|开支)?$", "", text)
        if text.endswith("用途")
        else text
    )


def _told_beneficiary(body: Sequence[str]) -> str:
    for text in body:
        found = re.search(
            r"(?:受益(?:单位|人|方|对象)|使用单位|执行单位|项目单位)(?:为|是|：|:|系)\s*(?P<who>[^，。；_＿（(\s]{2,40})",
            text,
        )
        if found and not re.match(r"(?:不|非|其|其他)", found["who"]):
            return (
                re.sub(r"(?:的|在读|全日制|全体).*$", "", found["who"])
                if "学院" in found["who"]
                else found["who"]
            )
    return ""


def _unit_named(words: str) -> str:
    """A school, an institute, a library that words name."""
    for found in _UNIT.finditer(words):
        unit = _bare(found[0])
        if len(unit) >= 3 and not re.search(r"基金会|^(?:各|全|本|该|所在|我)", unit):
            return unit
    return ""


def _bare(unit: str) -> str:
    """The name without the verbs that stand before it (支持云麓大学管理学院)."""
    return re.sub(
        r"^.*(?:用于|支持|资助|促进|推动|奖励|建设|帮助|改善|充实|设立|关于|发展|作为|为了|鼓励|捐赠给?|回报|系|至|由|在|为|向|与|和|及|给|对|于|从|到|送)"
        r"(?=[\u4e00-\u9fff]{2,})",
        "",
        unit,
    )


def _full(unit: str, parties: Sequence[Party]) -> str:
    """A school with its university's name, which the foundation's name tells."""
    if re.search(r"大学|公司", unit):
        return unit
    for party in parties:
        found = re.match(r"([\u4e00-\u9fff]{2,10}?(?:大学|学院))", party.name)
        if found and type_of(party.name) == "foundation" and unit != found[1]:
            return found[1] + unit if re.search(_UNIT, unit) else unit
    return unit


def _around(sentence: str, purpose: str) -> str:
    at = sentence.find(purpose)
    if at < 0:
        return ""
    start = max(sentence.rfind(mark, 0, at) for mark in "。；")
    return sentence[start + 1 : at + len(purpose)]


def _lines(paper: Paper, first: int, last: int) -> list[Line]:
    return [line for line in paper.lines if first <= line.number <= last]


def _is_english(text: str) -> bool:
    latin = len(re.findall(r"[A-Za-z]", text))
    return latin > 40 and latin > 2 * len(re.findall(r"[\u4e00-\u9fff]", text))


_FOR: Final = re.compile(
    r"(?:专项|定向|全部|全额|主要|具体|专门|优先|将|均|仅|限|专)?(?:用于|用以|用作)|(?:用途|目的)(?:为|是|：|:)|旨在"
)
_GIVEN_FOR: Final = re.compile(
    r"(?<=[捐赠])[^。；]{0,80}?(?:专项|定向|全部|主要)?(?:用于|用以|用作)|(?:捐赠|资金|款项?|基金|设备|图书|物资|收益)[^。；]{0,16}?(?:用于|用以|用作)"
)
_NOT_FOR: Final = re.compile(
    r"(?:不得|不能|不应|不|未|非|挪|剩余|结余|余款|管理费|违约金)[^，。；]{0,6}$"
)
_LABEL: Final = (
    r"^\s*(?:[（(]\s*[一二三四五六七八九十\d]{1,3}\s*[）)]|[①-⑳]"
    r"|\d{1,2}\s*[.、．）)](?:\d{1,2})?|[·•\-])\s*"
)
_ASIDE: Final = re.compile(
    r"[，,](?=(?:每|项目名称|名称|具体|由|其中|名额|剩余|不得|期限|标准|并由|详见|见附件|专款|共计|总额|为期|分|不再|按|根据|相关|如|若|所需"
    r"|未经|且不|不用于|甲方|乙方|丙方|双方|评选|资助标准|奖励标准|奖励金额|该|此|上述|金额|自|且|首期))"
    r"|（(?=每|具体|详见|以下简称|下称|简称)"
)
_UNIT: Final = re.compile(
    r"(?:[\u4e00-\u9fff]{2,8}大学)?[\u4e00-\u9fff]{2,10}?(?:学院|学系|研究院|研究所|研究中心|实验室|实验中心|图书馆|博物馆|附属中学|附属小学|附属医院|中学)"
)
_QUOTED: Final = r"[“\"「『](?P<name>[^”\"」』]{2,40})[”\"」』]"
_NAMED: Final = (
    r"(?:奖学金|助学金|奖教金|奖助学金|励志金|奖学基金|教育基金|发展基金|专项基金|基金"
    r"|讲席|讲席教授|计划)"
)
_NAMINGS: Final[tuple[re.Pattern[str], ...]] = (
    re.compile(rf"(?:命名|冠名|定名|取名|更名)(?:为|：|:|作)\s*{_QUOTED}"),
    re.compile(rf"(?:设立|成立|建立|设置|创设|共建)[^。；“\"]{{0,16}}?{_QUOTED}"),
    re.compile(rf"(?:项目|基金|奖项|奖学金|计划)?(?:名称|全称|定名)(?:为|是|：|:)\s*{_QUOTED}"),
    re.compile(rf"(?:镌刻|题刻|刻有|镌有|刻)\s*{_QUOTED}"),
    re.compile(rf"以\s*{_QUOTED}\s*(?:冠名|命名|名义)"),
    re.compile(rf"(?<!以下简称)(?<!简称)[“\"「](?P<name>[^”\"」。；]{{1,20}}{_NAMED})[”\"」]"),
    re.compile(r"[“\"「](?P<name>[^”\"」。；]{1,16}(?:楼|馆|厅|教室|亭|广场|讲堂|园|林))[”\"」]"),
    re.compile(
        r"(?:设立|成立|建立)(?P<name>(?!的|了|专项|该|奖|助)[\u4e00-\u9fff]{2,10}?(?:奖学金|助学金|奖教金|教育基金|发展基金|奖学基金))"
    ),
)
