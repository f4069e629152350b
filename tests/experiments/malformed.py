"""Malformed files: seeds as offices make them, what can happen to them, and who reads them."""

from __future__ import annotations

import base64
import io
import json
import random
import re
import time
import warnings
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import docx

from donflow.errors import DonflowError
from donflow.intake.gate import SIZE_LIMIT, NotAdmitted, inspect
from donflow.shipping import shipped
from donflow.word.reading import as_json, read
from donflow.word.templating.compiling import compile_template
from tests.intake import office_files as office
from tests.intake import samples

Members = list[tuple[str, bytes]]
READER = "tests.experiments.malformed:read_all"
WEIGHER = "tests.experiments.malformed:weigh"


def word_seeds() -> list[bytes]:
    """Word files of python-docx, of our own makers, and in the markup of Word and WPS."""
    templates = sorted(Path(shipped("agreement_templates")).glob("*/template.docx"))
    return [
        samples.word_file(),
        _with_table(),
        _with_header(),
        _with_list(),
        _with_picture(),
        *(path.read_bytes() for path in templates[:1]),
        office.wps_letter(),
        office.streamed_letter(),
        office.letter(office.TRACKED),
        office.letter(office.field("PAGE") + office.simple_field("NUMPAGES")),
        samples.word_with("word/comments.xml", f"<w:comments {office.W}><w:comment/></w:comments>"),
        samples.word_with("word/embeddings/Sheet1.xlsx", samples.workbook()),
        samples.word_with("word/media/image1.png", samples.png()),
    ]


def other_seeds() -> list[bytes]:
    return [
        samples.pdf_file(),
        office.receipt_pdf(),
        office.protected_pdf(),
        office.scan("JBIG2Decode", b"\x97JB2\r\n\x1a\n" + bytes(400)),
        office.ofd(),
        office.old_sheet(),
        office.old_letter(0),
        samples.workbook(),
        samples.jpeg(4000, 3000),
        samples.tiff((2480, 3508), (2480, 3508)),
    ]


def damaged(whole: bytes, dice: random.Random) -> bytes:
    """Bits flipped, the end or a middle cut: what happens on the way."""
    data = bytearray(whole)
    match dice.choice(("flip", "flip", "end", "middle")):
        case "flip":
            for _ in range(dice.randint(1, 20)):
                data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
        case "end":
            del data[dice.randrange(len(data)) :]
        case _:
            start, end = sorted(dice.sample(range(len(data)), 2))
            del data[start:end]
    return bytes(data)


def rewritten(whole: bytes, dice: random.Random) -> bytes:
    """A Word file whose parts somebody changed: one is dropped, doubled, or spelt otherwise."""
    with zipfile.ZipFile(io.BytesIO(whole)) as file:
        members = [(info.filename, file.read(info)) for info in file.infolist()]
    at = dice.choice([at for at, (name, _) in enumerate(members) if name.endswith(("xml", "rels"))])
    members = dice.choice(_CHANGES)(members, at, dice)
    written = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as file:
        warnings.simplefilter("ignore")  # zipfile itself warns of a doubled name
        for name, body in members:
            file.writestr(name, body)
    return written.getvalue()


def _dropped(members: Members, at: int, _: random.Random) -> Members:
    return members[:at] + members[at + 1 :]


def _doubled(members: Members, at: int, _: random.Random) -> Members:
    return [*members, members[at]]


def _emptied(members: Members, at: int, _: random.Random) -> Members:
    return _with(members, at, b"")


def _without_a_tag(members: Members, at: int, dice: random.Random) -> Members:
    body = members[at][1]
    tag = dice.choice(list(re.finditer(rb"<[^>]+>", body)))
    return _with(members, at, body[: tag.start()] + body[tag.end() :])


def _with_another_value(members: Members, at: int, dice: random.Random) -> Members:
    body = members[at][1]
    found = list(re.finditer(rb'="[^"]*"', body))
    if not found:
        return _emptied(members, at, dice)
    value = dice.choice(found)
    other = dice.choice((b"", b"-1", b"9" * 40, b"../../x", b"\x00", b"&b;", "亿".encode() * 9))
    return _with(members, at, body[: value.start()] + b'="' + other + b'"' + body[value.end() :])


def _in_another_encoding(members: Members, at: int, dice: random.Random) -> Members:
    text = members[at][1].decode("utf-8")
    encoding = dice.choice(("utf-16", "gb18030", "utf-7", "cp037"))
    return _with(members, at, text.encode(encoding, "replace"))


def _with(members: Members, at: int, body: bytes) -> Members:
    return [*members[:at], (members[at][0], body), *members[at + 1 :]]


_CHANGES: tuple[Callable[[Members, int, random.Random], Members], ...] = (
    _dropped,
    _doubled,
    _emptied,
    _without_a_tag,
    _with_another_value,
    _in_another_encoding,
)


def bomb() -> bytes:
    """A Word file of 200 kB whose text takes 180 MB."""
    with zipfile.ZipFile(io.BytesIO(samples.word_file())) as file:
        parts: dict[str, str | bytes] = {name: file.read(name) for name in file.namelist()}
    parts["word/document.xml"] = b"<text>" + b"0" * 180_000_000 + b"</text>"
    return samples.archive(parts)


def packed(files: list[bytes], *, gate: bool = True, reader: str = "template") -> bytes:
    """What `read_all` takes in: the files, whether the gate stands, and which reader follows."""
    spelt = [base64.b64encode(data).decode() for data in files]
    return json.dumps({"gate": gate, "reader": reader, "files": spelt}).encode()


