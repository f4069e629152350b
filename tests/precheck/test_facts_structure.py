"""Titles, numbers, purposes, names and clauses as many authors write them."""
# ruff: noqa: E501 - one row a line

from datetime import date

import pytest

from donflow.precheck.anatomy import dissect
from donflow.precheck.facts import Amends, Kind
from donflow.precheck.facts_beneficiary import read_beneficiary
from donflow.precheck.facts_clauses import read_clauses
from donflow.precheck.facts_kind import read_kind
from donflow.precheck.facts_parties import read_parties
from donflow.precheck.facts_purpose import (
    KEPT,
    read_naming,
    read_purpose,
    read_restricted,
)
from donflow.precheck.facts_title import (
    read_agreement_no,
    read_amends,
    read_language,
    read_title,
)
from donflow.precheck.paper import from_text

PARTIES = "甲方（捐赠方）：深圳市恒源数智科技有限公司\n乙方（受赠方）：云麓大学教育发展基金会\n"


def built(text):
    paper = from_text(text)
    return paper, dissect(paper)


TITLES = [
    ("捐赠协议书\n" + PARTIES, "捐赠协议书"),
    ("捐 赠 协 议 书\n" + PARTIES, "捐赠协议书"),
    ("捐　赠　协　议\n" + PARTIES, "捐赠协议"),
    ("云麓大学教育发展基金会\n捐赠协议书\n" + PARTIES, "捐赠协议书"),
    ("关于设立“恒源奖学金”的\n捐赠协议\n" + PARTIES, "关于设立“恒源奖学金”的捐赠协议"),
    ("协议编号：YLJJ-2025-037\n\n捐赠协议书\n" + PARTIES, "捐赠协议书"),
    ("Donation Agreement\n捐赠协议\n" + PARTIES, "捐赠协议"),
    ("《捐赠协议书》\n" + PARTIES, "捐赠协议书"),
    ("捐赠协议书（补充）\n" + PARTIES, "捐赠协议书（补充）"),
    ("赠与合同\n合同编号：2025-11\n" + PARTIES, "赠与合同"),
    ("云麓大学管理学院\n2003级校友捐赠协议\n" + PARTIES, "2003级校友捐赠协议"),
    ("云麓大学校友会\n个人捐赠登记表（协议）\n" + PARTIES, "个人捐赠登记表（协议）"),
    ("赠书协议\n" + PARTIES, "赠书协议"),
    (PARTIES + "第一条 捐赠", ""),
]


@pytest.mark.parametrize(("text", "title"), TITLES)
def test_the_title_is_read(text, title):
    assert read_title(*built(text)) == title


NUMBERS = [
    ("协议编号：YLJJ-2025-037", "YLJJ-2025-037"), ("合同编号:2025-SB-011", "2025-SB-011"),
    ("编号：（2025）云基捐字第12号", "（2025）云基捐字第12号"), ("协议编号：__________", ""),
    ("（协议编号：YLJJ-2025-037）", "YLJJ-2025-037"), ("编　号：2025-003", "2025-003"),
    ("地址：深圳市学府路88号", ""), ("合同号：WH2026-05", "WH2026-05"), ("NO. 2026046", "2026046"),
    ("Ref. LJ-09", "LJ-09"), ("No.：YL-1", "YL-1"), ("CS-2026-3", "CS-2026-3"), ("WH/2026/77", "WH/2026/77"),
    ("合同登记号：云捐字〔2026〕第31号", "云捐字〔2026〕第31号"), ("编号 2026-031", "2026-031"),
    ("云基捐字〔2026〕12号", "云基捐字〔2026〕12号"), ("协议编号：XXXX-XXX", ""), ("编号：{{协议编号}}", ""),
    ("2026-05-08", ""), ("2026/05/08", ""), ("0931-0000000", ""), ("电话号码：0931-0000000", ""),
]  # fmt: skip


@pytest.mark.parametrize(("line", "number"), NUMBERS)
def test_the_agreements_own_number_is_read(line, number):
    assert read_agreement_no(*built(f"捐赠协议书\n{line}\n{PARTIES}")) == number


