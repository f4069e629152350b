"""Days in a row, deliveries, copies, accounts and receipts as other hands write them."""

import time

import pytest

from donflow.precheck.facts import Kind
from donflow.precheck.facts_copies import copies
from donflow.precheck.paper import from_text
from donflow.precheck.rules import accounts, amounts, bilingual, currency, dates, receipts
from donflow.precheck.rules import copies as copies_rule
from tests.precheck.money_drafts import FOUNDATION, THREE, TWO, draft, told
from tests.precheck.test_facts_payment import TOTAL, read

ROWS = [
    (
        "甲方分别于2026年6月30日前、2027年6月30日前各支付人民币50万元。",
        [("500000", "2026-06-30"), ("500000", "2027-06-30")],
    ),
    (
        "捐赠款分两期支付，时间分别为2026年6月30日、2027年6月30日，金额分别为人民币60万元、40万元。",
        [("600000", "2026-06-30"), ("400000", "2027-06-30")],
    ),
    (
        "捐赠款等额分两次汇入乙方账户，付款时间为：2026年9月底前及2027年3月底前。",
        [("500000", "2026-09-30"), ("500000", "2027-03-31")],
    ),
    (
        "甲方于2026年、2027年的5月31日前每年支付人民币50万元。",
        [("500000", "2026-05-31"), ("500000", "2027-05-31")],
    ),
    (
        "（一）本协议签订后30日内支付人民币40万元；\n（二）2027年5月31日前支付人民币30万元；\n"
        "（三）2028年5月31日前支付人民币30万元。",
        [("400000", "signing+30d"), ("300000", "2027-05-31"), ("300000", "2028-05-31")],
    ),
    (
        "第一笔捐赠款在2026年5月31日前到账，第二笔在2027年5月31日前到账，每笔人民币50万元。",
        [("500000", "2026-05-31"), ("500000", "2027-05-31")],
    ),
    (
        "2026年度：人民币50万元，2026年9月30日前；2027年度：人民币50万元，2027年9月30日前。",
        [("500000", "2026-09-30"), ("500000", "2027-09-30")],
    ),
    (
        "自2026年至2028年，连续四年，每年捐赠人民币25万元，每年6月30日前支付。",
        [("250000", f"{2026 + no}-06-30") for no in range(4)],
    ),
    (
        "期  金额（大写）  金额（小写）  期限\n"
        "一  人民币陆拾万元整  ￥600,000.00  2026年8月31日前\n"
        "二  人民币肆拾万元整  ￥400,000.00  2027年8月31日前",
        [("600000", "2026-08-31"), ("400000", "2027-08-31")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), ROWS)
def test_days_are_read_however_they_are_set(text: str, expected: list[tuple[str, str]]) -> None:
    mode, given = read(TOTAL + text)
    assert (mode, [(amount, due) for _, amount, due in given]) == ("instalments", expected)


@pytest.mark.parametrize(
    "text",
    [
        "乙方分别于2026年6月30日、2026年12月31日提交报告。甲方于2026年3月31日前将捐赠款汇入乙方账户。",
        "甲方于2026年3月31日前将捐赠款汇入乙方账户。奖学金于2026年9月、2027年9月各发放一次。",
    ],
)
def test_days_of_reports_in_a_row_are_no_instalments(text: str) -> None:
    assert read(TOTAL + text) == ("lump", [(1, "1000000", "2026-03-31")])


def test_a_supplement_moves_sum_and_day_in_one_sentence() -> None:
    text = (
        "第三期捐赠款由人民币10万元调整为人民币20万元，交付期限由2028年6月30日前调整为"
        "2028年9月30日前。"
    )
    assert read(text)[1] == [(3, "200000", "2028-09-30")]


DELIVERIES = [
    ("甲方与目标公司应于2026年12月31日前完成股权过户登记。", "2026-12-31"),
    ("甲方于2026年8月31日前完成软件的授权激活与部署。", "2026-08-31"),
    ("甲方应在本协议生效后30日内办理产权变更登记手续。", "signing+30d"),
    ("钢琴由甲方于2026年9月10日送至音乐学院。", "2026-09-10"),
    ("甲方应于2026年9月20日前将设备运至实验楼并配合验收。", "2026-09-20"),
    ("银杏于2026年3月31日前栽植完毕。", "2026-03-31"),
    ("乙方于2026年10月31日前完成验收并办理入账。", ""),
    ("乙方于2026年12月31日前举行展览。", ""),
    ("甲方于2026年12月31日前派员培训。", ""),
]


@pytest.mark.parametrize(("text", "due"), DELIVERIES)
def test_things_are_handed_over_by_more_verbs_than_money(text: str, due: str) -> None:
    assert [day for _, _, day in read(text, in_kind=True)[1]] == ([due] if due else [])
    is_missing = told(dates.rule, draft(text, Kind.IN_KIND)) == [("payment_date_missing", "")]
    assert is_missing is (due == "")


def test_a_day_that_does_not_exist_is_told_once() -> None:
    text = TOTAL + "第一期60万元于2026年2月30日前支付，第二期40万元于2027年3月1日前支付。"
    assert told(dates.rule, draft(text)) == [("date_invalid", "2026年2月30日")]


SPLITS = [
    ("本协议叁份，甲方壹份，乙方贰份。", 3, {"甲方": 1, "乙方": 2}),
    ("本协议书共五份，甲方二份，乙方二份，丙方一份。", 5, {"甲方": 2, "乙方": 2, "丙方": 1}),
    ("本协议打印四份，双方各执两份。", 4, {"甲方": 2, "乙方": 2}),
    ("本合同文本一共肆份，甲乙双方各执贰份。", 4, {"甲方": 2, "乙方": 2}),
]


@pytest.mark.parametrize(("text", "total", "split"), SPLITS)
def test_copies_are_read_without_a_set_phrase(text: str, total: int, split: dict[str, int]) -> None:
    found = copies(from_text(text), TWO)
    assert found is not None
    assert (found.total, dict(found.split)) == (total, split)


@pytest.mark.parametrize("text", ["本协议附清单二份。", "提交申请表一份。", "本协议第四份附件。"])
def test_other_papers_are_no_copies(text: str) -> None:
    assert copies(from_text(text), TWO) is None


@pytest.mark.parametrize(
    ("text", "is_wrong"),
    [
        ("本协议一式三份，三方各执一份。", False),
        ("本协议一式八份，四方各执二份。", False),
        ("本协议一式五份，三方各执二份。", True),
        ("本协议一式五份，三方各执一份，乙方另执一份报备。", True),
    ],
)
def test_so_many_sides_are_counted_whoever_the_head_names(text: str, is_wrong: bool) -> None:
    assert (told(copies_rule.rule, draft(text)) != []) is is_wrong


def test_a_label_that_two_parties_share_counts_once() -> None:
    given = draft("本协议一式玖份，各方各执叁份。", parties=(*THREE, THREE[-1]))
    assert told(copies_rule.rule, given) == []


HOLDER = f"户名：{FOUNDATION}；银行：中国银行兰州支行；账号：12345678901。"
DOLLARS = "甲方捐赠美元壹万元（USD 10,000.00）。"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (DOLLARS + "汇入乙方下列人民币账户：" + HOLDER, ["account_currency_mismatch"]),
        (DOLLARS + "汇入乙方人民币结算账户：\n" + HOLDER, ["account_currency_mismatch"]),
        (DOLLARS + "汇入乙方外汇账户：" + HOLDER, []),
        (DOLLARS + "汇入乙方美元账户：" + HOLDER, []),
        (TOTAL + "汇入乙方人民币账户：" + HOLDER, []),
        (TOTAL + "甲方通过校友捐赠平台扫码支付。", []),
        (TOTAL + "甲方以现金方式在签约当日交付乙方。", []),
        (TOTAL + "由财务处自甲方工资中代扣后转入基金会账户。", []),
        (TOTAL + "甲方汇入乙方指定账户。", ["account_missing"]),
        (TOTAL + "甲方可捐出现金。\n其余款项汇入乙方指定账户。", ["account_missing"]),
    ],
)
def test_the_account_is_asked_for_where_money_flows_by_one(text: str, expected: list[str]) -> None:
    assert [code for code, _ in told(accounts.rule, draft(text))] == expected


