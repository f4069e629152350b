"""An agreement is read from whatever file it comes in, or it is said what to do instead."""

import subprocess
from collections.abc import Callable

import pytest

from donflow.agreements.incoming import (
    BY_LIBREOFFICE,
    LONGEST,
    NoAgreement,
    NoWordFile,
    NoWords,
    Route,
    ToBeTyped,
    TooLong,
    read_paper,
    word_file,
)
from donflow.intake.apart import RefusedApart
from donflow.intake.gate import NotAdmitted
from donflow.pictures.pdf_text import PdfProtected
from donflow.word.plain_paper import paper_of_lines
from tests.intake import samples
from tests.intake.office_files import compound_file
from tests.pictures.printing import broken, locked, printed
from tests.programs import needs

LINES = ("捐赠协议书", "甲方：梁启舟", "乙方：云麓大学教育发展基金会")
TEXT = "\n".join(LINES)


def read_lines(data: bytes, name: str) -> tuple[str, ...]:
    return tuple(line.text for line in read_paper(data, name=name).paper.lines)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_plain_text_is_read_in_the_encodings_of_windows(encoding: str, ends: str) -> None:
    assert read_lines(ends.join(LINES).encode(encoding), "协议.txt") == LINES


def test_blank_lines_count() -> None:
    read = read_paper("捐赠协议书\n\n甲方：梁启舟".encode(), name="协议.txt")

    assert [(line.number, line.text) for line in read.paper.lines] == [
        (1, "捐赠协议书"),
        (2, ""),
        (3, "甲方：梁启舟"),
    ]
    assert (read.route, read.docx, read.warnings) == (Route.TEXT, None, ())


def test_a_word_file_is_read_with_its_layout_and_kept_as_it_is() -> None:
    data = paper_of_lines(LINES)

    read = read_paper(data, name="协议.docx")

    assert (read.route, read.docx) == (Route.WORD, data)
    assert tuple(line.text for line in read.paper.lines)[:3] == LINES
    assert read.paper.page is not None
    assert read_lines(data, "协议.wps")[:3] == LINES


def test_a_pdf_is_read_and_to_be_compared() -> None:
    read = read_paper(printed(broken(*LINES)), name="协议.pdf")

    assert tuple(line.text for line in read.paper.lines) == LINES
    assert (read.route, read.docx, len(read.warnings)) == (Route.PDF, None, 1)


def test_a_page_of_a_pdf_that_is_a_picture_is_told() -> None:
    import io

    import pikepdf

    written = io.BytesIO()
    with (
        pikepdf.open(io.BytesIO(printed(broken(*LINES)))) as document,
        pikepdf.open(io.BytesIO(printed([], picture=True))) as scan,
    ):
        document.pages.extend(scan.pages)
        document.save(written)

    read = read_paper(written.getvalue(), name="协议.pdf")

    assert [warning.values.get("pages") for warning in read.warnings] == [None, ("2",)]


@pytest.fixture(scope="session")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], bytes]:
    """`saved("doc")`: the agreement as LibreOffice saves it under that kind."""
    soffice, folder = needs("soffice"), tmp_path_factory.mktemp("saved")
    (folder / "paper.docx").write_bytes(paper_of_lines(LINES))

    def save(kind: str) -> bytes:
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = [soffice, profile, "--headless", "--convert-to", kind,
                   "--outdir", str(folder), str(folder / "paper.docx")]  # fmt: skip
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return (folder / f"paper.{kind}").read_bytes()

    return save


@pytest.mark.parametrize(("kind", "name"), [("doc", "协议.wps"), ("rtf", "协议.rtf")])
def test_older_kinds_are_converted(saved: Callable[[str], bytes], kind: str, name: str) -> None:
    read = read_paper(saved(kind), name=name)

    assert read.route is Route.CONVERTED
    assert read.warnings[0] == BY_LIBREOFFICE
    assert read.docx is not None
    assert tuple(line.text for line in read.paper.lines)[:3] == LINES
    assert word_file(saved(kind), name=name)[:2] == b"PK"


@pytest.mark.parametrize(
    ("name", "data", "refusal"),
    [
        ("协议.png", samples.png(), ToBeTyped),
        ("协议.pdf", printed([], picture=True), ToBeTyped),
        ("名单.xlsx", samples.workbook(), NoAgreement),
        ("票据.ofd", samples.ofd_file(), NoAgreement),
        ("协议.txt", b" \n\t\n", NoWords),
        ("全集.txt", "协".encode() * (LONGEST + 1), TooLong),
        ("协议.docx", paper_of_lines(["", " "])[:900], NotAdmitted),
        ("协议.txt", paper_of_lines(LINES), NotAdmitted),
        ("协议.docx", TEXT.encode(), NotAdmitted),
        ("协议.txt", b"", NotAdmitted),
        ("协议.txt", bytes(300), NotAdmitted),
        ("协议.pdf", locked(printed(broken(*LINES)), "secret"), RefusedApart),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_remedy(
    name: str, data: bytes, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal) as refused:
        read_paper(data, name=name)

    error = refused.value
    remedies = [one.remedy for one in getattr(error, "refusals", ())]
    assert remedies or getattr(error, "remedy_sentence", None) is not None


def test_the_password_of_a_pdf_is_named() -> None:
    with pytest.raises(RefusedApart) as refused:
        read_paper(locked(printed(broken(*LINES)), "secret"), name="协议.pdf")

    assert refused.value.sentence.message == PdfProtected.message


@pytest.mark.parametrize(
    ("name", "data"),
    [("协议.txt", TEXT.encode()), ("协议.pdf", printed(broken(*LINES))), ("a.png", samples.png())],
)
def test_what_is_no_word_file_has_no_changes_to_settle(name: str, data: bytes) -> None:
    with pytest.raises(NoWordFile):
        word_file(data, name=name)


def test_the_gate_stands_before_everything() -> None:
    with pytest.raises(NotAdmitted):
        word_file(compound_file("_VBA_PROJECT", b"x"), name="协议.doc")
