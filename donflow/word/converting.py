"""Older Word, WPS and rich text made a .docx by LibreOffice, where it is installed."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from donflow.errors import N_, DonflowError
from donflow.intake.gate import NotAdmitted, inspect
from donflow.intake.kinds import FileKind

TIME_LIMIT: Final = 90.0
"""Seconds: the first start of a fresh profile takes ten on a slow office machine."""


class NoConverter(DonflowError):
    code = "no_converter"
    message = N_("To read {name}, LibreOffice is needed, and it is not installed here.")
    remedy = N_("Open it in Word or WPS and save it as .docx, or install LibreOffice.")


class NotConverted(DonflowError):
    code = "not_converted"
    message = N_("LibreOffice could not make a Word file of {name}.")
    remedy = N_("Open it in Word or WPS, save it as .docx, and take that.")


class ASheet(DonflowError):
    code = "a_sheet"
    message = N_("{name} is a sheet, not a letter.")
    remedy = N_("Take the agreement itself as a Word file; the sheet belongs beside it.")


def to_docx(data: bytes, *, kind: FileKind, name: str) -> bytes:
    """A .docx of an OLE or RTF file that the gate has admitted; the bytes given stay as they are.

    `name` is for messages only and never a path. The Word file has passed the gate too. Raises
    NoConverter where LibreOffice is missing, NotConverted where it fails, takes too long or writes
    what does not pass, and ASheet for a workbook.
    """
    if kind is FileKind.OLE and not _names(data, "WordDocument"):
        if _names(data, "Workbook") or _names(data, "Book"):
            raise ASheet(name=name)
        raise NotConverted(name=name)
    program = libreoffice()
    if program is None:
        raise NoConverter(name=name)
    with TemporaryDirectory(prefix="donflow-", ignore_cleanup_errors=True) as folder:
        made = _convert(program, data, Path(folder), _FILTERS[kind])
    if made is None:
        raise NotConverted(name=name)
    try:
        inspect(made, name="converted.docx")
    except NotAdmitted as fault:
        raise NotConverted(name=name) from fault
    return made


def libreoffice() -> str | None:
    """Where LibreOffice is: on PATH, else where its installers put it."""
    places = (shutil.which("soffice"), shutil.which("libreoffice"), *_places(os.environ))
    return next((place for place in places if place and Path(place).is_file()), None)


def _places(environment: Mapping[str, str]) -> Iterator[str]:
    if sys.platform == "win32":
        for variable in ("ProgramFiles", "ProgramFiles(x86)", "LOCALAPPDATA"):
            if variable in environment:
                yield str(Path(environment[variable], "LibreOffice", "program", "soffice.com"))
                yield str(Path(environment[variable], "LibreOffice", "program", "soffice.exe"))
    elif sys.platform == "darwin":
        yield "/Applications/LibreOffice.app/Contents/MacOS/soffice"
    else:
        yield "/usr/lib/libreoffice/program/soffice"
        yield "/snap/bin/libreoffice"


def _convert(program: str, data: bytes, folder: Path, reader: str) -> bytes | None:
    """What LibreOffice makes of the bytes in a profile of its own; None where it makes nothing.

    Two that share a profile wait for each other for ever, or hand their work to each other. Its
    reader is named: left to guess, it takes a damaged file for a text in strange letters.
    """
    profile, source = folder / "profile", folder / "paper.old"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_REGISTRY, "utf-8")
    source.write_bytes(data)
    command = [
        program,
        f"-env:UserInstallation={profile.as_uri()}",
        "--headless",
        "--norestore",
        "--nologo",
        "--nodefault",
        f"--infilter={reader}",
        "--convert-to",
        "docx:MS Word 2007 XML",
        "--outdir",
        str(folder / "made"),
        str(source),
    ]
    if not _ran(command, folder):
        return None
    made = folder / "made" / "paper.docx"
    return made.read_bytes() if made.is_file() else None


def _ran(command: list[str], folder: Path) -> bool:
    """Whether it ended by itself in time; else it is ended with all that it started."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    # What it leaves behind, the paper perhaps, goes with the folder.
    own = dict.fromkeys(("HOME", "TMPDIR", "TEMP", "TMP"), str(folder))
    with subprocess.Popen(  # noqa: S603 - a found program, our own words, no shell
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env=kept | own,
        start_new_session=True,
    ) as process:
        try:
            return process.wait(TIME_LIMIT) == 0
        except subprocess.TimeoutExpired:
            return False
        finally:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """soffice is only the starter: what it started would live on, and hold the folder."""
    if sys.platform == "win32":
        if process.poll() is None:
            taskkill = Path(os.environ.get("SYSTEMROOT", r"C:\Windows"), "System32", "taskkill.exe")
            subprocess.run(  # noqa: S603 - the system's own program
                [str(taskkill), "/T", "/F", "/PID", str(process.pid)],
                capture_output=True,
                check=False,
            )
        return
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)


def _names(data: bytes, stream: str) -> bool:
    """Whether the directory of an OLE file names this stream (MS-CFB 2.6.1)."""
    return stream.encode("utf-16-le") + b"\0\0" in data


_FILTERS: Final = {FileKind.OLE: "MS Word 97", FileKind.RTF: "Rich Text Format"}
_KEPT: Final = ("PATH", "LANG", "LC_ALL", "SYSTEMROOT", "SYSTEMDRIVE", "PROGRAMDATA")
_SETTINGS: Final = (
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    # Nothing that the paper links to is asked for: for Writer 0 is never, for Calc 1.
    ("Office.Writer/Content/Update", "Link", "0"),
    ("Office.Calc/Content/Update", "Link", "1"),
    # Whatever asks the network all the same reaches nobody.
    ("Inet/Settings", "ooInetProxyType", "2"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)
_REGISTRY: Final = "\n".join(
    (
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<oor:items xmlns:oor="http://openoffice.org/2001/registry">',
        *(
            f'<item oor:path="/org.openoffice.{where}">'
            f'<prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
            for where, name, value in _SETTINGS
        ),
        "</oor:items>",
    )
)