HKD = "甲方捐赠港币壹佰伍拾万元整（HKD 1,500,000.00）。"


@pytest.mark.parametrize(
    ("text", "is_wrong"),
    [
        ("分三期等额支付，其中第二期人民币伍拾万元整（￥500,000.00）。", True),
        ("每期人民币伍拾万元整。", True),
        ("余款美元伍万元于次年付清。", True),
        ("每名学生每年人民币5000元。", False),
        ("首期港币伍拾万元整。", False),
        ("第一年奖励人民币50000元。", False),
    ],
)
def test_an_instalment_in_another_currency_is_told(text: str, is_wrong: bool) -> None:
    assert (told(currency.rule, draft(HKD + text)) != []) is is_wrong


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("证书金额可以按捐赠人要求填写。", "certificate_amount_risk"),
        ("证书所载价值可高于评估价值。", "certificate_amount_risk"),
        ("证书金额由甲方自行决定。", "certificate_amount_risk"),
        ("乙方按甲方需要的金额颁发证书。", "certificate_amount_risk"),
        ("证书载明的金额不得高于实际到账金额。", ""),
        ("证书样式按捐赠人要求制作。", ""),
        ("证书金额应与票据一致。", ""),
        ("乙方将原捐赠票据作废，按新金额重新开具。", "receipt_reissue_invalid"),
        ("乙方收回原票据并重新开具金额为零的票据。", "receipt_reissue_invalid"),
        ("原票据作废，按变更后的金额重新开具票据。", "receipt_reissue_invalid"),
        ("票据抬头有误的，乙方收回原票据后重新开具。", ""),
        ("票据金额填写错误的，收回原票据作废后按实际到账金额重新开具。", ""),
    ],
)
def test_papers_tell_what_came_and_not_what_is_wished(text: str, expected: str) -> None:
    found = [code for code, _ in told(receipts.rule, draft(TOTAL + text))]
    assert found == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("text", "is_wrong"),
    [
        ("甲方捐赠人民币壹拾贰万块整（￥120,000.00）。", True),
        ("甲方捐赠人民币壹拾贰万块钱（￥120,000.00）。", True),
        ("甲方捐赠石碑三块整体安装。", False),
        ("每人发放五块钱。", False),
    ],
)
def test_money_in_words_has_no_pieces(text: str, is_wrong: bool) -> None:
    found = [code for code, _ in told(amounts.rule, draft(text))]
    assert found == (["words_malformed"] if is_wrong else [])


