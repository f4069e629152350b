"""Clauses that are missing, and purposes that say nothing."""

from __future__ import annotations

import pytest

from donflow.precheck import check
from tests.precheck.rules.said import OPENING, SIGNING, draft_of, found_by

HITS = {
    "missing_clauses": [
        "甲方向乙方捐赠人民币十万元。",
    ],
    "purpose_vague": [
        "捐赠款用于教育事业。",
        "捐赠款用于学校发展。",
        "捐赠款用途由乙方另行确定。",
        "捐赠资金由乙方自行决定使用。",
        "本捐赠用于支持学院的各项工作。",
        "捐赠款用于管理学院建设与发展。",
        "本次捐赠资金用于支持教育事业发展。",
        "款项用于乙方的公益事业。",
        "捐赠款由乙方统筹安排使用。",
        "具体用途由双方另行商定。",
        "捐赠用途：用于学校各项事业发展。",
    ],
}

INNOCENT = {
    "missing_clauses": [
        "甲方捐赠人民币十万元，用于设立“启航助学金”。乙方收款后开具捐赠票据。违约方承担责任。争议由乙方所在地法院管辖。本协议自双方签字盖章后生效。",
    ],
    "purpose_vague": [
        "捐赠款用于设立“恒源奖学金”，支持学院发展。",
        "捐赠款用于购置实验设备。",
        "本捐赠为非限定性捐赠，用于学校发展。",
        "为支持云麓大学教育事业，甲方自愿捐赠，用于资助贫困学生助学金。",
        "捐赠款用于管理学院实验室设备更新，具体预算见附件。",
        "捐赠款用于建设校史馆，促进学校文化建设与发展。",
        "项目结余由乙方统筹安排使用，用于设立奖学金。",
    ],
}


@pytest.mark.parametrize(("rule", "text"), [(rule, text) for rule in HITS for text in HITS[rule]])
def test_the_fault_is_found(rule: str, text: str) -> None:
    assert found_by(rule, text), text


@pytest.mark.parametrize(
    ("rule", "text"), [(rule, text) for rule in INNOCENT for text in INNOCENT[rule]]
)
def test_the_innocent_words_are_left_alone(rule: str, text: str) -> None:
    assert [found for found in found_by(rule, text) if found.severity != "info"] == []


IN_KIND = """图书捐赠协议书

甲方（捐赠方）：南山书局有限公司
乙方（受赠方）：云麓大学教育发展基金会

一、甲方向乙方捐赠图书一批，共计3580册，{value}。
二、图书用于充实资料室馆藏，乙方清点无误后签收。
"""


@pytest.mark.parametrize(
    ("value", "severities"),
    [
        ("码洋合计人民币壹拾万元整", ["warning"]),
        ("码洋合计人民币壹拾万元整，实洋捌万元，以发票为准", []),
        ("价值人民币壹拾万元整，由甲方自行确定", ["error"]),
        ("价值由甲方自行估算", ["error"]),
        ("价值由双方协商确定为人民币壹拾万元整", ["error"]),
        ("价值不得由甲方自行确定，以评估报告为准", []),
        ("价值人民币壹拾万元整，依据采购发票确定", []),
        ("经第三方评估机构评估，价值人民币壹拾万元整", []),
        ("价值人民币壹拾万元整", ["warning"]),
    ],
)
def test_the_value_of_goods_rests_on_somebody_elses_papers(
    value: str, severities: list[str]
) -> None:
    draft = draft_of(IN_KIND.format(value=value))
    assert [found.severity for found in check.RULES["valuation_basis"](draft)] == severities


@pytest.mark.parametrize(
    ("sentence", "is_missing"),
    [
        ("乙方清点无误后签收", False),
        ("由乙方组织验收并填写验收单", False),
        ("自验收合格之日起保修三年", True),
        ("验收合格后办理入账", False),
        ("乙方收到后入账", True),
    ],
)
def test_goods_are_checked_by_somebody(sentence: str, is_missing: bool) -> None:
    draft = draft_of(IN_KIND.format(value="以发票为准").replace("乙方清点无误后签收", sentence))
    codes = {found.code for found in check.RULES["missing_clauses"](draft)}
    assert ("acceptance_missing" in codes) is is_missing


@pytest.mark.parametrize(
    ("sentence", "is_missing"),
    [
        ("捐赠所涉外汇收支按国家外汇管理规定办理。", True),
        ("评选结果报甲方备案。", True),
        ("乙方负责办理接受境外捐赠的备案手续。", False),
        ("本协议报学校外事主管部门批准后生效。", False),
        ("乙方依法履行境外捐赠的审批、备案程序。", False),
    ],
)
def test_a_gift_from_abroad_names_its_approval(sentence: str, is_missing: bool) -> None:
    paper = OPENING.replace("深圳市恒源数智科技有限公司", "港湾之光香港有限公司")
    draft = draft_of(paper + "甲方捐赠港币壹拾万元整（HK$100,000.00）。" + sentence + SIGNING)
    codes = {found.code for found in check.RULES["missing_clauses"](draft)}
    assert ("overseas_approval_missing" in codes) is is_missing


def test_a_supplement_is_only_asked_when_it_takes_effect() -> None:
    bare = (
        "补充协议\n\n甲方：某公司\n乙方：云麓大学教育发展基金会\n\n一、原协议其他条款继续有效。\n"
    )
    assert [f.code for f in check.RULES["missing_clauses"](draft_of(bare))] == [
        "effect_clause_missing"
    ]
    whole = bare + "二、本补充协议自双方签字盖章之日起生效。\n"
    assert list(check.RULES["missing_clauses"](draft_of(whole))) == []


@pytest.mark.parametrize(
    ("sentence", "is_missing"),
    [
        ("本协议自双方签字盖章之日起生效。", False),
        ("双方签字盖章后生效。", False),
        ("签字盖章生效。", False),
        ("本协议经双方盖章后具有法律效力，自签字之日起执行。", False),
        ("甲方于本协议生效后30日内支付。", True),
        ("补充协议与本协议具有同等法律效力。", True),
    ],
)
def test_taking_effect_is_more_than_a_mention_of_it(sentence: str, is_missing: bool) -> None:
    codes = {found.code for found in found_by("missing_clauses", sentence)}
    assert ("effect_clause_missing" in codes) is is_missing
