"""Each card has a picture of its own: another function, other strokes, the same every time."""

from __future__ import annotations

import re
import zlib
from collections import defaultdict
from collections.abc import Hashable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from donflow.domain.occasions import read_occasions
from donflow.greetings.cards.brush import HEIGHT, WIDTH
from donflow.greetings.cards.card import CardWords, Form, draw_card
from donflow.greetings.cards.design import Design
from donflow.greetings.cards.designs import DESIGNS, design_of
from donflow.pdf.drawing import Drawing
from donflow.pdf.page import Paper
from donflow.pdf.spacing import Colour

RULES = Path(__file__).parents[3] / "rules" / "occasions.yaml"
COLOUR = re.compile(r"^[\d. ]+ (rg|RG)\s?", re.MULTILINE)
READABLE = 4.5  # WCAG 2.2, 1.4.3
UNHAPPY = ("qingming", "zhongyuan", "condolence")


@pytest.fixture(scope="module")
def strokes() -> dict[str, str]:
    return {code: strokes_of(design) for code, design in DESIGNS.items()}


def test_every_occasion_has_a_card() -> None:
    occasions = read_occasions(RULES.read_text("utf-8"))

    cards = {code: design_of(code, occasion.card) for code, occasion in occasions.items()}

    assert len(cards) == len(occasions) > 40


def test_no_two_cards_share_the_function_that_draws_their_picture() -> None:
    assert alike({code: design.motif for code, design in DESIGNS.items()}) == []


def test_no_two_pictures_are_made_of_the_same_strokes(strokes: dict[str, str]) -> None:
    assert alike(strokes) == []


def test_a_picture_that_only_changed_its_colours_is_noticed(strokes: dict[str, str]) -> None:
    copied = replace(DESIGNS["liqiu"], palette=DESIGNS["dongzhi"].palette)

    assert alike(strokes | {"copied": strokes_of(copied)}) == [["copied", "liqiu"]]


@pytest.mark.parametrize("code", ["qixi", "thanks", "xiaohan"])
def test_what_looks_like_chance_is_the_same_at_every_drawing(
    code: str, strokes: dict[str, str]
) -> None:
    assert strokes_of(DESIGNS[code]) == strokes[code]


def test_only_the_cards_of_mourning_bear_no_seal() -> None:
    bare = [code for code, design in DESIGNS.items() if not design.seal]

    assert sorted(bare) == sorted(UNHAPPY)


@pytest.mark.parametrize("code", DESIGNS)
def test_words_can_be_read_on_the_paper_of_a_card(code: str) -> None:
    palette = DESIGNS[code].palette

    assert contrast(palette.ink, palette.ground) >= READABLE


def test_ink_on_a_night_sky_is_noticed() -> None:
    palette = DESIGNS["qixi"].palette

    assert contrast(palette.ink, palette.deep) < READABLE


@pytest.mark.parametrize("form", Form)
@pytest.mark.parametrize("code", ["lidong", "thanks", "school_anniversary", "dragon_boat"])
def test_a_long_greeting_fits_beside_a_picture_of_each_composition(code: str, form: Form) -> None:
    words = CardWords(
        title="毕业秩年",
        salutation="深圳市恒源数智科技有限公司：",
        lines=(
            "岁序更新，万物向荣。",
            "感谢贵公司多年来对学校的关怀与支持，谨祝事业兴隆、诸事顺遂。" * 2,
        ),
        signature="云麓大学校友工作办公室",
        day="二〇二六年十二月二十二日",
        verse="海上生明月，天涯共此时。",
        author="张九龄",
    )

    assert draw_card(code, words, form).startswith(b"%PDF")


def strokes_of(design: Design) -> str:
    """The operators of a picture without its colours."""
    paper = Paper("", author="", size=(WIDTH, HEIGHT))
    drawing = Drawing(paper, 0, 0, 1.0)
    design.motif(drawing, design.palette)
    drawing.close()
    return COLOUR.sub("", zlib.decompress(paper.drawn().packed).decode())


def alike(things: Mapping[str, Hashable]) -> list[list[str]]:
    """The names of those that are the same, group by group."""
    groups = defaultdict(list)
    for name, thing in things.items():
        groups[thing].append(name)
    return [sorted(names) for names in groups.values() if len(names) > 1]


def contrast(one: Colour, other: Colour) -> float:
    """The ratio of their luminances (WCAG 2.2)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: Colour) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
