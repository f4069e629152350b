"""Archives that claim one thing and hold another."""

import io
import random
import struct
import time
import tracemalloc
import zipfile
from collections.abc import Callable

import pytest

from donflow.intake import archives
from tests.intake import samples


def codes(data: bytes) -> list[str]:
    return [refusal.code for refusal in archives.examine(data).refusals]


@pytest.mark.parametrize("make", [samples.word_file, samples.workbook, samples.ofd_file])
def test_files_of_real_writers_pass(make: Callable[[], bytes]) -> None:
    assert archives.examine(make()) == archives.Findings()


def test_stored_members_pass() -> None:
    assert codes(samples.archive(dict(samples.PARTS), method=zipfile.ZIP_STORED)) == []


@pytest.mark.parametrize(
    "name", ["/etc/x", "../x", "word/../../x", "a\\b", "C:x", "a\x1bb", "a\u202eb"]
)
def test_a_part_name_that_leads_elsewhere_is_refused(name: str) -> None:
    assert codes(samples.word_with(name, b"x")) == ["unsafe_part_name"]


def test_a_part_name_that_hides_its_end_behind_a_nul_is_refused() -> None:
    hostile = samples.word_with("word/a.xmlQ.exe", "<a/>").replace(b"a.xmlQ.exe", b"a.xml\0.exe")

    assert codes(hostile) == ["unsafe_part_name"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_part_that_is_there_twice_is_refused() -> None:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as file:
        for name, body in samples.PARTS.items():
            file.writestr(name, body)
        file.writestr("word/document.xml", samples.DOCUMENT.replace("捐赠", "借款"))

    assert codes(written.getvalue()) == ["doubled_part"]
    assert codes(samples.word_with("Word/Document.XML", samples.DOCUMENT)) == ["doubled_part"]


def test_overlapping_members_are_refused() -> None:
    # Two entries of the directory lead to one member: what a small bomb is made of.
    data = samples.word_with("word/again.xml", samples.DOCUMENT)
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        offset = file.getinfo("word/document.xml").header_offset
        start = file.start_dir
    entry = data.rindex(b"PK\x01\x02", start)
    hostile = data[: entry + 42] + struct.pack("<I", offset) + data[entry + 46 :]

    assert "overlapping_parts" in codes(hostile)


def test_a_bomb_is_refused_before_it_has_unpacked() -> None:
    bomb = samples.word_with("word/media/image1.bmp", bytes(400 * 2**20))
    assert len(bomb) < 2**20

    tracemalloc.start()
    began = time.perf_counter()
    found = codes(bomb)
    took, (_, peak) = time.perf_counter() - began, tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert found == ["inflates_too_much"]
    assert peak < 8 * 2**20
    assert took < 2


def test_many_harmless_ratios_together_are_refused() -> None:
    each = bytes(archives.HARMLESS - 1)
    parts = {f"word/media/{number}.bin": each for number in range(17)}

    assert codes(samples.archive({**samples.PARTS, **parts})) == ["inflates_too_much"]


@pytest.mark.parametrize("claimed", [0, 1, 10_000_000])
def test_a_size_that_the_directory_invents_is_refused(claimed: int) -> None:
    data = bytearray(samples.word_with("word/media/a.bin", b"x" * 5000))
    entry = data.rindex(b"PK\x01\x02")
    data[entry + 24 : entry + 28] = struct.pack("<I", claimed)

    assert codes(bytes(data)) == ["wrong_part_size"]


def test_a_flipped_bit_names_the_part() -> None:
    data = bytearray(samples.archive(dict(samples.PARTS), method=zipfile.ZIP_STORED))
    data[data.index("捐赠协议书".encode()) + 2] ^= 1

    refusals = archives.examine(bytes(data)).refusals

    assert [refusal.reason.values["part"] for refusal in refusals] == ["word/document.xml"]


@pytest.mark.parametrize("step", range(40, 900, 37))
def test_an_archive_cut_short_is_refused_without_a_traceback(step: int) -> None:
    whole = samples.word_file()

    assert codes(whole[: len(whole) - step]) != []


@pytest.mark.parametrize(
    ("name", "body", "expected"),
    [
        ("word/vbaProject.bin", b"x", ["macros"]),
        ("word/activeX/activeX1.xml", "<a/>", ["macros"]),
        ("xl/macrosheets/sheet1.xml", "<a/>", ["macros"]),
        ("word/embeddings/oleObject1.bin", samples.OLE, ["embedded_object"]),
        ("word/media/image1.png", b"MZ\x90\x00", ["embedded_object"]),
        ("word/styles.xml", '<!DOCTYPE a SYSTEM "http://example.org/a.dtd"><a/>', ["doctype"]),
        ("word/styles.xml", "<!DOCTYPE a []><a/>".encode("utf-16"), ["doctype"]),
        ("word/styles.xml", "<a><b></a>", ["damaged"]),
        ("word/styles.xml", b"", ["damaged"]),
        ("word/media/a.zip", samples.archive({"b.txt": "x"}), ["nested_archive"]),
        (
            "[Content_Types].xml",
            samples.CONTENT_TYPES.replace(
                "openxmlformats-officedocument.wordprocessingml.document.main+xml",
                "ms-word.document.macroEnabled.main+xml",
            ),
            ["macros"],
        ),
    ],
)
def test_active_or_foreign_content_is_refused(
    name: str, body: str | bytes, expected: list[str]
) -> None:
    assert codes(samples.word_with(name, body)) == expected


@pytest.mark.parametrize(
    ("type_", "target", "expected"),
    [
        ("hyperlink", "https://example.org/", []),
        ("attachedTemplate", r"file:///C:\Users\office\Normal.dotm", []),
        ("attachedTemplate", "Normal.dotm", []),
        ("attachedTemplate", "https://example.org/a.dotm", ["external_relation"]),
        ("attachedTemplate", "file://server/share/a.dotm", ["external_relation"]),
        ("attachedTemplate", r"\\server\share\a.dotm", ["external_relation"]),
        ("image", "https://example.org/a.png", ["external_relation"]),
        ("oleObject", "https://example.org/a", ["external_relation"]),
        ("frame", "file:///C:/a.html", ["external_relation"]),
    ],
)
def test_only_hyperlinks_lead_outside(type_: str, target: str, expected: list[str]) -> None:
    name = "word/_rels/settings.xml.rels"

    assert codes(samples.word_with(name, samples.relations(type_, target))) == expected


def test_a_chunk_of_another_file_is_refused() -> None:
    chunk = samples.relations("aFChunk", "chunk.html", mode="Internal")

    assert codes(samples.word_with("word/_rels/document.xml.rels", chunk)) == ["foreign_chunk"]


def test_a_linked_workbook_and_a_charts_workbook_are_told_but_pass() -> None:
    linked = samples.word_with(
        "xl/externalLinks/_rels/externalLink1.xml.rels",
        samples.relations("externalLinkPath", "file:///C:/账.xlsx"),
    )
    charted = samples.word_with("word/embeddings/Sheet1.xlsx", samples.workbook())

    for data in (linked, charted):
        findings = archives.examine(data)
        assert (findings.refusals, len(findings.warnings)) == ((), 1)


def test_archives_in_archives_in_archives_are_refused() -> None:
    inner = samples.word_with("word/embeddings/a.xlsx", samples.workbook())

    assert codes(samples.word_with("word/embeddings/b.docx", inner)) == ["nested_archive"]


def test_too_many_parts_are_refused() -> None:
    parts = {f"word/{number}.bin": b"" for number in range(archives.MEMBER_LIMIT)}

    assert codes(samples.archive({**samples.PARTS, **parts})) == ["too_many_parts"]


def test_a_member_behind_a_password_is_refused() -> None:
    data = bytearray(samples.word_with("word/media/a.bin", b"x"))
    data[data.rindex(b"PK\x01\x02") + 8] |= 1

    assert codes(bytes(data)) == ["protected"]


def test_large_members_are_looked_into_in_linear_time() -> None:
    data = samples.word_with("word/media/a.bin", random.Random(1).randbytes(20 * 2**20))

    began = time.perf_counter()

    assert codes(data) == []
    assert time.perf_counter() - began < 3
