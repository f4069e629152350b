"""How a file is set: the look of each line, and the page, as plain figures for the pre-check."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from lxml import etree

from donflow.precheck.paper import Line, Look, Page, Paper
from donflow.word.markup import W
from donflow.word.seeing.document import Document, sections
from donflow.word.seeing.elements import A
from donflow.word.seeing.formatting import Properties, has, value, whole
from donflow.word.seeing.package import DamagedPart, MissingPart
from donflow.word.seeing.seen import SeenLine

_TWIPS_IN_MM = 1440 / 25.4
_TWIPS_IN_POINT = 20
_PAGE_NUMBER = re.compile(r"(?i)\s*PAGE\b")
_PLAIN_SIZE = 10.0  # points, where nothing names a size (ECMA-376-1, 17.3.2.38)
_ALIGNMENTS = {"both": "both", "start": "left", "end": "right"}


def as_paper(document: Document, lines: tuple[SeenLine, ...]) -> Paper:
    """The lines of one view as the pre-check takes them, with the look of each and the page."""
    fonts = _theme_fonts(document)
    made = []
    for number, line in enumerate(lines, start=1):
        cells = tuple(line.text[one.start : one.stop] for one in line.cells)
        look = _look(line, document, fonts)
        made.append(Line(number, line.text, cells, line.label_length, look))
    return Paper(tuple(made), _page(document))


@dataclass(frozen=True)
class _ThemeFonts:
    major: str | None = None
    minor: str | None = None


def _look(line: SeenLine, document: Document, fonts: _ThemeFonts) -> Look | None:
    """That of most characters of the line, and of the paragraph whose mark ends it."""
    if not line.paragraphs:
        return None
    element = line.paragraphs[-1].element
    properties = None if element is None else element.find(f"{W}pPr")
    paragraph = document.styles.of_paragraph(properties)
    weights: Counter[tuple[str | None, float, bool]] = Counter()
    for piece in line.pieces:
        if piece.properties and (length := len(piece.text.strip(" \u3000\t_"))):
            run = piece.properties
            weights[_font(run, fonts), _size(run), has(run, "b")] += length
    if weights:
        font, size, bold = weights.most_common(1)[0][0]
    else:
        mark = None if properties is None else properties.find(f"{W}rPr")
        run = document.styles.of_run(mark, properties)
        font, size, bold = _font(run, fonts), _size(run), has(run, "b")
    alignment = value(paragraph.get(f"{W}jc"))
    return Look(
        font=font,
        size=size,
        bold=bold,
        alignment=None if alignment is None else _ALIGNMENTS.get(alignment, alignment),
        first_indent_chars=_first_indent(paragraph, size),
        line_pitch=_pitch(paragraph),
    )


def _font(run: Properties, fonts: _ThemeFonts) -> str | None:
    named = run.get(f"{W}rFonts")
    theme = value(named, "eastAsiaTheme")
    if theme is not None:
        of_theme = fonts.major if theme.startswith("major") else fonts.minor
        if of_theme:
            return of_theme
    return value(named, "eastAsia")


def _size(run: Properties) -> float:
    size = value(run.get(f"{W}sz"))
    return whole(size) / 2 if size else _PLAIN_SIZE


def _first_indent(paragraph: Properties, size: float) -> float | None:
    """In characters; a hanging indent is less than nothing."""
    indent = paragraph.get(f"{W}ind")
    if indent is None:
        return None
    for name, sign in (("hangingChars", -1), ("firstLineChars", 1)):
        if chars := whole(value(indent, name)):
            return sign * chars / 100
    for name, sign in (("hanging", -1), ("firstLine", 1)):
        if (twips := whole(value(indent, name))) and size:
            return round(sign * twips / _TWIPS_IN_POINT / size, 2)
    return 0.0


def _pitch(paragraph: Properties) -> float | None:
    """In points, where the paragraph fixes it; a multiple of single spacing fixes nothing."""
    spacing = paragraph.get(f"{W}spacing")
    line = value(spacing, "line")
    if line is None or value(spacing, "lineRule") not in ("exact", "atLeast"):
        return None
    return whole(line) / _TWIPS_IN_POINT


def _page(document: Document) -> Page:
    """The page of the first section, which holds the agreement itself."""
    section = next(iter(sections(document.package.body)), None)
    size = None if section is None else section.find(f"{W}pgSz")
    margins = None if section is None else section.find(f"{W}pgMar")
    numbered = any(
        _PAGE_NUMBER.match(code.code)
        for story in document.stories
        if story.kind in ("header", "footer")
        for code in story.codes
    )
    return Page(
        width=_millimetres(size, "w"),
        height=_millimetres(size, "h"),
        top=_millimetres(margins, "top"),
        bottom=_millimetres(margins, "bottom"),
        left=_millimetres(margins, "left"),
        right=_millimetres(margins, "right"),
        has_page_number=numbered,
    )


def _millimetres(element: etree._Element | None, name: str) -> float | None:
    twips = value(element, name)
    return None if twips is None else round(whole(twips) / _TWIPS_IN_MM, 1)


def _theme_fonts(document: Document) -> _ThemeFonts:
    """The theme's fonts for Chinese; a theme that cannot be read names none."""
    part = document.package.related("theme")
    if part is None:
        return _ThemeFonts()
    try:
        root = document.package.root(part)
    except (DamagedPart, MissingPart):
        return _ThemeFonts()
    return _ThemeFonts(_theme_font(root, "majorFont"), _theme_font(root, "minorFont"))


def _theme_font(theme: etree._Element, which: str) -> str | None:
    scheme = theme.find(f".//{A}{which}")
    if scheme is None:
        return None
    east = scheme.find(f"{A}ea")
    if east is not None and east.get("typeface"):
        return east.get("typeface")
    for script in scheme.iterchildren(f"{A}font"):
        if script.get("script") == "Hans":
            return script.get("typeface")
    return None
