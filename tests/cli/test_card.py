"""The commands of cards, without an office."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from tests.journeys.desk import Desk
from tests.pdf.reading import page_count, text_of


@pytest.fixture
def bare(tmp_path: Path) -> Desk:
    """A desk without an office."""
    return Desk(tmp_path)


def test_a_card_is_rendered_by_its_chinese_name_and_needs_no_office(bare: Desk) -> None:
    out = bare.folder / "立春.pdf"

    told = bare(
        f"card render 立春 --to 梁启舟先生 --from 云麓大学 --on 2027-02-04 --out {out} --json"
    )

    said = text_of(out.read_bytes())
    assert told.data == {
        "occasion": "lichun", "form": "picture", "on": "2027-02-04", "file": str(out),
    }  # fmt: skip
    assert {"梁启舟先生：", "2027年2月4日", "云麓大学"} <= {
        part for part in ("梁启舟先生：", "2027年2月4日", "云麓大学") if part in said
    }
    assert not bare.home.exists()


def test_a_picture_has_the_size_that_phones_show_best(bare: Desk) -> None:
    out = bare.folder / "中秋.png"

    bare(f"card render 中秋 --to 贵公司 --words 月圆人安 --out {out}")

    assert Image.open(BytesIO(out.read_bytes())).size == (1080, 1440)


def test_a_folded_card_has_two_sides(bare: Desk) -> None:
    out = bare.folder / "a.pdf"

    bare(f"card render birthday --to 梁启舟先生 --form a5_folded --out {out}")

    assert page_count(out.read_bytes()) == 2


def test_a_photo_of_the_office_takes_the_place_of_the_drawing(bare: Desk) -> None:
    photo, out = bare.folder / "photo.png", bare.folder / "a.png"
    Image.new("RGB", (400, 300), (10, 90, 10)).save(photo)

    bare(f"card render 大暑 --to 梁启舟先生 --picture {photo} --out {out}")

    assert Image.open(BytesIO(out.read_bytes())).getpixel((300, 700)) == (10, 90, 10)


def test_what_is_no_picture_is_refused_at_the_gate(bare: Desk) -> None:
    photo = bare.folder / "photo.png"
    photo.write_bytes(b"MZ" + bytes(100))

    bare(f"card render 大暑 --to 梁启舟 --picture {photo} --out {bare.folder / 'a.png'}", code=2)

    assert not (bare.folder / "a.png").exists()


def test_an_unknown_occasion_is_answered_with_those_near_to_it(bare: Desk) -> None:
    told = bare(
        f"--lang zh_CN card render 立春节 --to 梁启舟 --out {bare.folder / 'a.pdf'}", code=2
    )

    assert "立春" in told.err
    assert not (bare.folder / "a.pdf").exists()


@pytest.mark.parametrize("name", ["a.docx", "a"])
def test_only_pdf_and_png_are_written(bare: Desk, name: str) -> None:
    bare(f"card render 立春 --to 梁启舟 --out {bare.folder / name}", code=2)

    assert not (bare.folder / name).exists()


def test_a_file_that_is_there_is_not_written_over(bare: Desk) -> None:
    out = bare.folder / "a.pdf"
    out.write_bytes(b"kept")

    bare(f"card render 立春 --to 梁启舟 --out {out}", code=2)

    assert out.read_bytes() == b"kept"


def test_the_list_names_every_occasion_with_its_colours(bare: Desk) -> None:
    rows = {row["occasion"]: row for row in bare("card list --json").data}

    assert rows["lichun"] == {"occasion": "lichun", "name": "立春", "colours": "初芽", "seal": "春"}
    assert len(rows) >= 46
    assert all(row["colours"] for row in rows.values())
