"""Accounts, payments, sums, copies and counts, as other hands write them once more."""

import time

import pytest

from donflow.precheck.facts import Kind
from donflow.precheck.facts_account import account
from donflow.precheck.facts_copies import copies
from donflow.precheck.paper import Line, Paper, from_text
from donflow.precheck.rules import accounts, counts, currency, dates, instalments, receipts
from donflow.precheck.rules import copies as copies_rule
from tests.precheck.money_drafts import FOUNDATION, TWO, draft, told
from tests.precheck.test_facts_payment import TOTAL, read

BANK = "中国银行兰州云麓支行"
NUMBER = "104500000000246810"
ACCOUNTS = [
    f"捐款汇到受赠人账户：{FOUNDATION}，{BANK}，{NUMBER}。逾期的，请告知。",
    f"乙方账户：户名{FOUNDATION}，开户行{BANK}，账号{NUMBER}。",
    f"次年五月底前付至：{FOUNDATION}，{BANK}，账号{NUMBER}。",
    f"甲方汇入{FOUNDATION}账户（{BANK}，1045 0000 0000 2468 10）。",
    f"甲方汇入乙方在{BANK}开立的账户（账号：{NUMBER}，户名：{FOUNDATION}）。",
    f"乙方开户银行{BANK}，账号{NUMBER}，户名{FOUNDATION}。",
    f"收款账户信息：{FOUNDATION}；开户行：{BANK}；账号：{NUMBER}。",
    f"户名：\n{FOUNDATION}\n开户行：\n{BANK}\n账号：\n{NUMBER}",
    f"（户名、开户行、账号分别为：{FOUNDATION}、{BANK}、{NUMBER}）",
    f"汇入以下账户（{FOUNDATION} {BANK} {NUMBER}）。",
    f"汇至{FOUNDATION}在{BANK}的{NUMBER}账户。",
    f"收款单位                    开户银行                账号\n"
    f"{FOUNDATION}      {BANK}    {NUMBER}",
    f"│户名│开户行│账号│\n│{FOUNDATION}│{BANK}│{NUMBER}│",
]


@pytest.mark.parametrize("text", ACCOUNTS)
def test_an_account_is_read_however_it_is_set(text: str) -> None:
    found = account(from_text(text), TWO)
    assert found is not None
    assert (found.name, found.bank, found.number) == (FOUNDATION, BANK, NUMBER)


def test_an_account_is_read_from_the_row_below_its_headings() -> None:
    rows = [("户名", "开户行", "账号"), (FOUNDATION, BANK, NUMBER)]
    lines = (Line(no, "\t".join(row), cells=row) for no, row in enumerate(rows, start=1))
    found = account(Paper(tuple(lines)), TWO)
    assert found is not None
    assert (found.name, found.bank, found.number) == (FOUNDATION, BANK, NUMBER)


@pytest.mark.parametrize(
    "text",
    [
        "联系电话：13800007723，开户行以乙方书面通知为准。",
        "户名应与乙方名称一致，账号信息由乙方另行提供。",
        "甲方：云麓大学，身份证号：510104190602152137，中国银行兰州支行员工。",
        "户名、开户行、账号变更的，应提前十日通知甲方。",
    ],
)
def test_what_speaks_of_accounts_is_none(text: str) -> None:
    assert account(from_text(text), TWO) is None


def test_the_holder_without_a_label_is_held_to_the_recipient() -> None:
    text = f"甲方捐赠人民币100万元，汇入乙方账户：云麓大学教育基金会，{BANK}，{NUMBER}。"
    assert told(accounts.rule, draft(text)) == [("account_name_mismatch", "云麓大学教育基金会")]
    right = text.replace("云麓大学教育基金会", FOUNDATION)
    assert told(accounts.rule, draft(right)) == []


