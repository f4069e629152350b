"""Clauses that an agreement of its kind should have and this one has not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from donflow.errors import N_, Sentence, say
from donflow.precheck.clauses import absent, found, is_forbidden, labels, sentence_of
from donflow.precheck.draft import Draft
from donflow.precheck.facts import Kind
from donflow.precheck.findings import Finding, Severity

_PRESENT: Final[Mapping[str, str]] = {
    "purpose": r"(?<!不得)(?<!擅自)(?<!不)用于(?!本协议|约定|其他|上述约定|协议)"
    r"|用途[为：:是系](?!$)|专项用作|用作|资助|奖励"
    r"|设立[^，。；]{0,4}[“《「]|设立[^，。；]{0,15}(?:奖学金|奖教金|助学金|基金(?!会)|讲席|教席"
    r"|项目)"
    r"|for the purpose of|to set up|to establish|used (?:for|to)|to support",
    "dispute": r"争议|纠纷|争端|诉讼|人民法院|仲裁|[Dd]isputes?|arbitration",
    "breach": r"违约|违反(?:本)?(?:协议|合同)|违反[^，。；]{0,6}约定|未(?:按"
    r"|能按)(?:照)?[^，。；]{0,10}约定|[Bb]reach|[Dd]efault",
    "effect": r"生效(?!后|之日|日|前|的|以后|之后|起|期间)|发生(?:法律)?效力|开始生效|生效条件"
    r"|起有效|起执行|起施行"
    r"|effective (?:upon|on|from|as of|after)|(?:come|enter|take)s? (?:into )?(?:force|effect)"
    r"|become effective|be effective",
    "receipt": r"票据|发票|收据|收条|[Rr]eceipt",
    "acceptance": r"清点|查验|点收|核验|当面核对|开箱|检验合格|验收(?!合格(?:之日|日|后)?起)"
    r"|accept(?:ance|ed) (?:test|inspection|procedure|by)|[Ii]nspect",
    "overseas_approval": r"(?:主管|登记|行政|有关|外事|港澳|教育|民政|公安|业务"
    r"|政府)[^，。；]{0,12}"
    r"(?:批准|备案|审批|报批|许可)|(?:境外捐赠|接受境外|接受捐赠|境外)[^。；]{0,24}(?:批准|备案"
    r"|审批|报批|许可)"
    r"|(?:履行|办理|完成)[^。；]{0,12}(?:批准|备案|审批|报批|许可)|(?:报"
    r"|经)[^，。；]{0,20}(?:部门|机关|政府|办公室)"
    r"[^，。；]{0,10}(?:批准|备案|同意)|approvals?|filings? with",
}
_UNTITLED: Final = re.compile(r"验收合格(?:之日|日)?起")
_MISSING: Final[Mapping[str, tuple[str, Sentence]]] = {
    "purpose": ("purpose_missing", say(N_("Say what the gift is for."))),
    "dispute": ("dispute_clause_missing", say(N_("Say how disputes are settled."))),
    "breach": ("breach_clause_missing", say(N_("Say what follows from a breach."))),
    "effect": ("effect_clause_missing", say(N_("Say when the agreement takes effect."))),
    "receipt": ("receipt_clause_missing", say(N_("Say that the donation receipt is issued."))),
    "acceptance": (
        "acceptance_missing",
        say(N_("Say who checks the goods, until when, and on which slip.")),
    ),
    "overseas_approval": (
        "overseas_approval_missing",
        say(N_("Say who obtains the approval or filing for a gift from abroad.")),
    ),
}
_NOT_GOODS: Final = re.compile("股权|股份|股票|专利|知识产权|著作权|房屋|房产|不动产")
_VAGUE: Final = re.compile(
    r"(?:用于|用途[为：:是]+|用作|用以)(?P<object>[^，。；,;]{0,24}?)(?:支持|促进|推动|发展)?"
    r"(?:事业(?:的)?(?:建设|发展)?|教育事业|公益事业|慈善事业|(?:建设|改革)(?:与|和|及)?发展"
    r"|发展(?:与|和)?建设|综合发展"
    r"|各项工作|相关工作|有关工作|相关支出|相关用途|其他用途|有关事项|相关事项|相关项目"
    r"|日常(?:开支|支出|运转)"
    r"|需要的(?:地方|方面)|(?:学校|学院|大学|校|院|教育"
    r"|基金会)(?:的)?发展)(?:等(?:方面)?)?\s*(?=[。；;，,]|$)"
)
_UNDECIDED: Final = re.compile(
    r"用途[^，。；]{0,8}(?:由[^，。；]{1,14})?(?:另行|届时|待|以后|后续)[^，。；]{0,8}(?:确定"
    r"|商定|约定|协商|明确)"
    r"|(?:用途|捐赠款项?|捐赠资金|捐款|资金)[^，。；]{0,6}由[^，。；]{1,12}(?:自行|自主|统筹|酌情"
    r"|根据(?:实际)?需要)"
    r"[^，。；]{0,8}(?:决定|安排|确定|使用|支配)"
)
_OPEN_END: Final = re.compile(  # told beside a definite purpose too: it opens that purpose again
    r"(?:用于|用途|以及|及|和|或者?|、|资助|支持)[^，。；、]{0,12}?(?:认为|觉得|视为|酌定)"
    r"(?:有|确有)?(?:需要|必要|合适|适当|适宜|合理|应当支持|值得支持)的[^，。；、]{0,8}?"
    r"(?:方面|用途|项目|活动|支出|开支|领域|地方|事项|事业|工作|事务|场合)"
)
_SPECIFIC: Final = re.compile(
    r"奖学金|助学金|奖教金|设备|楼|实验室|图书|课程|论坛|讲座|竞赛|交流|教席|讲席|名额|每人"
    r"|具体包括|包括[:：]"
    r"|创业|科研项目|景观|修缮|装修|非限定|不限定"
)
_REST: Final = re.compile("结余|余额|剩余|利息|收益")
_BASIS: Final = re.compile(
    r"(?<!无)(?<!开具)(?:购置|购买|采购|销售|进货)?发票(?:(?!。).{0,12}(?:为准|金额|价|依据|确定"
    r"|载明|复印件|原件))?"
    r"|市场(?:公允)?价|公允价值|评估|估值报告|报关单|采购合同|购销合同|实洋|成交价|购置价|账面"
    r"|第三方|(?<!捐赠)(?<!接受)(?<!领取)(?:凭证|凭据)"
)
_GIVER: Final = "(?:甲方|捐赠[人方]|赠与[人方]|捐方|捐助[人方]|捐书人)"
_OWN_VALUE: Final = re.compile(
    rf"(?:由|按照?|以|依照?|依据|根据|经|参照|参考|采用)?(?:{_GIVER}(?:与|和|及|、|同)[^，。；]{{1,12}}?|{_GIVER}|双方)"
    r"(?:自行|单方面?|自主|共同|协商|商议|口头|内部)*(?:提供的)?(?:确定|认定|估算|估价|评估|评定|判断|衡量|议定|商定"
    r"|申报|作价|报价|定价|估计|核定|计价)(?:价格|价值|金额)?"
    rf"|(?:由|按照?|以|依照?|依据|根据|参照|参考|采用){_GIVER}[^，。；]{{0,12}}?(?:认为|认可|估算|估价"
    r"|申报|作价|报价|定价|估计|核定|润格|售价|标价|价目|官网价|心理价|意见|经验|自述|印象|回忆|记忆|主张|自认)"
    r"[^，。；]{0,4}"
    r"|(?:价值|价格|估价|作价)[^，。；]{0,6}(?:凭经验|口头|自行|协商)(?:确定|估算|估计|认定|商定)"
)
_VALUE: Final = re.compile("价值|价格|金额|作价|估价|总价|合计|折合|计价")
_ISSUED: Final = re.compile("(?:开具|出具|开立|换开)[^，。；]{0,14}发票")  # for the gift, not of it
_PAPERS: Final = re.compile("发票|评估|凭证|凭据|合同|第三方|公允价值|市场价")
_FACE: Final = re.compile(
    r"码洋[^，。；\d人￥¥（(]{0,6}"
    r"|(?:按照?|以|依照?|依据|根据|参照)[^，。；]{0,12}?(?:定价|标价|零售价|吊牌价|目录价|官网价|挂牌价|出厂价"
    r"|指导价|原价)[^，。；]{0,6}"
)


def missing_clauses(draft: Draft) -> Iterator[Finding]:
    """What the kind of agreement asks for: little of a supplement; of shares nothing to unpack."""
    text = "\n".join(line.text for line in draft.paper.lines)
    asked = dict(draft.book.clauses.get(draft.facts.kind, {}))
    if _NOT_GOODS.search(draft.facts.title):
        asked.pop("acceptance", None)
    changing = draft.facts.kind in (Kind.SUPPLEMENTARY, Kind.TERMINATION)
    abroad = any(party.role == "donor" and party.overseas for party in draft.facts.parties)
    if abroad and not changing:  # the first agreement told it
        asked.setdefault("overseas_approval", Severity.WARNING)
    for clause, severity in asked.items():
        if clause in _MISSING and not _is_present(draft, clause, text):
            code, expect = _MISSING[clause]
            yield absent(code, severity, expect)


def purpose_vague(draft: Draft) -> Iterator[Finding]:
    """A purpose that could be anything, unless the paper says elsewhere what it is."""
    if draft.facts.kind in (Kind.SUPPLEMENTARY, Kind.TERMINATION):
        return
    body = [line for line in draft.paper.lines if line.number not in draft.anatomy.signing]
    specific = any(_SPECIFIC.search(line.text) for line in body)
    patterns = (_OPEN_END,) if specific else (_VAGUE, _UNDECIDED, _OPEN_END)
    for line in body:
        for match in (match for pattern in patterns for match in pattern.finditer(line.text)):
            first, last = sentence_of(line.text, *match.span())
            if _REST.search(line.text[first:last]) or is_forbidden(
                draft.paper, line, *match.span()
            ):  # fmt: skip
                continue
            expect = say(N_("Say the purpose so that its use can be checked."))
            yield found("purpose_vague", Severity.WARNING, line, match.span(), expect, sure=False)


def valuation_basis(draft: Draft) -> Iterator[Finding]:
    """Goods whose value rests on nobody's papers: the donor's own word, or the cover price."""
    if draft.facts.kind is not Kind.IN_KIND:
        return
    paper, grounded = draft.paper, False
    expect = say(N_("Base the value on invoices, a market price or an appraisal."))
    for line in paper.lines:
        for match in _OWN_VALUE.finditer(line.text):
            sentence = line.text[slice(*sentence_of(line.text, *match.span()))]
            asked = _VALUE.search(sentence) and not _PAPERS.search(match[0])
            if asked and not _BASIS.search(sentence.replace(match[0], "")):
                told = "证书" in sentence  # told as certificate_amount_risk
                if told or is_forbidden(paper, line, *match.span()):
                    continue
                grounded = True
                yield found("valuation_basis_missing", Severity.ERROR, line, match.span(), expect)
    if grounded or any(_BASIS.search(_ISSUED.sub("", line.text)) for line in paper.lines):
        return
    faces = [(line, match) for line in paper.lines for match in _FACE.finditer(line.text)]
    for line, match in faces[:1]:
        yield found(
            "valuation_basis_missing", Severity.WARNING, line, match.span(), expect, sure=False
        )
    if not faces and any(_VALUE.search(line.text) for line in paper.lines):
        yield absent("valuation_basis_missing", Severity.WARNING, expect)


def _is_present(draft: Draft, clause: str, text: str) -> bool:
    if clause == "purpose" and draft.facts.purpose:
        return True
    if clause == "acceptance":
        text = _UNTITLED.sub("", text)
    if clause == "overseas_approval":
        donor = labels(draft, "donor")
        text = re.sub(rf"(?:向|报){donor}[^，。；]{{0,8}}备案", "", text)
    return bool(re.search(_PRESENT[clause], text))
