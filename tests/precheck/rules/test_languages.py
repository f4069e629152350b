"""Which text of a bilingual paper prevails."""

from __future__ import annotations

import pytest

from donflow.precheck import check
from tests.precheck.rules.said import draft_of

PAPER = """Donation Agreement
捐赠协议

甲方（捐赠方）：深圳市恒源数智科技有限公司
乙方（受赠方）：云麓大学教育发展基金会

Article 1 The Donor donates RMB 100,000 to the Donee to set up a scholarship for students.
第一条 甲方向乙方捐赠人民币壹拾万元整（￥100,000.00），用于设立奖学金。
Article 2 The Donor shall remit the whole donation to the account of the Donee before 30 June 2027.
第二条 甲方于2027年6月30日前将全部捐赠款汇入乙方账户。
Article 3 The Donee shall issue a donation receipt after the donation has been received.
第三条 乙方收到捐赠款后开具公益事业捐赠统一票据。
Article 4 {english}
第四条 {chinese}
"""


@pytest.mark.parametrize(
    ("english", "chinese", "line"),
    [
        ("In case of discrepancy the Chinese version shall prevail.", "以中文文本为准。", []),
        ("The Chinese text shall govern in every case of doubt.", "如有歧义，以中文版本为准。", []),
        ("In case of discrepancy the English version shall prevail.", "以英文文本为准。", [14]),
        ("The English version shall prevail over any other text.", "本协议以两种文字书就。", [13]),
        ("Both versions shall be equally authentic for the parties.", "中英文具有同等效力。", [14]),
        ("This agreement is made in Chinese and in English.", "本协议以中英文书就。", [None]),
        (
            "It is made in four originals, each with equal force in law.",
            "本协议一式四份，具有同等法律效力。如有歧义，以中文为准。",
            [],
        ),
    ],
)
def test_the_chinese_text_must_prevail(english: str, chinese: str, line: list[int | None]) -> None:
    draft = draft_of(PAPER.format(english=english, chinese=chinese))
    assert [found.line for found in check.RULES["prevailing_language"](draft)] == line


def test_a_chinese_paper_needs_no_such_clause() -> None:
    assert list(check.RULES["prevailing_language"](draft_of("捐赠协议\n\n本协议一式四份。"))) == []