INSTALMENTS = [
    (
        "甲方承诺于2026年6月30日之前先期支付50万元，余下50万元于2027年6月30日之前付清。",
        [("500000", "2026-06-30"), ("500000", "2027-06-30")],
    ),
    (
        "付款计划如下：\n①签约后15日内：60万元\n②2027年6月30日前：40万元",
        [("600000", "signing+15d"), ("400000", "2027-06-30")],
    ),
    (
        "本协议生效后十个工作日内支付50%，项目中期检查后支付30%，结题后支付20%。",
        [("500000", "signing+10wd"), ("300000", ""), ("200000", "")],
    ),
    (
        "甲方应于2026年、2027年、2028年、2029年和2030年每年9月10日前各支付20万元。",
        [
            ("200000", "2026-09-10"),
            ("200000", "2027-09-10"),
            ("200000", "2028-09-10"),
            ("200000", "2029-09-10"),
            ("200000", "2030-09-10"),
        ],
    ),
    (
        "第一年（2026年）捐赠60万元，第二年（2027年）捐赠40万元，均于当年3月31日前支付。",
        [("600000", "2026-03-31"), ("400000", "2027-03-31")],
    ),
    (
        "捐赠款由甲方在签约仪式当日支付60万元，2027年9月30日前支付40万元。",
        [("600000", "signing+0d"), ("400000", "2027-09-30")],
    ),
    (
        "分两期到账，每期50万元：首期不迟于2026年6月30日，次期不迟于2027年6月30日。",
        [("500000", "2026-06-30"), ("500000", "2027-06-30")],
    ),
    (
        "年度    应捐金额（万元）    最迟到账日\n2026    60    6月30日\n2027    40    6月30日",
        [("600000", "2026-06-30"), ("400000", "2027-06-30")],
    ),
    (
        "其中2026年支付60万元，2027年支付40万元，均在当年12月31日前到账。",
        [("600000", "2026-12-31"), ("400000", "2027-12-31")],
    ),
    (
        "按季度支付：2026年3月31日、6月30日、9月30日、12月31日前各支付25万元。",
        [
            ("250000", "2026-03-31"),
            ("250000", "2026-06-30"),
            ("250000", "2026-09-30"),
            ("250000", "2026-12-31"),
        ],
    ),
    (
        "甲方于每年的5月20日（校庆日）前支付人民币20万元，首次支付在2026年，末次支付在2030年。",
        [
            ("200000", "2026-05-20"),
            ("200000", "2027-05-20"),
            ("200000", "2028-05-20"),
            ("200000", "2029-05-20"),
            ("200000", "2030-05-20"),
        ],
    ),
]


@pytest.mark.parametrize(("text", "expected"), INSTALMENTS)
def test_instalments_are_read_by_what_they_come_to(
    text: str, expected: list[tuple[str, str]]
) -> None:
    mode, given = read(TOTAL + text)
    assert (mode, [(amount, due) for _, amount, due in given]) == ("instalments", expected)


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("甲方于签署本协议时一次付清。", "signing+0d"),
        ("本协议签订后，甲方应于一个月内将捐赠款划转至乙方账户。", "signing+1m"),
        ("自本协议签订之日起三个月内，甲方完成捐款。", "signing+3m"),
        ("2026年6月30日（含当日）前，甲方把全部款项打到乙方账上。", "2026-06-30"),
        ("捐赠款于2026年第二季度内付清。", "2026-06-30"),
    ],
)
def test_a_lump_has_its_day(text: str, due: str) -> None:
    assert read(TOTAL + text) == ("lump", [(1, "1000000", due)])


@pytest.mark.parametrize(
    "text",
    [
        "其中60万元用于奖学金，40万元用于奖教金。甲方于2026年6月30日前付清。",
        "甲方于2026年6月30日前付清。捐赠款的60%用于奖学金，40%用于奖教金。",
        "甲方于2026年6月30日前付清。60万元由乙方于2026年发放，40万元于2027年12月31日前发放。",
    ],
)
def test_uses_that_come_to_the_total_are_no_instalments(text: str) -> None:
    assert read(TOTAL + text) == ("lump", [(1, "1000000", "2026-06-30")])


def test_a_share_of_profits_has_instalments_that_nobody_can_tell() -> None:
    text = "甲方自2026年度起，连续三个年度，每年按净利润的1%捐赠，每年不低于人民币叁拾万元整。"
    assert read(text) == ("instalments", [])


def test_a_day_that_is_none_is_a_payment_without_its_day() -> None:
    text = TOTAL + "甲方于2026年9月31日前一次付清，汇至乙方账户。"
    assert read(text) == ("lump", [(1, "1000000", "")])
    assert told(dates.rule, draft(text)) == [("date_invalid", "2026年9月31日")]


def test_a_blank_date_of_signing_is_no_day_of_payment() -> None:
    text = (
        TOTAL
        + "汇入乙方账户。\n\n甲方（盖章）：    乙方（盖章）：\n  年   月   日     年   月   日"
    )
    assert told(dates.rule, draft(text)) == [("payment_date_missing", "")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("本协议正本陆（6）份，甲方执肆（4）份，乙方执贰（2）份。", (6, {"甲方": 4, "乙方": 2})),
        ("本协议正本四份，双方各执两份，副本两份，由乙方留存。", (4, {"甲方": 2, "乙方": 2})),
        ("本协议一式四份正本，甲乙双方各执正本两份。", (4, {"甲方": 2, "乙方": 2})),
        ("协议份数：四份，双方各两份。", (4, {"甲方": 2, "乙方": 2})),
        ("本承诺书一式两份，本公司与贵会各执一份。", (2, {"甲方": 1, "乙方": 1})),
    ],
)
def test_originals_are_read(text: str, expected: tuple[int, dict[str, int]]) -> None:
    found = copies(from_text(text), TWO)
    assert found is not None
    assert (found.total, dict(found.split)) == expected


