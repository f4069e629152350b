"""Characters are printed as themselves or refused by name, never as boxes."""

import pytest

from donflow.errors import say
from donflow.pdf.fonts import Role, face
from donflow.pdf.glyphs import NoGlyph, Placed, check_glyphs, find_face, split_runs

RARE = "䶮𠅤㛃𬭎𬍛㵾䲟喆堃镕昇頔翀珺玥〇𫖯𬸪𬤇𫟹𬬭𬴊䜣㻬䥽"
NAME, PURPOSE = say("the donor's name"), say("the purpose")


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("character", RARE)
def test_a_rare_character_of_a_name_has_a_glyph_in_every_role(character: str, role: Role) -> None:
    found = find_face(character, role)

    assert found is not None
    assert found.glyphs[ord(character)] != 0
    assert found.width(character) == 1.0


@pytest.mark.parametrize("role", list(Role))
def test_every_character_of_gb_2312_can_be_printed_in_every_role(role: Role) -> None:
    rows = (bytes((row, cell)) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF))
    characters = "".join(pair.decode("gb2312", "ignore") for pair in rows)

    assert len(characters) == 6763
    check_glyphs([Placed(characters, NAME, role)])


def test_the_asked_face_comes_first_and_the_serif_stands_behind_it() -> None:
    runs = split_runs("梁㵾舟2026", Role.KAI)

    kai, serif = face(Role.KAI), face(Role.SERIF)
    assert runs == ((kai, "梁"), (serif, "㵾"), (kai, "舟"), (serif, "2026"))


@pytest.mark.parametrize("character", ["\U0002ffff", "😀", "\t", "\u200b", "\ue000", "\U000e0100"])
def test_a_character_in_no_font_is_refused(character: str) -> None:
    assert find_face(character, Role.SERIF) is None
    with pytest.raises(NoGlyph):
        check_glyphs([Placed(f"梁{character}舟", NAME)])


def test_every_missing_character_is_named_with_its_place() -> None:
    with pytest.raises(NoGlyph) as refused:
        check_glyphs(
            [
                Placed("梁😀舟\U0002ffff😀", NAME, Role.KAI),
                Placed("助学", PURPOSE),
                Placed("🎓", PURPOSE),
            ]
        )

    assert [(one.code, one.place) for one in refused.value.missing] == [
        ("U+1F600", NAME),
        ("U+2FFFF", NAME),
        ("U+1F393", PURPOSE),
    ]
    assert str(refused.value) == (
        "The fonts lack these characters: 😀 (U+1F600) in the donor's name, "
        "\U0002ffff (U+2FFFF) in the donor's name, 🎓 (U+1F393) in the purpose. "
        "Nothing was printed."
    )
    assert refused.value.remedy_sentence is not None


def test_a_line_end_is_not_a_missing_character() -> None:
    check_glyphs([Placed("第一行\n第二行", NAME)])
