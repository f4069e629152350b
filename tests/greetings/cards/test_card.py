"""Cards: a design for each occasion, words that fit, read and stay off what is busy."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from io import BytesIO
from itertools import combinations
from time import process_time

import pypdfium2
import pytest
from PIL import Image, ImageStat

from donflow.greetings.cards.card import Form, draw_bare, draw_card
from donflow.greetings.cards.design import LARGEST_PICTURE, Design, PictureUnfit
from donflow.greetings.cards.designs import DESIGNS, NoSuchCard
from donflow.greetings.cards.lettering import CardWords, greeting_blocks
from donflow.pdf.fonts import Role
from donflow.pdf.glyphs import NoGlyph
from donflow.pdf.setting import TextDoesNotFit, set_block
from donflow.pdf.spacing import Colour, Style
from tests.pdf.reading import page_count, pages_of, picture_of, text_of

WORDS = CardWords(
    title="立春",
    subtitle="正月初七",
    verse="律回岁晚冰霜少，春到人间草木知。",
    author="张栻",
    salutation="梁启舟先生：",
    lines=("今日立春，校园里的枝头有了新意。", "愿您所念所行，如春之始，身体康健、阖家幸福。"),
    signature="云麓大学数智学院校友工作办公室",
    day="2027年2月4日",
)
SOME = (
    "jingzhe",
    "qingming",
    "guyu",
    "mangzhong",
    "xiazhi",
    "thanks",
    "qixi",
    "school_anniversary",
)
# Where words stand depends on the composition alone: one design of each is enough.
ONE_OF_EACH = tuple({design.composition.name: code for code, design in DESIGNS.items()}.values())
PIXELS = 4  # for a unit of the canvas


def test_an_unknown_occasion_has_none() -> None:
    with pytest.raises(NoSuchCard):
        draw_card("no such day", WORDS)


@pytest.mark.parametrize("form", Form)
def test_the_same_words_give_the_same_bytes(form: Form) -> None:
    assert draw_card("lichun", WORDS, form) == draw_card("lichun", WORDS, form)
    assert draw_card("lichun", WORDS, form) != draw_card(
        "lichun", replace(WORDS, salutation="方女士："), form
    )


@pytest.mark.parametrize("form", Form)
def test_a_card_says_all_its_words(form: Form) -> None:
    said = text_of(draw_card("guyu", WORDS, form))

    for part in (*WORDS.lines, WORDS.salutation, WORDS.signature, WORDS.day, WORDS.subtitle):
        assert part in said
    assert set("律回岁晚冰霜少春到人间草木知张栻") <= set(said)


def test_the_folded_card_and_the_postcard_have_two_sides() -> None:
    assert page_count(draw_card("dashu", WORDS)) == 1
    outside, inside = pages_of(draw_card("dashu", WORDS, Form.A5_FOLDED))
    assert WORDS.salutation not in outside
    assert WORDS.salutation in inside
    assert page_count(draw_card("dashu", WORDS, Form.POSTCARD)) == 2


def test_the_fold_is_marked_outside_of_what_is_kept() -> None:
    page = picture_of(draw_card("chunfen", WORDS, Form.A5_FOLDED), dpi=254)
    middle = page.width // 2

    edge = page.crop((middle - 4, 0, middle + 4, 20))
    kept = page.crop((middle - 4, 55, middle + 4, page.height - 55))

    assert edge.getextrema()[0] < 128
    assert kept.getextrema()[0] > 200


@pytest.mark.parametrize("code", ONE_OF_EACH)
def test_all_words_stand_inside_the_page_and_none_upon_another(code: str) -> None:
    longer = replace(
        WORDS,
        title="捐赠周年",
        verse="雨霁风光，春分天气。千花百卉争明媚。",
        author="欧阳修",
        salutation="梁启舟先生、方女士伉俪：",
    )
    page = pypdfium2.PdfDocument(draw_card(code, longer))[0]
    text, (width, height) = page.get_textpage(), page.get_size()

    boxes = [text.get_charbox(index) for index in range(text.count_chars())]
    seen = [box for box in boxes if box[2] > box[0]]

    margin = 0.05 * width
    assert len(seen) > 80
    assert not [(one, other) for one, other in combinations(seen, 2) if overlap(one, other)]
    assert min(box[0] for box in seen) > margin
    assert max(box[2] for box in seen) < width - margin
    assert min(box[1] for box in seen) > margin
    assert max(box[3] for box in seen) < height - margin


@pytest.mark.parametrize("code", DESIGNS)
def test_the_words_can_be_read_on_the_motif(code: str) -> None:
    design = DESIGNS[code]
    title, greeting = places(design)

    assert contrast(ink(design, foot=False), picture(code), title) > 3
    assert contrast(ink(design, foot=True), picture(code), greeting) > 4


@pytest.mark.parametrize("code", DESIGNS)
def test_the_greeting_stands_on_a_quiet_ground(code: str) -> None:
    _, greeting = places(DESIGNS[code])

    assert busy(picture(code), greeting) < 15


def test_what_is_busy_is_told_from_what_is_quiet() -> None:
    assert busy(picture("xiazhi"), (30, 30, 70, 60)) > 30
    assert contrast((0.1, 0.1, 0.1), picture("jingzhe"), (10, 95, 80, 110)) < 2


def test_a_long_greeting_is_set_smaller_and_one_that_is_too_long_is_refused() -> None:
    longer = replace(WORDS, lines=("谨祝身体康健、诸事顺遂。" * 9,))
    assert "诸事顺遂" in text_of(draw_card("xiaoman", longer))

    with pytest.raises(TextDoesNotFit):
        draw_card("xiaoman", replace(WORDS, lines=("谨祝身体康健、诸事顺遂。" * 40,)))


def test_no_character_or_two_stand_alone_below_a_paragraph() -> None:
    words = replace(WORDS, lines=("小年到了，扫尘迎新，愿您诸事将圆。",))
    style = Style(Role.KAI, 8.6, leading=1.55)

    lone = set_block(words.lines[0], 51, style, indent=2).lines[-1]
    blocks = greeting_blocks(words, 51, 40, size=8.6, colour=(0, 0, 0))

    assert len(lone.text) <= 3
    assert all(len(block.lines[-1].text) > 3 for block, _ in blocks)


def test_a_long_salutation_is_broken_into_lines() -> None:
    name = "深圳市恒源数智科技有限公司并转各位参与捐赠的校友及其家人："

    assert name in text_of(draw_card("lixia", replace(WORDS, salutation=name)))


def test_a_rare_character_is_printed_and_one_that_no_font_has_is_named() -> None:
    assert "𠅤" in text_of(draw_card("lixia", replace(WORDS, salutation="林𠅤先生：")))

    with pytest.raises(NoGlyph) as refused:
        draw_card("lixia", replace(WORDS, salutation="林\U0003134a：", signature="\U00031349"))
    assert [one.code for one in refused.value.missing] == ["U+3134A", "U+31349"]


def test_a_picture_of_the_office_stands_in_place_of_the_motif() -> None:
    own = DESIGNS["dashu"].with_picture(red_picture())

    shown = pypdfium2.PdfDocument(draw_card(own, WORDS))[0].render(scale=1).to_pil().convert("RGB")

    assert shown.getpixel((40, 200)) == (200, 20, 20)


@pytest.mark.parametrize("data", [b"", b"<svg/>", b"\xff\xd8\xff" + bytes(LARGEST_PICTURE)])
def test_what_is_no_picture_or_too_large_is_refused(data: bytes) -> None:
    with pytest.raises(PictureUnfit):
        DESIGNS["dashu"].with_picture(data)


def test_a_card_is_drawn_within_60_milliseconds() -> None:
    draw_card("lichun", WORDS)
    started = process_time()

    for code in SOME:
        draw_card(code, WORDS)

    assert (process_time() - started) / len(SOME) < 0.06


def overlap(one: Box, other: Box) -> bool:
    """Whether two signs (left, foot, right, top) share more than the edge of their boxes."""
    across = min(one[2], other[2]) - max(one[0], other[0])
    return across > 0.2 and min(one[3], other[3]) - max(one[1], other[1]) > 0.2


@cache
def picture(code: str) -> Image.Image:
    """The card without words, `PIXELS` a unit."""
    page = pypdfium2.PdfDocument(draw_bare(code))[0]
    return page.render(scale=90 * PIXELS / page.get_width()).to_pil().convert("RGB")


def places(design: Design) -> tuple[Box, Box]:
    """Where title and greeting stand, in units."""
    title, words = design.composition.title, design.composition.words
    half = title.size / 2
    upright = (title.x - half, title.y, title.x + half, title.y + 2.2 * title.size)
    return upright, (words.x, words.y, words.x + words.width, words.y + words.height)


def ink(design: Design, *, foot: bool) -> Colour:
    palette, composition = design.palette, design.composition
    if foot:
        return (composition.under and palette.on_foot) or palette.ink
    return (composition.over and palette.on_motif) or palette.ink


def busy(shown: Image.Image, box: Box) -> float:
    """How far the tones spread, in 255ths, what goes over evenly from top to bottom apart."""
    part = cropped(shown, box).convert("L")
    rows = [part.crop((0, row, part.width, row + 8)) for row in range(0, part.height - 8, 8)]
    return max(ImageStat.Stat(row).stddev[0] for row in rows)


def contrast(colour: Colour, shown: Image.Image, box: Box) -> float:
    """The contrast of WCAG between a colour and the middle tone below it."""
    red, green, blue = (value / 255 for value in ImageStat.Stat(cropped(shown, box)).median)
    light, dark = sorted((luminance(colour), luminance((red, green, blue))), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: Colour) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def cropped(shown: Image.Image, box: Box) -> Image.Image:
    left, top, right, foot = (round(edge * PIXELS) for edge in box)
    return shown.crop((left, top, right, foot))


def red_picture() -> bytes:
    out = BytesIO()
    Image.new("RGB", (300, 200), (200, 20, 20)).save(out, "PNG")
    return out.getvalue()


Box = tuple[float, float, float, float]
