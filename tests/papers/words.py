"""The words of one invented gift, as the four drawn papers take them."""

from datetime import date
from hashlib import sha256

from donflow.papers.certificate import CertificateWords
from donflow.papers.custody_list import CustodyListWords, CustodyPaper
from donflow.papers.payment_notice import PaymentNoticeWords
from donflow.papers.routing_slip import RoutingSlipWords, SlipCopy, SlipParty

FOUNDATION = "云麓大学教育发展基金会"
LONG_DONOR = (
    "内蒙古自治区呼和浩特市蒙古族传统文化保护与发展促进会、广东省深圳市恒源数智科技股份有限公司"
)
LONG_PURPOSE = (
    "计算机科学与技术学院人工智能与大数据交叉学科平台建设、“云麓启明”本科生奖助学金、"
    "青年教师学术交流基金以及校史馆与图书馆古籍修复专项等多项教育公益事业，"
    "并用于支持西部地区优秀学子来校访学，资助其往返旅费、住宿与生活补助"
)
LONG_AMOUNT = ("人民币壹亿贰仟叁佰肆拾伍万陆仟柒佰捌拾玖元壹角贰分", "￥123,456,789.12")

CERTIFICATE = CertificateWords(
    donor="梁启舟先生",
    foundation=FOUNDATION,
    purpose="计算机学院“云麓启明奖学金”，资助家境清寒、志学不倦的本科生",
    awarded_on=date(2026, 4, 18),
    certificate_number="云基证〔2026〕031号",
    amount_words="人民币伍拾万元整",
    amount_figures="￥500,000.00",
    verification_code="7K3QW9XMPA2RTVZC",
    verification_address="https://example.edu.cn/v/7K3QW9XMPA2RTVZC",
)

NOTICE = PaymentNoticeWords(
    donor="尊敬的梁启舟先生",
    foundation=FOUNDATION,
    purpose="云麓启明奖学金",
    amount_words="人民币壹拾贰万伍仟元整",
    amount_figures="￥125,000.00",
    pay_by=date(2026, 5, 31),
    account_name=FOUNDATION,
    bank="云麓银行云麓大学支行",
    account_number="6222000000000000017",
    remark="梁启舟捐赠计算机学院启明奖学金",
    contact="林秘书　0731-0000-0000",
    notified_on=date(2026, 4, 18),
    agreement_number="云基协〔2026〕017号",
    instalment="第二期（共四期）",
    bank_code="000000000017",
)

SLIP = RoutingSlipWords(
    gift_number="G2026-0017",
    agreement_title="云麓大学教育发展基金会与梁启舟关于设立“云麓启明奖学金”的捐赠协议",
    office="云麓大学计算机学院校友工作办公室",
    parties=(
        SlipParty("甲方（捐赠人）", "梁启舟"),
        SlipParty("乙方（受赠人）", FOUNDATION),
        SlipParty("丙方（使用单位）", "云麓大学计算机学院"),
    ),
    copies=(
        SlipCopy("1/4", "梁启舟", "随证书寄出"),
        SlipCopy("2/4", FOUNDATION),
        SlipCopy("3/4", "云麓大学计算机学院"),
        SlipCopy("4/4", "云麓大学档案馆", "年度移交"),
    ),
    steps=(
        "学院核对份数与骑缝",
        "捐赠人签署",
        "使用单位签署",
        "基金会审核并签署",
        "用印登记",
        "原件分发",
        "扫描入库",
    ),
    prepared_on=date(2026, 4, 2),
    prepared_by="林秘书",
    agreement_number="云基协〔2026〕017号",
    amount_words="人民币伍拾万元整",
    amount_figures="￥500,000.00",
)

CUSTODY = CustodyListWords(
    list_number="2026-GD-009",
    office="云麓大学计算机学院校友工作办公室",
    custodian="周审核（基金会资料保管）",
    donor="梁启舟",
    project="云麓启明奖学金",
    handed_over_on=date(2026, 4, 20),
    papers=(
        CustodyPaper(
            "捐赠协议（已签署扫描件）",
            "云基协〔2026〕017号",
            sha256(b"agreement").hexdigest(),
            8,
            date(2026, 4, 8),
        ),
        CustodyPaper(
            "公益事业捐赠统一票据（电子）",
            "0000014235",
            sha256(b"receipt").hexdigest(),
            1,
            date(2026, 4, 16),
        ),
        CustodyPaper(
            "捐赠证书",
            "云基证〔2026〕031号",
            sha256(b"certificate").hexdigest(),
            1,
            date(2026, 4, 18),
        ),
    ),
    agreement_number="云基协〔2026〕017号",
    gift_number="G2026-0017",
)
