"""Automatic numbers are those that people see, before the changes and after them."""

import pytest

from donflow.word.reading import read
from donflow.word.seeing.numerals import numeral
from tests.word.markup_builder import (
    docx,
    drawn_box,
    ins,
    lvl,
    numbering,
    p,
    state,
    style,
    table,
    tr,
)

ZHOU = "周审核"

NUMERALS = {
    "decimal": "1 2 9 10 11 20 21 99",
    "chineseCounting": "一 二 九 十 十一 二十 二十一 九十九",
    "chineseCountingThousand": "一 二 九 十 十一 二十 二十一 九十九",
    "japaneseCounting": "一 二 九 十 十一 二十 二十一 九十九",
    "taiwaneseCountingThousand": "一 二 九 十 十一 二十 二十一 九十九",
    "ideographDigital": "一 二 九 一〇 一一 二〇 二一 九九",
    "chineseLegalSimplified": "壹 贰 玖 壹拾 壹拾壹 贰拾 贰拾壹 玖拾玖",
    "ideographTraditional": "甲 乙 壬 癸 11 20 21 99",
    "ideographZodiac": "子 丑 申 酉 戌 20 21 99",
    "ideographZodiacTraditional": "甲子 乙丑 壬申 癸酉 甲戌 癸未 甲申 壬寅",
    "decimalFullWidth": "１ ２ ９ １０ １１ ２０ ２１ ９９",
    "decimalEnclosedCircle": "① ② ⑨ ⑩ ⑪ ⑳ ㉑ 99",
    "decimalEnclosedCircleChinese": "① ② ⑨ ⑩ ⑪ ⑳ ㉑ 99",
    "decimalEnclosedParen": "⑴ ⑵ ⑼ ⑽ ⑾ ⒇ 21 99",
    "decimalEnclosedFullstop": "⒈ ⒉ ⒐ ⒑ ⒒ ⒛ 21 99",
    "decimalZero": "01 02 09 10 11 20 21 99",
    "upperLetter": "A B I J K T U UUUU",
    "lowerLetter": "a b i j k t u uuuu",
    "upperRoman": "I II IX X XI XX XXI XCIX",
    "lowerRoman": "i ii ix x xi xx xxi xcix",
    "ordinal": "1st 2nd 9th 10th 11th 20th 21st 99th",
    "cardinalText": "One Two Nine Ten Eleven Twenty Twenty-one Ninety-nine",
    "ordinalText": "First Second Ninth Tenth Eleventh Twentieth Twenty-first Ninety-ninth",
    "unheardOf": "1 2 9 10 11 20 21 99",
}


@pytest.mark.parametrize(("form", "expected"), NUMERALS.items(), ids=NUMERALS)
def test_a_number_is_written_in_its_form(form, expected):
    written = [numeral(number, form) for number in (1, 2, 9, 10, 11, 20, 21, 99)]

    assert written == expected.split()


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (100, "一百"),
        (101, "一百零一"),
        (110, "一百一十"),
        (1010, "一千零一十"),
        (10010, "一万零一十"),
    ],
)
def test_large_chinese_numbers_have_their_zeros(number, expected):
    assert numeral(number, "chineseCountingThousand") == expected


def seen(*body: str, lists: str = "", styles: str = "") -> list[str]:
    return list(read(docx(*body, numbering=lists, styles=styles)).after)


ARTICLES = numbering(
    lvl(0, "chineseCounting", "第%1条", suffix="space"),
    lvl(1, "decimal", "%1.%2", more="<w:isLgl/>", suffix="tab"),
    lvl(2, "chineseCountingThousand", "（%3）"),
    lvl(3, "decimalEnclosedCircle", "%4"),
)


def test_levels_count_and_begin_anew_under_each_other():
    levels = (0, 2, 2, 3, 2, 0, 1, 1, 2, 0)

    assert seen(*(p("甲", num=(1, level)) for level in levels), lists=ARTICLES) == [
        "第一条 甲", "（一）甲", "（二）甲", "①甲", "（三）甲",
        "第二条 甲", "2.1 甲", "2.2 甲", "（一）甲", "第三条 甲",
    ]  # fmt: skip


def test_a_level_may_never_begin_anew_or_only_under_a_certain_one():
    never = numbering(
        lvl(0, "decimal", "%1."), lvl(1, "decimal", "(%2)", more='<w:lvlRestart w:val="0"/>')
    )
    by_first = numbering(
        lvl(0, "decimal", "%1."),
        lvl(1, "decimal", "(%2)"),
        lvl(2, "lowerLetter", "%3)", more='<w:lvlRestart w:val="1"/>'),
    )
    body = [p(num=(1, level)) for level in (0, 1, 1, 0, 1)]
    deeper = [p(num=(1, level)) for level in (0, 1, 2, 1, 2, 0, 2)]

    assert seen(*body, lists=never) == ["1.", "(1)", "(2)", "2.", "(3)"]
    assert seen(*deeper, lists=by_first) == ["1.", "(1)", "a)", "(2)", "b)", "2.", "a)"]


def test_two_lists_of_one_kind_count_on_unless_one_starts_anew():
    on = '<w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
    anew = (
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    )
    lists = numbering(lvl(0, "chineseCounting", "%1、"), nums=on + anew)
    body = [p(num=(list_, 0)) for list_ in (1, 1, 2, 3, 3, 1)]

    assert seen(*body, lists=lists) == ["一、", "二、", "三、", "五、", "六、", "七、"]


