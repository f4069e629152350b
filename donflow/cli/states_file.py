"""The states.yaml that a command means, and how its mistakes are told."""

from __future__ import annotations

from pathlib import Path

from donflow.cli.files import FileUnreadable
from donflow.cli.shell import Shell
from donflow.engine.loader import WrongWorkflow
from donflow.engine.reading import LARGEST_FILE
from donflow.engine.spec import Workflow
from donflow.errors import N_, DonflowError
from donflow.language import Words
from donflow.lifecycle.workflows import load_workflow
from donflow.settings import FILE_NAME
from donflow.shipping import shipped


class WrongStatesFile(DonflowError):
    """A states.yaml with mistakes: each one as FILE:LINE: sentence."""

    code = "wrong_states"
    message = N_("{file} has {count} mistakes.")

    def __init__(self, path: Path, wrong: WrongWorkflow) -> None:
        super().__init__(file=str(path), count=len(wrong.mistakes))
        self.path, self.wrong = path, wrong

    def lines(self, words: Words) -> list[str]:
        return [
            f"{self.path}:{mistake.line}: {words(mistake.sentence)}"
            for mistake in self.wrong.mistakes
        ]


def file_or_own(shell: Shell, file: Path | None) -> Path:
    """The file named, else the home's, else the shipped one."""
    if file is not None:
        return file
    own = shell.home / "states.yaml"
    return own if (shell.home / FILE_NAME).is_file() else shipped("states.yaml")


def read_states(path: Path) -> Workflow:
    """The lifecycles in the file, or WrongStatesFile with every mistake."""
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)  # one too many is enough to be told
        return load_workflow(content)
    except OSError as fault:
        raise FileUnreadable(file=str(path)) from fault
    except WrongWorkflow as wrong:
        raise WrongStatesFile(path, wrong) from wrong
