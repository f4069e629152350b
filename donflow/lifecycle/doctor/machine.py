"""The machine: Python, SQLite, the fonts that papers are set in, the programs beside donflow."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import donflow
from donflow.errors import N_, say
from donflow.lifecycle.doctor.finding import Code, Finding, fault, sound, warning
from donflow.store.session import journal_mode

FONTS: Final = Path(donflow.__file__).parent / "pdf" / "fonts"
FINGERPRINTS: Final = {
    "DonflowKai-Regular.ttf": "d84aae97d71869cd65152801158d508ac12a618ce032bc667a309c73b3d61fd8",
    "DonflowSerif-Bold.ttf": "92179861c7c9ee96043b3f3e696d82ce54e48696718416fda037e7cfbfaec85a",
    "NotoSerifSC-Regular.ttf": "c358a69de3df5f423a8946a7b03e3126fb6ba116f1130a463455b4e39e1f0742",
}
"""sha256 of the fonts as shipped."""


def examine_machine() -> list[Finding]:
    """All that can be said without an office."""
    return [
        check_python(sys.version_info[:3]),
        check_sqlite(sqlite3.sqlite_version_info),
        check_fonts(FONTS, FINGERPRINTS),
        check_libreoffice(find_libreoffice(), sys.platform),
    ]


def check_python(version: tuple[int, ...]) -> Finding:
    """CVE-2024-0450, mended in 3.11.8 and 3.12.2; our own gate refuses such files as well."""
    shown = ".".join(map(str, version))
    if version < (3, 11, 8) or (3, 12) <= version < (3, 12, 2):
        return warning(
            Code.PYTHON,
            N_(
                "Python {version} reads some hostile zip files without a word;"
                " donflow's own gate refuses them."
            ),
            N_("When convenient, install a newer Python: 3.11.8, 3.12.2 or later."),
            version=shown,
        )
    return sound(Code.PYTHON, N_("Python {version}."), version=shown)


def check_sqlite(version: tuple[int, ...]) -> Finding:
    mode, synchronous = journal_mode(version)
    return sound(
        Code.SQLITE,
        N_("SQLite {version}; what it confirms is on the disk."),
        version=".".join(map(str, version)),
        mode=mode,
        synchronous=synchronous,
    )


def check_fonts(folder: Path, fingerprints: Mapping[str, str]) -> Finding:
    broken = tuple(
        name for name, stated in fingerprints.items() if _sha256(folder / name) != stated
    )
    if broken:
        return fault(
            Code.FONTS,
            N_("Fonts that papers are set in are missing or damaged: {names}."),
            N_("Install donflow anew; your office's data is not touched by that."),
            names=broken,
        )
    return sound(
        Code.FONTS, N_("The fonts for papers are all there: {count}."), count=len(fingerprints)
    )


def check_libreoffice(program: Path | None, platform: str) -> Finding:
    if program is None:
        how = {
            "win32": N_("Install LibreOffice from www.libreoffice.org with the usual choices."),
            "darwin": N_("Install LibreOffice from www.libreoffice.org into Applications."),
        }.get(platform, N_("Install it as an administrator: apt install libreoffice-writer"))
        return warning(
            Code.LIBREOFFICE,
            N_(
                "LibreOffice is not installed: old .doc and .wps files cannot be taken in,"
                " nor drafts made into PDF."
            ),
            N_("{how} Without it, save such files as .docx in Word or WPS."),
            how=say(how),
        )
    return sound(Code.LIBREOFFICE, N_("LibreOffice: {program}."), program=str(program))


def find_libreoffice() -> Path | None:
    """Its program, also where installers put it without telling the search path."""
    named = shutil.which("soffice") or shutil.which("libreoffice")
    usual = (
        Path("C:/Program Files/LibreOffice/program/soffice.exe"),
        Path("/Applications/LibreOffice.app/Contents/MacOS/soffice"),
    )
    return Path(named) if named else next(filter(Path.is_file, usual), None)


def _sha256(path: Path) -> str | None:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None
