"""More wordings of what each rule looks for, by family, and their innocent neighbours."""

from __future__ import annotations

import pytest

from donflow.precheck import check
from tests.precheck.rules.said import SIGNING, draft_of, found_by

HITS = {
    "related_beneficiary": [
        "甲方亲属就读云麓大学的，应当优先获得资助。",
        "优先安排捐款校友的子女使用宿舍。",
        "捐赠企业职工的子女报考乙方学校的，予以优先录取。",
        "在同等条件下优先资助捐赠人的亲友。",
        "受资助名额中至少两名留给甲方股东的子女。",
        "捐赠者配偶、子女可以享受奖学金。",
        "甲方高管子女入读附属小学的，乙方应当予以照顾。",
        "奖学金获得者从甲方员工子女中产生并优先推荐。",
    ],
    "naming_rule": [
        "实验楼命名为“金山卷烟楼”。",
        "设立“雪茄文化奖学金”。",
        "项目名称为“StarLight启航计划”。",
        "教学楼命名为“No.1教学楼”。",
    ],
    "commercial_return": [
        "乙方承诺五年内不出售且股息的30%返还甲方。",
        "乙方不得转让且利润的一半归甲方所有。",
        "丙方每年向甲方采购实验耗材二十万元。",
        "乙方优先采购甲方的产品，价格不应高于市场价。",
        "丙方应向甲方采购仪器，不可无故拒绝。",
    ],
    "principal_contradiction": [
        "本金永久保留。收益不够的，由本金贴补。",
        "本金不得动用。第十一年起本金三年内用完。",
        "留本基金，收益不敷使用时以本金填补。",
        "本金不动用。二十年后本金应当全部花完。",
        "仅使用收益。不足时从本金中抵补。",
    ],
    "recipient_burden": [
        "丙方每年无偿为甲方完成不少于两项检测任务。",
        "乙方应免费为甲方培训员工五十人次。",
        "学院每年义务为甲方提供技术咨询十次。",
        "丙方须免费替捐赠方设计产品包装。",
        "学校每年免费给甲方举办两场培训。",
    ],
    "revocation_conflict": [
        "已捐赠的款项一律退还甲方。",
        "乙方应将已收到的全部捐赠款项全额返还甲方。",
        "全部捐赠资金由乙方如数退还。",
        "已支付款项均应退回甲方账户。",
        "已交付的捐赠财产全部归还甲方。",
    ],
    "personal_info_excess": [
        "The Foundation shall provide the Donor with a list of students "
        "including their passport numbers and bank accounts.",
        "The Recipient shall submit the scholars' identity cards, "
        "home addresses and medical history to the Donor.",
        "A report shall be sent to the Donor together with family "
        "members and phone numbers of the recipients.",
    ],
    "privacy_illegal": [
        "The Donor may publish the photos of the students without their consent.",
        "Without the consent of the students, the Donor may use their names and medical records.",
        "The Company has the right to disclose recipients' personal "
        "data to third parties without prior permission.",
    ],
    "wrong_words": [
        "甲方将赞助款汇入乙方账户。",
        "赞助方应当按期付款。",
        "乙方收到赞助资金后开具捐赠票据。",
        "赞助人有权查询。",
    ],
    "placeholder_unfilled": [
        "金额\n壹拾万元。\n第二条 捐赠用途\n【捐赠用途】\n第三条 票据\n乙方开具捐赠票据。",
        "金额\n【捐赠金额】\n第二条 用途\n用于奖学金。",
    ],
}

