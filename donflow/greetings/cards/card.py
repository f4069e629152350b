"""A card on paper or as a picture: the motif, the words beside it, the seal."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Final

from donflow.errors import N_, say
from donflow.greetings.cards.brush import EVERYTHING, HEIGHT, WIDTH
from donflow.greetings.cards.compositions import Composition
from donflow.greetings.cards.design import Design
from donflow.greetings.cards.designs import design_of
from donflow.greetings.cards.lettering import (
    CardWords,
    draw_greeting,
    draw_seal,
    draw_title,
    draw_upright,
    greeting_blocks,
)
from donflow.pdf.drawing import Drawing, cut_to
from donflow.pdf.fonts import Role
from donflow.pdf.glyphs import Placed, check_glyphs
from donflow.pdf.page import A4_LANDSCAPE, Align, Paper
from donflow.pdf.spacing import Colour, Style


class Form(StrEnum):
    """What is made: a picture of 3 to 4 for the phone, a folded card on A4, or a postcard."""

    PICTURE = "picture"
    A5_FOLDED = "a5_folded"
    POSTCARD = "postcard"


def draw_card(design: str | Design, words: CardWords, form: Form = Form.PICTURE) -> bytes:
    """The card as a PDF; the same words give the same bytes.

    `design` is one, or the code of its occasion. Raises NoSuchCard, NoGlyph with every character
    that no font has, TextDoesNotFit; nothing is drawn then.
    """
    design = design_of(design) if isinstance(design, str) else design
    check_glyphs(_placed(words))
    return _DRAWN[form](words, design)


def draw_bare(design: str | Design) -> bytes:
    """The picture without any word, to be looked at."""
    design = design_of(design) if isinstance(design, str) else design
    paper = Paper("", author="", size=(WIDTH, HEIGHT))
    _draw_motif(paper, design, 0, 0, 1.0)
    return paper.finish()


def _picture(words: CardWords, design: Design) -> bytes:
    area, palette = design.composition.words, design.palette
    colour = palette.on_foot or palette.ink if design.composition.under else palette.ink
    blocks = greeting_blocks(words, area.width, area.height, size=8.6, colour=colour)
    paper = Paper(words.title, author=words.signature, size=(WIDTH, HEIGHT))
    _draw_front(paper, words, design, 0, 0, 1.0)
    draw_greeting(paper, blocks, area.x, area.y)
    return paper.finish()


def _folded(words: CardWords, design: Design) -> bytes:
    """Page 1 is the outside, back and front; page 2 the inside. To be cut at the marks."""
    across, down = A4_LANDSCAPE
    half, high = across / 2 - TRIM, down - 2 * TRIM
    width, height = half - 2 * MARGIN, high - 2 * MARGIN - 24
    blocks = greeting_blocks(words, width, height, size=16, leading=1.95, colour=design.palette.ink)
    paper = Paper(words.title, author=words.signature, size=A4_LANDSCAPE)
    ground = design.palette.ground
    bleed = (TRIM - BLEED, TRIM - BLEED, across - 2 * (TRIM - BLEED), down - 2 * (TRIM - BLEED))
    paper.box(*bleed, weight=0, fill=ground)
    scale = (high + 2 * BLEED) / HEIGHT
    left = across / 2 - (WIDTH * scale - half - BLEED) / 2
    with cut_to(paper, across / 2, TRIM - BLEED, half + BLEED, high + 2 * BLEED):
        _draw_front(paper, words, design, left, TRIM - BLEED, scale)
    style = Style(Role.KAI, 9, tracking=0.2, colour=design.palette.ink)
    paper.text(words.signature, across / 4 + TRIM / 2, down - TRIM - 16, style, Align.CENTRE)
    _draw_marks(paper)
    paper.next_page()
    paper.box(*bleed, weight=0, fill=ground)
    block_height = sum(block.height for block, _ in blocks)
    draw_greeting(paper, blocks, across / 2 + MARGIN, (down - block_height) / 2 - 6)
    draw_seal(paper, design, across / 4 + TRIM / 2, down / 2, 12)
    _draw_marks(paper)
    return paper.finish()


def _postcard(words: CardWords, design: Design) -> bytes:
    """Page 1 is the picture, page 2 the words and the address."""
    across, down = POSTCARD
    scale, palette = down / HEIGHT, design.palette
    panel = WIDTH * scale
    message = across / 2 - 14
    blocks = greeting_blocks(words, message, down - 30, size=10.5, leading=1.8, colour=palette.ink)
    paper = Paper(words.title, author=words.signature, size=POSTCARD)
    paper.box(0, 0, across, down, weight=0, fill=palette.ground)
    with cut_to(paper, 0, 0, panel, down):
        _draw_front(paper, words, design, 0, 0, scale, verse=False)
    middle = panel + (across - panel) / 2 + 7
    room = {"across": middle - panel - 4, "down": down - 40}
    draw_upright(paper, words, middle, 22, 15, palette.ink, **room)
    style = Style(Role.KAI, 7.5, tracking=0.15, colour=palette.ink)
    paper.text(words.signature, across - 10, down - 9, style, Align.RIGHT)
    paper.next_page()
    _draw_back(paper, design)
    draw_greeting(paper, blocks, 9, 22)
    return paper.finish()


def _draw_front(
    paper: Paper,
    words: CardWords,
    design: Design,
    x: float,
    y: float,
    scale: float,
    *,
    verse: bool = True,
) -> None:
    """Motif, title, verse and seal; the canvas begins at (`x`, `y`) mm."""
    composition, palette = design.composition, design.palette
    _draw_motif(paper, design, x, y, scale)
    colour = palette.on_motif or palette.ink if composition.over else palette.ink
    title = composition.title
    size = title.size * scale
    foot = draw_title(paper, words, x + title.x * scale, y + title.y * scale, size, colour)
    seal = (x + title.x * scale, foot + 0.42 * size)
    if composition.seal is not None:
        seal = (x + composition.seal[0] * scale, y + composition.seal[1] * scale)
    draw_seal(paper, design, *seal, SEAL * scale)
    if verse:
        place = composition.verse
        beside = _left_of_verse(composition)
        draw_upright(
            paper,
            words,
            x + place.x * scale,
            y + place.y * scale,
            place.size * scale * POINTS,
            colour,
            across=(place.x - beside) * scale,
            down=(composition.verse_foot - place.y) * scale,
        )


def _left_of_verse(composition: Composition) -> float:
    """How far to the left a verse may go: up to the title or the greeting, if beside it."""
    title, verse, words = composition.title, composition.verse, composition.words
    edges = [EDGE]
    if title.x < verse.x and verse.y < title.y + 2.4 * title.size:
        edges.append(title.x + title.size / 2)
    if words.x + words.width < verse.x and words.y < verse.y + words.height:
        edges.append(words.x + words.width)
    return max(edges)


def _draw_motif(paper: Paper, design: Design, x: float, y: float, scale: float) -> None:
    drawing = Drawing(paper, x, y, scale)
    drawing.fill(EVERYTHING, design.palette.ground)
    with drawing.clipped(design.composition.frame):
        if design.picture is None:
            design.motif(drawing, design.palette)
        else:
            drawing.image(design.picture, -3, -3, WIDTH + 6, HEIGHT + 6)
    if design.composition.rim:
        drawing.line(design.composition.frame, design.palette.ink, 0.18, 0.5)
    drawing.close()


def _draw_back(paper: Paper, design: Design) -> None:
    """The side of the address: boxes for the postcode, a place for the stamp, three lines."""
    across, down = POSTCARD
    red: Colour = design.palette.seal if design.seal else design.palette.ink
    for number in range(6):
        paper.box(9 + number * 8.2, 8, 6.4, 7.4, weight=0.6, colour=red)
    paper.box(across - 30, 8, 22, 27, weight=0.5, colour=red)
    paper.rule((across / 2, 22), (across / 2, down - 12), weight=0.4, colour=red)
    for number in range(4):
        y = 52 + number * 11.5
        paper.rule((across / 2 + 8, y), (across - 9, y), weight=0.35, colour=design.palette.ink)


def _draw_marks(paper: Paper) -> None:
    """Where to cut and, dashed, where to fold: outside what is kept."""
    across, down = A4_LANDSCAPE
    for x in (TRIM, across - TRIM):
        paper.rule((x, 0), (x, TRIM - BLEED), weight=0.3)
        paper.rule((x, down - TRIM + BLEED), (x, down), weight=0.3)
    for y in (TRIM, down - TRIM):
        paper.rule((0, y), (TRIM - BLEED, y), weight=0.3)
        paper.rule((across - TRIM + BLEED, y), (across, y), weight=0.3)
    for start in (0.2, 1.4, down - TRIM + BLEED + 0.4, down - TRIM + BLEED + 1.6):
        paper.rule((across / 2, start), (across / 2, start + 0.7), weight=0.3)


def _placed(words: CardWords) -> Iterator[Placed]:
    for text, place in (
        (words.title, N_("the title of the card")),
        (words.subtitle + words.day, N_("the day on the card")),
        (words.verse + words.author, N_("the verse on the card")),
        (words.salutation, N_("the salutation")),
        ("".join(words.lines), N_("the words of the card")),
        (words.signature, N_("the signature")),
    ):
        yield Placed(text, say(place), Role.KAI)


POSTCARD: Final = (148.0, 105.0)
POINTS: Final = 72 / 25.4
TRIM: Final = 5.0
"""What is cut off an A4 sheet at each side: an office printer does not print to the edge."""
BLEED: Final = 2.0
MARGIN: Final = 22.0
SEAL: Final = 4.8
EDGE: Final = 6.0

_DRAWN: Final = {Form.PICTURE: _picture, Form.A5_FOLDED: _folded, Form.POSTCARD: _postcard}
