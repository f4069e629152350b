"""Who benefits from a gift: a party, a school or department by its full name, or a group."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from donflow.precheck.anatomy import Anatomy
from donflow.precheck.callings import plain
from donflow.precheck.facts import Party
from donflow.precheck.paper import Paper

_HAN: Final = "[\u4e00-\u9fff]"


def read_beneficiary(
    paper: Paper, anatomy: Anatomy, parties: Sequence[Party], purpose: str, kept: str = ""
) -> str:
    """Who benefits, by full name and without a verb before it; empty where no purpose is told.

    A party that benefits comes first, then who is told to; then the school, department or library
    that the purpose names, the people it is for, the sentence around it, the recital; last the
    university itself. `kept` is the purpose of a paper that leaves the purpose alone.
    """
    for party in parties:
        if party.role == "beneficiary" and party.name:
            return party.name
    if re.match(r"(?:乙方|受赠[人方]|学校|基金会)认为(?:需要|必要|合适|适当)", purpose):
        return ""
    school = _school(parties)
    body = [line.text for line in paper.lines if anatomy.in_body(line.number)]
    told = _told(body)
    if told:
        return _full(told, school)
    if not purpose:
        return ""
    if purpose == kept:
        words = [found[0] for text in body for found in re.finditer(r"用[于以作][^。；]+", text)]
        return next(_units("，".join(words), school), "") or school
    sentence = next((_around(text, purpose) for text in body if purpose in text), "")
    for found in (
        _party_named(purpose, parties),
        next(_units(purpose, school), ""),
        _people(purpose, school),
        next(_units(sentence, school), ""),
    ):
        if found:
            return found
    for party in parties:
        if party.role == "recipient" and party.type == "school":
            acts_for = re.search(r"(?:办公室|校友会|处|办)$", party.name) and school in purpose
            return school if acts_for else party.name
    for text in body[:14]:
        if re.search(r"支持|促进|推动|资助|助力|回报|改善", text) and (
            unit := next(_units(_without_givers(text, parties), school), "")
        ):
            return unit
    for text in body:  # 修缮方案由土木工程学院提出: the school that carries it out
        led = re.search(rf"由({_HAN}{{2,12}}?学院)(?:提出|组织|负责|使用|实施|执行)", text)
        if led and (unit := next(_units(led[1], school), "")):
            return unit
    named = re.search(rf"{_HAN}{{2,8}}?大学", purpose)
    return school or (_bare(named[0]) if named else "")


def _school(parties: Sequence[Party]) -> str:
    """The university whose foundation or department takes the gift."""
    for party in parties:
        if party.role not in ("donor", "target") and (
            found := re.match(rf"{_HAN}{{2,12}}?(?:大学|学院|学校)", party.name)
        ):
            return found[0]
    return ""


def _told(body: Sequence[str]) -> str:
    for text in body:
        found = re.search(
            r"(?:受益(?:单位|人|方|对象|学院|部门)|使用单位|执行单位|项目单位)(?:为|是|：|:|系)\s*"
            r"(?P<who>[^，。；_＿（(\s【{]{2,40})",
            text,
        )
        if found and not re.match(r"(?:不|非|其|其他|任何|捐赠|甲方)", found["who"]):
            who = found["who"]
            return re.sub(r"(?:的|在读|全日制|全体).*$", "", who) if "学院" in who else who
    return ""


def _party_named(purpose: str, parties: Sequence[Party]) -> str:
    for party in parties:
        if party.role != "donor" and party.type != "foundation" and party.label in plain(purpose):
            return party.name
    return ""


def _units(words: str, school: str) -> Iterator[str]:
    """Schools, departments and libraries that words name, with their university's name."""
    if school:
        for found in re.finditer(rf"{school}({_HAN}{{0,14}}?(?:{_SUFFIX}))(?!{_PLACE})", words):
            if not re.search(_VERB, found[1]):
                yield school + found[1]
    for found in re.finditer(rf"{_HAN}{{1,14}}?(?:{_SUFFIX})", words):
        unit = _bare(found[0])
        is_place = re.match(_PLACE, words[found.end() :]) and not unit.endswith("学院")
        if is_place or unit == school or len(unit) < 3 or _VAGUE.match(unit):
            continue
        if "公司" not in unit and "基金会" not in unit:
            yield _full(unit, school)


