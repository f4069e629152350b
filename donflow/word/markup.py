"""WordprocessingML as this package reads it: names, safe parsing, lines and their text."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

_SILENT = {f"{W}rPr", f"{W}lastRenderedPageBreak", f"{W}instrText", f"{W}delText"}
OBJECT = "\ufffc"  # stands for a tab, break, picture or field sign: no mark may reach across it


def parse(part: bytes) -> etree._Element:
    """The root of one part; no entity is resolved, no network is asked, no DTD is loaded.

    Processing instructions are dropped, so that the only ones in a tree are our own.
    Raises lxml's XMLSyntaxError where the part is not XML.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_pis=True
    )
    return etree.fromstring(part, parser)


def lines(root: etree._Element) -> Iterator[etree._Element]:
    """The lines of a part in reading order: each paragraph is one, each table row is one."""
    container = root.find(f"{W}body")
    yield from _lines_in(root if container is None else container)


def paragraphs(line: etree._Element) -> Iterator[etree._Element]:
    """The paragraphs of a line: itself, or those in its cells, with those of its text boxes."""
    yield from line.iter(f"{W}p")


def pieces(paragraph: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """What stands in a paragraph, in order: each text element with its text, or an OBJECT.

    Text boxes hold paragraphs of their own and are left to them.
    """
    for run in paragraph.iter(f"{W}r"):
        if next(run.iterancestors(f"{W}p")) is not paragraph:
            continue
        for child in run:
            if child.tag == f"{W}t":
                yield child, child.text or ""
            elif child.tag not in _SILENT:
                yield child, OBJECT


def text_of(paragraph: etree._Element) -> str:
    """The words of a paragraph as printed; tabs stay, other objects leave no trace."""
    return "".join(
        "\t" if piece.tag == f"{W}tab" else text.replace(OBJECT, "")
        for piece, text in pieces(paragraph)
    )


def text_of_line(line: etree._Element) -> str:
    """The words of one line; the cells of a table row are parted by tabs."""
    if line.tag == f"{W}p":
        return text_of(line)
    cells = (
        " ".join(filter(None, map(text_of, cell.iter(f"{W}p")))) for cell in line.iter(f"{W}tc")
    )
    return "\t".join(cells)


def _lines_in(container: etree._Element) -> Iterator[etree._Element]:
    for child in container:
        if child.tag == f"{W}p":
            yield child
        elif child.tag == f"{W}tbl":
            yield from child.iterchildren(f"{W}tr")
        elif child.tag == f"{W}sdt":
            for content in child.iterchildren(f"{W}sdtContent"):
                yield from _lines_in(content)
