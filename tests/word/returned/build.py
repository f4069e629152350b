"""Write the returned files; `python -m tests.word.returned.build [--libreoffice]` does.

Those of LibreOffice are what it writes of a file it is given: they are kept as it wrote them and
made again only when asked for, since each release writes a little otherwise.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from tests.programs import needs
from tests.word.returned import changes_of_word, comments_of_word, habits_of_word, other_makers
from tests.word.returned.markup import packed

HERE = Path(__file__).parent
_FROM_WORD = ("threads", "ranges", "moves", "split-and-joined", "rows", "automatic-numbers")


def by_hand() -> dict[str, bytes]:
    """Each file that is not LibreOffice's, by its name."""
    groups = (comments_of_word, changes_of_word, habits_of_word, other_makers)
    made = {name: packed(make()) for group in groups for name, make in group.FILES.items()}
    return {**made, "python-docx": other_makers.python_docx()}


def by_libreoffice() -> dict[str, bytes]:
    """Each file opened and saved by LibreOffice; skips where it is not installed."""
    soffice = needs("soffice")
    files = by_hand()
    given = {f"libreoffice-{name}.docx": files[name] for name in _FROM_WORD}
    given["libreoffice-scripts.fodt"] = other_makers.SCRIPTS.encode()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        for name, data in given.items():
            (folder / name).write_bytes(data)
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        output = ("--outdir", str(folder / "written"))
        command = [soffice, profile, "--headless", "--convert-to", "docx:Office Open XML Text"]
        paths = sorted(str(folder / name) for name in given)
        subprocess.run([*command, *output, *paths], check=True, capture_output=True, timeout=120)
        return {path.stem: path.read_bytes() for path in (folder / "written").glob("*.docx")}


def main() -> None:
    files = by_hand()
    if "--libreoffice" in sys.argv:
        files |= by_libreoffice()
    for name, data in files.items():
        (HERE / f"{name}.docx").write_bytes(data)


if __name__ == "__main__":
    main()