INNOCENT = {
    "related_beneficiary": [
        "捐赠人的亲属不在奖励范围之内。",
        "甲方员工子女不能作为本项目的受助对象。",
        "评审委员应当回避，甲方亲属不应参与奖励。",
        "甲方关联企业的员工不在资助之列。",
        "捐赠方的利害关系人不可申请本奖学金。",
        "甲方员工可以出席颁奖仪式。",
        "校友子女与其他申请人同等对待，不享受优先。",
        "奖励对象不包括甲方职工子女。",
        "甲方亲属予以排除，不列入资助对象。",
        "奖学金用于资助校友子女。",
        "受资助者家属可以参加颁奖仪式并获得纪念品。",
    ],
    "naming_rule": [
        "设立“恒源奖学金”。",
        "教学楼命名为“恒源楼”。",
        "设立“2006级会计班助学金”。",
        "命名为“烟雨楼”，冠名期限十年。",
        "不得命名为“某某卷烟楼”。",
    ],
    "commercial_return": [
        "乙方应向甲方反馈设备购置情况。",
        "乙方向甲方报告设备采购进展。",
        "乙方应当向甲方提供购置清单。",
        "乙方每年向甲方公开仪器采购明细。",
        "丙方向甲方通报图书订购计划。",
        "研究生资助对象不得从甲方职工子女中优先遴选。",
    ],
    "principal_contradiction": [
        "本金永久保留。收益不够的，当年少发。",
        "本金不得用完，只使用收益。",
        "留本基金，任何情况下本金不能花完。",
    ],
    "recipient_burden": [
        "乙方免费为甲方提供捐赠证书。",
        "乙方为甲方免费制作铭牌。",
        "甲方免费为丙方培训设备操作人员。",
        "丙方向社会免费开放。",
        "学校免费向师生提供服务。",
    ],
    "revocation_conflict": [
        "已支付款项不予退还。",
        "乙方挪用捐赠款的，已捐赠款项应当全额退还甲方。",
        "如项目不能实施，全部捐赠款退还甲方。",
        "全部捐赠资金不得要求退还。",
        "误汇的款项应当退还甲方。",
        "协议解除后，全部捐赠款项退还甲方。",
    ],
    "personal_info_excess": [
        "The Recipient shall not provide passport numbers or bank accounts of the students.",
        "The report includes the number of students and the use of funds.",
        "The list of students including medical history "
        "is provided only with their separate consent.",
        "资助名单仅含姓名和年级，不含身份证号、家庭住址。",
        "未经本人同意，不得提供学生的身份证号和银行卡号。",
    ],
    "privacy_illegal": [
        "The Donor may not publish photos of the students without their consent.",
        "The Recipient may publish the report on its website.",
        "Neither party shall disclose personal data without consent.",
    ],
    "wrong_words": [
        "乙方不是甲方的赞助商。",
    ],
    "placeholder_unfilled": [
        "金额\n壹拾万元。\n【捐赠用途】\n捐赠款用于奖学金。\n【捐赠金额】\n人民币壹拾万元。",
    ],
}

GOODS = """捐赠协议书

甲方（捐赠方）：深圳市恒源数智科技有限公司
乙方（受赠方）：云麓大学教育发展基金会

第一条 甲方向乙方捐赠实验设备一批，"""
VALUED_BY_THE_DONOR = [
    "总价值人民币拾万元，按甲方官网报价确定。",
    "价值按甲方认为的公允价格计算。",
    "作价合计20万元，参照甲方近年润格。",
    "价值人民币8万元，按书籍定价计算。",
    "价值以甲方销售价目表为准。",
    "价值依捐赠人申报的价格认定。",
    "设备价格由双方口头商定。",
    "价值按产品目录价计算。",
]
VALUED_BY_PAPERS = [
    "价值以甲方提供的发票确定。",
    "总价值20万元，以第三方评估报告为依据。",
    "价值根据甲方委托的评估机构出具的评估报告认定。",
    "价值按市场公允价值确定。",
    "价值按定价的六折成交价计算，附采购合同。",
]


@pytest.mark.parametrize(("rule", "text"), [(rule, text) for rule in HITS for text in HITS[rule]])
def test_the_fault_is_found(rule: str, text: str) -> None:
    assert [item for item in found_by(rule, text) if item.severity != "info"]


@pytest.mark.parametrize(
    ("rule", "text"), [(rule, text) for rule in INNOCENT for text in INNOCENT[rule]]
)
def test_the_innocent_words_are_left_alone(rule: str, text: str) -> None:
    assert [item.quote for item in found_by(rule, text) if item.severity != "info"] == []


@pytest.mark.parametrize("text", VALUED_BY_THE_DONOR)
def test_a_value_on_the_donors_word_is_found(text: str) -> None:
    found = list(check.RULES["valuation_basis"](draft_of(GOODS + text + SIGNING)))
    assert [item.line for item in found] == [6]


@pytest.mark.parametrize("text", VALUED_BY_PAPERS)
def test_a_value_on_papers_is_left_alone(text: str) -> None:
    assert list(check.RULES["valuation_basis"](draft_of(GOODS + text + SIGNING))) == []
