"""Reads which of the sums in a paper is the gift's total, in figures and in words."""

from __future__ import annotations

import re
from typing import Final

from donflow.domain.halfwidth import halfwidth
from donflow.precheck.anatomy import Anatomy
from donflow.precheck.facts import Amount
from donflow.precheck.facts_items import cell_sum, item_tables, money_column
from donflow.precheck.paper import Paper
from donflow.precheck.sums import Figures, Sum, Words, is_english, sums
from donflow.precheck.tables import Table, total_row


def amount(paper: Paper, anatomy: Anatomy) -> Amount | None:
    """The total: of a supplement the new one; for goods the total of their list. None if unsaid."""
    total = total_sum(paper, anatomy)
    listed = _listed_total(paper)
    if total is None:
        return _amount(listed, None) if listed else None
    if listed and total.figures is None:
        return _amount(listed, total.words)
    return _amount(total.figures, total.words)


def total_sum(paper: Paper, anatomy: Anatomy) -> Sum | None:
    """The sum that reads most like the gift's total, None where none does."""
    found = [each for each in sums(paper) if _usable(each, paper)]
    if not found:
        return None
    scored = [(_score(each, paper, anatomy), index, each) for index, each in enumerate(found)]
    best = max(score for score, _, _ in scored)
    if best < 0:
        return next((each for each in found if _is_least(each, paper, anatomy)), None)
    close = [(index, each) for score, index, each in scored if score == best]
    # Of equals the larger, then the earlier: a total is never less than what it is made of.
    return max(close, key=lambda each: (each[1].value or 0, -each[0]))[1]


def _is_least(each: Sum, paper: Paper, anatomy: Anatomy) -> bool:
    """每年不低于人民币叁拾万元整: where there is no total, what each year has at least."""
    before, _ = around(each, paper)
    is_given = re.search(_GIFT, halfwidth(paper.by_number[each.line].text)[: each.at.start])
    is_formal = each.figures is None and each.words is not None and each.words.formal
    is_least = re.search(rf"{_EACH}(?:度)?[^。;,]{{0,10}}$", before) is not None
    return bool(is_given and is_formal and is_least and each.line not in anatomy.signing)


def is_part(each: Sum, paper: Paper) -> bool:
    """Whether the words beside a sum make it one of several: per year, per person."""
    before, after = around(each, paper)
    if re.match("用于|作为", after) and not re.search(_GIFT, before):
        return True
    return bool(re.search(_PART_BEFORE, before) or re.match(_PART_AFTER, after))


def around(each: Sum, paper: Paper) -> tuple[str, str]:
    """The words of the same clause before and behind a sum, half-width."""
    text, at = paper.by_number[each.line].text, each.at
    before = re.split("[;。]", halfwidth(text[max(0, at.start - _NEAR) : at.start]))[-1]
    after = re.split("[;。]", halfwidth(text[at.end : at.end + _NEAR]))[0]
    return re.split(r",(?![0-9]{3})", before)[-1][-40:], after.lstrip(")")[:24]


def _usable(each: Sum, paper: Paper) -> bool:
    if each.words is None and each.figures is None:
        return False
    return not is_english(paper.by_number[each.line].text) or _all_english(paper)


def _all_english(paper: Paper) -> bool:
    """English sums tell where no Chinese line has any: a bilingual paper is told in Chinese."""
    return all(is_english(paper.by_number[each.line].text) for each in sums(paper))


def _score(each: Sum, paper: Paper, anatomy: Anatomy) -> int:
    text = paper.by_number[each.line].text
    near = halfwidth(text[max(0, each.at.start - _NEAR) : each.at.start])
    sentence = re.split("[;。]", near)[-1]
    before, after = around(each, paper)
    score = 3 if each.words and each.figures else 1 if each.words and each.words.formal else 0
    if re.search(_TOTAL, before[-16:]):
        score += 5
    if re.search("(?:合计|共计|总计|总额)(?:为|是|人民币|[:(])*$", before):
        score += 3
    if re.search(_GIFT, before):
        score += 4
    elif re.search(_GIFT, sentence):
        score += 2
    if is_part(each, paper):
        score -= 8
    if re.search(_ASIDE, before) or re.match(_ASIDE_AFTER, after):
        score -= 6
    if re.search(_LATER, sentence):
        score -= 4
    if re.search("票据|证书|发票|收据", after) or re.search("[载注写标]明", before):
        score -= 6
    if re.search(_CHANGED, before) and re.search(_TOTAL, sentence):
        score += 6
    elif re.search("变更后|调整后|增加至|调整为|变更为", sentence) and re.search(_TOTAL, before):
        score += 1
    if re.search("(?:由|从|自)(?:原(?:来|定)?的?)?$", before) and re.match(_CHANGES, after):
        score -= 6
    if re.search("上述|前述|该笔|前款", before):  # told again, where it may be told wrongly
        score -= 1
    if any(each.line in annex for annex in anatomy.annexes):
        score -= 2
    if each.line in anatomy.signing:
        score -= 4
    return score


