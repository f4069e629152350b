"""The papers that come from outside in the demo: each says that it is only for show."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from donflow.pdf.form import LEFT, PROSE, WIDTH, draw_foot, draw_heading, open_form
from donflow.pdf.setting import set_block

FOLDER = "材料"
FOUNDATION = "云麓大学教育发展基金会"
DONOR = "深圳市恒源数智科技有限公司"

PAPERS = {
    "党政联席会纪要": "会议同意接受深圳市恒源数智科技有限公司捐赠意向，并报基金会审核。",
    "退回意见": "第1稿退回修改：受益对象请写明评选条件；第三条付款期限请避开暑假。",
    "审核意见": "经审核，捐赠协议第2稿符合要求，审核、法务、秘书长均同意。",
    "第二次审核意见": "经审核，捐赠协议第3稿符合要求，审核、法务、秘书长均同意。",
    "捐赠人回复": "收到协议，其他条款无异议，奖学金名称请使用全称“恒源数智奖学金”。",
    "捐赠人确认": "第3稿已阅，没有异议，同意签署。",
    "签署页": "捐赠方已在全部四份正本上签字、加盖公章并加盖骑缝章，签署日期已填写。",
    "基金会签字页": "基金会法定代表人已在全部四份正本上签字。",
    "用印登记照片": "全部四份正本已用印，用印前已核对无空白、与审定稿一致。",
    "协议扫描件": "此处为已签署协议的扫描件。",
    "银行回单": "付款人：深圳市恒源数智科技有限公司；金额：500,000.00元；附言：深圳市恒源数智科技有限公司捐赠恒源数智奖学金。",
    "江照邻回单": "付款人：江氏贸易商行；金额：180,000.00元；附言：捐赠照邻基金。",
    "叶归舟回单": "付款人：叶归舟；金额：50,000.00元。",
    "江晚吟回单": "付款人：江晚吟；金额：5,000.00元。",
    "到账通知": "捐赠款500,000.00元已于2026年5月20日到账。",
    "开票通知": "电子票据已开具，原文件随附。",
    "电子票据原文件": "此处代替财政电子票据的原文件。本页不是票据，不具有任何票据效力。",
    "证书用印照片": "捐赠证书已用印。",
    "移交签收单": "归档移交包已收到，材料齐全。",
    "签收记录": "邮件已于2026年6月5日由捐赠方签收。",
}
"""What each paper says, by the name of its file."""

OWN_PAPER = f"""捐赠协议书

甲方（捐赠方）：{DONOR}
统一社会信用代码：9144030046G9311043
乙方（受赠方）：{FOUNDATION}
统一社会信用代码：5362000063QPM17P7B

第一条 捐赠财产
甲方自愿、无偿向乙方捐赠人民币伍拾伍万元整（￥500,000.00）。

第二条 捐赠用途
用于设立“恒源奖学金”，奖励云麓大学管理学院品学兼优的全日制本科生和研究生。

第三条 交付时间和方式
甲方于2026年5月29日前将捐赠款一次性汇入乙方下列账户：
户名：{FOUNDATION}
开户行：中国工商银行兰州云麓支行
账号：2703000000000001234

第四条 票据
乙方收到捐赠款后10个工作日内，向甲方开具公益事业捐赠统一票据。

第五条 违约责任
任何一方违反本协议约定的，应当承担相应责任。

第六条 争议解决
因履行本协议发生争议的，双方协商解决；协商不成的，向乙方住所地人民法院提起诉讼。

第七条 其他
本协议自双方法定代表人或授权代表签字并加盖公章之日起生效。
本协议一式肆份，甲方执贰份，乙方执贰份。

甲方（盖章）：                        乙方（盖章）：
法定代表人或授权代表（签字）：        法定代表人或授权代表（签字）：
签订日期：                            签订日期：
"""
"""What the donor wrote, before the office's own template was agreed upon."""


def write_papers(folder: Path) -> None:
    """Write all of them as PDF files."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, words in PAPERS.items():
        (folder / f"{name}.pdf").write_bytes(draw_show_paper(name, words))


def write_own_paper(path: Path) -> None:
    """The donor's own paper as plain text; its amount in words is not its amount in figures."""
    path.write_text(OWN_PAPER, encoding="utf-8")


def draw_show_paper(name: str, words: str) -> bytes:
    """One page with a title, a sentence, and the note that it is for show."""
    paper = open_form(name, author=FOUNDATION)
    y = draw_heading(paper, name, "演示材料")
    block = set_block(words, WIDTH, PROSE, indent=2)
    paper.block(block, LEFT, y + 8)
    draw_foot(paper, "本页为演示用材料，内容均属虚构。", page=1, pages=1)
    return paper.finish()


def return_with_remarks(draft: Path, returned: Path) -> None:
    """The draft as the foundation sends it back: a comment, and a change elsewhere."""
    from donflow.word.reading import read
    from donflow.word.templating.commenting import add_comment
    from donflow.word.tracking import Edit, track_edits

    data = draft.read_bytes()
    line = next(one for one in read(data).paper.lines if REPORTED in one.text)
    place = line.text.index(REPORTED) + len(REPORTED)
    edit = Edit(line.number, place, place, PAID_OUT)
    at = datetime(2026, 3, 12, 16, 20, tzinfo=UTC)
    changed = track_edits(data, [edit], author=REVIEWER, at=at)
    commented = add_comment(
        changed,
        near="冠名期限",
        text="冠名期限请与五个学年的实施期一致，并写明起算日。",
        author=REVIEWER,
        at=at,
    )
    returned.write_bytes(commented)


REVIEWER = "周审核"
REPORTED, PAID_OUT = "并报乙方备案", "，由乙方直接发放至获奖学生本人的银行账户"
"""Where the foundation writes something into the annex, and what."""