def read_all(told: bytes) -> dict[str, object]:
    """Each file through the gate, and where it comes in, through a reader of Word files.

    Without the gate straight into the reader (of templates: python-docx, as others do it). To be
    run apart.
    Answers each outcome with its seconds, and the most memory that was taken
    beyond the start, in MiB.
    """
    plain = json.loads(told)
    files = [base64.b64decode(data) for data in plain["files"]]
    before = _peak()
    outcomes = [_read(data, gate=plain["gate"], reader=plain["reader"]) for data in files]
    return {"outcomes": outcomes, "memory": _peak() - before}


def weigh(path: bytes) -> dict[str, object]:
    """Read the file at this path through the gate; answers seconds of work and MiB taken."""
    before = _peak()
    data = Path(path.decode()).read_bytes()
    outcome = _read(data, gate=True, reader="template")
    return {**outcome, "memory": _peak() - before}


def _read(data: bytes, *, gate: bool, reader: str) -> dict[str, object]:
    began = time.process_time()
    outcome: dict[str, object]
    try:
        outcome = {"end": "read"}
        if gate and inspect(data, name="来件").kind != "docx":
            pass
        elif reader == "returned":
            outcome["said"] = as_json(read(data), str)
        elif gate:
            compile_template(data)
        else:
            docx.Document(io.BytesIO(data))
    except NotAdmitted as refused:
        reasons = [(one.code, str(one.reason), str(one.remedy)) for one in refused.refusals]
        outcome = {"end": "refused", "reasons": reasons}
    except DonflowError as refused:
        outcome = {
            "end": "refused",
            "reasons": [(refused.code, str(refused), str(refused.remedy_sentence))],
        }
    except MemoryError:
        raise
    except Exception as failure:
        outcome = {"end": "traceback", "failure": repr(failure)[:200]}
    return {**outcome, "seconds": time.process_time() - began}


def _peak() -> float:
    """The most memory this process ever had, in MiB."""
    status = Path("/proc/self/status").read_text("ascii")
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    assert found
    return int(found[1]) / 1024


def _with_table() -> bytes:
    document = docx.Document()
    table = document.add_table(rows=3, cols=4)
    table.cell(0, 0).text = "捐赠金额（{{amount}}）"
    return _saved(document)


def _with_header() -> bytes:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "云麓大学教育基金会"
    document.add_heading("第一条 捐赠财产", level=1)
    return _saved(document)


def _with_list() -> bytes:
    document = docx.Document()
    for line in ("资金用途", "拨付方式", "信息公开"):
        document.add_paragraph(line, style="List Number")
    return _saved(document)


def _with_picture() -> bytes:
    document = docx.Document()
    document.add_picture(io.BytesIO(samples.png()))
    return _saved(document)


def _saved(document: docx.document.Document) -> bytes:
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


_S = SIZE_LIMIT - 2**10
_XML = b"<?xml version='1.0'?>"
_PDF, _ENDS = b"%PDF-1.4\n", b"\nstartxref\n0\n%%EOF"
GREEDY: dict[str, Callable[[], bytes]] = {
    "deep XML": lambda: _XML + b"<a>" * (_S // 3),
    "flat XML": lambda: _XML + b"<a>" + b"<a/>" * (_S // 4 - 9),
    "one tag": lambda: _XML + b"<a b='" + b"x" * _S,
    "long tags": lambda: _XML + b"<r>" + (b"<a b='" + b"x" * 7 * 2**20 + b"'/>") * 7 + b"</r>",
    "many attributes": lambda: _XML + b"<r>" + (b"<a b='' c='' d='' e=''/>") * (_S // 26),
    "fields": lambda: office.letter(office.field("PAGE") * 60_000),
    "relations": lambda: samples.word_with("word/_rels/a.rels", _relations(300_000)),
    "long text": lambda: samples.word_with("word/a.xml", "<a>" + "捐赠 金额 " * 8_000_000 + "</a>"),
    "entries": lambda: samples.archive(dict(samples.PARTS)) + b"PK\x01\x02" * (_S // 5),
    "slashes": lambda: _PDF + b"/" * (_S - 99) + _ENDS,
    "escapes": lambda: _PDF + (b"/" + b"#41" * 40 + b"-") * (_S // 123) + _ENDS,
    "streams": lambda: _PDF + b"<</Type/Image>>stream\nendstream\n" * 290_000 + _ENDS,
    "object stream": lambda: (
        _PDF + b"/ObjStm /Filter stream\n" + zlib.compress(b"/J /L " * 10 * 2**20) + _ENDS
    ),
    "openings": lambda: _PDF + b"/OpenAction 1 0 R " * (_S // 19) + _ENDS,
    "fill bytes": lambda: b"\xff\xd8" + b"\xff" * _S,
    "rare character": lambda: ("a" * (_S - 9) + "😀").encode(),
    "noise": lambda: _PDF + b"stream\n" + random.Random(22).randbytes(_S - 999) + _ENDS,
}
"""Files up to the size limit, each of which would make some naive gate slow or greedy."""


def _relations(count: int) -> str:
    one = "<Relationship Type='x/image' TargetMode='External' Target='http://example.org/{}'/>"
    return "<Relationships>" + "".join(map(one.format, range(count))) + "</Relationships>"
