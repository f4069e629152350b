"""Shapes in units of one's own: where they stand, how colours meet, what is cut."""

import pypdfium2
import pytest
from PIL import Image

from donflow.pdf.drawing import (
    BLACK,
    Blend,
    Drawing,
    Shape,
    curve_through,
    cut_to,
    ellipse,
    mixed,
    polygon,
    rectangle,
    smooth,
    stroke,
    together,
)
from donflow.pdf.page import Paper

RED, WHITE = (1.0, 0.0, 0.0), (1.0, 1.0, 1.0)


def drawn(*shapes: Shape) -> Image.Image:
    """Black on white, ten pixels a unit, 20 units each way."""
    paper = Paper("", author="", size=(20, 20))
    drawing = Drawing(paper, 0, 0, 1.0)
    for shape in shapes:
        drawing.fill(shape, BLACK)
    drawing.close()
    return picture(paper)


def picture(paper: Paper) -> Image.Image:
    page = pypdfium2.PdfDocument(paper.finish())[0]
    return page.render(scale=200 / page.get_width()).to_pil().convert("RGB")


def extent(image: Image.Image) -> list[float]:
    box = image.convert("L").point(lambda tone: 255 * (tone < 128)).getbbox()
    assert box is not None
    return [edge / 10 for edge in box]


@pytest.mark.parametrize(
    ("shape", "expected"),
    [
        (rectangle(2, 3, 10, 5), [2, 3, 12, 8]),
        (polygon([(2, 3), (12, 3), (12, 8)]), [2, 3, 12, 8]),
        (ellipse(10, 10, 6, 3), [4, 7, 16, 13]),
        (ellipse(10, 10, 4), [6, 6, 14, 14]),
        (smooth([(4, 10), (10, 4), (16, 10), (10, 16)]), [4, 4, 16, 16]),
        (stroke([(4, 10), (10, 10), (16, 10)], (2, 2)), [4, 9, 16, 11]),
        (together(rectangle(1, 1, 2, 2), rectangle(15, 15, 2, 2)), [1, 1, 17, 17]),
    ],
)
def test_a_shape_stands_where_its_measures_say(shape: Shape, expected: list[float]) -> None:
    assert extent(drawn(shape)) == pytest.approx(expected, abs=0.25)


def test_a_stroke_tapers() -> None:
    image = drawn(stroke([(2, 10), (10, 10), (18, 10)], (6, 1))).convert("L")

    thick, thin = (image.crop((x, 0, x + 1, 200)).histogram()[0] for x in (30, 170))

    assert thick > 3 * thin > 0


def test_a_curve_goes_through_its_points() -> None:
    points = [(0.0, 0.0), (5.0, 8.0), (9.0, 2.0)]

    walked = curve_through(points, steps=4)

    assert walked[0] == points[0]
    assert walked[4] == pytest.approx(points[1])
    assert walked[-1] == points[2]
    assert len(walked) == 9


def test_what_is_placed_is_moved_turned_and_made_larger() -> None:
    paper = Paper("", author="", size=(20, 20))
    drawing = Drawing(paper, 0, 0, 1.0)
    with drawing.placed(10, 10, turn=90, size=2):
        drawing.fill(rectangle(0, 0, 4, 1), BLACK)
    drawing.close()

    assert extent(picture(paper)) == pytest.approx([8, 10, 10, 18], abs=0.2)


def test_a_clip_cuts_and_ends() -> None:
    paper = Paper("", author="", size=(20, 20))
    drawing = Drawing(paper, 0, 0, 1.0)
    with drawing.clipped(rectangle(0, 0, 5, 20)):
        drawing.fill(rectangle(2, 2, 16, 2), BLACK)
    drawing.close()
    assert extent(picture(paper)) == pytest.approx([2, 2, 5, 4], abs=0.2)

    paper = Paper("", author="", size=(20, 20))
    with cut_to(paper, 10, 0, 5, 20):
        paper.box(0, 0, 20, 20, weight=0, fill=BLACK)
    assert extent(picture(paper)) == pytest.approx([10, 0, 15, 20], abs=0.2)


def test_a_wash_darkens_and_a_glow_brightens_and_both_fade() -> None:
    paper = Paper("", author="", size=(20, 20))
    drawing = Drawing(paper, 0, 0, 1.0)
    drawing.fill(rectangle(0, 0, 20, 20), (0.5, 0.5, 0.5))
    drawing.wash(5, 10, 4, 4, BLACK, 0.8)
    drawing.glow(15, 10, 4, 4, WHITE, 0.8)
    drawing.close()
    image = picture(paper).convert("L")

    middle, rim, outside = (image.getpixel((x, 100)) for x in (50, 85, 100))
    assert middle < 60
    assert middle < rim <= outside
    assert image.getpixel((150, 100)) > 200
    assert outside == pytest.approx(128, abs=2)


def test_colours_go_over_from_start_to_end() -> None:
    paper = Paper("", author="", size=(20, 20))
    drawing = Drawing(paper, 0, 0, 1.0)
    drawing.shade(rectangle(0, 0, 20, 20), (0, 0), (20, 0), (WHITE, RED))
    drawing.fill(rectangle(0, 0, 20, 4), RED, 0.5, Blend.MULTIPLY)
    drawing.close()
    image = picture(paper)

    greens = [image.getpixel((x, 100))[1] for x in (5, 100, 195)]
    assert greens == sorted(greens, reverse=True)
    assert greens[0] > 240
    assert greens[2] < 15


def test_a_character_stands_upright_in_the_middle() -> None:
    paper = Paper("", author="", size=(20, 20))
    drawing = Drawing(paper, 0, 0, 1.0)
    drawing.character("上", 10, 10, 12, BLACK)
    drawing.close()
    image = picture(paper)

    left, top, right, foot = extent(image)
    lowest = image.convert("L").crop((0, round(foot * 10) - 12, 200, round(foot * 10)))
    assert (left + right) / 2 == pytest.approx(10, abs=0.8)
    assert (top + foot) / 2 == pytest.approx(10, abs=1.2)
    assert lowest.point(lambda tone: 255 * (tone < 128)).getbbox()[2] > 120  # its foot is wide


def test_a_colour_is_mixed_by_its_share() -> None:
    assert mixed(BLACK, WHITE, 0.25) == (0.25, 0.25, 0.25)
