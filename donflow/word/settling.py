"""Tracked changes taken up or turned down, all of them: a clean copy, and how to tell one."""

from __future__ import annotations

from lxml import etree

from donflow.word.markup import W
from donflow.word.rewriting import rewritten
from donflow.word.seeing.package import Package, open_package

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_STORIES = {"header", "footer", "footnotes", "endnotes", "comments"}

_KEPT_IF_ACCEPTED = {f"{W}ins", f"{W}moveTo"}
_KEPT_IF_REJECTED = {f"{W}del", f"{W}moveFrom"}
_RANGES = {
    f"{W}{name}{edge}"
    for name in ("moveFromRange", "moveToRange", "customXmlInsRange", "customXmlDelRange",
                 "customXmlMoveFromRange", "customXmlMoveToRange")
    for edge in ("Start", "End")
}  # fmt: skip
_CELLS = {f"{W}cellIns", f"{W}cellDel", f"{W}cellMerge"}
_FORMER = {
    f"{W}{name}Change"
    for name in ("rPr", "pPr", "sectPr", "tblPr", "tblPrEx", "tblGrid", "trPr", "tcPr")
}
_NUMBERING = f"{W}numberingChange"
_STAYS_IN_PARAGRAPH = {f"{W}rPr", f"{W}sectPr"}  # pPrChange keeps neither of them
_BODIES = {f"{W}body", f"{W}tc", f"{W}hdr", f"{W}ftr", f"{W}footnote", f"{W}endnote",
           f"{W}comment", f"{W}txbxContent"}  # fmt: skip
_INLINE_SHELLS = {f"{W}hyperlink", f"{W}smartTag", f"{W}fldSimple"}
_FILLER = (f"{W}cantSplit", "off")  # set beside the mark of a row that had no property
_TRACES = _KEPT_IF_ACCEPTED | _KEPT_IF_REJECTED | _RANGES | _CELLS | _FORMER | {_NUMBERING}


def accept_all(docx: bytes) -> bytes:
    """The file as it reads with every tracked change accepted; comments stay."""
    return _settled(docx, accept=True)


def reject_all(docx: bytes) -> bytes:
    """The file as it was before every tracked change; comments stay."""
    return _settled(docx, accept=False)


def has_tracked_changes(docx: bytes) -> bool:
    """Whether any insertion, deletion, move or change of formatting is left in any part."""
    package = open_package(docx)
    return any(is_tracked(package.root(part)) for part in story_parts(package))


def is_tracked(root: etree._Element) -> bool:
    """Whether a part holds any tracked change."""
    return next(root.iter(*_TRACES), None) is not None


def story_parts(package: Package) -> list[str]:
    """The parts that hold words: body, headers, footers, notes, comments, by what names them.

    A part may have any name (ECMA-376 part 2, 6.2); one that is named but not there is left out.
    """
    relations = package.relations(package.main)
    if relations is None:
        named = [part for type_ in sorted(_STORIES) if (part := package.related(type_))]
    else:
        named = [one.target for one in relations.values()
                 if one.type in _STORIES and not one.external]  # fmt: skip
    there = {name.casefold() for name in package.names}
    found = [part for part in dict.fromkeys(named) if part.casefold() in there]
    return [package.main, *found]


def settle(root: etree._Element, *, accept: bool) -> None:
    """Settle one part in its tree.

    ECMA-376 part 1, 17.13.5: a paragraph whose mark goes is joined with the next, whose
    properties stand; a row, cell or table of which nothing is left goes.
    """
    marks = [
        paragraph for paragraph in root.iter(f"{W}p") if _mark(paragraph, _goes(accept)) is not None
    ]
    rows = [row for row in root.iter(f"{W}trPr") if row.find(f"{W}ins") is not None
            or row.find(f"{W}del") is not None]  # fmt: skip
    for tag in sorted(_goes(accept)):
        for element in list(root.iter(tag)):
            _remove_content(element)
    _settle_cells(root, accept=accept)
    for element in list(root.iter(*_FORMER)):
        if element.getparent() is not None:
            _settle_properties(element, accept=accept)
    for tag in sorted(_stays(accept)):
        for element in list(root.iter(tag)):
            _unwrap(element)
    for element in list(root.iter(*_RANGES, _NUMBERING)):
        _detach(element)
    for element in list(root.iter(f"{W}delText")):
        element.tag = f"{W}t"
    for element in list(root.iter(f"{W}delInstrText")):
        element.tag = f"{W}instrText"
    for paragraph in reversed(marks):
        if _attached(paragraph, root):
            _join_with_next(paragraph)
    for properties in rows:
        if [(one.tag, one.get(f"{W}val")) for one in properties] == [_FILLER]:
            _detach(properties)
    for tag in ("tr", "tbl"):
        for element in list(root.iter(f"{W}{tag}")):
            if element.find(f".//{W}{'tc' if tag == 'tr' else 'tr'}") is None:
                _detach(element)
    for shell in list(root.iter(*_INLINE_SHELLS)):
        if not len(shell):
            _detach(shell)
    for shell in list(root.iter(f"{W}sdt")):
        content = shell.find(f"{W}sdtContent")
        if content is not None and not len(content):
            _detach(shell)
    _whole(root)


