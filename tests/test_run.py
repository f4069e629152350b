"""The launcher, in a copy whose path has a space and Chinese, with a lock of one stub."""

import base64
import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
STUB_COMMAND = """
import json, os, sys
import greeting

def main():
    print(json.dumps([greeting.WORD, sys.argv, os.getcwd(), sys.flags.utf8_mode]))
    return 3
"""


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout that has made its environment once, by `run.py gift list 梁启舟`."""
    folder = tmp_path_factory.mktemp("校友 办公室")
    shutil.copy(ROOT / "run.py", folder)
    command = folder / "donflow" / "cli"
    command.mkdir(parents=True)
    (folder / "donflow" / "__init__.py").touch()
    (command / "__init__.py").write_text(STUB_COMMAND, "utf-8")
    wheel = _wheel(folder / "wheels", "greeting", "WORD = 'well met'")
    line = f"greeting==1 --hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}\n"
    (folder / "requirements.lock").write_text(line)
    (folder / "requirements-dev.lock").write_text(f"# the larger one\n{line}")
    return folder


def test_the_environment_is_made_once_and_the_words_reach_donflow(
    checkout: Path, tmp_path: Path
) -> None:
    shutil.rmtree(checkout / ".venv", ignore_errors=True)
    (tmp_path / "json.py").write_text("raise SystemExit('the wrong json')")

    first = _run(checkout, ["gift", "list", "梁启舟"], cwd=tmp_path)
    second = _run(checkout, ["gift", "list", "梁启舟"], cwd=tmp_path)

    said = f'["well met", ["donflow", "gift", "list", "{_escaped("梁启舟")}"], '
    assert (first.returncode, second.returncode) == (3, 3)
    assert first.stdout.startswith(said)
    assert first.stdout.rstrip().endswith(", 1]")
    assert second.stdout == first.stdout
    assert [line[:5] for line in first.stderr.splitlines()] == ["[1/2]", "[2/2]"]
    assert second.stderr == ""


def test_an_interrupted_making_is_made_anew(checkout: Path) -> None:
    _run(checkout, [])
    marker = checkout / ".venv" / "donflow-locks"
    marker.unlink()
    shutil.rmtree(checkout / ".venv" / ("Lib" if os.name == "nt" else "lib"))

    again = _run(checkout, [])

    assert (again.returncode, marker.is_file()) == (3, True)


def test_a_changed_lock_is_installed_anew_and_only_what_it_names(checkout: Path) -> None:
    lock = checkout / "requirements.lock"
    honest = lock.read_text()
    lock.write_text("greeting==1 --hash=sha256:" + "0" * 64 + "\n")

    refused = _run(checkout, [])
    lock.write_text(honest)

    assert refused.returncode == 1
    assert refused.stderr.startswith("[1/2]")
    assert "Traceback" not in refused.stderr
    assert "PIP_INDEX_URL" in refused.stderr
    assert _run(checkout, []).returncode == 3


def test_every_check_runs_and_each_that_failed_is_named_at_the_end(checkout: Path) -> None:
    # No checker is installed here, so each must fail, and none may stop the others.
    tested = _run(checkout, ["test", "--long", "-q"])

    assert tested.returncode == 1
    last = tested.stderr.splitlines()[-1]
    assert last.endswith("failed: ruff format, ruff check, mypy, lint-imports, pytest")
    assert _run(checkout, []).stderr == "", "the test lock holds the run lock"


def test_an_older_python_is_told_what_is_needed() -> None:
    older = next(filter(None, map(shutil.which, ("python3.10", "python3.9", "python3.8"))), None)
    if older is None or subprocess.run([older, "-V"], capture_output=True).returncode:
        pytest.skip("no Python below 3.11 is installed")

    told = subprocess.run([older, ROOT / "run.py", "demo"], capture_output=True, encoding="utf-8")

    assert told.returncode == 1
    assert told.stderr == (
        "donflow 需要 Python 3.11 或更新的版本 / donflow needs Python 3.11 or newer.\n"
    )


def test_the_windows_starter_has_windows_line_ends() -> None:
    starter = (ROOT / "启动.bat").read_bytes()

    assert starter.count(b"\r\n") == starter.count(b"\n") > 20
    assert "没有找到 Python" in starter.decode("utf-8")


def test_the_locks_pin_hashes_and_hold_no_address() -> None:
    for lock in (ROOT / "requirements.lock", ROOT / "requirements-dev.lock"):
        lines = lock.read_text("utf-8").splitlines()
        pins = [line for line in lines if not line.startswith("    ")]

        assert [line for line in pins if "==" not in line or not line.endswith("\\")] == []
        assert [line for line in lines if "://" in line or line.startswith("-")] == []
        assert len(lines) > 2 * len(pins), "hashes of more than one system"


def _run(
    checkout: Path, words: Sequence[str], cwd: Path = ROOT
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, checkout / "run.py", *words],
        capture_output=True,
        encoding="utf-8",
        cwd=cwd,
        env=_offline(checkout),
    )


def _offline(checkout: Path) -> Mapping[str, str]:
    """Pip and uv see the wheels of the checkout and no network."""
    kept = {key: text for key, text in os.environ.items() if not key.startswith(("PIP_", "UV_"))}
    wheels = (checkout / "wheels").as_uri()
    return kept | {
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": wheels,
        "UV_OFFLINE": "1",
        "UV_NO_INDEX": "1",
        "UV_FIND_LINKS": wheels,
        "UV_NO_CACHE": "1",
    }


def _wheel(folder: Path, name: str, source: str) -> Path:
    folder.mkdir()
    about = f"{name}-1.dist-info"
    members = {
        f"{name}.py": source,
        f"{about}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1\n",
        f"{about}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = "".join(f"{path},{_record_hash(text)}\n" for path, text in members.items())
    members[f"{about}/RECORD"] = f"{record}{about}/RECORD,,\n"
    wheel = folder / f"{name}-1-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for path, text in members.items():
            archive.writestr(path, text)
    return wheel


def _record_hash(text: str) -> str:
    digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=")
    return f"sha256={digest.decode()},{len(text.encode())}"


def _escaped(text: str) -> str:
    return text.encode("unicode-escape").decode()
