"""What must not come in, each with a sentence and a remedy of its own."""
# ruff: noqa: E501 - each case on one line

from __future__ import annotations

import pikepdf
import pytest
from pikepdf import Name

from donflow.intake.gate import NotAdmitted, inspect
from tests.intake import office_files as office
from tests.intake import samples

DOCX = samples.word_file()
BEFORE_97 = b"\x85\0\x0d\0\x20\0\0\0\0\x01\x06Macro1"
HUGE_PNG = samples.png(50_000, 50_000)
HUGE_BMP = (
    b"BM"
    + bytes(16)
    + (50_000).to_bytes(4, "little")
    + (-50_000).to_bytes(4, "little", signed=True)
)
EQUAL = b"<a/>"
UTF7 = b'<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE a+AD4APA-a/+AD4-'
NESTED = "<a>" * 300 + "</a>" * 300
REMOTE = ' INCLUDEPICTURE "https://example.org/a.png" \\* MERGEFORMATINET '
DDE_BOOK = '<externalLink><ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>'


def letter_with(*runs: str) -> bytes:
    return office.letter(office.field(*runs))


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        # names of parts
        ("a.docx", office.raw_letter(b"../../evil.xml", EQUAL), "unsafe_part_name"),
        ("a.docx", office.raw_letter(b"/etc/x"), "unsafe_part_name"),
        ("a.docx", office.raw_letter(b"C:/x"), "unsafe_part_name"),
        ("a.docx", office.raw_letter(b"word\\x"), "unsafe_part_name"),
        ("a.docx", office.raw_letter(b"word//x"), "unsafe_part_name"),
        ("a.docx", office.raw_letter(b"word/aux.bin"), "unsafe_part_name"),
        ("a.docx", office.raw_letter(b"word/COM1"), "unsafe_part_name"),
        ("a.docx", office.raw_letter(b"word/x."), "unsafe_part_name"),
        ("a.docx", office.raw_letter(b"word/x "), "unsafe_part_name"),
        ("a.docx", office.raw_letter(b"x" * 300), "unsafe_part_name"),
        ("a.docx", office.raw_letter(b"word/a\x00.xml"), "unsafe_part_name"),
        ("a.docx", office.raw_letter("word/\u202egpj.x".encode(), flags=0x800), "unsafe_part_name"),
        # parts that two readers would read in two ways
        ("a.docx", office.raw_letter(b"word/document.xml", EQUAL), "doubled_part"),
        ("a.docx", office.raw_letter(b"WORD/Document.XML", EQUAL), "doubled_part"),
        ("a.docx", samples.archive({**samples.PARTS, "word/\u00e9.bin": b"1", "word/e\u0301.bin": b"2"}), "doubled_part"),
        ("a.docx", office.raw_letter(b"word/a.bin", own_name=b"word/b.bin"), "wrong_part_size"),
        ("a.docx", DOCX + DOCX, "second_file"),
        ("a.docx", DOCX + b"MZ" + bytes(30), "second_file"),
        ("a.docx", samples.archive({**samples.PARTS, "z.bin": b""})[:-2] + b"\x04\x00PK\x05\x06", "damaged"),
        # XML
        ("a.docx", samples.word_with("word/styles.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), "doctype"),
        ("a.docx", samples.word_with("word/styles.xml", "<!DOCTYPE a><a/>".encode("utf-16-be")), "doctype"),
        ("a.docx", samples.word_with("word/styles.xml", "\ufeff<!DOCTYPE a><a/>".encode("utf-16-be")), "doctype"),
        ("a.docx", samples.word_with("word/styles.xml", UTF7), "damaged"),
        ("a.docx", samples.word_with("word/styles.xml", NESTED), "nested_too_deeply"),
        ("a.docx", samples.word_with("word/styles.xml", "<a>" + "<b/>" * 1_600_000 + "</a>"), "too_many_elements"),
        ("a.xml", b"<?xml version='1.0'?><a b='" + b"x" * 20 * 2**20 + b"'/>", "tag_too_long"),
        ("a.xml", "\ufeff<!DOCTYPE a><a/>".encode("utf-16-le"), "doctype"),
        ("a.xml", ("<?xml version='1.0'?>" + NESTED).encode(), "nested_too_deeply"),
        # fields
        ("a.docx", letter_with(' DDEAUTO c:\\\\windows\\\\cmd.exe "/k calc" '), "program_field"),
        ("a.docx", letter_with("D", "D", "E", "AUTO cmd"), "program_field"),
        ("a.docx", letter_with(' "DDE" excel'), "program_field"),
        ("a.docx", office.letter(office.simple_field("DDE excel")), "program_field"),
        ("a.docx", office.letter(office.computed_field()), "program_field"),
        ("a.docx", office.letter("<w:r><w:instrText>DDEAUTO cmd</w:instrText></w:r>"), "program_field"),
        ("a.docx", samples.word_with("word/footer1.xml", f"<w:ftr {office.W}>{office.field('DDE', 'AUTO x')}</w:ftr>"), "program_field"),
        ("a.docx", letter_with(REMOTE), "fetching_field"),
        ("a.docx", letter_with(' INCLUDETEXT "\\\\\\\\server\\\\a.docx"'), "fetching_field"),
        ("a.docx", letter_with('LINK Excel.Sheet.8 "https://example.org/a.xlsx"'), "fetching_field"),
        ("a.docx", samples.word_with("xl/externalLinks/externalLink1.xml", DDE_BOOK), "program_field"),
        # what stands inside
        ("a.docx", samples.word_with("word/media/a.png", HUGE_PNG), "too_many_pixels"),
        ("a.docx", samples.word_with("word/media/a.jpg", samples.jpeg(50_000, 50_000)), "too_many_pixels"),
        ("a.docx", samples.word_with("word/media/a.tif", samples.tiff((50_000, 50_000))), "too_many_pixels"),
        ("a.docx", samples.word_with("word/media/a.bmp", HUGE_BMP), "too_many_pixels"),
        ("a.docx", samples.word_with("word/media/a.gif", b"GIF89a" + b"\xff" * 4), "too_many_pixels"),
        ("a.ofd", office.ofd(**{"Doc_0__Res__a.png": HUGE_PNG}), "too_many_pixels"),
        ("a.ofd", office.ofd(**{"Doc_0__Attachs__a.zip": samples.archive({"b": "x"})}), "nested_archive"),
        ("a.docx", samples.word_with("word/embeddings/a.xlsx", samples.word_with("xl/vbaProject.bin", b"x")), "macros"),
        ("a.docx", samples.word_with("word/embeddings/a.xlsx", samples.word_with("w/m.png", HUGE_PNG)), "too_many_pixels"),
        # PDF
        ("a.pdf", office.pdf(OpenAction=pikepdf.Dictionary(S=Name.JavaScript, JS="x")), "pdf_script"),
        ("a.pdf", office.pdf(AA=pikepdf.Dictionary(O=pikepdf.Dictionary(S=Name.Launch, F="x"))), "pdf_launch"),
        ("a.pdf", office.scan("JBIG2Decode", b"x", 60_000, 60_000), "too_many_pixels"),
        ("a.pdf", office.many_pages(2_001), "too_many_pages"),
        ("a.pdf", samples.pdf_file() + b"\n1 0 obj" * 300_001 + b"\n%%EOF", "too_many_objects"),
        ("a.pdf", samples.pdf_file() + DOCX, "second_file"),
        ("a.pdf", samples.pdf_file() + b"x" * 5_000, "second_file"),
        ("a.pdf", office.pdf(OpenAction=pikepdf.Dictionary(S=Name.GoTo)) + b"/F#41 " * 100_000 + b"%%EOF", "pdf_hidden"),
        # from before 2007
        ("a.xls", office.old_sheet((0x2F, bytes(54))), "protected"),
        ("a.xls", office.old_sheet(kind=1), "macros"),
        ("a.xls", office.old_sheet(*[(0x31, bytes(60))] * 99, kind=1), "macros"),
        ("a.xls", samples.OLE + BEFORE_97, "macros"),
        ("a.doc", office.old_letter(0x100), "protected"),
        ("a.xls", b"<html><table></table></html>", "kind_differs"),
        ("a.xls", "日期\t金额\n".encode("gbk"), "kind_differs"),
        ("a.xls", b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "kind_differs"),
        # mail, pictures of other kinds, bundles, programs
        ("a.msg", samples.OLE + "__properties_version1.0".encode("utf-16-le"), "mail"),
        ("a.eml", b"From: a@example.org\nSubject: x\n\nText", "mail"),
        ("a.heic", b"\0\0\0\x18ftypheic" + bytes(50), "picture_kind"),
        ("a.webp", b"RIFF\x10\0\0\0WEBPVP8 " + bytes(20), "picture_kind"),
        ("a.bmp", b"BM\x36\0\0\0\0\0\0\0" + bytes(50), "picture_kind"),
        ("a.rar", b"Rar!\x1a\x07\x01\x00" + bytes(10), "bundle"),
        ("a.exe", b"\x7fELF\x02" + bytes(20), "program"),
        ("a.png", samples.png() + DOCX, "second_file"),
        ("a.jpg", samples.jpeg() + samples.archive({"a": "b"}), "second_file"),
    ],
)  # fmt: skip
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_it_stays_out_with_this_reason_and_a_remedy(name: str, data: bytes, code: str) -> None:
    with pytest.raises(NotAdmitted) as refused:
        inspect(data, name=name)

    refusals = refused.value.refusals
    assert [one.code for one in refusals] == [code]
    assert all(str(one.reason) and str(one.remedy) for one in refusals)


def test_a_sheet_that_is_none_names_the_way_to_make_it_one() -> None:
    with pytest.raises(NotAdmitted) as refused:
        inspect("日期\t金额\n".encode("gbk"), name="流水.xls")

    assert str(refused.value.refusals[0].remedy).endswith("save it as .xlsx, and take that.")


def test_a_thousand_reasons_are_told_as_forty() -> None:
    parts = {f"word/{number}.xml": b"<" for number in range(1_000)}

    with pytest.raises(NotAdmitted) as refused:
        inspect(samples.archive({**samples.PARTS, **parts}), name="a.docx")

    assert len(refused.value.refusals) == 40


def test_the_sample_of_a_stored_zip_is_one() -> None:
    # Else the refusals above might be due to how the zip is made by hand.
    assert inspect(office.raw_letter(b"word/a.bin"), name="a.docx").warnings == ()
