"""PDF files that act by themselves, in plain, escaped and packed spelling."""

import io
import random
import zlib

import pikepdf
import pytest

from donflow.intake import pdf_marks
from tests.intake import samples


def codes(data: bytes) -> list[str]:
    return [refusal.code for refusal in pdf_marks.examine(data).refusals]


def with_action(action: dict[str, object], **options: object) -> bytes:
    """A real PDF that does this when it is opened, as pikepdf (qpdf) writes it."""
    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(samples.pdf_file())) as pdf:
        pdf.Root.OpenAction = pdf.make_indirect(pikepdf.Dictionary(action))
        pdf.save(written, **options)
    return written.getvalue()


SCRIPT = {"/S": pikepdf.Name.JavaScript, "/JS": "app.alert(1)"}
LAUNCH = {"/S": pikepdf.Name.Launch, "/F": "calc.exe"}
GO_TO = {"/S": pikepdf.Name.GoTo, "/D": [0, pikepdf.Name.Fit]}
PACKED = {"object_stream_mode": pikepdf.ObjectStreamMode.generate}


@pytest.mark.parametrize("options", [{}, PACKED])
def test_actions_are_found_where_real_writers_put_them(options: dict[str, object]) -> None:
    assert codes(with_action(SCRIPT, **options)) == ["pdf_script"]
    assert codes(with_action(LAUNCH, **options)) == ["pdf_launch"]
    assert pdf_marks.examine(with_action(GO_TO, **options)) == pdf_marks.Findings()


def test_the_packed_spelling_is_really_packed() -> None:
    assert b"JavaScript" not in with_action(SCRIPT, **PACKED)


@pytest.mark.parametrize("spelling", [b"/JavaScript", b"/#4aavaScript", b"/J#61v#61Script"])
def test_an_escaped_name_is_the_same_name(spelling: bytes) -> None:
    data = with_action(SCRIPT).replace(b"/JavaScript", spelling)

    assert spelling in data
    assert codes(data) == ["pdf_script"]


def test_a_longer_name_is_another_name() -> None:
    assert codes(with_action(GO_TO).replace(b"/GoTo", b"/JavaScripture")) == []


def test_files_inside_and_protection_are_told_but_pass() -> None:
    written, protected = io.BytesIO(), io.BytesIO()
    with pikepdf.open(io.BytesIO(samples.pdf_file())) as pdf:
        pdf.save(protected, encryption=pikepdf.Encryption(owner="林秘书", user=""), **PACKED)
        pdf.attachments["票据.xml"] = b"<a/>"
        pdf.save(written)

    for data in (written.getvalue(), protected.getvalue()):
        findings = pdf_marks.examine(data)
        assert (findings.refusals, len(findings.warnings)) == ((), 1)


def test_objects_that_cannot_be_looked_into_are_refused() -> None:
    packed = with_action(SCRIPT, **PACKED)
    start = packed.index(b"stream\n", packed.index(b"/ObjStm")) + len(b"stream\n")
    twice = packed[:start] + b"789c" + packed[start + 4 :]

    assert codes(twice) == ["pdf_hidden"]


def test_a_pdf_without_its_end_is_refused() -> None:
    whole = samples.pdf_file()

    assert codes(whole[: whole.index(b"startxref")]) == ["damaged"]


def test_compressed_pictures_raise_no_false_alarm() -> None:
    # 8 MB of noise, as in a scan: names must not be found in it by chance.
    noise = zlib.compress(random.Random(1).randbytes(8 * 2**20))
    picture = b"9 0 obj <</Length %d>> stream\n" % len(noise) + noise + b"\nendstream endobj\n"
    whole = samples.pdf_file()
    at = whole.index(b"1 0 obj")

    assert pdf_marks.examine(whole[:at] + picture + whole[at:]) == pdf_marks.Findings()
