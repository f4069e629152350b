"""Other hands write the same faults in other words; their innocent neighbours stay untold."""

from __future__ import annotations

import pytest

from donflow.precheck.findings import Severity
from tests.precheck.rules.said import found_by

HITS = {
    "purpose_vague": [
        "捐款用于资助受灾师生，以及学校认为需要的其他方面。",
        "基金用于乙方认为需要的各类公益活动。",
        "捐赠款用于购置图书、奖学金和乙方认为合适的其他用途。",
        "捐赠资金用于学院建设及乙方认为必要的其他支出。",
        "捐赠款用于基金会认为适当的项目。",
    ],
    "privacy_illegal": [
        "甲方可以在其公众号中使用受助学生照片和贫困情况，无须另行征得学生同意。",
        "甲方可公开获奖学生的姓名和事迹，不必征得本人同意。",
        "甲方有权在宣传册刊登受资助学生的肖像，无需学生许可。",
        "乙方应在学校网站公布受救助学生的姓名、班级和家庭受灾情况。",
        "发放结果在校园网公布受助学生的姓名、身份证号码及家庭贫困情况。",
        "乙方将受助学生的贫困原因予以公布，并公示受助学生及其家庭经济状况。",
        "乙方每年在橱窗张贴受助学生名单及患病情况。",
        "乙方可将获奖学生的姓名、照片提供给合作媒体使用，学生不得提出异议。",
    ],
    "personal_info_excess": [
        "乙方将全体校友的姓名、手机号码、工作单位和家庭住址提供给甲方。",
        "乙方每年向甲方寄送受资助教师名册，内含姓名、身份证号、护照号及家庭住址。",
        "乙方将获奖学生的身份证号和银行卡号导出后交给甲方。",
        "乙方应于每年九月向甲方上报受助学生的家庭住址、父母收入。",
    ],
    "principal_contradiction": [
        "本金不得动用。当年收益不足的，经管理委员会同意，可以动用本金予以补足。",
        "本基金为留本基金。收益不足时，经乙方理事会批准，可支取部分本金。",
        "留本基金。经基金管理办公室同意后可以使用本金发放奖学金。",
    ],
    "internal_conflict": [
        "乙方按收益的3%提取管理费。\n第二条 乙方不得提取任何管理费。",
        "周转金向学生发放无息借款。\n第二条 借款人按年利率百分之三支付利息。",
        "基金向毕业生提供免息贷款。\n第二条 学生应按月支付利息。",
        "甲方每年向乙方捐赠不低于人民币叁拾万元整。\n第二条 当年亏损的，甲方仍应捐赠不少于20万元。",
    ],
    "commercial_return": [
        "乙方不得采购或使用与甲方产品相竞争之同类软件。",
        "乙方承诺不采用其他同类设备。",
        "甲方“清泉”牌系列酒为校庆宴会独家用酒。",
        "甲方产品作为校庆指定用水。",
        "甲方有权在校园内设立销售网点。",
        "乙方将实验室无偿提供给甲方用于产品测试。",
        "甲方牛奶为运动会官方饮品。",
    ],
    "related_beneficiary": [
        "梁氏后人报考该系的，应优先予以资助。",
        "奖学金优先发放给陈氏宗亲。",
        "每年五个资助名额由甲方直接指定。",
        "乙方每年接收甲方推荐的职工子女不少于两名参加资助计划。",
    ],
    "recipient_burden": [
        "养护费如有不足，由乙方以自有资金承担。",
        "工程造价超支的，由乙方补足。",
    ],
    "dispute_clause_invalid": ["争议可提交云麓仲裁委员会仲裁，也可以向乙方所在地人民法院起诉。"],
    "certificate_amount_risk": [
        "本协议签署后，乙方即按甲方评定的股权价值向甲方颁发捐赠证书。",
        "乙方按照捐赠方自行估算的金额颁发捐赠证书。",
    ],
    "mixed_punctuation": [
        "甲方于2025年签订捐赠协议（以下简称“原协议”)。",
        "捐赠款(人民币，一次性付清）于当月到账。",
    ],
    "placeholder_unfilled": ["甲方于〔捐赠年度〕捐赠。", "甲方：〔公司全称〕。"],
    "naming_rule": ["教室命名为“BlueSky智慧教室”。"],
}
INNOCENT = {
    "purpose_vague": [
        "捐赠款用于奖学金。乙方认为需要调整用途的，应征得甲方同意。",
        "捐赠款用于图书馆购置图书，甲方认为有必要的，可以查询使用情况。",
        "捐赠款用于资助经学院评审认为家庭困难的学生，每人5000元的助学金。",
    ],
    "privacy_illegal": [
        "乙方在宣传中使用甲方名称、标识的，无须另行征得甲方同意。",
        "乙方公示获奖学生的姓名、学院和年级。",
        "乙方公布受灾情况和捐赠款使用情况。",
        "经学生本人书面同意，乙方可以公布受助学生的家庭情况。",
        "未经学生本人同意，任何一方不得公开受助学生的家庭经济情况。",
        "甲方使用受助学生照片的，应当征得学生本人同意。",
        "乙方将受助学生的姓名隐去后公布其家庭情况。",
    ],
    "personal_info_excess": [
        "乙方每年向甲方寄送受资助学生名册，内含姓名、学院和年级。",
        "乙方向甲方寄送捐赠票据和捐赠证书。",
    ],
    "principal_contradiction": [
        "本金不得动用。确需动用本金的，须经甲方书面同意。",
        "本金不得动用。经甲乙双方协商同意，可以动用本金。",
        "本金不得动用。未经甲方同意，乙方不得动用本金。",
    ],
    "internal_conflict": [
        "周转金向学生发放无息借款。\n第二条 借款逾期的，借款人按年利率百分之三支付利息。",
        "甲方首年捐赠不低于50万元。\n第二条 此后每年捐赠不低于30万元。",
        "甲方每年捐赠不少于30万元。\n第二条 每年资助不少于10万元的科研项目。",
        "本基金的存款利息全部用于奖学金。\n第二条 乙方不支付利息给甲方。",
    ],
    "commercial_return": [
        "本奖学金不得与同类奖学金重复申请。",
        "捐赠款用于购置科研专用设备。",
        "捐赠款用于甲方指定用途。",
        "乙方将设备使用情况免费提供给甲方查阅。",
        "甲方在校园内设置捐赠铭牌，由乙方维护。",
    ],
    "related_beneficiary": [
        "乙方设立“陈氏助学金”，资助困难学生。",
        "甲方推荐的评审委员会委员参加评审。",
        "资助名额由甲乙双方协商确定。",
    ],
    "recipient_burden": [
        "捐赠款不足的，由甲方补足。",
        "本项目不提取管理费，工作经费由乙方以自有资金承担。",
    ],
    "dispute_clause_invalid": [
        "原协议第八条中“提交云麓仲裁委员会仲裁”修改为“向受赠方所在地人民法院起诉”。",
        "原协议“由乙方所在地人民法院管辖”的表述变更为“提交云麓仲裁委员会仲裁”。",
    ],
    "certificate_amount_risk": ["乙方按照到账金额向甲方颁发捐赠证书。"],
    "mixed_punctuation": ["（1）捐赠款（人民币）于当月到账。", "甲方（YUNLU Ltd.）捐赠。"],
    "placeholder_unfilled": ["编号：云基〔2025〕24号。", "〔原件存档〕。"],
    "naming_rule": ["教室命名为“晨星智慧教室”，冠名期限五年。"],
}


