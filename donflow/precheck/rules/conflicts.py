"""The same thing said twice differently: two sentences that cannot both be meant."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from difflib import SequenceMatcher
from typing import Final

from donflow.errors import N_, Sentence, say
from donflow.precheck.clauses import HAN, clause_of, found, hits, is_forbidden, sentence_of
from donflow.precheck.draft import Draft
from donflow.precheck.facts import Kind
from donflow.precheck.findings import Finding, Severity
from donflow.precheck.paper import Line
from donflow.precheck.rules import sayings
from donflow.precheck.rules.sayings import Saying, chinese_lines, sentence
from donflow.precheck.sums import sums_of_line

Place = tuple[Line, re.Match[str]]
_AT_MOST: Final = 60  # sayings of one reader: no agreement has so many


def internal_conflict(draft: Draft) -> Iterator[Finding]:
    """Two sentences of one paper that deny each other; told at the later one.

    A supplement speaks of what was and what shall be: there only the first agreement's fate is
    held to itself, and where an agreement ends, the money's.
    """
    changing = draft.facts.kind in (Kind.SUPPLEMENTARY, Kind.TERMINATION)
    readers = _CHANGING if changing else _READERS
    for reader in readers:
        told: list[Saying] = []
        for _, saying in zip(range(_AT_MOST), reader(draft), strict=False):
            if any(saying.denies(other) for other in told):
                yield _conflict(saying.line, saying.at, _OTHERWISE)
            told.append(saying)
    if not changing:
        yield from _full_use_and_fee(draft)
        yield from _other_total(draft)
        yield from _other_name(draft)


def _conflict(line: Line, at: tuple[int, int], expect: Sentence) -> Finding:
    return found("internal_conflict", Severity.ERROR, line, at, expect, sure=False)


def _fate_of_original(draft: Draft) -> Iterator[Saying]:
    """Whether the first agreement goes on or ends."""
    for line in chinese_lines(draft, "协议", "合同"):
        for word, pattern in (("续", _GOES_ON), ("止", _ENDS)):
            for match in pattern.finditer(line.text):
                if not is_forbidden(draft.paper, line, match.start(), match.start()):
                    at = clause_of(line.text, *match.span())
                    yield Saying("原协议", line, at, words=frozenset({word}))


def _money_left(draft: Draft) -> Iterator[Saying]:
    """Whether money goes back or stays, by which money it is."""
    ending = draft.facts.kind is Kind.TERMINATION
    for line in chinese_lines(draft, "款", "余", "资金", "金额"):
        for match in _MONEY.finditer(line.text):
            if re.search("未(?:支)?付|费|利息|收益", match["which"]) or match["not"] == "不足":
                continue
            if not ending and re.search(_IF, sentence(line, match)):
                continue
            back = bool(match["back"]) and not match["not"]
            used = {"余"} if re.search("余|未使用|未用", match["which"]) else {"已", "余"}
            used = {"已"} if re.search("已使用|已用", match["which"]) else used
            words = frozenset({"退" if back else "留"})
            at = clause_of(line.text, *match.span())
            yield Saying("款项去向", line, at, frozenset(used), words)


def _revocation(draft: Draft) -> Iterator[Saying]:
    """Whether someone may end it at will, or nobody may."""
    yield from _either(draft, "任意解除", _AT_WILL, _NEVER)


def _purpose_changed(draft: Draft) -> Iterator[Saying]:
    """Whether the purpose is changed alone, or only with consent."""
    yield from _either(draft, "变更用途", _ALONE, _WITH_CONSENT)


def _payment_mode(draft: Draft) -> Iterator[Saying]:
    """Whether the gift is paid at once or in parts."""
    for line in chinese_lines(draft, "一次性", "分"):
        for word, pattern in (("一次", _ONCE), ("分期", _PARTS)):
            for match in pattern.finditer(line.text):
                clause = clause_of(line.text, *match.span())
                if _EACH.search(line.text[slice(*clause)]) or "或" in sentence(line, match):
                    continue
                if not is_forbidden(draft.paper, line, *match.span()) and not _is_option(line):
                    yield Saying("支付方式", line, clause, words=frozenset({word}))


def _purposes(draft: Draft) -> Iterator[Saying]:
    """What the whole gift is only for: for people, for a building, for things, for meetings."""
    for line in chinese_lines(draft, "用于"):
        for match in _WHOLE_FOR.finditer(line.text):
            words = frozenset(name for name, sign in _FIELDS if re.search(sign, match["what"]))
            if words and not is_forbidden(draft.paper, line, *match.span()):
                yield Saying("用途", line, clause_of(line.text, *match.span()), words=words)


def _either(
    draft: Draft, matter: str, may: re.Pattern[str], may_not: re.Pattern[str]
) -> Iterator[Saying]:
    for line in chinese_lines(
        draft,
        "得",
        "可",
        "权",
        "随时",
        "任意",
        "无条件",
        "自由",
        "无需",
        "无须",
        "不需",
        "同意",
        "任何",
    ):
        denied = [match.span() for match in may_not.finditer(line.text)]
        for match in may.finditer(line.text):
            inside = any(first <= match.start() < last for first, last in denied)
            if not inside and not is_forbidden(draft.paper, line, match.start(), match.start()):
                at = clause_of(line.text, *match.span())
                yield Saying(matter, line, at, words=frozenset({"可"}))
        for span in denied:
            yield Saying(matter, line, clause_of(line.text, *span), words=frozenset({"不可"}))


def _full_use_and_fee(draft: Draft) -> Iterator[Finding]:
    whole = [
        (line, match)
        for line, match in hits(draft.paper, _FULL_USE)
        if not re.search("收益|增值|利息|除|扣|余", line.text[slice(*_back(line, match))])
        and re.search("捐|善款|资金|款项", line.text[slice(*clause_of(line.text, *match.span()))])
    ]
    none = list(hits(draft.paper, _NO_FEE))
    fees = [
        (line, match)
        for line, match in hits(draft.paper, _FEE)
        if not re.search("不|无|免", line.text[slice(*clause_of(line.text, *match.span()))])
    ]
    if fees and (whole or none):
        line, match = fees[0]
        if none and none[-1][0].number > line.number:
            line, match = none[-1]
        expect = say(N_("Elsewhere the whole gift is spent, or no fee is taken."))
        yield _conflict(line, clause_of(line.text, *match.span()), expect)


def _other_total(draft: Draft) -> Iterator[Finding]:
    """The whole gift named once more with another sum."""
    total = draft.facts.amount
    if total is None or total.figures is None or draft.facts.kind is Kind.GROUP:
        return
    if total.words_value not in (None, total.figures) or len(draft.facts.instalments) > 1:
        return
    at = {span.line for span in (total.figures_at, total.words_at) if span is not None}
    for line in chinese_lines(draft, "元", "￥", "¥"):
        if line.number in at or not draft.anatomy.in_body(line.number) or line.cells:
            continue
        for each in sums_of_line(line):
            whole = _WHOLE_SUM.search(line.text[: each.at.start][-_NEAR:])
            if whole is None or each.currency != total.currency or each.words is None:
                continue
            first, _ = sentence_of(line.text, each.at.start, each.at.end)
            part = re.search("每|第|期|次|首|另|再|曾|增加|追加", line.text[first : each.at.start])
            if not part and each.value is not None and each.value != total.figures:
                expect = say(N_("Elsewhere the whole gift is another sum."))
                yield _conflict(line, (each.at.start, each.at.end), expect)


def _other_name(draft: Draft) -> Iterator[Finding]:
    """The name of the fund or building written with another character elsewhere."""
    name = draft.facts.naming
    if len(name) < 5 or not re.fullmatch(f"[{HAN}]+", name):
        return
    for line, match in hits(draft.paper, re.compile(rf"[“「]([{HAN}]{{{len(name)}}})[”」]")):
        other = match[1]
        unlike = [(one, two) for one, two in zip(name, other, strict=True) if one != two]
        if len(unlike) != 1 or re.search(
            "[一二三四五六七八九十甲乙丙丁东西南北男女上下大小]", "".join(unlike[0])
        ):
            continue
        if SequenceMatcher(None, name, other, autojunk=False).ratio() > 0.7:
            expect = say(N_("Elsewhere the name is “{name}”."), name=name)
            yield _conflict(line, match.span(1), expect)


def _is_option(line: Line) -> bool:
    return bool(re.search("[□☐☑☒]", line.text))


def _back(line: Line, match: re.Match[str]) -> tuple[int, int]:
    return sentence_of(line.text, *match.span())[0], match.end()


_OTHERWISE: Final = say(N_("Elsewhere the paper says this otherwise: keep one of the two."))
_READERS: Final[tuple[Callable[[Draft], Iterable[Saying]], ...]] = (
    sayings.ownership,
    sayings.costs,
    sayings.deeds,
    sayings.courts,
    sayings.beginnings,
    sayings.counts,
    sayings.terms,
    sayings.deadlines,
    sayings.interest,
    sayings.least_gifts,
    _payment_mode,
    _purposes,
    _revocation,
    _purpose_changed,
    _money_left,
)
_CHANGING: Final = (_fate_of_original, _money_left)
_ORIGINAL: Final = "(?:原|前|主)(?:捐赠|赠与)?(?:协议|合同)"
_GOES_ON: Final = re.compile(
    rf"{_ORIGINAL}[^。；]{{0,20}}?(?:继续有效|仍然?有效|继续履行|继续执行|保持不变|效力不变|仍按)"
)
_ENDS: Final = re.compile(
    rf"{_ORIGINAL}(?!的?(?:第|中|约定))[^。；，]{{0,12}}?(?:失效|作废|废止|终止|解除|不再(?:有效|执行|履行))"
)
_IF: Final = "如|若|倘|违约|解除|终止|撤销|的[，,]|经[^，。；]{1,12}同意"
_MONEY: Final = re.compile(
    r"(?P<which>(?:已|全部|剩余|结余|未使用|未用|其余|余)[^，。；]{0,8}(?:款项?|资金|余额|部分|捐款|金额)|余款|结余|余额)"
    r"[^，。；]{0,24}?(?P<not>不予|不再|不|无需|无须)?"
    r"(?:(?P<back>退还|返还|退回|归还)|继续用于|留归|留作|转入|转作|仍用于|继续由)"
)
_VERB: Final = "(?:撤销|撤回|解除|终止|收回)"
_AT_WILL: Final = re.compile(
    rf"(?:随时|任意|任何时候|任何时间|无条件|自由)(?:可以?|有权)?[^，。；]{{0,8}}?{_VERB}"
    rf"|(?:无需|无须|不需)[^，。；]{{0,6}}理由[^。；]{{0,10}}{_VERB}"
)
_NEVER: Final = re.compile(
    rf"(?:任何一方|各方|双方|三方)[^，。；]{{0,6}}(?:不得|无权)[^，。；]{{0,14}}?{_VERB}"
    rf"|不得[^，。；]{{0,4}}(?:以任何(?:理由|方式)|随意|任意|擅自|单方)[^，。；]{{0,6}}?{_VERB}|(?:为|系|是)?不可撤销(?:的)?(?:捐赠|赠与)?"
)
_USE_CHANGED: Final = "(?:变更|改变|调整|更改)[^，。；]{0,10}?(?:用途|使用方向|资助项目)"
_ALONE: Final = re.compile(
    rf"(?:可以?|有权)[^，。；]{{0,8}}?(?:自行|自主|单方|直接|酌情)[^，。；]{{0,6}}?{_USE_CHANGED}"
)
_WITH_CONSENT: Final = re.compile(
    rf"(?:未经|非经)[^，。；]{{1,12}}同意[，,]?[^，。；]{{0,8}}不得[^，。；]{{0,6}}?{_USE_CHANGED}"
)
_ONCE: Final = re.compile(
    r"一次性[^，。；]{0,10}(?:汇入|支付|转账|缴付|到账|交付|付清|划入|转入|汇至|付至|捐赠|足额|拨付"
    r"|划付|缴纳)"
)
_PARTS: Final = re.compile(
    r"分\s*[两二三四五六七八九十\d]+\s*(?:期|次|年|笔|批)[^，。；]{0,8}(?:支付|汇入|捐赠|到账"
    r"|拨付|缴付|划转|付清|转入|交付|捐)"
)
_EACH: Final = re.compile("每期|各期|当期|当年|每年|每次|首期|分别|逐年|该期|发放")
_WHOLE_FOR: Final = re.compile(
    r"(?:捐赠款项?|捐款|捐赠资金|本捐赠|上述款项|该笔?款项?|本基金)(?:应当?|须|将)?"
    r"(?:全部|全额|专项|仅|只|只能|专门|仅限|均)+(?:能|限)?用于(?P<what>[^。；]{2,60})"
)
_FIELDS: Final = (
    ("人", "奖学金|助学|奖教|学生|困难|资助|奖励|学业|师资|培训"),
    ("房", "建设|修缮|改造|装修|翻新|修建|兴建"),
    ("物", "设备|购置|仪器|图书|实验室|采购"),
    ("会", "论坛|讲座|会议|竞赛|比赛|演出|活动"),
    ("研", "科研|研究|课题"),
)
_FULL_USE: Final = re.compile(
    r"(?:全部|全额|100\s*[%％]|百分之百|百分百)[^，。；收]{0,8}(?:用于|使用于)|全额使用|全部使用"
)
_FEE: Final = re.compile(
    r"(?:提取|列支|收取|计提|扣除|支取|按)[^。；]{0,30}(?:管理费|管理成本|行政(?:办公)?费"
    r"|工作经费|服务费)"
    r"|管理费[^。；]{0,16}(?:[\d.]+\s*[%％]|百分之)"
)
_NO_FEE: Final = re.compile(
    "不(?:得)?(?:提取|列支|收取|计提|扣除|另收|收)[^，。；]{0,12}(?:管理费|费用)"
)
_NEAR: Final = 40
_WHOLE_SUM: Final = re.compile(
    r"(?:捐赠(?:总额|总金额|款总额|资金总额|款合计)|(?:上述|前述|该笔|此笔)(?:捐赠)?(?:款项?|捐款|捐赠款|资金))"
    r"(?!的)[^，。；每第期其中已]{0,8}$"
    r"|(?:自愿|无偿|向[^，。；]{2,20})(?:无偿)?捐赠(?:资金|现金|款项|善款)?(?:共计|总计|合计)?(?:人民币|￥|¥)?[（(]?$"
)
