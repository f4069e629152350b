"""The tale of one cash gift as lines to type, cut at milestones, for a desk alone or shared."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tests.cast import COMPANY, COMPANY_NUMBER, FANG, FIRST_DAY, QIAN, REPRESENTATIVE, XU, ZHOU

PURPOSE = "设立“恒源奖学金”，奖励品学兼优的全日制本科生和研究生"
AGREEMENT_NUMBER = "云基协〔2026〕031号"
CERTIFICATE_NUMBER = "云基证〔2026〕031号"
RECEIPT_NUMBER = "0000520031"

OUTSIDE = {"reviewer": ZHOU, "finance": QIAN, "seal_keeper": FANG}
"""Who types the foundation's lines where the desk is shared; the donor's stay recorded."""


@dataclass(frozen=True)
class Step:
    """One line and its day. With `--for … --evidence …` it is recorded for somebody outside."""

    day: str
    line: str


@dataclass(frozen=True)
class Milestone:
    """Where the gift stands after these steps; the offices before it are those of `after`."""

    after: str
    steps: tuple[Step, ...]
    day: str


def shared_line(step: Step) -> tuple[str, str]:
    """The line as it is typed in a shared desk, and who types it."""
    found = re.search(r" --for (\w+) --evidence \S+", step.line)
    if found and found[1] == "leader":
        return step.line.replace("--for leader --evidence", "--file"), XU.username
    if found and found[1] in OUTSIDE:
        return step.line.replace(found[0], ""), OUTSIDE[found[1]].username
    return step.line, "lin"


def _milestone(after: str, *days: tuple[str, tuple[str, ...]]) -> Milestone:
    steps = tuple(Step(day, line) for day, lines in days for line in lines)
    return Milestone(after, steps, steps[-1].day)


MILESTONES = {
    "new": Milestone("", (), FIRST_DAY),
    "intent": _milestone(
        "new",
        (
            "2026-03-02",
            (
                f"person add {COMPANY} --kind company --representative {REPRESENTATIVE}"
                f" --uscc {COMPANY_NUMBER} --phone 13900001234 --address 深圳市南山区学府路88号",
                f"gift new --donor {COMPANY} --amount 50万 --purpose {PURPOSE}"
                " --liaison 何老师 --department 就业指导办公室 --channel teacher",
            ),
        ),
    ),
    "draft": _milestone(
        "intent",
        (
            "2026-03-03",
            (
                "gift handover 1 --note 何老师建群介绍",
                "gift contact 1 --channel phone --note 已说明捐赠流程和隐私告知",
                "gift edit 1 --restricted --pay-by 2026-05-29 --notice-given-on 2026-03-03"
                " --beneficiary 云麓大学管理学院 --naming 恒源奖学金",
                "gift advance 1 take_up",
                "gift screen 1 --source-of-funds 企业经营利润 --passed",
                "gift advance 1 accept",
            ),
        ),
    ),
    "written": _milestone(
        "draft",
        (
            "2026-03-06",
            (
                "agreement set 1 naming_term=自2026年9月1日起至2031年8月31日止"
                " beneficiaries=全日制本科生和研究生 standard=每学年奖励20人，每人5,000元"
                " management_fee=3% donor_contact=孟知行 use_plan=奖学金每学年评选一次。",
                "template confirm cash",
                "agreement draft 1 --out 材料/协议第1稿.docx",
                "agreement check 1",
                "gift record 1 identity_seen --note 营业执照副本已核看",
                "gift record 1 leader_consent --for leader --evidence 材料/党政联席会纪要.pdf",
            ),
        ),
    ),
    "review": _milestone("written", ("2026-03-06", ("gift advance 1 submit",))),
    "approved": _milestone(
        "review",
        ("2026-03-13", ("review approve 1 --for reviewer --evidence 材料/审核意见.pdf",)),
    ),
    "donor_check": _milestone("approved", ("2026-03-16", ("donor send 1 --channel wechat",))),
    "signing": _milestone(
        "donor_check",
        (
            "2026-03-20",
            (
                "donor agree 1 --for donor --evidence 材料/捐赠人确认.pdf",
                "original print 1",
                "original slip 1",
            ),
        ),
    ),
    "sealing": _milestone(
        "signing",
        (
            "2026-04-08",
            (
                f"original sign 1 --by-seal --signer {REPRESENTATIVE}"
                " --for donor --evidence 材料/签署页.pdf",
            ),
        ),
    ),
    "effective": _milestone(
        "sealing",
        (
            "2026-04-09",
            (
                "original countersign 1 --for reviewer --evidence 材料/基金会签字页.pdf",
                "original seal 1 --no-blanks --text-compared"
                " --for seal_keeper --evidence 材料/用印登记照片.pdf",
            ),
        ),
    ),
    "perform": _milestone(
        "effective",
        (
            "2026-04-10",
            (
                f"agreement number 1 {AGREEMENT_NUMBER}",
                "paper file 1 agreement_scan 材料/协议扫描件.pdf",
                "original place 1 1 --with donor",
                "original place 1 2 --with donor",
                "original place 1 3 --with foundation",
                "original place 1 4 --with foundation",
                "gift advance 1 perform",
                "payment notice 1",
            ),
        ),
    ),
    "arrived": _milestone(
        "perform",
        (
            "2026-05-20",
            (
                "payment record 1 --amount 50万 --remark 捐赠恒源奖学金 --slip 材料/银行回单.pdf",
                "payment confirm 1 --for finance --evidence 材料/到账通知.pdf",
                "gift advance 1 fulfil",
            ),
        ),
    ),
    "receipted": _milestone(
        "arrived",
        (
            "2026-05-28",
            (
                "thanks write 1 --signatory 管理学院院长沈知微",
                "thanks done 1 --how sent",
                "receipt request 1 --form electronic",
                f"receipt record 1 --code 62030126 --number {RECEIPT_NUMBER} --check-code 7c3e91"
                " --issued-on 2026-05-28 --file 材料/电子票据原文件.pdf"
                " --for finance --evidence 材料/开票通知.pdf",
                "receipt collect 1",
            ),
        ),
    ),
    "certified": _milestone(
        "receipted",
        (
            "2026-05-29",
            (
                f"certificate print 1 --number {CERTIFICATE_NUMBER}",
                "certificate seal 1 --no-blanks --text-compared"
                " --for seal_keeper --evidence 材料/证书用印照片.pdf",
            ),
        ),
    ),
    "delivered": _milestone(
        "certified",
        (
            "2026-06-02",
            (
                "paper handover 1",
                "paper acknowledge 1 --file 材料/移交签收单.pdf",
                "gift record 1 archive_upload --note 文档系统2026-0417",
                "parcel send 1 --by post --courier 邮政特快 --tracking EX000052031CN"
                " --with receipt --with certificate",
            ),
        ),
        (
            "2026-06-05",
            (
                "parcel deliver 1 --slip 材料/签收记录.pdf",
                "receipt move 1 deliver",
                "certificate deliver 1",
            ),
        ),
    ),
    "steward": _milestone(
        "delivered",
        (
            "2026-06-08",
            (
                "gift advance 1 close",
                "gift edit 1 --steward 林秘书",
                "gift advance 1 keep",
            ),
        ),
    ),
}
"""The states an office can be copied in, by the stage or deed that was reached last."""