def test_a_list_that_starts_anew_does_so_at_the_level_where_it_is_first_used():
    anew = (
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="3"/></w:lvlOverride><w:lvlOverride w:ilvl="1">'
        '<w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    )
    lists = numbering(lvl(0, "decimal", "%1."), lvl(1, "decimal", "(%2)"), nums=anew)
    body = [p(num=place) for place in ((1, 0), (2, 0), (2, 1), (2, 1), (2, 0), (2, 1))]

    assert seen(*body, lists=lists) == ["1.", "3.", "(5)", "(6)", "4.", "(5)"]


def test_a_list_may_write_a_level_in_its_own_way():
    own = (
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
        f"{lvl(0, 'upperLetter', '%1.')}</w:lvlOverride></w:num>"
    )

    assert seen(p(num=(2, 0)), lists=numbering(lvl(0, "decimal", "%1."), nums=own)) == ["A."]


def test_a_style_numbers_its_paragraphs_and_those_based_on_it():
    lists = numbering(
        lvl(0, "chineseCounting", "第%1章", more='<w:pStyle w:val="Chapter"/>'),
        lvl(1, "chineseCounting", "第%2条", more='<w:pStyle w:val="Article"/>'),
    )
    numbered = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    styles = (
        style("Chapter", numbered)
        + style("Article", numbered)
        + style("Heading", "", based="Article")
        + style("Plain", '<w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr>', based="Article")
    )
    body = [p(style=name) for name in ("Chapter", "Article", "Heading", "Plain", "Article")]

    assert seen(*body, lists=lists, styles=styles) == ["第一章", "第一条", "第二条", "", "第三条"]


def test_a_numbering_style_stands_for_its_list():
    """17.9.21 and 17.9.27: w:numStyleLink leads to the list with that w:styleLink."""
    linked = (
        '<w:abstractNum w:abstractNumId="7"><w:numStyleLink w:val="Ours"/></w:abstractNum>'
        '<w:num w:numId="8"><w:abstractNumId w:val="7"/></w:num>'
    )
    lists = (
        '<w:abstractNum w:abstractNumId="0"><w:styleLink w:val="Ours"/>'
        + lvl(0, "decimal", "%1)")
        + "</w:abstractNum>"
        + linked.partition("<w:num ")[0]
        + '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num '
        + linked.partition("<w:num ")[2]
    )
    ours = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'

    assert seen(
        p(num=(8, 0)), p(num=(8, 0)), lists=lists, styles=style("Ours", ours, kind="numbering")
    ) == ["1)", "2)"]


def test_bullets_boxes_and_nothing_are_labels_as_they_look():
    wing = '<w:rPr><w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/></w:rPr>'
    box = lvl(0, "bullet", "\uf0a8", suffix="space").replace("</w:lvl>", f"{wing}</w:lvl>")
    lists = numbering(box, lvl(1, "bullet", "—", suffix="space"), lvl(2, "none", ""))

    assert seen(*(p("甲", num=(1, level)) for level in (0, 1, 2)), lists=lists) == [
        "□ 甲",
        "— 甲",
        "甲",
    ]


def test_a_deleted_paragraph_counts_before_and_an_inserted_one_after():
    body = (
        p("甲", num=(1, 0)),
        p(f'<w:del w:id="1" w:author="{ZHOU}"><w:r><w:delText>乙</w:delText></w:r></w:del>',
          num=(1, 0), mark=state("del", ZHOU)),
        p("丙", num=(1, 0)),
        p(ins(ZHOU, "丁"), num=(1, 0), mark=state("ins", ZHOU)),
        p("戊", num=(1, 0)),
    )  # fmt: skip

    reading = read(docx(*body, numbering=numbering(lvl(0, "decimal", "%1."))))

    assert reading.before == ("1.甲", "2.乙", "3.丙", "4.戊")
    assert reading.after == ("1.甲", "2.丙", "3.丁", "4.戊")


def test_a_number_that_a_change_of_formatting_gave_was_not_there_before():
    was = f'<w:pPrChange w:id="1" w:author="{ZHOU}"><w:pPr/></w:pPrChange>'

    reading = read(
        docx(p("甲", num=(1, 0), properties=was), numbering=numbering(lvl(0, "decimal", "%1.")))
    )

    assert (reading.before, reading.after) == (("甲",), ("1.甲",))


def test_rows_and_text_boxes_are_numbered_and_boxes_apart():
    body = p("甲", drawn_box(p("框", num=(1, 0))), num=(1, 0)) + table(
        tr(p("乙", num=(1, 0)), p("丙", num=(1, 0)))
    )

    assert seen(body, lists=numbering(lvl(0, "decimal", "%1."))) == ["1.甲", "1.框", "2.乙\t3.丙"]


@pytest.mark.parametrize(
    "lists",
    [
        "",
        '<w:num w:numId="1"><w:abstractNumId w:val="9"/></w:num>',
        '<w:num w:numId="1"/>',
        numbering(lvl(3, "decimal", "%4")),
        numbering('<w:lvl w:ilvl="x"/>'),
    ],
)
def test_a_list_that_is_not_there_numbers_nothing(lists):
    assert seen(p("甲", num=(1, 0)), lists=lists) == ["甲"]


def test_a_level_that_was_passed_over_counts_as_begun():
    lists = numbering(lvl(0, "decimal", "%1."), lvl(1, "decimal", "%1.%2."))

    assert seen(*(p(num=(1, at)) for at in (1, 1, 0, 1)), lists=lists) == [
        "1.1.",
        "1.2.",
        "2.",
        "2.1.",
    ]
