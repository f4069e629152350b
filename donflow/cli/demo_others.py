"""The gifts that stand beside the demo's tale, each at a point that happens in an office.

Among them: a returned draft, a wrong payer, a void receipt, a lost original, an objection, acts
recorded for others (代录), a donor's widow who carries on his gift, and a small gift closed without
receipt and certificate.
"""

from __future__ import annotations

from dataclasses import dataclass

Line = tuple[str, str]
"""The day a command line is run on, and the line."""

PROOF = "--evidence 材料/审核意见.pdf"
FOR_DONOR = "--for donor --evidence 材料/捐赠人确认.pdf"


@dataclass(frozen=True)
class Other:
    """One donor and gift, and how far it has come: the lines of each leg up to `legs`."""

    donor: str
    options: str
    amount: str
    purpose: str
    naming: str
    day: str
    legs: int
    extra: tuple[Line, ...] = ()
    company: bool = False


def others() -> list[Line]:
    """Day and command line of each; the donors are fictional."""
    lines = [("2026-05-08", "donflow template confirm cash")]
    for number, other in enumerate(sorted(OTHERS, key=lambda other: other.day), start=2):
        lines += _lines(other, number)
        lines += [(day, line.replace("GIFT", str(number))) for day, line in other.extra]
    return sorted([*lines, *_small(len(OTHERS) + 2)], key=lambda line: line[0])


def _small(no: int) -> list[Line]:
    """A small gift without an agreement, whose donor wants neither name nor papers, closed."""
    day, last = "2026-06-04", "2026-06-05"
    absent = f"donflow paper absent {no}"
    return [
        (day, "donflow person add 江晚吟 --gender female --phone 13900001115"),
        (day, "donflow gift new --kind small --donor 江晚吟 --anonymous --amount 五千"
         " --purpose 资助学院图书馆 --liaison 何老师 --channel wechat"),
        (day, f"donflow gift contact {no} --channel wechat"),
        (day, f"donflow gift edit {no} --unrestricted --pay-by 今天 --notice-given-on 今天"
         " --steward 林秘书"),
        (day, f"donflow gift advance {no} take_up"),
        (day, f"donflow gift screen {no} --source-of-funds 个人积蓄 --passed"),
        (day, f"donflow gift advance {no} accept"),
        (last, f"donflow payment record {no} --amount 五千 --slip 材料/江晚吟回单.pdf"),
        (last, f"donflow payment confirm {no} --for finance --evidence 材料/到账通知.pdf"),
        (last, f"donflow gift advance {no} fulfil"),
        (last, f"donflow thanks done {no} --how called"),
        (last, f"{absent} receipt --because waived --reason 不需要票据 {FOR_DONOR}"),
        (last, f"{absent} certificate --because small_gift --reason 不愿署名"),
        (last, f"donflow gift advance {no} close"),
        (last, f"donflow gift advance {no} keep"),
    ]  # fmt: skip


def _lines(other: Other, no: int) -> list[Line]:
    day = other.day
    legs = (
        _first_word(other),
        [
            f"donflow gift handover {no}",
            f"donflow gift contact {no} --channel phone",
            f"donflow gift edit {no} --restricted --pay-by 2026-07-31 --notice-given-on {day}"
            f" --beneficiary 云麓大学管理学院 --naming {other.naming}",
            f"donflow gift advance {no} take_up",
        ],
        [
            f"donflow gift screen {no} --source-of-funds 合法经营与个人积蓄 --passed",
            f"donflow gift advance {no} accept",
            f"donflow agreement set {no} naming_term=自2026年9月1日起至2031年8月31日止"
            " beneficiaries=云麓大学管理学院全日制本科生 standard=每人每学年5,000元"
            " use_plan=由云麓大学管理学院每学年评选一次，评选结果在学院内公示并报乙方备案。",
        ],
        [
            f"donflow agreement draft {no}",
            f"donflow agreement check {no}",
            f"donflow gift record {no} identity_seen",
            f"donflow gift record {no} leader_consent --for leader --evidence 材料/党政联席会纪要.pdf",
            f"donflow gift advance {no} submit",
        ],
        [
            f"donflow review approve {no} --for reviewer {PROOF}",
            f"donflow donor send {no} --channel wechat",
        ],
        [
            f"donflow donor agree {no} {FOR_DONOR}",
            f"donflow original print {no}",
        ],
        [
            f"donflow original sign {no} --by-{'seal' if other.company else 'hand'}"
            f" --signer {other.donor} {FOR_DONOR}",
            f"donflow original countersign {no} --for reviewer {PROOF}",
        ],
        [
            f"donflow original seal {no} --no-blanks --text-compared"
            " --for seal_keeper --evidence 材料/用印登记照片.pdf",
            f"donflow agreement number {no} 云基协〔2026〕{no:03}号",
            f"donflow paper file {no} agreement_scan 材料/协议扫描件.pdf",
        ],
        [
            *(
                f"donflow original place {no} {copy} --with {holder}"
                for copy, holder in enumerate(("donor", "donor", "foundation", "foundation"), 1)
            ),
            f"donflow gift advance {no} perform",
            f"donflow payment notice {no}",
        ],
    )
    return [(day, line) for leg in legs[: other.legs] for line in leg]


