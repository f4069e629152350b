"""Reads how the gift is to be handed over: at once, in instalments, or as goods delivered."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from decimal import Decimal
from typing import Final

from donflow.domain.halfwidth import halfwidth
from donflow.precheck.anatomy import Anatomy
from donflow.precheck.dates import Deadline, deadline
from donflow.precheck.facts import Amount, Instalment
from donflow.precheck.facts_instalments import listed_instalments
from donflow.precheck.instalments_by_sum import instalments_by_sum
from donflow.precheck.numerals import NUMERAL, whole_number
from donflow.precheck.paper import Line, Paper, Span
from donflow.precheck.sums import is_english, sums_of_line


def payment(
    paper: Paper, anatomy: Anatomy, amount: Amount | None, *, in_kind: bool
) -> tuple[str, tuple[Instalment, ...]]:
    """The mode (`lump`, `instalments`, `delivery`) and the instalments, without those unsaid.

    A yearly payment is told year by year. A lump without a deadline has no instalment.
    """
    total = None if amount is None else amount.figures or amount.words_value
    if not in_kind:
        found = listed_instalments(paper, anatomy, total)
        if not found and any(_is_share_of_income(line) for line in paper.lines):
            return "instalments", ()
        found = found or yearly(paper, anatomy, total) or instalments_by_sum(paper, anatomy, total)
        if found:
            return "instalments", found
    mode = "delivery" if in_kind else "lump"
    handed_over = _handed_over(paper, anatomy, in_kind=in_kind)
    if handed_over is None:
        return mode, ()
    line, start, found_deadline = handed_over
    at = Span(line.number, start + found_deadline.start, start + found_deadline.end)
    due = found_deadline.due
    value = None if in_kind else _rest(line, start) or total
    return mode, (Instalment(1, value, due, found_deadline.raw, at),)


def was_in_instalments(text: str) -> bool:
    """Whether a paper that ends a gift speaks of its years or instalments."""
    return re.search(_IN_SEVERAL, halfwidth(text)) is not None


def _is_share_of_income(line: Line) -> bool:
    """每年按净利润的1%捐赠: neither the sums nor the years' payments can be told beforehand."""
    return any(
        re.search(_INCOME, said)
        and re.search(_EACH_YEAR, said)
        and re.search("捐赠|捐出|捐款", said)
        for said in re.split("[。;；]", line.text)
    )


def _rest(line: Line, start: int) -> Decimal | None:
    """余款，计人民币捌拾万元整: the payment is of the sum that its own sentence calls the rest."""
    said = re.split("[。；]", line.text[start:])[0]
    written = sums_of_line(Line(0, said))
    is_rest = re.search("余款|余额|剩余|尾款|其余|追加", said) is not None
    return written[0].value if is_rest and len(written) == 1 else None


def yearly(paper: Paper, anatomy: Anatomy, total: Decimal | None) -> tuple[Instalment, ...]:
    """每年9月30日前 for as many years as the paper says, from the year that it says."""
    body = [line for line in _body(paper, anatomy) if not is_english(line.text)]
    text = "\n".join(halfwidth(line.text) for line in body)
    sentences = [each for line in body for each in _yearly_sentences(line)]
    if not sentences:
        return ()
    # A sentence with a day is worth more than one that only says how much.
    dated_first = sorted(sentences, key=lambda each: not re.search("[月底末]", _said(each)))
    line, start, end = dated_first[0]
    each_year = _sum_each_year(body)
    first, count, other = _years(text)
    if each_year and total and count and other and each_year * other == total != each_year * count:
        count = other
    if count is None and each_year and total and total % each_year == 0:
        count = int(total / each_year)
    if count is None or not 1 < count <= 50:
        return ()
    if each_year is None and total is not None:
        each_year = (total / count).quantize(Decimal("0.01"))
    said = line.text[start:end]
    day = deadline(said)
    if day is not None and not day.due.startswith("--"):
        # 2025年10月31日前支付首期，此后每年10月31日前: the first year is that of the first day.
        first = int(day.due[:4]) if day.due[:4].isdigit() and first is None else first
        later = deadline(said[day.end :])
        day = later if later is not None and later.due.startswith("--") else day
    at = Span(line.number, start, end)
    dated = day is not None and day.due.startswith("--") and first is not None
    return tuple(
        Instalment(
            no=index + 1,
            amount=each_year,
            due=_in_year((first or 0) + index, day) if dated and day else "",
            raw=day.raw if day else said,
            at=at,
        )
        for index in range(count)
    )


