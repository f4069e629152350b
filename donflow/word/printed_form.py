"""A form to print and fill in: headings, grids of labels and blanks, and small print, as .docx."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final

from donflow.word.packing import member, pack, unpack
from donflow.word.style import set_fonts

TITLE, HEADING, TEXT, CELL, LABEL, SMALL = (
    ("方正小标宋简体", 20.0),
    ("黑体", 11.0),
    ("仿宋", 12.0),
    ("仿宋", 10.5),
    ("黑体", 10.5),
    ("仿宋", 9.0),
)
"""Font and size in points."""
WIDTH: Final = 174
"""Of what stands between the margins, in millimetres."""
SHADE: Final = "F2F2F2"


@dataclass(frozen=True)
class Heading:
    """The heading of a part of the form."""

    text: str


@dataclass(frozen=True)
class Grid:
    """Rows of cells: `widths` in millimetres, `labels` the columns that are not filled in.

    With `headed` the first row is a row of labels. Texts in columns of `left` are not centred.
    """

    widths: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]
    labels: frozenset[int] = frozenset()
    headed: bool = False
    left: frozenset[int] = frozenset()
    height: float = 9.4


@dataclass(frozen=True)
class Small:
    """A paragraph of small print."""

    text: str


@dataclass(frozen=True)
class Body:
    """A paragraph of running text, its first line set in by two characters."""

    text: str


@dataclass(frozen=True)
class Closing:
    """A line at the right end of the form, for a name and a day."""

    text: str


Part = Heading | Grid | Small | Body | Closing


def draw_form(title: str, line: str, parts: Sequence[Part]) -> bytes:
    """The form as an A4 .docx under its title and one line; the same words give the same bytes."""
    from docx import Document  # 70 ms, and few commands need it

    document = Document()
    document.core_properties.author = ""
    document.core_properties.title = title
    _set_page(document)
    _paragraph(document, title, TITLE, pitch=28, align="center")
    _paragraph(document, line, SMALL, pitch=16, align="both")
    for part in parts:
        _add(document, part)
    stream = BytesIO()
    document.save(stream)
    members = unpack(stream.getvalue()).items()
    return pack(member(name, content) for name, content in members)


def _set_page(document: Any) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm((210 - WIDTH) / 2)
    section.top_margin, section.bottom_margin = Mm(15), Mm(13)
    section.header_distance = section.footer_distance = Mm(8)
    document.styles["Normal"].paragraph_format.space_after = Pt(0)
    # The theme's fonts would stand above those that the text names.
    defaults = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}")
    set_fonts(defaults, CELL[0])
    # Otherwise stops stand in the middle of their square, as they do in Taiwan.
    defaults.find(f"{qn('w:rPr')}/{qn('w:lang')}").set(qn("w:eastAsia"), "zh-CN")


def _add(document: Any, part: Part) -> None:
    match part:
        case Heading():
            _paragraph(document, part.text, HEADING, pitch=20, before=6)
        case Grid():
            _grid(document, part)
        case Small():
            _paragraph(document, part.text, SMALL, pitch=13.5, align="both")
        case Body():
            _paragraph(document, part.text, TEXT, pitch=22, align="both", indent=24)
        case Closing():
            _paragraph(document, part.text, CELL, pitch=22, before=6, align="right")


def _paragraph(
    place: Any,
    text: str,
    look: tuple[str, float],
    *,
    pitch: float,
    before: float = 0,
    align: str = "left",
    indent: float = 0,
) -> None:
    from docx.shared import Pt

    paragraph = place.add_paragraph()
    paragraph.paragraph_format.line_spacing = Pt(pitch)
    paragraph.paragraph_format.space_before = Pt(before)
    paragraph.paragraph_format.first_line_indent = Pt(indent) if indent else None
    _write(paragraph, text, look, align)


def _grid(document: Any, grid: Grid) -> None:
    from docx.enum.table import WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
    from docx.shared import Mm

    table = document.add_table(rows=len(grid.rows), cols=len(grid.widths))
    table.style, table.autofit = "Table Grid", False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for column, width in zip(table.columns, grid.widths, strict=True):
        column.width = Mm(width)
    for number, (row, texts) in enumerate(zip(table.rows, grid.rows, strict=True)):
        # At least so high: a long answer makes the row grow, it is never cut.
        row.height, row.height_rule = Mm(grid.height), WD_ROW_HEIGHT_RULE.AT_LEAST
        for place, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
            is_label = place in grid.labels or (grid.headed and number == 0)
            cell.width = Mm(grid.widths[place])
            _fill(cell, text, is_label=is_label, left=place in grid.left and not is_label)


def _fill(cell: Any, text: str, *, is_label: bool, left: bool) -> None:
    from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt

    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.line_spacing = Pt(15)
    _write(paragraph, text, LABEL if is_label else CELL, "left" if left else "center")
    if is_label:
        shade = OxmlElement("w:shd")
        for name, value in (("val", "clear"), ("color", "auto"), ("fill", SHADE)):
            shade.set(qn(f"w:{name}"), value)
        cell._tc.get_or_add_tcPr().append(shade)


def _write(paragraph: Any, text: str, look: tuple[str, float], align: str) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    paragraph.alignment = {
        "left": WD_ALIGN_PARAGRAPH.LEFT,
        "center": WD_ALIGN_PARAGRAPH.CENTER,
        "right": WD_ALIGN_PARAGRAPH.RIGHT,
        "both": WD_ALIGN_PARAGRAPH.JUSTIFY,
    }[align]
    # An empty cell has a run too: what is typed there is set as the form is.
    run = paragraph.add_run(text)
    run.font.size = Pt(look[1])
    set_fonts(run._r, look[0])
