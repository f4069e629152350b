"""The papers that come from outside in the demo: each says that it is only for show."""

from __future__ import annotations

from pathlib import Path

from donflow.pdf.form import LEFT, PROSE, WIDTH, draw_foot, draw_heading, open_form
from donflow.pdf.setting import set_block

FOLDER = "材料"
FOUNDATION = "云麓大学教育发展基金会"
DONOR = "深圳市恒源数智科技有限公司"

PAPERS = {
    "党政联席会纪要": "会议同意接受深圳市恒源数智科技有限公司捐赠意向，并报基金会审核。",
    "审核意见": "经审核，捐赠协议第2稿符合要求，审核、法务、秘书长均同意。",
    "第二次审核意见": "经审核，捐赠协议第3稿符合要求，审核、法务、秘书长均同意。",
    "捐赠人回复": "收到协议，其他条款无异议，奖学金名称请使用全称“恒源数智奖学金”。",
    "捐赠人确认": "第3稿已阅，没有异议，同意签署。",
    "签署页": "捐赠方已在全部四份正本上签字、加盖公章并加盖骑缝章，签署日期已填写。",
    "基金会签字页": "基金会法定代表人已在全部四份正本上签字。",
    "用印登记照片": "全部四份正本已用印，用印前已核对无空白、与审定稿一致。",
    "协议扫描件": "此处为已签署协议的扫描件。",
    "银行回单": "付款人：深圳市恒源数智科技有限公司；金额：500,000.00元；附言：深圳市恒源数智科技有限公司捐赠恒源数智奖学金。",
    "到账通知": "捐赠款500,000.00元已于2026年5月20日到账。",
    "开票通知": "电子票据已开具，原文件随附。",
    "电子票据原文件": "此处代替财政电子票据的原文件。本页不是票据，不具有任何票据效力。",
    "证书用印照片": "捐赠证书已用印。",
    "移交签收单": "归档移交包已收到，材料齐全。",
    "签收记录": "邮件已于2026年6月5日由捐赠方签收。",
}
"""What each paper says, by the name of its file."""


def write_papers(folder: Path) -> None:
    """Write all of them as PDF files."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, words in PAPERS.items():
        (folder / f"{name}.pdf").write_bytes(draw_show_paper(name, words))


def draw_show_paper(name: str, words: str) -> bytes:
    """One page with a title, a sentence, and the note that it is for show."""
    paper = open_form(name, author=FOUNDATION)
    y = draw_heading(paper, name, "演示材料")
    block = set_block(words, WIDTH, PROSE, indent=2)
    paper.block(block, LEFT, y + 8)
    draw_foot(paper, "本页为演示用材料，内容均属虚构。", page=1, pages=1)
    return paper.finish()


def return_with_comment(draft: Path, returned: Path) -> None:
    """The draft as the foundation sends it back: a Word file with a comment."""
    from donflow.word.commenting import add_comment

    commented = add_comment(
        draft.read_bytes(),
        near="冠名期限",
        text="冠名期限请与五个学年的实施期一致，并写明起算日。",
        author="周审核",
    )
    returned.write_bytes(commented)
