"""Names given to funds, projects and buildings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from donflow.errors import N_, say
from donflow.precheck.clauses import HAN, found, hits, is_forbidden
from donflow.precheck.draft import Draft
from donflow.precheck.findings import Finding, Severity
from donflow.precheck.sums import is_english

_NAME: Final = re.compile(
    r"(?:名称|命名|冠名|设立|定名|项目名|成立|建立|设置|取名|题名)[^“”「」《》，。；]{0,12}"
    r"[“「《\"](?P<name>[^“”「」《》\"]{2,50})[”」》\"]"
)
_TOBACCO: Final = re.compile("烟草|香烟|卷烟|雪茄|烟叶|中烟|烟厂")
_COMMON: Final = frozenset({"实业", "集团", "公司", "有限", "科技", "教育", "基金", "大学", "中国"})
_BRAND: Final = re.compile(
    r"[“「『](?P<brand>[^“”「」『』]{2,8})[”」』](?:品?牌)?(?:的)?(?:系列)?(?:香烟|卷烟|烟草|雪茄|电子烟|烟)"
)
_FOREIGN: Final = re.compile(r"[A-Za-z]{2,}")
_DIGITS: Final = re.compile(r"\d+(?!\s*(?:级|届|年|周年|班|期|\d))")
_ENGLISH_NAME: Final = re.compile(
    r"[“\"](?P<name>[A-Z][^“”\"]{2,60}?(?:Scholarship|Fund|Award|Prize|Program(?:me)?|Project|Chair"
    r"|Fellowship|Grant|Building|Hall|Center|Centre|Plan|Endowment)s?)[”\"]"
)
_FOR_EVER: Final = re.compile(
    r"永久(?:性)?(?:冠名|命名)|(?:冠名|命名)[^，。；]{0,6}(?:永久|无限期|永不)"
)
_NAMED: Final = re.compile("冠名|命名为")
_ENDS: Final = re.compile(
    "(?:冠名|命名)[^。；]{0,20}(?:期限|终止|撤销|取消|停止|暂停|期满|变更|更名)|(?:终止|撤销|取消|停止|暂停)[^。；]{0,20}(?:冠名|命名)"
)


def naming_rule(draft: Draft) -> Iterator[Finding]:
    """Foreign letters or figures in a name; a name for ever; one without an end is only told."""
    chinese = draft.facts.language == "zh"
    seen: set[str] = set()
    for line, match in hits(draft.paper, _NAME):
        name = match["name"]
        if name in seen or (is_english(line.text) and not re.search(f"[{HAN}]", name)):
            continue
        seen.add(name)
        if _of_tobacco(draft, name) and not is_forbidden(draft.paper, line, *match.span()):
            expect = say(N_("No name may come from tobacco."))
            brand = _TOBACCO.search(name) or any(each in name for each in _brands(draft))
            severity = Severity.WARNING if brand else Severity.INFO
            yield found("naming_rule", severity, line, match.span("name"), expect, sure=False)
        elif (_FOREIGN.search(name) or _DIGITS.search(name)) and not name.endswith(
            ("协议", "合同")
        ):
            expect = say(
                N_("A name takes standard Chinese characters; foreign words only translate it.")
            )
            yield found(
                "naming_rule", Severity.WARNING, line, match.span("name"), expect, sure=False
            )
    for line, match in hits(draft.paper, _FOR_EVER):
        if not is_forbidden(draft.paper, line, *match.span()):
            expect = say(N_("Give the name a term, and say when it ends."))
            yield found("naming_rule", Severity.WARNING, line, match.span(), expect, sure=False)
            return
    if chinese and not any(hits(draft.paper, _ENDS)):
        for line, match in hits(draft.paper, _NAMED):
            expect = say(N_("Say for how long the name stands and when it ends."))
            yield found("naming_rule", Severity.INFO, line, match.span(), expect, sure=False)
            return


def _of_tobacco(draft: Draft, name: str) -> bool:
    """A name of tobacco itself, or one that a tobacco company lends its own."""
    if _TOBACCO.search(name):
        return True
    donors = [party.name for party in draft.facts.parties if party.role == "donor"]
    return any(
        name[at : at + 2] in donor
        for donor in donors
        if _TOBACCO.search(donor)
        for at in range(len(name) - 1)
        if name[at : at + 2] not in _COMMON
    )


def _brands(draft: Draft) -> set[str]:
    """The brands of tobacco that the paper names: “金叶”牌卷烟."""
    return {match["brand"] for _, match in hits(draft.paper, _BRAND)}


def foreign_words_in_name(draft: Draft) -> Iterator[Finding]:
    """The English name in a bilingual paper: it only translates the Chinese one."""
    if draft.facts.language == "zh":
        return
    for line, match in hits(draft.paper, _ENGLISH_NAME):
        expect = say(
            N_("The Chinese name follows the rules of naming; foreign words only translate it.")
        )
        yield found(
            "foreign_words_in_name", Severity.INFO, line, match.span("name"), expect, sure=False
        )
        return
