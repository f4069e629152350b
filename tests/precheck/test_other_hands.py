"""Structure and money as other authors write them: what is hit, and its innocent kin."""
# ruff: noqa: E501 - one row a line

from datetime import date

import pytest

from donflow.precheck.check import findings_of, read_draft
from donflow.precheck.paper import from_text
from donflow.precheck.rulebook import RuleBook

HEAD = "捐赠协议书\n甲方（捐赠人）：深圳市恒源数智科技有限公司\n乙方（受赠人）：云麓大学教育发展基金会\n"
GIFT = "第一条 捐赠金额\n甲方向乙方捐赠人民币壹拾万元整（￥100,000.00）。\n"
SIGNED = "\n甲方（盖章）：          乙方（盖章）：\n日期：2025年5月20日     日期：2025年5月20日\n"
CLASS = HEAD.replace("深圳市恒源数智科技有限公司", "云麓大学土木系1992级2班全体同学")

CASES = [
    ("party_label_inconsistent", HEAD + GIFT + "第二条 捐赠方变更付款安排的，书面通知乙方。", True),
    ("party_label_inconsistent", HEAD + GIFT + "第二条 乙方将使用情况告知捐赠方。", True),
    ("party_label_inconsistent", HEAD + GIFT + "第二条 乙方将使用情况告知捐赠人。", False),
    ("party_name_inconsistent", CLASS + GIFT + "第二条 铭牌内容为“云麓大学土木系1992级3班敬赠”。", True),
    ("party_name_inconsistent", CLASS + GIFT + "第二条 铭牌内容为“云麓大学土木系1992级2班敬赠”。", False),
    ("annex_reference_mismatch", HEAD + GIFT + "第二条 资料\n甲方提供附件二所列的资料。\n\n附件：资料清单\n" + SIGNED, True),
    ("annex_reference_mismatch", HEAD + GIFT + "第二条 资料\n甲方提供附件一所列的资料。\n\n附件：资料清单\n" + SIGNED, False),
    ("board_resolution_missing", HEAD + "甲方系在证券交易所上市的股份有限公司。\n" + GIFT + SIGNED, True),
    ("board_resolution_missing", HEAD + "甲方为非上市公司。\n" + GIFT + SIGNED, False),
    ("certificate_amount_risk", HEAD + GIFT + "第二条 证书\n乙方按甲方申报的价值颁发捐赠证书。" + SIGNED, True),
    ("certificate_amount_risk", HEAD + GIFT + "第二条 证书\n乙方按实际到账金额颁发捐赠证书。" + SIGNED, False),
    ("words_malformed", HEAD + GIFT + "第二条 证书\n乙方颁发载明金额人民币壹拾万元的捐赠证书。" + SIGNED, False),
    ("figures_missing", HEAD + GIFT + "第二条 证书\n乙方颁发载明捐赠金额人民币壹拾万元的捐赠证书。" + SIGNED, False),
    ("recipient_not_foundation", HEAD.replace("教育发展基金会", "") + GIFT + SIGNED, True),
    ("recipient_not_foundation", HEAD + GIFT + SIGNED, False),
]  # fmt: skip


@pytest.mark.parametrize(("code", "text", "hit"), CASES)
def test_a_paper_of_another_hand_is_read_the_same(code: str, text: str, hit: bool) -> None:
    draft = read_draft(from_text(text), RuleBook({}), on=date(2025, 5, 1))
    assert (code in {each.code for each in findings_of(draft)}) is hit
