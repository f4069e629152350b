"""The shape of the package, held by checks that are themselves seen to catch a breach."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LINT_IMPORTS = "from importlinter.cli import lint_imports_command as main; main()"
LONGEST = 400
JUNK_DRAWERS = {"utils", "util", "helpers", "helper", "common", "misc", "shared", "tools"}
MACHINE_PATH = re.compile(
    r"(?<![\w.])/(?:root|home|Users|work|opt)/\w|[A-Z]:\\(?:Users|Documents)\\\w", re.ASCII
)
PRIVATE_ADDRESS = re.compile(r"(?<![\d.])(?:10\.\d+|192\.168|172\.(?:1[6-9]|2\d|3[01]))\.\d+\.\d+")
REGISTRY = re.compile(r"p[y]pi\.(?:org|python)|p[y]thonhosted|//m[i]rror|/s[i]mple\b", re.ASCII)
FICTION = re.compile(r"file:///C:|[A-Z]:\\Users\\office")
"""The paths that tests of foreign files invent."""


def test_the_import_contracts_hold() -> None:
    linted = lint_imports(ROOT)

    assert linted.returncode == 0, linted.stdout


@pytest.mark.parametrize(
    ("module", "line", "broken"),
    [
        ("domain/money.py", "import sqlalchemy", "The rule book is pure"),
        ("domain/money.py", "import random", "The rule book is pure"),
        ("engine/spec.py", "import donflow.domain.money", "Imports point down"),
        ("intake/gate.py", "import donflow.vault.files", "Imports point down"),
        ("vault/files.py", "import docx", "Each foreign library has one home"),
        ("store/base.py", "import reportlab", "Each foreign library has one home"),
        ("cli/__init__.py", "import sqlalchemy", "The ways in hold no SQL"),
        ("homeless/__init__.py", "", "Imports point down"),
        ("intake/findings.py", "import donflow.intake.gate", "No cycles"),
    ],
)
def test_a_deliberate_breach_is_caught(tmp_path: Path, module: str, line: str, broken: str) -> None:
    shutil.copytree(
        ROOT / "donflow", tmp_path / "donflow", ignore=shutil.ignore_patterns("*.ttf", "locale")
    )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    breach = tmp_path / "donflow" / module
    breach.parent.mkdir(exist_ok=True)
    with breach.open("a", encoding="utf-8") as file:
        file.write(f"\n{line}\n")

    linted = lint_imports(tmp_path)

    assert linted.returncode == 1
    assert re.search(rf"{broken} BROKEN", linted.stdout), linted.stdout


def test_no_module_is_long_or_a_junk_drawer() -> None:
    modules = {path: path.read_text("utf-8") for path in (ROOT / "donflow").rglob("*.py")}
    in_c = [path for path in tracked_files() if path.suffix in {".c", ".h"}]

    assert len(modules) > 20
    assert {path.name for path in in_c if path.read_text("utf-8").count("\n") > LONGEST} == set()
    assert {path.name for path, text in modules.items() if text.count("\n") > LONGEST} == set()
    assert {path for path in modules if JUNK_DRAWERS & {path.stem, path.parent.name}} == set()


def test_each_module_begins_with_a_sentence_about_itself() -> None:
    for path in (ROOT / "donflow").rglob("*.py"):
        assert path.read_text("utf-8").startswith('"""'), path


def test_no_file_names_a_machine_or_an_address() -> None:
    found = [
        f"{path}:{number}: {match[0]}"
        for path in tracked_files()
        for number, line in enumerate(path.read_bytes().decode("utf-8", "replace").splitlines(), 1)
        for match in places_in(line)
    ]

    assert found == []


@pytest.mark.parametrize(
    "parts",
    [
        ("see /ho", "me/lin/donflow"),
        ("C:\\Us", "ers\\lin"),
        ("http://192", ".168.1.10/"),
        ("--index-url https://py", "pi.org"),
        ("https://example.org/sim", "ple/"),
    ],
)
def test_a_machine_or_an_address_would_be_found(parts: tuple[str, str]) -> None:
    # In two parts, so that this file does not hold what it forbids.
    assert list(places_in("".join(parts)))
    assert not list(places_in("https://example.org/home, donflow 10.17.0"))


def lint_imports(checkout: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", LINT_IMPORTS, "--no-cache", "--no-logo"],
        cwd=checkout,
        env={"PYTHONPATH": str(checkout), "PYTHONUTF8": "1", "PATH": "", "SYSTEMROOT": ""},
        capture_output=True,
        encoding="utf-8",
    )


def places_in(line: str) -> Iterator[re.Match[str]]:
    line = FICTION.sub("", line)
    for pattern in (MACHINE_PATH, PRIVATE_ADDRESS, REGISTRY):
        yield from pattern.finditer(line)


def tracked_files() -> list[Path]:
    """What git tracks or would track; in an unpacked archive without git, the sources."""
    git = shutil.which("git")
    if git and (ROOT / ".git").exists():
        listed = subprocess.run(
            [git, "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT,
            capture_output=True,
            encoding="utf-8",
            check=True,
        )
        paths = [ROOT / name for name in listed.stdout.split("\0") if name]
    else:
        paths = [
            path for part in ("donflow", "tests", "tools") for path in (ROOT / part).rglob("*")
        ]
    return [path for path in paths if path.is_file() and path.suffix not in {".ttf", ".docx"}]