def _people(purpose: str, school: str) -> str:
    """The group that a prize or a grant is for; of one told by its merits only its school."""
    found = re.search(
        rf"(?:{_HELPS})(?:(?:和|及|与|、|或)(?:{_HELPS}))*(?P<who>[^，。；、“”]{{2,24}}?(?:{_PEOPLE}))",
        purpose,
    )
    if found is None:
        return ""
    who = found["who"].removeprefix("在")
    if re.search(r"参加|赴|开展|前往|举办|参与", who):
        return ""
    if "的" in who or re.search(r"优秀|困难|贫困|优异|兼优|突出|\d|[一二三四五六七八九十]名", who):
        named = re.match(rf"{_HAN}{{2,8}}?大学", who)
        return named[0] if named else ""
    return who


def _full(unit: str, school: str) -> str:
    """A department with its university's name before it."""
    if not school or "大学" in unit or unit.startswith(school) or not re.search(_SUFFIX, unit):
        return unit
    return school + unit


def _bare(unit: str) -> str:
    """The name without the verbs and the particles that stand before it: 更新经济学院."""
    return re.sub(rf"^.*(?:{_VERB}|{_PARTICLE})(?={_HAN}{{2,}})", "", unit)


def _around(text: str, purpose: str) -> str:
    at = text.find(purpose)
    start = max(text.rfind(mark, 0, at) for mark in "。；")
    return text[start + 1 : at + len(purpose)]


def _without_givers(text: str, parties: Sequence[Party]) -> str:
    """A recital without the givers' names and what tells where they come from."""
    for party in parties:
        if party.role == "donor" and party.name:
            text = text.replace(party.name, "，")
    return re.sub(r"[^，。；]{0,40}(?:毕业|届|级|校友|曾|任教|就读)[^，。；]*", "，", text)


_SUFFIX: Final = (
    r"学院|学系|学部|研究院|研究所|研究中心|实验室|实验中心|技能中心|图书馆|博物馆|档案馆|美术馆|体育馆"
    r"|合唱团|艺术团|乐团|舞蹈团|话剧团|[球校]队|学生会|志愿者协会"
    r"|(?<![关体联])系(?=学生|师生|教师|本科生|研究生)|附属中学|附属小学|附属学校|附属幼儿园|附属医院|中学|小学|幼儿园"
)
_PLACE: Final = r"(?:大?楼)?(?:前|旁|门口|周边|外侧|附近|后|内外)"
_HELPS: Final = r"奖励|资助|奖助|帮助|支持|奖掖|扶持|补助|表彰|鼓励|激励|培养"
_PEOPLE: Final = (
    r"本科生|研究生|博士生|硕士生|留学生|新生|毕业生|学生|师生|青年教师|教师|教职工|学子|学者|同学"
    r"|运动员|辅导员|[球代表]{1,2}队|艺术团|合唱团|学生社团"
)
_VERB: Final = (
    r"用于|用以|用作|支持|资助|促进|推动|奖励|建设|修建|兴建|新建|扩建|改建|改造|修缮|装修|翻新|更新|购置|购买|采购|添置"
    r"|配备|配置|充实|丰富|改善|提升|提高|加强|帮助|补助|扶持|设立|成立|建立|举办|开展|组织|承办|关于|作为|为了|鼓励|激励"
    r"|捐赠给?|捐助|赠送|赠与|回报|助力|服务|面向|选派|培养|推进|维护|运行|保障|完善|属于|位于|坐落|由于|致力于|以及|或者|并且"
)
_PARTICLE: Final = (
    r"在|(?<!行)为|向|由|给|(?<!关)于|从|到|送|供|将|把|的|是|及|、|系(?!统)|对(?!外)|至"
)
_VAGUE: Final = re.compile(r"^(?:各|全|本|该|所在|我|相关|有关|其他|其|二级|任何|一所|两所)")
