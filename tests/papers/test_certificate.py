"""The certificate says its words, carries every name, and leaves room for the wet seal."""

from dataclasses import replace
from datetime import date

import pytest
from PIL import Image, ImageChops, ImageDraw

from donflow.papers.certificate import (
    DATE_BASELINE,
    FOUNDATION_HEIGHT,
    FOUNDATION_TOP,
    SEAL_DIAMETER,
    SEAL_X,
    SEAL_Y,
    CertificateWords,
    DateNumerals,
    compose_body,
    draw_certificate,
    draw_certificates,
    group_code,
    write_date,
)
from donflow.pdf.glyphs import NoGlyph
from donflow.pdf.setting import TextDoesNotFit
from tests.papers.words import CERTIFICATE, LONG_AMOUNT, LONG_DONOR, LONG_PURPOSE
from tests.pdf.reading import codes_of, fonts_of, page_count, pages_of, picture_of, text_of

LONG = replace(
    CERTIFICATE,
    donor=LONG_DONOR,
    purpose=LONG_PURPOSE,
    amount_words=LONG_AMOUNT[0],
    amount_figures=LONG_AMOUNT[1],
    foundation="云麓大学教育发展基金会暨云麓大学校友会公益捐赠联合工作委员会",
)


def test_the_copied_text_is_the_words() -> None:
    assert text_of(draw_certificate(CERTIFICATE)) == (
        "捐赠证书梁启舟先生："
        "承蒙厚爱，慷慨解囊，向云麓大学教育发展基金会捐赠人民币伍拾万元整（￥500,000.00），"
        "用于计算机学院“云麓启明奖学金”，资助家境清寒、志学不倦的本科生。"
        "嘉惠学林，泽被后人。谨颁此证，以志谢忱。"
        "云麓大学教育发展基金会二〇二六年四月十八日"
        "证书编号：云基证〔2026〕031号查验码：7K3Q W9XM PA2R TVZC"
    )


def test_the_same_words_give_the_same_bytes() -> None:
    assert draw_certificate(CERTIFICATE) == draw_certificate(CERTIFICATE)
    assert draw_certificate(CERTIFICATE) != draw_certificate(LONG)


@pytest.mark.parametrize(
    "words",
    [
        LONG,
        replace(CERTIFICATE, donor="梁启舟先生、林若兰女士伉俪"),
        replace(CERTIFICATE, donor="䶮𠅤先生、㛃㵾女士伉俪"),
        replace(CERTIFICATE, donor="阿卜杜热合曼·买买提依明先生"),
        replace(CERTIFICATE, purpose="助学"),
    ],
    ids=["long", "couple", "rare", "minority name", "short"],
)
def test_every_length_of_words_fits_one_page_and_is_printed_whole(words: CertificateWords) -> None:
    pdf = draw_certificate(words)

    assert page_count(pdf) == 1
    copied = text_of(pdf).replace(" ", "")
    assert f"{words.donor}：{compose_body(words)}{words.foundation}" in copied
    assert all(fonts_of(pdf).values())


def test_what_cannot_fit_is_refused() -> None:
    with pytest.raises(TextDoesNotFit):
        draw_certificate(replace(CERTIFICATE, purpose=LONG_PURPOSE * 8))


def test_characters_without_a_glyph_are_all_named_and_nothing_is_drawn() -> None:
    with pytest.raises(NoGlyph) as refused:
        draw_certificate(replace(CERTIFICATE, donor="梁\U0002ffff先生", purpose="🎓"))

    named = [(one.code, str(one.place)) for one in refused.value.missing]
    assert named == [
        ("U+2FFFF", "the donor's name"),
        ("U+1F393", "the text of the certificate"),
    ]


@pytest.mark.parametrize("words", [CERTIFICATE, LONG], ids=["usual", "long"])
def test_only_the_foundation_and_the_date_are_printed_where_the_seal_goes(
    words: CertificateWords,
) -> None:
    def pixels(millimetres: float) -> float:
        return millimetres * 10

    picture = picture_of(draw_certificate(words), dpi=254)
    reach = SEAL_DIAMETER / 2
    circle = Image.new("L", picture.size, 0)
    pen = ImageDraw.Draw(circle)
    edges = (SEAL_X - reach, SEAL_Y - reach, SEAL_X + reach, SEAL_Y + reach)
    pen.ellipse([pixels(edge) for edge in edges], fill=255)
    below = FOUNDATION_TOP + FOUNDATION_HEIGHT
    pen.rectangle([0, pixels(FOUNDATION_TOP), 2970, pixels(below)], fill=0)
    pen.rectangle([0, pixels(DATE_BASELINE - 6), 2970, pixels(DATE_BASELINE + 2)], fill=0)

    free = Image.composite(picture, Image.new("L", picture.size, 255), circle)

    assert free.getextrema() == (255, 255)


def test_the_code_leads_to_the_address_and_is_left_out_without_one() -> None:
    assert codes_of(draw_certificate(CERTIFICATE)) == [CERTIFICATE.verification_address]
    assert codes_of(draw_certificate(replace(CERTIFICATE, verification_address=""))) == []


def test_a_gift_in_kind_and_the_office_s_own_sentence_are_taken() -> None:
    things = replace(CERTIFICATE, amount_words="", amount_figures="", things="图书壹仟贰佰册")
    own = replace(CERTIFICATE, body="感念厚谊，永志不忘。")

    assert "捐赠图书壹仟贰佰册，用于" in compose_body(things)
    assert "感念厚谊，永志不忘。" in text_of(draw_certificate(own))
    assert "承蒙厚爱" not in text_of(draw_certificate(own))


@pytest.mark.parametrize(
    ("day", "chinese", "arabic"),
    [
        (date(2026, 4, 18), "二〇二六年四月十八日", "2026年4月18日"),
        (date(2030, 10, 10), "二〇三〇年十月十日", "2030年10月10日"),
        (date(2029, 12, 31), "二〇二九年十二月三十一日", "2029年12月31日"),
        (date(2027, 1, 20), "二〇二七年一月二十日", "2027年1月20日"),
    ],
)
def test_the_date_is_written_in_either_numerals(day: date, chinese: str, arabic: str) -> None:
    assert write_date(day, DateNumerals.CHINESE) == chinese
    assert write_date(day, DateNumerals.ARABIC) == arabic


def test_a_code_is_shown_in_groups_of_four() -> None:
    assert group_code("7K3QW9XM-PA2RTVZC") == "7K3Q W9XM PA2R TVZC"


def test_many_certificates_are_one_file_whose_fonts_and_ornament_stand_once() -> None:
    donors = [replace(CERTIFICATE, donor=f"{name}先生") for name in ("梁启舟", "林若兰", "何守拙")]
    together = draw_certificates(donors)

    assert pages_of(together) == [text_of(draw_certificate(words)) for words in donors]
    assert len(together) < 1.2 * len(draw_certificate(donors[0]))
    for page, words in enumerate(donors):
        alone = picture_of(draw_certificate(words))
        assert ImageChops.difference(picture_of(together, page=page), alone).getbbox() is None


def test_one_certificate_that_cannot_be_drawn_stops_the_print_run() -> None:
    with pytest.raises(TextDoesNotFit):
        draw_certificates([CERTIFICATE, replace(CERTIFICATE, donor="长" * 400)])
