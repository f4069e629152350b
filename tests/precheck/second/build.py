"""Builds the agreements in Word of the second set from `sources/`: run it after a change there.

A source is plain text, a paragraph a line, with these marks at a line's start:

- `%levels c:第%1条:space d:%2.:nothing`: the automatic numbering, a format, text and suffix a level
  (`c` Chinese, `d` decimal);
- `@1 words`: a paragraph numbered automatically at level 1, `@2` at level 2;
- `^words`: centred and bold; `~words`: to the right;
- `|cell|cell|`: a row of a table with lines, `!cell|cell|`: of one without; `cell<3` spans three
  columns, a backslash begins a new paragraph in the cell;
- `&words`: a paragraph of a text box anchored in the paragraph above;

and these within it: `[ ]` and `[x]` are check boxes one can click, `{8}` a blank of eight
underlined spaces, `{t}` an underlined tab, `{u:words}` underlined words.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from xml.sax.saxutils import escape

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import parse_xml

HERE = Path(__file__).parent
_SPACES = " ".join(
    f'xmlns:{prefix}="{name}"'
    for prefix, name in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "v": "urn:schemas-microsoft-com:vml",
    }.items()
)
_FORMATS = {"c": "chineseCountingThousand", "d": "decimal"}
_SUFFIXES = {"space": " ", "tab": "\t", "nothing": ""}
_MARKS = re.compile(r"(\[[ x]\]|\{\d+\}|\{t\}|\{u:[^}]*\})")
_NUMERALS = "零一二三四五六七八九"


@dataclass(frozen=True)
class Level:
    """A level of the automatic numbering."""

    format: str
    text: str
    suffix: str


def main() -> None:
    """Write every agreement in Word beside its source's folder."""
    for source in sorted((HERE / "sources").glob("*.source")):
        (HERE / f"{source.stem}.docx").write_bytes(built(source.read_text("utf-8")))


def built(source: str) -> bytes:
    """The .docx of a source; the same bytes each time."""
    document = Document()
    levels, rows = _levels(source)
    _number(document, levels)
    body = document.element.body
    last = body.sectPr
    for kind, group in groupby(rows, key=_kind):
        lines = list(group)
        if kind in "|!":
            last.addprevious(parse_xml(_table(lines)))
            continue
        for line in lines:
            if kind != "&":
                last.addprevious(parse_xml(_paragraph(line)))
        if kind == "&":
            last.getprevious().append(parse_xml(_box([line[1:] for line in lines])))
    if rows and _kind(rows[-1]) in "|!":
        last.addprevious(parse_xml(f"<w:p {_SPACES}/>"))
    packed = io.BytesIO()
    document.save(packed)
    return _still(packed.getvalue())


def seen(source: str) -> list[str]:
    """The lines as people see them, a table row being one, its cells parted by tabs."""
    levels, rows = _levels(source)
    counts = [0] * len(levels)
    lines = []
    for row in rows:
        kind, words = _kind(row), row
        if kind in "|!":
            cells = [re.sub(r"<\d+$", "", cell) for cell in _cells(row)]
            words = "\t".join(cell.replace("\\", " ") for cell in cells)
        elif kind in "^~&":
            words = row[1:]
        elif kind == "@":
            depth = int(row[1]) - 1
            counts[depth + 1 :] = [0] * (len(levels) - depth - 1)
            counts[depth] += 1
            words = _numeral(levels, counts, depth) + row[3:]
        lines.append(_MARKS.sub(_plain, words))
    return lines


def _levels(source: str) -> tuple[list[Level], list[str]]:
    rows = source.rstrip("\n").split("\n")
    if not rows[0].startswith("%levels "):
        return [], rows
    levels = [Level(*each.split(":")) for each in rows[0].split(" ")[1:]]
    return levels, rows[1:]


def _kind(row: str) -> str:
    return row[0] if row and row[0] in "|!^~&@" else "."


def _cells(row: str) -> list[str]:
    return row[1:].removesuffix("|").split("|")


def _numeral(levels: list[Level], counts: list[int], depth: int) -> str:
    level = levels[depth]
    spelled = level.text
    for at, count in enumerate(counts, start=1):
        plain = "d" in (level.format, levels[at - 1].format)  # a decimal level writes all decimally
        figure = str(count) if plain else _chinese(count)
        spelled = spelled.replace(f"%{at}", figure)
    return spelled + _SUFFIXES[level.suffix]


def _chinese(count: int) -> str:
    tens, ones = divmod(count, 10)
    head = "" if not tens else "十" if tens == 1 else _NUMERALS[tens] + "十"
    return head + (_NUMERALS[ones] if ones or not tens else "")


def _plain(mark: re.Match[str]) -> str:
    found = mark[0]
    if found[0] == "[":
        return "☑" if found == "[x]" else "☐"
    if found == "{t}":
        return "\t"
    return found[3:-1] if found.startswith("{u:") else " " * int(found[1:-1])


