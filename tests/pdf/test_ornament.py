"""Ornament stays inside its field, is symmetrical, and leaves the middle free."""

import pytest
from PIL import Image, ImageChops, ImageOps

from donflow.pdf.ornament import draw_divider, draw_meander, draw_rosette, volute
from donflow.pdf.page import Paper
from tests.pdf.reading import picture_of

BLACK = (0.0, 0.0, 0.0)


def ink_of(paper: Paper) -> Image.Image:
    """White where there is ink, 10 pixels a millimetre."""
    picture = picture_of(paper.finish(), dpi=254).crop((0, 0, 2100, 2970))
    return picture.point(lambda tone: 255 * (tone < 160))


def test_a_meander_fills_its_band_and_leaves_the_middle_free() -> None:
    paper = Paper("", author="")
    draw_meander(paper, 10, 10, 190, 277, cell=1.2, colour=BLACK)

    ink = ink_of(paper)

    assert [edge / 10 for edge in ink.getbbox()] == pytest.approx([10, 10, 200, 287], abs=0.4)
    assert ink.crop((170, 170, 1930, 2800)).getbbox() is None


def test_a_meander_is_the_same_from_left_and_from_right() -> None:
    paper = Paper("", author="")
    draw_meander(paper, 10, 10, 190, 277, cell=1.2, colour=BLACK)
    ink = ink_of(paper)

    unlike = ImageChops.difference(ink, ImageOps.mirror(ink)).histogram()[255]

    assert unlike < 0.03 * ink.histogram()[255]


def test_a_rosette_stays_inside_its_circle() -> None:
    paper = Paper("", author="")
    draw_rosette(paper, 105, 148.5, 50, colour=BLACK)

    left, top, right, bottom = (edge / 10 for edge in ink_of(paper).getbbox())

    assert left >= 54.8
    assert right <= 155.2
    assert top >= 98.3
    assert bottom <= 198.7


def test_a_divider_is_centred() -> None:
    paper = Paper("", author="")
    draw_divider(paper, 105, 100, 80, colour=BLACK)

    left, _, right, _ = ink_of(paper).getbbox()

    assert (left + right) / 2 == pytest.approx(1050, abs=2)


def test_a_volute_winds_inwards_from_the_top_of_its_circle() -> None:
    points = volute((0, 0), 4, turns=1.5, rightwards=True)

    assert points[0] == (0, -4)
    reaches = [(x * x + y * y) ** 0.5 for x, y in points]
    assert reaches == sorted(reaches, reverse=True)
