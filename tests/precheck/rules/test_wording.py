"""Wrong words and wrong receipts: what is found, and the innocent words beside it."""

from __future__ import annotations

import pytest

from tests.precheck.rules.said import found_by

HITS = {
    "wrong_words": [
        "乙方在款项到帐后通知甲方。",
        "请汇入以下帐户。",
        "本协议自签定之日起生效。",
        "甲方有权力查询。",
        "既使发生不可抗力。",
        "做为捐赠人，甲方有权查询。",
        "乙方必需按约定用途使用。",
        "截止2025年12月31日。",
        "甲方支付定金五万元。",
        "乙方应予撤消冠名。",
        "按时拔付资金。",
        "本协议一式四分。",
        "双方的权力与义务。",
        "甲方享有查询的权力。",
        "捐款入帐后三日内。",
        "款项转帐至乙方。",
        "如甲方未能覆行本协议。",
        "给于必要的支持。",
        "乙方负责与以公示。",
        "捐款方既将支付。",
        "请在时侯到来前通知。",
        "损赠协议书。",
        "由乙方付责落实。",
        "由甲方承担帐务处理责任。",
        "乙方应按月对帐。",
        "争议提交仲栽委员会。",
        "必需按照约定用途使用。",
        "各方权力义务如下。",
        "甲方行使查询权力。",
    ],
    "wrong_document": [
        "乙方收到捐赠款后开具发票。",
        "乙方应在五日内向甲方开具等额增值税发票。",
        "乙方收到捐款后出具收据。",
        "乙方向甲方提供正式发票。",
        "乙方在收到捐赠款后出具收条。",
        "基金会到账后开具行政事业性收据。",
        "收到捐款后，乙方应为甲方开具税务发票。",
        "乙方凭到账凭证出具财务收据。",
        "受赠人收款后十日内寄送收据给捐赠人。",
        "乙方应于收款后七日内开出捐赠发票。",
        "受赠方收到款项后出具加盖财务章的收据。",
    ],
}

INNOCENT = {
    "wrong_words": [
        "乙方购置帐篷二十顶用于野外实习。",
        "款项到账后五日内。",
        "国家权力机关。",
        "行政权力。",
        "截止日期为2025年12月31日。",
        "按约定金额支付。",
        "必需品由学院提供。",
        "学校的设备按规定使用。",
        "本协议有效期内双方的权利和义务。",
        "乙方按装箱单清点。",
        "甲方规定金额不少于一百万元。",
        "支付责任由甲方承担。",
        "受损赠品予以更换。",
        "协议义务。",
        "未付责任由乙方承担。",
        "款项汇入账户后入账。",
        "捐款给予学院。",
        "设备按照清单清点。",
        "协议约定金额。",
        "支付责任。",
        "截止时间。",
        "供给于学生的助学金。",
        "按装修图纸施工。",
        "学校最高权力机构。",
        "双方约定金额。",
        "按规定金额支付。",
        "截止日期、截止时间以通知为准。",
        "必需的实验耗材。",
        "不按期支付责任自负。",
        "备用账簿。",
    ],
    "wrong_document": [
        "乙方开具公益事业捐赠统一票据。",
        "甲方提供购置发票作为价值依据。",
        "乙方不得开具发票，仅开具捐赠票据。",
        "甲方在交付设备时一并提供发票、说明书。",
        "由供应商向乙方开具发票。",
        "乙方清点无误后出具收条。",
        "设备价值以发票载明的金额为准。",
        "甲方应向乙方出具购货发票及价值证明。",
        "丙方报销时须提供合法有效的发票。",
        "施工单位开具的工程发票由丙方审核。",
        "供货商向丙方出具增值税发票。",
        "捐赠物资价值以甲方出具的发票为准。",
        "乙方开具公益事业捐赠统一票据（财政电子票据）。",
        "甲方保留购买设备的发票。",
        "设备发票复印件见附件二。",
        "乙方收到实物后向甲方出具收条。",
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


@pytest.mark.parametrize(
    ("text", "quote", "right"),
    [
        ("款项到帐后", "到帐", "账"),
        ("汇入以下帐户", "帐户", "账"),
        ("自签定之日起", "签定", "签订"),
        ("甲方有权力查询", "有权力", "权利"),
    ],
)
def test_the_mend_is_the_right_word_alone(text: str, quote: str, right: str) -> None:
    (found,) = found_by("wrong_words", text)
    assert (found.quote, [mend.text for mend in found.mend]) == (quote, [right])


def test_a_word_that_a_person_must_choose_has_no_mend() -> None:
    (found,) = found_by("wrong_words", "甲方支付定金五万元。")
    assert found.mend == ()