@pytest.mark.parametrize(
    ("rule", "sentence"), [(rule, each) for rule, said in HITS.items() for each in said]
)
def test_the_same_fault_in_other_words_is_told(rule: str, sentence: str) -> None:
    assert [f.code for f in found_by(rule_of(rule), sentence) if f.code == rule]


@pytest.mark.parametrize(
    ("rule", "sentence"), [(rule, each) for rule, said in INNOCENT.items() for each in said]
)
def test_its_innocent_neighbour_is_not(rule: str, sentence: str) -> None:
    told = [f for f in found_by(rule_of(rule), sentence) if f.severity is not Severity.INFO]
    assert [f.quote for f in told if f.code == rule] == []


@pytest.mark.parametrize(
    ("basis", "weight"),
    [
        ("价值人民币伍万元，由甲方自行评定。", Severity.ERROR),
        ("价值人民币伍万元，以甲方购买时的印象价格为准。", Severity.ERROR),
        ("作价人民币伍万元，系甲方与目标公司协商确定。", Severity.ERROR),
        ("价值人民币伍万元，按甲方对外公布之目录价计算。", Severity.WARNING),
        ("码洋合计人民币伍万元。受赠方出具收据，作为捐赠凭证。", Severity.WARNING),
        ("价值人民币伍万元，由甲方与乙方共同委托第三方评估确定。", None),
        ("价值人民币伍万元，以采购发票载明的金额为准。", None),
    ],
)
def test_a_value_rests_on_papers_and_not_on_the_givers_word(
    basis: str, weight: Severity | None
) -> None:
    told = found_by("valuation_basis", f"甲方向乙方捐赠仪器设备一批，{basis}")
    assert [finding.severity for finding in told] == ([weight] if weight else [])


def test_a_word_of_the_language_in_the_wrong_place_is_a_wrong_term() -> None:
    told = found_by("wrong_words", "双方另行签定补充协议。款项到帐后开具票据。")
    assert sorted((f.code, f.quote) for f in told) == [
        ("wrong_character", "到帐"),
        ("wrong_term", "签定"),
    ]


def rule_of(code: str) -> str:
    """The rule under whose name the check keeps this code."""
    return {"certificate_amount_risk": "receipts"}.get(code, code)