def _in_year(year: int, day: Deadline) -> str:
    """That day in one year; 29 February is the 28th where there is none."""
    month, number = (int(each) for each in day.due.removeprefix("--").split("-"))
    return date(year, month, min(number, monthrange(year, month)[1])).isoformat()


def _yearly_sentences(line: Line) -> list[tuple[Line, int, int]]:
    """Where a line says that the donor pays each year."""
    found = []
    for read in re.finditer("[^。;；]+", line.text):
        said = halfwidth(read[0])
        if not re.search(_EACH_YEAR, said) or re.search(NOT_PAYING, said):
            continue
        if re.search(_PAYING, said) or re.search(r"捐赠(?:人民币|[0-9￥¥]|[壹-玖]|[一-九])", said):
            found.append((line, read.start(), read.end()))
    return found


def _said(sentence: tuple[Line, int, int]) -> str:
    line, start, end = sentence
    return line.text[start:end]


def _sum_each_year(body: list[Line]) -> Decimal | None:
    for line in body:
        for each in sums_of_line(line):
            before = halfwidth(line.text[max(0, each.at.start - 40) : each.at.start])
            after = halfwidth(line.text[each.at.end : each.at.end + 8])
            if re.search(rf"{_EACH_YEAR}[^。;,]{{0,12}}$", before) and not re.search(
                NOT_PAYING, before[-30:]
            ):
                return each.value
            if re.match(r"\)?\s*[/每]年", after):
                return each.value
    return None


def _years(text: str) -> tuple[int | None, int | None, int | None]:
    """The first year, for how many years, and for how many others say.

    What a name or the agreement lasts is another.
    """
    sentences = [each for each in re.split("[。;\n]", text) if not re.search(_OTHER_TERM, each)]
    spreads = [spread for each in sentences for spread in re.finditer(_FROM_TO, each)]
    counts = [read for each in sentences for read in re.finditer(_FOR_YEARS, each)]
    counts = counts or [
        read for each in sentences if once_a_year(each) for read in re.finditer(_IN_PARTS, each)
    ]
    number = whole_number(counts[0]["years"]) if counts else None
    if spreads:
        first, last = int(spreads[0]["first"]), int(spreads[0]["last"])
        return first, last - first + 1, number
    begins = [read for each in sentences for read in re.finditer(_BEGINS, each)]
    return int(begins[0][1] or begins[0][2]) if begins else None, number, None


def once_a_year(sentence: str) -> bool:
    """Whether each year has one payment, so that instalments are as many as the years."""
    return bool(re.search("每年", sentence)) and not re.search(_SEVERAL_A_YEAR, sentence)


def _handed_over(
    paper: Paper, anatomy: Anatomy, *, in_kind: bool
) -> tuple[Line, int, Deadline] | None:
    """The first sentence that sets a day for handing the gift over."""
    best: tuple[int, int, Line, int, Deadline] | None = None
    for order, line in enumerate(_body(paper, anatomy)):
        for read in re.finditer("[^。；]+", line.text):
            said = halfwidth(read[0])
            found = deadline(read[0], years=False)
            if found is None:
                continue
            score = _score(said, found, in_kind=in_kind)
            if score < 3:
                continue
            if best is None or score > best[0]:
                best = (score, order, line, read.start(), found)
    return None if best is None else (best[2], best[3], best[4])


def _score(said: str, day: Deadline, *, in_kind: bool) -> int:
    """What follows the paying may speak of other things: …汇入乙方账户，用于发放奖学金."""
    paying = DELIVERING if in_kind else PAYING
    verbs = [read for read in re.finditer(paying, said) if read.start() >= day.start]
    told = said[: verbs[0].end() + 6] if verbs else said
    score = 0
    if re.search(paying, said) or re.search(_LABELS, said):
        score += 3
    if re.search(
        "甲方|捐赠人|捐赠方|赠与人|赠与方|捐款人|Donor|捐赠款|捐款|款项|资金|实物|设备|图书", said
    ):
        score += 1
    if re.search(NOT_DELIVERING if in_kind else NOT_PAYING, told):
        score -= 5
    return score


def _body(paper: Paper, anatomy: Anatomy) -> list[Line]:
    return [line for line in paper.lines if line.number not in anatomy.signing]