@pytest.mark.parametrize(
    ("english", "chinese", "is_wrong"),
    [
        (
            "Disputes shall be settled by arbitration in Singapore.",
            "争议向乙方所在地人民法院起诉。",
            True,
        ),
        ("Any dispute goes to the people's court there.", "争议提交兰州仲裁委员会仲裁。", True),
        ("The English version shall prevail.", "两种文本不一致的，以中文为准。", True),
        ("The donation is irrevocable.", "甲方可以随时撤销本项捐赠。", True),
        ("Disputes are submitted to arbitration.", "争议提交兰州仲裁委员会仲裁。", False),
        ("The Chinese text shall prevail.", "两种文本不一致的，以中文文本为准。", False),
        (
            "The arbitral award is final; no court shall hear it.",
            "仲裁裁决是终局的，双方遵守。",
            False,
        ),
    ],
)
def test_words_that_decide_are_the_same_in_both_languages(
    english: str, chinese: str, is_wrong: bool
) -> None:
    given = draft(f"Donation Agreement\n捐赠协议\n{english}\n{chinese}", language="zh-en")
    assert (told(bilingual.rule, given) != []) is is_wrong


def test_the_sum_is_read_where_it_is_given_and_not_where_it_is_told_again() -> None:
    given = draft(TOTAL + "上述捐赠款人民币壹佰贰拾万元整（￥1,200,000.00）用于奖学金。")
    assert given.facts.amount is not None
    assert given.facts.amount.figures == 1_000_000


LONG = 6_000


@pytest.mark.parametrize(
    "piece",
    [
        "第一期2026年9月30日前支付人民币壹万元整（￥10,000.00），",
        "每年9月30日前支付人民币壹万元，",
        "显微镜5台，单价5元，",
        "户名：云麓 开户行：银行 账号：123 ",
        "一式三份，双方各执一份，",
        "2026年9月30日、",
        "证书，",
        "US$ 5 million ",
        "1",
    ],
)
@pytest.mark.parametrize("end", ["", "\n"])
def test_a_long_text_takes_time_in_step_with_its_length(piece: str, end: str) -> None:
    def seconds(length: int) -> float:
        text = (piece + end) * (length // len(piece + end))
        begun = time.perf_counter()
        given = draft(text)
        for rule in (accounts, amounts, copies_rule, currency, dates, receipts):
            list(rule.rule(given))
        return time.perf_counter() - begun

    seconds(LONG // 20)
    short, long = (seconds(length) for length in (LONG // 4, LONG))
    # Four times the text: four times the time, sixteen were it to grow by the square.
    assert long < 10 * short + 0.3
