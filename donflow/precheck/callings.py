"""What agreements call their parties: 甲方, 捐赠人, 受赠方, 使用单位; and which role that tells."""

from __future__ import annotations

import re
from typing import Final

_SPACE: Final = r"[ \u3000]*"


def _spaced(words: str) -> str:
    return _SPACE.join(words)


_BODY: Final = rf"(?:方|人|者|{_spaced('单位')})"
DONOR: Final = (
    rf"(?:{_spaced('捐赠')}|{_spaced('赠与')}|{_spaced('赠予')}|捐助|捐献|捐款|出资|赞助|资助)"
)
RECIPIENT: Final = (
    rf"(?:{_spaced('受赠')}|受捐赠?|受助|受资助|接受(?:捐赠|赠与|捐助)?|接收(?:捐赠)?"
    r"|被捐赠|被赠与|受赞助)"
)
BENEFICIARY: Final = r"(?:受益|使用|实施|执行|承办|受惠|用资|用款)"
MANAGER: Final = r"(?:管理|受托|监管|监督)"
LETTER: Final = rf"(?:[甲乙丙丁戊己]{_SPACE}方(?:[一二三四五1-5１-５]|[（(][一二三四五1-5][）)])?)"
ENGLISH: Final = r"(?:Party\s+[A-F]|Donors?|Donee|Recipient|Beneficiary|Grantor|Grantee)"
WORD: Final = (
    rf"(?:(?:{DONOR}|{RECIPIENT}|{BENEFICIARY}|{MANAGER}){_SPACE}{_BODY}"
    r"|受益(?:学院|院系|部门|学校)|目标公司|标的公司)"
)
CALLING: Final = rf"(?:{LETTER}|{WORD})"
# Any other word that names who stands behind it (捐书人, 收藏单位), but no 联系人 and no 双方.
_NO_PARTY: Final = (
    r"(?:[^方人者位]{0,4}(?:联系|负责|经办|代表|代理|签[字约署名]|立约|见证|证明|监护|收[款件货]|[汇付]款"
    r"|开[户票]|持有|填[表写]|审[核批]|制表|经营|申请|主管|上级|工作|所在|评估|验收|鉴定|登记|起草|领取"
    r"|介绍|推荐|财务|技术|服务|控制|编制|校对|收信|紧急)|[双各两三四五多对己我本他个法对官地前后学记]|第三)"
)
OPEN: Final = (
    rf"(?:(?!{_NO_PARTY})[\u4e00-\u9fff]{{1,6}}?"
    r"(?:方|者|单位|(?<!联系)(?<!负责)(?<!经办)(?<!代表)(?<!代理)(?<!见证)人))"
)

_ROLES: Final = (
    ("recipient", re.compile(rf"{RECIPIENT}{_SPACE}{_BODY}|Donee|Recipient|Grantee")),
    ("donor", re.compile(rf"{DONOR}{_SPACE}{_BODY}|Donors?\b|Grantor")),
    (
        "beneficiary",
        re.compile(rf"{BENEFICIARY}{_SPACE}{_BODY}|受益(?:学院|院系|部门|学校)|Beneficiary"),
    ),
    ("manager", re.compile(rf"{MANAGER}{_SPACE}{_BODY}")),
    ("target", re.compile(r"目标公司|标的公司")),
    # What a label speaks of, where it is none of the usual ones: 赠书人, 收藏单位, 项目管理.
    ("recipient", re.compile(r"受[赠捐助让]|接[受收]|被[捐赠]")),
    ("donor", re.compile(r"捐|赠|出资|资助|赞助")),
    ("beneficiary", re.compile(r"受益|受惠|使用|收藏|保管|实施|执行|承办|用款")),
    ("manager", re.compile(r"管理|受托|托管|监管|监督|代建")),
)


def role_of(words: str) -> str:
    """The role that the words of a label tell; empty where they only count (甲方)."""
    for role, pattern in _ROLES:
        if pattern.search(words):
            return role
    return ""


def plain(calling: str) -> str:
    """A label without the spaces that set it apart (甲　方, 捐 赠 方)."""
    return re.sub(r"\s", "", calling)


def callings_in(words: str) -> tuple[str, ...]:
    """Every label in a few words, in their order."""
    return tuple(plain(found) for found in re.findall(CALLING, words))
