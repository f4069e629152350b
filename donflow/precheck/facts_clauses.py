"""Which clauses a paper has, told by the headings of its units, or by what they say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from donflow.precheck.anatomy import Anatomy, Numbering, Unit, heading_of
from donflow.precheck.clause_words import CONTENT, DUTY, GENERAL, HEADINGS, PRIVACY
from donflow.precheck.facts import Kind
from donflow.precheck.facts_kind import without_past
from donflow.precheck.names import is_blank
from donflow.precheck.paper import Line, Paper, Span
from donflow.precheck.references import top_units


def read_clauses(paper: Paper, anatomy: Anatomy, kind: Kind, purpose: str = "") -> tuple[str, ...]:
    """The clauses in the paper's order, each once, in the words of the corpus.

    A unit is what its heading says, or what it says first; besides that it holds what it says
    plainly of another matter: a breach, an annex, an approval, what is left over, copies, effect.
    A paper without numbers has its paragraphs. A `purpose` that is told wherever is a clause.
    """
    clauses: list[str] = []
    for unit in top_units(anatomy) or _paragraphs(paper, anatomy):
        if anatomy.in_body(unit.first):
            clauses.extend(_of_unit(paper, anatomy, unit, kind))
    opening = [paper.by_number[number] for number in anatomy.opening]
    clauses = [*_of_form(opening, kind), *clauses]
    if any(_is_listed_annex(paper.by_number[annex.start].text) for annex in anatomy.annexes):
        clauses.append("annex")
    found = list(dict.fromkeys(clauses))
    if kind not in _CHANGING:
        found = _with_opening(found, without_past("\n".join(line.text for line in opening)), kind)
    if "amount" in found and "purpose" not in found and purpose and kind not in _CHANGING:
        found.insert(found.index("amount") + 1, "purpose")
    return tuple(found)


def _paragraphs(paper: Paper, anatomy: Anatomy) -> Iterator[Unit]:
    """The paragraphs of a paper without numbers, each as a unit with the heading that it has."""
    for number in anatomy.opening:
        line = paper.by_number.get(number)
        if line is None or not line.text.rstrip().endswith(("。", "：", "；")):
            continue
        yield Unit(
            Numbering.HAN, "", 0, heading_of(line.text), number, number, None, Span(number, 0, 0)
        )


def _is_listed_annex(text: str) -> bool:
    """附件一：设备技术参数: an annex that is told by its name at the end of the articles."""
    return re.match(r"\s*附\s*[件录]\s*[一二三四五六七八九十\d]*\s*[：:]\s*\S", text) is not None


def clauses_of_unit(paper: Paper, anatomy: Anatomy, unit: Unit, kind: Kind) -> tuple[str, ...]:
    """The clauses that one unit at the top holds, the one that it is first."""
    return tuple(dict.fromkeys(_of_unit(paper, anatomy, unit, kind)))


def _with_opening(clauses: list[str], opening: str, kind: Kind) -> list[str]:
    """What the sentences before the first unit agree: the gift first, then what it is for."""
    first = [name for name in clauses if name in ("amount", "property")][:1]
    if not first and CONTENT["amount"].search(opening) and kind is not Kind.IN_KIND:
        first = ["amount"]
    elif not first and CONTENT["property"].search(opening):
        first = ["property"]
    if "purpose" in clauses or not re.search(r"用于|用以|用作", opening):
        return clauses if set(first) <= set(clauses) else first + clauses
    rest = [name for name in clauses if name not in first]
    return [*first, "purpose", *rest]


def _of_form(opening: Sequence[Line], kind: Kind) -> Iterator[str]:
    """What the rows of a form agree before the first unit: 捐赠金额, 捐赠用途, 支付方式."""
    keys = [cell.strip(" ：:") for line in opening if len(line.cells) > 1 for cell in line.cells]
    named = [name for key in keys if len(key) <= 8 for name in _by_heading(key, "", kind)]
    if "amount" in named or "property" in named:
        yield from (name for name in named if name in _IN_FORMS)


def _of_unit(paper: Paper, anatomy: Anatomy, unit: Unit, kind: Kind) -> Iterator[str]:
    text = _text(paper, unit)
    if text and is_blank(text):
        return
    heading = _plain(unit.heading)
    is_general = bool(GENERAL.search(heading))
    named = [] if is_general else _by_heading(heading, text, kind)
    if not named and is_general:
        parts = _parts(paper, anatomy, unit)
        named = [name for part in parts for name in _by_content(part, kind, firm=True)]
    elif not named and not _SELECTS.search(heading):
        named = list(_by_content(f"{heading}：{text}" if heading else text, kind))
        if not named:
            parts = _parts(paper, anatomy, unit)
            named = [name for part in parts for name in _by_content(part, kind)]
    named = [name for name in named if name]
    yield from named
    for name in _besides(text, named, kind, is_titled=bool(heading) and not is_general):
        if name not in named:
            yield name
    if heading and "amount" in named and kind not in _CHANGING:
        parts = [_text(paper, child) for child in anatomy.children_of(unit)]
        if any(CONTENT["payment"].search(part) for part in parts[1:]):
            yield "payment"
    is_formal = bool(unit.heading) or unit.label.startswith("第")
    yield from (name for name in _closing(text, formal=is_formal) if name not in named)


def _besides(text: str, named: Sequence[str], kind: Kind, *, is_titled: bool) -> Iterator[str]:
    """What a unit says plainly of another matter than its own."""
    if {"rights", "use"} & set(named) and (
        CONTENT["receipt"].search(text) or _INVOICES.search(text)
    ):
        yield "receipt"
    if {"rights", "privacy"} & set(named) and CONTENT["naming"].search(text):
        yield "naming"
    if kind is Kind.TERMINATION:
        if _LEFT_OVER.search(text):
            yield "surplus"
        if CONTENT["receipt"].search(text):
            yield "receipt"
        if _UNNAMES.search(text):
            yield "naming"
    if kind is Kind.SUPPLEMENTARY and "amendment" not in named and _PAYS.search(text):
        yield "payment"
    if {"amount", "property"} & set(named):
        if CONTENT["principal"].search(text) and "amount" in named:
            yield "principal"
        if "amount" in named and not is_titled and re.search(r"用于|用以", text):
            yield "purpose"
        if kind is Kind.IN_KIND and re.search(
            r"(?:保证|承诺)[^。；]{0,24}(?:合格|全新|正版|正品)", text
        ):
            yield "quality"
    if not {"breach", "termination"} & set(named) and _OWES.search(text):
        yield "breach"
    if "breach" in named and not is_titled and re.search(r"解除本?(?:协议|合同)", text):
        yield "termination"
    if {"amount", "purpose", "payment", "report"} & set(named) and _LEFT_OVER.search(text):
        yield "surplus"
    if _APPROVED.search(text) and "rights" not in named:
        yield "approval"
    if kind is Kind.IN_KIND and "title" not in named and _PASSES.search(text) and not is_titled:
        yield "title"
    if "acceptance" in named and not is_titled and re.search(r"送[至达到]|运[至抵]", text):
        yield "delivery"
    if kind is Kind.IN_KIND and "title" in named and _SET_ASIDE.search(text):
        yield "disposal"
    if _ANNEXED.search(text):
        yield "annex"
    if _PREVAILS.search(text):
        yield "language"
    if re.search(r"集体[^。；]{0,6}证书", text):
        yield "certificate"
    if kind in _CHANGING and "amendment" not in named and CONTENT["dispute"].search(text):
        yield "dispute"


def _parts(paper: Paper, anatomy: Anatomy, unit: Unit) -> list[str]:
    """What a unit's children say one by one, or the sentences that it says itself."""
    children = anatomy.children_of(unit)
    if children:
        return [_text(paper, child) for child in children]
    text = _text(paper, unit)
    return [sentence for sentence in re.split(r"(?<=。)", text) if sentence.strip()]


