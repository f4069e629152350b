"""A plain Word file of lines, for papers that came without one: text and PDF."""

from __future__ import annotations

import re
from collections.abc import Sequence
from io import BytesIO
from typing import Any, Final

from donflow.word.packing import member, pack, unpack
from donflow.word.style import set_fonts

BODY, TITLE = ("仿宋", 12), ("方正小标宋简体", 22)
"""Font and size: 小四, as contracts are set, and 2号; the rest is as GB/T 9704-2012 has it."""
PITCH, TITLE_PITCH = 23, 34
MARGINS: Final = {"top_margin": 37, "bottom_margin": 35, "left_margin": 28, "right_margin": 26}


def paper_of_lines(lines: Sequence[str]) -> bytes:
    """A .docx whose paragraphs are the lines, each under its own number, blank ones too.

    Of the look no more is guessed than the title: the first line with words, if it is short and
    has no stop. Blanks within a line stay. The same lines give the same bytes.
    """
    from docx import Document  # 70 ms, and few commands need it

    document = Document()
    document.core_properties.author = ""
    _set_page(document)
    title = next((number for number, line in enumerate(lines) if line.strip()), None)
    for number, line in enumerate(lines):
        _add(document, line, is_title=number == title and _TITLE.fullmatch(line) is not None)
    _number_pages(document.sections[0].footer.paragraphs[0])
    stream = BytesIO()
    document.save(stream)
    members = unpack(stream.getvalue()).items()
    return pack(member(name, content) for name, content in members)


def _set_page(document: Any) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    for name, millimetres in MARGINS.items():
        setattr(section, name, Mm(millimetres))
    normal = document.styles["Normal"]
    normal.paragraph_format.line_spacing, normal.paragraph_format.space_after = Pt(PITCH), Pt(0)
    # The theme's fonts would stand above those that the text names.
    defaults = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}")
    set_fonts(defaults, BODY[0])
    # Otherwise stops stand in the middle of their square, as they do in Taiwan.
    language = defaults.find(f"{qn('w:rPr')}/{qn('w:lang')}")
    language.set(qn("w:eastAsia"), "zh-CN")


def _add(document: Any, line: str, *, is_title: bool) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    paragraph = document.add_paragraph()
    if is_title:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.line_spacing = Pt(TITLE_PITCH)
    if line:
        _run(paragraph, line, *(TITLE if is_title else BODY))


def _number_pages(footer: Any) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    field.append(_run(footer, "1", "宋体", 10.5)._r)
    footer._p.append(field)


def _run(paragraph: Any, text: str, font: str, size: float) -> Any:
    from docx.shared import Pt

    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    set_fonts(run._r, font)
    return run


_TITLE: Final = re.compile(r"[^，。；：:,;]{2,40}")
