"""Files as offices send them, and as nobody should, in the markup that their makers document."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

import pikepdf

from tests.intake import samples

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WPS_PARTS: dict[str, str | bytes] = {
    "docProps/app.xml": "<Properties><Application>WPS Office</Application></Properties>",
    "docProps/custom.xml": (
        '<Properties><property name="KSOProductBuildVer"><lpwstr>2052-12.1.0.16929</lpwstr>'
        '</property><property name="ICV"><lpwstr>A1B2_12</lpwstr></property></Properties>'
    ),
    "customXml/item1.xml": '<s:customData xmlns:s="http://www.wps.cn/officeDocument/2013/'
    'wpsCustomData"><customSectProps><customSectPr/></customSectProps></s:customData>',
    "customXml/itemProps1.xml": "<datastoreItem/>",
    "customXml/_rels/item1.xml.rels": samples.relations("customXmlProps", "a.xml", "Internal"),
    "word/theme/theme1.xml": "<theme/>",
}


def letter(body: str, **parts: str | bytes) -> bytes:
    """A Word file with this body; further parts by name, `/` written as `__`."""
    named = {name.replace("__", "/"): part for name, part in parts.items()}
    document = f"<w:document {W}><w:body>{body}</w:body></w:document>"
    return samples.archive({**samples.PARTS, "word/document.xml": document, **named})


def wps_letter() -> bytes:
    return samples.archive({**samples.PARTS, **WPS_PARTS})


def field(*runs: str) -> str:
    """A field whose code is split over these runs."""
    code = "".join(f"<w:r><w:instrText>{run}</w:instrText></w:r>" for run in runs)
    return (
        f'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>{code}'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )


def simple_field(code: str) -> str:
    return f'<w:p><w:fldSimple w:instr="{code}"><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p>'


def computed_field() -> str:
    """A field whose name is put together by another one: { { QUOTE 68 68 69 } "cmd" }."""
    inner = field("QUOTE 68 68 69").removeprefix("<w:p>").removesuffix("</w:p>")
    return (
        f'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>{inner}'
        '<w:r><w:instrText> "cmd"</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )


TRACKED = (
    '<w:p><w:ins w:id="1" w:author="周审核"><w:r><w:t>伍拾</w:t></w:r></w:ins>'
    '<w:del w:id="2" w:author="周审核"><w:r><w:delText>肆拾</w:delText></w:r></w:del></w:p>'
)
SVG = '<svg xmlns="http://www.w3.org/2000/svg"><circle r="5"/></svg>'


def raw_zip(*members: tuple[bytes, bytes], flags: int = 0, own_name: bytes | None = None) -> bytes:
    """A zip written byte by byte, with names as they stand; `own_name` is the last member's own."""
    body, directory = b"", b""
    for number, (name, content) in enumerate(members):
        here = own_name if own_name and number == len(members) - 1 else name
        crc, size = zlib.crc32(content), len(content)
        sizes = struct.pack("<III", crc, size, size)
        entry = struct.pack("<HHHHH", 20, flags, 0, 0, 0x21) + sizes
        directory += (
            b"PK\x01\x02\x14\x00"
            + entry
            + struct.pack("<HHHHHII", len(name), 0, 0, 0, 0, 0, len(body))
            + name
        )
        body += b"PK\x03\x04" + entry + struct.pack("<HH", len(here), 0) + here + content
    count = len(members)
    end = struct.pack("<HHHHIIH", 0, 0, count, count, len(directory), len(body), 0)
    return body + directory + b"PK\x05\x06" + end


def raw_letter(name: bytes, content: bytes = b"x", **options: object) -> bytes:
    parts = [(key.encode(), str(body).encode()) for key, body in samples.PARTS.items()]
    return raw_zip(*parts, (name, content), **options)  # type: ignore[arg-type]


def streamed_letter() -> bytes:
    """As a program writes it that cannot go back: sizes stand behind each member."""

    class OneWay(io.RawIOBase):
        def __init__(self) -> None:
            self.data = b""

        def writable(self) -> bool:
            return True

        def write(self, piece: bytes) -> int:  # type: ignore[override]
            self.data += bytes(piece)
            return len(piece)

    written = OneWay()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as file:  # type: ignore[call-overload]
        for name, body in samples.PARTS.items():
            file.writestr(name, body)
    return written.data


def pdf(**catalogue: object) -> bytes:
    """A real PDF with these entries in its catalogue."""
    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(samples.pdf_file())) as document:
        for name, value in catalogue.items():
            document.Root[f"/{name}"] = value
        document.save(written)
    return written.getvalue()