def _number(document: WordDocument, levels: list[Level]) -> None:
    if not levels:
        return
    numbering = document.part.numbering_part.element
    told = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{_FORMATS[level.format]}"/>'
        f'{"<w:isLgl/>" if level.format == "d" else ""}<w:suff w:val="{level.suffix}"/>'
        f'<w:lvlText w:val="{level.text}"/></w:lvl>'
        for at, level in enumerate(levels)
    )
    for each in list(numbering):
        numbering.remove(each)
    numbering.append(
        parse_xml(
            f'<w:abstractNum {_SPACES} w:abstractNumId="7">'
            f'<w:multiLevelType w:val="multilevel"/>{told}</w:abstractNum>'
        )
    )
    numbering.append(
        parse_xml(f'<w:num {_SPACES} w:numId="3"><w:abstractNumId w:val="7"/></w:num>')
    )


def _paragraph(line: str, spaces: str = _SPACES) -> str:
    kind, words, properties = _kind(line), line, ""
    if kind in "^~":
        words = line[1:]
        properties = f'<w:jc w:val="{"center" if kind == "^" else "right"}"/>'
    elif kind == "@":
        words = line[3:]
        level = int(line[1]) - 1
        properties = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="3"/></w:numPr>'
    runs = "".join(_runs(words, bold=kind == "^"))
    return f"<w:p {spaces}><w:pPr>{properties}</w:pPr>{runs}</w:p>"


def _runs(words: str, *, bold: bool = False) -> Iterator[str]:
    for piece in _MARKS.split(words):
        if not piece:
            continue
        if piece in ("[ ]", "[x]"):
            yield _check_box(piece == "[x]")
        elif piece == "{t}":
            yield '<w:r><w:rPr><w:u w:val="single"/></w:rPr><w:tab/></w:r>'
        elif _MARKS.fullmatch(piece):
            inner = piece[3:-1] if piece.startswith("{u:") else " " * int(piece[1:-1])
            yield _run(inner, '<w:u w:val="single"/>')
        else:
            yield _run(piece, "<w:b/>" if bold else "")


def _run(words: str, properties: str) -> str:
    told = escape(words)
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{told}</w:t></w:r>'


def _check_box(checked: bool) -> str:
    sign = "☑" if checked else "☐"
    font = "Segoe UI Symbol"
    return (
        f'<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="{int(checked)}"/>'
        f'<w14:checkedState w14:val="2611" w14:font="{font}"/>'
        f'<w14:uncheckedState w14:val="2610" w14:font="{font}"/></w14:checkbox></w:sdtPr>'
        f"<w:sdtContent><w:r><w:t>{sign}</w:t></w:r></w:sdtContent></w:sdt>"
    )


def _table(rows: list[str]) -> str:
    width = max(sum(_span(cell) for cell in _cells(row)) for row in rows)
    style = '<w:tblStyle w:val="TableGrid"/>' if rows[0][0] == "|" else ""
    grid = "<w:gridCol/>" * width
    told = "".join(f"<w:tr>{''.join(map(_cell, _cells(row)))}</w:tr>" for row in rows)
    return (
        f'<w:tbl {_SPACES}><w:tblPr>{style}<w:tblW w:w="5000" w:type="pct"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{told}</w:tbl>"
    )


def _span(cell: str) -> int:
    found = re.search(r"<(\d+)$", cell)
    return int(found[1]) if found else 1


def _cell(cell: str) -> str:
    words = re.sub(r"<\d+$", "", cell)
    inside = "".join(_paragraph(each, "") for each in words.split("\\"))
    span = f'<w:gridSpan w:val="{_span(cell)}"/>' if _span(cell) > 1 else ""
    return f"<w:tc><w:tcPr>{span}</w:tcPr>{inside}</w:tc>"


def _box(lines: list[str]) -> str:
    inside = "".join(_paragraph(line, "") for line in lines)
    held = f"<w:txbxContent>{inside}</w:txbxContent>"
    return (
        f'<w:r {_SPACES}><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>'
        '<wp:inline><wp:extent cx="2400000" cy="900000"/><wp:docPr id="1" name="文本框 1"/>'
        '<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/'
        'wordprocessingShape"><wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr/>'
        f"<wps:txbx>{held}</wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic>"
        "</wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict>"
        f'<v:shape style="width:189pt;height:71pt"><v:textbox>{held}</v:textbox></v:shape>'
        "</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def _still(packed: bytes) -> bytes:
    still = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as parts, zipfile.ZipFile(still, "w") as kept:
        for name in parts.namelist():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            kept.writestr(entry, parts.read(name))
    return still.getvalue()


if __name__ == "__main__":
    main()
