"""The faces that papers are set in: registered once in a process, when first asked for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import SUBSETN, TTFont

FOLDER = Path(__file__).parent / "fonts"


class Role(StrEnum):
    """What a text is set in."""

    SERIF = "serif"
    SERIF_BOLD = "serif_bold"
    KAI = "kai"


FILES = {
    Role.SERIF: "NotoSerifSC-Regular.ttf",
    Role.SERIF_BOLD: "DonflowSerif-Bold.ttf",
    Role.KAI: "DonflowKai-Regular.ttf",
}

# The serif has every rare character of names that was tried: it stands behind the others.
CHAIN = {
    Role.SERIF: (Role.SERIF,),
    Role.SERIF_BOLD: (Role.SERIF_BOLD, Role.SERIF),
    Role.KAI: (Role.KAI, Role.SERIF),
}


@dataclass(frozen=True, eq=False)
class Face:
    """One font: its name in the PDF library, its glyph and its width in em by code point."""

    name: str
    glyphs: dict[int, int]
    widths: dict[int, float]

    def has(self, character: str) -> bool:
        return self.glyphs.get(ord(character), 0) != 0

    def width(self, character: str) -> float:
        """The advance in em; the character must be one the face has."""
        return self.widths[ord(character)] / 1000


@cache
def face(role: Role) -> Face:
    """The font of a role, loaded and registered at the first call."""
    font = _CopyableFont(f"donflow-{role}", str(FOLDER / FILES[role]), asciiReadable=False)
    pdfmetrics.registerFont(font)
    return Face(font.fontName, font.face.charToGlyph, font.face.charWidths)


class _CopyableFont(TTFont):  # type: ignore[misc] # the library has no types
    """A TrueType font whose text can be copied out of the PDF, beyond U+FFFF as well.

    The library writes a code point of five digits into its ToUnicode map, where UTF-16BE belongs:
    copying 𠅤 gave two other characters. It also puts more than the 100 entries into a block
    that the format allows.
    """

    def addObjects(self, doc: object) -> None:  # noqa: N802 - the library's name
        subsets = self._assignState(doc).subsets
        super().addObjects(doc)
        for number, subset in enumerate(subsets):
            name = (SUBSETN(number) + b"+" + self.face.name + self.face.subfontNameX).decode()
            stream = doc.idToObject[f"toUnicodeCMap:{name}"]  # type: ignore[attr-defined]
            stream.content = to_unicode(name, subset)


def to_unicode(font_name: str, subset: list[int]) -> str:
    """The ToUnicode map of one subset: byte n stands for the code point subset[n] (PDF 9.10.3)."""
    entries = [f"<{byte:02X}> <{_utf16(code)}>" for byte, code in enumerate(subset)]
    blocks = [entries[start : start + 100] for start in range(0, len(entries), 100)]
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        f"/CMapName /{font_name} def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        "<00> <FF>",
        "endcodespacerange",
    ]
    for block in blocks:
        lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    return "\n".join(lines)


def _utf16(code: int) -> str:
    return chr(code).encode("utf-16-be").hex().upper()
