"""How binding a remark is read to be, by its words."""

from __future__ import annotations

import pytest

from donflow.domain.demand import Demand, demand_of

CASES = {
    Demand.MUST: (
        "冠名期限请与五个学年的实施期一致，并写明起算日。",
        "金额大写有误",
        "户名错误",
        "必须删除此款",
        "建议必须删除",
        "应改为“受赠人”",
        "请说明资金来源",
        "请与附件一核对",
        "不得约定回报",
        "是否有误？请更正。",
        "此处漏了日期？请补充",
        "",
        "Please change this.",
        "The amount must be in words, shouldn't it?",
    ),
    Demand.SHOULD: (
        "建议改为“乙方”",
        "请考虑增加违约责任",
        "建议请修改为三年",
        "是否可以改为分期？",
        "此处可改为“甲方”",
        "最好写明\n评选办法",
        "请斟酌",
        "这样表述更稳妥",
        "We suggest five years.",
    ),
    Demand.ASK: (
        "是否需要学校盖章",
        "是否应为2026年？",
        "管理费比例是多少",
        "能否提供章程",
        "这一款有没有依据?",
        "学校同意吗。",
        "Why?",
    ),
}


@pytest.mark.parametrize(
    ("text", "demand"), [(text, demand) for demand, texts in CASES.items() for text in texts]
)
def test_a_remark_is_as_binding_as_its_words(text: str, demand: Demand) -> None:
    assert demand_of(text) is demand
