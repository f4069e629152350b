"""What sort of agreement a paper is, told by its title, its parties and what it says is given."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from donflow.precheck.anatomy import Anatomy
from donflow.precheck.facts import Amount, Instalment, Kind, Party
from donflow.precheck.facts_title import is_supplement, is_termination
from donflow.precheck.paper import Paper

SMALL: Final = Decimal(50_000)
"""A person's single gift below this many yuan is a small one."""


def read_kind(
    paper: Paper,
    anatomy: Anatomy,
    title: str,
    parties: Sequence[Party],
    amount: Amount | None,
    instalments: Sequence[Instalment],
) -> Kind:
    """The kind, the rarer before the commoner: an overseas pledge in instalments is overseas."""
    text = present("\n".join(line.text for line in paper.lines if anatomy.in_body(line.number)))
    donors = [party for party in parties if party.role == "donor"]
    if is_termination(title):
        return Kind.TERMINATION
    if is_supplement(title):
        return Kind.SUPPLEMENTARY
    if any(party.overseas for party in donors) or (amount and amount.currency != "CNY"):
        return Kind.OVERSEAS
    if is_in_kind(text, title):
        return Kind.IN_KIND
    if _KEEPS_PRINCIPAL.search(text):
        return Kind.ENDOWED
    is_class = re.search(r"集体|班级|(?:全体|各位|\d+\s*名)(?:校友|同学)", title)
    if any(party.type == "group" for party in donors) or len(donors) > 3 or (is_class and donors):
        return Kind.GROUP
    if len(instalments) > 1 or _IN_INSTALMENTS.search(text):
        return Kind.MULTI_INSTALMENT
    if "小额" in title or "小额捐赠" in text:
        return Kind.SMALL
    figure = amount and (amount.figures or amount.words_value)
    if figure and figure < SMALL and all(party.type in ("person", "") for party in donors):
        return Kind.SMALL
    return Kind.ONE_OFF_CASH


def present(text: str) -> str:
    """What a paper agrees now: without what was given before, and without boxes left unticked."""
    return without_past(without_unticked(text))


def without_unticked(text: str) -> str:
    """What a form says without the choices that nobody ticked: □非限定用途　☑限定用途."""
    return _UNTICKED.sub("", text)


def without_past(text: str) -> str:
    """What a paper says without what was given before: 甲方曾于2023年捐赠显微镜10台."""
    return _PAST.sub("", text)


def is_in_kind(text: str, title: str = "") -> bool:
    """Whether things are given and not money: money for things is money."""
    text = present(text)
    gives_money = _GIVES_MONEY.search(text)
    gives_things = _GIVES_THINGS.search(text)
    if gives_money and gives_things:
        return gives_things.start() < gives_money.start() and not _THINGS_TITLE_NOT.search(title)
    if gives_money:
        return False
    return bool(gives_things or re.search(rf"(?:{_THINGS})捐赠|实物|非货币", title))


_UNTICKED: Final = re.compile(r"[□○]\s*[^□○☑☒■√✓。；;，,\n\t]{1,20}")
_PAST: Final = re.compile(
    r"(?:(?<=[。；;\n\t])|^)[^。；;\n\t]{0,40}?(?:曾(?!孙)(?:经|于|在|向)?|此前|先前|早年)"
    r"[^。；;\n\t]*?(?=现|今|再次|[。；;\n\t]|$)"
)
_THINGS: Final = (
    r"设备|仪器|图书|书籍|藏书|古籍|期刊|软件|物资|物品|实物|家具|桌椅|教材|教具|器材|藏品|文物|书画|字画|画作|作品|雕塑|雕像|钢琴"
    r"|乐器|车辆|汽车|电脑|计算机|服务器|房产|房屋|不动产|股权|股份(?!有限|制|公司)|股票|专利|著作权|知识产权|标本|苗木|树木|景观石|口罩"
    r"|药品|服装|食品|档案|手稿|石材|展品|空调|投影|打印机|终端|样机|机床|机器人|平台使用权|许可"
)
_GIVES_MONEY: Final = re.compile(
    r"(?:捐赠|捐资|捐款|赠与|捐助|出资|捐出)(?!人(?!民币)|方|者)(?:(?!价值|估价|作价|估值|价款)[^。；，:：]){0,16}?(?:人民币|现金|资金|美元|港币|欧元|[￥¥]|\d[\d,.]*\s*万?元)"
    r"|捐赠(?:总?金额|款项?总额)|捐赠款(?:项)?(?:共计|总额|人民币|于|一次性|分)|将捐赠款"
)
_GIVES_THINGS: Final = re.compile(
    rf"(?:捐赠|赠送|赠与|捐出|捐献)(?!人|方|者|协议|合同|票据|证书|款|资金|人民币|现金|金额)(?:给|予|予以|至)?(?:(?!用于|用以|设立|支持)[^。；，款元]){{0,24}}?(?:{_THINGS})"
    rf"|(?:将|以|把)[^。；，款元]{{0,30}}?(?:{_THINGS})[^。；款元]{{0,20}}?(?:无偿)?(?:捐赠|赠送|赠与|捐献)"
    r"|所捐(?:设备|图书|物资|物品|实物)|捐赠(?:物资?|物品|设备|实物)(?:的)?(?:清单|名称|价值|明细|验收|所有权)"
)
_THINGS_TITLE_NOT: Final = re.compile(r"奖学金|助学金|基金|资金|捐款")
_KEEPS_PRINCIPAL: Final = re.compile(
    r"(?<!非)(?<!不是)(?<!不作为)不动本|本金[^。；，]{0,8}(?:不得|不予|不可|不)(?:支取|支出|动支|支用|用于支出|减少)"
    r"|(?:仅|只)[^。；]{0,10}支[用取出][^。；]{0,10}(?:收益|增值|利息)|(?<!非)(?<!不)留本|(?<!不作)永久性?(?:奖|基金|留存|保留|教育基金)|本金[^。；]{0,12}?(?:永久|不动|不得动用|不得使用|保持不变|不予动用|不使用)"
    r"|(?:仅|只)[^。；]{0,8}使用[^。；]{0,10}(?:收益|增值)|不动(?:用)?本金|动息不动本|永续基金|存本取息"
)
_IN_INSTALMENTS: Final = re.compile(
    r"分[^。；，]{0,10}?(?:[二两三四五六七八九十2-9]|10|若干)\s*(?:期|次|年|笔|批)(?!级)|分期|分年|逐年|每年(?:向[^。；]{0,12})?捐赠|第一期|首期[^。；]{0,40}第?二期|第二笔"
)
