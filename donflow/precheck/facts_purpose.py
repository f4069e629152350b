"""What a gift is for: its purpose in the paper's words, and the name that it carries."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from donflow.precheck.anatomy import Anatomy, Unit
from donflow.precheck.callings import CALLING
from donflow.precheck.facts_kind import without_past, without_unticked
from donflow.precheck.facts_title import is_supplement, is_termination
from donflow.precheck.names import is_blank
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
    body = [
        Line(line.number, without_past(line.text))
        for line in paper.lines
        if anatomy.in_body(line.number)
    ]
    for pattern in (_GIVEN_FOR, _GIVES_AND, _FOR, _LENDS, _BUILDS, _AS, _SUPPORTS):
        for position, line in enumerate(body):
            if line.number == anatomy.title_line:
                continue
            if pattern is _GIVES_AND and line.number in anatomy.opening:
                continue  # a recital tells why they give, an article what for
            purpose = _after(pattern, line.text, body[position + 1 : position + 1 + _LONGEST_LIST])
            if purpose:
                return purpose
    for line in body:
        found = re.search(r"(?:设立|成立|建立)[^。；]{0,8}[“\"「][^。；]*", line.text)
        if found and not _is_english(line.text):
            return _trimmed(found[0])
    return ""


def read_restricted(paper: Paper, anatomy: Anatomy, purpose: str | None = None) -> bool:
    """Whether the gift is for a stated purpose: not where the paper leaves it to the school.

    A `purpose` that is empty, or wherever it is needed, states none.
    """
    if purpose is not None and (not purpose or _ANYWHERE.search(purpose)):
        return False
    left_open = next((line.text for line in paper.lines if purpose and purpose in line.text), "")
    if _LEFT_TO_IT.search(left_open.split(purpose or " ", 1)[-1].split("。")[0]):
        return False
    return not any(
        re.search(
            r"非限定(?:性|用途)|不限定(?:具体)?(?:用途|使用)|不指定(?:具体)?用途|无限定用途",
            without_unticked(line.text),
        )
        for line in paper.lines
        if anatomy.in_body(line.number)
    )


def read_naming(paper: Paper, anatomy: Anatomy, title: str) -> str:
    """The name of the fund, prize, building or project, without its quotation marks."""
    changing = is_supplement(title) or is_termination(title)
    patterns = (*_NAMINGS[:1], _KEPT_NAME, _IN_TITLE) if changing else _NAMINGS
    body = [
        line.text
        for line in paper.lines
        if anatomy.in_body(line.number) and not _is_english(line.text)
    ]
    for pattern in patterns:
        for text in body:
            for found in pattern.finditer(text):
                name = found["name"].strip()
                is_blank_name = re.fullmatch(r"[_\s＿Xx×*]*", name)
                if not is_blank_name and not _REPAIRED.search(text[: found.start()]):
                    return name
    return ""


def _purpose_units(anatomy: Anatomy) -> Iterator[Unit]:
    """The units whose heading speaks of the purpose, the plainest words first."""
    for words in (
        "用途",
        "目的|宗旨",
        "使用(?:方向|范围|项目)?$|资金使用|项目内容|捐赠内容|捐赠项目",
    ):
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
    whole = "\n".join(line.text for line in texts)
    portions = [found["what"] for found in _PORTION.finditer(whole)]
    if len(portions) > 1:
        return "、".join(_trimmed(portion) for portion in portions)
    sets_up = re.match(r"\s*(?:[甲乙丙]方)?(?:设立|成立|建立)[^。；]*[，,][^。；]*用[于以]", whole)
    if sets_up:
        return _trimmed(whole.strip())
    for position, line in enumerate(texts):
        purpose = _after(_FOR, line.text, texts[position + 1 :])
        if purpose:
            return purpose
        if purpose == "" and _FOR.search(line.text):
            return ""
    for pattern in (_LENDS, _BUILDS, _AS):
        for line in texts:
            if purpose := _after(pattern, line.text, ()):
                return purpose
    for line in texts:
        found = re.search(r"(?:设立|成立|建立)[^。；]{0,8}[“\"「][^。；]*", line.text)
        if found:
            return _trimmed(found[0])
    if not texts:
        return None
    first = re.sub(_LABEL, "", texts[0].text).strip()
    if re.match(rf"{CALLING}(?:系|是|为|自愿|向|捐|愿|作为|应|将|须|可|同意|有权)", first):
        return None  # who the parties are and what they do is no purpose
    return None if is_blank(first.rstrip("。")) else _trimmed(re.split("[。；]", first)[0])


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
        if re.match(_MANY, rest) or not rest.strip():
            rest = re.split(r"[:：]", rest)[-1] if re.search(r"[:：].", rest) else ""
            return _trimmed(_listed(rest, later))
        if re.match(r"[（(]\s*[一1]\s*[）)]|①|1[.、]", rest):
            return _trimmed(_listed(rest, ()))
        purpose = _trimmed(rest)
        if re.match(r"^[_＿\s/／]+", rest) or not purpose:
            return ""
        begins = text[: found.end() - 2].endswith(("，", ","))
        if begins and re.match(CALLING, purpose) and found[0].endswith("用于"):
            return "用于" + purpose
        return purpose
    return None


def _listed(rest: str, later: Sequence[Line]) -> str:
    """The members of a list, on the same line or on lines of their own, joined with 、."""
    if rest.strip():
        parts = re.split(
            r"[；;，,]?\s*(?:[一二三四五六]是|其[一二三四五六][，,]|[（(]\s*[一二三四五六七八九十\d]+\s*[）)]|[①-⑳]|(?<!\d)\d[.、])",
            rest,
        )
    else:
        parts = []
        for line in later:
            if not re.match(_LABEL, line.text) or not line.text.strip():
                break
            parts.append(re.sub(_LABEL, "", line.text))
            if line.text.rstrip().endswith("。"):
                break
    parts = [_trimmed(re.split("。", part)[0].strip(" \u3000；;，、")) for part in parts if part]
    return "、".join(part for part in parts if part)


def _trimmed(words: str) -> str:
    """A purpose without what only says how, how many, what exactly, or who decides.

    Its first comma clause, and those that go on with it: 设立“恒源奖学金”，奖励….
    """
    text = re.split(r"[。；;]", words)[0].strip(" \u3000：:，、")
    if re.match(r"非限定|不限定?", text):
        return text
    if boxes := re.findall(r"[□☐○☑☒■√]\s*[^□☐○☑☒■√]+", text):
        return "、".join(each[1:].strip() for each in boxes if each[0] in "☑☒■√")
    first, *others = _comma_clauses(text)
    kept = [re.sub(r"^(?:在|于)[^，。；“]{2,30}?(?=设立[^，]{0,8}[“\"「])", "", first)]
    for other in others:
        if not _GOES_ON.match(other) and not re.match("以及|及其?他?", other):
            break
        if _QUOTA.search(other):
            break
        kept.append(other)
    text = _ASIDE.split("，".join(kept))[0]
    text = re.sub(r"(?:之用|所用|一事)$", "", text)
    text = re.sub(
        r"(?<=.{4})(?:每(?:年|人|学年)(?:每人)?)(?:不超过|不少于|不低于|至多).*$", "", text
    )
    if text.endswith("用途"):
        text = re.sub(r"(?:等)?(?:方面|用途)?的?(?:支出|开支)?$", "", text)
    return "" if is_blank(text) else text


def _comma_clauses(text: str) -> list[str]:
    """Split at commas, but not inside brackets or quotation marks."""
    pieces, depth, start = [], 0, 0
    for at, mark in enumerate(text):
        depth += (mark in "（(“《「") - (mark in "）)”》」")
        if mark in "，," and depth <= 0:
            pieces.append(text[start:at])
            start = at + 1
    return [piece.strip() for piece in [*pieces, text[start:]]]


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
_ASIDE: Final = re.compile(r"[（(](?=每|具体|详见|见附件|以下简称|下称|简称|以下统称)")
_GOES_ON: Final = re.compile(
    r"(?:(?:并|同时|以及|以|用于|用以|主要|重点)*)"
    r"(?:奖励|资助|奖助|支持|帮助|鼓励|激励|表彰|培养|扶持|补助|奖掖|改善|提升|提高|推动|推进|促进|开展|建设|购置|举办|选派)"
)
_LONGEST_LIST: Final = 60
_QUOTA: Final = re.compile(r"不超过|不少于|每[年人名期次学]|\d+\s*[名人元万]|名额|标准|各\d")
# Money for what the giver says after the verb of giving: 捐资建设…, 捐款修缮….
_BUILDS: Final = re.compile(
    r"(?:捐资|出资|集资|筹资|捐款)(?:[，,]?用于)?"
    r"(?=(?:在[^，。；]{2,16}?)?(?:建设|建造|修建|兴建|新建|扩建|改建|改造|修缮|翻新|购置|资助|支持|奖励|举办|设立|建立))"
)
# Things given for somebody's use: 作品供美术馆收藏之用, 设备供丙方开展培训; not 提供, 供应.
_LENDS: Final = re.compile(r"(?<![提可])以?供(?![应货给电求养述方职需暖水])")
# What each part of a sum is for, and a list that is announced.
_PORTION: Final = re.compile(
    r"(?:元整?|[%％]|部分|其余|余款)(?:[（(][^）)]*[）)])?[^，。；\n]{0,4}用[于以作](?P<what>[^，。；\n]+)"
)
_MANY: Final = r"以下|下列|下述|如下|[二两三四五六]个?(?:方面|项目?|用途)"
_SUPPORTS: Final = re.compile(
    r"(?:捐赠|捐款|捐资|捐出|赠与)[^。；]*?[，,](?:以|用来|专项)?"
    r"(?=(?:支持|资助|奖励|改善|帮助|扶持)(?!的|与否)[^，。；]{4,})"
)
# The same in the sentence that gives money: 捐赠人民币…元，设立“…”，奖励…; …元，专项资助….
_GIVES_AND: Final = re.compile(
    r"(?:捐赠|捐款|捐资|捐出|捐助|赠与|捐)[^。；]{0,60}?[元圆圓][^。；]{0,40}?[，,](?:以|用来|专项|专门|定向|并|在[^，。；]{2,20}?)?"
    r"(?=(?:设立[^，。；]{0,6}[“\"「]|支持|资助|奖励|奖助|改善|帮助|扶持|购置|修缮|建设)(?!的|与否)[^。；]{4,})"
)
_AS: Final = re.compile(
    r"(?<=[款金资赠项])(?:全部|将|均)?作为(?!回报|条件|凭证|依据|交换|对价|甲方|乙方|本协议|附件)"
)
_ANYWHERE: Final = re.compile(
    r"需要的(?:地方|项目|方面)|最需要|统筹|自主(?:决定|安排|支配|使用)|任何用途|不限"
    r"|^(?:乙方|受赠[人方]|学校|基金会)认为(?:需要|必要|合适|适当)"
)
_LEFT_TO_IT: Final = re.compile(
    r"由(?:学校|乙方|受赠[方人])[^。；，]{0,10}(?:统筹|自主|自行)(?:安排|使用|决定|支配)"
)
_QUOTED: Final = r"[“\"「『](?P<name>[^”\"」』]{2,40})[”\"」』]"
_NAMED: Final = (
    r"(?:奖学金|助学金|奖教金|奖助学金|励志金|奖学基金|教育基金|发展基金|专项基金|基金"
    r"|讲席|讲席教授|计划)"
)
_KEPT_NAME: Final = re.compile(
    rf"{_QUOTED}的?(?:名称|冠名)[^。；，]{{0,4}}(?:使用|保留|沿用|延用|维持|存续|停止使用)"
)
_IN_TITLE: Final = re.compile(
    rf"[“\"「](?P<name>[^”\"」。；]{{1,20}}{_NAMED})[”\"」](?:项目)?捐赠(?:协议|合同)"
)
_REPAIRED: Final = re.compile("(?:修缮|维修|修复|养护|维护|翻修|整修)[^。；，]{0,20}$")
"""What is mended has its name already."""
_NAMINGS: Final[tuple[re.Pattern[str], ...]] = (
    re.compile(rf"(?:命名|冠名|定名|取名|更名)(?:为|：|:|作)\s*{_QUOTED}"),
    re.compile(rf"(?:设立|成立|建立|设置|创设|共建)[^。；“\"]{{0,16}}?{_QUOTED}"),
    re.compile(rf"(?:项目|基金|奖项|奖学金|计划)?(?:名称|全称|定名)(?:为|是|：|:)\s*{_QUOTED}"),
    re.compile(rf"{_QUOTED}[\u4e00-\u9fff]{{0,4}}(?:雕塑|雕像|景观石|石刻|铜像|亭|碑|牌坊)"),
    re.compile(rf"(?:镌刻|题刻|刻有|镌有|刻)\s*{_QUOTED}"),
    re.compile(rf"以\s*{_QUOTED}\s*(?:冠名|命名|名义)"),
    re.compile(rf"(?<!以下简称)(?<!简称)[“\"「](?P<name>[^”\"」。；]{{1,20}}{_NAMED})[”\"」]"),
    re.compile(
        r"[“\"「](?P<name>[^”\"」。；]{1,16}(?:楼|馆|厅|教室|亭|广场|讲堂|园|林"
        r"|实验室|工作室|阅览室|研讨室|书屋|书吧|文库))[”\"」]"
    ),
    re.compile(
        r"(?<!简称)[“\"「](?P<name>[^本”\"」。；][^”\"」。；]{1,16}(?:论坛|讲坛|大讲堂|大赛|竞赛|行动|工程|夏令营|训练营))[”\"」]"
    ),
    re.compile(rf"(?<!简称){_QUOTED}(?:改造|修缮|建设|翻新|装修|项目|工程|席位|岗位|空间)"),
    re.compile(
        r"(?:设立|成立|建立)(?P<name>(?!的|了|专项|该|奖|助)[\u4e00-\u9fff]{2,10}?(?:奖学金|助学金|奖教金|教育基金|发展基金|奖学基金))"
    ),
)