def _text(paper: Paper, unit: Unit) -> str:
    """The words of a unit without its label and its heading."""
    lines = paper.between(unit.first, unit.last)
    words = []
    for line in lines:
        text = line.text
        if line.number == unit.label_at.line:
            text = text[unit.label_at.end :]
            if unit.heading:
                text = text.replace(unit.heading, "", 1)
        words.append(text.strip())
    return "\n".join(words).strip(" \n、.．:：")


def _plain(heading: str) -> str:
    """A heading without spaces, and without English beside Chinese."""
    words = re.sub(r"\s", "", heading)
    chinese = re.sub(r"[A-Za-z&'’/.,]", "", words)
    return chinese if re.search("[\u4e00-\u9fff]", chinese) else words


def _by_heading(heading: str, text: str, kind: Kind) -> list[str]:
    """The clauses that a heading tells, one for each of its members: 金额与支付."""
    if not heading:
        return []
    if PRIVACY.search(heading):
        return ["privacy"]
    found: list[str] = []
    for piece in re.split(r"[及和与、]|以及", heading):
        named = (name for name, pattern in HEADINGS if pattern.search(piece))
        name = next((each for each in named if kind in _CHANGING or each not in _OF_CHANGES), "")
        if name:
            found.append(_fitting(name, text, kind))
    if len(found) > 1:
        if found[0] == "receipt":  # 票据与反馈, 票据与证书: the receipt with what comes along
            own = any("证书" in part and "票据" not in part for part in text.split("\n"))
            found = [n for n in found if n != "report" and (n != "certificate" or own)]
        found = [name for name in found if name not in ("use", "fee")] or found
    if "naming" in found:  # 冠名与宣传
        found = [name for name in found if name != "acknowledgement"]
    if "amount" in found:  # 捐赠金额与期限: over how long the sum is given
        found = [name for name in found if name != "term"]
    if found == ["fee"] and _firmly("fx", text):
        return ["fx"]
    if found == ["use"]:
        found = [name for name in ("investment", "approval") if _firmly(name, text)][:1] or found
    if found == ["use"] and re.search(_LED, heading):
        found = _of_management(heading, text)
    return list(dict.fromkeys(found))