def _listed_total(paper: Paper) -> Figures | None:
    """The total of the first list of things, as its last row says it."""
    for table in item_tables(paper):
        found = stated_total(table)
        if found is not None:
            return found
    return None


def stated_total(table: Table) -> Figures | None:
    """The sum in a table's row of totals; merged cells may have moved it from its column."""
    column = money_column(table)
    if column is None:
        return None
    for row in table.rows[1:]:
        if not total_row(row):
            continue
        whole = len(row) == len(table.rows[0]) and re.search("[0-9]", row[column].text)
        cells = [row[column]] if whole else [cell for cell in row if re.search("[0-9]", cell.text)]
        value = cell_sum(table.heading[column], cells[-1]) if cells else None
        if value is not None:
            return Figures(cells[-1].at, cells[-1].text, value, "")
    return None


def _amount(figures: Figures | None, words: Words | None) -> Amount:
    named = (part.currency for part in (words, figures) if part and part.currency)
    return Amount(
        currency=next(named, "CNY"),
        figures=figures.value if figures else None,
        words_value=words.value if words else None,
        figures_at=figures.at if figures else None,
        words_at=words.at if words else None,
    )


_NEAR: Final = 200  # no clause that matters is longer
_TOTAL: Final = (
    "共计|合计|总计|总额|总金额|总价|总价值|价值|累计|捐赠金额|捐赠总|协议金额|(?<!不)共(?!同)|"
    "in total|total|捐赠数额|"
    "金额为|大写|捐赠资金"
)
_GIFT: Final = (
    "捐赠|赠与|捐献|捐资|捐款|捐出|出资|认捐|资助|捐建|赞助|捐给|赠予|捐助|donate|gift|contribut"
)
_CHANGES: Final = (
    r"\)?\s*(?:的)?\s*(?:增加|增至|变更|调整|修改|减少|减至|追加|提高|改|上调|下调|增|降)"
)
_CHANGED: Final = (
    "(?:(?:增加|变更|调整|修改|减少|追加|提高|上调|下调|改|更改|更正|降低)(?:为|至|到|成)|"
    "增至|增为|减至|减为)$"
)
_EACH: Final = "每(?:一)?(?:年|学年|期|人|名|位|生|学期|月|次|套|台|册|件|届|季度|个|班|项)"
_PART_BEFORE: Final = (
    rf"{_EACH}(?!金额共计)|第[一二三四五六七八九十0-9]+(?:期|次|笔|批|年|阶段)|首期|首付|首笔|"
    rf"首批|末期|尾款|余款|"
    "剩余|其余|二期|人均|年均|年度|单价|其中|一等奖|二等奖|三等奖|特等奖|[一二三]等|奖励|标准|"
    "20[0-9]{2}年(?:度|支付|捐赠)?[:]?$|分别|各"
)
_PART_AFTER: Final = (
    r"\s*(?:[/每](?:人|年|学年|生|名|期|位|月|册|套|台|件|个|学期)|以上|以下|以内|起(?!分)|each|"
    r"per|a year)"
)
_ASIDE: Final = (
    "约合|相当于|运费|运输费|手续费|保险|管理费|不超过|不低于|不少于|不得低于|不得超过|至少|最高|上限|下限|"
    "已经?(?:支付|付|到账|捐|汇|交)|"
    "曾|此前|折合|等值|违约金|滞纳|注册资本|预算|余额|结余|利息|收益|另行|退还|返还|超过|达到|满|"
    "工本费|冠名费|项目总"
    "|收到|到账|低于|实缴|营业额|罚款|赔偿"
)
_ASIDE_AFTER: Final = r"\s*(?:以上|以下|以内|左右的|的?(?:管理费|手续费|运费|违约金))"
_LATER: Final = "票据|证书|发票|收据|原协议第|违约"
