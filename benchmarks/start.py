"""How long a command takes to start: whole processes, from nothing to their last line."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from benchmarks.measuring import Figure, Work, in_turn
from tests.experiments.waiting_gifts import many_gifts
from tests.journeys.desk import Desk, Workshop

PROGRAM = "import sys; from donflow.cli import main; sys.argv[0] = 'donflow'; main()"
ROUNDS = 15
NEEDLESS = (
    "docx",
    "reportlab",
    "fontTools",
    "alembic",
    "apscheduler",
    "cryptography",
    "phonenumbers",
    "xlsxwriter",
    "segno",
    "rich",
)


def measure(folder: Path) -> list[Figure]:
    workshop = Workshop(folder / "workshop")
    desk = workshop.copy("intent", folder / "desk")
    many_gifts(desk, 20)
    commands: dict[str, Work] = {
        "bare": _process(desk, "import click"),
        "sqlalchemy": _process(desk, "import click, sqlalchemy.orm"),
        "help": _process(desk, PROGRAM, "--help"),
        "show": _process(desk, PROGRAM, "gift", "show", "1"),
    }
    rounds = in_turn(commands, rounds=ROUNDS)
    help_ratio = rounds.ratio("help", "bare")
    loaded = _loaded(desk)
    needless = [name for name in NEEDLESS if name in loaded]
    return [
        Figure(
            "`donflow --help` : `import click`",
            "≤ 1.5",
            f"{help_ratio:.2f} ({rounds.ms('help')} : {rounds.ms('bare')})",
            help_ratio <= 1.5,
        ),
        Figure(
            "`gift show`, cold : `import click`",
            "–",
            f"{rounds.ratio('show', 'bare'):.1f} ({rounds.ms('show')}); to `import click,"
            f" sqlalchemy.orm`: {rounds.ratio('show', 'sqlalchemy'):.1f}",
            None,
        ),
        Figure(
            f"what `gift show` loads of {', '.join(NEEDLESS)}",
            "none",
            f"{', '.join(needless) or 'none'}; of other libraries {', '.join(sorted(loaded))}",
            not needless,
        ),
    ]


def _process(desk: Desk, program: str, *arguments: str) -> Work:
    return lambda: subprocess.run(
        [sys.executable, "-c", program, *arguments],
        check=True,
        stdout=subprocess.DEVNULL,
        env=_environment(desk),
    )


def _loaded(desk: Desk) -> set[str]:
    """The libraries that `gift show` has loaded when it ends."""
    program = (
        "import os, sys; from donflow.cli import run; run(sys.argv[1:], os.environ);"
        "print(*{name.partition('.')[0] for name in sys.modules}, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, "gift", "show", "1"],
        check=True,
        capture_output=True,
        text=True,
        env=_environment(desk),
    )
    own = {"donflow", "click", *sys.stdlib_module_names}
    return {name for name in done.stderr.split() if name not in own and not name.startswith("_")}


def _environment(desk: Desk) -> dict[str, str]:
    return {
        **os.environ,
        "DONFLOW_HOME": str(desk.home),
        "DONFLOW_NOW": f"{desk.day}T10:00:00+08:00",
        "PYTHONPATH": str(Path(__file__).parent.parent),
    }
