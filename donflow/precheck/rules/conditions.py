"""Conditions that cannot stand: tobacco, spent principal, revocation at will, burdens."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from donflow.errors import N_, Sentence, say
from donflow.precheck.clauses import clause_of, found, hits, is_forbidden, labels, sentence_of
from donflow.precheck.draft import Draft
from donflow.precheck.facts import Kind
from donflow.precheck.findings import Finding, Severity
from donflow.precheck.paper import Line

_TOBACCO: Final = "(?:烟草|香烟|卷烟|雪茄|电子烟|烟厂|中烟)"
_PUBLICITY: Final = re.compile(
    rf"(?:{_TOBACCO}[^，。；]{{0,20}}(?:宣传|标识|标志|冠名|品牌|广告|商标|展示|推广|形象|LOGO"
    rf"|logo|Logo|命名|字样)"
    rf"|(?:宣传|标识|标志|冠名|广告|商标|展示|推广|印有|悬挂|命名)[^，。；]{{0,20}}{_TOBACCO}"
    rf"|[“「《\"][^”」》\"]{{0,20}}{_TOBACCO}[^”」》\"]{{0,12}}(?:奖|基金|楼|堂|馆|杯|计划|项目"
    rf"|班)[^”」》\"]{{0,6}}[”」》\"])"
)
_KEPT: Final = re.compile(
    r"留本|不动本|本金[^，。；]{0,8}(?:永久保留|不得动用|不动用|不动|永久|保持不变|不得使用"
    r"|不得支出|予以保留|永续)"
    r"|(?:仅|只)[^，。；]{0,6}使用[^，。；]{0,10}(?:收益|增值|孳息|利息)"
)
_PRINCIPAL: Final = (
    r"(?:基金|原始|捐赠|部分|全部|该|其|此|本基金(?:的)?|上述"
    r"|留本(?:基金)?(?:的)?)*本金(?!的?(?:收益|孳息|增值|利息|产生|所得|投资|运作))"
)
_SPENT: Final = re.compile(
    rf"(?:从|由|自|用|以|在)[^，。；从由自]{{0,8}}?{_PRINCIPAL}[^，。；]{{0,10}}?"
    r"(?:支付|列支|支出|提取|补足|补充|弥补|补齐|发放|开支|拨付|支取|垫付|扣除|解决|承担|补贴)"
    rf"|(?<!不)(?:动用|支取|提取|使用|动支|支出|花费|调用|消耗|拨付)[^，。；]{{0,8}}?{_PRINCIPAL}"
    r"|本金[^，。；不]{0,14}(?:逐年|分年|分期|每年|按年|全部)[^，。；不]{0,8}(?:使用|支出|发放"
    r"|用于|支付|用完|用尽)"
    r"|本金[^，。；不]{0,4}(?:可|可以|亦可|也可)[^，。；不]{0,6}(?:使用|动用|用于|支出|支付)"
)
_AGREED: Final = re.compile("须经|需经|应经|应当经|书面同意|报经|经[^，。；]{1,16}(?:同意|批准)")
_REVOKED: Final = re.compile(
    r"(?:随时|任意|任何时候|任何时间|无条件|自由)[^，。；]{0,10}(?:撤销|撤回|收回|取消|终止|解除"
    r"|要求[^，。；]{0,6}(?:退还|返还|退回|退款))"
    r"[^，。；]{0,12}"
    r"|(?:不论|无论|不管)[^，。；]{0,14}(?:情况|原因|情形|理由|事由|如何|阶段"
    r"|是否[^，。；]{1,8})[^。；]{0,24}(?:退还|返还|退回|归还|收回|撤销|撤回)[^，。；]{0,12}"
    r"|(?:在)?任何(?:情况|情形)下[^。；]{0,20}(?:退还|返还|退回|归还|收回|撤销|撤回)[^，。；]{0,12}"
    r"|保留[^，。；]{0,10}(?:撤销|撤回|收回)[^，。；]{0,10}(?:权利|权)"
    r"|(?:有权|可以?)单方(?:面)?[^，。；]{0,4}(?:撤销|撤回|收回)[^，。；]{0,12}"
    r"|(?:无需|无须|不需|不必)(?:任何|说明|提供)?[^，。；]{0,4}理由[^，。；]{0,12}(?:撤销|撤回"
    r"|收回|解除|终止)[^，。；]{0,8}"
)
_OTHER_END: Final = re.compile("冠名|命名|查询|检查|合作|授权|同意|称号|资格|奖学金发放|资助资格")
_BURDEN: Final = (
    r"(?:不足|差额|缺口|超出|超支|超额|其余|余下|剩余)[^，。；]{0,10}?(?:部分|资金|费用|款项"
    r"|金额)?[^，。；]{0,4}?(?:均|全部|全)?由{R}"
    r"[^，。；]{0,8}?(?:垫付|垫支|承担|补足|自筹|解决|负责|补齐|补贴|筹集|筹措|支付)",
    r"{R}[^，。；]{0,12}?(?:垫付|垫支|代垫|先行垫|兜底)",
    r"(?:由|应由){R}[^，。；]{0,8}?(?:垫付|垫支|代垫|兜底|补足)",
    r"{R}[^，。；]{0,10}?(?:承担|负|负有)[^，。；]{0,4}?(?:无限|全部|一切|所有|连带"
    r"|无过错)(?:的)?[^，。；]{0,6}?(?:责任|费用|损失|赔偿|税费|风险|债务)",
    r"(?:全部|一切|所有)[^，。；]{0,12}?(?:责任|费用|损失|税费|风险)[^，。；]{0,4}?(?:均|全部"
    r"|概)?由{R}[^，。；]{0,6}?(?:承担|负责)",
    r"(?:返还|退还|赔偿|支付)[^，。；]{0,6}(?:双倍|加倍|多倍|[两二三四五六七八九十2-9]倍)",
    r"(?:双倍|加倍|多倍|[两二三四五六七八九十2-9]倍)[^，。；]{0,8}?(?:返还|退还|赔偿|支付)",
    r"(?<![向给对经与成到把为]){R}(?:(?![，。；]{D})[^。；]){0,30}?(?:支付|承担"
    r"|缴纳)[^，。；]{0,20}?(?:违约金|罚金|罚款|滞纳金|惩罚性赔偿)",
    r"{R}[^，。；]{0,12}?(?:保证|承诺|确保)[^，。；]{0,16}?(?:收益|回报"
    r"|本金)[^，。；]{0,10}?(?:不低于|保本|不受损|不亏损|达到)",
    r"{R}[^，。；]{0,8}?(?:提供|出具)[^，。；]{0,8}?(?:担保|抵押|保证金|保函)",
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
_ONCE: Final = re.compile(
    r"一次性[^，。；]{0,10}(?:汇入|支付|转账|缴付|到账|交付|付清|划入|转入|汇至|捐赠|足额|拨付"
    r"|划付|缴纳)"
)
_PARTS: Final = re.compile(
    r"分\s*[两二三四五六七八九十\d]+\s*(?:期|次|年|笔|批)[^，。；]{0,8}(?:支付|汇入|捐赠|到账"
    r"|拨付|缴付|划转|付清|转入|交付|捐)"
)
_EACH: Final = re.compile("每期|各期|当期|当年|每年|每次|首期|分别|逐年|该期|发放")
_TERM: Final = re.compile(r"有效期(?:限)?[为是：:]?\s*(?:共|为)?([一二两三四五六七八九十\d]+)\s*年")
_BEGINS: Final = re.compile(
    r"(?:协议|合同)[^，。；]{0,4}自([^，。；]{2,30}?)(?:之日|当日|之时)?起生效"
)


def tobacco_publicity(draft: Draft) -> Iterator[Finding]:
    """Publicity for tobacco, in a name too (慈善法 40)."""
    expect = say(N_("A gift may not publicise tobacco."))
    yield from _each(draft, _PUBLICITY, "tobacco_publicity", Severity.ERROR, expect)


def principal_contradiction(draft: Draft) -> Iterator[Finding]:
    """Principal that is kept in one clause and spent in another."""
    kept = draft.facts.principal_kept or any(hits(draft.paper, _KEPT))
    if not kept:
        return
    for line, match in hits(draft.paper, _SPENT):
        clause = clause_of(line.text, *match.span())
        first, last = sentence_of(line.text, *match.span())
        if _AGREED.search(line.text[first:last]) or is_forbidden(draft.paper, line, *match.span()):
            continue
        expect = say(N_("Elsewhere the principal is kept: only its income can be spent."))
        yield found("principal_contradiction", Severity.ERROR, line, clause, expect)


def revocation_conflict(draft: Draft) -> Iterator[Finding]:
    """A gift for public benefit that could be taken back at will (民法典 658)."""
    recipient = re.compile(labels(draft, "recipient", "beneficiary") + r"[^，。；]{0,6}$")
    expect = say(N_("A gift for public benefit is not revoked at will: say in which cases it is."))
    for line, match in hits(draft.paper, _REVOKED):
        clause = clause_of(line.text, *match.span())
        own = re.match("无[需须]|不[需必]", match[0])
        end = match.start() if own else match.end()
        other = _OTHER_END.search(match[0]) and not re.search("款|捐|退", match[0])
        if other or is_forbidden(draft.paper, line, match.start(), end):
            continue
        if recipient.search(line.text[: match.start()]) and "退" not in match[0]:
            continue
        yield found("revocation_conflict", Severity.ERROR, line, clause, expect, sure=False)


def recipient_burden(draft: Draft) -> Iterator[Finding]:
    """Duties of the receiving side that no gift should bring: advances, penalties, guarantees."""
    side, donor = labels(draft, "recipient", "beneficiary", "manager"), labels(draft, "donor")
    expect = say(N_("The receiving side should not bear this."))
    patterns = [
        re.compile(words.replace("{R}", f"(?:{side}|学校|学院|基金会)").replace("{D}", donor))
        for words in _BURDEN
    ]
    for line in draft.paper.lines:
        seen: set[tuple[int, int]] = set()
        for pattern in patterns:
            for match in pattern.finditer(line.text):
                clause = clause_of(line.text, *match.span())
                if clause in seen or is_forbidden(draft.paper, line, *match.span()):
                    continue
                if "本金" in line.text[slice(*clause)] and not re.search("保|担", match[0]):
                    continue  # told as principal_contradiction
                seen.add(clause)
                yield found("recipient_burden", Severity.WARNING, line, clause, expect, sure=False)


def internal_conflict(draft: Draft) -> Iterator[Finding]:
    """Two clauses that cannot both be meant."""
    if draft.facts.kind in (Kind.SUPPLEMENTARY, Kind.TERMINATION):
        return
    yield from _full_use_and_fee(draft)
    yield from _at_once_and_in_parts(draft)
    yield from _two_of(draft, _TERM, say(N_("Elsewhere the term is another one.")), Severity.ERROR)
    yield from _two_of(
        draft, _BEGINS, say(N_("Elsewhere it takes effect on another condition.")), Severity.WARNING
    )


def _full_use_and_fee(draft: Draft) -> Iterator[Finding]:
    whole = [
        (line, match)
        for line, match in hits(draft.paper, _FULL_USE)
        if not re.search("收益|增值|利息|除|扣|余", line.text[slice(*_back(line, match))])
        and re.search("捐|善款|资金|款项", line.text[slice(*clause_of(line.text, *match.span()))])
    ]
    none = [(line, match) for line, match in hits(draft.paper, _NO_FEE)]
    fees = [
        (line, match)
        for line, match in hits(draft.paper, _FEE)
        if not re.search("不|无|免", line.text[slice(*clause_of(line.text, *match.span()))])
    ]
    if fees and (whole or none):
        line, match = fees[0]
        expect = say(N_("Elsewhere the whole gift is spent, or no fee is taken."))
        at = clause_of(line.text, *match.span())
        yield found("internal_conflict", Severity.ERROR, line, at, expect)


def _at_once_and_in_parts(draft: Draft) -> Iterator[Finding]:
    once, parts = (
        [
            (line, match)
            for line, match in hits(draft.paper, pattern)
            if not _EACH.search(line.text[slice(*clause_of(line.text, *match.span()))])
            and not is_forbidden(draft.paper, line, *match.span())
            and not re.search("或", line.text[slice(*sentence_of(line.text, *match.span()))])
        ]
        for pattern in (_ONCE, _PARTS)
    )
    if once and parts:
        line, match = max(once[0], parts[0], key=lambda place: place[0].number)
        expect = say(N_("Elsewhere it is paid at once, here in parts, or the other way round."))
        at = clause_of(line.text, *match.span())
        yield found("internal_conflict", Severity.ERROR, line, at, expect)


def _two_of(
    draft: Draft, pattern: re.Pattern[str], expect: Sentence, severity: Severity
) -> Iterator[Finding]:
    places = list(hits(draft.paper, pattern))
    said = re.sub("双方|各方|三方|四方|全体|均|本协议|共同", "", places[0][1][1]) if places else ""
    for line, match in places[1:]:
        if re.sub("双方|各方|三方|四方|全体|均|本协议|共同", "", match[1]) != said:
            yield found("internal_conflict", severity, line, match.span(), expect, sure=False)


def _back(line: Line, match: re.Match[str]) -> tuple[int, int]:
    return sentence_of(line.text, *match.span())[0], match.end()


def _each(
    draft: Draft, pattern: re.Pattern[str], code: str, severity: Severity, expect: Sentence
) -> Iterator[Finding]:
    for line, match in hits(draft.paper, pattern):
        if not is_forbidden(draft.paper, line, *match.span()):
            at = clause_of(line.text, *match.span())
            yield found(code, severity, line, at, expect, sure=False)