def scan(filter_: str, content: bytes, width: int = 2480, height: int = 3508) -> bytes:
    """A scan as a machine in an office makes it: one page, one picture packed with `filter_`."""
    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(samples.pdf_file())) as document:
        picture = pikepdf.Stream(document, content)
        picture.Type, picture.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
        picture.Width, picture.Height = width, height
        picture.ColorSpace, picture.BitsPerComponent = pikepdf.Name.DeviceGray, 1
        document.pages[0].Resources.XObject = pikepdf.Dictionary(Im0=picture)
        document.save(written, compress_streams=False)
    return written.getvalue().replace(
        b"/Type /XObject", b"/Filter /%s /Type /XObject" % filter_.encode()
    )


def protected_pdf() -> bytes:
    """Anyone may read it, nobody change it."""
    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(samples.pdf_file())) as document:
        document.save(written, encryption=pikepdf.Encryption(owner="林秘书", user=""))
    return written.getvalue()


def receipt_pdf() -> bytes:
    """An electronic receipt: its data attached as XML."""
    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(samples.pdf_file())) as document:
        document.attachments["票据.xml"] = "<票据/>".encode()
        document.save(written)
    return written.getvalue()


def many_pages(count: int) -> bytes:
    return samples.pdf_file().replace(b"%%EOF", b"<</Type /Page>>" * count + b"\n%%EOF")


def ofd(**parts: str | bytes) -> bytes:
    """GB/T 33190: a zip of XML, with its signature and its picture of the seal."""
    seal = b"\x30\x82" + bytes(range(256))
    return samples.archive(
        {
            "OFD.xml": '<ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016" Version="1.0"/>',
            "Doc_0/Document.xml": "<Document/>",
            "Doc_0/Signs/Signatures.xml": "<Signatures/>",
            "Doc_0/Signs/Sign_0/SignedValue.dat": seal,
            "Doc_0/Attachs/original_invoice.xml": "<票据>1000.00</票据>",
            **{name.replace("__", "/"): part for name, part in parts.items()},
        }
    )


def old_sheet(*records: tuple[int, bytes], kind: int = 0) -> bytes:
    """A workbook from before 2007 (MS-XLS), as banks export it: one sheet 流水 with 1000.25 in A1.

    Further records follow the first one. Of another kind, 1, is a sheet of macros, hidden well.
    """
    sheet = "流水".encode("utf-16-le")
    name = struct.pack("<BB", len(sheet) // 2, 1) + sheet
    looks = struct.pack("<BB", 2 * kind, kind)
    begin = _records((0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 6)), *records)
    place = len(begin) + 4 + 6 + len(name) + 4
    return compound_file(
        "Workbook",
        begin
        + _records(
            (0x85, struct.pack("<I", place) + looks + name),
            (0x0A, b""),
            (0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 6)),
            (0x203, struct.pack("<HHHd", 0, 0, 0, 1000.25)),
            (0x0A, b""),
        ),
    )


def old_letter(flags: int) -> bytes:
    """The first block of a letter from before 2007 (MS-DOC)."""
    return compound_file("WordDocument", b"\xec\xa5" + bytes(8) + struct.pack("<H", flags))


def compound_file(name: str, stream: bytes) -> bytes:
    """A file with one stream (MS-CFB): the stream first, then the directory, then the table."""
    stream = stream.ljust(4096, b"\0")
    stream += bytes(-len(stream) % 512)
    count = len(stream) // 512
    table = [*range(1, count), _END_OF_CHAIN, _END_OF_CHAIN, _TABLE]
    head = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16)
    head += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<IIIIIIIII", 0, 1, count, 0, 4096, _END_OF_CHAIN, 0, _END_OF_CHAIN, 0)
    head += struct.pack("<I", count + 1) + b"\xff" * 4 * 108
    root = _entry("Root Entry", 5, child=1, start=_END_OF_CHAIN, size=0)
    directory = root + _entry(name, 2, child=_NONE, start=0, size=len(stream))
    links = b"".join(struct.pack("<I", one) for one in table).ljust(512, b"\xff")
    return head + stream + directory.ljust(512, b"\0") + links


def _entry(name: str, kind: int, *, child: int, start: int, size: int) -> bytes:
    spelt = name.encode("utf-16-le") + b"\0\0"
    entry = spelt.ljust(64, b"\0") + struct.pack("<HBB", len(spelt), kind, 1)
    return entry + struct.pack("<III36xIQ", _NONE, _NONE, child, start, size)


def _records(*records: tuple[int, bytes]) -> bytes:
    return b"".join(struct.pack("<HH", code, len(body)) + body for code, body in records)


_END_OF_CHAIN, _TABLE, _NONE = 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
