"""Cut the two smaller fonts of this folder from their full ones; run by a maintainer, by hand.

    python cut_fonts.py NotoSerifSC_700Bold.ttf LXGWWenKai-Regular.ttf Unihan_OtherMappings.txt

The last file is Unicode's own table; FONTLOG.txt says where each comes from.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

HERE = Path(__file__).parent
NAMES_BEYOND_THE_STANDARDS = (
    "㛃㵾䶮䲟䜣㻬䥽㐂㑇㑊㕮㘎㙍㛹㟃㧑㧟㬊㬎㬚㭎㳇㳚㴔㸆㺄𠅤𬭎𬍛𫖯𬸪𬤇𫟹𬬭𬴊喆堃镕昇頔翀珺玥"
)
PUNCTUATION = "·—‘’“”…￥¥〇〔〕～－／％（）！，：；？　㎡℃×①②③④⑤⑥⑦⑧⑨⑩"
NAME_RECORDS = {1, 3, 4, 6}


def cut(source: Path, target: Path, family: str, characters: set[int]) -> None:
    """Write `target`: the `characters` of `source` under the name `family`, without hinting."""
    options = subset.Options()
    options.layout_features = []
    options.hinting = False
    options.notdef_outline = True
    options.name_IDs = ["*"]
    options.drop_tables += ["BASE", "GDEF", "GPOS", "GSUB", "STAT", "vhea", "vmtx", "gasp"]
    options.recalc_timestamp = False
    font = subset.load_font(str(source), options)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=characters)
    cutter.subset(font)
    rename(font, family)
    subset.save_font(font, str(target), options)


def rename(font: TTFont, family: str) -> None:
    """Give the font a name of its own: a reserved name may not stand on a changed font."""
    names = font["name"]
    names.names = [
        record for record in names.names if record.nameID < 16 and record.langID == 0x409
    ]
    for record in names.names:
        if record.nameID in NAME_RECORDS:
            compact = record.nameID in (3, 6)
            record.string = family.replace(" ", "") if compact else family


def simplified() -> set[str]:
    """Every character of GB 2312."""
    pairs = (bytes((row, cell)) for row in range(0xA1, 0xF8) for cell in range(0xA1, 0xFF))
    return {pair.decode("gb2312", "ignore") for pair in pairs} - {""}


def traditional() -> set[str]:
    """The commonly used characters of Big5 (its first level)."""
    pairs = (bytes((row, cell)) for row in range(0xA4, 0xC7) for cell in range(0x40, 0xFF))
    return {pair.decode("big5", "ignore") for pair in pairs} - {""}


def standard(unihan: Path) -> set[str]:
    """The 8,105 characters of the Table of General Standard Chinese Characters (kTGH)."""
    rows = (line.split("\t") for line in unihan.read_text("utf-8").splitlines())
    return {chr(int(row[0][2:], 16)) for row in rows if len(row) == 3 and row[1] == "kTGH"}


def main(bold: Path, kai: Path, unihan: Path) -> None:
    latin = {chr(code) for code in (*range(0x20, 0x7F), *range(0xA0, 0x100))}
    wanted = simplified() | standard(unihan) | latin
    wanted |= set(NAMES_BEYOND_THE_STANDARDS + PUNCTUATION)
    cut(bold, HERE / "DonflowSerif-Bold.ttf", "Donflow Serif Bold", set(map(ord, wanted)))
    # The Kai's own Latin is a sans serif, its curly quotes are half-width: the serif serves both.
    wanted = (wanted | traditional()) - latin - set("“”‘’￥") | {" "}
    cut(kai, HERE / "DonflowKai-Regular.ttf", "Donflow Kai", set(map(ord, wanted)))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
