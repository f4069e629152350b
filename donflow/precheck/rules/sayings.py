"""What a sentence says of a matter on which an agreement can speak only one way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from donflow.domain.halfwidth import halfwidth
from donflow.precheck.clauses import clause_of, is_forbidden, sentence_of
from donflow.precheck.draft import Draft
from donflow.precheck.numerals import NUMERAL, whole_number
from donflow.precheck.paper import Line
from donflow.precheck.sums import sums_of_line

ENDLESS: Final = 10**12


@dataclass(frozen=True)
class Saying:
    """One answer to one question (`matter`) about some things (`about`; empty for all of them).

    The answer is one of some words, or, where there are none, a number from `least` to `most`.
    """

    matter: str
    line: Line
    at: tuple[int, int]
    about: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    least: int = 0
    most: int = 0

    def denies(self, other: Saying) -> bool:
        """Whether both cannot be true."""
        if self.matter != other.matter:
            return False
        if self.about and other.about and not self.about & other.about:
            return False
        if self.words or other.words:
            return not self.words & other.words
        return self.most < other.least or other.most < self.least


class Parties:
    """How a text calls its parties, as a pattern, and which of them a calling means."""

    def __init__(self, draft: Draft) -> None:
        callings: dict[str, str] = {}
        for party in draft.facts.parties:
            told = (party.label, party.name, *_ROLES.get(party.role, ()))
            callings |= {word: party.label or party.name for word in told if word}
        for letter in "甲乙丙丁":
            callings.setdefault(f"{letter}方", f"{letter}方")
        self._callings = callings
        words = sorted(map(re.escape, callings), key=len, reverse=True)
        one = f"(?:{'|'.join(words)})"
        self.pattern = f"{one}(?:[、和与及]{one})*"
        self._one = re.compile(one)

    def meant(self, words: str) -> frozenset[str]:
        """The parties that words name."""
        return frozenset(self._callings[word] for word in self._one.findall(words))


def chinese_lines(draft: Draft, *words: str) -> Iterator[Line]:
    """The lines with one of these words, without the place for signatures."""
    for line in draft.paper.lines:
        if any(word in line.text for word in words) and line.number not in draft.anatomy.signing:
            yield line


def sentence(line: Line, match: re.Match[str]) -> str:
    """The sentence that holds a match."""
    return line.text[slice(*sentence_of(line.text, *match.span()))]


def ownership(draft: Draft) -> Iterator[Saying]:
    """Whose something is."""
    parties = Parties(draft)
    pattern = re.compile(
        r"(?P<right>所有权|产权|使用权|著作权|版权|归)[^，。；]{0,14}?"
        rf"(?:(?<=归)|归属?于?|属于?|转移至|转移给|转归|移转至)(?P<who>{parties.pattern})(?P<own>所有)?"
    )
    for line in chinese_lines(draft, "归", "属", "转移", "移转"):
        for match in pattern.finditer(line.text):
            said = sentence(line, match)
            if match["right"] == "归" and not match["own"]:
                continue
            if _WHEN.search(said) or is_forbidden(draft.paper, line, *match.span()):
                continue
            right = _RIGHTS.get(match["right"], "所有权")
            if line.text[: match.start()].endswith("知识"):
                right = "知识产权"
            firsts = [part(line.text, *match.span())[0] for part in (clause_of, sentence_of)]
            things = [_pairs(line.text[first : match.start()]) for first in firsts]
            about = things[0] or things[1]
            yield Saying(
                right,
                line,
                clause_of(line.text, *match.span()),
                about,
                parties.meant(match["who"]),
            )


def costs(draft: Draft) -> Iterator[Saying]:
    """Who bears what a thing costs, by the work that it pays."""
    parties = Parties(draft)
    who = parties.pattern
    pattern = re.compile(
        rf"(?:费用?|税费|税款|开支|运费)[^，。；由]{{0,6}}由(?P<who>{who})[^，。；]{{0,4}}?"
        r"(?:承担|负担|支付|自理|负责)"
        rf"|(?:^|[，。；\s、）)])(?P<bearer>{who})(?:应当?|须|负责|自行)*(?:承担|负担|支付)"
        r"[^，。；]{0,20}?(?:费用?|税费|运费)"
    )
    for line in chinese_lines(draft, "费", "税", "开支"):
        for match in pattern.finditer(line.text):
            said = sentence(line, match)
            if _WHEN.search(said) or is_forbidden(draft.paper, line, *match.span()):
                continue
            clause = clause_of(line.text, *match.span())
            about = _works(line.text[slice(*clause)])
            if not about:
                first = sentence_of(line.text, *match.span())[0]
                about = _works(line.text[first : clause[1]])
            if about:
                words = parties.meant(match["who"] or match["bearer"])
                yield Saying("费用", line, clause, about, words)


def deeds(draft: Draft) -> Iterator[Saying]:
    """Who does what only one can do: choose the winners, keep the goods."""
    parties = Parties(draft)
    pattern = re.compile(
        rf"由(?P<who>{parties.pattern})(?:负责|进行|统一|具体|组织|负责组织){{0,2}}(?P<deed>评选|评审|遴选|保管)"
    )
    for line in chinese_lines(draft, "由"):
        for match in pattern.finditer(line.text):
            if not _WHEN.search(sentence(line, match)):
                yield Saying(match["deed"], line, match.span(), words=parties.meant(match["who"]))


def courts(draft: Draft) -> Iterator[Saying]:
    """Before whose court a dispute comes."""
    parties = Parties(draft)
    pattern = re.compile(
        rf"(?:向|由|提交|至)(?P<who>{parties.pattern})(?:住所地|所在地|注册地)[^，。；]{{0,10}}法院"
    )
    for line in chinese_lines(draft, "法院"):
        for match in pattern.finditer(line.text):
            yield Saying("法院", line, match.span(), words=parties.meant(match["who"]))


def beginnings(draft: Draft) -> Iterator[Saying]:
    """What makes the agreement begin: signing, payment, approval."""
    for line in chinese_lines(draft, "生效"):
        for match in _BEGINS.finditer(line.text):
            words = frozenset(name for name, sign in _EVENTS if re.search(sign, match["when"]))
            if words and not re.search("变更|修改|补充|附件|解除|终止", sentence(line, match)):
                yield Saying("生效", line, match.span(), words=words)


def counts(draft: Draft) -> Iterator[Saying]:
    """How many are chosen, how many times a thing is done, and what each one gets."""
    for line in chinese_lines(draft, "名", "人", "位", "场", "次", "项", "篇", "讲", "时"):
        text = halfwidth(line.text)
        for match in _COUNT.finditer(text):
            clause = clause_of(line.text, *match.span())
            said = sentence(line, match)
            number = whole_number(match["n"])
            if number is None or re.search(r"其中|分别|各\d|不等|第", line.text[slice(*clause)]):
                continue
            bound, unit = _bound(match), match["unit"].replace("位", "名").replace("人", "名")
            every = _EVERY.findall(line.text[slice(*clause)])
            scope = "".join(sorted({*every} - {"每名", "每人", "每位"}))
            chosen = _CHOSEN.search(line.text[clause[0] : match.end()])
            if unit == "名" and chosen:
                who = "、".join(sorted(set(_WHO.findall(said))))
                about = frozenset({f"{scope}|{who}"})
                yield Saying("名额", line, clause, about, frozenset(), *_range(bound, number))
            elif bound and unit != "名":
                about = _pairs(said[: said.find(match[0]) if match[0] in said else len(said)])
                if about:
                    least, most = _range(bound, number)
                    matter = f"次数{unit}{scope}"
                    yield Saying(matter, line, clause, about, least=least, most=most)
        for match in _EACH.finditer(text):
            value = whole_number(match["n"])
            if value is not None:
                value *= 10_000 if match["scale"] else 1
                clause = clause_of(line.text, *match.span())
                who = "、".join(sorted(set(_WHO.findall(sentence(line, match)))))
                about = frozenset({f"{match['per']}|{who}"})
                bound = _bound(match)
                yield Saying("标准", line, clause, about, frozenset(), *_range(bound, value))


def terms(draft: Draft) -> Iterator[Saying]:
    """How long the agreement stands, and how long the name."""
    for line in chinese_lines(draft, "年"):
        text = halfwidth(line.text)
        for match in _TERM.finditer(text):
            years = whole_number(match["years"])
            if years is not None:
                matter = "冠名期限" if match["what"][0] in "冠命" else "有效期"
                yield Saying(matter, line, match.span(), least=years, most=years)
        for match in _TERM_BY_DATES.finditer(text):
            first, last = int(match["first"]), int(match["last"])
            span = (last - first) * 12 + int(match["month2"] or 12) - int(match["month"] or 1)
            least, most = max(span - 1, 0) // 12, -(-(span + 1) // 12)
            yield Saying("有效期", line, match.span(), least=least, most=most)


def deadlines(draft: Draft) -> Iterator[Saying]:
    """Within how many days the receipt is issued, or the whole gift is paid."""
    in_parts = draft.facts.payment_mode == "instalments" or len(draft.facts.instalments) > 1
    for line in chinese_lines(draft, "内", "前"):
        text = halfwidth(line.text)
        for match in _WITHIN.finditer(text):
            number = whole_number(match["n"])
            paid = match["deed"] not in ("票据", "收据")
            if number is None or (
                paid and (in_parts or re.search("首|第|余|尾|逾期|催", match[0]))
            ):
                continue
            base = "签" if re.search("签", match["base"]) else "生效" if paid else "到账"
            matter = f"{'支付' if paid else '票据'}{base}{match['unit']}"
            yield Saying(matter, line, match.span(), least=number, most=number)
        if in_parts:
            continue
        for match in _PAID_BY.finditer(text):
            day = "-".join(match.group("year", "month", "day"))
            if not re.search("首|第|余款|尾款|期|分", match[0]):
                yield Saying("支付日", line, match.span(), words=frozenset({day}))


def interest(draft: Draft) -> Iterator[Saying]:
    """Whether a loan out of the gift bears interest."""
    lending = any(_LENDING.search(line.text) for line in draft.paper.lines)
    for line in chinese_lines(draft, "息") if lending else ():
        for word, pattern in (("无息", _FREE_OF_INTEREST), ("有息", _BEARING_INTEREST)):
            for match in pattern.finditer(line.text):
                late = _WHEN.search(sentence(line, match)) and word == "有息"
                if not late and not is_forbidden(draft.paper, line, match.start(), match.start()):
                    at = clause_of(line.text, *match.span())
                    yield Saying("借款利息", line, at, words=frozenset({word}))


def least_gifts(draft: Draft) -> Iterator[Saying]:
    """How much the donor gives each year at the least."""
    for line in chinese_lines(draft, "元"):
        for each in sums_of_line(line):
            at = clause_of(line.text, each.at.start, each.at.end)
            before = line.text[at[0] : each.at.start]
            first, last = sentence_of(line.text, each.at.start, each.at.end)
            said = line.text[first:last]
            if each.value is None or not _AT_LEAST.search(before):
                continue
            if _YEARLY.search(said) and _GIVING.search(said) and not _PARTLY.search(said):
                yield Saying("每年捐赠下限", line, at, words=frozenset({str(each.value)}))


def _bound(match: re.Match[str]) -> str:
    told = (match["op"] or "") + (match["tail"] or "")
    if re.search("不少|不低|至少|以上|不得少|不得低|起码", told):
        return "least"
    return "most" if re.search("不超|不多|不高|至多|最多|以内|以下|不得超|不得多", told) else ""


def _range(bound: str, number: int) -> tuple[int, int]:
    return {"least": (number, ENDLESS), "most": (0, number)}.get(bound, (number, number))


def _pairs(words: str) -> frozenset[str]:
    """What words are about: each two characters beside each other that say something."""
    bare = _EMPTY.sub(" ", words)
    return frozenset(piece[at : at + 2] for piece in bare.split() for at in range(len(piece) - 1))


def _works(words: str) -> frozenset[str]:
    bare = re.sub(
        "(?:登记|运输|安装|调试|验收|交付|过户)[^，。；]{0,2}(?:后|前|之日|合格|完毕)", "", words
    )
    return frozenset(_WORK.findall(bare))


_ROLES: Final = {
    "donor": ("捐赠人", "捐赠方", "赠与人", "赠与方"),
    "recipient": ("受赠人", "受赠方"),
    "beneficiary": ("受益人", "受益方"),
}
_RIGHTS: Final = {"所有权": "所有权", "产权": "所有权", "归": "所有权", "使用权": "使用权",
                  "著作权": "著作权", "版权": "著作权"}  # fmt: skip
_WHEN: Final = re.compile(
    "如(?!下|期)|若|倘|一旦|逾期|违反|违约|除外|特殊情况|例外|否则|解除|终止|撤销|期满|届满|之前|以前"
    "|[付收装]前|期间|期内|期外|以外|后续|超出|超过|因[^，。；]{1,16}[，的]|原因|过错|不足"
)
_WORK: Final = re.compile(
    "登记|运输|安装|调试|保险|评估|公证|办理|拆除|维护|维修|培训|鉴定|邮寄|仓储|审计|过户|变更|装卸|报关"
    "|清关|制作|设计|施工|布展|印刷|差旅|汇款|转账"
)
_EMPTY: Final = re.compile(
    "所有权|产权|使用权|著作权|版权|捐赠|赠与|本协议|协议|[甲乙丙丁]方|双方|三方|每年|以及|不少于|不超过"
    "|负责|用于|进行|[^\u4e00-\u9fff]|[的之和与及在其该本由自将为归不]"
)
_LENDING: Final = re.compile("借款|贷款|出借|借给|周转金|借用款")
_FREE_OF_INTEREST: Final = re.compile(
    "无息|免息|零利率|不计(?:收|取|付|算)?利?息|不(?:收取?|支付|需支付|必支付|加收|付)利息|免(?:收|除|付)利息"
)
_BEARING_INTEREST: Final = re.compile(
    r"(?:年|月|日)?利率[^，。；]{0,12}?(?:支付|计收|收取|计付|计算|缴纳|归还|偿付)[^，。；]{0,4}利?息"
    r"|(?:借款人|学生|借款学生)[^，。；不无]{0,12}?(?:支付|缴纳|偿付|交纳)[^，。；不无]{0,6}利息"
)
_AT_LEAST: Final = re.compile(r"(?:不得?[低少]于|至少|最低|不少于)[^，。；\d]{0,8}$")
_YEARLY: Final = re.compile("每一?年|每个?年度|当年|年度|逐年|各年")
_GIVING: Final = re.compile("捐赠|捐款|捐资")
_PARTLY: Final = re.compile(
    "每[名人位项个所]|首年|首期|第[一二三四五六七八九十]|此后|其后|以后|之后|起每年|递增|奖|资助|管理费|支出|使用|用于"
)
_BEGINS: Final = re.compile(
    r"(?:本?协议|本?合同|本?契约)(?!生效)[^。；，]{0,8}?[自在于经待以须]?(?P<when>[^。；]{2,40}?)"
    r"(?:之日|之时|当日|日|后|时)?(?:起|即|方|方可|始|才|正式|开始|且)*(?:成立(?:并|且))?生效(?!之|后|日|前|的|起|以)"
)
_EVENTS: Final = (
    ("签", "签[字署订章]|签名|盖章"),
    ("付", "到账|支付|付款|汇入|收到|付清|到位|交付|款项"),
    ("批", "批准|审批|备案|公证|审议|决议"),
    ("日", r"\d{4}\s*年"),
)
_EVERY: Final = re.compile("每(?:学?年度?|半年|月|学期|季度?|次|期|届|人|名|位|场|班|院|批)")
_OP: Final = (
    "(?P<op>不得?少于|不得?低于|至少|起码|不得?超过|不得?多于|不得?高于|至多|最多|共计?|为)?"
)
_COUNT: Final = re.compile(
    rf"{_OP}\s*(?P<n>{NUMERAL})\s*(?P<unit>名|人|位|场|次|项|篇|讲|学时|课时)(?!次|民|员|才|工|均|日|字|称|册|义)"
    r"(?P<tail>以上|以内|以下)?"
)
_EACH: Final = re.compile(
    rf"每(?P<per>人|名|位|生|项)(?:每?(?:学?年))?(?:奖励|资助|奖金|发放|补助|标准)?(?:金额|标准)?[^，。；\d]{{0,3}}?{_OP}"
    rf"(?:人民币)?\s*[￥¥]?(?P<n>[0-9][0-9,]{{1,10}}|{NUMERAL})(?:\.00)?\s*(?P<scale>万)?元(?P<tail>以上|以内|以下)?"
)
_CHOSEN: Final = re.compile("奖励|资助|评选|评出|评定|名额|遴选|选拔|选派|奖掖|获奖|受助")
_WHO: Final = re.compile(
    "本科|研究生|硕士|博士|教师|教工|[特一二三四]等|新生|毕业生|优秀奖|提名|单项|团体|中学|小学"
)
_TERM: Final = re.compile(
    r"(?P<what>(?:协议|合同)(?:的)?(?:有效)?期限?(?:限)?|有效期(?:限)?|冠名(?:的)?(?:有效)?期限?|命名(?:的)?(?:有效)?期限?"
    r"|(?:冠名|命名)(?:权)?(?:保留|存续|有效))[为是:]?\s*(?:共|为|暂定)?"
    rf"(?P<years>{NUMERAL})\s*年(?!\s*\d)"
)
_TERM_BY_DATES: Final = re.compile(
    r"(?:协议|合同|有效期)[^。；]{0,12}?自\s*(?P<first>20\d\d)\s*年(?:\s*(?P<month>\d{1,2})\s*月)?[^。；，]{0,8}?(?:至|到)\s*"
    r"(?P<last>20\d\d)\s*年(?:\s*(?P<month2>\d{1,2})\s*月)?"
)
_WITHIN: Final = re.compile(
    rf"(?P<base>收到|到账|到位|款到|收款|签[订署]|生效|签字|盖章)[^。；，]{{0,14}}?(?P<n>{NUMERAL})\s*(?P<unit>个?工作日|日|天|个月)(?:之?内|以内)"
    r"[^。；]{0,30}?(?P<deed>票据|收据|一次性|付清|汇入|汇至|付至|划入|转入|缴付|支付)"
)
_PAID_BY: Final = re.compile(
    r"(?P<year>20\d\d)\s*年\s*0?(?P<month>\d{1,2})\s*月\s*0?(?P<day>\d{1,2})\s*日(?:之前|以前|前)[^。；年]{0,16}?"
    r"(?:一次性|付清|汇入|汇至|付至|划入|转入|缴付|支付)[^。；，]{0,10}?(?:捐赠款|捐款|款项|资金|全部|账户)"
)
