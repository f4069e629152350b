"""An agreement's text from whatever file it comes in: Word of any age, WPS, RTF, PDF or text."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from donflow.domain.plain_text import decoded
from donflow.errors import N_, DonflowError, Sentence, say
from donflow.intake.apart import Limits, read_apart
from donflow.intake.gate import inspect
from donflow.intake.kinds import FileKind
from donflow.precheck.paper import Line, Paper, from_text
from donflow.word.converting import to_docx
from donflow.word.reading_apart import read_returned


class Route(StrEnum):
    """How a paper was read."""

    WORD = "word"
    TEXT = "text"
    CONVERTED = "converted"
    PDF = "pdf"


@dataclass(frozen=True)
class Incoming:
    """A paper, how it was read, and what to know of it.

    `docx` is the Word file itself, or the one that LibreOffice made; None for text and PDF.
    `changes` are those in it that are neither accepted nor refused; `paper` is the text with them.
    """

    paper: Paper
    route: Route
    docx: bytes | None
    warnings: tuple[Sentence, ...]
    changes: int = 0


class ToBeTyped(DonflowError):
    code = "to_be_typed"
    message = N_("{name} is a picture of the text: its words are to be typed.")
    remedy = N_("Ask for the Word file; else type the text into Word, compare it twice, take that.")


class NoAgreement(DonflowError):
    code = "no_agreement"
    message = N_("{name} is of a kind that holds no agreement.")
    remedy = N_("Take the Word file, the text PDF or the plain text of the agreement.")


class NoWordFile(DonflowError):
    code = "no_word_file"
    message = N_("{name} is no Word file.")
    remedy = N_("Open it in Word or WPS and save it as .docx.")


class NoWords(DonflowError):
    code = "no_words"
    message = N_("There is no word in {name}.")
    remedy = N_("Look whether it is the right file, and take that.")


class TooLong(DonflowError):
    code = "too_long"
    message = N_("{name} holds {count} characters; at most {limit} are read.")
    remedy = N_("Take only the pages of the agreement.")


LONGEST: Final = 100_000
"""Characters: five times the longest agreement; beyond, a book came by mistake, or in malice."""
BY_LIBREOFFICE: Final = say(
    N_("It was converted by LibreOffice to be read; the file itself stays as it is.")
)


def read_paper(data: bytes, *, name: str) -> Incoming:
    """The paper that came under this name; the gate looks at it before any parser.

    What may be hostile to a parser is read in a process of its own. Raises NotAdmitted, ToBeTyped
    for a picture or a scan, NoAgreement for a sheet and the like, NoWords where nothing is
    written, TooLong for a book, what `to_docx` raises for older kinds, and what `read_apart`
    raises at its limits.
    """
    admitted = inspect(data, name=name)
    match admitted.kind:
        case FileKind.DOCX:
            read = _of_word(data, Route.WORD)
        case FileKind.OLE | FileKind.RTF:
            read = _of_word(to_docx(data, kind=admitted.kind, name=name), Route.CONVERTED)
        case FileKind.TEXT:
            read = Incoming(from_text(decoded(data)), Route.TEXT, None, ())
        case FileKind.PDF:
            read = _of_pdf(data, name)
        case FileKind.PNG | FileKind.JPEG | FileKind.TIFF:
            raise ToBeTyped(name=name)
        case _:
            raise NoAgreement(name=name)
    if not any(line.text.strip() for line in read.paper.lines):
        raise NoWords(name=name)
    count = sum(len(line.text) for line in read.paper.lines)
    if count > LONGEST:
        raise TooLong(name=name, count=count, limit=LONGEST)
    return replace(read, warnings=admitted.warnings + read.warnings)


def word_file(data: bytes, *, name: str) -> bytes:
    """A Word file behind the gate, or the one that LibreOffice makes of an older kind.

    Raises NotAdmitted, NoWordFile for every other kind, and what `to_docx` raises.
    """
    kind = inspect(data, name=name).kind
    if kind is FileKind.DOCX:
        return data
    if kind not in (FileKind.OLE, FileKind.RTF):
        raise NoWordFile(name=name)
    return to_docx(data, kind=kind, name=name)


def _of_word(docx: bytes, route: Route) -> Incoming:
    reading = read_returned(docx)
    told = (BY_LIBREOFFICE,) if route is Route.CONVERTED else ()
    return Incoming(reading.paper, route, docx, told + reading.warnings, len(reading.changes))


def _of_pdf(data: bytes, name: str) -> Incoming:
    read = read_apart("donflow.pictures.pdf_text:plain_pdf", data, _PDF_LIMITS)
    if not read["lines"]:
        raise (ToBeTyped if read["picture_pages"] else NoWords)(name=name)
    lines = (Line(number, str(text)) for number, text in enumerate(read["lines"], start=1))
    warnings: tuple[Sentence, ...] = (
        say(N_("The text was read from a PDF: compare names, sums and dates with it.")),
    )
    if pictures := tuple(str(number) for number in read["picture_pages"]):
        warnings += (
            say(N_("Of its pages, these are pictures and were not read: {pages}."), pages=pictures),
        )
    return Incoming(Paper(tuple(lines)), Route.PDF, None, warnings)


_PDF_LIMITS: Final = Limits(wall_seconds=30.0, cpu_seconds=20, memory=300 * 2**20)
