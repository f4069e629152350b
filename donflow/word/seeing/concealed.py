"""Words that a reader would not see, or not as they stand: hidden, faint, tiny, struck out."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

from lxml import etree

from donflow.errors import N_, Sentence, say
from donflow.word.markup import W14, W
from donflow.word.seeing.colours import Colour, Theme, colour_of, contrast, rgb, theme_of
from donflow.word.seeing.document import Document
from donflow.word.seeing.formatting import Properties, has, value, whole
from donflow.word.seeing.stories import Paragraph, Piece, paragraphs

_SMALLEST = 5  # half-points: nobody reads 2.5 points
_NEAR = 1.35  # contrast as WCAG 2.1 defines it; black on white has 21
_QUOTED = 200
_UNSEEN = frozenset(
    "\u200b\u200c\u200d\u2060\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
_HIGHLIGHTS = {
    "black": "000000", "blue": "0000FF", "cyan": "00FFFF", "green": "00FF00", "magenta": "FF00FF",
    "red": "FF0000", "yellow": "FFFF00", "white": "FFFFFF", "darkBlue": "000080",
    "darkCyan": "008080", "darkGreen": "008000", "darkMagenta": "800080", "darkRed": "800000",
    "darkYellow": "808000", "darkGray": "808080", "lightGray": "C0C0C0",
}  # fmt: skip


def find_concealed(document: Document) -> Iterator[Sentence]:
    """A sentence for each stretch of words that is there and not to be seen, with the words."""
    theme = theme_of(document.package)
    for story in document.stories:
        for paragraph in paragraphs(story.blocks):
            pieces = [item for item in paragraph.items if isinstance(item, Piece)]
            told = [(_how(piece, paragraph, document, theme), piece.text) for piece in pieces]
            for how, together in groupby(told, key=itemgetter(0)):
                words = "".join(text for _, text in together).strip()
                if how is not None and words:
                    yield say(how, part=story.part, words=_shortened(words))
            words = "".join(piece.text for piece in pieces)
            if _UNSEEN.intersection(words):
                visible = "".join("·" if sign in _UNSEEN else sign for sign in words)
                yield say(UNSEEN, part=story.part, words=_shortened(visible))


HIDDEN = N_("{part} holds hidden text, which is left out: {words}")
FAINT = N_("{part} holds text in the colour of its background: {words}")
TINY = N_("{part} holds text too small to read: {words}")
STRUCK = N_("{part} holds words crossed out by hand, which are read as if they stood: {words}")
UNSEEN = N_("{part} holds characters that cannot be seen (·): {words}")


def _how(piece: Piece, paragraph: Paragraph, document: Document, theme: Theme) -> str | None:
    if piece.hidden:
        return HIDDEN
    if not piece.properties or not piece.text.strip():
        return None
    size = piece.properties.get(f"{W}sz")
    if size is not None and 0 < whole(value(size), 21) <= _SMALLEST:
        return TINY
    drawn = piece.properties.get(f"{W14}textFill")
    if drawn is not None and drawn.find(f"{W14}noFill") is not None:
        return FAINT
    ink = colour_of(piece.properties.get(f"{W}color"), "val", theme)
    if ink is not None:
        ground = next(_grounds(piece.properties, paragraph, document, theme), (255, 255, 255))
        if contrast(ink, ground) < _NEAR:
            return FAINT
    struck = has(piece.properties, "strike") or has(piece.properties, "dstrike")
    return STRUCK if struck and not piece.tracks.deleted else None


def _grounds(
    properties: Properties, paragraph: Paragraph, document: Document, theme: Theme
) -> Iterator[Colour]:
    """The colours behind a run, nearest first."""
    highlight = value(properties.get(f"{W}highlight"))
    candidates: list[Colour | None] = [
        rgb(_HIGHLIGHTS.get(highlight or "")),
        _fill(properties.get(f"{W}shd"), theme),
    ]
    element = paragraph.element
    if element is not None:
        own = document.styles.of_paragraph(element.find(f"{W}pPr"))
        candidates.append(_fill(own.get(f"{W}shd"), theme))
        for around in element.iterancestors():
            if around.tag == f"{W}tc":
                candidates.append(_fill(around.find(f"{W}tcPr/{W}shd"), theme))
            elif around.tag == f"{W}tbl":
                candidates.append(_fill(around.find(f"{W}tblPr/{W}shd"), theme))
                candidates += _of_table_style(around, document, theme)
            elif around.tag == f"{W}txbxContent":
                candidates.append(rgb(_shape_fill(around)))
    yield from (one for one in candidates if one is not None)


def _of_table_style(table: etree._Element, document: Document, theme: Theme) -> list[Colour | None]:
    """Any dark fill that the table's style may give: white words on it are no concealment."""
    style = value(table.find(f"{W}tblPr/{W}tblStyle"))
    return [
        _fill(shading, theme)
        for one in document.styles.chain(style)
        for shading in one.iter(f"{W}shd")
    ]


def _shape_fill(content: etree._Element) -> str | None:
    for around in content.iterancestors():
        if around.tag == f"{W}r":
            return None
        if (colour := around.get("fillcolor")) is not None:
            return colour.lstrip("#").split()[0] if colour.startswith("#") else "808080"
        for child in around:
            if etree.QName(child).localname == "spPr":
                for fill in child:
                    if etree.QName(fill).localname in ("solidFill", "gradFill", "blipFill"):
                        found = next((one for one in fill.iter() if one.get("val")), None)
                        named = "" if found is None else found.get("val", "")
                        return named if rgb(named) else "808080"
    return None


def _fill(shading: etree._Element | None, theme: Theme) -> Colour | None:
    return colour_of(shading, "color" if value(shading) == "solid" else "fill", theme)


def _shortened(words: str) -> str:
    return words if len(words) <= _QUOTED else words[:_QUOTED] + "…"
