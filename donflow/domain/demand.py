"""How binding a reviewer's remark is, by its words: it must be met, it should be, or it asks."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final


class Demand(StrEnum):
    """How binding a remark is."""

    MUST = "must"
    SHOULD = "should"
    ASK = "ask"


def demand_of(text: str) -> Demand:
    """What the words ask for; whoever neither suggests (建议) nor asks (是否, ？) means it.

    A question with a demand beside it (是否有误？请更正) demands. A person may put it otherwise.
    """
    plain = re.sub(r"\s+", " ", text)
    if _MUST.search(plain):
        return Demand.MUST
    if _SHOULD.search(plain):
        return Demand.SHOULD
    if _ASK.search(plain) and not _DO.search(plain):
        return Demand.ASK
    return Demand.MUST


_MUST: Final = re.compile(r"必须|务必|不得|不符合|(?i:\b(?:must|shall)\b)")
_SHOULD: Final = re.compile(
    r"建议|考虑|斟酌|酌情|酌定|供参考|最好|尽量|可以?(?:改为|改成|删|简化|参照|参考|补充|增加)"
    r"|更(?:好|妥|稳妥|合适|恰当|规范)|(?i:\b(?:suggest|recommend|consider|should|preferably)\b)"
)
_ASK: Final = re.compile(
    r"[？?]|是否|是不是|有没有|能否|可否|为何|为什么|什么|多少|如何|怎么|请问|存疑"
    r"|[吗呢](?:[。！，,]|$)"
)
_DO: Final = re.compile(
    r"请(?:及时|一并|再|尽快|相应|直接|统一|你们|学院|学校|贵方|老师)*"
    r"(?:更正|修改|改|删|补|增加|加上|加注|调整|注明|列明|写明|完善|替换|统一)"
    r"|应当?(?:更正|修改|改|删|补|增加|注明|写明)"
)
