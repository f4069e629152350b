"""What a redline is measured against, read without a line of donflow's own readers."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WORDS = (f"{W}t", f"{W}delText", f"{W}tab", f"{W}br")


def body(docx: bytes) -> etree._Element:
    """The body of a file."""
    with zipfile.ZipFile(BytesIO(docx)) as archive:
        return etree.fromstring(archive.read("word/document.xml"))[0]


def text(docx: bytes, leave_out: str = "") -> str:
    """Every paragraph, also of cells, as a line; `leave_out` is "ins" or "del".

    The words of such a change are left out, the lines that its marks close run on, and its rows
    are not there.
    """
    made = ""
    for paragraph in body(docx).iter(f"{W}p"):
        if leave_out and any(
            row.find(f"{W}trPr/{W}{leave_out}") is not None
            for row in paragraph.iterancestors(f"{W}tr")
        ):
            continue
        for one in paragraph.iter(*_WORDS):
            if leave_out and any(True for _ in one.iterancestors(f"{W}{leave_out}")):
                continue
            if one.tag in (f"{W}t", f"{W}delText"):
                made += one.text or ""
            elif one.getparent().tag == f"{W}r":
                made += "\t"
        mark = paragraph.find(f"{W}pPr/{W}rPr/{W}{leave_out}") if leave_out else None
        if mark is None:
            made += "\n"
    return made


def changed(docx: bytes) -> int:
    """The characters inserted and deleted, a paragraph's mark and a cell's end being one each."""
    count = 0
    for one in body(docx).iter(f"{W}ins", f"{W}del"):
        parent = one.getparent()
        if parent.tag == f"{W}rPr":
            count += 1
        elif parent.tag == f"{W}trPr":
            count += sum(1 for _ in parent.getparent().iter(f"{W}p"))
        else:
            count += sum(
                len(word.text or "") if word.tag in (f"{W}t", f"{W}delText") else 1
                for word in one.iter(*_WORDS)
            )
    return count


def least_change(old: str, new: str) -> int:
    """The least number of characters to delete and insert, by Myers' greedy algorithm (1986)."""
    furthest = {1: 0}
    for changes in range(len(old) + len(new) + 1):
        for diagonal in range(-changes, changes + 1, 2):
            down = diagonal == -changes or (
                diagonal != changes and furthest[diagonal - 1] < furthest[diagonal + 1]
            )
            x = furthest[diagonal + 1] if down else furthest[diagonal - 1] + 1
            y = x - diagonal
            while x < len(old) and y < len(new) and old[x] == new[y]:
                x, y = x + 1, y + 1
            furthest[diagonal] = x
            if x >= len(old) and y >= len(new):
                return changes
    raise AssertionError("unreachable: all may be deleted and inserted")


def without_numbers(docx: bytes) -> bytes:
    """The file without automatic numbers, whose return LibreOffice knows only in part."""
    return _rewritten(docx, [f"{W}numPr"])


def without_controls(docx: bytes) -> bytes:
    """The file with the words of content controls bare: a control deleted comes back without."""
    root = body(docx).getparent()
    for content in list(root.iter(f"{W}sdtContent")):
        control = content.getparent()
        holder = control.getparent()
        at = holder.index(control)
        holder[at : at + 1] = list(content)
    return _with_document(docx, root)


def with_an_insertion_lost(docx: bytes) -> bytes:
    """A redline as a careless writer would leave it: one insertion is not there."""
    return _rewritten(docx, [f"{W}ins"], only_first=True)


def with_a_change_misplaced(docx: bytes) -> bytes:
    """A redline as a wrong offset would leave it: one character strays across a deletion's edge."""
    root = body(docx).getparent()
    for one in root.iter(f"{W}delText"):
        before = one.getparent().getparent().getprevious()
        words = [] if before is None else before.findall(f"{W}t")
        if words and words[-1].text:
            one.text = words[-1].text[-1] + (one.text or "")
            words[-1].text = words[-1].text[:-1]
            return _with_document(docx, root)
    return docx


def restores_numbers(docx: bytes) -> bool:
    """Whether settling asks for numbers that LibreOffice 7 does not bring back.

    It does not restore a former level of a list, and where two paragraphs are joined it may keep
    the number of the first, of which nothing is left.
    """
    root = body(docx)
    return next(root.iter(f"{W}pPrChange"), None) is not None or any(
        _number(paragraph) != _number(paragraph.getnext()) for paragraph in _marked(root)
    )


def stands_before_a_table(docx: bytes) -> bool:
    """Whether a paragraph that comes or goes whole stands right before a table."""
    return any(
        paragraph.getnext() is not None and paragraph.getnext().tag == f"{W}tbl"
        for paragraph in _marked(body(docx))
    )


def _marked(root: etree._Element) -> Iterator[etree._Element]:
    for paragraph in root.iter(f"{W}p"):
        mark = paragraph.find(f"{W}pPr/{W}rPr")
        if mark is not None and (
            mark.find(f"{W}ins") is not None or mark.find(f"{W}del") is not None
        ):
            yield paragraph


def _number(paragraph: etree._Element | None) -> list[str | None]:
    number = None if paragraph is None else paragraph.find(f"{W}pPr/{W}numPr")
    return [] if number is None else [one.get(f"{W}val") for one in number]


def _rewritten(docx: bytes, tags: list[str], *, only_first: bool = False) -> bytes:
    root = body(docx).getparent()
    found = [one for one in root.iter(*tags) if not only_first or one.find(f"{W}r") is not None]
    if not found:
        return docx
    for one in found[:1] if only_first else found:
        one.getparent().remove(one)
    return _with_document(docx, root)


def _with_document(docx: bytes, root: etree._Element) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(docx)) as archive, zipfile.ZipFile(stream, "w") as made:
        for name in archive.namelist():
            is_it = name == "word/document.xml"
            content = etree.tostring(root) if is_it else archive.read(name)
            made.writestr(zipfile.ZipInfo(name), content)  # the same bytes whenever it is made
    return stream.getvalue()