def _of_management(heading: str, text: str) -> list[str]:
    """A heading such as 基金管理 says little; choosing whom a prize goes to is no use of money."""
    if re.search(r"评审|评选|评定", heading):
        return [""]
    pattern = _HOLDS if "股权" in heading else CONTENT["use"]
    return ["rights" if "股权" in heading else "use"] if pattern.search(text) else [""]


def _firmly(name: str, text: str) -> bool:
    pattern = _APPROVED if name == "approval" else CONTENT[name]
    return bool(pattern.search(text))


def _fitting(name: str, text: str, kind: Kind) -> str:
    """The same word for a gift of money and for one of things."""
    in_kind = kind is Kind.IN_KIND
    if name == "gift":
        return "property" if in_kind else "amount"
    if name == "delivery" and not in_kind:
        return "payment"
    if name in ("title", "ownership"):
        return "title" if in_kind else "ownership"
    if name == "language" and not re.search(r"[中英外]文|语言|文字|English", text):
        return "copies"
    return name


def _by_content(text: str, kind: Kind, *, firm: bool = False) -> Iterator[str]:
    """What words without a heading are about: of the firm kinds the first, else what comes first.

    `firm` asks for the firm kinds alone: what stands among 其他 is seldom a clause of its own.
    """
    for name, pattern in CONTENT.items():
        if name in _WEAK or not _belongs(name, kind):
            continue
        if pattern.search(text):
            if name == "law" and CONTENT["dispute"].search(text):
                yield "law"
                name = "dispute"
            yield _fitting(name, text, kind)
            return
    if firm:
        return
    places = {
        name: hit.start()
        for name in _WEAK
        if _belongs(name, kind) and (hit := CONTENT[name].search(text))
    }
    if places:
        yield min(places, key=lambda name: places[name])
    elif DUTY.search(text) and not _OTHER_DUTY.search(text) and kind not in _CHANGING:
        yield "rights"


def _belongs(name: str, kind: Kind) -> bool:
    if kind in _CHANGING:
        return name in _OF_CHANGES or name not in _OF_GIFTS
    if name in _OF_CHANGES:
        return False
    if kind is Kind.IN_KIND:
        return name != "amount"
    return name not in ("delivery", "valuation", "quality", "acceptance")


def _closing(text: str, *, formal: bool) -> Iterator[str]:
    """Copies, effect and term: told in one breath, and often at the end of another clause."""
    found = {name: hit.start() for name, pattern in _CLOSING if (hit := pattern.search(text))}
    names = sorted(found, key=lambda name: found[name])
    if formal:  # articles and headings are listed in the usual order, plain paragraphs as told
        names = [name for name, _ in _CLOSING if name in found]
    yield from names


