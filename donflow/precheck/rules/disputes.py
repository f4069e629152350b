"""How disputes are to be settled: either a court or a named arbitration commission."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from donflow.errors import N_, say
from donflow.precheck.clauses import clause_of, found, hits
from donflow.precheck.draft import Draft
from donflow.precheck.findings import Finding, Severity
from donflow.precheck.paper import Line

_ARBITRATION: Final = re.compile(
    r"(?:提交|提请|申请|交由|向|由|通过|选择|采取)[^。；，,]{0,30}?仲裁(?!法|裁决|协议|条款|庭|费|员)[^，。；,]{0,10}"
    r"|仲裁解决|进行仲裁|可以?仲裁|依法仲裁"
)
_COURT: Final = re.compile(
    r"(?:向|由|提交|提请|至|交)?[^。；，,]{0,24}?(?:人民法院|法院)(?!院)[^，。；,]{0,10}|(?:提起|进行)?诉讼(?!法|时效|费)|起诉"
)
_AFTER_AWARD: Final = re.compile(
    "不得|不再|放弃|排除|强制执行|申请执行|撤销(?:仲裁)?裁决|撤销该裁决|财产保全|证据保全|劳动|除外|仲裁除"
)
_SHUT_OUT: Final = re.compile("不(?:采用|申请|通过|提交|选择|进行|约定|接受|适用)")
_NAMED: Final = re.compile(
    r"(?P<name>[\u4e00-\u9fff（）]{2,20}?)仲裁(?:委员会|院|中心)|贸仲|北仲|上仲|深国仲|CIETAC"
)
_NO_NAME: Final = re.compile(
    "有关|相关|当地|所在地|住所地|任何|任一|任意|某|各自|指定|约定的|管辖的?|具有|合法|[甲乙丙]方"
)
_TWO_COURTS: Final = re.compile(
    r"[甲乙丙]方(?:住所地|所在地)?(?:或者?|和|及|与|、|／|/)[乙甲丙]方[^，。；]{0,8}(?:住所地|所在地|当地)?[^，。；]{0,8}法院"
    r"|各自(?:住所地|所在地)[^，。；]{0,8}法院"
)
_REPLACED: Final = re.compile(  # the old words of a supplement
    r"[“「『][^”」』]{2,200}[”」』](?:的)?(?:表述|内容|约定|字样|条款|规定|一句|一段)?[，,]?(?:现|均|统一)?"
    r"(?:修改|变更|更改|调整|替换|修订|更正|改)(?:为|成)"
)
_OTHER_JUDGE: Final = re.compile(
    r"(?:争议|纠纷)[^。]{0,40}?(?:由|提交|报)(?P<who>[^，。；]{0,16}?(?:主管部门|教育局|教育厅|教育部|理事会|上级|校长|学校))[^，。；]{0,6}"
    r"(?:裁决|裁定|最终决定|仲裁)[^，。；]{0,8}"
)


def dispute_clause_invalid(draft: Draft) -> Iterator[Finding]:
    """Arbitration and court side by side, no commission named, or a judge that is none."""
    both = list(_either_or(draft))
    yield from both
    if not both:
        yield from _unnamed(draft)
    expect = say(N_("Name one court; where both may be meant, the first to sue chooses."))
    for line, match in hits(draft.paper, _TWO_COURTS):
        yield found(
            "dispute_clause_invalid", Severity.WARNING, line, match.span(), expect, sure=False
        )
    for line, match in hits(draft.paper, _OTHER_JUDGE):
        expect = say(N_("Only a court or an arbitration commission can decide a dispute."))
        yield found("dispute_clause_invalid", Severity.ERROR, line, match.span("who"), expect)


def _either_or(draft: Draft) -> Iterator[Finding]:
    """Both ways agreed, in one clause or in two: such an arbitration agreement is void."""
    arbitrations = [place for place in hits(draft.paper, _ARBITRATION) if _is_agreed(*place)]
    courts = [place for place in hits(draft.paper, _COURT) if _is_agreed(*place)]
    if not arbitrations or not courts:
        return
    line, arbitration = arbitrations[0]
    same = [match for other, match in courts if other.number == line.number]
    expect = say(N_("Choose: either the court, or one named arbitration commission."))
    if same:
        start = min(arbitration.start(), same[0].start())
        end = max(arbitration.end(), same[-1].end())
        yield found("dispute_clause_invalid", Severity.ERROR, line, (start, end), expect)
        return
    line, match = max(arbitrations[0], courts[-1], key=lambda place: place[0].number)
    yield found("dispute_clause_invalid", Severity.ERROR, line, match.span(), expect)


def _unnamed(draft: Draft) -> Iterator[Finding]:
    for line, match in hits(draft.paper, _ARBITRATION):
        if not _is_agreed(line, match) or re.search("[□☑☐☒]", line.text):
            continue
        names = list(_NAMED.finditer(line.text))
        if any(not named["name"] or not _NO_NAME.search(named["name"]) for named in names):
            continue
        expect = say(N_("Name the arbitration commission."))
        yield found("dispute_clause_invalid", Severity.ERROR, line, match.span(), expect)


def _is_agreed(line: Line, match: re.Match[str]) -> bool:
    """Whether this way is agreed, not shut out, and no option to tick."""
    if re.search("[□☐].*[□☐☑☒]|[☑☒].*[□☐]", line.text):
        return False
    if any(
        old.start() <= match.start() < old.end() for old in _REPLACED.finditer(line.text)
    ) or _REPLACED.search(match[0]):
        return False
    start = max((line.text.rfind(mark, 0, match.start()) for mark in "。；;"), default=-1) + 1
    stop = re.search("[。；;]", line.text[match.end() :])
    end = match.end() + stop.start() if stop else len(line.text)
    clause = line.text[clause_of(line.text, *match.span())[0] : match.end()]
    return not _AFTER_AWARD.search(line.text[start:end]) and not _SHUT_OUT.search(clause)
