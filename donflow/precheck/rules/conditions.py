"""Conditions that cannot stand: tobacco, spent principal, revocation at will, burdens."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from donflow.errors import N_, Sentence, say
from donflow.precheck.clauses import clause_of, found, hits, is_forbidden, labels, sentence_of
from donflow.precheck.draft import Draft
from donflow.precheck.findings import Finding, Severity

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
    r"(?:支付|列支|支出|提取|补足|补充|弥补|补齐|贴补|填补|垫补|抵补|发放|开支|拨付|支取|垫付|扣除|解决|承担|补贴)"
    rf"|(?<!不)(?:动用|支取|提取|使用|动支|支出|花费|调用|消耗|拨付)[^，。；]{{0,8}}?{_PRINCIPAL}"
    r"|本金[^，。；不]{0,14}(?:逐年|分年|分期|每年|按年|全部)[^，。；不]{0,8}(?:使用|支出|发放"
    r"|用于|支付|用完|用尽)"
    r"|本金(?:(?!不得|不可|不能|不会|不应)[^，。；]){0,14}(?:用完|用尽|花完|花光|耗尽|支完)"
    r"|本金[^，。；不]{0,4}(?:可|可以|亦可|也可)[^，。；不]{0,6}(?:使用|动用|用于|支出|支付)"
)
_AGREED: Final = re.compile(
    "须经|需经|应经|应当经|非经|未经|不经|书面同意|报经|经[^，。；]{1,16}(?:同意|批准)"
)
_BY_OTHERS: Final = re.compile(  # leave that the receiving side gives itself
    r"(?<![须需应当非未不报])(?<!书面)经(?P<who>[^，。；]{1,16}?)(?:同意|批准|审议通过|决议|决定)(?:后)?[，,]?"
    r"[^，。；不]{0,10}?(?:可以?|有权|即可|得以)"
)
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
_ALL_BACK: Final = re.compile(
    r"(?:已|全部|所有)[^，。；未]{0,10}(?:款项?|资金|捐款|财产|物资)[^，。；不未]{0,8}?(?:一律|全部|全额|悉数|如数"
    r"|均|应|须|予以|由[乙丙]方)[^，。；不未]{0,8}?(?:退还|返还|退回|归还)[^，。；]{0,12}"
)
_ON_CAUSE: Final = re.compile(
    "如(?!数)|若|倘|违|的[，,]|未按|挪用|否则|不能|无法|未使用|剩余|结余|误|(?:解除|终止|撤销|期满)[后时]"
)
_OTHER_END: Final = re.compile("冠名|命名|查询|检查|合作|授权|同意|称号|资格|奖学金发放|资助资格")
_BURDEN: Final = (
    r"(?:不足|差额|缺口|超出|超支|超额|其余|余下|剩余)[^，。；]{0,10}?(?:部分|资金|费用|款项"
    r"|金额)?[^，。；]{0,4}?(?:均|全部|全)?由{R}"
    r"[^，。；]{0,8}?(?:垫付|垫支|承担|补足|自筹|解决|负责|补齐|补贴|筹集|筹措|支付)",
    r"(?:不足|不够|缺口|差额|超支|超出)(?:的|部分|时)*[，,](?:均|全部|全)?由{R}[^，。；]{0,14}?"
    r"(?:垫付|垫支|承担|补足|自筹|解决|补齐|补贴|筹集|筹措|支付)",
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
    r"{R}[^，。；]{0,12}?(?:无偿|免费|义务)[^，。；]{0,4}?(?:为|给|向|替)(?:{D})(?![^，。；]{0,16}?(?:票据|证书"
    r"|铭牌|报告|收据|感谢))[^，。；]{0,14}?(?:完成|提供|开展|承担|举办|组织|培训|检测|设计|咨询|服务|编写)",
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
    donor = re.compile(labels(draft, "donor") + "|双方|各方|三方")
    for line, match in hits(draft.paper, _SPENT):
        clause = clause_of(line.text, *match.span())
        sentence = line.text[slice(*sentence_of(line.text, *match.span()))]
        leave = _BY_OTHERS.search(sentence)
        own = leave is not None and not donor.search(leave["who"])
        if (_AGREED.search(sentence) and not own) or is_forbidden(draft.paper, line, *match.span()):
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
    for line, match in hits(draft.paper, _ALL_BACK):
        first, last = sentence_of(line.text, *match.span())
        forbidden = is_forbidden(draft.paper, line, *match.span())
        if not forbidden and not _ON_CAUSE.search(line.text[first:last]):
            clause = clause_of(line.text, *match.span())
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


def _each(
    draft: Draft, pattern: re.Pattern[str], code: str, severity: Severity, expect: Sentence
) -> Iterator[Finding]:
    for line, match in hits(draft.paper, pattern):
        if not is_forbidden(draft.paper, line, *match.span()):
            at = clause_of(line.text, *match.span())
            yield found(code, severity, line, at, expect, sure=False)