def _first_word(other: Other) -> list[str]:
    return [
        f"donflow person add {other.donor} {other.options}",
        f"donflow gift new --donor {other.donor} --amount {other.amount}"
        f" --purpose {other.purpose} --liaison 何老师 --department 就业指导办公室",
    ]


_PERSON = "--phone {phone} --address 兰州市城关区云麓南路{door}号 --resident-id {number} --gender {gender}"


def _person(phone: str, door: int, number: str, gender: str) -> str:
    return _PERSON.format(phone=phone, door=door, number=number, gender=gender)


OTHERS = (
    Other("苏见微", "--gender female --phone 13900001102", "2万", "资助家境清寒的本科生",
          "见微助学金", "2026-06-04", 1),
    Other("兰州启明仪器有限公司", "--kind company --representative 罗衡", "30万",
          "设立本科生科研训练项目", "启明科研训练", "2026-06-03", 2, company=True),
    Other("顾长青", _person("13900001104", 18, "350121190809088084", "female"), "10万",
          "设立“长青助学金”", "长青助学金", "2026-06-02", 3),
    Other("许慎言", _person("13900001105", 20, "110105190001129563", "female"), "20万",
          "设立“慎言读书奖”", "慎言读书奖", "2026-05-26", 4,
          extra=(("2026-06-03", "donflow review return GIFT --remark 受益对象请写明评选条件"
                  " --remark 第三条付款期限请避开暑假 --for reviewer"
                  " --evidence 材料/退回意见.pdf"),)),
    Other("方映雪", _person("13900001106", 22, "310104190304230440", "female"), "8万",
          "支持学院图书资料建设", "映雪书屋", "2026-05-29", 4),
    Other("陆知行", _person("13900001107", 24, "510121190907031495", "male"), "50万",
          "设立“知行奖教金”", "知行奖教金", "2026-05-27", 5,
          extra=(("2026-06-04", "donflow donor object GIFT 冠名期限希望与学制一致"
                  " --for donor --evidence 材料/捐赠人回复.pdf"),)),
    Other("秦望舒", _person("13900001108", 26, "420106190506150025", "female"), "15万",
          "设立“望舒女生奖学金”", "望舒奖学金", "2026-05-28", 5),
    Other("白露", _person("13900001109", 28, "330106190402100048", "female"), "6万",
          "支持学生创新竞赛", "白露创新基金", "2026-05-25", 6),
    Other("程远帆", _person("13900001110", 30, "440106190707070033", "male"), "12万",
          "设立“远帆国际交流奖学金”", "远帆奖学金", "2026-05-29", 7),
    Other("何允文", _person("13900001111", 32, "370102190103040059", "male"), "25万",
          "设立“允文讲席基金”", "允文讲席", "2026-06-03", 8,
          extra=(("2026-06-05", "donflow original place GIFT 2 --with post"),)),
    Other("江照邻", _person("13900001112", 34, "210102190208090066", "female"), "18万",
          "设立“照邻社会实践基金”", "照邻基金", "2026-05-20", 9,
          extra=(("2026-06-04", "donflow payment record GIFT --amount 18万 --payer 江氏贸易商行"
                  " --remark 捐赠照邻基金 --slip 材料/江照邻回单.pdf"),
                 ("2026-06-05", "donflow payment confirm GIFT --for finance"
                  " --evidence 材料/到账通知.pdf"))),
    Other("叶归舟", _person("13900001113", 36, "50010319061112003X", "male"), "5万",
          "设立“归舟回乡支教基金”", "归舟基金", "2026-05-11", 9,
          extra=(("2026-05-20", "donflow payment record GIFT --amount 5万 --slip 材料/叶归舟回单.pdf"),
                 ("2026-05-20", "donflow payment confirm GIFT --for finance"
                  " --evidence 材料/到账通知.pdf"),
                 ("2026-05-20", "donflow scheduler --once"),
                 ("2026-05-21", "donflow thanks done GIFT --how called"),
                 ("2026-05-22", "donflow receipt request GIFT"),
                 ("2026-05-26", "donflow receipt record GIFT --code 62030126 --number 0000520044"
                  " --issued-on 2026-05-26 --file 材料/电子票据原文件.pdf --for finance"
                  " --evidence 材料/开票通知.pdf"),
                 ("2026-06-01", "donflow receipt void GIFT --back-on 2026-06-01"
                  " --reason 抬头漏字，红冲重开 --for finance --evidence 材料/开票通知.pdf"),
                 ("2026-06-02", "donflow receipt request GIFT"))),
    Other("沈素问", _person("13900001114", 38, "610102190309170027", "female"), "9万",
          "延续先生周济川的遗愿，资助校友子弟以外的贫困学生", "济川助学金", "2026-06-01", 4,
          extra=(("2026-06-01", "donflow person edit 沈素问 --salutation 沈素问老师（周济川先生夫人）"),)),
)  # fmt: skip
