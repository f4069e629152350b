"""References to articles and annexes that are not there, or are about something else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from donflow.errors import N_, Sentence, say
from donflow.precheck.anatomy import Numbering
from donflow.precheck.dates import dates_of_line
from donflow.precheck.draft import Draft
from donflow.precheck.findings import Finding, Severity
from donflow.precheck.paper import Span
from donflow.precheck.references import (
    Reference,
    annex_references,
    annexes,
    decimal_references,
    own_references,
    top_units,
    unit_text,
)


def article_references(draft: Draft) -> Iterator[Finding]:
    """References to the paper's own articles that lead nowhere, or to another subject."""
    units = {unit.number: unit for unit in top_units(draft.anatomy)}
    if not units:
        return
    decimals = {u.label for u in draft.anatomy.units if u.numbering is Numbering.DECIMAL}
    for label, at in decimal_references(draft.paper, draft.anatomy):
        if decimals and label not in decimals:
            yield _finding(draft, at, say(N_("This paper has no article {number}."), number=label))
    twice = len(units) != len(top_units(draft.anatomy))
    for reference in own_references(draft.paper, draft.anatomy):
        if reference.number not in units:
            yield _finding(
                draft,
                reference.at,
                say(N_("This paper has no article {number}."), number=reference.number),
            )
            continue
        if twice:
            continue
        items = _items(draft, reference.number)
        if reference.item is not None and items and reference.item not in items:
            expected = say(
                N_("Article {number} has no item {item}."),
                number=reference.number,
                item=reference.item,
            )
            yield _finding(draft, reference.at, expected)
            continue
        other = _elsewhere(draft, reference)
        if other is not None:
            yield _finding(draft, reference.at, other)


def original_references(draft: Draft) -> Iterator[Finding]:
    """An earlier agreement told with two different days: the later mention is found."""
    told: dict[str, date] = {}
    for line in draft.paper.lines:
        for read in _DATED_TITLE.finditer(line.text) if "《" in line.text else ():
            inside = [
                each
                for each in dates_of_line(line)
                if each.value and read.start() <= each.at.start < read.end()
            ]
            title, day = read["title"] or read["behind"], inside[0].value if inside else None
            if day is not None and told.setdefault(title, day) != day:
                at = inside[0].at if read["title"] else Span(line.number, *read.span())
                yield _finding(draft, at, _other_day(told[title]))
    amends = draft.facts.amends
    if amends is None or amends.on is None:
        return
    for line in draft.paper.lines:
        if not draft.anatomy.in_body(line.number):
            continue
        for written in dates_of_line(line):
            behind = line.text[written.at.end : written.at.end + 16]
            means = re.match(
                r"(?:所)?(?:签订|签署|订立)(?:的|了)?(?:原协议|原合同|《([^》]+)》)", behind
            )
            is_same = means and (means[1] is None or means[1] == amends.title)
            if is_same and written.value and written.value != amends.on:
                yield _finding(draft, written.at, _other_day(amends.on))


def annex_mentions(draft: Draft) -> Iterator[Finding]:
    """Annexes that are mentioned and not there, or that are about something else."""
    present = annexes(draft.paper, draft.anatomy)
    mentions = annex_references(draft.paper, draft.anatomy)
    numbered = sorted(number for number in present if number is not None)
    if not present:
        cited = {each.number for each in mentions if each.number is not None}
        for each in mentions:
            if each.number is not None and each.number > 1 and each.number - 1 not in cited:
                yield _annex(
                    draft, each.at, say(N_("There is no annex {number}."), number=each.number)
                )
        return
    for each in mentions:
        if each.number is None:
            continue
        if not numbered and each.number > 1:
            expected = say(N_("There is no annex {number}."), number=each.number)
            yield _annex(draft, each.at, expected)
        elif numbered and each.number not in present:
            shown = "、".join(str(number) for number in numbered)
            expected = say(N_("The annexes at the end are: {numbers}."), numbers=shown)
            yield _annex(draft, each.at, expected)
        elif each.number in present:
            other = _annex_about(each.about, each.number, present)
            if other is not None:
                yield _annex(
                    draft, each.at, say(N_("What is meant is annex {number}."), number=other)
                )


def _items(draft: Draft, article: int) -> set[int]:
    """The numbers of an article's own items; empty where it has no list."""
    units = draft.anatomy.units
    return {
        unit.number
        for unit in units
        if unit.parent is not None
        and units[unit.parent] in top_units(draft.anatomy)
        and units[unit.parent].number == article
    }


