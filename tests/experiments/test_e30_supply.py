"""E30: what donflow is made of is pinned, free and known; nothing in it runs what it is given.

Each check is a function of texts, tried on donflow and then on a deliberately bad sample. What
`doctor` says of the machine is tried in tests/lifecycle.
"""

from __future__ import annotations

import ast
import hashlib
import re
import stat
import sys
import tomllib
from collections.abc import Callable, Iterator
from importlib import metadata
from pathlib import Path

import pytest

from donflow.settings import Settings
from tests.journeys.desk import Desk
from tools.bill_of_materials import bill, licence_of, pinned

ROOT = Path(__file__).parents[2]
RUN_LOCK, DEV_LOCK = (
    (ROOT / name).read_text("utf-8") for name in ("requirements.lock", "requirements-dev.lock")
)
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
SOURCES = {path: path.read_text("utf-8") for path in sorted((ROOT / "donflow").rglob("*.py"))}
IMPORT_NAMES = {
    "sqlalchemy": "sqlalchemy", "python-docx": "docx", "fonttools": "fontTools",
    "pyyaml": "yaml", "xlsxwriter": "xlsxwriter", "phonenumberslite": "phonenumbers",
    "chinesecalendar": "chinese_calendar", "python-calamine": "python_calamine", "pillow": "PIL",
    "tzdata": None,
}  # fmt: skip
"""Where a package is imported under another name; tzdata is data that zoneinfo finds."""
COPYLEFT = re.compile(r"\bA?GPL(?=v?\d|\b)|Affero|GNU General Public", re.IGNORECASE)
SECRET = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY|\bAKIA[0-9A-Z]{16}\b|\bghp_\w{36}\b|"
    r"(?i:(?:password|secret|token)\s*=\s*[\"'][^\"'{}\s]{6,}[\"'])"
)
FICTION = {'SECRET = "geheim"'}
"""What tests look for, lest it be shown."""
RUNS_WHAT_IT_IS_GIVEN = {"eval", "exec", "compile", "__import__"}
UNPACKS_CODE = {"pickle", "marshal", "shelve", "dill", "jsonpickle"}


def unpinned(lock: str) -> list[str]:
    """Entries without one version or without a hash, and anything that is an address."""
    found = [package.name for package in pinned(lock) if not package.hashes]
    return found + re.findall(r"https?://\S+|--(?:extra-)?index-url\S*|@ git\+\S+", lock)


def undeclared(sources: dict[Path, str], declared: set[str]) -> set[str]:
    """Top packages that are imported and neither of Python, of donflow, nor declared."""
    known = sys.stdlib_module_names | declared | {"donflow"}
    return {name for text in sources.values() for name in imported(text)} - known


