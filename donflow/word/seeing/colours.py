"""Colours as a file names them, by value or by its theme, and how far two stand apart."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from lxml import etree

from donflow.word.seeing.elements import A
from donflow.word.seeing.formatting import value
from donflow.word.seeing.package import DamagedPart, MissingPart, Package

Colour = tuple[int, int, int]
Theme = Mapping[str, Colour]
"""The colours of a theme by the name of their element: lt1, dk1, accent1 …"""


def theme_of(package: Package) -> Theme:
    """The file's theme; white paper and black ink where it says nothing."""
    try:
        root = package.related_root("theme", f"{A}theme")
    except (DamagedPart, MissingPart):
        root = None
    scheme = None if root is None else root.find(f"{A}themeElements/{A}clrScheme")
    found = dict(_PLAIN)
    for named in () if scheme is None else scheme:
        for one in named:
            if colour := rgb(one.get("lastClr") or one.get("val")):
                found[etree.QName(named).localname] = colour
    return found


def colour_of(element: etree._Element | None, attribute: str, theme: Theme) -> Colour | None:
    """The colour an element names; its theme's, lighter or darker, goes before any value.

    ECMA-376-1, 17.3.2.6 and 17.3.5: `attribute` is val, color or fill; the theme's stands in
    themeColor or themeFill.
    """
    by_theme = "themeFill" if attribute == "fill" else "themeColor"
    named = value(element, by_theme)
    colour = theme.get(_IN_THEME.get(named, named)) if named else None
    if colour is None:
        return rgb(value(element, attribute))
    tint, shade = (_share(value(element, by_theme.removesuffix("Color") + how)) for how in _HOW)
    return _mixed(_mixed(colour, 255, tint), 0, shade)


def rgb(colour: str | None) -> Colour | None:
    """Six hexadecimal digits as three parts; None for `auto` and what is no colour."""
    if colour is None or len(colour) != 6:
        return None
    try:
        return int(colour[:2], 16), int(colour[2:4], 16), int(colour[4:], 16)
    except ValueError:
        return None


def contrast(one: Colour, other: Colour) -> float:
    """The contrast ratio of WCAG 2.1, from 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Colour) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4
        for part in (channel / 255 for channel in colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _share(given: str | None) -> float:
    try:
        return int(given or "FF", 16) / 255
    except ValueError:
        return 1.0


def _mixed(colour: Colour, towards: int, share: float) -> Colour:
    red, green, blue = (round(part * share + towards * (1 - share)) for part in colour)
    return red, green, blue


_PLAIN: Final = {"lt1": (255, 255, 255), "dk1": (0, 0, 0)}
_HOW: Final = ("Tint", "Shade")
_IN_THEME: Final = {
    "background1": "lt1",
    "light1": "lt1",
    "background2": "lt2",
    "light2": "lt2",
    "text1": "dk1",
    "dark1": "dk1",
    "text2": "dk2",
    "dark2": "dk2",
    "hyperlink": "hlink",
    "followedHyperlink": "folHlink",
}
