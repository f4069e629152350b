"""What offices really send comes in; what contradicts itself stays out, with every reason."""

import io
import random
import time
import zipfile

import pytest

from donflow.errors import Refusal
from donflow.intake.gate import SIZE_LIMIT, NotAdmitted, inspect
from donflow.intake.kinds import FileKind
from donflow.intake.xml_parts import ELEMENT_LIMIT
from tests.intake import samples


def refusal_codes(data: bytes, name: str) -> list[str]:
    with pytest.raises(NotAdmitted) as refused:
        inspect(data, name=name)
    return [refusal.code for refusal in refused.value.refusals]


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (samples.word_file(), "捐赠协议书（第2稿）.docx", FileKind.DOCX),
        (samples.word_file(), "协议.DOCX", FileKind.DOCX),
        (samples.word_file(), "协议2026.4.18", FileKind.DOCX),
        (samples.workbook(), "银行流水.xlsx", FileKind.XLSX),
        (samples.pdf_file(), "扫描件.pdf", FileKind.PDF),
        (b"\xef\xbb\xbf\r\n" + samples.pdf_file(), "扫描件.pdf", FileKind.PDF),
        (samples.ofd_file(), "捐赠票据.ofd", FileKind.OFD),
        (
            '<?xml version="1.0" encoding="GB2312"?><票据>捐赠</票据>'.encode("gbk"),
            "票据.xml",
            FileKind.XML,
        ),
        (b"<EInvoice><Total>1000.00</Total></EInvoice>", "票据.xml", FileKind.XML),
        (samples.png(), "微信图片_20260418.png", FileKind.PNG),
        (samples.jpeg(), "原件.jpg", FileKind.JPEG),
        (samples.jpeg(), "原件.jfif", FileKind.JPEG),
        (samples.tiff((2480, 3508), (2480, 3508)), "扫描.tif", FileKind.TIFF),
        (samples.tiff((2480, 3508), order=">"), "扫描.tiff", FileKind.TIFF),
        (samples.OLE, "协议.doc", FileKind.OLE),
        (samples.OLE, "协议.wps", FileKind.OLE),
        (rb"{\rtf1\ansi}", "协议.doc", FileKind.RTF),
        ("姓名,班级\n梁启舟,1998级\n".encode("utf-8-sig"), "名单.csv", FileKind.TEXT),
        ("姓名,班级\n梁启舟,1998级\n".encode("gb18030"), "名单.csv", FileKind.TEXT),
        ("姓名\t班级\n".encode("utf-16"), "名单.txt", FileKind.TEXT),
        ("<梁启舟> 愿意捐赠".encode(), "微信.txt", FileKind.TEXT),
    ],
)
def test_what_offices_send_is_admitted(data: bytes, name: str, kind: FileKind) -> None:
    admitted = inspect(data, name=name)

    assert (admitted.kind, admitted.size, admitted.warnings) == (kind, len(data), ())


@pytest.mark.parametrize(
    ("data", "name", "codes"),
    [
        (b"", "协议.docx", ["empty"]),
        (b"x" * (SIZE_LIMIT + 1), "名单.txt", ["too_large"]),
        (samples.pdf_file(), "协议.docx", ["kind_differs"]),
        (samples.word_file(), "银行流水.xlsx", ["kind_differs"]),
        (b"@echo off\r\n", "名单.bat", ["kind_differs"]),
        (b"<!DOCTYPE html><html></html>", "流水.xls", ["kind_differs"]),
        (b"<html><body>x</body></html>", "票据.xml", ["kind_differs"]),
        (samples.png(), "gpj.\u202e.png", ["hidden_characters"]),
        (b"", "a\u202eb.docx", ["hidden_characters", "empty"]),
        (b"MZ\x90\x00\x03" + bytes(100), "协议.docx", ["program"]),
        (b"GIF89a" + bytes(20), "图.gif", ["picture_kind"]),
        (samples.archive({"a.txt": "x"}), "材料.zip", ["bundle"]),
        (samples.word_file()[:-200], "协议.docx", ["damaged"]),
        (b'<?xml version="1.0"?><a><b></a>', "票据.xml", ["damaged"]),
        (b'<?xml version="1.0" encoding="STF-8"?><a/>', "票据.xml", ["damaged"]),
        (b'<?xml version="1.0" encoding="big5"?><a/>', "票据.xml", ["damaged"]),
        (b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "票据.xml", ["doctype"]),
    ],
)
def test_what_does_not_fit_is_refused(data: bytes, name: str, codes: list[str]) -> None:
    assert refusal_codes(data, name) == codes