def settle_package(package: Package, *, accept: bool) -> list[str]:
    """Settle every part in its tree; the parts that changed. Notes nobody points at any more go."""
    parts = [part for part in story_parts(package) if is_tracked(package.root(part))]
    before = _referred(package)
    for part in parts:
        settle(package.root(part), accept=accept)
    lost = before - _referred(package)
    for tag, number in lost:
        holder = package.related(f"{tag}s")
        if holder is None:
            continue
        for note in list(package.root(holder).iter(f"{W}{tag}")):
            if note.get(f"{W}id") == number:
                _detach(note)
                parts.append(holder)
    return sorted(set(parts))


def _settled(docx: bytes, *, accept: bool) -> bytes:
    package = open_package(docx)
    return rewritten(package, settle_package(package, accept=accept))


def _referred(package: Package) -> set[tuple[str, str]]:
    return {
        (tag, reference.get(f"{W}id", ""))
        for tag in ("footnote", "endnote")
        for reference in package.root(package.main).iter(f"{W}{tag}Reference")
    }


def _goes(accept: bool) -> set[str]:
    return _KEPT_IF_REJECTED if accept else _KEPT_IF_ACCEPTED


def _stays(accept: bool) -> set[str]:
    return _KEPT_IF_ACCEPTED if accept else _KEPT_IF_REJECTED


def _mark(paragraph: etree._Element, tags: set[str]) -> etree._Element | None:
    properties = paragraph.find(f"{W}pPr/{W}rPr")
    if properties is None:
        return None
    return next((child for child in properties if child.tag in tags), None)


def _remove_content(element: etree._Element) -> None:
    """What goes: words in a run's place, a row by its properties; marks are joined later."""
    parent = element.getparent()
    if parent is None:
        return
    if parent.tag == f"{W}trPr":
        row = parent.getparent()
        if row is not None:
            _detach(row)
    else:
        _detach(element)


def _settle_cells(root: etree._Element, *, accept: bool) -> None:
    for element in list(root.iter(*_CELLS)):
        goes = f"{W}cellDel" if accept else f"{W}cellIns"
        cell = next(element.iterancestors(f"{W}tc"), None)
        _detach(element)
        if element.tag == goes and cell is not None:
            _detach(cell)


def _settle_properties(change: etree._Element, *, accept: bool) -> None:
    """Former properties come back; of a paragraph's, its mark's and its section's stay."""
    properties = change.getparent()
    if properties is None:
        return
    _detach(change)
    if accept:
        return
    former = next(iter(change), None)
    kept = [child for child in properties if child.tag in _KEPT_BESIDE.get(str(change.tag), set())]
    for child in list(properties):
        properties.remove(child)
    if former is not None:
        properties.extend(list(former))
    properties.extend(kept)


_KEPT_BESIDE = {
    f"{W}pPrChange": _STAYS_IN_PARAGRAPH,
    f"{W}rPrChange": _KEPT_IF_ACCEPTED | _KEPT_IF_REJECTED,
    f"{W}sectPrChange": {f"{W}headerReference", f"{W}footerReference"},
    f"{W}trPrChange": _KEPT_IF_ACCEPTED | _KEPT_IF_REJECTED,
}


def _unwrap(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is None:
        return
    at = parent.index(element)
    parent[at : at + 1] = list(element)


def _join_with_next(paragraph: etree._Element) -> None:
    """The words of a paragraph without its mark go before those of the next paragraph."""
    words = [child for child in paragraph if child.tag != f"{W}pPr"]
    following = next_paragraph(paragraph)
    if following is not None:
        at = 1 if len(following) and following[0].tag == f"{W}pPr" else 0
        following[at:at] = words
        _detach(paragraph)
    elif not any(map(_holds_words, words)):
        _detach(paragraph)


def _holds_words(element: etree._Element) -> bool:
    """Whether a run or a formula is left in it; an empty content control is not yet taken away."""
    return next(element.iter(f"{W}r", f"{_MATH}r"), None) is not None


def next_paragraph(paragraph: etree._Element) -> etree._Element | None:
    """The paragraph that follows in the same body, cell or note; none where a table does."""
    place: etree._Element | None = paragraph
    while place is not None and place.tag not in _BODIES:
        for sibling in place.itersiblings():
            if sibling.tag == f"{W}p":
                return sibling
            if sibling.tag == f"{W}tbl":
                return None
            inner = next(sibling.iter(f"{W}p", f"{W}tbl"), None)
            if inner is not None:
                return inner if inner.tag == f"{W}p" else None
        place = place.getparent()
    return None


def _whole(root: etree._Element) -> None:
    """Cells, notes and boxes end with a paragraph; notes that nothing points at stay."""
    for tag in ("tc", "hdr", "ftr", "footnote", "endnote", "txbxContent"):
        for body in root.iter(f"{W}{tag}"):
            blocks = [child for child in body if child.tag in (f"{W}p", f"{W}tbl", f"{W}sdt")]
            if not blocks or blocks[-1].tag == f"{W}tbl":
                etree.SubElement(body, f"{W}p")


def _attached(element: etree._Element, root: etree._Element) -> bool:
    return element.getroottree().getroot() is root


def _detach(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        element.tail = None
        parent.remove(element)