def _elsewhere(draft: Draft, reference: Reference) -> Sentence | None:
    """Where a reference says what it is about, and only one other article is about that."""
    units = {unit.number: unit for unit in top_units(draft.anatomy)}
    target = units[reference.number]
    if target.first <= reference.at.line <= target.last:
        return None
    said = re.match(
        r"\s*(?:的)?(?:所)?(?:约定|规定|载明|列明|所列|所述|确定)?的?(?P<about>[^的]{2,12})",
        reference.words,
    )
    if said is None:
        return None
    for subject, told, heading in _SUBJECTS:
        if not re.match(rf"(?:[甲乙丙]方|各期|捐赠的?|双方|下列|时间|的)*{subject}", said["about"]):
            continue
        if re.search(told, unit_text(draft.paper, target)):
            return None
        right = [
            unit
            for unit in units.values()
            if re.search(heading, unit.heading)
            or (not unit.heading and re.search(told, unit_text(draft.paper, unit)))
        ]
        if len(right) == 1:
            return say(
                N_("Article {number} is not about that; article {other} is."),
                number=reference.number,
                other=right[0].number,
            )
        return None
    return None


def _annex_about(about: str, number: int, present: Mapping[int | None, str]) -> int | None:
    """The annex whose heading fits the words, where the one that is named does not fit."""
    words = re.sub(r"\s", "", about)
    if not words or not present.get(number):
        return None
    if _fits(words, present[number]):
        return None
    fitting = [other for other, heading in present.items() if heading and _fits(words, heading)]
    return fitting[0] if len(fitting) == 1 and fitting[0] != number else None


def _fits(words: str, heading: str) -> bool:
    plain = re.sub(r"[\s《》“”]", "", heading)
    if plain and (plain in words or words in plain):
        return True
    tail = words[-4:] if len(words) >= 4 else words
    return tail in plain


def _other_day(on: date) -> Sentence:
    return say(N_("Elsewhere the original agreement is dated {day}."), day=on)


def _finding(draft: Draft, at: Span, expected: Sentence) -> Finding:
    return Finding("reference_mismatch", Severity.ERROR, at.line, _quote(draft, at), expected)


def _annex(draft: Draft, at: Span, expected: Sentence) -> Finding:
    return Finding("annex_reference_mismatch", Severity.ERROR, at.line, _quote(draft, at), expected)


def _quote(draft: Draft, at: Span) -> str:
    """The reference with the word that leads to it: 见附件二, 本协议第九条."""
    text = draft.paper.by_number[at.line].text
    lead = re.search(
        r"(?:(?:详|参)?见|本(?:补充)?(?:协议|合同)|按照?|依照|根据|违反)$", text[: at.start]
    )
    return text[(lead.start() if lead else at.start) : at.end]


# 2024年3月15日签订的《…》, 《…》（2024年3月25日签订）.
_HAN: Final = "一二三四五六七八九十"
_DAY: Final = rf"[\d〇○零{_HAN}]{{2,4}}\s*年\s*[\d{_HAN}]{{1,3}}\s*月\s*[\d{_HAN}]{{1,3}}\s*日"
_DATED_TITLE: Final = re.compile(
    rf"{_DAY}\s*(?:所)?(?:签订|签署|订立)(?:的|了)?《(?P<title>[^》]+(?:协议|合同)[^》]*)》"
    rf"|《(?P<behind>[^》]+(?:协议|合同)[^》]*)》[（(]\s*{_DAY}\s*(?:签订|签署|订立)[^）)]{{0,4}}[）)]"
)
# The subject that a reference names, how an article tells it, and how one is headed.
_SUBJECTS: Final = (
    (
        r"(?:(?:支付|付款)?(?:时间|期限|日期)(?:和|与|及|、)(?:金额|数额|方式)|(?:金额|数额)(?:和|与|及|、)(?:时间|期限|日期))",
        r"[日月底]前|期次|(?:支付|付款|交付)(?:时间|期限)|汇[入至]|签[订署]后",
        r"支付|交付|付款",
    ),
    (
        r"(?:收款|捐赠|指定|银行)?(?:账户|账号)",
        r"账户|户\s*名|账\s*号|开户",
        r"账户|支付|交付|付款",
    ),
    (r"(?:捐赠|资金|使用)?用途", r"用途|用于|用以|设立|目的", r"用途|目的"),
    (r"违约(?:责任|金)?", r"违约|违反|未按|逾期", r"违约"),
    (r"争议(?:解决)?", r"争议|纠纷|仲裁|法院", r"争议|纠纷"),
    (r"验收", r"验收", r"验收"),
    (r"保密", r"保密|秘密|公开", r"保密"),
    (r"冠名|命名", r"冠名|命名|设立|名称|“", r"冠名|命名"),
    (r"管理费", r"管理费|费用|列支|提取", r"管理费|费用"),
    (r"(?:票据|开具)", r"票据|收据", r"票据"),
    (
        r"(?:支付|交付|付款|到账|缴付)(?:时间|期限|方式|义务|日期)|(?:期限|时间)(?:足额)?(?:支付|交付|付款)",
        r"支付|交付|汇入|汇至|付款|到账|日前|日内|送至|运抵",
        r"支付|交付|付款|到账",
    ),
    (
        r"(?:捐赠)?(?:金额|款项|数额|总额)|捐赠(?:款|财产)$",
        r"元|金额|财产|款|设备|图书|物",
        r"金额|财产|数额|捐赠内容|捐赠事项",
    ),
)
