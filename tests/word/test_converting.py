"""Older Word, WPS and rich text become a Word file through LibreOffice, or a remedy is named."""

import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import docx
import pytest

from donflow.intake.gate import inspect
from donflow.intake.kinds import FileKind
from donflow.word import converting
from donflow.word.converting import ASheet, NoConverter, NotConverted, libreoffice, to_docx
from donflow.word.text import plain_text
from tests.intake.office_files import compound_file
from tests.programs import needs

WORDS = ("捐赠协议书", "甲方：深圳市恒源数智科技有限公司", "捐赠金额：人民币伍拾万元整")


@pytest.fixture(scope="session")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], bytes]:
    """`saved("doc")`: an agreement as LibreOffice saves it under that kind."""
    soffice = needs("soffice")
    folder = tmp_path_factory.mktemp("saved")
    document = docx.Document()
    for words in WORDS:
        document.add_paragraph(words)
    document.save(str(folder / "paper.docx"))

    def save(kind: str) -> bytes:
        source, made = folder / "paper.docx", folder / "made" / f"paper.{kind}"
        if not made.exists():
            profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
            command = [soffice, profile, "--headless", "--convert-to", kind,
                       "--outdir", str(made.parent), str(source)]  # fmt: skip
            subprocess.run(command, check=True, capture_output=True, timeout=120)
        return made.read_bytes()

    return save


@pytest.mark.parametrize(
    ("kind", "name"),
    [("doc", "协议.doc"), ("doc", "协议.wps"), ("rtf", "协议.rtf"), ("rtf", "协议.doc")],
)
def test_an_older_file_becomes_a_word_file_with_the_same_words(
    saved: Callable[[str], bytes], kind: str, name: str
) -> None:
    data = saved(kind)
    before = bytes(data)

    made = to_docx(data, kind=inspect(data, name=name).kind, name=name)

    assert plain_text(made) == WORDS
    assert inspect(made, name="made.docx").kind is FileKind.DOCX
    assert data == before


def test_two_at_once_do_not_wait_for_each_other(saved: Callable[[str], bytes]) -> None:
    from concurrent.futures import ThreadPoolExecutor

    data = saved("doc")
    with ThreadPoolExecutor(2) as pool:
        made = pool.map(lambda _: to_docx(data, kind=FileKind.OLE, name="协议.doc"), range(2))

    assert [plain_text(one) for one in made] == [WORDS, WORDS]


@pytest.mark.parametrize(
    ("stream", "refusal"), [("Workbook", ASheet), ("Book", ASheet), ("CONTENTS", NotConverted)]
)
def test_what_is_no_letter_is_not_converted(stream: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        to_docx(compound_file(stream, b"x"), kind=FileKind.OLE, name="名单.wps")


def test_without_libreoffice_the_remedy_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(converting, "_places", lambda _: iter(()))
    monkeypatch.setenv("PATH", "")

    assert libreoffice() is None
    with pytest.raises(NoConverter) as refused:
        to_docx(b"{\\rtf1}", kind=FileKind.RTF, name="协议.rtf")
    assert refused.value.exit_code == 2
    assert refused.value.remedy_sentence is not None


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[:512] + bytes(len(data) - 512),
        lambda data: data[: len(data) // 3],
        lambda data: data[:512] + "WordDocument".encode("utf-16-le") * 40,
    ],
    ids=["emptied", "cut", "only its name"],
)
def test_what_it_cannot_read_is_refused(
    saved: Callable[[str], bytes], damage: Callable[[bytes], bytes]
) -> None:
    with pytest.raises(NotConverted):
        to_docx(damage(saved("doc")), kind=FileKind.OLE, name="协议.doc")


def a_program(folder: Path, lines: str) -> str:
    """A stand-in for LibreOffice, which a test cannot make hang or fail at will."""
    program = folder / "soffice"
    program.write_text(f"#!/bin/sh\n{lines}\n", "utf-8")
    program.chmod(0o755)
    return str(program)


def test_one_that_hangs_is_ended_with_all_that_it_started(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    mark = tmp_path / "alive"
    program = a_program(tmp_path, f"( sleep 3; touch {mark} ) &\nsleep 30")
    monkeypatch.setattr(converting, "libreoffice", lambda: program)
    monkeypatch.setattr(converting, "TIME_LIMIT", 0.5)

    began = time.monotonic()
    with pytest.raises(NotConverted):
        to_docx(b"{\\rtf1}", kind=FileKind.RTF, name="协议.rtf")

    assert time.monotonic() - began < 2.5
    time.sleep(3.2)
    assert not mark.exists()


def test_it_is_told_nothing_of_the_office_and_leaves_nothing_behind(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    told = tmp_path / "told"
    lines = f'env > {told}; echo "paper" > "$TMPDIR/lu.tmp"; echo "$TMPDIR" > {told}.where'
    program = a_program(tmp_path, lines)
    monkeypatch.setattr(converting, "libreoffice", lambda: program)
    monkeypatch.setenv("DONFLOW_PASSPHRASE", "secret")
    for name in ("TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(name, str(tmp_path))

    with pytest.raises(NotConverted):
        to_docx(b"{\\rtf1}", kind=FileKind.RTF, name="协议.rtf")

    names = {line.partition("=")[0] for line in told.read_text("utf-8").splitlines()}
    shell = {"PWD", "OLDPWD", "SHLVL", "_"}
    assert names - shell <= {"PATH", "LANG", "LC_ALL", "HOME", "TMPDIR", "TEMP", "TMP"}
    assert not Path((tmp_path / "told.where").read_text("utf-8").strip()).exists()
    assert not (tmp_path / "lu.tmp").exists()


@pytest.mark.parametrize("lines", ["exit 0", "exit 1", "mkdir made; echo x > made/paper.docx"])
def test_one_that_writes_nothing_good_is_found_out(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, lines: str
) -> None:
    program = a_program(tmp_path, lines)
    monkeypatch.setattr(converting, "libreoffice", lambda: program)

    with pytest.raises(NotConverted):
        to_docx(b"{\\rtf1}", kind=FileKind.RTF, name="协议.rtf")


def test_no_macro_link_or_address_is_followed() -> None:
    root = ElementTree.fromstring(converting._REGISTRY)
    path, name = (f"{{http://openoffice.org/2001/registry}}{word}" for word in ("path", "name"))
    told = {
        (item.get(path, "").removeprefix("/org.openoffice.Office."), prop.get(name)): prop[0].text
        for item in root
        for prop in item
    }

    assert told["Common/Security/Scripting", "DisableMacrosExecution"] == "true"
    assert told["Common/Security/Scripting", "MacroSecurityLevel"] == "3"
    assert told["Writer/Content/Update", "Link"] == "0"