PAYING: Final = (
    "汇入|汇出|汇至|汇到|汇付|汇款|电汇|支付|付至|付清|付给|转入|转至|转账|划转|划入|划至|划拨|打入|"
    "存入|缴付|缴清|缴纳|缴至|到账|到帐|到位|到达|汇总(?:至|转|汇|到)|汇给|汇往|打到|打至|打款|捐付|完成(?:本次|全部)?(?:捐款|支付|付款|汇款)|付到|转到|拨至|"
    "拨付|拨入|交付|移交|交接|运抵|运至|运送|送至|送达|送到|交至|交给|发运|付款|履行|捐赠完毕|"
    "完成捐赠|足额捐|remit|pay|deliver|"
    "transfer"
)
_PAYING: Final = re.compile(PAYING)
DELIVERING: Final = (
    PAYING + "|交割|过户|变更登记|登记手续|办理|授权激活|激活|部署|开通|安装|调试|送|运|"
    "就位|进场|栽植|种植|"
    "落成|交钥匙|上线|点交|提供"
)
"""Things are handed over in more ways than money: shares by register, software by licence."""
_LABELS: Final = (
    "(?:交付|支付|付款|捐赠|到账|汇款|捐款|移交|履行|缴付|交割|送达)(?:的)?(?:时间|期限|日期)"
)
NOT_PAYING: Final = (
    "票据|收据|证书|反馈|报告|使用情况|公示|逾期|催告|评选|归还|退还|返还|奖励|发放|颁发|"
    "资助标准|质保|保修|收到|违约金|授权|"
    "通报|结算|决算|开工|竣工|审计|名单|管理费|结余|receipt|report|争议|利息|通知之日|不再|终止|解除"
)
NOT_DELIVERING: Final = (
    NOT_PAYING.replace("授权|", "")
    + "|验收|入账|开具|清点|培训|维修|展出|展览|编目|评估|举行|公示|更换|退回|补正"
)
_IN_SEVERAL: Final = (
    rf"每年(?:捐赠|支付|资助|捐款)|分\s*{NUMERAL}\s*(?:期|次|年|笔|批)|[一二三四五六七八九十两][期笔](?!间|限)|"
    r"第[一二三四五六七八九十](?:期|笔)|各期|每期|剩余期"
)
_INCOME: Final = (
    "(?:利润|营业收入|销售收入|销售额|营业额|营收|流水)的?"
    "(?:[0-9０-９.]+[%％]|百分之|千分之|一定比例)"
)
_EACH_YEAR: Final = "每年(?!度?(?:评|奖|资助|报|向甲|通))|每个?(?:自然)?年度|逐年|按年"
_OTHER_TERM: Final = "冠名|有效期|命名|反馈|报告|保修|使用期|收益"
_SEVERAL_A_YEAR: Final = (
    r"每年[^。;,，]{0,16}?[两二三四五六七八九十2-9]\s*(?:期|次|笔|批)|每年(?:等额)?分"
    "|每半年|每个?季度|每个?月|按月|按季"
)
_IN_PARTS: Final = rf"(?:共|分(?:为|成|作)?)\s*(?P<years>{NUMERAL})\s*(?:期|次|笔|批)"
_BEGINS: Final = (
    r"(?<![0-9])([0-9]{4})\s*年(?:[0-9]{1,2}月(?:[0-9]{1,2}日)?)?\s*(?:度|学年)?(?:起|开始)"
    r"|首(?:次|期|笔|年)[^。;,0-9]{0,8}(20[0-9]{2})\s*年"
)
_FROM_TO: Final = (
    r"(?P<first>20[0-9]{2})\s*年?\s*(?:度|学年)?(?:[0-9]{1,2}月)?\s*(?:起)?(?:至|到|—+|-+|–|~|"
    r"～)\s*"
    r"(?P<last>20[0-9]{2})\s*(?:年|学年)(?!\s*[0-9]{1,2}\s*月)"
)
_FOR_YEARS: Final = (
    rf"(?:为期|连续|分|共|持续|期限为?|年限为?|合作期)\s*(?:捐赠|资助|支付)?\s*(?P<years>{NUMERAL})"
    r"\s*(?:\([0-9]+\))?\s*(?:个年度|个?(?:学年度?|年(?![度级前])))"
)
