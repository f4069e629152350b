"""The eight core operations of a gift as lines to type, each from the milestone where it stands."""

from __future__ import annotations

from dataclasses import dataclass

from tests.cast import COMPANY, COMPANY_NUMBER, REPRESENTATIVE
from tests.journeys.tale import AGREEMENT_NUMBER, PURPOSE

REVIEWED = "--for reviewer --evidence 材料/审核意见.pdf"


@dataclass(frozen=True)
class Operation:
    """Lines of which each is one act, after others that only prepare them, all on one day."""

    milestone: str
    lines: tuple[str, ...]
    before: tuple[str, ...] = ()
    day: str = "2026-03-06"


OPERATIONS = {
    "create": Operation(
        "new",
        (
            f"person add {COMPANY} --kind company --representative {REPRESENTATIVE}"
            f" --uscc {COMPANY_NUMBER} --phone 13900001234 --address 深圳市南山区学府路88号",
            f"gift new --donor {COMPANY} --amount 50万 --purpose {PURPOSE}"
            " --liaison 何老师 --department 就业指导办公室 --channel teacher",
        ),
    ),
    "draft": Operation(
        "draft",
        ("agreement draft 1",),
        (
            "agreement set 1 naming_term=自2026年9月1日起至2031年8月31日止"
            " beneficiaries=全日制本科生和研究生 standard=每学年奖励20人，每人5,000元"
            " management_fee=3% donor_contact=孟知行 use_plan=奖学金每学年评选一次。",
            "template confirm cash",
        ),
    ),
    "remarks": Operation(
        "review",
        (
            f"review remark 1 第三条请写明到账期限 --clause 第三条 {REVIEWED}",
            f"review remark 1 名称请用全称 --level should {REVIEWED}",
        ),
    ),
    "submit": Operation("written", ("gift advance 1 submit",)),
    "return": Operation(
        "review",
        (f"review return 1 --remark 第三条请写明到账期限 --remark 名称请用全称 {REVIEWED}",),
    ),
    "seal": Operation(
        "sealing",
        (
            "original seal 1 --no-blanks --text-compared"
            " --for seal_keeper --evidence 材料/用印登记照片.pdf",
            f"agreement number 1 {AGREEMENT_NUMBER}",
            "paper file 1 agreement_scan 材料/协议扫描件.pdf",
        ),
        ("original countersign 1 --for reviewer --evidence 材料/基金会签字页.pdf",),
        day="2026-04-10",
    ),
    "receive": Operation(
        "perform",
        (
            "payment record 1 --amount 50万 --remark 捐赠恒源奖学金 --slip 材料/银行回单.pdf",
            "payment confirm 1 --for finance --evidence 材料/到账通知.pdf",
            "gift advance 1 fulfil",
        ),
        day="2026-05-20",
    ),
    "archive": Operation(
        "certified",
        (
            "paper handover 1",
            "paper acknowledge 1 --file 材料/移交签收单.pdf",
        ),
        day="2026-06-02",
    ),
}