PURPOSES = [
    ("第一条 捐赠用途\n本捐赠专项用于管理学院实验室建设。", "管理学院实验室建设"),
    ("第一条 捐赠用途\n设立“恒源奖学金”，奖励品学兼优的本科生。", "设立“恒源奖学金”，奖励品学兼优的本科生"),
    ("第一条 捐赠用途\n用于在云麓大学管理学院设立“恒源奖学金”，奖励优秀研究生。", "设立“恒源奖学金”，奖励优秀研究生"),
    ("第一条 捐赠用途\n捐赠资金用于：\n1. 奖励优秀本科生；\n2. 资助困难学生。\n第二条 其他", "奖励优秀本科生、资助困难学生"),
    ("第一条 捐赠用途\n捐赠资金用于（一）奖学金；（二）奖教金。", "奖学金、奖教金"),
    ("第一条 捐赠用途：用于支持管理学院学科建设，具体方案由乙方另行制定。", "支持管理学院学科建设"),
    ("第一条 捐赠目的\n资助管理学院困难学生，每人每年5000元。", "资助管理学院困难学生"),
    ("第一条 捐赠用途\n用于____________。", ""),
    ("一、甲方自愿向乙方捐赠人民币壹拾万元整，用于管理学院图书资料室建设。\n二、其他", "管理学院图书资料室建设"),
    ("一、捐款不得用于行政开支。\n二、甲方捐赠的款项用于奖励优秀教师。", "奖励优秀教师"),
    ("一、甲方向乙方捐赠人民币壹拾万元整。\n二、其他", ""),
]  # fmt: skip


@pytest.mark.parametrize(("body", "purpose"), PURPOSES)
def test_the_purpose_is_read_in_the_papers_words(body, purpose):
    assert read_purpose(*built(f"捐赠协议书\n{PARTIES}\n{body}"), "捐赠协议书") == purpose


def test_a_supplement_keeps_the_purpose_unless_it_changes_it():
    kept = built("补充协议\n第一条 支付时间变更为2027年3月31日前。")
    assert read_purpose(*kept, "补充协议") == KEPT
    changed = built("补充协议\n第一条 捐赠用途变更\n捐赠用途变更为：用于建设实验室。\n第二条 其他")
    assert read_purpose(*changed, "补充协议") == "建设实验室"


BENEFICIARIES = [
    ("用于云麓大学管理学院学科建设。", "云麓大学管理学院"),
    ("用于管理学院学科建设。", "云麓大学管理学院"),
    ("用于资助云麓大学学生赴境外交流。", "云麓大学学生"),
    ("用于支持学科建设。受益单位为云麓大学外国语学院。", "云麓大学外国语学院"),
    ("用于奖励信息管理专业本科生。", "信息管理专业本科生"),
]


@pytest.mark.parametrize(("words", "beneficiary"), BENEFICIARIES)
def test_who_benefits_is_read(words, beneficiary):
    text = f"捐赠协议书\n{PARTIES}\n第一条 捐赠用途\n{words}\n第二条 其他"
    paper, anatomy = built(text)
    purpose = read_purpose(paper, anatomy, "捐赠协议书")
    assert read_beneficiary(paper, anatomy, read_parties(paper, anatomy), purpose) == beneficiary


NAMES = [
    ("设立“恒源奖学金”。", "恒源奖学金"), ("设立永久性奖学金，命名为“恒源奖学金”。", "恒源奖学金"),
    ("设立恒源奖学金，奖励优秀学生。", "恒源奖学金"), ("将报告厅命名为“恒源厅”。", "恒源厅"),
    ("项目名称为“远航计划”。", "远航计划"), ("用于学科建设（以下简称“本项目”）。", ""),
    ("加盖“南山书局捐赠”章。", ""), ('设立"恒源奖学金"。', "恒源奖学金"), ("设立奖学金。", ""),
    ("用于“恒源楼”建设。", "恒源楼"), ("用于举办“恒源医学论坛”。", "恒源医学论坛"),
    ("用于讲座（以下简称“本论坛”）。", ""),
]  # fmt: skip


@pytest.mark.parametrize(("words", "name"), NAMES)
def test_the_name_that_a_gift_carries_is_read(words, name):
    paper, anatomy = built(f"捐赠协议书\n{PARTIES}\n第一条 内容\n{words}\n第二条 其他")
    assert read_naming(paper, anatomy, "捐赠协议书") == name


@pytest.mark.parametrize(
    ("words", "restricted"),
    [("本捐赠为限定性捐赠。", True), ("本捐赠为非限定性捐赠。", False), ("不限定用途。", False)],
)
def test_a_gift_is_restricted_unless_the_paper_says_not(words, restricted):
    assert read_restricted(*built(f"捐赠协议书\n第一条 {words}")) is restricted


