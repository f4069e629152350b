"""Finds what a PDF would do by itself: scripts, programs it starts, files inside it.

Names are sought in the raw bytes and in the object streams, where newer writers pack most objects;
a name may be written with #xx escapes (ISO 32000-1, 7.3.5 and 7.5.7). The names sought are long
enough not to stand in compressed data by chance.
"""

from __future__ import annotations

import contextlib
import itertools
import re
import zlib
from collections.abc import Iterator
from typing import Final

from donflow.errors import N_, Sentence, say
from donflow.intake import pictures
from donflow.intake.findings import (
    IN_PARTS,
    SEND_AGAIN,
    Findings,
    against,
    second_file,
    warning,
)

UNPACKED_LIMIT: Final = 64 * 2**20
OBJECT_LIMIT: Final = 100_000
"""A scan has a few objects a page; Word writes some hundred."""
PAGE_LIMIT: Final = 2_000


def examine(data: bytes) -> Findings:
    """Scripts and programs keep a PDF out; files inside it, and forms that send, are told.

    Of an encrypted one, as electronic receipts come, only what stands open is seen; that is told.
    """
    if data.count(b" obj") > OBJECT_LIMIT or data.count(b"endstream") > OBJECT_LIMIT:
        return _TOO_MANY_OBJECTS
    packed = _Packed()
    findings = packed.look(data)
    names = _names(data) | packed.names
    if b"startxref" not in data:
        findings += against("damaged", say(N_("Its end is missing.")), SEND_AGAIN)
    for sought, found in _TOLD:
        if sought & names:
            findings += found
    if _HIDDEN in names or (packed.hidden and not _is_encrypted(data)):
        reason = say(N_("A part of it could not be looked into."))
        findings += against("pdf_hidden", reason, PRINT_AGAIN)
    if _opens_an_address(data):
        findings += _ACTS
    return findings + _counts(data, packed) + _behind(data)


class _Packed:
    """What the streams of a PDF show: names in object streams, sizes of pictures."""

    def __init__(self) -> None:
        self.names: set[bytes] = set()
        self.pages = self.objects = 0
        self.hidden = False
        self._left = UNPACKED_LIMIT

    def look(self, data: bytes) -> Findings:
        findings = Findings()
        for number, (before, packed) in enumerate(_streams(data)):
            if number > OBJECT_LIMIT:
                return findings + _TOO_MANY_OBJECTS
            names = _names(before)
            if b"Image" in names:
                findings += _picture(before)
            # A dictionary longer than any writer makes hides what stands at its beginning.
            self.hidden = self.hidden or len(before) >= _DICTIONARY
            says_so = b"Filter" in names and (b"ObjStm" in names or names >= _COUNTED)
            if says_so or _begins_with_numbers(packed):
                whole = self._unpack(packed)
                # A predictor, or a second filter, would leave the names unreadable.
                self.hidden = self.hidden or not whole or b"Predictor" in names
        return findings

    def _unpack(self, packed: memoryview) -> bool:
        """Look at an object stream in small pieces; whether it could be unpacked to its end."""
        stream, tail = zlib.decompressobj(), b""
        try:
            for at in range(0, len(packed), _STEP):
                rest: bytes | memoryview = packed[at : at + _STEP]
                while rest and not stream.eof:
                    piece = stream.decompress(rest, _PIECE)
                    rest = stream.unconsumed_tail
                    self._left -= len(piece)
                    if self._left < 0:
                        return False
                    self._take(tail + piece)
                    # A name across two pieces is seen with the second.
                    tail = (tail + piece)[-_LONGEST_NAME:]
                if stream.eof:
                    break
        except zlib.error:
            return False
        self._take(tail + b"\n")
        return stream.eof

    def _take(self, objects: bytes) -> None:
        self.names |= _names(objects)
        self.pages += _pages(objects)
        self.objects += objects.count(b"<<")


def _names(data: bytes) -> set[bytes]:
    """The sought names that occur in these bytes, their escapes undone."""
    plain = {name for name, whole in _SOUGHT.items() if b"/" + name in data and whole.search(data)}
    if b"#" not in data:
        return plain
    # The same spelling is undone once; a file with more of them than any font needs hides some.
    found = itertools.islice(_ESCAPED.finditer(data), _SPELLINGS)
    spellings = [one[1] for one in found]
    unknown = {_HIDDEN} if len(spellings) == _SPELLINGS else set()
    return plain | unknown | ({_ESCAPE.sub(_byte, one) for one in set(spellings)} & _SOUGHT.keys())


def _streams(data: bytes) -> Iterator[tuple[bytes, memoryview]]:
    """What stands before each stream, from the end of the one before on, and its bytes.

    Each place where a stream may begin counts, so that a comment that says `stream` hides none.
    """
    end = 0
    for found in _STREAM.finditer(data):
        begin = max(0, found.start() - _DICTIONARY)
        before = data.rfind(b"endstream", begin, found.start())
        dictionary = data[max(before, begin) : found.start()]
        if end < found.end():
            end = data.find(b"endstream", found.end())
            end = len(data) if end < 0 else end
        yield dictionary, memoryview(data)[found.end() : end]


def _begins_with_numbers(packed: memoryview) -> bool:
    """Whether these bytes unpack to what an object stream begins with, whatever it is called."""
    with contextlib.suppress(zlib.error):
        return _NUMBERS.match(zlib.decompressobj().decompress(packed[:_SIGHT], 64)) is not None
    return False