def test_originals_left_open_are_the_blanks_own() -> None:
    assert told(copies_rule.rule, draft("本协议一式____份，甲方执____份。")) == []


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        (
            "甲方七名校友共捐赠人民币5万元。\n捐赠名单：梁启舟、左丘白、蔺如初、阮青崖",
            Kind.GROUP,
            [("list_count_mismatch", "七名校友")],
        ),
        (
            "甲方四位校友联合捐赠，资助三名学生。\n捐赠名单：梁启舟、左丘白、蔺如初、阮青崖",
            Kind.GROUP,
            [],
        ),
        (
            "甲方捐赠油画十二幅。\n附件：作品清单（共15幅）",
            Kind.IN_KIND,
            [("quantity_mismatch", "清单（共15幅")],
        ),
        ("甲方捐赠油画十二幅。\n附件：作品清单（共12幅）", Kind.IN_KIND, []),
        (
            "甲方将其持有的恒源公司10%的股份捐赠给乙方。\n本次捐赠的8%股份没有质押。",
            Kind.IN_KIND,
            [("quantity_mismatch", "的8%股份")],
        ),
        (
            "甲方持有恒源公司30%的股权（已实缴），现将其中10%的股权捐赠给乙方。\n"
            "捐赠后甲方持有20%的股权。",
            Kind.IN_KIND,
            [],
        ),
    ],
)
def test_numbers_told_twice_agree(text: str, kind: Kind, expected: list[tuple[str, str]]) -> None:
    assert told(counts.rule, draft(text, kind)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("自2026年1月1日至2029年12月31日，为期五年，每年捐赠20万元。", 1),
        ("连续五个年度（2026年度至2031年度），每年捐赠20万元。", 1),
        ("自2026年9月至2030年8月，为期四学年，每学年捐赠25万元。", 0),
        ("自2026年6月30日至2030年6月30日，为期五年，每年捐赠20万元。", 0),
    ],
)
def test_years_are_as_many_as_their_days(text: str, expected: int) -> None:
    found = told(instalments.rule, draft(TOTAL + text, Kind.MULTI_INSTALMENT))
    assert [code for code, _ in found].count("instalment_count_mismatch") == expected


def test_a_supplement_holds_the_instalments_to_the_rest_that_leads_to_them() -> None:
    text = (
        "余款人民币壹佰万元整（￥1,000,000.00）分两期支付：第三期，2027年5月31日前，"
        "人民币伍拾万元整（￥500,000.00）；第四期，2028年5月31日前，人民币陆拾万元整（￥600,000.00）。"
    )
    found = told(instalments.rule, draft(text, Kind.SUPPLEMENTARY))
    assert [code for code, _ in found] == ["instalment_sum_mismatch"]
    right = text.replace("陆拾", "伍拾").replace("600,000", "500,000")
    assert told(instalments.rule, draft(right, Kind.SUPPLEMENTARY)) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲方因核算需要变更抬头的，乙方应收回原票据，改以丙方名义重新开具。", 1),
        ("甲方要求变更票据抬头为其关联公司的，乙方应当配合换开。", 1),
        ("票据抬头填写错误的，乙方作废后重新开具。", 0),
        ("票据一经开具，不得变更抬头重新开具。", 0),
        ("乙方颁发集体证书，并为校友家属另发同等金额的个人证书。", 1),
        ("乙方收到捐款后，按各自金额（各人民币25万元）开具捐赠票据，并颁发证书一本。", 0),
    ],
)
def test_receipts_and_certificates_follow_the_money(text: str, expected: int) -> None:
    assert len(told(receipts.rule, draft(TOTAL + text))) == expected


def test_a_sum_told_again_in_another_currency_is_told() -> None:
    text = "甲方捐赠港币贰佰万元整（HK$2,000,000.00），余款港币80万元。\n丙方支付人民币80万元。"
    assert told(currency.rule, draft(text)) == [("currency_mismatch", "丙方支付人民币80万元")]
    converted = text.replace("支付人民币", "支付（折合人民币")
    assert told(currency.rule, draft(converted)) == []


def test_reading_accounts_takes_no_longer_than_their_length() -> None:
    def seconds(times: int) -> float:
        paper = from_text(f"捐款汇至{FOUNDATION}，{BANK}，{NUMBER}。\n" * times)
        began = time.perf_counter()
        account(paper, TWO)
        return time.perf_counter() - began

    seconds(50)
    assert seconds(800) < 24 * seconds(100) + 0.2