KINDS = [
    ("捐赠协议书", "甲方自愿向乙方捐赠人民币壹拾万元整。", Kind.ONE_OFF_CASH),
    ("捐赠协议书", "甲方分三期向乙方捐赠人民币叁拾万元整。", Kind.MULTI_INSTALMENT),
    ("捐赠协议书", "甲方向乙方捐赠人民币壹佰万元整，本金永久保留，仅使用收益。", Kind.ENDOWED),
    ("捐赠协议书", "甲方向乙方捐赠人民币壹佰万元整，本基金为非留本基金。", Kind.ONE_OFF_CASH),
    ("捐赠协议书", "甲方自愿将下列设备无偿捐赠给乙方。", Kind.IN_KIND),
    ("捐赠协议书", "甲方向乙方捐赠图书一批，共500册。", Kind.IN_KIND),
    ("捐赠协议书", "甲方向乙方捐赠人民币壹拾万元整，用于购置实验设备。", Kind.ONE_OFF_CASH),
    ("捐赠协议书", "甲方曾于2023年向乙方捐赠显微镜10台（价值人民币贰拾万元整），现再次捐赠下列仪器。", Kind.IN_KIND),
    ("捐赠协议书", "2019年曾捐赠图书120册。今甲方向乙方捐赠人民币壹拾万元整。", Kind.ONE_OFF_CASH),
    ("捐赠协议书", "甲方捐赠人民币壹拾万元整。□一次性　□分期。", Kind.ONE_OFF_CASH),
    ("捐赠协议书", "甲方捐赠人民币壹拾万元整。□一次性　☑分期。", Kind.MULTI_INSTALMENT),
    ("捐赠协议书", "甲方捐赠人民币壹拾万元整，为不动本基金，只支用收益。", Kind.ENDOWED),
    ("捐赠协议书", "甲方捐赠人民币壹拾万元整，为非不动本基金。", Kind.ONE_OFF_CASH),
    ("班级集体捐赠协议", "甲方捐赠人民币壹万元整。", Kind.GROUP),
    ("藏书捐赠协议", "甲方愿将藏书捐出。", Kind.IN_KIND),
    ("补充协议", "原协议第二条变更。", Kind.SUPPLEMENTARY),
    ("捐赠协议终止协议", "原协议终止。", Kind.TERMINATION),
]  # fmt: skip


@pytest.mark.parametrize(("title", "words", "kind"), KINDS)
def test_the_kind_is_told_by_what_is_given(title, words, kind):
    paper, anatomy = built(f"{title}\n{PARTIES}\n第一条 {words}\n第二条 其他")
    parties = read_parties(paper, anatomy)
    assert read_kind(paper, anatomy, title, parties, None, ()) is kind


CLAUSES = [
    ("第一条 捐赠数额及用途\n第二条 争议解决", ["amount", "purpose", "dispute"]),
    ("第一章 捐赠财产\n第一条 甲方捐赠人民币壹拾万元整。\n第二条 甲方将捐赠款汇入乙方账户。\n第二章 附则\n第三条 本协议一式四份。", ["amount", "payment", "copies"]),
    ("第一条 捐赠金额\n第二条 捐赠用途\n第三条 支付方式\n第四条 票据\n第五条 违约责任\n第六条 争议解决", ["amount", "purpose", "payment", "receipt", "breach", "dispute"]),
    ("一、甲方向乙方捐赠人民币壹拾万元整。\n二、捐赠款用于学科建设。\n三、甲方将款项汇入乙方账户。\n四、乙方开具公益事业捐赠票据。", ["amount", "purpose", "payment", "receipt"]),
    ("一、保密条款\n二、不可抗力\n三、知识产权", ["confidentiality", "force_majeure"]),
    ("1. 发生争议的，向人民法院起诉。\n2. 本协议一式四份，自盖章之日起生效。", ["dispute", "copies", "effect"]),
]  # fmt: skip


@pytest.mark.parametrize(("body", "clauses"), CLAUSES)
def test_clauses_are_told_by_headings_or_by_what_they_say(body, clauses):
    paper, anatomy = built(f"捐赠协议书\n{PARTIES}\n{body}")
    assert list(read_clauses(paper, anatomy, Kind.ONE_OFF_CASH)) == clauses


def test_the_agreement_that_a_supplement_changes_is_named_with_its_day():
    text = "补充协议\n双方于2025年7月15日签订《捐赠协议书》（以下简称“原协议”）。\n一、变更。"
    assert read_amends(*built(text), "补充协议") == Amends("捐赠协议书", date(2025, 7, 15))
    assert read_amends(*built("捐赠协议书\n依据《捐赠协议》。"), "捐赠协议书") is None


def test_a_paper_in_two_languages_is_known():
    english = "The Donor donates this sum to the Donee for the scholarship of its students.\n"
    assert read_language(from_text("捐赠协议\n甲方向乙方捐赠人民币壹拾万元整。\n")) == "zh"
    assert read_language(from_text(("甲方向乙方捐赠人民币壹拾万元整。\n" + english) * 3)) == "zh-en"
