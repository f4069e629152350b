"""Starts donflow with nothing but Python: makes `.venv` from the lock once, then runs the command.

    python3 run.py demo            the demonstration
    python3 run.py test [--long]   every check and test; further words go to pytest
    python3 run.py WORDS           any other donflow command

A mirror is chosen by the environment or the settings of pip and uv, never here.
"""

import os
import sys

if sys.version_info < (3, 11):  # noqa: UP036 - this file is also started by older ones
    sys.exit("donflow 需要 Python 3.11 或更新的版本 / donflow needs Python 3.11 or newer.")

import hashlib
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent
ENVIRONMENT = ROOT / ".venv"
MARKER = ENVIRONMENT / "donflow-locks"
PYTHON = ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
RUN_LOCK = ROOT / "requirements.lock"
TEST_LOCK = ROOT / "requirements-dev.lock"

DONFLOW = "import sys; sys.argv[0] = 'donflow'; from donflow.cli import main; sys.exit(main())"
IMPORT_CONTRACTS = "from importlinter.cli import lint_imports_command as main; main()"


class Stop(Exception):
    """What a person must put right before donflow can start, in both languages."""


def main(words: list[str]) -> int:
    try:
        if words[:1] == ["test"]:
            ensure_environment(TEST_LOCK)
            return test(words[1:])
        ensure_environment(RUN_LOCK)
        # -P: a folder named donflow, or a json.py, in the reader's own folder is not imported.
        return become(["-P", "-c", DONFLOW, *words])
    except Stop as stop:
        say(str(stop))
        return 1
    except KeyboardInterrupt:
        return 130


def test(words: list[str]) -> int:
    """Run every check, also after one has failed; 0 only when all passed."""
    checks = {
        "ruff format": ["-m", "ruff", "format", "--check", "."],
        "ruff check": ["-m", "ruff", "check", "."],
        "mypy": ["-m", "mypy"],
        "lint-imports": ["-c", IMPORT_CONTRACTS],
        # One process a core; a file's tests stay together, for what they share is made once.
        "pytest": ["-m", "pytest", "-n", "auto", "--dist", "loadfile", *words],
    }
    failed = []
    for name, arguments in checks.items():
        say(f"== {name}")
        done = subprocess.run([PYTHON, *arguments], cwd=ROOT, env=environment())
        if done.returncode:
            failed.append(name)
    if failed:
        say(f"未通过 / failed: {', '.join(failed)}")
    else:
        say("全部通过 / all passed")
    return 1 if failed else 0


def ensure_environment(lock: Path) -> None:
    """Make `.venv` unless it was made from this very lock, or from the larger one.

    The marker is written last: whatever was interrupted has none and is made anew.
    """
    if usable() and fingerprint(lock) in MARKER.read_text("ascii").split():
        return
    say("[1/2] 正在准备运行环境 / making the environment .venv")
    make_environment()
    say("[2/2] 正在安装组件，仅第一次需要几分钟 / installing, some minutes the first time only")
    install(lock)
    # The test lock holds all that the run lock holds: `demo` after `test` has nothing to make.
    locks = {lock, RUN_LOCK}
    MARKER.write_text("\n".join(sorted(map(fingerprint, locks))) + "\n", "ascii")


def usable() -> bool:
    """Whether `.venv` was finished and the Python it stands on is still there."""
    if not (MARKER.is_file() and PYTHON.is_file()):
        return False
    lines = (ENVIRONMENT / "pyvenv.cfg").read_text("utf-8").splitlines()
    homes = [line.partition("=")[2].strip() for line in lines if line.startswith("home")]
    return all(Path(home).is_dir() for home in homes)


def make_environment() -> None:
    MARKER.unlink(missing_ok=True)
    done = quietly([sys.executable, "-m", "venv", "--clear", str(ENVIRONMENT)])
    if done.returncode:
        raise Stop(
            f"{done.stdout.strip()}\n"
            "无法建立运行环境：请安装 Python 的 venv 组件（Debian/Ubuntu 为 python3-venv），"
            "并关闭正在运行的 donflow。\n"
            "Cannot make .venv: install Python's venv (python3-venv on Debian and Ubuntu), "
            "and close any donflow that is running."
        )


def install(lock: Path) -> None:
    """By uv where it is, else (or where uv knows no way to the packages) by pip."""
    uv = shutil.which("uv")
    common = ["--quiet", "--require-hashes", "--only-binary", ":all:", "--requirement", str(lock)]
    if uv and quietly([uv, "pip", "install", "--python", str(PYTHON), *common]).returncode == 0:
        return
    done = quietly([str(PYTHON), "-m", "pip", "--disable-pip-version-check", "install", *common])
    if done.returncode:
        raise Stop(
            f"{done.stdout.strip()}\n"
            "组件没有装好：请检查网络，或在环境变量 PIP_INDEX_URL 中填写镜像地址，再运行一次。\n"
            "The packages were not installed: check the network, or name a mirror in the "
            "environment variable PIP_INDEX_URL, and run this again."
        )


def fingerprint(lock: Path) -> str:
    # Read as text: a checkout with other line ends is the same lock.
    return hashlib.sha256(lock.read_text("utf-8").encode()).hexdigest()


def environment() -> dict[str, str]:
    """The children's environment: this checkout is importable, and text is UTF-8 everywhere."""
    return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}


def quietly(command: list[str]) -> subprocess.CompletedProcess[str]:
    """Run a command, keeping what it says for the case that it fails."""
    return subprocess.run(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        env=environment(),
    )


def become(arguments: list[str]) -> int:
    """Run our Python in this terminal and this folder, and take its exit code.

    Where the system allows, this process becomes that one, so that signals reach it.
    """
    command = [str(PYTHON), *arguments]
    if os.name == "posix":
        os.execve(command[0], command, environment())
    return subprocess.run(command, env=environment()).returncode


def say(line: str) -> None:
    """To stderr: stdout belongs to the command."""
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