def _is_encrypted(data: bytes) -> bool:
    """Whether the newest trailer, or the cross-reference stream in its place, says so."""
    found = re.search(rb"startxref\s+(\d{1,10})", data[max(0, data.rfind(b"startxref")) :])
    at = int(found[1]) if found else len(data)
    if data.startswith(b"xref", at):
        at = data.find(b"trailer", at)
        section = data[at : at + _TRAILER].partition(b"startxref")[0] if at >= 0 else b""
    else:
        section = data[at : at + _TRAILER].partition(b"stream")[0]
        section = section if _TABLE_STREAM.match(section) else b""
    return b"Encrypt" in _names(section)


def _picture(dictionary: bytes) -> Findings:
    """The sides of an image, whatever it is packed with (JBIG2, fax, JPEG 2000)."""
    sides = {name: int(number) for name, number in _SIDE.findall(dictionary)}
    width, height = sides.get(b"Width", 1), sides.get(b"Height", 1)
    return pictures.bounds(width, height) if width and height else Findings()


def _counts(data: bytes, packed: _Packed) -> Findings:
    if packed.objects > OBJECT_LIMIT:
        return _TOO_MANY_OBJECTS
    if _pages(data) + packed.pages > PAGE_LIMIT:
        reason = say(N_("It has more than {limit} pages."), limit=PAGE_LIMIT)
        return against("too_many_pages", reason, IN_PARTS)
    return Findings()


def _pages(data: bytes) -> int:
    """How many pages these bytes declare; no further than what is too many."""
    return sum(1 for _ in itertools.islice(_PAGE.finditer(data), PAGE_LIMIT + 1))


def _behind(data: bytes) -> Findings:
    """Behind the last end mark stands nothing that another program would open."""
    end = data.rfind(b"%%EOF")
    tail = data[end + 5 :].strip(b"\0\r\n\t ") if end >= 0 else b""
    return second_file() if len(tail) > _TAIL_LIMIT or _OTHER_FILE.search(tail) else Findings()


def _opens_an_address(data: bytes) -> bool:
    """Whether opening it calls an address; where that stands in an object stream it is not seen."""
    for found in itertools.islice(_OPENING.finditer(data), _OPENINGS):
        at = data.find(b"\n%s %s obj" % found.group(1, 2)) if found[1] else found.end()
        if at >= 0 and re.search(rb"/S\s*/URI", data[at : at + 300].partition(b">>")[0]):
            return True
    return False


def _byte(escape: re.Match[bytes]) -> bytes:
    return bytes([int(escape[1], 16)])


PRINT_AGAIN: Final[Sentence] = say(N_("Print it to a new PDF and take that."))
_TOO_MANY_OBJECTS: Final = against(
    "too_many_objects", say(N_("It has too many objects.")), PRINT_AGAIN
)
_ACTS: Final = warning(say(N_("It opens a page of the web or sends what is typed by itself.")))
_TOLD: Final = (
    (
        {b"JavaScript", b"Rendition"},
        against("pdf_script", say(N_("It holds a script (JavaScript).")), PRINT_AGAIN),
    ),
    ({b"Launch"}, against("pdf_launch", say(N_("It starts another program.")), PRINT_AGAIN)),
    ({b"EmbeddedFile", b"EmbeddedFiles"}, warning(say(N_("It holds other files inside.")))),
    # Also a PDF that anyone may read, but not change: common for electronic receipts.
    ({b"Encrypt"}, warning(say(N_("It is protected; what it holds was not looked into.")))),
    ({b"SubmitForm", b"ImportData"}, _ACTS),
    ({b"XFA"}, warning(say(N_("It is a form whose fields another program may show otherwise.")))),
    ({b"RichMedia"}, warning(say(N_("It holds sound, film or moving pictures.")))),
)
_END: Final = rb"(?=[\x00\t\n\x0c\r ()<>\[\]{}/%]|$)"
_SOUGHT: Final = {
    name: re.compile(b"/" + name + _END)
    for name in (
        b"JavaScript",
        b"Rendition",
        b"First",
        b"N",
        b"Launch",
        b"EmbeddedFile",
        b"EmbeddedFiles",
        b"Encrypt",
        b"ObjStm",
        b"Filter",
        b"Predictor",
        b"SubmitForm",
        b"ImportData",
        b"RichMedia",
        b"Image",
        b"XFA",
    )
}
_HIDDEN: Final = b"#"
_SPELLINGS: Final = 100_000
# Possessive, so that no spelling makes the search go back.
_ESCAPED: Final = re.compile(rb"/([A-Za-z]{0,60}+#[0-9A-Fa-f]{2}[\w#]{0,120}+)" + _END)
_ESCAPE: Final = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM: Final = re.compile(rb"(?<!end)stream(?:\r\n|\r|\n)")
_PAGE: Final = re.compile(rb"/Type\s{0,9}/Page" + _END)
_SIDE: Final = re.compile(rb"/(Width|Height)\s{0,9}(\d{1,12})")
_OPENING: Final = re.compile(rb"/OpenAction\s{0,9}(?:(\d{1,10})\s{1,9}(\d{1,5})\s{1,9}R|<<)")
_OTHER_FILE: Final = re.compile(rb"PK\x03\x04|%PDF-|\x7fELF|MZ.\x00|Rar!", re.DOTALL)
_OPENINGS: Final = 8
"""One document has one; each revision that was saved behind it may have its own."""
_TAIL_LIMIT: Final = 4_096
_COUNTED: Final = {b"First", b"N"}
_NUMBERS: Final = re.compile(rb"\s*\d+\s+\d+\s")
_TABLE_STREAM: Final = re.compile(rb"\s*\d+\s+\d+\s+obj\b(?=.*/XRef)", re.DOTALL)
_SIGHT, _TRAILER = 512, 2**16
_STEP, _PIECE, _LONGEST_NAME, _DICTIONARY = 2**16, 2**20, 400, 2**16
