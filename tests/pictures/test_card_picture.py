"""A card becomes a picture of the width asked for; several become one sheet."""

from io import BytesIO

from PIL import Image

from donflow.pdf.page import Paper
from donflow.pictures.card_picture import GAP, contact_sheet, png_of


def coloured(red: float) -> bytes:
    paper = Paper("", author="", size=(90, 120))
    paper.box(0, 0, 90, 120, weight=0, fill=(red, 0, 0))
    return paper.finish()


def test_a_picture_is_as_wide_as_asked_and_keeps_the_shape_of_the_page() -> None:
    picture = Image.open(BytesIO(png_of(coloured(1), 1080)))

    assert (picture.format, picture.size) == ("PNG", (1080, 1440))
    assert picture.getpixel((540, 720)) == (255, 0, 0)


def test_the_same_card_gives_the_same_picture() -> None:
    assert png_of(coloured(0.5), 300) == png_of(coloured(0.5), 300)


def test_a_sheet_shows_cards_in_rows() -> None:
    sheet = Image.open(
        BytesIO(contact_sheet([coloured(1), coloured(0), coloured(1)], columns=2, width_px=60))
    ).convert("RGB")

    assert sheet.size == (2 * 60 + 3 * GAP, 2 * 80 + 3 * GAP)
    assert sheet.getpixel((GAP + 30, GAP + 40)) == (255, 0, 0)
    assert sheet.getpixel((2 * GAP + 90, GAP + 40)) == (0, 0, 0)
    assert sheet.getpixel((GAP + 30, 2 * GAP + 120)) == (255, 0, 0)
