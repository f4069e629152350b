"""Purposes and who benefits, in the sentences that many authors write for them."""
# ruff: noqa: E501 - one row a line

import pytest

from donflow.precheck.anatomy import dissect
from donflow.precheck.facts_beneficiary import read_beneficiary
from donflow.precheck.facts_parties import read_parties
from donflow.precheck.facts_purpose import KEPT, read_purpose, read_restricted
from donflow.precheck.paper import from_text

PARTIES = "甲方：深圳市恒源数智科技有限公司\n乙方：云麓大学教育发展基金会\n"
GIFT = "第一条 捐赠金额\n甲方自愿向乙方捐赠人民币壹拾万元整（￥100,000.00）。\n"


def read(text):
    paper = from_text(f"捐赠协议书\n{PARTIES}{text}")
    anatomy = dissect(paper)
    purpose = read_purpose(paper, anatomy, "捐赠协议书")
    parties = read_parties(paper, anatomy)
    return (
        purpose,
        read_beneficiary(paper, anatomy, parties, purpose, KEPT),
        read_restricted(paper, anatomy, purpose),
    )


UNDER_A_HEADING = [
    # what follows the first clause says how, what exactly, how many or who decides
    ("捐赠款用于支持云麓大学足球队参加全国联赛，含训练、差旅和服装费用。", "支持云麓大学足球队参加全国联赛", "云麓大学足球队"),
    ("用于资助数学与统计学院困难学生，每年资助20人。", "资助数学与统计学院困难学生", "云麓大学数学与统计学院"),
    ("用于云麓大学校史馆展陈提升工程，工程预算见附件。", "云麓大学校史馆展陈提升工程", "云麓大学"),
    ("用于云麓大学新食堂（建筑面积约3000平方米，地上两层）建设，由学校组织实施。", "云麓大学新食堂（建筑面积约3000平方米，地上两层）建设", "云麓大学"),
    ("捐赠款用于更新外国语学院语音室的设备；如有结余，用于日常维护。", "更新外国语学院语音室的设备", "云麓大学外国语学院"),
    # a second clause with a verb of its own goes on with the first
    ("捐赠款用于设立“恒源奖教金”，奖励法学院青年教师，每年评选5名。", "设立“恒源奖教金”，奖励法学院青年教师", "云麓大学法学院"),
    ("用于购置图书，改善文学院阅览条件。", "购置图书，改善文学院阅览条件", "云麓大学文学院"),
    ("设立恒源奖学金，用于奖励计算机学院品学兼优的学生。", "设立恒源奖学金，用于奖励计算机学院品学兼优的学生", "云麓大学计算机学院"),
    # several purposes
    ("捐赠款的80%用于奖学金，20%用于经济学院学生活动。", "奖学金、经济学院学生活动", "云麓大学经济学院"),
    ("（一）人民币叁拾万元用于学科竞赛；\n（二）人民币贰拾万元用于大楼维修。", "学科竞赛、大楼维修", "云麓大学"),
    ("捐赠款主要用于两个方面：一是学生国际交流，二是青年教师研修。", "学生国际交流、青年教师研修", "云麓大学"),
    ("用途：□奖助学金 ☑学科建设 □校园建设", "学科建设", "云麓大学"),
    # without 用于
    ("设备供乙方下属云麓大学图书馆使用。", "乙方下属云麓大学图书馆使用", "云麓大学图书馆"),
    ("本捐赠资金作为云麓大学校医院设备购置专款。", "云麓大学校医院设备购置专款", "云麓大学"),
    ("为改善办学条件，甲方捐资修建外国语学院语音楼。", "修建外国语学院语音楼", "云麓大学外国语学院"),
    # a place is not who benefits; a group told by its merits is its university's
    ("用于在云麓大学图书馆前种植校友林。", "在云麓大学图书馆前种植校友林", "云麓大学"),
    ("用于资助云麓大学家庭经济困难的研究生。", "资助云麓大学家庭经济困难的研究生", "云麓大学"),
    ("用于资助云麓大学研究生开展田野调查。", "资助云麓大学研究生开展田野调查", "云麓大学研究生"),
    # under its heading it may stand without any verb, but not who the parties are
    ("管理学院教学和科研。", "管理学院教学和科研", "云麓大学管理学院"), ("乙方系依法设立的基金会。", "", ""),
    # nothing is said
    ("【捐赠用途】", "", ""), ("用于____________。", "", ""), ("{{用途}}", "", ""),
]  # fmt: skip


@pytest.mark.parametrize(("words", "purpose", "beneficiary"), UNDER_A_HEADING)
def test_the_purpose_is_cut_where_it_ends(words, purpose, beneficiary):
    told = read(f"{GIFT}第二条 捐赠用途\n{words}\n第三条 其他\n一式两份。")
    assert told[:2] == (purpose, beneficiary)


PLAIN = [
    ("一、甲方向乙方捐赠人民币壹拾万元整，支持云麓大学法学院模拟法庭建设。\n二、其他", "支持云麓大学法学院模拟法庭建设"),
    ("一、甲方捐赠人民币壹拾万元整给乙方，以资助云麓大学贫困学生。\n二、其他", "资助云麓大学贫困学生"),
    ("一、甲方捐赠人民币壹拾万元整。\n二、作品供美术馆收藏和展览之用。\n三、其他", "美术馆收藏和展览"),
    ("甲方曾于2019年捐赠人民币壹万元整用于购书。\n一、甲方捐赠人民币壹拾万元整，用于修缮操场。\n二、其他", "修缮操场"),
    ("一、甲方捐赠人民币壹拾万元整。\n二、甲方提供发票复印件，可供查验。\n三、其他", ""),
]  # fmt: skip


@pytest.mark.parametrize(("body", "purpose"), PLAIN)
def test_the_purpose_is_found_in_sentences_without_a_heading(body, purpose):
    assert read(body)[0] == purpose


@pytest.mark.parametrize(
    ("words", "restricted"),
    [
        ("用于学校最需要的地方。", False),
        ("由受赠方根据发展需要统筹使用。", False),
        ("【捐赠用途】", False),
        ("支持学校教育事业发展。", True),
        ("用于学生活动。", True),
    ],
)
def test_a_gift_for_wherever_it_is_needed_is_not_restricted(words, restricted):
    assert read(f"{GIFT}第二条 捐赠用途\n{words}\n第三条 其他\n一式两份。")[2] is restricted


SCHOOLS = [
    ("更新经济学院沙盘实训室", "云麓大学经济学院"), ("修缮资源学院宿舍", "云麓大学资源学院"),
    ("支持云麓大学信息与通信工程学院学科建设", "云麓大学信息与通信工程学院"),
    ("改造对外汉语学院教室", "云麓大学对外汉语学院"), ("购置文学院用书", "云麓大学文学院"),
    ("奖励云麓大学附属小学学生", "云麓大学附属小学"), ("充实图书馆馆藏", "云麓大学图书馆"),
    ("支持全校各学院发展", "云麓大学"),
]  # fmt: skip


@pytest.mark.parametrize(("purpose", "school"), SCHOOLS)
def test_a_school_is_named_in_full_and_without_the_verb(purpose, school):
    told = read(f"{GIFT}第二条 捐赠用途\n用于{purpose}。\n第三条 其他\n一式两份。")
    assert told[1] == school
