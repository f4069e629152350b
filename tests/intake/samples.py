"""Good files as their real writers make them, and archives made by hand."""

import io
import struct
import zipfile
import zlib

import docx
import xlsxwriter
from reportlab.pdfgen.canvas import Canvas

CONTENT_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.wordprocessingml.document.main+xml"/></Types>'
)
DOCUMENT = (
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    "<w:body><w:p><w:r><w:t>捐赠协议书</w:t></w:r></w:p></w:body></w:document>"
)
PARTS = {"[Content_Types].xml": CONTENT_TYPES, "word/document.xml": DOCUMENT}
OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)


def word_file() -> bytes:
    document = docx.Document()
    document.add_paragraph("捐赠金额：人民币伍拾万元整")
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def workbook() -> bytes:
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True}) as book:
        book.add_worksheet().write_string(0, 0, "梁启舟")
    return written.getvalue()


def pdf_file() -> bytes:
    written = io.BytesIO()
    canvas = Canvas(written)
    canvas.drawString(72, 72, "G2026-0017")
    canvas.save()
    return written.getvalue()


def ofd_file() -> bytes:
    # Receipts in OFD declare UTF-8; some writers declare GBK.
    body = '<?xml version="1.0" encoding="GBK"?><ofd>捐赠票据</ofd>'.encode("gbk")
    return archive({"OFD.xml": '<ofd:OFD xmlns:ofd="x"/>', "Doc_0/Document.xml": body})


def png(width: int = 4, height: int = 3) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(bytes(5 * 3))
    chunks = ((b"IHDR", header), (b"IDAT", rows), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in chunks
    )


def jpeg(width: int = 4, height: int = 3) -> bytes:
    """Start, an EXIF segment that holds a thumbnail's frame header, fill bytes, the frame."""
    thumbnail = b"Exif\0\0" + b"\xff\xc0\x00\x11\x08" + struct.pack(">HH", 60000, 60000)
    exif = b"\xff\xe1" + struct.pack(">H", len(thumbnail) + 2) + thumbnail
    frame = b"\xff\xff\xff\xc2\x00\x11\x08" + struct.pack(">HH", height, width) + bytes(10)
    return b"\xff\xd8" + exif + frame + b"\xff\xd9"


def tiff(*pages: tuple[int, int], order: str = "<", back_to_start: bool = False) -> bytes:
    data = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(f"{order}I", 8)
    for number, (width, height) in enumerate(pages):
        data += struct.pack(f"{order}H", 2)
        data += struct.pack(f"{order}HHII", 256, 4, 1, width)
        data += struct.pack(f"{order}HHIHH", 257, 3, 1, height, 0)
        last = number == len(pages) - 1
        following = (8 if back_to_start else 0) if last else len(data) + 4
        data += struct.pack(f"{order}I", following)
    return data


def archive(parts: dict[str, str | bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", method) as file:
        for name, body in parts.items():
            # A name set afterwards is written as it stands, also a hostile one.
            info = zipfile.ZipInfo("part")
            info.filename, info.compress_type = name, method
            file.writestr(info, body)
    return written.getvalue()


def word_with(name: str, body: str | bytes) -> bytes:
    """A plain Word file and one more part (or the same part with another body)."""
    return archive({**PARTS, name: body})


def relations(type_: str, target: str, mode: str = "External") -> str:
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        f'relationships/{type_}" Target="{target}" TargetMode="{mode}"/></Relationships>'
    )
