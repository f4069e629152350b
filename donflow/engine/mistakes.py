"""What is wrong with a workflow file: every mistake with its line, told all at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from donflow.errors import N_, DonflowError, Sentence

_LONGEST_SHOWN = 60


@dataclass(frozen=True)
class Mistake:
    """One mistake; `line` counts from 1, as an editor does."""

    line: int
    sentence: Sentence


class WrongWorkflow(DonflowError):
    """The workflow file is refused whole; `mistakes` holds all of them, sorted by line."""

    code = "wrong_workflow"
    message = N_("The workflow file has mistakes ({count}); nothing was changed.")
    remedy = N_("Mend the lines named and try again.")

    def __init__(self, mistakes: tuple[Mistake, ...]) -> None:
        super().__init__(count=len(mistakes))
        self.mistakes = mistakes


@dataclass
class Mistakes:
    """Gathers mistakes while a file is read, so that the reader never stops at the first."""

    _told: list[Mistake] = field(default_factory=list)

    def tell(self, line: int, message: str, **values: object) -> None:
        """Note one mistake; long words of the file are shown shortened."""
        shown = {key: _shortened(value) for key, value in values.items()}
        self._told.append(Mistake(line, Sentence(message, shown)))

    def add(self, mistakes: Iterable[Mistake]) -> None:
        """Note mistakes that were found elsewhere."""
        self._told.extend(mistakes)

    def sorted(self) -> tuple[Mistake, ...]:
        return tuple(sorted(self._told, key=lambda mistake: mistake.line))


def _shortened(value: object) -> object:
    if isinstance(value, str) and len(value) > _LONGEST_SHOWN:
        return value[:_LONGEST_SHOWN] + "…"
    return value
