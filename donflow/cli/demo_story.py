"""The demo's tale: one gift of a fictional company, day by day, as command lines one can type."""

from __future__ import annotations

from dataclasses import dataclass

from donflow.errors import N_

INIT = (
    "donflow init --exercise --university 云麓大学 --school 云麓大学管理学院"
    " --office 云麓大学管理学院校友工作办公室 --custodian 档案室郑老师 --user lin --name 林秘书"
    " --foundation 云麓大学教育发展基金会 --number 5362000063QPM17P7B --representative 秦望川"
    " --address 兰州市城关区云麓南路222号 --contact 周审核 --phone 0931-0000222"
    " --bank 中国工商银行兰州云麓支行 --account 2703000000000001234"
)


@dataclass(frozen=True)
class Scene:
    """One day of the tale; a line that begins with ! is meant to be refused."""

    day: str
    title: str
    lines: tuple[str, ...]


def story(gift: str) -> tuple[Scene, ...]:
    """The life of one gift, from the first word to closure and stewardship."""
    return (
        Scene(
            "2026-03-02",
            N_("A teacher brings an intent"),
            (
                "donflow person add 深圳市恒源数智科技有限公司 --kind company --representative 梁启舟"
                " --uscc 9144030046G9311043 --phone 13900001234 --address 深圳市南山区学府路88号",
                "donflow gift new --donor 深圳市恒源数智科技有限公司 --amount 50万"
                " --purpose 设立“恒源奖学金”，奖励品学兼优的全日制本科生和研究生"
                " --liaison 何老师 --department 就业指导办公室 --channel teacher",
            ),
        ),
        Scene(
            "2026-03-03",
            N_("The secretary takes over and speaks with the donor"),
            (
                f"donflow gift handover {gift} --note 何老师建群介绍",
                f"donflow gift contact {gift} --channel phone --note 已说明捐赠流程和隐私告知",
                f"donflow gift edit {gift} --restricted --pay-by 2026-05-29 --notice-given-on 2026-03-03"
                " --beneficiary 云麓大学管理学院 --naming 恒源奖学金",
                f"donflow gift advance {gift} take_up",
            ),
        ),
        Scene(
            "2026-03-04",
            N_("Screening, and a submission that is refused with all its reasons"),
            (
                f"donflow gift screen {gift} --source-of-funds 企业经营利润 --conditions 无附加回报条件 --passed",
                f"donflow gift advance {gift} accept",
                f"!donflow gift advance {gift} submit",
            ),
        ),
        Scene(
            "2026-03-05",
            N_("The donor's own paper: the pre-check finds what is wrong in it"),
            ("donflow precheck 材料/捐赠方来稿.txt",),
        ),
        Scene(
            "2026-03-06",
            N_("Everything that was missing is mended"),
            (
                f"donflow agreement set {gift} naming_term=自2026年9月1日起至2031年8月31日止"
                " beneficiaries=云麓大学管理学院品学兼优的全日制本科生和研究生"
                " standard=每学年奖励20人，每人5,000元，连续实施五个学年"
                " management_fee=3% donor_contact=孟知行",
                f"donflow agreement set {gift} use_plan=奖学金每学年评选一次，评选办法和评选结果在学院内公示，并报乙方备案。",
                "donflow template confirm cash",
                f"donflow agreement draft {gift} --out 材料/协议第1稿.docx",
                f"donflow agreement check {gift} --note 金额、账户、份数已逐项核对",
                f"donflow gift record {gift} identity_seen --note 营业执照副本已核看",
                f"donflow gift record {gift} leader_consent --for leader --evidence 材料/党政联席会纪要.pdf",
                f"donflow gift advance {gift} submit",
            ),
        ),
        Scene(
            "2026-03-13",
            N_("A week later the foundation's Word file comes back"),
            (
                f"donflow review return {gift} --for reviewer --evidence 材料/协议第1稿_基金会退回.docx",
                f"donflow review show {gift}",
            ),
        ),
        Scene(
            "2026-03-16",
            N_("Each remark is answered, the second draft goes out"),
            (
                f"donflow agreement set {gift} naming_term=自2026年9月1日起至2031年8月31日止（共五个学年）",
                f"donflow agreement set {gift} use_plan=奖学金每学年评选一次，评选结果在学院内公示并报乙方备案，由乙方直接发放至获奖学生本人的银行账户。",
                f"donflow agreement draft {gift}",
                f"donflow review answer {gift} 1 --accepted",
                f"donflow review answer {gift} 2 --accepted",
                f"donflow agreement compare {gift} --redline 材料/第2稿修改对照.docx",
                f"donflow agreement check {gift}",
                f"donflow gift advance {gift} resubmit",
            ),
        ),
        Scene(
            "2026-03-20",
            N_("The foundation approves: recorded for it, with its notice (代录)"),
            (
                f"!donflow review approve {gift}",
                f"donflow review approve {gift} --for reviewer --evidence 材料/审核意见.pdf",
            ),
        ),
        Scene(
            "2026-03-23",
            N_("The donor objects, and the approval lapses"),
            (
                f"donflow donor send {gift} --channel wechat",
                f"donflow donor object {gift} 奖学金名称请用全称“恒源数智奖学金” --for donor"
                " --evidence 材料/捐赠人回复.pdf",
                f"donflow donor answer {gift} 1 同意，协议改用全称并重新报审",
                f"donflow donor rework {gift} --reason 按捐赠人意见改用奖学金全称",
                f"donflow gift edit {gift} --naming 恒源数智奖学金"
                " --purpose 设立“恒源数智奖学金”，奖励品学兼优的全日制本科生和研究生",
                f"donflow agreement draft {gift} --out 材料/协议第3稿.docx",
                f"donflow agreement check {gift}",
                f"donflow gift advance {gift} submit",
            ),
        ),
        Scene(
            "2026-03-27",
            N_("Approved again, and the donor agrees"),
            (
                f"donflow review approve {gift} --for reviewer --evidence 材料/第二次审核意见.pdf",
                f"donflow donor send {gift} --channel wechat",
                f"donflow donor agree {gift} --for donor --evidence 材料/捐赠人确认.pdf",
                f"donflow original print {gift}",
                f"donflow original slip {gift}",
            ),
        ),
        Scene(
            "2026-04-08",
            N_("The donor signs, the foundation signs, then seals"),
            (
                f"donflow original sign {gift} --by-seal --signer 梁启舟 --for donor --evidence 材料/签署页.pdf",
                f"donflow original countersign {gift} --for reviewer --evidence 材料/基金会签字页.pdf",
                f"donflow original seal {gift} --no-blanks --text-compared --for seal_keeper"
                " --evidence 材料/用印登记照片.pdf",
            ),
        ),
        Scene(
            "2026-04-10",
            N_("In force: numbered, filed, given out; the payment notice"),
            (
                f"donflow agreement number {gift} 云基协〔2026〕031号",
                f"donflow paper file {gift} agreement_scan 材料/协议扫描件.pdf",
                f"donflow original place {gift} 1 --with donor",
                f"donflow original place {gift} 2 --with donor",
                f"donflow original place {gift} 3 --with foundation",
                f"donflow original place {gift} 4 --with foundation",
                f"donflow gift advance {gift} perform",
                f"donflow payment notice {gift}",
            ),
        ),
        Scene(
            "2026-05-20",
            N_("The money arrives and is confirmed; thanks are due"),
            (
                f"donflow payment record {gift} --amount 50万 --remark 深圳市恒源数智科技有限公司捐赠恒源数智奖学金"
                " --slip 材料/银行回单.pdf",
                f"donflow payment confirm {gift} --for finance --evidence 材料/到账通知.pdf",
                "donflow scheduler --once",
                f"donflow thanks write {gift} --signatory 管理学院院长沈知微",
                f"donflow thanks done {gift} --how sent",
            ),
        ),
        Scene(
            "2026-05-28",
            N_("Receipt and certificate"),
            (
                f"donflow receipt request {gift} --form electronic",
                f"donflow receipt record {gift} --code 62030126 --number 0000520031 --check-code 7c3e91"
                " --issued-on 2026-05-28 --file 材料/电子票据原文件.pdf --for finance"
                " --evidence 材料/开票通知.pdf",
                f"donflow receipt collect {gift}",
                f"donflow certificate print {gift} --number 云基证〔2026〕031号",
                f"donflow certificate seal {gift} --no-blanks --text-compared --for seal_keeper --evidence 材料/证书用印照片.pdf",
            ),
        ),
        Scene(
            "2026-06-02",
            N_("Filed, handed to the file keeper, sent to the donor"),
            (
                f"donflow paper handover {gift}",
                f"donflow paper acknowledge {gift} --file 材料/移交签收单.pdf",
                f"donflow gift record {gift} archive_upload --note 文档系统2026-0417",
                f"donflow parcel send {gift} --by post --courier 邮政特快 --tracking EX000052031CN"
                " --with receipt --with certificate --with acknowledgement --with souvenir",
            ),
        ),
        Scene(
            "2026-06-05",
            N_("Delivered, closed, and kept in touch with"),
            (
                f"donflow parcel deliver {gift} --slip 材料/签收记录.pdf",
                f"donflow receipt move {gift} deliver",
                f"donflow certificate deliver {gift}",
                f"donflow gift advance {gift} close",
                f"donflow gift edit {gift} --steward 林秘书",
                f"donflow gift advance {gift} keep",
                f"donflow gift history {gift}",
            ),
        ),
    )


def greetings(day: str) -> Scene:
    """The festival that comes next: whom to greet in which words, and a card."""
    return Scene(
        day,
        N_("The next festival: whom to greet, how to address them, and the card"),
        (
            "donflow person consent 深圳市恒源数智科技有限公司 greetings --given",
            "donflow greeting plan",
            "donflow greeting preview --through 2026-06-30",
            "donflow card render 端午节 --to 梁启舟先生 --out 材料/端午节贺卡.png",
        ),
    )