def test_every_reason_is_said_at_once_and_once() -> None:
    hostile = samples.archive(
        {
            **samples.PARTS,
            "word/vbaProject.bin": b"x",
            "word/vbaData.xml": "<a/>",
            "word/embeddings/oleObject1.bin": samples.OLE,
            "word/_rels/document.xml.rels": samples.relations("image", "https://example.org/a.png"),
            "../escape.xml": "<!DOCTYPE a><a/>",
        }
    )

    with pytest.raises(NotAdmitted) as refused:
        inspect(hostile, name="协议.pdf")

    assert sorted(refusal.code for refusal in refused.value.refusals) == [
        "doctype",
        "embedded_object",
        "external_relation",
        "kind_differs",
        "macros",
        "unsafe_part_name",
    ]
    assert refused.value.values["count"] == 6
    reasons = [str(refusal.reason) for refusal in refused.value.refusals]
    assert (
        "Its part word/_rels/document.xml.rels fetches https://example.org/a.png from outside."
        in reasons
    )


@pytest.mark.parametrize(
    ("stream", "codes"),
    [("_VBA_PROJECT", ["macros"]), ("\x01Ole10Native", ["embedded_object"])],
)
def test_old_office_files_with_macros_or_objects_are_refused(stream: str, codes: list[str]) -> None:
    assert refusal_codes(samples.OLE + stream.encode("utf-16-le"), "协议.doc") == codes


def test_a_word_file_behind_a_password_is_refused_for_that_alone() -> None:
    wrapped = samples.OLE + "EncryptedPackage".encode("utf-16-le")

    assert refusal_codes(wrapped, "协议.docx") == ["protected"]


def test_six_hundred_damaged_files_are_admitted_or_refused_but_never_crash() -> None:
    # Bits flipped, ends and middles cut; the seed is fixed, so a failure can be repeated.
    dice, seeds = random.Random(22), (samples.word_file(), samples.workbook(), samples.pdf_file())
    refusals: list[Refusal] = []
    for number in range(600):
        data = _damaged(seeds[number % 3], dice)
        began = time.perf_counter()
        try:
            inspect(data, name="来件")
        except NotAdmitted as refused:
            refusals += refused.refusals
        assert time.perf_counter() - began < 2

    assert len(refusals) > 300
    assert all(str(one.reason) and str(one.remedy) for one in refusals)


def _damaged(whole: bytes, dice: random.Random) -> bytes:
    data = bytearray(whole)
    match dice.choice(("flip", "flip", "end", "middle")):
        case "flip":
            for _ in range(dice.randint(1, 20)):
                data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
        case "end":
            del data[dice.randrange(len(data)) :]
        case "middle":
            start, end = sorted(dice.sample(range(len(data)), 2))
            del data[start:end]
    return bytes(data)


def test_a_roster_of_more_cells_than_a_letter_may_have_comes_in() -> None:
    with zipfile.ZipFile(io.BytesIO(samples.workbook())) as book:
        parts: dict[str, str | bytes] = {name: book.read(name) for name in book.namelist()}
    cells = "<a>" + "<b/>" * (ELEMENT_LIMIT + 1) + "</a>"
    roster = samples.archive({**parts, "xl/worksheets/sheet2.xml": cells})

    assert inspect(roster, name="名册.xlsx").kind is FileKind.XLSX
