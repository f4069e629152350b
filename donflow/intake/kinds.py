"""Which kind of file the bytes are, whatever their name says."""

from __future__ import annotations

import codecs
import contextlib
import re
from enum import StrEnum
from typing import Final
from xml.parsers import expat

from donflow.intake.archives import content_of

ZIP: Final = b"PK\x03\x04"
OLE: Final = bytes.fromhex("d0cf11e0a1b11ae1")


class FileKind(StrEnum):
    """The kinds that offices send and donflow takes."""

    DOCX = "docx"
    XLSX = "xlsx"
    PDF = "pdf"
    OFD = "ofd"
    XML = "xml"
    PNG = "png"
    JPEG = "jpeg"
    TIFF = "tiff"
    RTF = "rtf"
    OLE = "ole"
    """Word and Excel before 2007 and WPS: .doc, .xls, .wps, .et."""
    TEXT = "text"


EXTENSIONS: Final = {
    # WPS may keep the newer form under its own extension.
    FileKind.DOCX: {"docx", "wps"},
    FileKind.XLSX: {"xlsx", "et"},
    FileKind.PDF: {"pdf"},
    FileKind.OFD: {"ofd"},
    FileKind.XML: {"xml"},
    FileKind.PNG: {"png"},
    # .jfif is what browsers and WeChat make of a saved picture.
    FileKind.JPEG: {"jpg", "jpeg", "jpe", "jfif"},
    FileKind.TIFF: {"tif", "tiff"},
    # Word and WPS save rich text as .doc too.
    FileKind.RTF: {"rtf", "doc"},
    FileKind.OLE: {"doc", "xls", "wps", "et"},
    FileKind.TEXT: {"txt", "csv", "tsv", "md"},
}


def recognise(data: bytes) -> FileKind | None:
    """The kind of the bytes; None where they are no kind that is taken in."""
    for beginning, kind in _BEGINNINGS.items():
        if data.startswith(beginning):
            return kind
    if data.startswith(ZIP):
        content = content_of(data)
        return FileKind(content) if content else None
    # Some scanners and banks put a byte order mark or an empty line first.
    if re.match(rb"(?:\xef\xbb\xbf)?\s*%PDF-\d", data[:1024]):
        return FileKind.PDF
    if re.match(rb"(?:\xef\xbb\xbf)?\s*<[?\w]|\xff\xfe<\x00|\xfe\xff\x00<", data) and _is_xml(data):
        return FileKind.XML
    return FileKind.TEXT if _is_text(data) else None


def _is_xml(data: bytes) -> bool:
    """Whether it begins as XML and not as a page of the web; the gate looks at the rest."""
    declared = re.match(rb"\s*<\?xml", data.removeprefix(codecs.BOM_UTF8)) is not None
    roots: list[str] = []
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda name, _: roots.append(name)
    with contextlib.suppress(expat.ExpatError, LookupError, ValueError):
        parser.Parse(data[:65536], False)
    # One that names an encoding which expat does not know shows no root.
    return roots[0].rpartition(":")[2].lower() != "html" if roots else declared


def _is_text(data: bytes) -> bool:
    """Whether it is UTF-8, UTF-16 with its mark, or GB 18030, without control characters."""
    marked = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return any(_reads_as(data, one) for one in (("utf-16",) if marked else ("utf-8", "gb18030")))


def _reads_as(data: bytes, encoding: str) -> bool:
    """In pieces: a single rare character would widen the whole text to four times its size."""
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for at in range(0, len(data), _STEP):
            piece = memoryview(data)[at : at + _STEP]
            if _CONTROL.search(decoder.decode(piece, final=at + _STEP >= len(data))):
                return False
    except UnicodeDecodeError:
        return False
    return True


_STEP: Final = 2**20
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")
_BEGINNINGS: Final = {
    b"\x89PNG\r\n\x1a\n": FileKind.PNG,
    b"\xff\xd8\xff": FileKind.JPEG,
    b"II*\x00": FileKind.TIFF,
    b"MM\x00*": FileKind.TIFF,
    b"{\\rtf": FileKind.RTF,
    OLE: FileKind.OLE,
}