_CHANGING: Final = (Kind.SUPPLEMENTARY, Kind.TERMINATION)
_OF_CHANGES: Final = ("amendment", "continuity", "refund")
_OF_GIFTS: Final = (
    *("amount", "property", "purpose", "payment", "delivery", "use", "rights", "quality"),
    *("valuation", "title", "ownership", "approval", "principal", "investment"),
)
_IN_FORMS: Final = ("amount", "property", "purpose", "payment", "delivery", "privacy", "naming")
_WEAK: Final = ("use", "report", "rights", "certificate")
# How a supplement has the rest paid.
_PAYS: Final = re.compile(
    r"(?:日|月|年底?)前[^。；]{0,16}(?:支付|付清|汇入|付至)|分[^。；，]{1,4}期支付"
)
_OWES: Final = re.compile(
    r"(?:违约|违反[^。；]{0,12}(?:约定|协议|合同))[^。；]{0,8}(?:的|方)?[，,]?[^。；]{0,10}(?:承担|赔偿)"
    r"|承担[^。；]{0,8}违约责任|(?<!无)违约方"
)
_SELECTS: Final = re.compile(r"(?:评定|遴选|选拔|评选|评审)(?:委员会|办法|与发放|和发放)?$|委员会$")
_LED: Final = (
    r"^(?:[^使用]*(?:评审|评选|评定)[^使用]*|.*委员会"
    r"|(?:本?基金|奖[学助教励]{1,2}金|股权|资金|款项|捐赠款)的?管理)$"
)
_HOLDS: Final = re.compile(r"(?:股东|表决|分红)(?:的)?权利?|分红")
# Duties that tell of something else than the parties' rights.
_OTHER_DUTY: Final = re.compile(
    r"撤[销回]|收回[^。；]{0,6}捐|继承|(?:提供|提交|报送)[^。；]{0,20}(?:身份证|住址|手机|电话)"
)
_INVOICES: Final = re.compile(r"(?:开具|出具|提供|开出)[^。；，]{0,16}发票")
_UNNAMES: Final = re.compile(
    r"冠名[^。；，]{0,8}(?:终止|停止|取消)|(?:终止|停止|取消)[^。；，]{0,8}冠名"
)
# What a library does with what it does not keep.
_SET_ASIDE: Final = re.compile(
    r"(?:复本|重复|不宜|不适[合宜于]|破损|陈旧)[^。；]{0,24}(?:调拨|调剂|转赠|处理|处置|剔[旧除]|注销)"
)
_LEFT_OVER: Final = re.compile(
    r"(?:[如若仍]有|有|尚|的)(?:结余|剩余|余款)(?!告|报|情况)|(?:结余|剩余)(?:款项?|资金|部分|金额|人民币|转[作入为])"
)
_APPROVED: Final = re.compile(
    r"(?:须|应当?|需)[^。；，]{0,6}(?:经|报)[^。；，]{0,14}(?:审批|批准|审定)"
)
_PASSES: Final = re.compile(r"所有权[^。；]{0,16}(?:归|转移|属|移)|取得[^。；]{0,8}所有权")
_ANNEXED: Final = re.compile(
    r"附件[^。]{0,40}?(?:组成部分|同等(?:的)?(?:法律)?效力)"
    r"|(?:名单|清单|目录|明细|书目)[^。；]{0,6}附后"
)
_PREVAILS: Final = re.compile(r"以[中英外]文[^。；]{0,8}为准|(?:中|英)文(?:本|版)[^。；]{0,8}为准")
_CLOSING: Final = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        (
            "effect",
            r"(?:之日起|即|后|起|日)(?:正式)?生效|(?:签字|盖章|公章|签章|签名|印章)[^。；，]{0,8}生效|成立(?:并|且)生效|生效日期",
        ),
        (
            "copies",
            r"[一壹]\s*式\s*[_＿\s]*[一二三四五六七八九十两壹贰叁肆伍陆柒捌玖拾\d_＿]*\s*[_＿]*\s*份|(?:正本|原件)[^。]{0,6}份"
            r"|本(?:协议|合同)书?(?:共|计)?\s*[一二三四五六七八九十两壹贰叁肆伍陆柒捌玖\d]{1,2}\s*份",
        ),
        (
            "term",
            r"有效期(?:限)?(?:为|至|自)|(?:协议|合同|合作|捐赠|项目)期限?为[^。]{0,10}年|至\d{4}年[^。；，]{2,8}[日底]止",
        ),
    )
)
