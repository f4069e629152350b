"""What really comes to an office comes in; of what might mislead, a person is told."""
# ruff: noqa: E501 - each case on one line

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf
import pytest
import python_calamine
from pikepdf import Name

from donflow.intake.gate import inspect
from donflow.intake.kinds import FileKind
from tests.intake import office_files as office
from tests.intake import samples

ADDRESS = pikepdf.Dictionary(S=Name.URI, URI="https://example.org/")
SEND = pikepdf.Dictionary(S=Name.SubmitForm, F="https://example.org/")
GO_TO = pikepdf.Dictionary(S=Name.GoTo, D=pikepdf.Array([0, Name.Fit]))
PNG, JPEG = samples.png(), samples.jpeg()
LOCAL = r'INCLUDEPICTURE "C:\\Users\\office\\章.png" \* MERGEFORMAT'
BOOK = samples.workbook()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("WPS协议.docx", office.wps_letter()),
        ("浏览器另存.docx", office.streamed_letter()),
        ("修订.docx", office.letter(office.TRACKED)),
        ("链接.docx", samples.word_with("word/_rels/document.xml.rels", samples.relations("hyperlink", "mailto:lin@example.org"))),
        ("页码.docx", office.letter(office.field("PAGE", r" \* MERGEFORMAT"))),
        ("目录.docx", office.letter(office.field(r'TOC \o "1-3" \h \z \u'))),
        ("合并域.docx", office.letter(office.simple_field(" MERGEFIELD 姓名 "))),
        ("点此.docx", office.letter(office.field('HYPERLINK "https://example.org/"'))),
        ("缩略图.docx", samples.word_with("docProps/thumbnail.jpeg", JPEG)),
        ("内嵌字体.docx", samples.word_with("word/fonts/font1.odttf", b"MZ\x01\x02" * 16)),
        ("矢量图.docx", office.letter("", **{"word__media__a.svg": office.SVG, "word__media__a.png": PNG})),
        ("批注.docx", samples.word_with("word/comments.xml", "<w:comments xmlns:w='x'/>")),
        ("照片.docx", samples.word_with("word/media/image1.jpeg", samples.jpeg(4000, 3000))),
        ("动图.docx", samples.word_with("word/media/image1.gif", b"GIF89a\x10\0\x10\0")),
        ("扫描图.docx", samples.word_with("word/media/image1.tiff", samples.tiff((2480, 3508)))),
        ("电子票据.ofd", office.ofd()),
        ("数电发票.xml", b'<?xml version="1.0" encoding="UTF-8"?><EInvoice/>'),
        ("扫描.pdf", office.scan("JBIG2Decode", b"\x97JB2\r\n\x1a\n" + bytes(40))),
        ("传真.pdf", office.scan("CCITTFaxDecode", b"\x00\x10\x01" * 30)),
        ("高清.pdf", office.scan("JPXDecode", b"\x00\x00\x00\x0cjP  \r\n\x87\n" + bytes(40))),
        ("打开到首页.pdf", office.pdf(OpenAction=GO_TO)),
        ("补签.pdf", samples.pdf_file() + b"\n1 0 obj <<>> endobj\nstartxref\n0\n%%EOF\r\n\0\0"),
        ("流水.xls", office.old_sheet((0x42, b"\xb0\x04"))),
        ("表.et", office.old_sheet()),
        ("图表.xls", office.old_sheet(kind=2)),
        ("协议.doc", office.old_letter(0)),
        ("协议.wps", office.old_letter(0)),
    ],
)  # fmt: skip
def test_it_comes_in_without_a_word(name: str, data: bytes) -> None:
    assert inspect(data, name=name).warnings == ()


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("docx", FileKind.DOCX),
        ("doc", FileKind.OLE),
        ("pdf", FileKind.PDF),
        ("rtf", FileKind.RTF),
    ],
)
def test_what_libreoffice_writes_comes_in(
    converted: Callable[[str], bytes], kind: str, expected: FileKind
) -> None:
    admitted = inspect(converted(kind), name=f"来件.{kind}")

    assert (admitted.kind, admitted.warnings) == (expected, ())


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("图表.docx", samples.word_with("word/embeddings/Sheet1.xlsx", BOOK), "another file inside"),
        ("元文件.docx", samples.word_with("word/media/image1.emf", b"\x01\0\0\0" + bytes(80)), "drawing that was not"),
        ("旧图.docx", office.letter(office.field(LOCAL)), "author's machine"),
        ("链表.docx", office.letter(office.field(r'LINK Excel.Sheet.8 "D:\\账.xlsx" "A1"')), "author's machine"),
        ("外链.docx", samples.word_with("xl/connections.xml", "<connections/>"), "database"),
        ("票据.pdf", office.receipt_pdf(), "other files inside"),
        ("防改.pdf", office.protected_pdf(), "is protected"),
        ("报送.pdf", office.pdf(OpenAction=SEND), "by itself"),
        ("打开网页.pdf", office.pdf(OpenAction=ADDRESS), "by itself"),
        ("表单.pdf", office.pdf(AcroForm=pikepdf.Dictionary(XFA=pikepdf.Array([]))), "form whose fields"),
    ],
)  # fmt: skip
def test_it_comes_in_and_a_person_is_told(name: str, data: bytes, told: str) -> None:
    (warning,) = inspect(data, name=name).warnings

    assert told in str(warning)


def test_the_sheet_of_a_bank_is_a_real_one() -> None:
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(office.old_sheet()))

    assert book.sheet_names == ["流水"]
    assert book.get_sheet_by_index(0).to_python() == [[1000.25]]


def test_an_address_to_be_clicked_on_is_not_called_by_itself() -> None:
    data = office.pdf(OpenAction=GO_TO, Somewhere=ADDRESS)

    assert inspect(data, name="链接.pdf").warnings == ()
