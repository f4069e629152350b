"""The fonts are shipped with their licences, embedded, and their text can be copied out."""

import pytest
from fontTools.ttLib import TTFont

from donflow.pdf.fonts import FILES, FOLDER, Role, face, to_unicode
from donflow.pdf.page import Paper
from donflow.pdf.spacing import Style
from tests.pdf.reading import fonts_of, text_of

LICENCES = {
    "NotoSerifSC-Regular.ttf": "NotoSerifSC",
    "DonflowSerif-Bold.ttf": "NotoSerifSC",
    "DonflowKai-Regular.ttf": "LXGWWenKai",
}
SHIPPED_MEGABYTES = 25


@pytest.mark.parametrize("file", sorted(LICENCES))
def test_each_font_has_its_licence_and_a_log_that_names_it(file: str) -> None:
    licence = (FOLDER / f"OFL-{LICENCES[file]}.txt").read_text("utf-8")
    log = (FOLDER / f"FONTLOG-{LICENCES[file]}.txt").read_text("utf-8")

    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert file in licence
    assert file in log


def test_no_other_font_is_shipped_and_all_together_stay_small() -> None:
    fonts = list(FOLDER.glob("*.ttf"))

    assert {font.name for font in fonts} == set(LICENCES) == set(FILES.values())
    assert sum(font.stat().st_size for font in fonts) < SHIPPED_MEGABYTES * 1_000_000


@pytest.mark.parametrize("file", sorted(LICENCES))
def test_the_licence_stands_in_the_font_and_embedding_is_allowed(file: str) -> None:
    font = TTFont(FOLDER / file)

    assert "SIL Open Font License" in font["name"].getDebugName(13)
    assert font["name"].getDebugName(0)
    assert font["OS/2"].fsType == 0


def test_a_changed_font_does_not_carry_a_reserved_name() -> None:
    names = TTFont(FOLDER / FILES[Role.KAI])["name"]

    shown = [names.getDebugName(number) for number in (1, 3, 4, 6)]

    assert shown == ["Donflow Kai", "DonflowKai", "Donflow Kai", "DonflowKai"]


def test_a_font_is_loaded_once_in_a_process() -> None:
    assert face(Role.KAI) is face(Role.KAI)


def test_the_map_for_copying_writes_utf_16_in_blocks_of_at_most_a_hundred() -> None:
    written = to_unicode("Name", [0x4E2D, 0x20164, *range(0x4E00, 0x4E00 + 130)])

    assert "<00> <4E2D>" in written
    assert "<01> <D840DD64>" in written
    assert [line for line in written.splitlines() if line.endswith("beginbfchar")] == [
        "100 beginbfchar",
        "32 beginbfchar",
    ]


@pytest.mark.parametrize("role", list(Role))
def test_a_character_beyond_the_first_plane_is_copied_out_as_itself(role: Role) -> None:
    paper = Paper("", author="")
    paper.text("𠅤𬭎𬍛䶮㛃㵾䲟喆堃镕", 20, 40, Style(role, 20))

    assert text_of(paper.finish()) == "𠅤𬭎𬍛䶮㛃㵾䲟喆堃镕"


def test_every_font_in_a_file_is_embedded_and_none_is_helvetica() -> None:
    paper = Paper("捐赠", author="云麓大学")
    for number, role in enumerate(Role):
        paper.text("捐赠 500,000.00", 20, 40 + 10 * number, Style(role, 12))

    fonts = fonts_of(paper.finish())

    assert len(fonts) == len(Role)
    assert all(fonts.values())
    assert not any("Helvetica" in name for name in fonts)
