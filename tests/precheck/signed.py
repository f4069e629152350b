"""Signed agreements of an invented office, and drafts beside them, for tests of the comparison."""

from __future__ import annotations

from datetime import date
from typing import Any

from donflow.precheck.anatomy import dissect
from donflow.precheck.draft import Draft
from donflow.precheck.facts import Account, Facts, Kind, Party, SignatureBlock
from donflow.precheck.measure import Precedent, measure
from donflow.precheck.paper import Span, from_text
from donflow.precheck.rulebook import RuleBook

FOUNDATION = "云麓大学教育发展基金会"
NUMBER = "2703000000000001234"
KINDS = ("property", "purpose", "payment", "receipt", "rights", "breach", "dispute", "effect")
CLAUSES = {
    "捐赠财产": (
        "甲方自愿、无偿向乙方捐赠人民币{words}（￥{sum}）。甲方保证捐赠财产系其有权处分的合法财产。"
    ),
    "捐赠用途": "本捐赠为限定性捐赠，用于{purpose}。",
    "交付时间和方式": (
        "甲方于{day}前将捐赠款一次性汇入乙方下列账户：\n户名：{holder}\n"
        "开户行：中国工商银行兰州云麓支行\n账号：{account}"
    ),
    "票据与反馈": "乙方收到捐赠款后10个工作日内，向甲方开具公益事业捐赠统一票据并颁发捐赠证书。",
    "违约责任": (
        "任何一方违反本协议约定的，应当承担相应责任。"
        "乙方未按约定用途使用捐赠财产的，甲方有权要求改正。"
    ),
    "争议解决": "因履行本协议发生争议的，双方协商解决；协商不成的，向乙方住所地人民法院提起诉讼。",
    "其他": (
        "本协议自双方法定代表人或授权代表签字并加盖公章之日起生效。"
        "本协议一式肆份，甲乙双方各执贰份。"
    ),
}
NUMERALS = "一二三四五六七八九十"
PURPOSES = (
    "在管理学院设立“恒源奖学金”，奖励品学兼优的全日制本科生和研究生",
    "支持理学院实验室更新仪器，并举办暑期学校",
    "资助家庭经济困难的新生入学，每人每学年五千元",
    "文学院古籍整理与出版",
    "修缮校史馆，并设立常年展览",
    "支持体育代表队训练和参赛",
)


def text_of(
    no: int = 0, *, clauses: dict[str, str] | None = None, order: tuple[str, ...] = (), **words: str
) -> str:
    """The text of one agreement: the usual clauses, some with other words or in another order."""
    said = {
        "donor": f"深圳市恒源数智科技第{no}有限公司",
        "words": "伍拾万元整",
        "sum": "500,000.00",
        "purpose": PURPOSES[no % len(PURPOSES)],
        "day": f"2025年{no % 12 + 1}月28日",
        "holder": FOUNDATION,
        "recipient": FOUNDATION,
        "account": NUMBER,
        "on": f"2025年{no % 12 + 1}月8日",
        **words,
    }
    bodies = CLAUSES | (clauses or {})
    lines = [
        f"{FOUNDATION}捐赠协议书",
        f"甲方（捐赠方）：{said['donor']}",
        f"乙方（受赠方）：{said['recipient']}",
    ]
    for numeral, heading in zip(NUMERALS, order or tuple(bodies), strict=False):
        if bodies[heading]:
            lines += [f"第{numeral}条 {heading}", *bodies[heading].format_map(said).splitlines()]
    signed = ("甲方（盖章）：    乙方（盖章）：", f"日期：{said['on']}    日期：{said['on']}")
    return "\n".join([*lines, "", *signed])


def draft_of(text: str, **changes: Any) -> Draft:
    """A draft with the facts that the comparison asks for; `changes` are fields of the facts."""
    paper = from_text(text)
    said: dict[str, Any] = {
        "language": "zh",
        "kind": Kind.ONE_OFF_CASH,
        "title": "",
        "agreement_no": "",
        "parties": (
            Party("donor", "甲方", _after(text, "甲方（捐赠方）："), "organisation", Span(2, 8, 9)),
            Party(
                "recipient", "乙方", _after(text, "乙方（受赠方）："), "foundation", Span(3, 8, 9)
            ),
        ),
        "beneficiary": "",
        "amount": None,
        "purpose": "",
        "restricted": True,
        "payment_mode": "lump",
        "instalments": (),
        "account": Account(_after(text, "户名："), "", _after(text, "账号："), Span(1, 0, 1)),
        "items": (),
        "titles": None,
        "naming": "",
        "management_fee": "",
        "principal_kept": False,
        "spend_rate_cap": "",
        "copies": None,
        "clauses": KINDS,
        "signature_blocks": (),
        "prevailing_language": "",
        "amends": None,
    }
    facts = Facts(**(said | changes))
    return Draft(paper, dissect(paper), facts, RuleBook({}), date(2026, 3, 6))


def precedent(no: int, text: str | None = None, **changes: Any) -> Precedent:
    """The measure that a signed agreement is, numbered and dated."""
    signed = SignatureBlock("甲方", date(2025, 1, 1 + no), Span(1, 0, 1))
    draft = draft_of(
        text or text_of(no),
        **{"agreement_no": f"YLJJ-2025-{no:03}", "signature_blocks": (signed,)} | changes,
    )
    return measure(draft.facts, draft.paper, draft.anatomy, name=f"协议{no}")


def _after(text: str, label: str) -> str:
    return text.partition(label)[2].partition("\n")[0]


def _party(role: str, label: str, name: str, kind: str, line: int) -> Party:
    return Party(role, label, name, kind, Span(line, 8, 8 + len(name)))
