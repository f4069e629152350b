"""Which clauses a paper has, told by the headings of its units, or by what they say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from donflow.precheck.anatomy import Anatomy, Unit
from donflow.precheck.facts import Kind
from donflow.precheck.paper import Paper
from donflow.precheck.references import top_units


def read_clauses(paper: Paper, anatomy: Anatomy, kind: Kind) -> tuple[str, ...]:
    """The clauses in the paper's order, each once, in the words of the corpus.

    A unit with a telling heading counts as that clause; what else it says does not, save for
    receipts, disputes, copies, effect and term, wherever they stand.
    """
    clauses: list[str] = []
    for unit in top_units(anatomy):
        if anatomy.in_body(unit.first):
            clauses.extend(_of_unit(paper, anatomy, unit, kind))
    opening = "".join(paper.by_number[number].text for number in anatomy.opening)
    found = list(dict.fromkeys(clauses))
    if kind not in (Kind.SUPPLEMENTARY, Kind.TERMINATION):
        found = _with_opening(found, opening)
    return tuple(found)


def clauses_of_unit(paper: Paper, anatomy: Anatomy, unit: Unit, kind: Kind) -> tuple[str, ...]:
    """The clauses that one unit at the top holds, the one that it is first."""
    return tuple(dict.fromkeys(_of_unit(paper, anatomy, unit, kind)))


def _with_opening(clauses: list[str], opening: str) -> list[str]:
    """What the sentences before the first unit agree: the gift first, then what it is for."""
    first = [name for name in clauses if name in ("amount", "property")][:1]
    if not first and _CONTENT["amount"].search(opening):
        first = ["amount"]
    rest = [name for name in clauses if name not in first]
    if "purpose" in clauses or not re.search(r"用于|用以", opening):
        return clauses if set(first) <= set(clauses) else first + rest
    return [*first, "purpose", *rest]


def _of_unit(paper: Paper, anatomy: Anatomy, unit: Unit, kind: Kind) -> Iterator[str]:
    text = _text(paper, unit)
    named = _by_heading(unit.heading, kind)
    if named:
        yield from named
        if "rights" in named or "use" in named:
            yield from (name for name in ("receipt",) if _CONTENT[name].search(text))
        if named == ["amount"] and _CONTENT["principal"].search(text):
            yield "principal"
        if not _GENERAL.search(unit.heading):
            yield from (name for name in _closing(text, formal=True) if name not in named)
            return
    if not named and unit.heading and not _GENERAL.search(unit.heading):
        children = [unit.heading + "：" + text]
    else:
        children = _parts(paper, anatomy, unit)
    for child in children:
        yield from _by_content(child, kind)
    yield from _closing(text, formal=bool(unit.heading) or unit.label.startswith("第"))


def _parts(paper: Paper, anatomy: Anatomy, unit: Unit) -> list[str]:
    """What a unit's children say one by one, or what it says itself."""
    position = anatomy.units.index(unit)
    children = [each for each in anatomy.units if each.parent == position]
    if children:
        return [_text(paper, child) for child in children]
    text = _text(paper, unit)
    if unit.heading and _GENERAL.search(unit.heading):
        return [sentence for sentence in re.split(r"(?<=。)", text) if sentence.strip()]
    return [text]


def _text(paper: Paper, unit: Unit) -> str:
    """The words of a unit without its label and its heading."""
    lines = [line for line in paper.lines if unit.first <= line.number <= unit.last]
    words = []
    for line in lines:
        text = line.text
        if line.number == unit.label_at.line:
            text = text[unit.label_at.end :]
            if unit.heading:
                text = text.replace(unit.heading, "", 1)
        words.append(text.strip())
    return "\n".join(words).strip(" \n、.．:：")


def _by_heading(heading: str, kind: Kind) -> list[str]:
    words = re.sub(r"\s", "", heading)
    if not words or _GENERAL.search(words):
        return []
    places = {name: hit.start() for name, pattern in _HEADINGS if (hit := pattern.search(words))}
    found = list(places)
    if not found:
        return []
    if found[0] == "gift":
        found[0] = "property" if kind is Kind.IN_KIND else "amount"
    if found[0] == "delivery" and kind is not Kind.IN_KIND:
        found[0] = "payment"
    joined = (*_TOGETHER, *(_JOINED if re.search("[及和与、]", words) else ()))
    several = sorted((name for name in found if name in joined), key=lambda name: places[name])
    return several if len(several) > 1 else found[:1]


