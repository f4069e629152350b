"""What one element of a part says by itself: its rows, its space, its alternatives."""

from __future__ import annotations

from lxml import etree

from donflow.word.markup import XML_SPACE, W
from donflow.word.seeing.formatting import is_on
from donflow.word.seeing.glyphs import as_seen, symbol

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
SYMEX = "{http://schemas.microsoft.com/office/word/2015/wordml/symex}"
V = "{urn:schemas-microsoft-com:vml}"
_MICROSOFT = ("http://schemas.microsoft.com/", "urn:schemas-microsoft-com:")


def rows(table: etree._Element) -> list[etree._Element]:
    return [row for row in table.iter(f"{W}tr") if next(row.iterancestors(f"{W}tbl")) is table]


def cells(row: etree._Element) -> list[etree._Element]:
    return [cell for cell in row.iter(f"{W}tc") if next(cell.iterancestors(f"{W}tr")) is row]


def is_set(settings: etree._Element, name: str) -> bool:
    found = settings.find(f"{W}{name}")
    return found is not None and is_on(found.get(f"{W}val"))


def kept_space(element: etree._Element, text: str) -> tuple[str, int]:
    """White space at the edges counts only where the file says so (XML 1.0, 2.10)."""
    space = element.get(XML_SPACE)
    if space is None:
        for one in element.iterancestors():
            if (space := one.get(XML_SPACE)) is not None:
                break
    if space == "preserve":
        return text, 0
    kept = text.lstrip(" \t\r\n")
    return kept.rstrip(" \t\r\n"), len(text) - len(kept)


def chosen_alternative(
    element: etree._Element,
) -> tuple[etree._Element | None, list[etree._Element]]:
    """Of one content written in several ways the first that Word knows, and the others.

    ECMA-376-3, 9.3: a choice is taken where all namespaces that it requires are understood.
    """
    choices = list(element.iterchildren(f"{MC}Choice"))
    fallbacks = list(element.iterchildren(f"{MC}Fallback"))
    known = [one for one in choices if _is_known(one)]
    chosen = next(iter(known + fallbacks + choices), None)
    return chosen, [one for one in choices + fallbacks if one is not chosen]


def _is_known(choice: etree._Element) -> bool:
    prefixes = choice.get("Requires", "").split()
    return all(choice.nsmap.get(prefix, "").startswith(_MICROSOFT) for prefix in prefixes)


def draws_line(stops: etree._Element | None, number: int) -> bool:
    """Whether the leader of the stop that a paragraph's tab reaches is a line (17.3.1.37)."""
    leaders = [
        stop.get(f"{W}leader")
        for stop in ([] if stops is None else stops)
        if stop.get(f"{W}val") != "clear"
    ]
    return bool(leaders) and leaders[min(number, len(leaders)) - 1] in ("underscore", "heavy")


def plain_words(element: etree._Element) -> str:
    """All words under an element as they are seen, without space; of alternatives the first."""
    words: list[str] = []
    for one in element.iter(*_WORDS):
        inner = next(one.iterancestors(f"{MC}AlternateContent"), None)
        if inner is not None and inner is not element.getparent():
            branch = next(around for around in one.iterancestors() if around.getparent() is inner)
            if branch is not inner[0]:
                continue
        if one.tag in (f"{W}t", f"{A}t"):
            words.append(one.text or "")
        else:
            words.append(one.get("string", "") if one.tag == f"{V}textpath" else sign_of(one))
    return as_seen("".join("".join(words).split()))


_WORDS = (f"{W}t", f"{A}t", f"{V}textpath", f"{W}sym", f"{SYMEX}symEx")


def sign_of(element: etree._Element) -> str:
    """What a w:sym or, since Word 2016, a w16se:symEx shows (MS-DOCX 2.5.1)."""
    named = {etree.QName(name).localname: given for name, given in element.attrib.items()}
    try:
        return symbol(int(str(named.get("char", "")), 16), str(named.get("font", "")) or None)
    except ValueError:
        return ""


def is_hidden_shape(box: etree._Element) -> bool:
    for one in box.iterancestors():
        if one.tag == f"{W}r":
            return False
        if "visibility:hidden" in one.get("style", "").replace(" ", ""):
            return True
        if any(is_on(name.get("hidden", "0")) for name in one if str(name.tag).endswith("}docPr")):
            return True
    return False


def unended_fields(container: etree._Element) -> set[etree._Element]:
    """The beginnings of fields that never end: what follows them is shown all the same."""
    opened: list[etree._Element] = []
    for mark in container.iter(f"{W}fldChar"):
        kind = mark.get(f"{W}fldCharType")
        if kind == "begin":
            opened.append(mark)
        elif kind == "end" and opened:
            opened.pop()
    return set(opened)


def move_key(element: etree._Element) -> str:
    """Ranges of moves are paired by id, those from and those to apart."""
    name = etree.QName(element).localname
    kind = "moveFrom" if name.startswith("moveFrom") else "moveTo"
    return f"{kind} {element.get(f'{W}id', '')}"
