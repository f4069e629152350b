"""The payment notice says where to, by when and with which remark, and never presses."""

from dataclasses import replace

import pytest

from donflow.papers.payment_notice import PaymentNoticeWords, draw_payment_notice
from donflow.pdf.glyphs import NoGlyph
from donflow.pdf.setting import TextDoesNotFit
from tests.papers.words import LONG_AMOUNT, LONG_DONOR, LONG_PURPOSE, NOTICE
from tests.pdf.reading import fonts_of, page_count, text_of

LONG = replace(
    NOTICE,
    donor=LONG_DONOR,
    you="贵公司",
    purpose=LONG_PURPOSE[:60],
    amount_words=LONG_AMOUNT[0],
    amount_figures=LONG_AMOUNT[1],
    remark="深圳市恒源数智科技股份有限公司捐赠云麓大学计算机科学与技术学院学科平台建设",
)


def test_the_notice_says_all_its_words() -> None:
    copied = text_of(draw_payment_notice(NOTICE))

    assert copied.startswith(
        "捐赠付款提示云麓大学教育发展基金会尊敬的梁启舟先生："
        "衷心感谢您对云麓大学教育发展基金会的信任与支持！"
        "依照《捐赠协议》（编号：云基协〔2026〕017号）的约定，“云麓启明奖学金”第二期（共四期）"
        "捐赠款，烦请于2026年5月31日前汇入下列账户。"
    )
    for fact in (
        "户名 云麓大学教育发展基金会",
        "开户银行 云麓银行云麓大学支行",
        "账号 6222000000000000017",
        "联行号 000000000017",
        "金额大写 人民币壹拾贰万伍仟元整",
        "金额小写 ￥125,000.00",
        "附言（汇款时请原样填写）梁启舟捐赠计算机学院启明奖学金",
        "联系人：林秘书　0731-0000-0000",
    ):
        assert fact in copied
    assert copied.endswith("云麓大学教育发展基金会2026年4月18日")


@pytest.mark.parametrize("words", [NOTICE, LONG], ids=["usual", "long"])
def test_the_notice_never_presses_and_never_stands_for_a_receipt(
    words: PaymentNoticeWords,
) -> None:
    copied = text_of(draw_payment_notice(words))

    for word in ("催", "逾期", "拖欠", "欠款", "违约", "收据", "发票"):
        assert word not in copied
    assert "本提示不作为收款凭证" in copied


def test_long_words_fit_one_page_and_are_printed_whole() -> None:
    pdf = draw_payment_notice(LONG)

    assert page_count(pdf) == 1
    assert LONG.remark in text_of(pdf)
    assert LONG.amount_words in text_of(pdf)
    assert all(fonts_of(pdf).values())


def test_empty_fields_leave_no_empty_row() -> None:
    copied = text_of(draw_payment_notice(replace(NOTICE, instalment="", bank_code="")))

    assert "期次" not in copied
    assert "联行号" not in copied


def test_what_would_need_a_second_page_is_refused() -> None:
    with pytest.raises(TextDoesNotFit):
        draw_payment_notice(replace(LONG, bank="云麓银行" * 300))


def test_a_character_without_a_glyph_in_the_remark_is_named() -> None:
    with pytest.raises(NoGlyph) as refused:
        draw_payment_notice(replace(NOTICE, remark="梁启舟🎓"))

    assert [(one.code, str(one.place)) for one in refused.value.missing] == [
        ("U+1F393", "the remark for the transfer")
    ]


def test_the_same_words_give_the_same_bytes() -> None:
    assert draw_payment_notice(NOTICE) == draw_payment_notice(NOTICE)