def imported(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


def binding(said: str) -> bool:
    """Whether one of the licences that a package names binds what uses it; LGPL does not."""
    return any(COPYLEFT.search(one) for one in re.split(r";| OR | AND ", said))


def dangers(source: str) -> list[str]:
    """Calls that run text or unpack code, a shell, and YAML by its own loaders."""
    found = [name for name in imported(source) if name in UNPACKS_CODE]
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = ast.unparse(node.func)
        shell = any(
            keyword.arg == "shell" and ast.unparse(keyword.value) != "False"
            for keyword in node.keywords
        )
        if name in RUNS_WHAT_IT_IS_GIVEN or shell or name in ("os.system", "yaml.unsafe_load"):
            found.append(f"{name} at line {node.lineno}")
    return found


def files_of_the_repository() -> Iterator[Path]:
    for folder in ("donflow", "agreement_templates", "rules", "tests", "tools", "docs", ".ci"):
        for path in (ROOT / folder).rglob("*"):
            if path.suffix in (".py", ".md", ".toml", ".yaml", ".txt", "") and path.is_file():
                yield path
    yield from (ROOT / name for name in ("run.py", "pyproject.toml", "states.yaml"))


def test_both_locks_pin_one_version_with_hashes_and_no_address() -> None:
    assert unpinned(RUN_LOCK) == unpinned(DEV_LOCK) == []
    assert len(pinned(RUN_LOCK)) > 20


def test_the_test_lock_holds_the_run_lock() -> None:
    assert set(pinned(RUN_LOCK)) <= set(pinned(DEV_LOCK))


def test_all_that_is_declared_is_locked_and_all_that_is_imported_is_declared() -> None:
    optional = [entry for extra in PROJECT["optional-dependencies"].values() for entry in extra]
    declared = {re.split(r"[\[<>=]", entry)[0].lower() for entry in PROJECT["dependencies"]}
    assert declared <= {package.name for package in pinned(RUN_LOCK)}
    names = {IMPORT_NAMES.get(name, name) or name for name in declared}
    extras = {re.split(r"[\[<>=]", entry)[0].lower() for entry in optional}
    assert undeclared(SOURCES, names | extras) == set()
    used = {name for text in SOURCES.values() for name in imported(text)}
    assert names - used <= {"tzdata"}


def test_no_package_is_under_a_licence_that_binds_what_uses_it() -> None:
    licences = {package.name: licence_of(package.name) for package in pinned(RUN_LOCK)}
    silent = [name for name, said in licences.items() if not said and installed(name)]
    assert [name for name, said in licences.items() if binding(said)] == []
    assert silent == []


def installed(name: str) -> bool:
    return any(found.name.lower().replace("_", "-") == name for found in metadata.distributions())


def test_the_bill_names_every_package_with_its_hashes() -> None:
    components = bill(RUN_LOCK)["components"]
    assert isinstance(components, list)
    assert {(part["name"], part["version"]) for part in components} == {
        (package.name, package.version) for package in pinned(RUN_LOCK)
    }
    assert all(part["hashes"] and part["purl"].startswith("pkg:pypi/") for part in components)


def test_packages_are_installed_only_as_wheels_with_their_hashes() -> None:
    launcher = (ROOT / "run.py").read_text("utf-8")
    assert '"--require-hashes"' in launcher
    assert '"--only-binary", ":all:"' in launcher


def test_nothing_in_donflow_runs_what_it_is_given() -> None:
    assert {path.name: found for path, text in SOURCES.items() if (found := dangers(text))} == {}


def test_yaml_is_read_by_the_strict_loader_alone() -> None:
    readers = [
        path.relative_to(ROOT).as_posix()
        for path, text in SOURCES.items()
        if "yaml" in imported(text)
    ]
    assert readers
    assert all(re.match(r"donflow/(?:engine|word)/", name) for name in readers), readers
    assert not any("yaml.load(" in text or "full_load" in text for text in SOURCES.values())


def test_each_font_has_its_licence_beside_it() -> None:
    fonts = ROOT / "donflow" / "pdf" / "fonts"
    licences = "".join(path.read_text("utf-8") for path in fonts.glob("OFL-*.txt"))
    assert licences.count("SIL OPEN FONT LICENSE") >= 2
    logs = "".join(path.read_text("utf-8") for path in fonts.glob("FONTLOG-*.txt"))
    assert [font.name for font in fonts.glob("*.ttf") if font.stem not in logs] == []


def test_the_repository_holds_no_secret() -> None:
    found = [
        (path.name, hit[0])
        for path in files_of_the_repository()
        if (hit := SECRET.search(path.read_text("utf-8", errors="replace")))
        and path != Path(__file__)
        and hit[0] not in FICTION
    ]
    assert found == []


def test_there_is_no_default_user_password_or_key(tmp_path: Path) -> None:
    assert Settings().user == ""
    assert not any("password" in name or "secret" in name for name in Settings.__dataclass_fields__)
    rings = []
    for name in ("one", "two"):
        desk = Desk(tmp_path / name)
        desk.folder.mkdir()
        desk("init --user lin --name 林秘书 --university 云麓大学 --school 管理学院")
        desk.close()
        rings.append(hashlib.sha256((desk.folder / "office.keys").read_bytes()).hexdigest())
    assert rings[0] != rings[1]


def test_nobody_else_reads_home_database_and_keys(office: Desk) -> None:
    modes = {
        path.name: stat.S_IMODE(path.stat().st_mode)
        for path in (office.home, office.database, office.folder / "office.keys")
    }
    assert {name for name, mode in modes.items() if mode & 0o077} <= {"donflow.db"}
    assert modes["office"] == 0o700, "nobody comes as far as the database"


def test_there_is_no_debug_mode_unless_asked_for(
    office: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("a path and a secret")

    office.environment["DONFLOW_DEBUG"] = ""
    monkeypatch.setattr("donflow.lifecycle.verifying.verify_office", broken)

    answer = office("verify", code=1)

    assert "Traceback" not in answer.out + answer.err
    assert "a path and a secret" not in answer.out + answer.err


BAD_LOCK = "click==8.5.1\nrich==15.0.0 --hash=sha256:" + "0" * 64 + "\n"

BAD: dict[str, Callable[[], object]] = {
    "a package without hash": lambda: unpinned(BAD_LOCK),
    "an address": lambda: unpinned(RUN_LOCK + "# via https://elsewhere.example\n"),
    "an import nobody declared": lambda: undeclared({Path("x"): "import requests"}, set()),
    "eval": lambda: dangers("eval(input())"),
    "a shell": lambda: dangers("subprocess.run(words, shell=True)"),
    "pickle": lambda: dangers("from pickle import loads"),
    **{
        said: lambda said=said: binding(said)
        for said in (
            "GNU Affero General Public License v3",
            "AGPLv3+",
            "GPL-3.0-only",
            "GPL-2.0 OR LGPL-3.0",
            "GNU General Public License v3 (GPLv3)",
            "GNU General Public License v2 (GPLv2)",
            "GNU GPLv3 or later",
            "MIT; GPLv2",
        )
    },
    "a private key": lambda: SECRET.search("-----BEGIN RSA PRIVATE KEY-----"),
    "a password": lambda: SECRET.search('password = "abc12345"'),
}


@pytest.mark.parametrize("sample", BAD.values(), ids=BAD.keys())
def test_each_check_bites(sample: Callable[[], object]) -> None:
    """The negative controls."""
    assert sample()


@pytest.mark.parametrize("line", ["click>=8", "--index-url=https://elsewhere.example"])
def test_a_line_that_pins_nothing_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match="pins no package"):
        pinned(f"{line}\n")


def test_a_free_licence_is_not_taken_for_a_binding_one() -> None:
    said = ("MIT", "LGPL-3.0", "GNU Lesser General Public License v3 (LGPLv3)", "Apache-2.0")
    assert [one for one in said if binding(one)] == []
