"""Files that LibreOffice itself writes, made once for all tests."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.intake import samples
from tests.programs import needs


@pytest.fixture(scope="session")
def converted(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], bytes]:
    """`converted("doc")`: our Word file as LibreOffice saves it under that kind."""
    soffice = needs("soffice")
    folder = tmp_path_factory.mktemp("soffice")
    made: dict[str, bytes] = {}
    (folder / "letter.docx").write_bytes(samples.word_file())

    def convert(kind: str) -> bytes:
        if kind not in made:
            target = folder / kind
            subprocess.run(
                [
                    soffice,
                    f"-env:UserInstallation={(folder / 'profile').as_uri()}",
                    "--headless",
                    "--convert-to",
                    kind,
                    "--outdir",
                    str(target),
                    str(folder / "letter.docx"),
                ],
                check=True,
                capture_output=True,
                timeout=120,
            )
            (written,) = Path(target).iterdir()
            made[kind] = written.read_bytes()
        return made[kind]

    return convert