def _by_content(text: str, kind: Kind) -> Iterator[str]:
    changing = kind in (Kind.SUPPLEMENTARY, Kind.TERMINATION)
    for name, pattern in _CONTENT.items():
        if name in ("amendment", "continuity", "settlement") and not changing:
            continue
        if pattern.search(text):
            if name == "law" and _CONTENT["dispute"].search(text):
                yield "law"
                yield "dispute"
                return
            yield name
            return


def _closing(text: str, *, formal: bool) -> Iterator[str]:
    """Copies, effect and term: told in one breath, and often at the end of another clause."""
    found = {name: hit.start() for name, pattern in _CLOSING if (hit := pattern.search(text))}
    names = sorted(found, key=lambda name: found[name])
    if formal:  # articles and headings are listed in the usual order, plain paragraphs as told
        names = [name for name, _ in _CLOSING if name in found]
    yield from names


_GENERAL: Final = re.compile(
    r"^(?:其[他它]|附则|一般|通用|总则|未尽|协议的?其他|补充|杂项|附加|特别约定|其余)"
)
_JOINED: Final = ("amount", "property", "purpose")
_TOGETHER: Final = ("language", "copies", "effect", "breach", "dispute", "law", "term")
_HEADINGS: Final = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("amendment", r"变更(?:内容|事项)|修改(?:内容|事项)|调整内容"),
        ("continuity", r"原协议|效力"),
        ("principal", r"本金|留本"),
        ("investment", r"投资|保值|增值"),
        ("fee", r"管理费|费用"),
        ("acceptance", r"验收"),
        ("warranty", r"保修|质保|售后|维保"),
        ("quality", r"质量|瑕疵|权属保证|合法性|陈述与保证|承诺与保证"),
        ("ownership", r"所有权归属|权属|(?<!知识)产权"),
        ("title", r"所有权|风险转移|资产入账"),
        ("purpose", r"用途|目的|宗旨"),
        ("receipt", r"票据|收据"),
        ("certificate", r"证书"),
        ("acknowledgement", r"鸣谢|致谢|表彰|宣传|荣誉|纪念"),
        ("naming", r"冠名|命名|名称"),
        ("surplus", r"结余|剩余"),
        ("privacy", r"个人信息|隐私|信息公开|信息保护"),
        ("confidentiality", r"保密"),
        ("termination", r"终止|解除|变更"),
        ("force_majeure", r"不可抗力"),
        ("notice", r"通知|送达|联系"),
        ("breach", r"违约"),
        ("law", r"适用法律|法律适用|准据法"),
        ("dispute", r"争议|纠纷|管辖"),
        ("language", r"语言|文本(?!份)"),
        ("copies", r"份数|文本"),
        ("effect", r"生效"),
        ("term", r"期限$|有效期"),
        ("annex", r"附件"),
        ("rights", r"权利|义务|职责|责任与|责任$"),
        ("report", r"报告|反馈|监督|信息披露|公示"),
        ("use", r"使用|管理|实施|执行|评审|评选"),
        ("fx", r"外汇|结汇|币种"),
        ("approval", r"审批|批准|备案"),
        ("disposal", r"处置|处理"),
        ("amount", r"金额|数额|总额"),
        ("delivery", r"交付|交货|移交|交接"),
        ("payment", r"支付|付款|到账|拨付|缴付|账户|捐款方式|捐赠方式|汇款"),
        ("property", r"财产|物资|物品|设备|图书|清单|标的"),
        ("gift", r"捐赠(?:内容|事项|项目|款项?|意愿|资金)?$|赠与(?:内容|事项)?$"),
    )
)
# What a unit without a telling heading is about: the first that fits.
_CONTENT: Final = {
    name: re.compile(pattern)
    for name, pattern in (
        ("settlement", r"退还|结清|结算|已支付[^。]{0,30}不再"),
        (
            "continuity",
            r"(?:原协议|原合同)[^。]{0,12}(?:其他|其余|未)[^。]{0,14}(?:继续有效|不变|仍)|以本补充协议为准",
        ),
        ("amendment", r"(?:变更|修改|调整|修订|改)为|增加(?:以下|如下|条款)|删除"),
        ("termination", r"(?:协议|合同)[^。]{0,12}(?:终止|解除)|可以?(?:终止|解除)"),
        (
            "annex",
            r"^附件(?!与|的)|(?:清单|参数|名单|书目)[^。]{0,12}见附件[^。]{0,8}[，,]?[^。]{0,4}为本协议",
        ),
        ("law", r"适用中华人民共和国法律|(?:适用|依照)[^。]{0,8}中国法律"),
        ("dispute", r"(?:争议|纠纷)[^。]{0,30}(?:协商|解决|法院|仲裁)|向[^。]{0,20}人民法院"),
        ("breach", r"违约(?:责任|金|方)|违反本协议"),
        ("principal", r"留本|本金[^。]{0,12}(?:永久|不动|不得动用)"),
        ("investment", r"保值增值|投资收益|投资运作"),
        (
            "amount",
            r"(?:捐赠|捐资|捐款|赠与|捐助|出资)[^。；，]{0,16}?(?:人民币|港币|美元|欧元|现金|[￥¥]\s*\d|\d[\d,.]*万?元(?!以上))|捐赠(?:总)?金额(?:为|：|共|合计|人民币)",
        ),
        (
            "property",
            r"(?:自愿|无偿|向[^。；，]{1,8})[^。；]{0,12}捐赠[^。；]{0,12}(?:设备|图书|物资|物品|仪器|软件|书籍|藏品|作品|一批|[一1]套|[一1]台)"
            r"|将[^。；]{0,24}(?:捐赠|赠送|赠与)给",
        ),
        ("warranty", r"保修|质保|免费维修"),
        ("acceptance", r"验收"),
        ("receipt", r"(?:开具|出具|提供)[^。；，]{0,16}(?:票据|捐赠收据)"),
        (
            "purpose",
            r"(?:捐赠|资金|款项?|图书|设备|物资|财产|收益)[^。；]{0,20}(?:用于|用以)|用途(?:为|：)",
        ),
        ("title", r"所有权(?:自|即|转移|随)|所有权[^。]{0,12}转移"),
        ("delivery", r"(?:送至|运至|运抵|送达|移交|交付(?!之日)|运送)"),
        ("surplus", r"结余|剩余(?:款|资金|财产)"),
        (
            "payment",
            r"(?:汇入|汇至|转入|划入|支付|转账|到账)[^。；]{0,30}(?:账户|帐户|乙方)|支付[^。]{0,20}捐赠款|开户行",
        ),
        ("quality", r"(?:保证|承诺)[^。]{0,24}(?:合格|质量|正版|全新|权属|合法)|产品质量"),
        ("ownership", r"归[^。，；]{2,16}所有"),
        ("approval", r"(?:审批|批准|报批|备案)(?!的方案)"),
        ("fx", r"外汇|结汇"),
        ("privacy", r"公开[^。；]{0,10}(?:姓名|名称|信息)|个人信息|隐私"),
        (
            "use",
            r"(?:按照?|依照|遵照)[^。；]{0,12}(?:意愿|用途|约定)[^。；]{0,6}使用|专款专用|专项核算|使用(?:捐款|捐赠)",
        ),
        (
            "report",
            r"(?:报告|反馈|通报|告知)[^。]{0,20}(?:使用|情况|名单)|向甲方[^。]{0,10}(?:报告|反馈)",
        ),
        ("acknowledgement", r"加盖[^。公印]{2,16}章|铭牌|致谢|鸣谢|感谢信|纪念牌"),
        ("certificate", r"证书"),
        ("naming", r"冠名|命名"),
        ("disposal", r"调剂|处置|(?:予以|进行)[^。]{0,6}处理"),
        ("confidentiality", r"保密"),
        ("fee", r"管理费"),
        ("force_majeure", r"不可抗力"),
        ("rights", r"(?:有权|权利|义务)"),
    )
}
_CLOSING: Final = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        (
            "effect",
            r"(?:之日起|即|后|起|日)(?:正式)?生效|签字盖章(?:后)?(?:即)?生效|成立(?:并|且)生效|生效日期",
        ),
        (
            "copies",
            r"[一壹]\s*式\s*[_＿\s]*[一二三四五六七八九十两壹贰叁肆伍陆柒捌玖拾\d_＿]*\s*[_＿]*\s*份|(?:正本|原件)[^。]{0,6}份",
        ),
        ("term", r"有效期(?:限)?(?:为|至|自)|期限为[^。]{0,10}年"),
    )
)
