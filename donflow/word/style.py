"""The house style of Chinese papers: one font in all four slots, and who forgot it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from donflow.word.markup import W, lines, parse
from donflow.word.packing import unpack

SLOTS = ("ascii", "hAnsi", "eastAsia", "cs")
_PART = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")


@dataclass(frozen=True)
class FontFault:
    """A run whose font for Chinese is left to chance: its part, its line there, its words."""

    part: str
    line: int
    text: str


def set_fonts(run: etree._Element, font: str) -> None:
    """Name one font in all four slots of a run (`w:r`).

    python-docx sets only ascii and hAnsi, and Word then shows Chinese in the theme's font. The
    hint makes Word take quotation marks and dashes from the Chinese font too.
    """
    formatting = run.find(f"{W}rPr")
    if formatting is None:
        formatting = etree.Element(f"{W}rPr")
        run.insert(0, formatting)
    fonts = formatting.find(f"{W}rFonts")
    if fonts is None:
        fonts = etree.Element(f"{W}rFonts")
        style = formatting.find(f"{W}rStyle")
        formatting.insert(0 if style is None else 1, fonts)
    fonts.attrib.clear()
    fonts.set(f"{W}hint", "eastAsia")
    for slot in SLOTS:
        fonts.set(f"{W}{slot}", font)


def lint_fonts(docx: bytes) -> tuple[FontFault, ...]:
    """Every run with words whose own formatting names no font for Chinese (`w:eastAsia`)."""
    return tuple(
        fault
        for name, part in unpack(docx).items()
        if _PART.fullmatch(name)
        for fault in _faults(name, parse(part))
    )


def _faults(part: str, root: etree._Element) -> list[FontFault]:
    return [
        FontFault(part, number, words)
        for number, line in enumerate(lines(root), start=1)
        for run in line.iter(f"{W}r")
        if (words := _words(run)).strip() and not _names_chinese_font(run)
    ]


def _words(run: etree._Element) -> str:
    return "".join(text.text or "" for text in run.iterchildren(f"{W}t"))


def _names_chinese_font(run: etree._Element) -> bool:
    fonts = run.find(f"{W}rPr/{W}rFonts")
    return fonts is not None and bool(fonts.get(f"{W}eastAsia"))
